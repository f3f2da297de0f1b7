package exporter

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"paramstack/core/layer"
	"paramstack/core/tensor"
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

func torchTransposed(t *torchLayer, l layer.Layer) (spell, bool) {
	c := l.(*layer.ConvTranspose)
	dims := t.dims()
	pads, outs, cut := make([]int64, dims), make([]int64, dims), make([]int64, dims)
	cuts := false
	for i := range dims {
		size, s := c.Dilation.At(i)*(c.Kernel.At(i)-1)+1, c.Stride.At(i)
		pads[i], outs[i] = c.Padding.At(i), c.OutPad.At(i)
		if c.Padding.Rule == "" {
			continue
		}
		// Keras' rules in PyTorch's terms: what its size asks for beyond is added by
		// output padding, what it asks for less is cut off behind.
		want := t.out[i+1].N
		if !t.out[i+1].Known() {
			return spell{}, false
		}
		full := (t.x[i+1].N-1)*s + size
		pads[i], outs[i] = max(full-want, 0)/2, 0
		switch rest := want - (full - 2*pads[i]); {
		case rest >= 0:
			outs[i] = rest
		default:
			cut[i], cuts = rest, true
		}
	}
	sp := nn(t.d("ConvTranspose"), pos("in_channels", number(t.x[0])), pos("out_channels", whole(c.Filters.Value())),
		named("kernel_size", sized(dims, c.Kernel.At), ""), named("stride", sized(dims, c.Stride.At), "1"),
		named("padding", sized(dims, func(i int) int64 { return pads[i] }), "0"),
		named("output_padding", sized(dims, func(i int) int64 { return outs[i] }), "0"),
		named("groups", whole(c.Groups.N), "1"), named("bias", yes(c.Bias), "True"), named("dilation", sized(dims, c.Dilation.At), "1"))
	lazily(sp.parts[0], t.x[0])
	if cuts {
		sp.parts = append(sp.parts, t.fill(make([]int64, dims), cut, "0"))
	}
	return sp, true
}

func torchGlobal(t *torchLayer, l layer.Layer) (spell, bool) {
	class := "AdaptiveAvgPool"
	if t.kind.Name == "globalmaxpool" {
		class = "AdaptiveMaxPool"
	}
	sp := nn(t.d(class), pos("output_size", "1"))
	if l.(*layer.GlobalPool).Flat {
		sp.parts = append(sp.parts, &call{fn: "nn.Flatten"})
	}
	return sp, true
}

func torchAdaptive(t *torchLayer, l layer.Layer) (spell, bool) {
	size := l.(*layer.AdaptivePool).Size
	text := func(i int) string {
		n := size.At(0)
		if size.Len() > 1 {
			n = size.At(i)
		}
		if n == tensor.Unknown {
			return "None"
		}
		return whole(n)
	}
	items := make([]string, t.dims())
	same := true
	for i := range items {
		items[i] = text(i)
		same = same && items[i] == items[0] && items[i] != "None"
	}
	value := items[0]
	if !same {
		value = tuple(items...)
	}
	return nn(t.d(t.kind.Torch[:len("AdaptiveAvgPool")]), pos("output_size", value)), true
}

func torchReduce(t *torchLayer, l layer.Layer) (spell, bool) {
	r := l.(*layer.Reduce)
	keep := ""
	if r.Keep {
		keep = ", keepdim=True"
	}
	dims := tuple(each(r.Dims.Len(), r.Dims.At)...)
	if r.Dims.Len() == 1 {
		dims = whole(r.Dims.At(0))
	}
	return function("{x}.%s(dim=%s%s)", t.kind.Name, dims, keep), true
}

