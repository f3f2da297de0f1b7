package onnx

import (
	"maps"
	"math"
	"slices"
	"strings"

	"paramstack/core/tool/onnx/onnxpb"
)

// fold is the pass that computes what follows from constants alone. Exporters write
// the arithmetic of shapes into the graph; what is known of it is a number here,
// and the clutter disappears. The shapes of inputs are known only in lowering,
// which folds what follows from them.
func fold(g network) (network, error) {
	nodes := g.nodes
	g.nodes, g.consts, g.scales = nil, maps.Clone(g.consts), maps.Clone(g.scales)
	for _, n := range nodes {
		in := g.constants(n)
		for _, r := range scalesOf(n, in) {
			g.scales[r] = true
		}
		for i, k := range in {
			if k != nil {
				g.storage.see(n, i, k)
			}
		}
		out := evaluate(n, in)
		for i, k := range out {
			if i < len(n.Out) && n.Out[i] != "" {
				g.consts[n.Out[i]] = k
			}
		}
		if out == nil {
			g.nodes = append(g.nodes, n)
		}
	}
	return g, nil
}

// evaluate computes the outputs of a node whose inputs are constants; nil if it
// cannot. An input is nil where it is left out, or not constant.
func evaluate(n *node, in []*constant) []*constant {
	if n.Domain != "" && n.Domain != "com.microsoft" || len(n.Out) == 0 {
		return nil
	}
	switch n.Op {
	case "Constant":
		return alone(constantNode(n))
	case "Identity", "Cast", "CastLike", "Dropout", "DequantizeLinear", "QuantizeLinear":
		if k := inputAt(in, 0); k != nil {
			return alone(ownName(n, recast(n, *k)))
		}
		return nil
	}
	for i, k := range in {
		if k == nil && n.In[i] != "" || k != nil && k.dims == nil {
			return nil
		}
	}
	if len(in) == 0 || in[0] == nil {
		return nil
	}
	if f := unaries[n.Op]; f != nil && len(in) == 1 {
		return alone(byElement(func(v []float64) float64 { return f(v[0]) }, in[0]))
	}
	if f := binaries[n.Op]; f != nil && !slices.Contains(in, nil) {
		k := in[0]
		for _, other := range in[1:] {
			whole := !k.float && !other.float
			if k = byElement(func(v []float64) float64 { return f(v[0], v[1], whole) }, k, other); k == nil {
				return nil
			}
		}
		return alone(k)
	}
	if f := moves[n.Op]; f != nil {
		return f(n, in)
	}
	return nil
}

// ownName gives a constant that a file stores under the name of an equal one a tensor of
// its own. PyTorch writes an Identity, named as the parameter, where two had the same
// numbers (deduplicate_initializers.cpp): fresh biases, scales and norms. What modules
// share has one name.
func ownName(n *node, k *constant) *constant {
	if n.Op != "Identity" || !k.whole || len(k.roots) != 1 || k.roots[0].from != fromFile || !isParameterName(n.Out[0]) ||
		!isParameterName(k.roots[0].name) {
		return k
	}
	own := *k.roots[0]
	own.name = n.Out[0]
	k.roots = []*stored{&own}
	return k
}

// isParameterName reports whether a name is one of a state dictionary: layer1.0.weight,
// not /layer1/Constant_output_0 or onnx::Mul_12.
func isParameterName(name string) bool {
	return strings.Contains(name, ".") && !strings.ContainsAny(name, "/:")
}

// recast is a constant as numbers of another type.
func recast(n *node, k constant) *constant {
	switch n.Op {
	case "Cast":
		if k.float = onnxpb.IsFloat(n.Int("to", onnxpb.Float)); !k.float {
			k.data = slices.Clone(k.data)
			for i := range k.data {
				k.data[i] = math.Trunc(k.data[i])
			}
		}
	case "DequantizeLinear":
		k.float, k.data = true, nil
	}
	return &k
}

func constantNode(n *node) *constant {
	for name, a := range n.Attrs {
		k := &constant{whole: true, dims: []int64{}}
		switch name {
		case "value", "sparse_value":
			if a.Tensor == nil {
				return nil
			}
			name := a.Tensor.Name
			if name == "" {
				name = n.Out[0]
			}
			k = constantOf(a.Tensor, name)
			k.roots[0].from = fromNode
		case "value_float":
			k.float, k.data = true, []float64{float64(a.Float)}
		case "value_int":
			k.data = []float64{float64(a.Int)}
		case "value_ints":
			for _, v := range a.Ints {
				k.data = append(k.data, float64(v))
			}
			k.dims = []int64{int64(len(k.data))}
		case "value_floats":
			k.float = true
			for _, v := range a.Floats {
				k.data = append(k.data, float64(v))
			}
			k.dims = []int64{int64(len(k.data))}
		case "value_string", "value_strings":
		default:
			continue
		}
		return k
	}
	return nil
}

// shapeOf computes Shape and Size of a value with such extents.
func shapeOf(n *node, dims []int64) *constant {
	if n.Op == "Size" {
		k := rowOf(math.NaN())
		if size, ok := elementsOf(dims).Int64(); ok && !slices.ContainsFunc(dims, func(d int64) bool { return d < 0 }) {
			k.data[0] = float64(size)
		}
		k.dims = []int64{}
		return k
	}
	first, count := slicePlaces(int64(len(dims)), n.Int("start", 0), n.Int("end", math.MaxInt64), 1)
	return shapeConst(dims[first : first+count])
}
