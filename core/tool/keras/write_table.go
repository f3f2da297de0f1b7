package keras

import (
	"fmt"
	"strings"
	"sync"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/pycode"
	"paramstack/core/tool/vocab"
)

// layerWriters is how each kind is written in Keras; false: it cannot be.
var layerWriters = sync.OnceValue(func() map[string]func(k *layerWriter, l layer.Layer) bool {
	activation := func(positive bool) func(*layerWriter, layer.Layer) bool {
		return func(k *layerWriter, l layer.Layer) bool {
			k.counterpart.out.positive = positive
			return k.activation(vocab.KerasFunctions(k.kind)[0])
		}
	}
	only3 := func(positive bool) func(*layerWriter, layer.Layer) bool {
		return func(k *layerWriter, l layer.Layer) bool { return activation(positive)(k, l) && k.code }
	}
	merge := func(keeps bool) func(*layerWriter, layer.Layer) bool {
		return func(k *layerWriter, l layer.Layer) bool {
			k.alike()
			if keeps {
				k.keeps()
			}
			return k.alone() || k.own()
		}
	}
	drop := func(k *layerWriter, l layer.Layer) bool {
		k.keeps()
		return k.own(arg{"rate", l.(*layer.Dropout).P.V})
	}
	return map[string]func(k *layerWriter, l layer.Layer) bool{
		"conv": func(k *layerWriter, l layer.Layer) bool {
			c := l.(*layer.Conv)
			k.asMap()
			if c.Groups.N > 1 && c.Groups.N == k.x[0].N && k.dims() == 2 {
				return writeDepthwise(k, &c.Slide, c.Filters.Value()/c.Groups.N, bool(c.Bias))
			}
			rule, ok := k.slideRule(&c.Slide, true)
			if !ok {
				return false
			}
			args := convolutionArgs(k, &c.Slide, c.Filters.Value(), rule)
			if c.Groups.N > 1 {
				args = append(args, arg{"groups", c.Groups.N})
				if !k.code {
					k.warn = diag.Warn(catalog.ExportGroups, k.name)
				}
			}
			return k.own(append(args, arg{"use_bias", bool(c.Bias)})...)
		},
		"depthwise": func(k *layerWriter, l layer.Layer) bool {
			c := l.(*layer.Depthwise)
			k.asMap()
			return writeDepthwise(k, &c.Slide, c.Multiplier.N, bool(c.Bias))
		},
		"separable": func(k *layerWriter, l layer.Layer) bool {
			c := l.(*layer.Separable)
			k.asMap()
			rule, ok := k.slideRule(&c.Slide, false)
			args := convolutionArgs(k, &c.Slide, c.Filters.Value(), rule)
			args = append(args, arg{"depth_multiplier", c.Multiplier.N}, arg{"use_bias", bool(c.Bias)})
			return ok && k.dims() < 3 && k.own(args...)
		},
		"convtranspose": writeTransposed,
		"maxpool": func(k *layerWriter, l layer.Layer) bool {
			p := l.(*layer.MaxPool)
			return writePool(k, &p.Pool, p.Dilation, true)
		},
		"avgpool": func(k *layerWriter, l layer.Layer) bool {
			p := l.(*layer.AvgPool)
			return p.Divisor.N == 0 && writePool(k, &p.Pool, layer.SizeOf(1), bool(p.CountPad))
		},
		"globalavgpool": func(k *layerWriter, l layer.Layer) bool {
			return writeGlobalPool(k, k.kind, bool(l.(*layer.GlobalPool).Flat))
		},
		"globalmaxpool": func(k *layerWriter, l layer.Layer) bool {
			return writeGlobalPool(k, k.kind, bool(l.(*layer.GlobalPool).Flat))
		},
		"adaptiveavgpool": func(k *layerWriter, l layer.Layer) bool { return writeAdaptivePool(k, layer.AvgPoolKind.Kind()) },
		"adaptivemaxpool": func(k *layerWriter, l layer.Layer) bool { return writeAdaptivePool(k, layer.MaxPoolKind.Kind()) },
		"mean":            writeReduce, "sum": writeReduce, "amax": writeReduce,
		"linear": func(k *layerWriter, l layer.Layer) bool {
			c := l.(*layer.Linear)
			if !k.ins[0].order.featuresLast() {
				k.asRows()
			}
			return k.own(arg{"units", c.Features.Value()}, arg{"use_bias", bool(c.Bias)})
		},
		"rnn": writeRecurrent, "lstm": writeRecurrent, "gru": writeRecurrent,
		"convlstm": func(k *layerWriter, l layer.Layer) bool {
			c := l.(*layer.ConvLSTM)
			k.arrange(0, film(len(k.x)))
			picture := *k
			picture.x = k.x[1:]
			if c.Padding.Rule == "" && !oplist.Zeros(each64(picture.dims(), c.Padding.At)) || picture.skips(&c.Slide) {
				return false
			}
			rule := "valid"
			if c.Padding.Rule == layer.PadSame {
				rule = "same"
			}
			args := convolutionArgs(&picture, &c.Slide, c.Filters.Value(), rule)
			args = append(args, arg{"use_bias", bool(c.Bias)}, arg{"return_sequences", !bool(c.Last)})
			if k.counterpart.out.order = film(len(k.x)); c.Last {
				k.counterpart.out.order = channelsLast(len(k.x) - 1)
			}
			return k.emit(classOf(k.kind, picture.dims()), args...)
		},
		"attention": writeAttention,
		"embedding": func(k *layerWriter, l layer.Layer) bool {
			e := l.(*layer.Embedding)
			k.asRows()
			k.counterpart.out.order = asIs(len(k.out))
			return e.Table.At(0) > 0 && e.Table.At(1) > 0 &&
				k.own(arg{"input_dim", e.Table.At(0)}, arg{"output_dim", e.Table.At(1)})
		},
		"bn": func(k *layerWriter, l layer.Layer) bool {
			b := l.(*layer.BatchNorm)
			k.asMap()
			return bool(b.Track) && k.own(arg{"momentum", 1 - b.Momentum.V}, arg{"epsilon", b.Eps.V},
				arg{"center", bool(b.Affine.On && b.Affine.Bias)}, arg{"scale", bool(b.Affine.On && b.Affine.Scale)})
		},
		"instancenorm": func(k *layerWriter, l layer.Layer) bool {
			b := l.(*layer.BatchNorm)
			k.asMap()
			return !bool(b.Track) && k.dims() > 0 && writeGroupNorm(k, k.x[0].N, b.Eps.V, b.Affine)
		},
		"groupnorm": func(k *layerWriter, l layer.Layer) bool {
			g := l.(*layer.GroupedNorm)
			k.asMap()
			return writeGroupNorm(k, g.Groups.N, g.Eps.V, g.Affine)
		},
		"layernorm": writeLayerNorm, "rmsnorm": writeLayerNorm,
		"layerscale": func(k *layerWriter, l layer.Layer) bool {
			f := l.(*layer.LayerScale)
			if f.Over.Word == "channels" {
				k.asMap()
			} else if !k.ins[0].order.featuresLast() {
				k.asRows()
			}
			return k.code && k.emit("LayerScale", arg{"init", f.Init.V}, arg{"use_bias", bool(f.Bias)})
		},
		"lrn": func(k *layerWriter, l layer.Layer) bool {
			n := l.(*layer.LRN)
			k.asMap()
			k.keeps()
			return k.code && n.Region.Word == "across" &&
				k.emit("LocalResponseNorm", arg{"size", n.Size.N}, arg{"alpha", n.Alpha.V}, arg{"beta", n.Beta.V},
					arg{"k", n.K.V})
		},
		"scale": func(k *layerWriter, l layer.Layer) bool {
			f := l.(*layer.Scale).Factor.V
			if f >= 0 {
				k.keeps()
			}
			return k.own(arg{"scale", f}, arg{"offset", 0.0})
		},
		"prelu": writePReLU,
		"relu":  func(k *layerWriter, l layer.Layer) bool { k.counterpart.out.positive = true; return k.own() },
		"relu6": func(k *layerWriter, l layer.Layer) bool {
			k.counterpart.out.positive = true
			return k.like(layer.ReLUKind.Kind(), arg{"max_value", 6.0})
		},
		"leakyrelu": func(k *layerWriter, l layer.Layer) bool {
			name := "alpha" // negative_slope in Keras 3, which knows the old name in files
			if k.code {
				name = "negative_slope"
			}
			return k.own(arg{name, l.(*layer.Activation).A.V})
		},
		"elu": func(k *layerWriter, l layer.Layer) bool {
			return k.own(arg{"alpha", l.(*layer.Activation).A.V})
		},
		"sigmoid": activation(true), "tanh": activation(false), "selu": activation(false),
		"silu": func(k *layerWriter, l layer.Layer) bool {
			names := vocab.KerasFunctions(k.kind)
			if k.code {
				return k.activation(names[0])
			}
			return k.activation(names[1]) // as Keras 2 names it
		},
		"softsign": activation(false), "identity": activation(false),
		"mish": activation(false),
		"gelu": func(k *layerWriter, l layer.Layer) bool {
			if l.(*layer.Activation).Choice.Word == "tanh" {
				return k.function("keras.activations.gelu({0}, approximate=True)")
			}
			return k.activation(vocab.KerasFunctions(k.kind)[0])
		},
		"softplus": func(k *layerWriter, l layer.Layer) bool {
			return l.Kind().Field("beta").IsDefault(l) &&
				activation(true)(k, l) // the threshold is PyTorch's way to compute the same
		},
		"hardsigmoid": func(k *layerWriter, l layer.Layer) bool {
			k.counterpart.out.positive = true
			if k.code {
				return k.activation(vocab.KerasFunctions(k.kind)[0])
			}
			return writeHardSigmoid(k) // Keras 2 has another function of that name
		},
		"hardswish": func(k *layerWriter, l layer.Layer) bool {
			if k.code {
				return k.activation(vocab.KerasFunctions(k.kind)[0])
			}
			writeHardSigmoid(k)
			k.chain = append(k.chain, chainCall{class: classOf(layer.MulKind.Kind(), 0), from: []int{-1, len(k.chain) - 1}})
			return true
		},
		"exp":        only3(true),
		"logsigmoid": only3(false),
		"celu": func(k *layerWriter, l layer.Layer) bool {
			return k.function("keras.activations.celu({0}, alpha=" + l.(*layer.Activation).A.Text() + ")")
		},
		"tanhshrink": only3(false),
		"softshrink": func(k *layerWriter, l layer.Layer) bool {
			return k.function("keras.activations.soft_shrink({0}, threshold=" + l.(*layer.Activation).A.Text() + ")")
		},
		"hardshrink": func(k *layerWriter, l layer.Layer) bool {
			return k.function("keras.activations.hard_shrink({0}, threshold=" + l.(*layer.Activation).A.Text() + ")")
		},
		"softmax": func(k *layerWriter, l layer.Layer) bool {
			k.counterpart.out.positive = true
			return l.(*layer.Softmax).Dim.N != 0 && k.own(arg{"axis", k.lastAxis(k.axis(l.(*layer.Softmax).Dim.N))})
		},
		"logsoftmax": func(k *layerWriter, l layer.Layer) bool {
			if l.(*layer.Softmax).Dim.N == 0 {
				return false // over the batch
			}
			return k.function(fmt.Sprintf("keras.ops.log_softmax({0}, axis=%d)", k.lastAxis(k.axis(l.(*layer.Softmax).Dim.N))))
		},
		"dropout":         drop,
		"alphadropout":    drop,
		"gaussiandropout": drop,
		"gaussiannoise": func(k *layerWriter, l layer.Layer) bool {
			return k.own(arg{"stddev", l.(*layer.Dropout).P.V})
		},
		"spatialdropout": func(k *layerWriter, l layer.Layer) bool {
			k.asMap()
			k.keeps()
			return k.dims() >= 1 && k.dims() <= 3 && k.own(arg{"rate", l.(*layer.Dropout).P.V})
		},
		"stochasticdepth": func(k *layerWriter, l layer.Layer) bool { // as keras.applications has it
			shape := pycode.List{nil}
			for range k.x {
				shape = append(shape, int64(1))
			}
			k.keeps()
			return k.like(layer.DropoutKind.Kind(), arg{"rate", l.(*layer.Dropout).P.V}, arg{"noise_shape", shape})
		},
		"flatten": func(k *layerWriter, l layer.Layer) bool {
			k.keeps()
			if len(k.out) == 1 {
				return k.own()
			}
			f := l.(*layer.Flatten)
			if oplist.Axis(f.Start.N, len(k.x)) == 2 && oplist.Axis(f.End.N, len(k.x)) == int64(len(k.x)) && len(k.x) > 2 {
				k.asMap() // the positions of a map in a row
				k.counterpart.out.order = channelsLast(2)
				return k.like(layer.ReshapeKind.Kind(), arg{"target_shape", shapeOf(k.out, channelsLast(2))})
			}
			return writeReshape(k)
		},
		"reshape": func(k *layerWriter, l layer.Layer) bool {
			k.keeps()
			if len(k.x) == 1 && len(k.out) > 2 && k.out.Known() {
				// A vector has no order yet: its map has the channels last at once.
				k.counterpart.out.order = channelsLast(len(k.out))
				return k.like(layer.ReshapeKind.Kind(), arg{"target_shape", shapeOf(k.out, channelsLast(len(k.out)))})
			}
			return writeReshape(k)
		},
		"unflatten": func(k *layerWriter, l layer.Layer) bool { k.keeps(); return writeReshape(k) },
		"squeeze":   func(k *layerWriter, l layer.Layer) bool { k.keeps(); return writeReshape(k) },
		"unsqueeze": func(k *layerWriter, l layer.Layer) bool { k.keeps(); return writeReshape(k) },
		"permute":   writePermute,
		"slice": func(k *layerWriter, l layer.Layer) bool {
			s := l.(*layer.Slice)
			n := k.x[oplist.Axis(s.Dim.N, len(k.x))-1]
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
			return writePart(k, s.Dim.N, place(s.From.N), to, s.Step.N)
		},
		"chunk": func(k *layerWriter, l layer.Layer) bool {
			c := l.(*layer.Chunk)
			n := k.x[oplist.Axis(c.Dim.N, len(k.x))-1]
			if !n.Known() {
				return false
			}
			size := max((n.N+c.Chunks.N-1)/c.Chunks.N, 1)
			return writePart(k, c.Dim.N, c.Part.N*size, min((c.Part.N+1)*size, n.N), 1)
		},
		"select": func(k *layerWriter, l layer.Layer) bool {
			s := l.(*layer.Select)
			k.asRows()
			k.counterpart.out.order = asIs(len(k.out))
			return k.function("{0}[" + strings.Repeat(":, ", int(oplist.Axis(s.Dim.N, len(k.x)))) + pycode.Whole(s.Index.N) + "]")
		},
		"roll": func(k *layerWriter, l layer.Layer) bool {
			r := l.(*layer.Roll)
			axes := pycode.Each(r.Dims.Len(), func(i int) int64 { return k.axis(r.Dims.At(i)) })
			return k.function("keras.ops.roll({0}, " + pycode.Tuple(pycode.Each(r.Shifts.Len(), r.Shifts.At)...) +
				", axis=" + pycode.Tuple(axes...) + ")")
		},
		"repeatvector": func(k *layerWriter, l layer.Layer) bool {
			k.counterpart.out.order = asIs(2)
			return k.own(arg{"n", l.(*layer.RepeatVector).Copies.N})
		},
		"pad": writePad, "crop": writePad,
		"upsample":       writeUpsample,
		"pixelshuffle":   writeShuffle,
		"channelshuffle": writeShuffle,
		"add":            merge(true), "mul": merge(true), "max": merge(true), "min": merge(true),
		"average": merge(true), "sub": merge(false),
		"concat": func(k *layerWriter, l layer.Layer) bool {
			k.alike()
			k.keeps()
			return k.alone() || k.own(arg{"axis", k.lastAxis(k.axis(l.(*layer.Concat).Dim.N))})
		},
		"matmul": func(k *layerWriter, l layer.Layer) bool {
			for i := range k.ins {
				k.arrange(i, asIs(len(k.in[i])))
			}
			axes := pycode.List{int64(2), int64(1)}
			if l.(*layer.MatMul).Transpose {
				axes = pycode.List{int64(2), int64(2)}
			}
			if len(k.x) == 2 {
				return k.own(arg{"axes", axes})
			}
			if l.(*layer.MatMul).Transpose {
				return k.function("keras.ops.matmul({0}, keras.ops.swapaxes({1}, -2, -1))")
			}
			return k.function("keras.ops.matmul({0}, {1})")
		},
	}
})

func axisOf(dim int64, rank int) int64 { return oplist.Axis(dim, rank) }

func each64(n int, at func(i int) int64) []int64 {
	all := make([]int64, n)
	for i := range all {
		all[i] = at(i)
	}
	return all
}
