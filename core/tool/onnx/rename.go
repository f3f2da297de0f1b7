package onnx

import (
	"maps"

	"paramstack/core/tool/onnx/onnxpb"
)

// A renaming maps the names of a graph to those where it is used.
type renaming struct {
	value  func(string) string // of values
	prefix string              // of nodes
	// attrs are those of the caller of a function, which its nodes refer to; nil: no
	// function is called.
	attrs map[string]*onnxpb.Attr
}

func (r renaming) of(name string) string {
	if name == "" {
		return ""
	}
	return r.value(name)
}

// node is a node as it is there, with the graphs that it holds.
func (r renaming) node(n *node) *node {
	m := &node{Name: n.Name, Op: n.Op, Domain: n.Domain, Attrs: maps.Clone(n.Attrs)}
	if n.Name != "" {
		m.Name = r.prefix + n.Name
	}
	for _, s := range n.In {
		m.In = append(m.In, r.of(s))
	}
	for _, s := range n.Out {
		m.Out = append(m.Out, r.of(s))
	}
	for name, a := range n.Attrs {
		if a.Ref != "" && r.attrs != nil {
			if a = r.attrs[a.Ref]; a == nil {
				delete(m.Attrs, name)
			} else {
				m.Attrs[name] = a // the caller's names stay
			}
			continue
		}
		if a.Graph != nil {
			inner := *a
			inner.Graph = r.graph(a.Graph)
			m.Attrs[name] = &inner
		}
	}
	return m
}

func (r renaming) graph(g *onnxpb.Graph) *onnxpb.Graph {
	inner := &onnxpb.Graph{Name: g.Name, Inputs: r.infos(g.Inputs), Outputs: r.infos(g.Outputs), Infos: r.infos(g.Infos)}
	for _, t := range g.Stored {
		as := *t
		as.Name = r.of(t.Name)
		inner.Stored = append(inner.Stored, &as)
	}
	for _, n := range g.Nodes {
		inner.Nodes = append(inner.Nodes, r.node(n))
	}
	return inner
}

func (r renaming) infos(list []onnxpb.Info) []onnxpb.Info {
	var as []onnxpb.Info
	for _, v := range list {
		v.Name = r.of(v.Name)
		as = append(as, v)
	}
	return as
}
