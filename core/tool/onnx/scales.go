package onnx

import (
	"slices"
	"strings"
)

// scaleAt are the inputs of operators that state how other tensors are stored:
// scales and zero points of quantised ones.
var scaleAt = map[string][]int{
	"QLinearConv": {1, 2, 4, 5, 6, 7}, "ConvInteger": {2, 3}, "QLinearMatMul": {1, 2, 4, 5, 6, 7},
	"MatMulInteger": {2, 3}, "MatMulIntegerToFloat": {2, 3, 4, 5}, "MatMulNBits": {2, 3, 4},
	"QuantizeLinear": {1, 2}, "DequantizeLinear": {1, 2},
	"Quant": {1, 2, 3}, "BipolarQuant": {1}, "Trunc": {1, 2, 3}, // QONNX, Brevitas
	// ONNX Runtime's (contrib_ops)
	"DynamicQuantizeMatMul": {2, 3}, "QGemm": {1, 2, 4, 5, 7, 8}, "QAttention": {3, 4, 6, 7},
	"DynamicQuantizeLSTM": {8, 9, 10, 11},
	"QLinearAdd":          {1, 2, 4, 5, 6, 7}, "QLinearMul": {1, 2, 4, 5, 6, 7}, "QLinearSigmoid": {1, 2, 3, 4},
	"QLinearLeakyRelu": {1, 2, 3, 4}, "QLinearSoftmax": {1, 2, 3, 4},
	"QLinearGlobalAveragePool": {1, 2, 3, 4}, "QLinearAveragePool": {1, 2, 3, 4},
	"QEmbedLayerNormalization": {8, 9, 10, 11, 12, 13, 14, 15, 16, 17}, "MatMulBnb4": {2}, "GatherBlockQuantized": {2, 3},
}

// isScale reports whether input i of a node states how others are stored.
func isScale(n *node, i int) bool {
	return (isKnown(n) || n.Domain == "com.microsoft") && slices.Contains(scaleAt[n.Op], i)
}

// isKnown reports whether an operator is what its name states: one of ONNX itself, or
// of those of others that are known here.
func isKnown(n *node) bool {
	return n.Domain == "" || microsoft[n.Op] || strings.HasPrefix(n.Domain, "qonnx.") || n.Domain == "onnx.brevitas"
}

// scalesOf returns the stored tensors that a node uses so.
func scalesOf(n *node, in []*constant) []*stored {
	var all []*stored
	for i, k := range in {
		if k != nil && isScale(n, i) {
			all = append(all, k.roots...)
		}
	}
	return all
}

// isScale reports whether a constant states how others are stored, and no more.
func (g network) isScale(k *constant) bool {
	return k.found || slices.ContainsFunc(k.roots, func(r *stored) bool { return g.scales[r] })
}

// microsoft are operators of ONNX Runtime that are what their name states.
var microsoft = wordSet("Gelu FastGelu QuickGelu QuantizeLinear DequantizeLinear MatMulNBits MatMulIntegerToFloat")
