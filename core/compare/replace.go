package compare

import "paramstack/core/layer"

// What a statement becomes when its kind changes is no pair for the table: a statement
// that is gone and one that is new cost the same as it would. It is one afterwards, where
// both are in one place: maxpool and avgpool between the same layers, bn and relu where
// the other network has ln and gelu.

// mostReplaced bounds the pairs of statements that are looked at in one place.
const mostReplaced = 1 << 10

// inPlace pairs statements without partners that are in one place, in their order, by
// families of layers; nil if a layer that learns would be left without a partner: then
// they have nothing to do with each other.
func (a *aligner) inPlace(xs, ys []*item) []pair {
	if len(xs)*len(ys) > mostReplaced {
		return nil
	}
	width := len(ys) + 1
	most := make([]int, (len(xs)+1)*width) // pairs of what comes after
	for i := len(xs) - 1; i >= 0; i-- {
		for j := len(ys) - 1; j >= 0; j-- {
			n := max(most[(i+1)*width+j], most[i*width+j+1])
			if a.related(xs[i], ys[j]) {
				n = max(n, 1+most[(i+1)*width+j+1])
			}
			most[i*width+j] = n
		}
	}
	var out []pair
	i, j := 0, 0
	for i < len(xs) || j < len(ys) {
		p := pair{}
		both := i < len(xs) && j < len(ys)
		if both && most[i*width+j] == 1+most[(i+1)*width+j+1] && a.related(xs[i], ys[j]) {
			p = pair{x: xs[i], y: ys[j]}
			i, j = i+1, j+1
		} else if i < len(xs) && (!both || most[(i+1)*width+j] == most[i*width+j]) {
			p.x = xs[i]
			i++
		} else {
			p.y = ys[j]
			j++
		}
		if alone := p.only(); alone != nil && alone.learns() {
			return nil
		}
		out = append(out, p)
	}
	if most[0] == 0 {
		return nil
	}
	return out
}

// only returns the item of a pair that has no partner, nil if there are two.
func (p pair) only() *item {
	switch {
	case p.y == nil:
		return p.x
	case p.x == nil:
		return p.y
	}
	return nil
}

// related reports whether one statement may have become the other: layers of one family,
// or branches that join much the same paths otherwise.
func (a *aligner) related(x, y *item) bool {
	if x.layerOf() == nil || y.layerOf() == nil || x.isBranch() != y.isBranch() {
		return false
	}
	k, l := x.layerOf().Kind(), y.layerOf().Kind()
	switch {
	case k.Group != l.Group, k.Group == layer.GroupInput, k.Group == layer.GroupShape, k.Group == layer.GroupOther,
		(k.Holds() == layer.HoldsView) != (l.Holds() == layer.HoldsView): // dropout is in the family of relu
		return false
	}
	return !x.isBranch() || !apart(x, y, a.sum(a.inside(x, y)))
}

// apart reports whether two blocks have next to nothing in common, by the distance of
// what is in them.
func apart(x, y *item, inside int32) bool { return 10*inside > 8*scale*(x.weight+y.weight) }
