package tfjs

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
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

// pack makes the batch of a picture.
func pack(c conversion) bool {
	x, ok := c.live(0)
	return ok && x.unbatch && len(c.node.in) == 1 && c.leaveOut(value{node: x.node})
}

// unpack takes the batch of a picture away.
func unpack(c conversion) bool {
	x, ok := c.live(0)
	return ok && c.attrs["num"].I == 1 && c.attrs["axis"].I == 0 && c.leaveOut(value{node: x.node, unbatch: true})
}

// pad adds cells; how many follows from the window behind it, which would else lose
// its edge: as many as SAME needs, which gives the size that exporters mean.
func pad(c conversion) bool {
	x, ok := c.live(0)
	s, k := c.Shapes[x.node], c.constant(1)
	if !ok || len(s) < 2 || k == nil {
		return false
	}
	if x, ok = toFirst(c, x); !ok {
		return false
	}
	s = c.Shapes[x.node]
	dims := len(s) - 1
	before, after := make([]int64, dims), make([]int64, dims)
	if len(k.data) == 2*(dims+2) {
		for i := range dims {
			before[i], after[i] = k.data[2*(i+1)], k.data[2*(i+1)+1]
		}
		return c.result(padding(before, after), []value{x})
	}
	if more := channelsJoined(c) - s[0].N; more > 0 && s[0].Known() {
		c.infer()
		before, after = append(before, 0), append([]int64{more}, after...)
		return c.result(padding(before, after), []value{x})
	}
	kernel := windowBehind(c)
	if len(kernel) != dims || slices.Max(kernel) < 2 || slices.Max(kernel) > 1<<10 {
		return false
	}
	for i, n := range kernel {
		before[i] = (n - 1) / 2
		after[i] = n - 1 - before[i]
	}
	c.infer()
	return c.result(padding(before, after), []value{x})
}

// channelsJoined returns how many channels the map has that the output is joined with;
// 0 if there is none, or that is unknown. It may be of a convolution that comes later.
func channelsJoined(c conversion) int64 {
	n := c.only(c.name)
	if n == nil || !joins[n.op] || len(n.in) != 2 {
		return 0
	}
	other := n.in[0]
	if other == c.name {
		other = n.in[1]
	}
	if v, ok := c.values[other]; ok && c.first[v.node] {
		return max(c.Dim(v.node, 0), 0)
	}
	for range 6 {
		n := c.byName[other]
		if n == nil || len(n.in) == 0 {
			return 0
		}
		if n.op == "Conv2D" && len(n.in) > 1 {
			if k := c.values[n.in[1]].fixed; k != nil && len(k.dims) == 4 {
				return k.dims[3]
			}
		}
		if !keepsShape[n.op] && !joins[n.op] {
			return 0
		}
		other = n.in[0]
	}
	return 0
}

// windowBehind returns the kernel of the one operator that takes the output, if that
// pads nothing itself.
func windowBehind(c conversion) []int64 {
	n := c.only(c.name)
	if n == nil || n.text("padding") != "VALID" || len(n.in) == 0 {
		return nil
	}
	if size := n.ints("ksize"); len(size) > 2 {
		return size[1 : len(size)-1]
	}
	if len(n.in) > 1 && (n.op == "Conv2D" || n.op == "DepthwiseConv2dNative" || n.op == "Conv3D") {
		if k := c.values[n.in[1]].fixed; k != nil && len(k.dims) > 2 {
			return k.dims[:len(k.dims)-2]
		}
	}
	return nil
}

// resize stretches a map to a size that is stored, or is that of what it is joined
// with, or of the network's output.
func resize(mode string) operation {
	return func(c conversion) bool {
		x, ok := c.live(0)
		if s := c.Shapes[x.node]; !ok || len(s) != 3 {
			return false
		}
		if x, ok = toFirst(c, x); !ok {
			return false
		}
		s := c.Shapes[x.node]
		to := partner(c)
		if k := c.constant(1); k != nil && len(k.data) == 2 {
			to = k.data
		}
		if len(to) != 2 || to[0] < 1 || to[1] < 1 {
			return false
		}
		return c.result(layerOf(layer.UpsampleKind, func(l *layer.Upsample) {
			l.Mode.Word = mode
			l.Align = layer.Switch(c.attrs["align_corners"].B && mode == "bilinear")
			if s[1].N > 0 && s[2].N > 0 && to[0]%s[1].N == 0 && to[1]%s[2].N == 0 {
				l.Ratio = layer.RealsOf(float64(to[0]/s[1].N), float64(to[1]/s[2].N))
			} else {
				l.Size = layer.ExtentsOf(to...)
			}
		}), []value{x})
	}
}

// partner returns the size of a map that the output meets before its size changes.
func partner(c conversion) []int64 {
	ways, seen := []string{c.name}, map[string]bool{}
	for len(ways) > 0 && len(seen) < 32 {
		name := ways[0]
		ways = ways[1:]
		if d := c.declared[name]; len(d) == 4 && d[1] > 0 && d[2] > 0 {
			return d[1:3]
		}
		for _, n := range c.users[name] {
			if seen[n.name] {
				continue
			}
			seen[n.name] = true
			if joins[n.op] || n.op == "ConcatV2" {
				for _, in := range n.in {
					v := c.values[in]
					if s := c.Shapes[v.node]; v.fixed == nil && in != name && len(s) == 3 && c.first[v.node] &&
						s[1].Known() && s[2].Known() && s[1].N > 1 {
						return []int64{s[1].N, s[2].N}
					}
				}
			}
			keeps := n.text("padding") == "SAME" &&
				!slices.ContainsFunc(n.ints("strides"), func(s int64) bool { return s != 1 }) &&
				(n.op == "Conv2D" || n.op == "DepthwiseConv2dNative")
			if keeps || passing[n.op] || keepsShape[n.op] || joins[n.op] || n.op == "ConcatV2" {
				ways = append(ways, n.name)
			}
		}
	}
	return nil
}

// split divides the channels into equal parts.
func split(c conversion) bool {
	x, ok := c.live(1)
	s := c.Shapes[x.node]
	parts := int64(c.attrs["num_split"].I)
	if !ok || len(s) == 0 || parts < 1 {
		return false
	}
	at := len(s) - 1
	if c.first[x.node] {
		at = 0
	}
	if k := c.constant(0); k != nil && len(k.data) == 1 {
		if at, ok = place(c, x, k.data[0]); !ok {
			return false
		}
	} else {
		c.infer()
	}
	if !s[at].Known() || s[at].N%parts != 0 || parts > graph.MaxInputs {
		return false
	}
	n := s[at].N / parts
	for i := range parts {
		name := c.name
		if i > 0 {
			name += ":" + decimal(i)
		}
		if len(c.users[name]) == 0 {
			continue
		}
		v, ok := c.emit(layerOf(layer.SliceKind, func(l *layer.Slice) {
			l.From.N, l.To.N, l.Dim.N = i*n, (i+1)*n, int64(at+1)
		}), []value{x})
		if !ok {
			return false
		}
		c.assign(name, v)
	}
	return true
}
