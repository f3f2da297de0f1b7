package why

import (
	"slices"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A swap is an edit that leaves the shapes between the layers as they are: other layers at
// some places, none at others, one more behind others. What it changes is worked out from
// these rows alone, so that a network of a thousand rows is not counted for it. An answer is
// counted in full all the same.
type swap struct {
	set    change
	gone   map[arch.ID]bool
	behind map[arch.ID]layer.Layer // in the place of what set has, if it has both
	enter  map[arch.ID]int64       // other channels enter a row
	turn   arch.ID                 // one more repetition, like the last, of this
}

// effect returns what a swap adds to the tally; false if a layer cannot be there.
func (f *Finder) effect(s swap) (tally, bool) {
	var minus, plus tally
	ok := true
	if s.turn != 0 {
		row := f.report.Row(s.turn)
		if row == nil || len(row.Children) == 0 {
			return plus, false
		}
		if row.Form == count.FormBranch {
			f.leaves([]*count.Row{row}, 1, &plus)
			return plus, true
		}
		last := row.Children[len(row.Children)-1]
		if last.Turns() < 2 && len(row.Children) > 1 {
			return plus, false // each repetition is wider
		}
		f.leaves(last.Children, 1, &plus)
		return plus, true
	}
	f.report.Layers(func(row *count.Row, times num.Int) {
		l, gone, more := s.set[row.ID], s.gone[row.ID], s.behind[row.ID]
		in := row.In
		if c, other := s.enter[row.ID]; other && len(in) == 1 && len(in[0]) > 0 {
			shape := slices.Clone(in[0])
			shape[0].N = c
			in, l = []tensor.Shape{shape}, row.Node.(*arch.Leaf).Layer
		}
		if l == nil && !gone && more == nil || !ok {
			return
		}
		n, fits := times.Int64()
		ok = ok && fits
		out := row.Out
		if l != nil || gone {
			minus.add(row, n, row.ID == f.sight.head)
		}
		if l != nil {
			out, ok = plus.put(row, l, in, n, row.ID == f.sight.head)
		}
		if more != nil && ok {
			_, ok = plus.put(row, more, []tensor.Shape{out}, n, false)
		}
	})
	return tally{}.plus(&minus, &plus, 1), ok
}

// leaves adds what is in rows, n times.
func (f *Finder) leaves(rows []*count.Row, n int64, t *tally) {
	for _, row := range rows {
		f.leaves(row.Children, n*row.Turns(), t)
		if row.Form == count.FormLeaf || row.Form == count.FormBranch {
			t.add(row, n, row.ID == f.sight.head)
		}
	}
}

// put adds a layer in the place of a row, n times, and returns the shape that it gives.
func (t *tally) put(row *count.Row, l layer.Layer, in []tensor.Shape, n int64, head bool) (tensor.Shape, bool) {
	leaf, ok := row.Node.(*arch.Leaf)
	if !ok {
		return nil, false
	}
	result, d := layer.Apply(l, in)
	if d != nil {
		return nil, false
	}
	other := *row
	other.Node, other.Weights, other.MACs = arch.NewLeaf(arch.Head{}, l, leaf.Frozen), result.Weights, result.MACs
	frozen := num.Int{}
	for i := range other.Weights {
		w := &other.Weights[i]
		if row.SharesWith != 0 {
			w.TiedTo = row.Name
		} else if v, known := w.Count(); known && leaf.Frozen && w.Class.Learnable() {
			frozen = frozen.Add(v)
		}
	}
	other.Counts.Frozen = frozen
	t.add(&other, n, head)
	return result.Out, true
}

// shift returns what the edit of an option adds to the tally, of a quantity: all of it, or
// what one more of its unknown adds; false if the variant cannot be counted, or there is no
// more time.
func (f *Finder) shift(i int16, q Quantity) (*tally, bool) {
	o := &f.all[i]
	if o.known[q] != nil {
		return o.known[q], true
	}
	if o.swap != nil && (q == Params || !o.elements) {
		t, ok := f.effect(*o.swap)
		if ok {
			o.known[q] = &t
			return &t, true
		}
		if o.swap.turn != 0 {
			return nil, false // no repetition is like the last: no number of them can be solved for
		}
		o.swap = nil
	}
	at := int64(0)
	if o.unknown() {
		at = o.now + 1
	}
	if f.work < reserve {
		f.short, f.lacking[q] = true, true
		return nil, false
	}
	b := f.build(variant{[most]int16{i + 1}, at, q == MACs})
	if !b.ok {
		return nil, false
	}
	t := tally{}.plus(&f.own, &b.tally, 1)
	o.known[q] = &t
	return &t, true
}
