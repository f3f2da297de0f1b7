package onnx

import (
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
)

// mostCalls is how deep functions of a file may use each other.
const mostCalls = 16

// inlined returns the nodes of a model with every call of one of its functions
// replaced by what the function does (onnx/docs/IR.md, "Functions").
func (m *onnxModel) inlined() ([]*onnxNode, error) {
	if len(m.funcs) == 0 {
		return m.graph.nodes, nil
	}
	i := inliner{m: m}
	err := i.body(m.graph.nodes, nil, 0)
	return i.nodes, err
}

type inliner struct {
	m     *onnxModel
	nodes []*onnxNode
	calls int
}

// A call is one use of a function: what its names stand for.
type call struct {
	prefix string
	names  map[string]string
	attrs  map[string]*onnxAttr
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

func (i *inliner) body(nodes []*onnxNode, k *call, depth int) error {
	for _, n := range nodes {
		if len(i.nodes) > mostOnnxNodes {
			return diag.New(catalog.ImportTooManyNodes, len(i.nodes), mostOnnxNodes)
		}
		n = k.node(n)
		f := i.m.funcs[n.domain+"/"+n.op]
		if f == nil {
			i.nodes = append(i.nodes, n)
			continue
		}
		if i.calls++; depth == mostCalls || i.calls > mostOnnxNodes {
			return diag.New(catalog.ImportOnnxInline, layer.Quote(n.op))
		}
		inner := &call{prefix: n.op + "_" + strconv.Itoa(i.calls) + "/", names: map[string]string{}, attrs: n.attrs}
		for j, v := range f.inputs {
			inner.names[v.name] = ""
			if j < len(n.in) {
				inner.names[v.name] = n.in[j]
			}
		}
		for j, v := range f.outputs {
			if j < len(n.out) && n.out[j] != "" {
				if _, taken := inner.names[v.name]; !taken {
					inner.names[v.name] = n.out[j]
				}
			}
		}
		if err := i.body(f.nodes, inner, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// node is a function's node as it is in one call.
func (k *call) node(n *onnxNode) *onnxNode {
	if k == nil {
		return n
	}
	m := &onnxNode{name: k.prefix + n.name, op: n.op, domain: n.domain, attrs: map[string]*onnxAttr{}}
	if n.name == "" {
		m.name = ""
	}
	for _, s := range n.in {
		m.in = append(m.in, k.name(s))
	}
	for _, s := range n.out {
		m.out = append(m.out, k.name(s))
	}
	for name, a := range n.attrs {
		if a.ref != "" {
			if a = k.attrs[a.ref]; a == nil {
				continue
			}
		}
		m.attrs[name] = a
	}
	return m
}
