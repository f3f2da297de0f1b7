package torch

import (
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/pycode"
)

func torchRecurrent(t *torchLayer, l layer.Layer) (layerCode, bool) {
	r := l.(*layer.Recurrent)
	in := t.x[len(t.x)-1]
	both := bool(r.Bidirectional)
	merged := both && r.Merge.Word != "concat"
	if !in.Known() || !bool(r.ResetAfter) && t.kind.Name == "gru" || merged && r.Layers.N > 1 {
		return layerCode{}, false // PyTorch resets after only, and lays layers side by side only
	}
	args := []pycode.Arg{pycode.Pos("input_size", extentCode(in)), pycode.Pos("hidden_size", pycode.Whole(r.Hidden.Value()))}
	if !r.Cell {
		args = append(args, pycode.Named("num_layers", pycode.Whole(r.Layers.N), "1"))
	}
	if t.kind.Name == "rnn" {
		args = append(args, pycode.Named("nonlinearity", pycode.Quoted(r.Nonlinearity.Word), pycode.Quoted("tanh")))
	}
	args = append(args, pycode.Named("bias", pycode.Bool(r.Bias), "True"))
	width := r.Hidden.Value()
	if r.Proj.N > 0 {
		width = r.Proj.N
	}
	if r.Cell {
		code := nn(t.kind.Torch+"Cell", args...)
		if t.kind.Name == "lstm" {
			code.call = "{m}({x})[0]"
		}
		return code, true
	}
	args = append(args, pycode.Named("batch_first", "True", ""))
	if r.Layers.N > 1 {
		args = append(args, pycode.Named("dropout", r.Dropout.Text(), "0"))
	}
	args = append(args, pycode.Named("bidirectional", pycode.Bool(r.Bidirectional), "False"))
	if t.kind.Name == "lstm" {
		args = append(args, pycode.Named("proj_size", pycode.Whole(r.Proj.N), "0"))
	}
	if both && (merged || bool(r.Last)) {
		// The class runs both directions; what is made of their outputs is ours.
		code := t.helper("Both", pycode.Pos("rnn", ""), pycode.Pos("width", pycode.Whole(width)),
			pycode.Named("merge", pycode.Quoted(r.Merge.Word), pycode.Quoted("concat")),
			pycode.Named("last", pycode.Bool(r.Last), "False"))
		code.modules[0].Args[0].Value = (&pycode.Call{Func: t.class(0), Args: args}).Text()
		return code, true
	}
	code := t.module(args...)
	code.call = "{m}({x})[0]"
	if r.Last {
		code.call += "[:, -1]"
	}
	return code, true
}

func torchAttention(t *torchLayer, l layer.Layer) (layerCode, bool) {
	a := l.(*layer.Attention)
	last := func(x tensor.Shape) tensor.Dim { return x[len(x)-1] }
	e, k, v := last(t.x), last(t.in[min(1, len(t.in)-1)]), last(t.in[len(t.in)-1])
	if !e.Known() || !k.Known() || !v.Known() {
		return layerCode{}, false
	}
	heads := a.Heads.Value()
	args := []pycode.Arg{pycode.Pos("embed_dim", extentCode(e)), pycode.Pos("num_heads", pycode.Whole(heads)),
		pycode.Named("dropout", a.Dropout.Text(), "0"),
		pycode.Named("bias", pycode.Bool(a.Bias), "True")}
	plain := a.KV.N == 0 && a.HeadDim.N == 0 && a.Window.N == 0 && a.OutBias.Word == "same"
	if plain {
		args = append(args, pycode.Named("add_bias_kv", pycode.Bool(a.BiasKV), "False"),
			pycode.Named("add_zero_attn", pycode.Bool(a.ZeroAttn), "False"),
			pycode.Named("kdim", extentUnless(k, e), "None"), pycode.Named("vdim", extentUnless(v, e), "None"),
			pycode.Named("causal", pycode.Bool(a.Causal), "False"))
		return t.helper("Attention", args...), true
	}
	if a.BiasKV || a.ZeroAttn {
		return layerCode{}, false
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
	args = append(args, pycode.Named("kv_heads", pycode.Whole(kv), ""),
		pycode.Named("head_dim", pycode.Whole(size), ""), pycode.Named("kdim", extentUnless(k, e), "None"),
		pycode.Named("vdim", extentUnless(v, e), "None"),
		pycode.Named("out_bias", pycode.Bool(out), "True"), pycode.Named("window", pycode.Whole(a.Window.N), "0"),
		pycode.Named("causal", pycode.Bool(a.Causal), "False"))
	return t.helper("GroupedAttention", args...), true
}

// extentUnless writes an extent, or None where it is the default.
func extentUnless(d, is tensor.Dim) string {
	if d.N == is.N {
		return "None"
	}
	return extentCode(d)
}

func torchWindow(t *torchLayer, l layer.Layer) (layerCode, bool) {
	a := l.(*layer.WindowAttention)
	c := t.x[len(t.x)-1]
	dims := len(t.x) - 1
	name := map[string]string{"v1": "WindowAttention", "v2": "WindowAttentionV2", "maxvit": "RelativeAttention"}[a.Version.Word]
	if a.Version.Word == "maxvit" {
		dims = 2
	}
	args := []pycode.Arg{pycode.Pos("dim", extentCode(c)), pycode.Pos("num_heads", pycode.Whole(a.Heads.Value())),
		pycode.Pos("window", pycode.Tuple(pycode.Each(dims, a.Window.At)...))}
	if a.Version.Word != "maxvit" {
		args = append(args, pycode.Named("shift", pycode.Tuple(pycode.Each(dims, a.Shift.At)...),
			pycode.Tuple(strings.Split(strings.Repeat("0 ", dims-1)+"0", " ")...)))
	}
	args = append(args, pycode.Named("bias", pycode.Bool(a.Bias), "True"), pycode.Named("out_bias", outBias(a.OutBias), "None"))
	if name == "WindowAttentionV2" {
		t.w.helpers["WindowAttention"] = true
	}
	return t.helper(name, args...), c.Known()
}

func torchMultiscale(t *torchLayer, l layer.Layer) (layerCode, bool) {
	a := l.(*layer.MultiscaleAttention)
	three := func(s layer.Size) string { return pycode.Tuple(pycode.Each(3, s.At)...) }
	if !t.x.Known() || !t.out.Known() {
		return layerCode{}, false
	}
	return t.helper("MultiscaleAttention", pycode.Pos("dim", extentCode(t.x[1])),
		pycode.Pos("width", extentCode(t.out[1])), pycode.Pos("num_heads", pycode.Whole(a.Heads.Value())),
		pycode.Pos("grid", pycode.Tuple(pycode.Each(3, a.Grid.At)...)),
		pycode.Named("kernel_q", three(a.KernelQ), "(1, 1, 1)"), pycode.Named("stride_q", three(a.StrideQ), "(1, 1, 1)"),
		pycode.Named("kernel_kv", three(a.KernelKV), "(1, 1, 1)"), pycode.Named("stride_kv", three(a.StrideKV), "(1, 1, 1)"),
		pycode.Named("rel_pos", pycode.Bool(a.RelPos), "False"),
		pycode.Named("residual", pycode.Bool(a.Residual), "False"), pycode.Named("bias", pycode.Bool(a.Bias), "True"),
		pycode.Named("out_bias", outBias(a.OutBias), "None")), true
}

// outBias writes whether the last projection has a bias, None where it is as the
// others.
func outBias(c layer.Choice) string {
	if c.Word == "same" {
		return "None"
	}
	return pycode.Bool(layer.Switch(c.Word == "on"))
}
