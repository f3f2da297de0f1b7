package arch

import (
	"slices"

	"paramstack/core/layer"
)

// Match returns a newly parsed model with the IDs of the nodes of m that its nodes
// continue, so that selection, folding and focus survive typing in the text. Nodes
// that are equal at both ends of a body keep theirs; in between, each new node
// continues the next old one of its kind. A node in which nothing differs is the old
// one itself: what is known of it need not be found out again.
func (m Model) Match(fresh Model) Model {
	c := matcher{last: max(m.last, fresh.last)}
	fresh.Body = c.body(m.Body, fresh.Body)
	fresh.last = c.last
	return fresh
}

type matcher struct{ last ID }

func (c *matcher) body(old, fresh []Node) []Node {
	out := make([]Node, len(fresh))
	head := 0
	for head < len(old) && head < len(fresh) && same(old[head], fresh[head]) {
		out[head] = c.pair(old[head], fresh[head])
		head++
	}
	tail := 0
	for tail < len(old)-head && tail < len(fresh)-head && same(old[len(old)-1-tail], fresh[len(fresh)-1-tail]) {
		i := len(fresh) - 1 - tail
		out[i] = c.pair(old[len(old)-1-tail], fresh[i])
		tail++
	}
	next := head
	for i := head; i < len(fresh)-tail; i++ {
		var partner Node
		for j := next; j < len(old)-tail; j++ {
			if alike(old[j], fresh[i]) {
				partner, next = old[j], j+1
				break
			}
		}
		out[i] = c.pair(partner, fresh[i])
	}
	return out
}

// pair returns n with the ID of old, or a new one, and matches what is inside; old
// itself, if nothing differs.
func (c *matcher) pair(old, n Node) Node {
	h := *n.Head()
	h.ID = c.id(old != nil, func() ID { return old.Head().ID })
	if old != nil {
		h.Origin = old.Head().Origin
	}
	equal := old != nil && sameHead(old.Head(), &h)
	switch n := n.(type) {
	case *Leaf:
		if equal && same(old, n) {
			return old
		}
		return n.withHead(h)
	case *Repeat:
		var inner []Node
		o, ok := old.(*Repeat)
		if ok {
			inner = o.Body
		}
		fresh := *n
		fresh.head, fresh.Body = h, c.body(inner, n.Body)
		if equal && ok && o.Times == n.Times && o.Shared == n.Shared && o.Of == n.Of && slices.Equal(o.Tail, n.Tail) &&
			slices.Equal(o.Body, fresh.Body) {
			return old
		}
		return &fresh
	case *Branch:
		b := &Branch{h, n.Join, slices.Clone(n.Paths)}
		o, _ := old.(*Branch)
		for i, p := range n.Paths {
			known := o != nil && i < len(o.Paths)
			var inner []Node
			if known {
				inner = o.Paths[i].Body
			}
			b.Paths[i].ID = c.id(known, func() ID { return o.Paths[i].ID })
			b.Paths[i].Body = c.body(inner, p.Body)
		}
		if equal && o != nil && layer.Equal(o.Join, n.Join) && slices.EqualFunc(o.Paths, b.Paths, func(p, q Path) bool {
			return p.ID == q.ID && p.From == q.From && slices.Equal(p.Body, q.Body) && slices.Equal(p.Tail, q.Tail)
		}) {
			return old
		}
		return b
	default:
		panic(unknownNode(n))
	}
}

// sameHead reports whether two heads are equal, comments and all.
func sameHead(a, b *Head) bool {
	return a.ID == b.ID && a.Label == b.Label && a.After == b.After && slices.Equal(a.Above, b.Above)
}

func (c *matcher) id(known bool, old func() ID) ID {
	if known {
		return old()
	}
	c.last++
	return c.last
}

// alike reports whether b may continue a: the same form, and the same kind.
func alike(a, b Node) bool {
	switch a := a.(type) {
	case *Leaf:
		b, ok := b.(*Leaf)
		return ok && a.Layer.Kind() == b.Layer.Kind()
	case *Repeat:
		_, ok := b.(*Repeat)
		return ok
	case *Branch:
		b, ok := b.(*Branch)
		return ok && a.Join.Kind() == b.Join.Kind()
	default:
		panic(unknownNode(a))
	}
}

// same reports whether a and b are equal but for IDs and comments.
func same(a, b Node) bool {
	if a == b {
		return true
	}
	if a.Head().Label != b.Head().Label || !alike(a, b) {
		return false
	}
	switch a := a.(type) {
	case *Leaf:
		b := b.(*Leaf)
		return a.Frozen == b.Frozen && a.Shares == b.Shares && layer.Equal(a.Layer, b.Layer)
	case *Repeat:
		b := b.(*Repeat)
		return a.Times == b.Times && a.Shared == b.Shared && a.Of == b.Of && slices.EqualFunc(a.Body, b.Body, same)
	case *Branch:
		b := b.(*Branch)
		return layer.Equal(a.Join, b.Join) && slices.EqualFunc(a.Paths, b.Paths, func(p, q Path) bool {
			return p.From == q.From && slices.EqualFunc(p.Body, q.Body, same)
		})
	default:
		panic(unknownNode(a))
	}
}

// Same reports whether two models are equal but for IDs and comments.
func Same(a, b Model) bool {
	return a.Name == b.Name && slices.EqualFunc(a.Body, b.Body, same)
}
