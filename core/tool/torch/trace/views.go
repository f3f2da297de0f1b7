package trace

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

// viewOps lay the numbers of a tensor out in another shape, or in another order.
var viewOps = map[string]op{
	"view *dims": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		if d, ok := first(v[0]).(*dtype); ok {
			c := p.same(t, "")
			c.dtype = d.name
			return c
		}
		return p.reshape(t, sizes(p.in, rest(v[0])))
	},
	"reshape *dims":    sized((*Program).reshape),
	"view_as other":    sizedAs((*Program).reshape),
	"reshape_as other": sizedAs((*Program).reshape),
	"flatten start_dim? end_dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.flatten(t, wholeOr(p, v[0], 0), wholeOr(p, v[1], -1))
	},
	"ravel": func(p *Program, t *Tensor, _ []eval.Value) eval.Value { return p.flatten(t, 0, -1) },
	"unflatten dim sizes": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at := t.axis(p.in, v[0], 0)
		dims := append(slices.Clone(t.dims[:at]), sizes(p.in, v[1:2])...)
		return p.reshape(t, append(dims, t.dims[at+1:]...))
	},
	"permute *dims":    sized((*Program).permute),
	"transpose a b":    transposed,
	"swapaxes a b":     transposed,
	"swapdims a b":     transposed,
	"t":                func(p *Program, t *Tensor, _ []eval.Value) eval.Value { return p.transpose(t, 0, -1) },
	"movedim from to":  dimsMoved,
	"moveaxis from to": dimsMoved,
	"squeeze dim?":     squeezed,
	"squeeze_ dim?":    squeezed,
	"unsqueeze dim":    unsqueezed,
	"unsqueeze_ dim":   unsqueezed,
	"expand *dims":     sized((*Program).expand),
	"expand_as other":  sizedAs((*Program).expand),
	"broadcast_to dims": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.expand(t, sizes(p.in, v[:1]))
	},
	"view_as_complex": func(p *Program, t *Tensor, _ []eval.Value) eval.Value {
		if n := len(t.dims); n == 0 || t.dims[n-1] != 2 {
			p.in.Raise(eval.RuntimeError, catalog.TorchReshape, shapeText(t.dims), "… × 2")
		}
		out := t.with(slices.Clone(t.dims[:len(t.dims)-1]))
		out.dtype = "complex64"
		return p.record("view_as_complex", nil, out, t)
	},
	"view_as_real": func(p *Program, t *Tensor, _ []eval.Value) eval.Value {
		out := t.with(append(slices.Clone(t.dims), 2))
		out.dtype = "float32"
		return p.record("view_as_real", nil, out, t)
	},
}

// sized is a method whose arguments are extents, one by one or as a list; sizedAs, one
// that takes the extents of another tensor.
func sized(do func(p *Program, t *Tensor, dims []int64) *Tensor) op {
	return func(p *Program, t *Tensor, v []eval.Value) eval.Value { return do(p, t, sizes(p.in, rest(v[0]))) }
}

func sizedAs(do func(p *Program, t *Tensor, dims []int64) *Tensor) op {
	return func(p *Program, t *Tensor, v []eval.Value) eval.Value { return do(p, t, tensorOf(p.in, v[0]).dims) }
}

// The methods that several names have.
func transposed(p *Program, t *Tensor, v []eval.Value) eval.Value {
	return p.transpose(t, whole(p.in, v[0]), whole(p.in, v[1]))
}

func dimsMoved(p *Program, t *Tensor, v []eval.Value) eval.Value {
	return p.movedim(t, p.dimsOf(v[0]), p.dimsOf(v[1]))
}

func squeezed(p *Program, t *Tensor, v []eval.Value) eval.Value { return p.squeeze(t, p.dimsOf(v[0])) }

func unsqueezed(p *Program, t *Tensor, v []eval.Value) eval.Value {
	return p.unsqueeze(t, whole(p.in, v[0]))
}

// movedim moves dimensions to other places; the rest keep their order.
func (p *Program) movedim(t *Tensor, from, to []int64) *Tensor {
	n := len(t.dims)
	order := make([]int64, n)
	for i := range order {
		order[i] = -1
	}
	used := make([]bool, n)
	for i, f := range from {
		if i < len(to) {
			a := axis(p.in, f, n)
			order[axis(p.in, to[i], n)] = int64(a)
			used[a] = true
		}
	}
	next := 0
	for i := range order {
		if order[i] < 0 {
			for next < n && used[next] {
				next++
			}
			order[i] = int64(next)
			next++
		}
	}
	return p.permute(t, order)
}