func torchRecurrent(t *torchLayer, l layer.Layer) (spell, bool) {
	r := l.(*layer.Recurrent)
	in := t.x[len(t.x)-1]
	both := bool(r.Bidirectional)
	merged := both && r.Merge.Word != "concat"
	if !in.Known() || !bool(r.ResetAfter) && t.kind.Name == "gru" || merged && r.Layers.N > 1 {
		return spell{}, false // PyTorch resets after only, and lays layers side by side only
	}
	args := []arg{pos("input_size", number(in)), pos("hidden_size", whole(r.Hidden.Value()))}
	if !r.Cell {
		args = append(args, named("num_layers", whole(r.Layers.N), "1"))
	}
	if t.kind.Name == "rnn" {
		args = append(args, named("nonlinearity", quoted(r.Nonlinearity.Word), quoted("tanh")))
	}
	args = append(args, named("bias", yes(r.Bias), "True"))
	width := r.Hidden.Value()
	if r.Proj.N > 0 {
		width = r.Proj.N
	}
	if r.Cell {
		sp := nn(t.kind.Torch+"Cell", args...)
		if t.kind.Name == "lstm" {
			sp.fn = "{m}({x})[0]"
		}
		return sp, true
	}
	args = append(args, named("batch_first", "True", ""))
	if r.Layers.N > 1 {
		args = append(args, named("dropout", r.Dropout.Text(), "0"))
	}
	args = append(args, named("bidirectional", yes(r.Bidirectional), "False"))
	if t.kind.Name == "lstm" {
		args = append(args, named("proj_size", whole(r.Proj.N), "0"))
	}
	if both && (merged || bool(r.Last)) {
		// The class runs both directions; what is made of their outputs is ours.
		sp := t.helper("Both", pos("rnn", ""), pos("width", whole(width)), named("merge", quoted(r.Merge.Word), quoted("concat")), named("last", yes(r.Last), "False"))
		sp.parts[0].args[0].value = plainCall("nn."+t.kind.Torch, args)
		return sp, true
	}
	sp := nn(t.kind.Torch, args...)
	sp.fn = "{m}({x})[0]"
	if r.Last {
		sp.fn += "[:, -1]"
	}
	return sp, true
}

// plainCall writes a call as an argument of another.
func plainCall(fn string, args []arg) string {
	var items []string
	for _, a := range args {
		if a.value != a.omit || a.omit == "" {
			if a.named {
				items = append(items, a.name+"="+a.value)
			} else {
				items = append(items, a.value)
			}
		}
	}
	return fn + "(" + strings.Join(items, ", ") + ")"
}

func torchAttention(t *torchLayer, l layer.Layer) (spell, bool) {
	a := l.(*layer.Attention)
	last := func(x tensor.Shape) tensor.Dim { return x[len(x)-1] }
	e, k, v := last(t.x), last(t.in[min(1, len(t.in)-1)]), last(t.in[len(t.in)-1])
	if !e.Known() || !k.Known() || !v.Known() {
		return spell{}, false
	}
	heads := a.Heads.Value()
	args := []arg{pos("embed_dim", number(e)), pos("num_heads", whole(heads)), named("dropout", a.Dropout.Text(), "0"),
		named("bias", yes(a.Bias), "True")}
	plain := a.KV.N == 0 && a.HeadDim.N == 0 && a.Window.N == 0 && a.OutBias.Word == "same"
	if plain {
		args = append(args, named("add_bias_kv", yes(a.BiasKV), "False"), named("add_zero_attn", yes(a.ZeroAttn), "False"),
			named("kdim", unless(k, e), "None"), named("vdim", unless(v, e), "None"), named("causal", yes(a.Causal), "False"))
		return t.helper("Attention", args...), true
	}
	if a.BiasKV || a.ZeroAttn {
		return spell{}, false
	}
	kv, size := a.KV.N, a.HeadDim.N
	if kv == 0 {
		kv = heads
	}
	if size == 0 {
		size = e.N / heads
	}
	out := a.Bias
	if a.OutBias.Word != "same" {
		out = a.OutBias.Word == "on"
	}
	args = append(args, named("kv_heads", whole(kv), ""), named("head_dim", whole(size), ""), named("kdim", unless(k, e), "None"), named("vdim", unless(v, e), "None"),
		named("out_bias", yes(out), "True"), named("window", whole(a.Window.N), "0"), named("causal", yes(a.Causal), "False"))
	return t.helper("GroupedAttention", args...), true
}

