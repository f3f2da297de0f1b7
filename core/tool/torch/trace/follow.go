package trace

import (
	"fmt"
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/pysource/choose"
	"paramstack/core/tool/pysource/eval"
)

// Networks returns the networks that the program makes, or of those that it defines
// the one that can be made; the expression of the options, if there is one. The
// problem says why there is none.
func (p *Program) Networks(o Options) ([]*Network, *eval.Problem, error) {
	w := choose.Walk[Network]{In: p.in, Scope: p.names(), Root: isModule, Made: p.candidates,
		Loose:  func() *Network { return nil },
		Empty:  func(root *eval.Object) bool { return !counts(root) },
		Follow: func(root *eval.Object) (*Network, error) { return p.follow(root, o) },
		Shows:  func(*Network) bool { return true },
		Note:   func(n *Network, expression string, assumed bool) { n.Made, n.Assumed = expression, assumed }}
	return w.Networks(o.Expression, p.main, p.Choices())
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
	for _, feed := range p.inputs(root, o, n) {
		inputs := feed.inputs
		problem, err := p.attempt(root, feed, n)
		if err != nil {
			return nil, err
		}
		if p.sequenceFirst { // its first dimension is the sequence
			turned := feed
			turned.inputs = make([]*Tensor, len(inputs))
			for i, t := range inputs {
				turned.inputs[i] = t
				if len(t.dims) >= 2 {
					c := *t
					c.batch = 1
					turned.inputs[i] = &c
				}
			}
			again, err := p.attempt(root, turned, n)
			if err != nil {
				return nil, err
			}
			if again == nil {
				n.Problem = nil
				return n, nil
			}
			if problem, err = p.attempt(root, feed, n); err != nil {
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
func (p *Program) attempt(root *eval.Object, f feed, n *Network) (*eval.Problem, error) {
	in, inputs := p.in, f.inputs
	in.Restart()
	b := graph.NewBuilder()
	r := &recorder{b: &b, paths: map[*eval.Object]string{}, owners: map[*storage]string{},
		nodes: map[*eval.Object]string{},
		lines: map[string]eval.Place{}, opaque: map[string]bool{}, strange: map[string]bool{}}
	walk(root, "", func(path string, o *eval.Object) { r.paths[o] = path })
	tensors(root, func(path string, t *Tensor) {
		s := t.store
		s.path, s.used, s.node = path, false, ""
	})
	p.rec, p.misfit, p.sequenceFirst = r, misfit{}, false
	defer func() { p.rec = nil }()
	n.Input = nil
	r.samples = inputs[0].samples()
	args := make([]*Tensor, len(inputs))
	for i, t := range inputs {
		x := *t
		x.data, x.store, x.lead = nil, nil, 1
		sample := x.sample()
		if len(sample) == 0 { // one number for each sample
			sample = []int64{1}
		}
		l, err := layer.InputKind.With(func(l *layer.Input) { l.Shape = layer.ExtentsOf(sample...) })
		if err != nil {
			return &eval.Problem{Say: catalog.Say(catalog.TorchInput, shapeText(x.sample()))}, nil
		}
		name := "input"
		if i > 0 {
			name = fmt.Sprintf("input%d", i+1)
		}
		x.node, _ = b.Add(graph.Node{Name: name, Layer: l})
		n.Input = append(n.Input, sample)
		args[i] = &x
	}
	var out eval.Value
	problem, err := in.Protect(func() { out = in.Call(root, f.of(in, args)) })
	if err != nil || problem != nil {
		return problem, err
	}
	problem, err = in.Protect(func() { p.finish(root, out, n) })
	n.Builder, n.Lines, n.Opaque, n.Strange = &b, r.lines, r.opaque, r.strange
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
