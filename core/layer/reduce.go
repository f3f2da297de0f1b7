package layer

import (
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Reduce makes one value of all that lie along some dimensions: their mean,
// their sum, or the largest (torch.mean, torch.sum, torch.amax).
type Reduce struct {
	kind *Kind
	Dims Wholes
	Keep Switch // keepdim: leave a 1 where a dimension was
}

func newReduce(k Kind) *Kind {
	kind := &k
	kind.Group = GroupPool
	kind.New = func() Layer { return &Reduce{kind: kind} }
	kind.Fields = []Field{
		{Name: "dims", Main: true, Need: true, Like: "2x3", At: func(l Layer) Value { return &l.(*Reduce).Dims }},
		{Name: "keepdim", Off: "keepdim", At: func(l Layer) Value { return &l.(*Reduce).Keep }},
	}
	return kind
}

var (
	mean = newReduce(Kind{Name: "mean", ONNX: "ReduceMean", Caffe: "Reduction"})
	sum  = newReduce(Kind{Name: "sum", ONNX: "ReduceSum"})
	amax = newReduce(Kind{Name: "amax", ONNX: "ReduceMax"})
)

// The kinds, each with the type of its layers.
var (
	MeanKind         = Typed[*Reduce]{&mean}
	SumKind          = Typed[*Reduce]{&sum}
	AmaxKind         = Typed[*Reduce]{&amax}
	RepeatVectorKind = Typed[*RepeatVector]{&repeatVector}
)

// Kind implements Layer.
func (l *Reduce) Kind() *Kind { return l.kind }

// Apply implements Layer.
func (l *Reduce) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	gone, d := l.Dims.axes("dims", x)
	if d == nil && count(gone) < l.Dims.Len() {
		// "dim 1 appears multiple times in the list of dims"
		d = diag.New(catalog.DimTwice, l.Dims.Text(), x.String()).On("dims").
			AddFix(diag.Fix{Op: diag.SetField, Field: "dims", Value: onceEach(gone)})
	}
	if d != nil {
		return Result{}, d
	}
	out := tensor.Shape{}
	for i, e := range x {
		switch {
		case !gone[i]:
			out = append(out, e)
		case bool(l.Keep):
			out = append(out, tensor.Dim{N: 1})
		}
	}
	return Result{Out: out, Window: reduced(gone)}, nil
}

// onceEach writes the dimensions of a sample that are set: 1x3.
func onceEach(set []bool) string {
	var dims []string
	for i, is := range set {
		if is {
			dims = append(dims, strconv.Itoa(i+1))
		}
	}
	return strings.Join(dims, "x")
}

// reduced returns how an output looks at a map some dimensions of which went:
// at all of it if no spatial one is left.
func reduced(gone []bool) *Window {
	if len(gone) == 0 {
		return unfollowed
	}
	switch count(gone[1:]) {
	case 0:
		return nil
	case len(gone) - 1:
		return &Window{Global: true}
	default:
		return unfollowed
	}
}

// A RepeatVector lays copies of a vector below one another
// (keras.layers.RepeatVector): [features] becomes [copies, features].
type RepeatVector struct{ Copies Whole }

var repeatVector = &Kind{
	Name: "repeatvector", Group: GroupShape,
	New: func() Layer { return &RepeatVector{Whole{2, 1, num.MaxExtent}} },
	Fields: []Field{
		{Name: "copies", Main: true, At: func(l Layer) Value { return &l.(*RepeatVector).Copies }},
	},
	Keras: "RepeatVector",
}

// Kind implements Layer.
func (l *RepeatVector) Kind() *Kind { return repeatVector }

// Apply implements Layer.
func (l *RepeatVector) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	if len(in[0]) != 1 {
		return Result{}, diag.New(catalog.NeedsVector, in[0].String())
	}
	return Result{Out: tensor.Shape{{N: l.Copies.N}, in[0][0]}, Window: unfollowed}, nil
}
