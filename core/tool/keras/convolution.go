package keras

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/vocab"
)

// A window is what slides over a map, as the options state it.
type window struct {
	kernel, stride, dilation layer.Size
	padding                  string // same, valid, causal
	bias                     layer.Switch
}

// windowOf reads the options that all convolutions share.
func windowOf(c *call) window {
	o := c.options()
	w := window{kernel: c.sides(o.sizes("kernel_size")...), stride: c.sides(o.sizes("strides")...),
		dilation: c.sides(o.sizes("dilation_rate")...),
		padding:  o.padding(), bias: layer.Switch(o.flag("use_bias"))}
	return w
}

// slide is the window as a layer has it, with the padding by a rule.
func (w window) slide(s *layer.Slide, rule string) {
	s.Kernel, s.Stride, s.Dilation = w.kernel, w.stride, w.dilation
	if rule != "" {
		s.Padding = layer.PaddingRule(rule)
	}
}

// padding is Keras' word for it; "" is valid, which is no padding.
func (o *options) padding() string {
	switch p := o.text("padding"); p {
	case "same", "SAME":
		return layer.PadSame
	case "valid", "VALID":
		return ""
	default:
		return p
	}
}

// sides is one size for each dimension that a layer slides over, after 1 for those
// in front that are taken one by one.
func (c *call) sides(n ...int64) layer.Size { return layer.SizeOf(c.each(1, n)...) }

// each returns a number for each dimension, after one of its own for those in front.
func (c *call) each(front int64, n []int64) []int64 {
	if len(n) == 0 {
		return nil
	}
	if len(n) == 1 && c.config.class.dims > 1 {
		n = slices.Repeat(n, c.config.class.dims)
	}
	return append(slices.Repeat([]int64{front}, c.scope.lead), n...)
}

// slidInput brings the input into the order of a map. Dimensions in front that are taken
// one by one (TimeDistributed) become spatial ones on which its window is 1.
func slidInput(c *call) ([]value, order, error) {
	in, err := c.one()
	if err != nil {
		return nil, nil, err
	}
	rank := c.config.class.dims + c.scope.lead + 1
	if rank > 4 || in.order != nil && len(in.order) != rank {
		return nil, nil, errUnsupported
	}
	o := prefersMap(c.config, rank, c.scope.lead)
	in, err = c.arranged(in, o)
	return []value{in}, o, err
}

func readConv(c *call) (value, error) {
	in, o, err := slidInput(c)
	if err != nil {
		return value{}, err
	}
	w := windowOf(c)
	if w.padding == layer.PadSame && w.strided() {
		w.padding = layer.PadKeras // PyTorch's same knows no stride
	}
	filters := c.options().width("filters")
	groups, grouped := c.options().count("groups")
	return emit(c, layer.ConvKind, in, o, func(l *layer.Conv) {
		w.slide(&l.Slide, w.padding)
		if l.Filters, l.Bias = filters, w.bias; grouped {
			l.Groups.N = groups
		}
	})
}

// strided reports whether the window skips positions.
func (w window) strided() bool {
	for i := range w.stride.Len() {
		if w.stride.At(i) != 1 {
			return true
		}
	}
	return false
}

func readConvTranspose(c *call) (value, error) {
	in, o, err := slidInput(c)
	if err != nil {
		return value{}, err
	}
	w := windowOf(c)
	if w.padding == "" {
		w.padding = layer.PadValid // which here includes whole kernels
	}
	filters, more := c.options().width("filters"), c.each(0, c.options().sizes("output_padding"))
	return emit(c, layer.ConvTransposeKind, in, o, func(l *layer.ConvTranspose) {
		w.slide(&l.Slide, w.padding)
		l.Filters, l.Bias, l.OutPad = filters, w.bias, layer.SizeOf(more...)
	})
}

func readDepthwise(c *call) (value, error) {
	in, o, err := slidInput(c)
	if err != nil {
		return value{}, err
	}
	depthwise := depthwiseOf(c)
	return emit(c, layer.DepthwiseKind, in, o, func(l *layer.Depthwise) { depthwise(l) })
}

func readSeparable(c *call) (value, error) {
	in, o, err := slidInput(c)
	if err != nil {
		return value{}, err
	}
	depthwise, filters := depthwiseOf(c), c.options().width("filters")
	return emit(c, layer.SeparableKind, in, o, func(l *layer.Separable) {
		depthwise(&l.Depthwise)
		l.Filters = filters
	})
}

