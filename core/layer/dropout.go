package layer

import (
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// A Dropout disturbs values at random while training: single ones, whole
// channels, or whole samples of a residual path (stochastic depth). It learns
// nothing and keeps the shape, so one type and one table serve all of them.
type Dropout struct {
	kind *Kind
	P    Real
}

// Kind implements Layer.
func (l *Dropout) Kind() *Kind { return l.kind }

// Apply implements Layer.
func (l *Dropout) Apply(in []tensor.Shape) (Result, *diag.Diag) { return Result{Out: in[0]}, nil }

// newDropout describes one way to disturb; its strength is called field.
func newDropout(k Kind, field string, p Real) *Kind {
	kind := &k
	kind.Group, kind.InPlace, kind.inference = GroupActivation, true, holding(HoldsView)
	kind.New = func() Layer { return &Dropout{kind, p} }
	kind.Fields = []Field{{Name: field, Main: true, At: func(l Layer) Value { return &l.(*Dropout).P }}}
	return kind
}

var (
	dropout = newDropout(Kind{Name: "dropout", Alias: "d", Torch: "Dropout", Keras: "Dropout",
		Caffe: "Dropout", ONNX: "Dropout"}, "p", Real{0.5, 0, 1})
	spatialDropout = newDropout(Kind{Name: "spatialdropout", Also: []string{"dropout2d", "dropout1d", "dropout3d"},
		Torch: "Dropout2d", Keras: "SpatialDropout2D"}, "p", Real{0.5, 0, 1})
	alphaDropout    = newDropout(Kind{Name: "alphadropout", Torch: "AlphaDropout", Keras: "AlphaDropout"}, "p", Real{0.5, 0, 1})
	gaussianDropout = newDropout(Kind{Name: "gaussiandropout", Keras: "GaussianDropout"}, "p", Real{0.5, 0, 1})
	gaussianNoise   = newDropout(Kind{Name: "gaussiannoise", Keras: "GaussianNoise"}, "stddev", Real{1, 0, 1e9})
	stochasticDepth = newDropout(Kind{Name: "stochasticdepth", Also: []string{"droppath"}}, "p",
		Real{0, 0, 1}) // torchvision.ops.StochasticDepth
)

// The kinds, each with the type of its layers.
var (
	DropoutKind         = Typed[*Dropout]{&dropout}
	SpatialDropoutKind  = Typed[*Dropout]{&spatialDropout}
	AlphaDropoutKind    = Typed[*Dropout]{&alphaDropout}
	GaussianDropoutKind = Typed[*Dropout]{&gaussianDropout}
	GaussianNoiseKind   = Typed[*Dropout]{&gaussianNoise}
	StochasticDepthKind = Typed[*Dropout]{&stochasticDepth}
)
