package onnxpb

import (
	"maps"
	"slices"
	"strconv"
)

// Has reports whether a node has input i.
func (n *Node) Has(i int) bool { return i < len(n.In) && n.In[i] != "" }

// Int returns an attribute that is a whole number, or its default.
func (n *Node) Int(name string, or int64) int64 {
	if a := n.Attrs[name]; a != nil {
		return a.Int
	}
	return or
}

// Real returns an attribute that is a real number, or its default: the number
// that was written into the file, not what 32 bits make of it.
func (n *Node) Real(name string, or float64) float64 {
	if a := n.Attrs[name]; a != nil {
		return Decimal(float64(a.Float))
	}
	return or
}

// Decimal returns the shortest decimal number that 32 bits hold as they hold v:
// 0.1, where v is 0.10000000149.
func Decimal(v float64) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', -1, 32), 64)
	if err != nil {
		return v
	}
	return short
}

// Ints returns an attribute that is a list of whole numbers, nil if there is none.
func (n *Node) Ints(name string) []int64 {
	if a := n.Attrs[name]; a != nil {
		return a.Ints
	}
	return nil
}

// Str returns an attribute that is a word, or its default.
func (n *Node) Str(name, or string) string {
	if a := n.Attrs[name]; a != nil {
		return a.Str
	}
	return or
}

// Graphs returns the graphs that a node holds: branches, the body of a loop.
func (n *Node) Graphs() []*Graph {
	var all []*Graph
	for _, name := range slices.Sorted(maps.Keys(n.Attrs)) {
		if g := n.Attrs[name].Graph; g != nil {
			all = append(all, g)
		}
	}
	return all
}

// Uses returns the names of all values that a node needs, those of the graphs that
// it holds with them.
func (n *Node) Uses() []string {
	all := n.In
	for _, g := range n.Graphs() {
		for _, m := range g.Nodes {
			all = append(slices.Clip(all), m.Uses()...)
		}
	}
	return all
}
