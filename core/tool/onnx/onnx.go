// Package onnx reads models of ONNX (onnx.ai), of any opset.
//
// A file is read into a model (package onnxpb) and the calls of its functions are
// inlined. The result is a network. Passes transform it: nodes are ordered, weights
// found, constants folded, groups of nodes fused. Then it is lowered: each node
// becomes layers of a graph.
package onnx

import (
	"paramstack/core/tool/onnx/onnxpb"
	"paramstack/core/tool/source"
)

// Reader is a model of ONNX. Its weights are passed over, in the file or beside it.
var Reader = source.Reader{
	ID: "onnx", Label: "ONNX", Exts: []string{".onnx"},
	Detect: func(head []byte, _ *source.File) bool { return onnxpb.Starts(head) },
	Read: func(f *source.File) (*source.Result, error) {
		m, err := onnxpb.Read(f)
		if err != nil {
			return nil, err
		}
		l, err := convert(f, m)
		if err != nil {
			return nil, err
		}
		return l.finish()
	},
}

// convert makes layers of a model.
func convert(f *source.File, m *onnxpb.Model) (*lowering, error) {
	g, err := networkOf(m, f.Budget())
	for i := 0; err == nil && i < len(passes); i++ {
		g, err = passes[i].run(g)
	}
	if err != nil {
		return nil, err
	}
	return lower(f, g)
}
