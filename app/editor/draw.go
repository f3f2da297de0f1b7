package editor

import (
	"fmt"
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// draw lays out the page of a state: which rows there are. What is in them is made
// when it is looked at, see Page.Chunk, and shared with the page before where it
// stayed the same.
func (s State) draw(before *Page) *Page {
	if before == nil {
		before = &Page{}
	}
	p := &Page{spots: make([]spot, 0, len(before.spots)+8), prefs: s.Prefs}
	d := drawer{page: p, view: &s.View}
	d.list(s.Doc.Report.Rows, turns{}, 0, num.Of(1))
	p.Rows = len(p.spots)
	p.runs = make([][]RowView, (p.Rows+ChunkRows-1)/ChunkRows)
	p.rows = s.rowMaker(p, before)
	p.Summary = s.summary()
	for _, problem := range s.Doc.Report.Problems {
		if problem.Severity == 0 {
			p.Issues++
		}
	}
	return p
}

// A spot is where a row stands.
type spot struct {
	key   Key
	row   *count.Row
	depth int
	times num.Int // how many equal copies it stands for
	fold  Fold
}

type drawer struct {
	page *Page
	view *View
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
		if d.view.Unroll && row.Node.(*arch.Repeat).Of == "" {
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
		if len(d.page.spots) >= d.view.Limit {
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
