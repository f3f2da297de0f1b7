package onnx

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/onnx/onnxpb"
	"paramstack/core/tool/source"
)

// An onnxNet turns the nodes of a model into layers.
type onnxNet struct {
	f      *source.File
	m      *onnxpb.Model
	order  []*onnxpb.Node // what is still to be a layer
	plan   int            // where the batch of inputs stands
	n      int64          // its size
	values map[string]*onnxValue
	users  map[string][]*onnxpb.Node
	infos  map[string]onnxpb.Info
	ends   map[string]bool // outputs of the model
	skip   map[*onnxpb.Node]bool

	g      graph.Graph
	byName map[string]int          // of the graph's nodes
	asked  map[string]int          // how often a name was taken
	shapes map[string]tensor.Shape // that the graph's nodes
	undo   []func()
	stored []*onnxStored

	opaque  map[string]int // how many of each operator have no layer here
	folded  map[string]int // how many of each were left out
	assumed bool           // the batch is not told, and taken to be one
	guess   int            // inputs taken for weights
	states  int            // first states that other layers give
	merged  int            // stored tensors that several layers use as their own
}

// live returns a value that a layer gives, nil if there is none at input i.
func (c *onnxNet) live(n *onnxpb.Node, i int) *onnxValue {
	if v := c.in(n, i); v != nil && v.konst == nil {
		return v
	}
	return nil
}

// constIn returns the constant at input i, nil if there is none.
func (c *onnxNet) constIn(n *onnxpb.Node, i int) *onnxConst {
	if v := c.in(n, i); v != nil {
		return v.konst
	}
	return nil
}

func (c *onnxNet) in(n *onnxpb.Node, i int) *onnxValue {
	if i >= len(n.In) || n.In[i] == "" {
		return nil
	}
	v := c.values[n.In[i]]
	if v != nil && v.konst == nil && v.sample == nil && v.node != "" {
		if s := c.shapes[v.node]; s != nil { // told by a layer behind it
			v.sample, v.batch = s, 0
		}
	}
	return v
}

// learn writes down the shape of a value that only the layer behind it tells: an
// image that something unknown here made, for a convolution with its kernel.
func (c *onnxNet) learn(v *onnxValue, channels int64, dims int) {
	sample := make(tensor.Shape, dims+1)
	for i := range sample {
		sample[i].N = tensor.Unknown
	}
	sample[0].N = channels
	for name := v.node; v.sample == nil && name != ""; {
		at := c.byName[name]
		l := c.g.Nodes[at].Layer
		switch k := l.Kind(); {
		case c.shapes[name] != nil:
			return
		case k == layer.ByName("opaque"):
			told, d := layer.With(l, k.Field("out"), strings.ReplaceAll(sample.String(), "×", "x"))
			if d != nil {
				return
			}
			c.g.Nodes[at].Layer = told
			c.shapes[name] = sample
			v.sample, v.batch = sample, 0
			return
		case k.Group == layer.GroupActivation && len(c.g.Nodes[at].Inputs) == 1:
			defer func() {
				if v.sample != nil {
					c.shapes[name] = sample
				}
			}()
			name = c.g.Nodes[at].Inputs[0]
		default:
			return
		}
	}
}

