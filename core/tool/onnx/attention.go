package onnx

import (
	"slices"

	"paramstack/core/tensor"
	"paramstack/core/tool/onnx/onnxpb"
)

// attention is the operator of opset 23 (onnx/docs/Operators.md, Attention): it
// has no projections, so it is what it does: two products with a softmax between
// them. Heads lie in an extent of their own, or side by side among the features;
// past keys and values are laid before the new ones; a mask is added. With fewer
// heads for keys than for queries, the queries of one key head stand below one
// another.
func (c *onnxNet) attention(n *onnxpb.Node) bool {
	q, k, v := c.live(n, 0), c.live(n, 1), c.live(n, 2)
	if q == nil || k == nil || v == nil || n.Has(6) { // nonpad_kv_seqlen: what it hides depends on the run
		return false
	}
	heads, groups := n.Int("q_num_heads", 0), n.Int("kv_num_heads", 0)
	a := attending{onnxNet: c, n: n}
	flat := len(q.sample) == 2
	for _, x := range []*onnxValue{q, k, v} {
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
	c.set(n, 1, k)
	c.set(n, 2, v)
	heads, groups = q.sample[0].N, k.sample[0].N
	length, keys := q.sample[1].N, k.sample[1].N
	each := heads / max(groups, 1)
	if groups < 1 || heads%groups != 0 || v.sample[0].N != groups {
		return false
	}
	if each > 1 {
		q = a.lay(q, "q.groups", groups, each*length, q.sample[2].N)
	}
	scores := a.put(made{kind: "matmul", pairs: []string{"transpose", "on"}, in: []*onnxValue{q, k}, tail: ".scores"})
	if each > 1 {
		scores = a.lay(scores, "scores.heads", heads, length, keys)
	}
	if scores == nil {
		return false
	}
	c.set(n, 3, scores)
	if scores = a.masked(scores); scores == nil {
		return false
	}
	if mode := n.Int("qk_matmul_output_mode", 0); mode == 1 || mode == 2 {
		c.set(n, 3, scores)
	}
	weights := a.put(made{kind: "softmax", pairs: []string{"dim", "3"}, in: []*onnxValue{scores}, tail: ".softmax"})
	if n.Int("qk_matmul_output_mode", 0) == 3 {
		c.set(n, 3, weights)
	}
	if each > 1 {
		weights = a.lay(weights, "weights.groups", groups, each*length, keys)
	}
	out := a.put(made{kind: "matmul", in: []*onnxValue{weights, v}, tail: ".values"})
	if each > 1 {
		out = a.lay(out, "out.heads", heads, length, v.sample[2].N)
	}
	if flat {
		out = a.put(made{kind: "permute", pairs: []string{"dims", "2x1x3"}, in: []*onnxValue{out}, tail: ".out"})
		out = a.lay(out, "out", length, heads*v.sample[2].N)
		if c.settle(out) == nil {
			return false
		}
	}
	c.set(n, 0, out)
	return out != nil
}

// An attending makes the layers of one attention; nil goes through.
type attending struct {
	*onnxNet
	n *onnxpb.Node
}

func (a attending) put(m made) *onnxValue {
	if slices.Contains(m.in, nil) {
		return nil
	}
	return a.onnxNet.put(a.n, m)
}

func (a attending) lay(x *onnxValue, name string, dims ...int64) *onnxValue {
	if x == nil {
		return nil
	}
	return x.laidOut(a.n.Out[0]+"/"+name, tensor.Of(dims...), x.batch, x.lost)
}

// apart gives heads an extent of their own: L×(heads·d) becomes heads×L×d.
func (a attending) apart(x *onnxValue, heads int64, name string) *onnxValue {
	length, features := x.sample[0].N, x.sample[1].N
	if features%heads != 0 {
		return nil
	}
	return a.put(made{kind: "permute", pairs: []string{"dims", "2x1x3"}, tail: "." + name,
		in: []*onnxValue{a.lay(x, name, length, heads, features/heads)}})
}

// behind lays what input i holds of the past before x.
func (a attending) behind(i int, x *onnxValue, name string) *onnxValue {
	if !a.n.Has(i) {
		return x
	}
	past := a.live(a.n, i)
	if past == nil || past.batch != 0 {
		return nil
	}
	return a.put(made{kind: "concat", pairs: []string{"dim", "2"}, in: []*onnxValue{past, x}, tail: "." + name})
}

// masked adds the mask, which stretches to the scores.
func (a attending) masked(scores *onnxValue) *onnxValue {
	mask := a.in(a.n, 3)
	if mask == nil {
		return scores
	}
	in, batch, ok := a.align(a.n, []*onnxValue{scores, mask})
	if !ok || batch != 0 {
		return nil
	}
	if mask.konst != nil {
		in[1] = a.source(a.n, mask.konst, in[1].dims(a.onnxNet.n))
	}
	return a.put(made{kind: "add", in: in, tail: ".mask"})
}
