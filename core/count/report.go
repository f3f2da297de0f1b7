// Package count runs a model's layers one after another and reports what each
// receives, returns, declares and computes. Every number that paramstack shows
// comes from a Report.
package count

import (
	"paramstack/core/arch"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Report is everything that is known of a model, for one sample.
type Report struct {
	Rows     []*Row // the statements of the model
	Totals   Totals
	Problems []*diag.Diag // of all rows, in the order of the text
	names    map[arch.ID]string
}

// A Form is what a row represents.
type Form uint8

// The forms.
const (
	FormLeaf   Form = iota // one layer
	FormRepeat             // a repeat; its children are repetitions
	FormTurn               // equal repetitions From to To of a repeat
	FormBranch             // a branch; its children are paths
	FormPath               // one path of a branch
)

// A Row is one line of the report. Rows are a tree: blocks hold what is in them.
// Rows are never changed once the report is made.
type Row struct {
	ID         arch.ID   // of the node; of the path for FormPath; of the repeat for FormTurn
	Node       arch.Node // the node; the enclosing one for FormPath and FormTurn
	Form       Form
	Name       string // how people call it: its label, or conv1, linear2 … in the order of the text
	Users      string // who refers to its label, by name: "add2, concat1"; "" if nobody
	From, To   int64  // FormTurn: the repetitions that the row represents
	In         []tensor.Shape
	Out        tensor.Shape   // nil: unknown
	Weights    []layer.Weight // FormLeaf, and FormBranch where the join learns
	MACs       layer.Sum      // likewise
	Counts     Counts         // of the layer, or of all that is inside, every repetition counted
	Own        Counts         // FormBranch: what the join itself adds
	SharesWith arch.ID        // whose weights it uses, some or all; 0 if they are its own
	Problems   []*diag.Diag
	Remarks    []*diag.Diag    // what is worth knowing, though nothing is wrong; notes all
	Receptive  *ReceptiveField // the receptive field of its output, nil if unknown
	Children   []*Row
}

// Turns returns how many equal repetitions the row represents; 1 for other forms.
func (r *Row) Turns() int64 {
	if r.Form == FormTurn {
		return r.To - r.From + 1
	}
	return 1
}

// SharesAll reports whether every tensor of the row is another layer's.
func (r *Row) SharesAll() bool {
	for i := range r.Weights {
		if !r.Weights[i].Shared() {
			return false
		}
	}
	return r.SharesWith != 0
}

// Kind returns the kind of a leaf or of a branch's join, nil for other rows.
func (r *Row) Kind() *layer.Kind {
	switch n := r.Node.(type) {
	case *arch.Leaf:
		return n.Layer.Kind()
	case *arch.Branch:
		if r.Form == FormBranch {
			return n.Join.Kind()
		}
	}
	return nil
}

// Broken reports whether the row itself has an error.
func (r *Row) Broken() bool {
	for _, d := range r.Problems {
		if d.Severity == diag.Error {
			return true
		}
	}
	return false
}

// Counts are the numbers of a layer or of several. Elements, not bytes; one sample.
// Where something could not be counted the number is a lower bound, and AtLeast is
// set. A Style decides which of them are parameters.
type Counts struct {
	Weights  num.Int // learnable elements named weight
	Biases   num.Int // learnable elements named bias
	Twins    num.Int // biases that only PyTorch has
	Frozen   num.Int // the learnable elements that are not trained
	Stats    num.Int // buffers: running statistics
	Counters num.Int // buffers: counters
	MACs     num.Int // multiply-accumulates, without bias
	Outputs  num.Int // elements of the outputs that need memory of their own

	FrozenBiases, FrozenTwins num.Int // the parts of Frozen that are Biases, and Twins

	ParamsAtLeast, MACsAtLeast, OutputsAtLeast bool
}

// Params returns the learnable elements, frozen ones included; without the
// biases if they are not to be counted.
func (c Counts) Params(biases bool) num.Int { return Style{Biases: biases}.Params(c) }

// Shown returns the elements that a framework's summary states.
func (c Counts) Shown(s Style) num.Int { return s.Params(c) }

// Trainable returns the learnable elements that are trained.
func (c Counts) Trainable() num.Int { return PyTorch.Of(c).Trainable }

// Buffers returns the elements that are stored but not learned.
func (c Counts) Buffers() num.Int { return c.Stats.Add(c.Counters) }

// FLOPs returns 2 × MACs: a multiply and an add each.
func (c Counts) FLOPs() num.Int { return c.MACs.Times(2) }

// Differ reports whether Keras counts otherwise than PyTorch: statistics, or the
// second bias of a recurrent layer.
func (c Counts) Differ() bool { return !PyTorch.Params(c).Equal(Keras.Params(c)) }

var once = num.Of(1)

// Plus returns c + d·times.
func (c Counts) Plus(d Counts, times num.Int) Counts {
	add := func(a *num.Int, b num.Int) {
		if b.IsZero() {
			return
		}
		*a = a.Add(b.Mul(times))
	}
	add(&c.Weights, d.Weights)
	add(&c.Biases, d.Biases)
	add(&c.Frozen, d.Frozen)
	add(&c.FrozenBiases, d.FrozenBiases)
	add(&c.FrozenTwins, d.FrozenTwins)
	add(&c.Twins, d.Twins)
	add(&c.Stats, d.Stats)
	add(&c.Counters, d.Counters)
	add(&c.MACs, d.MACs)
	add(&c.Outputs, d.Outputs)
	c.ParamsAtLeast = c.ParamsAtLeast || d.ParamsAtLeast
	c.MACsAtLeast = c.MACsAtLeast || d.MACsAtLeast
	c.OutputsAtLeast = c.OutputsAtLeast || d.OutputsAtLeast
	return c
}

// Totals are the numbers of the whole model.
type Totals struct {
	Counts
	Groups    [layer.Groups]Counts // the same by family of layers
	Layers    num.Int              // layers that multiply by weights, not norms or tables: the n of an "n-layer net"
	Largest   num.Int              // elements of the largest single output
	Receptive *ReceptiveField      // receptive field of the last map that does not yet see everything
}

// Name returns how people call a node, "" if it has no row.
func (r *Report) Name(id arch.ID) string { return r.names[id] }

// Leaves calls f for every leaf with its number of equal repetitions in all the
// repeats around it, in the order of the text.
func (r *Report) Leaves(f func(row *Row, times num.Int)) {
	layers(r.Rows, once, func(row *Row, _ Counts, times num.Int) {
		if row.Form == FormLeaf {
			f(row, times)
		}
	})
}

// Layers is Leaves with the joins, each behind what it joins.
func (r *Report) Layers(f func(row *Row, times num.Int)) {
	layers(r.Rows, once, func(row *Row, _ Counts, times num.Int) { f(row, times) })
}

// layers calls f for every leaf and every join, with what it adds itself.
func layers(rows []*Row, times num.Int, f func(row *Row, own Counts, times num.Int)) {
	for _, row := range rows {
		inner := times
		switch row.Form {
		case FormLeaf:
			f(row, row.Counts, times)
			continue
		case FormTurn:
			if n := row.Turns(); n != 1 {
				inner = times.Times(n)
			}
		}
		layers(row.Children, inner, f)
		if row.Form == FormBranch {
			f(row, row.Own, times)
		}
	}
}

// Row returns the first row of a node or path, nil if there is none.
func (r *Report) Row(id arch.ID) *Row { return find(r.Rows, id) }

func find(rows []*Row, id arch.ID) *Row {
	for _, row := range rows {
		if row.ID == id && row.Form != FormTurn {
			return row
		}
		if found := find(row.Children, id); found != nil {
			return found
		}
	}
	return nil
}

// Mark adds a problem to the row it names, for a report that nobody shows yet. It
// returns false if there is no such row.
func (r *Report) Mark(d *diag.Diag) bool {
	row := r.Row(d.Node)
	if row == nil {
		return false
	}
	row.Problems, r.Problems = append(row.Problems, d), append(r.Problems, d)
	return true
}

// Sum adds up rows of one body, each repetition of a group counted.
func Sum(rows []*Row) Counts {
	var c Counts
	for _, r := range rows {
		c = c.Plus(r.Counts, once)
	}
	return c
}
