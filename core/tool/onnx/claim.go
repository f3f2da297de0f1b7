package onnx

import (
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/graph"
)

// declares reports whether what a layer declares has as many elements as what the
// file holds for it. Counters are PyTorch's alone.
func declares(weights []layer.Weight, of []*constant, scales map[*stored]bool) bool {
	var have, want num.Int
	for _, w := range weights {
		if w.Class == layer.ClassCounter {
			continue
		}
		n, ok := w.Count()
		if !ok {
			return false // an open shape upstream: the file states it, the layer could not
		}
		have = have.Add(n)
	}
	for _, k := range of {
		if !k.whole && len(k.tables()) <= 1 { // a part of what is stored, or scaled by a number
			want = want.Add(elementsOf(k.dims))
			continue
		}
		for _, r := range k.roots {
			if !scales[r] {
				want = want.Add(r.elements())
			}
		}
	}
	return have.Cmp(want) == 0
}

// claim writes down which stored tensors a layer has, and returns the layer that
// had all of them before, whose weights it shares.
func (l *lowering) claim(name string, k *layer.Kind, of []*constant) string {
	owner, all, taken := "", true, false
	var fresh []*stored
	for _, w := range of {
		for _, r := range w.roots {
			switch has := l.owners[r]; {
			case l.scales[r] || !w.whole:
				all = all && w.whole
			case has == "":
				all = false
				fresh = append(fresh, r)
			default:
				taken = true
				if owner == "" {
					owner = has
				}
				all = all && has == owner
			}
			l.use(r)
		}
	}
	for _, r := range fresh {
		graph.Put(&l.Builder, l.owners, r, name)
	}
	if !taken {
		return ""
	}
	if all && k.Takes != layer.TakesNone {
		at, ok := l.Index[owner]
		if !ok {
			return ""
		}
		if o := l.Graph.Nodes[at].Layer.Kind(); o == k || tables[o.Name] && tables[k.Name] {
			return owner
		}
	}
	graph.Set(&l.Builder, &l.counts.merged, l.counts.merged+1)
	return ""
}

// tables are kinds whose weights may be one: the words of a language model are
// looked up in the matrix that also returns the answer.
var tables = map[string]bool{"embedding": true, "linear": true}

// use marks a stored tensor as one that the network has a place for.
func (l *lowering) use(r *stored) { graph.Put(&l.Builder, l.options, r, true) }

// markOption marks the numbers of an option as used: they are no weights.
func (l *lowering) markOption(k *constant) {
	if k != nil {
		for _, r := range k.roots {
			l.use(r)
		}
	}
}
