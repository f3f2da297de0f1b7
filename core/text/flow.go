package text

import (
	"paramstack/core/arch"
	"paramstack/core/layer"
)

// A flow is how many channels, or features of a flat sample or of a step in time, pass
// from one layer to the next, as far as the statements alone determine it.
type flow struct {
	n           int64
	flat, steps bool
}

// through returns the flow behind a statement.
func (f flow) through(n arch.Node) flow {
	leaf, ok := n.(*arch.Leaf)
	if !ok {
		return flow{}
	}
	switch l := leaf.Layer.(type) {
	case *layer.Input:
		switch n := l.Shape.Len(); n {
		case 0:
		case 2:
			return flow{n: l.Shape.At(1), steps: true}
		default:
			return flow{n: l.Shape.At(0), flat: n == 1}
		}
	case *layer.Conv:
		return flow{n: l.Filters.Value()}
	case *layer.Linear:
		return flow{l.Features.Value(), f.flat, f.steps}
	case *layer.Recurrent:
		if f.steps && !bool(l.Bidirectional) && l.Proj.N == 0 && !bool(l.Last) {
			return flow{n: l.Hidden.Value(), steps: true}
		}
	default:
		switch k := l.Kind(); k.Name {
		case "bn", "dropout", "maxpool", "avgpool":
			return f
		default:
			if k.Group == layer.GroupActivation {
				return f
			}
		}
	}
	return flow{}
}
