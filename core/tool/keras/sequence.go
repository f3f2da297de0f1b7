package keras

import (
	"encoding/json"
	"slices"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// recurrentOptions writes the options of an LSTM, GRU or simple RNN. A GRU has
// the second bias of reset_after only if its file says so: before it was an
// option, and in TensorFlow.js, there is none.
func (c *kerasCall) recurrentOptions(kind string, o kerasOptions) []string {
	pairs := []string{"hidden", o.written("units", "output_dim"), "bias", graph.OnOff(o.yes(true, "use_bias"))}
	switch kind {
	case "gru":
		pairs = append(pairs, "reset_after", graph.OnOff(o.yes(false, "reset_after")))
	case "rnn":
		if o.text("activation") == "relu" {
			pairs = append(pairs, "nonlinearity", "relu")
		}
	}
	return pairs
}

var kerasRecurrent = map[string]string{
	"SimpleRNN": "rnn", "LSTM": "lstm", "GRU": "gru", "SimpleRNNCell": "rnn", "LSTMCell": "lstm", "GRUCell": "gru",
}

// recurrent is one recurrent layer. cuDNN's forms keep two biases, which are
// those of a GRU with reset_after, and of no kind for an LSTM.
func (c *kerasCall) recurrent() (kerasValue, error) {
	kind, o := kerasRecurrent[c.l.class], c.o
	switch c.l.class {
	case "CuDNNGRU":
		kind, o = "gru", with(o, "reset_after", "true")
	case "CuDNNLSTM":
		return c.twoBiases()
	}
	return c.sequence(kind, o, o.yes(false, "return_sequences"))
}

// with returns options with another value of one.
func with(o kerasOptions, name, value string) kerasOptions {
	more := kerasOptions{name: json.RawMessage(value)}
	for n, v := range o {
		if n != name {
			more[n] = v
		}
	}
	return more
}

// sequence adds a recurrent layer that takes [steps, features].
func (c *kerasCall) sequence(kind string, o kerasOptions, all bool, more ...string) (kerasValue, error) {
	in, err := c.one()
	if err != nil || kind == "" {
		return in, errNoKind
	}
	if c.around.lead > 0 {
		return c.byItself()
	}
	if in.order != nil && len(in.order) != 2 {
		return in, errNoKind
	}
	if in, err = c.kerasNet.in(in, asWritten(2)); err != nil {
		return in, err
	}
	order := asWritten(2)
	if !all {
		order = asWritten(1)
	}
	return c.put(kind, []kerasValue{in}, order, append(append(c.recurrentOptions(kind, o), "last", graph.OnOff(!all)), more...)...)
}

// twoBiases is cuDNN's LSTM: [in, 4h], [h, 4h] and [8h].
func (c *kerasCall) twoBiases() (kerasValue, error) {
	in, err := c.one()
	sizes := c.sizes(in)
	h := c.o.whole(0, "units")
	if err != nil || len(sizes) != 2 || h < 1 || h > num.MaxExtent/8 || c.around.lead > 0 {
		return in, errNoKind
	}
	out := tensor.Of(h)
	if c.o.yes(false, "return_sequences") {
		out = tensor.Shape{sizes[0], {N: h}}
	}
	return c.strange([]tensor.Shape{tensor.Of(sizes[1].N, 4*h), tensor.Of(h, 4*h), tensor.Of(8 * h)}, nil, out)
}

// cells is keras.layers.RNN: one cell, or several on top of each other.
func (c *kerasCall) cells() (kerasValue, error) {
	type cell struct {
		Class  string       `json:"class_name"`
		Config kerasOptions `json:"config"`
	}
	var one cell
	if json.Unmarshal(c.o.get("cell"), &one) != nil {
		return kerasValue{}, errNoKind
	}
	stack := []cell{one}
	if one.Class == "StackedRNNCells" {
		stack = nil
		if json.Unmarshal(one.Config.get("cells"), &stack) != nil || len(stack) == 0 || len(stack) > source.MaxNodes {
			return kerasValue{}, errNoKind
		}
	}
	out, err := c.one()
	for i, s := range stack {
		if err != nil {
			return out, err
		}
		inner := *c
		inner.in = kerasInputs{args: []kerasValue{out}}
		out, err = inner.sequence(kerasRecurrent[s.Class], s.Config, i < len(stack)-1 || c.o.yes(false, "return_sequences"))
		c.nodes, c.mine = inner.nodes, inner.mine
	}
	return out, err
}

// bidirectional runs a recurrent layer both ways.
func (c *kerasCall) bidirectional() (kerasValue, error) {
	inner, err := c.sub("layer", "forward_layer")
	if err != nil {
		return kerasValue{}, errNoKind
	}
	merge := c.o.text("merge_mode")
	raw := c.o.get("merge_mode")
	kind, o := kerasRecurrent[inner.class], inner.config
	if inner.class == "CuDNNGRU" {
		kind, o = "gru", with(o, "reset_after", "true")
	}
	if _, given := c.o["merge_mode"]; !given {
		merge, raw = "concat", json.RawMessage(`"concat"`)
	}
	var back kerasJSON
	if v := c.o.get("backward_layer"); v != nil {
		var bo kerasOptions
		if json.Unmarshal(v, &back) != nil || json.Unmarshal(back.Config, &bo) != nil || back.Class != inner.class ||
			bo.written("units") != o.written("units") || bo.yes(true, "use_bias") != o.yes(true, "use_bias") {
			return kerasValue{}, errNoKind
		}
	}
	if raw == nil || inner.custom {
		return kerasValue{}, errNoKind
	}
	c.around.frozen = c.around.frozen || !o.yes(true, "trainable")
	return c.sequence(kind, o, o.yes(false, "return_sequences"), "bidirectional", "on", "merge", merge)
}

// wantsWrapped asks the layer inside a wrapper.
func wantsWrapped(l *kerasLayer, rank, lead int) []int {
	var j kerasJSON
	if json.Unmarshal(l.config.get("layer"), &j) != nil {
		return nil
	}
	class, ok := kerasClasses[j.Class]
	if !ok && isModel(j.Config) {
		return wantsMap(l, rank, lead+1)
	}
	if class.wants == nil || rank <= lead+1 {
		return nil
	}
	inner := &kerasLayer{class: j.Class}
	if json.Unmarshal(j.Config, &inner.config) != nil {
		return nil
	}
	return class.wants(inner, rank, lead+1)
}

// timeDistributed takes each step by itself: its layer has one extent more in
// front.
func (c *kerasCall) timeDistributed() (kerasValue, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	inner, err := c.sub("layer")
	if err != nil {
		return in, err
	}
	if c.around.lead > 3 {
		return in, errNoKind
	}
	a := c.around
	a.lead++
	a.frozen = a.frozen || !inner.config.yes(true, "trainable")
	if inner.model != nil {
		out, err := c.run(inner.model, []kerasValue{in}, a)
		if err != nil {
			return in, err
		}
		return out[0], nil
	}
	class, known := kerasClasses[inner.class]
	if !known || inner.custom {
		return in, errNoKind
	}
	call := *c
	call.l = &kerasLayer{class: inner.class, name: c.l.name, path: c.l.path, config: inner.config, stored: c.l.stored}
	call.o, call.around = inner.config, a
	out, err := class.put(&call)
	c.nodes, c.mine = call.nodes, call.mine
	return out, err
}

// byItself stands for a layer that takes each step of something larger: its
// weights are those it has for one step, its output that of one, for each.
func (c *kerasCall) byItself() (kerasValue, error) {
	in, err := c.one()
	sizes := c.sizes(in)
	lead := c.around.lead
	if err != nil || len(sizes) <= lead {
		return in, errNoKind
	}
	alone := &kerasNet{Builder: graph.NewBuilder(), store: nil, moved: map[string]kerasValue{}, made: map[string][]kerasValue{}}
	m := &kerasModel{layers: []*kerasLayer{c.l}, index: map[string]int{c.l.name: 0}}
	step := numbersOf(sizes[lead:])
	v, err := alone.input("input", step, asWritten(len(step)))
	if err != nil {
		return in, errNoKind
	}
	one := &kerasCall{kerasNet: alone, l: c.l, o: c.o, in: kerasInputs{args: []kerasValue{v}}, around: kerasAround{model: m}}
	out, err := kerasClasses[c.l.class].put(one)
	if err != nil || len(alone.opaque) > 0 {
		return in, errNoKind
	}
	weights := []tensor.Shape{}
	for _, n := range alone.Graph.Nodes {
		shapes := make([]tensor.Shape, len(n.Inputs))
		for i, name := range n.Inputs {
			shapes[i] = alone.Shapes[name]
		}
		r, d := layer.Apply(n.Layer, shapes)
		if d != nil {
			return in, errNoKind
		}
		for _, w := range r.Weights {
			if !w.Torch && w.Class.Learnable() {
				weights = append(weights, tensor.Of(w.Shape...))
			}
		}
	}
	return c.strange(weights, nil, slices.Concat(sizes[:lead], one.sizes(out)))
}

// convLSTM is an LSTM on a film.
func (c *kerasCall) convLSTM() (kerasValue, error) {
	in, err := c.one()
	rank := kerasClasses[c.l.class].dims + 2
	if err != nil || c.around.lead > 0 || in.order != nil && len(in.order) != rank {
		return in, errNoKind
	}
	order := wantsFilm(c.l, rank, 0)
	if in, err = c.kerasNet.in(in, order); err != nil {
		return in, err
	}
	out := order
	all := c.o.yes(false, "return_sequences")
	if !all {
		out = nil
		for _, axis := range order[1:] {
			out = append(out, axis-1)
		}
	}
	pairs := append(convPairs(c), "filters", filters(c), "last", graph.OnOff(!all))
	return c.put("convlstm", []kerasValue{in}, out, pairs...)
}
