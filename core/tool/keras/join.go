package keras

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// join joins values: side by side along an axis, or element by element.
func (c *kerasCall) join(kind string, all []kerasValue, axis string) (kerasValue, error) {
	if len(all) == 0 {
		return kerasValue{}, errNoKind
	}
	if len(all) == 1 {
		return c.put("identity", all, all[0].order)
	}
	first := all[0]
	for _, v := range all { // the order of the largest, so that little is moved
		if len(v.order) > len(first.order) {
			first = v
		}
	}
	all = slices.Clone(all)
	for i, v := range all {
		var err error
		if len(v.order) > 0 && len(v.order) < len(first.order) && kind != "concat" {
			v, err = c.stretch(v, first.order)
		} else {
			v, err = c.kerasNet.in(v, first.order)
		}
		if err != nil {
			return v, err
		}
		all[i] = v
	}
	if kind != "concat" {
		return c.put(kind, all, first.order)
	}
	dim := ""
	if first.order != nil {
		if dim = c.dim(first, c.o.whole(-1, axis)); dim == "" {
			return first, errNoKind
		}
		if dim == "1" {
			dim = ""
		}
	}
	return c.put("concat", all, first.order, "dim", dim)
}

// stretch gives a value the extents it lacks, 1 each, in front: Keras joins
// tensors of different ranks so (_expand... in keras/src/layers/merging/base_merge.py).
func (c *kerasCall) stretch(v kerasValue, order []int) (kerasValue, error) {
	sizes := c.sizes(v)
	if sizes == nil {
		return v, errNoKind
	}
	whole := append(slices.Repeat([]int64{1}, len(order)-len(sizes)), numbersOf(sizes)...)
	ours := make([]int64, len(order))
	for i, axis := range order {
		ours[i] = whole[axis]
	}
	return c.put("reshape", []kerasValue{v}, order, "sizes", shapeOfSizes(ours))
}

// merge is the join of Keras 1, in a Sequential with a network for each input.
func (c *kerasCall) merge() (kerasValue, error) {
	all := c.all()
	var layers []kerasJSON
	if raw := c.o.get("layers"); len(all) == 0 && raw != nil {
		if json.Unmarshal(raw, &layers) != nil {
			return kerasValue{}, errNoKind
		}
		p := kerasParse{store: c.store, layers: c.done}
		m := &kerasModel{index: map[string]int{}, next: map[string][]*kerasLayer{}, told: map[kerasKey][]int64{}}
		for i := range layers {
			l, err := p.layer(&layers[i], c.l.path, c.l.stored, map[string]int{}, strings.Count(c.l.path, "/"))
			if err != nil {
				return kerasValue{}, err
			}
			if l.model == nil {
				return kerasValue{}, errNoKind
			}
			l.model.frozen = l.model.frozen || c.around.frozen
			m.layers = append(m.layers, l)
			out, err := c.run(l.model, nil, kerasAround{frozen: c.around.frozen, deep: c.around.deep})
			if err != nil {
				return kerasValue{}, err
			}
			all = append(all, out[0])
		}
	}
	kind := map[string]string{"sum": "add", "mul": "mul", "concat": "concat", "ave": "average", "max": "max"}[c.o.text("mode")]
	if kind == "" {
		return kerasValue{}, errNoKind
	}
	return c.join(kind, all, "concat_axis")
}

// dot multiplies two values along an axis of each (keras.layers.Dot). Two
// sequences become a matrix product, others an opaque layer of known shape.
func (c *kerasCall) dot() (kerasValue, error) {
	all := c.all()
	axes := c.o.numbers("axes")
	if len(axes) == 1 {
		axes = append(axes, axes[0])
	}
	if len(all) != 2 || len(axes) != 2 || all[0].order == nil || all[1].order == nil {
		return kerasValue{}, errNoKind
	}
	var raw []int64
	_ = json.Unmarshal(c.o.get("axes"), &raw)
	if len(raw) == 2 {
		axes = raw // with negative ones
	} else {
		axes = []int64{c.o.whole(-1, "axes"), c.o.whole(-1, "axes")}
	}
	a, ok := c.axis(all[0], axes[0])
	b, fine := c.axis(all[1], axes[1])
	if !ok || !fine {
		return kerasValue{}, errNoKind
	}
	if len(all[0].order) == 2 && len(all[1].order) == 2 {
		x, err := c.kerasNet.in(all[0], []int{1 - a, a})
		if err != nil {
			return x, err
		}
		y, err := c.kerasNet.in(all[1], asWritten(2))
		if err != nil {
			return y, err
		}
		return c.put("matmul", []kerasValue{x, y}, asWritten(2), "transpose", graph.OnOff(b == 1))
	}
	x, y := c.sizes(all[0]), c.sizes(all[1])
	if x == nil || y == nil {
		return kerasValue{}, errNoKind
	}
	out := append(slices.Delete(slices.Clone(x), a, a+1), slices.Delete(slices.Clone(y), b, b+1)...)
	if len(out) == 0 {
		out = tensor.Of(1)
	}
	return c.strange([]tensor.Shape{}, nil, out)
}

