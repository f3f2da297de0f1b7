package zoo_test

import (
	"strings"

	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// modulesIn returns a line for each module that PyTorch calls inside what is one
// layer to us: the network behind SwinV2's position bias, the projections of
// MaxViT. Those of ViT and Swin are called as functions, so that the truth does
// not list them.
func modulesIn(r *count.Row) []line {
	if r.Kind().Name != "windowattention" {
		return nil
	}
	var lines []line
	for _, m := range []struct {
		name string // begins the names of its tensors
		macs int    // which term is its own
	}{{"to_qkv.", 0}, {"merge.", 2}, {"cpb_mlp.0.", 3}, {"cpb_mlp.2.", 4}} {
		var params num.Int
		var out tensor.Shape
		for _, w := range r.Weights {
			if strings.HasPrefix(w.Name, m.name) {
				n, _ := w.Count()
				params = params.Add(n)
				out = append(positionsOf(r), tensor.Dim{N: w.Shape[0]})
			}
		}
		if out != nil {
			macs, _ := r.MACs[m.macs].Value()
			lines = append(lines, line{"Linear", out.String(), params.String(), "0", macs.String()})
		}
	}
	return lines
}

// positionsOf returns where a projection inside an attention is applied: at all
// positions, or at all distances within a window where a table lists them.
func positionsOf(r *count.Row) tensor.Shape {
	in := r.In[0]
	at := in[:len(in)-1]
	for _, w := range r.Weights {
		if w.Name == "relative_coords_table" {
			at = tensor.Of(w.Shape[1 : len(w.Shape)-1]...)
		}
	}
	return append(tensor.Shape{}, at...)
}
