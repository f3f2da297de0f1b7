package trace

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/pysource/eval"
)

// A recorder writes what a forward pass does into a graph. There is one while the
// chosen network runs on its input, and none while the program itself runs.
type recorder struct {
	b       *graph.Builder
	paths   map[*eval.Object]string // of modules, from the network
	within  []string                // the modules that are running
	owners  map[*storage]string     // the node that has a storage's numbers
	nodes   map[*eval.Object]string // the node of a leaf's first use
	lines   map[string]eval.Place   // where a node was made
	opaque  map[string]bool
	strange map[string]bool // functions that are unknown
	samples int64           // of the batch
}

// record adds a node for a layer, and returns out as its value. The shape of out is
// PyTorch's; a layer that gives another becomes opaque.
func (p *Program) record(name string, l layer.Layer, out *Tensor, from ...*Tensor) *Tensor {
	r := p.rec
	if r == nil || !anyLive(from) {
		return out
	}
	var inputs []string
	for _, t := range from {
		inputs = append(inputs, p.nodeOf(t))
	}
	return p.put(graph.Node{Name: r.name(name), Layer: l, Inputs: inputs}, out)
}

func anyLive(ts []*Tensor) bool {
	return slices.ContainsFunc(ts, func(t *Tensor) bool { return t != nil && (t.live() || t.store != nil) })
}

// put adds a node and makes out its value.
// What becomes opaque keeps the weights of own, or else those that its layer declares.
func (p *Program) put(n graph.Node, out *Tensor, own ...*storage) *Tensor {
	r := p.rec
	want := out.shape()
	if len(want) == 0 && n.Layer == nil { // one number, which the stack has as a vector
		want = tensor.Of(1)
	}
	if l := n.Layer; l != nil {
		got := r.applied(l, n.Inputs)
		joins := l.Kind().Joins()
		if got == nil || !got.Equal(want) || len(n.Inputs) > 1 && !joins || len(n.Inputs) < 2 && joins &&
			l.Kind().Takes != layer.TakesPathsOrOne {
			n.Layer = p.opaqueFor(l.Kind().Name, n, want, own)
		}
	} else {
		n.Layer = p.opaqueFor(lastPart(n.Name), n, want, own)
	}
	at := p.in.Here()
	name, err := r.b.Add(n)
	if err != nil {
		p.in.Forbid(catalog.ImportTooManyNodes, ">"+num.Of(20_000).Grouped(), num.Of(20_000).Grouped())
	}
	if got := r.b.Shapes[name]; got == nil || !got.Equal(want) {
		r.b.Shapes[name] = want
	}
	r.lines[name] = at
	out.node = name
	return out
}

// applied returns the output shape of a layer on the values of nodes, nil where it is
// unknown or the layer refuses them.
func (r *recorder) applied(l layer.Layer, inputs []string) tensor.Shape {
	in := make([]tensor.Shape, len(inputs))
	for i, name := range inputs {
		if in[i] = r.b.Shapes[name]; in[i] == nil {
			return nil
		}
	}
	if len(in) == 0 && l.Kind().Takes != layer.TakesNone {
		return nil
	}
	made, d := layer.Apply(l, in)
	if d != nil && d.Severity == diag.Error {
		return nil
	}
	return made.Out
}

// opaqueFor is what a layer becomes that the stack cannot follow: the weights it
// would declare stay.
func (p *Program) opaqueFor(what string, n graph.Node, out tensor.Shape, own []*storage) layer.Layer {
	p.rec.opaque[what] = true
	u := graph.Unknown{Type: what, Out: out, Complete: true, MACs: -1}
	for _, s := range own {
		switch {
		case s.learned:
			u.Weights = append(u.Weights, tensor.Of(s.dims...))
		case !s.counter:
			u.Buffers = append(u.Buffers, tensor.Of(s.dims...))
		}
	}
	if n.Layer != nil && own == nil {
		if len(n.Inputs) > 0 {
			in := make([]tensor.Shape, len(n.Inputs))
			for i, name := range n.Inputs {
				in[i] = p.rec.b.Shapes[name]
			}
			if !slices.ContainsFunc(in, func(s tensor.Shape) bool { return s == nil }) {
				made, _ := layer.Apply(n.Layer, in)
				u.Weights, u.Buffers = declared(made.Weights)
			}
		}
	} else if n.Layer == nil && own == nil {
		u.MACs = 0
	}
	return u.Layer()
}

func declared(all []layer.Weight) (weights, buffers []tensor.Shape) {
	for _, w := range all {
		s := tensor.Of(w.Shape...)
		if w.Class.Learnable() {
			weights = append(weights, s)
		} else {
			buffers = append(buffers, s)
		}
	}
	return weights, buffers
}

func lastPart(name string) string {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '.' {
			return name[i+1:]
		}
	}
	return name
}

