package trace

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

// tensorsIn lists the tensors of an argument: one, or lists of them.
func (p *Program) tensorsIn(v eval.Value, depth int) []*Tensor {
	if depth > 4 {
		return nil
	}
	switch x := v.(type) {
	case *Tensor:
		return []*Tensor{x}
	case *eval.Unknown:
		return []*Tensor{p.unknownTensor(x)}
	case *eval.List, *eval.Tuple:
		var all []*Tensor
		items := p.in.Items(x)
		p.in.Charge(int64(len(items)))
		for _, item := range items {
			all = append(all, p.tensorsIn(item, depth+1)...)
		}
		return all
	case *eval.Dict:
		var all []*Tensor
		x.Each(func(_, item eval.Value) { all = append(all, p.tensorsIn(item, depth+1)...) })
		return all
	}
	return nil
}

// arguments returns the tensors of a call.
func (p *Program) arguments(a eval.Args) (args []*Tensor, named map[string][]*Tensor) {
	for _, v := range a.Pos {
		args = append(args, p.tensorsIn(v, 0)...)
	}
	for i, name := range a.Names {
		switch name {
		case "mask", "training", "attention_mask":
			continue
		}
		if _, unknown := a.Named[i].(*eval.Unknown); unknown {
			continue
		}
		if all := p.tensorsIn(a.Named[i], 0); len(all) > 0 {
			if name == "inputs" || name == "x" {
				args = append(args, all...)
				continue
			}
			if named == nil {
				named = map[string][]*Tensor{}
			}
			named[name] = all
		}
	}
	return args, named
}

// callLeaf calls a layer of keras.layers.
func (p *Program) callLeaf(o *eval.Object, a eval.Args) eval.Value {
	l := p.layerOf(o)
	function, _ := o.Attrs.Get("function")
	if activation, ok := o.Attrs.Get("activation"); ok && l.Class == "Activation" {
		function = activation
	}
	switch f := function.(type) {
	case *eval.Function, *eval.Method:
		if l.Class == "Lambda" || l.Class == "Activation" {
			return p.lambda(o, f, a)
		}
	case *eval.Builtin:
		if l.Class == "Lambda" {
			return p.lambda(o, f, a)
		}
	}
	args, named := p.arguments(a)
	if len(args) == 0 && len(named) == 0 {
		p.in.Raise(eval.TypeError, catalog.TorchNoTensor, p.in.TypeOf(first(a.Pos)).Name)
	}
	free := p.freed(l, args)
	out := p.apply(l, args, named)
	out.free = free
	if activation, ok := o.Attrs.Get("activation"); ok {
		switch f := activation.(type) {
		case *eval.Function, *eval.Method: // of the program
			return p.in.Call(f, eval.Positional(out))
		}
	}
	return p.withStates(l, out)
}

// freed makes what follows from no input a node of its own, where a layer learns
// something of it: positions. It has no batch then.
func (p *Program) freed(l *Layer, args []*Tensor) bool {
	if l.Class != "Embedding" || p.latest == nil {
		return false
	}
	for i, t := range args {
		if t.live() || !t.ranked {
			return false
		}
		dims := t.dims
		if len(dims) == 2 && dims[0] == 1 {
			dims = dims[1:]
		}
		c := ranked(slices.Clone(dims))
		p.constant(c, &Tensor{})
		args[i] = c.src.Outs[0]
	}
	return true
}

// lambda runs the function of a Lambda layer; if it cannot, the layer is opaque.
func (p *Program) lambda(o *eval.Object, f eval.Value, a eval.Args) eval.Value {
	if more, ok := o.Attrs.Get("arguments"); ok {
		if d, ok := more.(*eval.Dict); ok {
			d.Each(func(k, v eval.Value) {
				if name, ok := k.(string); ok {
					a.Names, a.Named = append(a.Names, name), append(a.Named, v)
				}
			})
		}
	}
	if len(a.Pos) > 1 {
		a.Pos = a.Pos[:1]
	}
	a.Names, a.Named = slices.Clone(a.Names), slices.Clone(a.Named)
	for i := len(a.Names) - 1; i >= 0; i-- {
		if a.Names[i] == "training" || a.Names[i] == "mask" {
			a.Names, a.Named = slices.Delete(a.Names, i, i+1), slices.Delete(a.Named, i, i+1)
		}
	}
	var out eval.Value
	p.doing++
	leave := p.enter(o)
	problem, err := p.in.Protect(func() { out = p.in.Call(f, a) })
	leave()
	p.doing--
	p.rethrow(problem, err)
	args, named := p.arguments(a)
	if problem == nil {
		if t, ok := out.(*Tensor); ok {
			if slices.Contains(args, t) { // it passes on
				same := &Layer{Class: "Identity", Name: p.nameOf(o), Config: map[string]any{}, Learns: true, of: o}
				return p.apply(same, args[:1], nil)
			}
			return out
		}
		if _, ok := listItems(out); ok {
			return out
		}
	}
	l := p.layerOf(o)
	t := &Tensor{dtype: "float32"}
	if shape, ok := o.Attrs.Get("output_shape"); ok {
		if dims, ok := extents(p.in, shape); ok {
			t.dims, t.ranked = append([]int64{batchOf(args)}, dims...), true
		}
	}
	return p.record(l, args, named, t)
}

