package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Linear multiplies the last dimension of a sample by a matrix
// (torch.nn.Linear, keras.layers.Dense): every output sees every input.
type Linear struct {
	Features Width
	Bias     Switch
	In       Whole // in_features as declared; not given: as many as come in
}

var linear = &Kind{
	Name: "linear", Alias: "l", Also: []string{"dense", "fc"}, Group: GroupDense, Learns: true,
	New: func() Layer { return &Linear{Bias: true, In: notDeclared()} },
	Fields: []Field{
		{Name: "features", Main: true, Need: true, Role: RoleOut, At: func(l Layer) Value { return &l.(*Linear).Features }},
		{Name: "bias", Off: "nobias", Role: RoleBias, At: func(l Layer) Value { return &l.(*Linear).Bias }},
		declared(func(l Layer) *Whole { return &l.(*Linear).In }),
	},
	Torch: "Linear", Keras: "Dense", Caffe: "InnerProduct", ONNX: "Gemm",
}

// LinearKind makes layers of type *Linear.
var LinearKind = Typed[*Linear]{&linear}

// Kind implements Layer.
func (l *Linear) Kind() *Kind { return linear }

// Apply implements Layer. The weight is [out, in]; MACs are in·out for each
// position of the leading dimensions, without bias. A declared number of features
// decides how many weights there are, also where others come in.
func (l *Linear) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	last := len(x) - 1
	if last < 0 {
		return Result{}, diag.New(catalog.NeedsFeatures)
	}
	out := make(tensor.Shape, len(x))
	copy(out, x[:last])
	out[last] = tensor.Dim{N: l.Features.Value(), Written: l.Features.Product}
	t := make(Term, 0, 2+last)
	received := Factor{N: x[last].N, Role: RoleIn, Dim: &x[last]}
	if !l.In.Unset() && l.In.N != x[last].N {
		received = Factor{N: l.In.N, Role: RoleIn, Field: "in", Says: catalog.FactorDeclared}
	}
	t = append(t, received,
		Factor{N: out[last].N, Role: RoleOut, Field: "features", Dim: &out[last]})
	for i := range out[:last] {
		t = append(t, Factor{N: out[i].N, Role: RoleSpatial, Of: 0, Dim: &out[i]})
	}
	weights := []Weight{{Name: "weight", Class: ClassWeight, Factors: t[:2:2], Shape: []int64{out[last].N, received.N}}}
	if l.Bias {
		weights = append(weights, bias(&out[last]))
	}
	r := Result{Out: out, Weights: weights, MACs: Sum{t}, Window: &Window{Global: true}}
	if last >= 2 {
		// It looks at the whole of the last dimension, and at the others place by place.
		r.Window = &Window{Dims: make([]WindowDim, last)}
		for i := range r.Window.Dims {
			r.Window.Dims[i] = WindowDim{Reach: 1, Stride: 1, Whole: i == last-1}
		}
	}
	if last >= 2 && pictured(x[last-1], x[last]) {
		// Legal, but after a convolution people mean the flattened map.
		r.Notes = append(r.Notes, diag.Warn(catalog.LinearOnImage, x.String(), x[last].String()).
			AddFix(diag.Fix{Op: diag.InsertBefore, Value: flatten.Name}))
	}
	if !misfits(l.In, x[last]) {
		return r, nil
	}
	d := diag.New(catalog.FeaturesMisfit, num.Of(l.In.N).Grouped(), num.Of(x[last].N).Grouped())
	if all, ok := x.Elements(); ok && last > 0 && all.Equal(num.Of(l.In.N)) {
		d.AddFix(diag.Fix{Op: diag.InsertBefore, Value: flatten.Name})
	}
	return r, refit(d, l.In, x, x[last])
}

// pictured reports whether two extents look like the height and width of a map:
// nobody wrote the second as a number of features or laid it together, and one
// layer made both.
func pictured(h, w tensor.Dim) bool {
	return !w.Written.IsSet() && len(w.Parts) == 0 && w.From == h.From
}
