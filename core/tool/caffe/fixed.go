package caffe

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/vocab"
)

// Caffe's layers without weights.

// readReLU is a leaky one with a slope.
func readReLU(c *call) error {
	leaky := vocab.Caffe().Of(layer.LeakyReLUKind.Kind())
	var slope float64
	if c.options(leaky.Message, &realOption{leaky.Params[0].Name, &slope, 0}); slope != 0 {
		return c.addRow(leaky)
	}
	return byRow(c)
}

// A realOption is a message of which one number is asked for.
type realOption struct {
	name    string
	v       *float64
	missing float64
}

func (o *realOption) fields(f *fields) { f.real(o.name, o.v, o.missing) }

func readSoftmax(c *call) error {
	var o axisOptions
	c.options(c.row().Message, &o)
	return emit(c, layer.SoftmaxKind, c.in[:1], func(v *layer.Softmax) { v.Dim.N = c.axis(o.axis) })
}

// readExp is base^(shift + scale·x); ours is e^x.
func readExp(c *call) error {
	var o expOptions
	if c.options(c.row().Message, &o); o == (expOptions{base: -1, scale: 1}) {
		return byRow(c)
	}
	return c.same()
}

func readSwish(c *call) error {
	var o swishOptions
	if c.options(c.row().Message, &o); o.beta == 1 {
		return byRow(c)
	}
	return c.same()
}

// readEltwise adds, multiplies or takes the largest. Each input of a sum may have a
// factor (eltwise_layer.cpp): 1 and −1 subtract, others come before it.
func readEltwise(c *call) error {
	var o eltwiseOptions
	c.options(c.row().Message, &o)
	switch o.operation {
	case eltwiseProduct:
		return emit(c, layer.MulKind, c.in, nil)
	case eltwiseMax:
		return emit(c, layer.MaximumKind, c.in, nil)
	}
	if len(c.in) == 2 && slices.Equal(o.factors, []float64{1, -1}) {
		return emit(c, layer.SubKind, c.in, nil)
	}
	for i := range o.factors[:min(len(o.factors), len(c.in))] {
		if o.factors[i] != 1 {
			scaled, err := emitBefore(c, layer.ScaleKind, []string{c.in[i]}, func(v *layer.Scale) {
				v.Factor = layer.AnyReal(o.factors[i])
			})
			if err != nil {
				return err
			}
			c.in[i] = scaled
		}
	}
	return emit(c, layer.AddKind, c.in, nil)
}

// readPower is (shift + scale·x)^power; ours is scale·x.
func readPower(c *call) error {
	var o powerOptions
	if c.options(c.row().Message, &o); o.power != 1 || o.shift != 0 {
		return c.same()
	}
	return emit(c, layer.ScaleKind, c.in[:1], func(v *layer.Scale) { v.Factor = layer.AnyReal(o.scale) })
}

// readConcat lays values side by side. Along the batch a sample stays as it is.
func readConcat(c *call) error {
	var o axisOptions
	c.options(c.row().Message, &o)
	axis := c.axis(o.axis)
	if axis == 0 {
		return c.same()
	}
	return emit(c, layer.ConcatKind, c.in, func(v *layer.Concat) { v.Dim.N = axis })
}

func readSplit(c *call) error {
	c.alias(c.in[0])
	return nil
}

// readSlice cuts a value at points, or into equal parts, one for each top.
func readSlice(c *call) error {
	var o sliceOptions
	c.options(c.row().Message, &o)
	axis, points := c.axis(o.axis), o.points
	switch {
	case axis == 0:
		return c.same()
	case len(points) > 0 && len(points) != len(c.top)-1:
		return c.shapeless()
	}
	for i, t := range c.top {
		made, err := layer.ChunkKind.With(func(v *layer.Chunk) {
			v.Chunks.N, v.Part.N, v.Dim.N = int64(len(c.top)), int64(i), axis
		})
		if len(points) > 0 {
			made, err = layer.SliceKind.With(func(v *layer.Slice) {
				if i > 0 {
					v.From.N = points[i-1]
				}
				if i < len(points) {
					v.To.N = points[i]
				}
				v.Dim.N = axis
			})
		}
		if err != nil {
			return err
		}
		name, err := c.Add(graph.Node{Name: t, Layer: made, Inputs: c.in[:1]})
		if err != nil {
			return err
		}
		c.blobs[t] = name
	}
	return nil
}

func readFlatten(c *call) error {
	var o flattenOptions
	c.options(c.row().Message, &o)
	return emit(c, layer.FlattenKind, c.in[:1], func(v *layer.Flatten) { v.Start.N, v.End.N = c.axis(o.axis), o.end })
}

