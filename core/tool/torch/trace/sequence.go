package trace

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/pysource/eval"
)

// attr returns an attribute of a module, or or.
func attr(o *eval.Object, name string, or eval.Value) eval.Value {
	if v, ok := o.Attrs.Get(name); ok && v != nil {
		return v
	}
	return or
}

// recurrent runs an RNN, LSTM or GRU, or a cell of one.
func (p *Program) recurrent(o *eval.Object, l *leaf, x eval.Value, rest []eval.Value) eval.Value {
	in := p.in
	t := tensorOf(in, x)
	p.check(o, l, t)
	r := l.layer.(*layer.Recurrent)
	hidden, layers := whole(in, attr(o, "hidden_size", int64(1))), whole(in, attr(o, "num_layers", int64(1)))
	width, ways := hidden, int64(1)
	if bool(r.Bidirectional) {
		ways = 2
	}
	if n := whole(in, attr(o, "proj_size", int64(0))); n > 0 {
		width = n
	}
	lstm := layer.LSTMKind.Is(l.layer)
	if l.cell() {
		out := t.with(append(slices.Clone(t.dims[:len(t.dims)-1]), hidden))
		out = p.recordLeaf(o, l.layer, out, t)
		if lstm {
			cell := *out
			return eval.NewTuple(out, &cell)
		}
		return out
	}
	first := truth(in, attr(o, "batch_first", false), false)
	if len(t.dims) != 2 && len(t.dims) != 3 {
		in.Raise(eval.RuntimeError, catalog.TorchRank, o.Class.Name, 3, shapeText(t.dims))
	}
	seq := *t
	if len(t.dims) == 3 && !first && t.batch == 0 && t.lead == 1 && t.live() {
		p.sequenceFirst = true // the input's batch is its second dimension
	}
	out := seq.with(append(slices.Clone(t.dims[:len(t.dims)-1]), ways*width))
	out = p.recordLeaf(o, l.layer, out, t)
	batch := int64(1)
	state := constant(ways*layers, hidden)
	if len(t.dims) == 3 {
		at := 1
		if first {
			at = 0
		}
		batch = t.dims[at]
		state = constant(ways*layers, batch, hidden)
		if t.batch >= 0 {
			state.batch = 1
		}
	}
	h := p.lastState(state, width, out)
	if lstm {
		return eval.NewTuple(out, eval.NewTuple(h, p.lastState(state, hidden, out)))
	}
	return eval.NewTuple(out, h)
}

// lastState is the state that a recurrent layer ends in. It is part of the last
// output, which the stack shows as a layer without weights.
func (p *Program) lastState(like *Tensor, width int64, out *Tensor) *Tensor {
	dims := slices.Clone(like.dims)
	dims[len(dims)-1] = width
	h := like.with(dims)
	if p.rec != nil && out.live() {
		h.pending = func() {
			state := *h
			state.pending = nil
			p.put(graph.Node{Name: p.rec.name("state"), Inputs: []string{out.node}}, &state)
			h.node = state.node
		}
	}
	return h
}

// attention runs torch.nn.MultiheadAttention, which returns its output and weights.
func (p *Program) attention(o *eval.Object, l *leaf, x eval.Value, rest []eval.Value) eval.Value {
	in := p.in
	all := []*Tensor{tensorOf(in, x)}
	for _, v := range rest[:min(len(rest), 2)] {
		all = append(all, tensorOf(in, v))
	}
	for len(all) < 3 {
		all = append(all, all[len(all)-1])
	}
	q := all[0]
	p.check(o, l, q)
	first := truth(in, attr(o, "batch_first", false), false)
	if len(q.dims) == 3 && !first && q.batch == 0 && q.lead == 1 && q.live() {
		p.sequenceFirst = true
	}
	from := all
	switch {
	case all[0].node == all[1].node && all[1].node == all[2].node:
		from = all[:1]
	case all[1].node == all[2].node:
		from = all[:2]
	}
	out := q.with(slices.Clone(q.dims))
	out = p.recordLeaf(o, l.layer, out, from...)
	return eval.NewTuple(out, nil)
}

// joined runs a layer of two inputs: Bilinear, CosineSimilarity.
func (p *Program) joined(o *eval.Object, l *leaf, a, b *Tensor) eval.Value {
	r, d := layer.Apply(l.layer, []tensor.Shape{a.shape(), b.shape()})
	if d != nil || r.Out == nil {
		out := a.with(slices.Clone(a.dims))
		return p.recordLeaf(o, nil, out, a, b)
	}
	dims := make([]int64, len(r.Out))
	for i := range r.Out {
		dims[i] = r.Out[i].N
	}
	out := a.with(dims)
	if a.batch == 0 && a.lead == 1 {
		out.dims = append([]int64{a.dims[0]}, dims...)
	}
	return p.recordLeaf(o, l.layer, out, a, b)
}
