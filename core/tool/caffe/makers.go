package caffe

import (
	"sync"

	"paramstack/core/layer"
)

// makerOf returns how a type becomes nodes, nil if that is not known.
func makerOf(d *definition) maker {
	if r := d.row(); r != nil {
		if m := kindMakers()[r.Kind]; m != nil {
			return m
		}
		return byRow
	}
	return typeMakers[d.key]
}

// kindMakers are the types that have a kind of which the vocabulary does not know all.
var kindMakers = sync.OnceValue(func() map[*layer.Kind]maker {
	return map[*layer.Kind]maker{
		layer.ConvKind.Kind():           readConvolution,
		layer.ConvTransposeKind.Kind():  readDeconvolution,
		layer.LinearKind.Kind():         readInnerProduct,
		layer.MaxPoolKind.Kind():        readPooling,
		layer.BatchNormKind.Kind():      readBatchNorm,
		layer.LayerScaleKind.Kind():     readScale,
		layer.LRNKind.Kind():            readLRN,
		layer.InstanceNormKind.Kind():   readMVN,
		layer.PReLUKind.Kind():          readPReLU,
		layer.ReLUKind.Kind():           readReLU,
		layer.EmbeddingKind.Kind():      readEmbed,
		layer.SoftmaxKind.Kind():        readSoftmax,
		layer.ExpKind.Kind():            readExp,
		layer.SiLUKind.Kind():           readSwish,
		layer.AddKind.Kind():            readEltwise,
		layer.ScaleKind.Kind():          readPower,
		layer.ConcatKind.Kind():         readConcat,
		layer.ChunkKind.Kind():          readSlice,
		layer.FlattenKind.Kind():        readFlatten,
		layer.ReshapeKind.Kind():        readReshape,
		layer.PermuteKind.Kind():        readPermute,
		layer.CropKind.Kind():           readCrop,
		layer.MeanKind.Kind():           readReduction,
		layer.PadKind.Kind():            readPadding,
		layer.ChannelShuffleKind.Kind(): readShuffle,
		layer.UpsampleKind.Kind():       readInterp,
		layer.ParamKind.Kind():          readParameter,
		layer.LSTMKind.Kind():           readRecurrent,
		layer.RNNKind.Kind():            readRecurrent,
	}
})

// typeMakers are the types that no kind is of its own, by their keys: Caffe's that
// are less or more than a layer, and those of forks.
var typeMakers = map[string]maker{
	"bias": readBias, "split": readSplit, "axpy": readAxpy, "bn": readForkNorm, "normalize": readNormalize, "spp": readPyramid,
	"upsample": readUpsample, "tile": readTile, "reorg": readReorg, "unpooling": readUpsample,
	"priorbox": readPriorBox, "detectionoutput": readDetection,
	"roipooling": readRegions, "roialign": readRegions, "psroipooling": readRegions,
}
