package layer

import (
	"math"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// unfollowed is the window of a layer that moves positions about: which part of the
// part of the input that an output sees is no longer known along its spatial
// dimensions.
var unfollowed = &Window{}

// A Reshape lays the elements of a sample, or of one of its dimensions, out in
// other sizes: torch.reshape and keras.layers.Reshape, torch.nn.Unflatten.
type Reshape struct {
	kind  *Kind
	Sizes Extents // ? is what follows from the others
	Dim   Whole   // the dimension that Unflatten divides
}

func newReshape(k Kind) *Kind {
	kind := &k
	kind.Group, kind.InPlace = GroupShape, true
	kind.New = func() Layer {
		return &Reshape{kind, Extents{Most: MaxRank}, Whole{1, math.MinInt8, math.MaxInt8}}
	}
	kind.Fields = []Field{{Name: "sizes", Main: true, Need: true, Role: RoleSpatial, Like: "?x49",
		At: func(l Layer) Value { return &l.(*Reshape).Sizes }}}
	if kind.Name == "unflatten" {
		kind.Fields = append(kind.Fields, Field{Name: "dim", At: func(l Layer) Value { return &l.(*Reshape).Dim }})
	}
	return kind
}

var (
	reshape   = newReshape(Kind{Name: "reshape", Also: []string{"view"}, Keras: "Reshape", Caffe: "Reshape", ONNX: "Reshape"})
	unflatten = newReshape(Kind{Name: "unflatten", Torch: "Unflatten"})
)

// The kinds, each with the type of its layers.
var (
	UnflattenKind = Typed[*Reshape]{&unflatten}
	ReshapeKind   = Typed[*Reshape]{&reshape}
	PermuteKind   = Typed[*Permute]{&permute}
	SqueezeKind   = Typed[*Squeeze]{&squeeze}
	UnsqueezeKind = Typed[*Unsqueeze]{&unsqueeze}
)

// Kind implements Layer.
func (l *Reshape) Kind() *Kind { return l.kind }

// Apply implements Layer.
func (l *Reshape) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x, at, to := in[0], 0, len(in[0])
	if l.kind == unflatten {
		var ok bool
		if at, ok = axis(l.Dim.N, len(x)); !ok {
			return Result{}, badAxis("dim", l.Dim.N, x)
		}
		to = at + 1
	}
	sizes, d := regroup(x[at:to], l.Sizes.shape())
	out := append(append(append(tensor.Shape{}, x[:at]...), sizes...), x[to:]...)
	return Result{Out: out, Window: unfollowed}, d
}

// regroup lays the elements of x out in other sizes, of which one may be open.
// Extents that stay what they were stay the same Dim, and those that are laid in a
// row keep their parts, so that formulas after them still show where their numbers
// come from.
func regroup(x, sizes tensor.Shape) (tensor.Shape, *diag.Diag) {
	out := append(tensor.Shape{}, sizes...)
	same := func(a, b tensor.Dim) bool { return a.Known() && a.N == b.N }
	from, to, end := 0, len(x), len(out)
	for from < min(to, end) && same(x[from], out[from]) {
		out[from] = x[from]
		from++
	}
	for from < min(to, end) && same(x[to-1], out[end-1]) {
		to, end = to-1, end-1
		out[end] = x[to]
	}
	x, middle := x[from:to], out[from:end]

	open := -1
	var rest tensor.Shape // the sizes that are given
	for i, s := range middle {
		switch {
		case s.Known():
			rest = append(rest, s)
		case open >= 0:
			return out, diag.New(catalog.TwoOpenSizes, sizes.String()).On("sizes")
		default:
			open = i
		}
	}
	all, ok := product(x)
	part, fits := product(rest)
	switch {
	case !ok || !fits:
		return out, diag.New(catalog.FlattenTooLarge, x.String())
	case all == tensor.Unknown:
		return out, nil
	case open >= 0 && all%part == 0: // no size is 0: Extents.Parse sees to it
		middle[open].N = all / part
	case open >= 0 || all != part:
		return out, diag.New(catalog.ReshapeMismatch, x.String(), sizes[from:end].String()).On("sizes")
	}
	if all > 0 {
		trace(x, middle)
	}
	return out, nil
}

// trace marks the extents of out with their origin in x. Both hold the same number
// of elements, so runs of both with equal products lie one behind another.
func trace(x, out tensor.Shape) {
	for i, j := 0, 0; i < len(x) && j < len(out); {
		switch { // ones may be anywhere and mean nothing
		case x[i].N == 1:
			i++
			continue
		case out[j].N == 1:
			j++
			continue
		}
		i0, j0 := i, j
		have, want := x[i].N, out[j].N
		for i, j = i+1, j+1; have != want; {
			if have < want {
				have *= x[i].N
				i++
			} else {
				want *= out[j].N
				j++
			}
		}
		run := drop1(x[i0:i])
		switch {
		case j == j0+1 && len(run) == 1:
			out[j0] = run[0]
		case j == j0+1:
			out[j0].Parts = parts(run)
		case len(run) == 1 && len(run[0].Parts) == j-j0:
			unrow(run[0].Parts, out[j0:j])
		}
	}
}

