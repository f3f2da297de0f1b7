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
	err := i.body(m.Graph.Nodes, 0)
	return i.nodes, err
}

type inliner struct {
	funcs map[string]*onnxpb.Graph
	nodes []*node
	calls int
}

func (i *inliner) body(nodes []*node, depth int) error {
	for _, n := range nodes {
		if len(i.nodes) > onnxpb.MaxNodes {
			return tooManyNodes(len(i.nodes))
		}
		f := i.funcs[n.Domain+"/"+n.Op]
		if f == nil {
			i.nodes = append(i.nodes, n)
			continue
		}
		if i.calls++; depth == maxCalls || i.calls > onnxpb.MaxNodes {
			return diag.New(catalog.ImportOnnxInline, layer.Quote(n.Op))
		}
		if err := i.body(i.call(f, n).Nodes, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// call is a function as it is in one call: what its names and attributes mean.
func (i *inliner) call(f *onnxpb.Graph, n *node) *onnxpb.Graph {
	as := map[string]string{}
	for j, v := range f.Inputs {
		as[v.Name] = ""
		if j < len(n.In) {
			as[v.Name] = n.In[j]
		}
	}
	for j, v := range f.Outputs {
		if j < len(n.Out) && n.Out[j] != "" {
			if _, taken := as[v.Name]; !taken {
				as[v.Name] = n.Out[j]
			}
		}
	}
	prefix := n.Op + "_" + strconv.Itoa(i.calls) + "/"
	return renaming{prefix: prefix, attrs: n.Attrs, value: func(s string) string {
		if name, ok := as[s]; ok {
			return name
		}
		return prefix + s
	}}.graph(f)
}
