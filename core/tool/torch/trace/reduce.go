package trace

import (
	"slices"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tool/pysource/eval"
)

// reduce is mean, sum and the like over dimensions; none: over all.
func (p *Program) reduce(name string, t *Tensor, dims []int64, keep bool) *Tensor {
	gone := make([]bool, len(t.dims))
	for _, d := range dims {
		if len(t.dims) > 0 {
			gone[axis(p.in, d, len(t.dims))] = true
		}
	}
	if dims == nil {
		for i := range gone {
			gone[i] = true
		}
	}
	out := t.with(nil)
	var over []int64
	for i, d := range t.dims {
		if i == t.batch {
			if gone[i] {
				out.batch = -1
			} else {
				out.batch = len(out.dims)
			}
		}
		if !gone[i] {
			out.dims = append(out.dims, d)
			continue
		}
		if keep {
			out.dims = append(out.dims, 1)
		}
		if n, ok := t.dim(i); ok {
			over = append(over, n)
		}
	}
	if out.batch < 0 {
		out.lead = 1
		if t.batch >= 0 { // a loss: of the whole batch
			return out
		}
	}
	kind := map[string]layer.Typed[*layer.Reduce]{"mean": layer.MeanKind, "sum": layer.SumKind,
		"amax": layer.AmaxKind}
	k, ok := kind[name]
	if !ok {
		return p.record(name, nil, out, t)
	}
	l, err := k.With(func(l *layer.Reduce) { l.Dims, l.Keep = layer.WholesOf(over...), layer.Switch(keep) })
	if err != nil {
		l = nil
	}
	// Every position of a map.
	if s := t.sample(); name != "sum" && len(s) > 2 && len(s) <= layer.MaxSpatial+1 && len(over) == len(s)-1 && over[0] == 2 {
		pool := layer.GlobalAvgPoolKind.New()
		if name == "amax" {
			pool = layer.GlobalMaxPoolKind.New()
		}
		pool.Flat = layer.Switch(!keep)
		l = pool
	}
	return p.record(name, l, out, t)
}

// dimsOf returns the dimensions of an argument: None is all.
func (p *Program) dimsOf(v eval.Value) []int64 {
	switch v := v.(type) {
	case nil, *eval.AbsentType:
		return nil
	case *eval.List, *eval.Tuple:
		return sizes(p.in, []eval.Value{v})
	default:
		return []int64{whole(p.in, v)}
	}
}

// reductionOps leave dimensions out; max and min do so, or compare two tensors.
var reductionOps = map[string]op{
	"mean dim? keepdim? dtype?": reduction("mean"),
	"sum dim? keepdim? dtype?":  reduction("sum"),
	"amax dim? keepdim?":        reduction("amax"),
	"amin dim? keepdim?":        reduction("amin"),
	"std dim? keepdim? **more":  reduction("std"),
	"var dim? keepdim? **more":  reduction("var"),
	"logsumexp dim? keepdim?":   reduction("logsumexp"),
	"prod dim? keepdim?":        reduction("prod"),
	"argmax dim? keepdim?":      reduction("argmax"),
	"argmin dim? keepdim?":      reduction("argmin"),
	"all dim? keepdim?":         reduction("all"),
	"any dim? keepdim?":         reduction("any"),
	"norm p? dim? keepdim? **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.reduced("norm", t, v[1:])
	},
	"max dim? keepdim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value { return p.extreme("amax", t, v) },
	"min dim? keepdim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value { return p.extreme("amin", t, v) },
}

func reduction(name string) op {
	return func(p *Program, t *Tensor, v []eval.Value) eval.Value { return p.reduced(name, t, v) }
}

// reduced reads the arguments of a reduction: the dimensions, and whether they are kept as 1.
func (p *Program) reduced(name string, t *Tensor, v []eval.Value) eval.Value {
	if _, ok := v[0].(*dtype); ok || len(t.dims) == 0 {
		return p.reduce(name, t, nil, false)
	}
	return p.reduce(name, t, p.dimsOf(v[0]), truth(p.in, v[1], false))
}

// extreme is max and min: over all, along a dimension with the places, or of two.
func (p *Program) extreme(name string, t *Tensor, v []eval.Value) eval.Value {
	if o, ok := v[0].(*Tensor); ok {
		return p.pairOf(strings.TrimPrefix(name, "a"), t, o)
	}
	if eval.IsNone(v[0]) {
		return p.reduce(name, t, nil, false)
	}
	out := p.reduce(name, t, p.dimsOf(v[0]), truth(p.in, v[1], false))
	places := out.with(out.dims)
	places.dtype, places.node = "int64", out.node
	return eval.NewTuple(out, places)
}

// orderOps sort, or sum up along a dimension.
var orderOps = map[string]op{
	"topk k dim? **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at := t.axis(p.in, v[1], -1)
		out := t.with(slices.Clone(t.dims))
		out.dims[at] = whole(p.in, v[0])
		out = p.record("topk", nil, out, t)
		return eval.NewTuple(out, out)
	},
	"sort dim? **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		out := p.same(t, "sort")
		return eval.NewTuple(out, out)
	},
	"argsort *rest **more": func(p *Program, t *Tensor, _ []eval.Value) eval.Value {
		out := t.with(slices.Clone(t.dims))
		out.dtype = "int64"
		return p.record("argsort", nil, out, t)
	},
	"diff n? dim? **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at := t.axis(p.in, v[1], -1)
		out := t.with(slices.Clone(t.dims))
		out.dims[at] = max(out.dims[at]-1, 0)
		if len(t.dims) == 1 && len(t.data) == int(t.dims[0]) {
			for i := 1; i < len(t.data); i++ {
				out.data = append(out.data, t.data[i]-t.data[i-1])
			}
		}
		return p.record("diff", nil, out, t)
	},
	"cumsum dim **more": func(p *Program, t *Tensor, _ []eval.Value) eval.Value { return p.same(t, "cumsum") },
}
