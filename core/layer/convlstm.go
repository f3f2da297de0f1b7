package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// A ConvLSTM is an LSTM whose matrices are convolutions, as
// keras.layers.ConvLSTM1D to 3D: on a film [T, C, H, W] it slides one kernel over
// each picture and one, with stride 1 and same padding, over its own state.
// PyTorch has none; padding follows Keras' rules.
type ConvLSTM struct {
	Filters  Width
	Kernel   Size
	Stride   Size
	Padding  Padding
	Dilation Size
	Bias     Switch
	Last     Switch // gives only the last output (Keras' return_sequences=False)
}

var convLSTM = &Kind{
	Name: "convlstm", Also: []string{"convlstm2d", "convlstm1d", "convlstm3d"}, Group: GroupRecurrent, Learns: true,
	New: func() Layer {
		return &ConvLSTM{Kernel: Size{Least: 1}, Stride: SizeOf(1), Padding: PaddingOf(0), Dilation: SizeOf(1), Bias: true}
	},
	Fields: []Field{
		{Name: "filters", Main: true, Need: true, Role: RoleOut, At: func(l Layer) Value { return &l.(*ConvLSTM).Filters }},
		{Name: "kernel", Short: "k", Need: true, Role: RoleKernel, At: func(l Layer) Value { return &l.(*ConvLSTM).Kernel }},
		{Name: "stride", Short: "s", At: func(l Layer) Value { return &l.(*ConvLSTM).Stride }},
		{Name: "padding", Short: "p", At: func(l Layer) Value { return &l.(*ConvLSTM).Padding }},
		{Name: "dilation", Short: "d", At: func(l Layer) Value { return &l.(*ConvLSTM).Dilation }},
		{Name: "bias", Off: "nobias", Role: RoleBias, At: func(l Layer) Value { return &l.(*ConvLSTM).Bias }},
		{Name: "last", Off: "last", At: func(l Layer) Value { return &l.(*ConvLSTM).Last }},
	},
	Keras: "ConvLSTM2D",
}

// Kind implements Layer.
func (l *ConvLSTM) Kind() *Kind { return convLSTM }

// Apply implements Layer: four gates, each with kernels for the input and for
// the state; MACs are all of them at each output position of each picture.
func (l *ConvLSTM) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	dims := len(x) - 2
	if dims < 1 || dims > MaxSpatial {
		return Result{}, diag.New(catalog.NeedsFilm, x.String())
	}
	channels := tensor.Dim{N: l.Filters.Value(), Written: l.Filters.Product}
	picture, d := l.picture(x[2:], channels, dims)
	out := picture
	if !l.Last {
		out = append(tensor.Shape{x[0]}, picture...)
	}
	if d != nil {
		return Result{Out: out}, d
	}
	gates := Term{{N: 4, Role: RoleConst, Says: catalog.FactorGates}}
	kernel, side := make(Term, dims), make([]int64, dims)
	for i := range kernel {
		side[i] = l.Kernel.At(i)
		kernel[i] = Factor{N: side[i], Role: RoleKernel, Axis: uint8(i), Of: uint8(dims), Field: "kernel"}
	}
	filters := Term{{N: channels.N, Role: RoleOut, Field: "filters", Dim: &picture[0]}}
	state := Term{{N: channels.N, Role: RoleOut, Field: "filters", Dim: &picture[0], Says: catalog.FactorState}}
	wide := 4 * channels.N
	r := Result{Out: out, Window: &Window{}}
	at := join(rowsOf(x[:1]), positions(nil, picture))
	for _, w := range []struct {
		name  string
		depth Term
	}{{"weight_ih", inputs(&x[1])}, {"weight_hh", state}} {
		shape := append([]int64{wide, w.depth[0].N}, side...)
		r.Weights = append(r.Weights, declare(w.name, ClassWeight, shape, gates, kernel, w.depth, filters))
		r.MACs = append(r.MACs, join(gates, kernel, w.depth, filters, at))
	}
	if l.Bias {
		b := bias(&picture[0])
		r.Weights = append(r.Weights, declare("bias", ClassBias, []int64{wide}, gates, b.Factors))
	}
	return r, nil
}

// picture returns the shape of one output: ⌈in/stride⌉ with same padding (Keras).
func (l *ConvLSTM) picture(x tensor.Shape, channels tensor.Dim, dims int) (tensor.Shape, *diag.Diag) {
	out := open(channels, dims)
	for _, f := range []struct {
		name string
		size Size
	}{{"kernel", l.Kernel}, {"stride", l.Stride}, {"padding", l.Padding.Size}, {"dilation", l.Dilation}} {
		if d := fits(f.name, f.size, dims); d != nil {
			return out, d
		}
	}
	for i := range x {
		size, stride, pad := reach(l.Kernel.At(i), l.Dilation.At(i)), l.Stride.At(i), int64(0)
		switch {
		case !x[i].Known():
			continue
		case l.Padding.Rule == PadSame && x[i].N > 0:
			out[i+1].N = (x[i].N-1)/stride + 1
			continue
		case l.Padding.Rule == "":
			pad = 2 * l.Padding.At(i)
		}
		n := slide(x[i].N, pad, size, stride)
		if n < 1 {
			return open(channels, dims), tooSmall(x[i].N, pad, size).On("kernel")
		}
		out[i+1].N = n
	}
	return out, nil
}
