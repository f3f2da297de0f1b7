package layer

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// A ConvLSTM is an LSTM whose matrices are convolutions, as
// keras.layers.ConvLSTM1D to 3D: on a film [T, C, H, W] it slides one kernel over
// each picture and one, with stride 1 and same padding, over its own state.
// PyTorch has none; padding follows Keras' rules.
type ConvLSTM struct {
	Slide
	Filters Width
	Bias    Switch
	Last    Switch // gives only the last output (Keras' return_sequences=False)
}

var convLSTM = &Kind{
	Name: "convlstm", Also: []string{"convlstm2d", "convlstm1d", "convlstm3d"}, Group: GroupRecurrent, Learns: true,
	New: func() Layer {
		return &ConvLSTM{Slide: newSlide("same, valid"), Bias: true}
	},
	Fields: slices.Concat(
		[]Field{{Name: "filters", Main: true, Need: true, Role: RoleOut,
			At: func(l Layer) Value { return &l.(*ConvLSTM).Filters }}},
		slideFields(func(l Layer) *Slide { return &l.(*ConvLSTM).Slide }),
		[]Field{
			{Name: "bias", Off: "nobias", Role: RoleBias, At: func(l Layer) Value { return &l.(*ConvLSTM).Bias }},
			{Name: "last", Off: "last", At: func(l Layer) Value { return &l.(*ConvLSTM).Last }},
		}),
	Keras: "ConvLSTM2D",
}

// ConvLSTMKind makes layers of type *ConvLSTM.
var ConvLSTMKind = Typed[*ConvLSTM]{&convLSTM}

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
	picture, d := open(channels, dims), l.fits(dims)
	var notes []*diag.Diag
	if d == nil {
		picture, _, notes, d = l.over(x[1:], channels, dims)
	}
	out := picture
	if !l.Last {
		out = append(tensor.Shape{x[0]}, picture...)
	}
	if d != nil {
		return Result{Out: out}, d
	}
	gates := Term{{N: 4, Role: RoleConst, Says: catalog.FactorGates}}
	kernel := l.sides(dims, 0)
	filters := Term{{N: channels.N, Role: RoleOut, Field: "filters", Dim: &picture[0]}}
	state := Term{{N: channels.N, Role: RoleOut, Field: "filters", Dim: &picture[0], Says: catalog.FactorState}}
	wide := 4 * channels.N
	r := Result{Out: out, Window: &Window{}, Notes: notes}
	at := join(rowsOf(x[:1]), positions(nil, picture))
	for _, w := range []struct {
		name  string
		depth Term
	}{{"weight_ih", inputs(&x[1])}, {"weight_hh", state}} {
		r.Weights = append(r.Weights, declare(w.name, ClassWeight, l.shape(wide, w.depth[0].N, dims), gates, kernel,
			w.depth, filters))
		r.MACs = append(r.MACs, join(gates, kernel, w.depth, filters, at))
	}
	if l.Bias {
		b := bias(&picture[0])
		r.Weights = append(r.Weights, declare("bias", ClassBias, []int64{wide}, gates, b.Factors))
	}
	return r, nil
}

func (l *ConvLSTM) steps(in []tensor.Shape) []Step {
	steps := l.windows(in[0][1:])
	for i := range steps {
		if !l.Last {
			steps[i].Extent++ // behind the pictures of the film
		}
	}
	return steps
}
