package caffe

import (
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// Caffe's layers without weights.

func caffeReLU(c *caffeNet, l *caffeLayer, in []string) error {
	if slope := l.param("relu_param").Real("negative_slope", 0); slope != 0 {
		return c.put(l, in[:1], "leakyrelu", "slope", graph.Decimal(slope))
	}
	return c.put(l, in[:1], "relu")
}

func caffeELU(c *caffeNet, l *caffeLayer, in []string) error {
	return c.put(l, in[:1], "elu", "alpha", l.param("elu_param").Str("alpha"))
}

func caffeDropout(c *caffeNet, l *caffeLayer, in []string) error {
	return c.put(l, in[:1], "dropout", "p", l.param("dropout_param").Str("dropout_ratio"))
}

func caffeSoftmax(c *caffeNet, l *caffeLayer, in []string) error {
	return c.put(l, in[:1], "softmax", "dim", caffeAxis(c.axis(in[0], l.param("softmax_param").Whole("axis", 1))))
}

// caffeAxis writes an axis, "" where it is the channels.
func caffeAxis(axis int64) string {
	if axis == 1 {
		return ""
	}
	return strconv.FormatInt(axis, 10)
}

func caffeClip(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("clip_param")
	return c.put(l, in[:1], "hardtanh", "low", p.Str("min"), "high", p.Str("max"))
}

// caffeExp is base^(shift + scale·x); ours is e^x.
func caffeExp(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("exp_param")
	if p.Real("base", -1) == -1 && p.Real("scale", 1) == 1 && p.Real("shift", 0) == 0 {
		return c.put(l, in[:1], "exp")
	}
	return c.same(l, in)
}

func caffeSwish(c *caffeNet, l *caffeLayer, in []string) error {
	if l.param("swish_param").Real("beta", 1) == 1 {
		return c.put(l, in[:1], "silu")
	}
	return c.same(l, in)
}

// same keeps a layer without weights that keeps the shape.
func (c *caffeNet) same(l *caffeLayer, in []string) error {
	return c.keep(l, in, graph.Unknown{Type: l.typ, Out: c.Shapes[in[0]], Complete: true})
}

func caffeLRN(c *caffeNet, l *caffeLayer, in []string) error {
	p, region := l.param("lrn_param"), ""
	if r := p.Str("norm_region"); r == "WITHIN_CHANNEL" || r == "1" {
		region = "within"
	}
	return c.put(l, in[:1], "lrn", "size", p.Str("local_size"), "alpha", graph.Decimal(p.Real("alpha", 1)),
		"beta", p.Str("beta"), "bias_k", p.Str("k"), "region", region)
}

// caffeMVN subtracts the mean and divides by the deviation: an instance norm.
func caffeMVN(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("mvn_param")
	if p.Yes("across_channels", false) || !p.Yes("normalize_variance", true) {
		return c.same(l, in)
	}
	return c.put(l, in[:1], "instancenorm", "eps", caffeOr(p.Str("eps"), "1e-9"))
}

// caffeEltwise adds, multiplies or takes the largest. Each input of a sum may have
// a factor (eltwise_layer.cpp): 1 and −1 subtract, others stand before it.
func caffeEltwise(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("eltwise_param")
	switch strings.ToUpper(p.Str("operation")) {
	case "PROD", "0":
		return c.put(l, in, "mul")
	case "MAX", "2":
		return c.put(l, in, "max")
	}
	factors := p.Strs("coeff")
	if len(in) == 2 && len(factors) == 2 && realOf(factors[0]) == 1 && realOf(factors[1]) == -1 {
		return c.put(l, in, "sub")
	}
	for i := range factors[:min(len(factors), len(in))] {
		if realOf(factors[i]) != 1 {
			scaled, err := c.before(l, []string{in[i]}, "scale", "factor", factors[i])
			if err != nil {
				return err
			}
			in[i] = scaled[0]
		}
	}
	return c.put(l, in, "add")
}

// caffePower is (shift + scale·x)^power; ours is scale·x.
func caffePower(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("power_param")
	if p.Real("power", 1) == 1 && p.Real("shift", 0) == 0 {
		return c.put(l, in[:1], "scale", "factor", graph.Decimal(p.Real("scale", 1)))
	}
	return c.same(l, in)
}

func realOf(s string) float64 {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0
	}
	return x
}

// caffeConcat lays values side by side. Along the batch a sample stays as it is.
func caffeConcat(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("concat_param")
	axis := c.axis(in[0], p.Whole("axis", p.Whole("concat_dim", 1)))
	if axis == 0 {
		return c.same(l, in)
	}
	return c.put(l, in, "concat", "dim", caffeAxis(axis))
}

func caffeSplit(c *caffeNet, l *caffeLayer, in []string) error {
	c.alias(l, in[0])
	return nil
}

// caffeSlice cuts a value at points, or into equal parts, one for each top.
func caffeSlice(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("slice_param")
	axis := c.axis(in[0], p.Whole("axis", p.Whole("slice_dim", 1)))
	points := p.Strs("slice_point")
	if axis == 0 || len(points) > 0 && len(points) != len(l.top)-1 {
		return c.same(l, in)
	}
	for i, t := range l.top {
		var made layer.Layer
		var err error
		if len(points) == 0 {
			made, err = graph.Build("chunk", "chunks", strconv.Itoa(len(l.top)), "part", strconv.Itoa(i), "dim", caffeAxis(axis))
		} else {
			from, to := "", ""
			if i > 0 {
				from = points[i-1]
			}
			if i < len(points) {
				to = points[i]
			}
			made, err = graph.Build("slice", "from", from, "to", to, "dim", caffeAxis(axis))
		}
		if err != nil {
			return err
		}
		name, err := c.Add(graph.Node{Name: t, Layer: made, Inputs: in[:1]})
		if err != nil {
			return err
		}
		c.blobs[t] = name
	}
	return nil
}

