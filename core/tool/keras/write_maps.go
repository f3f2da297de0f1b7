package keras

import (
	"fmt"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/pycode"
)

// convolutionArgs are the arguments that all convolutions have.
func convolutionArgs(k *layerWriter, s *layer.Slide, filters int64, rule string) []arg {
	args := []arg{{"filters", filters}, {"kernel_size", k.sizes(s.Kernel.At)}}
	return append(args, slideArgs(k, s.Stride.At, rule, s.Dilation.At)...)
}

func slideArgs(k *layerWriter, stride func(int) int64, rule string, dilation func(int) int64) []arg {
	args := []arg{{"strides", k.sizes(stride)}, {"padding", rule}}
	if d := k.sizes(dilation); !ones(d) {
		args = append(args, arg{"dilation_rate", d})
	}
	return args
}

func ones(l pycode.List) bool {
	for _, v := range l {
		if v != int64(1) {
			return false
		}
	}
	return true
}

// writeDepthwise writes a depthwise convolution. Keras has none in three
// dimensions, and TensorFlow.js none in one.
func writeDepthwise(k *layerWriter, s *layer.Slide, multiplier int64, bias bool) bool {
	rule, ok := k.slideRule(s, false)
	if !ok || k.dims() > 2 {
		return false
	}
	args := append([]arg{{"kernel_size", k.sizes(s.Kernel.At)}}, slideArgs(k, s.Stride.At, rule, s.Dilation.At)...)
	return k.like(layer.DepthwiseKind.Kind(), append(args, arg{"depth_multiplier", multiplier}, arg{"use_bias", bias})...)
}

// writeTransposed writes a transposed convolution as Keras' valid or same, with
// what PyTorch's padding removes cut off after it.
func writeTransposed(k *layerWriter, l layer.Layer) bool {
	c := l.(*layer.ConvTranspose)
	k.asMap()
	if c.Groups.N > 1 || k.skips(&c.Slide) {
		return false
	}
	rule, dims := "valid", k.dims()
	before, after := make([]int64, dims), make([]int64, dims)
	same := c.OutPad.Unset() || oplist.Zeros(each64(dims, c.OutPad.At))
	for i := range dims {
		size, s := c.Reach(i), c.Stride.At(i)
		p, o := c.Padding.At(i), c.OutPad.At(i)
		same = same && size-s == 2*p
		// Keras' valid adds a whole stride after a small kernel.
		before[i], after[i] = p, p-o+max(s-size, 0)
	}
	switch {
	case c.Padding.Rule == layer.PadSame && c.OutPad.Unset(), c.Padding.Rule == "" && same:
		rule, before, after = "same", make([]int64, dims), make([]int64, dims)
	case c.Padding.Rule == layer.PadValid && c.OutPad.Unset():
		before, after = make([]int64, dims), make([]int64, dims)
	case c.Padding.Rule != "":
		return false
	}
	for i := range dims {
		if before[i] < 0 || after[i] < 0 {
			return false
		}
	}
	args := append(convolutionArgs(k, &c.Slide, c.Filters.Value(), rule), arg{"use_bias", bool(c.Bias)})
	return k.own(args...) && (oplist.Zeros(before, after) || k.pads(layer.CropKind.Kind(), before, after))
}

// writePool writes a pool. Zeros may be laid around an average that counts them, and
// around a maximum of what is never negative; elsewhere Keras has no such pool.
func writePool(k *layerWriter, p *layer.Pool, dilation layer.Size, counts bool) bool {
	k.asMap()
	k.keeps()
	largest, stride := k.kind == layer.MaxPoolKind.Kind(), p.Stride
	if stride.Unset() {
		stride = p.Kernel
	}
	if dilation != layer.SizeOf(1) {
		return false
	}
	args := func(rule string) []arg {
		return []arg{{"pool_size", k.sizes(p.Kernel.At)}, {"strides", k.sizes(stride.At)}, {"padding", rule}}
	}
	if p.Padding.Rule != "" {
		if p.Ceil || p.Caffe {
			return false
		}
		return k.own(args(p.Padding.Rule)...)
	}
	// What the windows reach beyond the map, before and after.
	dims := k.dims()
	before, after := make([]int64, dims), make([]int64, dims)
	same := true
	for i := range dims {
		before[i], after[i] = p.Padding.At(i), 0
		if x := k.x[i+1]; x.Known() && k.out[i+1].Known() {
			after[i] = max((k.out[i+1].N-1)*stride.At(i)+p.Kernel.At(i)-x.N-before[i], 0)
		} else if before[i] > 0 || bool(p.Ceil) || bool(p.Caffe) {
			return false
		}
		same = same && stride.At(i) == 1 && 2*before[i] == p.Kernel.At(i)-1
	}
	switch {
	case oplist.Zeros(before, after):
		return k.own(args("valid")...)
	case same && (largest || !counts):
		return k.own(args("same")...) // of what lies over the edge nothing counts
	case largest:
		if k.code && !k.ins[0].positive {
			k.counterpart.fn = fmt.Sprintf("keras.ops.pad({0}, %s, constant_values=float(\"-inf\"))",
				pycode.Literal(padList(before, after)))
		} else {
			if !k.ins[0].positive {
				k.warn = diag.Warn(catalog.ExportZeroPadding, k.name)
			}
			k.pads(layer.PadKind.Kind(), before, after)
			k.chain[len(k.chain)-1].note = "nothing is below 0 here, so zeros change no maximum"
		}
		return k.own(args("valid")...)
	case counts:
		for i := range dims {
			if after[i] > before[i] { // rounded up: the rest of a window does not count
				return false
			}
		}
		return k.pads(layer.PadKind.Kind(), before, after) && k.own(args("valid")...)
	default:
		return false
	}
}

// padList is the argument of keras.ops.pad for a map.
func padList(before, after []int64) pycode.List {
	all := pycode.List{pycode.List{int64(0), int64(0)}}
	for i := range before {
		all = append(all, pycode.List{before[i], after[i]})
	}
	return append(all, pycode.List{int64(0), int64(0)})
}

func writeGlobalPool(k *layerWriter, kind *layer.Kind, flat bool) bool {
	k.asMap()
	k.keeps()
	switch {
	case flat:
		return k.like(kind)
	case k.code:
		return k.like(kind, arg{"keepdims", true})
	default: // TensorFlow.js knows no keepdims
		return k.out.Known() && k.like(kind) &&
			k.like(layer.ReshapeKind.Kind(), arg{"target_shape", shapeOf(k.out, channelsLast(len(k.out)))})
	}
}

// writeAdaptivePool writes a pool whose windows are all of one size.
func writeAdaptivePool(k *layerWriter, kind *layer.Kind) bool {
	k.asMap()
	k.keeps()
	for i := 1; i < len(k.x); i++ {
		if !k.x[i].Known() || !k.out[i].Known() || k.out[i].N == 0 || k.x[i].N%k.out[i].N != 0 {
			return false
		}
	}
	size := k.sizes(func(i int) int64 { return k.x[i+1].N / k.out[i+1].N })
	return k.like(kind, arg{"pool_size", size}, arg{"strides", size}, arg{"padding", "valid"})
}
