package vocab

import (
	"strings"

	"paramstack/core/layer"
)

// torchRows are PyTorch's rows, in the order of the kinds.
func torchRows() []*Row {
	kind := layer.ByName
	rows := []*Row{}
	add := func(more ...*Row) { rows = append(rows, more...) }

	conv := []Param{{Name: "in_channels", Use: States}, {Name: "out_channels", Field: "filters"}, {Name: "kernel_size", Field: "kernel"},
		{Name: "stride"}, {Name: "padding"}, {Name: "dilation"}, {Name: "groups"}, {Name: "bias"}, {Name: "padding_mode", Field: "mode"}}
	add(torchRow(kind("conv"), "LazyConv#d", conv...).of(First),
		torchVariant(kind("conv"), "Conv3DSimple Conv3DNoTemporal", nil, conv...).of(First).over(3), // torchvision's video networks
		torchVariant(kind("conv"), "Conv2dSame StdConv2dSame", preset(func(c *layer.Conv) { // timm
			c.Padding = layer.Padding{Rule: layer.PadKeras, Rules: c.Padding.Rules}
		}), conv...).of(First).over(2),
		torchVariant(kind("conv"), "StdConv2d LoRACompatibleConv", nil, conv...).of(First).over(2), // timm, diffusers
		torchRow(kind("convtranspose"), "LazyConvTranspose#d", Param{Name: "in_channels", Use: States}, Param{Name: "out_channels", Field: "filters"},
			Param{Name: "kernel_size", Field: "kernel"}, Param{Name: "stride"}, Param{Name: "padding"}, Param{Name: "output_padding"},
			Param{Name: "groups"}, Param{Name: "bias"}, Param{Name: "dilation"}, Param{Name: "padding_mode", Use: Ignores}).of(First))

	pool := []Param{{Name: "kernel_size", Field: "kernel"}, {Name: "stride"}, {Name: "padding"}}
	ceil := Param{Name: "ceil_mode", Field: "ceil"}
	add(torchRow(kind("maxpool"), "", append(pool[:3:3], Param{Name: "dilation"}, Param{Name: "return_indices", Use: Ignores}, ceil)...),
		torchRow(kind("avgpool"), "", append(pool[:3:3], ceil, Param{Name: "count_include_pad"}, Param{Name: "divisor_override", Field: "divisor"})...),
		torchRow(kind("lppool"), "", Param{Name: "norm_type"}, pool[0], pool[1], ceil),
		torchRow(kind("adaptiveavgpool"), "", Param{Name: "output_size", Field: "size"}),
		torchRow(kind("adaptivemaxpool"), "", Param{Name: "output_size", Field: "size"}, Param{Name: "return_indices", Use: Ignores}),
		torchRow(kind("globalavgpool"), ""), // by the class of adaptiveavgpool, with 1
		torchRow(kind("globalmaxpool"), ""),
		torchRow(kind("fractionalmaxpool"), "", pool[0], Param{Name: "output_size", Field: "size"}, Param{Name: "output_ratio"},
			Param{Name: "return_indices", Use: Ignores}))

	linear := []Param{{Name: "in_features", Use: States}, {Name: "out_features", Field: "features"}, {Name: "bias"}}
	add(torchRow(kind("linear"), "LazyLinear NonDynamicallyQuantizableLinear", linear...).of(Last),
		torchVariant(kind("linear"), "Linear4bit Linear8bitLt LinearNF4 LinearFP4 QLinear", nil, linear...).of(Last), // bitsandbytes, quanto
		torchVariant(kind("linear"), "LoRACompatibleLinear FusedDense", nil, linear...).of(Last),                     // diffusers, apex
		torchVariant(kind("linear"), "Conv1D", nil, // transformers' GPT-2
			Param{Name: "nf", Field: "features"}, Param{Name: "nx", Use: States}).of(Last),
		torchRow(kind("bilinear"), "", Param{Name: "in1_features", Use: Ignores}, Param{Name: "in2_features", Use: Ignores}, linear[1], linear[2]))

	add(recurrentRows()...)
	add(torchRow(kind("attention"), "", Param{Name: "embed_dim", Use: States}, Param{Name: "num_heads", Field: "heads"}, Param{Name: "dropout"}, Param{Name: "bias"},
		Param{Name: "add_bias_kv"}, Param{Name: "add_zero_attn"}, Param{Name: "kdim", Use: Ignores}, Param{Name: "vdim", Use: Ignores},
		Param{Name: "batch_first", Use: Ignores}).of(Last))

	// A table's two extents are two arguments, and one field.
	table := []Param{{Name: "num_embeddings", Field: "table"}, {Name: "embedding_dim", Field: "table", Use: Extends}}
	train := []Param{{Name: "max_norm", Use: Ignores}, {Name: "norm_type", Use: Ignores}, {Name: "scale_grad_by_freq", Use: Ignores}}
	padding := Param{Name: "padding_idx", Use: Ignores}
	sparse := Param{Name: "sparse", Use: Ignores}
	add(torchRow(kind("embedding"), "", append(append(table[:2:2], padding), append(train[:3:3], sparse)...)...),
		torchRow(kind("embeddingbag"), "", append(append(table[:2:2], train...), Param{Name: "mode"}, sparse, padding)...))

	add(normRows()...)
	add(activationRows()...)

	p := Param{Name: "p"}
	add(torchRow(kind("dropout"), "", p),
		torchRow(kind("spatialdropout"), "", p),
		torchRow(kind("alphadropout"), "FeatureAlphaDropout", p),
		torchVariant(kind("stochasticdepth"), "StochasticDepth", nil, p, Param{Name: "mode", Use: Ignores}), // torchvision
		torchVariant(kind("stochasticdepth"), "DropPath", nil, Param{Name: "drop_prob", Field: "p"}, p),     // timm
	)
	add(shapeRows()...)
	return rows
}

