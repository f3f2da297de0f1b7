package trace

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tool/pysource/eval"
)

// derived returns a tensor that is another in other dimensions: a view of a parameter
// stays one.
func (t *Tensor) derived(dims []int64) *Tensor {
	c := t.with(dims)
	c.store = t.store
	if t.live() && t.store != nil {
		c.store = nil
	}
	if len(t.data) == int(product(dims)) {
		c.data = t.data
	}
	return c
}

// moved finishes an operation that lays elements out: the value is that of t where
// the sample keeps its shape, else a layer's.
func (p *Program) moved(t, out *Tensor, name string, kind func() (layer.Layer, error), keeps bool) *Tensor {
	if !t.live() {
		return out
	}
	out.store = nil
	if len(out.sample()) > layer.MaxRank && p.rec != nil {
		// The notation has no such shape: what is laid out on the way is one step.
		out.node, out.far = p.nodeOf(t), true
		return out
	}
	if t.far {
		return p.record(name, nil, out, t)
	}
	if a, b := t.sample(), out.sample(); keeps && (slices.Equal(a, b) || len(a)+len(b) == 1 && product(a) == product(b)) {
		out.node, out.pending = t.node, t.pending
		if t.pending != nil {
			out.node = p.nodeOf(t)
			out.pending = nil
		}
		return out
	}
	l, err := kind()
	if err != nil {
		l = nil
	}
	return p.record(name, l, out, t)
}

// reshape lays a tensor out in other dimensions, of which one may be −1.
func (p *Program) reshape(t *Tensor, dims []int64) *Tensor {
	in := p.in
	total := elements(in, t.dims)
	dims = slices.Clone(dims)
	open, rest := -1, int64(1)
	for i, d := range dims {
		switch {
		case d == -1 && open < 0:
			open = i
		case d < 0:
			in.Raise(eval.RuntimeError, catalog.TorchReshape, shapeText(t.dims), shapeText(dims))
		default:
			rest *= d
			if rest > 1<<50 || rest < 0 {
				in.Raise(eval.RuntimeError, catalog.TorchTooLarge)
			}
		}
	}
	if open >= 0 {
		if rest == 0 || total%rest != 0 {
			p.misfit = misfit{want: rest, got: total / max(t.samples(), 1), dense: true}
			in.Raise(eval.RuntimeError, catalog.TorchReshape, shapeText(t.dims), shapeText(dims))
		}
		dims[open] = total / rest
	} else if rest != total {
		p.misfit = misfit{want: rest, got: total, dense: true}
		in.Raise(eval.RuntimeError, catalog.TorchReshape, shapeText(t.dims), shapeText(dims))
	}
	out := t.derived(dims)
	place(t, out)
	return p.moved(t, out, "reshape", func() (layer.Layer, error) { return relaid(t.sample(), out.sample()) }, true)
}

// place finds where the batch of a tensor went that was laid out otherwise.
func place(t, out *Tensor) {
	if t.batch < 0 {
		return
	}
	n := t.samples()
	before := product(t.dims[:t.batch])
	done := int64(1)
	for i, d := range out.dims {
		if done == before && n > 0 && d%n == 0 && d > 0 && (n > 1 || d == 1 || t.lead > 1 || i == len(out.dims)-1 ||
			product(out.dims) == product(t.dims)) {
			out.batch, out.lead = i, d/n
			return
		}
		done *= d
	}
	for i, d := range out.dims { // merged with dimensions before it
		if n > 0 && d%n == 0 && d > 0 {
			out.batch, out.lead = i, d/n
			return
		}
	}
	out.batch, out.lead = -1, 1
}

