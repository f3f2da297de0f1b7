package arch

import "strconv"

// Duplicate inserts a copy of each node after it and returns the IDs of the copies;
// what is inside a copied block is copied with it, once. A label names one node, so
// copies have none, except where a path inside the copy refers to it: there node
// and path get the same free name, enc1-2 for enc1.
func (m Model) Duplicate(ids ...ID) (Model, []ID) {
	wanted := map[ID]bool{}
	for _, n := range outermost(m.Body, setOf(ids)) {
		wanted[n.Head().ID] = true
	}
	taken := map[string]bool{}
	m.Walk(func(n Node) { taken[n.Head().Label] = true })
	var copies []ID
	fresh := m.rewrite(eachNode(func(n Node) ([]Node, bool) {
		if !wanted[n.Head().ID] {
			return nil, false
		}
		c := m.adopt([]Node{uncomment(relabel(n, taken))})
		copies = append(copies, c[0].Head().ID)
		return []Node{n, c[0]}, true
	}))
	fresh.last = m.last
	return fresh, copies
}

// uncomment drops the comment above a node: it is about the original.
func uncomment(n Node) Node {
	h := *n.Head()
	h.Above = nil
	return n.withHead(h)
}

// relabel returns n with labels that are free, and marks them as taken.
func relabel(n Node, taken map[string]bool) Node {
	own, used := map[string]bool{}, map[string]bool{}
	walk([]Node{n}, func(c Node) {
		own[c.Head().Label] = true
		References(c, func(label string) { used[label] = true })
	})
	names := map[string]string{} // what each label of n becomes
	for label := range own {
		names[label] = ""
		if used[label] && label != "" {
			names[label] = freeLabel(label, taken)
		}
	}
	return rename(n, names)
}

// freeLabel returns a free label like the given one, and marks it as taken.
func freeLabel(label string, taken map[string]bool) string {
	const longest = 50 // leaves room for the number
	if r := []rune(label); len(r) > longest {
		label = string(r[:longest])
	}
	for i := 2; ; i++ {
		if name := label + "-" + strconv.Itoa(i); !taken[name] {
			taken[name] = true
			return name
		}
	}
}

// rename replaces labels inside n, and the references of paths to them.
func rename(n Node, names map[string]string) Node {
	n = refer(n, func(label string) string {
		if name := names[label]; name != "" {
			return name
		}
		return label
	})
	h := *n.Head()
	h.Label = names[h.Label]
	switch n := n.(type) {
	case *Leaf:
		return n.withHead(h)
	case *Repeat:
		c := *n
		c.head, c.Body = h, renameBody(n.Body, names)
		return &c
	case *Branch:
		paths := make([]Path, len(n.Paths))
		for i, p := range n.Paths {
			p.Body = renameBody(p.Body, names)
			paths[i] = p
		}
		return &Branch{h, n.Join, paths}
	default:
		panic(unknownNode(n))
	}
}

// Relabel returns nodes that are not yet in a model with f applied to the labels
// they set. References to labels stay as they are.
func Relabel(body []Node, f func(label string) string) []Node {
	return eachHead(body, func(h *Head) { h.Label = f(h.Label) })
}

// eachHead returns copies of nodes and of what is in them, their heads changed by f in
// the order of Walk.
func eachHead(body []Node, f func(h *Head)) []Node {
	fresh := make([]Node, len(body))
	for i, n := range body {
		h := *n.Head()
		f(&h)
		n = n.withHead(h)
		switch n := n.(type) {
		case *Leaf:
		case *Repeat:
			n.Body = eachHead(n.Body, f) // a copy of its own by now
		case *Branch:
			paths := make([]Path, len(n.Paths))
			for k, p := range n.Paths {
				p.Body = eachHead(p.Body, f)
				paths[k] = p
			}
			n.Paths = paths
		default:
			panic(unknownNode(n))
		}
		fresh[i] = n
	}
	return fresh
}

func renameBody(body []Node, names map[string]string) []Node {
	fresh := make([]Node, len(body))
	for i, n := range body {
		fresh[i] = rename(n, names)
	}
	return fresh
}
