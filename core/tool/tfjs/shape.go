package tfjs

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// toFirst brings the channels, which are last, to the front.
func toFirst(c conversion, x value) (value, bool) {
	n := int64(len(c.Shapes[x.node]))
	if n < 2 || c.first[x.node] {
		return x, n > 0
	}
	dims := []int64{n}
	for i := int64(1); i < n; i++ {
		dims = append(dims, i)
	}
	return permute(c, x, dims, true)
}

// toLast brings the channels back to where the file has them.
func toLast(c conversion, x value) (value, bool) {
	n := int64(len(c.Shapes[x.node]))
	if n < 2 || !c.first[x.node] {
		return x, n > 0
	}
	var dims []int64
	for i := int64(2); i <= n; i++ {
		dims = append(dims, i)
	}
	return permute(c, x, append(dims, 1), false)
}

func permute(c conversion, x value, dims []int64, first bool) (value, bool) {
	v, ok := c.emit(layerOf(layer.PermuteKind, func(l *layer.Permute) { l.Dims = layer.WholesOf(dims...) }), []value{x})
	return ordered(c, v, first), ok
}

// ordered says where a value has its channels.
func ordered(c conversion, v value, first bool) value {
	if v.node != "" {
		c.put(v.node, first)
	}
	return v
}

// known returns a shape's extents and their product, if all are known.
func known(s tensor.Shape) (total int64, ok bool) {
	n, ok := s.Elements()
	if !ok || s == nil {
		return 0, false
	}
	return n.Int64()
}

// next returns the operators that take a value and do not change its channels, then
// those behind them, nearest first.
func next(c conversion, name string) []*node {
	var all []*node
	ways := []string{name}
	for len(ways) > 0 && len(all) < 32 {
		for _, n := range c.users[ways[0]] {
			if slices.Contains(all, n) {
				continue
			}
			all = append(all, n)
			if passing[n.op] || keepsShape[n.op] || keepsChannels[n.op] || joins[n.op] {
				ways = append(ways, n.name)
			}
		}
		ways = ways[1:]
	}
	return all
}

// joins are operators that stretch two values to each other.
var joins = map[string]bool{"Add": true, "AddV2": true, "AddN": true, "Sub": true, "Mul": true, "Maximum": true, "Minimum": true,
	"RealDiv": true, "SquaredDifference": true}

// channelsAsked returns how many channels, or features, what follows a value needs; 0
// if that is unknown.
func channelsAsked(c conversion, name string) int64 {
	for _, n := range next(c, name) {
		at := map[string]int{"Conv2D": 2, "DepthwiseConv2dNative": 2, "MatMul": 0, "Conv2DBackpropInput": 3,
			"BiasAdd": 0, "FusedBatchNorm": 0, "FusedBatchNormV2": 0, "FusedBatchNormV3": 0}
		i, ok := at[n.op]
		if !ok || len(n.in) < 2 {
			continue
		}
		if v := c.values[n.in[1]]; v.fixed != nil && i < len(v.fixed.dims) {
			if n.op == "MatMul" && n.attrs["transpose_b"].B && len(v.fixed.dims) == 2 {
				i = 1
			}
			return v.fixed.dims[i]
		}
	}
	return 0
}

// targetRank returns how many extents a shape that is asked for has, with the batch.
func targetRank(k *constant) int {
	if k == nil || len(k.dims) != 1 || k.dims[0] > int64(layer.MaxRank)+1 {
		return -1
	}
	return int(k.dims[0])
}

// reshape to features, to a map of one position, to a square map, or to a sequence
// of positions, whichever fits what follows.
func reshape(c conversion) bool {
	x, ok := c.live(0)
	k := c.constant(1)
	s, rank := c.Shapes[x.node], targetRank(k)
	if !ok || rank < 1 || s == nil {
		return false
	}
	if k.data != nil {
		return reshapeTo(c, x, k.data[1:])
	}
	asked := channelsAsked(c, c.name)
	total, sized := known(s)
	switch {
	case rank == len(s)+1:
		if len(s) > 1 {
			c.infer()
		}
		return c.leaveOut(x)
	case rank == 2 && asked > 0 && sized && asked != total:
		last := len(s) - 1
		if c.first[x.node] {
			last = 0
		}
		if s[last].N != asked {
			return false
		}
		return c.leaveOut(x) // all positions are samples
	case rank == 2:
		if asked == 0 {
			c.infer()
		}
		return c.result(layer.FlattenKind.New(), []value{x})
	case rank == 4 && len(s) == 1 && sized && (asked == total || asked == 0 && joinsNext(c)):
		if asked == 0 {
			c.infer()
		}
		return reshapeTo(c, x, []int64{1, 1, total})
	case rank == 4 && len(s) == 1 && sized && asked > 0 && total%asked == 0:
		if side := root(total / asked); side > 0 {
			c.infer()
			return reshapeTo(c, x, []int64{side, side, asked})
		}
	case rank == 3 && len(s) == 3 && c.first[x.node] && (asked == s[0].N):
		if x, ok = toLast(c, x); !ok {
			return false
		}
		c.infer()
		return c.result(layerOf(layer.FlattenKind, func(l *layer.Flatten) { l.End.N = 2 }), []value{x})
	}
	return false
}