// depthwiseOf reads the options of a depthwise convolution.
func depthwiseOf(c *call) func(*layer.Depthwise) {
	w := windowOf(c)
	n, stated := c.options().count("depth_multiplier")
	return func(l *layer.Depthwise) {
		w.slide(&l.Slide, w.padding)
		if l.Bias = w.bias; stated {
			l.Multiplier.N = n
		}
	}
}

func readMaxPool(c *call) (value, error) {
	in, o, err := slidInput(c)
	if err != nil {
		return value{}, err
	}
	pool := poolOf(c)
	return emit(c, layer.MaxPoolKind, in, o, func(l *layer.MaxPool) { pool(&l.Pool) })
}

func readAvgPool(c *call) (value, error) {
	in, o, err := slidInput(c)
	if err != nil {
		return value{}, err
	}
	pool := poolOf(c)
	return emit(c, layer.AvgPoolKind, in, o, func(l *layer.AvgPool) { pool(&l.Pool) })
}

// poolOf reads the options of a pool. A stride as large as the window is the default.
func poolOf(c *call) func(*layer.Pool) {
	o := c.options()
	kernel, stride, padding := c.sides(o.sizes("pool_size")...), c.sides(o.sizes("strides")...), o.padding()
	return func(p *layer.Pool) {
		if p.Kernel = kernel; stride != kernel {
			p.Stride = stride
		}
		if padding != "" {
			p.Padding = layer.PaddingRule(padding)
		}
	}
}

func readUpSampling(c *call) (value, error) {
	in, o, err := slidInput(c)
	if err != nil {
		return value{}, err
	}
	factors := c.each(1, c.options().sizes("size"))
	mode := c.options().interpolation()
	return emit(c, layer.UpsampleKind, in, o, func(l *layer.Upsample) {
		ratios := make([]float64, len(factors))
		for i, n := range factors {
			ratios[i] = float64(n)
		}
		l.Ratio, l.Mode.Word = layer.RealsOf(ratios...), mode
	})
}

// interpolation is how an upsampling fills in; "" is nearest, or one whose shape is
// the same.
func (o *options) interpolation() string {
	return o.row.Param("interpolation").Read(o.stated("interpolation"))
}

// readResizing brings a map to a height and a width.
func readResizing(c *call) (value, error) {
	in, err := c.one()
	if err != nil || len(in.order) != 3 || c.scope.lead > 0 {
		return in, errUnsupported
	}
	o := prefersMap(c.config, 3, 0)
	if in, err = c.arranged(in, o); err != nil {
		return in, err
	}
	height, _ := c.options().count("height")
	width, _ := c.options().count("width")
	mode := c.options().interpolation()
	return emit(c, layer.UpsampleKind, []value{in}, o, func(l *layer.Upsample) {
		l.Size, l.Mode.Word = layer.ExtentsOf(height, width), mode
	})
}

func readZeroPadding(c *call) (value, error) {
	in, o, err := slidInput(c)
	if err != nil {
		return value{}, err
	}
	sides := frameOf(c, "padding")
	return emit(c, layer.PadKind, in, o, func(l *layer.Pad) { l.Sides = sides })
}

func readCropping(c *call) (value, error) {
	in, o, err := slidInput(c)
	if err != nil {
		return value{}, err
	}
	sides := frameOf(c, "cropping")
	return emit(c, layer.CropKind, in, o, func(l *layer.Crop) { l.Sides = sides })
}

// frameOf reads padding and cropping: a number, one for each dimension, or two for
// each.
func frameOf(c *call, option string) layer.Sides {
	dims, o := c.config.class.dims, c.options()
	sides := make([][2]int64, c.scope.lead, c.scope.lead+dims)
	n := o.sizes(option)
	switch {
	case dims == 1 && len(n) == 2:
		sides = append(sides, [2]int64{n[0], n[1]})
	case dims == 2 && len(n) == 4: // Keras 1
		sides = append(sides, [2]int64{n[0], n[1]}, [2]int64{n[2], n[3]})
	case len(n) == 1 && dims > 0:
		for range dims {
			sides = append(sides, [2]int64{n[0], n[0]})
		}
	case len(n) > 0:
		for _, both := range n {
			sides = append(sides, [2]int64{both, both})
		}
	default:
		list, _ := o.get(option).([]vocab.Value)
		for _, v := range list {
			two := signed(v)
			if len(two) != 2 {
				o.mistyped(option, "[[1, 1], [1, 1]]")
				return layer.Sides{}
			}
			sides = append(sides, [2]int64{two[0], two[1]})
		}
	}
	return layer.SidesOf(sides...)
}

