package compare

import "slices"

// MaxCells bounds how many pairs of statements are looked at: about a tenth of a
// second in a page. Two networks of 1,000 statements each in one body come to it.
const MaxCells = 1 << 20

// A pair is what becomes what. Without x, y is new; without y, x is gone. A block
// without a partner may have been put around statements of the other network, or taken
// away from around them: inner is then how what is in it pairs with them.
type pair struct {
	x, y  *item
	inner []pair
}

type aligner struct {
	left   int              // cells that may still be looked at
	spare  int              // the same for looking through blocks
	coarse bool             // they did not suffice
	known  map[uint64]int32 // the costs of pairs of classes
}

func newAligner(cells int) *aligner {
	return &aligner{left: cells, spare: cells / 4, known: map[uint64]int32{}}
}

// inside aligns what is in two items of a kind.
func (a *aligner) inside(x, y *item) []pair {
	if x.isBranch() {
		return a.paths(x.kids, y.kids)
	}
	return a.pairs(x.kids, y.kids)
}

// sum returns what pairs cost together.
func (a *aligner) sum(all []pair) int32 {
	c := int32(0)
	for _, p := range all {
		switch {
		case p.y == nil:
			c += scale * p.x.weight
		case p.x == nil:
			c += scale * p.y.weight
		default:
			c += a.cost(p.x, p.y)
		}
	}
	return min(c, never)
}

// pairs aligns two bodies.
func (a *aligner) pairs(xs, ys []*item) []pair {
	return tidy(a.trimmed(xs, ys, (*item).equal, a.middle, make([]pair, 0, max(len(xs), len(ys)))))
}

// equal reports whether there is no better partner than the other: a further layer
// among equal ones is new where its depth is, and its label.
func (it *item) equal(other *item) bool {
	return it.class == other.class && it.depth == other.depth && !renamed(it, other)
}

// alike is equal in any place.
func (it *item) alike(other *item) bool { return it.class == other.class }

// trimmed pairs what is equal at both ends of two bodies and calls f for what is
// between.
func (a *aligner) trimmed(
	xs, ys []*item, equal func(x, y *item) bool, f func(xs, ys []*item, out []pair) []pair, out []pair,
) []pair {
	head := 0
	for head < len(xs) && head < len(ys) && equal(xs[head], ys[head]) {
		out = append(out, pair{x: xs[head], y: ys[head]})
		head++
	}
	xs, ys = xs[head:], ys[head:]
	tail := 0
	for tail < len(xs) && tail < len(ys) && equal(xs[len(xs)-1-tail], ys[len(ys)-1-tail]) {
		tail++
	}
	out = f(xs[:len(xs)-tail], ys[:len(ys)-tail], out)
	xs, ys = xs[len(xs)-tail:], ys[len(ys)-tail:]
	for i := range xs {
		out = append(out, pair{x: xs[i], y: ys[i]})
	}
	return out
}

// middle aligns two bodies that neither begin nor end with the same.
func (a *aligner) middle(xs, ys []*item, out []pair) []pair {
	switch cells := len(xs) * len(ys); {
	case cells == 0:
		return alone(xs, ys, out)
	case cells <= a.left:
		a.left -= cells
		return a.table(xs, ys, out)
	}
	a.coarse = true
	return a.trimmed(xs, ys, (*item).alike, a.anchored, out)
}

// alone appends statements that have no partners.
func alone(xs, ys []*item, out []pair) []pair {
	for _, x := range xs {
		out = append(out, pair{x: x})
	}
	for _, y := range ys {
		out = append(out, pair{y: y})
	}
	return out
}

// The steps of a table.
const (
	stepBoth uint8 = iota
	stepX
	stepY
)

// table aligns by the least cost, in a table of all pairs.
func (a *aligner) table(xs, ys []*item, out []pair) []pair {
	width := len(ys) + 1
	steps := make([]uint8, (len(xs)+1)*width)
	above, row := make([]int32, width), make([]int32, width)
	for j, y := range ys {
		above[j+1], steps[j+1] = above[j]+scale*y.weight, stepY
	}
	for i, x := range xs {
		row[0], steps[(i+1)*width] = above[0]+scale*x.weight, stepX
		for j, y := range ys {
			best, step := row[j]+scale*y.weight, stepY
			if c := above[j+1] + scale*x.weight; c < best {
				best, step = c, stepX
			}
			if x.kind == y.kind { // of what costs the same, the partner that comes first
				if c := above[j] + a.cost(x, y); c < best {
					best, step = c, stepBoth
				}
			}
			row[j+1], steps[(i+1)*width+j+1] = best, step
		}
		above, row = row, above
	}
	from := len(out)
	for i, j := len(xs), len(ys); i > 0 || j > 0; {
		switch steps[i*width+j] {
		case stepBoth:
			i, j = i-1, j-1
			out = append(out, pair{x: xs[i], y: ys[j]})
		case stepX:
			i--
			out = append(out, pair{x: xs[i]})
		default:
			j--
			out = append(out, pair{y: ys[j]})
		}
	}
	slices.Reverse(out[from:])
	return out
}

