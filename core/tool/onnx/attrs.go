package onnx

import (
	"maps"
	"slices"
)

// learnedAttrs are the attributes of the classic models (ai.onnx.ml) that are
// learned numbers, one for one.
var learnedAttrs = map[string][]string{
	"LinearClassifier": {"coefficients", "intercepts"}, "LinearRegressor": {"coefficients", "intercepts"},
	"SVMClassifier": {"support_vectors", "coefficients", "rho"}, "SVMRegressor": {"support_vectors", "coefficients", "rho"},
}

// attrTensors returns the weights that a node has in its attributes, and whether
// there are others whose part in it is unknown: trees, lists of an operator of
// others.
func attrTensors(n *node) (held []holding, open bool) {
	for _, name := range slices.Sorted(maps.Keys(n.Attrs)) {
		a := n.Attrs[name]
		switch {
		case n.Domain == "" || n.Domain == "com.microsoft":
		case slices.Contains(learnedAttrs[n.Op], name) && len(a.Floats) > 0:
			k := &stored{name: name, dims: []int64{int64(len(a.Floats))}, float: true}
			held = append(held, holding{&constant{dims: k.dims, float: true, whole: true, roots: []*stored{k}}, learned})
		case n.Domain == "ai.onnx.ml" && n.Op == "Scaler" && len(a.Floats) > 0:
			k := &stored{name: name, dims: []int64{int64(len(a.Floats))}, float: true}
			held = append(held, holding{&constant{dims: k.dims, float: true, whole: true, roots: []*stored{k}}, statistic})
		case a.Tensor != nil:
			held = append(held, holding{constantOf(a.Tensor, name), learned})
		case n.Domain == "ai.onnx.ml" && len(a.Floats) > 1:
			open = true
		}
	}
	return held, open
}
