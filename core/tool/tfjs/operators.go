package tfjs

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/num"
)

// An operation makes layers of an operator, and reports whether it could. What it
// added is taken back if it could not, and the operator becomes opaque.
type operation func(c conversion) bool

// operators are those that have a layer here.
var operators map[string]operation

func init() { // the functions look each other up
	operators = map[string]operation{
		"Conv2D": conv, "Conv3D": conv, "DepthwiseConv2dNative": depthwise,
		"Conv2DBackpropInput": grow, "Conv3DBackpropInputV2": grow,
		"MatMul": matMul, "BatchMatMul": matMul, "BatchMatMulV2": matMul,
		"FusedBatchNorm": batchNorm, "FusedBatchNormV2": batchNorm, "FusedBatchNormV3": batchNorm,
		"MaxPool": pool, "AvgPool": pool, "MaxPool3D": pool, "AvgPool3D": pool, "MaxPoolWithArgmax": pool,
		"Mean": reducing(layer.MeanKind), "Max": reducing(layer.AmaxKind), "Sum": reducing(layer.SumKind),
		"BiasAdd": joined(layer.AddKind), "Add": joined(layer.AddKind), "AddV2": joined(layer.AddKind),
		"AddN": joined(layer.AddKind),
		"Sub":  joined(layer.SubKind), "Mul": joined(layer.MulKind), "RealDiv": divided, "Div": divided,
		"Maximum": joined(layer.MaximumKind), "Minimum": joined(layer.MinimumKind),
		"ConcatV2": concat, "Concat": concat, "Split": split,
		"Reshape": reshape, "Squeeze": squeeze, "ExpandDims": expandDims, "Pack": pack, "Unpack": unpack,
		"Pad": pad, "PadV2": pad, "MirrorPad": pad,
		"ResizeBilinear": resize("bilinear"), "ResizeNearestNeighbor": resize("nearest"),
		"DepthToSpace": shuffle(layer.PixelShuffleKind), "SpaceToDepth": shuffle(layer.PixelUnshuffleKind),
		"Gather": gather, "GatherV2": gather,
		"Prelu": prelu, "LRN": lrn,
		"Relu": plain(layer.ReLUKind), "Relu6": plain(layer.ReLU6Kind), "Selu": plain(layer.SELUKind),
		"Sigmoid": plain(layer.SigmoidKind), "Tanh": plain(layer.TanhKind), "Softplus": plain(layer.SoftplusKind),
		"Softsign": plain(layer.SoftsignKind), "Exp": plain(layer.ExpKind),
		"Elu":       withConstant(layer.ELUKind, 1),
		"LeakyRelu": withConstant(layer.LeakyReLUKind, 0.2), // tf.nn.leaky_relu
		"Softmax":   softmax(layer.SoftmaxKind), "LogSoftmax": softmax(layer.LogSoftmaxKind),
	}
	for op := range passing {
		operators[op] = func(c conversion) bool {
			x, ok := c.live(0)
			return ok && c.leaveOut(x)
		}
	}
}

// passing are operators that change neither a shape nor a number that counts.
var passing = map[string]bool{
	"Identity": true, "StopGradient": true, "PreventGradient": true, "Cast": true, "Snapshot": true, "CheckNumerics": true,
	"PlaceholderWithDefault": true, "ReadVariableOp": true, "EnsureShape": true, "ClipByValue": true,
}

// keepsShape are further operators that work on each element by itself.
var keepsShape = map[string]bool{
	"Relu": true, "Relu6": true, "Elu": true, "Selu": true, "LeakyRelu": true, "Prelu": true, "Sigmoid": true, "Tanh": true,
	"Softmax": true, "LogSoftmax": true, "Softplus": true, "Softsign": true, "Exp": true, "BiasAdd": true,
	"Identity": true, "Cast": true,
	"Rsqrt": true, "Sqrt": true, "Square": true, "Neg": true, "Abs": true, "Floor": true, "Ceil": true, "Round": true,
	"Log":   true,
	"Log1p": true, "Expm1": true, "Erf": true, "Sin": true, "Cos": true, "Tan": true, "Atan": true, "Sign": true,
	"Reciprocal": true,
	"Inv":        true, "LogicalNot": true, "ZerosLike": true, "OnesLike": true, "IsNan": true, "Step": true,
	"Cumsum": true, "Pow": true,
	"FusedBatchNorm": true, "FusedBatchNormV2": true, "FusedBatchNormV3": true, "ReverseV2": true, "FloorDiv": true,
	"FloorMod": true,
	"Greater":  true, "GreaterEqual": true, "Less": true, "LessEqual": true, "Equal": true, "NotEqual": true,
}

// keepsChannels are operators that work on the map.
var keepsChannels = map[string]bool{"Pad": true, "PadV2": true, "MirrorPad": true, "ResizeBilinear": true,
	"ResizeNearestNeighbor": true, "CropAndResize": true, "MaxPool": true, "AvgPool": true, "SpaceToBatchND": true,
	"BatchToSpaceND": true}

// plain is an operator that is a layer without options.
func plain[L layer.Layer](kind layer.Typed[L]) operation {
	return func(c conversion) bool {
		x, ok := c.live(0)
		return ok && c.result(kind.New(), []value{x})
	}
}

