package torch

import (
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// splitParametrized makes a parametrized layer two or more (torch/nn/utils/parametrize.py):
// the layer of its class without Parametrized, and what stores its weight in another
// form. It reports whether the module is one.
func (m *module) splitParametrized() bool {
	class, is := strings.CutPrefix(m.class, "Parametrized")
	lists := m.kid("parametrizations")
	if !is || class == "" || lists == nil || !isLayer(class) {
		return false
	}
	own := &module{path: m.path, name: "base_layer", class: class, args: m.args, times: 1}
	forms := []*module{own}
	for _, list := range lists.kids {
		for _, form := range list.kids {
			if list.name == "weight" && len(list.kids) == 1 {
				form.stores = weightOf(own)
			}
			forms = append(forms, form)
		}
	}
	rest := m.kids[:0:0]
	for _, k := range m.kids {
		if k != lists {
			rest = append(rest, k)
		}
	}
	m.class, m.args, m.kids = "Sequential", nil, append(forms, rest...)
	return true
}

// weightOf returns the shape of the weight of a layer that is printed, nil if it is
// unknown.
func weightOf(m *module) tensor.Shape {
	u, _, err := byVocabulary(m)
	if u == nil || err != nil {
		return nil
	}
	r, _ := layer.Apply(u.layer, []tensor.Shape{u.enter})
	for _, w := range r.Weights {
		if len(w.Shape) > 1 && w.Class.Learnable() {
			return tensor.Of(w.Shape...)
		}
	}
	return nil
}

// weightNorm is torch.nn.utils.parametrizations.weight_norm: original1 has the shape of
// the weight, original0 has a length for each entry of its first dimension, which is
// the default.
func weightNorm(_ *planner, m *module) *layerUnit {
	w := m.stores
	if w == nil {
		return nil
	}
	lengths := make(tensor.Shape, len(w))
	for i := range lengths {
		lengths[i].N = 1
	}
	lengths[0] = w[0]
	return keeping(m.class, []tensor.Shape{lengths}, []tensor.Shape{})
}

// spectralNorm is torch.nn.utils.parametrizations.spectral_norm: the weight is stored as
// it is, beside two vectors that approximate its first singular vectors.
func spectralNorm(_ *planner, m *module) *layerUnit {
	w := m.stores
	if w == nil {
		return nil
	}
	columns, _ := w[1:].Elements()
	n, ok := columns.Int64()
	if !ok {
		return nil
	}
	return keeping(m.class, []tensor.Shape{}, []tensor.Shape{{w[0]}, tensor.Of(n)})
}

// orthogonal is torch.nn.utils.parametrizations.orthogonal: what is learned has the
// shape of the weight. A square one is by default relative to another matrix, a buffer.
func orthogonal(_ *planner, m *module) *layerUnit {
	w := m.stores
	if len(w) != 2 {
		return nil
	}
	buffers := []tensor.Shape{}
	if w[0].N == w[1].N {
		buffers = append(buffers, w)
	}
	return keeping(m.class, []tensor.Shape{}, buffers)
}

// keeping returns an opaque layer whose output has the shape of its input.
func keeping(class string, weights, buffers []tensor.Shape) *layerUnit {
	l := graph.Opaque(strings.TrimLeft(class, "_"), weights, buffers, nil)
	l.(*layer.Opaque).Keeps = true
	return &layerUnit{layer: l, n: tensor.Unknown, dims: -1}
}
