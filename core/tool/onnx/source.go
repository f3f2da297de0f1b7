package onnx

import (
	"maps"
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/onnx/onnxpb"
)

// source makes a layer of a constant that layers compute with, with the extents
// of a sample: a parameter, or a buffer where it is one number or whole ones. What
// is a part of a stored tensor, or computed of several, is that: a layer behind
// the parameter, which is counted whole and once.
func (c *onnxNet) source(n *onnxpb.Node, k *onnxConst, sample []int64) *onnxValue {
	if len(sample) == 0 {
		return nil
	}
	tables := k.tables()
	if k.whole || len(tables) == 0 || !k.float {
		return c.table(n, k, sample)
	}
	shape := tensor.Of(sample...)
	var v *onnxValue
	if p := k.part; p != nil && p.of.whole && len(tables) == 1 {
		whole := c.source(n, p.of, p.of.dims)
		size := p.of.dims[p.at]
		to := p.to
		if to == size {
			to = 0 // up to the end
		}
		v = whole
		if p.from != 0 || to != 0 || p.step != 1 {
			v = c.put(n, made{kind: "slice", in: []*onnxValue{whole}, tail: ".part",
				pairs: []string{"from", itoa(p.from), "to", itoa(to), "step", itoa(p.step), "dim", itoa(int64(p.at + 1))}})
		}
	} else {
		first := &onnxConst{dims: tables[0].dims, float: true, whole: true, roots: tables[:1]}
		v = c.computed(n, c.source(n, first, first.dims), tables[1:], sample)
	}
	if v == nil {
		return nil
	}
	return v.laidOut(n.Out[0]+"/const", shape, noBatch, false)
}

// computed is a table that a file computes of stored ones, in ways that are not
// followed here.
func (c *onnxNet) computed(n *onnxpb.Node, first *onnxValue, rest []*onnxStored, sample []int64) *onnxValue {
	if first == nil {
		return nil
	}
	c.tally(c.opaque, "Computed")
	var more []tensor.Shape
	var of []*onnxConst
	for _, r := range rest {
		if r.user == "" {
			more = append(more, tensor.Of(folded(r.dims)...))
			of = append(of, &onnxConst{dims: r.dims, whole: true, roots: []*onnxStored{r}})
		}
	}
	weights := layer.TensorsOf(more...)
	return c.put(n, made{kind: "opaque", in: []*onnxValue{first}, weights: of, tail: ".computed",
		pairs: []string{"type", "Computed", "weights", weights.Text(), "buffers", "none", "macs", "0", "out", joinInts(sample)}})
}

// table makes a layer of a constant as it is.
func (c *onnxNet) table(n *onnxpb.Node, k *onnxConst, sample []int64) *onnxValue {
	kind := "param"
	if !k.float || elementsOf(k.dims).Cmp(one) <= 0 {
		kind = "buffer"
	}
	shape := tensor.Of(sample...)
	for _, r := range k.roots {
		if at, ok := c.byName[r.user]; ok && len(k.roots) == 1 && k.whole && c.g.Nodes[at].Layer.Kind().Source {
			have := c.shapes[r.user]
			v := &onnxValue{node: r.user, sample: have, batch: noBatch}
			if have.Equal(shape) {
				return v
			}
			return v.laidOut(n.Out[0]+"/"+r.name, shape, noBatch, false)
		}
	}
	use := *k
	if len(k.roots) == 0 || !k.whole {
		// Made out of nothing, or of single numbers: as large as it is.
		use.whole, use.roots = true, []*onnxStored{{dims: k.dims, float: k.float}}
		for _, r := range k.roots {
			r.used = true
		}
	}
	name := scopeName(n) + "_const"
	if len(k.roots) == 1 && k.roots[0].name != "" {
		name = k.roots[0].name
	}
	return c.put(&onnxpb.Node{Name: name, Op: kind}, made{kind: kind, pairs: []string{"shape", joinInts(sample)}, weights: []*onnxConst{&use}})
}

// inside returns the tensors that graphs in a node's attributes hold, and those
// of the model that they use.
func (c *onnxNet) inside(n *onnxpb.Node, nest int) []*onnxConst {
	var all []*onnxConst
	for _, name := range slices.Sorted(maps.Keys(n.Attrs)) {
		a := n.Attrs[name]
		if a.Graph == nil || nest > onnxpb.MaxNest {
			continue
		}
		for _, t := range a.Graph.Stored {
			all = append(all, c.keep(t, false))
		}
		for _, m := range a.Graph.Nodes {
			if t := m.Attrs["value"]; m.Op == "Constant" && t != nil && t.Tensor != nil {
				all = append(all, c.keep(t.Tensor, true))
			}
			for _, in := range m.In {
				if v := c.values[in]; v != nil && v.konst != nil {
					all = append(all, v.konst)
				}
			}
			all = append(all, c.inside(m, nest+1)...)
		}
	}
	return all
}

// keep makes a constant of a stored tensor.
func (c *onnxNet) keep(t *onnxpb.Tensor, constant bool) *onnxConst {
	s := &onnxStored{name: t.Name, dims: t.Dims, float: onnxpb.IsFloat(t.Type), byte: onnxpb.IsByte(t.Type), constant: constant}
	c.stored = append(c.stored, s)
	return &onnxConst{dims: t.Dims, data: t.Data, float: s.float, roots: []*onnxStored{s}, whole: true}
}
