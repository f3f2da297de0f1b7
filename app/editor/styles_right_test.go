package editor

import (
	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// A styled is what a style has for a row, or for several.
type styled struct{ params, weights, biases, trainable, frozen, buffers num.Int }

// plus returns a + b·times.
func (a styled) plus(b styled, times num.Int) styled {
	add := func(x, y num.Int) num.Int { return x.Add(y.Mul(times)) }
	return styled{add(a.params, b.params), add(a.weights, b.weights), add(a.biases, b.biases),
		add(a.trainable, b.trainable), add(a.frozen, b.frozen), add(a.buffers, b.buffers)}
}

// A right holds what is right of one network in one style.
type right struct {
	report *count.Report
	of     map[*count.Row]styled // what each row declares itself
	total  styled
}

// rightOf counts by the tensors alone. PyTorch: parameters are what is learned.
// Keras: all that add_weight created, so statistics too, and one bias of two.
func rightOf(report *count.Report, keras, biases bool) *right {
	r := &right{report: report, of: map[*count.Row]styled{}}
	r.walk(report.Rows, num.Of(1), func(row *count.Row, times num.Int) {
		leaf, _ := row.Node.(*arch.Leaf)
		var own styled
		for _, w := range row.Weights {
			n, ok := w.Count()
			if w.Shared() || !ok {
				continue
			}
			learned := false
			switch w.Class {
			case layer.ClassWeight:
				learned, own.weights = true, own.weights.Add(n)
			case layer.ClassBias:
				if learned = biases && !(keras && w.TorchOnly); learned {
					own.biases = own.biases.Add(n)
				}
			case layer.ClassStat:
				if own.buffers = own.buffers.Add(n); keras {
					own.params, own.frozen = own.params.Add(n), own.frozen.Add(n)
				}
			case layer.ClassCounter:
				if !keras {
					own.buffers = own.buffers.Add(n)
				}
			}
			if !learned {
				continue
			}
			if own.params = own.params.Add(n); leaf != nil && leaf.Frozen {
				own.frozen = own.frozen.Add(n)
			} else {
				own.trainable = own.trainable.Add(n)
			}
		}
		r.of[row] = own
		r.total = r.total.plus(own, times)
	})
	return r
}

// walk calls f for what declares weights, in the order of the tables: a join
// before its paths.
func (r *right) walk(rows []*count.Row, times num.Int, f func(row *count.Row, times num.Int)) {
	for _, row := range rows {
		if row.Form == count.FormLeaf || row.Form == count.FormBranch {
			f(row, times)
		}
		r.walk(row.Children, times.Times(row.Turns()), f)
	}
}

// all is the total of a row with all that is in it, times its equal repetitions.
func (r *right) all(row *count.Row) styled {
	sum := r.of[row]
	for _, child := range row.Children {
		sum = sum.plus(r.all(child), num.Of(1))
	}
	return styled{}.plus(sum, num.Of(row.Turns()))
}

// derived calls f in the order of the derivation: a join after its paths.
func (r *right) derived(rows []*count.Row, times num.Int, f func(row *count.Row, times num.Int)) {
	for _, row := range rows {
		r.derived(row.Children, times.Times(row.Turns()), f)
		if row.Form == count.FormLeaf || row.Form == count.FormBranch {
			f(row, times)
		}
	}
}
