package onnx

import (
	"slices"

	"paramstack/core/layer"
)

// expand is nothing where nothing is stretched.
func expand(c conversion) bool {
	x := c.live(0)
	to, ok := c.constant(1).shape()
	if x == nil || !ok || x.rank() < 0 {
		return false
	}
	dims := x.dims(c.batch.size)
	wide, ok := broadcastDims(dims, to)
	return ok && slices.Equal(wide, dims) && c.pass(x)
}

// shuffle moves values between channels and places.
func shuffle(kind layer.Typed[*layer.PixelShuffle]) operator {
	return func(c conversion) bool {
		x, size := c.live(0), c.Int("blocksize", 0)
		if x == nil || x.batch > 0 {
			return false
		}
		d := draft{in: []*value{x}, layer: layerOf(kind, func(l *layer.PixelShuffle) { l.R.N = size })}
		if kind == layer.PixelShuffleKind && c.Str("mode", "DCR") == "DCR" && x.sample != nil && x.sample[0].N != size*size {
			d.note = "DCR" // PyTorch's order is CRD; counts and shapes are the same
		}
		return c.result(d)
	}
}

// reducing is an operator that makes one value of all along some dimensions.
func reducing(kind layer.Typed[*layer.Reduce]) operator {
	return func(c conversion) bool {
		x := c.live(0)
		axes, ok := c.numbers("axes", 1)
		if x == nil || x.sample == nil || !ok {
			return false
		}
		if len(axes) == 0 {
			if c.Int("noop_with_empty_axes", 0) != 0 {
				return passing(c)
			}
			for i := range x.rank() {
				axes = append(axes, int64(i))
			}
		}
		keep := c.Int("keepdims", 1) != 0
		var dims []int64
		before := 0 // the batch
		for _, a := range axes {
			if p, ok := x.axis(a); ok && p == x.batch && x.lost && c.batch.size == 1 {
				return false // what belongs to one sample
			}
			at, ok := x.at(a)
			if !ok {
				return false
			}
			dims = append(dims, int64(at+1))
			if at < x.batch {
				before++
			}
		}
		if len(dims) == 0 || len(dims) > layer.MaxRank {
			return false
		}
		v := c.emit(draft{in: []*value{x}, layer: layerOf(kind, func(l *layer.Reduce) {
			l.Dims, l.Keep = layer.WholesOf(dims...), layer.Switch(keep)
		})})
		if v != nil && !keep && v.batch >= 0 {
			v.batch -= before
		}
		c.bind(0, v)
		return v != nil
	}
}
