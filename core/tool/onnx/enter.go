package onnx

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/onnx/onnxpb"
)

// enter makes layers of what enters the network. In files that leave out their
// weights these stand among the inputs: what is used as a convolution's kernel is
// one, and then all others but the first are.
func (c *onnxNet) enter() {
	var inputs []onnxpb.Info
	for _, v := range c.m.Graph.Inputs {
		if c.values[v.Name] == nil {
			inputs = append(inputs, v)
		}
	}
	bare := false
	for _, v := range inputs {
		bare = bare || c.isWeight(v)
	}
	c.n = 1
	first := true
	for i, v := range inputs {
		if bare && i > 0 && v.Dims != nil && onnxpb.IsFloat(v.Type) && !slices.Contains(v.Dims, -1) && (c.isWeight(v) || !c.isData(v)) {
			k := c.keep(&onnxpb.Tensor{Name: v.Name, Type: v.Type, Dims: v.Dims}, false)
			c.values[v.Name] = &onnxValue{name: v.Name, konst: k}
			c.guess++
			continue
		}
		c.input(v, first)
		first = false
	}
}

// weightAt are the inputs that are learned, whoever gives them.
var weightAt = map[string][]int{
	"Conv": {1, 2}, "ConvTranspose": {1, 2}, "DeformConv": {1, 3}, "Gemm": {1, 2}, "BatchNormalization": {1, 2, 3, 4},
	"InstanceNormalization": {1, 2}, "LayerNormalization": {1, 2}, "GroupNormalization": {1, 2}, "RMSNormalization": {1},
	"LSTM": {1, 2, 3, 7}, "GRU": {1, 2, 3}, "RNN": {1, 2, 3}, "PRelu": {1},
}

func (c *onnxNet) isWeight(v onnxpb.Info) bool {
	for _, n := range c.users[v.Name] {
		if n.Domain != "" {
			continue
		}
		for _, i := range weightAt[n.Op] {
			if i < len(n.In) && n.In[i] == v.Name {
				return true
			}
		}
	}
	return false
}

// isData reports whether an input is what a layer works on, or a state.
func (c *onnxNet) isData(v onnxpb.Info) bool {
	for _, n := range c.users[v.Name] {
		if at := weightAt[n.Op]; at != nil && n.Domain == "" && slices.Contains(n.In, v.Name) && !c.isWeight(v) {
			return true
		}
	}
	return false
}

// input makes a layer of one input. The first that has a batch says how large it
// is; sizes that the file names instead of telling are a batch of one.
func (c *onnxNet) input(v onnxpb.Info, first bool) {
	x := &onnxValue{name: v.Name, batch: noBatch}
	dims := v.Dims
	if p := c.plan; p >= 0 && p < len(dims) && len(dims) > 1 && (p == 0 || len(dims) == 3) {
		n := max(dims[p], 1)
		if dims[p] < 0 {
			c.assumed = true
		}
		if first {
			c.n = n
		}
		if n == c.n || dims[p] < 0 {
			x.batch = p
			dims = slices.Delete(slices.Clone(dims), p, p+1)
		}
	}
	shape := joinInts(dims)
	if len(dims) == 0 {
		shape = "1"
		if v.Dims == nil {
			shape = "?"
		}
	}
	l, err := graph.Build("input", "shape", shape)
	if err != nil { // no extents, or too many
		l, _ = graph.Build("input", "shape", "?")
	}
	r, _ := layer.Apply(l, nil)
	name := c.called(&onnxpb.Node{Name: v.Name}, made{})
	c.push(graph.Node{Name: name, Layer: l}, r.Out)
	x.node, x.sample = name, r.Out
	if v.Dims != nil && len(dims) == 0 {
		x = x.laidOut(v.Name, tensor.Shape{}, x.batch, false)
	}
	c.values[v.Name] = x
}