// withConstant is an operator with one constant.
func withConstant(kind layer.Typed[*layer.Activation], or float64) operation {
	return func(c conversion) bool {
		x, ok := c.live(0)
		return ok && c.result(layerOf(kind, func(l *layer.Activation) { l.A.V = shortest(c.real("alpha", or)) }), []value{x})
	}
}

// softmax works along the last axis.
func softmax(kind layer.Typed[*layer.Softmax]) operation {
	return func(c conversion) bool {
		x, ok := c.live(0)
		return ok && c.result(layerOf(kind, func(l *layer.Softmax) {
			if n := len(c.Shapes[x.node]); n > 1 && !c.first[x.node] {
				l.Dim.N = int64(n)
			}
		}), []value{x})
	}
}

// prelu has a slope for each position, or channel.
func prelu(c conversion) bool {
	x, ok := c.live(0)
	k := c.constant(1)
	if !ok || !k.whole() {
		return false
	}
	s, n := c.Shapes[x.node], len(k.dims)
	slopes, many := k.roots[0].elements().Int64()
	if !many || n > 0 && k.dims[n-1] == slopes && c.first[x.node] || slopes == 1 || len(s) == 1 {
		return many && c.result(layerOf(layer.PReLUKind, func(l *layer.PReLU) { l.Slopes = layer.WidthOf(slopes) }),
			[]value{x}, k)
	}
	var shared []int64
	dims, ok := c.sample(k, x)
	for i := range dims {
		if dims[i] == 1 && s[i].N != 1 {
			shared = append(shared, int64(i+1))
		}
	}
	return ok && c.result(layerOf(layer.PReLUKind,
		func(l *layer.PReLU) { l.Each, l.Shared = true, layer.WholesOf(shared...) }), []value{x}, k)
}

func lrn(c conversion) bool {
	x, ok := c.live(0)
	radius := int64(c.attrs["depth_radius"].I)
	return ok && radius > 0 && radius < num.MaxExtent/4 && c.result(layerOf(layer.LRNKind, func(l *layer.LRN) {
		l.Size.N = 2*radius + 1
	}), []value{x})
}

// batchNorm has a scale and an offset, which are learned, and statistics.
func batchNorm(c conversion) bool {
	x, ok := c.live(0)
	var of []*constant
	for i := 1; i < 5; i++ {
		k := c.constant(i)
		if !k.whole() || len(k.dims) != 1 {
			return false
		}
		of = append(of, k)
	}
	if !ok || len(c.node.in) != 5 {
		return false
	}
	if c.Shapes[x.node] == nil {
		x = c.learn(x, open(of[0].dims[0], 2))
	}
	x, ok = toFirst(c, x)
	return ok && c.result(layerOf(layer.BatchNormKind, func(l *layer.BatchNorm) {
		l.Eps.V = shortest(c.real("epsilon", 1e-3))
	}), []value{x}, of...)
}

// matMul is a dense layer where the right side is stored.
func matMul(c conversion) bool {
	x, ok := c.live(0)
	if !ok || c.attrs["transpose_a"].B || c.attrs["adj_x"].B {
		return false
	}
	transposed := c.attrs["transpose_b"].B || c.attrs["adj_y"].B
	if y, ok := c.live(1); ok {
		if len(c.Shapes[x.node]) < 2 || len(c.Shapes[y.node]) < 2 || c.first[x.node] || c.first[y.node] {
			return false
		}
		return c.result(layerOf(layer.MatMulKind, func(l *layer.MatMul) { l.Transpose = layer.Switch(transposed) }),
			[]value{x, y})
	}
	k := c.constant(1)
	if !k.whole() || len(k.dims) < 2 || slices.ContainsFunc(k.dims[:len(k.dims)-2], func(d int64) bool { return d != 1 }) {
		return false
	}
	in, features := k.dims[len(k.dims)-2], k.dims[len(k.dims)-1]
	if transposed {
		in, features = features, in
	}
	if c.Shapes[x.node] == nil {
		x = c.learn(x, open(in, 0))
	}
	if x, ok = toLast(c, x); !ok {
		return false
	}
	of := []*constant{k}
	add, b := biasBehind(c, features)
	if add != nil {
		of = append(of, b)
	}
	return c.result(layerOf(layer.LinearKind, func(l *layer.Linear) {
		l.Features, l.Bias = layer.WidthOf(features), layer.Switch(add != nil)
	}), []value{x}, of...) && absorb(c, add)
}

// gather looks rows up in a table.
func gather(c conversion) bool {
	k := c.constant(0)
	x, ok := c.live(1)
	return ok && k.whole() && len(k.dims) == 2 && c.result(layerOf(layer.EmbeddingKind, func(l *layer.Embedding) {
		l.Table = layer.ExtentsOf(k.dims...)
	}), []value{x}, k)
}

// shuffle moves values between channels and places.
func shuffle(kind layer.Typed[*layer.PixelShuffle]) operation {
	return func(c conversion) bool {
		x, ok := c.live(0)
		return ok && c.first[x.node] && c.result(layerOf(kind,
			func(l *layer.PixelShuffle) { l.R.N = int64(c.attrs["block_size"].I) }), []value{x})
	}
}
