package arch

import (
	"slices"

	"paramstack/core/layer"
)

// AddPath adds an empty path to a branch and returns its ID; 0 if the node is no
// branch.
func (m Model) AddPath(id ID) (Model, ID) {
	if _, ok := m.Find(id).(*Branch); !ok {
		return m, 0
	}
	m.last++
	path := Path{ID: m.last}
	return m.replace(id, func(n Node) Node {
		if b, ok := n.(*Branch); ok {
			c := *b
			c.Paths = append(append([]Path(nil), b.Paths...), path)
			return &c
		}
		return n
	}), path.ID
}

// DeletePath removes a path from its branch; the last path stays.
func (m Model) DeletePath(path ID) Model {
	return m.rewrite(eachNode(func(n Node) ([]Node, bool) {
		b, ok := n.(*Branch)
		if !ok || len(b.Paths) < 2 {
			return nil, false
		}
		for i, p := range b.Paths {
			if p.ID == path {
				c := *b
				c.Paths = append(append([]Path(nil), b.Paths[:i]...), b.Paths[i+1:]...)
				return []Node{&c}, true
			}
		}
		return nil, false
	}))
}

// Wrap replaces nodes by a repeat that contains them, and returns its ID. The nodes
// must be neighbours in one body; if they are not, nothing changes and the ID is 0.
// Nodes inside a chosen block count with the block.
func (m Model) Wrap(times int64, ids ...ID) (Model, ID) {
	return m.enclose(ids, func(inner []Node) Node {
		return &Repeat{Times: times, Body: inner}
	})
}

// WrapBranch moves neighbours into the first path of a new branch, beside an empty
// path: a skip connection if join adds.
func (m Model) WrapBranch(join layer.Layer, ids ...ID) (Model, ID) {
	m.last += 2
	return m.enclose(ids, func(inner []Node) Node {
		return &Branch{Join: join, Paths: []Path{{ID: m.last - 1, Body: inner}, {ID: m.last}}}
	})
}

func (m Model) enclose(ids []ID, block func([]Node) Node) (Model, ID) {
	wanted := map[ID]bool{}
	for _, n := range outermost(m.Body, setOf(ids)) {
		wanted[n.Head().ID] = true
	}
	many := len(wanted)
	m.last++
	id := m.last
	done := false
	fresh := m.rewrite(func(_ ID, body []Node) ([]Node, bool) {
		first := slices.IndexFunc(body, func(n Node) bool { return wanted[n.Head().ID] })
		if first < 0 || first+many > len(body) {
			return nil, false
		}
		run := body[first : first+many]
		for _, n := range run {
			if !wanted[n.Head().ID] {
				return nil, false
			}
		}
		done = true
		b := block(slices.Clone(run)).withHead(Head{ID: id})
		return slices.Replace(slices.Clone(body), first, first+many, b), true
	})
	if !done || depth(fresh.Body) > MaxDepth {
		return m, 0
	}
	return fresh, id
}

// Unwrap replaces a repeat by its body, or a branch by its paths, one after
// another.
func (m Model) Unwrap(id ID) Model {
	return m.rewrite(eachNode(func(n Node) ([]Node, bool) {
		if n.Head().ID != id {
			return nil, false
		}
		switch n := n.(type) {
		case *Repeat:
			return n.Body, n.Of == "" // what is done again has its body elsewhere
		case *Branch:
			var all []Node
			for _, p := range n.Paths {
				all = append(all, p.Body...)
			}
			return all, true
		default:
			return nil, false
		}
	}))
}