// name puts the running module before the name of a step.
func (r *recorder) name(step string) string {
	if n := len(r.within); n > 0 && r.within[n-1] != "" {
		return r.within[n-1] + "." + step
	}
	return step
}

// nodeOf returns the node of a value. A parameter, or a view of one, is a node of
// its own.
func (p *Program) nodeOf(t *Tensor) string {
	if t.pending != nil {
		t.pending()
		t.pending = nil
	}
	if t.node != "" {
		return t.node
	}
	if t.store != nil && !t.store.counter {
		return p.place(t, t.sample())
	}
	// A constant: it has numbers that are not learned, and that nothing counts.
	u := graph.Unknown{Type: "constant", Out: t.shape(), Complete: true}
	name, err := p.rec.b.Add(graph.Node{Name: p.rec.name("constant"), Layer: u.Layer()})
	if err != nil {
		p.in.Forbid(catalog.ImportTooManyNodes, ">", num.Of(20_000).Grouped())
	}
	p.rec.b.Shapes[name] = t.shape()
	t.node = name
	return name
}

// place returns the node of a parameter that is used with a shape: its own, laid out
// otherwise, or a part of it.
func (p *Program) place(t *Tensor, as []int64) string {
	s := t.store
	r := p.rec
	own := r.owners[s]
	same := product(as) == product(s.dims)
	if own == "" {
		s.used = true
		dims := as
		if !same || len(as) == 0 || len(as) > layer.MaxRank {
			dims = s.dims
		}
		name := s.path
		if name == "" {
			name = r.name("parameter")
		}
		own = p.parameter(name, s, dims)
		r.owners[s] = own
	}
	want := tensor.Of(as...)
	if r.b.Shapes[own].Equal(want) {
		return own
	}
	if !same && r.b.Shapes[own].Equal(tensor.Of(s.dims...)) { // its first entries
		ones := len(s.dims) - len(trimmed(s.dims))
		if d, cut := slicedAt(trimmed(as), trimmed(s.dims)); cut {
			part := constant(s.dims...)
			part.dims[ones+d] = trimmed(as)[d]
			l, err := layer.SliceKind.With(func(l *layer.Slice) {
				l.To.N, l.Dim.N = part.dims[ones+d], int64(ones+d)+1
			})
			if err == nil {
				p.put(graph.Node{Name: r.name("slice"), Layer: l, Inputs: []string{own}}, part)
				if own, same = part.node, true; slices.Equal(part.dims, as) {
					return own
				}
			}
		}
	}
	out := constant(as...)
	if same && len(as) > 0 && len(as) <= layer.MaxRank {
		l, err := layer.ReshapeKind.With(func(l *layer.Reshape) { l.Sizes = layer.ExtentsOf(as...) })
		if err == nil {
			p.put(graph.Node{Name: r.name("view"), Layer: l, Inputs: []string{own}}, out)
			return out.node
		}
	}
	p.put(graph.Node{Name: r.name("view"), Inputs: []string{own}}, out)
	return out.node
}

// trimmed returns a shape without the ones before it.
func trimmed(dims []int64) []int64 {
	for len(dims) > 0 && dims[0] == 1 {
		dims = dims[1:]
	}
	return dims
}

// slicedAt returns the only dimension in which a shape has less than another.
func slicedAt(part, whole []int64) (at int, ok bool) {
	if len(part) != len(whole) {
		return 0, false
	}
	at = -1
	for i, d := range part {
		switch {
		case d == whole[i]:
		case d > whole[i] || at >= 0:
			return 0, false
		default:
			at = i
		}
	}
	return at, at >= 0
}

// parameter adds the node of a parameter or a buffer.
func (p *Program) parameter(name string, s *storage, dims []int64) string {
	kind := layer.ParamKind
	if !s.learned {
		kind = layer.BufferKind
	}
	var l layer.Layer
	var err error
	shape := tensor.Of(dims...)
	if len(dims) == 0 {
		l, err = kind.With(func(l *layer.Param) { l.Shape = layer.ExtentsOf(1) })
		shape = tensor.Of(1)
	} else {
		l, err = kind.With(func(l *layer.Param) { l.Shape = layer.ExtentsOf(dims...) })
	}
	if err != nil {
		u := graph.Unknown{Type: "Parameter", Weights: []tensor.Shape{shape}, Out: shape, Complete: true}
		if !s.learned {
			u.Weights, u.Buffers = nil, u.Weights
		}
		l = u.Layer()
	}
	node, err := p.rec.b.Add(graph.Node{Name: name, Layer: l, Frozen: s.frozen && s.learned, Keep: true})
	if err != nil {
		p.in.Forbid(catalog.ImportTooManyNodes, ">", num.Of(20_000).Grouped())
	}
	p.rec.b.Shapes[node] = shape
	p.rec.lines[node] = p.in.Here()
	return node
}

func product(dims []int64) int64 {
	n := int64(1)
	for _, d := range dims {
		n *= d
	}
	return n
}
