package caffe

import (
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/caffe/prototext"
)

// The messages of options that caffe.proto and its forks have, each with its fields
// in the order of the file, and what they are where they are missing.

// A blobShape is a shape with its batch; what is no size is tensor.Unknown.
type blobShape struct{ dims []int64 }

func (o *blobShape) fields(f *fields) { f.wholes("dim", &o.dims) }

// A window is how a kernel moves.
type window struct{ kernel, stride, pad, dilation []int64 }

type convolutionOptions struct {
	outputs int64
	window
	groups int64
	bias   bool
}

func (o *convolutionOptions) fields(f *fields) {
	f.whole("num_output", &o.outputs, absent)
	f.sides("kernel_size", "kernel", &o.kernel, f.always(1), "kernelsize")
	f.sides("stride", "stride", &o.stride, 1)
	f.sides("pad", "pad", &o.pad, 0)
	f.dilations(&o.dilation)
	f.whole("group", &o.groups, absent)
	f.flag("bias_term", &o.bias, true, "biasterm")
}

// dilations are numbers for each dimension without names for height and width.
func (f *fields) dilations(v *[]int64) {
	if n := *v; f.writing && len(n) == 1 && n[0] == 1 {
		return
	}
	f.wholes("dilation", v)
}

// slide sets how a layer's kernel moves.
func (w *window) slide(s *layer.Slide) {
	s.Kernel, s.Stride = layer.SizeOf(w.kernel...), layer.SizeOf(w.stride...)
	s.Padding, s.Dilation = layer.PaddingOf(w.pad...), layer.SizeOf(w.dilation...)
}

// widthOf returns a width, not given where the file does not state it.
func widthOf(n int64) layer.Width {
	if n == absent {
		return layer.WidthOf()
	}
	return layer.WidthOf(n)
}

// The methods of pooling.
const (
	poolMax = iota
	poolAverage
	poolStochastic
)

type poolingOptions struct {
	method int
	global bool
	window
	floor  int  // RoundMode: 0 rounds up
	stated bool // the method is written although it is Caffe's default
}

func (o *poolingOptions) fields(f *fields) {
	method := poolMax
	if o.stated {
		method = -1
	}
	f.word("pool", &o.method, method, "MAX", "AVE", "STOCHASTIC")
	f.sides("kernel_size", "kernel", &o.kernel, f.always(1), "kernelsize")
	f.sides("stride", "stride", &o.stride, 1)
	f.sides("pad", "pad", &o.pad, 0)
	f.flag("global_pooling", &o.global, false)
	f.word("round_mode", &o.floor, 0, "CEIL", "FLOOR")
	// OpenCV's name for it, and that of forks; their default is Caffe's.
	if ceil := true; !f.writing {
		if f.flag("ceil_mode", &ceil, true); !ceil {
			o.floor = 1
		}
	}
}

type denseOptions struct {
	outputs int64
	bias    bool
	axis    int64
}

func (o *denseOptions) fields(f *fields) {
	f.whole("num_output", &o.outputs, absent)
	f.flag("bias_term", &o.bias, true, "biasterm")
	f.whole("axis", &o.axis, 1)
}

type embedOptions struct {
	outputs, rows int64
	bias          bool
}

func (o *embedOptions) fields(f *fields) {
	f.whole("num_output", &o.outputs, absent)
	f.whole("input_dim", &o.rows, absent)
	f.flag("bias_term", &o.bias, true)
}

type recurrentOptions struct{ outputs int64 }

func (o *recurrentOptions) fields(f *fields) { f.whole("num_output", &o.outputs, tensor.Unknown) }

type batchNormOptions struct {
	global   bool
	affine   bool // NVIDIA's fork: γ and β are blobs of the layer itself
	eps      float64
	fraction float64 // 1 less PyTorch's momentum
}

func (o *batchNormOptions) fields(f *fields) {
	f.flag("use_global_stats", &o.global, false)
	f.real("eps", &o.eps, 1e-5)
	f.real("moving_average_fraction", &o.fraction, -1)
	f.flag("scale_bias", &o.affine, false)
}

// A filler is what a tensor holds before training.
type filler struct{ value float64 }

func (o *filler) fields(f *fields) {
	if f.writing {
		f.parts = append(f.parts, `type: "constant"`)
	}
	f.real("value", &o.value, f.alwaysReal(0))
}

type scaleOptions struct {
	axis, axes int64
	filler     *filler // nil: not written
	bias       bool
}

func (o *scaleOptions) fields(f *fields) {
	f.whole("axis", &o.axis, 1)
	f.whole("num_axes", &o.axes, 1)
	if o.filler != nil {
		f.sub("filler", o.filler.fields)
	}
	f.flag("bias_term", &o.bias, false)
}

