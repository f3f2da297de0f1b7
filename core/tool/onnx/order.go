package onnx

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tool/graph"
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
	needs := make([][]int, len(g.nodes))
	for i, n := range g.nodes {
		for _, in := range n.Uses() {
			if k, ok := by[in]; ok && (k != i || slices.Contains(n.In, in)) && g.consts[in] == nil {
				needs[i] = append(needs[i], k)
			}
		}
	}
	sorted, stuck := graph.Order(needs)
	if stuck >= 0 {
		return g, diag.New(catalog.ImportCycle, layer.Quote(scopeName(g.nodes[stuck])))
	}
	ordered := make([]*node, len(sorted))
	for i, k := range sorted {
		ordered[i] = g.nodes[k]
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
