package layer

import (
	"math"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Slice takes a part of one dimension, as x[:, from:to:step] does in Python:
// negative places count from the end, and what lies beyond it is passed over.
type Slice struct {
	From, To, Step Whole // To 0: up to the end
	Dim            Whole
}

func newDim() Whole { return Whole{1, math.MinInt8, math.MaxInt8} }

func newIndex() Whole { return Whole{0, -num.MaxExtent, num.MaxExtent} }

var slice = &Kind{
	Name: "slice", Group: GroupShape, InPlace: true,
	New: func() Layer {
		return &Slice{From: newIndex(), To: newIndex(), Step: Whole{1, 1, num.MaxExtent}, Dim: newDim()}
	},
	Fields: []Field{
		{Name: "from", At: func(l Layer) Value { return &l.(*Slice).From }},
		{Name: "to", At: func(l Layer) Value { return &l.(*Slice).To }},
		{Name: "step", At: func(l Layer) Value { return &l.(*Slice).Step }},
		{Name: "dim", At: func(l Layer) Value { return &l.(*Slice).Dim }},
	},
	ONNX: "Slice",
}

// SliceKind makes layers of type *Slice.
var SliceKind = Typed[*Slice]{&slice}

// Kind implements Layer.
func (l *Slice) Kind() *Kind { return slice }

// Apply implements Layer. An empty part, which PyTorch lets pass, is refused.
func (l *Slice) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	return along(in[0], l.Dim, func(at int, n int64) (int64, *diag.Diag) {
		place := func(i int64) int64 {
			if i < 0 {
				i += n
			}
			return min(max(i, 0), n)
		}
		from, to := place(l.From.N), n
		if l.To.N != 0 {
			to = place(l.To.N)
		}
		if from >= to {
			return 0, diag.New(catalog.NothingLeft, l.Dim.N, in[0].String(), from, to).On("from")
		}
		return (to-from-1)/l.Step.N + 1, nil
	})
}

// along returns x with dimension dim resized: by size, unless it is unknown.
func along(x tensor.Shape, dim Whole, size func(at int, n int64) (int64, *diag.Diag)) (Result, *diag.Diag) {
	at, ok := axis(dim.N, len(x))
	if !ok {
		return Result{}, badAxis("dim", dim.N, x)
	}
	out := append(tensor.Shape{}, x...)
	out[at] = tensor.Dim{N: tensor.Unknown}
	r := Result{Out: out}
	if at > 0 {
		r.Window = unfollowed
	}
	if !x[at].Known() {
		return r, nil
	}
	n, d := size(at, x[at].N)
	switch {
	case d != nil:
	case n == x[at].N:
		out[at] = x[at]
	default:
		out[at].N = n
	}
	return r, d
}

// A Chunk divides one dimension into equal parts, of which the last may be
// smaller, and takes one of them (torch.chunk).
type Chunk struct{ Chunks, Part, Dim Whole }

var chunk = &Kind{
	Name: "chunk", Also: []string{"split"}, Group: GroupShape, InPlace: true,
	New: func() Layer {
		return &Chunk{Whole{2, 1, num.MaxExtent}, Whole{0, 0, num.MaxExtent}, newDim()}
	},
	Fields: []Field{
		{Name: "chunks", Main: true, At: func(l Layer) Value { return &l.(*Chunk).Chunks }},
		{Name: "part", At: func(l Layer) Value { return &l.(*Chunk).Part }},
		{Name: "dim", At: func(l Layer) Value { return &l.(*Chunk).Dim }},
	},
	Caffe: "Slice", ONNX: "Split",
}

// ChunkKind makes layers of type *Chunk.
var ChunkKind = Typed[*Chunk]{&chunk}

// Kind implements Layer.
func (l *Chunk) Kind() *Kind { return chunk }