// joinsNext reports whether what follows only stretches a value to another.
func joinsNext(c conversion) bool {
	u := c.users[c.name]
	return len(u) > 0 && !slices.ContainsFunc(u, func(n *node) bool { return !joins[n.op] })
}

func root(n int64) int64 {
	for i := int64(1); i*i <= n && i < 1<<16; i++ {
		if i*i == n {
			return i
		}
	}
	return 0
}

// reshapeTo lays a value out in extents as the file orders them.
func reshapeTo(c conversion, x value, dims []int64) bool {
	first := len(dims) > 2
	sizes := slices.Clone(dims)
	if first {
		sizes = append([]int64{dims[len(dims)-1]}, dims[:len(dims)-1]...)
	}
	v, ok := c.emit(layerOf(layer.ReshapeKind, func(l *layer.Reshape) {
		if len(sizes) <= layer.MaxRank {
			l.Sizes = layer.ExtentsOf(sizes...)
		}
	}), []value{x})
	return ok && c.bind(ordered(c, v, first))
}

// squeeze takes extents of one away; which are in the file.
func squeeze(c conversion) bool {
	x, ok := c.live(0)
	s := c.Shapes[x.node]
	if !ok || s == nil {
		return false
	}
	axes := c.ints("squeeze_dims")
	if len(axes) == 0 {
		axes = c.ints("axis")
	}
	var dims []int64
	for _, a := range axes {
		if a < 0 {
			a += int64(len(s)) + 1
		}
		if at, ok := place(c, x, a); ok {
			dims = append(dims, int64(at+1))
		}
	}
	if len(axes) > 0 && len(dims) == 0 { // the batch
		return c.leaveOut(value{node: x.node, unbatch: true})
	}
	v, ok := c.emit(layerOf(layer.SqueezeKind, func(l *layer.Squeeze) { l.Dims = layer.WholesOf(dims...) }), []value{x})
	return ok && c.bind(ordered(c, v, c.first[x.node] && !slices.Contains(dims, 1)))
}

// place returns where the sample has an axis of the file, which counts the batch.
func place(c conversion, x value, axis int64) (int, bool) {
	n := int64(len(c.Shapes[x.node]))
	if axis < 1 || axis > n {
		return 0, false
	}
	switch {
	case !c.first[x.node]:
		return int(axis - 1), true
	case axis == n:
		return 0, true
	default:
		return int(axis), true
	}
}

// expandDims makes a map of a sequence for the convolution behind it, or the batch of
// a picture.
func expandDims(c conversion) bool {
	x, ok := c.live(0)
	s := c.Shapes[x.node]
	switch {
	case !ok || s == nil:
		return false
	case x.unbatch:
		return c.leaveOut(value{node: x.node})
	case len(s) != 2:
		return false
	}
	for _, n := range next(c, c.name) {
		k := &constant{}
		if len(n.in) > 1 && c.values[n.in[1]].fixed != nil {
			k = c.values[n.in[1]].fixed
		}
		if n.op != "Conv2D" && n.op != "DepthwiseConv2dNative" || len(k.dims) != 4 {
			continue
		}
		at := slices.Index(k.dims[:2], 1) // the height if both are
		if x, ok = toFirst(c, x); !ok || at < 0 {
			return false
		}
		v, ok := c.emit(layerOf(layer.UnsqueezeKind, func(l *layer.Unsqueeze) { l.Dim.N = int64(at) + 2 }), []value{x})
		return ok && c.bind(ordered(c, v, true))
	}
	return false
}
