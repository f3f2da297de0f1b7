package caffe

import (
	"strconv"
	"strings"
	"sync"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/oplist"
)

// layerWriters tells how each kind is said in Caffe; false: it cannot be. What
// Caffe has not is made of what it has where that is exact: a ReLU6 is two ReLUs,
// mirrored in between.
var layerWriters = sync.OnceValue(func() map[string]func(c *layerWriter, l layer.Layer) bool {
	simple := func(class string) func(*layerWriter, layer.Layer) bool {
		return func(c *layerWriter, l layer.Layer) bool { return c.say(class) }
	}
	trains := func(c *layerWriter, l layer.Layer) bool { // nothing while the network answers
		c.m.problem(diag.Warn(catalog.ExportLeftOut, c.o.Row.Name, l.Kind().Name), c.o)
		return true
	}
	eltwise := func(params string) func(*layerWriter, layer.Layer) bool {
		return func(c *layerWriter, l layer.Layer) bool { return c.equal() && c.say("Eltwise", params) }
	}
	return map[string]func(c *layerWriter, l layer.Layer) bool{
		"input": func(c *layerWriter, l layer.Layer) bool {
			return c.out.Known() && c.say("Input", message("input_param", protoDims(c.out, "1")))
		},
		"conv": func(c *layerWriter, l layer.Layer) bool {
			v := l.(*layer.Conv)
			return c.convolution(&v.Slide, v.Filters.Value(), v.Groups.N, bool(v.Bias))
		},
		"depthwise": func(c *layerWriter, l layer.Layer) bool {
			v := l.(*layer.Depthwise)
			return c.convolution(&v.Slide, c.out[0].N, c.x[0].N, bool(v.Bias))
		},
		"separable": func(c *layerWriter, l layer.Layer) bool {
			v := l.(*layer.Separable)
			if !c.convolution(&v.Slide, c.x[0].N*v.Multiplier.N, c.x[0].N, false) {
				return false
			}
			blobs := 1
			if v.Bias {
				blobs = 2
			}
			return c.say("Convolution", message("convolution_param", "num_output: "+strconv.FormatInt(v.Filters.Value(), 10), "kernel_size: 1", protoBool("bias_term", bool(v.Bias), true))) && c.learns(blobs)
		},
		"convtranspose": caffeTransposed,
		"maxpool": func(c *layerWriter, l layer.Layer) bool {
			p := l.(*layer.MaxPool)
			return p.Dilation == layer.SizeOf(1) && c.pool("MAX", &p.Pool)
		},
		"avgpool": func(c *layerWriter, l layer.Layer) bool {
			p := l.(*layer.AvgPool)
			counts := bool(p.CountPad) && p.Padding.Rule == "" // Caffe counts what lies before, not what the last window reaches over
			before, after, ok := oplist.Around(&p.Padding, c.x, p.Kernel, strideOf(&p.Pool), layer.SizeOf(1))
			return ok && p.Divisor.N == 0 && (counts || oplist.Zeros(before) && (p.Padding.Rule != "" || oplist.Zeros(after))) && c.pool("AVE", &p.Pool)
		},
		"globalavgpool":   func(c *layerWriter, l layer.Layer) bool { return c.global("AVE", bool(l.(*layer.GlobalPool).Flat)) },
		"globalmaxpool":   func(c *layerWriter, l layer.Layer) bool { return c.global("MAX", bool(l.(*layer.GlobalPool).Flat)) },
		"adaptiveavgpool": func(c *layerWriter, l layer.Layer) bool { return c.adaptive("AVE") },
		"adaptivemaxpool": func(c *layerWriter, l layer.Layer) bool { return c.adaptive("MAX") },
		"mean": func(c *layerWriter, l layer.Layer) bool {
			r := l.(*layer.Reduce)
			all := map[int64]bool{}
			for i := range r.Dims.Len() {
				all[oplist.Axis(r.Dims.At(i), len(c.x))] = true
			}
			return len(c.x) == 3 && len(all) == 2 && !all[1] && c.global("AVE", !bool(r.Keep))
		},
		"linear": func(c *layerWriter, l layer.Layer) bool {
			v := l.(*layer.Linear)
			blobs := 1
			if v.Bias {
				blobs = 2
			}
			return c.say("InnerProduct", message("inner_product_param", "num_output: "+strconv.FormatInt(v.Features.Value(), 10),
				protoBool("bias_term", bool(v.Bias), true), field("axis", int64(len(c.x)), 1))) && c.learns(blobs)
		},
		"embedding": func(c *layerWriter, l layer.Layer) bool {
			e := l.(*layer.Embedding)
			return e.Table.At(0) > 0 && e.Table.At(1) > 0 && c.say("Embed", message("embed_param", "num_output: "+strconv.FormatInt(e.Table.At(1), 10), "input_dim: "+strconv.FormatInt(e.Table.At(0), 10), "bias_term: false")) && c.learns(1)
		},
		"bn": func(c *layerWriter, l layer.Layer) bool {
			b := l.(*layer.BatchNorm)
			scale, bias := bool(b.Affine.On && b.Affine.Scale), bool(b.Affine.On && b.Affine.Bias)
			if !bool(b.Track) {
				return false
			}
			c.say("BatchNorm", message("batch_norm_param", "use_global_stats: true", protoReal("eps", b.Eps.V, 1e-5)))
			c.learns(3)
			switch {
			case scale:
				c.say("Scale", message("scale_param", protoBool("bias_term", bias, false)))
				if c.learns(1); bias {
					c.learns(2)
				}
			case bias:
				c.say("Bias")
				c.learns(1)
			}
			return true
		},
		"layerscale": func(c *layerWriter, l layer.Layer) bool {
			s := l.(*layer.LayerScale)
			at := int64(len(c.x))
			if s.Over.Word == "channels" {
				at = 1
			}
			blobs := 1
			if s.Bias {
				blobs = 2
			}
			filler := message("filler", `type: "constant"`, "value: "+s.Init.Text())
			return c.say("Scale", message("scale_param", field("axis", at, 1), filler, protoBool("bias_term", bool(s.Bias), false))) && c.learns(blobs)
		},
		"scale": func(c *layerWriter, l layer.Layer) bool {
			return c.say("Power", message("power_param", protoReal("scale", l.(*layer.Scale).Factor.V, 1)))
		},
		"lrn": func(c *layerWriter, l layer.Layer) bool {
			n := l.(*layer.LRN)
			region := ""
			if n.Region.Word != "across" {
				region = "norm_region: WITHIN_CHANNEL"
			}
			return len(c.x) == 3 && n.Size.N%2 == 1 && c.say("LRN", message("lrn_param", "local_size: "+strconv.FormatInt(n.Size.N, 10), "alpha: "+n.Alpha.Text(), "beta: "+n.Beta.Text(), protoReal("k", n.K.V, 1), region))
		},
		"relu": simple("ReLU"),
		"leakyrelu": func(c *layerWriter, l layer.Layer) bool {
			return c.say("ReLU", message("relu_param", protoReal("negative_slope", l.(*layer.Activation).A.V, 0)))
		},
		"elu": func(c *layerWriter, l layer.Layer) bool {
			return c.say("ELU", message("elu_param", protoReal("alpha", l.(*layer.Activation).A.V, 1)))
		},
		"sigmoid": simple("Sigmoid"), "tanh": simple("TanH"), "exp": simple("Exp"), "identity": simple("Power"),
		"softplus":    func(c *layerWriter, l layer.Layer) bool { return l.(*layer.Activation).A.V == 1 && c.say("BNLL") },
		"relu6":       func(c *layerWriter, l layer.Layer) bool { return c.relu6() },
		"hardsigmoid": func(c *layerWriter, l layer.Layer) bool { return c.hardSigmoid() },
		"hardswish":   func(c *layerWriter, l layer.Layer) bool { return c.hardSigmoid() && c.times() },
		"silu":        func(c *layerWriter, l layer.Layer) bool { return c.say("Sigmoid") && c.times() },
		"prelu": func(c *layerWriter, l layer.Layer) bool {
			p := l.(*layer.PReLU)
			return !bool(p.Each) && p.Shared.Unset() && c.say("PReLU", message("prelu_param", message("filler", `type: "constant"`, "value: "+p.Init.Text()), protoBool("channel_shared", p.Slopes.Value() == 1 && c.x[0].N != 1, false))) && c.learns(1)
		},
		"softmax": func(c *layerWriter, l layer.Layer) bool {
			dim := l.(*layer.Softmax).Dim.N
			return dim != 0 && c.say("Softmax", message("softmax_param", field("axis", oplist.Axis(dim, len(c.x)), 1)))
		},
		"dropout": func(c *layerWriter, l layer.Layer) bool {
			return c.say("Dropout", message("dropout_param", protoReal("dropout_ratio", l.(*layer.Dropout).P.V, 0.5)))
		},
		"spatialdropout": trains, "alphadropout": trains, "gaussiandropout": trains, "gaussiannoise": trains, "stochasticdepth": trains,
		"flatten": func(c *layerWriter, l layer.Layer) bool {
			f := l.(*layer.Flatten)
			return c.say("Flatten", message("flatten_param", field("axis", f.Start.N, 1), field("end_axis", f.End.N, -1)))
		},
		"reshape": writeReshape, "unflatten": writeReshape, "squeeze": writeReshape, "unsqueeze": writeReshape,
		"permute": func(c *layerWriter, l layer.Layer) bool {
			d := l.(*layer.Permute).Dims
			order := []int64{0}
			for i := range d.Len() {
				order = append(order, oplist.Axis(d.At(i), len(c.x)))
			}
			return c.permute(order...)
		},
		"slice": func(c *layerWriter, l layer.Layer) bool {
			s := l.(*layer.Slice)
			at := oplist.Axis(s.Dim.N, len(c.x))
			n := c.x[at-1].N
			place := func(i int64) int64 {
				if i < 0 {
					i += n
				}
				return min(max(i, 0), n)
			}
			to := n
			if s.To.N != 0 {
				to = place(s.To.N)
			}
			return s.Step.N == 1 && c.part(at, n, place(s.From.N), to)
		},
		"chunk": func(c *layerWriter, l layer.Layer) bool {
			k := l.(*layer.Chunk)
			at := oplist.Axis(k.Dim.N, len(c.x))
			n := c.x[at-1].N
			size := max((n+k.Chunks.N-1)/k.Chunks.N, 1)
			return c.part(at, n, k.Part.N*size, min((k.Part.N+1)*size, n))
		},
		"crop": func(c *layerWriter, l layer.Layer) bool {
			sides := l.(*layer.Crop).Sides
			for j := range c.x {
				before, after := sides.At(j, len(c.x))
				if n := c.x[j].N; (before != 0 || after != 0) && !c.part(int64(j+1), n, before, n-after) {
					return false
				}
			}
			return c.count > 0 || c.say("Power")
		},
		"channelshuffle": func(c *layerWriter, l layer.Layer) bool {
			if len(c.x) != 3 {
				return false
			}
			g := l.(*layer.ChannelShuffle).Groups.N
			area := num.Of(c.x[1].N).Times(c.x[2].N).String()
			return c.say("Reshape", message("reshape_param", message("shape", "dim: 0", "dim: "+strconv.FormatInt(g, 10), "dim: "+strconv.FormatInt(c.x[0].N/g, 10), "dim: "+area))) &&
				c.permute(0, 2, 1, 3) && c.reshape()
		},
		"add": eltwise(""), "max": eltwise("eltwise_param { operation: MAX }"),
		"sub": eltwise("eltwise_param { operation: SUM coeff: 1 coeff: -1 }"),
		"average": func(c *layerWriter, l layer.Layer) bool {
			r := layer.AnyReal(1 / float64(len(c.from)))
			return c.equal() && c.say("Eltwise", message("eltwise_param", "operation: SUM"+strings.Repeat(" coeff: "+r.Text(), len(c.from))))
		},
		"mul": func(c *layerWriter, l layer.Layer) bool {
			if c.equal() {
				return c.say("Eltwise", "eltwise_param { operation: PROD }")
			}
			return c.scaled()
		},
		"concat": func(c *layerWriter, l layer.Layer) bool {
			return len(c.from) > 1 && c.say("Concat", message("concat_param", field("axis", oplist.Axis(l.(*layer.Concat).Dim.N, len(c.x)), 1)))
		},
	}
})

