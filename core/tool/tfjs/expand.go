package tfjs

import "strconv"

// fusedOperators are those that do what several do, with fused_ops behind them.
var fusedOperators = map[string]string{
	"_FusedConv2D": "Conv2D", "FusedConv2D": "Conv2D", "_FusedMatMul": "MatMul",
	"FusedDepthwiseConv2dNative": "DepthwiseConv2dNative", "_FusedDepthwiseConv2dNative": "DepthwiseConv2dNative",
}

// fusedInputs is how many inputs an operator of fused_ops takes beside the value.
var fusedInputs = map[string]int{"BiasAdd": 1, "Prelu": 1, "FusedBatchNorm": 4}

// expand makes the operators of the fused ones again. The last has the name that
// others refer to.
func expand(g network) network {
	out := g
	out.nodes = make([]*node, 0, len(g.nodes))
	for _, n := range g.nodes {
		plain, fused := fusedOperators[n.op]
		if !fused || len(n.in) < 2 {
			out.nodes = append(out.nodes, n)
			continue
		}
		steps := []*node{{n.name, plain, n.in[:2], n.attrs, n.name}}
		rest := n.in[2:]
		for i, word := range n.attrs["fused_ops"].List.S {
			before := steps[len(steps)-1]
			before.name = n.name + "/" + strconv.Itoa(i) + "/" + before.op
			takes := min(fusedInputs[string(word)], len(rest))
			in := append([]string{before.name}, rest[:takes]...)
			rest = rest[takes:]
			attrs := map[string]attr{"alpha": n.attrs["leakyrelu_alpha"]}
			if word == "FusedBatchNorm" {
				attrs = map[string]attr{"epsilon": n.attrs["epsilon"]}
			}
			steps = append(steps, &node{name: n.name, op: string(word), in: in, attrs: attrs})
		}
		out.nodes = append(out.nodes, steps...)
	}
	return out
}
