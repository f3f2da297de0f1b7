package trace

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/pysource/eval"
)

// matmul is torch.matmul.
func (p *Program) matmul(a, b *Tensor) *Tensor {
	in := p.in
	if len(a.dims) == 0 || len(b.dims) == 0 {
		in.Raise(eval.RuntimeError, catalog.TorchMatmul, shapeText(a.dims), shapeText(b.dims))
	}
	inner := b.dims[max(len(b.dims)-2, 0)]
	if a.dims[len(a.dims)-1] != inner {
		p.misfit = misfit{want: inner, got: a.dims[len(a.dims)-1], dense: true}
		in.Raise(eval.RuntimeError, catalog.TorchMatmul, shapeText(a.dims), shapeText(b.dims))
	}
	if len(a.dims) == 1 || len(b.dims) == 1 {
		out := a.with(slices.Clone(a.dims[:len(a.dims)-1]))
		if len(a.dims) == 1 {
			out = b.with(append(slices.Clone(b.dims[:max(len(b.dims)-2, 0)]), b.dims[len(b.dims)-1:]...))
			if len(b.dims) == 1 {
				out.dims = nil
			}
		}
		if out.batch >= len(out.dims) {
			out.batch = -1
		}
		return p.record("matmul", nil, out, a, b)
	}
	// One matrix that is learned is a dense layer without biases.
	if a.live() && !b.live() && b.store != nil && b.store.learned && len(b.dims) == 2 &&
		product(b.store.dims) == product(b.dims) {
		return p.dense(a, b, nil, b.dims[1])
	}
	lead := p.broadcast("@", a.with(a.dims[:len(a.dims)-2]).cut(), b.with(b.dims[:len(b.dims)-2]).cut())
	out := lead
	out.dims = append(out.dims, a.dims[len(a.dims)-2], b.dims[len(b.dims)-1])
	if a.batch >= len(a.dims)-2 { // rows are samples
		out.batch, out.lead = a.batch+len(out.dims)-len(a.dims), a.lead
		if a.batch == len(a.dims)-1 {
			out.batch, out.lead = -1, 1
		}
	}
	return p.join("matmul", layer.MatMulKind.New(), out, a, b)
}

// cut forgets a batch that is not among the dimensions.
func (t *Tensor) cut() *Tensor {
	if t.batch >= len(t.dims) {
		t.batch, t.lead = -1, 1
	}
	return t
}

// dense records F.linear(x, w, b): a dense layer whose weights are parameters of
// their own, or those of another layer.
func (p *Program) dense(x, w, b *Tensor, features int64) *Tensor {
	out := x.with(append(slices.Clone(x.dims[:len(x.dims)-1]), features))
	l, err := layer.LinearKind.With(func(l *layer.Linear) {
		l.Features, l.Bias = layer.WidthOf(features),
			layer.Switch(b != nil)
	})
	if err != nil {
		l = nil
	}
	return p.owned("linear", l, out, x, w, b)
}

// anyComputed reports whether one of several tensors follows from the input.
func anyComputed(ts []*Tensor) bool {
	return slices.ContainsFunc(ts, func(t *Tensor) bool { return t != nil && t.live() })
}

// owned records a function that is called with parameters: a layer that has them.
func (p *Program) owned(name string, l layer.Layer, out, x *Tensor, own ...*Tensor) *Tensor {
	r := p.rec
	if r == nil || !x.live() && !anyComputed(own) {
		return out
	}
	n := graph.Node{Name: r.name(name), Layer: l, Inputs: []string{p.nodeOf(x)}}
	for i, t := range own {
		if t == nil {
			continue
		}
		if t.live() || t.store == nil { // a weight that is computed
			n.Layer = nil
			n.Inputs = append(n.Inputs, p.nodeOf(t))
			continue
		}
		t.store.used = true
		if node := r.owners[t.store]; node != "" && i == 0 {
			n.Shares = node
		}
		if i == 0 && t.store.path != "" {
			n.Name, n.Keep = strings.TrimSuffix(t.store.path, ".weight"), true
			n.Frozen = t.store.frozen
		}
	}
	if n.Shares != "" {
		n.Keep = false
		n.Name = r.name(name)
	}
	var stores []*storage
	for _, t := range own {
		if t != nil && t.store != nil {
			stores = append(stores, t.store)
		}
	}
	p.put(n, out, stores...)
	for _, t := range own {
		if t != nil && t.store != nil && r.owners[t.store] == "" {
			r.owners[t.store] = out.node
		}
	}
	return out
}

