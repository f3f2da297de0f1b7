package caffe

import (
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// Layers of forks: SSD, Faster R-CNN, SPP-net, DeepLab, SENet, ShuffleNet.

func caffeShuffle(c *caffeNet, l *caffeLayer, in []string) error {
	return c.put(l, in[:1], "channelshuffle", "groups", l.param("shuffle_channel_param").Str("group"))
}

// caffeAxpy is a·x + y, of SENet.
func caffeAxpy(c *caffeNet, l *caffeLayer, in []string) error {
	if len(in) != 3 {
		return c.same(l, in)
	}
	product, err := c.before(l, []string{in[1], in[0]}, "mul")
	if err != nil {
		return err
	}
	return c.put(l, []string{product[0], in[2]}, "add")
}

// caffeInterp is DeepLab's bilinear stretch, corners aligned (interp_layer.cpp).
func caffeInterp(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("interp_param")
	x := c.Shapes[in[0]]
	size := [2]int64{p.Whole("height", 0), p.Whole("width", 0)}
	for i := range size {
		if len(x) != 3 || size[i] > 0 {
			continue
		}
		n := x[i+1].N
		if !graph.KnownSizes(n) {
			continue
		}
		n += p.Whole("pad_beg", 0) + p.Whole("pad_end", 0)
		if s := p.Whole("shrink_factor", 1); s > 0 {
			n = (n-1)/s + 1
		}
		if z := p.Whole("zoom_factor", 1); z > 0 && z < 1<<20 && graph.KnownSizes(n) && n < num.MaxExtent>>20 {
			n += (n - 1) * (z - 1)
		}
		size[i] = n
	}
	if !graph.KnownSizes(size[:]...) {
		return c.keep(l, in[:1], graph.Unknown{Type: l.typ, Complete: true})
	}
	return c.put(l, in[:1], "upsample", "size", graph.Crossed(size[:]...), "interpolation", "bilinear", "align_corners", "on")
}

// caffePriorBox gives two rows, boxes and variances, of four numbers for each prior
// at each position (prior_box_layer.cpp of SSD).
func caffePriorBox(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("prior_box_param")
	flip := p.Yes("flip", true)
	ratios := []float64{1}
	for _, s := range p.Strs("aspect_ratio") {
		r, seen := realOf(s), false
		for _, have := range ratios {
			seen = seen || r-have < 1e-6 && have-r < 1e-6
		}
		if seen || r == 0 || len(ratios) > 1000 {
			continue
		}
		if ratios = append(ratios, r); flip {
			ratios = append(ratios, 1/r)
		}
	}
	priors := int64(len(ratios))*int64(len(p.Strs("min_size"))) + int64(len(p.Strs("max_size")))
	out := tensor.Shape{{N: 2}, {N: tensor.Unknown}}
	if h, w := c.Dim(in[0], 1), c.Dim(in[0], 2); graph.KnownSizes(h, w, priors) {
		if n, ok := num.Of(h).Times(w).Times(priors).Times(4).Int64(); ok && graph.KnownSizes(n) {
			out[1].N = n
		}
	}
	return c.keep(l, in, graph.Unknown{Type: l.typ, Complete: true, Out: out})
}

// caffeDetection gives seven numbers for each thing that it finds.
func caffeDetection(c *caffeNet, l *caffeLayer, in []string) error {
	return c.keep(l, in, graph.Unknown{Type: l.typ, Complete: true, Out: tensor.Shape{{N: 1}, {N: tensor.Unknown}, {N: 7}}})
}

// caffeRegions pools regions: a sample behind it is a region.
func caffeRegions(c *caffeNet, l *caffeLayer, in []string) error {
	var out tensor.Shape
	for _, name := range []string{"roi_pooling_param", "roi_align_param", "psroi_pooling_param"} {
		if p := l.param(name); p != nil {
			h, w := p.Whole("pooled_h", p.Whole("group_size", -1)), p.Whole("pooled_w", p.Whole("group_size", -1))
			out = tensor.Of(p.Whole("output_dim", c.channels(in[0])), h, w)
		}
	}
	return c.keep(l, in, graph.Unknown{Type: l.typ, Complete: true, Out: out})
}

// caffePyramid pools 1, 4, 16 … cells of each channel into one row (spp_layer.cpp).
func caffePyramid(c *caffeNet, l *caffeLayer, in []string) error {
	out := tensor.Shape{{N: tensor.Unknown}}
	h, n := l.param("spp_param").Whole("pyramid_height", 0), c.channels(in[0])
	if h > 0 && h < 16 && graph.KnownSizes(n) && n < num.MaxExtent>>32 {
		out[0].N = n * ((1<<(2*h) - 1) / 3)
	}
	return c.keep(l, in[:1], graph.Unknown{Type: l.typ, Complete: true, Out: out})
}
