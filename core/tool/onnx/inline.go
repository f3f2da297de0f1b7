package onnx

import (
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tool/onnx/onnxpb"
	"paramstack/core/tool/source"
)

// maxCalls is how deep functions of a file may use each other.
const maxCalls = 16

// inline returns the nodes of a model with every call of one of its functions
// replaced by what the function does (onnx/docs/IR.md, "Functions").
func inline(m *onnxpb.Model, budget *source.Budget) ([]*node, error) {
	if len(m.Funcs) == 0 {
		return m.Graph.Nodes, nil
	}
	i := inliner{funcs: m.Funcs, budget: budget}
	err := i.body(m.Graph.Nodes, 0)
	return i.nodes, err
}

type inliner struct {
	funcs map[string]*onnxpb.Graph
	nodes []*node
	calls int
	// budget of the file: functions that call each other are as many as two to the power
	// of their depth, with names of any length.
	budget *source.Budget
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
		if err := i.budget.Spend(catalog.MadeNames, sizeOf(f, len(n.Op)+prefixSize)); err != nil {
			return err
		}
		if err := i.body(i.call(f, n).Nodes, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// What a copy of a node, and the number in a prefix, take beside names, in bytes.
const (
	nodeSize   = 256
	prefixSize = 12
)

// sizeOf returns about how many bytes a copy of a graph takes whose names have a
// prefix of so many.
func sizeOf(g *onnxpb.Graph, prefix int) int {
	size := nodeSize
	name := func(s string) { size += len(s) + prefix }
	for _, list := range [][]onnxpb.Info{g.Inputs, g.Outputs, g.Infos} {
		for _, v := range list {
			size += nodeSize / 4
			name(v.Name)
		}
	}
	for _, t := range g.Stored {
		size += nodeSize / 2
		name(t.Name)
	}
	for _, n := range g.Nodes {
		size += nodeSize
		name(n.Name)
		for _, list := range [][]string{n.In, n.Out} {
			for _, s := range list {
				name(s)
			}
		}
		for _, a := range n.Attrs {
			if size += nodeSize / 4; a.Graph != nil {
				size += sizeOf(a.Graph, prefix)
			}
		}
	}
	return size
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
