package onnx

import (
	"math"
	"slices"
	"strconv"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/onnx/onnxpb"
)

// A sliding is how an operator's window moves: onnx/docs/Operators.md, Conv,
// MaxPool and their like.
type sliding struct {
	kernel, stride, dilation []int64
	before, after            []int64 // cells around the map
}

// slides reads the attributes of a window over a map of so many dimensions.
func (c *onnxNet) slides(n *onnxpb.Node, x *onnxValue, kernel []int64) (s sliding, ok bool) {
	dims := len(kernel)
	if dims < 1 || dims > layer.MaxSpatial || x.batch > 0 || x.sample != nil && len(x.sample) != dims+1 {
		return s, false
	}
	list := func(name string, or int64) []int64 {
		v := n.Ints(name)
		if v == nil {
			v = slices.Repeat([]int64{or}, dims)
		}
		ok = ok && len(v) == dims
		return v
	}
	ok = true
	s = sliding{kernel: kernel, stride: list("strides", 1), dilation: list("dilations", 1)}
	pads := n.Ints("pads")
	if pads == nil {
		pads = make([]int64, 2*dims)
	}
	if !ok || len(pads) != 2*dims {
		return s, false
	}
	for i := range dims {
		if kernel[i] < 1 || s.stride[i] < 1 || s.dilation[i] < 1 || kernel[i] > math.MaxInt32 || s.stride[i] > math.MaxInt32 || s.dilation[i] > math.MaxInt32 {
			return s, false
		}
	}
	s.before, s.after = slices.Clone(pads[:dims]), slices.Clone(pads[dims:])
	switch auto := n.Str("auto_pad", "NOTSET"); auto {
	case "VALID":
		s.before, s.after = make([]int64, dims), make([]int64, dims)
	case "SAME_UPPER", "SAME_LOWER":
		for i := range dims {
			in := int64(0) // with stride 1 it does not matter
			if s.stride[i] > 1 {
				if x.sample == nil || !x.sample[i+1].Known() {
					return s, false
				}
				in = x.sample[i+1].N
			}
			total := layer.SameCells(in, layer.Reach(kernel[i], s.dilation[i]), s.stride[i])
			s.before[i], s.after[i] = total/2, total-total/2
			if auto == "SAME_LOWER" {
				s.before[i], s.after[i] = s.after[i], s.before[i]
			}
		}
	}
	return s, true
}

// sidesText writes cells before and after each dimension as the stack text does.
func sidesText(before, after []int64) string {
	text := ""
	for i := range before {
		if i > 0 {
			text += "x"
		}
		text += strconv.FormatInt(before[i], 10)
		if after[i] != before[i] {
			text += "+" + strconv.FormatInt(after[i], 10)
		}
	}
	return text
}

// padded puts a layer that pads before one whose padding is not the same on both
// sides, and returns what is left to pad.
func (c *onnxNet) padded(n *onnxpb.Node, x *onnxValue, s sliding) (*onnxValue, []int64) {
	if slices.Equal(s.before, s.after) && !slices.ContainsFunc(s.before, func(p int64) bool { return p < 0 }) {
		return x, s.before
	}
	v := c.put(n, made{kind: "pad", pairs: []string{"sides", sidesText(s.before, s.after)}, in: []*onnxValue{x}, tail: ".pad"})
	return v, make([]int64, len(s.before))
}

func (c *onnxNet) conv(n *onnxpb.Node) bool {
	wAt, bAt := 1, 2
	if n.Op == "QLinearConv" {
		wAt, bAt = 3, 8
		for _, i := range []int{1, 2, 4, 5, 6, 7} {
			c.scaled(c.constIn(n, i))
		}
	}
	if n.Op == "ConvInteger" {
		bAt = 99
		c.scaled(c.constIn(n, 2))
		c.scaled(c.constIn(n, 3))
	}
	x, w := c.live(n, 0), c.constIn(n, wAt)
	if x == nil || w == nil || len(w.dims) < 3 {
		return false
	}
	groups := n.Int("group", 1)
	if x.sample == nil && groups >= 1 && groups <= math.MaxInt32 && w.dims[1] <= math.MaxInt32 {
		in := w.dims[1] * groups
		if n.Op == "ConvTranspose" {
			in = w.dims[0]
		}
		c.learn(x, in, len(w.dims)-2)
	}
	s, ok := c.slides(n, x, w.dims[2:])
	if !ok {
		return false
	}
	m := made{kind: "conv", weights: []*onnxConst{w}}
	filters := w.dims[0]
	if n.Op == "ConvTranspose" {
		m.kind = "convtranspose"
		if groups < 1 || w.dims[1] > math.MaxInt32 || groups > math.MaxInt32 {
			return false
		}
		filters = w.dims[1] * groups
	}
	m.pairs = []string{"filters", strconv.FormatInt(filters, 10), "kernel", joinInts(s.kernel), "stride", joinInts(s.stride),
		"dilation", joinInts(s.dilation), "groups", strconv.FormatInt(groups, 10)}
	out := n.Out[0]
	switch {
	case n.Has(bAt) && c.constIn(n, bAt) == nil:
		return false
	case n.Has(bAt):
		m.weights = append(m.weights, c.constIn(n, bAt))
	default:
		if add, k := c.biasBehind(n, filters, 1, len(s.kernel)); add != nil {
			m.weights = append(m.weights, k)
			out = c.drop(add)
		} else {
			m.pairs = append(m.pairs, "bias", "off")
		}
	}
	done := c.try(func() bool {
		if n.Op == "ConvTranspose" {
			return c.grow(n, m, x, s)
		}
		from, pad := c.padded(n, x, s)
		if from == nil {
			return false
		}
		m.pairs = append(m.pairs, "padding", joinInts(pad))
		m.in = []*onnxValue{from}
		return c.give(n, m)
	})
	return c.instead(n, out, done)
}

