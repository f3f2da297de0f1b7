package torch

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"paramstack/core/layer"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/pycode"
)

// torchLayers lists how each kind is written in PyTorch, other than activations,
// which are written by their class and constants. false: it cannot be said.
var torchLayers = sync.OnceValue(func() map[string]func(t *torchLayer, l layer.Layer) (layerCode, bool) {
	return map[string]func(t *torchLayer, l layer.Layer) (layerCode, bool){
		"conv": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			c := l.(*layer.Conv)
			return t.sliding(&c.Slide, pycode.Whole(c.Filters.Value()), pycode.Whole(c.Groups.N), pycode.Bool(c.Bias))
		},
		"depthwise": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			c := l.(*layer.Depthwise)
			if !t.x[0].Known() {
				return layerCode{}, false // as many groups as channels
			}
			return t.sliding(&c.Slide, extentCode(t.out[0]), extentCode(t.x[0]), pycode.Bool(c.Bias))
		},
		"separable": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			c, conv := l.(*layer.Separable), t.as(layer.ConvKind.Kind())
			if !t.x[0].Known() {
				return layerCode{}, false
			}
			mid := pycode.Whole(t.x[0].N * c.Multiplier.N)
			code, ok := t.sliding(&c.Slide, mid, extentCode(t.x[0]), "False")
			point := &pycode.Call{Func: conv.class(t.dims()),
				Args: []pycode.Arg{conv.stated(mid), conv.positional("filters", pycode.Whole(c.Filters.Value())),
					conv.keyword("kernel", "1"), conv.keyword("bias", pycode.Bool(c.Bias))}}
			code.modules = append(code.modules, point)
			return code, ok
		},
		"convtranspose": torchTransposed,
		"deformconv": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			c := l.(*layer.DeformConv)
			code, ok := t.sliding(&c.Slide, pycode.Whole(c.Filters.Value()), pycode.Whole(c.Groups.N), pycode.Bool(c.Bias))
			if !ok || len(code.modules) > 1 || !t.x[0].Known() { // it cannot find out by itself
				return layerCode{}, false
			}
			code.modules[0].Func = "DeformConv2d" // of torchvision
			t.w.helpers["torchvision"] = true
			return code, true
		},
		"maxpool": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			p := l.(*layer.MaxPool)
			return t.pool(&p.Pool, p.Dilation, t.keyword("dilation", sizeCode(t.dims(), p.Dilation.At)))
		},
		"avgpool": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			p := l.(*layer.AvgPool)
			count := p.CountPad && p.Padding.Rule == "" // Keras' same leaves the padding out
			args := []pycode.Arg{t.keyword("count_include_pad", pycode.Bool(count))}
			if p.Divisor.N > 0 {
				if t.dims() == 1 {
					return layerCode{}, false
				}
				args = append(args, t.keyword("divisor", pycode.Whole(p.Divisor.N)))
			}
			return t.pool(&p.Pool, layer.SizeOf(1), args...)
		},
		"lppool": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			p := l.(*layer.LPPool)
			code, ok := t.pool(&p.Pool, layer.SizeOf(1))
			if !ok || t.dims() == 3 { // torch 1.13 has none
				return layerCode{}, false
			}
			c := code.modules[0]
			c.Args = append([]pycode.Arg{t.positional("norm_type", p.Norm.Text())}, c.Args...)
			return code, true
		},
		"globalavgpool":   torchGlobal,
		"globalmaxpool":   torchGlobal,
		"adaptiveavgpool": torchAdaptive,
		"adaptivemaxpool": torchAdaptive,
		"fractionalmaxpool": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			p := l.(*layer.FractionalMaxPool)
			args := []pycode.Arg{t.keyword("kernel", sizeCode(t.dims(), p.Kernel.At)),
				t.keyword("size", sizeCode(t.dims(), func(i int) int64 { return t.out[i+1].N }))}
			return t.module(args...), t.out.Known()
		},
		"mean": torchReduce, "sum": torchReduce, "amax": torchReduce,
		"linear": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			c := l.(*layer.Linear)
			in := t.x[len(t.x)-1]
			code := t.module(t.stated(extentCode(in)), t.positional("features", pycode.Whole(c.Features.Value())),
				t.keyword("bias", pycode.Bool(c.Bias)))
			lazily(code.modules[0], in)
			return code, true
		},
		"bilinear": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			c, a, b := l.(*layer.Bilinear), t.x[len(t.x)-1], t.in[1][len(t.in[1])-1]
			return t.module(pycode.Pos("in1_features", extentCode(a)), pycode.Pos("in2_features", extentCode(b)),
				t.positional("features", pycode.Whole(c.Features.Value())),
				t.keyword("bias", pycode.Bool(c.Bias))), a.Known() && b.Known()
		},
		"rnn": torchRecurrent, "lstm": torchRecurrent, "gru": torchRecurrent,
		"convlstm": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			c := l.(*layer.ConvLSTM)
			dims := len(t.x) - 2
			before, after, ok := oplist.Around(&c.Padding, t.x[1:], c.Kernel, c.Stride, c.Dilation)
			return t.helper("ConvLSTM", pycode.Pos("in_channels", extentCode(t.x[1])),
				pycode.Pos("hidden", pycode.Whole(c.Filters.Value())), pycode.Pos("dims", strconv.Itoa(dims)),
				pycode.Named("kernel_size", pycode.Tuple(pycode.Each(dims, c.Kernel.At)...), ""),
				pycode.Named("stride", sizeCode(dims, c.Stride.At), "1"),
				pycode.Named("dilation", sizeCode(dims, c.Dilation.At), "1"),
				pycode.Named("padding", sidesCode(before, after), ""),
				pycode.Named("bias", pycode.Bool(c.Bias), "True"),
				pycode.Named("last", pycode.Bool(c.Last), "False")), ok && t.x[1].Known()
		},
		"attention":           torchAttention,
		"windowattention":     torchWindow,
		"multiscaleattention": torchMultiscale,
		"embedding": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			e := l.(*layer.Embedding)
			return t.module(pycode.Pos("num_embeddings", pycode.Whole(e.Table.At(0))),
				pycode.Pos("embedding_dim", pycode.Whole(e.Table.At(1)))), e.Table.At(0) > 0 && e.Table.At(1) > 0
		},
		"embeddingbag": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			e := l.(*layer.Embedding)
			return t.module(pycode.Pos("num_embeddings", pycode.Whole(e.Table.At(0))),
				pycode.Pos("embedding_dim", pycode.Whole(e.Table.At(1))),
				t.keyword("mode", pycode.Quoted(e.Mode.Word))), e.Table.At(0) > 0 && e.Table.At(1) > 0
		},
		"bn":           torchBatchNorm,
		"instancenorm": torchBatchNorm,
		"layernorm":    torchLayerNorm,
		"rmsnorm":      torchLayerNorm,
		"groupnorm": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			g := l.(*layer.GroupedNorm)
			code := t.module(t.positional("groups", pycode.Whole(g.Groups.N)), t.stated(extentCode(t.x[0])),
				t.keyword("eps", g.Eps.Text()), t.keyword("affine", pycode.Bool(g.Affine.On)))
			return t.without(code, g.Affine), t.x[0].Known()
		},
		"layerscale": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			s := l.(*layer.LayerScale)
			shape, known := make([]string, 0, 4), t.x[len(t.x)-1]
			if s.Over.Word == "channels" {
				known = t.x[0]
				for range t.x[1:] {
					shape = append(shape, "1")
				}
			}
			shape = append([]string{extentCode(known)}, shape...)
			return t.helper("LayerScale", pycode.Pos("shape", pycode.Tuple(shape...)),
				pycode.Named("init", s.Init.Text(), "1e-06"), pycode.Named("bias", pycode.Bool(s.Bias), "False")), known.Known()
		},
		"scale": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			return function("{x} * %s", l.(*layer.Scale).Factor.Text()), true
		},
		"lrn": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			n := l.(*layer.LRN)
			code := t.module(t.positional("size", pycode.Whole(n.Size.N)), t.keyword("alpha", n.Alpha.Text()),
				t.keyword("beta", n.Beta.Text()), t.keyword("bias_k", n.K.Text()))
			if t.dims() == 3 {
				code.call = "{m}({x}.contiguous())" // it views what it is given
			}
			return code, n.Region.Word == "across"
		},
		"prelu": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			p := l.(*layer.PReLU)
			if !bool(p.Each) && p.Shared.Unset() {
				return t.module(t.keyword("slopes", pycode.Whole(p.Slopes.Value())), t.keyword("init", p.Init.Text())), true
			}
			w := t.row.Weights
			if len(w) == 0 || !t.x.Known() {
				return layerCode{}, false
			}
			return t.helper("PReLUs", pycode.Pos("shape", pycode.Tuple(wholeItems(w[0].Shape)...)),
				pycode.Named("init", p.Init.Text(), "0.25")), true
		},
		"exp":        callOf("{x}.exp()"),
		"softmax":    torchSoftmax,
		"softmin":    torchSoftmax,
		"logsoftmax": torchSoftmax,
		"spatialdropout": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			return t.module(t.keyword("p", l.(*layer.Dropout).P.Text())), t.dims() >= 1 && t.dims() <= 3
		},
		"gaussiandropout": torchDropped("GaussianDropout"),
		"gaussiannoise":   torchDropped("GaussianNoise"),
		"stochasticdepth": torchDropped("StochasticDepth"),
		"unflatten": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			r := l.(*layer.Reshape)
			return t.module(t.positional("dim", pycode.Whole(r.Dim.N)),
				t.positional("sizes", pycode.Tuple(pycode.Each(r.Sizes.Len(), r.Sizes.At)...))), true
		},
		"reshape": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			r := l.(*layer.Reshape)
			return function("{x}.reshape({x}.size(0), %s)", strings.Join(pycode.Each(r.Sizes.Len(), r.Sizes.At), ", ")), true
		},
		"permute": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			d := l.(*layer.Permute).Dims
			return function("{x}.permute(0, %s)", strings.Join(pycode.Each(d.Len(), d.At), ", ")), true
		},
		"squeeze": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			d, fn := l.(*layer.Squeeze).Dims, "{x}"
			gone := map[int64]bool{}
			for i := range d.Len() {
				gone[oplist.Axis(d.At(i), len(t.x))] = true
			}
			for i := len(t.x); i >= 1; i-- { // from behind, so that numbers stay right
				if d.Len() == 0 && t.x[i-1].N == 1 || gone[int64(i)] {
					fn += ".squeeze(" + strconv.Itoa(i) + ")"
				}
			}
			return layerCode{call: fn}, true
		},
		"unsqueeze": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			return function("{x}.unsqueeze(%d)", l.(*layer.Unsqueeze).Dim.N), true
		},
		"slice": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			s := l.(*layer.Slice)
			part := ":"
			if s.From.N != 0 {
				part = pycode.Whole(s.From.N) + ":"
			}
			if s.To.N != 0 {
				part += pycode.Whole(s.To.N)
			}
			if s.Step.N != 1 {
				part += ":" + pycode.Whole(s.Step.N)
			}
			return layerCode{call: "{x}[" + t.at(s.Dim.N) + part + "]"}, true
		},
		"select": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			s := l.(*layer.Select)
			return layerCode{call: "{x}[" + t.at(s.Dim.N) + pycode.Whole(s.Index.N) + "]"}, true
		},
		"chunk": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			c := l.(*layer.Chunk)
			return function("{x}.chunk(%d, dim=%d)[%d]", c.Chunks.N, c.Dim.N, c.Part.N), true
		},
		"roll": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			r := l.(*layer.Roll)
			return function("torch.roll({x}, shifts=%s, dims=%s)",
				pycode.Tuple(pycode.Each(r.Shifts.Len(), r.Shifts.At)...),
				pycode.Tuple(pycode.Each(r.Dims.Len(), r.Dims.At)...)), true
		},
		"repeatvector": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			return function("{x}.unsqueeze(1).repeat(1, %d, 1)", l.(*layer.RepeatVector).Copies.N), true
		},
		"pad":  torchPad,
		"crop": torchPad,
		"upsample": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			u := l.(*layer.Upsample)
			var args []pycode.Arg
			if u.Ratio.Unset() {
				args = append(args, t.keyword("size", sizeCode(t.dims(), func(i int) int64 { return t.out[i+1].N })))
				if !t.out.Known() {
					return layerCode{}, false
				}
			} else {
				args = append(args, t.keyword("scale_factor", ratioCode(&u.Ratio, t.dims())))
			}
			args = append(args, t.keyword("interpolation", pycode.Quoted(u.Mode.Word)))
			if u.Align {
				args = append(args, t.keyword("align_corners", "True"))
			}
			return t.module(args...), true
		},
		"pixelshuffle":   torchPixels("PixelShuffle"),
		"pixelunshuffle": torchPixels("PixelUnshuffle"),
		"unfold": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			return t.module(t.columns(&l.(*layer.Unfold).Slide)...), true
		},
		"fold": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			f := l.(*layer.Fold)
			return t.module(append([]pycode.Arg{t.positional("size",
				sizeCode(2, func(i int) int64 { return t.out[i+1].N }))}, t.columns(&f.Slide)...)...), t.out.Known()
		},
		"add": operatorOf(" + "), "sub": operatorOf(" - "), "mul": operatorOf(" * "),
		"max": nestedCalls("torch.maximum"), "min": nestedCalls("torch.minimum"),
		"average": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			return layerCode{call: "({+}) / " + strconv.Itoa(len(t.in))}, true
		},
		"concat": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			if len(t.in) == 1 {
				return layerCode{call: "{x}"}, true
			}
			return function("torch.cat(({all}), dim=%d)", l.(*layer.Concat).Dim.N), true
		},
		"matmul": func(t *torchLayer, l layer.Layer) (layerCode, bool) {
			if l.(*layer.MatMul).Transpose {
				return layerCode{call: "{0} @ {1}.transpose(-2, -1)"}, true
			}
			return layerCode{call: "{0} @ {1}"}, true
		},
	}
})

