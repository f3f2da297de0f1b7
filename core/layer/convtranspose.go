package layer

import (
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A ConvTranspose lets every input position paint a kernel into the output
// (torch.nn.ConvTranspose1d to 3d, keras.layers.Conv2DTranspose): the map grows
// by the stride, and padding cuts off its edge.
type ConvTranspose struct {
	Conv
	OutPad Size // not given: 0 in PyTorch, as much as the rule takes in Keras
}

var convTranspose = &Kind{
	Name: "convtranspose", Alias: "ct",
	Also:  []string{"convtranspose2d", "convtranspose1d", "convtranspose3d", "deconv"},
	Group: GroupConv, Learns: true,
	New: func() Layer { return &ConvTranspose{Conv: newConv("same, valid")} },
	Fields: convFields(func(l Layer) *Conv { return &l.(*ConvTranspose).Conv },
		Field{Name: "output_padding", Short: "o", At: func(l Layer) Value { return &l.(*ConvTranspose).OutPad }}),
	Torch: "ConvTranspose2d", Keras: "Conv2DTranspose", Caffe: "Deconvolution", ONNX: "ConvTranspose",
}

// ConvTransposeKind makes layers of type *ConvTranspose.
var ConvTransposeKind = Typed[*ConvTranspose]{&convTranspose}

// Kind implements Layer.
func (l *ConvTranspose) Kind() *Kind { return convTranspose }

// Apply implements Layer. The weight is [C_in, C_out/g, k…]; MACs are weights ×
// input positions, without bias (conventions §3 to §5).
func (l *ConvTranspose) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	dims, d := spatial(x)
	if d != nil {
		return Result{}, d
	}
	out := open(tensor.Dim{N: l.Filters.Value(), Written: l.Filters.Product}, dims)
	if d = l.fits(dims); d == nil {
		d = fits("output_padding", l.OutPad, dims)
	}
	if d != nil {
		return Result{Out: out}, d
	}
	if d := l.lanes(x); d != nil {
		return Result{Out: out}, d
	}
	window, problem := l.grow(x, out, dims)
	weights, macs := l.declare(x, out, x, l.shape(x[0].N, share(out[0].N, l.Groups.N), dims))
	for at, i := macs[0], 1; i <= dims; i++ {
		at[len(at)-i].Says = catalog.FactorEntry
	}
	return Result{Out: out, Weights: weights, MACs: macs, Window: window}, problem
}

// grow writes the spatial extents into out.
func (l *ConvTranspose) grow(x, out tensor.Shape, dims int) (*Window, *diag.Diag) {
	window := &Window{Dims: make([]WindowDim, dims)}
	for i := 0; i < dims; i++ {
		size, s := l.Reach(i), l.Stride.At(i)
		if d := l.outPadFits(i, s); d != nil {
			return nil, d
		}
		before, _, _ := l.Padding.Around(i, x[i+1].N, size, s)
		if window.Dims != nil && s == 1 {
			window.Dims[i] = WindowDim{Reach: size, Stride: 1, Pad: size - 1 - before}
		} else {
			window.Dims = nil // neighbours see the same cells, or share some: no one step
		}
		if !x[i+1].Known() {
			continue
		}
		n := l.along(i, x[i+1].N)
		if d := setExtent(out, i+1, n); d != nil {
			for j := 1; j <= dims; j++ {
				out[j].N = tensor.Unknown
			}
			if fit := n.Add(num.Of(2*before - 1)); x[i+1].N > 0 && n.Cmp(num.Of(1)) < 0 && l.Padding.Rule == "" {
				half, _ := fit.Int64()
				d.AddFix(diag.Fix{Op: diag.SetField, Field: "padding", Value: strconv.FormatInt(half/2, 10)})
			}
			return nil, d.On("padding")
		}
	}
	return window, nil
}

// along returns the output's size along dimension i.
func (l *ConvTranspose) along(i int, in int64) num.Int {
	if in == 0 {
		return num.Int{}
	}
	e := l.rule(i, in)
	return e.Value()
}

// rule writes the output's size. PyTorch: (in−1)·s − 2p + reach + output padding
// (torch.nn.ConvTranspose2d, "Shape"). Keras: in·s for same, and room for a whole
// kernel for valid; with an output padding as PyTorch, where same cuts half of
// the kernel (deconv_output_length in keras/utils/conv_utils.py).
func (l *ConvTranspose) rule(i int, in int64) Expr {
	n, s, k := letter("n", in), letter("s", l.Stride.At(i)), spanned(l.Kernel.At(i), l.Dilation.At(i))
	rule := l.Padding.Rule
	switch {
	case rule == PadSame && l.OutPad.Unset():
		return multiplied(n, s)
	case rule == PadValid && l.OutPad.Unset():
		return added(multiplied(n, s), combine(OpMax, added(k, minus(s)), constantOf(0)))
	}
	sum := added(multiplied(added(n, minus(constantOf(1))), s))
	switch rule {
	case PadSame:
		sum.Of = append(sum.Of, minus(twice(combine(OpFloor, k, constantOf(2)))))
	case "":
		sum.Of = append(sum.Of, minus(twice(letter("p", l.Padding.At(i)))))
	}
	sum.Of = append(sum.Of, k)
	if !l.OutPad.Unset() {
		sum.Of = append(sum.Of, letter("o", l.OutPad.At(i)))
	}
	return sum
}

func (l *ConvTranspose) steps(in []tensor.Shape) []Step {
	var steps []Step
	for i := range in[0][1:] {
		if n := in[0][i+1]; n.Known() && n.N > 0 {
			steps = append(steps, Step{Extent: i + 1, Expr: l.rule(i, n.N)})
		}
	}
	return steps
}

// outPadFits refuses an output padding that another input size could have given:
// PyTorch wants it below the stride or the dilation, Keras below the stride.
func (l *ConvTranspose) outPadFits(i int, s int64) *diag.Diag {
	below := s
	if l.Padding.Rule == "" {
		below = max(s, l.Dilation.At(i))
	}
	if l.OutPad.At(i) < below {
		return nil
	}
	return diag.New(catalog.OutputPadding, l.OutPad.At(i), below).On("output_padding").
		AddFix(diag.Fix{Op: diag.SetField, Field: "output_padding", Value: strconv.FormatInt(below-1, 10)})
}
