package trace

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
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

// apply calls a layer whose output has the shape that the reader gives it.
func (p *Program) apply(l *Layer, args []*Tensor, named map[string][]*Tensor) *Tensor {
	c := &Call{Layer: l, Args: args, Named: named}
	all := slices.Clone(args)
	for _, name := range []string{"query", "value", "key"} {
		all = append(all, named[name]...)
	}
	dims, err := p.shape(l, c)
	t := &Tensor{dtype: "float32"}
	if err != nil {
		p.note(p.problem(l, all, err))
	} else if dims != nil {
		t.dims, t.ranked = append([]int64{batchOf(all)}, dims...), true
	} else if mode, _ := l.Config["output_mode"].(string); l.Class == "TextVectorization" && (mode == "" || mode == "int") {
		length, ok := l.Config["output_sequence_length"].(int64)
		if !ok {
			length = unknown
		}
		t.dims, t.ranked = []int64{batchOf(all), length}, true
	}
	return p.record(l, args, named, t)
}

// problem says what is wrong with a call of a layer.
func (p *Program) problem(l *Layer, args []*Tensor, err error) *eval.Problem {
	shapes := make([]string, len(args))
	for i, t := range args {
		shapes[i] = shapeText(t.dims)
	}
	var say any = err.Error()
	if d, ok := err.(*diag.Diag); ok {
		say = d.Say
	}
	return &eval.Problem{At: p.in.Here(), Class: "ValueError", Trace: p.in.Trace(),
		Say: catalog.Say(catalog.TorchApplies, l.Class, strings.Join(shapes, ", "), say)}
}

// shape asks the reader, once for every layer and shape.
func (p *Program) shape(l *Layer, c *Call) ([]int64, error) {
	var b strings.Builder
	b.WriteString(l.Class)
	b.WriteString(l.JSON())
	c.inputs(func(t *Tensor) {
		if !t.ranked {
			b.WriteString("|?")
		} else {
			b.WriteString("|" + shapeText(t.dims))
		}
	})
	p.in.Charge(8)
	if s, ok := p.shapes[b.String()]; ok {
		return s.dims, s.err
	}
	dims, err := p.reader.Shape(l, c)
	p.shapes[b.String()] = shape{dims, err}
	return dims, err
}

// record makes tensors the outputs of a call, if it follows from an input, and returns
// the first.
func (p *Program) record(l *Layer, args []*Tensor, named map[string][]*Tensor, outs ...*Tensor) *Tensor {
	live := false
	c := &Call{Layer: l, Args: args, Named: named, Outs: outs, Scope: p.scope, At: p.in.Here(),
		within: p.within}
	c.inputs(func(t *Tensor) { live = live || t.live() })
	if !live {
		return outs[0]
	}
	c.inputs(func(t *Tensor) {
		if !t.live() {
			p.constant(t, outs[0])
		}
	})
	if l.of != nil {
		c.Name = p.nameOf(l.of)
	} else {
		c.Name = l.Name
	}
	p.add(c)
	return outs[0]
}

// add numbers a call and makes it the source of its outputs.
func (p *Program) add(c *Call) {
	p.in.Charge(12)
	c.number = len(p.tape)
	if p.made++; p.made > mostCalls {
		p.in.Forbid(catalog.ImportTooManyNodes, ">"+num.Of(mostCalls).Grouped(), num.Of(mostCalls).Grouped())
	}
	p.tape = append(p.tape, c)
	for i, t := range c.Outs {
		t.src, t.out = c, i
	}
	if c.Layer.first == nil {
		c.Layer.first = c
	}
	p.latest = c.Outs[0]
}

// constant makes a weight of the program, or a constant, a node of its own. A batch of
// one before the extents of a sample is none.
func (p *Program) constant(t *Tensor, like *Tensor) {
	dims := t.dims
	for like.ranked && len(dims) >= len(like.dims) && len(dims) > 1 && dims[0] == 1 {
		dims = dims[1:]
	}
	if !t.ranked {
		dims = nil
	}
	l := &Layer{Class: Constant, Name: "constant", Config: map[string]any{}, Learns: true, Ops: true}
	if w := t.weight; w != nil {
		l.Class, l.Name, l.Learns = Variable, w.Name, !w.Frozen
		if w.node != nil && slices.Equal(w.node.Outs[0].Shape(), dims) {
			t.src = w.node
			return
		}
		if w.node != nil || w.dense != nil { // once more, or with another shape
			l.Class, l.Name = Constant, w.Name
		}
	}
	l.Config["shape"] = shapeConfig(dims)[1:]
	c := &Call{Layer: l, Name: l.Name, Scope: p.scope, At: p.in.Here(), within: p.within}
	out := ranked(append([]int64{unknown}, dims...))
	c.Outs = []*Tensor{out}
	latest := p.latest
	p.add(c)
	p.latest = latest
	t.src = c
	if t.weight != nil && t.weight.node == nil {
		t.weight.node = c
	}
}

