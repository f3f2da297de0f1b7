package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Depthwise convolution gives every channel kernels of its own, Multiplier of
// them (keras.layers.DepthwiseConv2D; a torch.nn.Conv2d with groups=C). Its rules
// of padding are Keras'.
type Depthwise struct {
	Slide
	Multiplier Whole
	Bias       Switch
}

func newDepthwise() Depthwise {
	return Depthwise{Slide: newSlide("same, valid, causal"), Multiplier: Whole{1, 1, num.MaxExtent}, Bias: true}
}

func depthwiseFields(at func(Layer) *Depthwise) []Field {
	return append(slideFields(func(l Layer) *Slide { return &at(l).Slide }),
		Field{Name: "multiplier", Short: "m", Role: RoleOut, At: func(l Layer) Value { return &at(l).Multiplier }},
		Field{Name: "bias", Off: "nobias", Role: RoleBias, At: func(l Layer) Value { return &at(l).Bias }})
}

var depthwise = &Kind{
	Name: "depthwise", Alias: "dw", Also: []string{"depthwiseconv", "depthwiseconv2d"}, Group: GroupConv, Learns: true,
	New:    func() Layer { l := newDepthwise(); return &l },
	Fields: kernelFirst(depthwiseFields(func(l Layer) *Depthwise { return l.(*Depthwise) })),
	Keras:  "DepthwiseConv2D",
}

// DepthwiseKind makes layers of type *Depthwise.
var DepthwiseKind = Typed[*Depthwise]{&depthwise}

// Kind implements Layer.
func (l *Depthwise) Kind() *Kind { return depthwise }

// Apply implements Layer. The weight is [C·m, 1, k…], as PyTorch has it with C
// groups; MACs are weights × output positions, without bias.
func (l *Depthwise) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	r, _, d := l.channelwise(in[0])
	if len(r.Weights) > 0 && l.Bias {
		r.Weights = append(r.Weights, bias(&r.Out[0]))
	}
	return r, d
}

func (l *Depthwise) steps(in []tensor.Shape) []Step { return l.windows(in[0]) }

// channelwise is the part that looks at each channel by itself. Without weights
// nothing would be known.
func (l *Depthwise) channelwise(x tensor.Shape) (Result, int, *diag.Diag) {
	dims, d := spatial(x)
	if d != nil {
		return Result{}, 0, d
	}
	channels := x[0]
	if m := l.Multiplier.N; m != 1 {
		channels = tensor.Dim{N: tensor.Unknown}
		if x[0].Known() {
			n, ok := most(num.Of(x[0].N).Times(m))
			if !ok {
				return Result{Out: open(channels, dims)}, dims,
					diag.New(catalog.ExtentTooLarge, catalog.AxisChannels, num.Of(x[0].N).Times(m).Grouped()).On("multiplier")
			}
			channels.N = n
		}
	}
	if d := l.fits(dims); d != nil {
		return Result{Out: open(channels, dims)}, dims, d
	}
	out, window, notes, problem := l.over(x, channels, dims)
	t := append(l.sides(dims, dims+2), Factor{N: x[0].N, Role: RoleLanes, Dim: &x[0]})
	t = append(t, l.multiplier()...)
	n := len(t)
	t = positions(t, out)
	w := Weight{Name: "weight", Class: ClassWeight, Factors: t[:n:n], Shape: l.shape(channels.N, 1, dims)}
	return Result{Out: out, Weights: []Weight{w}, MACs: Sum{t}, Window: window, Notes: notes}, dims, problem
}

// multiplier is the factor of kernels for each channel; a single one says nothing.
func (l *Depthwise) multiplier() Term {
	if l.Multiplier.N == 1 {
		return nil
	}
	return Term{{N: l.Multiplier.N, Role: RoleOut, Field: "multiplier", Says: catalog.FactorMultiplier}}
}

// A Separable convolution is a depthwise one, and a 1×1 convolution that mixes
// what it gives (keras.layers.SeparableConv2D). One bias, at the end.
type Separable struct {
	Depthwise
	Filters Width
}

var separable = &Kind{
	Name: "separable", Alias: "sep", Also: []string{"separableconv", "separableconv2d", "separableconv1d"},
	Group: GroupConv, Learns: true,
	New: func() Layer { return &Separable{Depthwise: newDepthwise()} },
	Fields: append([]Field{{Name: "filters", Main: true, Need: true, Role: RoleOut,
		At: func(l Layer) Value { return &l.(*Separable).Filters }}},
		depthwiseFields(func(l Layer) *Depthwise { return &l.(*Separable).Depthwise })...),
	Keras: "SeparableConv2D",
}

// SeparableKind makes layers of type *Separable.
var SeparableKind = Typed[*Separable]{&separable}

// Kind implements Layer.
func (l *Separable) Kind() *Kind { return separable }

// Apply implements Layer. The weights are [C·m, 1, k…] and [F, C·m, 1…], as two
// convolutions of PyTorch would have them; both work at the output's positions.
func (l *Separable) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	r, dims, d := l.channelwise(x)
	if r.Out == nil {
		return r, d
	}
	r.Out[0] = tensor.Dim{N: l.Filters.Value(), Written: l.Filters.Product}
	if len(r.Weights) == 0 {
		return r, d
	}
	first := &r.Weights[0]
	first.Name = "depthwise.weight"
	shape := []int64{l.Filters.Value(), first.Shape[0]}
	for range dims {
		shape = append(shape, 1)
	}
	t := append(Term{{N: x[0].N, Role: RoleIn, Dim: &x[0]}}, l.multiplier()...)
	t = append(t, Factor{N: l.Filters.Value(), Role: RoleOut, Field: "filters", Dim: &r.Out[0]})
	n := len(t)
	t = positions(t, r.Out)
	r.Weights = append(r.Weights, Weight{Name: "pointwise.weight", Class: ClassWeight, Factors: t[:n:n], Shape: shape})
	r.MACs = append(r.MACs, t)
	if l.Bias {
		r.Weights = append(r.Weights, bias(&r.Out[0]))
	}
	return r, d
}