// rethrow lets limits pass that Protect has held.
func (p *Program) rethrow(problem *eval.Problem, err error) {
	if err != nil {
		p.in.Forbid(catalog.PythonMemory)
	}
	if problem != nil && problem.Class == "" {
		p.in.Forbid(problem.Say.Key, problem.Say.Args...)
	}
}

func batchOf(args []*Tensor) int64 {
	for _, t := range args {
		if t.ranked && len(t.dims) > 0 && t.weight == nil {
			return t.dims[0]
		}
	}
	return unknown
}

// withStates returns what a call of a layer returns: a list, if it has several outputs.
func (p *Program) withStates(l *Layer, out *Tensor) eval.Value {
	more := func(n int, dims []int64) eval.Value {
		all := eval.NewList(out)
		for range n {
			t := ranked(dims)
			if c := out.src; c != nil {
				t.src, t.out = c, len(c.Outs)
				c.Outs = append(c.Outs, t)
			}
			all.Items = append(all.Items, t)
		}
		return all
	}
	if states, _ := l.Config["return_state"].(bool); states && out.ranked {
		n := 1
		if strings.Contains(l.Class, "LSTM") {
			n = 2
		}
		units, _ := l.Config["units"].(int64)
		return more(n, []int64{out.dims[0], units})
	}
	if inner, ok := l.Config["layer"].(map[string]any); ok && l.Class == "Bidirectional" {
		config, _ := inner["config"].(map[string]any)
		if states, _ := config["return_state"].(bool); states && out.ranked {
			units, _ := config["units"].(int64)
			n := 2
			if inner["class_name"] == "LSTM" {
				n = 4
			}
			return more(n, []int64{out.dims[0], units})
		}
	}
	return out
}

// callLayer calls any layer: it is built by its own method, and then runs.
func (p *Program) callLayer(o *eval.Object, a eval.Args) eval.Value {
	l := p.layerOf(o)
	isModel := o.Class.Is(modelClass)
	if p.doing == 0 && isModel {
		args := modelArgs(a)
		if u, ok := first(args.Pos).(*eval.Unknown); ok {
			p.hints = append(p.hints, hint{model: o})
			return &eval.Unknown{Name: u.Name}
		}
		if p.called(o, a); p.eager(o, args) {
			return &eval.Unknown{Name: o.Class.Name + "()"}
		}
	}
	if len(a.Pos) == 0 && len(a.Named) == 0 && !isModel {
		p.in.Raise(eval.TypeError, catalog.PythonMissing, l.Class, "inputs")
	}
	call, owner := o.Class.Find("call")
	if own, ok := o.Attrs.Get("call"); ok {
		return p.in.Call(own, a)
	}
	p.buildOwn(o, a)
	if owner != nil && owner.Builtin {
		return p.in.Call(&eval.Method{Self: o, Fn: call}, a)
	}
	if m, ok := o.Native.(*model); ok && m.made != nil && owner == nil {
		return p.callModel(o, m, a)
	}
	if call == nil || owner == layerClass {
		p.in.Raise(eval.NotImplementedErr, catalog.KerasNoCall, o.Class.Name)
	}
	return p.callOwn(o, l, call, a)
}

// eager reports whether a model of the program is called on data: what comes of it
// does not matter here.
func (p *Program) eager(o *eval.Object, a eval.Args) bool {
	all, ok := p.argumentsOnce(a)
	m := p.modelOf(o)
	return ok && m.made == nil && !slices.ContainsFunc(all, (*Tensor).live)
}

func modelArgs(a eval.Args) eval.Args {
	if len(a.Pos) == 0 && len(a.Named) > 0 {
		a.Pos = a.Named[:1]
	}
	return a
}
