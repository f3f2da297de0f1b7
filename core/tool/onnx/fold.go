package onnx

import (
	"math"
	"slices"

	"paramstack/core/num"
	"paramstack/core/tool/onnx/onnxpb"
)

// fold computes a node whose inputs are constants, and reports whether it could.
// Exporters write the arithmetic of shapes into the graph; what a network knows
// of its own shapes is a number here, and the clutter goes away.
func (c *onnxNet) fold(n *onnxpb.Node) bool {
	if n.Domain != "" && n.Domain != "com.microsoft" || len(n.Out) == 0 {
		return false
	}
	switch n.Op {
	case "Constant":
		return c.result(n, 0, c.constantNode(n))
	case "Shape", "Size":
		return c.foldShape(n)
	case "Identity", "Cast", "CastLike", "Dropout", "DequantizeLinear", "QuantizeLinear":
		k := c.constIn(n, 0)
		if k == nil {
			return false
		}
		same := *k
		if n.Op == "Cast" {
			same.float = onnxpb.IsFloat(n.Int("to", onnxpb.Float))
			if !same.float {
				same.data = slices.Clone(k.data)
				for i := range same.data {
					same.data[i] = math.Trunc(same.data[i])
				}
			}
		}
		if n.Op == "DequantizeLinear" {
			same.float, same.data = true, nil
			c.scaled(c.constIn(n, 1))
			c.scaled(c.constIn(n, 2))
		}
		return c.result(n, 0, &same)
	}
	var in []*onnxConst
	for i := range n.In {
		k := c.constIn(n, i)
		if k == nil && n.In[i] != "" || k != nil && k.dims == nil {
			return false
		}
		in = append(in, k)
	}
	if len(in) == 0 || in[0] == nil {
		return false
	}
	if f := unaries[n.Op]; f != nil && len(in) == 1 {
		return c.result(n, 0, byElement(func(v []float64) float64 { return f(v[0]) }, in[0]))
	}
	if f := binaries[n.Op]; f != nil && len(in) >= 1 && !slices.Contains(in, nil) {
		k := in[0]
		for _, other := range in[1:] {
			whole := !k.float && !other.float
			if k = byElement(func(v []float64) float64 { return f(v[0], v[1], whole) }, k, other); k == nil {
				return false
			}
		}
		return c.result(n, 0, k)
	}
	if f := foldings[n.Op]; f != nil {
		return f(c, n, in)
	}
	return false
}

// result makes a constant output i; nil is none.
func (c *onnxNet) result(n *onnxpb.Node, i int, k *onnxConst) bool {
	if k == nil {
		return false
	}
	if i < len(n.Out) && n.Out[i] != "" {
		c.assign(n.Out[i], &onnxValue{name: n.Out[i], konst: k})
	}
	return true
}

