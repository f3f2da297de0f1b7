package trace

import (
	"math"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/vocab"
)

// functionOf are functions of torch.nn.functional that are a class of torch.nn, with
// the class's arguments in the function's order.
var functionOf = map[string]string{
	"relu": "ReLU", "relu_": "ReLU", "relu6": "ReLU6", "gelu": "GELU approximate", "silu": "SiLU",
	"sigmoid": "Sigmoid", "tanh": "Tanh",
	"leaky_relu": "LeakyReLU negative_slope", "leaky_relu_": "LeakyReLU negative_slope", "elu": "ELU alpha",
	"elu_": "ELU alpha",
	"selu": "SELU", "celu": "CELU alpha", "mish": "Mish", "hardtanh": "Hardtanh min_val max_val",
	"hardswish":   "Hardswish",
	"hardsigmoid": "Hardsigmoid", "softplus": "Softplus beta threshold", "logsigmoid": "LogSigmoid",
	"softsign":   "Softsign",
	"tanhshrink": "Tanhshrink", "softshrink": "Softshrink lambd", "hardshrink": "Hardshrink lambd",
	"rrelu":     "RReLU lower upper",
	"threshold": "Threshold threshold value", "dropout": "Dropout p", "alpha_dropout": "AlphaDropout p",
	"dropout1d": "Dropout1d p",
	"dropout2d": "Dropout2d p", "dropout3d": "Dropout3d p", "feature_dropout": "Dropout2d p",
	"max_pool1d":          "MaxPool1d kernel_size stride padding dilation ceil_mode",
	"max_pool2d":          "MaxPool2d kernel_size stride padding dilation ceil_mode",
	"max_pool3d":          "MaxPool3d kernel_size stride padding dilation ceil_mode",
	"avg_pool1d":          "AvgPool1d kernel_size stride padding ceil_mode count_include_pad",
	"avg_pool2d":          "AvgPool2d kernel_size stride padding ceil_mode count_include_pad divisor_override",
	"avg_pool3d":          "AvgPool3d kernel_size stride padding ceil_mode count_include_pad divisor_override",
	"lp_pool1d":           "LPPool1d norm_type kernel_size stride ceil_mode",
	"lp_pool2d":           "LPPool2d norm_type kernel_size stride ceil_mode",
	"adaptive_avg_pool1d": "AdaptiveAvgPool1d output_size", "adaptive_avg_pool2d": "AdaptiveAvgPool2d output_size",
	"adaptive_avg_pool3d": "AdaptiveAvgPool3d output_size", "adaptive_max_pool1d": "AdaptiveMaxPool1d output_size",
	"adaptive_max_pool2d": "AdaptiveMaxPool2d output_size", "adaptive_max_pool3d": "AdaptiveMaxPool3d output_size",
	"pixel_shuffle": "PixelShuffle upscale_factor", "pixel_unshuffle": "PixelUnshuffle downscale_factor",
	"channel_shuffle": "ChannelShuffle groups", "local_response_norm": "LocalResponseNorm size alpha beta k",
	"unfold":      "Unfold kernel_size dilation padding stride",
	"fold":        "Fold output_size kernel_size dilation padding stride",
	"interpolate": "Upsample size scale_factor mode align_corners recompute_scale_factor",
	"upsample":    "Upsample size scale_factor mode align_corners",
}

// functions returns those of torch.nn.functional that are classes.
func classFunctions() []*eval.Builtin {
	var all []*eval.Builtin
	for name, rule := range functionOf {
		words := strings.Fields(rule)
		row, dims := vocab.Torch().Class(words[0])
		sig := "input " + strings.Join(words[1:], "? ")
		if len(words) > 1 {
			sig += "?"
		}
		params := words[1:]
		all = append(all, eval.NewBuiltin(name, sig+" **more", func(in *eval.Interp, v []eval.Value) eval.Value {
			return programOf(in).function(name, row, dims, params, v)
		}))
	}
	return all
}

