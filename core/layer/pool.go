package layer

import (
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Pool is what max and average pooling share: a window that slides over each
// channel by itself.
type Pool struct {
	Kernel  Size
	Stride  Size // not given: as the kernel (torch.nn.MaxPool2d)
	Padding Size
	Ceil    Switch // round up instead of down
}

func newPool() Pool {
	pad := SizeOf(0)
	pad.Least = 0
	return Pool{Kernel: Size{Least: 1}, Stride: Size{Least: 1}, Padding: pad}
}

// poolFields are the fields of a pool, wherever it lies in its layer.
func poolFields(at func(Layer) *Pool) []Field {
	return []Field{
		{Name: "kernel", Short: "k", Main: true, Need: true, Role: RoleKernel, At: func(l Layer) Value { return &at(l).Kernel }},
		{Name: "stride", Short: "s", At: func(l Layer) Value { return &at(l).Stride }},
		{Name: "padding", Short: "p", At: func(l Layer) Value { return &at(l).Padding }},
		{Name: "ceil", Off: "ceil", At: func(l Layer) Value { return &at(l).Ceil }},
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

// Kind implements Layer.
func (l *MaxPool) Kind() *Kind { return maxPool }

// Apply implements Layer. In one dimension PyTorch lets an empty output pass
// where it does not have to train (ATen/native/MaxPooling.cpp, OW >= 0).
func (l *MaxPool) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	return l.slide(in[0], l.Dilation, len(in[0]) == 2)
}

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

// Kind implements Layer.
func (l *AvgPool) Kind() *Kind { return avgPool }

// Apply implements Layer.
func (l *AvgPool) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	return l.slide(in[0], SizeOf(1), false)
}

// slide is the shape rule of both (ATen/native/Pool.h): as a convolution's, or
// rounded up, but a last window that would begin in the padding behind the
// input is dropped. With empty, a dimension may come out as 0.
func (l *Pool) slide(x tensor.Shape, dilation Size, empty bool) (Result, *diag.Diag) {
	dims, d := spatial(x)
	if d != nil {
		return Result{}, d
	}
	stride := l.Stride
	if stride.Unset() {
		stride = l.Kernel
	}
	out := open(x[0], dims)
	for _, f := range []struct {
		name string
		size Size
	}{{"kernel", l.Kernel}, {"stride", stride}, {"padding", l.Padding}, {"dilation", dilation}} {
		if d := fits(f.name, f.size, dims); d != nil {
			return Result{Out: out}, d
		}
	}
	window := &Window{Dims: make([]WindowDim, dims)}
	var notes []*diag.Diag
	for i := 0; i < dims; i++ {
		k, p, s := l.Kernel.At(i), l.Padding.At(i), stride.At(i)
		if p > k/2 {
			return Result{Out: open(x[0], dims)}, diag.New(catalog.PadBeyondHalf, p, k, k/2).On("padding").
				Mend(diag.Fix{Op: diag.SetField, Field: "padding", Value: strconv.FormatInt(k/2, 10)})
		}
		size := reach(k, dilation.At(i))
		window.Dims[i] = WindowDim{Reach: size, Stride: s, Pad: p}
		if !x[i+1].Known() {
			continue
		}
		n, rest := l.along(x[i+1].N, size, s, p)
		if n == 0 && empty {
			notes = append(notes, diag.Warn(catalog.EmptyOutput, size, x[i+1].N).On("kernel"))
		} else if n < 1 {
			problem := tooSmall(x[i+1].N, 2*p, size).On("kernel")
			if fit := (x[i+1].N+2*p-1)/dilation.At(i) + 1; fit >= 1 && p <= fit/2 {
				problem.Mend(diag.Fix{Op: diag.SetField, Field: "kernel", Value: strconv.FormatInt(fit, 10)})
			}
			return Result{Out: open(x[0], dims)}, problem
		}
		out[i+1].N = n
		if rest > 0 {
			notes = append(notes, unused(rest, i, dims))
		}
	}
	return Result{Out: out, Window: window, Notes: notes}, nil
}

// along returns the positions along one dimension, and the cells left unused.
// Below 1, nothing comes out.
func (l *Pool) along(in, size, stride, pad int64) (n, rest int64) {
	span := in + 2*pad - size
	if !l.Ceil {
		n = floor(span, stride) + 1
		if n > 0 {
			rest = span % stride
		}
		return n, rest
	}
	n = floor(span+stride-1, stride) + 1
	if (n-1)*stride >= in+pad {
		n--
	}
	return n, 0
}

// floor returns ⌊a/b⌋, where Go's division rounds towards zero.
func floor(a, b int64) int64 {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}

// A GlobalAvgPool averages each channel over all its positions.
type GlobalAvgPool struct {
	Flat Switch // drop the spatial dimensions, as Keras' GlobalAveragePooling2D does
}

var globalAvgPool = &Kind{
	Name: "globalavgpool", Alias: "g", Also: []string{"gap"}, Group: GroupPool,
	New: func() Layer { return &GlobalAvgPool{} },
	Fields: []Field{
		{Name: "flat", Off: "flat", At: func(l Layer) Value { return &l.(*GlobalAvgPool).Flat }},
	},
	Torch: "AdaptiveAvgPool2d", Keras: "GlobalAveragePooling2D", Caffe: "Pooling", ONNX: "GlobalAveragePool",
}

// Kind implements Layer.
func (l *GlobalAvgPool) Kind() *Kind { return globalAvgPool }

// Apply implements Layer: C×H×W becomes C×1×1, or C when flat.
func (l *GlobalAvgPool) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	dims, d := spatial(x)
	if d != nil {
		return Result{}, d
	}
	out := tensor.Shape{x[0]}
	if !l.Flat {
		out = open(x[0], dims)
		for i := 1; i <= dims; i++ {
			out[i].N = 1
		}
	}
	return Result{Out: out, Window: &Window{Global: true}}, nil
}

