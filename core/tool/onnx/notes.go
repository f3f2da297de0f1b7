package onnx

import (
	"fmt"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/onnx/onnxpb"
	"paramstack/core/tool/source"
)

// finish makes the stack, and adds the notes on what was done.
func (l *lowering) finish() (*source.Result, error) {
	r := &l.Result
	for _, v := range l.outputs {
		if x := l.values[v.Name]; x != nil && x.fixed == nil && l.Graph.Out == "" {
			if s := l.settle(x); s != nil {
				l.Graph.Out = s.node
			}
		}
	}
	a := l.account()
	l.admit(a.lost)
	var err error
	if r.Model, err = l.Graph.Stack(); err != nil {
		return nil, err
	}
	r.AddNote(false, catalog.ImportOnnxTaken, l.read, len(l.Graph.Nodes))
	if len(l.counts.folded) > 0 {
		r.AddNote(false, catalog.ImportOnnxFolded, graph.Counted(l.counts.folded))
	}
	if len(l.counts.opaque) > 0 {
		r.AddNote(true, catalog.ImportOpaque, graph.Counted(l.counts.opaque))
	}
	if l.batch.assumed {
		r.AddNote(false, catalog.ImportOnnxBatch)
	} else if l.batch.plan != 0 || l.batch.size > 1 {
		r.AddNote(true, catalog.ImportOnnxNoBatch)
	}
	if l.guessed > 0 {
		r.AddNote(true, catalog.ImportOnnxBare, l.guessed)
	}
	if l.counts.merged > 0 {
		r.AddNote(true, catalog.ImportOnnxMerged, l.counts.merged)
	}
	if l.counts.states > 0 {
		r.AddNote(true, catalog.ImportOnnxStates, l.counts.states)
	}
	if !a.scales.IsZero() {
		r.AddNote(false, catalog.ImportOnnxScales, a.scales.Grouped())
	}
	if n := a.spare.tensors + a.lost.tensors; n > 0 {
		r.AddNote(true, catalog.ImportOnnxSpare, n, a.spare.elements.Add(a.lost.elements).Grouped())
	}
	if bad := l.differing(); len(bad) > 0 {
		r.AddNote(true, catalog.ImportOnnxDiffers, strings.Join(bad[:min(len(bad), 3)], ", "), len(bad))
	}
	return r, nil
}

// differing lists the values whose shape the file states otherwise than it follows
// from the layers.
func (l *lowering) differing() []string {
	var bad []string
	for _, list := range [][]onnxpb.Info{l.infos, l.outputs} {
		for _, v := range list {
			x := l.values[v.Name]
			if x == nil || x.fixed != nil || v.Dims == nil || x.sample == nil {
				continue
			}
			have := x.dims(l.batch.size)
			same := len(have) == len(v.Dims)
			for i := 0; same && i < len(have); i++ {
				same = have[i] < 0 || v.Dims[i] < 0 || have[i] == v.Dims[i]
			}
			if !same {
				bad = append(bad, fmt.Sprintf("%s %s≠%s", layer.Quote(v.Name), tensor.Of(have...), tensor.Of(v.Dims...)))
			}
		}
	}
	return bad
}
