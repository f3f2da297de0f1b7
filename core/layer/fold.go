package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// An Unfold lays every window of a picture out as a column: C×H×W becomes
// C·k_h·k_w × positions (torch.nn.Unfold, im2col).
type Unfold struct{ Slide }

var unfold = &Kind{
	Name: "unfold", Also: []string{"im2col"}, Group: GroupShape,
	New:    func() Layer { return &Unfold{newSlide("")} },
	Fields: kernelFirst(slideFields(func(l Layer) *Slide { return &l.(*Unfold).Slide })),
	Torch:  "Unfold",
}

// UnfoldKind makes layers of type *Unfold.
var UnfoldKind = Typed[*Unfold]{&unfold}

// kernelFirst returns the fields of a Slide for a kind whose main value is the
// kernel.
func kernelFirst(f []Field) []Field {
	f[0].Main = true
	return f
}

// Kind implements Layer.
func (l *Unfold) Kind() *Kind { return unfold }

// Apply implements Layer. The map becomes a row, so no window is known.
func (l *Unfold) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	if len(x) != 3 {
		return Result{}, diag.New(catalog.NeedsDims, unfold.Name, 2, x.String())
	}
	if d := l.fits(2); d != nil {
		return Result{}, d
	}
	at, _, notes, d := l.over(x, x[0], 2)
	if d != nil {
		return Result{Out: open(tensor.Dim{N: tensor.Unknown}, 1)}, d
	}
	cells := []tensor.Dim{x[0], {N: l.Kernel.At(0)}, {N: l.Kernel.At(1)}}
	out := make(tensor.Shape, 2)
	for i, dims := range [][]tensor.Dim{cells, at[1:]} {
		n, ok := product(dims)
		if out[i].N = n; !ok {
			return Result{Out: open(tensor.Dim{N: tensor.Unknown}, 1)},
				diag.New(catalog.FlattenTooLarge, tensor.Shape(dims).String())
		}
	}
	return Result{Out: out, Window: &Window{}, Notes: notes}, nil
}

// A Fold lays columns back where an Unfold took them from, adding up where they
// overlap: C·k_h·k_w × positions becomes C×H×W (torch.nn.Fold, col2im).
type Fold struct {
	Slide
	Size Extents
}

var fold = &Kind{
	Name: "fold", Also: []string{"col2im"}, Group: GroupShape,
	New: func() Layer { return &Fold{newSlide(""), Extents{Most: 2}} },
	Fields: append([]Field{{Name: "size", Main: true, Need: true, Role: RoleSpatial, Like: "12x12",
		At: func(l Layer) Value { return &l.(*Fold).Size }}},
		slideFields(func(l Layer) *Slide { return &l.(*Fold).Slide })...),
	Torch: "Fold", ONNX: "Col2Im",
}

// FoldKind makes layers of type *Fold.
var FoldKind = Typed[*Fold]{&fold}

// Kind implements Layer.
func (l *Fold) Kind() *Kind { return fold }

// Apply implements Layer. The columns must be as long and as many as the windows
// of the output (ATen/native/Col2Im.cpp).
func (l *Fold) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	if len(x) != 2 {
		return Result{}, diag.New(catalog.NeedsColumns, x.String())
	}
	d := l.fits(2)
	if d == nil {
		d = sizeFits(l.Size, 2)
	}
	if d != nil {
		return Result{}, d
	}
	out := tensor.Shape{{N: tensor.Unknown}, {N: sizeAt(l.Size, 0)}, {N: sizeAt(l.Size, 1)}}
	if cells := l.Kernel.At(0) * l.Kernel.At(1); x[0].Known() {
		if x[0].N%cells != 0 {
			return Result{Out: out}, diag.New(catalog.NotDivisible, catalog.AxisChannels, x[0].N, cells).On("kernel")
		}
		out[0].N = x[0].N / cells
	}
	at, _, _, d := l.over(out, out[0], 2)
	if d != nil {
		return Result{Out: out}, d
	}
	n, ok := product(at[1:])
	if (!ok || n >= 0) && x[1].Known() && n != x[1].N {
		return Result{Out: out}, diag.New(catalog.FoldMismatch, out[1:].String(), at[1:].String(), x[1].N).On("size")
	}
	return Result{Out: out, Window: &Window{}}, nil
}
