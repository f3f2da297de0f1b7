package summary

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// A builder joins the layers of a table's rows. A row becomes a layer of a kind
// where one has just what the row states, its output and its parameters; else it
// stays opaque with both.
type builder struct {
	graph.Builder
	t       *table
	nodes   map[string][]string // of a layer's name in the table, one for each use
	uses    map[string][]int    // which uses of a layer others refer to
	entries []string            // what feeds the inputs of the nested model, one after the other
	last    string              // the node before
	orders  map[string]order    // of the values of nodes, where it is not the usual
	open    []module            // those that the row is in
	omitted string              // a node for the rows that the author left out
	tally
}

// A tally counts what the notes are about.
type tally struct {
	guessed int             // layers with options that the table does not state
	opaque  map[string]int  // opaque ones by class
	again   int             // rows of layers above
	pooled  int             // pools that the table does not show
	joined  int             // concats that the table does not show
	rough   int             // rows whose number is cut off or rounded, and of which no layer is known
	fitted  int             // rows whose number is cut off or rounded, and of which a layer was found
	entered tensor.Shape    // the input that was inferred
	partly  map[string]bool // nodes of which a part is frozen
}

// A module is a row with rows below it, the node that feeds it and where its own
// begin.
type module struct {
	row   *row
	entry string
	from  int
}

// Limits, so that no table takes long: so many layers of a module, and so many
// modules around a layer are looked at.
const (
	mostJoined  = 1000
	mostEntries = 8
)

// network makes the network of a table.
func (t *table) network() (*source.Result, error) {
	b := &builder{
		Builder: graph.NewBuilder(), t: t, nodes: map[string][]string{}, uses: usesOf(t.rows), orders: map[string]order{},
		tally: tally{opaque: map[string]int{}, partly: map[string]bool{}},
	}
	b.Graph.Name = t.name
	if t.layout == torchinfoLayout && b.Graph.Name == "" && t.rows[0].inner {
		b.Graph.Name = t.rows[0].class
	}
	if err := b.rows(t.rows); err != nil {
		return nil, err
	}
	if err := b.leave(0); err != nil {
		return nil, err
	}
	b.Graph.Out = b.last
	if t.layout == consoleLayout {
		if err := b.unshown(); err != nil {
			return nil, err
		}
	}
	b.freeze()
	r, err := b.Stack()
	if err != nil {
		return nil, err
	}
	if b.omitted != "" {
		if r, err = b.fill(r); err != nil {
			return nil, err
		}
	}
	b.notes(r)
	return r, nil
}