// mostCalls is how many calls a program may make: as many as a network may have layers.
const mostCalls = 20_000

// Variable is the class of a weight that the program makes itself, Constant of what it
// does not learn.
const (
	Variable = "paramstack>Variable"
	Constant = "paramstack>Constant"
)

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

// buildOwn runs the build method of a layer of the program, before its first call.
func (p *Program) buildOwn(o *eval.Object, a eval.Args) {
	build, owner := o.Class.Find("build")
	if owner == nil || owner.Builtin {
		return
	}
	if done, ok := o.Attrs.Get("built"); ok && done == eval.Value(true) {
		return
	}
	o.Attrs.Put("built", true)
	var shape eval.Value = &eval.Unknown{Name: "input_shape"}
	input := first(modelArgs(a).Pos)
	if all, ok := listItems(input); ok {
		l := eval.NewList()
		for _, v := range all {
			if t := p.tensorOf(v); t != nil {
				l.Items = append(l.Items, shapeValue(t.dims))
			}
		}
		shape = l
	} else if t := p.tensorOf(input); t != nil && t.ranked {
		dims := slices.Clone(t.dims)
		if len(dims) > 0 {
			dims[0] = unknown
		}
		shape = shapeValue(dims)
	}
	p.doing++
	leave := p.enter(o)
	p.in.Call(&eval.Method{Self: o, Fn: build}, eval.Positional(shape))
	leave()
	p.doing--
}

// callOwn runs a layer that the program defines. One that has weights itself and no
// layers becomes one layer; others become what they do.
func (p *Program) callOwn(o *eval.Object, l *Layer, call eval.Value, a eval.Args) eval.Value {
	mark := len(p.tape)
	args, named := p.arguments(a)
	if class := helper(o.Class.Name); class != "" && p.own && len(args) > 0 {
		return p.helped(o, l, class, args)
	}
	var out eval.Value
	p.doing++
	leave := p.enter(o)
	problem, err := p.in.Protect(func() { out = p.in.Call(&eval.Method{Self: o, Fn: call}, a) })
	leave()
	p.doing--
	p.rethrow(problem, err)
	if problem != nil {
		if p.root == o {
			p.failed = problem
			return nil
		}
		p.note(problem)
		if len(args) == 0 {
			return &eval.Unknown{Name: l.Class + "()"}
		}
		l.Custom, l.Hidden = true, true
		return p.record(l, args, named, &Tensor{dtype: "float32"})
	}
	if t, ok := out.(*Tensor); ok && len(l.Weights) > 0 && !o.Class.Is(modelClass) && t.live() && len(args) > 0 &&
		!slices.ContainsFunc(p.tape[mark:], learns) {
		l.Custom = true
		whole := *t
		whole.weight = nil
		out = p.record(l, args, named, &whole)
	}
	if l.result == nil {
		l.result, l.entered = out, args
	}
	return out
}

// learns reports whether a call is of a layer that may have weights.
func learns(c *Call) bool {
	if c.Layer.of == nil || c.Layer.Ops {
		return false
	}
	switch c.Layer.Class {
	case "Activation", "Dropout", "ReLU", "LeakyReLU", "Softmax", "Add", "Multiply", "Concatenate", "Flatten", "Reshape",
		"Permute", "Lambda", "Identity", "Subtract":
		return false
	}
	return true
}

// helper is the kind of a class that paramstack writes into the code of a network.
func helper(class string) string {
	switch class {
	case "Table", "LayerScale", "LocalResponseNorm":
		return "paramstack>" + class
	}
	return ""
}

// helped calls such a layer.
func (p *Program) helped(o *eval.Object, l *Layer, class string, args []*Tensor) eval.Value {
	if l.Class != class {
		l.Class, l.Custom, l.Weights = class, false, nil
		o.Attrs.Each(func(k, v eval.Value) {
			if name, ok := k.(string); ok {
				if x, ok := p.plain(l, name, v); ok {
					l.Config[name] = x
				}
			}
		})
	}
	return p.apply(l, args, nil)
}