// An AdaptiveAvgPool averages so that a given number of positions remains,
// whatever the input's size (torch.nn.AdaptiveAvgPool2d).
type AdaptiveAvgPool struct{ Size Extents }

var adaptiveAvgPool = &Kind{
	Name: "adaptiveavgpool", Alias: "aa", Also: []string{"adaptiveavgpool2d", "adaptiveavgpool1d", "adaptiveavgpool3d"}, Group: GroupPool,
	New: func() Layer { return &AdaptiveAvgPool{Size: Extents{Most: MaxSpatial}} },
	Fields: []Field{
		{Name: "size", Main: true, Need: true, Role: RoleSpatial, At: func(l Layer) Value { return &l.(*AdaptiveAvgPool).Size }},
	},
	Torch: "AdaptiveAvgPool2d",
}

// Kind implements Layer.
func (l *AdaptiveAvgPool) Kind() *Kind { return adaptiveAvgPool }

// Apply implements Layer. One size serves every dimension; ? keeps a dimension.
func (l *AdaptiveAvgPool) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	dims, d := spatial(x)
	if d != nil {
		return Result{}, d
	}
	out := open(x[0], dims)
	if n := l.Size.Len(); n != 1 && n != dims {
		return Result{Out: out}, diag.New(catalog.WrongEntries, catalog.FieldName("size"), n, dims).On("size")
	}
	window := &Window{Dims: make([]WindowDim, dims)}
	for i := 0; i < dims; i++ {
		n := l.Size.At(min(i, l.Size.Len()-1))
		if n == tensor.Unknown {
			n = x[i+1].N
		}
		out[i+1].N = n
		if x[i+1].Known() && n > 0 {
			// Windows may differ by a cell; the widest is what a corner can see.
			stride := max(x[i+1].N/n, 1)
			window.Dims[i] = WindowDim{Reach: (x[i+1].N + n - 1) / n, Stride: stride}
			window.Global = window.Global || n == 1
		} else {
			window.Dims[i] = WindowDim{Reach: 1, Stride: 1}
		}
	}
	return Result{Out: out, Window: window}, nil
}
