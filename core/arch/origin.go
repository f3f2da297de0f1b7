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
	m.Body = eachHead(m.Body, func(h *Head) {
		h.Origin = all[next]
		next++
	})
	return m, all[n:]
}