// readReshape lays a sample out in other sizes: 0 keeps one, −1 is what follows.
// The first is the batch, and sizes that mix samples cannot be stated.
func readReshape(c *call) error {
	var o reshapeOptions
	c.options(c.row().Message, &o)
	x, dims, axis, many := c.x(), o.shape.dims, o.axis, o.axes
	if axis < 0 && x != nil {
		axis += int64(len(x)) + 2 // −1 is behind the last
	}
	if axis == 0 && len(dims) > 0 {
		dims, axis = dims[1:], 1
		if many > 0 {
			many--
		}
	} else if axis == 0 {
		return c.shapeless()
	}
	end := int64(len(x)) + 1
	if many >= 0 {
		end = axis + many
	}
	if x == nil || axis < 1 || end < axis || end > int64(len(x))+1 {
		return c.shapeless()
	}
	var sizes []int64
	for _, d := range x[:axis-1] {
		sizes = append(sizes, d.N)
	}
	for i, n := range dims {
		if at := int(axis) - 1 + i; n == 0 && at < len(x) {
			n = x[at].N
		}
		sizes = append(sizes, n)
	}
	for _, d := range x[end-1:] {
		sizes = append(sizes, d.N)
	}
	if len(sizes) == 0 {
		return c.same()
	}
	made, err := layer.ReshapeKind.With(func(v *layer.Reshape) { v.Sizes = layer.ExtentsOf(sizes...) })
	if err != nil {
		return err
	}
	if _, d := layer.Apply(made, []tensor.Shape{x}); d != nil && x.Known() {
		return c.shapeless() // it mixes samples
	}
	return c.add(c.in[:1], made)
}

// readPermute puts dimensions in another order; those not written follow in theirs
// (permute_layer.cpp).
func readPermute(c *call) error {
	var o permuteOptions
	c.options(c.row().Message, &o)
	for i := range int64(c.rank()) {
		if !slices.Contains(o.order, i) {
			o.order = append(o.order, i)
		}
	}
	if len(o.order) < 2 || o.order[0] != 0 {
		return c.shapeless()
	}
	return emit(c, layer.PermuteKind, c.in[:1], func(v *layer.Permute) { v.Dims = layer.WholesOf(o.order[1:]...) })
}

// readCrop cuts the first value to the size of the second, from an axis on
// (crop_layer.cpp).
func readCrop(c *call) error {
	var o cropOptions
	c.options(c.row().Message, &o)
	x := c.x()
	if len(c.in) < 2 || x == nil || len(c.Shapes[c.in[1]]) != len(x) {
		return c.addOpaque(c.in, c.weightless(nil))
	}
	like, axis := c.Shapes[c.in[1]], c.axis(o.axis)
	sides, cut := make([][2]int64, len(x)), false
	for i := range x {
		k := int64(i) + 1 - axis
		if k < 0 {
			continue
		}
		offset := int64(0)
		if len(o.offsets) == 1 {
			offset = o.offsets[0]
		} else if k < int64(len(o.offsets)) {
			offset = o.offsets[k]
		}
		after := x[i].N - like[i].N - offset
		if !x[i].Known() || !like[i].Known() || offset < 0 || after < 0 {
			return c.addOpaque(c.in[:2], c.weightless(c.cropped(like, axis)))
		}
		sides[i] = [2]int64{offset, after}
		cut = cut || offset > 0 || after > 0
	}
	if !cut {
		c.alias(c.in[0])
		return nil
	}
	if sides[0] == [2]int64{} {
		sides = sides[1:]
	}
	c.NoteAbout(catalog.ImportCropFixed, c.name)
	return emit(c, layer.CropKind, c.in[:1], func(v *layer.Crop) { v.Sides = layer.SidesOf(sides...) })
}

// cropped is the shape of a crop: the first input's before an axis, the second's from
// it on.
func (c *call) cropped(like tensor.Shape, axis int64) tensor.Shape {
	out := slices.Clone(c.x())
	for i := range out {
		if int64(i)+1 >= axis {
			out[i] = like[i]
		}
	}
	return out
}

// readReduction makes one value of all dimensions from an axis on.
func readReduction(c *call) error {
	var o reductionOptions
	c.options(c.row().Message, &o)
	axis, r := c.axis(o.axis), int64(c.rank())
	if axis < 1 || axis >= r || o.factor != 1 {
		return c.shapeless()
	}
	var dims []int64
	for ; axis < r; axis++ {
		dims = append(dims, axis)
	}
	over := func(v *layer.Reduce) { v.Dims = layer.WholesOf(dims...) }
	switch o.operation {
	case reduceSum:
		return emit(c, layer.SumKind, c.in[:1], over)
	case reduceMean:
		return emit(c, layer.MeanKind, c.in[:1], over)
	}
	return c.shapeless()
}

// readPadding is of the first generation.
func readPadding(c *call) error {
	return emit(c, layer.PadKind, c.in[:1], func(v *layer.Pad) {
		if s := c.msg.Str("pad"); s != "" {
			n := wholeOf(s)
			v.Sides = layer.SidesOf([2]int64{n, n})
		}
	})
}

// keepsShape are types without a kind or weights that keep the shape, and
// changesShape those that do not.
var (
	keepsShape   = setOf("absval power log threshold filter batchreindex permutohedral")
	changesShape = setOf("argmax im2col proposal correlation flowwarp resample crelu")
)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// isWeightless reports whether Caffe or a fork states that a type has no weights.
func isWeightless(d *definition) bool {
	if d.key == "python" { // Faster R-CNN's, which only choose regions
		module := d.msg.Sub("python_param").Str("module")
		return strings.HasPrefix(module, "rpn.") || strings.HasPrefix(module, "roi_data_layer.")
	}
	return keepsShape[d.key] || changesShape[d.key]
}
