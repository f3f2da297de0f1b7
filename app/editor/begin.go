package editor

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/text"
)

// Blank reports whether the network has no layer yet: an input, or nothing.
func (s State) Blank() bool {
	for _, n := range s.Doc.Model.Body {
		leaf, ok := n.(*arch.Leaf)
		if !ok || !layer.InputKind.Is(leaf.Layer) {
			return false
		}
	}
	return true
}

// An Example is a small network to begin with.
type Example struct {
	Name catalog.Key
	Text string
}

// Examples are offered while there is no layer yet.
var Examples = [...]Example{
	{catalog.ExampleMLP, "input 1x28x28; flatten; linear 128; relu; linear 10"},
	{catalog.ExampleCNN, "input 3x32x32; conv 16 k3 p1; relu; maxpool 2; conv 32 k3 p1; relu; maxpool 2; flatten; linear 10"},
	{catalog.ExampleResidual, "input 16x32x32; add { conv 16 k3 p1; bn; relu; conv 16 k3 p1; bn | }; relu; " +
		"globalavgpool flat; linear 10"},
}

// LoadExample shows one of the Examples.
type LoadExample struct{ Index int }

func (m LoadExample) apply(s State) (State, []Effect) {
	if m.Index < 0 || m.Index >= len(Examples) {
		return s, nil
	}
	file, _ := text.Parse(Examples[m.Index].Text)
	file.Model.Name = s.Words(Examples[m.Index].Name)
	s = s.replaceAll(file.Model)
	s.Notice = nil
	return s, append(s.changed(), Focus{ElementID: keyOf(file.Model.Body[0].Head().ID).ElementID()})
}
