package trace

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

// productFunctions are products of matrices, and sums over letters.
func productFunctions() {
	define("matmul dot batch_dot", "a b transpose_a? transpose_b? axes? **names", func(p *Program,
		v []eval.Value) eval.Value {
		ta := !eval.IsNone(v[2]) && p.in.Truth(v[2])
		return p.matmul(tensorArg(p, v[0]), tensorArg(p, v[1]), ta, !eval.IsNone(v[3]) && p.in.Truth(v[3]))
	})
	define("einsum", "rule *rest **names", func(p *Program, v []eval.Value) eval.Value {
		rule, _ := v[0].(string)
		return p.einsum(rule, p.tensorsAndConstants(v[1]))
	})
}

// matmul multiplies matrices; dimensions before the last two are taken one by one.
func (p *Program) matmul(a, b *Tensor, ta, tb bool) *Tensor {
	if !a.ranked || !b.ranked || len(a.dims) < 1 || len(b.dims) < 1 {
		return p.step("ops.Matmul", nil, &Tensor{dtype: "float32"}, a, b)
	}
	x, y := slices.Clone(a.dims), slices.Clone(b.dims)
	flip := func(d []int64, on bool) {
		if n := len(d); on && n > 1 {
			d[n-1], d[n-2] = d[n-2], d[n-1]
		}
	}
	flip(x, ta)
	flip(y, tb)
	if len(y) == 1 {
		y = append(y, 1)
	}
	if m, n := x[len(x)-1], y[len(y)-2]; m >= 0 && n >= 0 && m != n {
		p.in.Raise(eval.ValueError, catalog.TorchMatmul, shapeText(a.dims), shapeText(b.dims))
	}
	if w := b.weight; w != nil && !b.live() && !ta && !tb && len(b.dims) == 2 && w.node == nil && len(x) > 1 && a.weight == nil {
		return p.dense(a, w, y[1])
	}
	lead, ok := broadcast(ranked(x[:max(len(x)-2, 0)]), ranked(y[:len(y)-2]))
	if !ok {
		p.in.Raise(eval.ValueError, catalog.TorchMatmul, shapeText(a.dims), shapeText(b.dims))
	}
	out := slices.Clone(lead)
	if len(x) > 1 {
		out = append(out, x[len(x)-2])
	}
	if len(b.dims) > 1 {
		out = append(out, y[len(y)-1])
	}
	return p.step("ops.Matmul", map[string]any{"transpose": tb, "turned": ta}, ranked(out), a, b)
}

// dense is a product with a matrix that is a weight: a dense layer without a bias.
func (p *Program) dense(t *Tensor, w *Weight, units int64) *Tensor {
	if w.dense == nil {
		w.dense = &Layer{Class: "Dense", Name: w.Name, Learns: !w.Frozen, given: true, At: p.in.Here(),
			Config: map[string]any{"units": units, "use_bias": false}}
	}
	out := same(t)
	out.dims[len(out.dims)-1] = units
	return p.record(w.dense, []*Tensor{t}, nil, out)
}

// einsum works out the shape of a sum over letters.
func (p *Program) einsum(rule string, all []*Tensor) *Tensor {
	left, right, ok := strings.Cut(strings.ReplaceAll(rule, " ", ""), "->")
	terms := strings.Split(left, ",")
	if !ok || len(terms) != len(all) || strings.Contains(rule, ".") {
		return p.step("ops.Einsum", nil, &Tensor{dtype: "float32"}, all...)
	}
	size := map[rune]int64{}
	for i, term := range terms {
		if !all[i].ranked || len(term) != len(all[i].dims) {
			p.in.Raise(eval.ValueError, catalog.TorchEinsum, rule)
		}
		for k, c := range term {
			d := all[i].dims[k]
			if e, seen := size[c]; seen && e >= 0 && d >= 0 && d != e {
				p.in.Raise(eval.ValueError, catalog.TorchEinsum, rule)
			}
			if e, seen := size[c]; !seen || e < 0 {
				size[c] = d
			}
		}
	}
	var dims []int64
	for _, c := range right {
		dims = append(dims, size[c])
	}
	return p.step("ops.Einsum", map[string]any{"equation": rule}, ranked(dims), all...)
}
