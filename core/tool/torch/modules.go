package torch

import (
	"strconv"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// torchModules are modules that hold others and are one layer here, and leaves
// whose weights follow from their class. Each returns nil where a module is not
// what its class is in torch.nn or torchvision.
var torchModules = map[string]func(p *planner, m *module) *unit{
	"MultiheadAttention": func(p *planner, m *module) *unit {
		// torch/nn/modules/activation.py: in_proj_weight [3E, E] is a parameter of
		// its own, and so not printed; how many heads there are changes no number.
		out := m.kid("out_proj")
		if out == nil || len(m.kids) != 1 {
			return nil
		}
		p.told.heads = true
		return attentionOf("attention", out.arg("in_features"), "heads", "1", "bias", out.arg("bias"))
	},
	"ShiftedWindowAttention": func(p *planner, m *module) *unit {
		return swinAttention(p, m, "version", "v1", "window", "7")
	},
	"ShiftedWindowAttentionV2": func(p *planner, m *module) *unit {
		return swinAttention(p, m, "version", "v2", "window", "8")
	},
	"ShiftedWindowAttention3d": func(p *planner, m *module) *unit {
		return swinAttention(p, m, "version", "v1", "window", "8x7x7")
	},
	"RelativePositionalMultiHeadAttention": func(p *planner, m *module) *unit {
		qkv, merge := m.kid("to_qkv"), m.kid("merge")
		if qkv == nil || merge == nil || len(m.kids) != 2 {
			return nil
		}
		p.told.guessed["RelativePositionalMultiHeadAttention(head_dim=32, partition_size=7)"] = true
		c := merge.arg("in_features")
		return attentionOf("windowattention", c, "heads", perHead(c), "window", "7", "version", "maxvit", "bias", qkv.arg("bias"))
	},
	"FrozenBatchNorm2d": func(p *planner, m *module) *unit {
		// torchvision/ops/misc.py: weight, bias and statistics are all buffers.
		if len(m.args) == 0 {
			return nil
		}
		c := tensor.Of(whole(m.args[0].value))
		u := &unit{at: endFirst, n: c[0].N, dims: 2}
		u.layer = graph.Opaque(m.class, []tensor.Shape{}, []tensor.Shape{c, c, c, c}, nil)
		u.enter = tensor.Of(c[0].N, tensor.Unknown, tensor.Unknown)
		graph.SetOut(u.layer.(*layer.Opaque), u.enter)
		return u
	},
	"Bilinear": func(p *planner, m *module) *unit {
		in1, in2, out := whole(m.arg("in1_features")), whole(m.arg("in2_features")), whole(m.arg("out_features"))
		weights := []tensor.Shape{tensor.Of(out, in1, in2)}
		if m.arg("bias") != "False" {
			weights = append(weights, tensor.Of(out))
		}
		return &unit{layer: graph.Opaque(m.class, weights, []tensor.Shape{}, tensor.Of(out)), n: tensor.Unknown, dims: -1, cut: true}
	},
}

// swinAttention is torchvision's attention of Swin (models/swin_transformer.py).
// The table of relative positions, [(2w−1)², heads], is a parameter of its own, and
// neither windows nor heads are printed: every published Swin has 32 features a
// head. In version 2 the last layer of its small network tells the heads.
func swinAttention(p *planner, m *module, pairs ...string) *unit {
	qkv, proj := m.kid("qkv"), m.kid("proj")
	if qkv == nil || proj == nil {
		return nil
	}
	c := proj.arg("in_features")
	heads := perHead(c)
	if last := m.kid("cpb_mlp.2"); last != nil {
		heads = last.arg("out_features")
		p.told.guessed[m.class+"(window_size="+pairs[3]+")"] = true
	} else {
		p.told.guessed[m.class+"(head_dim=32, window_size="+pairs[3]+")"] = true
	}
	return attentionOf("windowattention", c, append(pairs, "heads", heads, "bias", qkv.arg("bias"))...)
}

// perHead returns how many heads of 32 features there are.
func perHead(features string) string {
	if n := whole(features); n >= 32 {
		return strconv.FormatInt(n/32, 10)
	}
	return "1"
}

// attentionOf returns an attention over so many features, nil if it cannot be.
func attentionOf(kind, features string, pairs ...string) *unit {
	l, err := graph.Build(kind, pairs...)
	if err != nil {
		return nil
	}
	u := &unit{layer: l, at: endLast, n: whole(features), dims: -1}
	switch v := l.Kind().Field("version"); {
	case v == nil:
		u.enter = tensor.Of(tensor.Unknown, u.n)
	case v.Text(l) == "maxvit":
		u.enter = tensor.Of(tensor.Unknown, tensor.Unknown, u.n)
	default:
		u.enter = tensor.Of(tensor.Unknown, tensor.Unknown, u.n)
		if w := l.Kind().Field("window").At(l).(*layer.Size); w.Len() == 3 {
			u.enter = tensor.Of(tensor.Unknown, tensor.Unknown, tensor.Unknown, u.n)
		}
	}
	return u
}
