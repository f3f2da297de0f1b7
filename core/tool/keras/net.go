package keras

import (
	"errors"
	"slices"
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// A kerasValue is what a layer gives: a node, and for each of its extents the
// extent in Keras' order (without the batch); nil if that is not known.
type kerasValue struct {
	node  string
	order []int
}

// A kerasNet builds the graph of a model.
type kerasNet struct {
	graph.Builder
	f       *source.File
	top     *kerasModel
	store   *kerasStore
	moved   map[string]kerasValue   // permutes, by the node and the order
	made    map[string][]kerasValue // what a layer's first call made, by its path
	done    int                     // layers
	permute int                     // how many were put in
	behind  int                     // activations that were options
	opaque  []string                // layers without a kind, with their class
	hidden  []string                // of those, layers whose weights nobody tells
	guessed []string                // layers whose output was taken from the next one
	states  []string                // layers whose initial state or mask was left out
	unfed   []string                // inputs whose shape nobody tells
	unused  []string                // layers that nothing calls
}

// A kerasAround is what surrounds a layer.
type kerasAround struct {
	model  *kerasModel
	frozen bool
	lead   int // dimensions in front that each are taken by themselves (TimeDistributed)
	deep   int
}

// run puts a model into the graph, fed by values; nil at the top, where its
// inputs become inputs of the network.
func (k *kerasNet) run(m *kerasModel, in []kerasValue, a kerasAround) ([]kerasValue, error) {
	a.model, a.frozen = m, a.frozen || m.frozen
	if a.deep++; a.deep > maxKerasDepth {
		return nil, diag.New(catalog.ImportKerasDeep, layer.Quote(m.name), maxKerasDepth)
	}
	run := k.sequential
	if m.functional {
		run = k.functional
	}
	out, err := run(m, in, a)
	if err == nil && len(out) == 0 && (a.deep > 1 || len(m.layers) > 0) {
		err = diag.New(catalog.ImportKerasLayer, layer.Quote(m.name), "Model", catalog.Say(catalog.ImportKerasNoOutput))
	}
	return out, err
}

// sequential chains the layers of a Sequential.
func (k *kerasNet) sequential(m *kerasModel, in []kerasValue, a kerasAround) ([]kerasValue, error) {
	at := in
	for i, l := range m.layers {
		if l.class == "InputLayer" && len(at) > 0 {
			continue
		}
		if len(at) == 0 && l.class != "InputLayer" && l.class != "Merge" {
			shape := k.shapeFor(m, l)
			v, err := k.input(l.path+"/input", shape, k.wish(m, i, len(shape), 0))
			if err != nil {
				return nil, err
			}
			at = []kerasValue{v}
		}
		out, err := k.call(l, i, kerasInputs{args: at}, a)
		if err != nil {
			return nil, err
		}
		at = out[:1]
	}
	return at, nil
}

// shapeFor returns the input shape of a Sequential's first layer, from whatever
// tells it: an extent that nothing tells is tensor.Unknown.
func (k *kerasNet) shapeFor(m *kerasModel, l *kerasLayer) []int64 {
	if s := withoutBatch(l.config.get("batch_input_shape", "batch_shape")); s != nil {
		return s
	}
	if s := l.config.numbers("input_shape"); s != nil {
		return s
	}
	if n := l.config.whole(0, "input_dim"); n > 0 && l.class != "Embedding" {
		if _, sequence := l.config["input_length"]; sequence {
			return []int64{l.config.whole(tensor.Unknown, "input_length"), n}
		}
		return []int64{n}
	}
	if m.given != nil {
		return m.given
	}
	if l.model != nil && len(l.model.layers) > 0 {
		if first := l.model.layers[0]; len(l.model.inputs) == 0 || first.class == "InputLayer" {
			return k.shapeFor(l.model, first)
		}
	}
	s := k.expects(l)
	if slices.Contains(s, tensor.Unknown) {
		k.unfed = append(k.unfed, l.path)
	}
	return s
}

// expects returns the input shape that a layer was built for, as far as its
// options and its weights tell.
func (k *kerasNet) expects(l *kerasLayer) []int64 {
	if l.given != nil {
		return l.given
	}
	class := kerasClasses[l.class]
	rank := class.rank
	if class.dims > 0 {
		rank = class.dims + 1
	}
	if rank == 0 || l.custom {
		return []int64{tensor.Unknown}
	}
	s := slices.Repeat([]int64{tensor.Unknown}, rank)
	if class.kernel {
		s[rank-1] = k.store.kernel(l)
	}
	return s
}

// input puts an input of the network in.
func (k *kerasNet) input(name string, shape []int64, order []int) (kerasValue, error) {
	if len(shape) == 0 {
		shape, order = []int64{1}, []int{0} // a single number
	}
	sizes := make([]int64, len(shape))
	for i, at := range order {
		sizes[i] = shape[at]
	}
	in, err := graph.Build("input", "shape", shapeOfSizes(sizes))
	if err != nil || len(sizes) > layer.MaxSpatial+1 {
		if len(sizes) > layer.MaxRank {
			return kerasValue{}, diag.New(catalog.ImportKerasLayer, layer.Quote(name), "InputLayer", catalog.Say(catalog.TooManyExtents, layer.Quote(graph.Crossed(sizes...)), layer.MaxRank))
		}
		in = graph.Opaque("InputLayer", []tensor.Shape{}, nil, tensor.Of(sizes...))
	}
	node, err := k.Add(graph.Node{Name: name, Layer: in})
	return kerasValue{node, order}, err
}

// asWritten is Keras' own order of extents.
func asWritten(rank int) []int {
	order := make([]int, rank)
	for i := range order {
		order[i] = i
	}
	return order
}

// ahead is the order with one of the extents first, behind lead others.
func ahead(rank, axis, lead int) []int {
	order := make([]int, 0, rank)
	for i := range rank {
		if i != axis {
			order = append(order, i)
		}
	}
	return slices.Insert(order, min(lead, len(order)), axis)
}

// in returns a value with its extents in an order, by a permute if they are in
// another.
func (k *kerasNet) in(v kerasValue, order []int) (kerasValue, error) {
	if v.order == nil || len(v.order) != len(order) || slices.Equal(v.order, order) {
		return v, nil
	}
	key := v.node
	dims := make([]int64, len(order))
	for i, axis := range order {
		dims[i] = int64(slices.Index(v.order, axis)) + 1
		key += "," + strconv.Itoa(axis)
	}
	if p, ok := k.moved[key]; ok {
		return p, nil
	}
	l, err := graph.Build("permute", "dims", graph.Crossed(dims...))
	if err != nil {
		return v, err
	}
	node, err := k.Add(graph.Node{Name: v.node + "/permute", Layer: l, Inputs: []string{v.node}})
	k.moved[key] = kerasValue{node, order}
	k.permute++
	return k.moved[key], err
}

// wish returns the order that what comes behind a layer wants for a value of a
// rank, so that no permute is needed: of maps, channels first.
func (k *kerasNet) wish(m *kerasModel, i, rank, lead int) []int {
	if o := k.wanted(m, m.layers[i], rank, lead, map[*kerasLayer]bool{}, true); o != nil {
		return o
	}
	if rank-lead > 2 {
		return ahead(rank, rank-1, 0)
	}
	return asWritten(rank)
}

// wanted asks a layer and those behind it; nil if none wants anything.
func (k *kerasNet) wanted(m *kerasModel, l *kerasLayer, rank, lead int, seen map[*kerasLayer]bool, self bool) []int {
	const far = 50
	if seen[l] || len(seen) > far {
		return nil
	}
	seen[l] = true
	class, known := kerasClasses[l.class]
	if self && l.class != "InputLayer" {
		switch {
		case l.model != nil && len(l.model.layers) > 0:
			first := l.model.layers[0]
			if len(l.model.inputs) > 0 {
				first = l.model.layers[max(l.model.index[l.model.inputs[0].layer], 0)]
			}
			return k.wanted(l.model, first, rank, lead, seen, true)
		case !known || l.custom:
			return nil
		case class.wants != nil:
			if o := class.wants(l, rank, lead); o != nil {
				return o
			}
			return nil
		case !class.alike:
			return nil
		}
	}
	next := m.next[l.name]
	if !m.functional {
		if at := m.index[l.name]; at+1 < len(m.layers) {
			next = m.layers[at+1 : at+2]
		}
	}
	for _, n := range next {
		if o := k.wanted(m, n, rank, lead, seen, true); o != nil {
			return o
		}
	}
	return nil
}

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

// elements returns how many elements layers declare as Keras counts them, false
// if that cannot be told.
func (k *kerasNet) elements(nodes []graph.Node) (num.Int, bool) {
	var sum num.Int
	for _, n := range nodes {
		in := make([]tensor.Shape, len(n.Inputs))
		for i, name := range n.Inputs {
			in[i] = k.Shapes[name]
		}
		if !n.Layer.Kind().Learns || n.Shares != "" {
			continue
		}
		if !n.Layer.Kind().Source && !n.Layer.Kind().Alone && slices.ContainsFunc(in, func(s tensor.Shape) bool { return s == nil }) {
			return sum, false
		}
		r, d := layer.Apply(n.Layer, in)
		if d != nil && len(r.Weights) == 0 {
			return sum, false
		}
		for _, w := range r.Weights {
			if w.Torch || w.Class == layer.ClassCounter {
				continue
			}
			c, ok := w.Count()
			if !ok {
				return sum, false
			}
			sum = sum.Add(c)
		}
	}
	return sum, true
}
