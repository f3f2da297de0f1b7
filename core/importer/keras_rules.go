package importer

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"

	"paramstack/core/tensor"
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
	return c.put("prelu", []kerasValue{in}, in.order, "each", "on", "shared_axes", crossed(shared...))
}

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
	return c.put("permute", []kerasValue{in}, order, "dims", crossed(ours...))
}

func (c *kerasCall) repeatVector() (kerasValue, error) {
	in, err := c.one()
	if err != nil || c.around.lead > 0 {
		return in, errNoKind
	}
	return c.put("repeatvector", []kerasValue{in}, asWritten(2), "copies", c.o.written("n"))
}

// ordered brings a value into an order with one axis first.
func (c *kerasCall) ordered(v kerasValue, axis int64) (kerasValue, error) {
	if v.order == nil {
		return v, nil
	}
	at, ok := c.axis(v, axis)
	if !ok {
		return v, errNoKind
	}
	if v.order[0] == at {
		return v, nil
	}
	return c.kerasNet.in(v, ahead(len(v.order), at, 0))
}

// axes returns the axis option: one, or several.
func (c *kerasCall) axes(other int64) []int64 {
	raw := c.o.get("axis")
	if raw == nil {
		return []int64{other}
	}
	if n, ok := wholeOf(raw); ok {
		return []int64{n}
	}
	var list []int64
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	return list
}

// batchNorm keeps Keras' momentum as PyTorch's, which is 1 less it.
func (c *kerasCall) batchNorm() (kerasValue, error) {
	in, err := c.one()
	axes := c.axes(-1)
	if err != nil || len(axes) != 1 || c.o.yes(false, "renorm") {
		return in, errNoKind
	}
	if in, err = c.ordered(in, axes[0]); err != nil {
		return in, err
	}
	momentum := "0.01"
	if x, err := strconv.ParseFloat(c.bounded(0, 1, "momentum"), 64); err == nil {
		momentum = strconv.FormatFloat(1-x, 'g', 12, 64)
	}
	return c.put("bn", []kerasValue{in}, in.order, "scale", onOff(c.o.yes(true, "scale")), "bias", onOff(c.o.yes(true, "center")),
		"eps", c.epsilon(), "momentum", momentum)
}

// epsilon is 0.001 by default.
func (c *kerasCall) epsilon() string { return cmp.Or(c.bounded(0, 1e9, "epsilon"), "0.001") }

// layerNorm normalises over one axis, or over the last ones.
func (c *kerasCall) layerNorm() (kerasValue, error) {
	in, err := c.one()
	axes := c.axes(-1)
	if err != nil || in.order == nil || len(axes) == 0 {
		return in, errNoKind
	}
	kind, pairs := "layernorm", []string{"eps", c.epsilon()}
	if c.l.class == "RMSNormalization" {
		kind = "rmsnorm"
	} else {
		pairs = append(pairs, "scale", onOff(c.o.yes(true, "scale")), "bias", onOff(c.o.yes(true, "center")))
	}
	at := make([]int, len(axes))
	for i, axis := range axes {
		var ok bool
		if at[i], ok = c.axis(in, axis); !ok {
			return in, errNoKind
		}
	}
	rank := len(in.order)
	switch {
	case len(at) == 1 && in.order[rank-1] == at[0]:
	case len(at) == 1 && in.order[0] == at[0]:
		pairs = append(pairs, "over", "channels")
	case len(at) == 1:
		if in, err = c.kerasNet.in(in, ahead(rank, at[0], 0)); err != nil {
			return in, err
		}
		pairs = append(pairs, "over", "channels")
	default:
		slices.Sort(at)
		sizes := c.sizes(in)
		if at[0] != rank-len(at) || at[len(at)-1] != rank-1 || sizes == nil || kind == "rmsnorm" {
			return in, errNoKind
		}
		if in, err = c.kerasNet.in(in, asWritten(rank)); err != nil {
			return in, err
		}
		pairs = append(pairs, "normalized", shapeOfSizes(numbersOf(sizes[at[0]:])))
	}
	return c.put(kind, []kerasValue{in}, in.order, pairs...)
}

// groupNorm normalises groups of channels; −1 of them, and tensorflow-addons'
// instance norm, take each channel by itself.
func (c *kerasCall) groupNorm() (kerasValue, error) {
	in, err := c.one()
	axes := c.axes(-1)
	if err != nil || len(axes) != 1 {
		return in, errNoKind
	}
	if in, err = c.ordered(in, axes[0]); err != nil {
		return in, err
	}
	groups := c.o.whole(32, "groups")
	if groups == -1 || c.l.class == "InstanceNormalization" {
		if groups = c.trace.dim(in.node, 0); groups < 1 {
			return in, errNoKind
		}
	}
	return c.put("groupnorm", []kerasValue{in}, in.order, "groups", strconv.FormatInt(groups, 10), "eps", c.epsilon(),
		"scale", onOff(c.o.yes(true, "scale")), "bias", onOff(c.o.yes(true, "center")))
}

// normalization takes the mean of the training data away and divides by its
// deviation: both, and a counter, are kept and not learned
// (keras/src/layers/preprocessing/normalization.py). With both as options there
// is nothing to keep.
func (c *kerasCall) normalization() (kerasValue, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	if c.o.get("mean") != nil {
		return c.put("identity", []kerasValue{in}, in.order)
	}
	shape := slices.Repeat([]int64{1}, max(len(in.order), 1))
	for _, axis := range c.axes(-1) {
		at, ok := c.axis(in, axis)
		if !ok || c.trace.dim(in.node, slices.Index(in.order, at)) < 1 {
			return in, errNoKind
		}
		i := slices.Index(in.order, at)
		shape[i] = c.trace.dim(in.node, i)
	}
	at := in
	for _, join := range []string{"sub", "mul", "side"} {
		if join == "side" {
			shape = []int64{1}
		}
		kept, err := c.put("buffer", nil, nil, "shape", crossed(shape...))
		if err != nil {
			return in, err
		}
		if at, err = c.put(join, []kerasValue{at, kept}, in.order); err != nil {
			return in, err
		}
	}
	return at, nil
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
		return c.put(kind, []kerasValue{in}, out, "dims", crossed(dims...), "keepdim", onOff(keep))
	}
	order := wantsMap(c.l, class.dims+1, 0)
	if in, err = c.kerasNet.in(in, order); err != nil {
		return in, err
	}
	if !keep {
		order = []int{0}
	}
	return c.put(class.kind, []kerasValue{in}, order, "flat", onOff(!keep))
}

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
