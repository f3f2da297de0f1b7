package trace

import (
	"slices"

	"paramstack/core/tool/pysource/eval"
)

// creations make tensors, or larger ones of them.
func creations() {
	define("zeros ones random_normal random_uniform truncated_normal empty randn rand random_sample normal uniform",
		"shape? *rest **names", func(p *Program, v []eval.Value) eval.Value { return p.filled(v[0], v[1], v[2]) })
	define("fill full", "shape value? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		return p.filled(v[0], eval.NewTuple(), v[3])
	})
	define("zeros_like ones_like", "x *rest **names", func(p *Program, v []eval.Value) eval.Value {
		return same(tensorArg(p, v[0]))
	})
	define("range arange", "start limit? delta? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		limits := eval.NewTuple()
		for _, x := range append([]eval.Value{v[0]}, named(v[1:3], v[4], "start", "limit", "stop", "delta", "step")...) {
			if !eval.IsNone(x) {
				limits.Items = append(limits.Items, x)
			}
		}
		out := ranked([]int64{unknown})
		out.dtype = "int32"
		n := make([]int64, len(limits.Items))
		for i, x := range limits.Items {
			var ok bool
			if n[i], ok = wholeOf(x); !ok {
				return out
			}
		}
		switch len(n) {
		case 1:
			out.dims[0] = max(n[0], 0)
		case 2:
			out.dims[0] = max(n[1]-n[0], 0)
		case 3:
			if n[2] > 0 {
				out.dims[0] = max((n[1]-n[0]+n[2]-1)/n[2], 0)
			}
		}
		return out
	})
	define("broadcast_to tile repeat repeat_elements", "x shape? axis? *rest **names", func(p *Program,
		v []eval.Value) eval.Value {
		return p.widened(tensorArg(p, v[0]), v[1], v[2])
	})
	define("one_hot", "x depth? num_classes? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		x := tensorArg(p, v[0])
		n, ok := wholeOf(v[1])
		if !ok {
			n, _ = wholeOf(v[2])
		}
		return p.step("ops.OneHot", nil, &Tensor{dims: append(slices.Clone(x.dims), n), ranked: x.ranked}, x)
	})
}

// named fills what is absent by names.
func named(v []eval.Value, more eval.Value, names ...string) []eval.Value {
	all := slices.Clone(v)
	if d, ok := more.(*eval.Dict); ok {
		for _, name := range names {
			if x, ok := d.Get(name); ok && name != "dtype" {
				all = append(all, x)
			}
		}
	}
	return all
}

// filled is a tensor of a shape, whose numbers do not matter: a list of extents, or
// those one by one.
func (p *Program) filled(shape, rest, names eval.Value) *Tensor {
	if d, ok := names.(*eval.Dict); ok {
		for _, name := range []string{"shape", "size"} {
			if s, ok := d.Get(name); ok {
				shape = s
			}
		}
	}
	if n, ok := shape.(int64); ok {
		all := []eval.Value{n}
		if more, ok := rest.(*eval.Tuple); ok {
			for _, x := range more.Items {
				if k, ok := x.(int64); ok {
					all = append(all, k)
				}
			}
		}
		shape = eval.NewTuple(all...)
	}
	if dims, ok := extents(p.in, shape); ok {
		return ranked(dims)
	}
	return &Tensor{dtype: "float32"}
}

// widened repeats a tensor along its dimensions: one that has no batch gets one.
func (p *Program) widened(t *Tensor, by, axis eval.Value) *Tensor {
	if all, ok := listItems(by); ok && t.ranked {
		dims := make([]int64, len(all))
		for i, v := range all {
			n, ok := wholeOf(v)
			if !ok {
				n = unknown
			}
			dims[i] = n
		}
		if len(dims) < len(t.dims) {
			return p.step("ops.Tile", nil, &Tensor{dtype: t.dtype}, t)
		}
		extra := len(dims) - len(t.dims)
		for i, d := range t.dims { // tile counts times, broadcast_to states the extents
			switch {
			case dims[extra+i] < 0:
			case d >= 0 && d != dims[extra+i] && dims[extra+i] == 1:
				dims[extra+i] = d
			}
		}
		if !t.live() {
			c := *t
			c.dims = dims
			return &c
		}
		return p.step("ops.BroadcastTo", nil, ranked(dims), t)
	}
	if !t.live() && axisOf(axis, 0, max(len(t.dims), 1)) == 0 && t.ranked && len(t.dims) > 0 {
		c := *t
		c.dims = slices.Clone(t.dims)
		c.dims[0] = unknown
		return &c
	}
	out := &Tensor{dtype: t.dtype}
	n, ok := wholeOf(by)
	if at := axisOf(axis, 0, max(len(t.dims), 1)); t.ranked && ok && at >= 0 && len(t.dims) > 0 {
		out = same(t)
		if out.dims[at] >= 0 && n >= 0 {
			out.dims[at] = product([]int64{out.dims[at], n})
		}
	}
	return p.step("ops.Repeat", nil, out, t)
}