// grow is the transposed convolution: output_shape, or padding that differs on
// both sides, are written as padding and output padding where these can say it.
func (c *onnxNet) grow(n *onnxpb.Node, m made, x *onnxValue, s sliding) bool {
	dims := len(s.kernel)
	extra := n.Ints("output_padding")
	if extra == nil {
		extra = make([]int64, dims)
	}
	to := n.Ints("output_shape")
	if len(to) == dims+2 {
		to = to[2:]
	}
	auto := n.Str("auto_pad", "NOTSET")
	if len(extra) != dims || to != nil && len(to) != dims {
		return false
	}
	pad, more := make([]int64, dims), slices.Clone(extra)
	crop := [2][]int64{make([]int64, dims), make([]int64, dims)}
	for i := range dims {
		total := s.before[i] + s.after[i]
		if to != nil || auto == "SAME_UPPER" || auto == "SAME_LOWER" {
			if x.sample == nil || !x.sample[i+1].Known() {
				return false
			}
			in := x.sample[i+1].N
			want := in * s.stride[i]
			if to != nil {
				want = to[i]
			}
			// total_padding of the operator's documentation
			total = s.stride[i]*(in-1) + extra[i] + layer.Reach(s.kernel[i], s.dilation[i]) - want
		}
		// out = … − 2·pad + more: an odd cell is taken back, or cut off behind.
		pad[i] = (total + 1) / 2
		switch {
		case total < 0:
			pad[i], more[i] = 0, more[i]-total
		case total%2 == 1:
			more[i]++
		}
		if most := max(s.stride[i], s.dilation[i]) - 1; more[i] > most {
			if total < 0 {
				return false
			}
			pad[i], more[i] = 0, extra[i]
			crop[0][i], crop[1][i] = total/2, total-total/2
		}
	}
	m.pairs = append(m.pairs, "padding", joinInts(pad), "output_padding", joinInts(more))
	m.in = []*onnxValue{x}
	v := c.put(n, m)
	if v != nil && slices.Max(crop[1]) > 0 {
		v = c.put(n, made{kind: "crop", pairs: []string{"sides", sidesText(crop[0], crop[1])}, in: []*onnxValue{v}, tail: ".crop"})
	}
	c.set(n, 0, v)
	return v != nil
}

// biasBehind finds the addition of one stored number for each channel that alone
// uses what n gives. The channels are extent at of rank more behind it.
func (c *onnxNet) biasBehind(n *onnxpb.Node, channels int64, at, behind int) (*onnxpb.Node, *onnxConst) {
	add := c.only(n.Out[0])
	if add == nil || add.Op != "Add" || add.Domain != "" || len(add.In) != 2 || len(add.Out) != 1 {
		return nil, nil
	}
	i := 0
	if add.In[0] == n.Out[0] {
		i = 1
	}
	k := c.constIn(add, i)
	if k == nil || !k.float || !k.whole || len(k.roots) == 0 || k.roots[0].user != "" {
		return nil, nil
	}
	if len(k.dims) < behind+1 {
		return nil, nil
	}
	for j, d := range k.dims {
		if want := j == len(k.dims)-1-behind; want && d != channels || !want && d != 1 {
			return nil, nil
		}
	}
	if len(k.dims) > at+1+behind {
		return nil, nil
	}
	return add, k
}

// drop marks a node as part of the layer before it, and returns its output.
func (c *onnxNet) drop(n *onnxpb.Node) string {
	c.skip[n] = true
	return n.Out[0]
}

// instead gives a node's value the name of the node that became part of it; where
// that did not work the node stands for itself again.
func (c *onnxNet) instead(n *onnxpb.Node, out string, done bool) bool {
	if out == n.Out[0] {
		return done
	}
	if !done {
		for add := range c.skip {
			if add.Out[0] == out {
				delete(c.skip, add)
			}
		}
		return false
	}
	c.tally(c.folded, "Add")
	v := c.values[n.Out[0]]
	c.assign(out, v)
	return true
}

// scaled marks the scale or zero point of a quantised tensor.
func (c *onnxNet) scaled(k *onnxConst) {
	if k != nil {
		for _, r := range k.roots {
			r.scale, r.used = true, true
		}
	}
}

