package caffe

import (
	"testing"

	"paramstack/core/internal/tooltest"
)

func FuzzCaffe(f *testing.F) {
	for _, src := range []string{
		`name: "a#;b" input: "x" input_shape { dim: 1 dim: 3 dim: 32 dim: 32 } layer { name: "c<b>" type: "Convolution" bottom: "x" top: "c" param { name: "w" lr_mult: 0 } convolution_param { num_output: 8 kernel_size: 3 pad: 1 group: 1 dilation: 2 bias_term: false } }
layer { name: "b" type: "BatchNorm" bottom: "c" top: "c" } layer { name: "s" type: "Scale" bottom: "c" top: "c" scale_param { bias_term: true } } layer { type: "PReLU" bottom: "c" top: "c" }
layer { name: "p" type: "Pooling" bottom: "c" top: "p" pooling_param { kernel_size: 3 stride: 2 } } layer { name: "i" type: "InnerProduct" bottom: "p" top: "i" inner_product_param { num_output: 10 } } layer { name: "l" type: "SoftmaxWithLoss" bottom: "i" bottom: "y" top: "l" }`,
		`layers { name: 'd' type: DATA top: "x" top: "y" transform_param { crop_size: 24 } include: { phase: TRAIN } } layers { name: "v" type: CONVOLUTION bottom: "x" top: "v" blobs_lr: 0 blobs_lr: 0 convolution_param < num_output: 4 kernel_h: 1 kernel_w: 0x3 > }
layers { name: "q" type: ELTWISE bottom: "v" bottom: "v" top: "q" eltwise_param { operation: SUM coeff: [1, -1] } } layers { type: CONCAT bottom: "q" bottom: "v" top: "q" concat_param { concat_dim: 1 } }`,
		`input: "x" input_dim: 1 input_dim: 4 input_dim: 8 input_dim: 8 layer { name: "s" type: "Slice" bottom: "x" top: "a" top: "b" top: "c" slice_param { axis: -1 slice_point: 1 slice_point: 5 } } layer { type: "Crop" bottom: "b" bottom: "a" top: "d" crop_param { axis: 2 offset: 0 } }
layer { type: "Reshape" bottom: "d" top: "d" reshape_param { axis: 1 num_axes: 2 shape { dim: 0 dim: -1 } } } layer { type: "Permute" bottom: "c" top: "c" permute_param { order: 0 order: 3 } } layer { type: "Flatten" bottom: "c" top: "e" flatten_param { end_axis: -2 } }`,
		`input: "x" input_dim: [1, 4, 8, 8] layer { type: "Deconvolution" bottom: "x" top: "u" convolution_param { num_output: 4 kernel_size: 4 stride: 2 } } layer { type: "Axpy" bottom: "x" bottom: "x" bottom: "x" top: "x" } layer { type: "PriorBox" bottom: "u" top: "o" prior_box_param { min_size: 3 aspect_ratio: 2 } }
layer { type: "Interp" bottom: "x" top: "x" interp_param { zoom_factor: 4 } } layer { type: "LSTM" bottom: "u" top: "h" recurrent_param { num_output: 7 } } layer { type: "Embed" bottom: "h" top: "h" embed_param { input_dim: 9 num_output: 2 } } layer { type: "Reduction" bottom: "x" top: "m" reduction_param { axis: 1 operation: MEAN } }`,
		`layer { type: "Parameter" top: "p" parameter_param { shape { dim: 1 dim: 3 } } } layer { type: "Bias" bottom: "p" top: "p" } layer { type: "Normalize" bottom: "p" top: "p" norm_param { channel_shared: false } } layer { type: "Odd" bottom: "p" top: "p" top: "q" blobs { num: 2 channels: 3 data: 1 } } layer { type: "SPP" bottom: "q" top: "r" spp_param { pyramid_height: 3 } } layer { type: "Split" bottom: "r" top: "s" top: "t" }`,
		`layers { layer { name: "c" type: "conv" num_output: 2 kernelsize: 3 pad: 1 } bottom: "x" top: "c" } layers { layer { name: "p" type: "padding" pad: 2 } bottom: "c" top: "c" } layers { layer { type: "pool" pool: STOCHASTIC kernelsize: 2 } bottom: "c" top: "c" }`,
	} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, data []byte) { tooltest.ReadAny(t, &Reader, data) })
}
