package onnx

import (
	"math"
	"slices"
	"strconv"

	"paramstack/core/layer"
	"paramstack/core/tool/onnx/onnxpb"
)

// pad adds cells; modes other than a constant are named as in PyTorch.
func (c *onnxNet) pad(n *onnxpb.Node) bool {
	x := c.live(n, 0)
	name := "pads"
	if n.Attrs["paddings"] != nil { // opset 1
		name = "paddings"
	}
	pads, ok := c.intsIn(n, name, 1)
	if x == nil || x.sample == nil || !ok || pads == nil {
		return false
	}
	rank := x.rank()
	var axes []int64
	for i := range rank {
		axes = append(axes, int64(i))
	}
	if n.Has(3) {
		if axes, ok = c.constIn(n, 3).ints(); !ok {
			return false
		}
	}
	if len(pads) != 2*len(axes) {
		return false
	}
	before, after := make([]int64, len(x.sample)), make([]int64, len(x.sample))
	for i, a := range axes {
		b, e := pads[i], pads[len(axes)+i]
		at, ok := x.at(a)
		switch {
		case ok:
			before[at], after[at] = b, e
		case b != 0 || e != 0:
			return false
		}
	}
	for i := 1; i < len(n.In); i++ {
		c.spend(c.constIn(n, i))
	}
	zero := func(v []int64) bool { return !slices.ContainsFunc(v, func(p int64) bool { return p != 0 }) }
	if zero(before) && zero(after) {
		c.tally(c.folded, n.Op)
		c.set(n, 0, x)
		return true
	}
	if len(before) > 1 && before[0] == 0 && after[0] == 0 {
		before, after = before[1:], after[1:]
	}
	mode := map[string]string{"constant": "constant", "reflect": "reflect", "edge": "replicate", "wrap": "circular"}[n.Str("mode", "constant")]
	m := made{kind: "pad", pairs: []string{"sides", sidesText(before, after), "mode", mode}, in: []*onnxValue{x}}
	if v, ok := c.constIn(n, 2).scalar(); ok && v != 0 && mode == "constant" && !math.IsInf(v, 0) {
		m.pairs = append(m.pairs, "fill", strconv.FormatFloat(v, 'g', -1, 32))
	}
	return c.give(n, m)
}

// crop is an operator of opset 1: border left, top, right, bottom, or a scale.
func (c *onnxNet) crop(n *onnxpb.Node) bool {
	x, b := c.live(n, 0), n.Ints("border")
	if x == nil || len(b) != 4 || n.Ints("scale") != nil || x.batch > 0 {
		return false
	}
	return c.give(n, made{kind: "crop", pairs: []string{"sides", sidesText([]int64{b[1], b[0]}, []int64{b[3], b[2]})}, in: []*onnxValue{x}})
}

// resize stretches the map. Sizes follow the operator's rule: ⌊in·scale⌋.
func (c *onnxNet) resize(n *onnxpb.Node) bool {
	x := c.live(n, 0)
	if x == nil || x.sample == nil || x.batch > 0 || len(x.sample) < 2 || len(x.sample) > layer.MaxSpatial+1 {
		return false
	}
	to, ratio, ok := c.stretch(n, x)
	if !ok {
		return false
	}
	for i := 1; i < len(n.In); i++ {
		c.spend(c.constIn(n, i))
	}
	have := x.dims(c.n)
	lead := len(have) - len(x.sample) + 1 // what stands before the map
	for i := range lead {
		if to[i] != have[i] {
			return false
		}
	}
	dims := len(x.sample) - 1
	words := map[string][]string{"nearest": {"nearest", "nearest", "nearest"}, "linear": {"linear", "bilinear", "trilinear"}, "cubic": {"", "bicubic", ""}, "bilinear": {"", "bilinear", ""}}
	word := words[n.Str("mode", "nearest")]
	if word == nil || word[dims-1] == "" {
		return false
	}
	pairs := []string{"interpolation", word[dims-1]}
	if n.Str("coordinate_transformation_mode", "") == "align_corners" && word[0] != "nearest" {
		pairs = append(pairs, "align_corners", "on")
	}
	put := func(field, value string) bool {
		return c.try(func() bool {
			v := c.put(n, made{kind: "upsample", pairs: append(slices.Clone(pairs), field, value), in: []*onnxValue{x}})
			if v == nil || !v.sample.Known() != slices.Contains(to, -1) || v.sample.Known() && !slices.Equal(v.dims(c.n), to) {
				return false
			}
			c.set(n, 0, v)
			return true
		})
	}
	if ratio != nil {
		texts := ""
		for i, r := range ratio[lead:] {
			if i > 0 {
				texts += "x"
			}
			texts += strconv.FormatFloat(r, 'g', -1, 32)
		}
		if put("scale_factor", texts) {
			return true
		}
	}
	return put("size", joinInts(to[lead:]))
}

