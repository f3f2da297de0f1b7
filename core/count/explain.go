package count

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// Explain returns what a number of a formula is and where it comes from, in a
// sentence for the person who points at it.
func (r *Report) Explain(row *Row, t Token) catalog.Message {
	f := t.Factor
	if f == nil {
		return catalog.Message{}
	}
	from, n := r.Name(t.From), t.number()
	switch {
	case t.Part != nil && t.Role == layer.RoleSpatial:
		return catalog.Say(catalog.FactorMapSide, n, from)
	case t.Part != nil:
		return catalog.Say(catalog.FactorMapChannels, n, from)
	case f.Says != "":
		return catalog.Say(f.Says, n, from)
	}
	switch f.Role {
	case layer.RoleKernel:
		return catalog.Say(catalog.FactorKernel, n, layer.AxisName(f.Axis, f.Of))
	case layer.RoleIn:
		return r.explainIn(row, t, from)
	case layer.RoleOut:
		if f.Div > 1 {
			return catalog.Say(catalog.FactorLaneFilters, n, f.Dim.String(), f.Div)
		}
		if dense(row.Kind()) {
			return catalog.Say(catalog.FactorFeatures, n)
		}
		return catalog.Say(catalog.FactorFilters, n)
	case layer.RoleLanes:
		if f.Dim != nil && from != "" {
			return catalog.Say(catalog.FactorLanesEach, n, from)
		}
		return catalog.Say(catalog.FactorLanes, n)
	case layer.RoleSpatial:
		if f.Of == 0 {
			return catalog.Say(catalog.FactorRows, n)
		}
		return catalog.Say(catalog.FactorPosition, n, layer.AxisName(f.Axis, f.Of))
	case layer.RoleBias:
		if row.Kind().Group == layer.GroupConv {
			return catalog.Say(catalog.FactorFilterBias, n)
		}
		return catalog.Say(catalog.FactorBias, n)
	case layer.RoleChannels:
		if f.Dim == nil {
			return catalog.Say(catalog.FactorSlopes, n)
		}
		if row.OverLast() {
			return catalog.Say(catalog.FactorOfLast, n, from)
		}
		return catalog.Say(catalog.FactorChannels, n, from)
	default:
		return catalog.Say(catalog.FactorConst, n)
	}
}

// OverLast reports whether the layer has a number for each entry of the last dimension of
// what it receives, which is not that of the channels.
func (r *Row) OverLast() bool {
	leaf, ok := r.Node.(*arch.Leaf)
	if !ok || len(r.In) == 0 || len(r.In[0]) < 2 {
		return false
	}
	f := leaf.Layer.Kind().Field("over")
	return f != nil && f.Text(leaf.Layer) != "channels"
}

// number returns what a token is in words: 96, and what a product comes to, with its
// lanes if it is drawn in several: 48·2 = 96 (2 lanes of 48).
func (t *Token) number() any {
	if !t.product() {
		return t.Text
	}
	d := t.extent()
	f := d.Written.Factors()
	if len(f) == 2 && f[1] > 1 && f[1] <= f[0] {
		return catalog.Say(catalog.FactorLanesOf, t.Text, d.N, f[1], f[0])
	}
	return catalog.Say(catalog.FactorProduct, t.Text, d.N)
}

func (r *Report) explainIn(row *Row, t Token, from string) catalog.Message {
	f, n := t.Factor, t.number()
	if dense(row.Kind()) {
		return catalog.Say(catalog.FactorInputs, n, from)
	}
	if f.Div > 1 {
		return catalog.Say(catalog.FactorLaneDepth, n, from, f.Dim.String(), f.Div)
	}
	return catalog.Say(catalog.FactorDepth, n, from, tensor.Dim{N: f.N}.String())
}

// dense reports whether the matrices of a kind have a weight for every pair of
// an input and an output.
func dense(k *layer.Kind) bool {
	return k.Group == layer.GroupDense || k.Group == layer.GroupRecurrent || k.Group == layer.GroupAttention
}