// callOf is a function that needs nothing.
func callOf(fn string) func(*torchLayer, layer.Layer) (layerCode, bool) {
	return func(*torchLayer, layer.Layer) (layerCode, bool) { return layerCode{call: fn}, true }
}

// operatorOf is an operator between all inputs.
func operatorOf(op string) func(*torchLayer, layer.Layer) (layerCode, bool) {
	return func(t *torchLayer, l layer.Layer) (layerCode, bool) {
		return layerCode{call: "{" + strings.TrimSpace(op) + "}"}, true
	}
}

// nestedCalls is a function of two, for any number of inputs.
func nestedCalls(fn string) func(*torchLayer, layer.Layer) (layerCode, bool) {
	return func(t *torchLayer, l layer.Layer) (layerCode, bool) {
		text := "{0}"
		for i := 1; i < len(t.in); i++ {
			text = fmt.Sprintf("%s(%s, {%d})", fn, text, i)
		}
		return layerCode{call: text}, len(t.in) < 10
	}
}

func wholeItems(n []int64) []string { return pycode.Each(len(n), func(i int) int64 { return n[i] }) }

func ratioCode(r *layer.Reals, dims int) string {
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
	return pycode.Tuple(items...)
}

// at writes the index that leaves all dimensions before one alone.
func (t *torchLayer) at(dim int64) string {
	return strings.Repeat(":, ", int(oplist.Axis(dim, len(t.x))))
}
