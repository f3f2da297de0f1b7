package trace

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

// partFunctions put tensors together and take them apart.
func partFunctions() {
	define("concat concatenate", "values axis? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		axis := v[1]
		if eval.IsNone(axis) {
			axis = int64(0)
		}
		return p.concat(p.tensorsAndConstants(v[0]), axis)
	})
	define("stack", "values axis? **names", func(p *Program, v []eval.Value) eval.Value {
		all := p.tensorsAndConstants(v[0])
		if len(all) == 0 || !all[0].ranked {
			return p.step("ops.Stack", nil, &Tensor{dtype: "float32"}, all...)
		}
		at := axisOf(v[1], 0, len(all[0].dims)+1)
		dims := slices.Insert(slices.Clone(all[0].dims), max(at, 0), int64(len(all)))
		return p.step("ops.Stack", nil, ranked(dims), all...)
	})
	define("split", "x parts? axis? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		parts := v[1]
		if d, ok := v[4].(*eval.Dict); ok && eval.IsNone(parts) {
			for _, name := range []string{"num_or_size_splits", "indices_or_sections"} {
				if x, ok := d.Get(name); ok {
					parts = x
				}
			}
		}
		return p.split(tensorArg(p, v[0]), parts, v[2], 0)
	})
	define("unstack", "x num? axis? **names", func(p *Program, v []eval.Value) eval.Value {
		x := tensorArg(p, v[0])
		at := axisOf(v[2], 0, len(x.dims))
		if at < 0 || x.dims[at] < 0 || x.dims[at] > 64 {
			return &eval.Unknown{Name: "unstack()"}
		}
		l := eval.NewList()
		for i := range x.dims[at] {
			key := eval.NewTuple()
			for range at {
				key.Items = append(key.Items, &eval.Slice{})
			}
			l.Items = append(l.Items, x.Item(p.in, eval.NewTuple(append(key.Items, i)...)))
		}
		return l
	})
	define("gather take embedding_lookup", "params indices? *rest **names", func(p *Program,
		v []eval.Value) eval.Value {
		x, i := tensorArg(p, v[0]), tensorArg(p, v[1])
		if !x.ranked || !i.ranked || len(x.dims) == 0 {
			return p.step("ops.Gather", nil, &Tensor{dtype: "float32"}, x, i)
		}
		return p.step("ops.Gather", nil, ranked(slices.Concat(i.dims, x.dims[1:])), x, i)
	})
}

// tensorsAndConstants lists tensors, and the numbers among them.
func (p *Program) tensorsAndConstants(v eval.Value) []*Tensor {
	var all []*Tensor
	items, ok := listItems(v)
	if !ok {
		items = []eval.Value{v}
	}
	for _, item := range items {
		if t := p.tensorOf(item); t != nil {
			all = append(all, t)
		}
	}
	return all
}

// concat lays tensors side by side.
func (p *Program) concat(all []*Tensor, axis eval.Value) *Tensor {
	if len(all) == 0 {
		p.in.Raise(eval.ValueError, catalog.TorchNoTensor, "[]")
	}
	out := same(all[0])
	at := 0
	if out.ranked {
		if at = axisOf(axis, -1, len(out.dims)); at < 0 {
			p.in.Raise(eval.ValueError, catalog.TorchNoDim, p.in.Repr(axis), len(out.dims))
		}
		for _, t := range all[1:] {
			if !t.ranked {
				out.ranked, out.dims = false, nil
				break
			}
			if len(t.dims) != len(out.dims) {
				p.in.Raise(eval.ValueError, catalog.TorchCat, shapeText(out.dims), shapeText(t.dims), at)
			}
			for i, d := range t.dims {
				switch {
				case i == at:
					if d < 0 || out.dims[i] < 0 {
						out.dims[i] = unknown
					} else {
						out.dims[i] += d
					}
				case out.dims[i] < 0 || i == 0 && d > 1:
					out.dims[i] = max(d, out.dims[i])
				case d >= 0 && d != out.dims[i] && i > 0:
					p.in.Raise(eval.ValueError, catalog.TorchCat, shapeText(out.dims), shapeText(t.dims), at)
				}
			}
		}
		if at > 0 && len(out.dims) > 0 {
			out.dims[0] = batchOf(all)
		}
	}
	if len(all) == 1 {
		return all[0]
	}
	if at == 0 {
		return p.step("ops.Concatenate", nil, out, all...)
	}
	return p.step("Concatenate", map[string]any{"axis": int64(at)}, out, all...)
}