func strideOf(p *layer.Pool) layer.Size {
	if p.Stride.Unset() {
		return p.Kernel
	}
	return p.Stride
}

// equal reports whether all inputs have one shape: Caffe stretches none.
func (c *layerWriter) equal() bool {
	for _, x := range c.in {
		if !x.Equal(c.x) {
			return false
		}
	}
	return len(c.in) > 1
}

// convolution says a convolution of pictures whose padding is the same on both
// sides.
func (c *layerWriter) convolution(s *layer.Slide, filters, groups int64, bias bool) bool {
	if len(c.x) != 3 || s.Mode.Word != "" && s.Mode.Word != "zeros" {
		return false
	}
	before, after, ok := oplist.Around(&s.Padding, c.x, s.Kernel, s.Stride, s.Dilation)
	if !ok || !oplist.Equal(before, after) || s.Dilation.At(0) != s.Dilation.At(1) {
		return false
	}
	blobs := 1
	if bias {
		blobs = 2
	}
	return c.say("Convolution", message("convolution_param", "num_output: "+strconv.FormatInt(filters, 10),
		twoSides("kernel", sizeOf(s.Kernel.At), s.Kernel.At, 0), twoSides("stride", "", s.Stride.At, 1),
		twoSides("pad", "", func(i int) int64 { return before[i] }, 0), field("dilation", s.Dilation.At(0), 1),
		field("group", groups, 1), protoBool("bias_term", bias, true))) && c.learns(blobs)
}

