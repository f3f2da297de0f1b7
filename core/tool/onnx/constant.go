package onnx

import (
	"math"
	"slices"

	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/onnx/onnxpb"
	"paramstack/core/tool/source"
)

// A constant is a tensor that does not depend on what enters the network: stored,
// or computed from stored ones. Only small ones have their elements at hand; an
// element that is unknown is NaN.
type constant struct {
	dims  []int64 // nil: unknown
	data  []float64
	float bool
	roots []*stored // the stored tensors it is computed from
	whole bool      // every element of its roots once, in any order
	part  *part     // it is entries of another
	found bool      // by a quantiser, while the network runs
}

// A part is some entries of one dimension of a constant, in a row.
type part struct {
	of             *constant
	at             int
	from, to, step int64
}

// A stored tensor is one that the file holds and a network may learn.
type stored struct {
	name  string
	dims  []int64
	float bool
	byte  bool // of eight bits or fewer: a quantised weight, where a layer learns
	from  origin
	mask  bool // it hides what it is added to: −∞ is no weight
}

// An origin is where a tensor comes from.
type origin int

const (
	fromFile   origin = iota // an initializer, or an input in its place
	fromNode                 // a Constant node
	fromNumber               // one number, repeated: ConstantOfShape
)

// perhaps reports whether a tensor of one number may be learned: a number that a
// program writes into a graph is no initializer with extents.
func (s *stored) perhaps() bool {
	return s.elements().Cmp(single) > 0 || s.from == fromFile && len(s.dims) > 0
}

// constantOf makes a constant of a stored tensor.
func constantOf(t *onnxpb.Tensor, name string) *constant {
	s := &stored{name: name, dims: t.Dims, float: onnxpb.IsFloat(t.Type), byte: onnxpb.IsByte(t.Type), mask: t.Mask}
	return &constant{dims: t.Dims, data: t.Data, float: s.float, roots: []*stored{s}, whole: true}
}

// repeats reports whether a constant is nothing but one number.
func (c *constant) repeats(v float64) bool {
	return c != nil && len(c.data) > 0 && !slices.ContainsFunc(c.data, func(x float64) bool { return x != v })
}

// tables are the stored tensors of more than one number that a constant is computed
// from.
func (c *constant) tables() []*stored {
	var all []*stored
	for _, r := range c.roots {
		if r.float && r.elements().Cmp(single) > 0 {
			all = append(all, r)
		}
	}
	return all
}

var single = num.Of(1)

func (s *stored) elements() num.Int { return elementsOf(s.dims) }

func elementsOf(dims []int64) num.Int {
	n := num.Of(1)
	for _, d := range dims {
		if d < 0 {
			return num.Int{}
		}
		n = n.Times(d)
	}
	return n
}

// smallDims returns how many elements dims have; false beyond onnxpb.Small.
func smallDims(dims []int64) (int, bool) {
	n := int64(1)
	for _, d := range dims {
		if d < 0 || d > onnxpb.Small {
			return 0, false
		}
		if n *= d; n > onnxpb.Small {
			return 0, false
		}
	}
	return int(n), true
}

// rowOf makes a constant of known numbers in a row.
func rowOf(v ...float64) *constant {
	return &constant{dims: []int64{int64(len(v))}, data: v}
}

// ints returns the elements as whole numbers; false if one is unknown.
func (c *constant) ints() ([]int64, bool) {
	if c == nil || c.data == nil {
		return nil, false
	}
	v := make([]int64, len(c.data))
	for i, x := range c.data {
		if math.IsNaN(x) {
			return nil, false
		}
		v[i] = clampInt(x)
	}
	return v, true
}

// clampInt is a number as an int64; 2⁶³ and more, as slices have for "up to the
// end", become the largest.
func clampInt(x float64) int64 {
	switch {
	case x >= math.MaxInt64:
		return math.MaxInt64
	case x <= math.MinInt64:
		return math.MinInt64
	}
	return int64(x)
}

// scalar returns the one element; false if there are more, or it is unknown.
func (c *constant) scalar() (float64, bool) {
	if c == nil || len(c.data) != 1 || math.IsNaN(c.data[0]) {
		return 0, false
	}
	return c.data[0], true
}

// shapeConst makes a constant of a shape; unknown extents are NaN.
func shapeConst(dims []int64) *constant {
	v := make([]float64, len(dims))
	for i, d := range dims {
		if v[i] = float64(d); d < 0 {
			v[i] = math.NaN()
		}
	}
	return rowOf(v...)
}

// shape is the shape that a constant of whole numbers states, −1 and NaN as
// tensor.Unknown; false if it is none.
func (c *constant) shape() ([]int64, bool) {
	if c == nil || c.data == nil || len(c.data) > 2*source.MaxDims {
		return nil, false
	}
	v := make([]int64, len(c.data))
	for i, x := range c.data {
		switch {
		case math.IsNaN(x):
			v[i] = tensor.Unknown
		case x > num.MaxExtent || x < 0:
			return nil, false
		default:
			v[i] = int64(x)
		}
	}
	return v, true
}
