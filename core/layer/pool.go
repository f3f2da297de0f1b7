package layer

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Pool is what max and average pooling share: a window that slides over each
// channel by itself. Its padding rules are Keras', since PyTorch has none for pools.
type Pool struct {
	Kernel  Size
	Stride  Size // not given: as the kernel (torch.nn.MaxPool2d)
	Padding Padding
	Ceil    Switch // round up instead of down
	Caffe   Switch // round up as Caffe does
}

func newPool() Pool {
	pad := PaddingOf(0)
	pad.Rules = "same, valid"
	return Pool{Kernel: Size{Least: 1}, Stride: Size{Least: 1}, Padding: pad}
}

// poolFields are the fields of a pool, wherever it lies in its layer.
func poolFields(at func(Layer) *Pool) []Field {
	return []Field{
		{Name: "kernel", Short: "k", Main: true, Need: true, Role: RoleKernel, At: func(l Layer) Value { return &at(l).Kernel }},
		{Name: "stride", Short: "s", At: func(l Layer) Value { return &at(l).Stride }},
		{Name: "padding", Short: "p", At: func(l Layer) Value { return &at(l).Padding }},
		{Name: "ceil", Off: "ceil", At: func(l Layer) Value { return &at(l).Ceil }},
		{Name: "caffe", Off: "caffe", At: func(l Layer) Value { return &at(l).Caffe }},
	}
}

// A MaxPool keeps the largest value of each window.
type MaxPool struct {
	Pool
	Dilation Size
}

var maxPool = &Kind{
	Name: "maxpool", Alias: "m", Also: []string{"maxpool2d", "maxpool1d", "maxpool3d"}, Group: GroupPool,
	New: func() Layer { return &MaxPool{Pool: newPool(), Dilation: SizeOf(1)} },
	Fields: append(poolFields(func(l Layer) *Pool { return &l.(*MaxPool).Pool }),
		Field{Name: "dilation", Short: "d", At: func(l Layer) Value { return &l.(*MaxPool).Dilation }}),
	Torch: "MaxPool2d", Keras: "MaxPooling2D", Caffe: "Pooling", ONNX: "MaxPool",
}

// MaxPoolKind makes layers of type *MaxPool.
var MaxPoolKind = Typed[*MaxPool]{&maxPool}

// Kind implements Layer.
func (l *MaxPool) Kind() *Kind { return maxPool }

// Apply implements Layer. In one dimension PyTorch lets an empty output pass
// where it does not have to train (ATen/native/MaxPooling.cpp, OW >= 0).
func (l *MaxPool) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	return l.slide(in[0], l.Dilation, len(in[0]) == 2)
}

func (l *MaxPool) steps(in []tensor.Shape) []Step { return l.windows(in[0], l.Dilation) }

// An AvgPool averages each window.
type AvgPool struct {
	Pool
	CountPad Switch // padding counts as zeros in the average
	Divisor  Whole  // divide by this instead of the window's size; 0: by the size
}

var avgPool = &Kind{
	Name: "avgpool", Alias: "a", Also: []string{"avgpool2d", "avgpool1d", "avgpool3d"}, Group: GroupPool,
	New: func() Layer {
		return &AvgPool{Pool: newPool(), CountPad: true, Divisor: Whole{0, 0, num.MaxExtent}}
	},
	Fields: append(poolFields(func(l Layer) *Pool { return &l.(*AvgPool).Pool }),
		Field{Name: "count_include_pad", Off: "nopadcount", At: func(l Layer) Value { return &l.(*AvgPool).CountPad }},
		Field{Name: "divisor", At: func(l Layer) Value { return &l.(*AvgPool).Divisor }}),
	Torch: "AvgPool2d", Keras: "AveragePooling2D", Caffe: "Pooling", ONNX: "AveragePool",
}

// AvgPoolKind makes layers of type *AvgPool.
var AvgPoolKind = Typed[*AvgPool]{&avgPool}