// recurrentRows are the recurrent kinds: layers, and cells that take one step.
func recurrentRows() []*Row {
	cell := preset(func(r *layer.Recurrent) { r.Cell = true })
	in, hidden, layers, bias := Param{Name: "input_size", Use: States}, Param{Name: "hidden_size", Field: "hidden"}, Param{Name: "num_layers", Field: "layers"}, Param{Name: "bias"}
	more := []Param{{Name: "batch_first", Use: Ignores}, {Name: "dropout"}, {Name: "bidirectional"}}
	nonlinearity := Param{Name: "nonlinearity"}
	var rows []*Row
	for _, k := range []*layer.Kind{layer.RNNKind.Kind(), layer.LSTMKind.Kind(), layer.GRUKind.Kind()} {
		whole, step := []Param{in, hidden, layers, bias}, []Param{in, hidden, bias}
		switch k {
		case layer.RNNKind.Kind():
			whole, step = []Param{in, hidden, layers, nonlinearity, bias}, append(step, nonlinearity)
		case layer.LSTMKind.Kind():
			more = append(more[:3:3], Param{Name: "proj_size", Field: "proj"})
		default:
			more = more[:3]
		}
		rows = append(rows, torchRow(k, "", append(whole, more...)...).of(Last), torchVariant(k, k.Torch+"Cell", cell, step...).of(Last))
	}
	return rows
}

func normRows() []*Row {
	kind := layer.ByName
	batch := []Param{{Name: "num_features", Use: States}, {Name: "eps"}, {Name: "momentum"}, {Name: "affine"}, {Name: "track_running_stats", Field: "track"}}
	shape := []Param{{Name: "normalized_shape", Field: "normalized"}, {Name: "eps"}, {Name: "elementwise_affine", Field: "affine"}}
	return []*Row{
		torchRow(kind("bn"), "SyncBatchNorm LazyBatchNorm#d BatchNormAct#d SyncBatchNormAct", batch...).of(First),
		torchRow(kind("layernorm"), "LayerNormAct LayerNormFp32", append(shape[:3:3], Param{Name: "bias"})...),
		torchVariant(kind("layernorm"), "LayerNorm2d LayerNormAct2d", preset(func(n *layer.LayerNorm) { n.Over.Word = "channels" }), // torchvision, timm
			append(shape[:3:3], Param{Name: "bias"})...),
		torchRow(kind("groupnorm"), "GroupNormAct GroupNorm1", Param{Name: "num_groups", Field: "groups"}, Param{Name: "num_channels", Use: States}, Param{Name: "eps"}, Param{Name: "affine"}).of(First),
		torchRow(kind("instancenorm"), "LazyInstanceNorm#d", batch...).of(First),
		torchRow(kind("rmsnorm"), "LlamaRMSNorm MistralRMSNorm Qwen2RMSNorm", shape...),
		torchRow(kind("lrn"), "", Param{Name: "size"}, Param{Name: "alpha"}, Param{Name: "beta"}, Param{Name: "k", Field: "bias_k"}),
	}
}

