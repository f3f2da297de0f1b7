package trace

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/pysource/eval"
)

// A Tensor is a tensor of which the shape is known and the numbers are not.
//
// The stack speaks of one sample, PyTorch of a batch: batch is the dimension that
// the samples lie along, −1 if there is none. Where it was merged with others (the
// windows of an image in one batch) it holds lead entries of each sample.
type Tensor struct {
	dims  []int64
	batch int
	lead  int64
	node  string   // of the recorded graph, "" if it is none of its values
	store *storage // of a parameter or a buffer, and of views of it
	dtype string
	data  []float64 // of small constants: nil if they are unknown
	// pending adds the node of a value that is seldom used, when it is.
	pending func()
	// far: the shape has more dimensions than the notation, and node is the value that
	// it was laid out from.
	far bool
}

// A storage is a parameter or a buffer: tensors that share it are tied.
type storage struct {
	dims    []int64
	learned bool
	frozen  bool
	buffer  bool // registered
	counter bool // a buffer of whole numbers, which no statistics count: indices, num_batches_tracked
	node    string
	path    string // its name in the network
	used    bool
}

var tensorClass = eval.NewClass("Tensor")
var parameterClass = eval.NewClass("Parameter", tensorClass)

// TypeOf implements eval.Instance.
func (t *Tensor) TypeOf() *eval.Class {
	if t.store != nil && t.store.learned {
		return parameterClass
	}
	return tensorClass
}

// Show implements eval.Shown.
func (t *Tensor) Show(in *eval.Interp) string {
	if v, ok := t.scalar(); ok {
		return "tensor(" + in.Repr(v) + ")"
	}
	return "tensor(…, size=" + in.Repr(eval.Ints(t.dims...)) + ")"
}

// Copy implements eval.Copier: a deep copy has a storage of its own.
func (t *Tensor) Copy(_ *eval.Interp, _ func(eval.Value) eval.Value) eval.Value {
	c := *t
	if t.store != nil {
		s := *t.store
		c.store = &s
	}
	return &c
}

// Truth implements eval.Truthy. What depends on data is taken to be false.
func (t *Tensor) Truth(in *eval.Interp) bool { return eval.KnownTruth(in, t.data) }

// Undecided reports whether the truth depends on data.
func (t *Tensor) Undecided() bool { return len(t.data) != 1 }

// Whole returns a number that is known.
func (t *Tensor) Whole(*eval.Interp) (int64, bool) { return eval.KnownWhole(t.data) }

// Number returns a number that is known.
func (t *Tensor) Number(*eval.Interp) (float64, bool) { return eval.KnownNumber(t.data) }

// scalar returns the only number of a constant.
func (t *Tensor) scalar() (eval.Value, bool) {
	if len(t.data) != 1 {
		return nil, false
	}
	if isWhole(t.dtype) {
		return int64(t.data[0]), true
	}
	return t.data[0], true
}

func isWhole(dtype string) bool {
	return dtype == "int64" || dtype == "int32" || dtype == "bool" || dtype == "uint8"
}

// constant returns a tensor without a batch.
func constant(dims ...int64) *Tensor {
	return &Tensor{dims: slices.Clone(dims), batch: -1, lead: 1, dtype: "float32"}
}

// with returns a tensor like t with other dimensions and the same batch.
func (t *Tensor) with(dims []int64) *Tensor {
	return &Tensor{dims: dims, batch: t.batch, lead: t.lead, dtype: t.dtype}
}

// live reports whether a tensor follows from the input.
func (t *Tensor) live() bool { return t.node != "" || t.pending != nil }

// elements returns how many numbers a tensor has.
func elements(in *eval.Interp, dims []int64) int64 {
	n := num.Of(1)
	for _, d := range dims {
		n = n.Times(d)
	}
	v, ok := n.Int64()
	if !ok || v > num.MaxExtent*1000 {
		in.Raise(eval.RuntimeError, catalog.TorchTooLarge)
	}
	return v
}

