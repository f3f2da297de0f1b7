package exporter

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"paramstack/core/layer"
)

// torchLayers tells how each kind is written in PyTorch, other than activations,
// which are written by their class and constants. false: it cannot be said.
var torchLayers = sync.OnceValue(func() map[string]func(t *torchLayer, l layer.Layer) (spell, bool) {
	return map[string]func(t *torchLayer, l layer.Layer) (spell, bool){
		"conv": func(t *torchLayer, l layer.Layer) (spell, bool) {
			c := l.(*layer.Conv)
			return t.sliding(&c.Slide, whole(c.Filters.Value()), whole(c.Groups.N), yes(c.Bias))
		},
		"depthwise": func(t *torchLayer, l layer.Layer) (spell, bool) {
			c := l.(*layer.Depthwise)
			return t.sliding(&c.Slide, number(t.out[0]), number(t.x[0]), yes(c.Bias))
		},
		"separable": func(t *torchLayer, l layer.Layer) (spell, bool) {
			c := l.(*layer.Separable)
			if !t.x[0].Known() {
				return spell{}, false
			}
			mid := whole(t.x[0].N * c.Multiplier.N)
			sp, ok := t.sliding(&c.Slide, mid, number(t.x[0]), "False")
			point := &call{fn: "nn." + t.d("Conv"), args: []arg{pos("in_channels", mid), pos("out_channels", whole(c.Filters.Value())),
				named("kernel_size", "1", ""), named("bias", yes(c.Bias), "True")}}
			sp.parts = append(sp.parts, point)
			return sp, ok
		},
		"convtranspose": torchTransposed,
		"deformconv": func(t *torchLayer, l layer.Layer) (spell, bool) {
			c := l.(*layer.DeformConv)
			sp, ok := t.sliding(&c.Slide, whole(c.Filters.Value()), whole(c.Groups.N), yes(c.Bias))
			sp.parts[0].fn = "DeformConv2d" // of torchvision
			t.w.helpers["torchvision"] = true
			return sp, ok && len(sp.parts) == 1
		},
		"maxpool": func(t *torchLayer, l layer.Layer) (spell, bool) {
			p := l.(*layer.MaxPool)
			return t.pool("MaxPool", &p.Pool, p.Dilation, named("dilation", sized(t.dims(), p.Dilation.At), "1"))
		},
		"avgpool": func(t *torchLayer, l layer.Layer) (spell, bool) {
			p := l.(*layer.AvgPool)
			count := p.CountPad && p.Padding.Rule == "" // Keras' same leaves the padding out
			args := []arg{named("count_include_pad", yes(count), "True")}
			if p.Divisor.N > 0 {
				if t.dims() == 1 {
					return spell{}, false
				}
				args = append(args, named("divisor_override", whole(p.Divisor.N), ""))
			}
			return t.pool("AvgPool", &p.Pool, layer.SizeOf(1), args...)
		},
		"lppool": func(t *torchLayer, l layer.Layer) (spell, bool) {
			p := l.(*layer.LPPool)
			sp, ok := t.pool("LPPool", &p.Pool, layer.SizeOf(1))
			if !ok || t.dims() == 3 { // torch 1.13 has none
				return spell{}, false
			}
			c := sp.parts[0]
			c.args = append([]arg{pos("norm_type", p.Norm.Text())}, c.args...)
			return sp, true
		},
		"globalavgpool":   torchGlobal,
		"globalmaxpool":   torchGlobal,
		"adaptiveavgpool": torchAdaptive,
		"adaptivemaxpool": torchAdaptive,
		"fractionalmaxpool": func(t *torchLayer, l layer.Layer) (spell, bool) {
			p := l.(*layer.FractionalMaxPool)
			args := []arg{named("kernel_size", sized(t.dims(), p.Kernel.At), ""), named("output_size", sized(t.dims(), func(i int) int64 { return t.out[i+1].N }), "")}
			return nn(t.d("FractionalMaxPool"), args...), t.out.Known()
		},
		"mean": torchReduce, "sum": torchReduce, "amax": torchReduce,
		"linear": func(t *torchLayer, l layer.Layer) (spell, bool) {
			c := l.(*layer.Linear)
			in := t.x[len(t.x)-1]
			sp := nn("Linear", pos("in_features", number(in)), pos("out_features", whole(c.Features.Value())), named("bias", yes(c.Bias), "True"))
			lazily(sp.parts[0], in)
			return sp, true
		},
		"bilinear": func(t *torchLayer, l layer.Layer) (spell, bool) {
			c, a, b := l.(*layer.Bilinear), t.x[len(t.x)-1], t.in[1][len(t.in[1])-1]
			return nn("Bilinear", pos("in1_features", number(a)), pos("in2_features", number(b)), pos("out_features", whole(c.Features.Value())),
				named("bias", yes(c.Bias), "True")), a.Known() && b.Known()
		},
		"rnn": torchRecurrent, "lstm": torchRecurrent, "gru": torchRecurrent,
		"convlstm": func(t *torchLayer, l layer.Layer) (spell, bool) {
			c := l.(*layer.ConvLSTM)
			dims := len(t.x) - 2
			before, after, ok := around(&c.Padding, t.x[1:], c.Kernel, c.Stride, c.Dilation)
			return t.helper("ConvLSTM", pos("in_channels", number(t.x[1])), pos("hidden", whole(c.Filters.Value())), pos("dims", strconv.Itoa(dims)),
				named("kernel_size", tuple(each(dims, c.Kernel.At)...), ""), named("stride", sized(dims, c.Stride.At), "1"), named("dilation", sized(dims, c.Dilation.At), "1"),
				named("padding", padded(before, after), ""), named("bias", yes(c.Bias), "True"), named("last", yes(c.Last), "False")), ok && t.x[1].Known()
		},
		"attention":           torchAttention,
		"windowattention":     torchWindow,
		"multiscaleattention": torchMultiscale,
		"embedding": func(t *torchLayer, l layer.Layer) (spell, bool) {
			e := l.(*layer.Embedding)
			return nn("Embedding", pos("num_embeddings", whole(e.Table.At(0))), pos("embedding_dim", whole(e.Table.At(1)))), e.Table.At(0) > 0 && e.Table.At(1) > 0
		},
		"embeddingbag": func(t *torchLayer, l layer.Layer) (spell, bool) {
			e := l.(*layer.Embedding)
			return nn("EmbeddingBag", pos("num_embeddings", whole(e.Table.At(0))), pos("embedding_dim", whole(e.Table.At(1))),
				named("mode", quoted(e.Mode.Word), quoted("mean"))), e.Table.At(0) > 0 && e.Table.At(1) > 0
		},
		"bn":           torchBatchNorm,
		"instancenorm": torchBatchNorm,
		"layernorm":    torchLayerNorm,
		"rmsnorm":      torchLayerNorm,
		"groupnorm": func(t *torchLayer, l layer.Layer) (spell, bool) {
			g := l.(*layer.GroupedNorm)
			sp := nn("GroupNorm", pos("num_groups", whole(g.Groups.N)), pos("num_channels", number(t.x[0])),
				named("eps", g.Eps.Text(), "1e-05"), named("affine", yes(g.Affine.On), "True"))
			return t.without(sp, g.Affine), t.x[0].Known()
		},
		"layerscale": func(t *torchLayer, l layer.Layer) (spell, bool) {
			s := l.(*layer.LayerScale)
			shape, known := make([]string, 0, 4), t.x[len(t.x)-1]
			if s.Over.Word == "channels" {
				known = t.x[0]
				for range t.x[1:] {
					shape = append(shape, "1")
				}
			}
			shape = append([]string{number(known)}, shape...)
			return t.helper("LayerScale", pos("shape", tuple(shape...)), named("init", s.Init.Text(), "1e-06"), named("bias", yes(s.Bias), "False")), known.Known()
		},
		"scale": func(t *torchLayer, l layer.Layer) (spell, bool) {
			return function("{x} * %s", l.(*layer.Scale).Factor.Text()), true
		},
		"lrn": func(t *torchLayer, l layer.Layer) (spell, bool) {
			n := l.(*layer.LRN)
			return nn("LocalResponseNorm", pos("size", whole(n.Size.N)), named("alpha", n.Alpha.Text(), "0.0001"),
				named("beta", n.Beta.Text(), "0.75"), named("k", n.K.Text(), "1")), n.Region.Word == "across"
		},
		"prelu": func(t *torchLayer, l layer.Layer) (spell, bool) {
			p := l.(*layer.PReLU)
			if !bool(p.Each) && p.Shared.Unset() {
				return nn("PReLU", named("num_parameters", whole(p.Slopes.Value()), "1"), named("init", p.Init.Text(), "0.25")), true
			}
			w := t.row.Weights
			if len(w) == 0 || !t.x.Known() {
				return spell{}, false
			}
			return t.helper("PReLUs", pos("shape", tuple(wholes(w[0].Shape)...)), named("init", p.Init.Text(), "0.25")), true
		},
		"exp":        simply("{x}.exp()"),
		"softmax":    torchSoftmax,
		"softmin":    torchSoftmax,
		"logsoftmax": torchSoftmax,
		"glu": func(t *torchLayer, l layer.Layer) (spell, bool) {
			return nn("GLU", named("dim", whole(l.(*layer.GLU).Dim.N), "-1")), true
		},
		"dropout":         torchDropout("Dropout"),
		"spatialdropout":  torchDropout(""),
		"alphadropout":    torchDropout("AlphaDropout"),
		"gaussiandropout": torchDropout("GaussianDropout"),
		"gaussiannoise":   torchDropout("GaussianNoise"),
		"stochasticdepth": torchDropout("StochasticDepth"),
		"flatten": func(t *torchLayer, l layer.Layer) (spell, bool) {
			f := l.(*layer.Flatten)
			return nn("Flatten", named("start_dim", whole(f.Start.N), "1"), named("end_dim", whole(f.End.N), "-1")), true
		},
		"unflatten": func(t *torchLayer, l layer.Layer) (spell, bool) {
			r := l.(*layer.Reshape)
			return nn("Unflatten", pos("dim", whole(r.Dim.N)), pos("unflattened_size", tuple(each(r.Sizes.Len(), r.Sizes.At)...))), true
		},
		"reshape": func(t *torchLayer, l layer.Layer) (spell, bool) {
			r := l.(*layer.Reshape)
			return function("{x}.reshape({x}.size(0), %s)", strings.Join(each(r.Sizes.Len(), r.Sizes.At), ", ")), true
		},
		"permute": func(t *torchLayer, l layer.Layer) (spell, bool) {
			d := l.(*layer.Permute).Dims
			return function("{x}.permute(0, %s)", strings.Join(each(d.Len(), d.At), ", ")), true
		},
		"squeeze": func(t *torchLayer, l layer.Layer) (spell, bool) {
			d, fn := l.(*layer.Squeeze).Dims, "{x}"
			gone := map[int64]bool{}
			for i := range d.Len() {
				gone[axis(d.At(i), len(t.x))] = true
			}
			for i := len(t.x); i >= 1; i-- { // from behind, so that numbers stay right
				if d.Len() == 0 && t.x[i-1].N == 1 || gone[int64(i)] {
					fn += ".squeeze(" + strconv.Itoa(i) + ")"
				}
			}
			return spell{fn: fn}, true
		},
		"unsqueeze": func(t *torchLayer, l layer.Layer) (spell, bool) {
			return function("{x}.unsqueeze(%d)", l.(*layer.Unsqueeze).Dim.N), true
		},
		"slice": func(t *torchLayer, l layer.Layer) (spell, bool) {
			s := l.(*layer.Slice)
			part := ":"
			if s.From.N != 0 {
				part = whole(s.From.N) + ":"
			}
			if s.To.N != 0 {
				part += whole(s.To.N)
			}
			if s.Step.N != 1 {
				part += ":" + whole(s.Step.N)
			}
			return spell{fn: "{x}[" + t.at(s.Dim.N) + part + "]"}, true
		},
		"select": func(t *torchLayer, l layer.Layer) (spell, bool) {
			s := l.(*layer.Select)
			return spell{fn: "{x}[" + t.at(s.Dim.N) + whole(s.Index.N) + "]"}, true
		},
		"chunk": func(t *torchLayer, l layer.Layer) (spell, bool) {
			c := l.(*layer.Chunk)
			return function("{x}.chunk(%d, dim=%d)[%d]", c.Chunks.N, c.Dim.N, c.Part.N), true
		},
		"roll": func(t *torchLayer, l layer.Layer) (spell, bool) {
			r := l.(*layer.Roll)
			return function("torch.roll({x}, shifts=%s, dims=%s)", tuple(each(r.Shifts.Len(), r.Shifts.At)...), tuple(each(r.Dims.Len(), r.Dims.At)...)), true
		},
		"repeatvector": func(t *torchLayer, l layer.Layer) (spell, bool) {
			return function("{x}.unsqueeze(1).repeat(1, %d, 1)", l.(*layer.RepeatVector).Copies.N), true
		},
		"pad":  torchPad,
		"crop": torchPad,
		"upsample": func(t *torchLayer, l layer.Layer) (spell, bool) {
			u := l.(*layer.Upsample)
			var args []arg
			if u.Ratio.Unset() {
				args = append(args, named("size", sized(t.dims(), func(i int) int64 { return t.out[i+1].N }), ""))
				if !t.out.Known() {
					return spell{}, false
				}
			} else {
				args = append(args, named("scale_factor", ratios(&u.Ratio, t.dims()), ""))
			}
			args = append(args, named("mode", quoted(u.Mode.Word), quoted("nearest")))
			if u.Align {
				args = append(args, named("align_corners", "True", ""))
			}
			return nn("Upsample", args...), true
		},
		"pixelshuffle":   torchPixels("PixelShuffle"),
		"pixelunshuffle": torchPixels("PixelUnshuffle"),
		"channelshuffle": func(t *torchLayer, l layer.Layer) (spell, bool) {
			return nn("ChannelShuffle", pos("groups", whole(l.(*layer.ChannelShuffle).Groups.N))), true
		},
		"unfold": func(t *torchLayer, l layer.Layer) (spell, bool) {
			return nn("Unfold", t.columns(&l.(*layer.Unfold).Slide)...), true
		},
		"fold": func(t *torchLayer, l layer.Layer) (spell, bool) {
			f := l.(*layer.Fold)
			return nn("Fold", append([]arg{pos("output_size", sized(2, func(i int) int64 { return t.out[i+1].N }))}, t.columns(&f.Slide)...)...), true
		},
		"add": joined(" + "), "sub": joined(" - "), "mul": joined(" * "),
		"max": nested("torch.maximum"), "min": nested("torch.minimum"),
		"average": func(t *torchLayer, l layer.Layer) (spell, bool) {
			return spell{fn: "({+}) / " + strconv.Itoa(len(t.in))}, true
		},
		"concat": func(t *torchLayer, l layer.Layer) (spell, bool) {
			return function("torch.cat(({all}), dim=%d)", l.(*layer.Concat).Dim.N), len(t.in) > 1
		},
		"matmul": func(t *torchLayer, l layer.Layer) (spell, bool) {
			if l.(*layer.MatMul).Transpose {
				return spell{fn: "{0} @ {1}.transpose(-2, -1)"}, true
			}
			return spell{fn: "{0} @ {1}"}, true
		},
		"cosine": func(t *torchLayer, l layer.Layer) (spell, bool) {
			return nn("CosineSimilarity", named("dim", whole(l.(*layer.Cosine).Dim.N), "1")), true
		},
	}
})

