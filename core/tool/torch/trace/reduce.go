package trace

import (
	"slices"

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

// activation applies a layer that keeps the shape.
func (p *Program) activation(kind string, t *Tensor, set func(layer.Layer)) *Tensor {
	out := t.derived(slices.Clone(t.dims))
	out.data = nil
	if !t.live() {
		return out
	}
	l := layer.ByName(kind).New()
	if set != nil {
		set(l)
	}
	return p.record(kind, l, out, t)
}

// softmax maps its dimension to that of a sample.
func (p *Program) softmax(kind string, t *Tensor, dim eval.Value) *Tensor {
	d := int64(-1)
	if n, ok := wholeOf(dim); ok {
		d = n
	} else if len(t.dims) != 2 && len(t.dims) < 4 {
		d = 0
	} else if len(t.dims) == 4 {
		d = 1
	}
	n := int64(-1)
	if len(t.dims) > 0 {
		if i := axis(p.in, d, len(t.dims)); i != len(t.dims)-1 {
			n, _ = t.dim(i)
		}
	}
	return p.activation(kind, t, func(l layer.Layer) {
		if s, ok := l.(*layer.Softmax); ok {
			s.Dim.N = n
		}
	})
}