// deform takes its offsets, and weights for them, from other layers.
func (c *onnxNet) deform(n *onnxpb.Node) bool {
	x, w, offset := c.live(n, 0), c.constIn(n, 1), c.live(n, 2)
	if x == nil || w == nil || offset == nil || len(w.dims) != 4 {
		return false
	}
	s, ok := c.slides(n, x, w.dims[2:])
	if !ok || !slices.Equal(s.before, s.after) {
		return false
	}
	m := made{kind: "deformconv", in: []*onnxValue{x, offset}, weights: []*onnxConst{w}}
	m.pairs = []string{"filters", strconv.FormatInt(w.dims[0], 10), "kernel", joinInts(s.kernel), "stride", joinInts(s.stride),
		"padding", joinInts(s.before), "dilation", joinInts(s.dilation), "groups", strconv.FormatInt(n.Int("group", 1), 10)}
	if n.Has(3) {
		b := c.constIn(n, 3)
		if b == nil {
			return false
		}
		m.weights = append(m.weights, b)
	} else {
		m.pairs = append(m.pairs, "bias", "off")
	}
	if n.Has(4) {
		mask := c.live(n, 4)
		if mask == nil {
			return false
		}
		m.in = append(m.in, mask)
	}
	return c.give(n, m)
}

// pool is a window that slides over each channel. Padding that only stands behind
// the map and makes no more than rounding up would is written as rounding up.
func (c *onnxNet) pool(n *onnxpb.Node) bool {
	x := c.live(n, 0)
	kernel := n.Ints("kernel_shape")
	if x == nil {
		return false
	}
	s, ok := c.slides(n, x, kernel)
	if !ok {
		return false
	}
	kind := map[string]string{"MaxPool": "maxpool", "AveragePool": "avgpool", "LpPool": "lppool"}[n.Op]
	ceil := n.Int("ceil_mode", 0) != 0
	counted := n.Int("count_include_pad", 0) != 0
	if !ceil && slices.Max(s.after) > 0 && slices.Max(s.before) == 0 && kind != "lppool" && !counted && x.sample != nil && s.roundsUp(x.sample) {
		ceil = true
		clear(s.after)
	}
	m := made{kind: kind, pairs: []string{"kernel", joinInts(s.kernel), "stride", joinInts(s.stride)}}
	if ceil {
		m.pairs = append(m.pairs, "ceil", "on")
	}
	one := slices.Max(s.dilation) == 1
	switch {
	case kind == "maxpool":
		m.pairs = append(m.pairs, "dilation", joinInts(s.dilation))
	case !one:
		return false
	case kind == "lppool":
		m.pairs = append(m.pairs, "norm_type", strconv.FormatInt(n.Int("p", 2), 10))
	case !counted && slices.Max(s.before)+slices.Max(s.after) > 0:
		m.pairs = append(m.pairs, "count_include_pad", "off")
	}
	return c.try(func() bool {
		wide := slices.ContainsFunc(s.before, func(p int64) bool { return p < 0 })
		for i, p := range s.before {
			wide = wide || p > s.kernel[i]/2
		}
		from := x
		switch {
		case kind == "lppool" || wide || !slices.Equal(s.before, s.after):
			if slices.Max(s.before) > 0 || slices.Max(s.after) > 0 || wide {
				if from = c.put(n, made{kind: "pad", pairs: []string{"sides", sidesText(s.before, s.after)}, in: []*onnxValue{x}, tail: ".pad"}); from == nil {
					return false
				}
			}
		default:
			m.pairs = append(m.pairs, "padding", joinInts(s.before))
		}
		m.in = []*onnxValue{from}
		if !c.give(n, m) {
			return false
		}
		if c.needed(n, 1) { // the places of the largest values, for an unpooling
			v := c.values[n.Out[0]]
			info := onnxpb.Info{Dims: v.dims(c.n)}
			c.places(n, info, x)
		}
		return true
	})
}

// places makes the second output of a pool a layer of its own without weights.
func (c *onnxNet) places(n *onnxpb.Node, info onnxpb.Info, x *onnxValue) {
	if _, told := c.infos[n.Out[1]]; !told {
		c.infos[n.Out[1]] = info
	}
	c.opaqueNode(&onnxpb.Node{Name: n.Name + ".indices", Op: n.Op + "Indices", In: n.In[:1], Out: n.Out[1:2]})
}

// roundsUp reports whether cells behind a map give as many positions as rounding
// up without them does (PyTorch's ceil_mode).
func (s sliding) roundsUp(x tensor.Shape) bool {
	for i := range s.kernel {
		in := x[i+1]
		if !in.Known() {
			return false
		}
		reach := layer.Reach(s.kernel[i], s.dilation[i])
		if in.N < reach {
			return false
		}
		if layer.Positions(in.N, s.after[i], reach, s.stride[i]) != layer.PositionsUp(in.N, 0, 0, reach, s.stride[i], true) {
			return false
		}
	}
	return true
}
