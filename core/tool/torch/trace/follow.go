package trace

import (
	"fmt"
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/pysource/syntax"
	"paramstack/core/tool/vocab"
)

// Networks returns the networks that the program makes, or of those that it defines
// the one that can be made; the expression of the options, if there is one. The
// problem says why there is none.
func (p *Program) Networks(o Options) ([]*Network, *eval.Problem, error) {
	if o.Expression != "" {
		v, problem, err := p.in.Eval(p.names(), o.Expression)
		if err != nil || problem != nil {
			return nil, problem, err
		}
		root := isModule(v)
		if root == nil {
			return nil, nil, nil
		}
		n, err := p.follow(root, o)
		if n != nil {
			n.Made = o.Expression
		}
		return []*Network{n}, nil, err
	}
	var all []*Network
	for _, root := range p.candidates() {
		n, err := p.follow(root, o)
		if err != nil {
			return nil, nil, err
		}
		const most = 6
		if all = append(all, n); len(all) == most {
			break
		}
	}
	if len(all) > 0 {
		return all, nil, nil
	}
	var first *eval.Problem
	expressions, guessed := p.expressions()
	for i, e := range expressions {
		if i == 20 {
			break
		}
		p.in.Restart()
		v, problem, err := p.in.Eval(p.names(), e)
		if err != nil {
			return nil, nil, err
		}
		root := isModule(v)
		if root == nil || !counts(root) {
			if first == nil {
				first = problem
			}
			continue
		}
		n, err := p.follow(root, o)
		if err != nil {
			return nil, nil, err
		}
		n.Made, n.Assumed = e, guessed[e]
		return []*Network{n}, nil, nil
	}
	return nil, first, nil
}

// names are those of all files that ran, of the opened one first.
func (p *Program) names() *eval.Module {
	all := eval.NewModule("__main__")
	for _, m := range p.main {
		m.Attrs.Each(func(k, v eval.Value) {
			if _, has := all.Attrs.Get(k); !has {
				all.Attrs.Put(k, v)
			}
		})
	}
	return all
}

// follow runs the forward pass of a network and records it.
func (p *Program) follow(root *eval.Object, o Options) (*Network, error) {
	n := &Network{Name: root.Class.Name, Root: root}
	var last *eval.Problem
	for _, inputs := range p.inputs(root, o, n) {
		problem, err := p.attempt(root, inputs, n)
		if err != nil {
			return nil, err
		}
		if p.sequenceFirst && problem == nil { // its first dimension is the sequence
			turned := make([]*Tensor, len(inputs))
			for i, t := range inputs {
				turned[i] = t
				if len(t.dims) >= 2 {
					c := *t
					c.batch = 1
					turned[i] = &c
				}
			}
			if again, err := p.attempt(root, turned, n); err != nil || again == nil {
				return n, err
			}
			if problem, err = p.attempt(root, inputs, n); err != nil {
				return nil, err
			}
		}
		if problem == nil {
			n.Problem = nil
			return n, nil
		}
		if last == nil || n.Inferred && p.misfit.dense {
			last = problem
		}
		if n.Problem == nil {
			n.Problem = problem
		}
		if n.Inferred && p.misfit == (misfit{}) && inputs[0].batch >= 0 && len(inputs[0].dims) != 2 {
			break // another size does not help
		}
	}
	n.Builder = nil
	return n, nil
}

// attempt runs the forward pass on inputs.
func (p *Program) attempt(root *eval.Object, inputs []*Tensor, n *Network) (*eval.Problem, error) {
	in := p.in
	in.Restart()
	b := graph.NewBuilder()
	r := &recorder{b: &b, paths: map[*eval.Object]string{}, owners: map[*storage]string{},
		nodes: map[*eval.Object]string{},
		lines: map[string]eval.Place{}, opaque: map[string]bool{}}
	walk(root, "", func(path string, o *eval.Object) { r.paths[o] = path })
	tensors(root, func(path string, t *Tensor) {
		s := t.store
		s.path, s.used, s.node = path, false, ""
	})
	p.rec, p.misfit, p.sequenceFirst = r, misfit{}, false
	defer func() { p.rec = nil }()
	n.Input = nil
	r.samples = inputs[0].samples()
	args := make([]eval.Value, len(inputs))
	for i, t := range inputs {
		x := *t
		x.data, x.store, x.lead = nil, nil, 1
		l, err := layer.InputKind.With(func(l *layer.Input) { l.Shape = layer.ExtentsOf(x.sample()...) })
		if err != nil {
			return &eval.Problem{Say: catalog.Say(catalog.TorchInput, shapeText(x.sample()))}, nil
		}
		name := "input"
		if i > 0 {
			name = fmt.Sprintf("input%d", i+1)
		}
		x.node, _ = b.Add(graph.Node{Name: name, Layer: l})
		n.Input = append(n.Input, x.sample())
		args[i] = &x
	}
	var out eval.Value
	problem, err := in.Protect(func() { out = in.Call(root, eval.Positional(args...)) })
	if err != nil || problem != nil {
		return problem, err
	}
	problem, err = in.Protect(func() { p.finish(root, out, n) })
	n.Builder, n.Lines, n.Opaque = &b, r.lines, r.opaque
	return problem, err
}

