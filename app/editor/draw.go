package editor

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// draw makes the page of a state, sharing with the one before what stayed.
func (s State) draw(before *Page) *Page {
	if before == nil {
		before = &Page{}
	}
	d := drawer{s: s, before: before, hot: s.hot(), page: &Page{
		index: make(map[Key]*count.Row, before.Rows+8), folds: map[Key]bool{},
		order: make([]Key, 0, before.Rows+8), facts: make([]factsOf, 0, before.Rows+8), prefs: s.Prefs,
	}, first: map[arch.ID]factsOf{}}
	d.total = s.Doc.Report.Totals.Shown(s.style())
	d.macs = s.Doc.Report.Totals.MACs
	d.rows = make([]RowView, 0, before.Rows+8)
	d.list(s.Doc.Report.Rows, turns{}, 0, num.Of(1))
	d.page.Rows = len(d.rows)
	d.chunk()
	d.page.Summary = s.summary()
	for _, p := range s.Doc.Report.Problems {
		if p.Severity == 0 {
			d.page.Issues++
		}
	}
	return d.page
}

type drawer struct {
	s           State
	before      *Page
	page        *Page
	rows        []RowView
	hot         hot
	total, macs num.Int
	first       map[arch.ID]factsOf // of each node's first row
	places      map[Key]int         // of the rows of the page before, made when one has moved
}

// hot is what the number pointed at means for other rows.
type hot struct {
	row    Key
	token  int
	tip    string
	source arch.ID // the node it comes from
	own    string  // the hyper-parameter of the row itself that it repeats
	lit    string  // the hyper-parameter of the source
}

func (s State) hot() hot {
	h := hot{token: -1}
	if s.View.Hot == nil {
		return h
	}
	row := s.rowOf(s.View.Hot.Row)
	if row == nil || row.Form != count.FormLeaf {
		return h
	}
	tokens := count.Formula(row.Weights, s.style())
	if n := s.View.Hot.Token; n < len(tokens) && tokens[n].Factor != nil {
		t := tokens[n]
		h = hot{row: s.View.Hot.Row, token: n, own: t.Factor.Field, source: t.From,
			tip: s.Doc.Report.Explain(row, t).In(s.Prefs.Lang)}
		if source := s.Doc.Report.Row(t.From); source != nil {
			h.lit = mainField(layerOf(source.Node))
		}
	}
	return h
}

func (s State) style() count.Style {
	return count.Style{Biases: !s.Prefs.NoBiases, Flat: s.Prefs.Flat, Keras: s.Prefs.Keras}
}

// list draws rows of one body. in tells the turns they stand in, times how many
// equal copies each stands for.
func (d *drawer) list(rows []*count.Row, in turns, depth int, times num.Int) {
	for _, row := range rows {
		switch row.Form {
		case count.FormLeaf:
			d.emit(row, keyOf(row.ID)+in.suffix, depth, times, FoldNone)
		case count.FormRepeat:
			d.repeat(row, in, depth, times)
		case count.FormBranch:
			key := keyOf(row.ID) + in.suffix
			if reference(row) != "" {
				d.emit(row, key, depth, times, FoldNone)
				continue
			}
			if !d.emit(row, key, depth, times, d.fold(key, true)) {
				continue
			}
			for _, path := range row.Children {
				key := keyOf(path.ID) + in.suffix
				if d.emit(path, key, depth+1, times, FoldNone) {
					d.list(path.Children, in, depth+2, times)
				}
			}
		default:
			panic(fmt.Sprintf("editor: unknown form %d", row.Form))
		}
	}
}

// reference returns the label that a row only goes on from: from @x, whose one
// path has nothing in it. "" for all other rows.
func reference(row *count.Row) string {
	b, ok := row.Node.(*arch.Branch)
	if !ok || row.Form != count.FormBranch || !b.Join.Kind().Bare || len(b.Paths) != 1 || len(b.Paths[0].Body) > 0 {
		return ""
	}
	return b.Paths[0].From
}

func (d *drawer) repeat(row *count.Row, in turns, depth int, times num.Int) {
	key := keyOf(row.ID) + in.suffix
	if !d.emit(row, key, depth, times, d.fold(key, true)) {
		return
	}
	alone := len(row.Children) == 1 && len(row.Children[0].Children) > 0
	for _, group := range row.Children {
		if d.s.View.Unroll && row.Node.(*arch.Repeat).Of == "" {
			d.unroll(group, in, depth, times)
			continue
		}
		inner, n := in.turn(group.From), times.Times(group.Turns())
		if row.Node.(*arch.Repeat).Of != "" {
			inner = in.again(row.ID)
		}
		if alone {
			d.list(group.Children, inner, depth+1, n)
			continue
		}
		key := keyOf(row.ID) + inner.suffix + "t" + Key(strconv.FormatInt(group.From, 10))
		if d.emit(group, key, depth+1, n, d.fold(key, group.From == 1)) {
			d.list(group.Children, inner, depth+2, n)
		}
	}
}

// unroll draws each of a group's equal turns by itself, as far as rows are left.
func (d *drawer) unroll(group *count.Row, in turns, depth int, times num.Int) {
	one := *group
	one.Counts = perTurn(group)
	for turn := group.From; turn <= group.To; turn++ {
		if len(d.rows) >= d.s.View.Limit {
			d.page.Hidden = addRows(d.page.Hidden, rowsIn(group.Children)+1, group.To-turn+1)
			return
		}
		inner := in.turn(turn)
		one := one
		one.From, one.To = turn, turn
		key := keyOf(group.ID) + inner.suffix + "t" + Key(strconv.FormatInt(turn, 10))
		if d.emit(&one, key, depth+1, times, d.fold(key, true)) {
			d.list(group.Children, inner, depth+2, times)
		}
	}
}

