package onnx

// What operators do with the elements of constants.

import (
	"math"
	"paramstack/core/num"
	"paramstack/core/tool/source"
	"slices"
)

// gathered makes a constant of others: with dims, and element i taken from the place
// that at returns.
func gathered(dims []int64, whole bool, at func(i int, place []int64) (c *constant, from int), of ...*constant) *constant {
	out := &constant{dims: dims, whole: whole}
	for _, c := range of {
		out.float = out.float || c.float
		out.whole = out.whole && c.whole
		for _, r := range c.roots {
			if !slices.Contains(out.roots, r) {
				out.roots = append(out.roots, r)
			} else if len(of) > 1 {
				out.whole = false
			}
		}
	}
	n, ok := smallDims(dims)
	for _, c := range of {
		ok = ok && c.data != nil
	}
	if !ok {
		return out
	}
	out.data = make([]float64, n)
	place := make([]int64, len(dims))
	for i := range out.data {
		c, k := at(i, place)
		if k < 0 || k >= len(c.data) {
			return nil
		}
		out.data[i] = c.data[k]
		for j := len(place) - 1; j >= 0; j-- {
			if place[j]++; place[j] < dims[j] {
				break
			}
			place[j] = 0
		}
	}
	return out
}

// placeIn is where a place lies in a tensor of dims, the last extent running
// fastest.
func placeIn(dims, place []int64) int {
	k := int64(0)
	for i, d := range dims {
		k = k*d + place[i]
	}
	return int(k)
}

// laid is c in other dims, which have as many elements.
func (c *constant) laid(dims []int64) *constant {
	out := *c
	out.dims = dims
	return &out
}

// moved is c with its dimensions in another order.
func (c *constant) moved(perm []int64) *constant {
	dims := make([]int64, len(perm))
	for i, p := range perm {
		dims[i] = c.dims[p]
	}
	at := make([]int64, len(perm))
	return gathered(dims, true, func(_ int, place []int64) (*constant, int) {
		for i, p := range perm {
			at[p] = place[i]
		}
		return c, placeIn(c.dims, at)
	}, c)
}

// stretched is c broadcast to dims; nil if it cannot be.
func (c *constant) stretched(dims []int64) *constant {
	lead := len(dims) - len(c.dims)
	if lead < 0 {
		return nil
	}
	same := lead == 0
	for i, d := range c.dims {
		if d != dims[lead+i] && d != 1 {
			return nil
		}
		same = same && d == dims[lead+i]
	}
	at := make([]int64, len(c.dims))
	return gathered(dims, same, func(_ int, place []int64) (*constant, int) {
		for i, d := range c.dims {
			at[i] = 0
			if d > 1 {
				at[i] = place[lead+i]
			}
		}
		return c, placeIn(c.dims, at)
	}, c)
}

// broadcastDims returns what shapes stretch to together; false if they do not.
// An unknown extent becomes what another has.
func broadcastDims(shapes ...[]int64) ([]int64, bool) {
	rank := 0
	for _, s := range shapes {
		rank = max(rank, len(s))
	}
	out := make([]int64, rank)
	for i := range out {
		out[i] = 1
	}
	for _, s := range shapes {
		for i, d := range s {
			o := &out[rank-len(s)+i]
			switch {
			case d == *o || d == 1:
			case *o == 1 || *o < 0:
				*o = d
			case d >= 0:
				return nil, false
			}
		}
	}
	return out, true
}

// byElement applies f element by element to constants that stretch to one another.
func byElement(f func(v []float64) float64, of ...*constant) *constant {
	shapes := make([][]int64, len(of))
	for i, c := range of {
		shapes[i] = c.dims
	}
	dims, ok := broadcastDims(shapes...)
	if !ok {
		return nil
	}
	wide := make([]*constant, len(of))
	for i, c := range of {
		if wide[i] = c.stretched(dims); wide[i] == nil {
			return nil
		}
	}
	v := make([]float64, len(of))
	out := gathered(dims, false, func(i int, _ []int64) (*constant, int) { return wide[0], i }, wide...)
	if out == nil || out.data == nil {
		return out
	}
	for i := range out.data {
		for k, c := range wide {
			v[k] = c.data[i]
		}
		out.data[i] = f(v)
	}
	return out
}

