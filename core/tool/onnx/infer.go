package onnx

import (
	"slices"
	"strings"

	"paramstack/core/num"
	"paramstack/core/tensor"
)

// The shapes of what has no layer here, where the file does not state them.

// sameShape are operators whose output has the shape of their input.
var sameShape = wordSet(`
	Abs Acos Acosh Affine Asin Asinh Atan Atanh BatchNormalization Bernoulli BitShift BitwiseNot Cast CastLike Ceil
	Celu Clip Cos Cosh CumSum Dropout Elu Erf Exp FastGelu Floor Gelu GroupNormalization Hardmax HardSigmoid
	HardSwish Identity ImageScaler InstanceNormalization IsInf IsNaN LayerNormalization LeakyRelu Log LogSoftmax
	LpNormalization LRN MeanVarianceNormalization Mish Neg Not ParametricSoftplus PRelu QuickGelu Reciprocal Relu
	ReverseSequence RMSNormalization RotaryEmbedding Round ScaledTanh ScatterElements ScatterND Scatter Selu Shrink
	Sigmoid Sign Sin Sinh SkipLayerNormalization Softmax Softplus Softsign Sqrt Swish Tan Tanh TensorScatter
	ThresholdedRelu Trilu BiasGelu BiasSplitGelu QuantizeLinear DequantizeLinear`)

// stretching are operators whose inputs stretch to one another.
var stretching = wordSet(`
	Add Sub Mul Div Pow Mod Max Min Mean Sum And Or Xor Equal Greater Less GreaterOrEqual LessOrEqual Where
	BitwiseAnd BitwiseOr BitwiseXor`)

// collapsing are operators that leave one entry of some dimensions.
var collapsing = wordSet(`
	ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp
	ReduceSumSquare ArgMax ArgMin`)

// multiplies are operators whose multiply-accumulates are not none.
var multiplies = wordSet(`
	Attention Conv ConvTranspose ConvInteger DeformConv Einsum Gemm MatMul MatMulInteger QLinearConv QLinearMatMul
	LSTM GRU RNN If Loop Scan DFT STFT Det`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// infer sets the shape of v that follows from the node's inputs.
func infer(c conversion, v *value) {
	if c.Domain != "" && c.Domain != "com.microsoft" {
		return
	}
	var live []*value
	var all []*value
	for i := range c.In {
		if x := c.in(i); x != nil {
			if all = append(all, x); x.fixed == nil {
				live = append(live, x)
			}
		}
	}
	if len(live) == 0 || slices.ContainsFunc(live, func(x *value) bool { return x.sample == nil }) {
		return
	}
	x := live[0]
	dims := x.dims(c.batch.size)
	switch {
	case sameShape[c.Op]:
		v.sample, v.batch, v.lost = x.sample, x.batch, x.lost
	case stretching[c.Op]:
		c.stretches(all, v)
	case collapsing[c.Op]:
		axes, ok := c.numbers("axes", 1)
		if c.Op == "ArgMax" || c.Op == "ArgMin" {
			axes, ok = []int64{c.Int("axis", 0)}, true
		}
		if ok {
			c.collapses(x, v, axes, c.Int("keepdims", 1) != 0)
		}
	case c.Op == "Expand":
		if to, ok := c.constant(1).shape(); ok {
			if wide, ok := broadcastDims(dims, to); ok {
				c.shaped(x, v, wide, len(wide)-len(dims))
			}
		}
	case c.Op == "Tile":
		times, ok := c.constant(1).shape()
		if !ok || len(times) != len(dims) {
			return
		}
		for i, t := range times {
			if n, ok := num.Of(max(dims[i], 0)).Times(max(t, 0)).Int64(); dims[i] >= 0 && t >= 0 && ok && n <= num.MaxExtent {
				dims[i] = n
			} else {
				dims[i] = tensor.Unknown
			}
		}
		c.shaped(x, v, dims, 0)
	case c.Op == "Gather":
		if at, ok := x.at(c.Int("axis", 0)); ok && c.constant(1) != nil {
			v.sample = slices.Concat(x.sample[:at], tensor.Of(c.constant(1).dims...), x.sample[at+1:])
			if v.batch = x.batch; x.batch > at {
				v.batch += len(c.constant(1).dims) - 1
			}
		}
	}
}

// shaped sets all extents of v; its batch is at the place of x's, on places
// further.
func (l *lowering) shaped(x, v *value, dims []int64, on int) {
	if v.batch = x.batch; v.batch >= 0 {
		if v.batch += on; dims[v.batch] != l.batch.size {
			v.batch = noBatch
			if l.batch.size != 1 {
				return
			}
			v.lost = true
		}
	}
	if v.batch >= 0 {
		dims = slices.Delete(slices.Clone(dims), v.batch, v.batch+1)
	}
	v.sample = tensor.Of(dims...)
}

func (l *lowering) stretches(all []*value, v *value) {
	shapes := make([][]int64, len(all))
	first, rank := all[0], 0
	for i, x := range all {
		shapes[i] = x.dims(l.batch.size)
		rank = max(rank, len(shapes[i]))
		if x.fixed == nil && (x.batch >= 0 || first.fixed != nil) {
			first = x
		}
	}
	if wide, ok := broadcastDims(shapes...); ok {
		l.shaped(first, v, wide, rank-first.rank())
	}
}

func (l *lowering) collapses(x, v *value, axes []int64, keep bool) {
	gone := make([]bool, x.rank())
	for _, a := range axes {
		p, ok := x.axis(a)
		if !ok || p == x.batch {
			return
		}
		gone[p] = true
	}
	if len(axes) == 0 {
		return
	}
	v.batch, v.lost, v.sample = x.batch, x.lost, tensor.Shape{}
	for i, d := range x.dims(l.batch.size) {
		switch {
		case i == x.batch:
		case !gone[i]:
			v.sample = append(v.sample, tensor.Dim{N: d})
		case keep:
			v.sample = append(v.sample, tensor.Dim{N: 1})
		case i < x.batch:
			v.batch--
		}
	}
}