// unrow gives extents that were laid in a row back, if they are the same.
func unrow(row []tensor.Dim, out tensor.Shape) {
	was := append(tensor.Shape{row[len(row)-1]}, row[:len(row)-1]...) // parts, undone
	if was.Equal(out) {
		copy(out, was)
	}
}

// drop1 returns x without its ones.
func drop1(x tensor.Shape) tensor.Shape {
	var y tensor.Shape
	for _, d := range x {
		if d.N != 1 {
			y = append(y, d)
		}
	}
	return y
}

// A Permute puts the dimensions in another order (torch.permute,
// keras.layers.Permute): 2x3x1 makes H×W×C of C×H×W.
type Permute struct{ Dims Wholes }

var permute = &Kind{
	Name: "permute", Group: GroupShape, InPlace: true,
	New: func() Layer { return &Permute{} },
	Fields: []Field{
		{Name: "dims", Main: true, Need: true, Like: "2x3x1", At: func(l Layer) Value { return &l.(*Permute).Dims }},
	},
	Keras: "Permute", Caffe: "Permute", ONNX: "Transpose",
}

// Kind implements Layer.
func (l *Permute) Kind() *Kind { return permute }

// Apply implements Layer.
func (l *Permute) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	seen, d := l.Dims.axes("dims", x)
	if d != nil {
		return Result{}, d
	}
	if l.Dims.Len() != len(x) || count(seen) != len(x) {
		return Result{}, diag.New(catalog.NotAnOrder, l.Dims.Text(), len(x), x.String()).On("dims")
	}
	out := make(tensor.Shape, len(x))
	for i := range out {
		at, _ := axis(l.Dims.At(i), len(x))
		out[i] = x[at]
	}
	return Result{Out: out, Window: unfollowed}, nil
}

func count(set []bool) int {
	n := 0
	for _, b := range set {
		if b {
			n++
		}
	}
	return n
}

// A Squeeze drops dimensions of size 1 (torch.squeeze): those written, or all.
type Squeeze struct{ Dims Wholes }

var squeeze = &Kind{
	Name: "squeeze", Group: GroupShape, InPlace: true,
	New: func() Layer { return &Squeeze{} },
	Fields: []Field{
		{Name: "dims", Main: true, At: func(l Layer) Value { return &l.(*Squeeze).Dims }},
	},
	ONNX: "Squeeze",
}

// Kind implements Layer.
func (l *Squeeze) Kind() *Kind { return squeeze }

// Apply implements Layer. A dimension of another size stays, as in PyTorch; the
// batch always does.
func (l *Squeeze) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	meant, d := l.Dims.axes("dims", x)
	if d == nil && count(meant) < l.Dims.Len() {
		d = diag.New(catalog.DimTwice, l.Dims.Text(), x.String()).On("dims").
			AddFix(diag.Fix{Op: diag.SetField, Field: "dims", Value: onceEach(meant)})
	}
	if d != nil {
		return Result{}, d
	}
	out := tensor.Shape{}
	for i, e := range x {
		switch {
		case l.Dims.Len() > 0 && !meant[i], e.Known() && e.N != 1:
			out = append(out, e)
		case !e.Known():
			return Result{}, diag.New(catalog.SqueezeUnknown, i+1, x.String())
		}
	}
	return Result{Out: out, Window: unfollowed}, nil
}

// An Unsqueeze puts in a dimension of size 1 (torch.unsqueeze).
type Unsqueeze struct{ Dim Whole }

var unsqueeze = &Kind{
	Name: "unsqueeze", Group: GroupShape, InPlace: true,
	New: func() Layer { return &Unsqueeze{Whole{1, math.MinInt8, math.MaxInt8}} },
	Fields: []Field{
		{Name: "dim", Main: true, At: func(l Layer) Value { return &l.(*Unsqueeze).Dim }},
	},
	ONNX: "Unsqueeze",
}

// Kind implements Layer.
func (l *Unsqueeze) Kind() *Kind { return unsqueeze }

// Apply implements Layer.
func (l *Unsqueeze) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	at, ok := axis(l.Dim.N, len(x)+1)
	if !ok {
		return Result{}, diag.New(catalog.NoSuchPlace, l.Dim.N, len(x)+1, x.String()).On("dim")
	}
	out := append(append(append(tensor.Shape{}, x[:at]...), tensor.Dim{N: 1}), x[at:]...)
	return Result{Out: out, Window: unfollowed}, nil
}
