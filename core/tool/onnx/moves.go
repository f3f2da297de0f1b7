package onnx

import (
	"math"
	"paramstack/core/num"
	"paramstack/core/tool/onnx/onnxpb"
	"slices"
)

// moves are the operators that make elements, and move them about. in has nil
// where an input is left out.
var moves = map[string]func(n *node, in []*constant) []*constant{
	"ConstantOfShape": func(n *node, in []*constant) []*constant {
		dims, ok := in[0].shape()
		if !ok {
			return nil
		}
		k := &constant{dims: dims, float: true, whole: true}
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
		k.roots = []*stored{{name: n.Out[0], dims: dims, float: k.float, from: fromNumber}}
		return alone(k)
	},
	"Range": func(n *node, in []*constant) []*constant {
		var v [3]float64
		for i := range v {
			if i >= len(in) {
				return nil
			}
			x, ok := in[i].scalar()
			if !ok {
				return nil
			}
			v[i] = x
		}
		count := math.Ceil((v[1] - v[0]) / v[2])
		if !(count >= 0 && count <= num.MaxExtent) {
			return nil
		}
		k := &constant{dims: []int64{int64(count)}, float: in[0].float}
		if count <= onnxpb.Small {
			k.data = make([]float64, int(count))
			for i := range k.data {
				k.data[i] = v[0] + float64(i)*v[2]
			}
		}
		return alone(k)
	},
	"Reshape": func(n *node, in []*constant) []*constant {
		var to []float64
		if a := n.Attrs["shape"]; a != nil {
			for _, d := range a.Ints {
				to = append(to, float64(d))
			}
		} else if len(in) > 1 && in[1] != nil && in[1].data != nil {
			to = in[1].data
		} else {
			return nil
		}
		dims, ok := reshaped(in[0].dims, to, n.Int("allowzero", 0) != 0)
		if !ok || slices.Contains(dims, -1) {
			return nil
		}
		return alone(in[0].laid(dims))
	},
	"Flatten": func(n *node, in []*constant) []*constant {
		rank := int64(len(in[0].dims))
		axis := n.Int("axis", 1)
		if axis < 0 {
			axis += rank
		}
		if axis < 0 || axis > rank {
			return nil
		}
		rows, ok := elementsOf(in[0].dims[:axis]).Int64()
		cells, ok2 := elementsOf(in[0].dims[axis:]).Int64()
		if !ok || !ok2 || rows > num.MaxExtent || cells > num.MaxExtent {
			return nil
		}
		return alone(in[0].laid([]int64{rows, cells}))
	},
	"Squeeze": func(n *node, in []*constant) []*constant {
		axes, ok := numbersIn(n, "axes", 1, inputAt(in, 1))
		if !ok {
			return nil
		}
		dims, _, ok := squeezed(in[0].dims, axes)
		if !ok {
			return nil
		}
		return alone(in[0].laid(dims))
	},
	"Unsqueeze": func(n *node, in []*constant) []*constant {
		axes, ok := numbersIn(n, "axes", 1, inputAt(in, 1))
		if !ok {
			return nil
		}
		dims, _, ok := unsqueezed(in[0].dims, axes)
		if !ok {
			return nil
		}
		return alone(in[0].laid(dims))
	},
	"Transpose": func(n *node, in []*constant) []*constant {
		perm := n.Ints("perm")
		if perm == nil {
			for i := len(in[0].dims) - 1; i >= 0; i-- {
				perm = append(perm, int64(i))
			}
		}
		if !isOrder(perm, len(in[0].dims)) {
			return nil
		}
		return alone(in[0].moved(perm))
	},
	"Expand": func(n *node, in []*constant) []*constant {
		if len(in) < 2 {
			return nil
		}
		to, ok := in[1].shape()
		if !ok {
			return nil
		}
		dims, ok := broadcastDims(in[0].dims, to)
		if !ok || slices.Contains(dims, -1) {
			return nil
		}
		return alone(in[0].stretched(dims))
	},
	"Concat": func(n *node, in []*constant) []*constant {
		axis, ok := axisIn(n, 1, len(in[0].dims))
		if !ok || slices.Contains(in, nil) {
			return nil
		}
		return alone(concatenated(axis, in))
	},
	"Gather": func(n *node, in []*constant) []*constant {
		axis, ok := axisIn(n, 0, len(in[0].dims))
		if !ok || len(in) != 2 || in[1] == nil {
			return nil
		}
		return alone(in[0].taken(axis, in[1]))
	},
	"Where": func(n *node, in []*constant) []*constant {
		if len(in) != 3 || slices.Contains(in, nil) {
			return nil
		}
		return alone(byElement(func(v []float64) float64 {
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
	"ReduceProd": func(n *node, in []*constant) []*constant {
		if len(in[0].dims) > 1 || in[0].data == nil {
			return nil
		}
		p := 1.0
		for _, v := range in[0].data {
			p *= v
		}
		k := rowOf(p)
		if n.Int("keepdims", 1) == 0 {
			k.dims = []int64{}
		}
		return alone(k)
	},
	"Slice": func(n *node, in []*constant) []*constant {
		starts, ok := numbersIn(n, "starts", 1, inputAt(in, 1))
		ends, ok2 := numbersIn(n, "ends", 2, inputAt(in, 2))
		axes, ok3 := numbersIn(n, "axes", 3, inputAt(in, 3))
		if !ok || !ok2 || !ok3 || len(starts) != len(ends) {
			return nil
		}
		steps := slices.Repeat([]int64{1}, len(starts))
		if n.Has(4) {
			if steps, ok = inputAt(in, 4).ints(); !ok || len(steps) != len(starts) {
				return nil
			}
		}
		k := in[0]
		for i := range starts {
			a := int64(i)
			if axes != nil {
				if i >= len(axes) {
					return nil
				}
				a = axes[i]
			}
			if a < 0 {
				a += int64(len(k.dims))
			}
			if a < 0 || a >= int64(len(k.dims)) || steps[i] == 0 {
				return nil
			}
			if k = k.sliced(int(a), starts[i], ends[i], steps[i]); k == nil {
				return nil
			}
		}
		return alone(k)
	},
	"Split": func(n *node, in []*constant) []*constant {
		sizes, ok := numbersIn(n, "split", 1, inputAt(in, 1))
		axis, fits := axisIn(n, 0, len(in[0].dims))
		if !ok || !fits {
			return nil
		}
		size, parts := in[0].dims[axis], int64(len(n.Out))
		if sizes == nil {
			each := (size + parts - 1) / parts
			for at := int64(0); int64(len(sizes)) < parts; at += each {
				sizes = append(sizes, max(min(each, size-at), 0))
			}
		}
		if int64(len(sizes)) != parts {
			return nil
		}
		var parted []*constant
		at := int64(0)
		for _, s := range sizes {
			if s < 0 || s > size-at {
				return nil
			}
			k := in[0].sliced(axis, at, at+s, 1)
			if k == nil {
				return nil
			}
			parted = append(parted, k)
			at += s
		}
		return parted
	},
}

// inputAt returns input i, nil if it is left out.
func inputAt(in []*constant, i int) *constant {
	if i < len(in) {
		return in[i]
	}
	return nil
}

// alone is one output; none can be computed without the constant.
func alone(k *constant) []*constant {
	if k == nil {
		return nil
	}
	return []*constant{k}
}

// axisIn returns the dimension that a node's axis means, of so many.
func axisIn(n *node, or int64, rank int) (int, bool) {
	axis := n.Int("axis", or)
	if axis < 0 {
		axis += int64(rank)
	}
	return int(axis), axis >= 0 && axis < int64(rank)
}