// Apply implements Layer. Each part has ⌈n/chunks⌉ entries, so there may be
// fewer parts than asked for (torch.chunk, "Note").
func (l *Chunk) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	return along(in[0], l.Dim, func(at int, n int64) (int64, *diag.Diag) {
		size := max((n+l.Chunks.N-1)/l.Chunks.N, 1)
		if parts := (n + size - 1) / size; l.Part.N >= parts {
			return 0, diag.New(catalog.NoSuchPart, l.Part.N, parts, in[0].String()).On("part")
		}
		return min(size, n-l.Part.N*size), nil
	})
}

// A GLU halves a dimension: one half times the sigmoid of the other (torch.nn.GLU).
type GLU struct{ Dim Whole }

var glu = &Kind{
	Name: "glu", Group: GroupActivation,
	New: func() Layer { return &GLU{Whole{-1, math.MinInt8, math.MaxInt8}} },
	Fields: []Field{
		{Name: "dim", At: func(l Layer) Value { return &l.(*GLU).Dim }},
	},
	Torch: "GLU",
}

// GLUKind makes layers of type *GLU.
var GLUKind = Typed[*GLU]{&glu}

// Kind implements Layer.
func (l *GLU) Kind() *Kind { return glu }

// Apply implements Layer.
func (l *GLU) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	r, d := along(in[0], l.Dim, func(at int, n int64) (int64, *diag.Diag) {
		if n%2 != 0 {
			return 0, diag.New(catalog.NotEven, l.Dim.N, in[0].String()).On("dim")
		}
		return n / 2, nil
	})
	r.Window = nil // each position looks at itself
	return r, d
}

// A Select takes one entry of a dimension, which goes away (torch.select): the
// class token x[:, 0].
type Select struct{ Index, Dim Whole }

var selected = &Kind{
	Name: "select", Group: GroupShape, InPlace: true,
	New: func() Layer { return &Select{newIndex(), newDim()} },
	Fields: []Field{
		{Name: "index", Main: true, At: func(l Layer) Value { return &l.(*Select).Index }},
		{Name: "dim", At: func(l Layer) Value { return &l.(*Select).Dim }},
	},
	ONNX: "Gather",
}

// SelectKind makes layers of type *Select.
var SelectKind = Typed[*Select]{&selected}

// Kind implements Layer.
func (l *Select) Kind() *Kind { return selected }

// Apply implements Layer.
func (l *Select) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	at, ok := axis(l.Dim.N, len(x))
	if !ok {
		return Result{}, badAxis("dim", l.Dim.N, x)
	}
	r := Result{Out: append(append(tensor.Shape{}, x[:at]...), x[at+1:]...), Window: unfollowed}
	if n, i := x[at].N, l.Index.N; x[at].Known() && (i >= n || i < -n) {
		return r, diag.New(catalog.NoSuchIndex, i, l.Dim.N, x.String()).On("index")
	}
	return r, nil
}

// A Roll shifts the entries along dimensions; what falls off at one end comes in
// at the other (torch.roll).
type Roll struct{ Shifts, Dims Wholes }

var roll = &Kind{
	Name: "roll", Group: GroupShape,
	New: func() Layer { return &Roll{} },
	Fields: []Field{
		{Name: "shifts", Main: true, Need: true, Like: "-3x-3", At: func(l Layer) Value { return &l.(*Roll).Shifts }},
		{Name: "dims", Need: true, Like: "1x2", At: func(l Layer) Value { return &l.(*Roll).Dims }},
	},
}

// RollKind makes layers of type *Roll.
var RollKind = Typed[*Roll]{&roll}

// Kind implements Layer.
func (l *Roll) Kind() *Kind { return roll }

// Apply implements Layer: the shape stays.
func (l *Roll) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	_, d := l.Dims.axes("dims", in[0])
	if d == nil && l.Dims.Len() != l.Shifts.Len() {
		d = diag.New(catalog.RollMismatch, l.Shifts.Len(), l.Dims.Len()).On("shifts")
	}
	return Result{Out: in[0], Window: unfollowed}, d
}
