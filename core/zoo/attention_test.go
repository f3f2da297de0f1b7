package zoo_test

import (
	"strings"

	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// modulesIn returns a line for each module that PyTorch calls inside what is one
// layer to us: the network behind SwinV2's position bias, the projections of
// MaxViT, all of MViT. Those of ViT and Swin are called as functions, so that the
// truth files do not list them.
func modulesIn(r *count.Row) []line {
	switch r.Kind().Name {
	case "windowattention":
		return windowModules(r)
	case "multiscaleattention":
		return multiscaleModules(r)
	}
	return nil
}

func windowModules(r *count.Row) []line {
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

// multiscaleModules are the projections, the pools and their norms, in the order
// torchvision calls them. A pool has the heads as its batch.
func multiscaleModules(r *count.Row) []line {
	params := func(name string) string {
		var n num.Int
		for _, w := range r.Weights {
			if strings.HasPrefix(w.Name, name+".") {
				c, _ := w.Count()
				n = n.Add(c)
			}
		}
		return n.String()
	}
	macs := func(term layer.Term) string {
		v, _ := term.Value()
		return v.String()
	}
	features := func(name string) int64 {
		for _, w := range r.Weights {
			if w.Name == name+".weight" {
				return w.Shape[0]
			}
		}
		return 0
	}
	last := len(r.MACs) - 1
	lines := []line{{"Linear", tensor.Of(r.In[0][0].N, features("qkv")).String(), params("qkv"), "0", macs(r.MACs[0])}}
	at := 1
	var query []line
	for _, name := range []string{"pool_q", "pool_k", "pool_v"} {
		if features(name+".pool") == 0 {
			continue
		}
		term := r.MACs[at] // kernel, heads, features of a head, positions
		at++
		heads, head, film := term[3].N, term[4].N, term[5:]
		out, flat := tensor.Of(head), int64(1)
		for _, f := range film {
			out, flat = append(out, tensor.Dim{N: f.N}), flat*f.N
		}
		if heads > 1 {
			out = append(tensor.Of(heads), out...)
		}
		pool := []line{
			{"Conv3d", out.String(), params(name + ".pool"), "0", macs(term)},
			{"LayerNorm", tensor.Of(heads, flat+1, head).String(), params(name + ".norm_act"), "0", "0"},
		}
		if name == "pool_q" {
			query = pool // called after the others
			continue
		}
		lines = append(lines, pool...)
	}
	lines = append(lines, query...)
	return append(lines, line{"Linear", tensor.Of(r.Out[0].N, features("project.0")).String(), params("project"), "0", macs(r.MACs[last])})
}
