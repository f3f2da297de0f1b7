package compare

import (
	"fmt"
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/layer"
	"paramstack/core/text"
)

func unknownNode(n arch.Node) string { return fmt.Sprintf("compare: unknown node %T", n) }

// An item is a statement, or a path of a branch, with what is in it.
type item struct {
	node   arch.Node // the branch, for a path
	path   int       // the path's place in its branch; -1 for statements
	class  int32     // equal for items that are equal with all that is in them, but for labels and comments
	kind   int32     // equal for items that may be a pair
	weight int32     // what it costs to be without a partner, with all that is in it
	depth  int64     // of a layer that learns, the channels or features it receives
	kids   []*item   // of a repeat its body, of a branch its paths, of a path its body
}

// The costs of the distance. Changing what a statement says costs less than two
// statements without partners, whatever is changed.
const (
	weightLearns = 12 // a layer that learns, or an input
	weightOther  = 4
	weightBlock  = 4
	weightPath   = 2
	costRenamed  = 2 // both have labels, and other ones
	costDepth    = 1 // what they receive has another depth
	scale        = 4 // of all other costs, so that these two decide between equals alone
)

// A forest makes items and numbers their classes and kinds: the same for both networks.
type forest struct {
	classes, kinds map[string]int32
	key            []byte
	counted        tallies // of the network whose items are made
}

func newForest() *forest { return &forest{classes: map[string]int32{}, kinds: map[string]int32{}} }

func number(of map[string]int32, key string) int32 {
	n, ok := of[key]
	if !ok {
		n = int32(len(of))
		of[key] = n
	}
	return n
}

// of makes the items of a network.
func (f *forest) of(m arch.Model, counted tallies) []*item {
	f.counted = counted
	return f.body(m.Body)
}

func (f *forest) body(body []arch.Node) []*item {
	items := make([]*item, len(body))
	for i, n := range body {
		items[i] = f.item(n)
	}
	return items
}

func (f *forest) item(n arch.Node) *item {
	it := &item{node: n, path: -1}
	switch n := n.(type) {
	case *arch.Leaf:
		it.weight = weightOf(n.Layer.Kind())
		if n.Layer.Kind().Learns {
			it.depth = f.counted.depth(n.Head().ID)
		}
		it.kind = number(f.kinds, n.Layer.Kind().Name)
	case *arch.Repeat:
		it.weight = weightBlock
		it.kind = number(f.kinds, "repeat")
		if n.Of != "" {
			it.kind = number(f.kinds, "again")
		}
		it.kids = f.body(n.Body)
	case *arch.Branch:
		it.weight = weightBlock
		if n.Join.Kind().Learns {
			it.weight = weightLearns
		}
		it.kind = number(f.kinds, n.Join.Kind().Name+"{")
		it.kids = make([]*item, len(n.Paths))
		for i := range n.Paths {
			path := &item{node: n, path: i, weight: weightPath, kind: number(f.kinds, "|"), kids: f.body(n.Paths[i].Body)}
			f.finish(path, "@"+n.Paths[i].From)
			it.kids[i] = path
		}
	default:
		panic(unknownNode(n))
	}
	f.finish(it, text.Statement(n))
	return it
}

// finish sets what follows from an item's own words and from what is in it.
func (f *forest) finish(it *item, words string) {
	f.key = append(append(f.key[:0], words...), 0)
	for _, kid := range it.kids {
		it.weight += kid.weight
		f.key = append(strconv.AppendInt(f.key, int64(kid.class), 36), ' ')
	}
	it.class = number(f.classes, string(f.key))
}

func weightOf(k *layer.Kind) int32 {
	if k.Learns || k.Group == layer.GroupInput {
		return weightLearns
	}
	return weightOther
}

// learns reports whether there is something in an item that learns, or an input.
func (it *item) learns() bool { return it.weight >= weightLearns }

// label returns the label of a statement, "" for a path.
func (it *item) label() string {
	if it.path >= 0 {
		return ""
	}
	return it.node.Head().Label
}

// from returns the label whose output enters a path.
func (it *item) from() string { return it.node.(*arch.Branch).Paths[it.path].From }

// layerOf returns the layer of a leaf or of a branch's join, nil for other items.
func (it *item) layerOf() layer.Layer {
	switch n := it.node.(type) {
	case *arch.Leaf:
		return n.Layer
	case *arch.Branch:
		if it.path < 0 {
			return n.Join
		}
	}
	return nil
}
