package layer_test

import (
	"maps"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// The classes of layer that look at space.
func init() {
	convolution := map[string]string{"filters": "filters", "kernelSize": "kernel", "strides": "stride",
		"padding": "padding", "useBias": "bias", "depthMultiplier": "multiplier"}
	for _, d := range []string{"1", "2", "3"} {
		maps.Copy(kerasClasses, map[string]kerasClass{
			"Conv" + d + "DTranspose":    {kind: "convtranspose", fields: convolution, image: true},
			"DepthwiseConv" + d + "D":    {kind: "depthwise", fields: convolution, image: true},
			"SeparableConv" + d + "D":    {kind: "separable", fields: convolution, image: true},
			"GlobalMaxPooling" + d + "D": {kind: "globalmaxpool", fixed: map[string]string{"flat": "on"}, image: true},
			"UpSampling" + d + "D":       {kind: "upsample", fields: map[string]string{"size": "scale_factor"}, image: true},
			"ZeroPadding" + d + "D":      {kind: "pad", fields: map[string]string{"padding": "sides"}, image: true, write: kerasSides},
			"Cropping" + d + "D":         {kind: "crop", fields: map[string]string{"cropping": "sides"}, image: true, write: kerasSides},
		})
	}
}

// kerasSides writes Keras' padding and cropping: a number, one for each
// dimension, or for each [before, after].
func kerasSides(v any) string {
	list, _ := v.([]any)
	parts := make([]string, len(list))
	for i, one := range list {
		parts[i] = strings.Replace(written(one), "x", "+", 1)
	}
	if list == nil {
		return written(v)
	}
	return strings.Join(parts, "x")
}

// kerasPadding writes a value of a Keras convolution, whose "same" has a name of
// its own here.
func kerasPadding(v any) string {
	if v == "same" {
		return "keras-same"
	}
	return written(v)
}

// TestSpace states the rules that no case of PyTorch or TensorFlow.js reaches.
func TestSpace(t *testing.T) {
	for _, c := range []struct {
		kind    string
		fields  map[string]string
		in      []tensor.Shape
		out     string
		params  int64
		macs    int64
		refused catalog.Key
	}{
		// Conventions §4: the same pool in PyTorch, in PyTorch rounded up, in Caffe.
		{kind: "maxpool", fields: map[string]string{"kernel": "3", "stride": "2", "padding": "1"}, in: shape(1, 112, 112), out: "1×56×56"},
		{kind: "maxpool", fields: map[string]string{"kernel": "3", "stride": "2", "padding": "1", "ceil": "on"}, in: shape(1, 112, 112), out: "1×57×57"},
		{kind: "maxpool", fields: map[string]string{"kernel": "3", "stride": "2", "padding": "1", "caffe": "on"}, in: shape(1, 112, 112), out: "1×57×57"},
		{kind: "maxpool", fields: map[string]string{"kernel": "3", "stride": "2", "caffe": "on"}, in: shape(1, 10, 10), out: "1×5×5"},
		// A last window behind the input: Caffe keeps it where there is no padding.
		{kind: "maxpool", fields: map[string]string{"kernel": "1", "stride": "3", "ceil": "on"}, in: shape(1, 5, 5), out: "1×2×2"},
		{kind: "maxpool", fields: map[string]string{"kernel": "1", "stride": "3", "caffe": "on"}, in: shape(1, 5, 5), out: "1×3×3"},
		{kind: "maxpool", fields: map[string]string{"kernel": "2", "stride": "3", "padding": "1x0", "caffe": "on"}, in: shape(1, 5, 6), out: "1×2×2"}, // and drops it along both if there is any,
		{kind: "avgpool", fields: map[string]string{"kernel": "3", "padding": "2", "caffe": "on"}, in: shape(1, 6, 6), out: "1×3×3"},
		{kind: "avgpool", fields: map[string]string{"kernel": "3", "padding": "2"}, in: shape(1, 6, 6), refused: catalog.PadBeyondHalf},
		{kind: "avgpool", fields: map[string]string{"kernel": "3", "padding": "3", "caffe": "on"}, in: shape(1, 6, 6), refused: catalog.PadBeyondKernel},

		{kind: "conv", fields: map[string]string{"filters": "8", "kernel": "3", "stride": "2", "padding": "same"}, in: shape(3, 7, 7), refused: catalog.SameNeedsStride1, params: 224, macs: -1},
		{kind: "conv", fields: map[string]string{"filters": "8", "kernel": "3", "stride": "2", "padding": "keras-same"}, in: shape(3, 7, 8), out: "8×4×4", params: 224, macs: 216 * 16},
		{kind: "conv", fields: map[string]string{"filters": "8", "kernel": "3", "padding": "causal"}, in: shape(3, 7, 8), refused: catalog.CausalNeeds1D},
		{kind: "conv", fields: map[string]string{"filters": "8", "kernel": "3", "padding": "causal", "dilation": "4"}, in: shape(3, 7), out: "8×7", params: 80, macs: 72 * 7},

		// DCGAN's generator: weights × input positions.
		{kind: "convtranspose", fields: map[string]string{"filters": "512", "kernel": "4", "stride": "1", "padding": "0", "bias": "off"}, in: shape(100, 1, 1), out: "512×4×4", params: 819200, macs: 819200},
		{kind: "convtranspose", fields: map[string]string{"filters": "256", "kernel": "4", "stride": "2", "padding": "1", "bias": "off"}, in: shape(512, 4, 4), out: "256×8×8", params: 2097152, macs: 2097152 * 16},
		{kind: "convtranspose", fields: map[string]string{"filters": "6", "kernel": "3", "groups": "2"}, in: shape(4, 5, 5), out: "6×7×7", params: 9*4*3 + 6, macs: 9 * 4 * 3 * 25},
		// Keras' deconv_output_length, with an output padding.
		{kind: "convtranspose", fields: map[string]string{"filters": "1", "kernel": "3", "stride": "2", "padding": "same", "output_padding": "0"}, in: shape(1, 4), out: "1×7", params: 4, macs: 12},
		{kind: "convtranspose", fields: map[string]string{"filters": "1", "kernel": "2", "stride": "3", "padding": "valid", "output_padding": "0"}, in: shape(1, 4), out: "1×11", params: 3, macs: 8},
		{kind: "convtranspose", fields: map[string]string{"filters": "1", "kernel": "3", "stride": "2", "padding": "same", "output_padding": "2"}, in: shape(1, 4), refused: catalog.OutputPadding, params: 4, macs: 12},
		{kind: "convtranspose", fields: map[string]string{"filters": "1", "kernel": "1", "stride": "2147483647"}, in: shape(1, 1<<50), refused: catalog.ExtentTooLarge, params: 2, macs: 1 << 50},

		// MobileNet: the depthwise layer is PyTorch's conv 32 k3 p1 g32.
		{kind: "depthwise", fields: map[string]string{"kernel": "3", "padding": "1", "bias": "off"}, in: shape(32, 112, 112), out: "32×112×112", params: 288, macs: 288 * 112 * 112},
		{kind: "depthwise", fields: map[string]string{"kernel": "3", "multiplier": "2"}, in: []tensor.Shape{{{N: 4}, {N: -1}, {N: 9}}}, out: "8×?×7", params: 80, macs: -1},
		// The offsets' convolution is a layer of its own.
		{kind: "deformconv", fields: map[string]string{"filters": "8", "kernel": "3", "padding": "1"}, in: append(shape(4, 6, 6), shape(36, 6, 6)...), out: "8×6×6", params: 296, macs: 288 * 36},
		{kind: "deformconv", fields: map[string]string{"filters": "8", "kernel": "3", "padding": "1"}, in: append(append(shape(4, 6, 6), shape(18, 6, 6)...), shape(9, 6, 6)...), out: "8×6×6", params: 296, macs: 288 * 36},
		{kind: "deformconv", fields: map[string]string{"filters": "8", "kernel": "3", "padding": "1"}, in: append(shape(4, 6, 6), shape(9, 6, 6)...), refused: catalog.OffsetChannels, params: 296, macs: 288 * 36},
		{kind: "deformconv", fields: map[string]string{"filters": "8", "kernel": "3"}, in: append(shape(4, 6, 6), shape(18, 6, 6)...), refused: catalog.OffsetSize, params: 296, macs: 288 * 16},
		{kind: "deformconv", fields: map[string]string{"filters": "8", "kernel": "3"}, in: shape(4, 6, 6), refused: catalog.WrongPaths, params: 296, macs: 288 * 16},

		{kind: "fractionalmaxpool", fields: map[string]string{"kernel": "2", "output_ratio": "0.7"}, in: shape(3, 10, 13), out: "3×7×9"},
		{kind: "fractionalmaxpool", fields: map[string]string{"kernel": "5", "output_ratio": "0.7"}, in: shape(3, 10, 10), refused: catalog.WindowsBeyondInput},
		{kind: "upsample", fields: map[string]string{"scale_factor": "0.1"}, in: shape(3, 9, 9), refused: catalog.EmptyExtent},
		{kind: "upsample", in: shape(3, 9, 9), refused: catalog.NeedsField},
		{kind: "upsample", fields: map[string]string{"scale_factor": "2", "size": "9"}, in: shape(3, 9, 9), refused: catalog.EitherOr},
		{kind: "upsample", fields: map[string]string{"scale_factor": "2", "interpolation": "bilinear"}, in: shape(3, 9), refused: catalog.NeedsDims},
		{kind: "upsample", fields: map[string]string{"scale_factor": "2", "align_corners": "on"}, in: shape(3, 9), refused: catalog.NothingToAlign},
		{kind: "pixelshuffle", fields: map[string]string{"upscale_factor": "3"}, in: shape(12, 4, 4), refused: catalog.NotDivisible},
		{kind: "pixelunshuffle", fields: map[string]string{"downscale_factor": "2"}, in: shape(3, 4, 5), refused: catalog.NotDivisible},
		{kind: "channelshuffle", fields: map[string]string{"groups": "3"}, in: shape(4, 4, 4), refused: catalog.GroupsIn},

		// A CIFAR ResNet's shortcut (option A) fills the channels up with zeros.
		{kind: "pad", fields: map[string]string{"sides": "8x0x0"}, in: shape(16, 16, 16), out: "32×16×16"},
		{kind: "pad", fields: map[string]string{"sides": "0+1x-1+0"}, in: shape(1, 4, 4), out: "1×5×3"},
		{kind: "pad", fields: map[string]string{"sides": "-2"}, in: shape(1, 4, 4), refused: catalog.EmptyExtent},
		{kind: "pad", fields: map[string]string{"sides": "4", "mode": "reflect"}, in: shape(1, 4, 5), refused: catalog.PadBeyondInput},
		{kind: "pad", fields: map[string]string{"sides": "3x4", "mode": "reflect"}, in: shape(1, 4, 5), out: "1×10×13"},
		{kind: "pad", fields: map[string]string{"sides": "4", "mode": "circular"}, in: shape(1, 4, 4), out: "1×12×12"},
		{kind: "pad", fields: map[string]string{"sides": "1x1x1", "mode": "reflect"}, in: shape(1, 4, 4), refused: catalog.OnlyConstant},
		{kind: "crop", fields: map[string]string{"sides": "2x1"}, in: shape(1, 4, 4), refused: catalog.EmptyExtent},
		{kind: "fold", fields: map[string]string{"size": "12", "kernel": "3", "stride": "3"}, in: shape(27, 15), refused: catalog.FoldMismatch},
		{kind: "fold", fields: map[string]string{"size": "12", "kernel": "3", "stride": "3"}, in: shape(26, 16), refused: catalog.NotDivisible},
	} {
		l, d := build(c.kind, c.fields)
		if d != nil {
			t.Fatal(d)
		}
		r, d := layer.Apply(l, c.in)
		var params num.Int
		for _, w := range r.Weights {
			n, _ := w.Count()
			params = params.Add(n)
		}
		macs, known := r.MACs.Value()
		switch {
		case c.refused != "" && (d == nil || d.Say.Key != c.refused), c.refused == "" && d != nil:
			t.Errorf("%s %v on %v: %v, want %q", c.kind, c.fields, c.in, d, c.refused)
		case c.refused == "" && r.Out.String() != c.out:
			t.Errorf("%s %v on %v gives %s, want %s", c.kind, c.fields, c.in, r.Out, c.out)
		case !params.Equal(num.Of(c.params)):
			t.Errorf("%s %v on %v has %s parameters, want %d", c.kind, c.fields, c.in, params, c.params)
		case known != (c.macs >= 0) || known && c.refused == "" && !macs.Equal(num.Of(c.macs)):
			t.Errorf("%s %v on %v does %s MACs (%v), want %d", c.kind, c.fields, c.in, macs, known, c.macs)
		}
	}
}

func shape(n ...int64) []tensor.Shape { return []tensor.Shape{tensor.Of(n...)} }

// TestPadBefore wants the cells that Keras puts before the input, which decide
// where an output looks: of an odd number the last is after.
func TestPadBefore(t *testing.T) {
	for _, c := range []struct {
		kernel, stride string
		n, want        int64
	}{{kernel: "3", stride: "2", n: 224, want: 0}, {kernel: "3", stride: "2", n: 7, want: 1}, {kernel: "7", stride: "2", n: 224, want: 2}, {kernel: "1", stride: "2", n: 8, want: 0}} {
		for kind, rule := range map[string]string{"conv": "keras-same", "maxpool": "same", "depthwise": "same"} {
			l, d := build(kind, map[string]string{"kernel": c.kernel, "stride": c.stride, "padding": rule})
			if d != nil {
				t.Fatal(d)
			}
			l = set(l, map[string]string{"filters": "8"})
			r, d := layer.Apply(l, shape(3, c.n, c.n))
			if d != nil || r.Window.Dims[1].Pad != c.want {
				t.Errorf("%s k%s s%s on %d: %+v, %v, want %d before", kind, c.kernel, c.stride, c.n, r.Window, d, c.want)
			}
			// How many depends on the input, so with an unknown one it is unknown.
			if r, d = layer.Apply(l, shape(3, tensor.Unknown)); d != nil || len(r.Window.Dims) != 0 {
				t.Errorf("%s on an unknown input looks at %+v, %v", kind, r.Window, d)
			}
		}
	}
}
