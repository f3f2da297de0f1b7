package keras

import (
	"encoding/json"
	"slices"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/vocab"
)

// joined brings values into one order: that of the largest, so that little is moved.
// stretch adds the extents that the smaller ones lack.
func joined(c *call, all []value, stretch bool) ([]value, order, error) {
	if len(all) == 0 {
		return nil, nil, errUnsupported
	}
	o := all[0].order
	for _, v := range all {
		if len(v.order) > len(o) {
			o = v.order
		}
	}
	all = slices.Clone(all)
	for i, v := range all {
		var err error
		if stretch && len(v.order) > 0 && len(v.order) < len(o) {
			all[i], err = stretched(c, v, o)
		} else {
			all[i], err = c.arranged(v, o)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return all, o, nil
}

// join joins values element by element.
func (c *call) join(kind *layer.Kind, all []value) (value, error) {
	if len(all) == 1 {
		return emit(c, layer.IdentityKind, all, all[0].order, nil)
	}
	all, o, err := joined(c, all, true)
	if err != nil {
		return value{}, err
	}
	return c.add(kind.New(), all, o)
}

// concat joins values side by side along an axis.
func (c *call) concat(all []value, axis string) (value, error) {
	if len(all) == 1 {
		return emit(c, layer.IdentityKind, all, all[0].order, nil)
	}
	all, o, err := joined(c, all, false)
	if err != nil {
		return value{}, err
	}
	dim := int64(1)
	if o != nil {
		var ok bool
		if dim, ok = c.dim(value{order: o}, c.options().whole(-1, axis)); !ok {
			return value{}, errUnsupported
		}
	}
	return emit(c, layer.ConcatKind, all, o, func(j *layer.Concat) { j.Dim.N = dim })
}

// stretched adds the extents that a value lacks, 1 each, in front: Keras joins
// tensors of different ranks so (keras/src/layers/merging/base_merge.py).
func stretched(c *call, v value, o order) (value, error) {
	sizes := c.sizes(v)
	if sizes == nil {
		return v, errUnsupported
	}
	whole := append(slices.Repeat([]int64{1}, len(o)-len(sizes)), numbersOf(sizes)...)
	return addReshape(c, v, o, o.ours(whole))
}

// readMerge reads the join of Keras 1, in a Sequential with a network for each input.
func readMerge(c *call) (value, error) {
	all := c.in.all()
	if raw := c.options().inner["layers"]; len(all) == 0 && raw != nil {
		var err error
		if all, err = branchesOf(c, raw); err != nil {
			return value{}, err
		}
	}
	kinds := map[string]*layer.Kind{"sum": layer.AddKind.Kind(), "mul": layer.MulKind.Kind(),
		"ave": layer.AverageKind.Kind(), "max": layer.MaximumKind.Kind()}
	mode := c.options().text("mode")
	switch {
	case len(all) == 0:
	case mode == "concat":
		return c.concat(all, "concat_axis")
	case kinds[mode] != nil:
		return c.join(kinds[mode], all)
	}
	return value{}, errUnsupported
}

// branchesOf runs the networks that a merge of Keras 1 joins.
func branchesOf(c *call, raw json.RawMessage) ([]value, error) {
	var layers []serialized
	if json.Unmarshal(raw, &layers) != nil {
		return nil, errUnsupported
	}
	p := parser{store: c.store, layers: c.journal.layers}
	var all []value
	for i := range layers {
		l, err := p.layer(&layers[i], c.config.path, c.config.stored, map[string]int{}, strings.Count(c.config.path, "/"))
		if err != nil {
			return nil, err
		}
		if l.model == nil {
			return nil, errUnsupported
		}
		l.model.frozen = l.model.frozen || c.scope.frozen
		out, err := c.run(l.model, nil, scope{frozen: c.scope.frozen, deep: c.scope.deep})
		if err != nil {
			return nil, err
		}
		all = append(all, out[0])
	}
	return all, nil
}

// readDot multiplies two values along an axis of each (keras.layers.Dot). Two
// sequences become a matrix product, others an opaque layer of known shape.
func readDot(c *call) (value, error) {
	all := c.in.all()
	axes := c.options().axes("axes")
	if len(axes) == 1 {
		axes = append(axes, axes[0])
	}
	if len(all) != 2 || len(axes) != 2 || all[0].order == nil || all[1].order == nil {
		return value{}, errUnsupported
	}
	a, ok := c.axis(all[0], axes[0])
	b, fine := c.axis(all[1], axes[1])
	if !ok || !fine {
		return value{}, errUnsupported
	}
	if len(all[0].order) == 2 && len(all[1].order) == 2 {
		x, err := c.arranged(all[0], order{1 - a, a})
		if err != nil {
			return x, err
		}
		y, err := c.arranged(all[1], asIs(2))
		if err != nil {
			return y, err
		}
		return emit(c, layer.MatMulKind, []value{x, y}, asIs(2), func(m *layer.MatMul) { m.Transpose = b == 1 })
	}
	x, y := c.sizes(all[0]), c.sizes(all[1])
	if x == nil || y == nil {
		return value{}, errUnsupported
	}
	out := append(slices.Delete(slices.Clone(x), a, a+1), slices.Delete(slices.Clone(y), b, b+1)...)
	if len(out) == 0 {
		out = tensor.Of(1)
	}
	return c.opaque([]tensor.Shape{}, nil, out)
}

// sameShape are operations whose output has the shape of their input, with a
// constant or alone.
var sameShape = []string{"add", "addv2", "subtract", "multiply", "truediv", "divide", "sub", "mul", "cast", "abs",
	"square", "sqrt", "rsqrt", "negative",
	"pow", "power", "clip", "clip_by_value", "notequal", "not_equal", "preprocess_input", "rescale", "log", "sign",
	"neg", "dropout", "stop_gradient", "stopgradient"}

// joinedBy returns the kind of an operation that joins values.
func joinedBy(name string) *layer.Kind {
	switch name {
	case "add":
		return layer.AddKind.Kind()
	case "subtract", "sub":
		return layer.SubKind.Kind()
	case "multiply", "mul":
		return layer.MulKind.Kind()
	case "maximum":
		return layer.MaximumKind.Kind()
	case "minimum":
		return layer.MinimumKind.Kind()
	default:
		return nil
	}
}

// product multiplies matrices, the second as it is or with its last two axes changed.
func (c *call) product(all []value, out tensor.Shape) (value, error) {
	in := make([]value, 2)
	for i, v := range all {
		var err error
		if in[i], err = c.arranged(v, asIs(len(v.order))); err != nil {
			return v, err
		}
	}
	l, err := layer.MatMulKind.With(func(m *layer.MatMul) {
		m.Transpose = layer.Switch(c.options().flagOr(false, "transpose"))
	})
	if got := c.Apply(l, []string{in[0].node, in[1].node}); err != nil || c.options().flagOr(false, "turned") || !got.Equal(out) {
		return value{}, errUnsupported
	}
	return c.add(l, in, asIs(len(out)))
}

// readOperation reads an operation among the layers of a functional model: of
// keras.ops, or a TensorFlow function. It has no weights.
func readOperation(c *call) (value, error) {
	name := strings.ToLower(strings.TrimPrefix(c.config.class.name, operation))
	if c.config.class.name == "TFOpLambda" {
		f := c.options().text("function")
		name = strings.Trim(f[strings.LastIndex(f, ".")+1:], "_")
	}
	all := c.in.all()
	if kind := joinedBy(name); kind != nil && len(all) > 1 {
		return c.join(kind, all)
	}
	if vocab.KerasFunction(name) != nil && len(all) == 1 {
		return c.function(all[0], name)
	}
	out := c.inferred()
	if name == "matmul" && len(all) == 2 && out != nil {
		if v, err := c.product(all, out); err == nil {
			return v, nil
		}
	}
	if len(all) == 1 && slices.Contains(sameShape, name) && (out == nil || out.Equal(c.sizes(all[0]))) {
		c.added.note = name
		return emit(c, layer.IdentityKind, all, all[0].order, nil)
	}
	return c.opaque([]tensor.Shape{}, nil, out)
}