// readGlobalPool makes one value of each channel, and drops the extents it pooled
// unless they are kept.
func readGlobalPool(c *call) (value, error) {
	in, err := c.one()
	dims, lead := c.config.class.dims, c.scope.lead
	if err != nil || in.order != nil && len(in.order) != dims+lead+1 {
		return in, errUnsupported
	}
	if lead > 0 {
		return reducePictures(c, in)
	}
	o := prefersMap(c.config, dims+1, 0)
	if in, err = c.arranged(in, o); err != nil {
		return in, err
	}
	keep := c.options().flag("keepdims")
	if !keep {
		o = asIs(1)
	}
	kind := layer.GlobalAvgPoolKind
	if c.options().row.Kind == layer.GlobalMaxPoolKind.Kind() {
		kind = layer.GlobalMaxPoolKind
	}
	return emit(c, kind, []value{in}, o, func(p *layer.GlobalPool) { p.Flat = layer.Switch(!keep) })
}

// reducePictures pools each of several pictures.
func reducePictures(c *call, in value) (value, error) {
	rank, lead := len(in.order), c.scope.lead
	in, err := c.arranged(in, asIs(rank))
	if err != nil {
		return in, err
	}
	var dims []int64
	for i := range c.config.class.dims {
		at := lead + 1 + i
		if c.options().channelsFirst() {
			at++
		}
		dims = append(dims, int64(at))
	}
	out, keep := asIs(lead+1), c.options().flag("keepdims")
	if keep {
		out = asIs(rank)
	}
	kind := layer.MeanKind
	if c.options().row.Kind == layer.GlobalMaxPoolKind.Kind() {
		kind = layer.AmaxKind
	}
	return emit(c, kind, []value{in}, out, func(r *layer.Reduce) { r.Dims, r.Keep = layer.WholesOf(dims...), layer.Switch(keep) })
}

// readConvLSTM reads an LSTM on a film.
func readConvLSTM(c *call) (value, error) {
	in, err := c.one()
	rank := c.config.class.dims + 2
	if err != nil || c.scope.lead > 0 || in.order != nil && len(in.order) != rank {
		return in, errUnsupported
	}
	o := prefersFilm(c.config, rank, 0)
	if in, err = c.arranged(in, o); err != nil {
		return in, err
	}
	out := o
	all := c.options().flag("return_sequences")
	if !all {
		out = nil
		for _, axis := range o[1:] {
			out = append(out, axis-1)
		}
	}
	w, filters := windowOf(c), c.options().width("filters")
	return emit(c, layer.ConvLSTMKind, []value{in}, out, func(l *layer.ConvLSTM) {
		w.slide(&l.Slide, w.padding)
		l.Filters, l.Bias, l.Last = filters, w.bias, layer.Switch(!all)
	})
}

// readLocallyConnected reads a convolution whose kernels differ from place to place
// (keras.layers.LocallyConnected2D): [places, kernel·channels, filters], and a bias
// for each output.
func readLocallyConnected(c *call) (value, error) {
	in, err := c.one()
	o, dims := c.options(), c.config.class.dims
	x := c.sizes(in)
	f := o.whole(0, "filters", "nb_filter")
	kernel, strides := o.sizes("kernel_size"), o.sizes("strides")
	if strides == nil {
		strides = slices.Repeat([]int64{1}, dims)
	}
	if err != nil || c.scope.lead > 0 || len(x) != dims+1 || len(kernel) != dims || len(strides) != dims || o.channelsFirst() ||
		o.text("padding") == "same" || !graph.KnownSizes(append(numbersOf(x), f)...) ||
		!graph.KnownSizes(append(kernel, strides...)...) {
		return in, errUnsupported
	}
	out := make([]int64, dims, dims+1)
	places, deep := num.Of(1), num.Of(x[dims].N)
	for i := range dims {
		out[i] = (x[i].N-kernel[i])/strides[i] + 1
		if kernel[i] > x[i].N {
			return in, errUnsupported
		}
		places, deep = places.Times(out[i]), deep.Times(kernel[i])
	}
	n, ok := places.Int64()
	k, fits := deep.Int64()
	if !ok || !fits || n > num.MaxExtent || k > num.MaxExtent {
		return in, errUnsupported
	}
	out = append(out, f)
	weights := []tensor.Shape{tensor.Of(n, k, f)}
	if o.flagOr(true, "use_bias") {
		weights = append(weights, tensor.Of(out...))
	}
	return c.opaque(weights, nil, tensor.Of(out...))
}