// finish makes the outputs of a pass those of the graph, and adds what was not used.
func (p *Program) finish(root *eval.Object, out eval.Value, n *Network) {
	r := p.rec
	var outs []string
	var collect func(v eval.Value, depth int)
	collect = func(v eval.Value, depth int) {
		const most = 50
		if depth > 6 || len(outs) >= most {
			return
		}
		switch x := v.(type) {
		case *Tensor:
			if x.node != "" && !slices.Contains(outs, x.node) {
				outs = append(outs, x.node)
			}
		case *eval.List, *eval.Tuple:
			for _, item := range p.in.Items(x) {
				collect(item, depth+1)
			}
		case *eval.Dict:
			x.Each(func(_, item eval.Value) { collect(item, depth+1) })
		case *eval.Object:
			if d, ok := x.Native.(*eval.Dict); ok {
				collect(d, depth+1)
			} else if isModule(x) == nil {
				collect(x.Attrs, depth+1)
			}
		}
	}
	collect(out, 0)
	if len(outs) == 0 {
		p.in.Raise(eval.RuntimeError, catalog.TorchNoOutput)
	}
	used := map[string]bool{}
	for _, node := range r.b.Graph.Nodes {
		for _, in := range node.Inputs {
			used[in] = true
		}
	}
	main := outs[0]
	heads := slices.DeleteFunc(outs[1:], func(name string) bool { return used[name] })
	paths := append([]string{main}, heads...)
	shape := r.b.Shapes[main]
	for _, rest := range p.unused(root) {
		n.Unused = append(n.Unused, rest.name)
		u := graph.Unknown{Type: rest.class, Out: shape, Weights: rest.weights, Buffers: rest.buffers, Complete: true}
		node, err := r.b.Add(graph.Node{Name: rest.name, Layer: u.Layer(), Inputs: []string{main}, Keep: true,
			Frozen: rest.frozen})
		if err == nil {
			r.b.Shapes[node] = shape
			paths = append(paths, node)
		}
	}
	if len(paths) > graph.MaxInputs {
		paths = paths[:graph.MaxInputs]
	}
	if r.b.Graph.Out = main; len(paths) > 1 {
		node, err := r.b.Add(graph.Node{Name: "outputs", Layer: layer.SideKind.New(), Inputs: paths})
		if err == nil {
			r.b.Graph.Out = node
		}
	}
}

// A remainder is a module whose parameters the forward pass did not use.
type remainder struct {
	name, class      string
	weights, buffers []tensor.Shape
	frozen           bool
}

func (p *Program) unused(root *eval.Object) []remainder {
	var all []remainder
	seen := map[*storage]bool{}
	walk(root, "", func(path string, o *eval.Object) {
		rest := remainder{name: path, class: o.Class.Name, frozen: true}
		if rest.name == "" {
			rest.name = "parameters"
		}
		for _, c := range parts(o) {
			if c.tensor == nil || c.tensor.store.used || c.tensor.store.counter || seen[c.tensor.store] {
				continue
			}
			s := c.tensor.store
			seen[s] = true
			shape := tensor.Of(s.dims...)
			if s.learned {
				rest.weights = append(rest.weights, shape)
				rest.frozen = rest.frozen && s.frozen
			} else {
				rest.buffers = append(rest.buffers, shape)
				rest.frozen = rest.frozen && len(rest.weights) == 0
			}
		}
		if rest.frozen && len(rest.weights) == 0 {
			rest.frozen = false
		}
		if len(rest.weights)+len(rest.buffers) > 0 {
			all = append(all, rest)
		}
	})
	return all
}

// inputs returns the inputs to try, the likeliest first.
func (p *Program) inputs(root *eval.Object, o Options, n *Network) [][]*Tensor {
	var tries [][]*Tensor
	if o.Input != nil {
		tries = append(tries, p.filled(root, sampled(o.Input, p.indices(root))))
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
			tries = append(tries, two)
		}
		tries = append(tries, inputs)
		return tries
	}
	n.Inferred = true
	samples := p.inferred(root)
	for _, sample := range samples {
		tries = append(tries, p.filled(root, sampled(sample, p.indices(root))))
	}
	// A forward function may take one sample without a batch.
	alone := sampled(samples[0], p.indices(root))
	alone.dims, alone.batch = alone.dims[1:], -1
	return append(tries, p.filled(root, alone))
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
	for _, q := range needs(fn, true)[min(1, len(needs(fn, true))):] {
		_ = q
		c := *x
		all = append(all, &c)
	}
	_ = syntax.Normal
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