// op is an operation among the layers of a functional model: of keras.ops, or a
// TensorFlow function. It has no weights.
func (c *kerasCall) op() (kerasValue, error) {
	name := strings.ToLower(strings.TrimPrefix(c.l.class, "ops."))
	if c.l.class == "TFOpLambda" {
		f := c.o.text("function")
		name = strings.Trim(f[strings.LastIndex(f, ".")+1:], "_")
	}
	all := c.all()
	if kind, ok := map[string]string{"add": "add", "subtract": "sub", "multiply": "mul", "maximum": "max", "minimum": "min", "sub": "sub", "mul": "mul"}[name]; ok && len(all) > 1 {
		return c.join(kind, all, "axis")
	}
	if _, ok := kerasFunctions[name]; ok && len(all) == 1 {
		return c.function(all[0], name)
	}
	same := []string{"add", "addv2", "subtract", "multiply", "truediv", "divide", "sub", "mul", "cast", "abs", "square", "sqrt", "rsqrt", "negative",
		"pow", "power", "clip", "clip_by_value", "notequal", "not_equal", "preprocess_input", "rescale", "log", "sign", "neg", "dropout", "stop_gradient", "stopgradient"}
	out := c.told()
	if len(all) == 1 && slices.Contains(same, name) && (out == nil || out.Equal(c.sizes(all[0]))) {
		c.note = name // with a constant, or alone
		return c.put("identity", all, all[0].order)
	}
	return c.strange([]tensor.Shape{}, nil, out)
}

// multiHead is attention with heads. Query and value, and the key where it is
// another than the value, come by place or by name.
func (c *kerasCall) multiHead() (kerasValue, error) {
	named := func(name string, place int) []kerasValue {
		if v := c.in.by[name]; len(v) > 0 {
			return v[:1]
		}
		if place < len(c.in.args) {
			return c.in.args[place : place+1]
		}
		return nil
	}
	query, value, key := named("query", 0), named("value", 1), named("key", 2)
	if len(query) == 0 || c.around.lead > 0 {
		return kerasValue{}, errNoKind
	}
	heads, size := c.o.written("num_heads", "num_query_heads"), c.o.whole(0, "key_dim", "head_dim")
	if len(query[0].order) != 2 || c.o.yes(false, "use_gate") ||
		c.o.get("attention_axes") != nil && !slices.Equal(c.o.numbers("attention_axes"), []int64{1}) {
		return kerasValue{}, errNoKind
	}
	if v := c.o.whole(size, "value_dim"); v != size || c.o.get("output_shape") != nil {
		return c.multiHeadOf(query, value, key, size, v)
	}
	in := query
	if len(value) > 0 && value[0].node != query[0].node || len(key) > 0 && key[0].node != query[0].node {
		if len(key) == 0 {
			key = value
		}
		in = append(slices.Clone(query), key[0])
		if len(value) > 0 && value[0].node != key[0].node {
			in = append(in, value[0])
		}
	}
	for i := range in {
		var err error
		if in[i], err = c.kerasNet.in(in[i], asWritten(2)); err != nil {
			return in[i], err
		}
	}
	return c.put("attention", in, asWritten(2), "heads", heads, "head_dim", strconv.FormatInt(size, 10),
		"kv_heads", c.o.written("num_key_value_heads"), "bias", graph.OnOff(c.o.yes(true, "use_bias")))
}

// multiHeadOf is an attention whose values have another size than its keys, or
// whose output has: of no kind here, but with weights that follow from its options
// (_build_from_signature in keras/src/layers/attention/multi_head_attention.py).
func (c *kerasCall) multiHeadOf(query, value, key []kerasValue, size, valueSize int64) (kerasValue, error) {
	if len(value) == 0 {
		value = query
	}
	if len(key) == 0 {
		key = value
	}
	h := c.o.whole(0, "num_heads")
	q, k, v := c.sizes(query[0]), c.sizes(key[0]), c.sizes(value[0])
	if len(q) != 2 || len(k) != 2 || len(v) != 2 || !graph.KnownSizes(h, size, valueSize, q[1].N, k[1].N, v[1].N) {
		return kerasValue{}, errNoKind
	}
	out := q[1].N
	if n := c.o.numbers("output_shape"); len(n) == 1 && graph.KnownSizes(n[0]) {
		out = n[0]
	} else if n != nil {
		return kerasValue{}, errNoKind
	}
	weights := []tensor.Shape{tensor.Of(q[1].N, h, size), tensor.Of(k[1].N, h, size), tensor.Of(v[1].N, h, valueSize), tensor.Of(h, valueSize, out)}
	if c.o.yes(true, "use_bias") {
		weights = append(weights, tensor.Of(h, size), tensor.Of(h, size), tensor.Of(h, valueSize), tensor.Of(out))
	}
	if c.again {
		weights = []tensor.Shape{}
	}
	return c.strange(weights, nil, tensor.Shape{q[0], {N: out}})
}

// dotAttention is attention without projections (keras.layers.Attention and
// AdditiveAttention): query and value, and the key where it is another. Of no kind
// here; it may learn a scale.
func (c *kerasCall) dotAttention() (kerasValue, error) {
	all := c.all()
	if len(all) < 2 {
		return kerasValue{}, errNoKind
	}
	q, v := c.sizes(all[0]), c.sizes(all[1])
	if len(q) < 2 || len(v) != len(q) {
		return kerasValue{}, errNoKind
	}
	weights := []tensor.Shape{}
	additive := c.l.class == "AdditiveAttention"
	if c.o.yes(additive, "use_scale") {
		scale := tensor.Shape{}
		if additive {
			scale = tensor.Of(q[len(q)-1].N)
		}
		weights = append(weights, scale)
	}
	if c.o.text("score_mode") == "concat" {
		weights = append(weights, tensor.Shape{})
	}
	if c.again {
		weights = []tensor.Shape{}
	}
	return c.strange(weights, nil, append(slices.Clone(q[:len(q)-1]), v[len(v)-1]))
}
