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
}

// isKnown reports whether an operator is what its name says: one of ONNX itself, or
// of those of others that are known here.
func isKnown(n *node) bool {
	return n.Domain == "" || microsoft[n.Op] || strings.HasPrefix(n.Domain, "qonnx.") || n.Domain == "onnx.brevitas"
}

// scalesOf returns the stored tensors that a node uses so.
func scalesOf(n *node, in []*constant) []*stored {
	if !isKnown(n) {
		return nil
	}
	var all []*stored
	for _, i := range scaleAt[n.Op] {
		if k := inputAt(in, i); k != nil {
			all = append(all, k.roots...)
		}
	}
	return all
}

// isScale reports whether a constant states how others are stored, and no more.
func (g network) isScale(k *constant) bool {
	return k.found || slices.ContainsFunc(k.roots, func(r *stored) bool { return g.scales[r] })
}

// microsoft are operators of ONNX Runtime that are what their name says.
var microsoft = wordSet("Gelu FastGelu QuickGelu QuantizeLinear DequantizeLinear MatMulNBits MatMulIntegerToFloat")
