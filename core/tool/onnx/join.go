package onnx

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// against returns the extents of a constant as it meets a sample of x: aligned at
// the right, without the batch, where the constant must have 1.
func against(x *value, k *constant) ([]int64, bool) {
	rank := x.rank()
	lead := rank - len(k.dims)
	if rank < 0 || lead < 0 {
		return nil, false
	}
	sample := make([]int64, 0, rank)
	for i := 0; i < rank; i++ {
		d := int64(1)
		if i >= lead {
			d = k.dims[i-lead]
		}
		switch {
		case i != x.batch:
			sample = append(sample, d)
		case d != 1:
			return nil, false
		}
	}
	return sample, true
}

// several returns the inputs of an operator with any number of them. A single one
// passes through: then, and where one has no shape, there is nothing left to join
// and ok is what the operator returns.
func several(c conversion) (all []*value, ok bool) {
	for i := range c.In {
		v := c.in(i)
		if v == nil || v.rank() < 0 {
			return nil, false
		}
		all = append(all, v)
	}
	if len(all) == 1 {
		return nil, c.pass(all[0]) && all[0].fixed == nil
	}
	return all, false
}

// joined is an operator that joins its inputs value by value.
func joined(kind layer.Typed[*layer.Elementwise]) operator {
	return func(c conversion) bool {
		all, ok := several(c)
		if len(all) < 2 {
			return ok
		}
		for i, v := range all { // back from the numbers that a tensor was stored as
			if len(all) == 2 && v.fixed != nil && c.isScale(v.fixed) && all[1-i].fixed == nil {
				c.markOption(v.fixed)
				return c.pass(all[1-i])
			}
		}
		in, batch, ok := align(c, all)
		if !ok {
			return false
		}
		if kind == layer.MulKind && len(in) == 2 && layerScale(c, all, in, batch) {
			return true
		}
		return sources(c, all, in) && c.joint(draft{layer: kind.New(), in: in}, batch)
	}
}

// sources makes layers of those of all values that are constants.
func sources(c conversion, all, in []*value) bool {
	for i, v := range all {
		if v.fixed != nil {
			if in[i] = c.source(v.fixed, in[i].dims(c.batch.size)); in[i] == nil {
				return false
			}
		}
	}
	return true
}

// joint adds a layer that joins values whose batch is at one place.
func (c conversion) joint(d draft, batch int) bool {
	v := c.emit(d)
	if v == nil {
		return false
	}
	v.batch = batch
	c.bind(0, v)
	return true
}

// layerScale is a product with one stored number for each channel or feature.
func layerScale(c conversion, all, in []*value, batch int) bool {
	i := slices.IndexFunc(all, func(v *value) bool { return v.fixed != nil })
	if i < 0 || all[1-i].fixed != nil || !all[i].fixed.float || !all[i].fixed.whole || c.allComputed(all[i].fixed) {
		return false
	}
	k, x := in[i].sample, in[1-i].sample
	if len(k) == 0 || k[0].N == 1 && k[len(k)-1].N == 1 {
		return false
	}
	over, word := 0, "channels"
	if k[0].N == 1 || len(k) == 1 {
		over, word = len(k)-1, "last"
	}
	for j, d := range k {
		if j != over && d.N != 1 || j == over && d.N != x[j].N {
			return false
		}
	}
	return c.Try(func() bool {
		weights, out := []*constant{all[i].fixed}, c.Out[0]
		if add, b := biasBehind(c, k[over].N, len(k)-over, len(k)-1-over); add != nil {
			weights, out = append(weights, b), c.absorb(add)
		}
		l := layerOf(layer.LayerScaleKind, func(l *layer.LayerScale) {
			l.Over.Word, l.Bias = word, len(weights) > 1
		})
		return c.joint(draft{layer: l, in: []*value{in[1-i]}, weights: weights}, batch) && c.instead(out)
	})
}

// align brings values to the same rank, and their batch to the same place: aligned
// at the right, as ONNX broadcasts. Constants are returned with their shape only.
func align(c conversion, all []*value) (in []*value, batch int, ok bool) {
	rank, batch := 0, noBatch
	for _, v := range all {
		rank = max(rank, v.rank())
	}
	for _, v := range all {
		if v.fixed == nil && v.batch >= 0 {
			p := rank - v.rank() + v.batch
			if batch >= 0 && p != batch {
				return nil, 0, false
			}
			batch = p
		}
	}
	for _, v := range all {
		dims := v.dims(c.batch.size)
		lead := rank - len(dims)
		if v.fixed == nil && v.batch >= 0 {
			lead = rank - v.rank()
		}
		sample := make(tensor.Shape, 0, rank)
		for i := 0; i < rank; i++ {
			d := tensor.Dim{N: 1}
			if i >= lead {
				d.N = dims[i-lead]
			}
			if i != batch {
				sample = append(sample, d)
			} else if d.N != 1 && (v.fixed != nil || v.batch < 0) {
				return nil, 0, false
			}
		}
		switch {
		case v.fixed != nil:
			in = append(in, &value{sample: sample, batch: noBatch})
		case v.sample.Equal(sample) && v.batch == batch:
			in = append(in, v)
		default:
			in = append(in, v.laidOut(v.name+"/as", sample, batch, v.lost))
		}
	}
	return in, batch, true
}

// div is a product where it divides by a constant, since that is kept as one.
func div(c conversion) bool {
	return c.live(0) != nil && c.constant(1) != nil && joined(layer.MulKind)(c)
}

func concat(c conversion) bool {
	all, ok := several(c)
	if len(all) < 2 {
		return ok
	}
	in, batch, ok := align(c, all)
	if !ok {
		return false
	}
	for _, v := range all {
		if v.rank() != all[0].rank() {
			return false
		}
	}
	x := &value{sample: in[0].sample, batch: batch}
	at, ok := x.at(c.Int("axis", 1))
	return ok && sources(c, all, in) && c.joint(draft{layer: concatenation(at), in: in}, batch)
}

// concatenation is a layer that lays values side by side along a dimension of the
// sample.
func concatenation(dim int) layer.Layer {
	return layerOf(layer.ConcatKind, func(l *layer.Concat) { l.Dim.N = int64(dim + 1) })
}
