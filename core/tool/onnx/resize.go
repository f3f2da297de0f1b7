package onnx

import (
	"math"
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tool/onnx/onnxpb"
)

// A resizing is what Resize and its like do to a map.
type resizing struct {
	to    []int64   // extents of all dimensions
	ratio []float64 // as the file states it; nil: it states sizes
	mode  string
	align bool // the corners keep their values
}

// interpolations are words of Resize as layers have them, by the dimensions of the
// map.
var interpolations = map[string][3]string{
	"nearest": {"nearest", "nearest", "nearest"}, "linear": {"linear", "bilinear", "trilinear"},
	"cubic": {1: "bicubic"}, "bilinear": {1: "bilinear"},
}

// resize stretches the map. Sizes follow the operator's rule: ⌊in·scale⌋.
func resize(c conversion) bool {
	x := c.live(0)
	if x == nil || x.sample == nil || x.batch > 0 || len(x.sample) < 2 || len(x.sample) > layer.MaxSpatial+1 {
		return false
	}
	r, ok := resizingOf(c, x)
	if !ok {
		return false
	}
	for i := 1; i < len(c.In); i++ {
		c.markOption(c.constant(i))
	}
	have := x.dims(c.batch.size)
	lead := len(have) - len(x.sample) + 1 // what is before the map
	word := interpolations[r.mode][len(x.sample)-2]
	if !slices.Equal(r.to[:lead], have[:lead]) || word == "" {
		return false
	}
	stretched := func(set func(*layer.Upsample)) bool {
		return c.Try(func() bool {
			v := c.emit(draft{in: []*value{x}, layer: layerOf(layer.UpsampleKind, func(l *layer.Upsample) {
				l.Mode.Word, l.Align = word, layer.Switch(r.align)
				set(l)
			})})
			if v == nil || v.sample.Known() == slices.Contains(r.to, -1) {
				return false
			}
			if v.sample.Known() && !slices.Equal(v.dims(c.batch.size), r.to) {
				return false
			}
			c.bind(0, v)
			return true
		})
	}
	return r.ratio != nil && stretched(func(l *layer.Upsample) { l.Ratio = layer.RealsOf(r.ratio[lead:]...) }) ||
		stretched(func(l *layer.Upsample) { l.Size = layer.ExtentsOf(r.to[lead:]...) })
}

// resizingOf decodes a node; false if its sizes are unknown.
func resizingOf(c conversion, x *value) (r resizing, ok bool) {
	have := x.dims(c.batch.size)
	r = resizing{to: slices.Clone(have), mode: c.Str("mode", "nearest")}
	r.align = c.Str("coordinate_transformation_mode", "") == "align_corners" && r.mode != "nearest"
	scaleAt, sizeAt := 2, 3
	if c.Op == "Upsample" || c.opset < 11 {
		scaleAt, sizeAt = 1, math.MaxInt
	}
	axes := c.Ints("axes")
	if axes == nil {
		for i := range have {
			axes = append(axes, int64(i))
		}
	}
	places := make([]int, len(axes))
	for i, a := range axes {
		if places[i], ok = x.axis(a); !ok {
			return r, false
		}
	}
	if scales := scalesAsked(c, scaleAt); len(scales) == len(axes) && len(axes) > 0 {
		return r, r.scale(have, places, scales)
	}
	if c.constant(sizeAt) == nil && c.constant(scaleAt) == nil { // computed while running
		if stated := c.stated[c.Out[0]].Dims; len(stated) == len(have) && !slices.Contains(stated, -1) {
			r.to = stated
			return r, true
		}
	}
	sizes, ok := c.constant(sizeAt).shape()
	if !ok || len(sizes) != len(axes) {
		return r, false
	}
	return r, r.size(have, places, sizes, c.Str("keep_aspect_ratio_policy", "stretch"))
}

// scalesAsked returns the ratios that a node requests, by attribute or input.
func scalesAsked(c conversion, i int) []float64 {
	if a := c.Attrs["scales"]; a != nil {
		var v []float64
		for _, f := range a.Floats {
			v = append(v, float64(f))
		}
		return v
	}
	if h, w := c.Attrs["height_scale"], c.Attrs["width_scale"]; h != nil && w != nil { // opset 1
		return []float64{1, 1, float64(h.Float), float64(w.Float)}
	}
	if k := c.constant(i); k != nil {
		return k.data
	}
	return nil
}

// scale stretches dimensions by ratios.
func (r *resizing) scale(have []int64, places []int, by []float64) bool {
	r.ratio = slices.Repeat([]float64{1}, len(have))
	for i, p := range places {
		if !(by[i] > 0) || by[i] > 1e6 {
			return false
		}
		r.ratio[p] = onnxpb.Decimal(by[i])
		if have[p] >= 0 && by[i] != 1 {
			r.to[p] = clampInt(math.Floor(float64(float32(have[p]) * float32(by[i])))) // as runtimes do
		}
	}
	return true
}

// size stretches dimensions to sizes, or as near to them as the policy allows.
func (r *resizing) size(have []int64, places []int, sizes []int64, policy string) bool {
	keep := math.NaN()
	for i, p := range places {
		r.to[p] = sizes[i]
		ratio := float64(sizes[i]) / float64(have[p])
		if math.IsNaN(keep) || policy == "not_larger" && ratio < keep || policy == "not_smaller" && ratio > keep {
			keep = ratio
		}
	}
	if policy == "stretch" {
		return true
	}
	for _, p := range places {
		if r.to[p] = int64(math.Round(keep * float64(have[p]))); have[p] < 0 {
			return false
		}
	}
	return true
}

func col2im(c conversion) bool {
	x := c.live(0)
	size, ok := c.constant(1).ints()
	block, ok2 := c.constant(2).ints()
	pads := c.Ints("pads")
	if x == nil || !ok || !ok2 || len(size) != 2 || len(block) != 2 || x.batch > 0 {
		return false
	}
	if pads != nil && (len(pads) != 4 || !slices.Equal(pads[:2], pads[2:])) {
		return false
	}
	return c.apply(x, layerOf(layer.FoldKind, func(l *layer.Fold) {
		l.Size, l.Kernel = layer.ExtentsOf(size...), layer.SizeOf(block...)
		if v := c.Ints("strides"); v != nil {
			l.Stride = layer.SizeOf(v...)
		}
		if v := c.Ints("dilations"); v != nil {
			l.Dilation = layer.SizeOf(v...)
		}
		if pads != nil {
			l.Padding = layer.PaddingOf(pads[:2]...)
		}
	}))
}
