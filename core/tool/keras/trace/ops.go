package trace

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/num"
	"paramstack/core/tool/pysource/eval"
)

// step records what is no layer of the program: an operation, or a layer of Keras that
// does the same. Its output has the given extents.
func (p *Program) step(class string, config map[string]any, out *Tensor, args ...*Tensor) *Tensor {
	if out.ranked && product(out.dims) > num.MaxExtent*1000 {
		p.in.Raise(eval.ValueError, catalog.TorchTooLarge)
	}
	plain, op := strings.CutPrefix(class, "ops.")
	l := &Layer{Class: plain, Name: snake(plain), Config: config, Ops: op, Learns: true, At: p.in.Here()}
	if config == nil {
		l.Config = map[string]any{}
	}
	if class == "Activation" {
		l.Name, _ = config["activation"].(string)
	}
	return p.record(l, args, nil, out)
}

// same is the output of a step that keeps the shape.
func same(t *Tensor) *Tensor {
	return &Tensor{dims: slices.Clone(t.dims), ranked: t.ranked, dtype: t.dtype}
}

// activated is a function of keras.activations.
func (p *Program) activated(name string, t *Tensor) *Tensor {
	return p.step("Activation", map[string]any{"activation": functionName(name)}, same(t), t)
}

// pointwise is a function of each number.
func (p *Program) pointwise(name string, t *Tensor) *Tensor {
	return p.step("ops."+name, nil, same(t), t)
}

// joins are operators by the layer that joins two tensors so.
var joins = map[string]string{"+": "Add", "-": "Subtract", "*": "Multiply", "/": "ops.Divide", "**": "ops.Power",
	"maximum": "Maximum", "minimum": "Minimum", "//": "ops.FloorDivide", "%": "ops.Mod"}

// binary joins two tensors, of which one may be a constant.
func (p *Program) binary(op string, a, b *Tensor) *Tensor {
	dims, ok := broadcast(a, b)
	if !ok {
		p.in.Raise(eval.ValueError, catalog.TorchBroadcast, op, shapeText(a.dims), shapeText(b.dims))
	}
	out := &Tensor{dims: dims, ranked: a.ranked && b.ranked, dtype: a.dtype}
	if len(a.data) == 1 && len(b.data) == 1 {
		x, y := a.data[0], b.data[0]
		switch op {
		case "+":
			out.data = []float64{x + y}
		case "-":
			out.data = []float64{x - y}
		case "*":
			out.data = []float64{x * y}
		}
	}
	class := joins[op]
	if class == "" {
		class = "ops." + op
	}
	variable := func(t *Tensor) bool { return t.live() || t.weight != nil }
	switch {
	case variable(a) && variable(b):
		return p.step(class, nil, out, a, b)
	case variable(b):
		a = b
	case !variable(a):
		return out
	}
	if class = strings.TrimPrefix(class, "ops."); !slices.Equal(out.Shape(), a.Shape()) {
		class = "Broadcast"
	}
	return p.step("ops."+class, nil, out, a)
}

// broadcast returns the extents of two tensors that are joined number by number.
func broadcast(a, b *Tensor) ([]int64, bool) {
	if !a.ranked || !b.ranked {
		return nil, true
	}
	x, y := a.dims, b.dims
	if len(x) < len(y) {
		x, y = y, x
	}
	out := slices.Clone(x)
	from := len(x) - len(y)
	for i, d := range y {
		switch e := x[from+i]; {
		case e == d, d == 1:
		case e == 1, e < 0:
			out[from+i] = d
			if e < 0 && d != 1 && from+i == 0 {
				out[from+i] = e
			}
		case d < 0:
		default:
			return nil, false
		}
	}
	return out, true
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

// reduced leaves axes out.
func (p *Program) reduced(name string, t *Tensor, axis eval.Value, keep bool) *Tensor {
	if !t.ranked {
		return p.step("ops."+name, nil, &Tensor{dtype: "float32"}, t)
	}
	gone := make([]bool, len(t.dims))
	var axes []int
	if eval.IsNone(axis) {
		for i := range gone {
			axes = append(axes, i)
		}
	} else if all, ok := listItems(axis); ok {
		for _, v := range all {
			axes = append(axes, axisOf(v, 0, len(t.dims)))
		}
	} else {
		axes = append(axes, axisOf(axis, 0, len(t.dims)))
	}
	for _, at := range axes {
		if at < 0 {
			p.in.Raise(eval.ValueError, catalog.TorchNoDim, p.in.Repr(axis), len(t.dims))
		}
		gone[at] = true
	}
	dims := []int64{}
	for i, d := range t.dims {
		if !gone[i] {
			dims = append(dims, d)
		} else if keep {
			dims = append(dims, 1)
		}
	}
	spatial := len(t.dims) >= 3 && len(t.dims) <= 5 && !gone[0] && !gone[len(gone)-1]
	for _, g := range gone[min(1, len(gone)):max(len(gone)-1, 1)] {
		spatial = spatial && g
	}
	kinds := map[string]string{"Mean": "GlobalAveragePooling", "Max": "GlobalMaxPooling"}
	if kind := kinds[name]; kind != "" && spatial {
		class := kind + string(rune('0'+len(t.dims)-2)) + "D"
		return p.step(class, map[string]any{"keepdims": keep}, ranked(dims), t)
	}
	return p.step("ops."+name, nil, ranked(dims), t)
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

// Operate implements eval.Operand.
func (t *Tensor) Operate(in *eval.Interp, op string, other eval.Value, right bool) (eval.Value, bool) {
	p := programOf(in)
	switch op {
	case "u-", "u~":
		return p.pointwise("Negative", t), true
	case "u+":
		return t, true
	}
	o := p.tensorOf(other)
	if o == nil {
		return nil, false
	}
	a, b := t, o
	if right {
		a, b = b, a
	}
	switch op {
	case "@":
		return p.matmul(a, b, false, false), true
	case "==", "!=", "<", ">", "<=", ">=", "&", "|", "^":
		if len(a.data) == 1 && len(b.data) == 1 {
			return in.Binary(op, a.data[0], b.data[0]), true
		}
		dims, ok := broadcast(a, b)
		if !ok {
			return nil, false
		}
		return p.step("ops.Compare", nil, &Tensor{dims: dims, ranked: a.ranked && b.ranked, dtype: "bool"}, t), true
	case "is", "is not", "in", "not in":
		return nil, false
	}
	return p.binary(op, a, b), true
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
