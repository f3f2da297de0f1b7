package onnx

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/onnx/onnxpb"
)

// A recurrence is what a recurrent operator's attributes and inputs state.
type recurrence struct {
	kind       layer.Typed[*layer.Recurrent]
	hidden     int64
	directions int64
	reverse    bool
	time       int // the dimension of the input that is time, not the batch
	resetAfter bool
	weights    []*constant // of the inputs, of the states, and the bias, if there is one
}

// recurrenceOf decodes a node; false if it is none that a layer here is.
func recurrenceOf(c conversion) (r recurrence, ok bool) {
	w, u, b := c.constant(1), c.constant(2), c.constant(3)
	if w == nil || u == nil || len(w.dims) != 3 || len(u.dims) != 3 || c.Has(3) && b == nil || c.Has(7) { // peepholes
		return r, false
	}
	r = recurrence{kind: layer.RNNKind, hidden: u.dims[2], directions: 1, reverse: c.Str("direction", "") == "reverse",
		time: int(c.Int("layout", 0)), resetAfter: true, weights: []*constant{w, u}}
	switch c.Op {
	case "LSTM":
		r.kind = layer.LSTMKind
	case "GRU":
		r.kind, r.resetAfter = layer.GRUKind, c.Int("linear_before_reset", 0) != 0
	}
	if c.Str("direction", "forward") == "bidirectional" {
		r.directions = 2
	}
	if b != nil {
		r.weights = append(r.weights, b)
	}
	return r, r.time == 0 || r.time == 1
}

// layer is the recurrence as a layer; last, if only its last output is used.
func (r *recurrence) layer(last bool) layer.Layer {
	return layerOf(r.kind, func(l *layer.Recurrent) {
		l.Hidden, l.Bidirectional, l.Bias = layer.WidthOf(r.hidden), r.directions == 2, len(r.weights) == 3
		l.Last, l.ResetAfter = layer.Switch(last), layer.Switch(r.resetAfter)
	})
}

// recurrent is a layer of one direction or two. Y is [L, directions, N, hidden];
// its sample is laid out as PyTorch's [L, directions·hidden].
func recurrent(c conversion) bool {
	x := c.live(0)
	r, ok := recurrenceOf(c)
	if x == nil || !ok || x.rank() != 3 {
		return false
	}
	if x = steps(c, x, 1-r.time); x == nil {
		return false
	}
	for _, i := range []int{4, 5, 6} { // lengths and first states
		if k := c.constant(i); i == 4 || k.repeats(0) {
			c.markOption(k) // others may be learned, which the layer cannot declare
		}
		if c.live(i) != nil {
			graph.Set(&c.Builder, &c.counts.states, c.counts.states+1)
		}
	}
	last := !c.needed(0) && c.needed(1) && !c.needed(2)
	v := c.emit(draft{layer: r.layer(last), in: []*value{x}, weights: r.weights})
	if v == nil {
		return false
	}
	h := tensor.Of(r.directions, r.hidden)
	state := 1 - r.time // where the batch is in a state
	if last {
		v.batch = 0
		c.bind(1, v.laidOut(c.Out[1], h, state, false))
		return true
	}
	v.batch = 1 - r.time
	if c.Out[0] != "" {
		c.bind(0, v.laidOut(c.Out[0], append(tensor.Shape{x.sample[0]}, h...), 2-2*r.time, false))
	}
	for i := 1; i < len(c.Out); i++ {
		if c.needed(i) && !r.state(c, i, v, h) {
			return false
		}
	}
	return true
}

// steps is x as a sequence of steps, with the batch at a place; nil if it is none.
func steps(c conversion, x *value, batch int) *value {
	switch {
	case x.batch == batch:
		return x
	case c.batch.size == 1 && x.batch >= 0 && x.dims(1)[batch] == 1: // the batch is the other of two ones
		return x.laidOut(x.name+"/as", slices.Delete(tensor.Of(x.dims(1)...), batch, batch+1), batch, x.lost)
	case c.batch.size == 1 && x.batch < 0 && x.sample[batch].N == 1:
		return x.laidOut(x.name+"/as", slices.Delete(slices.Clone(x.sample), batch, batch+1), batch, false)
	}
	return nil
}

// state makes output i, a last state, of what the layer returns: its last step, or
// what that does not hold: a state of both directions, or of the cell.
func (r *recurrence) state(c conversion, i int, v *value, h tensor.Shape) bool {
	batch := 1 - r.time
	if i == 1 && r.directions == 1 {
		at := int64(-1)
		if r.reverse {
			at = 0
		}
		s := c.emit(draft{layer: selected(at, 0), in: []*value{v}, tail: ".last"})
		if s == nil {
			return false
		}
		s.batch = 0
		c.bind(1, s.laidOut(c.Out[1], h, batch, false))
		return true
	}
	if _, stated := c.stated[c.Out[i]]; !stated {
		dims := slices.Insert([]int64{r.directions, r.hidden}, batch, c.batch.size)
		c.stated[c.Out[i]] = onnxpb.Info{Name: c.Out[i], Dims: dims}
	}
	c.count(c.counts.opaque, c.Op+"State")
	s := c.emit(draft{tail: ".state", in: []*value{v},
		layer: graph.Unknown{Type: c.Op + "State", Complete: true, Out: h}.Layer()})
	if s != nil {
		s.batch = batch
		c.bind(i, s)
	}
	return true
}