func caffeFlatten(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("flatten_param")
	start, end := c.axis(in[0], p.Whole("axis", 1)), p.Whole("end_axis", -1)
	to := ""
	if end != -1 {
		to = strconv.FormatInt(end, 10)
	}
	return c.put(l, in[:1], "flatten", "start", caffeAxis(start), "end", to)
}

// caffeReshape lays a sample out in other sizes: 0 keeps one, −1 is what follows.
// The first is the batch, and sizes that mix samples cannot be said.
func caffeReshape(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("reshape_param")
	dims := p.Sub("shape").Strs("dim")
	x, axis, many := c.Shapes[in[0]], p.Whole("axis", 0), p.Whole("num_axes", -1)
	if axis < 0 && x != nil {
		axis += int64(len(x)) + 2 // −1 is behind the last
	}
	if axis == 0 && len(dims) > 0 {
		dims, axis = dims[1:], 1
		if many > 0 {
			many--
		}
	} else if axis == 0 {
		return c.same(l, in)
	}
	end := int64(len(x)) + 1
	if many >= 0 {
		end = axis + many
	}
	if x == nil || axis < 1 || end < axis || end > int64(len(x))+1 {
		return c.keep(l, in[:1], graph.Unknown{Type: l.typ, Complete: true})
	}
	var sizes []string
	for _, d := range x[:axis-1] {
		sizes = append(sizes, d.String())
	}
	for i, d := range dims {
		switch at := int(axis) - 1 + i; {
		case d == "0" && at < len(x):
			sizes = append(sizes, x[at].String())
		case d == "-1":
			sizes = append(sizes, "?")
		default:
			sizes = append(sizes, d)
		}
	}
	for _, d := range x[end-1:] {
		sizes = append(sizes, d.String())
	}
	if len(sizes) == 0 {
		return c.same(l, in)
	}
	made, err := graph.Build("reshape", "sizes", strings.Join(sizes, "x"))
	if err != nil {
		return err
	}
	if _, d := layer.Apply(made, []tensor.Shape{x}); d != nil && x.Known() {
		return c.keep(l, in[:1], graph.Unknown{Type: l.typ, Complete: true}) // it mixes samples
	}
	return c.give(l, in[:1], made)
}

// caffePermute puts dimensions in another order; those not written follow in
// theirs (permute_layer.cpp).
func caffePermute(c *caffeNet, l *caffeLayer, in []string) error {
	order := l.param("permute_param").Strs("order")
	seen := map[string]bool{}
	for _, o := range order {
		seen[o] = true
	}
	for i := 0; i < c.rank(in[0]); i++ {
		if s := strconv.Itoa(i); !seen[s] {
			order = append(order, s)
		}
	}
	if len(order) < 2 || order[0] != "0" {
		return c.keep(l, in[:1], graph.Unknown{Type: l.typ, Complete: true})
	}
	return c.put(l, in[:1], "permute", "dims", strings.Join(order[1:], "x"))
}

// caffeCrop cuts the first value to the size of the second, from an axis on
// (crop_layer.cpp).
func caffeCrop(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("crop_param")
	x := c.Shapes[in[0]]
	if len(in) < 2 || x == nil || len(c.Shapes[in[1]]) != len(x) {
		return c.keep(l, in, graph.Unknown{Type: l.typ, Complete: true})
	}
	like, axis := c.Shapes[in[1]], c.axis(in[0], p.Whole("axis", 2))
	sides, cut := make([]string, len(x)), false
	for i := range x {
		offset, after := int64(0), int64(0)
		if int64(i)+1 >= axis {
			if all := p.Strs("offset"); len(all) == 1 {
				offset = caffeOffset(all[0])
			} else if k := int64(i) + 1 - axis; k < int64(len(all)) {
				offset = caffeOffset(all[k])
			}
			after = x[i].N - like[i].N - offset
			if !x[i].Known() || !like[i].Known() || offset < 0 || after < 0 {
				return c.keep(l, in[:1], graph.Unknown{Type: l.typ, Complete: true, Out: like})
			}
		}
		sides[i] = strconv.FormatInt(offset, 10) + "+" + strconv.FormatInt(after, 10)
		cut = cut || offset > 0 || after > 0
	}
	if !cut {
		c.alias(l, in[0])
		return nil
	}
	if sides[0] == "0+0" {
		sides = sides[1:]
	}
	c.NoteAbout(catalog.ImportCropFixed, l.name)
	return c.put(l, in[:1], "crop", "sides", strings.Join(sides, "x"))
}

func caffeOffset(s string) int64 {
	n, err := strconv.ParseInt(s, 0, 32)
	if err != nil {
		return -1
	}
	return n
}

// caffeReduce makes one value of all dimensions from an axis on.
func caffeReduce(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("reduction_param")
	axis, r := c.axis(in[0], p.Whole("axis", 0)), int64(c.rank(in[0]))
	kind := map[string]string{"": "sum", "SUM": "sum", "1": "sum", "MEAN": "mean", "4": "mean"}[p.Str("operation")]
	if axis < 1 || axis >= r || kind == "" || p.Real("coeff", 1) != 1 {
		return c.keep(l, in[:1], graph.Unknown{Type: l.typ, Complete: true})
	}
	var dims []int64
	for ; axis < r; axis++ {
		dims = append(dims, axis)
	}
	return c.put(l, in[:1], kind, "dims", graph.Crossed(dims...))
}

func caffePadding(c *caffeNet, l *caffeLayer, in []string) error {
	return c.put(l, in[:1], "pad", "sides", l.msg.Str("pad"))
}