// einsum is torch.einsum: its shape follows from the letters.
func (p *Program) einsum(rule string, ts []*Tensor) *Tensor {
	in := p.in
	rule = strings.ReplaceAll(rule, " ", "")
	from, to, arrow := strings.Cut(rule, "->")
	terms := strings.Split(from, ",")
	if len(terms) != len(ts) {
		in.Raise(eval.RuntimeError, catalog.TorchEinsum, rule)
	}
	size := map[rune]int64{}
	count := map[rune]int{}
	out := constant()
	var batch rune
	var ellipsis []int64
	dots := false
	for i, term := range terms {
		before, after, has := strings.Cut(term, "...")
		names := []rune(before + after)
		rest := len(ts[i].dims) - len(names)
		if rest < 0 || !has && rest != 0 {
			in.Raise(eval.RuntimeError, catalog.TorchEinsum, rule)
		}
		at := 0
		for k := 0; k <= len(names); k++ {
			if has && k == len([]rune(before)) {
				if dots = true; len(ellipsis) < rest {
					ellipsis = ts[i].dims[at : at+rest]
				}
				if ts[i].batch >= at && ts[i].batch < at+rest {
					batch, out.lead = '.', ts[i].lead
				}
				at += rest
			}
			if k == len(names) {
				break
			}
			d := ts[i].dims[at]
			if old, ok := size[names[k]]; ok && old != d && old != 1 && d != 1 {
				in.Raise(eval.RuntimeError, catalog.TorchEinsum, rule)
			}
			size[names[k]] = max(size[names[k]], d)
			count[names[k]]++
			if ts[i].batch == at {
				batch, out.lead = names[k], ts[i].lead
			}
			at++
		}
	}
	if !arrow {
		for _, c := range from {
			if count[c] == 1 {
				to += string(c)
			}
		}
		r := []rune(to)
		slices.Sort(r)
		to = string(r)
	}
	before, after, has := strings.Cut(to, "...")
	lay := func(names string) {
		for _, c := range names {
			if c == batch {
				out.batch = len(out.dims)
			}
			out.dims = append(out.dims, size[c])
		}
	}
	lay(before)
	if has && dots {
		if batch == '.' {
			out.batch = len(out.dims)
		}
		out.dims = append(out.dims, ellipsis...)
	}
	lay(after)
	if out.batch < 0 {
		out.lead = 1
	}
	macs := num.Of(1)
	for c, n := range size {
		if c != batch {
			macs = macs.Times(n)
		}
	}
	return p.product("einsum", macs, out, ts...)
}

// product records an opaque layer that multiplies and has no weights of its own.
func (p *Program) product(name string, macs num.Int, out *Tensor, from ...*Tensor) *Tensor {
	if p.rec == nil || !anyLive(from) {
		return out
	}
	n, ok := macs.Int64()
	if !ok {
		n = -1
	}
	u := graph.Unknown{Type: name, Out: out.shape(), Complete: true, MACs: n}
	return p.record(name, u.Layer(), out, from...)
}

// productOps are products of matrices.
var productOps = map[string]op{
	"matmul other": multiplied,
	"mm other":     multiplied,
	"bmm other":    multiplied,
	"mv other":     multiplied,
}

func multiplied(p *Program, t *Tensor, v []eval.Value) eval.Value {
	return p.matmul(t, tensorOf(p.in, v[0]))
}
