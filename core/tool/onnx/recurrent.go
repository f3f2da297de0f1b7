package onnx

import (
	"slices"

	"paramstack/core/tensor"
	"paramstack/core/tool/onnx/onnxpb"
)

// recurrent is a layer of one direction or two. Y is [L, directions, N, hidden];
// its sample is laid out as PyTorch's [L, directions·hidden].
func (c *onnxNet) recurrent(n *onnxpb.Node) bool {
	x, w, r := c.live(n, 0), c.constIn(n, 1), c.constIn(n, 2)
	layout := int(n.Int("layout", 0))
	if x == nil || w == nil || r == nil || len(w.dims) != 3 || len(r.dims) != 3 || x.rank() != 3 {
		return false
	}
	step := x
	switch {
	case x.batch == 1-layout:
	case c.n == 1 && x.batch >= 0 && x.dims(1)[1-layout] == 1: // the batch is the other of two ones
		sample := tensor.Of(x.dims(1)...)
		step = x.laidOut(x.name+"/as", slices.Delete(sample, 1-layout, 2-layout), 1-layout, x.lost)
	case c.n == 1 && x.batch < 0 && x.sample[1-layout].N == 1:
		step = x.laidOut(x.name+"/as", slices.Delete(slices.Clone(x.sample), 1-layout, 2-layout), 1-layout, false)
	default:
		return false
	}
	kind := map[string]string{"LSTM": "lstm", "GRU": "gru", "RNN": "rnn"}[n.Op]
	hidden, two := r.dims[2], n.Str("direction", "forward") == "bidirectional"
	m := made{kind: kind, pairs: []string{"hidden", itoa(hidden)}, in: []*onnxValue{step}, weights: []*onnxConst{w, r}}
	directions := int64(1)
	if two {
		directions = 2
		m.pairs = append(m.pairs, "bidirectional", "on")
	}
	switch b := c.constIn(n, 3); {
	case b != nil:
		m.weights = append(m.weights, b)
	case n.Has(3):
		return false
	default:
		m.pairs = append(m.pairs, "bias", "off")
	}
	if n.Has(7) { // peepholes
		return false
	}
	if kind == "gru" && n.Int("linear_before_reset", 0) == 0 {
		m.pairs = append(m.pairs, "reset_after", "off")
	}
	for _, i := range []int{4, 5, 6} { // lengths and first states
		c.spend(c.constIn(n, i))
		if c.live(n, i) != nil {
			c.states++
		}
	}
	last := !c.needed(n, 0) && c.needed(n, 1) && !c.needed(n, 2)
	if last {
		m.pairs = append(m.pairs, "last", "on")
	}
	return c.try(func() bool {
		v := c.put(n, m)
		if v == nil {
			return false
		}
		h := tensor.Of(directions, hidden)
		state := 1 // where the batch stands in a state
		if layout == 1 {
			state = 0
		}
		if last {
			v.batch = 0
			c.set(n, 1, v.laidOut(n.Out[1], h, state, false))
			return true
		}
		y := append(tensor.Shape{step.sample[0]}, h...)
		v.batch = 1 - layout
		at := 2
		if layout == 1 {
			at = 0
		}
		if n.Out[0] != "" {
			c.set(n, 0, v.laidOut(n.Out[0], y, at, false))
		}
		for i := 1; i < len(n.Out); i++ {
			if !c.needed(n, i) {
				continue
			}
			if i == 1 && directions == 1 {
				s := c.put(n, made{kind: "select", pairs: []string{"index", map[bool]string{true: "0", false: "-1"}[n.Str("direction", "") == "reverse"]}, in: []*onnxValue{v}, tail: ".last"})
				if s == nil {
					return false
				}
				s.batch = 0
				c.set(n, 1, s.laidOut(n.Out[1], h, state, false))
				continue
			}
			dims := slices.Insert([]int64{directions, hidden}, state, c.n)
			if _, told := c.infos[n.Out[i]]; !told {
				c.infos[n.Out[i]] = onnxpb.Info{Name: n.Out[i], Dims: dims}
			}
			c.state(n, i, v, h, state)
		}
		return true
	})
}

// state is a last state that the layer's output does not hold: of both directions,
// or of the cell.
func (c *onnxNet) state(n *onnxpb.Node, i int, v *onnxValue, h tensor.Shape, batch int) {
	c.tally(c.opaque, n.Op+"State")
	s := c.put(n, made{kind: "opaque", tail: ".state", in: []*onnxValue{v},
		pairs: []string{"type", n.Op + "State", "weights", "none", "macs", "0", "out", joinInts([]int64{h[0].N, h[1].N})}})
	if s != nil {
		s.batch = batch
		c.set(n, i, s)
	}
}