// sliced keeps every step-th entry of dimension at, between from_ and to.
func (c *constant) sliced(at int, from_, to, step int64) *constant {
	n := c.dims[at]
	first, count := slicePlaces(n, from_, to, step)
	dims := slices.Clone(c.dims)
	dims[at] = count
	p := make([]int64, len(dims))
	out := gathered(dims, count == n && step == 1, func(_ int, place []int64) (*constant, int) {
		copy(p, place)
		p[at] = first + place[at]*step
		return c, placeIn(c.dims, p)
	}, c)
	if out != nil && step > 0 && count > 0 {
		out.part = &part{c, at, first, first + (count-1)*step + 1, step}
	}
	return out
}

// slicePlaces returns the first place and the number of places of a slice of n
// (onnx/docs/Operators.md, Slice): places beyond either end are the end.
func slicePlaces(n, from, to, step int64) (first, count int64) {
	if from < 0 {
		from = max(from, -n-1) + n
	}
	if to < 0 {
		to = max(to, -n-1) + n
	}
	if step > 0 {
		from, to = min(max(from, 0), n), min(max(to, 0), n)
		if from < to {
			count = (to-from-1)/step + 1
		}
		return from, count
	}
	from, to = min(max(from, -1), n-1), min(max(to, -1), n-1)
	if step < 0 && from > to {
		count = (from-to-1)/-max(step, -math.MaxInt64) + 1
	}
	return from, count
}

// concatenated lays constants side by side along dimension at.
func concatenated(at int, of []*constant) *constant {
	dims := slices.Clone(of[0].dims)
	dims[at] = 0
	var ends []int64
	for _, c := range of {
		if len(c.dims) != len(dims) || c.dims[at] < 0 {
			return nil
		}
		for i, d := range c.dims {
			if i != at && d != dims[i] {
				return nil
			}
		}
		dims[at] += c.dims[at]
		if dims[at] > num.MaxExtent {
			return nil
		}
		ends = append(ends, dims[at])
	}
	p := make([]int64, len(dims))
	return gathered(dims, true, func(_ int, place []int64) (*constant, int) {
		copy(p, place)
		k, _ := slices.BinarySearch(ends, place[at]+1)
		if k > 0 {
			p[at] -= ends[k-1]
		}
		return of[k], placeIn(of[k].dims, p)
	}, of...)
}

// taken is onnx Gather of constants: the entries of dimension at that indices name.
func (c *constant) taken(at int, indices *constant) *constant {
	dims := append(append(slices.Clone(c.dims[:at]), indices.dims...), c.dims[at+1:]...)
	if len(dims) > 2*source.MaxDims {
		return nil
	}
	p := make([]int64, len(c.dims))
	ranks := len(indices.dims)
	out := gathered(dims, false, func(_ int, place []int64) (*constant, int) {
		copy(p, place[:at])
		copy(p[at+1:], place[at+ranks:])
		i := indices.data[placeIn(indices.dims, place[at:at+ranks])]
		if i < 0 {
			i += float64(c.dims[at])
		}
		if !(i >= 0 && i < float64(c.dims[at])) {
			return c, -1
		}
		p[at] = int64(i)
		return c, placeIn(c.dims, p)
	}, c, indices)
	if i, ok := indices.ints(); out != nil && ok && inRow(i) && i[0] >= 0 {
		out.part = &part{c, at, i[0], i[len(i)-1] + 1, 1}
	}
	return out
}

// inRow reports whether places follow one another.
func inRow(places []int64) bool {
	for k, p := range places {
		if p-places[0] != int64(k) {
			return false
		}
	}
	return len(places) > 0
}
