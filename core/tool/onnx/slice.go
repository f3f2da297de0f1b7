package onnx

import (
	"math"
	"slices"
	"strconv"

	"paramstack/core/layer"
)

// A piece is every step-th entry of a dimension of a sample, from up to to; to 0 is
// up to the end.
type piece struct {
	dim            int
	from, to, step int64
}

// within is the piece of a dimension of a size, -1 if that is unknown.
func (p piece) within(size int64) piece {
	if size >= 0 && p.to >= size || p.to == math.MaxInt64 {
		p.to = 0
	}
	return p
}

func (p piece) everything() bool { return p.from == 0 && p.to == 0 && p.step == 1 }

func (p piece) layer() layer.Layer {
	return layerOf(layer.SliceKind, func(l *layer.Slice) {
		l.From.N, l.To.N, l.Step.N, l.Dim.N = p.from, p.to, p.step, int64(p.dim+1)
	})
}

// cut makes the node's output a piece of x.
func (c conversion) cut(x *value, p piece) bool { return c.cutAs(0, x, p, "") }

// cutAs makes output i a piece of x.
func (c conversion) cutAs(i int, x *value, p piece, tail string) bool {
	if x.sample == nil {
		return false
	}
	size := x.sample[p.dim].N
	if p = p.within(size); p.to == -1 && p.from >= 0 && size < 0 {
		return false
	}
	if p.everything() {
		c.leaveOut()
		c.bind(i, x)
		return true
	}
	v := c.emit(draft{layer: p.layer(), in: []*value{x}, tail: tail})
	c.bind(i, v)
	return v != nil
}

func split(c conversion) bool {
	x := c.live(0)
	sizes, ok := c.numbers("split", 1)
	if x == nil || x.sample == nil {
		return false
	}
	axis, fits := x.axis(c.Int("axis", 0))
	dim, fits2 := x.at(c.Int("axis", 0))
	if !fits || !fits2 {
		return false
	}
	if !ok { // computed while running: as the file states
		sizes = nil
		for _, o := range c.Out {
			stated := c.stated[o].Dims
			if axis >= len(stated) {
				return false
			}
			sizes = append(sizes, stated[axis])
		}
	}
	c.markOption(c.constant(1))
	if len(c.Out) == 1 {
		return c.pass(x)
	}
	differs := func(s int64) bool { return s != sizes[0] }
	equal := sizes == nil || len(sizes) == len(c.Out) && !slices.ContainsFunc(sizes, differs)
	from := int64(0)
	for i, name := range c.Out {
		tail := "." + strconv.Itoa(i)
		switch {
		case name == "": // nothing uses it
		case equal:
			v := c.emit(draft{in: []*value{x}, tail: tail, layer: layerOf(layer.ChunkKind, func(l *layer.Chunk) {
				l.Chunks.N, l.Part.N, l.Dim.N = int64(len(c.Out)), int64(i), int64(dim+1)
			})})
			if v == nil {
				return false
			}
			c.bind(i, v)
			continue
		case i >= len(sizes) || sizes[i] < 1 || from+sizes[i] > x.sample[dim].N: // also where that is unknown
			return false
		case !c.cutAs(i, x, piece{dim: dim, from: from, to: from + sizes[i], step: 1}, tail):
			return false
		}
		from += sizes[i]
	}
	return true
}

// slice cuts pieces out of several dimensions, one after another.
func slice(c conversion) bool {
	x := c.live(0)
	starts, ok := c.numbers("starts", 1)
	ends, ok2 := c.numbers("ends", 2)
	axes, ok3 := c.numbers("axes", 3)
	steps := slices.Repeat([]int64{1}, len(starts))
	ok4 := true
	if c.Has(4) {
		steps, ok4 = c.constant(4).ints()
	}
	if x == nil || x.sample == nil || !ok || !ok2 || !ok3 || !ok4 || len(starts) != len(ends) || len(steps) != len(starts) {
		return false
	}
	if axes == nil {
		for i := range starts {
			axes = append(axes, int64(i))
		}
	}
	if len(axes) != len(starts) {
		return false
	}
	for i := 1; i < len(c.In); i++ {
		c.markOption(c.constant(i))
	}
	v := x
	for i, a := range axes {
		p, inBatch, ok := pieceOf(v, a, starts[i], ends[i], steps[i], c.batch.size)
		switch {
		case !ok:
			return false
		case inBatch:
			continue
		}
		tail := ""
		if i > 0 {
			tail = "." + strconv.Itoa(i)
		}
		if !c.cutAs(0, v, p, tail) {
			return false
		}
		v = c.values[c.Out[0]]
	}
	if v == x {
		return c.pass(x)
	}
	return true
}

// pieceOf returns what a slice keeps along an axis of v; of the batch it must keep
// everything.
func pieceOf(v *value, axis, start, end, step, samples int64) (p piece, inBatch, ok bool) {
	if a, ok := v.axis(axis); ok && a == v.batch {
		first, k := slicePlaces(samples, start, end, step)
		return p, true, k == samples && first == 0 && step == 1
	}
	dim, ok := v.at(axis)
	if !ok || step < 1 {
		return p, false, false
	}
	p = piece{dim: dim, from: start, to: end, step: step}
	if n := v.sample[dim].N; n >= 0 {
		first, k := slicePlaces(n, start, end, step)
		p.from, p.to = first, min(first+(k-1)*step+1, n)
		return p, false, k >= 1
	}
	return p, false, true
}
