package onnx

import (
	"maps"

	"paramstack/core/tool/onnx/onnxpb"
)

// decide adds the layers of the branch that an If takes, if its condition is known:
// exporters write one wherever a dimension may be 1. It reports whether it could.
func decide(c conversion) bool {
	if c.Op != "If" || c.Domain != "" {
		return false
	}
	yes, ok := c.constant(0).scalar()
	name := "then_branch"
	if yes == 0 {
		name = "else_branch"
	}
	a := c.Attrs[name]
	if !ok || a == nil || a.Graph == nil || len(a.Graph.Outputs) < len(c.Out) {
		return false
	}
	g, names, err := branch(c, a.Graph)
	if err != nil {
		return false
	}
	c.leaveOut()
	c.absorb(c.node)
	for name, k := range g.consts {
		if c.values[name] == nil {
			c.values[name] = &value{name: name, fixed: k}
		}
	}
	maps.Copy(c.scales, g.scales)
	maps.Copy(c.stated, g.stated)
	for in, users := range g.demand().users {
		c.users[in] = append(c.users[in], users...)
	}
	for _, n := range g.nodes {
		conversion{c.lowering, n}.run()
	}
	for i, v := range a.Graph.Outputs {
		if i < len(c.Out) && c.Out[i] != "" {
			if x := c.value(names.of(v.Name)); x != nil {
				c.assign(c.Out[i], x)
			}
		}
	}
	return true
}

// branch returns a subgraph of the node as a network with names of its own, after
// all passes.
func branch(c conversion, b *onnxpb.Graph) (network, renaming, error) {
	as := map[string]string{}
	prefix := scopeName(c.node) + "/"
	for _, t := range b.Stored {
		as[t.Name] = prefix + t.Name
	}
	made := map[string]bool{}
	for _, n := range b.Nodes {
		for _, o := range n.Out {
			as[o], made[o] = prefix+o, true
		}
	}
	for i, v := range b.Outputs { // what a node of the branch makes has the name that it has outside
		if made[v.Name] && i < len(c.Out) && c.Out[i] != "" {
			as[v.Name], made[v.Name] = c.Out[i], false
		}
	}
	names := renaming{value: func(s string) string {
		if name, ok := as[s]; ok {
			return name
		}
		return s // of what is outside
	}}
	g := network{opset: c.opset, storage: c.storage, stated: map[string]onnxpb.Info{}, consts: map[string]*constant{}}
	for _, v := range b.Infos {
		v.Name = names.of(v.Name)
		g.stated[v.Name] = v
	}
	for _, t := range b.Stored {
		g.consts[names.of(t.Name)] = constantOf(t, t.Name)
	}
	for _, v := range b.Outputs {
		g.outputs = append(g.outputs, onnxpb.Info{Name: names.of(v.Name)})
	}
	for _, n := range b.Nodes {
		n = names.node(n)
		g.nodes = append(g.nodes, n)
		for _, in := range n.Uses() {
			switch v := c.value(in); {
			case v == nil:
			case v.fixed != nil:
				g.consts[in] = v.fixed
			default:
				g.inputs = append(g.inputs, onnxpb.Info{Name: in})
			}
		}
	}
	for _, run := range []func(network) (network, error){order, fold, fuse} {
		var err error
		if g, err = run(g); err != nil {
			return g, names, err
		}
	}
	return g, names, nil
}
