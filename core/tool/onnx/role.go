package onnx

import (
	"slices"
	"strings"
)

// A role is what a stored tensor is to a node.
type role int

const (
	operand   role = iota // what is computed with: learned, unless the exporter computed it
	foreign               // the same of an operator of others, which may have weights of bytes
	learned               // a weight, whoever holds it
	statistic             // known from training, not learned: the mean of a batch norm, a first state
	option                // how the node works
	scaling               // how another tensor is stored
)

// statisticAt are the inputs that training measures.
var statisticAt = map[string][]int{"BatchNormalization": {3, 4}}

// optionAt are the inputs of operators that state how they work, and are no weights.
var optionAt = map[string][]int{
	"Resize": {1, 2, 3}, "Upsample": {1}, "Clip": {1, 2}, "Pad": {1, 2, 3}, "Dropout": {1, 2},
	"NonMaxSuppression": {2, 3, 4}, "OneHot": {1, 2},
}

// quantisedAt are the inputs that are weights stored in few bits.
var quantisedAt = map[string][]int{
	"DequantizeLinear": {0}, "QLinearConv": {3}, "ConvInteger": {1}, "QLinearMatMul": {3}, "MatMulInteger": {1},
	"MatMulIntegerToFloat": {1}, "MatMulNBits": {1},
}

// roleAt returns what input i is to a node.
func roleAt(n *node, i int) role {
	at := func(of map[string][]int) bool { return slices.Contains(of[n.Op], i) }
	switch {
	case isScale(n, i):
		return scaling
	case !isKnown(n):
		return foreign
	case at(optionAt):
		return option
	case at(statisticAt):
		return statistic
	case n.Op == "Loop" && i >= 2, n.Op == "Scan" && i < len(n.In)-int(n.Int("num_scan_inputs", 0)):
		return statistic // the first state
	case at(weightAt), at(quantisedAt):
		return learned
	}
	return operand
}

// see learns how a file stores its weights from input i of a node, k.
func (s *storage) see(n *node, i int, k *constant) {
	as := roleAt(n, i)
	for _, r := range k.tables() {
		s.initialized = s.initialized || r.from == fromFile && as != option && as != scaling
		s.light = s.light || r.from == fromNumber && as == learned && n.Domain == ""
	}
}

// isComputed reports whether the exporter computed a tensor: anchors, strides,
// masks, the ones and zeros of a norm. Weights are initializers. A file that has
// none holds its weights as Constant nodes, and the light models of ONNX's own
// collection have ConstantOfShape instead of them.
func (g network) isComputed(r *stored) bool {
	return r.from == fromNumber && !g.light || r.from == fromNode && g.initialized || measured[lastName(r)] || r.mask
}

// allComputed reports whether the exporter computed all roots of a constant.
func (g network) allComputed(k *constant) bool {
	for _, r := range k.roots {
		if !g.isComputed(r) {
			return false
		}
	}
	return true
}

// measured are names of buffers, as PyTorch's modules and models have them:
// statistics of norms, tables of rotary positions, masks, anchors of detectors.
var measured = wordSet(`running_mean running_var inv_freq cos_cached sin_cached attn_mask causal_mask masked_bias
	relative_coords_table anchors anchor_grid strides`)

// isNamed reports whether a tensor is called as parameters are.
func isNamed(r *stored) bool {
	return slices.Contains([]string{"weight", "bias", "gamma", "beta"}, lastName(r))
}

// lastName is a tensor's name without those of its modules.
func lastName(r *stored) string { return r.name[strings.LastIndexAny(r.name, "./")+1:] }
