package compare

import (
	"cmp"
	"slices"
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/count"
)

// mostPaths bounds the pairs of paths that are looked at in any order.
const mostPaths = 64

// paths aligns the paths of two branches. Their order matters to no number, and tools
// write a shortcut first or last, so the cheapest pairs are taken, in any order where
// that costs less. What comes out is in the second's order.
func (a *aligner) paths(xs, ys []*item) []pair {
	inOrder := a.inOrderPaths(xs, ys)
	if len(xs) < 2 || len(ys) < 2 || len(xs)*len(ys) > mostPaths {
		return inOrder
	}
	type candidate struct {
		i, j int
		cost int32
	}
	var all []candidate
	for i, x := range xs {
		for j, y := range ys {
			if c := a.cost(x, y); c < scale*(x.weight+y.weight) {
				all = append(all, candidate{i, j, c - scale*(x.weight+y.weight)})
			}
		}
	}
	// The pair that saves most first; of equals, the one that stays in its place.
	slices.SortStableFunc(all, func(p, q candidate) int {
		return cmp.Or(cmp.Compare(p.cost, q.cost), cmp.Compare(abs(p.i-p.j), abs(q.i-q.j)))
	})
	partner, taken := make([]int, len(ys)), make([]bool, len(xs))
	for j := range partner {
		partner[j] = -1
	}
	for _, c := range all {
		if partner[c.j] < 0 && !taken[c.i] {
			partner[c.j], taken[c.i] = c.i, true
		}
	}
	var out []pair
	next := 0
	gone := func(to int) {
		for ; next < to; next++ {
			if !taken[next] {
				out = append(out, pair{x: xs[next]})
			}
		}
	}
	for j, y := range ys {
		gone(min(j+1, len(xs)))
		if i := partner[j]; i >= 0 {
			out = append(out, pair{x: xs[i], y: y})
		} else {
			out = append(out, pair{y: y})
		}
	}
	gone(len(xs))
	if a.sum(out) < a.sum(inOrder) {
		return out
	}
	return inOrder
}

func (a *aligner) inOrderPaths(xs, ys []*item) []pair {
	return a.trimmed(xs, ys, (*item).alike, a.middle, nil)
}

func abs(n int) int { return max(n, -n) }

// moved marks the paths of a branch that are in another order than the rest.
func moved(rows []*Row) {
	var all []spot
	at := map[int]*Row{}
	for _, r := range rows {
		if r.A != nil && r.B != nil && r.Form == count.FormPath {
			all = append(all, spot{r.B.Path, r.A.Path})
			at[r.B.Path] = r
		}
	}
	for _, stays := range increasing(all) {
		delete(at, stays.i)
	}
	for _, r := range at {
		r.Changes = append(r.Changes, Change{
			Aspect: Place, A: strconv.Itoa(r.A.Path + 1), B: strconv.Itoa(r.B.Path + 1),
		})
		r.Mark = Changed
	}
}

// isBranch reports whether what is in an item is paths.
func (it *item) isBranch() bool {
	_, ok := it.node.(*arch.Branch)
	return ok && it.path < 0
}
