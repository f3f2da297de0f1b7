package caffe

import (
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// Layers of forks: SSD, Faster R-CNN, SPP-net, DeepLab, SENet, ShuffleNet.

func readShuffle(c *call) error {
	var o shuffleOptions
	c.options(c.row().Message, &o)
	return emit(c, layer.ChannelShuffleKind, c.in[:1], func(v *layer.ChannelShuffle) {
		if o.groups != absent {
			v.Groups.N = o.groups
		}
	})
}

// readAxpy is a·x + y, of SENet.
func readAxpy(c *call) error {
	if len(c.in) != 3 {
		return c.same()
	}
	product, err := emitBefore(c, layer.MulKind, []string{c.in[1], c.in[0]}, nil)
	if err != nil {
		return err
	}
	return emit(c, layer.AddKind, []string{product, c.in[2]}, nil)
}

// readInterp is DeepLab's bilinear stretch, corners aligned (interp_layer.cpp).
func readInterp(c *call) error {
	var o interpOptions
	c.options(c.row().Message, &o)
	x := c.x()
	size := [2]int64{o.height, o.width}
	for i := range size {
		if len(x) != 3 || size[i] > 0 {
			continue
		}
		n := x[i+1].N
		if !graph.KnownSizes(n) {
			continue
		}
		n += o.before + o.after
		if o.shrink > 0 {
			n = (n-1)/o.shrink + 1
		}
		if z := o.zoom; z > 0 && z < 1<<20 && graph.KnownSizes(n) && n < num.MaxExtent>>20 {
			n += (n - 1) * (z - 1)
		}
		size[i] = n
	}
	if len(x) == 3 && !graph.KnownSizes(size[:]...) {
		return c.addOpaque(c.in[:1], c.weightless(tensor.Shape{x[0], {N: extentOf(size[0])}, {N: extentOf(size[1])}}))
	}
	if !graph.KnownSizes(size[:]...) {
		return c.shapeless()
	}
	return emit(c, layer.UpsampleKind, c.in[:1], func(v *layer.Upsample) {
		v.Size, v.Mode.Word, v.Align = layer.ExtentsOf(size[:]...), "bilinear", true
	})
}

// readPriorBox gives two rows, boxes and variances, of four numbers for each prior
// at each position (prior_box_layer.cpp of SSD).
func readPriorBox(c *call) error {
	var o priorBoxOptions
	c.options("prior_box_param", &o)
	ratios := []float64{1}
	for _, r := range o.ratios {
		seen := false
		for _, have := range ratios {
			seen = seen || r-have < 1e-6 && have-r < 1e-6
		}
		if seen || r == 0 || len(ratios) > 1000 {
			continue
		}
		if ratios = append(ratios, r); o.flip {
			ratios = append(ratios, 1/r)
		}
	}
	priors := int64(len(ratios))*int64(len(o.least)) + int64(len(o.most))
	out := tensor.Of(2, tensor.Unknown)
	if h, w := c.Dim(c.in[0], 1), c.Dim(c.in[0], 2); graph.KnownSizes(h, w, priors) {
		if n, ok := num.Of(h).Times(w).Times(priors).Times(4).Int64(); ok && graph.KnownSizes(n) {
			out[1].N = n
		}
	}
	return c.addOpaque(c.in, c.weightless(out))
}

// readDetection gives seven numbers for each thing that it finds.
func readDetection(c *call) error {
	return c.addOpaque(c.in, c.weightless(tensor.Of(1, tensor.Unknown, 7)))
}

// readRegions pools regions: a sample behind it is a region.
func readRegions(c *call) error {
	var out tensor.Shape
	for _, name := range []string{"roi_pooling_param", "roi_align_param", "psroi_pooling_param"} {
		if !c.flat && c.msg.Sub(name) == nil {
			continue
		}
		var o regionOptions
		if c.options(name, &o); o.outputs == absent {
			o.outputs = c.channels()
		}
		out = tensor.Of(o.outputs, o.height, o.width)
	}
	return c.addOpaque(c.in, c.weightless(out))
}

// readPyramid pools 1, 4, 16 … cells of each channel into one row (spp_layer.cpp).
func readPyramid(c *call) error {
	var o pyramidOptions
	c.options("spp_param", &o)
	out := tensor.Of(tensor.Unknown)
	if h, n := o.height, c.channels(); h > 0 && h < 16 && graph.KnownSizes(n) && n < num.MaxExtent>>32 {
		out[0].N = n * ((1<<(2*h) - 1) / 3)
	}
	return c.addOpaque(c.in[:1], c.weightless(out))
}
