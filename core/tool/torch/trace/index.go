package trace

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tool/pysource/eval"
)

// index is t[key].
func (p *Program) index(t *Tensor, key eval.Value) *Tensor {
	in := p.in
	keys := []eval.Value{key}
	if tuple, ok := key.(*eval.Tuple); ok {
		keys = tuple.Items
	}
	used := uses(keys)
	if used > len(t.dims) {
		in.Raise(eval.IndexError, catalog.TorchIndices, used, len(t.dims))
	}
	at := 0
	for i, k := range keys {
		switch k := k.(type) {
		case *eval.EllipsisType:
			at = len(t.dims) - uses(keys[i+1:])
		case nil:
			t = p.unsqueeze(t, int64(at))
			at++
		case *eval.Slice:
			t = p.slice(t, at, k)
			at++
		case *Tensor, *eval.List:
			t = p.gather(t, at, k)
			at++
		default:
			n := whole(in, k)
			t = p.selected(t, at, n)
		}
	}
	return t
}

// uses returns how many dimensions keys speak of.
func uses(keys []eval.Value) int {
	n := 0
	for _, k := range keys {
		switch k := k.(type) {
		case nil, *eval.EllipsisType, bool:
		case *Tensor:
			if n++; k.dtype == "bool" {
				n += len(k.dims) - 1
			}
		default:
			n++
		}
	}
	return n
}

func (p *Program) slice(t *Tensor, at int, s *eval.Slice) *Tensor {
	if s.From == nil && s.To == nil && s.Step == nil {
		return t
	}
	clean := func(v eval.Value) eval.Value {
		if v == nil {
			return nil
		}
		return whole(p.in, v)
	}
	from, step, n := p.in.SliceOf(&eval.Slice{From: clean(s.From), To: clean(s.To), Step: clean(s.Step)}, t.dims[at])
	if n == t.dims[at] && step == 1 {
		return t
	}
	dims := slices.Clone(t.dims)
	dims[at] = n
	out := t.derived(dims)
	out.data = nil
	if len(t.data) > 0 && len(t.dims) == 1 {
		out.data = make([]float64, 0, n)
		for i := range n {
			out.data = append(out.data, t.data[from+i*step])
		}
	}
	if at == t.batch {
		if t.lead > 1 {
			out.lead = max(n/max(t.samples(), 1), 1)
		} else {
			return p.moved(t, out, "slice", nil, true) // fewer samples
		}
	}
	return p.moved(t, out, "slice", func() (layer.Layer, error) {
		d, _ := t.dim(at)
		return layer.SliceKind.With(func(l *layer.Slice) {
			l.From.N, l.Step.N, l.Dim.N = from, step, d
			if to := from + (n-1)*step + 1; to < t.dims[at] {
				l.To.N = to
			}
		})
	}, false)
}

// selected is t.select(at, n).
func (p *Program) selected(t *Tensor, at int, n int64) *Tensor {
	size := t.dims[at]
	if n < -size || n >= size {
		p.in.Raise(eval.IndexError, catalog.PythonIndex, n, size)
	}
	out := t.derived(slices.Delete(slices.Clone(t.dims), at, at+1))
	out.data = nil
	if len(t.data) > 0 && int64(len(t.data)) == product(t.dims) && at == 0 {
		i := n
		if i < 0 {
			i += size
		}
		each := product(out.dims)
		out.data = t.data[i*each : (i+1)*each]
	}
	if at == t.batch {
		out.batch, out.lead = -1, 1
		if t.lead == 1 {
			return p.moved(t, out, "select", nil, true)
		}
	} else if t.batch > at {
		out.batch--
	}
	return p.moved(t, out, "select", func() (layer.Layer, error) {
		d, _ := t.dim(at)
		return layer.SelectKind.With(func(l *layer.Select) { l.Index.N, l.Dim.N = n, d })
	}, false)
}

// gather is t[tensor]: the entries that it lists.
func (p *Program) gather(t *Tensor, at int, key eval.Value) *Tensor {
	var shape []int64
	span := 1
	switch k := key.(type) {
	case *Tensor:
		shape = k.dims
		if k.dtype == "bool" {
			span = len(k.dims)
			shape = []int64{product(k.dims)} // as many as there can be
		}
	case *eval.List:
		shape = []int64{int64(len(k.Items))}
	}
	dims := append(append(slices.Clone(t.dims[:at]), shape...), t.dims[min(at+span, len(t.dims)):]...)
	out := t.with(dims)
	out.store = t.store
	if t.batch >= at+span {
		out.batch += len(shape) - span
	} else if t.batch >= at {
		out.batch, out.lead = at, 1
	}
	if len(dims) == 0 {
		out.batch = -1
	}
	return p.moved(t, out, "gather", func() (layer.Layer, error) { return nil, nil }, false)
}
