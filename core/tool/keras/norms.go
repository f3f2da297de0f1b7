package keras

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// ordered brings a value into an order with one axis first.
func (c *kerasCall) ordered(v kerasValue, axis int64) (kerasValue, error) {
	if v.order == nil {
		return v, nil
	}
	at, ok := c.axis(v, axis)
	if !ok {
		return v, errNoKind
	}
	if v.order[0] == at {
		return v, nil
	}
	return c.kerasNet.in(v, ahead(len(v.order), at, 0))
}

// axes returns the axis option: one, or several.
func (c *kerasCall) axes(other int64) []int64 {
	raw := c.o.get("axis")
	if raw == nil {
		return []int64{other}
	}
	if n, ok := wholeOf(raw); ok {
		return []int64{n}
	}
	var list []int64
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	return list
}

// batchNorm keeps Keras' momentum as PyTorch's, which is 1 less it.
func (c *kerasCall) batchNorm() (kerasValue, error) {
	in, err := c.one()
	axes := c.axes(-1)
	if err != nil || len(axes) != 1 || c.o.yes(false, "renorm") {
		return in, errNoKind
	}
	if in, err = c.ordered(in, axes[0]); err != nil {
		return in, err
	}
	momentum := "0.01"
	if x, err := strconv.ParseFloat(c.bounded(0, 1, "momentum"), 64); err == nil {
		momentum = strconv.FormatFloat(1-x, 'g', 12, 64)
	}
	return c.put("bn", []kerasValue{in}, in.order, "scale", graph.OnOff(c.o.yes(true, "scale")), "bias", graph.OnOff(c.o.yes(true, "center")),
		"eps", c.epsilon(), "momentum", momentum)
}

// epsilon is 0.001 by default.
func (c *kerasCall) epsilon() string { return cmp.Or(c.bounded(0, 1e9, "epsilon"), "0.001") }

// layerNorm normalises over one axis, or over the last ones.
func (c *kerasCall) layerNorm() (kerasValue, error) {
	in, err := c.one()
	axes := c.axes(-1)
	if err != nil || in.order == nil || len(axes) == 0 {
		return in, errNoKind
	}
	kind, pairs := "layernorm", []string{"eps", c.epsilon()}
	if c.l.class == "RMSNormalization" {
		kind = "rmsnorm"
	} else {
		pairs = append(pairs, "scale", graph.OnOff(c.o.yes(true, "scale")), "bias", graph.OnOff(c.o.yes(true, "center")))
	}
	at := make([]int, len(axes))
	for i, axis := range axes {
		var ok bool
		if at[i], ok = c.axis(in, axis); !ok {
			return in, errNoKind
		}
	}
	rank := len(in.order)
	switch {
	case len(at) == 1 && in.order[rank-1] == at[0]:
	case len(at) == 1 && in.order[0] == at[0]:
		pairs = append(pairs, "over", "channels")
	case len(at) == 1:
		if in, err = c.kerasNet.in(in, ahead(rank, at[0], 0)); err != nil {
			return in, err
		}
		pairs = append(pairs, "over", "channels")
	default:
		slices.Sort(at)
		sizes := c.sizes(in)
		if at[0] != rank-len(at) || at[len(at)-1] != rank-1 || sizes == nil || kind == "rmsnorm" {
			return in, errNoKind
		}
		if in, err = c.kerasNet.in(in, asWritten(rank)); err != nil {
			return in, err
		}
		pairs = append(pairs, "normalized", shapeOfSizes(numbersOf(sizes[at[0]:])))
	}
	return c.put(kind, []kerasValue{in}, in.order, pairs...)
}

// groupNorm normalises groups of channels; −1 of them, and tensorflow-addons'
// instance norm, take each channel by itself.
func (c *kerasCall) groupNorm() (kerasValue, error) {
	in, err := c.one()
	axes := c.axes(-1)
	if err != nil || len(axes) != 1 {
		return in, errNoKind
	}
	if in, err = c.ordered(in, axes[0]); err != nil {
		return in, err
	}
	groups := c.o.whole(32, "groups")
	if groups == -1 || c.l.class == "InstanceNormalization" {
		if groups = c.Builder.Dim(in.node, 0); groups < 1 {
			return in, errNoKind
		}
	}
	return c.put("groupnorm", []kerasValue{in}, in.order, "groups", strconv.FormatInt(groups, 10), "eps", c.epsilon(),
		"scale", graph.OnOff(c.o.yes(true, "scale")), "bias", graph.OnOff(c.o.yes(true, "center")))
}

// normalization takes the mean of the training data away and divides by its
// deviation: both, and a counter, are kept and not learned
// (keras/src/layers/preprocessing/normalization.py). With both as options there
// is nothing to keep, and no kind for it here.
func (c *kerasCall) normalization() (kerasValue, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	if c.o.get("mean") != nil {
		return c.alike(in)
	}
	shape := slices.Repeat([]int64{1}, max(len(in.order), 1))
	axes := c.axes(-1)
	if raw, told := c.o["axis"]; told && string(raw) == "null" {
		axes = nil // one mean and one deviation for all
	}
	for _, axis := range axes {
		at, ok := c.axis(in, axis)
		if !ok || c.Builder.Dim(in.node, slices.Index(in.order, at)) < 1 {
			return in, errNoKind
		}
		i := slices.Index(in.order, at)
		shape[i] = c.Builder.Dim(in.node, i)
	}
	at := in
	for _, join := range []string{"sub", "mul", "side"} {
		if join == "side" {
			shape = []int64{1}
		}
		kept, err := c.put("buffer", nil, nil, "shape", graph.Crossed(shape...))
		if err != nil {
			return in, err
		}
		if at, err = c.put(join, []kerasValue{at, kept}, in.order); err != nil {
			return in, err
		}
	}
	return at, nil
}

// rescaling multiplies by a constant; with an offset to add, or with a factor for
// each channel, there is no kind for it here.
func (c *kerasCall) rescaling() (kerasValue, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	factor := c.bounded(-1e300, 1e300, "scale")
	if offset := c.o.get("offset"); factor == "" || offset != nil && c.bounded(0, 0, "offset") == "" {
		return c.alike(in)
	}
	return c.put("scale", []kerasValue{in}, in.order, "factor", factor)
}

// alike adds an opaque layer without weights that gives values like those it takes.
func (c *kerasCall) alike(in kerasValue) (kerasValue, error) {
	c.opaque = append(c.opaque, c.l.path+" ("+c.l.class+")")
	l := graph.Opaque(c.l.class, []tensor.Shape{}, nil, c.Shapes[in.node])
	l.(*layer.Opaque).MACs.N = 0
	return c.set(l, []kerasValue{in}, in.order)
}
