package keras

import (
	"encoding/json"
	"slices"

	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/source"
)

// A recurrence is a recurrent layer as its options state it.
type recurrence struct {
	kind       *layer.Kind
	hidden     layer.Width
	bias       bool
	all        bool // every output, not the last alone
	relu       bool
	resetAfter bool
	merge      string // of the two directions; "": there is one
}

// recurrence reads the options of an LSTM, GRU or simple RNN, or of a cell. A GRU
// has the second bias of reset_after only if its file states it: before it was an
// option, and in TensorFlow.js, there is none. cuDNN's form always has it.
func (o *options) recurrence() (recurrence, bool) {
	if o.row == nil || o.row.Kind.Group != layer.GroupRecurrent || layer.ConvLSTMKind.Kind() == o.row.Kind {
		return recurrence{}, false
	}
	return recurrence{
		kind: o.row.Kind, hidden: o.width("units"), bias: o.flag("use_bias"), all: o.flag("return_sequences"),
		relu: o.text("activation") == "relu", resetAfter: o.flagOr(false, "reset_after") || o.class == "CuDNNGRU",
	}, true
}

// readRecurrent reads one recurrent layer. cuDNN's forms keep two biases, which are
// those of a GRU with reset_after, and of no kind for an LSTM.
func readRecurrent(c *call) (value, error) {
	if c.config.class.name == "CuDNNLSTM" {
		return readTwoBiases(c)
	}
	r, ok := c.options().recurrence()
	if !ok {
		return value{}, errUnsupported
	}
	return addSequence(c, r)
}

// addSequence adds a recurrent layer on [steps, features].
func addSequence(c *call, r recurrence) (value, error) {
	in, err := c.one()
	if err != nil {
		return in, errUnsupported
	}
	if c.scope.lead > 0 {
		return stepByStep(c)
	}
	if in.order != nil && len(in.order) != 2 {
		return in, errUnsupported
	}
	if in, err = c.arranged(in, asIs(2)); err != nil {
		return in, err
	}
	o := asIs(2)
	if !r.all {
		o = asIs(1)
	}
	kind := layer.RNNKind
	switch r.kind {
	case layer.LSTMKind.Kind():
		kind = layer.LSTMKind
	case layer.GRUKind.Kind():
		kind = layer.GRUKind
	}
	return emit(c, kind, []value{in}, o, func(l *layer.Recurrent) {
		l.Hidden, l.Bias, l.Last = r.hidden, layer.Switch(r.bias), layer.Switch(!r.all)
		switch {
		case layer.GRUKind.Is(l):
			l.ResetAfter = layer.Switch(r.resetAfter)
		case layer.RNNKind.Is(l) && r.relu:
			l.Nonlinearity.Word = "relu"
		}
		if r.merge != "" {
			l.Bidirectional, l.Merge.Word = true, r.merge
		}
	})
}

// readTwoBiases is cuDNN's LSTM: [in, 4h], [h, 4h] and [8h].
func readTwoBiases(c *call) (value, error) {
	in, err := c.one()
	sizes := c.sizes(in)
	h := c.options().whole(0, "units")
	if err != nil || len(sizes) != 2 || h < 1 || h > num.MaxExtent/8 || c.scope.lead > 0 {
		return in, errUnsupported
	}
	out := tensor.Of(h)
	if c.options().flag("return_sequences") {
		out = tensor.Shape{sizes[0], {N: h}}
	}
	return c.opaque([]tensor.Shape{tensor.Of(sizes[1].N, 4*h), tensor.Of(h, 4*h), tensor.Of(8 * h)}, nil, out)
}

// A cell is what keras.layers.RNN repeats.
type cell struct {
	Class  string          `json:"class_name"`
	Config json.RawMessage `json:"config"`
}

// readCells reads keras.layers.RNN: one cell, or several on top of each other.
func readCells(c *call) (value, error) {
	cells, err := cellsOf(c)
	if err != nil {
		return value{}, err
	}
	if c.scope.lead > 0 {
		return stepByStep(c)
	}
	out, err := c.one()
	for i, o := range cells {
		if err != nil {
			return out, err
		}
		r, ok := o.recurrence()
		if !ok {
			return value{}, errUnsupported
		}
		r.all = i < len(cells)-1 || c.options().flag("return_sequences")
		l := *c.config
		l.options = o
		out, err = addSequence(c.with(&l, inputs{args: []value{out}}), r)
	}
	return out, err
}

