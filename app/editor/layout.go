package editor

import (
	"fmt"
	"maps"
	"slices"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// page makes the page of a state from the one before, nil at first.
func (s State) page(before *Page) *Page {
	if before == nil {
		before = &Page{}
	}
	sameNet := before.report == s.Doc.Report && before.prefs == s.Prefs
	same := sameNet && before.view.same(&s.View)
	if same && before.canvas == s.Frame.Canvas && !before.lateIn(s.Frame.Sight) {
		return before
	}
	p := &Page{report: s.Doc.Report, prefs: s.Prefs, view: s.View, canvas: s.Frame.Canvas, serial: before.serial}
	still := sameNet && before.view.sameFolds(&s.View)
	if still {
		p.Hidden, p.Rows, p.spots, p.foldable = before.Hidden, before.Rows, before.spots, before.foldable
	} else {
		p.layOut(&s.View, len(before.spots)+8)
	}
	if sameNet {
		p.Summary, p.Issues = before.Summary, before.Issues
	} else {
		p.Summary, p.Issues = s.summary(), issues(s.Doc.Report)
	}
	s.makeRows(p, before, still, same)
	p.Diagram, p.undrawn = s.oldDiagram(before, still)
	return p
}

// lateIn reports whether any run in sight is as on an earlier page.
func (p *Page) lateIn(s Sight) bool {
	if s == (Sight{}) {
		return p.Late() >= 0
	}
	return slices.Contains(p.late[min(s.From, len(p.late)):min(max(s.From, s.To), len(p.late))], true)
}

// same reports whether two views show the same rows in the same way.
func (v *View) same(w *View) bool {
	return v.Cursor == w.Cursor && v.Reasons == w.Reasons && slices.Equal(v.Selected, w.Selected) && v.sameFolds(w) &&
		v.Edit == w.Edit && equal(v.Hot, w.Hot) && equal(v.Drag, w.Drag)
}

// sameFolds reports whether two views show the same rows.
func (v *View) sameFolds(w *View) bool {
	return v.Unroll == w.Unroll && v.openAll == w.openAll && v.Limit == w.Limit && v.Order == w.Order &&
		maps.Equal(v.Folded, w.Folded)
}

// equal compares the values of two pointers, either of which may be nil.
func equal[T comparable](a, b *T) bool { return a == b || a != nil && b != nil && *a == *b }

// issues counts the errors of a report.
func issues(r *count.Report) int {
	n := 0
	for _, problem := range r.Problems {
		if problem.Severity == diag.Error {
			n++
		}
	}
	return n
}

// layOut chooses which rows there are, about so many.
func (p *Page) layOut(v *View, about int) {
	p.spots = make([]spot, 0, about)
	d := drawer{page: p, view: v}
	d.list(p.report.Rows, count.Within{}, 0, num.Of(1))
	if v.Order != ByText {
		p.sort(v)
	}
	p.Rows = len(p.spots)
}

// sort lays out the layers alone, the largest first: each once, however often it is
// repeated. What is folded away is laid out too.
func (p *Page) sort(v *View) {
	d := drawer{page: &Page{report: p.report, prefs: p.prefs}, view: &View{openAll: true, Limit: count.MaxRows}}
	d.list(p.report.Rows, count.Within{}, 0, num.Of(1))
	p.spots = slices.DeleteFunc(d.page.spots, func(at spot) bool {
		return at.row.Kind() == nil || p.size(v, &at).IsZero()
	})
	for i := range p.spots {
		p.spots[i].depth, p.spots[i].fold = 0, FoldNone
	}
	order := make([]*spot, len(p.spots))
	for i := range order {
		order[i] = &p.spots[i]
	}
	slices.SortStableFunc(order, func(a, b *spot) int { return p.size(v, b).Cmp(p.size(v, a)) })
	p.Hidden = max(0, len(order)-v.Limit)
	sorted := make([]spot, len(order)-p.Hidden)
	for i := range sorted {
		sorted[i] = *order[i]
	}
	p.spots = sorted
}

// size is what the rows are sorted by: of a join what it adds itself.
func (p *Page) size(v *View, at *spot) num.Int {
	own := at.row.Counts
	if at.row.Form == count.FormBranch {
		own = at.row.Own
	}
	if v.Order == RowsByMACs {
		return own.MACs.Mul(at.times)
	}
	return p.prefs.Style().Params(own).Mul(at.times)
}

// A spot is the place of a row.
type spot struct {
	key   Key
	row   *count.Row
	depth int
	times num.Int // the number of equal copies it represents
	fold  Fold
}

type drawer struct {
	page *Page
	view *View
}

// list lays out rows of one body. in names the repetitions they are in, times the
// number of equal copies that each represents.
func (d *drawer) list(rows []*count.Row, in count.Within, depth int, times num.Int) {
	for _, row := range rows {
		switch row.Form {
		case count.FormLeaf:
			d.emit(row, Key(in.Key(row.ID)), depth, times, FoldNone)
		case count.FormRepeat:
			d.repeat(row, in, depth, times)
		case count.FormBranch:
			key := Key(in.Key(row.ID))
			if reference(row) != "" {
				d.emit(row, key, depth, times, FoldNone)
				continue
			}
			if !d.emit(row, key, depth, times, d.fold(key, true)) {
				continue
			}
			for _, path := range row.Children {
				key := Key(in.Key(path.ID))
				if d.emit(path, key, depth+1, times, FoldNone) {
					d.list(path.Children, in, depth+2, times)
				}
			}
		default:
			panic(fmt.Sprintf("editor: unknown form %d", row.Form))
		}
	}
}

// reference returns the label that a row only continues from: from @x, whose only
// path is empty. "" for all other rows.
func reference(row *count.Row) string {
	b, ok := row.Node.(*arch.Branch)
	if !ok || row.Form != count.FormBranch || b.Join.Kind().Takes != layer.TakesLabel || len(b.Paths) != 1 ||
		len(b.Paths[0].Body) > 0 {
		return ""
	}
	return b.Paths[0].From
}

func (d *drawer) repeat(row *count.Row, in count.Within, depth int, times num.Int) {
	key := Key(in.Key(row.ID))
	if !d.emit(row, key, depth, times, d.fold(key, true)) {
		return
	}
	alone := len(row.Children) == 1 && len(row.Children[0].Children) > 0
	for _, group := range row.Children {
		if d.view.Unroll && row.Node.(*arch.Repeat).Of == "" {
			d.unroll(group, in, depth, times)
			continue
		}
		inner, n := in.Nth(group.From), times.Times(group.Turns())
		if row.Node.(*arch.Repeat).Of != "" {
			inner = in.Again(row.ID)
		}
		if alone {
			d.list(group.Children, inner, depth+1, n)
			continue
		}
		key := Key(inner.TurnKey(row.ID, group.From))
		if d.emit(group, key, depth+1, n, d.fold(key, group.From == 1)) {
			d.list(group.Children, inner, depth+2, n)
		}
	}
}

// unroll lays out each of a group's equal repetitions, within the limit of rows.
func (d *drawer) unroll(group *count.Row, in count.Within, depth int, times num.Int) {
	one := *group
	one.Counts = perRepetition(group)
	for n := group.From; n <= group.To; n++ {
		if len(d.page.spots) >= d.view.Limit {
			d.page.Hidden = addRows(d.page.Hidden, rowsIn(group.Children)+1, group.To-n+1)
			return
		}
		inner := in.Nth(n)
		one := one
		one.From, one.To = n, n
		key := Key(inner.TurnKey(group.ID, n))
		if d.emit(&one, key, depth+1, times, d.fold(key, true)) {
			d.list(group.Children, inner, depth+2, times)
		}
	}
}

// perRepetition returns the counts of one of a group's repetitions.
func perRepetition(group *count.Row) count.Counts {
	return count.Sum(group.Children)
}

func rowsIn(rows []*count.Row) int {
	n := 0
	for _, r := range rows {
		n += 1 + rowsIn(r.Children)
	}
	return n
}

// mostHidden is where counting the rows not drawn stops.
const mostHidden = 1_000_000_000

func addRows(have, each int, times int64) int {
	if int64(each) > (mostHidden-int64(have))/max(times, 1) {
		return mostHidden
	}
	return have + each*int(times)
}

// fold returns whether a row that can be folded is.
func (d *drawer) fold(key Key, open bool) Fold {
	closed := !open && !d.view.openAll
	if byHand, ok := d.view.Folded[key]; ok {
		closed = byHand
	}
	d.page.foldable = append(d.page.foldable, foldable{key, closed})
	if closed {
		return FoldClosed
	}
	return FoldOpen
}

// emit adds a row, and reports whether what is inside is to be drawn.
func (d *drawer) emit(row *count.Row, key Key, depth int, times num.Int, fold Fold) bool {
	if len(d.page.spots) >= d.view.Limit {
		d.page.Hidden = addRows(d.page.Hidden, 1, 1)
	} else {
		d.page.spots = append(d.page.spots, spot{key, row, depth, times, fold})
	}
	return fold != FoldClosed
}

// literal reports whether a kind's group is one of layers that carry the weight.
func literal(g layer.Group) bool { return g == layer.GroupConv || g == layer.GroupDense }
