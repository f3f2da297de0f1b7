package exporter

import (
	"fmt"
	"strings"
	"sync"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// kerasLayers tells how each kind is said in Keras; false: it cannot be.
var kerasLayers = sync.OnceValue(func() map[string]func(k *kerasLayer, l layer.Layer) bool {
	activation := func(name string, positive bool) func(*kerasLayer, layer.Layer) bool {
		return func(k *kerasLayer, l layer.Layer) bool {
			k.kerasSpell.out.positive = positive
			return k.say("Activation", kerasArg{"activation", name})
		}
	}
	only3 := func(name string, positive bool) func(*kerasLayer, layer.Layer) bool {
		return func(k *kerasLayer, l layer.Layer) bool { return activation(name, positive)(k, l) && k.code }
	}
	merge := func(class string, keeps bool) func(*kerasLayer, layer.Layer) bool {
		return func(k *kerasLayer, l layer.Layer) bool {
			k.alike()
			if keeps {
				k.keeps()
			}
			return k.say(class)
		}
	}
	drop := func(class, field string) func(*kerasLayer, layer.Layer) bool {
		return func(k *kerasLayer, l layer.Layer) bool {
			k.keeps()
			return k.say(class, kerasArg{field, l.(*layer.Dropout).P.V})
		}
	}
	return map[string]func(k *kerasLayer, l layer.Layer) bool{
		"conv": func(k *kerasLayer, l layer.Layer) bool {
			c := l.(*layer.Conv)
			k.map_()
			if c.Groups.N > 1 && c.Groups.N == k.x[0].N && k.dims() == 2 && c.Padding.Rule != layer.PadCausal {
				return k.depthwise(&c.Slide, c.Filters.Value()/c.Groups.N, bool(c.Bias))
			}
			rule, ok := k.slideRule(&c.Slide)
			if !ok {
				return false
			}
			args := k.convolution(&c.Slide, c.Filters.Value(), rule)
			if c.Groups.N > 1 {
				args = append(args, kerasArg{"groups", c.Groups.N})
				if !k.code {
					k.warn = diag.Warn(catalog.ExportGroups, k.name)
				}
			}
			return k.say(k.d("Conv"), append(args, kerasArg{"use_bias", bool(c.Bias)})...)
		},
		"depthwise": func(k *kerasLayer, l layer.Layer) bool {
			c := l.(*layer.Depthwise)
			k.map_()
			return k.depthwise(&c.Slide, c.Multiplier.N, bool(c.Bias))
		},
		"separable": func(k *kerasLayer, l layer.Layer) bool {
			c := l.(*layer.Separable)
			k.map_()
			rule, ok := k.slideRule(&c.Slide)
			args := k.convolution(&c.Slide, c.Filters.Value(), rule)
			args = append(args, kerasArg{"depth_multiplier", c.Multiplier.N}, kerasArg{"use_bias", bool(c.Bias)})
			return ok && k.dims() < 3 && k.say(k.d("SeparableConv"), args...)
		},
		"convtranspose": kerasTransposed,
		"maxpool": func(k *kerasLayer, l layer.Layer) bool {
			p := l.(*layer.MaxPool)
			return k.pool("MaxPooling", &p.Pool, p.Dilation, true)
		},
		"avgpool": func(k *kerasLayer, l layer.Layer) bool {
			p := l.(*layer.AvgPool)
			return p.Divisor.N == 0 && k.pool("AveragePooling", &p.Pool, layer.SizeOf(1), bool(p.CountPad))
		},
		"globalavgpool":   func(k *kerasLayer, l layer.Layer) bool { return k.global("Average", bool(l.(*layer.GlobalPool).Flat)) },
		"globalmaxpool":   func(k *kerasLayer, l layer.Layer) bool { return k.global("Max", bool(l.(*layer.GlobalPool).Flat)) },
		"adaptiveavgpool": func(k *kerasLayer, l layer.Layer) bool { return k.adaptive("AveragePooling") },
		"adaptivemaxpool": func(k *kerasLayer, l layer.Layer) bool { return k.adaptive("MaxPooling") },
		"mean":            kerasReduce, "sum": kerasReduce, "amax": kerasReduce,
		"linear": func(k *kerasLayer, l layer.Layer) bool {
			c := l.(*layer.Linear)
			if k.ins[0].order[len(k.x)-1] != len(k.x)-1 {
				k.flat()
			}
			return k.say("Dense", kerasArg{"units", c.Features.Value()}, kerasArg{"use_bias", bool(c.Bias)})
		},
		"rnn": kerasRecurrent, "lstm": kerasRecurrent, "gru": kerasRecurrent,
		"convlstm": func(k *kerasLayer, l layer.Layer) bool {
			c := l.(*layer.ConvLSTM)
			k.want(0, film(len(k.x)))
			picture := *k
			picture.x = k.x[1:]
			if c.Padding.Rule == "" && !zeros(each64(picture.dims(), c.Padding.At)) {
				return false
			}
			rule := "valid"
			if c.Padding.Rule == layer.PadSame {
				rule = "same"
			}
			args := picture.convolution(&c.Slide, c.Filters.Value(), rule)
			args = append(args, kerasArg{"use_bias", bool(c.Bias)}, kerasArg{"return_sequences", !bool(c.Last)})
			if k.kerasSpell.out.order = film(len(k.x)); c.Last {
				k.kerasSpell.out.order = last(len(k.x) - 1)
			}
			return k.say(picture.d("ConvLSTM"), args...)
		},
		"attention": func(k *kerasLayer, l layer.Layer) bool {
			a := l.(*layer.Attention)
			if !k.code || a.KV.N > 0 || a.Window.N > 0 || bool(a.BiasKV) || bool(a.ZeroAttn) || a.OutBias.Word != "same" || a.HeadDim.N == 0 && !k.x[len(k.x)-1].Known() {
				return false
			}
			for i := range k.ins {
				k.want(i, plain(len(k.in[i])))
			}
			size := a.HeadDim.N
			if size == 0 {
				size = k.x[len(k.x)-1].N / a.Heads.Value()
			}
			call := "({0}, {0})"
			switch len(k.ins) {
			case 2:
				call = "({0}, {1})"
			case 3:
				call = "({0}, {2}, {1})" // query, value, key
			}
			if a.Causal {
				call = strings.TrimSuffix(call, ")") + ", use_causal_mask=True)"
			}
			fn := fmt.Sprintf("{m:MultiHeadAttention(num_heads=%d, key_dim=%d, use_bias=%s, dropout=%s)}", a.Heads.Value(), size, yes(a.Bias), a.Dropout.Text())
			return k.function(fn + call)
		},
		"embedding": func(k *kerasLayer, l layer.Layer) bool {
			e := l.(*layer.Embedding)
			k.flat()
			k.kerasSpell.out.order = plain(len(k.out))
			return e.Table.At(0) > 0 && e.Table.At(1) > 0 && k.say("Embedding", kerasArg{"input_dim", e.Table.At(0)}, kerasArg{"output_dim", e.Table.At(1)})
		},
		"bn": func(k *kerasLayer, l layer.Layer) bool {
			b := l.(*layer.BatchNorm)
			k.map_()
			return bool(b.Track) && k.say("BatchNormalization", kerasArg{"momentum", 1 - b.Momentum.V}, kerasArg{"epsilon", b.Eps.V},
				kerasArg{"center", bool(b.Affine.On && b.Affine.Bias)}, kerasArg{"scale", bool(b.Affine.On && b.Affine.Scale)})
		},
		"instancenorm": func(k *kerasLayer, l layer.Layer) bool {
			b := l.(*layer.BatchNorm)
			k.map_()
			return !bool(b.Track) && k.dims() > 0 && k.groupNorm(k.x[0].N, b.Eps.V, b.Affine)
		},
		"groupnorm": func(k *kerasLayer, l layer.Layer) bool {
			g := l.(*layer.GroupedNorm)
			k.map_()
			return k.groupNorm(g.Groups.N, g.Eps.V, g.Affine)
		},
		"layernorm": kerasLayerNorm, "rmsnorm": kerasLayerNorm,
		"scale": func(k *kerasLayer, l layer.Layer) bool {
			f := l.(*layer.Scale).Factor.V
			if f >= 0 {
				k.keeps()
			}
			return k.say("Rescaling", kerasArg{"scale", f}, kerasArg{"offset", 0.0})
		},
		"prelu": func(k *kerasLayer, l layer.Layer) bool {
			p := l.(*layer.PReLU)
			k.map_()
			var shared list
			for axis, dim := range k.ins[0].order {
				one := dim > 0 || p.Slopes.Value() == 1 // one slope for all, or one a channel
				if bool(p.Each) || !p.Shared.Unset() {
					one = false
					for i := range p.Shared.Len() {
						one = one || int(axisOf(p.Shared.At(i), len(k.x)))-1 == dim
					}
				}
				if one {
					shared = append(shared, int64(axis+1))
				}
			}
			var args []kerasArg
			if len(shared) > 0 {
				args = []kerasArg{{"shared_axes", shared}}
			}
			return k.say("PReLU", args...)
		},
		"relu": func(k *kerasLayer, l layer.Layer) bool { k.kerasSpell.out.positive = true; return k.say("ReLU") },
		"relu6": func(k *kerasLayer, l layer.Layer) bool {
			k.kerasSpell.out.positive = true
			return k.say("ReLU", kerasArg{"max_value", 6.0})
		},
		"leakyrelu": func(k *kerasLayer, l layer.Layer) bool {
			name := "alpha" // negative_slope in Keras 3, which knows the old name in files
			if k.code {
				name = "negative_slope"
			}
			return k.say("LeakyReLU", kerasArg{name, l.(*layer.Activation).A.V})
		},
		"elu": func(k *kerasLayer, l layer.Layer) bool {
			return k.say("ELU", kerasArg{"alpha", l.(*layer.Activation).A.V})
		},
		"sigmoid": activation("sigmoid", true), "tanh": activation("tanh", false), "selu": activation("selu", false), "silu": activation("swish", false),
		"softsign": activation("softsign", false), "identity": activation("linear", false),
		"mish": activation("mish", false),
		"gelu": func(k *kerasLayer, l layer.Layer) bool {
			if l.(*layer.Activation).Choice.Word == "tanh" {
				return k.function("keras.activations.gelu({0}, approximate=True)")
			}
			return k.say("Activation", kerasArg{"activation", "gelu"})
		},
		"softplus": func(k *kerasLayer, l layer.Layer) bool {
			return l.Kind().Field("beta").IsDefault(l) && activation("softplus", true)(k, l) // the threshold is PyTorch's way to compute the same
		},
		"hardsigmoid": func(k *kerasLayer, l layer.Layer) bool {
			k.kerasSpell.out.positive = true
			if k.code {
				return k.say("Activation", kerasArg{"activation", "hard_sigmoid"})
			}
			return k.hardSigmoid() // Keras 2 has another function of that name
		},
		"hardswish": func(k *kerasLayer, l layer.Layer) bool {
			if k.code {
				return k.say("Activation", kerasArg{"activation", "hard_silu"})
			}
			k.hardSigmoid()
			k.chain = append(k.chain, kerasCall{class: "Multiply", from: []int{-1, len(k.chain) - 1}})
			return true
		},
		"exp":        only3("exponential", true),
		"logsigmoid": only3("log_sigmoid", false),
		"celu": func(k *kerasLayer, l layer.Layer) bool {
			return k.function("keras.activations.celu({0}, alpha=" + l.(*layer.Activation).A.Text() + ")")
		},
		"tanhshrink": only3("tanh_shrink", false),
		"softshrink": func(k *kerasLayer, l layer.Layer) bool {
			return k.function("keras.activations.soft_shrink({0}, threshold=" + l.(*layer.Activation).A.Text() + ")")
		},
		"hardshrink": func(k *kerasLayer, l layer.Layer) bool {
			return k.function("keras.activations.hard_shrink({0}, threshold=" + l.(*layer.Activation).A.Text() + ")")
		},
		"softmax": func(k *kerasLayer, l layer.Layer) bool {
			k.kerasSpell.out.positive = true
			return l.(*layer.Softmax).Dim.N != 0 && k.say("Softmax", kerasArg{"axis", k.axis(l.(*layer.Softmax).Dim.N)})
		},
		"logsoftmax": func(k *kerasLayer, l layer.Layer) bool {
			return k.function(fmt.Sprintf("keras.ops.log_softmax({0}, axis=%d)", k.axis(l.(*layer.Softmax).Dim.N)))
		},
		"dropout":         drop("Dropout", "rate"),
		"alphadropout":    drop("AlphaDropout", "rate"),
		"gaussiandropout": drop("GaussianDropout", "rate"),
		"gaussiannoise": func(k *kerasLayer, l layer.Layer) bool {
			return k.say("GaussianNoise", kerasArg{"stddev", l.(*layer.Dropout).P.V})
		},
		"spatialdropout": func(k *kerasLayer, l layer.Layer) bool {
			k.map_()
			k.keeps()
			return k.dims() >= 1 && k.dims() <= 3 && k.say(k.d("SpatialDropout"), kerasArg{"rate", l.(*layer.Dropout).P.V})
		},
		"stochasticdepth": func(k *kerasLayer, l layer.Layer) bool { // as keras.applications has it
			shape := list{nil}
			for range k.x {
				shape = append(shape, int64(1))
			}
			k.keeps()
			return k.say("Dropout", kerasArg{"rate", l.(*layer.Dropout).P.V}, kerasArg{"noise_shape", shape})
		},
		"flatten": func(k *kerasLayer, l layer.Layer) bool {
			k.keeps()
			if len(k.out) == 1 {
				return k.say("Flatten")
			}
			f := l.(*layer.Flatten)
			if axis(f.Start.N, len(k.x)) == 2 && axis(f.End.N, len(k.x)) == int64(len(k.x)) && len(k.x) > 2 {
				k.map_() // the positions of a map in a row
				k.kerasSpell.out.order = last(2)
				return k.say("Reshape", kerasArg{"target_shape", shapeOf(k.out, last(2))})
			}
			return k.reshape()
		},
		"reshape": func(k *kerasLayer, l layer.Layer) bool {
			k.keeps()
			if len(k.x) == 1 && len(k.out) > 2 && k.out.Known() {
				// A vector has no order yet: its map has the channels last at once.
				k.kerasSpell.out.order = last(len(k.out))
				return k.say("Reshape", kerasArg{"target_shape", shapeOf(k.out, last(len(k.out)))})
			}
			return k.reshape()
		},
		"unflatten": func(k *kerasLayer, l layer.Layer) bool { k.keeps(); return k.reshape() },
		"squeeze":   func(k *kerasLayer, l layer.Layer) bool { k.keeps(); return k.reshape() },
		"unsqueeze": func(k *kerasLayer, l layer.Layer) bool { k.keeps(); return k.reshape() },
		"permute": func(k *kerasLayer, l layer.Layer) bool {
			k.keeps()
			d := l.(*layer.Permute).Dims
			dims := make(list, d.Len())
			for i := range dims {
				dims[i] = k.axis(d.At(i))
			}
			k.kerasSpell.out.order = plain(len(k.out))
			return k.say("Permute", kerasArg{"dims", dims})
		},
		"slice": func(k *kerasLayer, l layer.Layer) bool {
			s := l.(*layer.Slice)
			n := k.x[axis(s.Dim.N, len(k.x))-1]
			if !n.Known() {
				return false
			}
			place := func(i int64) int64 {
				if i < 0 {
					i += n.N
				}
				return min(max(i, 0), n.N)
			}
			to := n.N
			if s.To.N != 0 {
				to = place(s.To.N)
			}
			return k.part(s.Dim.N, place(s.From.N), to, s.Step.N)
		},
		"chunk": func(k *kerasLayer, l layer.Layer) bool {
			c := l.(*layer.Chunk)
			n := k.x[axis(c.Dim.N, len(k.x))-1]
			if !n.Known() {
				return false
			}
			size := max((n.N+c.Chunks.N-1)/c.Chunks.N, 1)
			return k.part(c.Dim.N, c.Part.N*size, min((c.Part.N+1)*size, n.N), 1)
		},
		"select": func(k *kerasLayer, l layer.Layer) bool {
			s := l.(*layer.Select)
			k.flat()
			k.kerasSpell.out.order = plain(len(k.out))
			return k.function("{0}[" + strings.Repeat(":, ", int(axis(s.Dim.N, len(k.x)))) + whole(s.Index.N) + "]")
		},
		"roll": func(k *kerasLayer, l layer.Layer) bool {
			r := l.(*layer.Roll)
			axes := each(r.Dims.Len(), func(i int) int64 { return k.axis(r.Dims.At(i)) })
			return k.function("keras.ops.roll({0}, " + tuple(each(r.Shifts.Len(), r.Shifts.At)...) + ", axis=" + tuple(axes...) + ")")
		},
		"repeatvector": func(k *kerasLayer, l layer.Layer) bool {
			k.kerasSpell.out.order = plain(2)
			return k.say("RepeatVector", kerasArg{"n", l.(*layer.RepeatVector).Copies.N})
		},
		"pad": kerasPad, "crop": kerasPad,
		"upsample":       kerasUpsample,
		"pixelshuffle":   kerasShuffle,
		"channelshuffle": kerasShuffle,
		"add":            merge("Add", true), "mul": merge("Multiply", true), "max": merge("Maximum", true), "min": merge("Minimum", true),
		"average": merge("Average", true), "sub": merge("Subtract", false),
		"concat": func(k *kerasLayer, l layer.Layer) bool {
			k.alike()
			k.keeps()
			return len(k.ins) > 1 && k.say("Concatenate", kerasArg{"axis", k.axis(l.(*layer.Concat).Dim.N)})
		},
		"matmul": func(k *kerasLayer, l layer.Layer) bool {
			for i := range k.ins {
				k.want(i, plain(len(k.in[i])))
			}
			axes := list{int64(2), int64(1)}
			if l.(*layer.MatMul).Transpose {
				axes = list{int64(2), int64(2)}
			}
			if len(k.x) == 2 {
				return k.say("Dot", kerasArg{"axes", axes})
			}
			if l.(*layer.MatMul).Transpose {
				return k.function("keras.ops.matmul({0}, keras.ops.swapaxes({1}, -2, -1))")
			}
			return k.function("keras.ops.matmul({0}, {1})")
		},
	}
})

func axisOf(dim int64, rank int) int64 { return axis(dim, rank) }

func each64(n int, at func(i int) int64) []int64 {
	all := make([]int64, n)
	for i := range all {
		all[i] = at(i)
	}
	return all
}

// shapeOf writes a shape in an order.
func shapeOf(s tensor.Shape, order []int) list {
	l := make(list, len(order))
	for i, d := range order {
		if l[i] = any(nil); s[d].Known() {
			l[i] = s[d].N
		}
	}
	return l
}

// reshape lays a tensor out in the output's sizes, in our own order.
func (k *kerasLayer) reshape() bool {
	k.flat()
	k.kerasSpell.out.order = plain(len(k.out))
	return k.out.Known() && len(k.out) > 0 && k.say("Reshape", kerasArg{"target_shape", shapeOf(k.out, plain(len(k.out)))})
}

// convolution are the arguments that all convolutions have.
func (k *kerasLayer) convolution(s *layer.Slide, filters int64, rule string) []kerasArg {
	args := []kerasArg{{"filters", filters}, {"kernel_size", k.sizes(s.Kernel.At)}}
	return append(args, k.strided(s.Stride.At, rule, s.Dilation.At)...)
}

func (k *kerasLayer) strided(stride func(int) int64, rule string, dilation func(int) int64) []kerasArg {
	args := []kerasArg{{"strides", k.sizes(stride)}, {"padding", rule}}
	if d := k.sizes(dilation); !ones(d) {
		args = append(args, kerasArg{"dilation_rate", d})
	}
	return args
}

func ones(l list) bool {
	for _, v := range l {
		if v != int64(1) {
			return false
		}
	}
	return true
}

// depthwise says a convolution of each channel by itself. Keras has none in three
// dimensions, and TensorFlow.js none in one.
func (k *kerasLayer) depthwise(s *layer.Slide, multiplier int64, bias bool) bool {
	rule, ok := k.slideRule(s)
	if !ok || k.dims() > 2 {
		return false
	}
	args := append([]kerasArg{{"kernel_size", k.sizes(s.Kernel.At)}}, k.strided(s.Stride.At, rule, s.Dilation.At)...)
	return k.say(k.d("DepthwiseConv"), append(args, kerasArg{"depth_multiplier", multiplier}, kerasArg{"use_bias", bias})...)
}

// kerasTransposed says a transposed convolution as Keras' valid or same, with what
// PyTorch's padding takes off cut off behind it.
func kerasTransposed(k *kerasLayer, l layer.Layer) bool {
	c := l.(*layer.ConvTranspose)
	k.map_()
	if c.Groups.N > 1 {
		return false
	}
	rule, dims := "valid", k.dims()
	before, after := make([]int64, dims), make([]int64, dims)
	same := c.OutPad.Unset() || zeros(each64(dims, c.OutPad.At))
	for i := range dims {
		size, s := c.Dilation.At(i)*(c.Kernel.At(i)-1)+1, c.Stride.At(i)
		p, o := c.Padding.At(i), c.OutPad.At(i)
		same = same && size-s == 2*p
		// Keras' valid leaves room for a whole stride behind a small kernel.
		before[i], after[i] = p, p-o+max(s-size, 0)
	}
	switch {
	case c.Padding.Rule == layer.PadSame && c.OutPad.Unset(), c.Padding.Rule == "" && same:
		rule, before, after = "same", make([]int64, dims), make([]int64, dims)
	case c.Padding.Rule == layer.PadValid && c.OutPad.Unset():
		before, after = make([]int64, dims), make([]int64, dims)
	case c.Padding.Rule != "":
		return false
	}
	for i := range dims {
		if before[i] < 0 || after[i] < 0 {
			return false
		}
	}
	args := append(k.convolution(&c.Slide, c.Filters.Value(), rule), kerasArg{"use_bias", bool(c.Bias)})
	name := fmt.Sprintf("Conv%dDTranspose", dims)
	return k.say(name, args...) && (zeros(before, after) || k.pads("Cropping", before, after))
}

// pool says a pool. Zeros may be laid around an average that counts them, and
// around a maximum of what is never negative; elsewhere Keras has no such pool.
func (k *kerasLayer) pool(class string, p *layer.Pool, dilation layer.Size, counts bool) bool {
	k.map_()
	k.keeps()
	stride := p.Stride
	if stride.Unset() {
		stride = p.Kernel
	}
	if dilation != layer.SizeOf(1) {
		return false
	}
	args := func(rule string) []kerasArg {
		return []kerasArg{{"pool_size", k.sizes(p.Kernel.At)}, {"strides", k.sizes(stride.At)}, {"padding", rule}}
	}
	if p.Padding.Rule != "" {
		if p.Ceil || p.Caffe {
			return false
		}
		return k.say(k.d(class), args(p.Padding.Rule)...)
	}
	// What the windows reach beyond the map, before and behind.
	dims := k.dims()
	before, after := make([]int64, dims), make([]int64, dims)
	same := true
	for i := range dims {
		before[i], after[i] = p.Padding.At(i), 0
		if x := k.x[i+1]; x.Known() && k.out[i+1].Known() {
			after[i] = max((k.out[i+1].N-1)*stride.At(i)+p.Kernel.At(i)-x.N-before[i], 0)
		} else if before[i] > 0 || bool(p.Ceil) || bool(p.Caffe) {
			return false
		}
		same = same && stride.At(i) == 1 && 2*before[i] == p.Kernel.At(i)-1
	}
	switch {
	case zeros(before, after):
		return k.say(k.d(class), args("valid")...)
	case same && (class == "MaxPooling" || !counts):
		return k.say(k.d(class), args("same")...) // of what lies over the edge nothing counts
	case class == "MaxPooling":
		if k.code && !k.ins[0].positive {
			k.kerasSpell.fn = fmt.Sprintf("keras.ops.pad({0}, %s, constant_values=float(\"-inf\"))", python(padList(before, after)))
		} else {
			if !k.ins[0].positive {
				k.warn = diag.Warn(catalog.ExportZeroPadding, k.name)
			}
			k.pads("ZeroPadding", before, after)
		}
		return k.say(k.d(class), args("valid")...)
	case counts:
		for i := range dims {
			if after[i] > before[i] { // rounded up: the rest of a window does not count
				return false
			}
		}
		return k.pads("ZeroPadding", before, after) && k.say(k.d(class), args("valid")...)
	default:
		return false
	}
}

// padList is what keras.ops.pad takes for a map.
func padList(before, after []int64) list {
	all := list{list{int64(0), int64(0)}}
	for i := range before {
		all = append(all, list{before[i], after[i]})
	}
	return append(all, list{int64(0), int64(0)})
}

func (k *kerasLayer) global(what string, flat bool) bool {
	k.map_()
	k.keeps()
	class := k.d("Global" + what + "Pooling")
	switch {
	case flat:
		return k.say(class)
	case k.code:
		return k.say(class, kerasArg{"keepdims", true})
	default: // TensorFlow.js knows no keepdims
		return k.out.Known() && k.say(class) && k.say("Reshape", kerasArg{"target_shape", shapeOf(k.out, last(len(k.out)))})
	}
}

// adaptive says a pool whose windows are all of one size.
func (k *kerasLayer) adaptive(class string) bool {
	k.map_()
	k.keeps()
	for i := 1; i < len(k.x); i++ {
		if !k.x[i].Known() || !k.out[i].Known() || k.out[i].N == 0 || k.x[i].N%k.out[i].N != 0 {
			return false
		}
	}
	size := k.sizes(func(i int) int64 { return k.x[i+1].N / k.out[i+1].N })
	return k.say(k.d(class), kerasArg{"pool_size", size}, kerasArg{"strides", size}, kerasArg{"padding", "valid"})
}

func kerasReduce(k *kerasLayer, l layer.Layer) bool {
	r := l.(*layer.Reduce)
	all := map[int64]bool{}
	for i := range r.Dims.Len() {
		all[axis(r.Dims.At(i), len(k.x))] = true
	}
	if k.kind.Name == "mean" && k.dims() >= 1 && k.dims() <= 3 && len(all) == k.dims() && !all[1] {
		return k.global("Average", !bool(r.Keep)) // the mean of every position of a map
	}
	k.flat()
	k.kerasSpell.out.order = plain(len(k.out))
	axes := tuple(each(r.Dims.Len(), func(i int) int64 { return axis(r.Dims.At(i), len(k.x)) })...)
	return k.function(fmt.Sprintf("keras.ops.%s({0}, axis=%s, keepdims=%s)", k.kind.Name, axes, yes(r.Keep)))
}

func kerasRecurrent(k *kerasLayer, l layer.Layer) bool {
	r := l.(*layer.Recurrent)
	if r.Cell || r.Proj.N > 0 {
		return false
	}
	k.flat()
	k.kerasSpell.out.order = plain(len(k.out))
	for i := int64(0); i < r.Layers.N; i++ {
		args := []kerasArg{{"units", r.Hidden.Value()}}
		if k.kind.Name == "rnn" {
			args = append(args, kerasArg{"activation", r.Nonlinearity.Word})
		}
		args = append(args, kerasArg{"use_bias", bool(r.Bias)}, kerasArg{"return_sequences", !bool(r.Last) || i < r.Layers.N-1})
		if k.kind.Name == "gru" {
			args = append(args, kerasArg{"reset_after", bool(r.ResetAfter)})
		}
		c := kerasCall{class: k.kind.Keras, args: args}
		if r.Bidirectional {
			inner := c
			c = kerasCall{class: "Bidirectional", inner: &inner, args: []kerasArg{{"merge_mode", r.Merge.Word}}}
		}
		k.chain = append(k.chain, c)
		if r.Dropout.V > 0 && i < r.Layers.N-1 {
			k.say("Dropout", kerasArg{"rate", r.Dropout.V})
		}
	}
	return true
}

func (k *kerasLayer) groupNorm(groups int64, eps float64, a layer.Affine) bool {
	return k.say("GroupNormalization", kerasArg{"groups", groups}, kerasArg{"epsilon", eps},
		kerasArg{"center", bool(a.On && a.Bias)}, kerasArg{"scale", bool(a.On && a.Scale)})
}

func kerasLayerNorm(k *kerasLayer, l layer.Layer) bool {
	n := l.(*layer.LayerNorm)
	over := max(n.Shape.Len(), 1)
	if n.Over.Word == "channels" {
		k.map_()
	} else if over > 1 || k.ins[0].order[len(k.x)-1] != len(k.x)-1 {
		k.flat()
	}
	axis := any(int64(-1))
	if over > 1 {
		axes := list{}
		for i := over; i > 0; i-- {
			axes = append(axes, int64(-i))
		}
		axis = axes
	}
	args := []kerasArg{{"axis", axis}, {"epsilon", n.Eps.V}}
	if k.kind.Name == "rmsnorm" {
		return k.code && bool(n.Affine.On) && k.say("RMSNormalization", args...)
	}
	return k.say("LayerNormalization", append(args, kerasArg{"center", bool(n.Affine.On && n.Affine.Bias)}, kerasArg{"scale", bool(n.Affine.On && n.Affine.Scale)})...)
}

// hardSigmoid says relu6(x + 3) / 6.
func (k *kerasLayer) hardSigmoid() bool {
	return k.say("Rescaling", kerasArg{"scale", 1.0}, kerasArg{"offset", 3.0}) && k.say("ReLU", kerasArg{"max_value", 6.0}) &&
		k.say("Rescaling", kerasArg{"scale", 1.0 / 6}, kerasArg{"offset", 0.0})
}

// part says a part of one dimension. Without functions it is cut out: Cropping2D
// works on the first two axes, so the dimension is brought there and back.
func (k *kerasLayer) part(dim, from, to, step int64) bool {
	k.keeps()
	at := k.axis(dim)
	if k.code {
		text := "{0}[" + strings.Repeat(":, ", int(at)) + fmt.Sprintf("%d:%d", from, to)
		if step != 1 {
			text += ":" + whole(step)
		}
		return k.function(text + "]")
	}
	if step != 1 || len(k.x) != 3 {
		return false
	}
	n := k.x[axis(dim, len(k.x))-1].N
	swap := list{int64(1), int64(2), int64(3)}
	row := at
	if at == 3 {
		swap, row = list{int64(1), int64(3), int64(2)}, 2
		k.say("Permute", kerasArg{"dims", swap})
	}
	before, after := make([]int64, 2), make([]int64, 2)
	before[row-1], after[row-1] = from, n-to
	k.pads("Cropping", before, after)
	if at == 3 {
		k.say("Permute", kerasArg{"dims", swap})
	}
	return true
}

func kerasPad(k *kerasLayer, l layer.Layer) bool {
	sign, sides := int64(1), layer.Sides{}
	mode, fill := "constant", 0.0
	switch l := l.(type) {
	case *layer.Pad:
		sides, mode, fill = l.Sides, l.Mode.Word, l.Fill.V
	case *layer.Crop:
		sides, sign = l.Sides, -1
	}
	k.map_()
	var add, addAfter, cut, cutAfter []int64
	for j := range k.x {
		b, a := sides.At(j, len(k.x))
		if b, a = sign*b, sign*a; j == 0 {
			if b != 0 || a != 0 {
				if len(k.x) != 3 || b < 0 || a < 0 || mode != "constant" || fill != 0 {
					return false
				}
				k.channelPad(b, a)
			}
			continue
		}
		add, addAfter = append(add, max(b, 0)), append(addAfter, max(a, 0))
		cut, cutAfter = append(cut, max(-b, 0)), append(cutAfter, max(-a, 0))
	}
	if fill >= 0 {
		k.keeps()
	}
	if !zeros(add, addAfter) {
		switch {
		case mode == "constant" && fill == 0:
			k.pads("ZeroPadding", add, addAfter)
		case k.code && mode == "constant":
			k.kerasSpell.fn = fmt.Sprintf("keras.ops.pad({0}, %s, constant_values=%v)", python(padList(add, addAfter)), fill)
		case k.code && mode == "reflect":
			k.kerasSpell.fn = fmt.Sprintf("keras.ops.pad({0}, %s, mode=\"reflect\")", python(padList(add, addAfter)))
		default:
			return false
		}
	}
	return zeros(cut, cutAfter) && len(k.chain) > 0 || k.pads("Cropping", cut, cutAfter)
}

// channelPad lays channels of zeros before and behind: as columns, between two
// permutations.
func (k *kerasLayer) channelPad(before, after int64) {
	swap := kerasArg{"dims", list{int64(1), int64(3), int64(2)}}
	k.say("Permute", swap)
	k.pads("ZeroPadding", []int64{0, before}, []int64{0, after})
	k.say("Permute", swap)
}

func kerasUpsample(k *kerasLayer, l layer.Layer) bool {
	u := l.(*layer.Upsample)
	k.map_()
	k.keeps()
	mode := u.Mode.Word
	if mode == "nearest-exact" || mode == "area" || mode == "bicubic" || bool(u.Align) || !k.x.Known() || !k.out.Known() {
		return false
	}
	wholeTimes := true
	for i := 1; i < len(k.x); i++ {
		wholeTimes = wholeTimes && k.x[i].N > 0 && k.out[i].N%k.x[i].N == 0
	}
	size := k.sizes(func(i int) int64 { return k.out[i+1].N / max(k.x[i+1].N, 1) })
	switch {
	case wholeTimes && k.dims() == 2:
		return k.say("UpSampling2D", kerasArg{"size", size}, kerasArg{"interpolation", mode})
	case wholeTimes && mode == "nearest" && k.dims() == 1:
		return k.say("UpSampling1D", kerasArg{"size", size[0]})
	case wholeTimes && mode == "nearest":
		return k.say("UpSampling3D", kerasArg{"size", size})
	case k.dims() == 2:
		return k.say("Resizing", kerasArg{"height", k.out[1].N}, kerasArg{"width", k.out[2].N}, kerasArg{"interpolation", mode})
	default:
		return false
	}
}

// kerasShuffle says a shuffle of pixels or channels as two reshapes and a
// permutation between them.
func kerasShuffle(k *kerasLayer, l layer.Layer) bool {
	k.map_()
	k.keeps()
	if len(k.x) != 3 || !k.x.Known() {
		return false
	}
	c, h, w := k.x[0].N, k.x[1].N, k.x[2].N
	split, dims := list{}, list{}
	switch l := l.(type) {
	case *layer.ChannelShuffle:
		split, dims = list{h, w, l.Groups.N, c / l.Groups.N}, list{int64(1), int64(2), int64(4), int64(3)}
	case *layer.PixelShuffle:
		r := l.R.N
		split, dims = list{h, w, c / r / r, r, r}, list{int64(1), int64(4), int64(2), int64(5), int64(3)}
	}
	return k.say("Reshape", kerasArg{"target_shape", split}) && k.say("Permute", kerasArg{"dims", dims}) &&
		k.say("Reshape", kerasArg{"target_shape", shapeOf(k.out, last(3))})
}
