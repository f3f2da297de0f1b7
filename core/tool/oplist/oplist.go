// Package oplist is a network as tools store and write it: a List of operations in
// order, with references and shared weights resolved once; and a Tree, which knows
// of each block what refers into it and out of it.
package oplist

import (
	"slices"
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/names"
	"paramstack/core/tool/target"
)

// An Op is one use of a layer in the unrolled network: every repetition of every
// repeat, every second use.
type Op struct {
	Name   string // unique
	Row    *count.Row
	Layer  layer.Layer
	Inputs []int // the ops whose values enter
	Frozen bool
	Reuses int // the op whose layer this is once more, with its weights; -1: none
	Shares int // the op some of whose weights it uses, though it is another layer; -1: none
}

// A List is a network as most tools store it: layers in order that name their
// inputs.
type List struct {
	Ops     []Op
	Outputs []int
	names   *names.Set
	labels  map[string]int
	places  map[string]string // of labels: the repetitions around them
	rows    map[string]*count.Row
	first   map[string]int // the first use of a layer
	where   string
	idle    int // repetitions that added no op
	full    bool
}

// maxOps is how many layers a network may have, written out.
const maxOps = 20_000

// Of writes a network out. The problem, if any, is that there would be too
// many layers.
func Of(n *target.Network) (*List, *diag.Diag) {
	f := &List{names: names.NewSet(names.Joined), labels: map[string]int{}, places: map[string]string{},
		rows: map[string]*count.Row{}, first: map[string]int{}}
	out := f.body(n.Report.Rows, -1)
	if out >= 0 {
		f.Outputs = append([]int{out}, f.Outputs...)
	}
	if f.full {
		return f, diag.New(catalog.ExportTooLong, maxOps)
	}
	return f, nil
}

// body adds rows and returns the op with their value; -1 for none.
func (f *List) body(rows []*count.Row, cur int) int {
	for _, row := range rows {
		if f.full {
			return cur
		}
		label := row.Node.Head().Label
		if label != "" && f.rows[label] == nil {
			f.rows[label], f.places[label] = row, f.where
		}
		switch n := row.Node.(type) {
		case *arch.Leaf:
			var inputs []int
			if n.Layer.Kind().Takes != layer.TakesNone {
				inputs = []int{cur}
			}
			cur = f.add(row, n.Layer, inputs, n.Frozen)
			if n.Shares != "" && row.SharesWith != 0 {
				if from, ok := f.labels[n.Shares]; ok {
					f.share(cur, from)
				}
			}
		case *arch.Repeat:
			cur = f.repeat(row, n, cur)
		case *arch.Branch:
			cur = f.branch(row, n, cur)
		default:
			panic(UnknownNode(n))
		}
		if label != "" {
			f.labels[label] = cur
		}
	}
	return cur
}

// share makes an op another use of the layer it shares all weights with, if it is
// the same layer, else notes whose weights it uses.
func (f *List) share(i, from int) {
	a, b := &f.Ops[i], &f.Ops[from]
	if a.Row.SharesAll() && a.Layer.Kind() == b.Layer.Kind() && layer.Equal(a.Layer, b.Layer) {
		a.Reuses = from
		return
	}
	a.Shares = from
}

func (f *List) add(row *count.Row, l layer.Layer, inputs []int, frozen bool) int {
	if len(f.Ops) >= maxOps {
		f.full = true
		return -1
	}
	o := Op{Name: f.names.Free(row.Name + f.turns()), Row: row, Layer: l, Inputs: inputs, Frozen: frozen, Reuses: -1, Shares: -1}
	key := f.where + "/" + strconv.Itoa(int(row.ID))
	if old, ok := f.first[key]; ok {
		o.Reuses = old
	} else {
		f.first[key] = len(f.Ops)
	}
	f.Ops = append(f.Ops, o)
	return len(f.Ops) - 1
}

// turns is the suffix that distinguishes the layers of one repetition from those of
// another.
func (f *List) turns() string {
	s := ""
	for i := range len(f.where) {
		if f.where[i] == '/' {
			s += "_"
		} else {
			s += string(f.where[i])
		}
	}
	return s
}

func (f *List) branch(row *count.Row, n *arch.Branch, cur int) int {
	values := make([]int, len(row.Children))
	for i, path := range row.Children {
		from := cur
		if label := n.Paths[i].From; label != "" {
			var ok bool
			if from, ok = f.labels[label]; !ok {
				from = -1
			}
		}
		values[i] = f.body(path.Children, from)
	}
	if f.full || len(values) == 0 {
		return -1
	}
	if n.HasOutputs() {
		f.Outputs = append(f.Outputs, values[1:]...)
	}
	if !n.Joins() {
		return values[0]
	}
	return f.add(row, n.Join, values, false)
}

func (f *List) repeat(row *count.Row, n *arch.Repeat, cur int) int {
	where := f.where
	defer func() { f.where = where }()
	if n.Of != "" {
		f.where = f.places[n.Of]
		for _, turn := range row.Children {
			for _, used := range turn.Children {
				Again(used.Node, f.labels, func() { cur = f.body([]*count.Row{used}, cur) })
			}
		}
		return cur
	}
	turn := int64(0)
	for _, t := range row.Children {
		for range t.Turns() {
			if f.full {
				return -1
			}
			if turn++; !n.Shared {
				f.where = where + "/" + strconv.FormatInt(turn, 10)
			}
			before := len(f.Ops)
			cur = f.body(t.Children, cur)
			if len(f.Ops) == before {
				f.idle++ // a repetition that adds nothing takes its time too
				f.full = f.full || f.idle > maxOps
			}
		}
	}
	return cur
}

// Unknown reports whether something of an op's inputs is not known.
func (o *Op) Unknown() bool {
	return slices.Contains(o.Inputs, -1) || slices.ContainsFunc(o.Row.In,
		func(s tensor.Shape) bool { return s == nil }) || o.Row.Out == nil
}

// SameWeights reports whether two uses of a layer can have the same weights: as
// many of the same shapes.
func SameWeights(a, b *count.Row) bool {
	return slices.EqualFunc(a.Weights, b.Weights, func(v, w layer.Weight) bool { return slices.Equal(v.Shape, w.Shape) })
}

// Unreached returns layers with weights that lead to no output.
func (f *List) Unreached() []*Op {
	reached := make([]bool, len(f.Ops))
	made := make([]bool, len(f.Ops)) // the layer, by its first use
	first := func(i int) int {
		for f.Ops[i].Reuses >= 0 {
			i = f.Ops[i].Reuses
		}
		return i
	}
	for todo := slices.Clone(f.Outputs); len(todo) > 0; {
		i := todo[len(todo)-1]
		if todo = todo[:len(todo)-1]; i < 0 || reached[i] {
			continue
		}
		reached[i], made[first(i)] = true, true
		todo = append(todo, f.Ops[i].Inputs...)
	}
	var not []*Op
	for i := range f.Ops {
		if o := &f.Ops[i]; o.Reuses < 0 && !made[i] && len(o.Row.Weights) > 0 {
			not = append(not, o)
		}
	}
	return not
}