// sample returns the shape of one sample.
func (t *Tensor) sample() []int64 {
	if t.batch < 0 {
		return t.dims
	}
	s := slices.Clone(t.dims)
	if t.lead > 1 {
		s[t.batch] = t.lead
		return s
	}
	return slices.Delete(s, t.batch, t.batch+1)
}

// shape returns the shape of one sample as the stack has it.
func (t *Tensor) shape() tensor.Shape { return tensor.Of(t.sample()...) }

// samples returns how many samples the batch has.
func (t *Tensor) samples() int64 {
	if t.batch < 0 {
		return 1
	}
	return t.dims[t.batch] / max(t.lead, 1)
}

// dim returns the number that a dimension of PyTorch has in the stack, where 1 is the
// first of a sample; ok is false for the batch itself.
func (t *Tensor) dim(d int) (n int64, ok bool) {
	switch {
	case t.batch < 0 || t.lead > 1:
		return int64(d) + 1, t.batch < 0 || d != t.batch
	case d < t.batch:
		return int64(d) + 1, true
	default:
		return int64(d), d != t.batch
	}
}

// axis returns a dimension from 0, of a number that may count from the end.
func axis(in *eval.Interp, d int64, rank int) int {
	if d < int64(-rank) || d >= int64(rank) {
		if rank == 0 && (d == 0 || d == -1) {
			return 0
		}
		in.Raise(eval.IndexError, catalog.TorchNoDim, d, rank)
	}
	if d < 0 {
		d += int64(rank)
	}
	return int(d)
}

func (t *Tensor) axis(in *eval.Interp, v eval.Value, or int64) int {
	d, ok := eval.WholeOf(v)
	if !ok {
		d = or
	}
	return axis(in, d, len(t.dims))
}

// whole returns a value as a whole number, and raises if it is none.
func whole(in *eval.Interp, v eval.Value) int64 {
	if n, ok := eval.WholeOf(v); ok {
		return n
	}
	switch x := v.(type) {
	case float64:
		if x == float64(int64(x)) {
			return int64(x)
		}
	case *eval.Unknown:
		in.Raise(eval.TypeError, catalog.PythonUnknownValue, x.Name)
	}
	in.Raise(eval.TypeError, catalog.PythonWhole, in.TypeOf(v).Name)
	return 0
}

// sizes returns whole numbers that are given one by one or as one list.
func sizes(in *eval.Interp, args []eval.Value) []int64 {
	if len(args) == 1 {
		switch args[0].(type) {
		case *eval.List, *eval.Tuple:
			args = in.Items(args[0])
		}
	}
	const most = 64
	if len(args) > most {
		in.Raise(eval.RuntimeError, catalog.TorchTooLarge)
	}
	n := make([]int64, len(args))
	for i, a := range args {
		n[i] = whole(in, a)
	}
	return n
}

// number returns a value as a number.
func number(v eval.Value, or float64) float64 {
	switch x := v.(type) {
	case int64:
		return float64(x)
	case float64:
		return x
	case *Tensor:
		if f, ok := x.Number(nil); ok {
			return f
		}
	}
	return or
}

// truth returns an argument as true or false.
func truth(in *eval.Interp, v eval.Value, or bool) bool {
	if eval.IsNone(v) {
		return or
	}
	return in.Truth(v)
}

// tensorOf returns an argument as a tensor; numbers are constants.
func tensorOf(in *eval.Interp, v eval.Value) *Tensor {
	switch x := v.(type) {
	case *Tensor:
		return x
	case int64, bool:
		t := constant()
		n, _ := eval.WholeOf(x)
		t.data, t.dtype = []float64{float64(n)}, "int64"
		return t
	case float64:
		t := constant()
		t.data = []float64{x}
		return t
	case *eval.Unknown:
		in.Raise(eval.TypeError, catalog.PythonUnknownValue, x.Name)
	case *eval.Object:
		if d, ok := x.Attrs.Get("data"); ok {
			if t, ok := d.(*Tensor); ok {
				return t
			}
		}
	}
	in.Raise(eval.TypeError, catalog.TorchNoTensor, in.TypeOf(v).Name)
	return nil
}