// cellsOf returns the options of the cells of a keras.layers.RNN.
func cellsOf(c *call) ([]*options, error) {
	var one cell
	if raw := c.options().inner["cell"]; raw == nil || json.Unmarshal(raw, &one) != nil {
		return nil, errUnsupported
	}
	stack := []cell{one}
	if one.Class == "StackedRNNCells" {
		var inner struct {
			Cells []cell `json:"cells"`
		}
		if json.Unmarshal(one.Config, &inner) != nil || len(inner.Cells) == 0 || len(inner.Cells) > source.MaxNodes {
			return nil, errUnsupported
		}
		stack = inner.Cells
	}
	all := make([]*options, len(stack))
	for i, s := range stack {
		if all[i] = newOptions(s.Class, nil); s.Config != nil {
			var err error
			if all[i], err = optionsOf(s.Class, s.Config); err != nil {
				return nil, errUnsupported
			}
		}
	}
	return all, nil
}

// readBidirectional runs a recurrent layer both ways.
func readBidirectional(c *call) (value, error) {
	inner, err := c.wrapped("layer", "forward_layer")
	if err != nil {
		return value{}, errUnsupported
	}
	r, ok := inner.options.recurrence()
	r.merge = "concat"
	if v, stated := c.options().values["merge_mode"]; stated {
		if r.merge, _ = v.(string); r.merge == "" { // None: two outputs
			return value{}, errUnsupported
		}
	}
	if c.options().inner["backward_layer"] != nil {
		back, err := c.wrapped("backward_layer")
		if err != nil {
			return value{}, errUnsupported
		}
		b, _ := back.options.recurrence()
		if back.class.name != inner.class.name || b.hidden != r.hidden || b.bias != r.bias {
			return value{}, errUnsupported
		}
	}
	if inner.custom || !ok {
		return value{}, errUnsupported
	}
	c.scope.frozen = c.scope.frozen || !inner.options.trainable()
	if c.scope.lead > 0 {
		return stepByStep(c)
	}
	l := *c.config
	l.options = inner.options
	return addSequence(c.with(&l, c.in), r)
}

// prefersWrapped returns the order that the layer inside a wrapper prefers.
func prefersWrapped(l *layerConfig, rank, lead int) order {
	var j serialized
	if json.Unmarshal(l.options.inner["layer"], &j) != nil {
		return nil
	}
	inner := &layerConfig{class: classNamed(j.Class)}
	if inner.class.reading == nil && hasLayers(j.Config) {
		return prefersMap(l, rank, lead+1)
	}
	if inner.class.reading == nil || inner.class.prefers == nil || rank <= lead+1 {
		return nil
	}
	var err error
	if inner.options, err = optionsOf(j.Class, j.Config); err != nil {
		return nil
	}
	return inner.class.prefers(inner, rank, lead+1)
}

// readTimeDistributed reads a wrapper that applies its layer to each step: the
// extent of steps comes first.
func readTimeDistributed(c *call) (value, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	inner, err := c.wrapped("layer")
	if err != nil {
		return in, err
	}
	if c.scope.lead > 3 {
		return in, errUnsupported
	}
	s := c.scope
	s.lead++
	s.frozen = s.frozen || !inner.options.trainable()
	if inner.model != nil {
		out, err := c.run(inner.model, []value{in}, s)
		if err != nil {
			return in, err
		}
		return out[0], nil
	}
	if inner.class.reading == nil || inner.custom {
		return in, errUnsupported
	}
	step := c.with(&layerConfig{class: inner.class, name: c.config.name, path: c.config.path, options: inner.options,
		stored: c.config.stored}, c.in)
	step.scope = s
	return step.read()
}

// stepByStep adds an opaque layer in place of one that is applied to each step: its
// weights are those for one step, its output that for one, times the steps.
func stepByStep(c *call) (value, error) {
	in, err := c.one()
	sizes := c.sizes(in)
	lead := c.scope.lead
	if err != nil || len(sizes) <= lead {
		return in, errUnsupported
	}
	alone := newBuilder(nil, nil)
	m := newModel()
	m.add(c.config)
	step := numbersOf(sizes[lead:])
	v, err := alone.addInput("input", c.config.origin, step, asIs(len(step)))
	if err != nil {
		return in, errUnsupported
	}
	once := &call{builder: alone, config: c.config, in: inputs{args: []value{v}}, scope: scope{model: m}, added: &added{}}
	out, err := once.read()
	if err != nil || len(alone.journal.opaque) > 0 {
		return in, errUnsupported
	}
	weights := []tensor.Shape{}
	for _, n := range alone.Graph.Nodes {
		declared, err := alone.weights(n)
		if err != nil {
			return in, errUnsupported
		}
		for i := range declared {
			if w := &declared[i]; count.Keras.Counts(w) && w.Class.Learnable() {
				weights = append(weights, tensor.Of(w.Shape...))
			}
		}
	}
	return c.opaque(weights, nil, slices.Concat(sizes[:lead], alone.sizes(out)))
}
