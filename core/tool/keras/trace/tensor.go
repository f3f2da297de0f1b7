package trace

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/num"
	"paramstack/core/tool/pysource/eval"
)

// unknown is an extent that is not known, as core/tensor has it.
const unknown = -1

// A Tensor is a tensor of which the shape is known and the numbers are not: its batch
// first, −1 where an extent is unknown.
type Tensor struct {
	dims   []int64 // nil: the rank is unknown too
	ranked bool
	src    *Call // the call it comes from, nil: it does not follow from an input
	out    int   // which of the call's outputs it is
	weight *Weight
	dtype  string
	data   []float64 // of a single number
	free   bool      // it has no batch: that in dims is none
}

// Shape returns the extents without the batch, nil if nothing is known of them.
func (t *Tensor) Shape() []int64 {
	if !t.ranked || len(t.dims) == 0 {
		return nil
	}
	return t.dims[1:]
}

// From returns the call that a tensor comes from, and which of its outputs it is.
func (t *Tensor) From() (*Call, int) { return t.src, t.out }

func (t *Tensor) live() bool { return t.src != nil }

var tensorClass = eval.NewClass("Tensor")

// TypeOf implements eval.Instance.
func (t *Tensor) TypeOf() *eval.Class { return tensorClass }

// Show implements eval.Shown.
func (t *Tensor) Show(in *eval.Interp) string {
	return "<KerasTensor shape=" + shapeText(t.dims) + ">"
}

// Truth implements eval.Truthy. What depends on data is taken to be false.
func (t *Tensor) Truth(in *eval.Interp) bool { return eval.KnownTruth(in, t.data) }

// Undecided reports whether the truth depends on data.
func (t *Tensor) Undecided() bool { return len(t.data) != 1 }

// Whole returns a number that is known.
func (t *Tensor) Whole(*eval.Interp) (int64, bool) { return eval.KnownWhole(t.data) }

// Number returns a number that is known.
func (t *Tensor) Number(*eval.Interp) (float64, bool) { return eval.KnownNumber(t.data) }

// Len implements eval.Sized.
func (t *Tensor) Len(in *eval.Interp) int64 {
	if len(t.dims) > 0 && t.dims[0] >= 0 {
		return t.dims[0]
	}
	in.Raise(eval.TypeError, catalog.PythonNoLen, "Tensor")
	return 0
}

// Iterate implements eval.Iterated: the loop over data is not run.
func (t *Tensor) Iterate(in *eval.Interp) *eval.Iter {
	if t.weight == nil && !t.live() {
		return in.Iter(eval.NewList())
	}
	const most = 64
	if len(t.dims) == 0 || t.dims[0] < 0 || t.dims[0] > most {
		in.Raise(eval.TypeError, catalog.PythonNoLen, "Tensor")
	}
	l := eval.NewList()
	for i := range t.dims[0] {
		l.Items = append(l.Items, t.Item(in, i))
	}
	return in.Iter(l)
}

// ranked returns a tensor of these extents that follows from no input.
func ranked(dims []int64) *Tensor { return &Tensor{dims: dims, ranked: true, dtype: "float32"} }

