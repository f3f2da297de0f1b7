package trace

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

// shapeFunctions lay the numbers of a tensor out in another shape, or return its shape.
func shapeFunctions() {
	define("reshape", "x shape *rest **names", func(p *Program, v []eval.Value) eval.Value {
		dims, ok := extents(p.in, v[1])
		if !ok {
			return p.step("ops.Reshape", nil, &Tensor{dtype: "float32"}, tensorArg(p, v[0]))
		}
		return p.reshape(tensorArg(p, v[0]), dims)
	})
	define("transpose permute_dimensions", "x axes? perm? **names", func(p *Program, v []eval.Value) eval.Value {
		axes := v[1]
		if eval.IsNone(axes) {
			axes = v[2]
		}
		var perm []int64
		if all, ok := listItems(axes); ok {
			for _, a := range all {
				n, _ := wholeOf(a)
				perm = append(perm, n)
			}
		}
		return p.transpose(tensorArg(p, v[0]), perm)
	})
	define("expand_dims", "x axis? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		return p.expanded(tensorArg(p, v[0]), v[1])
	})
	define("squeeze", "x axis? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		return p.squeezed(tensorArg(p, v[0]), v[1])
	})
	define("flatten batch_flatten", "x", func(p *Program, v []eval.Value) eval.Value {
		return p.reshape(tensorArg(p, v[0]), []int64{unknown, unknown})
	})
	define("shape", "x *rest **names", func(p *Program, v []eval.Value) eval.Value {
		if x := tensorArg(p, v[0]); x.ranked {
			return dynamic(x.dims)
		}
		return &eval.Unknown{Name: "shape()"}
	})
	define("int_shape", "x", func(p *Program, v []eval.Value) eval.Value { return shapeValue(tensorArg(p, v[0]).dims) })
	define("rank ndim", "x", func(p *Program, v []eval.Value) eval.Value { return int64(len(tensorArg(p, v[0]).dims)) })
}

// reshape lays numbers out in other extents; unknown ones follow from the others.
func (p *Program) reshape(t *Tensor, to []int64) *Tensor {
	to = slices.Clone(to)
	if !t.ranked {
		return p.step("ops.Reshape", nil, ranked(to), t)
	}
	if !t.live() && len(t.dims) > 0 && product(t.dims) >= 0 && t.weight == nil { // all of it is known
		fill(to, product(t.dims))
		if n := product(to); n >= 0 && n != product(t.dims) {
			p.in.Raise(eval.ValueError, catalog.TorchReshape, shapeText(t.dims), shapeText(to))
		}
		return ranked(to)
	}
	if t.weight != nil && !t.live() {
		fill(to, product(t.dims))
		c := *t
		c.dims = to
		return &c
	}
	sample := product(t.Shape())
	kept := len(to) > 0 && len(t.dims) > 0 && (to[0] < 0 || to[0] == t.dims[0])
	if kept {
		rest := to[1:]
		fill(rest, sample)
		if n := product(rest); n >= 0 && sample >= 0 && n != sample {
			if kept = false; slices.Contains(to[1:], unknown) || to[0] == t.dims[0] && to[0] >= 0 {
				p.in.Raise(eval.ValueError, catalog.TorchReshape, shapeText(t.dims), shapeText(to))
			}
		} else {
			to[0] = t.dims[0]
		}
	}
	if !kept {
		return p.step("ops.Reshape", nil, ranked(to), t)
	}
	if len(to) == 2 {
		return p.step("Flatten", nil, ranked(to), t)
	}
	return p.step("Reshape", map[string]any{"target_shape": shapeConfig(to[1:])[1:]}, ranked(to), t)
}

// fill replaces the only unknown extent by what is left of n elements.
func fill(dims []int64, n int64) {
	at, known := -1, int64(1)
	for i, d := range dims {
		switch {
		case d >= 0:
			if known = product([]int64{known, d}); known < 0 {
				return
			}
		case at >= 0:
			return
		default:
			at = i
		}
	}
	if at >= 0 && n >= 0 && known > 0 && n%known == 0 {
		dims[at] = n / known
	}
}

// transpose reorders extents.
func (p *Program) transpose(t *Tensor, perm []int64) *Tensor {
	if !t.ranked {
		return p.step("ops.Transpose", nil, same(t), t)
	}
	if perm == nil {
		for i := range t.dims {
			perm = append(perm, int64(len(t.dims)-1-i))
		}
	}
	if len(perm) != len(t.dims) {
		p.in.Raise(eval.ValueError, catalog.TorchPermute, len(perm), len(t.dims))
	}
	dims := make([]int64, len(perm))
	for i, d := range perm {
		at := axisOf(d, 0, len(t.dims))
		if at < 0 {
			p.in.Raise(eval.ValueError, catalog.TorchNoDim, d, len(t.dims))
		}
		dims[i], perm[i] = t.dims[at], int64(at)
	}
	out := ranked(dims)
	if t.weight != nil && !t.live() {
		out.weight = t.weight
	}
	if len(perm) < 2 || perm[0] != 0 {
		return p.step("ops.Transpose", nil, out, t)
	}
	config := []any{}
	for _, d := range perm[1:] {
		config = append(config, d)
	}
	return p.step("Permute", map[string]any{"dims": config}, out, t)
}

// expanded adds an extent of 1.
func (p *Program) expanded(t *Tensor, axis eval.Value) *Tensor {
	if !t.ranked {
		return p.step("ops.ExpandDims", nil, &Tensor{dtype: t.dtype}, t)
	}
	at := axisOf(axis, -1, len(t.dims)+1)
	if at == 0 && t.free {
		return t
	}
	if at < 0 {
		p.in.Raise(eval.ValueError, catalog.TorchNoDim, p.in.Repr(axis), len(t.dims))
	}
	return p.laid(t, slices.Insert(slices.Clone(t.dims), at, 1), at > 0)
}

// laid is the same numbers in other extents; kept: the first is the batch still.
func (p *Program) laid(t *Tensor, dims []int64, kept bool) *Tensor {
	out := ranked(dims)
	if t.weight != nil && !t.live() {
		out.weight = t.weight
		return out
	}
	if !kept || len(dims) < 2 {
		return p.step("ops.Reshape", nil, out, t)
	}
	return p.step("Reshape", map[string]any{"target_shape": shapeConfig(dims[1:])[1:]}, out, t)
}

// squeezed leaves extents of 1 out.
func (p *Program) squeezed(t *Tensor, axis eval.Value) *Tensor {
	if !t.ranked {
		return p.step("ops.Squeeze", nil, &Tensor{dtype: t.dtype}, t)
	}
	gone := map[int]bool{}
	if eval.IsNone(axis) {
		for i, d := range t.dims {
			gone[i] = d == 1
		}
	} else if all, ok := listItems(axis); ok {
		for _, v := range all {
			gone[axisOf(v, 0, len(t.dims))] = true
		}
	} else {
		gone[axisOf(axis, 0, len(t.dims))] = true
	}
	dims := []int64{}
	for i, d := range t.dims {
		if !gone[i] {
			dims = append(dims, d)
		}
	}
	return p.laid(t, dims, !gone[0])
}
