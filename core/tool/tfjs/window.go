package tfjs

import (
	"slices"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// A window is what slides over a map.
type window struct {
	kernel, stride, dilation []int64
	same                     bool
	before, after            []int64 // of explicit padding
}

// open is a map of so many channels whose size is unknown.
func open(channels int64, dims int) tensor.Shape {
	return append(tensor.Of(channels), tensor.Of(slices.Repeat([]int64{tensor.Unknown}, dims)...)...)
}

// windowOf decodes the attributes of an operator; false if its channels come first,
// which TensorFlow.js does not run, or if they are not as it needs them.
func windowOf(c conversion, kernel []int64) (w window, ok bool) {
	dims := len(kernel)
	w = window{kernel: kernel, same: c.text("padding") == "SAME", before: make([]int64, dims), after: make([]int64, dims)}
	along := func(name string) []int64 {
		v := c.ints(name)
		if len(v) != dims+2 {
			return slices.Repeat([]int64{1}, dims)
		}
		return v[1 : 1+dims]
	}
	w.stride, w.dilation = along("strides"), along("dilations")
	if p := c.ints("explicit_paddings"); c.text("padding") == "EXPLICIT" {
		if len(p) != 2*(dims+2) {
			return w, false
		}
		for i := range dims {
			w.before[i], w.after[i] = p[2*(i+1)], p[2*(i+1)+1]
		}
	}
	for _, list := range [][]int64{w.kernel, w.stride, w.dilation} {
		for _, n := range list {
			if n < 1 || n > num.MaxExtent {
				return w, false
			}
		}
	}
	return w, !strings.HasPrefix(c.text("data_format"), "NC")
}

func (w *window) strided() bool {
	return slices.ContainsFunc(w.stride, func(n int64) bool { return n != 1 })
}

// padding is how a layer has it, with the word for TensorFlow's SAME.
func (w *window) padding(same string) layer.Padding {
	if w.same {
		return layer.PaddingRule(same)
	}
	return layer.PaddingOf(w.before...)
}

// slide writes the window into a layer.
func (w *window) slide(l *layer.Slide, same string) {
	l.Kernel, l.Stride, l.Dilation = layer.SizeOf(w.kernel...), layer.SizeOf(w.stride...), layer.SizeOf(w.dilation...)
	l.Padding = w.padding(same)
}

// mapOf brings a value into the order of a map of so many channels.
func mapOf(c conversion, x value, channels int64, dims int) (value, bool) {
	if c.Shapes[x.node] == nil {
		x = c.learn(x, open(channels, dims))
	}
	if len(c.Shapes[x.node]) != dims+1 {
		return x, false
	}
	return toFirst(c, x)
}

// padded puts padding that differs on both sides before the window.
func padded(c conversion, x value, w *window) (value, bool) {
	if slices.Equal(w.before, w.after) {
		return x, true
	}
	x, ok := c.emit(padding(w.before, w.after), []value{x})
	w.before, w.after = make([]int64, len(w.before)), make([]int64, len(w.after))
	return x, ok
}

func padding(before, after []int64) layer.Layer {
	sides := make([][2]int64, len(before))
	for i := range before {
		sides[i] = [2]int64{before[i], after[i]}
	}
	return layerOf(layer.PadKind, func(l *layer.Pad) { l.Sides = layer.SidesOf(sides...) })
}

// conv has its kernel as [k…, channels of a lane, filters].
func conv(c conversion) bool {
	x, ok := c.live(0)
	k := c.constant(1)
	if !ok || !k.whole() || len(k.dims) < 4 {
		return false
	}
	dims := len(k.dims) - 2
	lane, filters := k.dims[dims], k.dims[dims+1]
	w, ok := windowOf(c, k.dims[:dims])
	if ok {
		x, ok = mapOf(c, x, lane, dims)
	}
	if ok {
		x, ok = padded(c, x, &w)
	}
	if !ok || lane < 1 {
		return false
	}
	groups := int64(1)
	if n := c.Dim(x.node, 0); n > lane && n%lane == 0 {
		groups = n / lane
	}
	same := layer.PadSame
	if w.strided() {
		same = layer.PadKeras // PyTorch's same knows no stride
	}
	of := []*constant{k}
	add, b := biasBehind(c, filters)
	if add != nil {
		of = append(of, b)
	}
	return c.result(layerOf(layer.ConvKind, func(l *layer.Conv) {
		w.slide(&l.Slide, same)
		l.Filters, l.Groups.N, l.Bias = layer.WidthOf(filters), groups, layer.Switch(add != nil)
	}), []value{x}, of...) && absorb(c, add)
}

// depthwise has its kernel as [k…, channels, multiplier].
func depthwise(c conversion) bool {
	x, ok := c.live(0)
	k := c.constant(1)
	if !ok || !k.whole() || len(k.dims) != 4 {
		return false
	}
	channels, multiplier := k.dims[2], k.dims[3]
	w, ok := windowOf(c, k.dims[:2])
	if ok {
		x, ok = mapOf(c, x, channels, 2)
	}
	if ok {
		x, ok = padded(c, x, &w)
	}
	if !ok || channels > num.MaxExtent/max(multiplier, 1) {
		return false
	}
	of := []*constant{k}
	add, b := biasBehind(c, channels*multiplier)
	if add != nil {
		of = append(of, b)
	}
	return c.result(layerOf(layer.DepthwiseKind, func(l *layer.Depthwise) {
		w.slide(&l.Slide, layer.PadSame)
		l.Multiplier.N, l.Bias = multiplier, layer.Switch(add != nil)
	}), []value{x}, of...) && absorb(c, add)
}

// grow is a transposed convolution: the size it makes, the kernel as [k…, filters,
// channels], and what enters.
func grow(c conversion) bool {
	x, ok := c.live(2)
	k := c.constant(1)
	if !ok || !k.whole() || len(k.dims) < 4 {
		return false
	}
	dims := len(k.dims) - 2
	filters, channels := k.dims[dims], k.dims[dims+1]
	w, ok := windowOf(c, k.dims[:dims])
	if ok {
		x, ok = mapOf(c, x, channels, dims)
	}
	if !ok || slices.Max(w.before)+slices.Max(w.after) > 0 {
		return false
	}
	of := []*constant{k}
	add, b := biasBehind(c, filters)
	if add != nil {
		of = append(of, b)
	}
	return c.result(layerOf(layer.ConvTransposeKind, func(l *layer.ConvTranspose) {
		w.slide(&l.Slide, layer.PadSame)
		if !w.same {
			l.Padding = layer.PaddingRule(layer.PadValid) // which makes room for whole kernels
		}
		l.Filters, l.Bias = layer.WidthOf(filters), layer.Switch(add != nil)
	}), []value{x}, of...) && absorb(c, add)
}

// biasBehind finds the addition of one stored number for each channel that alone uses
// the operator's output. Keras puts it behind a squeeze where a convolution is along a
// sequence.
func biasBehind(c conversion, channels int64) (*node, *constant) {
	from, add := c.name, c.only(c.name)
	if add != nil && add.op == "Squeeze" {
		from, add = add.name, c.only(add.name)
	}
	if add == nil || add.op != "BiasAdd" && add.op != "Add" && add.op != "AddV2" || len(add.in) != 2 {
		return nil, nil
	}
	i := 1
	if add.in[1] == from {
		i = 0
	}
	b := conversion{c.lowering, add}.constant(i)
	if !b.whole() || len(b.dims) == 0 || b.dims[len(b.dims)-1] != channels || c.owners[b.roots[0]] != "" {
		return nil, nil
	}
	if n, ok := b.roots[0].elements().Int64(); !ok || n != channels {
		return nil, nil
	}
	return add, b
}

// absorb makes an operator part of this one: it passes on what enters.
func absorb(c conversion, n *node) bool {
	if n != nil {
		graph.Put(&c.Builder, c.absorbed, n, true)
	}
	return true
}

// pool slides over each channel by itself.
func pool(c conversion) bool {
	x, ok := c.live(0)
	size := c.ints("ksize")
	if !ok || len(size) < 4 || size[0] != 1 || size[len(size)-1] != 1 {
		return false
	}
	dims := len(size) - 2
	w, ok := windowOf(c, size[1:1+dims])
	if !ok || c.Shapes[x.node] != nil && len(c.Shapes[x.node]) != dims+1 || slices.Max(w.before)+slices.Max(w.after) > 0 {
		return false
	}
	if c.Shapes[x.node] != nil {
		if x, ok = toFirst(c, x); !ok {
			return false
		}
	}
	fill := func(p *layer.Pool) {
		if p.Kernel = layer.SizeOf(w.kernel...); !slices.Equal(w.stride, w.kernel) {
			p.Stride = layer.SizeOf(w.stride...)
		}
		if w.same {
			p.Padding = w.padding(layer.PadSame)
		}
	}
	if strings.HasPrefix(c.op, "Max") {
		return c.result(layerOf(layer.MaxPoolKind, func(l *layer.MaxPool) { fill(&l.Pool) }), []value{x})
	}
	return c.result(layerOf(layer.AvgPoolKind, func(l *layer.AvgPool) { fill(&l.Pool) }), []value{x})
}