// function applies the layer of a class with a function's arguments.
func (p *Program) function(name string, row *vocab.Row, dims int, params []string, v []eval.Value) eval.Value {
	t := tensorOf(p.in, v[0])
	if len(t.dims) == 0 || !t.live() && t.store != nil && row.Kind.Group == layer.GroupActivation {
		return p.same(t, "")
	}
	var args []vocab.Arg
	for i, q := range params {
		if !eval.IsNone(v[i+1]) {
			args = append(args, vocab.Arg{Name: q, Value: p.plain(v[i+1], q)})
		}
	}
	if row.Kind == layer.UpsampleKind.Kind() {
		return p.resize(t, args)
	}
	if strings.HasPrefix(name, "adaptive") {
		args = kept(t, args)
	}
	made, err := vocab.Torch().Make(row, tidyArgs(row, args))
	if err != nil {
		p.raise(err)
	}
	if dims > 0 && len(t.dims) < dims+1 && row.Kind.Group == layer.GroupPool {
		p.in.Raise(eval.RuntimeError, catalog.TorchRank, name, dims+2, shapeText(t.dims))
	}
	t = p.batched(t, dims)
	out := p.applied(made.Layer, t, name)
	return p.record(row.Kind.Name, made.Layer, out, t)
}

// kept replaces None among the sizes of an adaptive pool by the size that is there.
func kept(t *Tensor, args []vocab.Arg) []vocab.Arg {
	for i := range args {
		if all, ok := args[i].Value.([]vocab.Value); ok {
			all = slices.Clone(all)
			for k, v := range all {
				if at := len(t.dims) - len(all) + k; v == nil && at >= 0 {
					all[k] = t.dims[at]
				}
			}
			args[i].Value = all
		}
	}
	return args
}

// resize is interpolate: to a size, or by a factor.
func (p *Program) resize(t *Tensor, args []vocab.Arg) *Tensor {
	in := p.in
	spatial := len(t.dims) - 2
	if spatial < 1 {
		in.Raise(eval.RuntimeError, catalog.TorchRank, "interpolate", 4, shapeText(t.dims))
	}
	out := t.with(slices.Clone(t.dims))
	each := func(v vocab.Value, i int) vocab.Value {
		if all, ok := v.([]vocab.Value); ok {
			if i < len(all) {
				return all[i]
			}
			return nil
		}
		return v
	}
	for _, a := range args {
		for i := range spatial {
			switch v := each(a.Value, i).(type) {
			case int64:
				if a.Name == "size" {
					out.dims[i+2] = v
				} else if a.Name == "scale_factor" {
					out.dims[i+2] *= v
				}
			case float64:
				if a.Name == "scale_factor" {
					out.dims[i+2] = int64(math.Floor(float64(t.dims[i+2]) * v))
				} else if a.Name == "size" {
					out.dims[i+2] = int64(v)
				}
			}
		}
	}
	for _, d := range out.dims {
		if d < 1 || d > 1<<20 {
			in.Raise(eval.RuntimeError, catalog.TorchTooLarge)
		}
	}
	row, _ := vocab.Torch().Class("Upsample")
	if !t.live() {
		out.store = t.store
		return out
	}
	made, err := vocab.Torch().Make(row, tidyArgs(row, args))
	if err != nil {
		return p.record("interpolate", nil, out, t)
	}
	if slices.Equal(out.dims, t.dims) {
		return p.moved(t, out, "interpolate", nil, true)
	}
	return p.record("upsample", made.Layer, out, t)
}

// optional returns an argument as a tensor, nil if it is None.
func optional(in *eval.Interp, v eval.Value) *Tensor {
	if eval.IsNone(v) {
		return nil
	}
	return tensorOf(in, v)
}

