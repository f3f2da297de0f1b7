package layer

import (
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// A Scale multiplies everything by one constant, which is not learned: the
// residual scaling of Inception-ResNet (keras.layers.Rescaling without an offset).
type Scale struct{ Factor Real }

var scale = &Kind{
	Name: "scale", Group: GroupNorm, InPlace: true,
	New: func() Layer { return &Scale{Factor: NoReal()} },
	Fields: []Field{
		{Name: "factor", Main: true, Need: true, Like: "0.1", At: func(l Layer) Value { return &l.(*Scale).Factor }},
	},
	Keras: "Rescaling",
}

// ScaleKind makes layers of type *Scale.
var ScaleKind = Typed[*Scale]{&scale}

// Kind implements Layer.
func (l *Scale) Kind() *Kind { return scale }

// Apply implements Layer: the shape stays.
func (l *Scale) Apply(in []tensor.Shape) (Result, *diag.Diag) { return Result{Out: in[0]}, nil }
