package torch

import (
	"fmt"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/text"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/vocab"
)

// torchModules are modules that hold others and are one layer here, and leaves
// whose weights follow from their class. Each returns nil where a module is not
// what its class is in torch.nn or torchvision.
var torchModules = map[string]func(p *planner, m *module) *layerUnit{
	"MultiheadAttention":                   multiheadAttention,
	"ShiftedWindowAttention":               swinAttention("v1", 7),
	"ShiftedWindowAttentionV2":             swinAttention("v2", 8),
	"ShiftedWindowAttention3d":             swinAttention("v1", 8, 7, 7),
	"RelativePositionalMultiHeadAttention": relativeAttention,
	"FrozenBatchNorm2d":                    frozenBatchNorm,
	"Bilinear":                             bilinear,
	"SelectAdaptivePool2d":                 selectPool,
	"_WeightNorm":                          weightNorm,
	"_SpectralNorm":                        spectralNorm,
	"_Orthogonal":                          orthogonal,
}

// multiheadAttention is torch.nn's (torch/nn/modules/activation.py): in_proj_weight
// [3E, E] is a parameter of its own, and so not printed; the number of heads
// changes no other.
func multiheadAttention(p *planner, m *module) *layerUnit {
	out := m.kid("out_proj")
	if out == nil || len(m.kids) != 1 {
		return nil
	}
	l, err := layer.AttentionKind.With(func(a *layer.Attention) {
		a.Heads, a.Bias = layer.WidthOf(1), out.biased()
	})
	if err != nil {
		return nil
	}
	p.noted.heads = true
	return attends(l, 1, out)
}

// swinAttention is torchvision's attention of Swin (models/swin_transformer.py)
// with the windows of the published networks. The table of relative positions,
// [(2w−1)², heads], is a parameter of its own, and neither windows nor heads are
// printed: every published Swin has 32 features a head. In version 2 the last
// layer of its small network states the heads.
func swinAttention(version string, window ...int64) func(p *planner, m *module) *layerUnit {
	size := layer.SizeOf(window...)
	return func(p *planner, m *module) *layerUnit {
		qkv, proj := m.kid("qkv"), m.kid("proj")
		if qkv == nil || proj == nil {
			return nil
		}
		heads, guess := perHead(proj), fmt.Sprintf("%s(head_dim=32, window_size=%s)", m.class, size.Text())
		if last := m.kid("cpb_mlp.2"); last != nil {
			heads, guess = vocab.Whole(last.arg("out_features")), fmt.Sprintf("%s(window_size=%s)", m.class, size.Text())
		}
		p.noted.guessed[guess] = true
		l, err := layer.WindowAttentionKind.With(func(a *layer.WindowAttention) {
			a.Version.Word, a.Window, a.Bias = version, size, qkv.biased()
			a.Heads = layer.WidthOf(heads)
		})
		if err != nil {
			return nil
		}
		return attends(l, max(2, len(window)), proj)
	}
}

// relativeAttention is torchvision's attention of MaxViT (models/maxvit.py).
func relativeAttention(p *planner, m *module) *layerUnit {
	qkv, merge := m.kid("to_qkv"), m.kid("merge")
	if qkv == nil || merge == nil || len(m.kids) != 2 {
		return nil
	}
	p.noted.guessed["RelativePositionalMultiHeadAttention(head_dim=32, partition_size=7)"] = true
	l, err := layer.WindowAttentionKind.With(func(a *layer.WindowAttention) {
		a.Version.Word, a.Window, a.Bias = "maxvit", layer.SizeOf(7), qkv.biased()
		a.Heads = layer.WidthOf(perHead(merge))
	})
	if err != nil {
		return nil
	}
	return attends(l, 2, merge)
}

// frozenBatchNorm is torchvision's (ops/misc.py): weight, bias and statistics are
// all buffers.
func frozenBatchNorm(_ *planner, m *module) *layerUnit {
	if len(m.args) == 0 {
		return nil
	}
	c := tensor.Of(vocab.Whole(m.args[0].Value))
	u := &layerUnit{at: vocab.First, n: c[0].N, dims: 2}
	u.layer = graph.Opaque(m.class, []tensor.Shape{}, []tensor.Shape{c, c, c, c}, nil)
	u.enter = tensor.Of(c[0].N, tensor.Unknown, tensor.Unknown)
	graph.SetOut(u.layer.(*layer.Opaque), u.enter)
	return u
}

// bilinear is torch.nn's: it takes two inputs, and print does not state which.
func bilinear(_ *planner, m *module) *layerUnit {
	extent := func(name string) int64 { return vocab.Whole(m.arg(name)) }
	out := extent("out_features")
	weights := []tensor.Shape{tensor.Of(out, extent("in1_features"), extent("in2_features"))}
	if m.biased() {
		weights = append(weights, tensor.Of(out))
	}
	return &layerUnit{layer: graph.Opaque(m.class, weights, []tensor.Shape{}, tensor.Of(out)), n: tensor.Unknown,
		dims: -1, cut: true}
}

// selectPool is timm's (layers/adaptive_avgmax_pool.py): a pool to one position, by
// the name of what it takes there. avgmax is the mean of two pools, catavgmax both.
func selectPool(p *planner, m *module) *layerUnit {
	kind, _ := m.arg("pool_type").(string)
	flat := m.arg("flatten")
	if class, ok := flat.(string); ok {
		flat = !strings.HasPrefix(class, "Identity")
	}
	name := map[string]string{"avg": "adaptiveavgpool 1", "fast": "adaptiveavgpool 1", "fastavg": "adaptiveavgpool 1",
		"max": "adaptivemaxpool 1", "fastmax": "adaptivemaxpool 1"}[kind]
	switch {
	case name != "" && flat == true:
		name = map[bool]string{true: "globalmaxpool", false: "globalavgpool"}[strings.HasSuffix(kind, "max")]
	case kind == "" && flat == true:
		name = "flatten"
	case kind == "":
		name = "identity"
	}
	if nodes, problems := text.ParseNodes(name); name != "" && len(problems) == 0 && m.arg("input_fmt") == nil {
		return &layerUnit{layer: nodes[0].(*arch.Leaf).Layer, n: tensor.Unknown, dims: 2}
	}
	u := p.opaque(m, []tensor.Shape{})
	u.shapeless = true
	return u
}

// perHead returns how many heads of 32 features a projection has.
func perHead(proj *module) int64 { return max(vocab.Whole(proj.arg("in_features"))/32, 1) }

// attends returns an attention over features along so many dimensions of unknown
// size. The features are those that its last projection takes.
func attends(l layer.Layer, dims int, proj *module) *layerUnit {
	u := &layerUnit{layer: l, at: vocab.Last, n: vocab.Whole(proj.arg("in_features")), dims: -1}
	for range dims {
		u.enter = append(u.enter, tensor.Dim{N: tensor.Unknown})
	}
	u.enter = append(u.enter, tensor.Dim{N: u.n})
	return u
}
