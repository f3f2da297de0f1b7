package onnx

import (
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tool/onnx/onnxpb"
)

// mostCalls is how deep functions of a file may use each other.
const mostCalls = 16

// inlined returns the nodes of a model with every call of one of its functions
// replaced by what the function does (onnx/docs/IR.md, "Functions").
func inlined(m *onnxpb.Model) ([]*onnxpb.Node, error) {
	if len(m.Funcs) == 0 {
		return m.Graph.Nodes, nil
	}
	i := inliner{m: m}
	err := i.body(m.Graph.Nodes, nil, 0)
	return i.nodes, err
}

type inliner struct {
	m     *onnxpb.Model
	nodes []*onnxpb.Node
	calls int
}

// A call is one use of a function: what its names stand for.
type call struct {
	prefix string
	names  map[string]string
	attrs  map[string]*onnxpb.Attr
}

func (k *call) name(s string) string {
	if k == nil || s == "" {
		return s
	}
	if as, ok := k.names[s]; ok {
		return as
	}
	return k.prefix + s
}

func (i *inliner) body(nodes []*onnxpb.Node, k *call, depth int) error {
	for _, n := range nodes {
		if len(i.nodes) > onnxpb.MaxNodes {
			return diag.New(catalog.ImportTooManyNodes, len(i.nodes), onnxpb.MaxNodes)
		}
		n = k.node(n)
		f := i.m.Funcs[n.Domain+"/"+n.Op]
		if f == nil {
			i.nodes = append(i.nodes, n)
			continue
		}
		if i.calls++; depth == mostCalls || i.calls > onnxpb.MaxNodes {
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

// node is a function's node as it is in one call.
func (k *call) node(n *onnxpb.Node) *onnxpb.Node {
	if k == nil {
		return n
	}
	m := &onnxpb.Node{Name: k.prefix + n.Name, Op: n.Op, Domain: n.Domain, Attrs: map[string]*onnxpb.Attr{}}
	if n.Name == "" {
		m.Name = ""
	}
	for _, s := range n.In {
		m.In = append(m.In, k.name(s))
	}
	for _, s := range n.Out {
		m.Out = append(m.Out, k.name(s))
	}
	for name, a := range n.Attrs {
		if a.Ref != "" {
			if a = k.attrs[a.Ref]; a == nil {
				continue
			}
		}
		m.Attrs[name] = a
	}
	return m
}