// kernelFunctions are functions that take their weights as arguments.
func kernelFunctions() []*eval.Builtin {
	all := []*eval.Builtin{
		eval.NewBuiltin("linear", "input weight bias?", func(in *eval.Interp, v []eval.Value) eval.Value {
			p := programOf(in)
			x, w := tensorOf(in, v[0]), tensorOf(in, v[1])
			if len(w.dims) != 2 || len(x.dims) == 0 || x.dims[len(x.dims)-1] != w.dims[1] {
				p.misfit = misfit{dense: true}
				if len(w.dims) == 2 && len(x.dims) > 0 {
					p.misfit.want, p.misfit.got = w.dims[1], x.dims[len(x.dims)-1]
				}
				in.Raise(eval.RuntimeError, catalog.TorchMatmul, shapeText(x.dims), shapeText(w.dims))
			}
			b := optional(in, v[2])
			if b != nil && (b.live() || b.store == nil) && p.rec != nil { // biases that are computed
				return p.elementwise("+", p.dense(x, w, nil, w.dims[0]), b)
			}
			return p.dense(x, w, b, w.dims[0])
		}),
		eval.NewBuiltin("embedding", "input weight **more", func(in *eval.Interp, v []eval.Value) eval.Value {
			p := programOf(in)
			x, w := tensorOf(in, v[0]), tensorOf(in, v[1])
			if len(w.dims) != 2 {
				in.Raise(eval.RuntimeError, catalog.TorchRank, "embedding", 2, shapeText(w.dims))
			}
			l, err := layer.EmbeddingKind.With(func(l *layer.Embedding) { l.Table = layer.ExtentsOf(w.dims...) })
			if err != nil {
				l = nil
			}
			return p.owned("embedding", l, x.with(append(slices.Clone(x.dims), w.dims[1])), x, w)
		}),
		eval.NewBuiltin("layer_norm", "input normalized_shape weight? bias? eps?", func(in *eval.Interp,
			v []eval.Value) eval.Value {
			p := programOf(in)
			x, w, b := tensorOf(in, v[0]), optional(in, v[2]), optional(in, v[3])
			dims := sizes(in, v[1:2])
			l, err := layer.LayerNormKind.With(func(l *layer.LayerNorm) {
				if len(dims) != 1 {
					l.Shape = layer.ExtentsOf(dims...)
				}
				l.Affine.Scale, l.Affine.Bias = w != nil, b != nil
			})
			if err != nil {
				l = nil
			}
			return p.owned("layernorm", l, x.with(slices.Clone(x.dims)), x, w, b)
		}),
		eval.NewBuiltin("batch_norm", "input running_mean? running_var? weight? bias? training? momentum? eps?",
			func(in *eval.Interp, v []eval.Value) eval.Value {
				p := programOf(in)
				x := tensorOf(in, v[0])
				return p.owned("batchnorm", nil, x.with(slices.Clone(x.dims)), x, optional(in, v[3]), optional(in,
					v[4]),
					optional(in, v[1]), optional(in, v[2]))
			}),
		eval.NewBuiltin("group_norm", "input num_groups weight? bias? eps?", func(in *eval.Interp,
			v []eval.Value) eval.Value {
			p := programOf(in)
			x := tensorOf(in, v[0])
			return p.owned("groupnorm", nil, x.with(slices.Clone(x.dims)), x, optional(in, v[2]), optional(in, v[3]))
		}),
		eval.NewBuiltin("prelu", "input weight", func(in *eval.Interp, v []eval.Value) eval.Value {
			p := programOf(in)
			x, w := tensorOf(in, v[0]), tensorOf(in, v[1])
			return p.owned("prelu", nil, x.with(slices.Clone(x.dims)), x, w)
		}),
		eval.NewBuiltin("bilinear", "a b weight bias?", func(in *eval.Interp, v []eval.Value) eval.Value {
			p := programOf(in)
			x, w := tensorOf(in, v[0]), tensorOf(in, v[2])
			return p.owned("bilinear", nil, x.with(append(slices.Clone(x.dims[:max(len(x.dims)-1, 0)]), w.dims[0])),
				x, w, optional(in, v[3]))
		}),
	}
	for i, name := range []string{"conv1d", "conv2d", "conv3d"} {
		all = append(all, eval.NewBuiltin(name, "input weight bias? stride? padding? dilation? groups?",
			func(in *eval.Interp, v []eval.Value) eval.Value { return programOf(in).conv(v, i+1, false) }))
	}
	for i, name := range []string{"conv_transpose1d", "conv_transpose2d", "conv_transpose3d"} {
		all = append(all, eval.NewBuiltin(name,
			"input weight bias? stride? padding? output_padding? groups? dilation?",
			func(in *eval.Interp, v []eval.Value) eval.Value { return programOf(in).conv(v, i+1, true) }))
	}
	return all
}

