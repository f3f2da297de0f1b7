package trace

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

// asInput makes a tensor an input.
func (p *Program) asInput(dims []int64, name string) *Tensor {
	l := &Layer{Class: "InputLayer", Name: name, Config: map[string]any{"batch_input_shape": shapeConfig(dims[1:])},
		Learns: true, At: p.in.Here()}
	if l.Name == "" {
		l.Name = p.ownName("input_layer")
	}
	o := eval.NewObject(p.leafClass("InputLayer"))
	o.Native, l.of, l.given = l, o, true
	t := ranked(slices.Clone(dims))
	p.add(&Call{Layer: l, Name: l.Name, At: l.At, Outs: []*Tensor{t}})
	return t
}

// inputLayer completes an InputLayer, whose shape is with or without the batch.
func (p *Program) inputLayer(o *eval.Object, l *Layer) {
	if shape, ok := l.Config["shape"].([]any); ok {
		l.Config["batch_input_shape"] = append([]any{nil}, shape...)
		delete(l.Config, "shape")
	}
	dims, ok := l.entry()
	if !ok {
		return
	}
	if l.Name == "" {
		l.Name = p.ownName("input_layer")
	}
	p.add(&Call{Layer: l, Name: l.Name, At: l.At, Outs: []*Tensor{ranked(dims)}})
}

// inputFunction is keras.Input.
var inputFunction = eval.NewBuiltin("Input", "shape? batch_size? name? dtype? sparse? batch_shape? tensor? *rest **more",
	func(in *eval.Interp, v []eval.Value) eval.Value {
		p := programOf(in)
		if t, ok := v[6].(*Tensor); ok {
			return p.asInput(t.dims, "")
		}
		dims := []int64{unknown}
		if !eval.IsNone(v[5]) {
			if all, ok := extents(in, v[5]); ok && len(all) > 0 {
				dims = all
			}
		} else if more, ok := extents(in, v[0]); ok {
			dims = append(dims, more...)
		} else if d, isDict := v[8].(*eval.Dict); isDict {
			if b, ok := d.Get("batch_input_shape"); ok {
				if all, ok := extents(in, b); ok && len(all) > 0 {
					dims = all
				}
			}
		} else if _, unknown := v[0].(*eval.Unknown); !unknown && !eval.IsNone(v[0]) {
			in.Raise(eval.TypeError, catalog.KerasShape, in.Repr(v[0]))
		}
		name, _ := v[2].(string)
		t := p.asInput(dims, name)
		if s, ok := v[3].(string); ok {
			t.dtype = s
		}
		return t
	})
