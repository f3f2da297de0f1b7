package onnx

import (
	"math"
	"slices"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/source"
)

// lay makes the node's output x in other extents. dims are all of them, the batch
// too; -1 is one that is unknown.
func (c conversion) lay(x *value, dims []int64) bool {
	if len(dims) > source.MaxDims {
		return false
	}
	batch, lost, ok := c.rebatch(x, dims)
	if !ok {
		return false
	}
	sample := tensor.Of(dims...)
	if batch >= 0 {
		sample = slices.Delete(sample, batch, batch+1)
	}
	return c.laid(x.laidOut(c.Out[0], sample, batch, lost))
}

// laid sets the node's output to v, a value with other extents. A node that needed
// no layer for that is counted as left out.
func (c conversion) laid(v *value) bool {
	v.ones = c.Op == "Squeeze"
	before := len(c.Graph.Nodes)
	if c.settle(v) == nil {
		return false
	}
	if len(c.Graph.Nodes) == before {
		c.leaveOut()
	}
	c.bind(0, v)
	return true
}

// asStated lays a value out as the file states, where the extents are computed
// while the network runs.
func (c conversion) asStated(x *value) bool {
	dims := c.stated[c.Out[0]].Dims
	return dims != nil && c.lay(x, dims)
}

// rebatch finds out where the batch is when a value is laid out in dims: where
// as many elements are before it and it has its size; else it was mixed with
// others, which only a batch of one bears. A 1 that comes new to a value whose
// batch was mixed is the batch again.
func (l *lowering) rebatch(x *value, dims []int64) (batch int, lost, ok bool) {
	if x.batch < 0 {
		if x.lost {
			ones := func(s []int64) (k int) {
				for _, d := range s {
					if d == 1 {
						k++
					}
				}
				return k
			}
			if ones(dims) > ones(x.dims(l.batch.size)) && len(dims) > 1 {
				return slices.Index(dims, 1), false, true
			}
		}
		return noBatch, x.lost, true
	}
	have := x.dims(l.batch.size)
	before, known := productOf(tensor.Of(have[:x.batch]...))
	if known {
		n := int64(1)
		best := noBatch
		for i, d := range dims {
			if n == before && d == l.batch.size && (best < 0 || i <= x.batch) {
				best = i
			}
			if d < 0 || n > before {
				break
			}
			n *= max(d, 1)
		}
		if best >= 0 {
			return best, false, true
		}
	} else if i := x.batch; i < len(dims) && dims[i] == l.batch.size {
		return i, false, true
	}
	return noBatch, true, l.batch.size == 1
}

func flatten(c conversion) bool {
	x := c.live(0)
	if x == nil || x.sample == nil {
		return false
	}
	dims := x.dims(c.batch.size)
	axis := c.Int("axis", 1)
	if axis < 0 {
		axis += int64(len(dims))
	}
	if axis < 0 || axis > int64(len(dims)) {
		return false
	}
	sides := []int64{tensor.Unknown, tensor.Unknown}
	for i, part := range [][]int64{dims[:axis], dims[axis:]} {
		if p, ok := productOf(tensor.Of(part...)); ok {
			sides[i] = p
		}
	}
	if axis == 1 && x.batch == 0 { // its sample is one row, also where that is unknown
		return c.laid(x.laidOut(c.Out[0], tensor.Of(sides[1]), 0, false))
	}
	return c.lay(x, sides)
}

func reshape(c conversion) bool {
	x := c.live(0)
	k := c.constant(1)
	if a := c.Attrs["shape"]; a != nil { // opset 1
		k = &constant{dims: []int64{int64(len(a.Ints))}}
		for _, d := range a.Ints {
			k.data = append(k.data, float64(d))
		}
	}
	if x == nil || x.sample == nil {
		return false
	}
	if k == nil || k.data == nil {
		return c.asStated(x)
	}
	if len(k.data) > source.MaxDims {
		return false
	}
	c.markOption(k)
	dims, ok := reshaped(x.dims(c.batch.size), k.data, c.Int("allowzero", 0) != 0)
	if !ok {
		return false
	}
	return c.lay(x, dims)
}

// reshaped returns the shape that Reshape requests: 0 keeps an extent, −1 is what
// follows from the others, NaN is unknown.
func reshaped(have []int64, to []float64, zero bool) ([]int64, bool) {
	dims := make([]int64, len(to))
	open, unknown := -1, 0
	rest := num.Of(1)
	for i, v := range to {
		switch {
		case math.IsNaN(v):
			dims[i] = tensor.Unknown
			unknown++
			continue
		case v == 0 && !zero:
			if i >= len(have) {
				return nil, false
			}
			dims[i] = have[i]
		case v == -1 && open < 0:
			open = i
			continue
		case v < 0 || v > num.MaxExtent:
			return nil, false
		default:
			dims[i] = int64(v)
		}
		if dims[i] < 0 {
			unknown++
			continue
		}
		rest = rest.Times(dims[i])
	}
	all := num.Of(1)
	for _, d := range have {
		if d < 0 {
			unknown++
			continue
		}
		all = all.Times(d)
	}
	total, ok := all.Int64()
	part, ok2 := rest.Int64()
	if !ok || !ok2 || total > num.MaxExtent || part > num.MaxExtent {
		return nil, false
	}
	if open < 0 {
		return dims, unknown > 0 || total == part
	}
	dims[open] = tensor.Unknown
	if unknown == 0 {
		if part == 0 || total%part != 0 {
			return nil, false
		}
		dims[open] = total / part
	}
	return dims, true
}

