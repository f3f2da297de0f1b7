package importer

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// An onnxNet turns the nodes of a model into layers.
type onnxNet struct {
	f      *File
	m      *onnxModel
	order  []*onnxNode // what is still to be a layer
	plan   int         // where the batch of inputs stands
	n      int64       // its size
	values map[string]*onnxValue
	users  map[string][]*onnxNode
	infos  map[string]onnxInfo
	ends   map[string]bool // outputs of the model
	skip   map[*onnxNode]bool

	g      Graph
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
func (c *onnxNet) live(n *onnxNode, i int) *onnxValue {
	if v := c.in(n, i); v != nil && v.konst == nil {
		return v
	}
	return nil
}

// constIn returns the constant at input i, nil if there is none.
func (c *onnxNet) constIn(n *onnxNode, i int) *onnxConst {
	if v := c.in(n, i); v != nil {
		return v.konst
	}
	return nil
}

func (c *onnxNet) in(n *onnxNode, i int) *onnxValue {
	if i >= len(n.in) || n.in[i] == "" {
		return nil
	}
	v := c.values[n.in[i]]
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

// has reports whether a node has an input i at all.
func (n *onnxNode) has(i int) bool { return i < len(n.in) && n.in[i] != "" }

func (n *onnxNode) int(name string, or int64) int64 {
	if a := n.attrs[name]; a != nil {
		return a.i
	}
	return or
}

func (n *onnxNode) float(name string, or float64) string {
	if a := n.attrs[name]; a != nil {
		return strconv.FormatFloat(float64(a.f), 'g', -1, 32)
	}
	return strconv.FormatFloat(or, 'g', -1, 64)
}

func (n *onnxNode) ints(name string) []int64 {
	if a := n.attrs[name]; a != nil {
		return a.ints
	}
	return nil
}

func (n *onnxNode) str(name, or string) string {
	if a := n.attrs[name]; a != nil {
		return a.s
	}
	return or
}

// intsIn returns whole numbers that older opsets have as an attribute and newer
// ones as input i; ok is false if they are there and cannot be told.
func (c *onnxNet) intsIn(n *onnxNode, name string, i int) (v []int64, ok bool) {
	if a := n.attrs[name]; a != nil {
		return a.ints, true
	}
	if !n.has(i) {
		return nil, true
	}
	return c.constIn(n, i).ints()
}

// joinInts writes whole numbers as the stack text does: 2x3.
func joinInts(v []int64) string {
	parts := make([]string, len(v))
	for i, n := range v {
		if parts[i] = strconv.FormatInt(n, 10); n == tensor.Unknown {
			parts[i] = "?"
		}
	}
	return strings.Join(parts, "x")
}

// signedInts is joinInts for numbers that may be −1.
func signedInts(v ...int64) string {
	parts := make([]string, len(v))
	for i, n := range v {
		parts[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(parts, "x")
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

// put puts a layer into the graph and returns what it gives, nil if its rules
// refuse what the file says; the caller then leaves it to opaque.
func (c *onnxNet) put(n *onnxNode, m made) *onnxValue {
	l, err := build(m.kind, m.pairs...)
	if err != nil {
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
	node := Node{Name: c.called(n, m), Layer: l, Inputs: inputs, Keep: l.Kind().Learns && m.kind != "buffer", Note: m.note}
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
			return true // an open shape upstream; what is told agrees by itself
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
		c.merged++
		return ""
	}
	if at, ok := c.byName[donor]; any && ok {
		if d := c.g.Nodes[at].Layer.Kind(); d != k && !(tables[d.Name] && tables[k.Name]) {
			c.merged++
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
func (c *onnxNet) push(n Node, out tensor.Shape) {
	c.byName[n.Name] = len(c.g.Nodes)
	c.shapes[n.Name] = out
	c.g.Nodes = append(c.g.Nodes, n)
}

// called finds a name for a layer: its module's where its weights tell it, else
// its node's, else its output's; each once.
func (c *onnxNet) called(n *onnxNode, m made) string {
	name := ""
	for _, w := range m.weights {
		for _, r := range w.roots {
			if s, ok := moduleName(r.name); ok && name == "" {
				name = s
			}
		}
	}
	if name == "" {
		name = scopeName(n)
	}
	name += m.tail
	base := name
	for {
		if _, taken := c.byName[name]; !taken {
			return name
		}
		c.asked[base]++
		name = base + "-" + strconv.Itoa(c.asked[base]+1)
	}
}

// moduleName takes the tensor's name off a parameter's: features.0.weight.
func moduleName(s string) (string, bool) {
	for _, end := range []string{".weight", ".bias", "_w_0", "_b_0", "_w", "_weight", "_W", "/kernel", "/weight", "/W"} {
		if base, ok := strings.CutSuffix(s, end); ok && base != "" && !strings.Contains(base, "::") {
			return base, true
		}
	}
	return "", false
}

// scopeName makes a module's name of a node's. PyTorch repeats modules on the way
// down: /layer1/layer1.0/conv1/Conv is layer1.0.conv1.
func scopeName(n *onnxNode) string {
	if n.name == "" {
		if len(n.out) > 0 && n.out[0] != "" {
			return n.op + "_" + n.out[0]
		}
		return n.op
	}
	parts := strings.Split(strings.Trim(n.name, "/"), "/")
	if len(parts) < 2 || !strings.HasPrefix(n.name, "/") {
		return n.name
	}
	var path []string
	for _, p := range parts[:len(parts)-1] {
		if k := len(path); k > 0 && strings.HasPrefix(p, path[k-1]+".") {
			path[k-1] = p
			continue
		}
		path = append(path, p)
	}
	last := parts[len(parts)-1]
	if strings.HasPrefix(last, n.op) && (strings.HasPrefix(n.op, "Conv") || n.op == "Gemm") {
		return strings.Join(path, ".")
	}
	return strings.Join(append(path, last), ".")
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
	base := v.base
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
	n := &onnxNode{name: v.name, op: how.kind}
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

// set makes v the value of output i.
func (c *onnxNet) set(n *onnxNode, i int, v *onnxValue) {
	if v != nil && i < len(n.out) && n.out[i] != "" {
		w := *v
		if w.name == "" || w.node != "" {
			w.name = n.out[i]
		}
		c.values[n.out[i]] = &w
	}
}

// needed reports whether output i is used.
func (c *onnxNet) needed(n *onnxNode, i int) bool {
	return i < len(n.out) && n.out[i] != "" && (len(c.users[n.out[i]]) > 0 || c.ends[n.out[i]])
}

// only returns the one node that uses an output, nil if there are others, or if
// it is an output of the model.
func (c *onnxNet) only(name string) *onnxNode {
	if u := c.users[name]; len(u) == 1 && !c.ends[name] {
		return u[0]
	}
	return nil
}

// source makes a layer of a constant that layers compute with, with the extents
// of a sample: a parameter, or a buffer where it is one number or whole ones. What
// is a part of a stored tensor, or computed of several, is that: a layer behind
// the parameter, which is counted whole and once.
func (c *onnxNet) source(n *onnxNode, k *onnxConst, sample []int64) *onnxValue {
	if len(sample) == 0 {
		return nil
	}
	tables := k.tables()
	if k.whole || len(tables) == 0 || !k.float {
		return c.table(n, k, sample)
	}
	shape := tensor.Of(sample...)
	var v *onnxValue
	if p := k.part; p != nil && p.of.whole && len(tables) == 1 {
		whole := c.source(n, p.of, p.of.dims)
		size := p.of.dims[p.at]
		to := p.to
		if to == size {
			to = 0 // up to the end
		}
		v = whole
		if p.from != 0 || to != 0 || p.step != 1 {
			v = c.put(n, made{kind: "slice", in: []*onnxValue{whole}, tail: ".part",
				pairs: []string{"from", itoa(p.from), "to", itoa(to), "step", itoa(p.step), "dim", itoa(int64(p.at + 1))}})
		}
	} else {
		first := &onnxConst{dims: tables[0].dims, float: true, whole: true, roots: tables[:1]}
		v = c.computed(n, c.source(n, first, first.dims), tables[1:], sample)
	}
	if v == nil {
		return nil
	}
	return v.laidOut(n.out[0]+"/const", shape, noBatch, false)
}

// computed is a table that a file computes of stored ones, in ways that are not
// followed here.
func (c *onnxNet) computed(n *onnxNode, first *onnxValue, rest []*onnxStored, sample []int64) *onnxValue {
	if first == nil {
		return nil
	}
	c.opaque["Computed"]++
	var more []tensor.Shape
	var of []*onnxConst
	for _, r := range rest {
		if r.user == "" {
			more = append(more, tensor.Of(folded(r.dims)...))
			of = append(of, &onnxConst{dims: r.dims, whole: true, roots: []*onnxStored{r}})
		}
	}
	weights := layer.TensorsOf(more...)
	return c.put(n, made{kind: "opaque", in: []*onnxValue{first}, weights: of, tail: ".computed",
		pairs: []string{"type", "Computed", "weights", weights.Text(), "buffers", "none", "macs", "0", "out", joinInts(sample)}})
}

// table makes a layer of a constant as it is.
func (c *onnxNet) table(n *onnxNode, k *onnxConst, sample []int64) *onnxValue {
	kind := "param"
	if !k.float || elementsOf(k.dims).Cmp(one) <= 0 {
		kind = "buffer"
	}
	shape := tensor.Of(sample...)
	for _, r := range k.roots {
		if at, ok := c.byName[r.user]; ok && len(k.roots) == 1 && k.whole && c.g.Nodes[at].Layer.Kind().Source {
			have := c.shapes[r.user]
			v := &onnxValue{node: r.user, sample: have, batch: noBatch}
			if have.Equal(shape) {
				return v
			}
			return v.laidOut(n.out[0]+"/"+r.name, shape, noBatch, false)
		}
	}
	use := *k
	if len(k.roots) == 0 || !k.whole {
		// Made out of nothing, or of single numbers: as large as it is.
		use.whole, use.roots = true, []*onnxStored{{dims: k.dims, float: k.float}}
		for _, r := range k.roots {
			r.used = true
		}
	}
	name := scopeName(n) + "_const"
	if len(k.roots) == 1 && k.roots[0].name != "" {
		name = k.roots[0].name
	}
	return c.put(&onnxNode{name: name, op: kind}, made{kind: kind, pairs: []string{"shape", joinInts(sample)}, weights: []*onnxConst{&use}})
}

// opaque makes a layer that has no rules here: with the weights that the file
// declares for it and the shape it says.
func (c *onnxNet) opaqueNode(n *onnxNode) {
	c.opaque[n.op]++
	var in []*onnxValue
	var weights, buffers []tensor.Shape
	var held []*onnxConst
	for i := range n.in {
		v := c.in(n, i)
		switch {
		case v == nil:
		case v.konst == nil:
			if s := c.settle(v); s != nil {
				in = append(in, s)
			} else if b := v.base; b != nil {
				in = append(in, b)
			}
		default:
			held = append(held, v.konst)
		}
	}
	held = append(held, c.inside(n, 0)...)
	for _, k := range held {
		for _, r := range k.roots {
			r.used = true
			if r.user != "" || r.scale || r.elements().IsZero() && len(r.dims) > 0 {
				continue
			}
			switch many := r.elements().Cmp(one) > 0; {
			case many && (r.float || r.byte && n.domain != ""):
				weights = append(weights, tensor.Of(folded(r.dims)...))
				r.user = "?"
			case r.float:
				buffers = append(buffers, tensor.Of(folded(r.dims)...))
				r.user = "?"
			}
		}
	}
	for i := range n.out {
		if i > 0 && !c.needed(n, i) || n.out[i] == "" {
			continue
		}
		info, told := c.infos[n.out[i]]
		v := &onnxValue{name: n.out[i], batch: noBatch}
		pairs := []string{"type", wordOf(n.op)}
		if told {
			c.fits(v, info, in)
		} else if i == 0 {
			c.follows(n, v)
		}
		if len(in) == 0 {
			// Nothing enters: a table of random numbers, a constant too large to compute.
			c.set(n, i, &onnxValue{konst: &onnxConst{dims: info.dims, float: isFloat(info.typ), made: true, roots: rootsOf(held)}})
			continue
		}
		if v.sample != nil && len(v.sample) <= layer.MaxRank && len(v.sample) > 0 && !slices.ContainsFunc(v.sample, func(d tensor.Dim) bool { return d.N == 0 }) {
			dims := v.dims(0)
			if v.batch >= 0 {
				dims = slices.Delete(dims, v.batch, v.batch+1)
			}
			pairs = append(pairs, "out", joinInts(dims))
		}
		if multiplies[n.op] || len(weights) > 0 || n.domain != "" {
			// Not told.
		} else {
			pairs = append(pairs, "macs", "0")
		}
		w, b := layer.TensorsOf(weights...), layer.TensorsOf(buffers...)
		pairs = append(pairs, "weights", w.Text(), "buffers", b.Text())
		l, err := build("opaque", pairs...)
		if err != nil { // absurd sizes: what can be told is that something is there
			l, _ = build("opaque", "type", wordOf(n.op))
		}
		name := c.called(n, made{})
		node := Node{Name: name, Layer: l, Keep: len(weights) > 0}
		for _, v := range in {
			node.Inputs = append(node.Inputs, v.node)
		}
		var out tensor.Shape
		if r, d := layer.Apply(l, nil); d == nil {
			out = r.Out
		}
		c.push(node, out)
		for _, k := range held {
			for _, r := range k.roots {
				if r.user == "?" {
					r.user = name
				}
			}
		}
		v.node, v.sample = name, out
		if out == nil {
			v.batch = noBatch
		}
		c.set(n, i, v)
		weights, buffers = nil, nil
	}
}

// fits gives a value the shape that the file says, the batch at the place where
// an input has it.
func (c *onnxNet) fits(v *onnxValue, info onnxInfo, in []*onnxValue) {
	dims := info.dims
	for _, x := range in {
		if p := x.batch; p >= 0 && p < len(dims) && (dims[p] == c.n || dims[p] < 0) && v.batch == noBatch {
			v.batch = p
			dims = slices.Delete(slices.Clone(dims), p, p+1)
		}
	}
	v.sample = tensor.Of(dims...)
}

func rootsOf(held []*onnxConst) []*onnxStored {
	var all []*onnxStored
	for _, k := range held {
		for _, r := range k.roots {
			if !slices.Contains(all, r) {
				all = append(all, r)
			}
		}
	}
	return all
}

// folded makes dims short enough for a stack text: the first extents as one.
func folded(dims []int64) []int64 {
	for len(dims) > layer.MaxRank {
		n := num.Of(dims[0]).Times(dims[1])
		one, ok := n.Int64()
		if !ok || one > num.MaxExtent {
			return []int64{tensor.Unknown}
		}
		dims = append([]int64{one}, dims[2:]...)
	}
	return dims
}

// wordOf is an operator's name as a stack text can hold it.
func wordOf(op string) string {
	w := layer.WordOf(op)
	return w.Text()
}

// inside returns the tensors that graphs in a node's attributes hold, and those
// of the model that they use.
func (c *onnxNet) inside(n *onnxNode, nest int) []*onnxConst {
	var all []*onnxConst
	for _, name := range slices.Sorted(maps.Keys(n.attrs)) {
		a := n.attrs[name]
		if a.g == nil || nest > mostOnnxNest {
			continue
		}
		for _, t := range a.g.stored {
			all = append(all, c.keep(t, false))
		}
		for _, m := range a.g.nodes {
			if t := m.attrs["value"]; m.op == "Constant" && t != nil && t.t != nil {
				all = append(all, c.keep(t.t, true))
			}
			for _, in := range m.in {
				if v := c.values[in]; v != nil && v.konst != nil {
					all = append(all, v.konst)
				}
			}
			all = append(all, c.inside(m, nest+1)...)
		}
	}
	return all
}

// keep makes a constant of a stored tensor.
func (c *onnxNet) keep(t *onnxTensor, constant bool) *onnxConst {
	s := &onnxStored{name: t.name, dims: t.dims, float: isFloat(t.typ), byte: isByte(t.typ), constant: constant}
	c.stored = append(c.stored, s)
	return &onnxConst{dims: t.dims, data: t.data(c.f), float: s.float, roots: []*onnxStored{s}, whole: true}
}
