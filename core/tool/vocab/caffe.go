package vocab

import (
	"strings"
	"sync"

	"paramstack/core/layer"
)

// Caffe is the vocabulary of Caffe: the types of layers (caffe.proto), with those
// of its forks, and the message in which a type's options are. Where the options
// are the kind's fields one by one the row has them; core/tool/caffe knows the
// others, which depend on each other or on the input.
//
// One type can be several kinds: the options of Pooling and Eltwise decide which.
// Their first row is the one that the reader finds; each kind is written by its
// own.
var Caffe = sync.OnceValue(func() *Table {
	row := func(k *layer.Kind, classes, message string, params ...Param) *Row {
		return &Row{Kind: k, Classes: strings.Fields(classes), Message: message, Params: params}
	}
	real := func(name, field string, missing float64) Param {
		return Param{Name: name, Field: field, Default: missing}
	}
	rows := []*Row{
		row(layer.InputKind.Kind(), "Input", "input_param"),
		row(layer.ParamKind.Kind(), "Parameter", "parameter_param"),
		row(layer.ConvKind.Kind(), "Convolution DepthwiseConvolution ConvolutionDepthwise", "convolution_param"),
		row(layer.DepthwiseKind.Kind(), "Convolution", "convolution_param"),
		row(layer.SeparableKind.Kind(), "Convolution", "convolution_param"),
		row(layer.ConvTransposeKind.Kind(), "Deconvolution", "convolution_param"),
		row(layer.LinearKind.Kind(), "InnerProduct", "inner_product_param"),
		row(layer.EmbeddingKind.Kind(), "Embed", "embed_param"),
		row(layer.RNNKind.Kind(), "RNN", "recurrent_param"),
		row(layer.LSTMKind.Kind(), "LSTM", "recurrent_param"),
		row(layer.BatchNormKind.Kind(), "BatchNorm", "batch_norm_param"),
		row(layer.InstanceNormKind.Kind(), "MVN", "mvn_param"),
		row(layer.LayerScaleKind.Kind(), "Scale", "scale_param"),
		row(layer.ScaleKind.Kind(), "Power", "power_param"),
		row(layer.IdentityKind.Kind(), "Power", "power_param"),
		row(layer.LRNKind.Kind(), "LRN", "lrn_param"),
		row(layer.ReLUKind.Kind(), "ReLU", "relu_param"),
		row(layer.LeakyReLUKind.Kind(), "ReLU", "relu_param", real("negative_slope", "slope", 0)),
		row(layer.ReLU6Kind.Kind(), "ReLU6", ""),
		row(layer.PReLUKind.Kind(), "PReLU", "prelu_param"),
		row(layer.ELUKind.Kind(), "ELU", "elu_param", real("alpha", "", 1)),
		row(layer.SigmoidKind.Kind(), "Sigmoid", ""),
		row(layer.TanhKind.Kind(), "TanH", ""),
		row(layer.SoftplusKind.Kind(), "BNLL", ""),
		row(layer.ExpKind.Kind(), "Exp", "exp_param"),
		row(layer.MishKind.Kind(), "Mish", ""),
		row(layer.SiLUKind.Kind(), "Swish SiLU", "swish_param"),
		row(layer.HardswishKind.Kind(), "HardSwish HSwish", ""),
		row(layer.HardsigmoidKind.Kind(), "HardSigmoid HSigmoid", ""),
		row(layer.SELUKind.Kind(), "SELU", ""),
		row(layer.GELUKind.Kind(), "GELU", ""),
		row(layer.SoftsignKind.Kind(), "Softsign", ""),
		row(layer.HardtanhKind.Kind(), "Clip", "clip_param", real("min", "low", -1), real("max", "high", 1)),
		row(layer.SoftmaxKind.Kind(), "Softmax", "softmax_param"),
		row(layer.DropoutKind.Kind(), "Dropout", "dropout_param", real("dropout_ratio", "p", 0.5)),
		row(layer.FlattenKind.Kind(), "Flatten", "flatten_param"),
		row(layer.ReshapeKind.Kind(), "Reshape", "reshape_param"),
		row(layer.PermuteKind.Kind(), "Permute", "permute_param"),
		row(layer.ChunkKind.Kind(), "Slice", "slice_param"),
		row(layer.SliceKind.Kind(), "Slice", "slice_param"),
		row(layer.CropKind.Kind(), "Crop", "crop_param"),
		row(layer.PadKind.Kind(), "Padding", ""),
		row(layer.UpsampleKind.Kind(), "Interp", "interp_param"),
		row(layer.ChannelShuffleKind.Kind(), "ShuffleChannel", "shuffle_channel_param"),
		row(layer.MeanKind.Kind(), "Reduction", "reduction_param"),
		row(layer.SumKind.Kind(), "Reduction", "reduction_param"),
		row(layer.ConcatKind.Kind(), "Concat", "concat_param"),
	}
	for _, k := range []*layer.Kind{layer.MaxPoolKind.Kind(), layer.AvgPoolKind.Kind(), layer.GlobalAvgPoolKind.Kind(), layer.GlobalMaxPoolKind.Kind(),
		layer.AdaptiveAvgPoolKind.Kind(), layer.AdaptiveMaxPoolKind.Kind()} {
		rows = append(rows, row(k, "Pooling", "pooling_param"))
	}
	for _, k := range []*layer.Kind{layer.AddKind.Kind(), layer.SubKind.Kind(), layer.MulKind.Kind(), layer.MaximumKind.Kind(), layer.AverageKind.Kind()} {
		rows = append(rows, row(k, "Eltwise", "eltwise_param"))
	}
	return newTable("", rows)
})
