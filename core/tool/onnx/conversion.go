package onnx

import (
	"slices"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// A conversion is one node on its way to becoming layers.
type conversion struct {
	*lowering
	*node
}

// run makes layers of the node: what follows from constants is folded, what no
// operator can make a layer of is opaque.
func (c conversion) run() {
	if c.absorbed[c.node] || c.fold() || decide(c) {
		return
	}
	op := operators[c.Op]
	if c.Domain != "" && !(c.Domain == "com.microsoft" && microsoft[c.Op]) {
		op = nil
	}
	if len(c.Out) == 0 || c.Out[0] == "" && c.Op != "LSTM" && c.Op != "GRU" && c.Op != "RNN" {
		op = nil
	}
	if op == nil || !c.Try(func() bool { return op(c) }) {
		c.opaque()
	}
}

// fold computes what follows from constants, and from shapes, which are known now.
func (c conversion) fold() bool {
	if (c.Op == "Shape" || c.Op == "Size") && c.Domain == "" && len(c.Out) > 0 {
		x := c.in(0)
		if x == nil || x.rank() < 0 {
			return false
		}
		c.bindConstant(0, shapeOf(c.node, x.dims(c.batch.size)))
		if c.Op == "Shape" {
			c.leaveOut()
		}
		return true
	}
	in := make([]*constant, len(c.In))
	for i := range in {
		in[i] = c.constant(i)
	}
	out := evaluate(c.node, in)
	for i, k := range out {
		c.bindConstant(i, k)
	}
	return out != nil
}

// in returns the value at input i, nil if it is left out.
func (c conversion) in(i int) *value {
	if !c.Has(i) {
		return nil
	}
	return c.value(c.In[i])
}

// value returns what a name means, nil if that is nothing.
func (l *lowering) value(name string) *value {
	v := l.values[name]
	if v != nil && v.fixed == nil && v.sample == nil && v.node != "" {
		if s := l.Shapes[v.node]; s != nil { // inferred from a layer after it
			v.sample, v.batch = s, 0
		}
	}
	return v
}

// live returns the value at input i if a layer returns it.
func (c conversion) live(i int) *value {
	if v := c.in(i); v != nil && v.fixed == nil {
		return v
	}
	return nil
}

// constant returns the constant at input i, nil if there is none.
func (c conversion) constant(i int) *constant {
	if v := c.in(i); v != nil {
		return v.fixed
	}
	return nil
}

// numbers returns whole numbers that older opsets have as an attribute and newer
// ones as input i; ok is false if they are there and not known.
func (c conversion) numbers(name string, i int) (v []int64, ok bool) {
	return numbersIn(c.node, name, i, c.constant(i))
}

// needed reports whether output i is used.
func (c conversion) needed(i int) bool {
	return i < len(c.Out) && c.Out[i] != "" && c.needs(c.Out[i])
}

func (c conversion) emit(d draft) *value { return c.lowering.emit(c.node, d) }

// result adds a layer and makes its output the first output.
func (c conversion) result(d draft) bool {
	v := c.emit(d)
	c.bind(0, v)
	return v != nil
}

// apply adds a layer that works on x alone, and makes its output
// output.
func (c conversion) apply(x *value, l layer.Layer) bool {
	return c.result(draft{layer: l, in: []*value{x}})
}

// bind makes v the value of output i.
func (c conversion) bind(i int, v *value) {
	if v != nil && i < len(c.Out) && c.Out[i] != "" {
		w := *v
		if w.name == "" || w.node != "" {
			w.name = c.Out[i]
		}
		c.assign(c.Out[i], &w)
	}
}

// bindConstant makes a constant of output i.
func (c conversion) bindConstant(i int, k *constant) {
	if i < len(c.Out) && c.Out[i] != "" {
		c.assign(c.Out[i], &value{name: c.Out[i], fixed: k})
	}
}

// leaveOut counts the node as one that needs no layer.
func (c conversion) leaveOut() { c.count(c.counts.folded, c.Op) }

// pass leaves the node out: its first output is x.
func (c conversion) pass(x *value) bool {
	c.leaveOut()
	c.bind(0, x)
	return true
}

// learn records the sample shape of a value that only its user implies: the image
// that a convolution reads after an unknown operator. It stays known even if that
// user is dropped.
func (l *lowering) learn(v *value, sample tensor.Shape) {
	var between []string // activations, which keep the shape
	for name := v.node; name != ""; {
		n := l.Node(name)
		switch k := n.Layer.Kind(); {
		case l.Shapes[name] != nil:
			return
		case layer.OpaqueKind.Is(n.Layer):
			sized, d := layer.With(n.Layer, k.Field("out"), strings.ReplaceAll(sample.String(), "×", "x"))
			if d != nil {
				return
			}
			for _, name := range append(between, name) {
				l.Shapes[name] = sample
			}
			n.Layer = sized
			v.sample, v.batch = sample, 0
			return
		case k.Group == layer.GroupActivation && len(n.Inputs) == 1:
			between, name = append(between, name), n.Inputs[0]
		default:
			return
		}
	}
}

// sized is x with an extent of its sample that only its user implies: a matrix
// determines the length of the rows that it multiplies.
func (l *lowering) sized(x *value, at int, n int64) *value {
	if x.sample == nil || at < 0 || at >= len(x.sample) || x.sample[at].Known() || n < 1 {
		return x
	}
	sample := slices.Clone(x.sample)
	sample[at].N = n
	if v := x.laidOut(x.name+"/sized", sample, x.batch, x.lost); l.settle(v) != nil {
		return v
	}
	return x
}

// absorb marks a node as part of the layer before it, and returns its output.
func (c conversion) absorb(n *node) string {
	graph.Put(&c.Builder, c.absorbed, n, true)
	return n.Out[0]
}

// instead renames the node's value to out, the output of the node that it absorbed.
func (c conversion) instead(out string) bool {
	if out != c.Out[0] {
		c.count(c.counts.folded, "Add")
		c.assign(out, c.values[c.Out[0]])
	}
	return true
}
