package onnx

import (
	"math"
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// A convolution is an operator of that family: where its inputs are, and its
// attributes.
type convolution struct {
	kernel, bias *constant
	hasBias      bool
	filters      int64
	channels     int64 // of what enters
	groups       int64
	up           bool // transposed
}

// convolutionOf decodes a node; false if its kernel is not stored.
func convolutionOf(c conversion) (v convolution, ok bool) {
	kernel, bias := 1, 2
	switch c.Op {
	case "QLinearConv":
		kernel, bias = 3, 8
	case "ConvInteger":
		bias = math.MaxInt
	}
	v = convolution{kernel: c.constant(kernel), bias: c.constant(bias), hasBias: c.Has(bias),
		groups: c.Int("group", 1), up: c.Op == "ConvTranspose"}
	if v.kernel == nil || len(v.kernel.dims) < 3 {
		return v, false
	}
	out, in := v.kernel.dims[0], v.kernel.dims[1]
	if v.groups >= 1 && v.groups <= math.MaxInt32 && in <= math.MaxInt32 {
		in *= v.groups
	} else if in = 0; v.up {
		return v, false
	}
	v.filters, v.channels = out, in
	if v.up {
		v.filters, v.channels = in, out
	}
	return v, true
}

// write writes the convolution into a layer's fields, without its padding.
func (v *convolution) write(l *layer.Conv, w *window, biased bool) {
	l.Filters, l.Groups.N, l.Bias = layer.WidthOf(v.filters), v.groups, layer.Switch(biased)
	w.slide(&l.Slide)
}

func conv(c conversion) bool {
	x := c.live(0)
	v, ok := convolutionOf(c)
	if x == nil || !ok || v.hasBias && v.bias == nil {
		return false
	}
	dims := v.kernel.dims[2:]
	if x.sample == nil && v.channels > 0 {
		c.learn(x, tensor.Of(append([]int64{v.channels}, slices.Repeat([]int64{tensor.Unknown}, len(dims))...)...))
	}
	w, ok := windowOf(c.node, x, dims)
	if !ok {
		return false
	}
	weights := []*constant{v.kernel}
	out := c.Out[0]
	if v.hasBias {
		weights = append(weights, v.bias)
	} else if add, k := biasBehind(c, v.filters, 1, len(dims)); add != nil {
		weights, out = append(weights, k), c.absorb(add)
	}
	biased := len(weights) > 1
	if v.up {
		return grow(c, x, &v, &w, weights) && c.instead(out)
	}
	pad := w.before
	if !w.even() {
		pad = make([]int64, len(dims))
		if x = c.emit(draft{layer: padding(w.before, w.after), in: []*value{x}, tail: ".pad"}); x == nil {
			return false
		}
	}
	l := layerOf(layer.ConvKind, func(l *layer.Conv) {
		v.write(l, &w, biased)
		l.Padding = layer.PaddingOf(pad...)
	})
	return c.result(draft{layer: l, in: []*value{x}, weights: weights}) && c.instead(out)
}

// grow is the transposed convolution: output_shape, or padding that differs on
// both sides, are written as padding and output padding where these can express
// it.
func grow(c conversion, x *value, v *convolution, w *window, weights []*constant) bool {
	dims := len(w.kernel)
	extra := c.Ints("output_padding")
	if extra == nil {
		extra = make([]int64, dims)
	}
	to := c.Ints("output_shape")
	if len(to) == dims+2 {
		to = to[2:]
	}
	auto := c.Str("auto_pad", "NOTSET")
	if len(extra) != dims || to != nil && len(to) != dims {
		return false
	}
	pad, more := make([]int64, dims), slices.Clone(extra)
	before, after := make([]int64, dims), make([]int64, dims) // to be cut off
	for i := range dims {
		total := w.before[i] + w.after[i]
		if to != nil || auto == "SAME_UPPER" || auto == "SAME_LOWER" {
			if x.sample == nil || !x.sample[i+1].Known() {
				return false
			}
			in := x.sample[i+1].N
			want := in * w.stride[i]
			if to != nil {
				want = to[i]
			}
			// total_padding of the operator's documentation
			total = w.stride[i]*(in-1) + extra[i] + w.reach(i) - want
		}
		// out = … − 2·pad + more: an odd cell is added back, or cut off at the end.
		pad[i] = (total + 1) / 2
		switch {
		case total < 0:
			pad[i], more[i] = 0, more[i]-total
		case total%2 == 1:
			more[i]++
		}
		if most := max(w.stride[i], w.dilation[i]) - 1; more[i] > most {
			if total < 0 {
				return false
			}
			pad[i], more[i] = 0, extra[i]
			before[i], after[i] = total/2, total-total/2
		}
	}
	d := draft{in: []*value{x}, weights: weights, layer: layerOf(layer.ConvTransposeKind, func(l *layer.ConvTranspose) {
		v.write(&l.Conv, w, len(weights) > 1)
		l.Padding = layer.PaddingOf(pad...)
		l.OutPad = layer.SizeOf(more...)
	})}
	if slices.Max(after) == 0 {
		return c.result(d)
	}
	y := c.emit(d)
	return y != nil && c.result(draft{in: []*value{y}, tail: ".crop",
		layer: layerOf(layer.CropKind, func(l *layer.Crop) { l.Sides = sidesOf(before, after) })})
}

// biasBehind finds the addition of one stored number per channel that is the only
// user of the node's output. Channels are the extent at, with behind extents after
// it.
func biasBehind(c conversion, channels int64, at, behind int) (*node, *constant) {
	add := c.only(c.Out[0])
	if add == nil || add.Op != "Add" || add.Domain != "" || len(add.In) != 2 || len(add.Out) != 1 {
		return nil, nil
	}
	i := 0
	if add.In[0] == c.Out[0] {
		i = 1
	}
	k := conversion{c.lowering, add}.constant(i)
	if k == nil || !k.float || !k.whole || len(k.roots) == 0 || c.owners[k.roots[0]] != "" || c.allComputed(k) {
		return nil, nil
	}
	if len(k.dims) < behind+1 || len(k.dims) > at+1+behind {
		return nil, nil
	}
	for j, d := range k.dims {
		if want := j == len(k.dims)-1-behind; want && d != channels || !want && d != 1 {
			return nil, nil
		}
	}
	return add, k
}

// deform's offsets, and the weights for them, are outputs of other layers.
func deform(c conversion) bool {
	x, offset := c.live(0), c.live(2)
	k, b := c.constant(1), c.constant(3)
	if x == nil || k == nil || offset == nil || len(k.dims) != 4 || c.Has(3) && b == nil {
		return false
	}
	w, ok := windowOf(c.node, x, k.dims[2:])
	if !ok || !slices.Equal(w.before, w.after) {
		return false
	}
	v := convolution{filters: k.dims[0], groups: c.Int("group", 1)}
	d := draft{in: []*value{x, offset}, weights: []*constant{k}}
	d.layer = layerOf(layer.DeformConvKind, func(l *layer.DeformConv) {
		v.write(&l.Conv, &w, b != nil)
		l.Padding = layer.PaddingOf(w.before...)
	})
	if b != nil {
		d.weights = append(d.weights, b)
	}
	if c.Has(4) {
		mask := c.live(4)
		if mask == nil {
			return false
		}
		d.in = append(d.in, mask)
	}
	return c.result(d)
}
