package layer

import (
	"math"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// A Flatten lays dimensions Start to End in a row (torch.nn.Flatten). The
// numbering is PyTorch's: 0 is the batch, so 1 is the channels, and −1 the last.
type Flatten struct{ Start, End Whole }

var flatten = &Kind{
	Name: "flatten", Alias: "f", Group: GroupShape, InPlace: true,
	New: func() Layer {
		return &Flatten{Whole{1, math.MinInt8, math.MaxInt8}, Whole{-1, math.MinInt8, math.MaxInt8}}
	},
	Fields: []Field{
		{Name: "start", At: func(l Layer) Value { return &l.(*Flatten).Start }},
		{Name: "end", At: func(l Layer) Value { return &l.(*Flatten).End }},
	},
	Torch: "Flatten", Keras: "Flatten", Caffe: "Flatten", ONNX: "Flatten",
}

// FlattenKind makes layers of type *Flatten.
var FlattenKind = Typed[*Flatten]{&flatten}

// Kind implements Layer.
func (l *Flatten) Kind() *Kind { return flatten }

// Apply implements Layer. The parts are kept, spatial first and channels last,
// as papers write them: 6·6·256.
func (l *Flatten) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	from, ok := axis(l.Start.N, len(x))
	if !ok {
		return Result{}, badAxis("start", l.Start.N, x)
	}
	to, ok := axis(l.End.N, len(x))
	if !ok {
		return Result{}, badAxis("end", l.End.N, x)
	}
	if from > to {
		return Result{}, diag.New(catalog.StartAfterEnd, l.Start.N, l.End.N).On("start")
	}
	if from == to {
		return Result{Out: x}, nil
	}
	n, ok := product(x[from : to+1])
	out := append(make(tensor.Shape, 0, len(x)-to+from), x[:from]...)
	out = append(out, tensor.Dim{N: n, Parts: parts(x[from : to+1])})
	out = append(out, x[to+1:]...)
	if !ok {
		return Result{Out: out}, diag.New(catalog.FlattenTooLarge, x.String())
	}
	return Result{Out: out}, nil
}

// steps multiplies what is laid in a row, as formulas write it.
func (l *Flatten) steps(in []tensor.Shape) []Step {
	x := in[0]
	from, _ := axis(l.Start.N, len(x))
	to, _ := axis(l.End.N, len(x))
	if from == to {
		return nil
	}
	row := multiplied()
	for _, d := range parts(x[from : to+1]) {
		switch {
		case !d.Known():
			return nil
		case d.Written.IsPlain():
			row.Of = append(row.Of, constantOf(d.N))
		default:
			for _, f := range d.Written.Factors() {
				row.Of = append(row.Of, constantOf(f))
			}
		}
	}
	return []Step{{Extent: from, Expr: row}}
}

// parts returns the extents in the order they are written in a formula: the
// first, which holds the channels, last.
func parts(x tensor.Shape) []tensor.Dim {
	p := append(make([]tensor.Dim, 0, len(x)), x[1:]...)
	return append(p, x[0])
}