// anchored divides bodies that are too large for a table at statements that both have
// once, in the same order, and aligns what is between.
func (a *aligner) anchored(xs, ys []*item, out []pair) []pair {
	anchors := anchors(xs, ys)
	if len(anchors) == 0 {
		return inOrder(xs, ys, out)
	}
	i, j := 0, 0
	for _, at := range anchors {
		out = a.between(xs[i:at.i], ys[j:at.j], out)
		out = append(out, pair{x: xs[at.i], y: ys[at.j]})
		i, j = at.i+1, at.j+1
	}
	return a.between(xs[i:], ys[j:], out)
}

// between aligns what is between two anchors: it has none of its own.
func (a *aligner) between(xs, ys []*item, out []pair) []pair {
	if cells := len(xs) * len(ys); cells > 0 && cells <= a.left {
		a.left -= cells
		return a.table(xs, ys, out)
	}
	return inOrder(xs, ys, out)
}

// A spot is a place in both bodies.
type spot struct{ i, j int }

// anchors returns the longest list of statements that each body has once, in an order
// that both have.
func anchors(xs, ys []*item) []spot {
	times := map[int32][2]int{}
	at := map[int32]int{}
	for _, x := range xs {
		n := times[x.class]
		n[0]++
		times[x.class] = n
	}
	for j, y := range ys {
		n := times[y.class]
		n[1]++
		times[y.class], at[y.class] = n, j
	}
	var all []spot
	for i, x := range xs {
		if times[x.class] == [2]int{1, 1} {
			all = append(all, spot{i, at[x.class]})
		}
	}
	return increasing(all)
}

// increasing returns the longest part of spots, which are in the order of i, in which
// j grows too (patience sorting).
func increasing(all []spot) []spot {
	ends := []int{} // of the part of length n+1 that ends with the least j, its last spot
	before := make([]int, len(all))
	for k, s := range all {
		n, _ := slices.BinarySearchFunc(ends, s.j, func(e, j int) int { return all[e].j - j })
		before[k] = -1
		if n > 0 {
			before[k] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, k)
		} else {
			ends[n] = k
		}
	}
	if len(ends) == 0 {
		return nil
	}
	part := make([]spot, len(ends))
	for k, n := ends[len(ends)-1], len(ends)-1; n >= 0; k, n = before[k], n-1 {
		part[n] = all[k]
	}
	return part
}

// reach is how far ahead inOrder looks for a partner.
const reach = 64

// inOrder pairs each statement with the next of its kind: the time grows with the
// statements, not with their pairs.
func inOrder(xs, ys []*item, out []pair) []pair {
	i := 0
	for _, y := range ys {
		found := -1
		for k := i; k < min(i+reach, len(xs)); k++ {
			if xs[k].class == y.class {
				found = k
				break
			}
			if found < 0 && xs[k].kind == y.kind {
				found = k
			}
		}
		if found < 0 {
			out = append(out, pair{y: y})
			continue
		}
		out = append(alone(xs[i:found], nil, out), pair{x: xs[found], y: y})
		i = found + 1
	}
	return alone(xs[i:], nil, out)
}

// tidy takes apart pairs that have nothing to do with each other: a layer that learns
// nothing, such as an activation, with layers that learn replaced before and after it.
func tidy(all []pair) []pair {
	var out []pair
	gone, fresh := false, false // layers that learn, of the gap before i
	for i := 0; i < len(all); {
		start := i
		for ; i < len(all) && all[i].x != nil && all[i].y != nil && !all[i].x.learns() && !all[i].y.learns(); i++ {
		}
		run := i
		after := [2]bool{}
		for ; i < len(all) && (all[i].x == nil || all[i].y == nil); i++ {
			if x := all[i].x; x != nil {
				after[0] = after[0] || x.learns()
			} else {
				after[1] = after[1] || all[i].y.learns()
			}
		}
		if run > start && (gone || fresh) && (after[0] || after[1]) && (gone || after[0]) && (fresh || after[1]) {
			for _, p := range all[start:run] {
				out = append(out, pair{x: p.x}, pair{y: p.y})
			}
			out = append(out, all[run:i]...)
			gone, fresh = gone || after[0], fresh || after[1]
			continue
		}
		out = append(out, all[start:i]...)
		gone, fresh = after[0], after[1]
		if i == start { // a pair that learns
			out = append(out, all[i])
			i++
			gone, fresh = false, false
		}
	}
	return sorted(out)
}

// sorted puts what is gone before what is new between two pairs.
func sorted(all []pair) []pair {
	out := all[:0:0]
	var fresh []pair
	for _, p := range all {
		switch {
		case p.x == nil:
			fresh = append(fresh, p)
			continue
		case p.y != nil:
			out = append(out, fresh...)
			fresh = fresh[:0]
		}
		out = append(out, p)
	}
	return append(out, fresh...)
}