// sizeOf is what a kernel's field ends in where both sides are equal.
func sizeOf(at func(int) int64) string {
	if at(0) == at(1) {
		return "_size"
	}
	return ""
}

func caffeTransposed(c *layerWriter, l layer.Layer) bool {
	v := l.(*layer.ConvTranspose)
	if len(c.x) != 3 || v.Dilation.At(0) != v.Dilation.At(1) {
		return false
	}
	pads := make([]int64, 2)
	for i := range pads {
		size := v.Reach(i)
		crop := (c.x[i+1].N-1)*v.Stride.At(i) + size - c.out[i+1].N // what the output lacks of the whole
		if crop < 0 || crop%2 != 0 || v.Padding.Rule == "" && crop/2 != v.Padding.At(i) {
			return false
		}
		pads[i] = crop / 2
	}
	blobs := 1
	if v.Bias {
		blobs = 2
	}
	return c.say("Deconvolution", message("convolution_param", "num_output: "+strconv.FormatInt(v.Filters.Value(), 10),
		twoSides("kernel", sizeOf(v.Kernel.At), v.Kernel.At, 0), twoSides("stride", "", v.Stride.At, 1),
		twoSides("pad", "", func(i int) int64 { return pads[i] }, 0), field("dilation", v.Dilation.At(0), 1),
		field("group", v.Groups.N, 1), protoBool("bias_term", bool(v.Bias), true))) && c.learns(blobs)
}