// split cuts a tensor into parts along an axis.
func (p *Program) split(t *Tensor, parts, axis eval.Value, or int64) eval.Value {
	var sizes []int64
	at := axisOf(axis, or, max(len(t.dims), 1))
	if at < 0 || !t.ranked || len(t.dims) == 0 {
		p.in.Raise(eval.ValueError, catalog.TorchNoDim, p.in.Repr(axis), len(t.dims))
	}
	const most = 64
	if n, ok := wholeOf(parts); ok {
		if n < 1 || n > most || t.dims[at] >= 0 && t.dims[at]%n != 0 {
			p.in.Raise(eval.ValueError, catalog.TorchReshape, shapeText(t.dims), p.in.Repr(parts))
		}
		for range n {
			size := int64(unknown)
			if t.dims[at] >= 0 {
				size = t.dims[at] / n
			}
			sizes = append(sizes, size)
		}
	} else if all, ok := extents(p.in, parts); ok {
		sizes = all
	}
	l := eval.NewList()
	var outs []*Tensor
	for _, n := range sizes {
		out := same(t)
		out.dims[at] = n
		outs = append(outs, out)
		l.Items = append(l.Items, out)
	}
	if len(outs) > 0 {
		l := &Layer{Class: "Split", Name: "split", Config: map[string]any{}, Ops: true, Learns: true}
		p.record(l, []*Tensor{t}, nil, outs...)
	}
	return l
}

// Item implements eval.Indexed.
func (t *Tensor) Item(in *eval.Interp, key eval.Value) eval.Value {
	p := programOf(in)
	keys, ok := key.(*eval.Tuple)
	if !ok {
		keys = eval.NewTuple(key)
	}
	if !t.ranked {
		return p.step("ops.GetItem", nil, &Tensor{dtype: t.dtype}, t)
	}
	taken := 0
	for _, k := range keys.Items {
		if k != nil && k != eval.Value(eval.Ellipsis) {
			taken++
		}
	}
	var dims []int64
	at, added, cut := 0, false, false
	for _, k := range keys.Items {
		switch k := k.(type) {
		case nil:
			dims, added = append(dims, 1), true
			continue
		case *eval.EllipsisType:
			for range len(t.dims) - taken {
				dims = append(dims, t.dims[at])
				at++
			}
			continue
		case *eval.Slice:
			if at >= len(t.dims) {
				in.Raise(eval.IndexError, catalog.TorchIndices, taken, len(t.dims))
			}
			n := sliced(t.dims[at], k)
			cut = cut || n != t.dims[at] || k.Step != nil || k.From != nil && k.From != eval.Value(int64(0))
			dims = append(dims, n)
		default:
			if at >= len(t.dims) {
				in.Raise(eval.IndexError, catalog.TorchIndices, taken, len(t.dims))
			}
			cut = true
			if list, ok := k.(*Tensor); ok && list.ranked && len(list.dims) > 0 {
				dims = append(dims, list.dims...)
			}
		}
		at++
	}
	dims = append(dims, t.dims[at:]...)
	if !cut {
		if !added {
			return t
		}
		return p.laid(t, dims, len(t.dims) > 0 && len(dims) > 0 && keys.Items[0] != nil)
	}
	out := ranked(dims)
	out.dtype = t.dtype
	return p.step("ops.GetItem", nil, out, t)
}

// sliced returns how many of n a slice takes.
func sliced(n int64, s *eval.Slice) int64 {
	step, ok := wholeOf(s.Step)
	if s.Step == nil {
		step, ok = 1, true
	}
	if !ok || step == 0 || n < 0 && (s.From != nil || s.To != nil) {
		to, known := wholeOf(s.To)
		from, low := wholeOf(s.From)
		if n < 0 && known && to >= 0 && step == 1 && (low && from >= 0 || s.From == nil) {
			return max(to-max(from, 0), 0)
		}
		return unknown
	}
	if n < 0 {
		return unknown
	}
	end := func(v eval.Value, or int64) (int64, bool) {
		if v == nil {
			return or, true
		}
		x, ok := wholeOf(v)
		if x < 0 {
			x += n
		}
		return min(max(x, 0), n), ok
	}
	from, ok := end(s.From, 0)
	to, both := end(s.To, n)
	if !ok || !both {
		return unknown
	}
	if step < 0 {
		step = -step
		if s.From == nil && s.To == nil {
			from, to = 0, n
		}
	}
	return max((to-from+step-1)/step, 0)
}
