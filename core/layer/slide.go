package layer

import (
	"math"
	"slices"
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Slide is how a kernel moves over a sample of one to three spatial dimensions
// (C×L, C×H×W, C×D×H×W).
type Slide struct {
	Kernel   Size
	Stride   Size
	Padding  Padding
	Dilation Size
	Mode     Choice // what padding is filled with; shapes follow from it, counts do not
}

// newSlide returns a Slide with PyTorch's defaults and the padding rules that
// the kind knows.
func newSlide(rules string) Slide {
	pad := PaddingOf(0)
	pad.Rules = rules
	return Slide{Kernel: Size{Least: 1}, Stride: SizeOf(1), Padding: pad, Dilation: SizeOf(1)}
}

// slideFields are the fields of a Slide, wherever it lies in its layer.
func slideFields(at func(Layer) *Slide) []Field {
	return []Field{
		{Name: "kernel", Short: "k", Need: true, Role: RoleKernel, At: func(l Layer) Value { return &at(l).Kernel }},
		{Name: "stride", Short: "s", At: func(l Layer) Value { return &at(l).Stride }},
		{Name: "padding", Short: "p", At: func(l Layer) Value { return &at(l).Padding }},
		{Name: "dilation", Short: "d", At: func(l Layer) Value { return &at(l).Dilation }},
	}
}

// fits refuses entries that do not suit the number of spatial dimensions.
func (s *Slide) fits(dims int) *diag.Diag {
	for _, f := range []struct {
		name string
		size Size
	}{{"kernel", s.Kernel}, {"stride", s.Stride}, {"padding", s.Padding.Size}, {"dilation", s.Dilation}} {
		if d := fits(f.name, f.size, dims); d != nil {
			return d
		}
	}
	if s.Padding.Rule == PadCausal && dims != 1 {
		// keras.layers.Conv2D: "causal is only supported for Conv1D".
		return diag.New(catalog.CausalNeeds1D, dims).On("padding").
			AddFix(diag.Fix{Op: diag.SetField, Field: "padding", Value: "0"})
	}
	return nil
}

// over returns the output shape and the window. What is not known stays
// unknown, and the first dimension that is too small makes the problem.
func (s *Slide) over(x tensor.Shape, channels tensor.Dim, dims int) (tensor.Shape, *Window, []*diag.Diag, *diag.Diag) {
	out := open(channels, dims)
	window := &Window{Dims: make([]WindowDim, dims)}
	var notes []*diag.Diag
	var skips skipped
	told := true
	for i := 0; i < dims; i++ {
		size, stride := s.Reach(i), s.Stride.At(i)
		before, after, ok := s.Padding.Around(i, x[i+1].N, size, stride)
		if told = told && ok; !ok {
			continue
		}
		if before > 0 || after > 0 {
			if d := fillFits(s.Mode.Word, x[i+1], max(before, after), "padding", padZeros); d != nil {
				return open(channels, dims), nil, nil, d
			}
		}
		window.Dims[i] = WindowDim{Reach: size, Stride: stride, Pad: before}
		if !x[i+1].Known() {
			skips.along(s.Kernel.At(i), s.Dilation.At(i), stride)
			continue
		}
		n := Positions(x[i+1].N, before+after, size, stride)
		if n < 1 {
			problem := tooSmall(x[i+1].N, before+after, size).On("kernel")
			if pad := (size - x[i+1].N + 1) / 2; pad <= math.MaxInt32 { // else a Size cannot hold it
				problem.AddFix(diag.Fix{Op: diag.SetField, Field: "padding", Value: strconv.FormatInt(pad, 10)})
			}
			if fit := s.largest(x); fit.n > 0 {
				problem.AddFix(diag.Fix{Op: diag.SetField, Field: "kernel", Value: fit.Text()})
			}
			return open(channels, dims), nil, nil, problem
		}
		out[i+1].N = n
		skips := n > 1 && skips.along(s.Kernel.At(i), s.Dilation.At(i), stride)
		if left := (x[i+1].N+before+after-size)%stride - after; left > 0 && !skips {
			notes = append(notes, unused(x[i+1].N, left, i, dims))
		}
	}
	if !told {
		window = &Window{}
	}
	return out, window, skips.note(notes), nil
}

// largest returns the kernel with every side no longer than the padded input takes;
// not given if there is none.
func (s *Slide) largest(x tensor.Shape) Size {
	sides := make([]int64, len(x)-1)
	for i := range sides {
		sides[i] = s.Kernel.At(i)
		if n := x[i+1].N; x[i+1].Known() {
			before, after, _ := s.Padding.Around(i, n, s.Reach(i), s.Stride.At(i))
			sides[i] = min(sides[i], (n+before+after-1)/s.Dilation.At(i)+1)
		}
		if sides[i] < 1 {
			return Size{}
		}
	}
	if slices.Max(sides) == slices.Min(sides) {
		sides = sides[:1]
	}
	return SizeOf(sides...)
}

// Reach returns how many positions the kernel spans along spatial dimension i.
func (s *Slide) Reach(i int) int64 { return Reach(s.Kernel.At(i), s.Dilation.At(i)) }

// Around returns the cells added before and after dimension i of an input for a
// window of a size; ok is false if that depends on an input that is unknown.
//
// "same" gives ⌈in/stride⌉ positions, which takes (out−1)·stride + size − in cells;
// of an odd number the last is after (keras.layers.Conv2D;
// tensorflow/core/framework/kernel_shape_util.cc). With stride 1 that is PyTorch's
// size − 1 (torch.nn.Conv2d). "causal" puts size − 1 before (keras.layers.Conv1D).
func (p *Padding) Around(i int, in, size, stride int64) (before, after int64, ok bool) {
	switch p.Rule {
	case PadSame, PadKeras:
		if in < 0 && stride != 1 {
			return 0, 0, false
		}
		total := SameCells(in, size, stride)
		return total / 2, total - total/2, true
	case PadCausal:
		return size - 1, 0, true
	case PadValid:
		return 0, 0, true
	default:
		return p.At(i), p.At(i), true
	}
}

// SameCells returns how many cells the rule "same" adds around in positions, both
// sides together, for windows of a size: as many as ⌈in/stride⌉ of them take.
// With stride 1 that does not depend on in.
func SameCells(in, size, stride int64) int64 {
	if stride == 1 || in == 0 {
		return size - 1
	}
	return max((in-1)/stride*stride+size-in, 0)
}

// fillFits refuses padding that a fill cannot supply: reflection needs one cell
// more than it mirrors, wrapping around must not wrap twice
// (torch.nn.functional.pad). The remedy is another fill.
func fillFits(fill string, x tensor.Dim, pad int64, field, other string) *diag.Diag {
	most := x.N
	switch fill {
	case padReflect:
		most--
	case padCircular:
	default:
		return nil
	}
	if !x.Known() || pad <= most {
		return nil
	}
	return diag.New(catalog.PadBeyondInput, fill, pad, x.N, most).On(field).
		AddFix(diag.Fix{Op: diag.SetField, Field: "mode", Value: other})
}

// sides returns the kernel's sides as factors, with room for as many more.
func (s *Slide) sides(dims, more int) Term {
	t := make(Term, dims, dims+more)
	for i := range t {
		t[i] = Factor{N: s.Kernel.At(i), Role: RoleKernel, Axis: uint8(i), Of: uint8(dims), Field: "kernel"}
	}
	return t
}

// shape returns a tensor's shape as PyTorch lays out kernels: two counts of
// channels, then the kernel's sides.
func (s *Slide) shape(a, b int64, dims int) []int64 {
	shape := append(make([]int64, 0, dims+2), a, b)
	for i := 0; i < dims; i++ {
		shape = append(shape, s.Kernel.At(i))
	}
	return shape
}

// most returns n as an extent; false beyond num.MaxExtent.
func most(n num.Int) (int64, bool) {
	if n.Cmp(num.Of(num.MaxExtent)) > 0 {
		return tensor.Unknown, false
	}
	return n.Int64()
}

// setExtent writes n cells along dimension i into out, or says why they cannot
// be: none of them, or more than can be counted.
func setExtent(out tensor.Shape, i int, n num.Int) *diag.Diag {
	name := extentName(i, len(out))
	if n.Cmp(num.Of(1)) < 0 {
		return diag.New(catalog.EmptyExtent, name, n.String())
	}
	m, ok := most(n)
	if !ok {
		return diag.New(catalog.ExtentTooLarge, name, n.Grouped())
	}
	out[i].N = m
	return nil
}

// tooSmall says that a window does not fit its padded input.
func tooSmall(in, pad, size int64) *diag.Diag {
	return diag.New(catalog.WindowTooLarge, size, in, pad)
}

// AxisName returns the key of a spatial dimension's name: depth, height, width.
func AxisName(i, of uint8) catalog.Key {
	return [...]catalog.Key{catalog.AxisDepth, catalog.AxisHeight, catalog.AxisWidth}[MaxSpatial-int(of)+int(i)]
}

// extentName returns the key of the name of extent i of a sample. Before the last
// three there are no names.
func extentName(i, rank int) catalog.Key {
	if rank > MaxSpatial+1 {
		i, rank = i-(rank-3), 3
	}
	if i < 1 {
		return catalog.AxisChannels
	}
	return AxisName(uint8(i-1), uint8(rank-1))
}