// relaid returns the layer that lays a sample out otherwise: flatten and unflatten
// where they do, else reshape.
func relaid(from, to []int64) (layer.Layer, error) {
	head := 0
	for head < min(len(from), len(to)) && from[head] == to[head] {
		head++
	}
	tail := 0
	for tail < min(len(from), len(to))-head && from[len(from)-1-tail] == to[len(to)-1-tail] {
		tail++
	}
	a, b := from[head:len(from)-tail], to[head:len(to)-tail]
	switch {
	case len(b) == 1 && len(a) > 1:
		return layer.FlattenKind.With(func(l *layer.Flatten) {
			l.Start.N = int64(head) + 1
			if l.End.N = -1; tail > 0 {
				l.End.N = int64(head + len(a))
			}
		})
	case len(b) == 0 && len(a) == 1 && a[0] == 1:
		return layer.SqueezeKind.With(func(l *layer.Squeeze) { l.Dims = layer.WholesOf(int64(head) + 1) })
	case len(a) == 0 && len(b) == 1 && b[0] == 1:
		return layer.UnsqueezeKind.With(func(l *layer.Unsqueeze) { l.Dim.N = int64(head) + 1 })
	case len(a) == 1 && len(b) > 1:
		return layer.UnflattenKind.With(func(l *layer.Reshape) {
			l.Dim.N = int64(head) + 1
			l.Sizes = layer.ExtentsOf(b...)
		})
	}
	return layer.ReshapeKind.With(func(l *layer.Reshape) { l.Sizes = layer.ExtentsOf(to...) })
}

// flatten is torch.flatten.
func (p *Program) flatten(t *Tensor, from, to int64) *Tensor {
	if len(t.dims) == 0 {
		return p.reshape(t, []int64{1})
	}
	a, b := axis(p.in, from, len(t.dims)), axis(p.in, to, len(t.dims))
	if a >= b {
		return t
	}
	dims := append(slices.Clone(t.dims[:a]), product(t.dims[a:b+1]))
	dims = append(dims, t.dims[b+1:]...)
	return p.reshape(t, dims)
}

// permute puts dimensions in another order.
func (p *Program) permute(t *Tensor, order []int64) *Tensor {
	in := p.in
	if len(order) != len(t.dims) {
		in.Raise(eval.RuntimeError, catalog.TorchPermute, len(order), len(t.dims))
	}
	perm := make([]int, len(order))
	seen := make([]bool, len(order))
	dims := make([]int64, len(order))
	for i, d := range order {
		perm[i] = axis(in, d, len(t.dims))
		if seen[perm[i]] {
			in.Raise(eval.RuntimeError, catalog.TorchPermute, len(order), len(t.dims))
		}
		seen[perm[i]] = true
		dims[i] = t.dims[perm[i]]
	}
	out := t.derived(dims)
	out.data = nil
	if t.batch >= 0 {
		out.batch = slices.Index(perm, t.batch)
	}
	var sample []int64
	inOrder := true
	for _, k := range perm {
		if k == t.batch && t.lead == 1 {
			continue
		}
		n := int64(k) + 1
		if t.batch >= 0 && t.lead == 1 && k > t.batch {
			n--
		}
		inOrder = inOrder && n == int64(len(sample))+1
		sample = append(sample, n)
	}
	if inOrder {
		return p.moved(t, out, "permute", nil, true)
	}
	return p.moved(t, out, "permute", func() (layer.Layer, error) {
		return layer.PermuteKind.With(func(l *layer.Permute) { l.Dims = layer.WholesOf(sample...) })
	}, false)
}

func (p *Program) transpose(t *Tensor, a, b int64) *Tensor {
	if len(t.dims) < 2 {
		return t
	}
	i, j := axis(p.in, a, len(t.dims)), axis(p.in, b, len(t.dims))
	order := make([]int64, len(t.dims))
	for k := range order {
		order[k] = int64(k)
	}
	order[i], order[j] = order[j], order[i]
	return p.permute(t, order)
}

// squeeze drops dimensions of size 1: those given, or all. The batch stays.
func (p *Program) squeeze(t *Tensor, only []int64) *Tensor {
	gone := make([]bool, len(t.dims))
	for i, d := range t.dims {
		gone[i] = len(only) == 0 && d == 1
	}
	for _, d := range only {
		i := axis(p.in, d, len(t.dims))
		gone[i] = t.dims[i] == 1
	}
	var dims []int64
	out := t.derived(nil)
	for i, d := range t.dims {
		if i == t.batch {
			if gone[i] && t.lead == 1 {
				gone[i] = false
			}
			out.batch = len(dims)
		}
		if !gone[i] {
			dims = append(dims, d)
		}
	}
	out.dims = dims
	return p.moved(t, out, "squeeze", func() (layer.Layer, error) { return relaid(t.sample(), out.sample()) }, true)
}

