package layer

import (
	"math"

	"paramstack/core/num"
)

// What Go code writes into a layer's fields. Like text, a value may be one that
// no field accepts; Typed.With refuses it. So a list keeps that it was too long:
// its text ends in tooLong, which no field reads.

// tooLong is the text behind the numbers of a list that holds more than fit.
const tooLong = "x…"

// listed copies numbers into a list of fixed size and returns how many it is to
// say: one more than fit, if they do not.
func listed[T any](to, from []T) uint8 {
	copy(to, from)
	return uint8(min(len(from), len(to)+1))
}

// held returns how many numbers of a list of fixed size there are, and what its
// text ends in.
func held(n uint8, size int) (int, string) {
	if int(n) > size {
		return size, tooLong
	}
	return int(n), ""
}

// WidthOf returns a width written as the product of its factors; none is "not
// given". Those beyond num.MaxFactors are multiplied into the last.
func WidthOf(factors ...int64) Width {
	if len(factors) <= num.MaxFactors {
		return Width{num.ProductOf(factors...)}
	}
	fit := append([]int64(nil), factors[:num.MaxFactors]...)
	for _, f := range factors[num.MaxFactors:] {
		if n, exact := num.Of(fit[num.MaxFactors-1]).Times(f).Int64(); exact {
			fit[num.MaxFactors-1] = n
		} else {
			fit[num.MaxFactors-1] = math.MaxInt64 // refused as what it is: too large
		}
	}
	return Width{num.ProductOf(fit...)}
}

// SizeOf returns a Size with the given numbers, at least 1 each; none is "not given".
func SizeOf(n ...int64) Size {
	s := Size{Least: 1}
	s.n = listed(s.v[:], n)
	return s
}

// PaddingOf returns explicit padding.
func PaddingOf(n ...int64) Padding {
	p := Padding{Size: SizeOf(n...)}
	p.Least = 0
	return p
}

// PaddingRule returns padding by one of the rules.
func PaddingRule(rule string) Padding { return Padding{Rule: rule} }

// ExtentsOf returns the extents of a sample; tensor.Unknown leaves one open.
func ExtentsOf(n ...int64) Extents {
	e := Extents{Most: MaxSpatial + 1}
	e.n = listed(e.v[:], n)
	return e
}

// WholesOf returns a list of whole numbers.
func WholesOf(n ...int64) Wholes {
	var w Wholes
	w.n = listed(w.v[:], n)
	return w
}

// SidesOf returns the cells before and after each dimension.
func SidesOf(cells ...[2]int64) Sides {
	s := Sides{Least: -math.MaxInt32}
	s.n = listed(s.v[:], cells)
	return s
}

// RealsOf returns one number for each dimension.
func RealsOf(v ...float64) Reals {
	r := Reals{Above: math.Inf(-1), Below: math.Inf(1)}
	r.n = listed(r.v[:], v)
	return r
}
