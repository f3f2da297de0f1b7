package keras

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/vocab"
)

// inputs are the tensors of one call.
type inputs struct {
	args  []value
	named map[string][]value
}

// all returns them in an order that is always the same.
func (in inputs) all() []value {
	all := slices.Clone(in.args)
	for _, name := range slices.Sorted(maps.Keys(in.named)) {
		all = append(all, in.named[name]...)
	}
	return all
}

// A call is one call of a layer that is being added.
type call struct {
	*builder
	config *layerConfig
	in     inputs
	scope  scope
	place  int // of the layer in its model
	inside int // layers that are activations of another
	added  *added
}

// added is what a call, and those that are part of it, have added so far.
type added struct {
	nodes  int
	values []value
	first  []value // what the layer's first call added
	again  bool    // this is a later one
	note   string  // what the next node is, where its kind does not show it
}

// with is the call of another layer in its place: one that this one wraps.
func (c *call) with(l *layerConfig, in inputs) *call {
	inner := *c
	inner.config, inner.in = l, in
	return &inner
}

// options are the arguments of the layer's constructor.
func (c *call) options() *options { return c.config.options }

// one returns the first input.
func (c *call) one() (value, error) {
	if all := c.in.all(); len(all) > 0 {
		return all[0], nil
	}
	return value{}, errUnsupported
}

// emit adds a layer of a kind and returns its output, in an order. in are its
// inputs. set writes its fields.
func emit[L layer.Layer](c *call, kind layer.Typed[L], in []value, o order, set func(L)) (value, error) {
	l, err := kind.With(func(l L) {
		if set != nil {
			set(l)
		}
	})
	if wrong := c.options().wrong; wrong != nil {
		return value{}, wrong
	}
	if err != nil {
		return value{}, err
	}
	return c.add(l, in, o)
}

// byRow adds the layer that the vocabulary makes of the options.
func (c *call) byRow(in []value, o order) (value, error) {
	row, values := c.config.options.row, c.config.options.values
	var args []vocab.Arg
	for _, p := range row.Params {
		if v := values[p.Name]; v != nil {
			args = append(args, vocab.Arg{Name: p.Name, Value: v})
		}
	}
	made, err := vocab.Keras().Make(row, args)
	if err != nil {
		return value{}, err
	}
	return c.add(made.Layer, in, o)
}

// add adds a node with a layer. Weights of a layer's second call are those of its
// first.
func (c *call) add(l layer.Layer, in []value, o order) (value, error) {
	name, a := c.config.path, c.added
	if a.nodes > 0 {
		name += "/" + l.Kind().Name
	}
	n := graph.Node{Name: name, Layer: l, Keep: l.Kind().Learns && a.nodes == 0 && !c.config.unnamed, Note: a.note,
		Origin: c.config.origin}
	a.note = ""
	for _, v := range in {
		n.Inputs = append(n.Inputs, v.node)
	}
	if l.Kind().Learns {
		n.Frozen = c.scope.frozen && l.Kind().Takes != layer.TakesNone
		if a.again && a.nodes < len(a.first) {
			n.Shares = a.first[a.nodes].node
		}
		if n.Shares != "" && (len(in) > 1 || c.Node(n.Shares).Layer.Kind() != l.Kind()) {
			n.Shares, n.Layer = "", c.shadow(l, n.Inputs)
		}
	}
	node, err := c.Add(n)
	if err != nil {
		return value{}, err
	}
	if s := c.Shapes[node]; s != nil && len(s) != len(o) {
		o = asIs(len(s))
	}
	a.nodes++
	a.values = append(a.values, value{node, o})
	return value{node, o}, nil
}

// shadow is what a second call of a layer with several inputs becomes: a branch
// shares no weights, so it is an opaque layer without any.
func (c *call) shadow(l layer.Layer, in []string) layer.Layer {
	c.journal.opaque = append(c.journal.opaque, c.config.path+" ("+c.config.class.name+")")
	return graph.Opaque(c.config.class.name, []tensor.Shape{}, nil, c.Apply(l, in))
}

// unknown adds an opaque layer: with the weights that the file holds for it, none
// if the file holds all and none are its, and its output shape, if anything states it.
func (c *call) unknown() (value, error) {
	if own := c.config.own; own != nil {
		return c.opaque(append([]tensor.Shape{}, own.learned...), own.frozen, c.inferred())
	}
	stored, sure := c.store.of(c.config)
	weights, buffers := split(stored)
	if !sure && len(stored) == 0 && !c.config.weightless() {
		weights = nil
	}
	return c.opaque(weights, buffers, c.inferred())
}

// opaque adds an opaque layer; weights that are nil are unknown. out is in Keras'
// order, nil if it is unknown.
func (c *call) opaque(weights, buffers []tensor.Shape, out tensor.Shape) (value, error) {
	class := strings.TrimPrefix(c.config.class.name, operation)
	who := c.config.path + " (" + class + ")"
	if !slices.Contains(c.journal.opaque, who) {
		c.journal.opaque = append(c.journal.opaque, who)
	}
	if c.added.again {
		weights, buffers = []tensor.Shape{}, nil
	}
	if weights == nil {
		c.journal.hidden = append(c.journal.hidden, c.config.path)
	}
	var o order
	shape := out
	if len(out) > 0 {
		o = c.after(len(out))
		shape = make(tensor.Shape, len(out))
		for i, axis := range o {
			if shape[i] = (tensor.Dim{N: out[axis].N}); shape[i].N == 0 {
				shape[i].N = tensor.Unknown
			}
		}
	}
	l := graph.Opaque(class, weights, buffers, shape)
	if len(weights) == 0 && weights != nil && len(buffers) == 0 && c.config.weightless() {
		l.(*layer.Opaque).MACs.N = 0
	}
	c.added.nodes = 0
	return c.add(l, c.in.all(), o)
}

