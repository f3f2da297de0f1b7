package tfjs

import (
	"slices"
	"strings"

	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// A value is what an output of an operator holds: a constant, or what a layer
// returns for one sample.
type value struct {
	fixed *constant // nil: a layer returns it

	node    string
	unbatch bool // the file has no batch either
}

// A lowering turns operators into layers, in order. Beside the file it keeps what is
// known of each value so far, and what the notes will be about.
type lowering struct {
	network
	graph.Builder
	values   map[string]value
	users    map[string][]*node
	byName   map[string]*node
	further  map[string][]string // of an operator: its outputs behind the first
	first    map[string]bool     // of a layer's output: the channels, last in the file, come first here
	absorbed map[*node]bool      // operators that are done
	owners   map[*stored]string  // the layer that declares a tensor
	opaques  map[string]int      // how many of each operator have no layer here
	folded   map[string]int      // how many of each were left out
	merged   int                 // layers that have tensors of others in part
	inferred []string            // operators whose axes or sizes are not in the file
}

func newLowering(g network) *lowering {
	l := &lowering{
		network: g, Builder: graph.NewBuilder(), values: map[string]value{}, users: map[string][]*node{},
		first:  map[string]bool{},
		byName: map[string]*node{}, further: map[string][]string{},
		absorbed: map[*node]bool{}, owners: map[*stored]string{}, opaques: map[string]int{}, folded: map[string]int{},
	}
	for name, k := range g.consts {
		l.values[name] = value{fixed: k}
	}
	for _, n := range g.nodes {
		l.byName[n.name] = n
		for _, in := range n.in {
			if name, _, several := strings.Cut(in, ":"); several && len(l.users[in]) == 0 {
				l.further[name] = append(l.further[name], in)
			}
			l.users[in] = append(l.users[in], n)
		}
	}
	return l
}

func (l *lowering) all(f *source.File) error {
	if err := l.sort(); err != nil {
		return err
	}
	for _, n := range l.nodes { // what is read from a variable
		if c := (conversion{l, n}); passing[n.op] && c.allFixed() {
			c.fold()
		}
	}
	for i, n := range l.nodes {
		if i%256 == 0 {
			if err := f.Progress(0.2 + 0.7*float64(i)/float64(len(l.nodes))); err != nil {
				return err
			}
		}
		if err := source.TooMany(len(l.Graph.Nodes)); err != nil {
			return err
		}
		l.run(n)
	}
	return nil
}

// run makes layers of an operator. What cannot be one is opaque; what depends on
// constants and shapes alone is a constant.
func (l *lowering) run(n *node) {
	c := conversion{l, n}
	switch {
	case l.absorbed[n]:
		for i := range n.in {
			if v, ok := c.live(i); ok {
				c.bind(v)
			}
		}
		return
	case n.op == "Placeholder" && len(l.users[n.name]) == 0 && len(l.nodes) > 1:
		return // a switch that nothing asks for any more
	case n.op == "Placeholder":
		c.input()
		return
	case n.op == "Shape" || n.op == "Size" || n.op == "Rank":
		c.bind(value{fixed: &constant{}})
		return
	case c.allFixed():
		c.fold()
		return
	}
	if op := operators[n.op]; op == nil || !l.Try(func() bool { return op(c) }) {
		c.opaque()
	}
}

// A conversion is one operator on its way to becoming layers.
type conversion struct {
	*lowering
	*node
}

// in returns the value at input i, counted from the end if it is negative.
func (c conversion) in(i int) (value, bool) {
	if i < 0 {
		i += len(c.node.in)
	}
	if i < 0 || i >= len(c.node.in) {
		return value{}, false
	}
	v, ok := c.values[c.node.in[i]]
	return v, ok
}

// live returns the value at input i if a layer returns it.
func (c conversion) live(i int) (value, bool) {
	v, ok := c.in(i)
	return v, ok && v.fixed == nil
}

// constant returns the constant at input i, nil if there is none.
func (c conversion) constant(i int) *constant {
	v, _ := c.in(i)
	return v.fixed
}

func (c conversion) allFixed() bool {
	for i := range c.node.in {
		if v, ok := c.in(i); !ok || v.fixed == nil {
			return false
		}
	}
	return len(c.node.in) > 0
}

// fold makes a constant of constants: its tensors are those of its inputs.
func (c conversion) fold() {
	out := &constant{}
	for i := range c.node.in {
		if k := c.constant(i); k != nil {
			for _, r := range k.roots {
				if len(out.roots) < graph.MaxInputs && !slices.Contains(out.roots, r) {
					out.roots = append(out.roots, r)
				}
			}
			if i == 0 && passing[c.op] || len(c.node.in) == 1 && keepsShape[c.op] {
				out.dims, out.data = k.dims, k.data
			}
		}
	}
	if c.op == "Pack" {
		out.dims = []int64{int64(len(c.node.in))}
	}
	c.bind(value{fixed: out})
}

// bind makes a value the first output.
func (c conversion) bind(v value) bool {
	graph.Put(&c.Builder, c.values, c.name, v)
	return true
}

// only returns the one operator that uses a value, nil if there are others or the
// network returns it.
func (l *lowering) only(name string) *node {
	if u := l.users[name]; len(u) == 1 && !slices.Contains(l.outputs, name) {
		return u[0]
	}
	return nil
}

// called is what the file calls the operator.
func (n *node) called() string {
	if n.title != "" {
		return n.title
	}
	return n.name
}

// infer notes that an option of the operator was inferred.
func (c conversion) infer() { graph.Set(&c.Builder, &c.inferred, append(c.inferred, c.name)) }

// count counts an operator that was left out or is opaque.
func (l *lowering) count(of map[string]int, op string) { graph.Put(&l.Builder, of, op, of[op]+1) }

// leaveOut passes a value on.
func (c conversion) leaveOut(v value) bool {
	c.count(c.folded, c.op)
	return c.bind(v)
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

// emit adds a layer whose weights are the tensors of constants, all of them, to
// the unit. It fails where the layer's rules refuse what the file has.
func (c conversion) emit(made layer.Layer, in []value, of ...*constant) (value, bool) {
	if made == nil || len(in) == 0 {
		return value{}, false
	}
	kind := made.Kind()
	shapes, names := make([]tensor.Shape, len(in)), make([]string, len(in))
	sized := true
	for i, v := range in {
		names[i], shapes[i] = v.node, c.Shapes[v.node]
		sized = sized && shapes[i] != nil
	}
	if !sized && kind.Learns {
		return value{}, false
	}
	if sized {
		r, problem := layer.Apply(made, shapes)
		if problem != nil && problem.Severity == diag.Error || kind.Learns && !declares(r.Weights, of) {
			return value{}, false
		}
	}
	return c.push(graph.Node{Name: c.called(), Layer: made, Inputs: names, Keep: kind.Learns}, of, c.first[in[0].node])
}

// push adds a node, and writes down which tensors it has.
func (c conversion) push(n graph.Node, of []*constant, first bool) (value, bool) {
	owner, fresh, taken := "", []*stored{}, 0
	for _, k := range of {
		for _, r := range k.roots {
			switch has := c.owners[r]; {
			case has == "":
				fresh = append(fresh, r)
			case owner == "" || owner == has:
				owner, taken = has, taken+1
			default:
				taken++
				fresh = append(fresh, nil) // of two layers: shared with neither
			}
		}
	}
	if owner != "" && len(fresh) == 0 {
		n.Shares = owner
	} else if taken > 0 {
		graph.Set(&c.Builder, &c.merged, c.merged+1)
	}
	name, err := c.Add(n)
	if err != nil {
		return value{}, false
	}
	for _, r := range fresh {
		if r != nil {
			graph.Put(&c.Builder, c.owners, r, name)
		}
	}
	graph.Put(&c.Builder, c.first, name, first)
	return value{node: name}, true
}

// result adds a layer and makes its output that of the operator.
func (c conversion) result(made layer.Layer, in []value, of ...*constant) bool {
	v, ok := c.emit(made, in, of...)
	return ok && c.bind(v)
}

// declares reports whether weights have as many elements as tensors.
func declares(weights []layer.Weight, of []*constant) bool {
	var have, want num.Int
	for _, w := range weights {
		if w.Class == layer.ClassCounter {
			continue
		}
		n, ok := w.Count()
		if !ok {
			return false
		}
		have = have.Add(n)
	}
	for _, k := range of {
		for _, r := range k.roots {
			want = want.Add(r.elements())
		}
	}
	return have.Equal(want)
}

func (s *stored) elements() num.Int {
	n := num.Of(1)
	for _, d := range s.dims {
		n = n.Times(d)
	}
	return n
}

// whole reports whether a constant is one tensor of real numbers.
func (k *constant) whole() bool {
	return k != nil && len(k.roots) == 1 && k.roots[0].float && slices.Equal(k.dims, k.roots[0].dims)
}

// input adds what enters. A picture without a batch is one too.
func (c conversion) input() {
	dims := c.attrs["shape"].Shape.dims()
	if dims == nil {
		dims = c.declared[c.name]
	}
	if dims == nil {
		dims = c.entering()
	}
	v, first := value{}, false
	switch {
	case len(dims) == 0 && dims != nil: // a switch, such as the phase
		c.bind(value{fixed: &constant{dims: []int64{}}})
		return
	case len(dims) == 3 && dims[0] > 1 && (dims[2] == 1 || dims[2] == 3 || dims[2] == 4):
		v.unbatch = true
	case len(dims) == 1 && dims[0] > 1:
		v.unbatch = true
	case len(dims) > 1:
		dims = dims[1:]
	default:
		dims = []int64{1}
	}
	if len(dims) > layer.MaxRank || len(dims) == 0 {
		dims = []int64{tensor.Unknown}
	}
	if first = len(dims) == 3 || len(dims) == 4; first {
		dims = append([]int64{dims[len(dims)-1]}, dims[:len(dims)-1]...)
	}
	in := layerOf(layer.InputKind, func(l *layer.Input) { l.Shape = layer.ExtentsOf(dims...) })
	if in == nil {
		in = graph.Opaque("Placeholder", []tensor.Shape{}, nil, tensor.Of(dims...))
	}
	if name, err := c.Add(graph.Node{Name: c.name, Layer: in}); err == nil {
		v.node, c.first[name] = name, first
		c.bind(v)
	}
}

// entering infers the shape of an input from the kernel that it meets first; nil if
// there is none.
func (c conversion) entering() []int64 {
	name := c.name
	for range 8 {
		users := c.users[name]
		if len(users) == 0 {
			return nil
		}
		n := users[0]
		if at := slices.Index(n.in, name); at == 0 && len(n.in) > 1 {
			if k := c.consts[n.in[1]]; k != nil {
				switch rank := len(k.dims); {
				case strings.Contains(n.op, "Conv") && rank > 2:
					return append(slices.Repeat([]int64{-1}, rank-1), k.dims[rank-2])
				case strings.Contains(n.op, "MatMul") && rank == 2:
					return []int64{-1, k.dims[0]}
				}
			}
		}
		name = n.name
	}
	return nil
}
