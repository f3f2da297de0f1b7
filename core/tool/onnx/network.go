package onnx

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tool/onnx/onnxpb"
	"paramstack/core/tool/source"
)

type node = onnxpb.Node

// A network is what a pass takes and returns: the nodes, and the values that do not
// depend on what enters. No pass changes its argument.
type network struct {
	opset   int64
	nodes   []*node
	inputs  []onnxpb.Info // what enters
	outputs []onnxpb.Info
	infos   []onnxpb.Info          // values between them, as the file states them
	stated  map[string]onnxpb.Info // the shapes that the file states
	consts  map[string]*constant
	storage
	read int // nodes that the file has
}

// A storage is how a file stores its weights.
type storage struct {
	scales      map[*stored]bool // tensors that state how others are stored
	initialized bool             // it has tables of real numbers as initializers, that are no options
	light       bool             // its weights were replaced by numbers that are repeated
	guessed     int              // inputs taken for weights
}

// A pass makes one network of another.
type pass struct {
	name string
	run  func(network) (network, error)
}

// passes run, in order, before nodes become layers.
var passes = []pass{{"order", order}, {"weigh", weigh}, {"fold", fold}, {"fuse", fuse}}

// networkOf makes a network of a model: the calls of its functions are inlined.
func networkOf(m *onnxpb.Model, budget *source.Budget) (network, error) {
	g := network{opset: m.Opset, read: len(m.Graph.Nodes), outputs: m.Graph.Outputs, infos: m.Graph.Infos,
		stated: map[string]onnxpb.Info{}, consts: map[string]*constant{}, storage: storage{scales: map[*stored]bool{}}}
	for _, list := range [][]onnxpb.Info{m.Graph.Infos, m.Graph.Inputs, m.Graph.Outputs} {
		for _, v := range list {
			if v.Dims != nil {
				g.stated[v.Name] = v
			}
		}
	}
	for _, t := range m.Graph.Stored {
		g.consts[t.Name] = constantOf(t, t.Name)
	}
	for _, v := range m.Graph.Inputs {
		if g.consts[v.Name] == nil {
			g.inputs = append(g.inputs, v)
		}
	}
	var err error
	g.nodes, err = inline(m, budget)
	return g, err
}

// A demand is who uses each value.
type demand struct {
	users    map[string][]*node // also those whose inner graphs do
	returned map[string]bool    // by the network
}

func (g network) demand() demand {
	d := demand{map[string][]*node{}, map[string]bool{}}
	for _, n := range g.nodes {
		for _, in := range n.Uses() {
			d.users[in] = append(d.users[in], n)
		}
	}
	for _, v := range g.outputs {
		d.returned[v.Name] = true
	}
	return d
}

// only returns the one node that uses a value, nil if there are others, or if the
// network returns it.
func (d demand) only(name string) *node {
	if u := d.users[name]; len(u) == 1 && !d.returned[name] {
		return u[0]
	}
	return nil
}

// needs reports whether anything uses a value.
func (d demand) needs(name string) bool { return len(d.users[name]) > 0 || d.returned[name] }

// constants returns the inputs of a node, nil for those that are not constant, or
// left out.
func (g network) constants(n *node) []*constant {
	in := make([]*constant, len(n.In))
	for i, name := range n.In {
		in[i] = g.consts[name]
	}
	return in
}

// numbersIn returns whole numbers that older opsets have as an attribute and newer
// ones as an input, k; ok is false if they are there and not known.
func numbersIn(n *node, name string, i int, k *constant) (v []int64, ok bool) {
	if a := n.Attrs[name]; a != nil {
		return a.Ints, true
	}
	if !n.Has(i) {
		return nil, true
	}
	return k.ints()
}

func tooManyNodes(n int) error {
	return diag.New(catalog.ImportTooManyNodes, n, onnxpb.MaxNodes)
}
