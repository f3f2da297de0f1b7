package arch

import "slices"

// Move moves nodes to a place, in the order of the text. Moving something into
// itself, or beyond MaxDepth, changes nothing; nodes inside a chosen block move
// with it.
func (m Model) Move(at Place, ids ...ID) Model {
	moving := setOf(ids)
	if moving[at.Anchor] && at.Anchor != 0 {
		return m
	}
	taken := outermost(m.Body, moving)
	inside := false
	for _, n := range taken {
		contains(n, func(id ID) { inside = inside || id == at.Anchor })
	}
	if inside || len(taken) == 0 {
		return m
	}
	moved := m.Delete(ids...).put(at, taken)
	if depth(moved.Body) > MaxDepth {
		return m
	}
	return moved
}

// outermost returns the chosen nodes that are not inside another chosen one, in the
// order of the text.
func outermost(body []Node, wanted map[ID]bool) []Node {
	var found []Node
	for _, n := range body {
		if wanted[n.Head().ID] {
			found = append(found, n)
			continue
		}
		switch n := n.(type) {
		case *Leaf:
		case *Repeat:
			found = append(found, outermost(n.Body, wanted)...)
		case *Branch:
			for _, p := range n.Paths {
				found = append(found, outermost(p.Body, wanted)...)
			}
		default:
			panic(unknownNode(n))
		}
	}
	return found
}

// contains calls f with the ID of everything inside n.
func contains(n Node, f func(ID)) {
	switch n := n.(type) {
	case *Leaf:
	case *Repeat:
		walk(n.Body, func(c Node) { f(c.Head().ID); paths(c, f) })
	case *Branch:
		paths(n, f)
		for _, p := range n.Paths {
			walk(p.Body, func(c Node) { f(c.Head().ID); paths(c, f) })
		}
	default:
		panic(unknownNode(n))
	}
}

func paths(n Node, f func(ID)) {
	if b, ok := n.(*Branch); ok {
		for _, p := range b.Paths {
			f(p.ID)
		}
	}
}

// Shift moves nodes by one step among their siblings, up (-1) or down (+1). At the
// edge of a block they leave it. They keep their order: where the first cannot
// move, none does. Nodes inside a chosen block move with it.
func (m Model) Shift(step int, ids ...ID) Model {
	moving := outermost(m.Body, setOf(ids))
	if step > 0 {
		slices.Reverse(moving)
	}
	for _, n := range moving {
		at, ok := m.neighbour(n.Head().ID, step)
		if !ok {
			return m
		}
		m = m.Move(at, n.Head().ID)
	}
	return m
}

func (m Model) neighbour(id ID, step int) (Place, bool) {
	var at Place
	found := false
	var scan func(body []Node, owner ID)
	scan = func(body []Node, owner ID) {
		for i, n := range body {
			if n.Head().ID == id {
				switch {
				case step < 0 && i > 0:
					at, found = Place{body[i-1].Head().ID, Before}, true
				case step > 0 && i < len(body)-1:
					at, found = Place{body[i+1].Head().ID, After}, true
				case owner != 0 && step < 0:
					at, found = Place{owner, Before}, true
				case owner != 0:
					at, found = Place{owner, After}, true
				}
				return
			}
			switch n := n.(type) {
			case *Leaf:
			case *Repeat:
				scan(n.Body, n.head.ID)
			case *Branch:
				for _, p := range n.Paths {
					scan(p.Body, n.head.ID)
				}
			default:
				panic(unknownNode(n))
			}
		}
	}
	scan(m.Body, 0)
	return at, found
}
