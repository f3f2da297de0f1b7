package arch

// Origins lists the origins of a model's nodes, in the order of Walk.
func (m Model) Origins() []string {
	var all []string
	m.Walk(func(n Node) { all = append(all, n.Head().Origin) })
	return all
}

// WithOrigins returns the model with the origins of its nodes in the order of Walk, and
// what is left of the list. A list that is too short belongs to another model: then
// nothing is changed.
func (m Model) WithOrigins(all []string) (Model, []string) {
	n := 0
	m.Walk(func(Node) { n++ })
	if n > len(all) {
		return m, nil
	}
	next := 0
	m.Body = originate(m.Body, func() string {
		next++
		return all[next-1]
	})
	return m, all[n:]
}

func originate(body []Node, next func() string) []Node {
	fresh := make([]Node, len(body))
	for i, n := range body {
		h := *n.Head()
		h.Origin = next()
		n = n.withHead(h)
		switch n := n.(type) {
		case *Leaf:
		case *Repeat:
			n.Body = originate(n.Body, next) // a copy of its own by now
		case *Branch:
			paths := make([]Path, len(n.Paths))
			for k, p := range n.Paths {
				p.Body = originate(p.Body, next)
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