func realText(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// intsIn returns whole numbers that older opsets have as an attribute and newer
// ones as input i; ok is false if they are there and cannot be told.
func (c *onnxNet) intsIn(n *onnxpb.Node, name string, i int) (v []int64, ok bool) {
	if a := n.Attrs[name]; a != nil {
		return a.Ints, true
	}
	if !n.Has(i) {
		return nil, true
	}
	return c.constIn(n, i).ints()
}

// A made is a layer to be put into the graph.
type made struct {
	kind    string
	pairs   []string
	in      []*onnxValue
	weights []*onnxConst // what it declares, to the unit
	tail    string       // behind the name, where a node becomes several layers
	note    string
}

// told is x with an extent of its sample that only the layer behind it tells: a
// matrix knows how long the rows are that it multiplies.
func (c *onnxNet) told(x *onnxValue, at int, n int64) *onnxValue {
	if x.sample == nil || at < 0 || at >= len(x.sample) || x.sample[at].Known() || n < 1 {
		return x
	}
	sample := slices.Clone(x.sample)
	sample[at].N = n
	if v := x.laidOut(x.name+"/told", sample, x.batch, x.lost); c.settle(v) != nil {
		return v
	}
	return x
}

// put puts a layer into the graph and returns what it gives, nil if its rules
// refuse what the file says; the caller then leaves it to opaque.
func (c *onnxNet) put(n *onnxpb.Node, m made) *onnxValue {
	l, err := graph.Build(m.kind, m.pairs...)
	if err != nil || len(m.in) == 0 && !l.Kind().Source {
		return nil
	}
	shapes := make([]tensor.Shape, len(m.in))
	inputs := make([]string, len(m.in))
	known := true
	for i, v := range m.in {
		if v = c.settle(v); v == nil {
			return nil
		}
		inputs[i], shapes[i] = v.node, v.sample
		known = known && v.sample != nil
	}
	var out tensor.Shape
	if !known && l.Kind().Learns && !l.Kind().Source {
		return nil // how much it declares may depend on what enters: the file tells it
	}
	if known || l.Kind().Source {
		if l.Kind().Source {
			shapes = nil
		}
		r, d := layer.Apply(l, shapes)
		if d != nil && d.Severity == diag.Error || l.Kind().Learns && !declares(r.Weights, m.weights) {
			return nil
		}
		out = r.Out
	}
	node := graph.Node{Name: c.called(n, m), Layer: l, Inputs: inputs, Keep: l.Kind().Learns && m.kind != "buffer", Note: m.note}
	node.Shares = c.claim(node.Name, l.Kind(), m.weights)
	c.push(node, out)
	v := &onnxValue{node: node.Name, sample: out, batch: noBatch}
	if len(m.in) > 0 {
		v.batch, v.lost = m.in[0].batch, m.in[0].lost
	}
	return v
}

// declares reports whether what a layer declares has as many elements as what the
// file holds for it. Counters are PyTorch's alone.
func declares(weights []layer.Weight, of []*onnxConst) bool {
	var have, want num.Int
	for _, w := range weights {
		if w.Class == layer.ClassCounter {
			continue
		}
		n, ok := w.Count()
		if !ok {
			return false // an open shape upstream: the file tells it, the layer could not
		}
		have = have.Add(n)
	}
	for _, k := range of {
		if !k.whole && len(k.tables()) <= 1 { // a part of what is stored, or scaled by a number
			want = want.Add(elementsOf(k.dims))
			continue
		}
		for _, r := range k.roots {
			if !r.scale {
				want = want.Add(r.elements())
			}
		}
	}
	return have.Cmp(want) == 0
}

// claim notes which layer has which stored tensors, and returns the layer that
// had all of them before, whose weights it shares.
func (c *onnxNet) claim(node string, k *layer.Kind, of []*onnxConst) string {
	donor, all, any := "", true, false
	var fresh []*onnxStored
	for _, w := range of {
		for _, r := range w.roots {
			switch {
			case r.scale || !w.whole:
				all = all && w.whole
			case r.user == "":
				all = false
				fresh = append(fresh, r)
			default:
				any = true
				if donor == "" {
					donor = r.user
				}
				all = all && r.user == donor
			}
			r.used = true
		}
	}
	for _, r := range fresh {
		r := r
		r.user = node
		c.undo = append(c.undo, func() { r.user = "" })
	}
	if any && !(all && !k.Source) {
		c.merge()
		return ""
	}
	if at, ok := c.byName[donor]; any && ok {
		if d := c.g.Nodes[at].Layer.Kind(); d != k && !(tables[d.Name] && tables[k.Name]) {
			c.merge()
			return ""
		}
		return donor
	}
	return ""
}

// tables are kinds whose weights may be one: the words of a language model are
// looked up in the matrix that also gives the answer.
var tables = map[string]bool{"embedding": true, "linear": true}

// push appends a node.
func (c *onnxNet) push(n graph.Node, out tensor.Shape) {
	c.byName[n.Name] = len(c.g.Nodes)
	c.shapes[n.Name] = out
	c.g.Nodes = append(c.g.Nodes, n)
}

// settle makes sure that a value is what a layer of the graph gives, and returns
// it; nil if no layer can lay it out so.
func (c *onnxNet) settle(v *onnxValue) *onnxValue {
	if v == nil || v.konst != nil {
		return nil
	}
	if v.node != "" {
		return v
	}
	base := c.settle(v.base)
	if base == nil {
		return nil
	}
	if base.sample.Equal(v.sample) {
		c.named(v, base.node)
		return v
	}
	if base.sample == nil || v.sample == nil {
		return nil
	}
	how, ok := relayOf(base.sample, v.sample, v.ones)
	if !ok {
		return nil
	}
	n := &onnxpb.Node{Name: v.name, Op: how.kind}
	w := c.put(n, made{kind: how.kind, pairs: how.pairs, in: []*onnxValue{base}})
	if w == nil || !w.sample.Equal(v.sample) && v.sample.Known() {
		return nil
	}
	c.named(v, w.node)
	v.sample = w.sample
	return v
}

// named writes down which layer gives a value.
func (c *onnxNet) named(v *onnxValue, node string) {
	c.undo = append(c.undo, func() { v.node = "" })
	v.node = node
}

// try does f, and takes back what it put into the graph if it fails.
func (c *onnxNet) try(f func() bool) bool {
	nodes, undo := len(c.g.Nodes), len(c.undo)
	if f() {
		return true
	}
	for _, n := range c.g.Nodes[nodes:] {
		delete(c.byName, n.Name)
		delete(c.shapes, n.Name)
	}
	c.g.Nodes = c.g.Nodes[:nodes]
	for i := len(c.undo) - 1; i >= undo; i-- {
		c.undo[i]()
	}
	c.undo = c.undo[:undo]
	return false
}

// assign writes down what a name stands for.
func (c *onnxNet) assign(name string, v *onnxValue) {
	old := c.values[name]
	c.undo = append(c.undo, func() { c.values[name] = old })
	c.values[name] = v
}

// tally counts an operator that was left out or is opaque.
func (c *onnxNet) tally(of map[string]int, op string) {
	of[op]++
	c.undo = append(c.undo, func() {
		if of[op]--; of[op] == 0 {
			delete(of, op)
		}
	})
}

// merge counts a layer that has tensors of others in part.
func (c *onnxNet) merge() {
	c.merged++
	c.undo = append(c.undo, func() { c.merged-- })
}

// set makes v the value of output i.
func (c *onnxNet) set(n *onnxpb.Node, i int, v *onnxValue) {
	if v != nil && i < len(n.Out) && n.Out[i] != "" {
		w := *v
		if w.name == "" || w.node != "" {
			w.name = n.Out[i]
		}
		c.assign(n.Out[i], &w)
	}
}

// needed reports whether output i is used.
func (c *onnxNet) needed(n *onnxpb.Node, i int) bool {
	return i < len(n.Out) && n.Out[i] != "" && (len(c.users[n.Out[i]]) > 0 || c.ends[n.Out[i]])
}

// only returns the one node that uses an output, nil if there are others, or if
// it is an output of the model.
func (c *onnxNet) only(name string) *onnxpb.Node {
	if u := c.users[name]; len(u) == 1 && !c.ends[name] {
		return u[0]
	}
	return nil
}
