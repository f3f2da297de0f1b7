package keras

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// errNoKind says that paramstack has no kind for a layer, or not for its options.
var errNoKind = errors.New("no kind")

// A kerasCall is one call of a layer.
type kerasCall struct {
	*kerasNet
	l      *kerasLayer
	o      kerasOptions
	in     kerasInputs
	around kerasAround
	place  int // in its model
	nodes  int // that this call made so far
	again  bool
	first  []kerasValue // what the layer's first call made
	mine   []kerasValue // what this one makes
	note   string       // what its next node is, where the kind does not tell
	inside int          // layers that are activations of another
}

// call puts a call of a layer into the graph. A layer that has no kind, or whose
// weights in the file are others than those its options make, becomes opaque.
func (k *kerasNet) call(l *kerasLayer, place int, in kerasInputs, a kerasAround) ([]kerasValue, error) {
	k.done++
	if k.done%100 == 0 && k.f != nil {
		if err := k.f.Progress(0.5); err != nil {
			return nil, err
		}
	}
	if l.model != nil {
		a.frozen = a.frozen || !l.config.yes(true, "trainable")
		args := in.args
		for _, name := range sortedNames(in.by) {
			args = append(args, in.by[name]...)
		}
		return k.run(l.model, args, a)
	}
	c := &kerasCall{kerasNet: k, l: l, o: l.config, in: in, around: a, place: place}
	c.around.frozen = a.frozen || !l.config.yes(true, "trainable")
	c.first, c.again = k.made[l.path]
	mark, opaque, behind := len(k.Graph.Nodes), len(k.opaque), k.behind
	class, known := kerasClasses[l.class]
	if !known && strings.HasPrefix(l.class, "ops.") {
		class, known = kerasClass{read: (*kerasCall).op}, true
	}
	out, err := kerasValue{}, errNoKind
	if known && !l.custom {
		out, err = class.put(c)
	}
	switch {
	case fatal(err):
		return nil, err
	case err == nil:
		want, ok := k.elements(k.Graph.Nodes[mark:])
		stored, sure := k.store.of(l)
		have := num.Int{}
		for _, t := range stored {
			have = have.Add(elementsIn(t.shape))
		}
		if !sure || c.again || l.class == "InputLayer" || ok && want.Equal(have) || !ok && len(stored) == 0 {
			break
		}
		if ok {
			k.Result.AddNote(true, catalog.ImportKerasDiffers, layer.Quote(l.path), l.class, have.Grouped(), want.Grouped())
		}
		err = errNoKind
	case !errors.Is(err, errNoKind):
		k.Result.AddNote(true, catalog.ImportKerasLayer, layer.Quote(l.path), l.class, source.AsDiag(err).Say)
	}
	if err != nil {
		k.drop(mark)
		k.opaque, k.behind, c.mine = k.opaque[:opaque], behind, nil
		if out, err = c.unknown(); err != nil {
			return nil, err
		}
	}
	if !c.again {
		k.made[l.path] = c.mine
	}
	return []kerasValue{out}, nil
}

