package onnx

import (
	"slices"
	"strconv"

	"paramstack/core/tensor"
	"paramstack/core/tool/onnx/onnxpb"
)

// against returns the extents of a constant as it meets a sample of x: aligned at
// the right, without the batch, where the constant must have 1.
func (c *onnxNet) against(x *onnxValue, k *onnxConst) ([]int64, bool) {
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

// joining is an operator that joins its inputs value by value.
func joining(kind string) func(*onnxNet, *onnxpb.Node) bool {
	return func(c *onnxNet, n *onnxpb.Node) bool { return c.join(n, kind) }
}

// several returns the inputs of an operator that takes any number. A single one
// passes through: then, and where one has no shape, there is nothing left to join
// and ok is what the operator's reader returns.
func (c *onnxNet) several(n *onnxpb.Node) (all []*onnxValue, ok bool) {
	for i := range n.In {
		v := c.in(n, i)
		if v == nil || v.rank() < 0 {
			return nil, false
		}
		all = append(all, v)
	}
	if len(all) == 1 {
		c.tally(c.folded, n.Op)
		c.set(n, 0, all[0])
		return nil, all[0].konst == nil
	}
	return all, false
}

func (c *onnxNet) join(n *onnxpb.Node, kind string) bool {
	all, ok := c.several(n)
	if len(all) < 2 {
		return ok
	}
	for i, v := range all { // back from the numbers that a tensor was stored as
		if len(all) == 2 && v.konst != nil && v.konst.scales() && all[1-i].konst == nil {
			return pass(c, &onnxpb.Node{Op: n.Op, In: []string{n.In[1-i], n.In[i]}, Out: n.Out})
		}
	}
	in, batch, ok := c.align(n, all)
	if !ok {
		return false
	}
	if kind == "mul" && len(in) == 2 && c.layerScale(n, all, in, batch) {
		return true
	}
	for i, v := range all {
		if v.konst != nil {
			if in[i] = c.source(n, v.konst, in[i].dims(c.n)); in[i] == nil {
				return false
			}
		}
	}
	v := c.put(n, made{kind: kind, in: in})
	if v == nil {
		return false
	}
	v.batch = batch
	c.set(n, 0, v)
	return true
}

// layerScale is a product with one stored number for each channel or feature.
func (c *onnxNet) layerScale(n *onnxpb.Node, all, in []*onnxValue, batch int) bool {
	i := slices.IndexFunc(all, func(v *onnxValue) bool { return v.konst != nil })
	if i < 0 || all[1-i].konst != nil || !all[i].konst.float || !all[i].konst.whole {
		return false
	}
	k, x := in[i].sample, in[1-i].sample
	if len(k) == 0 || k[0].N == 1 && k[len(k)-1].N == 1 {
		return false
	}
	over := 0
	word := "channels"
	if k[0].N == 1 || len(k) == 1 {
		over, word = len(k)-1, "last"
	}
	for j, d := range k {
		if j != over && d.N != 1 || j == over && d.N != x[j].N {
			return false
		}
	}
	m := made{kind: "layerscale", pairs: []string{"over", word}, in: []*onnxValue{in[1-i]}, weights: []*onnxConst{all[i].konst}}
	out := n.Out[0]
	if add, b := c.biasBehind(n, k[over].N, len(k)-over, len(k)-1-over); add != nil {
		m.pairs, m.weights = append(m.pairs, "bias", "on"), append(m.weights, b)
		out = c.drop(add)
	}
	return c.instead(n, out, c.try(func() bool {
		v := c.put(n, m)
		if v == nil {
			return false
		}
		v.batch = batch
		c.set(n, 0, v)
		return true
	}))
}

// align gives values one number of extents, and their batch one place: aligned at
// the right, as ONNX broadcasts. Constants come back with their shape alone.
func (c *onnxNet) align(n *onnxpb.Node, all []*onnxValue) (in []*onnxValue, batch int, ok bool) {
	rank, batch := 0, noBatch
	for _, v := range all {
		rank = max(rank, v.rank())
	}
	for _, v := range all {
		if v.konst == nil && v.batch >= 0 {
			p := rank - v.rank() + v.batch
			if batch >= 0 && p != batch {
				return nil, 0, false
			}
			batch = p
		}
	}
	for _, v := range all {
		dims := v.dims(c.n)
		lead := rank - len(dims)
		if v.konst == nil && v.batch >= 0 {
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
			} else if d.N != 1 && (v.konst != nil || v.batch < 0) {
				return nil, 0, false
			}
		}
		switch {
		case v.konst != nil:
			in = append(in, &onnxValue{sample: sample, batch: noBatch})
		case v.sample.Equal(sample) && v.batch == batch:
			in = append(in, v)
		default:
			in = append(in, v.laidOut(v.name+"/as", sample, batch, v.lost))
		}
	}
	return in, batch, true
}

// div is a product where it divides by a constant, since that is kept as one.
func (c *onnxNet) div(n *onnxpb.Node) bool {
	if c.live(n, 0) == nil || c.constIn(n, 1) == nil {
		return false
	}
	return c.join(n, "mul")
}

func (c *onnxNet) concat(n *onnxpb.Node) bool {
	all, ok := c.several(n)
	if len(all) < 2 {
		return ok
	}
	in, batch, ok := c.align(n, all)
	if !ok {
		return false
	}
	for _, v := range all {
		if v.rank() != all[0].rank() {
			return false
		}
	}
	x := &onnxValue{sample: in[0].sample, batch: batch}
	at, ok := x.at(n.Int("axis", 1))
	if !ok {
		return false
	}
	for i, v := range all {
		if v.konst != nil {
			if in[i] = c.source(n, v.konst, in[i].dims(c.n)); in[i] == nil {
				return false
			}
		}
	}
	v := c.put(n, made{kind: "concat", pairs: []string{"dim", strconv.Itoa(at + 1)}, in: in})
	if v == nil {
		return false
	}
	v.batch = batch
	c.set(n, 0, v)
	return true
}
