package layer

import (
	"slices"

	"paramstack/core/tensor"
)

// declare returns a tensor whose factors are made of parts.
func declare(name string, class Class, shape []int64, parts ...Term) Weight {
	return Weight{Name: name, Class: class, Factors: join(parts...), Shape: shape}
}

// join returns the product of terms. It shares nothing with them.
func join(parts ...Term) Term { return slices.Concat(parts...) }

// extent returns a term as one extent of a tensor's shape: tensor.Unknown if a
// factor is. It must be known to fit, as what product accepted does.
func extent(t Term) int64 {
	v, ok := t.Value()
	if !ok {
		return tensor.Unknown
	}
	n, _ := v.Int64()
	return n
}

// inputs is the factor of what a dense matrix reads.
func inputs(d *tensor.Dim) Term { return Term{{N: d.N, Role: RoleIn, Dim: d}} }

// rowsOf returns the positions at which a dense matrix is applied.
func rowsOf(lead tensor.Shape) Term {
	t := make(Term, len(lead))
	for i := range lead {
		t[i] = Factor{N: lead[i].N, Role: RoleSpatial, Dim: &lead[i]}
	}
	return t
}
