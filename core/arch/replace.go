package arch

import (
	"slices"

	"paramstack/core/layer"
)

// Replace puts nodes in the place of others, none for some of them, in one pass. A node
// keeps the ID that it has; one without gets one. Where blocks would nest beyond MaxDepth,
// the model is returned unchanged.
func (m Model) Replace(with map[ID][]Node) Model {
	last := m.last
	fresh := m.rewrite(eachNode(func(n Node) ([]Node, bool) {
		nodes, ok := with[n.Head().ID]
		return numbered(nodes, &last), ok
	}))
	if depth(fresh.Body) > MaxDepth {
		return m
	}
	fresh.last = last
	return fresh
}

// numbered returns copies of nodes, and of what is in the paths of branches, with an ID
// each.
func numbered(nodes []Node, last *ID) []Node {
	id := func(own ID) ID {
		if own == 0 {
			*last++
			own = *last
		}
		return own
	}
	all := make([]Node, len(nodes))
	for i, n := range nodes {
		h := *n.Head()
		h.ID = id(h.ID)
		all[i] = n.withHead(h)
		if b, ok := all[i].(*Branch); ok {
			b.Paths = slices.Clone(b.Paths)
			for k := range b.Paths {
				path := &b.Paths[k]
				path.ID, path.Body = id(path.ID), numbered(path.Body, last)
			}
		}
	}
	return all
}

// With returns the leaf with another label and another layer.
func (n *Leaf) With(label string, l layer.Layer) *Leaf {
	c := *n
	c.head.Label, c.Layer = label, l
	return &c
}
