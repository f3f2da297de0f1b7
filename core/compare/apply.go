package compare

import (
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/layer"
)

// Apply makes the second network of the first one by the marks alone: what is the
// same is taken over, what changed is edited, what is gone is left out, and only what
// is new comes from the second. Its text is the second's; its IDs are new.
func (r *Result) Apply(a arch.Model) arch.Model {
	e := editor{of: map[arch.ID]arch.Node{}}
	a.Walk(func(n arch.Node) { e.of[n.Head().ID] = n })
	name, tail := a.Name, a.Tail
	for _, c := range r.Changes {
		switch c.Aspect {
		case Name:
			name = c.B
		case Tail:
			tail = c.Lines
		}
	}
	return arch.New(name, e.body(r.Rows), tail)
}

// An editor has the nodes of the first network by their IDs.
type editor struct{ of map[arch.ID]arch.Node }

func (e *editor) body(rows []*Row) []arch.Node {
	var nodes []arch.Node
	for _, r := range rows {
		switch {
		case r.Mark == Removed: // what was in it may have stayed
			nodes = append(nodes, e.body(r.Rows)...)
		case r.Mark == Added:
			nodes = append(nodes, e.inside(r.B.Node, r.Rows))
		default:
			n := e.of[r.A.Node.Head().ID]
			for i := range r.Changes {
				n = edit(n, &r.Changes[i])
			}
			nodes = append(nodes, e.inside(n, r.Rows))
		}
	}
	return nodes
}

// inside returns a node with what its rows come to.
func (e *editor) inside(n arch.Node, rows []*Row) arch.Node {
	switch n := n.(type) {
	case *arch.Leaf:
		return n
	case *arch.Repeat:
		c := *n
		c.Body = e.body(rows)
		return &c
	case *arch.Branch:
		var paths []arch.Path
		for _, r := range rows {
			p := e.path(r)
			if p != nil {
				paths = append(paths, *p)
			}
		}
		return arch.NewBranch(*n.Head(), n.Join, paths)
	default:
		panic(unknownNode(n))
	}
}

// path returns the path that a row comes to, nil for one that is gone.
func (e *editor) path(r *Row) *arch.Path {
	side := r.A
	switch r.Mark {
	case Removed:
		return nil
	case Added:
		side = r.B
	}
	n := side.Node
	if r.Mark != Added {
		n = e.of[n.Head().ID]
	}
	p := n.(*arch.Branch).Paths[side.Path]
	for _, c := range r.Changes {
		switch c.Aspect {
		case From:
			p.From = c.B
		case Tail:
			p.Tail = c.Lines
		}
	}
	p.Body = e.body(r.Rows)
	return &p
}

// edit returns a node with one change.
func edit(n arch.Node, c *Change) arch.Node {
	h := *n.Head()
	switch c.Aspect {
	case Label:
		h.Label = c.B
	case Above:
		h.Above = c.Lines
	case After:
		h.After = c.B
	}
	switch n := n.(type) {
	case *arch.Leaf:
		l := arch.NewLeaf(h, set(n.Layer, c), n.Frozen)
		l.Shares = n.Shares
		switch c.Aspect {
		case Frozen:
			l.Frozen = c.B == "true"
		case Shares:
			l.Shares = c.B
		}
		return l
	case *arch.Repeat:
		r := arch.NewRepeat(h, n.Times, n.Body, n.Tail)
		r.Shared, r.Of = n.Shared, n.Of
		switch c.Aspect {
		case Times:
			r.Times, _ = strconv.ParseInt(c.B, 10, 64) // written by changes
		case SharedAll:
			r.Shared = c.B == "true"
		case Again:
			r.Of = c.B
		case Tail:
			r.Tail = c.Lines
		}
		return r
	case *arch.Branch:
		return arch.NewBranch(h, set(n.Join, c), n.Paths)
	default:
		panic(unknownNode(n))
	}
}

// set returns a layer with a changed option.
func set(l layer.Layer, c *Change) layer.Layer {
	switch c.Aspect {
	case Option:
	case Kind:
		return c.Layer
	default:
		return l
	}
	if c.B == "" {
		l = layer.Clone(l)
		layer.Reset(c.Field, l)
		return l
	}
	l, _ = layer.With(l, c.Field, c.B) // as a layer of the kind has it
	return l
}
