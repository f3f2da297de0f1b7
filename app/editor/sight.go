package editor

// A Sight is runs of a long page that are to be what they should be at once: those
// in the viewport. The zero Sight is all.
type Sight struct{ From, To int }

// fewRuns is how many runs are always built at once.
const fewRuns = 18

// Look makes runs what they should be: before an edit those in the viewport, so that
// the edit makes no others, and when the keys rest the next of Page.Late.
type Look struct{ Sight Sight }

func (m Look) apply(s State) (State, []Effect) {
	s.Frame.Sight = m.Sight
	return s, nil
}

// Long reports whether only what is in sight of a page is built at once.
func (p *Page) Long() bool { return len(p.Runs) > fewRuns }

// Late returns the first run that is as on an earlier page, -1 if there is none.
func (p *Page) Late() int {
	for n, late := range p.late {
		if late {
			return n
		}
	}
	return -1
}

// waits reports whether a run can wait: it is out of sight and without the cursor, in
// which something may be typed, on a long page whose rows are where they were.
func (m *rowMaker) waits(n int) bool {
	return m.unmoved && (n < m.sight.From || n >= m.sight.To) && n != m.cursor
}
