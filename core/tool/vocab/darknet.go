package vocab

import (
	"strings"
	"sync"

	"paramstack/core/layer"
)

// Darknet is the vocabulary of Darknet: its sections (string_to_layer_type in
// parser.c) and its activations (get_activation in activations.c), which are no
// sections but for [logistic]. No option of theirs is a kind's field by itself:
// core/tool/darknet knows them.
var Darknet = sync.OnceValue(func() *Table {
	row := func(k *layer.Kind, classes string) *Row { return &Row{Kind: k, Classes: strings.Fields(classes)} }
	return newTable("", []*Row{
		row(layer.InputKind.Kind(), "net network"),
		row(layer.ConvKind.Kind(), "convolutional conv"),
		row(layer.ConvTransposeKind.Kind(), "deconvolutional deconv"),
		row(layer.LinearKind.Kind(), "connected conn"),
		row(layer.MaxPoolKind.Kind(), "maxpool max"),
		row(layer.AvgPoolKind.Kind(), "local_avgpool local_avg"),
		row(layer.GlobalAvgPoolKind.Kind(), "avgpool avg"),
		row(layer.BatchNormKind.Kind(), "batchnorm"),
		row(layer.DropoutKind.Kind(), "dropout"),
		row(layer.LRNKind.Kind(), "normalization lrn"),
		row(layer.SoftmaxKind.Kind(), "softmax soft"),
		row(layer.ConcatKind.Kind(), "route"),
		row(layer.AddKind.Kind(), "shortcut"),
		row(layer.MulKind.Kind(), "scale_channels sam"),
		row(layer.UpsampleKind.Kind(), "upsample"),
		row(layer.ParamKind.Kind(), "implicit implicit_add implicit_mul implicit_cat"),
		row(layer.PixelUnshuffleKind.Kind(), "reorg reorg3d reorg_old"),
		row(layer.CropKind.Kind(), "crop"),

		row(layer.IdentityKind.Kind(), "linear"),
		row(layer.SigmoidKind.Kind(), "logistic"),
		row(layer.ReLUKind.Kind(), "relu"),
		{Kind: layer.LeakyReLUKind.Kind(), Classes: []string{"leaky"}, Preset: preset(func(l *layer.Activation) { l.A.V = 0.1 })},
		row(layer.ELUKind.Kind(), "elu"),
		row(layer.SELUKind.Kind(), "selu"),
		row(layer.TanhKind.Kind(), "tanh"),
		row(layer.HardtanhKind.Kind(), "hardtan"),
		row(layer.ReLU6Kind.Kind(), "relu6"),
		row(layer.SiLUKind.Kind(), "swish silu"), // silu is YOLOR's and YOLOv7's word
		row(layer.MishKind.Kind(), "mish"),
		row(layer.GELUKind.Kind(), "gelu"),
	})
})
