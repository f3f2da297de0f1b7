package keras

import (
	"errors"
	"slices"
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// A value is the output of a layer: a node, and where Keras has its extents.
type value struct {
	node  string
	order order
}

// A builder builds the graph of a model.
type builder struct {
	graph.Builder
	file    *source.File // nil: nobody waits
	store   *weightStore
	moved   map[string]value   // permutes, by the node and the order
	first   map[string][]value // what a layer's first call added, by its path
	journal journal
}

// A journal is what is reported of a network.
type journal struct {
	layers   int      // read
	permuted int      // permutes that were added
	acting   int      // activations that were options
	opaque   []string // layers without a kind, with their class
	hidden   []string // of those, layers whose weights are unknown
	inferred []string // layers whose output was taken from the next one
	states   []string // layers whose initial state or mask was left out
	unfed    []string // inputs whose shape is unknown
	unused   []string // layers that nothing calls
}

func newBuilder(f *source.File, store *weightStore) *builder {
	return &builder{Builder: graph.NewBuilder(), file: f, store: store, moved: map[string]value{}, first: map[string][]value{}}
}

// A scope is what surrounds a layer.
type scope struct {
	model  *model
	frozen bool
	lead   int // dimensions in front that each are taken by themselves (TimeDistributed)
	deep   int
}

// run adds a model to the graph, fed by values; nil at the top, where its inputs
// become inputs of the network.
func (b *builder) run(m *model, in []value, s scope) ([]value, error) {
	s.model, s.frozen = m, s.frozen || m.frozen
	if s.deep++; s.deep > maxDepth {
		return nil, diag.New(catalog.ImportKerasDeep, layer.Quote(m.name), maxDepth)
	}
	run := b.sequential
	if m.functional {
		run = b.functional
	}
	out, err := run(m, in, s)
	if err == nil && len(out) == 0 && (s.deep > 1 || len(m.layers) > 0) {
		err = diag.New(catalog.ImportKerasLayer, layer.Quote(m.name), "Model", catalog.Say(catalog.ImportKerasNoOutput))
	}
	return out, err
}

// sequential chains the layers of a Sequential.
func (b *builder) sequential(m *model, in []value, s scope) ([]value, error) {
	at := in
	for i, l := range m.layers {
		if l.class.name == inputLayer && len(at) > 0 {
			continue
		}
		if len(at) == 0 && l.class.name != inputLayer && l.class.name != "Merge" {
			shape := b.shapeFor(m, l)
			v, err := b.addInput(l.path+"/input", l.origin, shape, m.preferred(i, len(shape), 0))
			if err != nil {
				return nil, err
			}
			at = []value{v}
		}
		out, err := b.call(l, i, inputs{args: at}, s)
		if err != nil {
			return nil, err
		}
		at = out[:1]
	}
	return at, nil
}

// call adds a call of a layer to the graph. A layer that has no kind, or whose
// weights in the file are others than those its options make, becomes opaque.
func (b *builder) call(l *layerConfig, place int, in inputs, s scope) ([]value, error) {
	if b.journal.layers++; b.journal.layers%100 == 0 && b.file != nil {
		if err := b.file.Progress(0.5); err != nil {
			return nil, err
		}
	}
	s.frozen = s.frozen || !l.options.trainable()
	if l.model != nil {
		return b.run(l.model, in.all(), s)
	}
	c := &call{builder: b, config: l, in: in, scope: s, place: place, added: &added{}}
	c.added.first, c.added.again = b.first[l.path]
	mark, opaque, acting := len(b.Graph.Nodes), len(b.journal.opaque), b.journal.acting
	out, err := value{}, errUnsupported
	if l.class.reading != nil && !l.custom {
		out, err = c.read()
	}
	switch {
	case fatal(err):
		return nil, err
	case err == nil && !b.agrees(l, mark, c.added.again):
		err = errUnsupported
	case err != nil && !errors.Is(err, errUnsupported):
		b.Result.AddNote(true, catalog.ImportKerasLayer, layer.Quote(l.path), l.class.name, source.AsDiag(err).Say)
	}
	if err != nil {
		b.drop(mark)
		b.journal.opaque, b.journal.acting, c.added.values = b.journal.opaque[:opaque], acting, nil
		if out, err = c.unknown(); err != nil {
			return nil, err
		}
	}
	if !c.added.again {
		b.first[l.path] = c.added.values
	}
	return []value{out}, nil
}

// agrees reports whether the nodes that a layer became, from number mark on, have
// as many weights as the file holds for it.
func (b *builder) agrees(l *layerConfig, mark int, again bool) bool {
	declared, known := b.elements(b.Graph.Nodes[mark:])
	stored, sure := b.store.of(l)
	var held num.Int
	for _, t := range stored {
		held = held.Add(elementsIn(t.shape))
	}
	if !sure || again || l.class.name == inputLayer || known && declared.Equal(held) || !known && len(stored) == 0 {
		return true
	}
	if known {
		b.Result.AddNote(true, catalog.ImportKerasDiffers, layer.Quote(l.path), l.class.name, held.Grouped(), declared.Grouped())
	}
	return false
}

// elements returns how many elements layers declare as Keras counts them, false
// if that is unknown.
func (b *builder) elements(nodes []graph.Node) (num.Int, bool) {
	var sum num.Int
	for _, n := range nodes {
		kind := n.Layer.Kind()
		if !kind.Learns || n.Shares != "" {
			continue
		}
		weights, d := b.weights(n)
		if d != nil && len(weights) == 0 {
			return sum, false
		}
		for i := range weights {
			if !count.Keras.Counts(&weights[i]) {
				continue
			}
			elements, ok := weights[i].Count()
			if !ok {
				return sum, false
			}
			sum = sum.Add(elements)
		}
	}
	return sum, true
}

// weights returns what a node declares.
func (b *builder) weights(n graph.Node) ([]layer.Weight, error) {
	in := make([]tensor.Shape, len(n.Inputs))
	open := false
	for i, name := range n.Inputs {
		in[i] = b.Shapes[name]
		open = open || in[i] == nil
	}
	if kind := n.Layer.Kind(); open && kind.Takes != layer.TakesNone && kind.Takes != layer.TakesPathsOrOne {
		return nil, errUnsupported
	}
	r, d := layer.Apply(n.Layer, in)
	if d != nil {
		return r.Weights, d
	}
	return r.Weights, nil
}

// drop removes the nodes from number mark on.
func (b *builder) drop(mark int) {
	moved := false
	for _, n := range b.Graph.Nodes[mark:] {
		delete(b.Index, n.Name)
		delete(b.Shapes, n.Name)
		moved = moved || layer.PermuteKind.Is(n.Layer)
	}
	b.Graph.Nodes = b.Graph.Nodes[:mark]
	for key, v := range b.moved {
		if _, stays := b.Index[v.node]; moved && !stays {
			delete(b.moved, key)
		}
	}
}

// shapeFor returns the input shape of a Sequential's first layer, from whatever
// states it: an extent that nothing states is tensor.Unknown.
func (b *builder) shapeFor(m *model, l *layerConfig) []int64 {
	if s := withoutBatch(l.options.get("batch_input_shape", "batch_shape")); s != nil {
		return s
	}
	if s := l.options.sizes("input_shape"); s != nil {
		return s
	}
	if n := l.options.whole(0, "input_dim"); n > 0 && l.class.name != "Embedding" {
		if _, sequence := l.options.values["input_length"]; sequence {
			return []int64{l.options.whole(tensor.Unknown, "input_length"), n}
		}
		return []int64{n}
	}
	if m.built != nil {
		return m.built
	}
	if l.model != nil && len(l.model.layers) > 0 {
		if first := l.model.layers[0]; len(l.model.inputs) == 0 || first.class.name == inputLayer {
			return b.shapeFor(l.model, first)
		}
	}
	s := b.expects(l)
	if slices.Contains(s, tensor.Unknown) {
		b.journal.unfed = append(b.journal.unfed, l.path)
	}
	return s
}

// expects returns the input shape that a layer was built for, as far as its
// options and its weights state it.
func (b *builder) expects(l *layerConfig) []int64 {
	if l.built != nil {
		return l.built
	}
	rank := l.class.rank()
	if rank == 0 || l.custom {
		return []int64{tensor.Unknown}
	}
	s := slices.Repeat([]int64{tensor.Unknown}, rank)
	if l.class.reading.kernel {
		s[rank-1] = b.store.kernel(l)
	}
	return s
}

// addInput adds an input of the network.
func (b *builder) addInput(name, origin string, shape []int64, o order) (value, error) {
	if len(shape) == 0 {
		shape, o = []int64{1}, asIs(1) // a single number
	}
	sizes := o.ours(shape)
	in, err := layer.InputKind.With(func(in *layer.Input) { in.Shape = layer.ExtentsOf(sizes...) })
	if err != nil || len(sizes) > layer.MaxSpatial+1 {
		if len(sizes) > layer.MaxRank {
			return value{}, diag.New(catalog.ImportKerasLayer, layer.Quote(name), inputLayer,
				catalog.Say(catalog.TooManyExtents, layer.Quote(graph.Crossed(sizes...)), layer.MaxRank))
		}
		in = graph.Opaque(inputLayer, []tensor.Shape{}, nil, tensor.Of(sizes...))
	}
	node, err := b.Add(graph.Node{Name: name, Layer: in, Origin: origin})
	return value{node, o}, err
}

// arranged returns a value with its extents in an order, by a permute if they are in
// another.
func (b *builder) arranged(v value, o order) (value, error) {
	if v.order == nil || len(v.order) != len(o) || slices.Equal(v.order, o) {
		return v, nil
	}
	key := v.node
	for _, axis := range o {
		key += "," + strconv.Itoa(axis)
	}
	if p, ok := b.moved[key]; ok {
		return p, nil
	}
	l, err := layer.PermuteKind.With(func(p *layer.Permute) { p.Dims = layer.WholesOf(v.order.moved(o)...) })
	if err != nil {
		return v, err
	}
	node, err := b.Add(graph.Node{Name: v.node + "/permute", Layer: l, Inputs: []string{v.node}})
	b.moved[key] = value{node, o}
	b.journal.permuted++
	return b.moved[key], err
}

// sizes returns the extents of a value in Keras' order.
func (b *builder) sizes(v value) tensor.Shape { return v.order.theirs(b.Shapes[v.node]) }

// preferred returns the order that what comes after a layer prefers for a value of
// a rank, so that no permute is needed: of maps, channels first.
func (m *model) preferred(i, rank, lead int) order {
	return orMap(m.prefers(m.layers[i], rank, lead, map[*layerConfig]bool{}, true), rank, lead)
}

// orMap is an order, or the usual one where nothing prefers any.
func orMap(o order, rank, lead int) order {
	switch {
	case o != nil:
		return o
	case rank-lead > 2:
		return channelsLast(rank)
	default:
		return asIs(rank)
	}
}

// prefers returns the order that a layer, or one after it, prefers; nil if none
// does.
func (m *model) prefers(l *layerConfig, rank, lead int, seen map[*layerConfig]bool, self bool) order {
	const far = 50
	if seen[l] || len(seen) > far {
		return nil
	}
	seen[l] = true
	if self && l.class.name != inputLayer {
		reading := l.class.reading
		switch {
		case l.model != nil && len(l.model.layers) > 0:
			first := l.model.layers[0]
			if len(l.model.inputs) > 0 {
				first = l.model.layers[max(l.model.index[l.model.inputs[0].layer], 0)]
			}
			return l.model.prefers(first, rank, lead, seen, true)
		case reading == nil || l.custom:
			return nil
		case reading.prefers != nil:
			return reading.prefers(l, rank, lead)
		case !reading.alike:
			return nil
		}
	}
	for _, n := range m.after(l) {
		if o := m.prefers(n, rank, lead, seen, true); o != nil {
			return o
		}
	}
	return nil
}

// errUnsupported reports that there is no kind here for a layer, or not for its
// options.
var errUnsupported = errors.New("no kind")

// fatal reports whether an error ends the reading: there are too many layers, or
// nobody waits for it any more.
func fatal(err error) bool {
	var d *diag.Diag
	if errors.Is(err, source.ErrCancelled) {
		return true
	}
	return errors.As(err, &d) && (d.Say.Key == catalog.ImportTooManyNodes || d.Say.Key == catalog.ImportKerasDeep ||
		d.Say.Key == catalog.ImportNoInput || d.Say.Key == catalog.ImportCycle)
}
