// Package layer knows the kinds of layer: what each is called, which
// hyper-parameters it has, which shape it gives, which weights it declares and
// how many multiply-accumulates it does. A kind, or kinds that share a rule, lie in
// a file each; kinds.go lists them all. Nothing outside this package switches on a kind.
package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Layer is one layer with its hyper-parameters. Layers are immutable once a
// model holds them: an edit goes through Clone.
type Layer interface {
	Kind() *Kind

	// Apply runs the layer's rules on the shapes of its inputs (one sample,
	// channels first). When the layer cannot be built the Diag says why, and
	// the Result holds what is known all the same: the weights of a
	// convolution do not depend on the size of its picture, so they are
	// counted even where the picture is too small. Apply is never called
	// with a nil shape.
	Apply(in []tensor.Shape) (Result, *diag.Diag)
}

// A Result is what follows from a layer's rules.
type Result struct {
	Out     tensor.Shape
	Weights []Weight
	MACs    Sum     // empty: none; a factor that is unknown makes it unknown
	Window  *Window // how it looks at its input; nil: position by position
	Notes   []*diag.Diag
}

// A Class says what a declared tensor is to the training.
type Class uint8

// The classes. Weight and Bias follow the tensor's name in PyTorch, so batch
// norm's γ is a weight and its β a bias.
const (
	ClassWeight  Class = iota
	ClassBias          // left out where biases are not counted
	ClassStat          // a buffer: running statistics
	ClassCounter       // a buffer of fixed numbers: num_batches_tracked, tables of indices
)

// Learnable reports whether training changes the tensor: a parameter, not a buffer.
func (c Class) Learnable() bool { return c == ClassWeight || c == ClassBias }

// A Weight is one declared tensor. Its number, its formula and its bytes all
// come from its factors.
type Weight struct {
	Name    string // as PyTorch names it: weight, bias, running_mean
	Class   Class
	Factors Term
	Shape   []int64 // as PyTorch lays it out

	TorchOnly bool   // Keras has not got it: the second bias of a recurrent layer
	TiedTo    string // the name it has in another layer, where it is counted; "" if it is this one's own: core/count says so
}

// Shared reports whether the tensor is another layer's.
func (w *Weight) Shared() bool { return w.TiedTo != "" }

// Count returns how many elements the tensor has; false if that is not known.
func (w Weight) Count() (num.Int, bool) { return w.Factors.Value() }

// A Term is a product of factors.
type Term []Factor

// Value returns the product; false if a factor is unknown.
func (t Term) Value() (num.Int, bool) {
	v := num.Of(1)
	for i := range t {
		if t[i].N < 0 {
			return num.Int{}, false
		}
		v = v.Times(t[i].N)
	}
	return v, true
}

// A Sum is a sum of terms.
type Sum []Term

// Value returns the sum; false if a term is unknown.
func (s Sum) Value() (num.Int, bool) {
	var v num.Int
	for _, t := range s {
		n, ok := t.Value()
		if !ok {
			return num.Int{}, false
		}
		v = v.Add(n)
	}
	return v, true
}

// A Role says what a factor is. It decides its colour and its explanation.
type Role uint8

// The roles.
const (
	RoleNone     Role = iota
	RoleKernel        // a side of the kernel
	RoleIn            // channels or features inherited from the input
	RoleOut           // channels or features that the layer itself declares
	RoleLanes         // groups
	RoleSpatial       // a position count: output rows, columns, …
	RoleBias          // one bias for each output channel
	RoleChannels      // one number for each channel: γ, β, running statistics, PReLU
	RoleConst         // a plain number
)

// A Factor is one number of a formula: what it is and where it comes from.
type Factor struct {
	N     int64 // the number, or tensor.Unknown
	Role  Role
	Axis  uint8       // which side, for kernels and positions: 0 is the first spatial dimension
	Of    uint8       // how many spatial dimensions there are
	Field string      // the hyper-parameter it is written in, "" if inherited
	Dim   *tensor.Dim // the extent it repeats or, divided by Div, comes from
	Div   int64       // what Dim was divided by (groups); 0 or 1 for nothing
	Says  catalog.Key // what it is, where the role alone does not say: gates, heads
}

// A Window is how a layer looks at its input, for the receptive field.
type Window struct {
	Dims   []WindowDim // one for each spatial dimension; none: it is not known
	Global bool        // every output sees the whole input
}

// A WindowDim is a window along one spatial dimension.
type WindowDim struct {
	Reach, Stride, Pad int64 // Reach is k_eff
	Whole              bool  // every output sees all along it
}

