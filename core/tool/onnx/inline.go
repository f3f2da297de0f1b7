package onnx

import (
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tool/onnx/onnxpb"
)

// maxCalls is how deep functions of a file may use each other.
const maxCalls = 16

// inline returns the nodes of a model with every call of one of its functions
// replaced by what the function does (onnx/docs/IR.md, "Functions").
func inline(m *onnxpb.Model) ([]*node, error) {
	if len(m.Funcs) == 0 {
		return m.Graph.Nodes, nil
	}
	i := inliner{funcs: m.Funcs}
	err := i.body(m.Graph.Nodes, nil, 0)
	return i.nodes, err
}

type inliner struct {
	funcs map[string]*onnxpb.Graph
	nodes []*node
	calls int
}

func (i *inliner) body(nodes []*node, c *call, depth int) error {
	for _, n := range nodes {
		if len(i.nodes) > onnxpb.MaxNodes {
			return tooManyNodes(len(i.nodes))
		}
		if c != nil {
			n = c.node(n)
		}
		f := i.funcs[n.Domain+"/"+n.Op]
		if f == nil {
			i.nodes = append(i.nodes, n)
			continue
		}
		if i.calls++; depth == maxCalls || i.calls > onnxpb.MaxNodes {
			return diag.New(catalog.ImportOnnxInline, layer.Quote(n.Op))
		}
		inner := &call{prefix: n.Op + "_" + strconv.Itoa(i.calls) + "/", names: map[string]string{}, attrs: n.Attrs}
		for j, v := range f.Inputs {
			inner.names[v.Name] = ""
			if j < len(n.In) {
				inner.names[v.Name] = n.In[j]
			}
		}
		for j, v := range f.Outputs {
			if j < len(n.Out) && n.Out[j] != "" {
				if _, taken := inner.names[v.Name]; !taken {
					inner.names[v.Name] = n.Out[j]
				}
			}
		}
		if err := i.body(f.Nodes, inner, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// A call is one use of a function: what its names and attributes stand for.
type call struct {
	prefix string
	names  map[string]string
	attrs  map[string]*onnxpb.Attr
}

// name is what a name of the function is called here.
func (c *call) name(s string) string {
	if s == "" {
		return s
	}
	if as, ok := c.names[s]; ok {
		return as
	}
	return c.prefix + s
}

// node is a function's node as it is in one call.
func (c *call) node(n *node) *node {
	m := &node{Op: n.Op, Domain: n.Domain, Attrs: map[string]*onnxpb.Attr{}}
	if n.Name != "" {
		m.Name = c.prefix + n.Name
	}
	for _, s := range n.In {
		m.In = append(m.In, c.name(s))
	}
	for _, s := range n.Out {
		m.Out = append(m.Out, c.name(s))
	}
	for name, a := range n.Attrs {
		if a.Ref != "" {
			if a = c.attrs[a.Ref]; a == nil {
				continue
			}
		}
		m.Attrs[name] = a
	}
	return m
}