// sortedNames returns the names of inputs in an order that is always the same.
func sortedNames(m map[string][]kerasValue) []string {
	var names []string
	for n := range m {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// drop takes the nodes from number mark on out of the graph again.
func (k *kerasNet) drop(mark int) {
	for _, n := range k.Graph.Nodes[mark:] {
		delete(k.Index, n.Name)
		delete(k.Shapes, n.Name)
	}
	moved := slices.ContainsFunc(k.Graph.Nodes[mark:], func(n graph.Node) bool { return n.Layer.Kind().Name == "permute" })
	k.Graph.Nodes = k.Graph.Nodes[:mark]
	for key, v := range k.moved {
		if _, stays := k.Index[v.node]; moved && !stays {
			delete(k.moved, key)
		}
	}
}

// all returns every input of the call.
func (c *kerasCall) all() []kerasValue {
	all := slices.Clone(c.in.args)
	for _, name := range sortedNames(c.in.by) {
		all = append(all, c.in.by[name]...)
	}
	return all
}

// one returns the only input.
func (c *kerasCall) one() (kerasValue, error) {
	if all := c.all(); len(all) > 0 {
		return all[0], nil
	}
	return kerasValue{}, errNoKind
}

// rank returns how many extents a value has without the batch, 0 if unknown.
func (c *kerasCall) rank(v kerasValue) int { return len(v.order) }

// sizes returns the extents of a value in Keras' order.
func (c *kerasCall) sizes(v kerasValue) tensor.Shape {
	s := c.Shapes[v.node]
	if len(s) != len(v.order) {
		return nil
	}
	out := make(tensor.Shape, len(s))
	for i, axis := range v.order {
		out[axis] = s[i]
	}
	return out
}

// put adds a node of a kind that takes values and gives one whose extents are in
// an order.
func (c *kerasCall) put(kind string, in []kerasValue, order []int, pairs ...string) (kerasValue, error) {
	l, err := graph.Build(kind, pairs...)
	if err != nil {
		return kerasValue{}, err
	}
	return c.set(l, in, order)
}

// set adds a node with a layer. Weights of a layer's second call are those of its
// first.
func (c *kerasCall) set(l layer.Layer, in []kerasValue, order []int) (kerasValue, error) {
	name := c.l.path
	if c.nodes > 0 {
		name += "/" + l.Kind().Name
	}
	n := graph.Node{Name: name, Layer: l, Keep: l.Kind().Learns && c.nodes == 0, Note: c.note}
	c.note = ""
	for _, v := range in {
		n.Inputs = append(n.Inputs, v.node)
	}
	if l.Kind().Learns {
		n.Frozen = c.around.frozen && !l.Kind().Source
		if c.again && c.nodes < len(c.first) {
			n.Shares = c.first[c.nodes].node
		}
		if n.Shares != "" && (len(in) > 1 || c.Node(n.Shares).Layer.Kind() != l.Kind()) {
			n.Shares, n.Layer = "", c.shadow(l, in)
		}
	}
	node, err := c.Add(n)
	if err != nil {
		return kerasValue{}, err
	}
	if s := c.Shapes[node]; s != nil && len(s) != len(order) {
		order = asWritten(len(s))
	}
	c.nodes++
	c.mine = append(c.mine, kerasValue{node, order})
	return kerasValue{node, order}, nil
}

// shadow stands for a second call of a layer that takes several inputs: a branch
// shares no weights, so it is an opaque layer without any.
func (c *kerasCall) shadow(l layer.Layer, in []kerasValue) layer.Layer {
	names := make([]string, len(in))
	for i, v := range in {
		names[i] = v.node
	}
	c.opaque = append(c.opaque, c.l.path+" ("+c.l.class+")")
	return graph.Opaque(c.l.class, []tensor.Shape{}, nil, c.Apply(l, names))
}

// unknown adds an opaque layer: with the weights that the file holds for it, none
// if the file holds all and none are its, and what it gives, if anything tells.
func (c *kerasCall) unknown() (kerasValue, error) {
	stored, sure := c.store.of(c.l)
	weights, buffers := split(stored)
	if !sure && len(stored) == 0 && !kerasWeightless(c.l) {
		weights = nil
	}
	if c.again {
		weights, buffers = []tensor.Shape{}, nil
	}
	return c.strange(weights, buffers, c.told())
}

// strange adds an opaque layer; out is in Keras' order, nil if it is not known.
func (c *kerasCall) strange(weights, buffers []tensor.Shape, out tensor.Shape) (kerasValue, error) {
	who := c.l.path + " (" + strings.TrimPrefix(c.l.class, "ops.") + ")"
	if !slices.Contains(c.opaque, who) {
		c.opaque = append(c.opaque, who)
	}
	if weights == nil {
		c.hidden = append(c.hidden, c.l.path)
	}
	var order []int
	given := out
	if out != nil && len(out) == 0 {
		out = nil
	}
	if out != nil {
		order = c.after(len(out))
		given = make(tensor.Shape, len(out))
		for i, axis := range order {
			given[i] = tensor.Dim{N: out[axis].N}
			if given[i].N == 0 {
				given[i].N = tensor.Unknown
			}
		}
	}
	l := graph.Opaque(strings.TrimPrefix(c.l.class, "ops."), weights, buffers, given)
	if len(weights) == 0 && weights != nil && len(buffers) == 0 && kerasWeightless(c.l) {
		l.(*layer.Opaque).MACs.N = 0
	}
	c.nodes = 0
	return c.set(l, c.all(), order)
}

// after returns the order that what follows wants.
func (c *kerasCall) after(rank int) []int {
	m, i := c.around.model, c.place
	if o := c.wanted(m, m.layers[i], rank, c.around.lead, map[*kerasLayer]bool{}, false); o != nil {
		return o
	}
	if rank-c.around.lead > 2 {
		return ahead(rank, rank-1, 0)
	}
	return asWritten(rank)
}

// told returns the output shape of a layer that is not known here: as Keras 3
// writes it beside its tensors, as an option says it, or as the next layer was
// built for it.
func (c *kerasCall) told() tensor.Shape {
	m := c.around.model
	if s, ok := m.told[kerasKey{c.l.name, 0, 0}]; ok {
		return tensor.Of(s...)
	}
	if s := c.o.numbers("output_shape"); c.l.class == "Lambda" && len(s) > 0 {
		return tensor.Of(s...)
	}
	next := m.next[c.l.name]
	if !m.functional && c.place+1 < len(m.layers) {
		next = m.layers[c.place+1 : c.place+2]
	}
	for _, n := range next {
		if n.class == "TimeDistributed" && n.given == nil {
			continue
		}
		if s := c.expects(n); len(s) > 1 || len(s) == 1 && s[0] != tensor.Unknown {
			c.guessed = append(c.guessed, c.l.path)
			return tensor.Of(s...)
		}
	}
	if in, err := c.one(); err == nil && kerasSameShape[c.l.class] {
		return c.sizes(in)
	}
	return nil
}

// sub returns the layer inside a wrapper.
func (c *kerasCall) sub(names ...string) (*kerasLayer, error) {
	var j kerasJSON
	raw := c.o.get(names...)
	if raw == nil || json.Unmarshal(raw, &j) != nil {
		return nil, errNoKind
	}
	p := kerasParse{store: c.store}
	l, err := p.layer(&j, c.l.path, c.l.stored, map[string]int{}, strings.Count(c.l.path, "/"))
	if err != nil {
		return nil, err
	}
	return l, nil
}

// activate puts the activation behind a layer that has one as an option.
func (c *kerasCall) activate(v kerasValue, option json.RawMessage) (kerasValue, error) {
	if option == nil {
		return v, nil
	}
	name := ""
	if json.Unmarshal(option, &name) != nil {
		var j struct {
			Class  string          `json:"class_name"`
			Config json.RawMessage `json:"config"`
		}
		if json.Unmarshal(option, &j) != nil {
			return v, errNoKind
		}
		if json.Unmarshal(j.Config, &name) != nil {
			// A layer is the activation.
			class, known := kerasClasses[j.Class]
			var o kerasOptions
			if !known || json.Unmarshal(j.Config, &o) != nil || !class.alike || c.inside > 3 {
				return v, errNoKind
			}
			c.behind++
			inner := *c
			inner.inside++
			inner.o, inner.in = o, kerasInputs{args: []kerasValue{v}}
			out, err := class.put(&inner)
			c.nodes, c.mine = inner.nodes, inner.mine
			return out, err
		}
	}
	if name == "linear" || name == "" {
		return v, nil
	}
	c.behind++
	return c.function(v, name)
}

// function puts a function of tf.keras.activations in.
func (c *kerasCall) function(v kerasValue, name string) (kerasValue, error) {
	kind, known := kerasFunctions[name]
	switch {
	case !known:
		l := graph.Opaque(name, []tensor.Shape{}, nil, c.Shapes[v.node])
		c.opaque = append(c.opaque, c.l.path+" ("+name+")")
		return c.set(l, []kerasValue{v}, v.order)
	case kind == "softmax" || kind == "logsoftmax":
		return c.put(kind, []kerasValue{v}, v.order, "dim", c.dim(v, -1))
	case kind == "leakyrelu":
		return c.put(kind, []kerasValue{v}, v.order, "slope", "0.2")
	}
	return c.put(kind, []kerasValue{v}, v.order)
}

// axis returns an axis as Keras counts without the batch; its own numbers begin
// with the batch, negative ones at the end.
func (c *kerasCall) axis(v kerasValue, axis int64) (int, bool) {
	if axis < 0 {
		axis += int64(c.rank(v)) + 1
	} else if axis > 0 {
		axis += int64(c.around.lead)
	}
	return int(axis) - 1, axis >= 1 && axis <= int64(c.rank(v))
}

// dim writes an axis of Keras as a dimension of ours, which begins with the batch
// too; "" if there is no such axis.
func (c *kerasCall) dim(v kerasValue, axis int64) string {
	at, ok := c.axis(v, axis)
	if !ok {
		return ""
	}
	return strconv.Itoa(slices.Index(v.order, at) + 1)
}

// bounded writes a number that is of no matter for shapes and counts, "" where it
// is out of bounds: that must not make the layer unreadable.
func (c *kerasCall) bounded(least, most float64, names ...string) string {
	x, err := strconv.ParseFloat(strings.TrimSpace(string(c.o.get(names...))), 64)
	if err != nil || !(x >= least && x <= most) {
		return ""
	}
	if near := float64(float32(x)); near == x { // 0.1 of 32 bits is 0.10000000149011612
		return strconv.FormatFloat(x, 'g', -1, 32)
	}
	return graph.Decimal(x)
}
