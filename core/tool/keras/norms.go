package keras

import (
	"slices"
	"strconv"

	"paramstack/core/layer"
)

// channelsAhead brings a value into an order with one axis first.
func channelsAhead(c *call, v value, axis int64) (value, error) {
	if v.order == nil {
		return v, nil
	}
	at, ok := c.axis(v, axis)
	if !ok {
		return v, errUnsupported
	}
	if v.order[0] == at {
		return v, nil
	}
	return c.arranged(v, ahead(len(v.order), at, 0))
}

// A norm is what a normalisation learns and adds.
type norm struct {
	affine  layer.Affine
	epsilon float64
}

func (o *options) norm() norm {
	epsilon, _ := o.real(0, 1e9, "epsilon")
	return norm{layer.Affine{On: true, Scale: layer.Switch(o.flag("scale")), Bias: layer.Switch(o.flag("center"))}, epsilon}
}

// readBatchNorm keeps Keras' momentum as PyTorch's, which is 1 less it.
func readBatchNorm(c *call) (value, error) {
	in, err := c.one()
	axes := c.options().axes("axis")
	if err != nil || len(axes) != 1 || c.options().flag("renorm") {
		return in, errUnsupported
	}
	if in, err = channelsAhead(c, in, axes[0]); err != nil {
		return in, err
	}
	n := c.options().norm()
	momentum, _ := c.options().real(0, 1, "momentum")
	return emit(c, layer.BatchNormKind, []value{in}, in.order, func(b *layer.BatchNorm) {
		b.Affine.Scale, b.Affine.Bias, b.Eps.V, b.Momentum.V = n.affine.Scale, n.affine.Bias, n.epsilon, complement(momentum)
	})
}

// complement is 1 less a number, without the digits that binary adds: 1 − 0.99 is
// 0.01.
func complement(x float64) float64 {
	rest, err := strconv.ParseFloat(strconv.FormatFloat(1-x, 'g', 12, 64), 64)
	if err != nil {
		return 1 - x
	}
	return rest
}

// readLayerNorm normalises over one axis, or over the last ones.
func readLayerNorm(c *call) (value, error) {
	in, err := c.one()
	axes := c.options().axes("axis")
	if err != nil || in.order == nil || len(axes) == 0 {
		return in, errUnsupported
	}
	kind, n := layer.LayerNormKind, c.options().norm()
	rms := c.options().row.Kind == layer.RMSNormKind.Kind()
	if rms {
		kind = layer.RMSNormKind
	}
	at := make([]int, len(axes))
	for i, axis := range axes {
		var ok bool
		if at[i], ok = c.axis(in, axis); !ok {
			return in, errUnsupported
		}
	}
	over, shape, rank := "", []int64(nil), len(in.order)
	switch {
	case len(at) == 1 && in.order[rank-1] == at[0]:
	case len(at) == 1:
		over = "channels"
		if in.order[0] != at[0] {
			in, err = c.arranged(in, ahead(rank, at[0], 0))
		}
	default:
		slices.Sort(at)
		sizes := c.sizes(in)
		if at[0] != rank-len(at) || at[len(at)-1] != rank-1 || sizes == nil || rms {
			return in, errUnsupported
		}
		shape = numbersOf(sizes[at[0]:])
		in, err = c.arranged(in, asIs(rank))
	}
	if err != nil {
		return in, err
	}
	return emit(c, kind, []value{in}, in.order, func(l *layer.LayerNorm) {
		l.Eps.V, l.Over.Word, l.Shape = n.epsilon, over, layer.ExtentsOf(shape...)
		if !rms {
			l.Affine.Scale, l.Affine.Bias = n.affine.Scale, n.affine.Bias
		}
	})
}

// readGroupNorm normalises groups of channels; −1 of them, and tensorflow-addons'
// instance norm, normalise each channel separately.
func readGroupNorm(c *call) (value, error) {
	in, err := c.one()
	axes := c.options().axes("axis")
	if err != nil || len(axes) != 1 {
		return in, errUnsupported
	}
	if in, err = channelsAhead(c, in, axes[0]); err != nil {
		return in, err
	}
	groups := c.options().whole(-1, "groups")
	if groups == -1 || c.config.class.name == "InstanceNormalization" {
		if groups = c.Builder.Dim(in.node, 0); groups < 1 {
			return in, errUnsupported
		}
	}
	n := c.options().norm()
	return emit(c, layer.GroupNormKind, []value{in}, in.order, func(g *layer.GroupedNorm) {
		g.Groups.N, g.Eps.V, g.Affine.Scale, g.Affine.Bias = groups, n.epsilon, n.affine.Scale, n.affine.Bias
	})
}

// readNormalization reads a layer that subtracts the mean of the training data and
// divides by its deviation: both, and a counter, are kept and not learned
// (keras/src/layers/preprocessing/normalization.py). With both as options there is
// nothing to keep, and no kind for it here.
func readNormalization(c *call) (value, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	o := c.options()
	if o.given("mean") {
		return c.passed(in)
	}
	shape := slices.Repeat([]int64{1}, max(len(in.order), 1))
	axes := []int64{-1}
	if v, stated := o.values["axis"]; stated { // None: one mean and one deviation for all
		axes = signed(v)
	}
	for _, axis := range axes {
		at, ok := c.axis(in, axis)
		if !ok || c.Builder.Dim(in.node, in.order.at(at)) < 1 {
			return in, errUnsupported
		}
		shape[in.order.at(at)] = c.Builder.Dim(in.node, in.order.at(at))
	}
	keep := func(shape ...int64) (value, error) {
		return emit(c, layer.BufferKind, nil, nil, func(p *layer.Param) { p.Shape = layer.ExtentsOf(shape...) })
	}
	at := in
	for _, join := range []layer.Typed[*layer.Elementwise]{layer.SubKind, layer.MulKind} {
		kept, err := keep(shape...)
		if err != nil {
			return in, err
		}
		if at, err = emit(c, join, []value{at, kept}, in.order, nil); err != nil {
			return in, err
		}
	}
	counter, err := keep(1)
	if err != nil {
		return in, err
	}
	return emit(c, layer.SideKind, []value{at, counter}, in.order, nil)
}

// readRescaling multiplies by a constant; with an offset to add, or with a factor for
// each channel, there is no kind for it here.
func readRescaling(c *call) (value, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	if _, plain := c.options().real(-1e300, 1e300, "scale"); !plain {
		return c.passed(in)
	}
	if offset, _ := c.options().real(-1e300, 1e300, "offset"); offset != 0 || c.options().given("offset") &&
		!isNumber(c.options().get("offset")) {
		return c.passed(in)
	}
	return c.byRow([]value{in}, in.order)
}

func isNumber(v any) bool {
	switch v.(type) {
	case int64, float64:
		return true
	}
	return false
}
