package arch

import (
	"fmt"
	"slices"

	"paramstack/core/layer"
)

// A Place is where nodes can be inserted: before or after a node, or at the end of
// a container (a repeat, a path, or the model itself, whose ID is 0).
type Place struct {
	Anchor ID
	Side   Side
}

// A Side is the side of its anchor that a place is on.
type Side uint8

// The sides.
const (
	Into Side = iota // at the end of the container Anchor
	Before
	After
)

func unknownNode(n Node) string { return fmt.Sprintf("arch: unknown node %T", n) }

// rewrite runs f over every body of the model, inner before outer. f returns
// what the body becomes, and whether that differs. Containers whose content
// changed are copied, all else is shared with the old model.
func (m Model) rewrite(f func(container ID, body []Node) ([]Node, bool)) Model {
	m.Body, _ = rewriteBody(0, m.Body, f)
	return m
}

func rewriteBody(container ID, body []Node, f func(ID, []Node) ([]Node, bool)) ([]Node, bool) {
	changed := false
	for i, n := range body {
		inner, ok := rewriteInside(n, f)
		if !ok {
			continue
		}
		if !changed {
			body, changed = append([]Node(nil), body...), true
		}
		body[i] = inner
	}
	if with, ok := f(container, body); ok {
		return with, true
	}
	return body, changed
}

func rewriteInside(n Node, f func(ID, []Node) ([]Node, bool)) (Node, bool) {
	switch n := n.(type) {
	case *Leaf:
		return n, false
	case *Repeat:
		body, changed := rewriteBody(n.head.ID, n.Body, f)
		if !changed {
			return n, false
		}
		c := *n
		c.Body = body
		return &c, true
	case *Branch:
		var fresh []Path
		for i, p := range n.Paths {
			body, changed := rewriteBody(p.ID, p.Body, f)
			if !changed {
				continue
			}
			if fresh == nil {
				fresh = append([]Path(nil), n.Paths...)
			}
			fresh[i].Body = body
		}
		if fresh == nil {
			return n, false
		}
		c := *n
		c.Paths = fresh
		return &c, true
	default:
		panic(unknownNode(n))
	}
}

// eachNode makes a function on bodies of one on nodes: f returns what a node
// becomes, and whether that differs.
func eachNode(f func(Node) ([]Node, bool)) func(ID, []Node) ([]Node, bool) {
	return func(_ ID, body []Node) ([]Node, bool) {
		var fresh []Node
		changed := false
		for i, n := range body {
			with, ok := f(n)
			if ok && !changed {
				fresh, changed = append(make([]Node, 0, len(body)+1), body[:i]...), true
			}
			switch {
			case ok:
				fresh = append(fresh, with...)
			case changed:
				fresh = append(fresh, n)
			}
		}
		return fresh, changed
	}
}

// Insert adds nodes at a place and returns their IDs. A place whose anchor no
// longer exists is the end of the model. Where blocks would nest beyond MaxDepth,
// the model is returned unchanged, without IDs.
func (m Model) Insert(at Place, nodes ...Node) (Model, []ID) {
	old, fresh := m, m.adopt(nodes)
	m = m.put(at, fresh)
	if depth(m.Body) > MaxDepth {
		return old, nil
	}
	ids := make([]ID, len(fresh))
	for i, n := range fresh {
		ids[i] = n.Head().ID
	}
	return m, ids
}

func (m Model) put(at Place, nodes []Node) Model {
	placed := false
	fresh := m.rewrite(func(container ID, body []Node) ([]Node, bool) {
		i := len(body)
		if at.Side != Into {
			i = indexOf(body, at.Anchor)
			if at.Side == After && i >= 0 {
				i++
			}
		} else if container != at.Anchor {
			i = -1
		}
		if i < 0 {
			return nil, false
		}
		placed = true
		return slices.Insert(slices.Clone(body), i, nodes...), true
	})
	if !placed {
		return m.put(Place{}, nodes)
	}
	return fresh
}

func indexOf(body []Node, id ID) int {
	return slices.IndexFunc(body, func(n Node) bool { return n.Head().ID == id })
}

