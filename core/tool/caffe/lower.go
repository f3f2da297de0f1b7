package caffe

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/text"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
	"paramstack/core/tool/vocab"
)

// A lowering makes nodes of definitions, in their order.
type lowering struct {
	graph.Builder
	blobs   map[string]string      // a blob's name → the node that gives its value now; "" if left out
	last    map[string]int         // a blob's name → the last definition that gives it
	sources map[string]*entry      // blobs that enter, made nodes when something takes them
	norms   map[string]*definition // nodes of batch norms that wait for their scale
	owners  map[string]string      // a shared tensor's name → the node that has it
	judged  map[string]bool        // nodes whose value a layer that was left out takes
}

// lower returns the network of a state.
func (doc *document) lower(s state, step func(float64) error) (*lowering, error) {
	all, err := doc.definitions(s)
	if err != nil {
		return nil, err
	}
	l := &lowering{Builder: graph.NewBuilder(), blobs: map[string]string{}, last: map[string]int{},
		sources: sourcesOf(doc.net, all),
		norms:   map[string]*definition{}, owners: map[string]string{}, judged: map[string]bool{}}
	l.Graph.Name = doc.net.Str("name")
	for i := range all {
		for _, t := range all[i].top {
			if !all[i].absent {
				l.last[t] = i
			}
		}
	}
	for i := range all {
		d := &all[i]
		if d.absent {
			if d.trains {
				l.NoteAbout(catalog.ImportOtherPhase, d.name)
			} else {
				l.NoteAbout(catalog.ImportOtherStage, d.name)
			}
			continue
		}
		if err := l.lower(d, i); err != nil {
			line, _ := text.Position(doc.src, d.at)
			return nil, diag.New(catalog.ImportInLayer, layer.Quote(d.name), line, source.AsDiag(err).Say)
		}
		if i%100 == 99 {
			if err := step(1); err != nil {
				return nil, err
			}
		}
	}
	l.settleNorms()
	l.prune()
	return l, nil
}

// lower makes nodes of one definition and notes which values they give.
func (l *lowering) lower(d *definition, at int) error {
	switch {
	case isData(d):
		return nil
	case isMeasure(d):
		l.skip(d)
		return nil
	}
	c := &call{lowering: l, definition: d}
	for _, b := range d.bottom {
		node, err := l.value(d, b, at)
		if err != nil {
			return err
		}
		if node != "" {
			c.in = append(c.in, node)
		}
	}
	if len(c.in) == 0 && len(d.bottom) > 0 { // it works on what a loss gives
		l.skip(d)
		return nil
	}
	if f := makerOf(d); f != nil && (len(c.in) > 0 || d.key == "parameter") {
		return f(c)
	}
	return readUnknown(c)
}

// skip leaves a layer out, and with it what it gives.
func (l *lowering) skip(d *definition) {
	l.NoteAbout(catalog.ImportLeftOut, d.name)
	for _, b := range d.bottom {
		l.judged[l.blobs[b]] = true
	}
	for _, t := range d.top {
		l.blobs[t] = ""
	}
}

// prune takes layers away that prepared what a loss compares with: nothing that
// learns comes before them, and nothing is left that takes their value. Where nothing
// learns at all they are the network.
func (l *lowering) prune() {
	learned, users, any := map[string]bool{}, map[string]int{}, false
	for _, n := range l.Graph.Nodes {
		learned[n.Name] = n.Layer.Kind().Learns
		any = any || learned[n.Name]
		for _, in := range n.Inputs {
			learned[n.Name] = learned[n.Name] || learned[in]
			users[in]++
		}
	}
	for i := len(l.Graph.Nodes) - 1; i >= 0 && any; i-- {
		n := &l.Graph.Nodes[i]
		if !l.judged[n.Name] || learned[n.Name] || users[n.Name] > 0 {
			continue
		}
		l.NoteAbout(catalog.ImportLeftOut, n.Name)
		for _, in := range n.Inputs {
			l.judged[in] = true
			users[in]--
		}
		n.Layer = nil
	}
	l.Graph.Nodes = slices.DeleteFunc(l.Graph.Nodes, func(n graph.Node) bool { return n.Layer == nil })
}

// A call is a definition whose inputs are there.
type call struct {
	*lowering
	*definition
	in []string // the nodes that give them
}

// A maker converts a call to nodes.
type maker func(*call) error

// emit adds a layer of a kind that gives the first value.
func emit[L layer.Layer](c *call, kind layer.Typed[L], in []string, set func(L)) error {
	made, err := layerOf(kind, set)
	if err != nil {
		return err
	}
	return c.add(in, made)
}