// unless writes an extent, or None where it is the default.
func unless(d, is tensor.Dim) string {
	if d.N == is.N {
		return "None"
	}
	return number(d)
}

func torchWindow(t *torchLayer, l layer.Layer) (spell, bool) {
	a := l.(*layer.WindowAttention)
	c := t.x[len(t.x)-1]
	dims := len(t.x) - 1
	name := map[string]string{"v1": "WindowAttention", "v2": "WindowAttentionV2", "maxvit": "RelativeAttention"}[a.Version.Word]
	if a.Version.Word == "maxvit" {
		dims = 2
	} else if a.OutBias.Word != "same" {
		return spell{}, false
	}
	args := []arg{pos("dim", number(c)), pos("num_heads", whole(a.Heads.Value())), pos("window", tuple(each(dims, a.Window.At)...))}
	if a.Version.Word != "maxvit" {
		args = append(args, named("shift", tuple(each(dims, a.Shift.At)...), tuple(strings.Split(strings.Repeat("0 ", dims-1)+"0", " ")...)))
	} else if a.OutBias.Word != "same" {
		return spell{}, false
	}
	args = append(args, named("bias", yes(a.Bias), "True"))
	if name == "WindowAttentionV2" {
		t.w.helpers["WindowAttention"] = true
	}
	return t.helper(name, args...), c.Known()
}

func torchMultiscale(t *torchLayer, l layer.Layer) (spell, bool) {
	a := l.(*layer.MultiscaleAttention)
	three := func(s layer.Size) string { return tuple(each(3, s.At)...) }
	if !t.x.Known() || !t.out.Known() || a.OutBias.Word != "same" {
		return spell{}, false
	}
	return t.helper("MultiscaleAttention", pos("dim", number(t.x[1])), pos("width", number(t.out[1])), pos("num_heads", whole(a.Heads.Value())), pos("grid", tuple(each(3, a.Grid.At)...)),
		named("kernel_q", three(a.KernelQ), "(1, 1, 1)"), named("stride_q", three(a.StrideQ), "(1, 1, 1)"),
		named("kernel_kv", three(a.KernelKV), "(1, 1, 1)"), named("stride_kv", three(a.StrideKV), "(1, 1, 1)"),
		named("rel_pos", yes(a.RelPos), "False"), named("residual", yes(a.Residual), "False"), named("bias", yes(a.Bias), "True")), true
}

func torchBatchNorm(t *torchLayer, l layer.Layer) (spell, bool) {
	b := l.(*layer.BatchNorm)
	class, affine, track := "BatchNorm", "True", "True"
	if t.kind.Name == "instancenorm" {
		class, affine, track = "InstanceNorm", "False", "False"
	}
	dims := max(t.dims(), 1)
	if t.kind.Name == "instancenorm" && t.dims() < 1 {
		return spell{}, false
	}
	sp := nn(class+strconv.Itoa(dims)+"d", pos("num_features", number(t.x[0])), named("eps", b.Eps.Text(), "1e-05"), named("momentum", b.Momentum.Text(), "0.1"),
		named("affine", yes(b.Affine.On), affine), named("track_running_stats", yes(b.Track), track))
	lazily(sp.parts[0], t.x[0])
	return t.without(sp, b.Affine), true
}

// without takes the scale or the shift away that PyTorch's class always has.
func (t *torchLayer) without(sp spell, a layer.Affine) spell {
	for _, p := range []struct {
		off  bool
		name string
	}{{bool(a.On) && !bool(a.Scale), "weight"}, {bool(a.On) && !bool(a.Bias), "bias"}} {
		if p.off {
			t.w.helpers["without"] = true
			sp.parts[0].without = append(sp.parts[0].without, p.name)
		}
	}
	return sp
}