type lrnOptions struct {
	size           int64
	alpha, beta, k float64
	region         int // 1: within a channel
}

func (o *lrnOptions) fields(f *fields) {
	f.whole("local_size", &o.size, f.always(5)) // other tools have other defaults
	f.real("alpha", &o.alpha, f.alwaysReal(1))
	f.real("beta", &o.beta, f.alwaysReal(0.75))
	f.real("k", &o.k, 1)
	f.word("norm_region", &o.region, 0, "ACROSS_CHANNELS", "WITHIN_CHANNEL")
}

type mvnOptions struct {
	variance, across bool
	eps              float64
}

func (o *mvnOptions) fields(f *fields) {
	f.flag("normalize_variance", &o.variance, true)
	f.flag("across_channels", &o.across, false)
	f.real("eps", &o.eps, 1e-9)
}

type preluOptions struct {
	filler *filler // nil: not written
	shared bool
}

func (o *preluOptions) fields(f *fields) {
	if o.filler != nil {
		f.sub("filler", o.filler.fields)
	}
	f.flag("channel_shared", &o.shared, false)
}

// powerOptions are (shift + scale·x)^power.
type powerOptions struct{ power, scale, shift float64 }

func (o *powerOptions) fields(f *fields) {
	f.real("power", &o.power, 1)
	f.real("scale", &o.scale, 1)
	f.real("shift", &o.shift, 0)
}

// expOptions are base^(shift + scale·x); base −1 is e.
type expOptions struct{ base, scale, shift float64 }

func (o *expOptions) fields(f *fields) {
	f.real("base", &o.base, -1)
	f.real("scale", &o.scale, 1)
	f.real("shift", &o.shift, 0)
}

type swishOptions struct{ beta float64 }

func (o *swishOptions) fields(f *fields) { f.real("beta", &o.beta, 1) }

// The operations of Eltwise.
const (
	eltwiseProduct = iota
	eltwiseSum
	eltwiseMax
)

type eltwiseOptions struct {
	operation int
	factors   []float64
	stated    bool // the operation is written although it is Caffe's default
}

func (o *eltwiseOptions) fields(f *fields) {
	missing := eltwiseSum
	if o.stated {
		missing = -1
	}
	f.word("operation", &o.operation, missing, "PROD", "SUM", "MAX")
	f.reals("coeff", &o.factors)
}

type axisOptions struct{ axis int64 }

func (o *axisOptions) fields(f *fields) { f.whole("axis", &o.axis, 1, "concat_dim") }

type sliceOptions struct {
	axis   int64
	points []int64
}

func (o *sliceOptions) fields(f *fields) {
	f.whole("axis", &o.axis, 1, "slice_dim")
	f.wholes("slice_point", &o.points)
}

type flattenOptions struct{ axis, end int64 }

func (o *flattenOptions) fields(f *fields) {
	f.whole("axis", &o.axis, 1)
	f.whole("end_axis", &o.end, -1)
}

type reshapeOptions struct {
	shape      blobShape
	axis, axes int64
}

func (o *reshapeOptions) fields(f *fields) {
	f.sub("shape", o.shape.fields)
	f.whole("axis", &o.axis, 0)
	f.whole("num_axes", &o.axes, -1)
}

type permuteOptions struct{ order []int64 }

func (o *permuteOptions) fields(f *fields) { f.wholes("order", &o.order) }

type cropOptions struct {
	axis    int64
	offsets []int64
}

func (o *cropOptions) fields(f *fields) {
	f.whole("axis", &o.axis, 2)
	f.wholes("offset", &o.offsets)
}

// The operations of Reduction that there is a kind for.
const (
	reduceSum  = 1
	reduceMean = 4
)

type reductionOptions struct {
	operation int
	axis      int64
	factor    float64
}

func (o *reductionOptions) fields(f *fields) {
	f.word("operation", &o.operation, reduceSum, "", "SUM", "ASUM", "SUMSQ", "MEAN")
	f.whole("axis", &o.axis, 0)
	f.real("coeff", &o.factor, 1)
}

// inputOptions are the shapes that enter, one for each top or one for all.
type inputOptions struct{ shapes []blobShape }

func (o *inputOptions) fields(f *fields) {
	if f.writing {
		for i := range o.shapes {
			f.sub("shape", o.shapes[i].fields)
		}
		return
	}
	f.from.All("shape", func(m *prototext.Field) {
		var s blobShape
		read(m.Msg, &s)
		o.shapes = append(o.shapes, s)
	})
}
