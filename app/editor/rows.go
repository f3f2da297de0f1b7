package editor

import (
	"reflect"
	"slices"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A rowMaker makes the rows of one page.
type rowMaker struct {
	s           *State
	page        *Page
	before      *Page // the page before
	style       count.Style
	hot         hot
	total, macs num.Int
	sight       Sight
	cursor      int                 // the run with the cursor, -1 if none has it
	differs     int                 // the first row that Keras counts otherwise, -1 if there is none
	unmoved     bool                // runs out of sight can wait
	still       bool                // the run's rows are those of before, of the same report
	first       map[arch.ID]factsOf // of each node's first row
	places      map[Key]int         // of the rows of before, once any has moved
}

// factsOf is facts and what they were computed from, to check whether they still
// hold.
type factsOf struct {
	row   *count.Row
	facts *Facts
}

// makeRows fills the rows of a page that is laid out, or those in sight. A run
// equal to the one before is shared. still: the page before had the same layout for
// the same report; same: all else is unchanged, too.
func (s *State) makeRows(p, before *Page, still, same bool) {
	totals := &p.report.Totals
	m := rowMaker{s: s, page: p, before: before, style: s.Prefs.Style(), hot: s.hot(p), sight: s.Frame.Sight}
	m.cursor, m.differs = -1, -1
	m.first = map[arch.ID]factsOf{}
	m.total, m.macs = m.style.Params(totals.Counts), totals.MACs
	p.from = make([]*count.Row, len(p.spots))
	p.Runs = make([]*Run, (p.Rows+RunRows-1)/RunRows)
	p.late = make([]bool, len(p.Runs))
	m.unmoved = p.Long() && m.sight != Sight{} && (still || p.SameRows(before))
	if n := p.Find(s.View.Cursor); n >= 0 {
		m.cursor = n / RunRows
	}
	if totals.Counts.Differ() {
		m.differs = slices.IndexFunc(p.spots, func(at spot) bool { return differs(at.row) })
	}
	var made [RunRows]RowView
	for n := range p.Runs {
		first := n * RunRows
		rows := made[:min(RunRows, p.Rows-first)]
		if current := same && !before.late[n]; current || m.waits(n) {
			p.Runs[n], p.late[n] = before.Runs[n], !current
			copy(p.from[first:], before.from[first:first+len(rows)])
			continue
		}
		m.still = still && !before.late[n]
		for i := range rows {
			rows[i] = m.make(first + i)
		}
		if n < len(before.Runs) && slices.Equal(rows, before.Runs[n].Rows) {
			p.Runs[n] = before.Runs[n]
			continue
		}
		p.serial++
		p.Runs[n] = &Run{p.serial, slices.Clone(rows)}
	}
}

// make makes the nth row.
func (m *rowMaker) make(n int) RowView {
	p := &m.page.spots[n]
	v, row := &m.s.View, p.row
	r := RowView{
		Key: p.key, Depth: p.depth, Facts: m.factsFor(n, row), Times: p.times.String(), Fold: p.fold,
		Cursor: v.Cursor == p.key, Hot: -1, Bar: -1, BarMACs: -1,
	}
	r.Selected = r.Cursor || slices.Contains(v.Selected, row.ID) && row.Form != count.FormTurn &&
		p.key.repetition() == v.Cursor.repetition()
	m.share(&r, row, p.times)
	if n == m.differs || r.Cursor && differs(row) {
		r.Other = m.other(row)
	}
	m.light(&r, row)
	if r.Cursor && v.Reasons {
		r.Reasons = m.reasons(row)
	}
	if e := v.Edit; e != nil && e.Row == p.key {
		r.Edit, r.EditText = e.Field, e.Start
		if e.Error != nil {
			r.EditBad = e.Error.Say.In(m.s.Prefs.Lang)
		}
	}
	if g := v.Drag; g != nil {
		r.Dragged = g.ID == row.ID && row.Form != count.FormTurn
		if g.Over == p.key && !r.Dragged {
			r.Drop = DropBefore
			if g.After {
				r.Drop = DropAfter
			}
		}
	}
	return r
}

// differs reports whether Keras counts a layer otherwise than PyTorch.
func differs(row *count.Row) bool { return row.Form == count.FormLeaf && row.Counts.Differ() }

// other says what a layer has in the counting that is not shown.
func (m *rowMaker) other(row *count.Row) string {
	style := m.style
	style.Keras = !style.Keras
	params := style.Params(row.Counts).Grouped()
	if style.Keras {
		return m.s.Prefs.Lang.In(catalog.UIOtherKeras, params)
	}
	return m.s.Prefs.Lang.In(catalog.UIOtherTorch, params)
}

// share fills the row's part of the whole; paths and repetitions have none of their
// own, what is in them does.
func (m *rowMaker) share(r *RowView, row *count.Row, times num.Int) {
	if row.Form == count.FormPath || row.Form == count.FormTurn {
		return
	}
	params := m.style.Params(row.Counts).Mul(times)
	macs := row.Counts.MACs.Mul(times)
	if params.IsZero() && macs.IsZero() {
		return
	}
	share := params.Share(m.total)
	r.Share = num.Percent(share)
	r.Bar, r.BarMACs = permill(share), permill(macs.Share(m.macs))
}

func permill(f float64) int {
	n := int(f*1000 + 0.5)
	if n == 0 && f > 0 {
		return 1
	}
	return n
}

// light marks what the number pointed at concerns.
func (m *rowMaker) light(r *RowView, row *count.Row) {
	h := &m.hot
	if h.token < 0 {
		return
	}
	if r.Key == h.row {
		r.Hot, r.Tip, r.LitField = h.token, h.tip, h.own
		return
	}
	// The source is in the same repetition, or in one around it.
	in, source := h.row.repetition(), r.Key.repetition()
	if row.ID == h.source && row.Form != count.FormTurn && (source == in || source == "" || strings.HasPrefix(in, source+".")) {
		r.Source = true
		r.LitField = h.lit
	}
}

// factsFor returns the facts of the nth row: those of the page before if they hold.
func (m *rowMaker) factsFor(n int, row *count.Row) *Facts {
	if m.still { // the same report, row for row
		m.page.from[n] = m.before.from[n]
		return m.before.Runs[n/RunRows].Rows[n%RunRows].Facts
	}
	// Equal repetitions share their rows, so they share their facts too.
	first := m.first[row.ID]
	shared := first.row != nil && row.Form != count.FormTurn
	f := factsOf{row: row}
	if shared && first.row == row {
		f.facts = first.facts
	} else if old := m.old(n); old.row != nil && holds(old.row, row) &&
		m.before.report.Name(old.row.SharesWith) == m.page.report.Name(row.SharesWith) {
		f.facts = old.facts
	} else if shared && holds(first.row, row) {
		f.facts = first.facts
	} else {
		f.facts = m.s.facts(row)
	}
	if first.row == nil {
		m.first[row.ID] = f
	}
	m.page.from[n] = row
	return f.facts
}

// old returns the facts of the nth row on the page before, if it had it.
func (m *rowMaker) old(n int) factsOf {
	b, key := m.before, m.page.spots[n].key
	if b.prefs != m.page.prefs {
		return factsOf{}
	}
	if n >= len(b.spots) || b.spots[n].key != key {
		if m.places == nil {
			m.places = make(map[Key]int, len(b.spots))
			for i := range b.spots {
				m.places[b.spots[i].key] = i
			}
		}
		at, ok := m.places[key]
		if !ok {
			return factsOf{}
		}
		n = at
	}
	return factsOf{b.from[n], b.Runs[n/RunRows].Rows[n%RunRows].Facts}
}

// holds reports whether the facts of one row are true of another.
func holds(a, b *count.Row) bool {
	if a == b {
		return true
	}
	if a.Node != b.Node || a.Form != b.Form || a.Name != b.Name || a.Users != b.Users ||
		a.SharesWith != b.SharesWith || a.From != b.From || a.To != b.To ||
		a.Counts != b.Counts || !sameProblems(a.Problems, b.Problems) || !sameProblems(a.Remarks, b.Remarks) ||
		len(a.In) != len(b.In) || !looksSame(a.Out, b.Out) || len(a.Children) != len(b.Children) {
		return false
	}
	if (a.Receptive == nil) != (b.Receptive == nil) || (a.Receptive != nil && *a.Receptive != *b.Receptive) {
		return false
	}
	for i := range a.In {
		if !looksSame(a.In[i], b.In[i]) {
			return false
		}
	}
	for i := range a.Children {
		if a.Children[i].Counts != b.Children[i].Counts {
			return false
		}
	}
	return true
}

// looksSame reports whether two shapes are shown alike in every order: a layer behind
// may have made the first extent of one steps in time.
func looksSame(a, b tensor.Shape) bool { return a.LooksLike(b) && a.Timed() == b.Timed() }

// sameProblems reports whether two rows have the same to complain of. Few rows
// have anything.
func sameProblems(a, b []*diag.Diag) bool {
	return len(a) == len(b) && (len(a) == 0 || reflect.DeepEqual(a, b))
}
