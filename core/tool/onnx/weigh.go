package onnx

import (
	"maps"
	"slices"

	"paramstack/core/tool/onnx/onnxpb"
)

// weigh is the pass that finds the weights of files that leave them out and list
// them among the inputs: what is used as a convolution's kernel is one, and then
// all others but the first are.
func weigh(g network) (network, error) {
	w := weigher{g.demand()}
	if !slices.ContainsFunc(g.inputs, w.isWeight) {
		return g, nil
	}
	inputs := g.inputs
	g.inputs, g.consts = nil, maps.Clone(g.consts)
	for i, v := range inputs {
		sized := v.Dims != nil && !slices.Contains(v.Dims, -1) && onnxpb.IsFloat(v.Type)
		if i > 0 && sized && (w.isWeight(v) || !w.isData(v)) {
			g.consts[v.Name] = constantOf(&onnxpb.Tensor{Type: v.Type, Dims: v.Dims}, v.Name)
			g.guessed++
			continue
		}
		g.inputs = append(g.inputs, v)
	}
	return g, nil
}

type weigher struct{ demand }

// weightAt are the inputs that are learned, whoever holds them.
var weightAt = map[string][]int{
	"Conv": {1, 2}, "ConvTranspose": {1, 2}, "DeformConv": {1, 3}, "Gemm": {1, 2}, "BatchNormalization": {1, 2, 3, 4},
	"InstanceNormalization": {1, 2}, "LayerNormalization": {1, 2}, "GroupNormalization": {1, 2}, "RMSNormalization": {1},
	"LSTM": {1, 2, 3, 7}, "GRU": {1, 2, 3}, "RNN": {1, 2, 3}, "PRelu": {1},
}

func (w weigher) isWeight(v onnxpb.Info) bool {
	for _, n := range w.users[v.Name] {
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
func (w weigher) isData(v onnxpb.Info) bool {
	for _, n := range w.users[v.Name] {
		if weightAt[n.Op] != nil && n.Domain == "" && slices.Contains(n.In, v.Name) && !w.isWeight(v) {
			return true
		}
	}
	return false
}
