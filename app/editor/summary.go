package editor

import (
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// summary makes what is shown beside the stack.
func (s State) summary() Summary {
	t := s.Doc.Report.Totals
	style := s.Prefs.Style()
	parts := style.Of(t.Counts)
	params := parts.Params
	least := atLeast(t.ParamsAtLeast)
	macsLeast := atLeast(t.MACsAtLeast)
	sum := Summary{
		Title: s.title(), AtLeast: t.ParamsAtLeast, MACsLeast: t.MACsAtLeast,
		Params: least + params.Grouped(), Short: least + params.Short(),
		Raw: Raw{
			Params: params.String(), Weights: parts.Weights.String(), Biases: parts.Biases.String(),
			Trainable: parts.Trainable.String(),
			Buffers:   parts.Buffers().String(), MACs: t.MACs.String(),
		},
		Weights: least + parts.Weights.Grouped(), Biases: least + parts.Biases.Grouped(),
		Trainable: least + parts.Trainable.Grouped(), Buffers: buffers(parts),
		MACs: macsLeast + t.MACs.Short(), MACsFull: macsLeast + t.MACs.Grouped(), FLOPs: macsLeast + t.FLOPs().Short(),
		Outputs:     atLeast(t.OutputsAtLeast) + tensor.Float32.Bytes(t.Outputs).Bytes(s.Prefs.Binary),
		Largest:     tensor.Float32.Bytes(t.Largest).Bytes(s.Prefs.Binary),
		Memory:      s.memory(),
		Layers:      t.Layers.Grouped(),
		ParamShares: s.parts(style.Params, params),
		MACShares:   s.parts(func(c count.Counts) num.Int { return c.MACs }, t.MACs),
	}
	if !parts.Frozen.IsZero() {
		sum.Frozen = parts.Frozen.Grouped()
	}
	for _, d := range tensor.DTypes {
		sum.Sizes = append(sum.Sizes, Size{d.Name, least + d.Bytes(params).Bytes(s.Prefs.Binary)})
	}
	if t.Receptive != nil {
		sum.Field = fieldSize(t.Receptive)
	}
	return sum
}

// TotalNote returns the sentence on what the total is: what a framework reports as the
// same number, if one does.
func (s State) TotalNote() catalog.Key {
	switch {
	case s.Doc.Report.Totals.ParamsAtLeast:
		return catalog.UITellsLeast
	case s.Prefs.NoBiases:
		return catalog.UITellsNoBiases
	case s.Prefs.Keras:
		return catalog.UITellsKeras
	default:
		return catalog.UITellsTorch
	}
}

// parts divides a total over the families of layers that have a share in it.
func (s State) parts(of func(count.Counts) num.Int, total num.Int) []Part {
	var parts []Part
	for g := layer.Group(0); g < layer.Groups; g++ {
		n := of(s.Doc.Report.Totals.Groups[g])
		if n.IsZero() {
			continue
		}
		share := n.Share(total)
		parts = append(parts, Part{g, s.Prefs.Lang.In(g.Label()), num.Percent(share), permill(share)})
	}
	return parts
}

// Words returns a sentence of the catalogue in the reader's language.
func (s State) Words(key catalog.Key, args ...any) string { return s.Prefs.Lang.In(key, args...) }
