package compare

import (
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// A Stack is a network and what was counted of it.
type Stack struct {
	Model  arch.Model
	Report *count.Report
}

// Counted counts a model.
func Counted(m arch.Model) Stack { return Stack{m, count.Of(m)} }

// A Result is what two networks have in common and what makes them differ.
type Result struct {
	A, B    Stack
	Changes []Change // of the network itself: its name, and the comments at its end
	Rows    []*Row
	Coarse  bool // the networks are too large to look at all pairs: see MaxCells
}

// A Mark is what became of a row.
type Mark uint8

// The marks.
const (
	Same    Mark = iota // in both, with the same numbers
	Changed             // in both: options differ, or what reaches it
	Removed             // in the first only
	Added               // in the second only
)

// Sign returns the sign of a mark: = ~ − +.
func (m Mark) Sign() string { return [...]string{"=", "~", "−", "+"}[m] }

// A Row is a statement or a path of one network or both. Rows are a tree: a block
// holds the rows of what is in it. In a block that has one side only there can be rows
// with both: it was put around them, or taken away.
type Row struct {
	Mark    Mark
	Form    count.Form // leaf, repeat, branch or path
	A, B    *Side      // nil where it has none
	Changes []Change   // the edits that make the second side of the first
	Rows    []*Row
}

// A Side is a row of one of the networks.
type Side struct {
	Node  arch.Node // the branch, for a path
	Path  int       // the path's place in its branch; -1 for statements
	Row   *count.Row
	Times num.Int      // how often it is run, over all repetitions; 0 if it is not counted
	Own   count.Counts // of the layer or the join alone, over all repetitions
}

// From returns the label whose output enters a path, "" for other rows.
func (s *Side) From() string {
	if s.Path < 0 {
		return ""
	}
	return s.Node.(*arch.Branch).Paths[s.Path].From
}

// ID returns the ID of the node, or of the path.
func (s *Side) ID() arch.ID {
	if s.Path < 0 {
		return s.Node.Head().ID
	}
	return s.Node.(*arch.Branch).Paths[s.Path].ID
}

// Name returns how people call a row of the network: of a path its branch and number.
func (s Stack) Name(side *Side) string {
	name := s.Report.Name(side.Node.Head().ID)
	if side.Path < 0 {
		return name
	}
	return name + "/" + strconv.Itoa(side.Path+1)
}

// Of compares two networks.
func Of(a, b Stack) *Result { return of(a, b, MaxCells) }

func of(a, b Stack, cells int) *Result {
	m := maker{newAligner(cells), tally(a.Report), tally(b.Report)}
	f := newForest()
	top := m.pairs(f.of(a.Model, m.a), f.of(b.Model, m.b))
	m.left = cells // what the costs took is asked for again, one level after the other
	r := &Result{A: a, B: b, Rows: m.rows(m.through(top))}
	r.Coarse = m.coarse
	r.Changes = modelChanges(a.Model, b.Model)
	return r
}

// A maker makes rows of pairs.
type maker struct {
	*aligner
	a, b tallies
}

func (m *maker) rows(pairs []pair) []*Row {
	rows := make([]*Row, len(pairs))
	for i, p := range pairs {
		rows[i] = m.row(p)
	}
	return rows
}

func (m *maker) row(p pair) *Row {
	r := &Row{A: m.a.side(p.x), B: m.b.side(p.y)}
	any := p.x
	if any == nil {
		any = p.y
	}
	r.Form = any.form()
	switch {
	case p.y == nil:
		r.Mark = Removed
	case p.x == nil:
		r.Mark = Added
	default:
		if r.Changes = changes(p.x, p.y); len(r.Changes) > 0 || !same(r.A.Own, r.B.Own) {
			r.Mark = Changed
		}
	}
	switch {
	case p.inner != nil:
		r.Rows = m.rows(p.inner)
	case p.x != nil && p.y != nil:
		r.Rows = m.rows(m.through(m.inside(p.x, p.y)))
		if p.x.isBranch() {
			moved(r.Rows)
		}
	case p.x != nil:
		r.Rows = m.rows(alone(p.x.kids, nil, nil))
	default:
		r.Rows = m.rows(alone(nil, p.y.kids, nil))
	}
	return r
}

func (it *item) form() count.Form {
	switch {
	case it.path >= 0:
		return count.FormPath
	case it.layerOf() == nil:
		return count.FormRepeat
	case it.kids != nil:
		return count.FormBranch
	default:
		return count.FormLeaf
	}
}

// Walk calls f for every row, outer before inner, in the order of both texts.
func (r *Result) Walk(f func(row *Row, depth int)) { walk(r.Rows, 0, f) }

func walk(rows []*Row, depth int, f func(*Row, int)) {
	for _, row := range rows {
		f(row, depth)
		walk(row.Rows, depth+1, f)
	}
}

// Kind returns the kind of a row's layer or join, nil for repeats and paths.
func (r *Row) Kind() *layer.Kind {
	if r.A != nil {
		return r.A.Kind()
	}
	return r.B.Kind()
}

// Kind returns the kind of the layer or join, nil for repeats and paths.
func (s *Side) Kind() *layer.Kind {
	switch n := s.Node.(type) {
	case *arch.Leaf:
		return n.Layer.Kind()
	case *arch.Branch:
		if s.Path < 0 {
			return n.Join.Kind()
		}
	}
	return nil
}

// Counts returns the numbers of a side of a row without what is in it: none, for a
// side that it does not have.
func (s *Side) Counts() count.Counts {
	if s == nil {
		return count.Counts{}
	}
	return s.Own
}

// All returns the numbers of both sides of a row with all that is in it.
func (r *Row) All() (a, b count.Counts) {
	a, b = r.A.Counts(), r.B.Counts()
	for _, inner := range r.Rows {
		x, y := inner.All()
		a, b = a.Plus(x, num.Of(1)), b.Plus(y, num.Of(1))
	}
	return a, b
}
