package onnx

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
)

// order is the pass that sorts nodes after those whose outputs they use. It refuses
// cycles, and nodes that use what is not in the file; in a subgraph, names without
// a producer are its own.
func order(g network) (network, error) {
	by := map[string]int{}
	for i, n := range g.nodes {
		for _, o := range n.Out {
			if _, twice := by[o]; o != "" && !twice {
				by[o] = i
			}
		}
	}
	waits := make([]int, len(g.nodes))
	feeds := make([][]int, len(g.nodes))
	var ready []int
	for i, n := range g.nodes {
		for _, in := range n.Uses() {
			if k, ok := by[in]; ok && (k != i || slices.Contains(n.In, in)) && g.consts[in] == nil {
				waits[i]++
				feeds[k] = append(feeds[k], i)
			}
		}
		if waits[i] == 0 {
			ready = append(ready, i)
		}
	}
	var ordered []*node
	for len(ready) > 0 {
		i := ready[0]
		ready = ready[1:]
		ordered = append(ordered, g.nodes[i])
		for _, k := range feeds[i] {
			if waits[k]--; waits[k] == 0 {
				at, _ := slices.BinarySearch(ready, k)
				ready = slices.Insert(ready, at, k)
			}
		}
	}
	for i, w := range waits {
		if w > 0 {
			return g, diag.New(catalog.ImportCycle, layer.Quote(scopeName(g.nodes[i])))
		}
	}
	g.nodes = ordered
	return g, g.complete(by)
}

// complete refuses nodes that use what is not in the file.
func (g network) complete(by map[string]int) error {
	enters := map[string]bool{"": true}
	for _, v := range g.inputs {
		enters[v.Name] = true
	}
	for _, n := range g.nodes {
		for _, in := range n.In {
			if _, made := by[in]; !made && !enters[in] && g.consts[in] == nil {
				return diag.New(catalog.ImportNoInput, layer.Quote(scopeName(n)), layer.Quote(in))
			}
		}
	}
	return nil
}
