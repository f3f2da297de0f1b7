package onnx

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tool/onnx/onnxpb"
)

// A pooling is how a pool works, beside its window.
type pooling struct {
	ceil    bool
	counted bool // padding counts in the average
	norm    int64
}

// pool is a window that slides over each channel. Padding at the end only, which
// yields no more positions than rounding up would, is written as rounding up.
func pool(c conversion) bool {
	x := c.live(0)
	if x == nil {
		return false
	}
	w, ok := windowOf(c.node, x, c.Ints("kernel_shape"))
	if !ok || c.Op != "MaxPool" && slices.Max(w.dilation) > 1 {
		return false
	}
	p := pooling{ceil: c.Int("ceil_mode", 0) != 0, counted: c.Int("count_include_pad", 0) != 0, norm: c.Int("p", 2)}
	lp := c.Op == "LpPool"
	behind := slices.Max(w.after) > 0 && slices.Max(w.before) == 0
	if behind && !p.ceil && !lp && !p.counted && x.sample != nil && w.roundsUp(x.sample) {
		p.ceil = true
		clear(w.after)
	}
	wide := slices.Min(w.before) < 0
	for i, cells := range w.before {
		wide = wide || cells > w.kernel[i]/2
	}
	apart := lp || wide || !slices.Equal(w.before, w.after) // the padding is a layer
	from := x
	if apart && (slices.Max(w.before) > 0 || slices.Max(w.after) > 0 || wide) {
		if from = c.emit(draft{layer: padding(w.before, w.after), in: []*value{x}, tail: ".pad"}); from == nil {
			return false
		}
	}
	if !c.result(draft{layer: p.layer(c.Op, &w, !apart), in: []*value{from}}) {
		return false
	}
	if c.needed(1) { // the places of the largest values, for an unpooling
		if _, stated := c.stated[c.Out[1]]; !stated {
			c.stated[c.Out[1]] = onnxpb.Info{Dims: c.values[c.Out[0]].dims(c.batch.size)}
		}
		side(c, 1, "indices", "Indices")
	}
	return true
}

// layer is the pool; with its padding, unless that is a layer of its own.
func (p *pooling) layer(op string, w *window, padded bool) layer.Layer {
	fill := func(l *layer.Pool) {
		l.Kernel, l.Stride, l.Ceil = layer.SizeOf(w.kernel...), layer.SizeOf(w.stride...), layer.Switch(p.ceil)
		if padded {
			l.Padding = layer.PaddingOf(w.before...)
		}
	}
	switch op {
	case "MaxPool":
		return layerOf(layer.MaxPoolKind, func(l *layer.MaxPool) {
			fill(&l.Pool)
			l.Dilation = layer.SizeOf(w.dilation...)
		})
	case "AveragePool":
		return layerOf(layer.AvgPoolKind, func(l *layer.AvgPool) {
			fill(&l.Pool)
			if !p.counted && slices.Max(w.before)+slices.Max(w.after) > 0 {
				l.CountPad = false
			}
		})
	default:
		return layerOf(layer.LPPoolKind, func(l *layer.LPPool) {
			fill(&l.Pool)
			l.Norm.V = float64(p.norm)
		})
	}
}
