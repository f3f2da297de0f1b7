package oplist

import (
	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// Zeros reports whether all numbers are 0.
func Zeros(n ...[]int64) bool {
	for _, s := range n {
		for _, v := range s {
			if v != 0 {
				return false
			}
		}
	}
	return true
}

// Around returns the cells before and after every spatial dimension.
func Around(p *layer.Padding, x tensor.Shape, kernel, stride, dilation layer.Size) (before, after []int64, ok bool) {
	for i := 0; i < len(x)-1; i++ {
		b, a, fine := p.Around(i, x[i+1].N, layer.Reach(kernel.At(i), dilation.At(i)), stride.At(i))
		if !fine {
			return nil, nil, false
		}
		before, after = append(before, b), append(after, a)
	}
	return before, after, true
}

// Equal reports whether numbers are equal, as many as a has.
func Equal(a, b []int64) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// Axis is a dimension in PyTorch's numbering counted from the front.
func Axis(dim int64, rank int) int64 {
	if dim < 0 {
		return dim + int64(rank) + 1
	}
	return dim
}