func torchLayerNorm(t *torchLayer, l layer.Layer) (spell, bool) {
	n := l.(*layer.LayerNorm)
	shape := []string{}
	if s := n.Shape; s.Len() > 0 {
		shape = each(s.Len(), s.At)
	} else if n.Over.Word == "channels" {
		shape = []string{number(t.x[0])}
	} else {
		shape = []string{number(t.x[len(t.x)-1])}
	}
	value := tuple(shape...)
	for _, s := range shape {
		if s == "" || s == "-1" {
			return spell{}, false
		}
	}
	if len(shape) == 1 {
		value = shape[0]
	}
	args := []arg{pos("normalized_shape", value), named("eps", n.Eps.Text(), "1e-05"), named("elementwise_affine", yes(n.Affine.On), "True")}
	switch {
	case t.kind.Name == "rmsnorm":
		if n.Over.Word == "channels" {
			args = append(args, named("channels", "True", ""))
		}
		return t.helper("RMSNorm", args...), true
	case n.Over.Word == "channels":
		return t.without(t.helper("LayerNorm2d", args...), n.Affine), len(shape) == 1
	default:
		return t.without(nn("LayerNorm", args...), n.Affine), true
	}
}

func torchSoftmax(t *torchLayer, l layer.Layer) (spell, bool) {
	return nn(t.kind.Torch, named("dim", whole(l.(*layer.Softmax).Dim.N), "")), true
}

// torchDropout is a way to disturb values: a class of torch.nn or a helper; "" is
// the one for whole channels.
func torchDropout(class string) func(*torchLayer, layer.Layer) (spell, bool) {
	return func(t *torchLayer, l layer.Layer) (spell, bool) {
		p := l.(*layer.Dropout).P.Text()
		switch {
		case class == "":
			return nn(t.d("Dropout"), named("p", p, "0.5")), t.dims() >= 1 && t.dims() <= 3
		case t.kind.Torch == "":
			return t.helper(class, pos("p", p)), true
		default:
			return nn(class, named("p", p, "0.5")), true
		}
	}
}

func torchPixels(class string) func(*torchLayer, layer.Layer) (spell, bool) {
	return func(t *torchLayer, l layer.Layer) (spell, bool) {
		return nn(class, pos("factor", whole(l.(*layer.PixelShuffle).R.N))), true
	}
}

// columns are the arguments of an Unfold or a Fold.
func (t *torchLayer) columns(s *layer.Slide) []arg {
	return []arg{named("kernel_size", sized(2, s.Kernel.At), ""), named("dilation", sized(2, s.Dilation.At), "1"),
		named("padding", sized(2, s.Padding.At), "0"), named("stride", sized(2, s.Stride.At), "1")}
}

func torchPad(t *torchLayer, l layer.Layer) (spell, bool) {
	sign, mode, fill := int64(1), "constant", "0"
	var sides layer.Sides
	switch l := l.(type) {
	case *layer.Pad:
		sides, mode, fill = l.Sides, l.Mode.Word, l.Fill.Text()
	case *layer.Crop:
		sides, sign = l.Sides, -1
	}
	rank := len(t.x)
	var before, after []int64
	for j := range rank {
		b, a := sides.At(j, rank)
		before, after = append(before, sign*b), append(after, sign*a)
	}
	channels := before[0] != 0 || after[0] != 0
	if !channels {
		before, after = before[1:], after[1:]
	}
	class := map[string]string{"reflect": "ReflectionPad", "replicate": "ReplicationPad"}[mode]
	switch {
	case channels || mode == "circular":
		return function("F.pad({x}, %s, mode=%s, value=%s)", padded(before, after), quoted(mode), fill), true
	case class != "":
		return nn(t.d(class), pos("padding", padded(before, after))), true
	default:
		return spell{parts: []*call{t.fill(before, after, fill)}}, true
	}
}
