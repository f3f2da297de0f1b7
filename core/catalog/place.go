package catalog

// A place is which arguments of a sentence are a line and its column, −1 where the
// sentence states none.
type place struct{ line, column int }

// places has the sentences that state where in a text something is wrong.
var places = map[Key]place{NoticeTextBad: {1, 2}, ImportTextBad: {0, 1}}

// Place returns the line and the column that a message states, or that a message within
// it does: 0 for a line and 1 for a column that are unknown.
func (m Message) Place() (line, column int) {
	p, ok := places[m.Key]
	if !ok {
		p, ok = toolPlaces[m.Key]
	}
	if ok {
		return m.number(p.line, 1), m.number(p.column, 1)
	}
	for _, a := range m.Args {
		if within, ok := a.(Message); ok {
			if line, column = within.Place(); line > 0 {
				return line, column
			}
		}
	}
	return 0, 1
}

// number returns an argument that is a number, or else what is usual.
func (m Message) number(arg, usual int) int {
	if arg >= 0 && arg < len(m.Args) {
		if n, ok := m.Args[arg].(int); ok {
			return n
		}
	}
	return usual
}