// A Group is a family of kinds: a section of the palette, a colour, a share.
type Group uint8

// The groups, in palette order.
const (
	GroupInput Group = iota
	GroupConv
	GroupPool
	GroupDense
	GroupRecurrent
	GroupAttention
	GroupTable
	GroupNorm
	GroupActivation
	GroupShape
	GroupJoin
	GroupOther
	Groups // how many there are
)

// Name returns a stable name of the group, for style sheets and keys.
func (g Group) Name() string {
	return [Groups]string{"input", "conv", "pool", "dense", "rnn", "attn", "table", "norm", "act", "shape", "join", "other"}[g]
}

// OnLast reports whether layers of the group work on the last extent of a tensor, and
// place by place along the others: its channels are there.
func (g Group) OnLast() bool {
	switch g {
	case GroupDense, GroupAttention, GroupRecurrent, GroupTable:
		return true
	}
	return false
}

// Label returns the key of the group's name.
func (g Group) Label() catalog.Key { return catalog.Key("group." + g.Name()) }

// Takes says what inputs a kind takes.
type Takes uint8

// What kinds take. A join ends branches: it is given the output of each path.
const (
	TakesOne        Takes = iota // the current value
	TakesNone                    // nothing: Apply gets no shape
	TakesPaths                   // the paths of a branch, and what it refers to
	TakesPathsOrOne              // as TakesPaths, and without paths the current value alone
	TakesLabel                   // what it refers to; the current value is no path beside it
	TakesFirst                   // the paths of a branch, of which the first goes on
)

// Joins reports whether layers of the kind are the end of branches.
func (k *Kind) Joins() bool { return k.Takes >= TakesPaths }

// PathsCounted returns how many of n paths count that end in a join.
func PathsCounted(join Layer, n int) int {
	if side, ok := join.(*Side); ok && !bool(side.Counted) {
		return min(n, 1)
	}
	return n
}

// A Kind describes one kind of layer. Its behaviour is the Layer that New makes.
type Kind struct {
	Name    string   // in text and links; never changes
	Alias   string   // the shortest spelling, for links; never changes
	Also    []string // further accepted spellings
	Group   Group
	New     func() Layer // with PyTorch's defaults
	Fields  []Field
	Learns  bool // declares weights
	Takes   Takes
	InPlace bool // its output reuses its input's memory in the usual accounting

	IgnoresInputs bool // its fields say all: Apply does not look at its inputs, and may be called with nil shapes

	Torch string // class in torch.nn, "" if none
	Keras string // class in keras.layers, "" if none
	Caffe string // layer type, "" if none
	ONNX  string // operator, "" if none

	inference *Holding // what its output needs in inference, where InPlace does not imply it

	base Layer // what New makes, for comparing
}

// Default returns a layer of the kind with its defaults. It is shared: not to be
// changed.
func (k *Kind) Default() Layer { return k.base }

// Main returns the field written without a name, nil if there is none.
func (k *Kind) Main() *Field {
	for i := range k.Fields {
		if k.Fields[i].Main {
			return &k.Fields[i]
		}
	}
	return nil
}

// OutWidth returns the width that a layer declares for its output (filters, features,
// hidden states), nil if its main field is no such width.
func OutWidth(l Layer) *Width {
	if f := l.Kind().Main(); f != nil && f.Role == RoleOut {
		w, _ := f.At(l).(*Width)
		return w
	}
	return nil
}

// Field returns the field with a long or short name, nil if there is none.
func (k *Kind) Field(name string) *Field {
	for i := range k.Fields {
		if k.Fields[i].Name == name || name != "" && k.Fields[i].Short == name {
			return &k.Fields[i]
		}
	}
	return nil
}

// Apply runs a layer's rules after checking that its hyper-parameters are there.
func Apply(l Layer, in []tensor.Shape) (Result, *diag.Diag) {
	k := l.Kind()
	for i := range k.Fields {
		if f := &k.Fields[i]; f.Need && f.At(l).Unset() {
			return Result{}, diag.New(catalog.NeedsField, k.Name, f.Label(), Example(f)).On(f.Name)
		}
	}
	return l.Apply(in)
}

// Example returns a plausible value of a field that must be given.
func Example(f *Field) string {
	if f.Like != "" {
		return f.Like
	}
	switch f.Role {
	case RoleSpatial:
		return "3x224x224"
	case RoleKernel:
		return "3"
	case RoleLanes:
		return "8"
	default:
		return "64"
	}
}
