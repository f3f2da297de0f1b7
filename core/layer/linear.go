package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// A Linear multiplies the last dimension of a sample by a matrix
// (torch.nn.Linear, keras.layers.Dense): every output sees every input.
type Linear struct {
	Features Width
	Bias     Switch
}

var linear = &Kind{
	Name: "linear", Alias: "l", Also: []string{"dense", "fc"}, Group: GroupDense, Learns: true,
	New: func() Layer { return &Linear{Bias: true} },
	Fields: []Field{
		{Name: "features", Main: true, Need: true, Role: RoleOut, At: func(l Layer) Value { return &l.(*Linear).Features }},
		{Name: "bias", Off: "nobias", Role: RoleBias, At: func(l Layer) Value { return &l.(*Linear).Bias }},
	},
	Torch: "Linear", Keras: "Dense", Caffe: "InnerProduct", ONNX: "Gemm",
}

// LinearKind makes layers of type *Linear.
var LinearKind = Typed[*Linear]{&linear}

// Kind implements Layer.
func (l *Linear) Kind() *Kind { return linear }

// Apply implements Layer. The weight is [out, in]; MACs are in·out for each
// position of the leading dimensions, without bias.
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
	t = append(t,
		Factor{N: x[last].N, Role: RoleIn, Dim: &x[last]},
		Factor{N: out[last].N, Role: RoleOut, Field: "features", Dim: &out[last]})
	for i := range out[:last] {
		t = append(t, Factor{N: out[i].N, Role: RoleSpatial, Of: 0, Dim: &out[i]})
	}
	weights := []Weight{{Name: "weight", Class: ClassWeight, Factors: t[:2:2], Shape: []int64{out[last].N, x[last].N}}}
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
	return r, nil
}

// pictured reports whether two extents look like the height and width of a map:
// nobody wrote the second as a number of features or laid it together, and one
// layer made both.
func pictured(h, w tensor.Dim) bool {
	return !w.Written.IsSet() && len(w.Parts) == 0 && w.From == h.From
}
