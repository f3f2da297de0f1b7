package onnx

import (
	"math"
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tool/onnx/onnxpb"
)

// fills are the modes of Pad as layers have them.
var fills = map[string]string{"constant": "constant", "reflect": "reflect", "edge": "replicate", "wrap": "circular"}

// pad adds cells; modes other than a constant are named as in PyTorch.
func pad(c conversion) bool {
	x := c.live(0)
	name := "pads"
	if c.Attrs["paddings"] != nil { // opset 1
		name = "paddings"
	}
	pads, ok := c.numbers(name, 1)
	if x == nil || x.sample == nil || !ok || pads == nil {
		return false
	}
	var axes []int64
	for i := range x.rank() {
		axes = append(axes, int64(i))
	}
	if c.Has(3) {
		if axes, ok = c.constant(3).ints(); !ok {
			return false
		}
	}
	if len(pads) != 2*len(axes) {
		return false
	}
	before, after := make([]int64, len(x.sample)), make([]int64, len(x.sample))
	for i, a := range axes {
		b, e := pads[i], pads[len(axes)+i]
		if at, ok := x.at(a); ok {
			before[at], after[at] = b, e
		} else if b != 0 || e != 0 {
			return false
		}
	}
	for i := 1; i < len(c.In); i++ {
		c.markOption(c.constant(i))
	}
	if !slices.ContainsFunc(pads, func(p int64) bool { return p != 0 }) {
		return c.pass(x)
	}
	if len(before) > 1 && before[0] == 0 && after[0] == 0 {
		before, after = before[1:], after[1:]
	}
	return c.apply(x, layerOf(layer.PadKind, func(l *layer.Pad) {
		l.Sides = sidesOf(before, after)
		if mode := fills[c.Str("mode", "constant")]; mode != "" {
			l.Mode.Word = mode
		}
		if v, ok := c.constant(2).scalar(); ok && v != 0 && l.Mode.Word == "constant" && !math.IsInf(v, 0) {
			l.Fill.V = onnxpb.Decimal(v)
		}
	}))
}

// crop is an operator of opset 1: border left, top, right, bottom, or a scale.
func crop(c conversion) bool {
	x, b := c.live(0), c.Ints("border")
	if x == nil || len(b) != 4 || c.Ints("scale") != nil || x.batch > 0 {
		return false
	}
	return c.apply(x, layerOf(layer.CropKind, func(l *layer.Crop) {
		l.Sides = sidesOf([]int64{b[1], b[0]}, []int64{b[3], b[2]})
	}))
}
