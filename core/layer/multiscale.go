package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A MultiscaleAttention is torchvision's of MViT (models/video/mvit.py): before
// queries meet keys, each head's are laid out as the film they come from and
// pooled by one depthwise convolution, shared by the heads, with a layer norm. A
// sample is [1 + T·H·W, features]: a class token, which no pool touches, and the
// positions of Grid. It is a kind of its own since a convolution that the heads
// share cannot be said with others.
type MultiscaleAttention struct {
	MultiHead
	Features           Whole   // of all heads together; 0: as many as come in
	Grid               Extents // T×H×W
	KernelQ, StrideQ   Size
	KernelKV, StrideKV Size
	RelPos             Switch // adds what a query says to its distance from a key, along each dimension
	Residual           Switch // adds the pooled query; changes no number
}

var multiscaleAttention = &Kind{
	Name: "multiscaleattention", Alias: "ma", Group: GroupAttention, Learns: true,
	New: func() Layer {
		return &MultiscaleAttention{MultiHead: newMultiHead(), Features: Whole{0, 0, num.MaxExtent}, Grid: Extents{Most: MaxSpatial},
			KernelQ: SizeOf(1), StrideQ: SizeOf(1), KernelKV: SizeOf(1), StrideKV: SizeOf(1)}
	},
	Fields: append(multiHeadFields(func(l Layer) *MultiHead { return &l.(*MultiscaleAttention).MultiHead }),
		Field{Name: "grid", Need: true, Role: RoleSpatial, At: func(l Layer) Value { return &l.(*MultiscaleAttention).Grid }},
		Field{Name: "width", Role: RoleOut, At: func(l Layer) Value { return &l.(*MultiscaleAttention).Features }},
		Field{Name: "kernel_q", Short: "kq", At: func(l Layer) Value { return &l.(*MultiscaleAttention).KernelQ }},
		Field{Name: "stride_q", Short: "sq", At: func(l Layer) Value { return &l.(*MultiscaleAttention).StrideQ }},
		Field{Name: "kernel_kv", Short: "kkv", At: func(l Layer) Value { return &l.(*MultiscaleAttention).KernelKV }},
		Field{Name: "stride_kv", Short: "skv", At: func(l Layer) Value { return &l.(*MultiscaleAttention).StrideKV }},
		Field{Name: "rel_pos", Off: "relpos", At: func(l Layer) Value { return &l.(*MultiscaleAttention).RelPos }},
		Field{Name: "residual", Off: "residual", At: func(l Layer) Value { return &l.(*MultiscaleAttention).Residual }}),
}

// MultiscaleAttentionKind makes layers of type *MultiscaleAttention.
var MultiscaleAttentionKind = Typed[*MultiscaleAttention]{&multiscaleAttention}

// Kind implements Layer.
func (l *MultiscaleAttention) Kind() *Kind { return multiscaleAttention }

// Apply implements Layer. MACs are both projections, the pools of every head, the
// two products, and, with RelPos, those of each query with its distances.
func (l *MultiscaleAttention) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	if len(x) != 2 {
		return Result{}, diag.New(catalog.NeedsSequence, x.String())
	}
	e := &x[1]
	all := *e
	if l.Features.N > 0 {
		all = tensor.Dim{N: l.Features.N}
	}
	out := tensor.Shape{{N: tensor.Unknown}, all}
	d := l.divides(all.N)
	if d == nil {
		d = l.grid(x)
	}
	if d != nil {
		return Result{Out: out}, d
	}
	q, d := l.pool("kernel_q", l.KernelQ, l.StrideQ)
	if d != nil {
		return Result{Out: out}, d
	}
	kv, d := l.pool("kernel_kv", l.KernelKV, l.StrideKV)
	if d != nil {
		return Result{Out: out}, d
	}
	queries, keys := withToken(q), withToken(kv)
	out[0].N = queries.N

	heads := headCount(l.Heads.Value(), "heads")
	one := all.N
	if one > 0 {
		one /= heads.N
	}
	head := Term{{N: one, Role: RoleOut, Dim: &out[1], Div: heads.N, Says: catalog.FactorHeadDim}}
	features := Term{{N: all.N, Role: RoleOut, Dim: &out[1], Says: catalog.FactorAllHeadFeatures}}
	three := Term{{N: 3, Role: RoleConst, Says: catalog.FactorQKV}}
	r := Result{Out: out, Window: &Window{Global: true}}
	r.Weights = append(r.Weights, declare("qkv.weight", ClassWeight, []int64{extent(join(three, features)), e.N}, three, inputs(e), features))
	if l.Bias {
		r.Weights = append(r.Weights, declare("qkv.bias", ClassBias, []int64{extent(join(three, features))}, three, features))
	}
	r.MACs = Sum{join(rowsOf(x[:1]), inputs(e), three, features)}
	for _, p := range []struct {
		name, field    string
		kernel, stride Size
		to             []int64
	}{
		{"pool_q", "kernel_q", l.KernelQ, l.StrideQ, q},
		{"pool_k", "kernel_kv", l.KernelKV, l.StrideKV, kv},
		{"pool_v", "kernel_kv", l.KernelKV, l.StrideKV, kv},
	} {
		if p.kernel.isOne() && p.stride.isOne() {
			continue
		}
		kernel, shape := make(Term, MaxSpatial), []int64{one, 1}
		for i := range kernel {
			n := p.kernel.At(i)
			kernel[i] = Factor{N: n, Role: RoleKernel, Axis: uint8(i), Of: MaxSpatial, Field: p.field}
			shape = append(shape, n)
		}
		r.Weights = append(r.Weights,
			declare(p.name+".pool.weight", ClassWeight, shape, kernel, head),
			declare(p.name+".norm_act.0.weight", ClassWeight, []int64{one}, head),
			declare(p.name+".norm_act.0.bias", ClassBias, []int64{one}, head))
		r.MACs = append(r.MACs, join(kernel, Term{heads}, head, pooledTo(p.to)))
	}
	r.MACs = append(r.MACs, join(products, Term{queries, keys}, features))
	if side := max(l.Grid.At(1), l.Grid.At(2)); l.RelPos && l.Grid.At(1) > 0 && l.Grid.At(2) > 0 && l.longest(side) < 1 {
		// torchvision would make a table of 2·0 − 1 rows.
		return r, diag.New(catalog.NoDistances, side, max(min(l.StrideQ.At(1), l.StrideKV.At(1)), 1)).On("rel_pos").
			AddFix(diag.Fix{Op: diag.SetField, Field: "rel_pos", Value: "off"})
	}
	if l.RelPos {
		l.relate(&r, q, kv, head, features)
	}
	r.Weights = append(r.Weights, declare("project.0.weight", ClassWeight, []int64{all.N, all.N}, features, features))
	if l.outBias() {
		r.Weights = append(r.Weights, declare("project.0.bias", ClassBias, []int64{all.N}, features))
	}
	r.MACs = append(r.MACs, join(Term{queries}, features, features))
	return r, nil
}

