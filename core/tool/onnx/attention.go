package onnx

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// attention is the operator of opset 23 (onnx/docs/Operators.md, Attention): it
// has no projections, so it is what it does: two products with a softmax between
// them. Heads lie in an extent of their own, or side by side among the features;
// past keys and values are laid before the new ones; a mask is added. With fewer
// heads for keys than for queries, the queries of one key head are below one
// another.
func attention(c conversion) bool {
	q, k, v := c.live(0), c.live(1), c.live(2)
	if q == nil || k == nil || v == nil || c.Has(6) { // nonpad_kv_seqlen: what it hides depends on the run
		return false
	}
	heads, groups := c.Int("q_num_heads", 0), c.Int("kv_num_heads", 0)
	a := attending{c}
	flat := len(q.sample) == 2
	for _, x := range []*value{q, k, v} {
		if x.batch != 0 || !x.sample.Known() || len(x.sample) != 3 && (len(x.sample) != 2 || heads < 1 || groups < 1) {
			return false
		}
	}
	if flat {
		q, k, v = a.apart(q, heads, "q"), a.apart(k, groups, "k"), a.apart(v, groups, "v")
	}
	if q == nil || k == nil || v == nil {
		return false
	}
	k, v = a.behind(4, k, "past_key"), a.behind(5, v, "past_value")
	if k == nil || v == nil {
		return false
	}
	c.bind(1, k)
	c.bind(2, v)
	heads, groups = q.sample[0].N, k.sample[0].N
	length, keys := q.sample[1].N, k.sample[1].N
	each := heads / max(groups, 1)
	if groups < 1 || heads%groups != 0 || v.sample[0].N != groups {
		return false
	}
	if each > 1 {
		q = a.lay(q, "q.groups", groups, each*length, q.sample[2].N)
	}
	scores := a.emit(draft{layer: product(true), in: []*value{q, k}, tail: ".scores"})
	if each > 1 {
		scores = a.lay(scores, "scores.heads", heads, length, keys)
	}
	if scores == nil {
		return false
	}
	c.bind(3, scores)
	if scores = a.masked(scores); scores == nil {
		return false
	}
	if mode := c.Int("qk_matmul_output_mode", 0); mode == 1 || mode == 2 {
		c.bind(3, scores)
	}
	overKeys := layerOf(layer.SoftmaxKind, func(l *layer.Softmax) { l.Dim.N = 3 })
	weights := a.emit(draft{layer: overKeys, in: []*value{scores}, tail: ".softmax"})
	if c.Int("qk_matmul_output_mode", 0) == 3 {
		c.bind(3, weights)
	}
	if each > 1 {
		weights = a.lay(weights, "weights.groups", groups, each*length, keys)
	}
	out := a.emit(draft{layer: product(false), in: []*value{weights, v}, tail: ".values"})
	if each > 1 {
		out = a.lay(out, "out.heads", heads, length, v.sample[2].N)
	}
	if flat {
		out = a.emit(draft{layer: permuted(2, 1, 3), in: []*value{out}, tail: ".out"})
		out = a.lay(out, "out", length, heads*v.sample[2].N)
		if c.settle(out) == nil {
			return false
		}
	}
	c.bind(0, out)
	return out != nil
}

// An attending makes the layers of one attention; nil goes through.
type attending struct{ conversion }

func (a attending) emit(d draft) *value {
	if slices.Contains(d.in, nil) {
		return nil
	}
	return a.conversion.emit(d)
}

func (a attending) lay(x *value, name string, dims ...int64) *value {
	if x == nil {
		return nil
	}
	return x.laidOut(a.Out[0]+"/"+name, tensor.Of(dims...), x.batch, x.lost)
}

// apart splits heads into an extent of their own: L×(heads·d) becomes heads×L×d.
func (a attending) apart(x *value, heads int64, name string) *value {
	length, features := x.sample[0].N, x.sample[1].N
	if features%heads != 0 {
		return nil
	}
	return a.emit(draft{layer: permuted(2, 1, 3), tail: "." + name,
		in: []*value{a.lay(x, name, length, heads, features/heads)}})
}

// behind concatenates the past of input i and x.
func (a attending) behind(i int, x *value, name string) *value {
	if !a.Has(i) {
		return x
	}
	past := a.live(i)
	if past == nil || past.batch != 0 {
		return nil
	}
	return a.emit(draft{layer: concatenation(1), in: []*value{past, x}, tail: "." + name})
}

// masked adds the mask, which stretches to the scores.
func (a attending) masked(scores *value) *value {
	mask := a.in(3)
	if mask == nil {
		return scores
	}
	in, batch, ok := align(a.conversion, []*value{scores, mask})
	if !ok || batch != 0 {
		return nil
	}
	if mask.fixed != nil {
		in[1] = a.source(mask.fixed, in[1].dims(a.batch.size))
	}
	return a.emit(draft{layer: layer.AddKind.New(), in: in, tail: ".mask"})
}