// layerOf makes a layer of a kind; set may be nil.
func layerOf[L layer.Layer](kind layer.Typed[L], set func(L)) (layer.Layer, error) {
	if set == nil {
		set = func(L) {}
	}
	return kind.With(set)
}

// emitBefore adds a layer that comes before the call's own, named after it.
func emitBefore[L layer.Layer](c *call, kind layer.Typed[L], in []string, set func(L)) (string, error) {
	made, err := layerOf(kind, set)
	if err != nil {
		return "", err
	}
	return c.Add(graph.Node{Name: c.name + "/" + made.Kind().Name, Layer: made, Inputs: in})
}

// byRow adds the layer that the vocabulary makes of the options.
func byRow(c *call) error { return c.addRow(c.row()) }

// addRow adds the layer of a row.
func (c *call) addRow(r *vocab.Row) error {
	from := c.msg
	if !c.flat {
		from = c.msg.Sub(r.Message)
	}
	var args []vocab.Arg
	for _, p := range r.Params {
		if s := from.Str(p.Name); s != "" {
			args = append(args, vocab.Arg{Name: p.Name, Value: s})
		}
	}
	made, err := vocab.Caffe().Make(r, args)
	if err != nil {
		return err
	}
	return c.add(c.in[:1], made.Layer)
}

// add adds a layer that gives the first value.
func (c *call) add(in []string, made layer.Layer) error {
	if k := made.Kind(); k.Joins() && k.Takes != layer.TakesPathsOrOne && len(in) == 1 {
		c.alias(in[0]) // a join of one value is the value
		return nil
	}
	name, err := c.Add(graph.Node{Name: c.name, Layer: made, Inputs: in, Keep: made.Kind().Learns})
	if err != nil {
		return err
	}
	c.alias(name)
	return nil
}

// alias notes that the call's values are those of a node.
func (c *call) alias(node string) {
	for _, t := range c.top {
		c.blobs[t] = node
	}
}

// addOpaque adds a layer that has no kind. Values but the first, of which nothing is
// known, are opaque layers of their own.
func (c *call) addOpaque(in []string, u graph.Unknown) error {
	if u.Type == "" {
		u.Type = "layer"
	}
	c.NoteAbout(catalog.ImportOpaque, u.Type)
	if len(in) == 0 {
		// Nothing enters, and an opaque layer is no source.
		node, err := c.enter(c.name, nil)
		if err != nil {
			return err
		}
		in = []string{node}
	}
	n := graph.Node{Name: c.name, Layer: u.Layer(), Inputs: in, Keep: true}
	if learned := len(u.Weights); learned > 0 {
		n.Frozen, n.Shares = c.frozen(learned), c.shares(learned+len(u.Buffers))
	}
	first, err := c.Add(n)
	if err != nil {
		return err
	}
	c.own(first)
	if c.alias(first); len(c.top) < 2 {
		return nil
	}
	for _, t := range c.top[1:] {
		node, err := c.Add(graph.Node{Name: t, Layer: graph.Unknown{Type: u.Type, Complete: true}.Layer(),
			Inputs: []string{first}})
		if err != nil {
			return err
		}
		c.blobs[t] = node
	}
	return nil
}

// weightless is a layer of the call's type without weights that gives a shape; nil:
// it is unknown.
func (c *call) weightless(out tensor.Shape) graph.Unknown {
	return graph.Unknown{Type: c.typ, Complete: true, Out: out}
}

// shapeless adds an opaque layer without weights whose output is unknown.
func (c *call) shapeless() error { return c.addOpaque(c.in[:1], c.weightless(nil)) }

// sameShape is a layer of the call's type that keeps the shape, also when the
// input's is changed.
func (c *call) sameShape() graph.Unknown {
	return graph.Unknown{Type: c.typ, Complete: true, Keeps: true}
}

// same adds a layer without weights that keeps the shape.
func (c *call) same() error { return c.addOpaque(c.in, c.sameShape()) }

// x is the shape of the first input, nil if it is unknown.
func (c *call) x() tensor.Shape { return c.Shapes[c.in[0]] }

// rank returns how many dimensions the first input has with its batch; 0: unknown.
func (c *call) rank() int {
	if x := c.x(); x != nil {
		return len(x) + 1
	}
	return 0
}

// axis returns an axis of the first input as PyTorch numbers it: 0 is the batch. A
// negative one stays where the rank is unknown.
func (c *call) axis(axis int64) int64 {
	if r := int64(c.rank()); axis < 0 && r > 0 && axis+r >= 0 {
		return axis + r
	}
	return axis
}

// channels returns the first extent of the first input.
func (c *call) channels() int64 { return c.Dim(c.in[0], 0) }