// Kind implements Layer.
func (l *AvgPool) Kind() *Kind { return avgPool }

// Apply implements Layer.
func (l *AvgPool) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	r, d := l.slide(in[0], SizeOf(1), false)
	if x := in[0]; d == nil && len(x) == MaxSpatial+1 {
		for i := range x[1:] {
			// avg_pool3d compares the map without its padding (ATen/native/Pool.h).
			if k := l.Kernel.At(i); x[i+1].Known() && x[i+1].N < k {
				return Result{Out: open(x[0], MaxSpatial)}, diag.New(catalog.KernelBeyondMap, k, x[i+1].N).On("kernel").
					AddFix(diag.Fix{Op: diag.SetField, Field: "kernel", Value: l.within(x)})
			}
		}
	}
	return r, d
}

// within writes the kernel no larger than the map it slides over.
func (l *AvgPool) within(x tensor.Shape) string {
	sides := make([]string, len(x)-1)
	for i := range sides {
		k := l.Kernel.At(i)
		if x[i+1].Known() {
			k = min(k, x[i+1].N)
		}
		sides[i] = strconv.FormatInt(k, 10)
	}
	return strings.Join(sides, "x")
}

func (l *AvgPool) steps(in []tensor.Shape) []Step { return l.windows(in[0], SizeOf(1)) }

// An LPPool takes a norm of each window (torch.nn.LPPool2d).
type LPPool struct {
	Pool
	Norm Real
}

var lpPool = &Kind{
	Name: "lppool", Also: []string{"lppool2d", "lppool1d", "lppool3d"}, Group: GroupPool,
	New: func() Layer { return &LPPool{newPool(), AnyReal(2)} },
	Fields: append(slices.DeleteFunc(poolFields(func(l Layer) *Pool { return &l.(*LPPool).Pool }),
		func(f Field) bool { return f.Name == "padding" || f.Name == "caffe" }), // it has neither
		Field{Name: "norm_type", At: func(l Layer) Value { return &l.(*LPPool).Norm }}),
	Torch: "LPPool2d", ONNX: "LpPool",
}

// LPPoolKind makes layers of type *LPPool.
var LPPoolKind = Typed[*LPPool]{&lpPool}

// Kind implements Layer.
func (l *LPPool) Kind() *Kind { return lpPool }

// Apply implements Layer. The norm divides by its own type.
func (l *LPPool) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	r, d := l.slide(in[0], SizeOf(1), false)
	if d == nil && l.Norm.V == 0 {
		d = diag.New(catalog.NeedsNonZero, lpPool.Name, catalog.FieldName("norm_type")).On("norm_type").
			AddFix(diag.Fix{Op: diag.SetField, Field: "norm_type", Value: "2"})
	}
	return r, d
}

func (l *LPPool) steps(in []tensor.Shape) []Step { return l.windows(in[0], SizeOf(1)) }

// strides returns how far the window moves.
func (l *Pool) strides() Size {
	if l.Stride.Unset() {
		return l.Kernel
	}
	return l.Stride
}

