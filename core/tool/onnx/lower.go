package onnx

import (
	"maps"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// A lowering converts the nodes of a network to layers, in order. It knows the
// shape of every value, so it also folds what follows from shapes.
type lowering struct {
	network
	graph.Builder
	demand
	values   map[string]*value
	asked    map[string]int // the number that may make a name another next
	absorbed map[*node]bool // nodes that are part of the layer before them
	batch    batch
	owners   map[*stored]string // the layer that declares a tensor
	options  map[*stored]bool   // tensors that state how a layer works
	counts   counts
}

// A batch is how many samples enter the network, and where that is written.
type batch struct {
	plan    int   // the dimension of the inputs that is the batch; noBatch
	size    int64 // samples
	assumed bool  // it is not known, and taken to be one
}

// counts are the figures of notes.
type counts struct {
	opaque map[string]int // how many of each operator have no layer here
	folded map[string]int // how many of each were left out
	states int            // first states that are outputs of other layers
	merged int            // layers that have tensors of others in part
}

// plans are the places where the batch may be in what enters the network: first,
// as nearly always; second, as recurrent layers have it; or nowhere, where the
// whole tensor is the sample.
var plans = []int{0, 1, noBatch}

// lower makes layers of a network, with the batch where fewest of them are opaque.
func lower(f *source.File, g network) (*lowering, error) {
	var best *lowering
	for _, plan := range plans {
		l := newLowering(g, plan)
		if err := l.all(f); err != nil {
			return nil, err
		}
		if best == nil || l.opaqueLayers() < best.opaqueLayers() {
			best = l
		}
		if best.opaqueLayers() == 0 {
			break
		}
	}
	return best, nil
}

func newLowering(g network, plan int) *lowering {
	g.scales, g.stated = maps.Clone(g.scales), maps.Clone(g.stated)
	l := &lowering{
		network: g, Builder: graph.NewBuilder(), demand: g.demand(), values: map[string]*value{}, asked: map[string]int{},
		absorbed: map[*node]bool{}, batch: batch{plan: plan, size: 1},
		owners: map[*stored]string{}, options: map[*stored]bool{},
		counts: counts{opaque: map[string]int{}, folded: map[string]int{}},
	}
	for name, k := range g.consts {
		l.values[name] = &value{name: name, fixed: k}
	}
	return l
}

// opaqueLayers returns how many layers are opaque.
func (l *lowering) opaqueLayers() int {
	n := 0
	for _, k := range l.counts.opaque {
		n += k
	}
	return n
}

func (l *lowering) all(f *source.File) error {
	for i, v := range l.inputs {
		l.input(v, i == 0)
	}
	for i, n := range l.nodes {
		if i%256 == 0 {
			if err := f.Progress(1); err != nil {
				return err
			}
		}
		if len(l.Graph.Nodes) > 4*source.MaxNodes {
			return diag.New(catalog.ImportTooManyNodes, len(l.Graph.Nodes), source.MaxNodes)
		}
		conversion{l, n}.run()
	}
	return nil
}

// A draft is a layer that is to be added.
type draft struct {
	layer   layer.Layer // nil: its rules refuse what the file states
	in      []*value
	weights []*constant // what it declares, to the unit
	tail    string      // after the name, if a node becomes several layers
	note    string
}

// layerOf returns a layer with what set writes into it, nil if its kind has no
// such layer.
func layerOf[L layer.Layer](k layer.Typed[L], set func(L)) layer.Layer {
	l, err := k.With(set)
	if err != nil {
		return nil
	}
	return l
}

// emit adds a layer for a node and returns its output, nil if its rules refuse
// what the file states.
func (l *lowering) emit(n *node, d draft) *value {
	if d.layer == nil {
		return nil
	}
	kind := d.layer.Kind()
	if len(d.in) == 0 && kind.Takes != layer.TakesNone {
		return nil
	}
	shapes := make([]tensor.Shape, len(d.in))
	inputs := make([]string, len(d.in))
	sized := true
	for i, v := range d.in {
		if v = l.settle(v); v == nil {
			return nil
		}
		inputs[i], shapes[i] = v.node, v.sample
		sized = sized && v.sample != nil
	}
	if kind.Takes == layer.TakesNone {
		sized, shapes = true, nil
	}
	var out tensor.Shape
	if !sized && kind.Learns {
		return nil // how much it declares may depend on what enters: the file states it
	}
	if sized {
		r, problem := layer.Apply(d.layer, shapes)
		if problem != nil && problem.Severity == diag.Error || kind.Learns && !declares(r.Weights, d.weights, l.scales) {
			return nil
		}
		out = r.Out
	}
	added := graph.Node{Name: l.freeName(n, d), Layer: d.layer, Inputs: inputs, Note: d.note}
	added.Keep = kind.Learns && !layer.BufferKind.Is(d.layer)
	added.Shares = l.claim(added.Name, kind, d.weights)
	l.Push(added, out)
	v := &value{node: added.Name, sample: out, batch: noBatch}
	if len(d.in) > 0 {
		v.batch, v.lost = d.in[0].batch, d.in[0].lost
	}
	return v
}

// assign writes down what a name means.
func (l *lowering) assign(name string, v *value) { graph.Put(&l.Builder, l.values, name, v) }

// count counts an operator that was left out or is opaque.
func (l *lowering) count(of map[string]int, op string) { graph.Put(&l.Builder, of, op, of[op]+1) }