// pool says a pool. Caffe rounds up, and drops a last window in the padding only
// if there is padding; where that gives other positions it is told to round down
// (round_mode, caffe.proto).
func (c *layerWriter) pool(method string, p *layer.Pool) bool {
	if len(c.x) != 3 {
		return false
	}
	stride := strideOf(p)
	before, _, ok := oplist.Around(&p.Padding, c.x, p.Kernel, stride, layer.SizeOf(1))
	if !ok {
		return false
	}
	up, down := true, true
	for i := range before {
		x, k, s := c.x[i+1].N, p.Kernel.At(i), stride.At(i)
		if before[i] >= k {
			return false
		}
		up = up && layer.PositionsUp(x, before[i], before[i], k, s, !oplist.Zeros(before)) == c.out[i+1].N
		down = down && layer.Positions(x, 2*before[i], k, s) == c.out[i+1].N
	}
	round := ""
	switch {
	case up:
	case down:
		round = "round_mode: FLOOR"
	default:
		return false
	}
	return c.say("Pooling", message("pooling_param", "pool: "+method, twoSides("kernel", sizeOf(p.Kernel.At), p.Kernel.At, 0),
		twoSides("stride", "", stride.At, 1), twoSides("pad", "", func(i int) int64 { return before[i] }, 0), round))
}

