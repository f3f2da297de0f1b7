package importer

import (
	"math"
	"slices"
	"strconv"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// lay makes a node's output its input in other extents. dims are all of them, the
// batch too; -1 is one that cannot be told.
func (c *onnxNet) lay(n *onnxNode, x *onnxValue, dims []int64) bool {
	if len(dims) > MaxDims {
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
	v := x.laidOut(n.out[0], sample, batch, lost)
	return c.laid(n, v)
}

// laid makes v, its input in other extents, a node's output. Where that takes no
// layer the node was left out.
func (c *onnxNet) laid(n *onnxNode, v *onnxValue) bool {
	v.ones = n.op == "Squeeze"
	before := len(c.g.Nodes)
	if c.settle(v) == nil {
		return false
	}
	if len(c.g.Nodes) == before {
		c.folded[n.op]++
	}
	c.set(n, 0, v)
	return true
}

// asTold lays a value out as the file says, where the extents are computed while
// the network runs.
func (c *onnxNet) asTold(n *onnxNode, x *onnxValue) bool {
	told := c.infos[n.out[0]].dims
	return told != nil && c.lay(n, x, told)
}

// rebatch finds out where the batch stands when a value is laid out in dims: where
// as many elements are before it and it has its size; else it was mixed with
// others, which only a batch of one bears. A 1 that comes new to a value whose
// batch was mixed is the batch again.
func (c *onnxNet) rebatch(x *onnxValue, dims []int64) (batch int, lost, ok bool) {
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
			if ones(dims) > ones(x.dims(c.n)) && len(dims) > 1 {
				return slices.Index(dims, 1), false, true
			}
		}
		return noBatch, x.lost, true
	}
	have := x.dims(c.n)
	before, known := productOf(tensor.Of(have[:x.batch]...))
	if known {
		n := int64(1)
		best := noBatch
		for i, d := range dims {
			if n == before && d == c.n && (best < 0 || i <= x.batch) {
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
	} else if i := x.batch; i < len(dims) && dims[i] == c.n {
		return i, false, true
	}
	return noBatch, true, c.n == 1
}

func (c *onnxNet) flatten(n *onnxNode) bool {
	x := c.live(n, 0)
	if x == nil || x.sample == nil {
		return false
	}
	dims := x.dims(c.n)
	axis := n.int("axis", 1)
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
	if axis == 1 && x.batch == 0 { // its sample is one row, also where that cannot be told
		return c.laid(n, x.laidOut(n.out[0], tensor.Of(sides[1]), 0, false))
	}
	return c.lay(n, x, sides)
}

func (c *onnxNet) reshape(n *onnxNode) bool {
	x := c.live(n, 0)
	k := c.constIn(n, 1)
	if a := n.attrs["shape"]; a != nil { // opset 1
		k = &onnxConst{dims: []int64{int64(len(a.ints))}}
		for _, d := range a.ints {
			k.data = append(k.data, float64(d))
		}
	}
	if x == nil || x.sample == nil {
		return false
	}
	if k == nil || k.data == nil {
		return c.asTold(n, x)
	}
	if len(k.data) > MaxDims {
		return false
	}
	c.spend(k)
	dims, ok := reshaped(x.dims(c.n), k.data, n.int("allowzero", 0) != 0)
	if !ok {
		return false
	}
	return c.lay(n, x, dims)
}

// reshaped returns the shape that Reshape asks for: 0 keeps an extent, −1 is what
// follows from the others, NaN cannot be told.
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

func (c *onnxNet) transpose(n *onnxNode) bool {
	x := c.live(n, 0)
	if x == nil || x.sample == nil {
		return false
	}
	rank := x.rank()
	perm := n.ints("perm")
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
		c.folded[n.op]++
		c.set(n, 0, x.laidOut(n.out[0], x.sample, batch, x.lost))
		return true
	}
	if len(order) > layer.MaxRank {
		return false
	}
	v := c.put(n, made{kind: "permute", pairs: []string{"dims", joinInts(order)}, in: []*onnxValue{x}})
	if v == nil {
		return false
	}
	v.batch = batch
	c.set(n, 0, v)
	return true
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

func (c *onnxNet) squeeze(n *onnxNode) bool {
	x := c.live(n, 0)
	axes, ok := c.intsIn(n, "axes", 1)
	if x == nil || x.sample == nil {
		return false
	}
	if !ok {
		return c.asTold(n, x)
	}
	dims := x.dims(c.n)
	to, gone, ok := squeezed(dims, axes)
	if !ok {
		return false
	}
	c.spend(c.constIn(n, 1))
	switch {
	case x.batch < 0:
		return c.lay(n, x, to)
	case gone[x.batch]:
		return c.n == 1 && c.lay(n, x.laidOut(x.name, tensor.Of(dims...), noBatch, true), to)
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
	return c.laid(n, x.laidOut(n.out[0], sample, batch, x.lost))
}

// squeezed returns a shape without the extents of 1 that axes say, or without all.
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
	if rank > 2*MaxDims {
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

func (c *onnxNet) unsqueeze(n *onnxNode) bool {
	x := c.live(n, 0)
	axes, ok := c.intsIn(n, "axes", 1)
	if x == nil || x.sample == nil {
		return false
	}
	if !ok {
		return c.asTold(n, x)
	}
	to, at, ok := unsqueezed(x.dims(c.n), axes)
	if !ok || len(to) > MaxDims {
		return false
	}
	c.spend(c.constIn(n, 1))
	if x.batch < 0 {
		return c.lay(n, x, to)
	}
	batch := at[x.batch]
	return c.laid(n, x.laidOut(n.out[0], slices.Delete(tensor.Of(to...), batch, batch+1), batch, x.lost))
}

func (c *onnxNet) split(n *onnxNode) bool {
	x := c.live(n, 0)
	sizes, ok := c.intsIn(n, "split", 1)
	if x == nil || x.sample == nil {
		return false
	}
	axis, fits := x.axis(n.int("axis", 0))
	at, fits2 := x.at(n.int("axis", 0))
	if !fits || !fits2 {
		return false
	}
	if !ok { // computed while running: as the file says
		sizes = nil
		for _, o := range n.out {
			told := c.infos[o].dims
			if axis >= len(told) {
				return false
			}
			sizes = append(sizes, told[axis])
		}
	}
	c.spend(c.constIn(n, 1))
	parts := int64(len(n.out))
	size := x.sample[at].N
	equal := sizes == nil
	if sizes != nil {
		equal = int64(len(sizes)) == parts && !slices.ContainsFunc(sizes, func(s int64) bool { return s != sizes[0] })
	}
	return c.try(func() bool {
		from := int64(0)
		for i := range n.out {
			if n.out[i] == "" {
				continue
			}
			tail := "." + strconv.Itoa(i)
			switch {
			case parts == 1:
				c.folded[n.op]++
				c.set(n, 0, x)
			case equal:
				v := c.put(n, made{kind: "chunk", pairs: []string{"chunks", itoa(parts), "part", strconv.Itoa(i), "dim", strconv.Itoa(at + 1)}, in: []*onnxValue{x}, tail: tail})
				if v == nil {
					return false
				}
				c.set(n, i, v)
			case i >= len(sizes) || size < 0 || sizes[i] < 1 || from+sizes[i] > size:
				return false
			case !c.cut(n, i, x, at, from, from+sizes[i], 1, tail):
				return false
			}
			if sizes != nil && i < len(sizes) {
				from += sizes[i]
			}
		}
		return true
	})
}

// cut makes output i the part from up to to of sample dimension at.
func (c *onnxNet) cut(n *onnxNode, i int, x *onnxValue, at int, from, to, step int64, tail string) bool {
	if x.sample == nil {
		return false
	}
	if size := x.sample[at].N; size >= 0 && to >= size || to == math.MaxInt64 {
		to = 0 // up to the end
	}
	if to < 0 && from >= 0 && to+1 == 0 && x.sample[at].N < 0 {
		return false
	}
	if to == 0 && from == 0 && step == 1 {
		c.folded[n.op]++
		c.set(n, i, x)
		return true
	}
	v := c.put(n, made{kind: "slice", in: []*onnxValue{x}, tail: tail,
		pairs: []string{"from", itoa(from), "to", itoa(to), "step", itoa(step), "dim", strconv.Itoa(at + 1)}})
	c.set(n, i, v)
	return v != nil
}

func (c *onnxNet) slice(n *onnxNode) bool {
	x := c.live(n, 0)
	starts, ok := c.intsIn(n, "starts", 1)
	ends, ok2 := c.intsIn(n, "ends", 2)
	axes, ok3 := c.intsIn(n, "axes", 3)
	var steps []int64
	ok4 := true
	if n.has(4) {
		steps, ok4 = c.constIn(n, 4).ints()
	}
	if x == nil || x.sample == nil || !ok || !ok2 || !ok3 || !ok4 || len(starts) != len(ends) {
		return false
	}
	if axes == nil {
		for i := range starts {
			axes = append(axes, int64(i))
		}
	}
	if len(axes) != len(starts) || steps != nil && len(steps) != len(starts) {
		return false
	}
	for i := 1; i < len(n.in); i++ {
		c.spend(c.constIn(n, i))
	}
	return c.try(func() bool {
		v := x
		for i, a := range axes {
			step := int64(1)
			if steps != nil {
				step = steps[i]
			}
			if p, ok := v.axis(a); ok && p == v.batch {
				if first, k := slicePlaces(c.n, starts[i], ends[i], step); k != c.n || first != 0 || step != 1 {
					return false
				}
				continue
			}
			at, ok := v.at(a)
			if !ok || step < 1 {
				return false
			}
			from, to := starts[i], ends[i]
			if n := v.sample[at].N; n >= 0 {
				first, k := slicePlaces(n, from, to, step)
				if k < 1 {
					return false
				}
				from, to = first, min(first+(k-1)*step+1, n)
			}
			part := *n
			part.out = n.out[:1]
			tail := ""
			if i > 0 {
				tail = "." + strconv.Itoa(i)
			}
			if !c.cut(&part, 0, v, at, from, to, step, tail) {
				return false
			}
			v = c.values[n.out[0]]
		}
		if len(axes) == 0 || v == x {
			c.folded[n.op]++
			c.set(n, 0, x)
		}
		return true
	})
}

// pad adds cells; modes other than a constant are named as in PyTorch.
func (c *onnxNet) pad(n *onnxNode) bool {
	x := c.live(n, 0)
	name := "pads"
	if n.attrs["paddings"] != nil { // opset 1
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
	if n.has(3) {
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
	for i := 1; i < len(n.in); i++ {
		c.spend(c.constIn(n, i))
	}
	zero := func(v []int64) bool { return !slices.ContainsFunc(v, func(p int64) bool { return p != 0 }) }
	if zero(before) && zero(after) {
		c.folded[n.op]++
		c.set(n, 0, x)
		return true
	}
	if len(before) > 1 && before[0] == 0 && after[0] == 0 {
		before, after = before[1:], after[1:]
	}
	mode := map[string]string{"constant": "constant", "reflect": "reflect", "edge": "replicate", "wrap": "circular"}[n.str("mode", "constant")]
	m := made{kind: "pad", pairs: []string{"sides", sidesText(before, after), "mode", mode}, in: []*onnxValue{x}}
	if v, ok := c.constIn(n, 2).scalar(); ok && v != 0 && mode == "constant" && !math.IsInf(v, 0) {
		m.pairs = append(m.pairs, "fill", strconv.FormatFloat(v, 'g', -1, 32))
	}
	return c.give(n, m)
}

// crop is an operator of opset 1: border left, top, right, bottom, or a scale.
func (c *onnxNet) crop(n *onnxNode) bool {
	x, b := c.live(n, 0), n.ints("border")
	if x == nil || len(b) != 4 || n.ints("scale") != nil || x.batch > 0 {
		return false
	}
	return c.give(n, made{kind: "crop", pairs: []string{"sides", sidesText([]int64{b[1], b[0]}, []int64{b[3], b[2]})}, in: []*onnxValue{x}})
}

// resize stretches the map. Sizes follow the operator's rule: ⌊in·scale⌋.
func (c *onnxNet) resize(n *onnxNode) bool {
	x := c.live(n, 0)
	if x == nil || x.sample == nil || x.batch > 0 || len(x.sample) < 2 || len(x.sample) > layer.MaxSpatial+1 {
		return false
	}
	to, ratio, ok := c.stretch(n, x)
	if !ok {
		return false
	}
	for i := 1; i < len(n.in); i++ {
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
	word := words[n.str("mode", "nearest")]
	if word == nil || word[dims-1] == "" {
		return false
	}
	pairs := []string{"interpolation", word[dims-1]}
	if n.str("coordinate_transformation_mode", "") == "align_corners" && word[0] != "nearest" {
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
func (c *onnxNet) stretch(n *onnxNode, x *onnxValue) (to []int64, ratio []float64, ok bool) {
	have := x.dims(c.n)
	scaleAt, sizeAt := 2, 3
	if n.op == "Upsample" || c.m.opset < 11 {
		scaleAt, sizeAt = 1, 99
	}
	var scales *onnxConst
	if a := n.attrs["scales"]; a != nil {
		scales = &onnxConst{}
		for _, f := range a.floats {
			scales.data = append(scales.data, float64(f))
		}
	} else if h, w := n.attrs["height_scale"], n.attrs["width_scale"]; h != nil && w != nil { // opset 1
		scales = rowOf(1, 1, float64(h.f), float64(w.f))
	} else if n.has(scaleAt) {
		scales = c.constIn(n, scaleAt)
	}
	axes := n.ints("axes")
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
	if told := c.infos[n.out[0]].dims; len(told) == len(have) && c.constIn(n, sizeAt) == nil && c.constIn(n, scaleAt) == nil && !slices.Contains(told, -1) {
		return told, nil, true // computed while running, and told by the file
	}
	sizes, ok := c.constIn(n, sizeAt).shape()
	if !ok || len(sizes) != len(axes) {
		return nil, nil, false
	}
	policy := n.str("keep_aspect_ratio_policy", "stretch")
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

func (c *onnxNet) col2im(n *onnxNode) bool {
	x := c.live(n, 0)
	size, ok := c.constIn(n, 1).ints()
	block, ok2 := c.constIn(n, 2).ints()
	if x == nil || !ok || !ok2 || len(size) != 2 || len(block) != 2 || x.batch > 0 {
		return false
	}
	m := made{kind: "fold", pairs: []string{"size", joinInts(size), "kernel", joinInts(block)}, in: []*onnxValue{x}}
	for attr, field := range map[string]string{"strides": "stride", "dilations": "dilation"} {
		if v := n.ints(attr); v != nil {
			m.pairs = append(m.pairs, field, joinInts(v))
		}
	}
	if p := n.ints("pads"); p != nil {
		if len(p) != 4 || p[0] != p[2] || p[1] != p[3] {
			return false
		}
		m.pairs = append(m.pairs, "padding", joinInts(p[:2]))
	}
	return c.give(n, m)
}
