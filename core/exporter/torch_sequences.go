package exporter

import (
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tensor"
)

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
