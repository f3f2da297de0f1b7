package onnx

import (
	"paramstack/core/layer"
)

// An operator makes layers of a node, and reports whether it could. What it added
// is taken back if it could not, and the node becomes opaque.
type operator func(c conversion) bool

// operators are those that have a layer here.
var operators map[string]operator

func init() { // the functions look each other up
	operators = map[string]operator{
		"Conv": conv, "QLinearConv": conv, "ConvInteger": conv, "ConvTranspose": conv, "DeformConv": deform,
		"MaxPool": pool, "AveragePool": pool, "LpPool": pool,
		"GlobalAveragePool": plain(layer.GlobalAvgPoolKind), "GlobalMaxPool": plain(layer.GlobalMaxPoolKind),
		"Gemm": gemm, "MatMul": matMul, "QLinearMatMul": matMul, "MatMulInteger": matMul,
		"MatMulIntegerToFloat": matMul, "MatMulNBits": packed,
		"BatchNormalization": batchNorm, "InstanceNormalization": instanceNorm, "GroupNormalization": groupNorm,
		"LRN":                lrn,
		"LayerNormalization": layerNorm, "RMSNormalization": layerNorm, "SimplifiedLayerNormalization": layerNorm,
		"LSTM": recurrent, "GRU": recurrent, "RNN": recurrent, "Attention": attention,
		"PRelu": prelu, "Clip": clip, "Gather": gather,
		"Add": joined(layer.AddKind), "Sum": joined(layer.AddKind), "Sub": joined(layer.SubKind),
		"Mul": joined(layer.MulKind), "Div": div,
		"Max": joined(layer.MaximumKind), "Min": joined(layer.MinimumKind), "Mean": joined(layer.AverageKind),
		"Concat":  concat,
		"Flatten": flatten, "Reshape": reshape, "Transpose": transpose, "Squeeze": squeeze, "Unsqueeze": unsqueeze,
		"Expand": expand,
		"Split":  split, "Slice": slice, "Pad": pad, "Crop": crop, "Resize": resize, "Upsample": resize,
		"Col2Im":       col2im,
		"DepthToSpace": shuffle(layer.PixelShuffleKind), "SpaceToDepth": shuffle(layer.PixelUnshuffleKind),
		"ReduceMean": reducing(layer.MeanKind), "ReduceSum": reducing(layer.SumKind),
		"ReduceMax": reducing(layer.AmaxKind),
		"Relu":      plain(layer.ReLUKind), "Sigmoid": plain(layer.SigmoidKind), "Tanh": plain(layer.TanhKind),
		"Selu": plain(layer.SELUKind),
		"Mish": plain(layer.MishKind), "HardSwish": plain(layer.HardswishKind),
		"HardSigmoid": plain(layer.HardsigmoidKind),
		"Softplus":    plain(layer.SoftplusKind), "Softsign": plain(layer.SoftsignKind), "Exp": plain(layer.ExpKind),
		"Swish": plain(layer.SiLUKind), "QuickGelu": plain(layer.SiLUKind), "Identity": plain(layer.IdentityKind),
		"LeakyRelu": withConstant(layer.LeakyReLUKind, "alpha", 0.01), "Elu": withConstant(layer.ELUKind, "alpha", 1),
		"Celu": withConstant(layer.CELUKind, "alpha", 1), "ThresholdedRelu": withConstant(layer.ThresholdKind,
			"alpha", 1),
		"Shrink": withConstant(layer.HardshrinkKind, "lambd", 0.5),
		"Gelu":   gelu, "FastGelu": gelu, "Dropout": dropout,
		"Softmax": softmaxing(layer.SoftmaxKind), "LogSoftmax": softmaxing(layer.LogSoftmaxKind),
		// These change neither a shape nor a number that counts.
		"Cast": passing, "CastLike": passing, "QuantizeLinear": passing, "DequantizeLinear": passing,
		"DynamicQuantizeLinear": passing,
	}
}

// plain is an operator that is a layer without options.
func plain[L layer.Layer](kind layer.Typed[L]) operator {
	return func(c conversion) bool {
		x := c.live(0)
		return x != nil && len(c.In) == 1 && c.result(draft{layer: kind.New(), in: []*value{x}})
	}
}

// withConstant is an operator with one constant.
func withConstant(kind layer.Typed[*layer.Activation], attr string, or float64) operator {
	return func(c conversion) bool {
		x := c.live(0)
		return x != nil && c.apply(x, layerOf(kind, func(l *layer.Activation) { l.A.V = c.Real(attr, or) }))
	}
}

// passing is an operator that is left out.
func passing(c conversion) bool {
	x := c.live(0)
	if x == nil {
		return false
	}
	for i := 1; i < len(c.In); i++ {
		c.markOption(c.constant(i))
	}
	c.pass(x)
	for i := 1; i < len(c.Out); i++ { // the scale and zero point that a quantiser found
		c.bind(i, &value{fixed: &constant{dims: []int64{}, float: true, found: true}})
	}
	return true
}
