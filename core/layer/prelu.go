package layer

import (
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A PReLU is a leaky ReLU whose slope is learned: one for all, or one for each
// channel (torch.nn.PReLU).
type PReLU struct {
	Slopes Width
	Init   Real
}

var prelu = &Kind{
	Name: "prelu", Group: GroupActivation, InPlace: true, Learns: true,
	New: func() Layer { return &PReLU{Slopes: Width{num.ProductOf(1)}, Init: AnyReal(0.25)} },
	Fields: []Field{
		{Name: "slopes", Main: true, Role: RoleOut, At: func(l Layer) Value { return &l.(*PReLU).Slopes }},
		{Name: "init", At: func(l Layer) Value { return &l.(*PReLU).Init }},
	},
	Torch: "PReLU", Keras: "PReLU", Caffe: "PReLU", ONNX: "PRelu",
}

// Kind implements Layer.
func (l *PReLU) Kind() *Kind { return prelu }

// Apply implements Layer.
func (l *PReLU) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x, n := in[0], l.Slopes.Value()
	r := Result{Out: x, Weights: []Weight{{
		Name: "weight", Class: ClassWeight, Shape: []int64{n},
		Factors: Term{{N: n, Role: RoleChannels, Field: "slopes"}},
	}}}
	if n != 1 && len(x) > 0 && x[0].Known() && x[0].N != n {
		return r, diag.New(catalog.SlopesMismatch, n, x[0].N).On("slopes").
			Mend(diag.Fix{Op: diag.SetField, Field: "slopes", Value: strconv.FormatInt(x[0].N, 10)}).
			Mend(diag.Fix{Op: diag.SetField, Field: "slopes", Value: "1"})
	}
	return r, nil
}
