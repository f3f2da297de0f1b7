package layer

import (
	"math"
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// An Elementwise joins its inputs value by value. An extent of 1 is stretched, as
// PyTorch's broadcasting does for samples of one rank: the scales C×1×1 of
// squeeze-and-excitation multiply every position of C×H×W.
type Elementwise struct{ kind *Kind }

func elementwise(k Kind) *Kind {
	kind := &k
	kind.Group, kind.Takes = GroupJoin, TakesPaths
	kind.New = func() Layer { return &Elementwise{kind} }
	return kind
}

var (
	add     = elementwise(Kind{Name: "add", Keras: "Add", Caffe: "Eltwise", ONNX: "Add"})
	sub     = elementwise(Kind{Name: "sub", Also: []string{"subtract"}, Keras: "Subtract", ONNX: "Sub"})
	mul     = elementwise(Kind{Name: "mul", Also: []string{"multiply"}, Keras: "Multiply", Caffe: "Eltwise", ONNX: "Mul"})
	maximum = elementwise(Kind{Name: "max", Also: []string{"maximum"}, Keras: "Maximum", Caffe: "Eltwise", ONNX: "Max"})
	minimum = elementwise(Kind{Name: "min", Also: []string{"minimum"}, Keras: "Minimum", ONNX: "Min"})
	average = elementwise(Kind{Name: "average", Keras: "Average", ONNX: "Mean"})
)

// The kinds, each with the type of its layers.
var (
	AddKind     = Typed[*Elementwise]{&add}
	MulKind     = Typed[*Elementwise]{&mul}
	SubKind     = Typed[*Elementwise]{&sub}
	MaximumKind = Typed[*Elementwise]{&maximum}
	MinimumKind = Typed[*Elementwise]{&minimum}
	AverageKind = Typed[*Elementwise]{&average}
	ConcatKind  = Typed[*Concat]{&concat}
)

// Kind implements Layer.
func (l *Elementwise) Kind() *Kind { return l.kind }

// Apply implements Layer.
func (l *Elementwise) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	if l.kind == sub && len(in) != 2 {
		return Result{}, wrongPaths(l.kind, 2, in)
	}
	out, d := broadcast(in)
	return Result{Out: out}, d
}

// broadcast returns the shape that all inputs stretch to. What one input leaves
// unknown is known if another has an extent other than 1 there.
func broadcast(in []tensor.Shape) (tensor.Shape, *diag.Diag) {
	out := append(tensor.Shape{}, in[0]...) // never nil: that would mean unknown
	for i, x := range in[1:] {
		if len(x) != len(out) {
			return nil, diag.New(catalog.AddMismatch, in[0].String(), x.String(), i+2)
		}
		for j := range x {
			switch {
			case x[j].N == 1, x[j].N == out[j].N:
			case out[j].N == 1, !out[j].Known():
				out[j] = x[j]
			case x[j].Known():
				return nil, diag.New(catalog.AddMismatch, in[0].String(), x.String(), i+2)
			}
		}
	}
	return out, nil
}

// wrongPaths says that a join takes another number of paths.
func wrongPaths(k *Kind, want int, in []tensor.Shape) *diag.Diag {
	return diag.New(catalog.WrongPaths, k.Name, want, len(in))
}

// A Concat lays its inputs side by side along one dimension, the channels
// unless said otherwise (torch.cat; 1 is the channels, −1 the last).
type Concat struct{ Dim Whole }

var concat = &Kind{
	Name: "concat", Also: []string{"cat"}, Group: GroupJoin, Takes: TakesPaths,
	New: func() Layer { return &Concat{Whole{1, math.MinInt8, math.MaxInt8}} },
	Fields: []Field{
		{Name: "dim", At: func(l Layer) Value { return &l.(*Concat).Dim }},
	},
	Keras: "Concatenate", Caffe: "Concat", ONNX: "Concat",
}

// Kind implements Layer.
func (l *Concat) Kind() *Kind { return concat }

// Apply implements Layer: the sizes along Dim add up, all others must agree.
func (l *Concat) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	at, ok := axis(l.Dim.N, len(in[0]))
	if !ok {
		return Result{}, badAxis("dim", l.Dim.N, in[0])
	}
	out := append(tensor.Shape(nil), in[0]...)
	var sum num.Int
	known := true
	for i, x := range in {
		if len(x) != len(out) {
			return Result{}, diag.New(catalog.ConcatMismatch, in[0].String(), x.String(), i+1, strconv.FormatInt(l.Dim.N, 10))
		}
		for j := range x {
			switch {
			case j == at:
				known = known && x[j].Known()
				sum = sum.Add(num.Of(x[j].N))
			case !out[j].Known():
				out[j] = x[j]
			case x[j].Known() && x[j].N != out[j].N:
				return Result{}, diag.New(catalog.ConcatMismatch, in[0].String(), x.String(), i+1, strconv.FormatInt(l.Dim.N, 10))
			}
		}
	}
	out[at] = tensor.Dim{N: tensor.Unknown}
	if known {
		n, _ := sum.Int64()
		if sum.Cmp(num.Of(num.MaxExtent)) > 0 {
			return Result{Out: out}, diag.New(catalog.FlattenTooLarge, in[0].String())
		}
		out[at].N = n
	}
	return Result{Out: out}, nil
}

func (l *Concat) steps(in []tensor.Shape) []Step {
	at, _ := axis(l.Dim.N, len(in[0]))
	sum := added()
	for _, x := range in {
		if !x[at].Known() {
			return nil
		}
		sum.Of = append(sum.Of, constantOf(x[at].N))
	}
	return []Step{{Extent: at, Expr: sum}}
}
