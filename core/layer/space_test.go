package layer_test

import (
	"maps"
	"strings"
)

// The classes of layer that look at space.
func init() {
	resize := map[string]string{"mode": "interpolation"}
	maps.Copy(torchClasses, map[string]torchClass{
		"FractionalMaxPool2d": {kind: "fractionalmaxpool", args: []string{"kernel"}},
		"Upsample":            {kind: "upsample", words: resize},
		"UpsamplingNearest2d": {kind: "upsample", fixed: map[string]string{"interpolation": "nearest"}},
		"UpsamplingBilinear2d": {kind: "upsample",
			fixed: map[string]string{"interpolation": "bilinear", "align_corners": "on"}},
		"PixelShuffle":   {kind: "pixelshuffle", args: []string{"upscale_factor"}},
		"PixelUnshuffle": {kind: "pixelunshuffle", args: []string{"downscale_factor"}},
		"ChannelShuffle": {kind: "channelshuffle", args: []string{"groups"}},
		"Unfold":         {kind: "unfold"},
		"Fold":           {kind: "fold"},
	})
	sides := []string{"sides", "fill"}
	convolution := map[string]string{"filters": "filters", "kernelSize": "kernel", "strides": "stride",
		"padding": "padding", "useBias": "bias", "depthMultiplier": "multiplier"}
	for _, d := range []string{"1", "2", "3"} {
		maps.Copy(torchClasses, map[string]torchClass{
			"ConvTranspose" + d + "d":   {kind: "convtranspose", args: []string{"in", "filters"}},
			"AdaptiveMaxPool" + d + "d": {kind: "adaptivemaxpool", args: []string{"size"}},
			"LPPool" + d + "d":          {kind: "lppool", args: []string{"norm_type"}},
			"ZeroPad" + d + "d":         {kind: "pad", args: sides, write: torchSides},
			"ConstantPad" + d + "d":     {kind: "pad", args: sides, write: torchSides},
			"ReflectionPad" + d + "d":   {kind: "pad", args: sides, write: torchSides, fixed: map[string]string{"mode": "reflect"}},
			"ReplicationPad" + d + "d":  {kind: "pad", args: sides, write: torchSides, fixed: map[string]string{"mode": "replicate"}},
		})
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

// torchSides writes PyTorch's padding, the last dimension first and its two sides
// in turn: [left, right, top, bottom].
func torchSides(v any) string {
	list, ok := v.([]any)
	if !ok {
		return written(v)
	}
	var parts []string
	for i := len(list) - 2; i >= 0; i -= 2 {
		parts = append(parts, written(list[i])+"+"+written(list[i+1]))
	}
	return strings.Join(parts, "x")
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