// stretch returns the extents that Resize gives, and its ratios where it has them.
func (c *onnxNet) stretch(n *onnxpb.Node, x *onnxValue) (to []int64, ratio []float64, ok bool) {
	have := x.dims(c.n)
	scaleAt, sizeAt := 2, 3
	if n.Op == "Upsample" || c.m.Opset < 11 {
		scaleAt, sizeAt = 1, 99
	}
	var scales *onnxConst
	if a := n.Attrs["scales"]; a != nil {
		scales = &onnxConst{}
		for _, f := range a.Floats {
			scales.data = append(scales.data, float64(f))
		}
	} else if h, w := n.Attrs["height_scale"], n.Attrs["width_scale"]; h != nil && w != nil { // opset 1
		scales = rowOf(1, 1, float64(h.Float), float64(w.Float))
	} else if n.Has(scaleAt) {
		scales = c.constIn(n, scaleAt)
	}
	axes := n.Ints("axes")
	if axes == nil {
		for i := range have {
			axes = append(axes, int64(i))
		}
	}
	to = slices.Clone(have)
	if scales != nil && len(scales.data) == len(axes) {
		ratio = make([]float64, len(have))
		for i := range ratio {
			ratio[i] = 1
		}
		for i, a := range axes {
			p, ok := x.axis(a)
			if !ok || !(scales.data[i] > 0) || scales.data[i] > 1e6 {
				return nil, nil, false
			}
			ratio[p] = scales.data[i]
			if have[p] >= 0 && scales.data[i] != 1 {
				to[p] = clampInt(math.Floor(float64(have[p]) * scales.data[i]))
			}
		}
		return to, ratio, true
	}
	if told := c.infos[n.Out[0]].Dims; len(told) == len(have) && c.constIn(n, sizeAt) == nil && c.constIn(n, scaleAt) == nil && !slices.Contains(told, -1) {
		return told, nil, true // computed while running, and told by the file
	}
	sizes, ok := c.constIn(n, sizeAt).shape()
	if !ok || len(sizes) != len(axes) {
		return nil, nil, false
	}
	policy := n.Str("keep_aspect_ratio_policy", "stretch")
	keep := math.NaN()
	for i, a := range axes {
		p, ok := x.axis(a)
		if !ok {
			return nil, nil, false
		}
		to[p] = sizes[i]
		r := float64(sizes[i]) / float64(have[p])
		if math.IsNaN(keep) || policy == "not_larger" && r < keep || policy == "not_smaller" && r > keep {
			keep = r
		}
	}
	if policy != "stretch" {
		for _, a := range axes {
			p, _ := x.axis(a)
			if to[p] = int64(math.Round(keep * float64(have[p]))); have[p] < 0 {
				return nil, nil, false
			}
		}
	}
	return to, nil, true
}

func (c *onnxNet) col2im(n *onnxpb.Node) bool {
	x := c.live(n, 0)
	size, ok := c.constIn(n, 1).ints()
	block, ok2 := c.constIn(n, 2).ints()
	if x == nil || !ok || !ok2 || len(size) != 2 || len(block) != 2 || x.batch > 0 {
		return false
	}
	m := made{kind: "fold", pairs: []string{"size", joinInts(size), "kernel", joinInts(block)}, in: []*onnxValue{x}}
	for attr, field := range map[string]string{"strides": "stride", "dilations": "dilation"} {
		if v := n.Ints(attr); v != nil {
			m.pairs = append(m.pairs, field, joinInts(v))
		}
	}
	if p := n.Ints("pads"); p != nil {
		if len(p) != 4 || p[0] != p[2] || p[1] != p[3] {
			return false
		}
		m.pairs = append(m.pairs, "padding", joinInts(p[:2]))
	}
	return c.give(n, m)
}
