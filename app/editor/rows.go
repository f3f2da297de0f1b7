package editor

import (
	"reflect"
	"slices"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/num"
)

// A rowMaker makes the rows of one page. It holds no other page: only what the
// last rows made were, which every page of a session shares.
type rowMaker struct {
	s           State // without Page and History
	hot         hot
	total, macs num.Int
	first       map[arch.ID]factsOf // of each node's row made first
	kept        *kept
}

// kept is what was made last for the rows of a session's pages. It says nothing
// that could not be made again: pages only share through it.
type kept struct {
	prefs Prefs
	facts map[Key]factsOf
	runs  [][]RowView
}

// factsOf is what facts were made from, to tell whether they still hold.
type factsOf struct {
	row   *count.Row
	facts *Facts
}

// rowMaker returns what makes the rows of page, which is laid out already.
func (s State) rowMaker(page, before *Page) *rowMaker {
	s.Page = page
	m := &rowMaker{s: s, hot: s.hot(), first: map[arch.ID]factsOf{}}
	m.s.Page, m.s.History = nil, History{}
	m.total, m.macs = s.Prefs.Style().Params(s.Doc.Report.Totals.Counts), s.Doc.Report.Totals.MACs
	if before.rows != nil {
		m.kept = before.rows.kept
	}
	if m.kept == nil || m.kept.prefs != s.Prefs || len(m.kept.facts) > 2*len(before.spots)+1000 {
		m.kept = &kept{prefs: s.Prefs, facts: map[Key]factsOf{}}
	}
	return m
}

// run makes one run of a page's rows, or takes the one made last if it is equal.
func (m *rowMaker) run(n int, spots []spot) []RowView {
	rows := make([]RowView, len(spots))
	for i := range spots {
		rows[i] = m.make(&spots[i])
	}
	for len(m.kept.runs) <= n {
		m.kept.runs = append(m.kept.runs, nil)
	}
	if slices.Equal(rows, m.kept.runs[n]) {
		return m.kept.runs[n]
	}
	m.kept.runs[n] = rows
	return rows
}

// make makes one row.
func (m *rowMaker) make(p *spot) RowView {
	v, row := &m.s.View, p.row
	r := RowView{
		Key: p.key, Depth: p.depth, Facts: m.factsFor(row, p.key), Times: p.times.String(), Fold: p.fold,
		Cursor: v.Cursor == p.key, Hot: -1, Bar: -1, BarMACs: -1,
	}
	r.Selected = r.Cursor || slices.Contains(v.Selected, row.ID) && row.Form != count.FormTurn && p.key.turn() == v.Cursor.turn()
	m.share(&r, row, p.times)
	m.light(&r, row)
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

// share fills the row's part of the whole; paths and turns have none of their
// own, what is in them does.
func (m *rowMaker) share(r *RowView, row *count.Row, times num.Int) {
	if row.Form == count.FormPath || row.Form == count.FormTurn {
		return
	}
	params := m.s.Prefs.Style().Params(row.Counts).Mul(times)
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
	// The source stands in the same turn, or in one around it.
	in, source := h.row.turn(), r.Key.turn()
	if row.ID == h.source && row.Form != count.FormTurn && (source == in || source == "" || strings.HasPrefix(in, source+".")) {
		r.Source = true
		r.LitField = h.lit
	}
}

// factsFor returns the facts of a row: those made last if they hold.
func (m *rowMaker) factsFor(row *count.Row, key Key) *Facts {
	// Equal turns share their rows, so they share their facts too.
	first := m.first[row.ID]
	shared := first.row != nil && row.Form != count.FormTurn
	f := factsOf{row: row}
	if shared && first.row == row {
		f.facts = first.facts
	} else if old := m.kept.facts[key]; old.row != nil && holds(old.row, row) {
		f.facts = old.facts
	} else if shared && holds(first.row, row) {
		f.facts = first.facts
	} else {
		f.facts = m.s.facts(row)
	}
	if first.row == nil {
		m.first[row.ID] = f
	}
	m.kept.facts[key] = f
	return f.facts
}

// holds reports whether all that facts say of one row is true of another.
func holds(a, b *count.Row) bool {
	if a == b {
		return true
	}
	if a.Node != b.Node || a.Form != b.Form || a.Name != b.Name || a.Users != b.Users || a.Donor != b.Donor || a.From != b.From || a.To != b.To ||
		a.Counts != b.Counts || !sameProblems(a.Problems, b.Problems) ||
		len(a.In) != len(b.In) || !a.Out.LooksLike(b.Out) || len(a.Children) != len(b.Children) {
		return false
	}
	if (a.Field == nil) != (b.Field == nil) || (a.Field != nil && *a.Field != *b.Field) {
		return false
	}
	for i := range a.In {
		if !a.In[i].LooksLike(b.In[i]) {
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

// sameProblems reports whether two rows have the same to complain of. Few rows
// have anything.
func sameProblems(a, b []*diag.Diag) bool {
	return len(a) == len(b) && (len(a) == 0 || reflect.DeepEqual(a, b))
}