func (p *Program) unsqueeze(t *Tensor, d int64) *Tensor {
	at := axis(p.in, d, len(t.dims)+1)
	out := t.derived(slices.Insert(slices.Clone(t.dims), at, 1))
	out.data = t.data
	if t.batch >= at {
		out.batch++
	}
	return p.moved(t, out, "unsqueeze", func() (layer.Layer, error) {
		n, _ := out.dim(at)
		return layer.UnsqueezeKind.With(func(l *layer.Unsqueeze) { l.Dim.N = n })
	}, true)
}

// expand stretches dimensions of size 1; −1 leaves one as it is.
func (p *Program) expand(t *Tensor, dims []int64) *Tensor {
	in := p.in
	dims = slices.Clone(dims)
	shift := len(dims) - len(t.dims)
	if shift < 0 {
		in.Raise(eval.RuntimeError, catalog.TorchReshape, shapeText(t.dims), shapeText(dims))
	}
	for i := range dims {
		have := int64(1)
		if i >= shift {
			have = t.dims[i-shift]
		}
		if dims[i] == -1 {
			dims[i] = have
		} else if have != 1 && dims[i] != have {
			in.Raise(eval.RuntimeError, catalog.TorchReshape, shapeText(t.dims), shapeText(dims))
		}
	}
	elements(in, dims)
	out := t.derived(dims)
	if out.batch >= 0 {
		out.batch += shift
	} else if p.rec != nil && !t.live() && len(dims) > 1 && dims[0] == p.rec.samples && (shift > 0 || t.dims[0] == 1) {
		out.batch, out.lead = 0, 1 // one for each sample
	}
	return p.moved(t, out, "expand", func() (layer.Layer, error) { return nil, nil }, true)
}

// cat is torch.cat.
func (p *Program) cat(ts []*Tensor, dim int64) *Tensor {
	in := p.in
	if len(ts) == 0 {
		in.Raise(eval.RuntimeError, catalog.PythonNoItems)
	}
	ts = slices.DeleteFunc(slices.Clone(ts), func(t *Tensor) bool { return len(t.dims) == 1 && t.dims[0] == 0 })
	if len(ts) == 0 {
		return constant(0)
	}
	first := ts[0]
	for _, t := range ts {
		if t.batch >= 0 {
			first = t
			break
		}
	}
	at := axis(in, dim, len(first.dims))
	out := first.with(slices.Clone(first.dims))
	out.dims[at] = 0
	for _, t := range ts {
		if len(t.dims) != len(first.dims) {
			in.Raise(eval.RuntimeError, catalog.TorchCat, shapeText(first.dims), shapeText(t.dims), at)
		}
		for i := range t.dims {
			if i != at && t.dims[i] != first.dims[i] {
				p.misfit = misfit{}
				in.Raise(eval.RuntimeError, catalog.TorchCat, shapeText(first.dims), shapeText(t.dims), at)
			}
		}
		out.dims[at] += t.dims[at]
	}
	if at == out.batch && out.samples() > 0 {
		out.lead = out.dims[at] / first.samples()
	}
	if !anyLive(ts) {
		out.batch = first.batch
		return out
	}
	if len(ts) == 1 {
		return ts[0]
	}
	n, ok := out.dim(at)
	l, err := layer.ConcatKind.With(func(l *layer.Concat) { l.Dim.N = n })
	if err != nil || !ok {
		l = nil
	}
	return p.record("concat", l, out, p.aligned(ts, out)...)
}

// aligned gives parameters and constants the batch of the value they meet.
func (p *Program) aligned(ts []*Tensor, out *Tensor) []*Tensor {
	all := slices.Clone(ts)
	for i, t := range ts {
		if t.batch >= 0 || out.batch < 0 || t.live() {
			continue
		}
		shift := len(out.dims) - len(t.dims)
		dims := append(slices.Repeat([]int64{1}, max(shift, 0)), t.dims...)
		c := *t
		c.dims = dims
		if d := dims[out.batch]; d == 1 || d == out.samples() {
			c.batch, c.lead = out.batch, 1
			if out.lead > 1 && d == out.dims[out.batch] {
				c.lead = out.lead
			}
			if out.lead > 1 && d == 1 {
				c.batch = -1
			}
		}
		all[i] = &c
	}
	return all
}
