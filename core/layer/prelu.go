package layer

import (
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A PReLU is a leaky ReLU whose slope is learned: one for all or one for each
// channel (torch.nn.PReLU), or one for each position of each channel unless
// dimensions share them (keras.layers.PReLU, shared_axes).
type PReLU struct {
	Slopes Width
	Init   Real
	Each   Switch
	Shared Wholes // given: as Each, with one slope along these dimensions
}

var prelu = &Kind{
	Name: "prelu", Group: GroupActivation, InPlace: true, Learns: true,
	New: func() Layer { return &PReLU{Slopes: Width{num.ProductOf(1)}, Init: AnyReal(0.25)} },
	Fields: []Field{
		{Name: "slopes", Main: true, Role: RoleOut, At: func(l Layer) Value { return &l.(*PReLU).Slopes }},
		{Name: "init", At: func(l Layer) Value { return &l.(*PReLU).Init }},
		{Name: "each", Off: "each", At: func(l Layer) Value { return &l.(*PReLU).Each }},
		{Name: "shared_axes", At: func(l Layer) Value { return &l.(*PReLU).Shared }},
	},
	Torch: "PReLU", Keras: "PReLU", Caffe: "PReLU", ONNX: "PRelu",
}

// PReLUKind makes layers of type *PReLU.
var PReLUKind = Typed[*PReLU]{&prelu}

// Kind implements Layer.
func (l *PReLU) Kind() *Kind { return prelu }

// Apply implements Layer.
func (l *PReLU) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	if bool(l.Each) || !l.Shared.Unset() {
		return l.each(in[0])
	}
	x, n := in[0], l.Slopes.Value()
	r := Result{Out: x, Weights: []Weight{{
		Name: "weight", Class: ClassWeight, Shape: []int64{n},
		Factors: Term{{N: n, Role: RoleChannels, Field: "slopes"}},
	}}}
	channels := int64(1) // of a sample that is one number
	if len(x) > 0 {
		channels = x[0].N
	}
	if n == 1 || channels < 0 || channels == n {
		return r, nil
	}
	d := diag.New(catalog.SlopesMismatch, n, channels).On("slopes")
	if channels != 1 {
		d.AddFix(diag.Fix{Op: diag.SetField, Field: "slopes", Value: strconv.FormatInt(channels, 10)})
	}
	return r, d.AddFix(diag.Fix{Op: diag.SetField, Field: "slopes", Value: "1"})
}

// each gives every extent slopes of its own, and 1 where they are shared.
func (l *PReLU) each(x tensor.Shape) (Result, *diag.Diag) {
	shared, d := l.Shared.axes("shared_axes", x)
	if d != nil {
		return Result{Out: x}, d
	}
	sides := append(tensor.Shape{}, x...)
	for i := range sides {
		if shared[i] {
			sides[i] = tensor.Dim{N: 1}
		}
	}
	return Result{Out: x, Weights: []Weight{perEntry("weight", ClassWeight, sides)}}, nil
}
