package onnx

import (
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"slices"
)

// An account is what became of the real numbers that a file stores and no layer
// declares.
type account struct {
	scales num.Int // of quantised tensors
	spare  tally   // tensors that no node uses
	lost   tally   // tensors that nodes use and no layer declares
}

type tally struct {
	tensors  int
	elements num.Int
}

func (t *tally) add(s *stored) {
	t.tensors++
	t.elements = t.elements.Add(s.elements())
}

// account sums up the stored tensors.
func (l *lowering) account() account {
	var a account
	used := map[*stored]bool{}
	computes := func(n *node) bool { // a shape is no number of the tensor's; a branch that is not taken uses none
		return n.Op != "Shape" && n.Op != "Size" && !l.absorbed[n]
	}
	for name, v := range l.values {
		if v.fixed == nil {
			continue
		}
		for _, r := range v.fixed.roots {
			used[r] = used[r] || slices.ContainsFunc(l.users[name], computes)
		}
	}
	for r, needed := range used {
		switch many := r.elements().Cmp(single) > 0; {
		case l.scales[r]:
			a.scales = a.scales.Add(r.elements())
		case l.options[r] || !r.float || r.from != fromFile:
		case needed && many:
			a.lost.add(r)
		default:
			a.spare.add(r)
		}
	}
	return a
}

// admit adds a layer with weights that are unknown, so that no total claims to have
// counted what was lost.
func (l *lowering) admit(lost tally) {
	if lost.tensors == 0 || len(l.Graph.Nodes) == 0 {
		return
	}
	l.count(l.counts.opaque, "Unaccounted")
	unknown := graph.Opaque("Unaccounted", nil, nil, nil)
	name := l.freeName(&node{Name: "unaccounted"}, draft{})
	l.Push(graph.Node{Name: name, Layer: unknown, Inputs: []string{l.Graph.Nodes[0].Name}}, tensor.Shape(nil))
}
