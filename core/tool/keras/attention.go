package keras

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// heads are the options of an attention with heads.
type heads struct {
	size, valueSize int64
	bias            bool
}

// readMultiHead reads attention with heads. Query and value, and the key where it is
// another than the value, come by place or by name.
func readMultiHead(c *call) (value, error) {
	named := func(name string, place int) []value {
		if v := c.in.named[name]; len(v) > 0 {
			return v[:1]
		}
		if place < len(c.in.args) {
			return c.in.args[place : place+1]
		}
		return nil
	}
	query, values, key := named("query", 0), named("value", 1), named("key", 2)
	if len(query) == 0 || c.scope.lead > 0 {
		return value{}, errUnsupported
	}
	o := c.options()
	if len(query[0].order) != 2 || o.flag("use_gate") || o.given("attention_axes") &&
		!slices.Equal(o.sizes("attention_axes"), []int64{1}) {
		return value{}, errUnsupported
	}
	h := heads{size: o.whole(0, "key_dim"), bias: o.flag("use_bias")}
	if h.valueSize = o.whole(h.size, "value_dim"); h.valueSize != h.size || o.given("output_shape") {
		return unequalHeads(c, query, values, key, h)
	}
	in := query
	if len(values) > 0 && values[0].node != query[0].node || len(key) > 0 && key[0].node != query[0].node {
		if len(key) == 0 {
			key = values
		}
		in = append(slices.Clone(query), key[0])
		if len(values) > 0 && values[0].node != key[0].node {
			in = append(in, values[0])
		}
	}
	for i := range in {
		var err error
		if in[i], err = c.arranged(in[i], asIs(2)); err != nil {
			return in[i], err
		}
	}
	number := o.width("num_heads")
	shared, grouped := o.count("num_key_value_heads")
	return emit(c, layer.AttentionKind, in, asIs(2), func(a *layer.Attention) {
		a.Heads, a.HeadDim.N, a.Bias = number, h.size, layer.Switch(h.bias)
		if grouped {
			a.KV.N = shared
		}
	})
}

// unequalHeads is an attention whose values have another size than its keys, or
// whose output has: of no kind here, but with weights that follow from its options
// (_build_from_signature in keras/src/layers/attention/multi_head_attention.py).
func unequalHeads(c *call, query, values, key []value, h heads) (value, error) {
	if len(values) == 0 {
		values = query
	}
	if len(key) == 0 {
		key = values
	}
	o := c.options()
	n := o.whole(0, "num_heads")
	q, k, v := c.sizes(query[0]), c.sizes(key[0]), c.sizes(values[0])
	if len(q) != 2 || len(k) != 2 || len(v) != 2 || !graph.KnownSizes(n, h.size, h.valueSize, q[1].N, k[1].N, v[1].N) {
		return value{}, errUnsupported
	}
	out := q[1].N
	if shape := o.sizes("output_shape"); len(shape) == 1 && graph.KnownSizes(shape[0]) {
		out = shape[0]
	} else if shape != nil {
		return value{}, errUnsupported
	}
	weights := []tensor.Shape{tensor.Of(q[1].N, n, h.size), tensor.Of(k[1].N, n, h.size),
		tensor.Of(v[1].N, n, h.valueSize), tensor.Of(n, h.valueSize, out)}
	if h.bias {
		weights = append(weights, tensor.Of(n, h.size), tensor.Of(n, h.size), tensor.Of(n, h.valueSize), tensor.Of(out))
	}
	return c.opaque(weights, nil, tensor.Shape{q[0], {N: out}})
}

// readDotAttention reads attention without projections (keras.layers.Attention and
// AdditiveAttention): query and value, and the key where it is another. Of no kind
// here; it may learn a scale.
func readDotAttention(c *call) (value, error) {
	all := c.in.all()
	if len(all) < 2 {
		return value{}, errUnsupported
	}
	q, v := c.sizes(all[0]), c.sizes(all[1])
	if len(q) < 2 || len(v) != len(q) {
		return value{}, errUnsupported
	}
	weights := []tensor.Shape{}
	additive := c.config.class.name == "AdditiveAttention"
	if c.options().flagOr(additive, "use_scale") {
		scale := tensor.Shape{}
		if additive {
			scale = tensor.Of(q[len(q)-1].N)
		}
		weights = append(weights, scale)
	}
	if c.options().text("score_mode") == "concat" {
		weights = append(weights, tensor.Shape{})
	}
	return c.opaque(weights, nil, append(slices.Clone(q[:len(q)-1]), v[len(v)-1]))
}