// simply is a function that needs nothing.
func simply(fn string) func(*torchLayer, layer.Layer) (spell, bool) {
	return func(*torchLayer, layer.Layer) (spell, bool) { return spell{fn: fn}, true }
}

// joined is an operator between all inputs.
func joined(op string) func(*torchLayer, layer.Layer) (spell, bool) {
	return func(t *torchLayer, l layer.Layer) (spell, bool) {
		return spell{fn: "{" + strings.TrimSpace(op) + "}"}, true
	}
}

// nested is a function of two, for any number of inputs.
func nested(fn string) func(*torchLayer, layer.Layer) (spell, bool) {
	return func(t *torchLayer, l layer.Layer) (spell, bool) {
		text := "{0}"
		for i := 1; i < len(t.in); i++ {
			text = fmt.Sprintf("%s(%s, {%d})", fn, text, i)
		}
		return spell{fn: text}, len(t.in) < 10
	}
}

// each lists numbers as code.
func each(n int, at func(i int) int64) []string {
	items := make([]string, n)
	for i := range items {
		items[i] = whole(at(i))
	}
	return items
}

func wholes(n []int64) []string { return each(len(n), func(i int) int64 { return n[i] }) }

func ratios(r *layer.Reals, dims int) string {
	items := make([]string, dims)
	same := true
	for i := range items {
		v := layer.AnyReal(r.At(i))
		items[i] = v.Text()
		same = same && items[i] == items[0]
	}
	if same {
		return items[0]
	}
	return tuple(items...)
}

// axis is a dimension in PyTorch's numbering counted from the front.
func axis(dim int64, rank int) int64 {
	if dim < 0 {
		return dim + int64(rank) + 1
	}
	return dim
}

// at writes the index that leaves all dimensions before one alone.
func (t *torchLayer) at(dim int64) string { return strings.Repeat(":, ", int(axis(dim, len(t.x)))) }
