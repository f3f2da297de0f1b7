package layer

import (
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// An Input is where samples enter: their shape, channels first, without batch.
type Input struct{ Shape Extents }

var input = &Kind{
	Name: "input", Alias: "i", Group: GroupInput, Takes: TakesNone,
	New: func() Layer { return &Input{Shape: Extents{Most: MaxRank}} },
	Fields: []Field{
		{Name: "shape", Main: true, Need: true, Role: RoleSpatial, At: func(l Layer) Value { return &l.(*Input).Shape }},
	},
	Keras: "InputLayer", Caffe: "Input",
}

// InputKind makes layers of type *Input.
var InputKind = Typed[*Input]{&input}

// Kind implements Layer.
func (l *Input) Kind() *Kind { return input }

// Apply implements Layer: whatever came before, here begins a sample.
func (l *Input) Apply([]tensor.Shape) (Result, *diag.Diag) {
	return Result{Out: l.Shape.shape()}, nil
}

func (e Extents) shape() tensor.Shape { return tensor.Of(e.v[:e.n]...) }
