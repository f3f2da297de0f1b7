package onnx

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/onnx/onnxpb"
)

// input makes a layer of what enters the network. The first input that has a batch
// states how large it is; sizes that the file names and does not know are a batch
// of one.
func (l *lowering) input(v onnxpb.Info, first bool) {
	x := &value{name: v.Name, batch: noBatch}
	dims := v.Dims
	if p := l.batch.plan; p >= 0 && p < len(dims) && len(dims) > 1 && (p == 0 || len(dims) == 3) {
		n := max(dims[p], 1)
		if dims[p] < 0 {
			l.batch.assumed = true
		}
		if first {
			l.batch.size = n
		}
		if n == l.batch.size || dims[p] < 0 {
			x.batch = p
			dims = slices.Delete(slices.Clone(dims), p, p+1)
		}
	}
	shape := dims
	if len(dims) == 0 {
		shape = []int64{1}
		if v.Dims == nil {
			shape = []int64{tensor.Unknown}
		}
	}
	in, err := layer.InputKind.With(func(l *layer.Input) { l.Shape = layer.ExtentsOf(shape...) })
	if err != nil { // no extents, or too many
		in, _ = layer.InputKind.With(func(l *layer.Input) { l.Shape = layer.ExtentsOf(tensor.Unknown) })
	}
	r, _ := layer.Apply(in, nil)
	x.node, x.sample = l.freeName(&node{Name: v.Name}, draft{}), r.Out
	l.Push(graph.Node{Name: x.node, Layer: in}, r.Out)
	if v.Dims != nil && len(dims) == 0 {
		x = x.laidOut(v.Name, tensor.Shape{}, x.batch, false)
	}
	l.values[v.Name] = x
}