func shapeText(dims []int64) string {
	parts := make([]string, len(dims))
	for i, d := range dims {
		if parts[i] = "None"; d >= 0 {
			parts[i] = strconv.FormatInt(d, 10)
		}
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// A Dim is an extent that is only known when the network runs: that of the batch, or
// what is computed of it.
type Dim struct{ batch bool }

// Operate implements eval.Operand: what is computed of it is as unknown.
func (d *Dim) Operate(in *eval.Interp, op string, other eval.Value, right bool) (eval.Value, bool) {
	switch op {
	case "==", "is":
		return false, true
	case "!=", "is not":
		return true, true
	case "<", ">", "<=", ">=":
		in.Guessed(false)
		return false, true
	case "*", "//", "/", "+", "-":
		n, ok := other.(int64)
		if ok && (n == 1 && op != "+" && op != "-" || n == 0 && (op == "+" || op == "-")) && !right {
			return d, true
		}
	}
	return &Dim{}, true
}

// shapeClass is TensorShape, which is a tuple here.
var shapeClass = eval.NewClass("TensorShape", eval.TupleClass)

// shapeValue is a shape as the program sees it: None for what is unknown.
func shapeValue(dims []int64) *eval.Tuple {
	t := &eval.Tuple{Items: make([]eval.Value, len(dims)), Class: shapeClass}
	for i, d := range dims {
		if d >= 0 {
			t.Items[i] = d
		}
	}
	return t
}

func shapeMethods() {
	items := func(v eval.Value) []eval.Value {
		if t, ok := v.(*eval.Tuple); ok {
			return t.Items
		}
		return nil
	}
	shapeClass.Method("as_list", "", func(_ *eval.Interp, v []eval.Value) eval.Value {
		return eval.NewList(slices.Clone(items(v[0]))...)
	})
	for _, name := range []string{"rank", "ndims"} {
		shapeClass.Getter(name, func(_ *eval.Interp, v eval.Value) eval.Value { return int64(len(items(v))) })
	}
	shapeClass.Getter("dims", func(_ *eval.Interp, v eval.Value) eval.Value { return eval.NewList(items(v)...) })
	shapeClass.Method("num_elements", "", func(in *eval.Interp, v []eval.Value) eval.Value {
		var n eval.Value = int64(1)
		for _, d := range items(v[0]) {
			if d == nil {
				return nil
			}
			n = in.Binary("*", n, d)
		}
		return n
	})
}

// dynamic is a shape as tf.shape(x) has it: what is unknown is a number all the same.
func dynamic(dims []int64) *eval.Tuple {
	t := shapeValue(dims)
	for i, d := range dims {
		if d < 0 {
			t.Items[i] = &Dim{batch: i == 0}
		}
	}
	return t
}

// wholeOf returns a value as a whole number; TensorFlow takes 3.0 for one, too.
func wholeOf(v eval.Value) (int64, bool) {
	if x, ok := v.(float64); ok && x == float64(int64(x)) {
		return int64(x), true
	}
	return eval.WholeOf(v)
}

// extents returns a shape that a program states: None, −1 and what is only known at
// run time are unknown. ok is false if it is no shape.
func extents(in *eval.Interp, v eval.Value) (dims []int64, ok bool) {
	switch x := v.(type) {
	case int64:
		return []int64{x}, true
	case *eval.List, *eval.Tuple:
		items := in.Items(x)
		if len(items) > 64 {
			return nil, false
		}
		dims = make([]int64, len(items))
		for i, item := range items {
			n, whole := wholeOf(item)
			switch {
			case whole && n >= 0 && n <= num.MaxExtent:
				dims[i] = n
			case whole && n < 0, item == nil:
				dims[i] = unknown
			default:
				switch item.(type) {
				case *Dim, *Tensor, *eval.Unknown:
					dims[i] = unknown
				default:
					return nil, false
				}
			}
		}
		return dims, true
	}
	return nil, false
}

// product returns how many elements extents have, −1 if one is unknown or there are
// too many.
func product(dims []int64) int64 {
	n := num.Of(1)
	for _, d := range dims {
		if d < 0 {
			return unknown
		}
		n = n.Times(d)
	}
	v, ok := n.Int64()
	if !ok {
		return unknown
	}
	return v
}

// axisOf returns an axis from 0, −1 if there is none.
func axisOf(v eval.Value, or int64, rank int) int {
	n, ok := wholeOf(v)
	if !ok {
		n = or
	}
	if n < 0 {
		n += int64(rank)
	}
	if n < 0 || n >= int64(rank) {
		return -1
	}
	return int(n)
}

// tensorOf returns an argument as a tensor: numbers and lists are constants, nil if it
// is none.
func (p *Program) tensorOf(v eval.Value) *Tensor {
	switch x := v.(type) {
	case *Tensor:
		return x
	case int64, bool:
		n, _ := wholeOf(x)
		return &Tensor{ranked: true, dtype: "int32", data: []float64{float64(n)}}
	case float64:
		return &Tensor{ranked: true, dtype: "float32", data: []float64{x}}
	case *Dim:
		return &Tensor{ranked: true, dtype: "int32"}
	case *eval.Unknown:
		return p.unknownTensor(x)
	case *eval.List, *eval.Tuple:
		t := ranked(nil)
		var at eval.Value = x
		for range 8 {
			items, ok := listItems(at)
			if !ok {
				break
			}
			t.dims = append(t.dims, int64(len(items)))
			if len(items) == 0 {
				break
			}
			at = items[0]
		}
		if inner, ok := at.(*Tensor); ok {
			t.dims = append(t.dims, inner.dims...)
		}
		return t
	}
	return nil
}

func listItems(v eval.Value) ([]eval.Value, bool) {
	switch x := v.(type) {
	case *eval.List:
		return x.Items, true
	case *eval.Tuple:
		return x.Items, true
	}
	return nil, false
}

// unknownTensor is what an unknown function returned: it is taken to follow from the
// tensor that was made last.
func (p *Program) unknownTensor(u *eval.Unknown) *Tensor {
	if p.latest == nil {
		return &Tensor{dtype: "float32"}
	}
	l := &Layer{Class: u.Name, Name: p.ownName("unknown"), Custom: true, Learns: true, Config: map[string]any{},
		At: p.in.Here(), Hidden: true}
	for _, functions := range []string{"tensorflow.", "keras.", "numpy."} { // they have no weights
		l.Hidden = l.Hidden && !strings.HasPrefix(u.Name, functions)
	}
	return p.record(l, []*Tensor{p.latest}, nil, &Tensor{dtype: "float32"})
}

// tensorMethods adds what tensors and arrays do.
func tensorMethods() {
	tensorClass.Getter("shape", func(_ *eval.Interp, v eval.Value) eval.Value {
		if t := v.(*Tensor); t.ranked {
			return shapeValue(t.dims)
		}
		return &eval.Unknown{Name: "shape"}
	})
	tensorClass.Getter("dtype", func(_ *eval.Interp, v eval.Value) eval.Value { return v.(*Tensor).dtype })
	tensorClass.Getter("ndim", func(_ *eval.Interp, v eval.Value) eval.Value { return int64(len(v.(*Tensor).dims)) })
	tensorClass.Getter("T", func(in *eval.Interp, v eval.Value) eval.Value {
		return programOf(in).transpose(v.(*Tensor), nil)
	})
	tensorClass.Getter("size", func(_ *eval.Interp, v eval.Value) eval.Value { return product(v.(*Tensor).dims) })
	tensorClass.Method("get_shape", "", func(in *eval.Interp, v []eval.Value) eval.Value {
		return in.GetAttr(v[0], "shape")
	})
	for _, name := range []string{"astype", "copy", "numpy", "assign", "assign_add", "assign_sub", "read_value",
		"set_shape", "take", "batch", "shuffle", "fillna"} {
		tensorClass.Method(name, "*rest **names", func(_ *eval.Interp, v []eval.Value) eval.Value { return v[0] })
	}
	for _, name := range []string{"max", "min", "mean", "sum", "std", "argmax", "item", "tolist"} {
		tensorClass.Method(name, "*rest **names", func(_ *eval.Interp, _ []eval.Value) eval.Value {
			return &eval.Unknown{Name: name + "()"}
		})
	}
	tensorClass.Method("reshape", "*dims **names", func(in *eval.Interp, v []eval.Value) eval.Value {
		items := v[1].(*eval.Tuple)
		var to eval.Value = items
		if len(items.Items) == 1 {
			to = items.Items[0]
		}
		dims, ok := extents(in, to)
		if !ok {
			return &eval.Unknown{Name: "reshape()"}
		}
		return programOf(in).reshape(v[0].(*Tensor), dims)
	})
	tensorClass.Method("flatten", "", func(in *eval.Interp, v []eval.Value) eval.Value {
		return programOf(in).reshape(v[0].(*Tensor), []int64{unknown})
	})
	tensorClass.Method("transpose", "*axes", func(in *eval.Interp, v []eval.Value) eval.Value {
		items := v[1].(*eval.Tuple).Items
		if len(items) == 1 {
			if all, ok := listItems(items[0]); ok {
				items = all
			}
		}
		var perm []int64
		for _, a := range items {
			n, _ := wholeOf(a)
			perm = append(perm, n)
		}
		return programOf(in).transpose(v[0].(*Tensor), perm)
	})
}