// grid refuses a grid that is no film, or has another number of positions.
func (l *MultiscaleAttention) grid(x tensor.Shape) *diag.Diag {
	if n := l.Grid.Len(); n != MaxSpatial {
		return diag.New(catalog.WrongEntries, catalog.FieldName("grid"), n, MaxSpatial).On("grid")
	}
	film := tensor.Of(l.Grid.At(0), l.Grid.At(1), l.Grid.At(2))
	n, ok := product(film)
	switch {
	case !ok:
		return tooLarge("grid", l.Grid.At(0), l.Grid.At(1), l.Grid.At(2))
	case n >= 0 && x[0].Known() && n+1 != x[0].N:
		return diag.New(catalog.GridPositions, film.String(), n+1, x[0].N).On("grid")
	}
	return nil
}

// pool returns the sides of the film behind a convolution with half its kernel
// as padding.
func (l *MultiscaleAttention) pool(field string, kernel, stride Size) ([]int64, *diag.Diag) {
	to := make([]int64, MaxSpatial)
	for _, s := range []Size{kernel, stride} {
		if d := fits(field, s, MaxSpatial); d != nil {
			return nil, d
		}
	}
	if _, ok := product(tensor.Of(kernel.At(0), kernel.At(1), kernel.At(2))); !ok {
		return nil, tooLarge(field, kernel.At(0), kernel.At(1), kernel.At(2))
	}
	for i := range to {
		to[i] = l.Grid.At(i)
		if to[i] >= 0 {
			to[i] = Positions(to[i], kernel.At(i)/2*2, kernel.At(i), stride.At(i))
		}
		if to[i] == 0 {
			return nil, tooSmall(l.Grid.At(i), kernel.At(i)/2*2, kernel.At(i)).On(field)
		}
	}
	return to, nil
}

// isOne reports whether every number is 1: equal ones are kept as one.
func (s Size) isOne() bool { return s.n == 1 && s.v[0] == 1 }

// pooledTo are the positions of a pooled film.
func pooledTo(to []int64) Term {
	t := make(Term, len(to))
	for i, n := range to {
		t[i] = Factor{N: n, Role: RoleSpatial, Axis: uint8(i), Of: uint8(len(to))}
	}
	return t
}

// withToken counts the positions of a pooled film and the class token.
func withToken(to []int64) Factor {
	n, _ := product(tensor.Of(to...))
	if n >= 0 {
		n++
	}
	return Factor{N: n, Role: RoleSpatial, Says: catalog.FactorPooled}
}

// longest returns how many positions of a side there are distances for.
func (l *MultiscaleAttention) longest(side int64) int64 {
	return max(side/l.StrideQ.At(1), side/l.StrideKV.At(1))
}

// relate declares the tables of relative positions, and counts each query, the
// token's left out, with each step along the keys' film. The table for height and
// width is made for the longer of the two.
func (l *MultiscaleAttention) relate(r *Result, q, kv []int64, head, features Term) {
	side := max(l.Grid.At(1), l.Grid.At(2))
	longest := l.longest(side)
	if l.Grid.At(1) < 0 || l.Grid.At(2) < 0 {
		longest = tensor.Unknown
	}
	steps := int64(0)
	for i, t := range []struct {
		name string
		n    int64
	}{{"rel_pos_h", longest}, {"rel_pos_w", longest}, {"rel_pos_t", l.Grid.At(0)}} {
		f := Factor{N: tensor.Unknown, Role: RoleSpatial, Field: "grid", Says: catalog.FactorDistances}
		if t.n >= 0 {
			f.N = max(2*t.n-1, 0)
		}
		r.Weights = append(r.Weights, declare(t.name, ClassWeight, []int64{f.N, head[0].N}, Term{f}, head))
		if steps >= 0 && kv[i] >= 0 {
			steps += kv[i]
		} else {
			steps = tensor.Unknown
		}
	}
	r.MACs = append(r.MACs, join(pooledTo(q), Term{{N: steps, Role: RoleSpatial, Says: catalog.FactorSteps}}, features))
}