// perTurn returns the counts of one of a group's turns.
func perTurn(group *count.Row) count.Counts {
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

// turns are those a row stands in, one for each repeat around it.
type turns struct {
	all    string // .2.1
	suffix Key    // of the row's key: @2.1; "" if all are the first, so that a row keeps its key when turns are unrolled
}

// turn returns the turns inside one more repeat.
func (t turns) turn(n int64) turns {
	inner := turns{all: t.all + "." + strconv.FormatInt(n, 10)}
	if n > 1 || t.suffix != "" {
		inner.suffix = Key("@" + inner.all[1:])
	}
	return inner
}

// again returns the turns inside a second use: its rows are of nodes that have
// rows elsewhere.
func (t turns) again(id arch.ID) turns {
	inner := turns{all: t.all + ".a" + strconv.Itoa(int(id))}
	inner.suffix = Key("@" + inner.all[1:])
	return inner
}

// fold returns whether a row that can be folded is.
func (d *drawer) fold(key Key, open bool) Fold {
	closed := !open && !d.s.View.openAll
	if byHand, ok := d.s.View.Folded[key]; ok {
		closed = byHand
	}
	d.page.folds[key] = closed
	if closed {
		return FoldClosed
	}
	return FoldOpen
}

// emit draws one row, and reports whether what is inside is to be drawn.
func (d *drawer) emit(row *count.Row, key Key, depth int, times num.Int, fold Fold) bool {
	if len(d.rows) >= d.s.View.Limit {
		d.page.Hidden = addRows(d.page.Hidden, 1, 1)
		return fold != FoldClosed
	}
	d.page.order = append(d.page.order, key)
	d.page.index[key] = row
	v := &d.s.View
	r := RowView{
		Key: key, Depth: depth, Facts: d.factsFor(row, key), Times: times.String(), Fold: fold,
		Cursor: v.Cursor == key, Hot: -1, Bar: -1, BarMACs: -1,
	}
	r.Selected = r.Cursor || slices.Contains(v.Selected, row.ID) && row.Form != count.FormTurn && key.turn() == v.Cursor.turn()
	d.share(&r, row, times)
	d.light(&r, row)
	if e := v.Edit; e != nil && e.Row == key {
		r.Edit, r.EditText = e.Field, e.Start
		if e.Error != nil {
			r.EditBad = e.Error.Say.In(d.s.Prefs.Lang)
		}
	}
	if g := v.Drag; g != nil {
		r.Dragged = g.ID == row.ID && row.Form != count.FormTurn
		if g.Over == key && !r.Dragged {
			r.Drop = DropBefore
			if g.After {
				r.Drop = DropAfter
			}
		}
	}
	d.rows = append(d.rows, r)
	return fold != FoldClosed
}

// share fills the row's part of the whole; paths and turns have none of their
// own, what is in them does.
func (d *drawer) share(r *RowView, row *count.Row, times num.Int) {
	if row.Form == count.FormPath || row.Form == count.FormTurn {
		return
	}
	params := row.Counts.Shown(d.s.style()).Mul(times)
	macs := row.Counts.MACs.Mul(times)
	if params.IsZero() && macs.IsZero() {
		return
	}
	share := params.Share(d.total)
	r.Share = num.Percent(share)
	r.Bar, r.BarMACs = permill(share), permill(macs.Share(d.macs))
}

func permill(f float64) int {
	n := int(f*1000 + 0.5)
	if n == 0 && f > 0 {
		return 1
	}
	return n
}

// light marks what the number pointed at concerns.
func (d *drawer) light(r *RowView, row *count.Row) {
	h := &d.hot
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

// chunk divides the rows into runs, and takes over the runs that did not change.
func (d *drawer) chunk() {
	for i := 0; i < len(d.rows); i += ChunkRows {
		run := d.rows[i:min(i+ChunkRows, len(d.rows))]
		if n := i / ChunkRows; n < len(d.before.Chunks) && slices.Equal(run, d.before.Chunks[n]) {
			run = d.before.Chunks[n]
		}
		d.page.Chunks = append(d.page.Chunks, run)
	}
}

// factsOf is what facts were made from, to tell whether they still hold.
type factsOf struct {
	row   *count.Row
	facts *Facts
}

// factsFor returns the facts of a row: those of the page before if they hold.
func (d *drawer) factsFor(row *count.Row, key Key) *Facts {
	// Equal turns share their rows, so they share their facts too.
	first := d.first[row.ID]
	shared := first.row != nil && row.Form != count.FormTurn
	f := factsOf{row: row}
	if old := d.drawn(key); shared && first.row == row {
		f.facts = first.facts
	} else if old.row != nil && d.before.prefs == d.s.Prefs && holds(old.row, row) {
		f.facts = old.facts
	} else if shared && holds(first.row, row) {
		f.facts = first.facts
	} else {
		f.facts = d.s.facts(row)
	}
	if first.row == nil {
		d.first[row.ID] = f
	}
	d.page.facts = append(d.page.facts, f)
	return f.facts
}

// drawn returns what the page before had for the next row: most often it stood
// in the same place.
func (d *drawer) drawn(key Key) factsOf {
	if n := len(d.rows); n < len(d.before.order) && d.before.order[n] == key {
		return d.before.facts[n]
	}
	if d.places == nil {
		d.places = make(map[Key]int, len(d.before.order))
		for n, k := range d.before.order {
			d.places[k] = n
		}
	}
	if n, ok := d.places[key]; ok {
		return d.before.facts[n]
	}
	return factsOf{}
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

// literal reports whether a kind's group is one of layers that carry the weight.
func literal(g layer.Group) bool { return g == layer.GroupConv || g == layer.GroupDense }