// activationRows are those whose parameters are called otherwise than the fields,
// or that have further classes.
func activationRows() []*Row {
	kind := layer.ByName
	dim := Param{Name: "dim"}
	tanh := preset(func(a *layer.Activation) { a.Choice.Word = "tanh" })
	return []*Row{
		torchRow(kind("leakyrelu"), "", Param{Name: "negative_slope", Field: "slope"}),
		torchRow(kind("prelu"), "", Param{Name: "num_parameters", Field: "slopes"}, Param{Name: "init"}),
		torchRow(kind("hardtanh"), "", Param{Name: "min_val", Field: "low"}, Param{Name: "max_val", Field: "high"}),
		torchRow(kind("softshrink"), "", Param{Name: "lambd", Field: "lambda"}),
		torchRow(kind("hardshrink"), "", Param{Name: "lambd", Field: "lambda"}),
		torchRow(kind("gelu"), "GELUActivation QuickGELUActivation", Param{Name: "approximate"}), // transformers
		torchVariant(kind("gelu"), "NewGELUActivation", tanh),
		torchRow(kind("silu"), "SiLUActivation Swish MemoryEfficientSwish"),
		torchRow(kind("softmax"), "", dim),
		torchVariant(kind("softmax"), "Softmax2d", preset(func(s *layer.Softmax) { s.Dim.N = 1 })),
		torchRow(kind("glu"), "", dim),
	}
}

func shapeRows() []*Row {
	kind := layer.ByName
	side, fill := Param{Name: "padding", Field: "sides", Read: torchSides}, Param{Name: "value", Field: "fill"}
	filled := func(mode string) func(layer.Layer) { return preset(func(p *layer.Pad) { p.Mode.Word = mode }) }
	scale := []Param{{Name: "size"}, {Name: "scale_factor"}}
	mode := []Param{{Name: "mode", Field: "interpolation"}, {Name: "align_corners"}, {Name: "recompute_scale_factor", Use: Ignores}}
	columns := []Param{{Name: "kernel_size", Field: "kernel"}, {Name: "dilation"}, {Name: "padding"}, {Name: "stride"}}
	return []*Row{
		torchRow(kind("flatten"), "", Param{Name: "start_dim", Field: "start"}, Param{Name: "end_dim", Field: "end"}),
		torchRow(kind("unflatten"), "", Param{Name: "dim"}, Param{Name: "unflattened_size", Field: "sizes"}),
		torchRow(kind("pad"), "", side, fill),
		torchVariant(kind("pad"), "ZeroPad#d", nil, side, fill),
		torchVariant(kind("pad"), "ReflectionPad#d", filled("reflect"), side),
		torchVariant(kind("pad"), "ReplicationPad#d", filled("replicate"), side),
		torchVariant(kind("pad"), "CircularPad#d", filled("circular"), side),
		torchRow(kind("upsample"), "UpsamplingNearest2d", append(scale[:2:2], mode...)...),
		torchVariant(kind("upsample"), "UpsamplingBilinear2d", preset(func(u *layer.Upsample) { u.Mode.Word, u.Align = "bilinear", true }), append(scale[:2:2], mode...)...),
		torchRow(kind("pixelshuffle"), "", Param{Name: "upscale_factor"}),
		torchRow(kind("pixelunshuffle"), "", Param{Name: "downscale_factor"}),
		torchRow(kind("channelshuffle"), "", Param{Name: "groups"}),
		torchRow(kind("unfold"), "", columns...),
		torchRow(kind("fold"), "", append([]Param{{Name: "output_size", Field: "size"}}, columns...)...),
		torchRow(kind("cosine"), "", Param{Name: "dim"}, Param{Name: "eps", Use: Ignores}),
	}
}

// torchSides writes PyTorch's padding, the last dimension first and its two sides
// in turn: (left, right, top, bottom).
func torchSides(v Value) string {
	sides, _ := v.([]Value)
	if len(sides) < 2 {
		return Text(v)
	}
	var parts []string
	for i := len(sides) - 2; i >= 0; i -= 2 {
		parts = append(parts, Text(sides[i])+"+"+Text(sides[i+1]))
	}
	return strings.Join(parts, "x")
}
