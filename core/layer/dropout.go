package layer

import (
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// A Dropout sets values to zero at random while training. It learns nothing.
type Dropout struct{ P Real }

var dropout = &Kind{
	Name: "dropout", Alias: "d", Group: GroupActivation, InPlace: true,
	New: func() Layer { return &Dropout{Real{0.5, 0, 1}} },
	Fields: []Field{
		{Name: "p", Main: true, At: func(l Layer) Value { return &l.(*Dropout).P }},
	},
	Torch: "Dropout", Keras: "Dropout", Caffe: "Dropout", ONNX: "Dropout",
}

// Kind implements Layer.
func (l *Dropout) Kind() *Kind { return dropout }

// Apply implements Layer.
func (l *Dropout) Apply(in []tensor.Shape) (Result, *diag.Diag) { return Result{Out: in[0]}, nil }