// rows makes layers of rows.
func (b *builder) rows(rows []*row) error {
	for i := 0; i < len(rows); i++ {
		r := rows[i]
		var err error
		if n := below(r, rows[i+1:]); n > 0 && b.t.cumulative() {
			err = b.nested(r, rows[i+1:i+1+n])
			i += n
		} else {
			err = b.row(r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// row makes a layer of a row.
func (b *builder) row(r *row) error {
	if err := b.leave(r.depth); err != nil {
		return err
	}
	if r.inner {
		b.open = append(b.open, module{r, b.last, len(b.Graph.Nodes)})
	}
	switch {
	case r.omitted:
		name, err := b.Add(graph.Node{Name: "rows_left_out",
			Layer: graph.Opaque("rows_left_out", []tensor.Shape{}, []tensor.Shape{}, nil)})
		b.omitted, b.last = name, name
		return err
	case r.again:
		b.again++
	case r.inner && (!r.known || r.params.IsZero()):
		return nil
	case r.inner: // what a module holds itself, beside the rows below it
		return b.unknown(r, nil)
	}
	is := r.meaning()
	if is.is(layer.InputKind.Kind()) {
		return b.input(r)
	}
	if calls := b.calls(r, is); len(calls) > 1 {
		return b.callEach(r, is, calls)
	}
	inputs := b.inputs(r)
	if is.is(layer.AttentionKind.Kind()) {
		inputs = slices.Compact(inputs) // query, key and value of one layer
	}
	if r.in != nil && (len(inputs) == 0 || !b.feeds(inputs[0], r.in)) {
		name, err := b.enter(b.t.ours(r.in, first))
		if err != nil {
			return err
		}
		if name != "" {
			inputs = []string{name}
		}
	}
	m := b.search(r, is, inputs).find()
	for i := len(b.open) - 1; i >= max(0, len(b.open)-mostEntries) && m == nil && len(r.from) == 0 && b.last != ""; i-- {
		// The first layer of a branch takes what its module took.
		if at := b.open[i].entry; at != "" && at != b.last {
			if m = b.search(r, is, []string{at}).find(); m != nil {
				inputs = []string{at}
			}
		}
	}
	if m == nil && b.t.layout == fastaiLayout && !is.learns() {
		m = b.grouped(r, is, inputs)
	}
	if m == nil && len(r.from) == 0 {
		m = (&opener{slider{b.search(r, is, nil)}}).begin(b.opens())
		if m != nil && b.entered == nil && (layer.ConvKind.Is(m.layer) || layer.ConvLSTMKind.Is(m.layer)) {
			b.entered = m.input
		}
	}
	if m == nil {
		return b.unknown(r, inputs)
	}
	return b.add(r, m, inputs)
}

// feeds reports whether the value of a node is what a row takes, or is once it is
// flattened.
func (b *builder) feeds(node string, in tensor.Shape) bool {
	x := b.Shapes[node]
	if len(in) == 1 && len(x) > 1 {
		n, ok := x.Elements()
		return ok && n.Equal(num.Of(in[0].N))
	}
	return x.Equal(in)
}

// grouped looks for a layer without parameters in a group of fastai's rows, whose
// shape may be that of a layer behind it.
func (b *builder) grouped(r *row, is meaning, inputs []string) *match {
	switch is.kind {
	case layer.AdaptiveAvgPoolKind.Kind():
		is.kind = layer.GlobalAvgPoolKind.Kind()
	case layer.AdaptiveMaxPoolKind.Kind():
		is.kind = layer.GlobalMaxPoolKind.Kind()
	}
	s := b.search(r, is, inputs)
	free := *r
	free.out = nil
	s.r = &free
	if is.is(layer.GlobalAvgPoolKind.Kind(), layer.GlobalMaxPoolKind.Kind()) && len(s.in) == 1 {
		return s.likely(is.kind.New(), nil)
	}
	return s.find()
}

// search is the search for the layer of a row behind nodes.
func (b *builder) search(r *row, is meaning, inputs []string) search {
	s := search{t: b.t, r: r, is: is}
	for _, name := range inputs {
		s.in = append(s.in, b.Shapes[name])
	}
	if len(inputs) > 0 {
		s.as = b.orders[inputs[0]]
	}
	return s
}

// add adds the layer that was found for a row.
func (b *builder) add(r *row, m *match, inputs []string) error {
	for _, l := range m.before {
		if layer.MaxPoolKind.Is(l) {
			b.pooled++
		}
		name, err := b.Add(graph.Node{Name: l.Kind().Name, Layer: l, Inputs: inputs})
		if err != nil {
			return err
		}
		inputs = []string{name}
	}
	if m.input != nil {
		name, err := b.enter(m.input)
		if err != nil {
			return err
		}
		inputs = []string{name}
	}
	if m.guessed {
		b.guessed++
	}
	if r.inexact() {
		b.fitted++
	}
	name, err := b.Add(graph.Node{Name: r.label(), Layer: m.layer, Inputs: inputs,
		Frozen: r.frozen && !r.params.IsZero(), Keep: r.name != ""})
	if err != nil {
		return err
	}
	b.continueFrom(r, name)
	b.partly[name] = r.partly
	if m.as != usual {
		b.orders[name] = m.as
	}
	return nil
}

// opens reports whether nothing with weights or another shape is before the row, so
// that its layer is the one that sees the input.
func (b *builder) opens() bool { return len(b.Graph.Nodes) == 0 }

// label returns a name for a row's node.
func (r *row) label() string {
	if r.name != "" {
		return r.name
	}
	return r.class
}

// continueFrom makes a node the input of the rows behind a row.
func (b *builder) continueFrom(r *row, node string) {
	b.last = node
	if r.name != "" {
		b.nodes[r.name] = []string{node}
	}
}

// enter adds an input of a shape, "" if none can be written.
func (b *builder) enter(x tensor.Shape) (string, error) {
	l, err := inputOf(x)
	if err != nil || x == nil {
		return "", nil
	}
	return b.Add(graph.Node{Name: "input", Layer: l})
}

func inputOf(x tensor.Shape) (layer.Layer, error) {
	return layer.InputKind.With(func(l *layer.Input) { l.Shape = layer.ExtentsOf(extents(x)...) })
}

func (b *builder) input(r *row) error {
	if len(b.entries) > 0 {
		b.continueFrom(r, b.entries[0])
		b.entries = b.entries[1:]
		return nil
	}
	as := first
	if b.t.keras() {
		as = b.t.order(len(r.out))
	}
	x := b.t.ours(r.out, as)
	l, err := inputOf(x)
	if len(x) > layer.MaxSpatial+1 || x == nil || err != nil {
		return b.unknown(r, nil)
	}
	name, err := b.Add(graph.Node{Name: r.label(), Layer: l})
	b.continueFrom(r, name)
	if b.t.keras() && (len(r.out) == 2 || as == film) {
		b.orders[name] = as
	}
	return err
}

// unknown adds what a row states, as it is.
func (b *builder) unknown(r *row, inputs []string) error {
	weights, buffers := []tensor.Shape{}, []tensor.Shape{}
	n, fits := r.params.Int64()
	switch {
	case r.again || r.known && r.params.IsZero():
	case r.inexact():
		weights = []tensor.Shape{tensor.Of(tensor.Unknown)}
		if n, fits := r.rough.from.Int64(); fits && n > 1 {
			weights = []tensor.Shape{tensor.Of(n), tensor.Of(tensor.Unknown)}
		}
		b.rough++
	case len(r.tensors) > 0:
		weights = r.tensors
	case r.known && fits:
		weights = []tensor.Shape{tensor.Of(n)}
	case r.known:
		weights = []tensor.Shape{tensor.Of(tensor.Unknown)}
	}
	if r.meaning().form == dataset {
		weights, buffers = buffers, weights
	}
	if !r.known && !r.inexact() && !r.again && b.t.layout != consoleLayout &&
		(r.meaning().learns() || b.t.layout == torchinfoLayout) {
		weights = nil
	}
	var out tensor.Shape
	if !r.inner {
		out = b.t.ours(r.out, b.orderOf(inputs))
	}
	class := r.class
	if class == "" {
		class = r.name
	}
	name, err := b.Add(graph.Node{Name: r.label(), Layer: graph.Opaque(class, weights, buffers, out), Inputs: inputs,
		Frozen: r.frozen && len(weights) > 0, Keep: r.name != ""})
	b.opaque[class]++
	b.partly[name] = r.partly
	b.Shapes[name] = out
	if as := b.orderOf(inputs); as == first && len(out) == 2 || as == film && len(out) == 4 {
		b.orders[name] = as
	}
	if !r.inner {
		b.continueFrom(r, name)
	}
	return err
}

func (b *builder) orderOf(nodes []string) order {
	if len(nodes) == 0 {
		return usual
	}
	return b.orders[nodes[0]]
}

// order returns how the first layer that minds takes an input of a rank.
func (t *table) order(rank int) order {
	if as, there := t.orders[rank]; there {
		return as
	}
	t.orders[rank] = first
	for _, r := range t.rows {
		s := search{t: t, r: r, is: r.meaning(), in: []tensor.Shape{make(tensor.Shape, rank)}}
		if as, any := s.wanted(); !any {
			t.orders[rank] = as
			break
		}
	}
	return t.orders[rank]
}

// countless reports whether the table has no column of parameters.
func (t *table) countless() bool {
	// Darknet's states none; what is known of its rows is that some kinds have none.
	return t.layout == consoleLayout || !slices.ContainsFunc(t.rows, func(r *row) bool { return r.known })
}
