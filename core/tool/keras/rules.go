package keras

import (
	"encoding/json"
	"slices"
	"strconv"

	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// inputLayer is an input of the network; stale shapes of later layers are not
// asked, since what comes in counts.
func (c *kerasCall) inputLayer() (kerasValue, error) {
	shape := withoutBatch(c.o.get("batch_input_shape", "batch_shape"))
	if raw := c.o.get("batch_input_shape", "batch_shape"); shape == nil && raw == nil {
		c.unfed = append(c.unfed, c.l.path)
		shape = []int64{tensor.Unknown}
	}
	v, err := c.input(c.l.path, shape, c.wish(c.around.model, c.place, len(shape), 0))
	c.mine = append(c.mine, v)
	return v, err
}

// activation is an activation as a layer; a linear one passes all on.
func (c *kerasCall) activation() (kerasValue, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	out, err := c.activate(in, c.o.get("activation"))
	if c.behind--; err == nil && out.node == in.node { // linear
		c.behind++
		return c.put("identity", []kerasValue{in}, in.order)
	}
	return out, err
}

// softmax is a softmax along an axis.
func (c *kerasCall) softmax() (kerasValue, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	return c.put("softmax", []kerasValue{in}, in.order, "dim", c.dim(in, c.o.whole(-1, "axis")))
}

// relu is a ReLU with a bound, a slope or a threshold (keras.layers.ReLU).
func (c *kerasCall) relu() (kerasValue, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	most, slope := c.bounded(0, 1e9, "max_value"), c.bounded(-1e9, 1e9, "negative_slope")
	switch {
	case most == "6":
		return c.put("relu6", []kerasValue{in}, in.order)
	case most != "":
		return c.put("hardtanh", []kerasValue{in}, in.order, "low", "0", "high", most)
	case slope != "" && slope != "0":
		return c.put("leakyrelu", []kerasValue{in}, in.order, "slope", slope)
	}
	return c.put("relu", []kerasValue{in}, in.order)
}

// prelu has a slope for each position, unless axes share them.
func (c *kerasCall) prelu() (kerasValue, error) {
	in, err := c.one()
	if err != nil || in.order == nil {
		return in, errNoKind
	}
	var shared []int64
	for _, axis := range c.o.numbers("shared_axes") {
		at, ok := c.axis(in, axis)
		if !ok {
			return in, errNoKind
		}
		shared = append(shared, int64(slices.Index(in.order, at))+1)
	}
	return c.put("prelu", []kerasValue{in}, in.order, "each", "on", "shared_axes", graph.Crossed(shared...))
}

// embedding adds an extent behind those of the indices.
func (c *kerasCall) embedding() (kerasValue, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	order := asWritten(2)
	if in.order != nil {
		if in, err = c.kerasNet.in(in, asWritten(len(in.order))); err != nil {
			return in, err
		}
		order = asWritten(len(in.order) + 1)
	}
	return c.put("embedding", []kerasValue{in}, order, "table", c.o.written("input_dim")+"x"+c.o.written("output_dim"))
}

// flatten lays everything in a row but the dimensions in front that are taken one
// by one.
func (c *kerasCall) flatten() (kerasValue, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	lead := c.around.lead
	if in.order == nil {
		return c.put("flatten", []kerasValue{in}, []int{0})
	}
	if lead > 0 {
		if in, err = c.kerasNet.in(in, asWritten(len(in.order))); err != nil {
			return in, err
		}
		if len(in.order) <= lead+1 {
			return c.put("identity", []kerasValue{in}, in.order)
		}
	}
	return c.put("flatten", []kerasValue{in}, asWritten(lead+1), "start", strconv.Itoa(lead+1))
}

// reshape gives the sizes in the order that what follows wants. Elements are not
// followed one by one, so none is moved for it.
func (c *kerasCall) reshape() (kerasValue, error) {
	in, err := c.one()
	target, ok := sizesOf(c.o.get("target_shape", "dims"))
	if err != nil || !ok {
		return in, errNoKind
	}
	if lead := c.around.lead; lead > 0 {
		shape := c.sizes(in)
		if len(shape) < lead {
			return in, errNoKind
		}
		if in, err = c.kerasNet.in(in, asWritten(len(in.order))); err != nil {
			return in, err
		}
		for i := range lead {
			target = slices.Insert(target, i, shape[i].N)
		}
	}
	if len(target) == 0 {
		target = []int64{1}
	}
	order := c.after(len(target))
	sizes := make([]int64, len(target))
	for i, axis := range order {
		sizes[i] = target[axis]
	}
	return c.put("reshape", []kerasValue{in}, order, "sizes", shapeOfSizes(sizes))
}

// permuted lays out extents anew: dims counts from 1, without the batch.
func (c *kerasCall) permuted() (kerasValue, error) {
	in, err := c.one()
	dims := c.o.numbers("dims")
	if err != nil || c.around.lead > 0 || len(dims) != len(in.order) {
		return in, errNoKind
	}
	order := c.after(len(dims))
	ours := make([]int64, len(dims))
	for i, axis := range order {
		at := slices.Index(in.order, int(dims[axis])-1)
		if at < 0 {
			return in, errNoKind
		}
		ours[i] = int64(at) + 1
	}
	return c.put("permute", []kerasValue{in}, order, "dims", graph.Crossed(ours...))
}

// repeatVector makes a sequence of copies of a vector.
func (c *kerasCall) repeatVector() (kerasValue, error) {
	in, err := c.one()
	if err != nil || c.around.lead > 0 {
		return in, errNoKind
	}
	return c.put("repeatvector", []kerasValue{in}, asWritten(2), "copies", c.o.written("n"))
}

// globalPool makes one value of each channel, and drops the extents it pooled
// unless they are kept.
func (c *kerasCall) globalPool() (kerasValue, error) {
	in, err := c.one()
	class := kerasClasses[c.l.class]
	lead := c.around.lead
	if err != nil || in.order != nil && len(in.order) != class.dims+lead+1 {
		return in, errNoKind
	}
	keep := c.o.yes(false, "keepdims")
	if lead > 0 {
		rank := len(in.order)
		if in, err = c.kerasNet.in(in, asWritten(rank)); err != nil {
			return in, err
		}
		var dims []int64
		for i := range class.dims {
			at := lead + 1 + i
			if channelsFirst(c.l) {
				at++
			}
			dims = append(dims, int64(at))
		}
		kind := map[string]string{"globalavgpool": "mean", "globalmaxpool": "amax"}[class.kind]
		out := asWritten(lead + 1)
		if keep {
			out = asWritten(rank)
		}
		return c.put(kind, []kerasValue{in}, out, "dims", graph.Crossed(dims...), "keepdim", graph.OnOff(keep))
	}
	order := wantsMap(c.l, class.dims+1, 0)
	if in, err = c.kerasNet.in(in, order); err != nil {
		return in, err
	}
	if !keep {
		order = []int{0}
	}
	return c.put(class.kind, []kerasValue{in}, order, "flat", graph.OnOff(!keep))
}

// resizing brings a map to a height and a width.
func (c *kerasCall) resizing() (kerasValue, error) {
	in, err := c.one()
	if err != nil || len(in.order) != 3 || c.around.lead > 0 {
		return in, errNoKind
	}
	order := wantsMap(c.l, 3, 0)
	if in, err = c.kerasNet.in(in, order); err != nil {
		return in, err
	}
	mode := c.o.text("interpolation")
	if mode != "bilinear" && mode != "bicubic" && mode != "area" {
		mode = ""
	}
	return c.put("upsample", []kerasValue{in}, order, "size", c.o.written("height")+"x"+c.o.written("width"), "interpolation", mode)
}

// numbersOf returns the sizes of a shape.
func numbersOf(s tensor.Shape) []int64 {
	n := make([]int64, len(s))
	for i := range s {
		n[i] = s[i].N
	}
	return n
}

// kerasLists reads a list of lists of numbers, nil if it is none.
func kerasLists(v json.RawMessage) [][]int64 {
	var lists [][]int64
	if json.Unmarshal(v, &lists) != nil {
		return nil
	}
	return lists
}

// locally is a convolution whose kernels differ from place to place
// (keras.layers.LocallyConnected2D): [places, kernel·channels, filters], and a bias
// for each output.
func (c *kerasCall) locally() (kerasValue, error) {
	in, err := c.one()
	dims := kerasClasses[c.l.class].dims
	x := c.sizes(in)
	f := c.o.whole(0, "filters", "nb_filter")
	kernel, strides := c.o.numbers("kernel_size"), c.o.numbers("strides")
	if strides == nil {
		strides = slices.Repeat([]int64{1}, dims)
	}
	if err != nil || c.around.lead > 0 || len(x) != dims+1 || len(kernel) != dims || len(strides) != dims || channelsFirst(c.l) ||
		c.o.text("padding") == "same" || !graph.KnownSizes(append(numbersOf(x), f)...) || !graph.KnownSizes(append(kernel, strides...)...) {
		return in, errNoKind
	}
	out := make([]int64, dims, dims+1)
	places, deep := num.Of(1), num.Of(x[dims].N)
	for i := range dims {
		out[i] = (x[i].N-kernel[i])/strides[i] + 1
		if kernel[i] > x[i].N {
			return in, errNoKind
		}
		places, deep = places.Times(out[i]), deep.Times(kernel[i])
	}
	n, ok := places.Int64()
	k, fits := deep.Int64()
	if !ok || !fits || n > num.MaxExtent || k > num.MaxExtent {
		return in, errNoKind
	}
	out = append(out, f)
	weights := []tensor.Shape{tensor.Of(n, k, f)}
	if c.o.yes(true, "use_bias") {
		weights = append(weights, tensor.Of(out...))
	}
	if c.again {
		weights = []tensor.Shape{}
	}
	return c.strange(weights, nil, tensor.Of(out...))
}