// conv is F.conv2d and its relatives: a convolution of given weights.
func (p *Program) conv(v []eval.Value, dims int, back bool) eval.Value {
	in := p.in
	x, w, b := tensorOf(in, v[0]), tensorOf(in, v[1]), optional(in, v[2])
	if len(w.dims) != dims+2 {
		in.Raise(eval.RuntimeError, catalog.TorchRank, "conv", dims+2, shapeText(w.dims))
	}
	class, names := "Conv", []string{"stride", "padding", "dilation", "groups"}
	groups, _ := eval.WholeOf(v[6])
	channels := w.dims[0]
	enters := w.dims[1] * max(groups, 1)
	if back {
		class, names = "ConvTranspose", []string{"stride", "padding", "output_padding", "groups", "dilation"}
		channels, enters = w.dims[1]*max(groups, 1), w.dims[0]
	}
	if at := len(x.dims) - dims - 1; at < 0 || x.dims[at] != enters {
		in.Raise(eval.RuntimeError, catalog.TorchMisfit, "conv", enters, x.dims[max(min(at, len(x.dims)-1), 0)],
			shapeText(x.dims))
	}
	kernel := []vocab.Value{}
	for _, k := range w.dims[2:] {
		kernel = append(kernel, k)
	}
	args := []vocab.Arg{{Name: "out_channels", Value: channels}, {Name: "kernel_size", Value: kernel},
		{Name: "bias", Value: b != nil}}
	for i, name := range names {
		if !eval.IsNone(v[3+i]) {
			args = append(args, vocab.Arg{Name: name, Value: p.plain(v[3+i], name)})
		}
	}
	row, _ := vocab.Torch().Class(class + string(rune('0'+dims)) + "d")
	made, err := vocab.Torch().Make(row, tidyArgs(row, args))
	if err != nil {
		p.raise(err)
	}
	x = p.batched(x, dims)
	out := p.applied(made.Layer, x, "conv")
	return p.owned("conv", made.Layer, out, x, w, b)
}

// pad is torch.nn.functional.pad: sides of the last dimension first.
func (p *Program) pad(t *Tensor, sides []int64, mode string) *Tensor {
	in := p.in
	out := t.with(slices.Clone(t.dims))
	if len(sides)%2 != 0 || len(sides) > 2*len(t.dims) {
		in.Raise(eval.RuntimeError, catalog.TorchPad, len(sides), shapeText(t.dims))
	}
	for i := 0; i+1 < len(sides); i += 2 {
		at := len(t.dims) - 1 - i/2
		if out.dims[at] += sides[i] + sides[i+1]; out.dims[at] < 0 || out.dims[at] > 1<<40 {
			in.Raise(eval.RuntimeError, catalog.TorchPad, len(sides), shapeText(t.dims))
		}
	}
	if !t.live() {
		return out
	}
	if slices.Equal(out.dims, t.dims) {
		return p.moved(t, out, "pad", nil, true)
	}
	sample := len(t.sample())
	cells := make([][2]int64, sample)
	for i := 0; i+1 < len(sides); i += 2 {
		if n, ok := t.dim(len(t.dims) - 1 - i/2); ok && int(n) <= sample {
			cells[n-1] = [2]int64{sides[i], sides[i+1]}
		}
	}
	for len(cells) > 1 && cells[0] == [2]int64{} && (len(cells) > layer.MaxSpatial || sample == len(cells)) {
		cells = cells[1:]
	}
	l, err := layer.PadKind.With(func(l *layer.Pad) {
		l.Sides = layer.SidesOf(cells...)
		if mode != "" && mode != "constant" {
			l.Mode.Word = mode
		}
	})
	if err != nil {
		l = nil
	}
	return p.record("pad", l, out, t)
}

// attend is scaled_dot_product_attention.
func (p *Program) attend(q, k, v *Tensor) *Tensor {
	if len(q.dims) < 2 || len(k.dims) != len(q.dims) || len(v.dims) != len(q.dims) {
		p.in.Raise(eval.RuntimeError, catalog.TorchMatmul, shapeText(q.dims), shapeText(k.dims))
	}
	scores := p.matmulT(q, k)
	weights := p.softmax("softmax", scores, int64(-1))
	return p.matmul(weights, v)
}

// matmulT multiplies by a transposed matrix.
func (p *Program) matmulT(a, b *Tensor) *Tensor {
	n := len(b.dims)
	if a.dims[len(a.dims)-1] != b.dims[n-1] {
		p.in.Raise(eval.RuntimeError, catalog.TorchMatmul, shapeText(a.dims), shapeText(b.dims))
	}
	turned := b.with(append(slices.Clone(b.dims[:n-2]), b.dims[n-1], b.dims[n-2]))
	rec := p.rec
	p.rec = nil
	out := p.matmul(a.with(a.dims), turned)
	p.rec = rec
	l, err := layer.MatMulKind.With(func(l *layer.MatMul) { l.Transpose = true })
	if err != nil {
		l = nil
	}
	return p.join("matmul", l, out, a, b)
}