// Delete removes nodes with everything inside them.
func (m Model) Delete(ids ...ID) Model {
	gone := setOf(ids)
	return m.rewrite(eachNode(func(n Node) ([]Node, bool) { return nil, gone[n.Head().ID] }))
}

// replace swaps one node for another with the same head.
func (m Model) replace(id ID, f func(Node) Node) Model {
	return m.rewrite(eachNode(func(n Node) ([]Node, bool) {
		if n.Head().ID != id {
			return nil, false
		}
		return []Node{f(n)}, true
	}))
}

// SetLayer replaces the layer of a leaf, or the join of a branch.
func (m Model) SetLayer(id ID, l layer.Layer) Model {
	return m.replace(id, func(n Node) Node { return withLayer(n, l) })
}

// withLayer returns a copy of a leaf or a branch with another layer; a repeat as it is.
func withLayer(n Node, l layer.Layer) Node {
	switch n := n.(type) {
	case *Leaf:
		c := *n
		c.Layer = l
		return &c
	case *Branch:
		c := *n
		c.Join = l
		return &c
	default:
		return n
	}
}

// SetLayers is SetLayer for many nodes at once.
func (m Model) SetLayers(layers map[ID]layer.Layer) Model {
	return m.rewrite(eachNode(func(n Node) ([]Node, bool) {
		l, ok := layers[n.Head().ID]
		if !ok {
			return nil, false
		}
		return []Node{withLayer(n, l)}, true
	}))
}

// leaf changes a copy of a leaf.
func (m Model) leaf(id ID, change func(*Leaf)) Model {
	return m.replace(id, func(n Node) Node {
		leaf, ok := n.(*Leaf)
		if !ok {
			return n
		}
		c := *leaf
		change(&c)
		return &c
	})
}

// EachLeaf changes every leaf, in one pass: f is called with a copy of each, and what it
// leaves as it was is shared with the old model.
func (m Model) EachLeaf(f func(*Leaf)) Model {
	return m.rewrite(eachNode(func(n Node) ([]Node, bool) {
		leaf, ok := n.(*Leaf)
		if !ok {
			return nil, false
		}
		c := *leaf
		f(&c)
		return []Node{&c}, c.Layer != leaf.Layer || c.Frozen != leaf.Frozen || c.Shares != leaf.Shares
	}))
}

// SetShares sets the label of the layer whose weights a leaf uses; "" for its own.
func (m Model) SetShares(id ID, label string) Model {
	return m.leaf(id, func(n *Leaf) { n.Shares = label })
}

// SetFrozen sets whether a leaf's weights are excluded from training.
func (m Model) SetFrozen(id ID, frozen bool) Model {
	return m.leaf(id, func(n *Leaf) { n.Frozen = frozen })
}

// repeat changes a copy of a repeat that has a body of its own.
func (m Model) repeat(id ID, change func(*Repeat)) Model {
	return m.replace(id, func(n Node) Node {
		r, ok := n.(*Repeat)
		if !ok || r.Of != "" {
			return n
		}
		c := *r
		change(&c)
		return &c
	})
}

// SetShared sets whether all repetitions use one set of weights.
func (m Model) SetShared(id ID, shared bool) Model {
	return m.repeat(id, func(n *Repeat) { n.Shared = shared })
}

// SetTimes sets the number of repetitions.
func (m Model) SetTimes(id ID, times int64) Model {
	return m.repeat(id, func(n *Repeat) { n.Times = times })
}

// SetLabel renames a node, and every reference to its old name.
func (m Model) SetLabel(id ID, label string) Model {
	n := m.Find(id)
	if n == nil {
		return m
	}
	old := n.Head().Label
	m = m.replace(id, func(n Node) Node {
		h := *n.Head()
		h.Label = label
		return n.withHead(h)
	})
	if old == "" || label == "" {
		return m
	}
	return m.rewrite(eachNode(func(n Node) ([]Node, bool) {
		changed := false
		c := refer(n, func(ref string) string {
			if ref != old {
				return ref
			}
			changed = true
			return label
		})
		return []Node{c}, changed
	}))
}

func setOf(ids []ID) map[ID]bool {
	s := make(map[ID]bool, len(ids))
	for _, id := range ids {
		s[id] = true
	}
	return s
}