// slide is the shape rule of all (ATen/native/Pool.h): as a convolution's, or
// rounded up. With empty, a dimension may come out as 0.
func (l *Pool) slide(x tensor.Shape, dilation Size, empty bool) (Result, *diag.Diag) {
	dims, d := spatial(x)
	if d != nil {
		return Result{}, d
	}
	stride := l.strides()
	out := open(x[0], dims)
	for _, f := range []struct {
		name string
		size Size
	}{{"kernel", l.Kernel}, {"stride", stride}, {"padding", l.Padding.Size}, {"dilation", dilation}} {
		if d := fits(f.name, f.size, dims); d != nil {
			return Result{Out: out}, d
		}
	}
	window := &Window{Dims: make([]WindowDim, dims)}
	var notes []*diag.Diag
	var skips skipped
	for i := 0; i < dims; i++ {
		k, s := l.Kernel.At(i), stride.At(i)
		if d := l.padFits(l.Padding.At(i), k); d != nil {
			return Result{Out: open(x[0], dims)}, d
		}
		size := Reach(k, dilation.At(i))
		before, after, ok := l.Padding.Around(i, x[i+1].N, size, s)
		if !ok {
			window.Dims = nil
		} else if window.Dims != nil {
			window.Dims[i] = WindowDim{Reach: size, Stride: s, Pad: before}
		}
		if !x[i+1].Known() {
			skips.along(k, dilation.At(i), s)
			continue
		}
		n, rest := l.along(x[i+1].N, before, after, size, s)
		if n == 0 && empty {
			notes = append(notes, diag.Warn(catalog.EmptyOutput, size, x[i+1].N).On("kernel"))
		} else if n < 1 {
			problem := tooSmall(x[i+1].N, before+after, size).On("kernel")
			if fit := (x[i+1].N+before+after-1)/dilation.At(i) + 1; fit >= 1 && before <= fit/2 {
				problem.AddFix(diag.Fix{Op: diag.SetField, Field: "kernel", Value: strconv.FormatInt(fit, 10)})
			}
			return Result{Out: open(x[0], dims)}, problem
		}
		out[i+1].N = n
		if skips := n > 1 && skips.along(k, dilation.At(i), s); rest > after && !skips {
			notes = append(notes, unused(x[i+1].N, rest-after, i, dims))
		}
	}
	return Result{Out: out, Window: window, Notes: skips.note(notes)}, nil
}

// padFits refuses windows that would lie in the padding alone: PyTorch wants at
// most half of the kernel, Caffe less than the kernel (pooling_layer.cpp).
func (l *Pool) padFits(pad, kernel int64) *diag.Diag {
	key, most := catalog.PadBeyondHalf, kernel/2
	if l.Caffe {
		key, most = catalog.PadBeyondKernel, kernel-1
	}
	if pad <= most {
		return nil
	}
	return diag.New(key, pad, kernel, most).On("padding").
		AddFix(diag.Fix{Op: diag.SetField, Field: "padding", Value: strconv.FormatInt(most, 10)})
}

// along returns the positions along one dimension, and the cells left unused.
// Below 1, nothing comes out.
func (l *Pool) along(in, before, after, size, stride int64) (n, rest int64) {
	if l.up() {
		return PositionsUp(in, before, after, size, stride, !bool(l.Caffe) || l.padded()), 0
	}
	span := in + before + after - size
	if n = floor(span, stride) + 1; n > 0 {
		rest = span % stride
	}
	return n, rest
}

// up reports whether the number of positions is rounded up.
func (l *Pool) up() bool { return l.Padding.Rule == "" && bool(l.Ceil || l.Caffe) }

// windows are the steps of a pool of x, with the last window taken off where
// along drops it.
func (l *Pool) windows(x tensor.Shape, dilation Size) []Step {
	var steps []Step
	stride := l.strides()
	for i := range x[1:] {
		if !x[i+1].Known() {
			continue
		}
		k, d, s := l.Kernel.At(i), dilation.At(i), stride.At(i)
		step := l.Padding.positionsOf(i, x[i+1].N, k, d, s, l.up())
		before, after, _ := l.Padding.Around(i, x[i+1].N, Reach(k, d), s)
		if n, _ := l.along(x[i+1].N, before, after, Reach(k, d), s); l.up() && step.Expr.Value().Cmp(num.Of(n)) > 0 {
			step.Expr.Of = append(step.Expr.Of, minus(constantOf(1)))
			step.Says = catalog.Say(catalog.StepDropped)
		}
		steps = append(steps, step)
	}
	return steps
}

// padded reports whether there is padding along any dimension.
func (l *Pool) padded() bool {
	for _, p := range l.Padding.v {
		if p > 0 {
			return true
		}
	}
	return false
}

// floor returns ⌊a/b⌋, where Go's division rounds towards zero.
func floor(a, b int64) int64 {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}