func (c *layerWriter) global(method string, flat bool) bool {
	return len(c.x) == 3 && c.say("Pooling", message("pooling_param", "pool: "+method, "global_pooling: true")) && (!flat || c.say("Flatten"))
}

// adaptive says a pool whose windows are all of one size.
func (c *layerWriter) adaptive(method string) bool {
	if len(c.x) != 3 {
		return false
	}
	size := func(i int) int64 { return c.x[i+1].N / c.out[i+1].N }
	for i := 1; i < 3; i++ {
		if c.out[i].N == 0 || c.x[i].N%c.out[i].N != 0 {
			return false
		}
	}
	return c.say("Pooling", message("pooling_param", "pool: "+method, twoSides("kernel", sizeOf(size), size, 0), twoSides("stride", "", size, 1)))
}

func writeReshape(c *layerWriter, l layer.Layer) bool { return c.reshape() }

func (c *layerWriter) reshape() bool {
	return c.say("Reshape", message("reshape_param", protoDims(c.out, "0")))
}

func (c *layerWriter) permute(order ...int64) bool {
	var parts []string
	for _, i := range order {
		parts = append(parts, "order: "+strconv.FormatInt(i, 10))
	}
	return c.say("Permute", message("permute_param", parts...))
}

// mirror says 6 − x.
func (c *layerWriter) mirror() bool { return c.say("Power", "power_param { scale: -1 shift: 6 }") }

// relu6 says 6 − relu(6 − relu(x)), which is min(relu(x), 6).
func (c *layerWriter) relu6() bool {
	return c.say("ReLU") && c.mirror() && c.say("ReLU") && c.mirror()
}

// hardSigmoid says relu6(x + 3) / 6.
func (c *layerWriter) hardSigmoid() bool {
	return c.say("Power", "power_param { shift: 3 }") && c.relu6() && c.say("Power", "power_param { scale: 0.16666666666666666 }")
}

// times multiplies what the chain gives by what entered it.
func (c *layerWriter) times() bool {
	c.cur = []string{c.from[0], c.cur[0]}
	return c.say("Eltwise", "eltwise_param { operation: PROD }")
}

// scaled multiplies a map by one number for each channel: Scale takes the numbers
// from a second bottom.
func (c *layerWriter) scaled() bool {
	if len(c.in) != 2 || len(c.out) != 3 {
		return false
	}
	for i, x := range c.in {
		other := c.in[1-i]
		if x.Equal(c.out) && other[0].N == x[0].N && other[1].N == 1 && other[2].N == 1 {
			big, small := c.from[i], c.from[1-i]
			c.cur = []string{small}
			c.say("Flatten")
			c.cur = []string{big, c.cur[0]}
			return c.say("Scale", "scale_param { axis: 0 }")
		}
	}
	return false
}

// part says a part of one dimension: one top of a Slice, the others silenced.
func (c *layerWriter) part(at, n, from, to int64) bool {
	var points []string
	tops, keep := 1, 0
	if from > 0 {
		points, keep = append(points, "slice_point: "+strconv.FormatInt(from, 10)), 1
		tops++
	}
	if to < n {
		points = append(points, "slice_point: "+strconv.FormatInt(to, 10))
		tops++
	}
	if tops == 1 {
		return c.say("Power") // all of it
	}
	c.say("Slice", message("slice_param", append([]string{field("axis", at, 1)}, points...)...))
	node := c.m.nodes[len(c.m.nodes)-1]
	node.tops = nil
	var rest []string
	for i := range tops {
		name := node.name
		if i != keep {
			name = c.m.names.Free(node.name + "_rest")
			rest = append(rest, name)
		}
		node.tops = append(node.tops, name)
	}
	c.cur = rest
	c.say("Silence")
	c.m.nodes[len(c.m.nodes)-1].tops = nil
	c.cur = []string{node.name}
	return true
}
