package count

import (
	"paramstack/core/catalog"
	"paramstack/core/layer"
)

// Explain returns what a number of a formula is and where it comes from, in a
// sentence for the person who points at it.
func (r *Report) Explain(row *Row, t Token) catalog.Message {
	f := t.Factor
	if f == nil {
		return catalog.Message{}
	}
	from := r.Name(t.From)
	switch {
	case t.Part != nil && t.Role == layer.RoleSpatial:
		return catalog.Say(catalog.FactorMapSide, t.Text, from)
	case t.Part != nil:
		return catalog.Say(catalog.FactorMapChannels, t.Text, from)
	case f.Says != "":
		return catalog.Say(f.Says, t.Text, from)
	}
	switch f.Role {
	case layer.RoleKernel:
		return catalog.Say(catalog.FactorKernel, t.Text, layer.AxisName(f.Axis, f.Of))
	case layer.RoleIn:
		return r.explainIn(row, t, from)
	case layer.RoleOut:
		if f.Div > 1 {
			return catalog.Say(catalog.FactorLaneFilters, t.Text, f.Dim.N, f.Div)
		}
		if dense(row.Kind()) {
			return catalog.Say(catalog.FactorFeatures, t.Text)
		}
		return catalog.Say(catalog.FactorFilters, t.Text)
	case layer.RoleLanes:
		return catalog.Say(catalog.FactorLanes, t.Text)
	case layer.RoleSpatial:
		if f.Of == 0 {
			return catalog.Say(catalog.FactorRows, t.Text)
		}
		return catalog.Say(catalog.FactorPosition, t.Text, layer.AxisName(f.Axis, f.Of))
	case layer.RoleBias:
		return catalog.Say(catalog.FactorBias, t.Text)
	case layer.RoleChannels:
		if f.Dim == nil {
			return catalog.Say(catalog.FactorSlopes, t.Text)
		}
		return catalog.Say(catalog.FactorChannels, t.Text, from)
	default:
		return catalog.Say(catalog.FactorConst, t.Text)
	}
}

func (r *Report) explainIn(row *Row, t Token, from string) catalog.Message {
	f := t.Factor
	if dense(row.Kind()) {
		return catalog.Say(catalog.FactorInputs, t.Text, from)
	}
	if f.Div > 1 {
		return catalog.Say(catalog.FactorLaneDepth, t.Text, from, f.Dim.N, f.Div)
	}
	return catalog.Say(catalog.FactorDepth, t.Text, from)
}

// dense reports whether the matrices of a kind have a weight for every pair of
// an input and an output.
func dense(k *layer.Kind) bool {
	return k.Group == layer.GroupDense || k.Group == layer.GroupRecurrent || k.Group == layer.GroupAttention
}
