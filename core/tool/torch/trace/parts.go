package trace

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tool/pysource/eval"
)

// partOps take a tensor apart, choose among its numbers, or lay copies of it side by side.
var partOps = map[string]op{
	"chunk chunks dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at, n := t.axis(p.in, v[1], 0), whole(p.in, v[0])
		return p.parts(t, at, cuts(p, t.dims[at], (t.dims[at]+max(n, 1)-1)/max(n, 1)))
	},
	"split size dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at := t.axis(p.in, v[1], 0)
		if n, ok := eval.WholeOf(v[0]); ok {
			return p.parts(t, at, cuts(p, t.dims[at], n))
		}
		each := sizes(p.in, v[:1])
		sum := int64(0)
		for _, n := range each {
			sum += max(n, 0)
		}
		if sum != t.dims[at] {
			p.in.Raise(eval.RuntimeError, catalog.TorchReshape, shapeText(t.dims), shapeText(each))
		}
		return p.parts(t, at, each)
	},
	"tensor_split indices dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at := t.axis(p.in, v[1], 0)
		if n, ok := eval.WholeOf(v[0]); ok {
			return p.parts(t, at, cuts(p, t.dims[at], (t.dims[at]+max(n, 1)-1)/max(n, 1)))
		}
		var each []int64
		from := int64(0)
		for _, to := range append(sizes(p.in, v[:1]), t.dims[at]) {
			each = append(each, max(min(to, t.dims[at])-from, 0))
			from = max(min(to, t.dims[at]), from)
		}
		return p.parts(t, at, each)
	},
	"unbind dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at := t.axis(p.in, v[0], 0)
		l := eval.NewTuple()
		for i := range min(t.dims[at], 2000) {
			l.Items = append(l.Items, p.selected(t, at, i))
		}
		return l
	},
	"narrow dim start length": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at, from := t.axis(p.in, v[0], 0), whole(p.in, v[1])
		return p.slice(t, at, &eval.Slice{From: from, To: from + whole(p.in, v[2])})
	},
	"select dim index": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.selected(t, t.axis(p.in, v[0], 0), whole(p.in, v[1]))
	},
	"gather dim index": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		i := tensorOf(p.in, v[1])
		out := t.with(slices.Clone(i.dims))
		return p.record("gather", nil, out, t)
	},
	"index_select dim index": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.gather(t, t.axis(p.in, v[0], 0), v[1])
	},
	"take_along_dim index *rest **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.record("take_along_dim", nil, t.with(slices.Clone(tensorOf(p.in, v[0]).dims)), t)
	},
	"unfold dim size step": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at, size, step := t.axis(p.in, v[0], 0), whole(p.in, v[1]), max(whole(p.in, v[2]), 1)
		out := t.with(append(slices.Clone(t.dims), size))
		out.dims[at] = max((t.dims[at]-size)/step+1, 0)
		return p.record("unfold", nil, out, t)
	},
	"roll shifts dims?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		shifts, dims := p.dimsOf(v[0]), p.dimsOf(v[1])
		var at []int64
		for _, d := range dims {
			n, _ := t.dim(axis(p.in, d, len(t.dims)))
			at = append(at, n)
		}
		l, err := layer.RollKind.With(func(l *layer.Roll) {
			l.Shifts, l.Dims = layer.WholesOf(shifts...), layer.WholesOf(at...)
		})
		if err != nil {
			l = nil
		}
		return p.record("roll", l, t.with(slices.Clone(t.dims)), t)
	},
	"repeat *dims": sized((*Program).repeat),
	"tile *dims":   sized((*Program).repeat),
	"repeat_interleave n dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at := t.axis(p.in, v[1], 0)
		times := slices.Repeat([]int64{1}, len(t.dims))
		if len(times) > 0 {
			times[at] = wholeOr(p, v[0], 1)
		}
		return p.repeat(t, times)
	},
	"where a? b?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		if eval.IsNone(v[1]) {
			return p.same(t, "")
		}
		return p.elementwise("+", tensorOf(p.in, v[0]), tensorOf(p.in, v[1]))
	},
}

// cuts divides n in parts of a size.
func cuts(p *Program, n, size int64) []int64 {
	const most = 4000
	if size < 1 || n/size > most {
		p.in.Raise(eval.RuntimeError, catalog.TorchTooLarge)
	}
	var each []int64
	for n > 0 {
		each = append(each, min(size, n))
		n -= size
	}
	return each
}

// parts divides a dimension in parts of sizes.
func (p *Program) parts(t *Tensor, at int, each []int64) eval.Value {
	l := eval.NewTuple()
	from := int64(0)
	chunks := int64(len(each))
	even := true
	for i, n := range each {
		even = even && (n == each[0] || i == len(each)-1 && n <= each[0])
	}
	for i, n := range each {
		dims := slices.Clone(t.dims)
		dims[at] = n
		out := t.derived(dims)
		out.data = nil
		if at == t.batch {
			out.lead = max(t.lead*n/max(t.dims[at], 1), 1)
		}
		from0 := from
		part := int64(i)
		out = p.moved(t, out, "chunk", func() (layer.Layer, error) {
			d, _ := t.dim(at)
			if even && (t.dims[at]+chunks-1)/chunks == each[0] {
				return layer.ChunkKind.With(func(l *layer.Chunk) { l.Chunks.N, l.Part.N, l.Dim.N = chunks, part, d })
			}
			return layer.SliceKind.With(func(l *layer.Slice) { l.From.N, l.To.N, l.Dim.N = from0, from0+n, d })
		}, false)
		l.Items = append(l.Items, out)
		from += n
	}
	p.in.Charge(int64(len(each)))
	return l
}

// repeat lays copies side by side.
func (p *Program) repeat(t *Tensor, times []int64) *Tensor {
	shift := len(times) - len(t.dims)
	if shift < 0 {
		p.in.Raise(eval.RuntimeError, catalog.TorchReshape, shapeText(t.dims), shapeText(times))
	}
	dims := append(slices.Repeat([]int64{1}, shift), t.dims...)
	for i := range dims {
		if times[i] < 0 || times[i] > 1<<30 {
			p.in.Raise(eval.RuntimeError, catalog.TorchTooLarge)
		}
		dims[i] *= times[i]
	}
	elements(p.in, dims)
	out := t.derived(dims)
	if out.batch >= 0 {
		out.batch += shift
	}
	return p.moved(t, out, "repeat", func() (layer.Layer, error) { return nil, nil }, true)
}
