package compare

import (
	"math"
	"math/bits"

	"paramstack/core/arch"
	"paramstack/core/layer"
)

// never is the cost of what may not be a pair.
const never = math.MaxInt32 / 4

// mostChanged bounds the cost of a pair of layers, in the same unit as weights.
func mostChanged(weight int32) int32 { return weight * 5 / 6 }

// cost returns what it costs that x becomes y.
func (a *aligner) cost(x, y *item) int32 {
	if x.kind != y.kind {
		return never
	}
	c := int32(0)
	if x.class != y.class {
		c = a.changed(x, y)
	}
	if renamed(x, y) {
		c += costRenamed
	}
	if x.depth != y.depth {
		c += costDepth
	}
	return c
}

// renamed reports whether two items have labels that differ.
func renamed(x, y *item) bool {
	a, b := x.label(), y.label()
	return a != b && a != "" && b != ""
}

// changed is the part of the cost that is the same for all items of two classes:
// without labels and depths.
func (a *aligner) changed(x, y *item) int32 {
	key := uint64(x.class)<<32 | uint64(y.class)
	if c, ok := a.known[key]; ok {
		return c
	}
	c := scale * headCost(x, y)
	if x.kids != nil || y.kids != nil {
		inside := a.sum(a.inside(x, y))
		// Two blocks that have next to nothing in common are no pair.
		if x.path < 0 && apart(x, y, inside) {
			inside = never
		}
		c = min(c+inside, never)
	}
	a.known[key] = c
	return c
}

// headCost returns what differs in the words of two items themselves.
func headCost(x, y *item) int32 {
	c := int32(0)
	add := func(differs bool, cost int32) {
		if differs {
			c += cost
		}
	}
	switch n := x.node.(type) {
	case *arch.Leaf:
		m := y.node.(*arch.Leaf)
		add(n.Frozen != m.Frozen, 1)
		add(n.Shares != m.Shares, 2)
		c += layerCost(n.Layer, m.Layer)
		return min(c, mostChanged(weightOf(n.Layer.Kind())))
	case *arch.Repeat:
		m := y.node.(*arch.Repeat)
		add(n.Times != m.Times, 1)
		add(n.Shared != m.Shared, 1)
		add(n.Of != m.Of, 1)
		return c
	case *arch.Branch:
		if x.path >= 0 {
			add(x.from() != y.from(), 1)
			return c
		}
		return min(layerCost(n.Join, y.node.(*arch.Branch).Join), mostChanged(weightBlock))
	default:
		panic(unknownNode(n))
	}
}

// layerCost returns how much the options of two layers of a kind differ. A width
// costs more the further it is away; a kernel more than what goes around it.
func layerCost(x, y layer.Layer) int32 {
	if layer.Equal(x, y) {
		return 0
	}
	c := int32(0)
	k := x.Kind()
	for i := range k.Fields {
		f := &k.Fields[i]
		v, w := f.At(x), f.At(y)
		if v.Text() == w.Text() {
			continue
		}
		c++
		if width, ok := v.(*layer.Width); ok {
			c += octaves(width.Value(), w.(*layer.Width).Value())
		} else if f.Role == layer.RoleKernel {
			c++
		}
	}
	return c
}

// octaves returns how often the smaller of two numbers is doubled to come near the
// larger, 4 at most.
func octaves(a, b int64) int32 {
	d := bits.Len64(uint64(max(a, b))) - bits.Len64(uint64(min(a, b)))
	return int32(min(d, 4))
}
