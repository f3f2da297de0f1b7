package layer

import (
	"math"
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A GlobalPool makes one value of all positions of a channel.
type GlobalPool struct {
	kind *Kind
	Flat Switch // drop the spatial dimensions, as Keras' GlobalAveragePooling2D does
}

func globalPool(k Kind) *Kind {
	kind := &k
	kind.Group = GroupPool
	kind.New = func() Layer { return &GlobalPool{kind: kind} }
	kind.Fields = []Field{{Name: "flat", Off: "flat", At: func(l Layer) Value { return &l.(*GlobalPool).Flat }}}
	return kind
}

var (
	globalAvgPool = globalPool(Kind{Name: "globalavgpool", Alias: "g", Also: []string{"gap"},
		Torch: "AdaptiveAvgPool2d", Keras: "GlobalAveragePooling2D", Caffe: "Pooling", ONNX: "GlobalAveragePool"})
	globalMaxPool = globalPool(Kind{Name: "globalmaxpool", Alias: "gm", Also: []string{"gmp"},
		Torch: "AdaptiveMaxPool2d", Keras: "GlobalMaxPooling2D", Caffe: "Pooling", ONNX: "GlobalMaxPool"})
)

// The kinds, each with the type of its layers.
var (
	GlobalAvgPoolKind     = Typed[*GlobalPool]{&globalAvgPool}
	GlobalMaxPoolKind     = Typed[*GlobalPool]{&globalMaxPool}
	AdaptiveAvgPoolKind   = Typed[*AdaptivePool]{&adaptiveAvgPool}
	AdaptiveMaxPoolKind   = Typed[*AdaptivePool]{&adaptiveMaxPool}
	FractionalMaxPoolKind = Typed[*FractionalMaxPool]{&fractionalMaxPool}
)

// Kind implements Layer.
func (l *GlobalPool) Kind() *Kind { return l.kind }

// Apply implements Layer: C×H×W becomes C×1×1, or C when flat.
func (l *GlobalPool) Apply(in []tensor.Shape) (Result, *diag.Diag) {
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

// An AdaptivePool chooses its windows so that a given number of positions
// remains, whatever the input's size (torch.nn.AdaptiveAvgPool2d).
type AdaptivePool struct {
	kind *Kind
	Size Extents
}

func adaptivePool(k Kind) *Kind {
	kind := &k
	kind.Group = GroupPool
	kind.New = func() Layer { return &AdaptivePool{kind: kind, Size: Extents{Most: MaxSpatial}} }
	kind.Fields = []Field{{Name: "size", Main: true, Need: true, Role: RoleSpatial, Like: "7x7",
		At: func(l Layer) Value { return &l.(*AdaptivePool).Size }}}
	return kind
}

var (
	adaptiveAvgPool = adaptivePool(Kind{Name: "adaptiveavgpool", Alias: "aa",
		Also: []string{"adaptiveavgpool2d", "adaptiveavgpool1d", "adaptiveavgpool3d"}, Torch: "AdaptiveAvgPool2d"})
	adaptiveMaxPool = adaptivePool(Kind{Name: "adaptivemaxpool", Alias: "am",
		Also: []string{"adaptivemaxpool2d", "adaptivemaxpool1d", "adaptivemaxpool3d"}, Torch: "AdaptiveMaxPool2d"})
)

// Kind implements Layer.
func (l *AdaptivePool) Kind() *Kind { return l.kind }

// Apply implements Layer. One size serves every dimension; ? keeps a dimension.
func (l *AdaptivePool) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	dims, d := spatial(x)
	if d != nil {
		return Result{}, d
	}
	out := open(x[0], dims)
	if d := sizeFits(l.Size, dims); d != nil {
		return Result{Out: out}, d
	}
	window := &Window{Dims: make([]WindowDim, dims)}
	for i := 0; i < dims; i++ {
		n := sizeAt(l.Size, i)
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

// sizeFits refuses a size with another number of entries than there are spatial
// dimensions.
func sizeFits(size Extents, dims int) *diag.Diag {
	if n := size.Len(); n != 1 && n != dims {
		return diag.New(catalog.WrongEntries, catalog.FieldName("size"), n, dims).On("size")
	}
	return nil
}

// sizeAt returns the size along spatial dimension i; a single one applies to all.
func sizeAt(size Extents, i int) int64 { return size.At(min(i, size.Len()-1)) }

// A Resize is an output size that is given as such, or as a ratio of the input's.
type Resize struct {
	Size  Extents
	Ratio Reals
}

// resizeFields are the fields of a Resize. The ratio has a name of its own.
func resizeFields(ratio Field, at func(Layer) *Resize) []Field {
	ratio.Role, ratio.At = RoleSpatial, func(l Layer) Value { return &at(l).Ratio }
	return []Field{ratio, {Name: "size", Role: RoleSpatial, At: func(l Layer) Value { return &at(l).Size }}}
}

// to returns the output shape, ⌊in·ratio⌋ where a ratio is given: the product is
// one of double precision, as PyTorch's (ATen/native/UpSample.h).
func (r *Resize) to(k *Kind, ratio string, x tensor.Shape, dims int) (tensor.Shape, *diag.Diag) {
	out := open(x[0], dims)
	name := catalog.FieldName(ratio)
	switch sized := !r.Size.Unset(); {
	case sized && !r.Ratio.Unset():
		return out, diag.New(catalog.EitherOr, name, catalog.FieldName("size")).On("size")
	case !sized && r.Ratio.Unset():
		return out, diag.New(catalog.NeedsField, k.Name, name, Example(k.Field(ratio))).On(ratio)
	case sized:
		if d := sizeFits(r.Size, dims); d != nil {
			return out, d
		}
	default:
		if d := r.Ratio.fits(ratio, dims); d != nil {
			return out, d
		}
	}
	for i := 1; i <= dims; i++ {
		if r.Ratio.Unset() {
			out[i].N = sizeAt(r.Size, i-1)
			continue
		}
		if !x[i].Known() {
			continue
		}
		n, _ := num.Parse(strconv.FormatFloat(math.Floor(float64(x[i].N)*r.Ratio.At(i-1)), 'f', 0, 64))
		if d := setExtent(out, i, n); d != nil {
			return open(x[0], dims), d.On(ratio)
		}
	}
	return out, nil
}

// A FractionalMaxPool keeps the largest value of windows that lie at random, so
// that the map shrinks by less than a whole factor (torch.nn.FractionalMaxPool2d).
type FractionalMaxPool struct {
	Kernel Size
	Resize
}

var fractionalMaxPool = &Kind{
	Name: "fractionalmaxpool", Also: []string{"fractionalmaxpool2d", "fractionalmaxpool3d"}, Group: GroupPool,
	New: func() Layer {
		return &FractionalMaxPool{Size{Least: 1}, Resize{Extents{Most: MaxSpatial}, Reals{Above: 0, Below: 1}}}
	},
	Fields: append([]Field{{Name: "kernel", Short: "k", Main: true, Need: true, Role: RoleKernel,
		At: func(l Layer) Value { return &l.(*FractionalMaxPool).Kernel }}},
		resizeFields(Field{Name: "output_ratio", Like: "0.5"},
			func(l Layer) *Resize { return &l.(*FractionalMaxPool).Resize })...),
	Torch: "FractionalMaxPool2d",
}

// Kind implements Layer.
func (l *FractionalMaxPool) Kind() *Kind { return fractionalMaxPool }

// Apply implements Layer. Every output needs a place for its window:
// out + kernel − 1 ≤ in (ATen/native/FractionalMaxPool2d.cpp).
func (l *FractionalMaxPool) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	dims, d := spatial(x)
	if d == nil && dims == 1 {
		d = diag.New(catalog.NeedsDims, fractionalMaxPool.Name, "2–3", x.String())
	}
	if d != nil {
		return Result{}, d
	}
	if d := fits("kernel", l.Kernel, dims); d != nil {
		return Result{Out: open(x[0], dims)}, d
	}
	out, d := l.to(fractionalMaxPool, "output_ratio", x, dims)
	for i := 1; i <= dims && d == nil; i++ {
		need := l.Kernel.At(i-1) - 1
		if dims == MaxSpatial {
			need++ // one cell more in three dimensions (FractionalMaxPool3d.cpp: out + kernel − 1 < in)
		}
		if x[i].Known() && out[i].Known() && out[i].N+need > x[i].N {
			d = diag.New(catalog.WindowsBeyondInput, out[i].N, l.Kernel.At(i-1), out[i].N+need, x[i].N).On("kernel")
			if fit := x[i].N - out[i].N + l.Kernel.At(i-1) - need; fit >= 1 && fit <= math.MaxInt32 {
				d.AddFix(diag.Fix{Op: diag.SetField, Field: "kernel", Value: strconv.FormatInt(fit, 10)})
			}
		}
	}
	return Result{Out: out, Window: &Window{}}, d
}
