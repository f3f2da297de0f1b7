package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// A MatMul multiplies two paths as matrices, [.., n, m] by [.., m, p], for every
// position of the dimensions before (torch.matmul).
type MatMul struct{ Transpose Switch } // the second path is [.., p, m], as keys are in Q·Kᵀ

var matMul = &Kind{
	Name: "matmul", Group: GroupJoin, Takes: TakesPaths,
	New: func() Layer { return &MatMul{} },
	Fields: []Field{
		{Name: "transpose", Off: "transpose", At: func(l Layer) Value { return &l.(*MatMul).Transpose }},
	},
	Keras: "Dot", ONNX: "MatMul",
}

// MatMulKind makes layers of type *MatMul.
var MatMulKind = Typed[*MatMul]{&matMul}

// Kind implements Layer.
func (l *MatMul) Kind() *Kind { return matMul }

// Apply implements Layer. MACs are m for each of the n·p outputs.
func (l *MatMul) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	if len(in) != 2 {
		return Result{}, wrongPaths(matMul, 2, in)
	}
	a, b := in[0], in[1]
	last := len(a) - 1
	mismatch := diag.New(catalog.MatmulMismatch, a.String(), b.String())
	if last < 1 || len(b) != len(a) {
		return Result{}, mismatch
	}
	m, inner, p := a[last], b[last-1], b[last]
	if l.Transpose {
		inner, p = p, inner
	}
	if m.Known() && inner.Known() && m.N != inner.N {
		return Result{}, mismatch
	}
	if !m.Known() {
		m = inner
	}
	lead, d := broadcast([]tensor.Shape{a[:last-1], b[:last-1]})
	if d != nil {
		return Result{}, mismatch
	}
	out := append(lead, a[last-1], p)
	macs := append(rowsOf(out), Factor{N: m.N, Role: RoleIn, Says: catalog.FactorInner, Dim: &m})
	return Result{Out: out, MACs: Sum{macs}, Window: unfollowed}, nil
}

// A Bilinear weighs every pair of features, one of each path: y = x₁ᵀ·A·x₂ + b
// for each output (torch.nn.Bilinear).
type Bilinear struct {
	Features Width
	Bias     Switch
}

var bilinear = &Kind{
	Name: "bilinear", Group: GroupDense, Takes: TakesPaths, Learns: true,
	New: func() Layer { return &Bilinear{Bias: true} },
	Fields: []Field{
		{Name: "features", Main: true, Need: true, Role: RoleOut, At: func(l Layer) Value { return &l.(*Bilinear).Features }},
		{Name: "bias", Off: "nobias", Role: RoleBias, At: func(l Layer) Value { return &l.(*Bilinear).Bias }},
	},
	Torch: "Bilinear",
}

// BilinearKind makes layers of type *Bilinear.
var BilinearKind = Typed[*Bilinear]{&bilinear}

// Kind implements Layer.
func (l *Bilinear) Kind() *Kind { return bilinear }

// Apply implements Layer. The weight is [out, in1, in2]; MACs are weights ×
// positions, as for a linear layer on the products of all pairs.
func (l *Bilinear) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	if len(in) != 2 {
		return Result{}, wrongPaths(bilinear, 2, in)
	}
	a, b := in[0], in[1]
	last := len(a) - 1
	if last < 0 || len(b) != len(a) {
		return Result{}, diag.New(catalog.BilinearMismatch, a.String(), b.String())
	}
	out := append(tensor.Shape{}, a...)
	out[last] = tensor.Dim{N: l.Features.Value(), Written: l.Features.Product}
	term := Term{
		{N: a[last].N, Role: RoleIn, Dim: &a[last]},
		{N: b[last].N, Role: RoleIn, Dim: &b[last]},
		{N: out[last].N, Role: RoleOut, Field: "features", Dim: &out[last]},
	}
	r := Result{Out: out, Window: &Window{Global: true}, MACs: Sum{join(term, rowsOf(out[:last]))},
		Weights: []Weight{declare("weight", ClassWeight, []int64{out[last].N, a[last].N, b[last].N}, term)}}
	if l.Bias {
		r.Weights = append(r.Weights, bias(&out[last]))
	}
	for i := range a[:last] {
		switch {
		case !a[i].Known():
			out[i] = b[i]
		case b[i].Known() && b[i].N != a[i].N:
			return r, diag.New(catalog.BilinearMismatch, a.String(), b.String())
		}
	}
	return r, nil
}

// A Cosine is the cosine of the angle between its two paths along one dimension,
// which goes away (torch.nn.CosineSimilarity).
type Cosine struct{ Dim Whole }

var cosine = &Kind{
	Name: "cosine", Also: []string{"cosinesimilarity"}, Group: GroupJoin, Takes: TakesPaths,
	New: func() Layer { return &Cosine{newDim()} },
	Fields: []Field{
		{Name: "dim", At: func(l Layer) Value { return &l.(*Cosine).Dim }},
	},
	Torch: "CosineSimilarity",
}

// CosineKind makes layers of type *Cosine.
var CosineKind = Typed[*Cosine]{&cosine}

// Kind implements Layer.
func (l *Cosine) Kind() *Kind { return cosine }

// Apply implements Layer. The paths stretch to one another as those of add do.
func (l *Cosine) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	if len(in) != 2 {
		return Result{}, wrongPaths(cosine, 2, in)
	}
	x, d := broadcast(in)
	if d != nil {
		return Result{}, d
	}
	at, ok := axis(l.Dim.N, len(x))
	if !ok {
		return Result{}, badAxis("dim", l.Dim.N, x)
	}
	return Result{Out: append(append(tensor.Shape{}, x[:at]...), x[at+1:]...), Window: unfollowed}, nil
}
