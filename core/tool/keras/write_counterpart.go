package keras

import (
	"slices"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/pycode"
	"paramstack/core/tool/target"
	"paramstack/core/tool/vocab"
)

// A arg is one argument of a Keras layer: a number, a word, true or false,
// a list of them, or nil.
type arg struct {
	name  string
	value any
}

// A chainCall is one Keras layer in the chain that replaces one of ours. Its input
// is the output of the call before it, or what from names: −1 is the chain's own
// input.
type chainCall struct {
	class string
	args  []arg
	from  []int
	inner *chainCall // what a wrapper wraps
	on    string     // code only: what it is called on, if not all its inputs: {0}, {0}
	note  string     // code only: what is noteworthy
}

// A held is how Keras holds one of our tensors. Maps have their channels last,
// sequences stay as they are. positive states that no value is below 0, so that
// zeros may be laid around before a maximum is taken.
type held struct {
	order    order
	positive bool
}

// A counterpart is one of our layers in Keras.
type counterpart struct {
	before [][]chainCall // the calls that each input passes first
	chain  []chainCall
	fn     string // code only: a function of {0}, {1}…; {all} is all of them
	out    held
	warn   *diag.Diag
}

// A layerWriter is one layer being written in Keras.
type layerWriter struct {
	name string
	kind *layer.Kind
	row  *count.Row
	in   []tensor.Shape
	x    tensor.Shape
	out  tensor.Shape
	ins  []held
	code bool // Keras 3 code, which can express more than the JSON that TensorFlow.js loads
	counterpart
}

// entersAsSequences reports whether inputs of rank 2 are sequences [L, features]
// rather than maps of one dimension [C, L]: what the first layer that distinguishes
// them requires.
func entersAsSequences(n *target.Network) bool {
	found, sequences := false, true
	n.Model.Walk(func(node arch.Node) {
		leaf, ok := node.(*arch.Leaf)
		if !ok || found {
			return
		}
		switch k := leaf.Layer.Kind(); k.Group {
		case layer.GroupConv, layer.GroupPool:
			found, sequences = true, false
		case layer.GroupDense, layer.GroupRecurrent, layer.GroupAttention, layer.GroupTable:
			found = true
		case layer.GroupNorm:
			if found = k.Name != "layernorm" && k.Name != "rmsnorm"; found {
				sequences = false
			}
		}
	})
	return sequences
}

// inputOrder is the order in which samples enter.
func inputOrder(s tensor.Shape, sequences bool) order {
	if len(s) == 2 && sequences {
		return asIs(2)
	}
	return channelsLast(len(s))
}

// counterpartOf finds the counterpart of one layer; false if there is none.
func counterpartOf(name string, row *count.Row, l layer.Layer, ins []held, code bool) (counterpart, bool) {
	k := &layerWriter{name: name, kind: l.Kind(), row: row, in: row.In, out: row.Out, ins: slices.Clone(ins), code: code}
	if len(row.In) > 0 {
		k.x = row.In[0]
	}
	k.before = make([][]chainCall, len(ins))
	if len(ins) > 0 {
		k.counterpart.out = ins[0]
	}
	k.counterpart.out.positive = false
	write := layerWriters()[k.kind.Name]
	if row.Broken() || row.Out == nil || write == nil || !write(k, l) {
		return counterpart{}, false
	}
	if len(k.counterpart.out.order) != len(row.Out) {
		k.counterpart.out.order = asIs(len(row.Out))
	}
	return k.counterpart, true
}

// arrange brings input i into an order.
func (k *layerWriter) arrange(i int, o order) {
	have := k.ins[i].order
	if slices.Equal(have, o) {
		return
	}
	k.before[i] = append(k.before[i], chainCall{class: classOf(layer.PermuteKind.Kind(), 0),
		args: []arg{{"dims", listOf(have.axes(o))}}})
	k.ins[i].order = o
	if i == 0 {
		k.counterpart.out.order = o
	}
}

// asMap brings the first input into the order of a map.
func (k *layerWriter) asMap() { k.arrange(0, channelsLast(len(k.x))) }

// asRows brings the first input into our own order.
func (k *layerWriter) asRows() { k.arrange(0, asIs(len(k.x))) }

// alike brings all inputs into the order of the first.
func (k *layerWriter) alike() {
	for i := range k.ins {
		if len(k.in[i]) == len(k.x) {
			k.arrange(i, k.ins[0].order)
		}
	}
}

