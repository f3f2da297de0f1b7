package trace

import (
	"slices"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/pysource/choose"
	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/vocab"
)

// A feed is what a network is called with: inputs, which are among the arguments of a
// call of the program's, or are all there is.
type feed struct {
	inputs []*Tensor
	args   *eval.Args
}

// of returns the arguments with other tensors for its inputs.
func (f feed) of(in *eval.Interp, inputs []*Tensor) eval.Args {
	next := func(*Tensor) eval.Value {
		t := inputs[0]
		inputs = inputs[1:]
		return t
	}
	if f.args != nil {
		nested := len(tensorsOf(in, *f.args, false)) == 0
		return replaced(in, *f.args, nested, next)
	}
	args := make([]eval.Value, len(inputs))
	for i, t := range inputs {
		args[i] = t
	}
	return eval.Positional(args...)
}

// inputs returns the inputs to try, the likeliest first.
func (p *Program) inputs(root *eval.Object, o Options, n *Network) []feed {
	var tries []feed
	if o.Input != nil {
		tries = append(tries, feed{inputs: p.filled(root, sampled(o.Input, p.indices(root)))})
		return tries
	}
	for i := len(p.calls) - 1; i >= 0; i-- {
		c := p.calls[i]
		if c.module != root && c.module.Class != root.Class {
			continue
		}
		inputs := make([]*Tensor, len(c.inputs))
		for k, t := range c.inputs {
			x := *t
			x.node, x.pending, x.store, x.batch, x.lead = "", nil, nil, -1, 1
			if len(x.dims) > 1 { // a list of indices is one sample
				x.batch = 0
			}
			inputs[k] = &x
		}
		if c.stated {
			// torchsummary states one sample, torchinfo the batch before it.
			first := p.firstLeaf(root)
			if first != nil && first.dims > 0 && len(inputs[0].dims) == first.dims+1 {
				for k, t := range inputs {
					inputs[k] = sampled(t.dims, t.dtype)
				}
			}
			if first != nil && first.layer.Kind().Group == layer.GroupTable {
				inputs[0].dtype = "int64"
			}
		}
		// One sample is hard to distinguish from a dimension of size 1: two are tried first.
		if two := doubled(inputs); two != nil {
			tries = append(tries, feed{two, c.args})
		}
		return append(tries, feed{inputs, c.args})
	}
	n.Inferred = true
	samples := p.inferred(root)
	for _, sample := range samples {
		tries = append(tries, feed{inputs: p.filled(root, sampled(sample, p.indices(root)))})
	}
	// A forward function may take one sample without a batch.
	alone := sampled(samples[0], p.indices(root))
	alone.dims, alone.batch = alone.dims[1:], -1
	return append(tries, feed{inputs: p.filled(root, alone)})
}

// doubled returns inputs of one sample with two.
func doubled(inputs []*Tensor) []*Tensor {
	all := make([]*Tensor, len(inputs))
	for i, t := range inputs {
		c := *t
		all[i] = &c
		if len(t.dims) == 0 || t.dims[0] != 1 {
			return nil
		}
		c.dims = append([]int64{2}, t.dims[1:]...)
	}
	return all
}

// sampled returns a batch of two of a sample.
func sampled(sample []int64, dtype string) *Tensor {
	t := &Tensor{dims: append([]int64{2}, sample...), batch: 0, lead: 1, dtype: dtype}
	return t
}

func (p *Program) indices(root *eval.Object) string {
	if l := p.firstLeaf(root); l != nil && l.layer.Kind().Group == layer.GroupTable {
		return "int64"
	}
	return "float32"
}

// filled gives a forward function as many inputs as it must have.
func (p *Program) filled(root *eval.Object, x *Tensor) []*Tensor {
	all := []*Tensor{x}
	f, _ := root.Class.Find("forward")
	fn, ok := f.(*eval.Function)
	if !ok {
		return all
	}
	names := choose.Needs(fn, true)
	for _, name := range names[min(1, len(names)):] {
		c := *x
		switch strings.ToLower(name) {
		case "t", "time", "times", "timestep", "timesteps", "noise_level", "sigma", "temb": // one number for each sample
			c.dims, c.dtype = c.dims[:1], "float32"
		}
		all = append(all, &c)
	}
	return all
}

// firstLeaf returns the first layer that states its input.
func (p *Program) firstLeaf(root *eval.Object) *leaf {
	var found *leaf
	walk(root, "", func(_ string, o *eval.Object) {
		l, ok := o.Native.(*leaf)
		if !ok || l.in <= 0 && l.layer.Kind().Group != layer.GroupTable {
			return
		}
		// A table of words comes first, wherever the constructor makes it; an image's
		// convolution comes before tables of positions.
		table := l.layer.Kind().Group == layer.GroupTable
		if found == nil || table && found.layer.Kind().Group != layer.GroupTable && found.dims <= 0 {
			found = l
		}
	})
	return found
}

// inferred returns samples that the first layer could take, the usual sizes first.
func (p *Program) inferred(root *eval.Object) [][]int64 {
	l := p.firstLeaf(root)
	switch {
	case l == nil:
		return [][]int64{{3, 224, 224}}
	case l.layer.Kind().Group == layer.GroupTable:
		return [][]int64{{64}, {16}, {128}, {256}, {512}, {1024}, {2048}, {77}, {50}, {100}}
	case l.dims > 0 && l.row.In == vocab.First && l.in <= num.MaxExtent:
		var all [][]int64
		for _, size := range UsualSizes(l.dims, l.in) {
			all = append(all, append([]int64{l.in}, size...))
		}
		return all
	case l.layer.Kind().Group == layer.GroupRecurrent && !l.cell(), l.layer.Kind().Group == layer.GroupAttention:
		return [][]int64{{32, l.in}}
	}
	all := [][]int64{{l.in}}
	if side := root2(l.in); side > 0 {
		all = append(all, []int64{1, side, side})
	}
	if side := root2(l.in / 3); side > 0 && l.in%3 == 0 {
		all = append(all, []int64{3, side, side})
	}
	return append(all, []int64{32, l.in}, []int64{3, 224, 224})
}

// root2 returns the square root of a square, 0 of any other number.
func root2(n int64) int64 {
	for s := int64(1); s*s <= n && s < 5000; s++ {
		if s*s == n {
			return s
		}
	}
	return 0
}

// UsualSizes lists sizes of inputs that people train with: the usual one first, then
// those that a dense layer behind a flatten may need.
func UsualSizes(dims int, channels int64) (all [][]int64) {
	usual := []int64{224, 32, 64, 28, 96, 128, 227, 256, 299, 48, 84, 112, 512, 16, 40, 80, 100, 120, 150, 160, 192,
		200, 240, 300,
		320, 384, 416, 448, 518, 520, 572, 640}
	switch {
	case dims == 1:
		usual = []int64{128, 100, 256, 784, 1000, 1024, 64, 32, 50, 187, 200, 300, 500, 512, 2048, 4096, 16000}
	case dims == 3:
		all = [][]int64{{16, 112, 112}, {8, 112, 112}, {16, 224, 224}, {32, 224, 224}}
		usual = []int64{32, 64, 128, 28, 16}
	case channels == 1:
		usual = append([]int64{28}, usual...)
	case channels > 4:
		usual = append([]int64{32}, usual...)
	}
	for _, n := range usual {
		all = append(all, slices.Repeat([]int64{n}, dims))
	}
	return all
}