func (c *onnxNet) constantNode(n *onnxpb.Node) *onnxConst {
	for name, a := range n.Attrs {
		k := &onnxConst{made: true, whole: true, dims: []int64{}}
		switch name {
		case "value", "sparse_value":
			if a.Tensor == nil {
				return nil
			}
			if a.Tensor.Name == "" {
				a.Tensor.Name = n.Out[0]
			}
			return c.keep(a.Tensor, true)
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

// foldShape knows the shape of whatever has one, the batch as it is assumed.
func (c *onnxNet) foldShape(n *onnxpb.Node) bool {
	x := c.in(n, 0)
	if x == nil || x.rank() < 0 {
		return false
	}
	dims := x.dims(c.n)
	if n.Op == "Size" {
		k := rowOf(math.NaN())
		if size, ok := elementsOf(dims).Int64(); ok && !slices.ContainsFunc(dims, func(d int64) bool { return d < 0 }) {
			k.data[0] = float64(size)
		}
		k.dims = []int64{}
		return c.result(n, 0, k)
	}
	from, to := n.Int("start", 0), n.Int("end", math.MaxInt64)
	first, count := slicePlaces(int64(len(dims)), from, to, 1)
	c.tally(c.folded, "Shape")
	return c.result(n, 0, shapeConst(dims[first:first+count]))
}

var unaries = map[string]func(float64) float64{
	"Neg": func(v float64) float64 { return -v }, "Abs": math.Abs, "Floor": math.Floor, "Ceil": math.Ceil, "Round": math.RoundToEven,
	"Sqrt": math.Sqrt, "Reciprocal": func(v float64) float64 { return 1 / v }, "Exp": math.Exp, "Log": math.Log,
	"Not": func(v float64) float64 { return asNumber(v == 0) },
}

func asNumber(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// ifKnown is f where neither number is NaN.
func ifKnown(f func(a, b float64) float64) func(a, b float64, whole bool) float64 {
	return func(a, b float64, _ bool) float64 {
		if math.IsNaN(a) || math.IsNaN(b) {
			return math.NaN()
		}
		return f(a, b)
	}
}

var binaries = map[string]func(a, b float64, whole bool) float64{
	"Add": ifKnown(func(a, b float64) float64 { return a + b }), "Sub": ifKnown(func(a, b float64) float64 { return a - b }),
	"Mul": ifKnown(func(a, b float64) float64 { return a * b }), "Pow": ifKnown(math.Pow), "Max": ifKnown(math.Max), "Min": ifKnown(math.Min),
	"Div": func(a, b float64, whole bool) float64 {
		if v := a / b; !whole {
			return v
		} else if math.IsInf(v, 0) {
			return math.NaN()
		} else {
			return math.Trunc(v)
		}
	},
	"Mod": ifKnown(func(a, b float64) float64 {
		m := math.Mod(a, b)
		if m != 0 && (m < 0) != (b < 0) {
			m += b
		}
		return m
	}),
	"Equal": ifKnown(func(a, b float64) float64 { return asNumber(a == b) }), "Greater": ifKnown(func(a, b float64) float64 { return asNumber(a > b) }),
	"Less": ifKnown(func(a, b float64) float64 { return asNumber(a < b) }), "GreaterOrEqual": ifKnown(func(a, b float64) float64 { return asNumber(a >= b) }),
	"LessOrEqual": ifKnown(func(a, b float64) float64 { return asNumber(a <= b) }),
	"And":         ifKnown(func(a, b float64) float64 { return asNumber(a != 0 && b != 0) }), "Or": ifKnown(func(a, b float64) float64 { return asNumber(a != 0 || b != 0) }),
}

// foldings are the operators that move elements about. in has nil where an input
// is left out.
var foldings = map[string]func(c *onnxNet, n *onnxpb.Node, in []*onnxConst) bool{
	"ConstantOfShape": func(c *onnxNet, n *onnxpb.Node, in []*onnxConst) bool {
		dims, ok := in[0].shape()
		if !ok {
			return false
		}
		k := &onnxConst{dims: dims, float: true, made: true, whole: true}
		fill := 0.0
		if a := n.Attrs["value"]; a != nil && a.Tensor != nil {
			k.float = onnxpb.IsFloat(a.Tensor.Type)
			if v := a.Tensor.Data; len(v) == 1 {
				fill = v[0]
			}
		}
		if size, ok := smallDims(dims); ok {
			k.data = slices.Repeat([]float64{fill}, size)
		}
		s := &onnxStored{name: n.Out[0], dims: dims, float: k.float, constant: true}
		c.stored = append(c.stored, s)
		k.roots = []*onnxStored{s}
		return c.result(n, 0, k)
	},
	"Range": func(c *onnxNet, n *onnxpb.Node, in []*onnxConst) bool {
		var v [3]float64
		for i := range v {
			if i >= len(in) {
				return false
			}
			x, ok := in[i].scalar()
			if !ok {
				return false
			}
			v[i] = x
		}
		count := math.Ceil((v[1] - v[0]) / v[2])
		if !(count >= 0 && count <= num.MaxExtent) {
			return false
		}
		k := &onnxConst{dims: []int64{int64(count)}, float: in[0].float, made: true}
		if count <= onnxpb.Small {
			k.data = make([]float64, int(count))
			for i := range k.data {
				k.data[i] = v[0] + float64(i)*v[2]
			}
		}
		return c.result(n, 0, k)
	},
	"Reshape": func(c *onnxNet, n *onnxpb.Node, in []*onnxConst) bool {
		var to []float64
		if a := n.Attrs["shape"]; a != nil {
			for _, d := range a.Ints {
				to = append(to, float64(d))
			}
		} else if len(in) > 1 && in[1] != nil && in[1].data != nil {
			to = in[1].data
		} else {
			return false
		}
		dims, ok := reshaped(in[0].dims, to, n.Int("allowzero", 0) != 0)
		if !ok || slices.Contains(dims, -1) {
			return false
		}
		return c.result(n, 0, in[0].laid(dims))
	},
	"Flatten": func(c *onnxNet, n *onnxpb.Node, in []*onnxConst) bool {
		axis, rank := n.Int("axis", 1), int64(len(in[0].dims))
		if axis < 0 {
			axis += rank
		}
		if axis < 0 || axis > rank {
			return false
		}
		rows, ok := elementsOf(in[0].dims[:axis]).Int64()
		cells, ok2 := elementsOf(in[0].dims[axis:]).Int64()
		return ok && ok2 && rows <= num.MaxExtent && cells <= num.MaxExtent && c.result(n, 0, in[0].laid([]int64{rows, cells}))
	},
	"Squeeze": func(c *onnxNet, n *onnxpb.Node, in []*onnxConst) bool {
		axes, ok := c.intsIn(n, "axes", 1)
		if !ok {
			return false
		}
		dims, _, ok := squeezed(in[0].dims, axes)
		return ok && c.result(n, 0, in[0].laid(dims))
	},
	"Unsqueeze": func(c *onnxNet, n *onnxpb.Node, in []*onnxConst) bool {
		axes, ok := c.intsIn(n, "axes", 1)
		if !ok {
			return false
		}
		dims, _, ok := unsqueezed(in[0].dims, axes)
		return ok && c.result(n, 0, in[0].laid(dims))
	},
	"Transpose": func(c *onnxNet, n *onnxpb.Node, in []*onnxConst) bool {
		perm := n.Ints("perm")
		if perm == nil {
			for i := len(in[0].dims) - 1; i >= 0; i-- {
				perm = append(perm, int64(i))
			}
		}
		return isOrder(perm, len(in[0].dims)) && c.result(n, 0, in[0].moved(perm))
	},
	"Expand": func(c *onnxNet, n *onnxpb.Node, in []*onnxConst) bool {
		if len(in) < 2 {
			return false
		}
		to, ok := in[1].shape()
		if !ok {
			return false
		}
		dims, ok := broadcastDims(in[0].dims, to)
		return ok && !slices.Contains(dims, -1) && c.result(n, 0, in[0].stretched(dims))
	},
	"Concat": func(c *onnxNet, n *onnxpb.Node, in []*onnxConst) bool {
		axis, rank := n.Int("axis", 1), int64(len(in[0].dims))
		if axis < 0 {
			axis += rank
		}
		return axis >= 0 && axis < rank && !slices.Contains(in, nil) && c.result(n, 0, concatenated(int(axis), in))
	},
	"Gather": func(c *onnxNet, n *onnxpb.Node, in []*onnxConst) bool {
		axis, rank := n.Int("axis", 0), int64(len(in[0].dims))
		if axis < 0 {
			axis += rank
		}
		return len(in) == 2 && in[1] != nil && axis >= 0 && axis < rank && c.result(n, 0, in[0].taken(int(axis), in[1]))
	},
	"Where": func(c *onnxNet, n *onnxpb.Node, in []*onnxConst) bool {
		if len(in) != 3 || slices.Contains(in, nil) {
			return false
		}
		return c.result(n, 0, byElement(func(v []float64) float64 {
			switch {
			case v[1] == v[2]:
				return v[1]
			case math.IsNaN(v[0]):
				return v[0]
			case v[0] != 0:
				return v[1]
			default:
				return v[2]
			}
		}, in...))
	},
	"ReduceProd": func(c *onnxNet, n *onnxpb.Node, in []*onnxConst) bool {
		if len(in[0].dims) > 1 || in[0].data == nil {
			return false
		}
		p := 1.0
		for _, v := range in[0].data {
			p *= v
		}
		k := rowOf(p)
		if n.Int("keepdims", 1) == 0 {
			k.dims = []int64{}
		}
		return c.result(n, 0, k)
	},
	"Slice": func(c *onnxNet, n *onnxpb.Node, in []*onnxConst) bool {
		starts, ok := c.intsIn(n, "starts", 1)
		ends, ok2 := c.intsIn(n, "ends", 2)
		axes, ok3 := c.intsIn(n, "axes", 3)
		if !ok || !ok2 || !ok3 || len(starts) != len(ends) {
			return false
		}
		steps := slices.Repeat([]int64{1}, len(starts))
		if n.Has(4) {
			if steps, ok = c.constIn(n, 4).ints(); !ok || len(steps) != len(starts) {
				return false
			}
		}
		k := in[0]
		for i := range starts {
			a := int64(i)
			if axes != nil {
				if i >= len(axes) {
					return false
				}
				a = axes[i]
			}
			if a < 0 {
				a += int64(len(k.dims))
			}
			if a < 0 || a >= int64(len(k.dims)) || steps[i] == 0 {
				return false
			}
			if k = k.sliced(int(a), starts[i], ends[i], steps[i]); k == nil {
				return false
			}
		}
		return c.result(n, 0, k)
	},
	"Split": func(c *onnxNet, n *onnxpb.Node, in []*onnxConst) bool {
		sizes, ok := c.intsIn(n, "split", 1)
		axis, rank := n.Int("axis", 0), int64(len(in[0].dims))
		if axis < 0 {
			axis += rank
		}
		if !ok || axis < 0 || axis >= rank {
			return false
		}
		size, parts := in[0].dims[axis], int64(len(n.Out))
		if sizes == nil {
			each := (size + parts - 1) / parts
			for at := int64(0); int64(len(sizes)) < parts; at += each {
				sizes = append(sizes, max(min(each, size-at), 0))
			}
		}
		if int64(len(sizes)) != parts {
			return false
		}
		at := int64(0)
		for i, s := range sizes {
			if s < 0 || s > size-at || !c.result(n, i, in[0].sliced(int(axis), at, at+s, 1)) {
				return false
			}
			at += s
		}
		return true
	},
}