// listOf are numbers as an argument has them.
func listOf(n []int64) pycode.List {
	l := make(pycode.List, len(n))
	for i, v := range n {
		l[i] = v
	}
	return l
}

// axis is where one of our dimensions, numbered as PyTorch does, lies in Keras.
func (k *layerWriter) axis(dim int64) int64 {
	at := int(oplist.Axis(dim, len(k.x))) - 1
	return int64(k.ins[0].order[at]) + 1
}

// lastAxis writes an axis, the last one as people do; files have it counted.
func (k *layerWriter) lastAxis(axis int64) int64 {
	if k.code && int(axis) == len(k.x) {
		return -1
	}
	return axis
}

// own adds a layer of the class that the vocabulary has for the kind.
func (k *layerWriter) own(args ...arg) bool { return k.emit(classOf(k.kind, k.dims()), args...) }

// alone says a join of one path, which does nothing and which Keras refuses.
func (k *layerWriter) alone() bool {
	return len(k.ins) == 1 && (k.code || k.activation("linear"))
}

// classOf is the class by which a kind is written for so many spatial dimensions.
func classOf(kind *layer.Kind, dims int) string { return vocab.Keras().Of(kind).Class(dims) }

// like adds a layer of another kind's class.
func (k *layerWriter) like(kind *layer.Kind, args ...arg) bool {
	return k.emit(classOf(kind, k.dims()), args...)
}

// activation adds a function of keras.activations as a layer.
func (k *layerWriter) activation(name string) bool {
	return k.emit("Activation", arg{"activation", name})
}

// emit adds a layer to the chain.
func (k *layerWriter) emit(class string, args ...arg) bool {
	k.chain = append(k.chain, chainCall{class: class, args: args})
	return true
}

// function is a call of a function, which only code can have.
func (k *layerWriter) function(text string) bool {
	k.counterpart.fn = text
	return k.code
}

// dims is how many spatial dimensions a map has.
func (k *layerWriter) dims() int { return len(k.x) - 1 }

// keeps marks a layer that makes nothing negative of what is not.
func (k *layerWriter) keeps() bool {
	all := len(k.ins) > 0
	for _, v := range k.ins {
		all = all && v.positive
	}
	k.counterpart.out.positive = all
	return true
}

// sizes are one number for each spatial dimension.
func (k *layerWriter) sizes(at func(i int) int64) pycode.List {
	l := make(pycode.List, k.dims())
	for i := range l {
		l[i] = at(i)
	}
	return l
}

// pads lays zeros around a map, or cuts cells off where the numbers are negative.
func (k *layerWriter) pads(kind *layer.Kind, before, after []int64) bool {
	sides := make(pycode.List, len(before))
	for i := range before {
		sides[i] = pycode.List{before[i], after[i]}
	}
	name := "padding"
	if kind == layer.CropKind.Kind() {
		name = "cropping"
	}
	if len(sides) == 1 {
		return k.like(kind, arg{name, sides[0]})
	}
	return k.like(kind, arg{name, sides})
}

// slideRule returns Keras' padding word for a Slide, and lays zeros around first
// where no word does. Only Conv1D knows causal.
func (k *layerWriter) slideRule(s *layer.Slide, causal bool) (string, bool) {
	if m := s.Mode.Word; m != "" && m != "zeros" || k.skips(s) {
		return "", false
	}
	switch r := s.Padding.Rule; {
	case r == layer.PadSame, r == layer.PadKeras:
		return "same", true
	case r == layer.PadValid, r == layer.PadCausal && causal && k.dims() == 1:
		return r, true
	}
	before, after, ok := oplist.Around(&s.Padding, k.x, s.Kernel, s.Stride, s.Dilation)
	same, none := true, oplist.Zeros(before, after)
	for i := range before {
		same = same && s.Stride.At(i) == 1 && before[i] == after[i] && 2*before[i] == s.Reach(i)-1
	}
	switch {
	case !ok:
		return "", false
	case none:
		return "valid", true
	case same:
		return "same", true
	default:
		return "valid", k.pads(layer.PadKind.Kind(), before, after)
	}
}

// skips reports whether a window has both a stride and a dilation, which no layer
// of Keras accepts.
func (k *layerWriter) skips(s *layer.Slide) bool {
	stride, dilation := false, false
	for i := range len(k.x) - 1 {
		stride, dilation = stride || s.Stride.At(i) > 1, dilation || s.Dilation.At(i) > 1
	}
	return stride && dilation
}
