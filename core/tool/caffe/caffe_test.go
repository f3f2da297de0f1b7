package caffe

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

// TestCaffe reads small files of every generation and every kind of layer.
func TestCaffe(t *testing.T) {
	const in = `input: "x" input_dim: 1 input_dim: 4 input_dim: 8 input_dim: 8 `
	for _, c := range []struct{ name, src, want string }{
		{"third generation", `name: "n" layer { name: 'd' type: "Input" top: "x" input_param: { shape: { dim: 1 dim: 3 dim: 8 dim: 8 } } }
			layer { name: "c" type: "Convolution" bottom: "x" top: "c" convolution_param { num_output: 4 kernel_h: 1 kernel_w: 3 pad_w: 1 stride: 2 } }
			layer { name: "r" type: "ReLU" bottom: "c" top: "c" relu_param { negative_slope: 0.1 } }`,
			"i3x8x8;c:c4k1x3s2p0x1;leakyrelu0.1"},
		{"second generation", in + `layers { name: "p" type: POOLING bottom: "x" top: "p" pooling_param { pool: AVE global_pooling: true } }
			layers: { name: "f" type: INNER_PRODUCT bottom: "p" top: "f" blobs_lr: 0 blobs_lr: 0 inner_product_param { num_output: 2 } }
			layers { type: SOFTMAX_LOSS bottom: "f" bottom: "label" name: "loss" }`,
			"i4x8x8;g;f;f:l2 frozen"},
		{"first generation", in + `layers { layer { name: "c" type: "conv" num_output: 2 kernelsize: 3 pad: 1 biasterm: false } bottom: "x" top: "c" }
			layers { layer { name: "p" type: "pool" pool: MAX kernelsize: 2 stride: 2 } bottom: "c" top: "p" }
			layers { layer { name: "f" type: "innerproduct" num_output: 3 } bottom: "p" top: "f" }`,
			"i4x8x8;c:c2k3p1 nobias;m2s2 caffe;f;f:l3"},
		{"phases", `layer { name: "a" type: "Data" top: "x" top: "label" include { phase: TRAIN } transform_param { crop_size: 9 } }
			layer { name: "a" type: "Data" top: "x" top: "label" include { phase: TEST } transform_param { crop_size: 8 mean_value: 1 mean_value: 2 } }
			layer { name: "drop" type: "Dropout" bottom: "x" top: "x" exclude { phase: TEST } }
			layer { name: "only" type: "TanH" bottom: "x" top: "x" include: { stage: "deploy" } }
			layer { name: "s" type: "Sigmoid" bottom: "x" top: "x" include { min_level: 0 not_stage: "deploy" } }
			layer { name: "acc" type: "Accuracy" bottom: "x" bottom: "label" }`, "i2x8x8;sigmoid"},
		{"batch norm and scale", in + `layer { name: "b" type: "BatchNorm" bottom: "x" top: "b" batch_norm_param { eps: 1e-3 moving_average_fraction: 0.8 } }
			layer { name: "s" type: "Scale" bottom: "b" top: "s" } layer { name: "r" type: "ReLU" bottom: "s" top: "s" }`,
			"i4x8x8;b:b eps=0.001 momentum=0.2 nobias;r"},
		{"a norm that others use", in + `layer { name: "b" type: "BatchNorm" bottom: "x" top: "b" } layer { name: "s" type: "Scale" bottom: "b" top: "s" scale_param { bias_term: true } }
			layer { name: "e" type: "Eltwise" bottom: "b" bottom: "s" top: "e" eltwise_param { operation: MAX } }`,
			"i4x8x8;b:b noaffine;max{|s:layerscale over=channels bias}"},
		{"joins", in + `layer { name: "a" type: "TanH" bottom: "x" top: "a" } layer { name: "b" type: "Sigmoid" bottom: "x" top: "b" }
			layer { name: "e" type: "Eltwise" bottom: "a" bottom: "b" top: "e" eltwise_param { coeff: 1 coeff: -1 } }
			layer { name: "j" type: "Concat" bottom: "e" bottom: "x" top: "j" concat_param { axis: -1 } }`, "i4x8x8;concat dim=3{sub{tanh|sigmoid}|}"},
		{"weighted sum", in + `layer { name: "a" type: "TanH" bottom: "x" top: "a" }
			layer { name: "e" type: "Eltwise" bottom: "a" bottom: "x" top: "e" eltwise_param { coeff: 0.5 coeff: 2 } }`,
			"i4x8x8;add{tanh;scale0.5|scale2}"},
		{"slices", in + `layer { name: "s" type: "Slice" bottom: "x" top: "a" top: "b" slice_param { slice_point: 1 } }
			layer { name: "t" type: "Slice" bottom: "b" top: "c" top: "d" top: "e" }
			layer { name: "j" type: "Concat" bottom: "a" bottom: "e" bottom: "d" bottom: "c" top: "j" }`,
			"x:i4x8x8;b:slice from=1;e:chunk3 part=2;from@b;d:chunk3 part=1;from@b;c:chunk3;from@x;slice to=1;concat@e@d@c"},
		{"shapes", in + `layer { name: "p" type: "Permute" bottom: "x" top: "p" permute_param { order: 0 order: 2 } }
			layer { name: "r" type: "Reshape" bottom: "p" top: "r" reshape_param { shape { dim: 0 dim: 0 dim: -1 } } }
			layer { name: "f" type: "Flatten" bottom: "r" top: "f" flatten_param { axis: 1 end_axis: 2 } }`, "i4x8x8;permute2x1x3;reshape8x?;f end=2"},
		{"mixing samples", in + `layer { name: "r" type: "Reshape" bottom: "x" top: "r" reshape_param { shape { dim: -1 dim: 128 } } }`, "i4x8x8;r:opaque type=Reshape weights=none macs=0"},
		{"crop", in + `layer { name: "c" type: "Convolution" bottom: "x" top: "c" convolution_param { num_output: 4 kernel_size: 3 } }
			layer { name: "k" type: "Crop" bottom: "x" bottom: "c" top: "k" crop_param { axis: 2 offset: 0 offset: 1 } }`, "x:i4x8x8;c:c4k3;from@x;crop0+2x1"},
		{"deconvolution", in + `layer { name: "u" type: "Deconvolution" bottom: "x" top: "u" convolution_param { num_output: 4 kernel_size: 4 stride: 2 pad: 1 group: 4 bias_term: false } }`, "i4x8x8;u:ct4k4s2p1g4 nobias"},
		{"slopes", in + `layer { name: "p" type: "PReLU" bottom: "x" top: "x" } layer { name: "q" type: "PReLU" bottom: "x" top: "x" prelu_param { channel_shared: true } }`, "i4x8x8;p:prelu4;q:prelu"},
		{"shared weights", in + `layer { name: "a" type: "Convolution" bottom: "x" top: "a" param { name: "w" } param { name: "b" } convolution_param { num_output: 4 kernel_size: 1 } }
			layer { name: "b" type: "Convolution" bottom: "a" top: "b" param { name: "w" } param { name: "b" } convolution_param { num_output: 4 kernel_size: 1 } }`, "i4x8x8;a:c4k1;b:c4k1 shares@a"},
		{"an unknown layer", in + `layer { name: "u" type: "Warp<b>" bottom: "x" top: "u" top: "v" blobs { shape { dim: 4 dim: 2 } data: 1 data: [2, 3] } }
			layer { name: "r" type: "ReLU" bottom: "v" top: "v" }`, "i4x8x8;u:opaque type=Warp_b_ weights=4x2;opaque type=Warp_b_ weights=none macs=0;r"},
		{"nobody gives", `layer { name: "c" type: "Convolution" bottom: "x" top: "c" convolution_param { num_output: 4 kernel_size: 3 } }`, "i?x?x?;c:c4k3"},
		{"only for a loss", in + `layer { name: "c" type: "Convolution" bottom: "x" top: "c" convolution_param { num_output: 4 kernel_size: 1 } }
			layer { name: "f" type: "Flatten" bottom: "x" top: "f" } layer { name: "l" type: "EuclideanLoss" bottom: "c" bottom: "f" top: "l" }`, "i4x8x8;c:c4k1"},
		{"squeeze and excite", in + `layer { name: "g" type: "Pooling" bottom: "x" top: "g" pooling_param { pool: AVE global_pooling: true } }
			layer { name: "a" type: "Axpy" bottom: "g" bottom: "x" bottom: "x" top: "a" }`, "i4x8x8;add{mul{|g}|}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, format, d := tooltest.Open(tooltest.File("", []byte(c.src)), readers...)
			if d != nil || format.ID != "caffe" {
				t.Fatal(format, d)
			}
			res.Model.Name = ""
			got := strings.NewReplacer("; ", ";", " @", "@", ": ", ":", " {", "{", "{ ", "{", " }", "}", " |", "|").Replace(text.Compact(res.Model))
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestCaffeRefuses says where a file is wrong.
func TestCaffeRefuses(t *testing.T) {
	for src, want := range map[string]string{
		"layer {\n  name: \"a\n}":                        "Line 2, column 9: the block opened here is never closed.",
		"layer {\n  name: \"a\"":                         "Line 1, column 8: the block opened here is never closed.",
		"layer { name \"a\" }":                           "Line 1, column 14: ‘\"’ is not expected here.",
		"layer { name: }":                                "Line 1, column 15: ‘}’ is not expected here.",
		"layer { " + strings.Repeat("a { ", 40):          "Line 1, column 136: blocks are nested deeper than 32.",
		"layer {\n} }":                                   "Line 2, column 3: ‘}’ is not expected here.",
		"name: \"n\"\nlayer { } layer { bottom: [ \"a\"": "Line 2, column 19: the block opened here is never closed.",
		"input: \"x\" input_dim: 1 input_dim: 4 input_dim: 1 input_dim: 1\nlayer { name: \"p\" type: \"Pooling\" bottom: \"x\" top: \"p\" pooling_param { kernel_size: -3 } }": "Layer ‘p’, line 2: ‘-3’",
		"layer { name: \"r\" type: \"ReLU\" bottom: \"y\" top: \"z\" }\nlayer { name: \"s\" type: \"ReLU\" bottom: \"z\" top: \"y\" }":                                         "Layer ‘r’, line 1: it uses ‘y’",
		"layer { type: \"Input\" top: \"x\" input_param { shape { dim: 1 dim: 9999999999999999 } } } layer { type: \"ReLU\" bottom: \"x\" top: \"x\" }":                        "Layer ‘x’, line 1: ‘9999999999999999’",
		"layer { type: \"Data\" top: \"x\" }": "The Caffe prototxt file contains no layers.",
	} {
		_, _, d := tooltest.Open(tooltest.File("x.prototxt", []byte(src)), readers...)
		if d == nil || !strings.HasPrefix(d.Say.In(catalog.English), want) {
			t.Errorf("%.60q: %v, want %s", src, d, want)
		}
	}
}

// readers are what the tests of this package read with.
var readers = []*source.Reader{&Reader}