// passed adds an opaque layer without weights whose output is like its input.
func (c *call) passed(in value) (value, error) {
	c.journal.opaque = append(c.journal.opaque, c.config.path+" ("+c.config.class.name+")")
	l := graph.Opaque(c.config.class.name, []tensor.Shape{}, nil, c.Shapes[in.node])
	l.(*layer.Opaque).MACs.N = 0
	return c.add(l, []value{in}, in.order)
}

// after returns the order that what follows prefers.
func (c *call) after(rank int) order {
	m, lead := c.scope.model, c.scope.lead
	return orMap(m.prefers(m.layers[c.place], rank, lead, map[*layerConfig]bool{}, false), rank, lead)
}

// inferred returns the output shape of a layer that is unknown here: as Keras 3
// writes it beside its tensors, as an option states it, or as the next layer was
// built for it.
func (c *call) inferred() tensor.Shape {
	m := c.scope.model
	if s, ok := m.shapes[tensorKey{c.config.name, 0, 0}]; ok {
		return tensor.Of(s...)
	}
	if s := c.options().sizes("output_shape"); c.config.class.name == "Lambda" && len(s) > 0 {
		return tensor.Of(s...)
	}
	next := m.next[c.config.name]
	if !m.functional && c.place+1 < len(m.layers) {
		next = m.layers[c.place+1 : c.place+2]
	}
	for _, n := range next {
		if n.class.name == "TimeDistributed" && n.built == nil {
			continue
		}
		if s := c.expects(n); len(s) > 1 || len(s) == 1 && s[0] != tensor.Unknown {
			c.journal.inferred = append(c.journal.inferred, c.config.path)
			return tensor.Of(s...)
		}
	}
	if in, err := c.one(); err == nil && c.config.class.name == "UnitNormalization" {
		return c.sizes(in)
	}
	return nil
}

// wrapped returns the layer inside a wrapper.
func (c *call) wrapped(names ...string) (*layerConfig, error) {
	for _, name := range names {
		if raw := c.options().inner[name]; raw != nil {
			var j serialized
			if json.Unmarshal(raw, &j) != nil {
				break
			}
			p := parser{store: c.store}
			return p.layer(&j, c.config.path, c.config.stored, map[string]int{}, strings.Count(c.config.path, "/"))
		}
	}
	return nil, errUnsupported
}

// activated adds the activation of a layer that has one as an option.
func (c *call) activated(v value) (value, error) {
	const option = "activation"
	name, _ := c.options().get(option).(string)
	if raw := c.options().inner[option]; raw != nil {
		var j struct {
			Class  string          `json:"class_name"`
			Config json.RawMessage `json:"config"`
		}
		if json.Unmarshal(raw, &j) != nil {
			return v, errUnsupported
		}
		if json.Unmarshal(j.Config, &name) != nil {
			return c.activatedBy(v, j.Class, j.Config)
		}
	} else if _, text := c.options().get(option).(string); c.options().get(option) != nil && !text {
		return v, errUnsupported
	}
	if name == "linear" || name == "" {
		return v, nil
	}
	c.journal.acting++
	return c.function(v, name)
}

// activatedBy adds a layer that is the activation of another.
func (c *call) activatedBy(v value, name string, config json.RawMessage) (value, error) {
	l := *c.config
	l.class = classNamed(name)
	var err error
	if l.options, err = optionsOf(name, config); err != nil || l.class.reading == nil || !l.class.reading.alike || c.inside > 3 {
		return v, errUnsupported
	}
	c.journal.acting++
	inner := c.with(&l, inputs{args: []value{v}})
	inner.inside++
	return inner.read()
}

// function adds a function of keras.activations.
func (c *call) function(v value, name string) (value, error) {
	in := []value{v}
	kind := vocab.KerasFunction(name)
	last := func(s *layer.Softmax) {
		if dim, ok := c.dim(v, -1); ok {
			s.Dim.N = dim
		}
	}
	switch kind {
	case nil:
		c.journal.opaque = append(c.journal.opaque, c.config.path+" ("+name+")")
		return c.add(graph.Opaque(name, []tensor.Shape{}, nil, c.Shapes[v.node]), in, v.order)
	case layer.SoftmaxKind.Kind():
		return emit(c, layer.SoftmaxKind, in, v.order, last)
	case layer.LogSoftmaxKind.Kind():
		return emit(c, layer.LogSoftmaxKind, in, v.order, last)
	case layer.LeakyReLUKind.Kind():
		return emit(c, layer.LeakyReLUKind, in, v.order, func(a *layer.Activation) { a.A.V = 0.2 })
	default:
		return c.add(kind.New(), in, v.order)
	}
}

// axis returns an axis as Keras counts without the batch; its own numbers begin
// with the batch, negative ones at the end.
func (c *call) axis(v value, axis int64) (int, bool) {
	if axis < 0 {
		axis += int64(len(v.order)) + 1
	} else if axis > 0 {
		axis += int64(c.scope.lead)
	}
	return int(axis) - 1, axis >= 1 && axis <= int64(len(v.order))
}

// dim returns an axis of Keras as a dimension of ours, which begins with the batch
// too; false if there is no such axis.
func (c *call) dim(v value, axis int64) (int64, bool) {
	at, ok := c.axis(v, axis)
	if !ok {
		return 0, false
	}
	return int64(v.order.at(at)) + 1, true
}

// numbersOf returns the sizes of a shape.
func numbersOf(s tensor.Shape) []int64 {
	n := make([]int64, len(s))
	for i := range s {
		n[i] = s[i].N
	}
	return n
}
