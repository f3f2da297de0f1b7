package onnx

import (
	"math"
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// A window is how an operator's window moves: onnx/docs/Operators.md, Conv,
// MaxPool and their like.
type window struct {
	kernel, stride, dilation []int64
	before, after            []int64 // cells around the map
}

// windowOf decodes the attributes of a window over a map of so many dimensions.
func windowOf(n *node, x *value, kernel []int64) (w window, ok bool) {
	dims := len(kernel)
	if dims < 1 || dims > layer.MaxSpatial || x.batch > 0 || x.sample != nil && len(x.sample) != dims+1 {
		return w, false
	}
	list := func(name string, or int64, size int) []int64 {
		v := n.Ints(name)
		if v == nil {
			v = slices.Repeat([]int64{or}, size)
		}
		ok = ok && len(v) == size
		return v
	}
	ok = true
	w = window{kernel: kernel, stride: list("strides", 1, dims), dilation: list("dilations", 1, dims)}
	pads := list("pads", 0, 2*dims)
	if !ok {
		return w, false
	}
	for i := range dims {
		for _, v := range []int64{kernel[i], w.stride[i], w.dilation[i]} {
			if v < 1 || v > math.MaxInt32 {
				return w, false
			}
		}
	}
	w.before, w.after = slices.Clone(pads[:dims]), slices.Clone(pads[dims:])
	return w, w.automatic(n.Str("auto_pad", "NOTSET"), x)
}

// automatic sets the padding of auto_pad, and reports whether it is known.
func (w *window) automatic(auto string, x *value) bool {
	if auto == "VALID" {
		clear(w.before)
		clear(w.after)
	}
	if auto != "SAME_UPPER" && auto != "SAME_LOWER" {
		return true
	}
	for i := range w.kernel {
		total := w.reach(i) - 1
		if w.stride[i] > 1 {
			if x.sample == nil || !x.sample[i+1].Known() {
				return false
			}
			total = layer.SameCells(x.sample[i+1].N, w.reach(i), w.stride[i])
		}
		w.before[i], w.after[i] = total/2, total-total/2
		if auto == "SAME_LOWER" {
			w.before[i], w.after[i] = w.after[i], w.before[i]
		}
	}
	return true
}

// reach is how many cells the window spans.
func (w *window) reach(i int) int64 { return layer.Reach(w.kernel[i], w.dilation[i]) }

// even reports whether the padding is the same on both sides, and none is cut off.
func (w *window) even() bool {
	return slices.Equal(w.before, w.after) && slices.Min(w.before) >= 0
}

// roundsUp reports whether padding at the end yields as many positions as rounding
// up without it (PyTorch's ceil_mode).
func (w *window) roundsUp(x tensor.Shape) bool {
	for i := range w.kernel {
		in := x[i+1]
		if !in.Known() || in.N < w.reach(i) {
			return false
		}
		up := (in.N-w.reach(i)+w.stride[i]-1)/w.stride[i] + 1
		if (up-1)*w.stride[i] >= in.N {
			up--
		}
		if (in.N+w.after[i]-w.reach(i))/w.stride[i]+1 != up {
			return false
		}
	}
	return true
}

// slide writes the window into a layer's fields.
func (w *window) slide(s *layer.Slide) {
	s.Kernel, s.Stride, s.Dilation = layer.SizeOf(w.kernel...), layer.SizeOf(w.stride...), layer.SizeOf(w.dilation...)
}

// sidesOf writes cells before and after each dimension as a layer has them.
func sidesOf(before, after []int64) layer.Sides {
	cells := make([][2]int64, len(before))
	for i := range before {
		cells[i] = [2]int64{before[i], after[i]}
	}
	return layer.SidesOf(cells...)
}

// padding is a layer that pads.
func padding(before, after []int64) layer.Layer {
	return layerOf(layer.PadKind, func(l *layer.Pad) { l.Sides = sidesOf(before, after) })
}