func transpose(c conversion) bool {
	x := c.live(0)
	if x == nil || x.sample == nil {
		return false
	}
	rank := x.rank()
	perm := c.Ints("perm")
	if perm == nil {
		for i := rank - 1; i >= 0; i-- {
			perm = append(perm, int64(i))
		}
	}
	if !isOrder(perm, rank) {
		return false
	}
	batch := noBatch
	var order []int64
	for i, p := range perm {
		if at, ok := x.at(p); ok {
			order = append(order, int64(at+1))
		} else {
			batch = i
		}
	}
	if slices.IsSorted(order) {
		return c.pass(x.laidOut(c.Out[0], x.sample, batch, x.lost))
	}
	if len(order) > layer.MaxRank {
		return false
	}
	return c.joint(draft{layer: permuted(order...), in: []*value{x}}, batch)
}

// isOrder reports whether perm has each of 0 to rank−1 once.
func isOrder(perm []int64, rank int) bool {
	seen := make([]bool, rank)
	for _, p := range perm {
		if p < 0 || p >= int64(rank) || seen[p] {
			return false
		}
		seen[p] = true
	}
	return len(perm) == rank
}

func squeeze(c conversion) bool {
	x := c.live(0)
	axes, ok := c.numbers("axes", 1)
	if x == nil || x.sample == nil {
		return false
	}
	if !ok {
		return c.asStated(x)
	}
	dims := x.dims(c.batch.size)
	to, gone, ok := squeezed(dims, axes)
	if !ok {
		return false
	}
	c.markOption(c.constant(1))
	switch {
	case x.batch < 0:
		return c.lay(x, to)
	case gone[x.batch]:
		return c.batch.size == 1 && c.lay(x.laidOut(x.name, tensor.Of(dims...), noBatch, true), to)
	}
	batch := x.batch
	sample := tensor.Shape{}
	for i, d := range dims {
		switch {
		case gone[i] && i < x.batch:
			batch--
		case gone[i] || i == x.batch:
		default:
			sample = append(sample, tensor.Dim{N: d})
		}
	}
	return c.laid(x.laidOut(c.Out[0], sample, batch, x.lost))
}

// squeezed returns a shape without the extents of 1 that axes name, or without all.
func squeezed(dims, axes []int64) (to []int64, gone []bool, ok bool) {
	gone = make([]bool, len(dims))
	for _, a := range axes {
		if a < 0 {
			a += int64(len(dims))
		}
		if a < 0 || a >= int64(len(dims)) || dims[a] > 1 || dims[a] == 0 {
			return nil, nil, false
		}
		gone[a] = true
	}
	to = []int64{}
	for i, d := range dims {
		if axes == nil {
			if d < 0 {
				return nil, nil, false
			}
			gone[i] = d == 1
		}
		if !gone[i] {
			to = append(to, d)
		}
	}
	return to, gone, true
}

// unsqueezed returns a shape with extents of 1 at axes, and where its own went.
func unsqueezed(dims, axes []int64) (to []int64, at []int, ok bool) {
	rank := len(dims) + len(axes)
	if rank > 2*source.MaxDims {
		return nil, nil, false
	}
	to = make([]int64, rank)
	for _, a := range axes {
		if a < 0 {
			a += int64(rank)
		}
		if a < 0 || a >= int64(rank) || to[a] == 1 {
			return nil, nil, false
		}
		to[a] = 1
	}
	k := 0
	for i := range to {
		if to[i] != 1 {
			to[i] = math.MinInt64
		}
	}
	for i := range to {
		if to[i] == math.MinInt64 {
			to[i] = dims[k]
			at = append(at, i)
			k++
		}
	}
	return to, at, true
}

func unsqueeze(c conversion) bool {
	x := c.live(0)
	axes, ok := c.numbers("axes", 1)
	if x == nil || x.sample == nil {
		return false
	}
	if !ok {
		return c.asStated(x)
	}
	to, at, ok := unsqueezed(x.dims(c.batch.size), axes)
	if !ok || len(to) > source.MaxDims {
		return false
	}
	c.markOption(c.constant(1))
	if x.batch < 0 {
		return c.lay(x, to)
	}
	batch := at[x.batch]
	return c.laid(x.laidOut(c.Out[0], slices.Delete(tensor.Of(to...), batch, batch+1), batch, x.lost))
}
