package trace

import (
	"maps"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/num"
	"paramstack/core/tool/pysource/eval"
)

// A model is a Sequential, a functional model, or one whose call the program defines.
type model struct {
	Layer
	made  *net // of a functional model; of a Sequential once its input is known
	items []eval.Value
	input *Tensor // of a Sequential
	built []int64 // the input that build() states, with the batch
}

// Copy implements eval.Copier.
func (m *model) Copy(_ *eval.Interp, inner func(eval.Value) eval.Value) eval.Value {
	c := *m
	c.first, c.of, c.Config = nil, nil, maps.Clone(m.Config)
	if len(m.items) > 0 {
		c.made, c.items = nil, nil
		for _, item := range m.items {
			c.items = append(c.items, inner(item))
		}
	}
	return &c
}

// A net is what leads from inputs to outputs.
type net struct {
	inputs, outputs []*Tensor
	result          eval.Value // the outputs as they were given
}

func (p *Program) modelOf(v eval.Value) *model {
	p.layerOf(v)
	if o, ok := v.(*eval.Object); ok {
		if m, ok := o.Native.(*model); ok {
			return m
		}
	}
	return nil
}

// asInput makes a tensor an input.
func (p *Program) asInput(dims []int64, name string) *Tensor {
	l := &Layer{Class: "InputLayer", Name: name, Config: map[string]any{"batch_input_shape": shapeConfig(dims[1:])},
		Learns: true, At: p.in.Here()}
	if l.Name == "" {
		l.Name = p.ownName("input_layer")
	}
	o := eval.NewObject(p.leafClass("InputLayer"))
	o.Native, l.of, l.given = l, o, true
	t := ranked(slices.Clone(dims))
	p.add(&Call{Layer: l, Name: l.Name, At: l.At, Outs: []*Tensor{t}})
	return t
}

// inputLayer completes an InputLayer, whose shape is with or without the batch.
func (p *Program) inputLayer(o *eval.Object, l *Layer) {
	if shape, ok := l.Config["shape"].([]any); ok {
		l.Config["batch_input_shape"] = append([]any{nil}, shape...)
		delete(l.Config, "shape")
	}
	dims, ok := l.entry()
	if !ok {
		return
	}
	if l.Name == "" {
		l.Name = p.ownName("input_layer")
	}
	p.add(&Call{Layer: l, Name: l.Name, At: l.At, Outs: []*Tensor{ranked(dims)}})
}

// inputFunction is keras.Input.
var inputFunction = eval.NewBuiltin("Input", "shape? batch_size? name? dtype? sparse? batch_shape? tensor? *rest **more",
	func(in *eval.Interp, v []eval.Value) eval.Value {
		p := programOf(in)
		if t, ok := v[6].(*Tensor); ok {
			return p.asInput(t.dims, "")
		}
		dims := []int64{unknown}
		if !eval.IsNone(v[5]) {
			if all, ok := extents(in, v[5]); ok && len(all) > 0 {
				dims = all
			}
		} else if more, ok := extents(in, v[0]); ok {
			dims = append(dims, more...)
		} else if d, isDict := v[8].(*eval.Dict); isDict {
			if b, ok := d.Get("batch_input_shape"); ok {
				if all, ok := extents(in, b); ok && len(all) > 0 {
					dims = all
				}
			}
		} else if _, unknown := v[0].(*eval.Unknown); !unknown && !eval.IsNone(v[0]) {
			in.Raise(eval.TypeError, catalog.KerasShape, in.Repr(v[0]))
		}
		name, _ := v[2].(string)
		t := p.asInput(dims, name)
		if s, ok := v[3].(string); ok {
			t.dtype = s
		}
		return t
	})

// flat lists the tensors of a result, and those of lists and dictionaries in it.
func (p *Program) flat(v eval.Value) []*Tensor {
	switch x := v.(type) {
	case *eval.Object:
		if d, ok := x.Native.(*eval.Dict); ok {
			return p.tensorsIn(d, 0)
		}
	case *eval.List:
		if len(x.Items) == 1 {
			v = x.Items[0]
		}
	}
	if l := p.layerOf(v); l != nil && l.Class == "InputLayer" && l.first != nil {
		return l.first.Outs
	}
	return p.tensorsIn(v, 0)
}

// functional makes a model of what leads from inputs to outputs.
func (p *Program) functional(o *eval.Object, inputs, outputs eval.Value) {
	m := p.modelOf(o)
	n := &net{inputs: p.flat(inputs), outputs: p.flat(outputs), result: outputs}
	if len(n.inputs) == 0 || len(n.outputs) == 0 {
		p.in.Raise(eval.ValueError, catalog.KerasNoOutput)
	}
	m.made, m.Custom = n, false
}

// between lists the calls that lead from some tensors to others, in the order in
// which they were made.
func between(n *net) []*Call {
	stop := map[*Tensor]bool{}
	for _, t := range n.inputs {
		stop[t] = true
	}
	seen := map[*Call]bool{}
	var all []*Call
	todo := slices.Clone(n.outputs)
	for len(todo) > 0 {
		t := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if stop[t] || t.src == nil || seen[t.src] {
			continue
		}
		seen[t.src] = true
		all = append(all, t.src)
		t.src.inputs(func(t *Tensor) { todo = append(todo, t) })
	}
	slices.SortFunc(all, func(a, b *Call) int { return a.number - b.number })
	return all
}

// replayed makes the calls of a model once more, on other inputs.
func (p *Program) replayed(o *eval.Object, n *net, inputs []*Tensor) eval.Value {
	if len(inputs) != len(n.inputs) {
		p.in.Raise(eval.ValueError, catalog.KerasInputs, p.layerOf(o).Name, len(n.inputs), len(inputs))
	}
	now := map[*Tensor]*Tensor{}
	for i, t := range n.inputs {
		now[t] = inputs[i]
	}
	leave := p.enter(o)
	defer leave()
	scope, within := p.scope, p.within
	defer func() { p.scope, p.within = scope, within }()
	of := func(t *Tensor) *Tensor {
		if other := now[t]; other != nil {
			return other
		}
		return t
	}
	for _, c := range between(n) {
		if len(c.Args)+len(c.Named) == 0 { // an input of another model, a weight
			continue
		}
		again := &Call{Layer: c.Layer, Name: c.Name, At: c.At, within: slices.Concat(within, c.within), Scope: scope}
		if c.Scope != "" {
			again.Scope = strings.Trim(scope+"."+c.Scope, ".")
		}
		same, live := true, false
		pass := func(all []*Tensor) []*Tensor {
			moved := make([]*Tensor, len(all))
			for i, t := range all {
				moved[i] = of(t)
				same = same && moved[i].ranked == t.ranked && slices.Equal(moved[i].Shape(), t.Shape())
				live = live || moved[i].live()
			}
			return moved
		}
		again.Args = pass(c.Args)
		for name, all := range c.Named {
			if again.Named == nil {
				again.Named = map[string][]*Tensor{}
			}
			again.Named[name] = pass(all)
		}
		for i, t := range c.Outs {
			out := *t
			out.src = nil
			if batch := batchOf(again.Args); out.ranked && len(out.dims) > 0 {
				out.dims = slices.Clone(out.dims)
				out.dims[0] = batch
			}
			if !same {
				out.ranked, out.dims = false, nil
				if i == 0 && !c.Layer.Ops {
					if dims, err := p.shape(c.Layer, again); err != nil {
						p.note(p.problem(c.Layer, again.Args, err))
					} else if dims != nil {
						out.ranked, out.dims = true, append([]int64{batchOf(again.Args)}, dims...)
					}
				}
			}
			now[t] = &out
			again.Outs = append(again.Outs, &out)
		}
		p.in.Charge(16)
		if live {
			p.add(again)
		}
	}
	var result func(v eval.Value) eval.Value
	result = func(v eval.Value) eval.Value {
		switch x := v.(type) {
		case *Tensor:
			return of(x)
		case *eval.List, *eval.Tuple:
			l := eval.NewList()
			for _, item := range p.in.Items(x) {
				l.Items = append(l.Items, result(item))
			}
			if len(l.Items) == 1 {
				return l.Items[0]
			}
			return l
		case *eval.Dict:
			d := eval.NewDict()
			x.Each(func(k, item eval.Value) { d.Put(k, result(item)) })
			return d
		}
		return v
	}
	return result(n.result)
}

// callModel calls a functional model or a Sequential.
func (p *Program) callModel(o *eval.Object, m *model, a eval.Args) eval.Value {
	args, named := p.arguments(a)
	for _, name := range []string{"inputs", "x"} {
		args = append(args, named[name]...)
	}
	if m.made != nil && len(m.items) == 0 {
		return p.replayed(o, m.made, args)
	}
	if len(args) == 0 {
		p.in.Raise(eval.TypeError, catalog.TorchNoTensor, p.in.TypeOf(first(a.Pos)).Name)
	}
	leave := p.enter(o)
	defer leave()
	return p.chained(m, args)
}

// chained calls the layers of a Sequential one after another.
func (p *Program) chained(m *model, args []*Tensor) eval.Value {
	var x eval.Value = args[0]
	if len(args) > 1 {
		l := eval.NewList()
		for _, t := range args {
			l.Items = append(l.Items, t)
		}
		x = l
	}
	for _, item := range m.items {
		if l := p.layerOf(item); l != nil && l.Class == "InputLayer" {
			continue
		}
		p.doing++
		x = p.in.Call(item, eval.Positional(x))
		p.doing--
	}
	return x
}

// addTo appends to a Sequential.
func (p *Program) addTo(o *eval.Object, v eval.Value) {
	m := p.modelOf(o)
	if m == nil {
		return
	}
	switch x := v.(type) {
	case *Tensor: // keras.Input
		m.input = x
		return
	case *eval.Unknown:
		l := &Layer{Class: x.Name, Name: p.ownName("unknown"), Custom: true, Hidden: true, Learns: true,
			Config: map[string]any{}, At: p.in.Here()}
		u := eval.NewObject(p.leafClass("unknown"))
		u.Native, l.of = l, u
		v = u
	case *eval.Object:
		l := p.layerOf(x)
		if l == nil {
			p.in.Raise(eval.TypeError, catalog.KerasNoLayer, p.in.TypeOf(v).Name)
		}
		if l.Class == "InputLayer" && l.first != nil {
			m.input = l.first.Outs[0]
			return
		}
		if l.Name == "" {
			l.Name = p.ownName(l.Class)
		}
		l.At = p.in.Here()
	default:
		p.in.Raise(eval.TypeError, catalog.KerasNoLayer, p.in.TypeOf(v).Name)
	}
	p.in.Charge(8)
	if len(m.items) > mostCalls {
		p.in.Forbid(catalog.ImportTooManyNodes, ">"+num.Of(mostCalls).Grouped(), num.Of(mostCalls).Grouped())
	}
	m.items, m.made = append(m.items, v), nil
}

// entryOf returns the input of a Sequential, nil if nothing states it.
func (p *Program) entryOf(m *model) []int64 {
	if m.input != nil {
		return m.input.dims
	}
	if m.built != nil {
		return m.built
	}
	if dims, ok := m.entry(); ok {
		return dims
	}
	if len(m.items) == 0 {
		return nil
	}
	o, _ := m.items[0].(*eval.Object)
	if inner := p.modelOf(o); inner != nil {
		if n := p.net(o, inner); n != nil && len(n.inputs) == 1 {
			return n.inputs[0].dims
		}
		return nil
	}
	if l := p.layerOf(o); l != nil {
		if dims, ok := l.entry(); ok {
			return dims
		}
		if inner, ok := o.Attrs.Get("layer"); ok { // of a wrapper
			if w := p.layerOf(inner); w != nil && l.Class != "TimeDistributed" {
				if dims, ok := w.entry(); ok {
					return dims
				}
			}
		}
	}
	return nil
}

// net returns what a model leads to; nil if its input is not known, or if the program
// defines its call.
func (p *Program) net(o *eval.Object, m *model) *net {
	if m.made != nil || !o.Class.Is(seqClass) || len(m.items) == 0 {
		return m.made
	}
	dims := p.entryOf(m)
	if dims == nil {
		return nil
	}
	m.made = p.netOn(o, m, [][]int64{dims})
	return m.made
}

// netOn calls a model on inputs of some shapes.
func (p *Program) netOn(o *eval.Object, m *model, shapes [][]int64) *net {
	scope, within, latest, doing, root := p.scope, p.within, p.latest, p.doing, p.root
	p.scope, p.within, p.doing, p.root = "", nil, 1, o
	defer func() { p.scope, p.within, p.latest, p.doing, p.root = scope, within, latest, doing, root }()
	n := &net{}
	if m.input != nil && len(shapes) == 1 && slices.Equal(shapes[0], m.input.dims) {
		n.inputs = []*Tensor{m.input}
	} else {
		for _, dims := range shapes {
			n.inputs = append(n.inputs, p.asInput(dims, ""))
		}
	}
	if o.Class.Is(seqClass) {
		n.result = p.chained(m, n.inputs)
	} else {
		args := eval.Args{}
		for _, t := range n.inputs {
			args.Pos = append(args.Pos, t)
		}
		call, _ := o.Class.Find("call")
		if fn, ok := call.(*eval.Function); ok && len(n.inputs) > 1 && places(fn) < len(n.inputs)+1 {
			l := eval.NewList(args.Pos...)
			args.Pos = []eval.Value{l}
		}
		n.result = p.in.Call(o, args)
	}
	n.outputs = p.flat(n.result)
	return n
}

// places is how many arguments a function takes by place.
func places(f *eval.Function) int { return len(f.Def.Params) }

// called notes a call that the program makes by itself.
func (p *Program) called(o *eval.Object, a eval.Args) {
	args, _ := p.argumentsOnce(a)
	var inputs [][]int64
	for _, t := range args {
		if !t.ranked || len(t.dims) == 0 || t.live() {
			return
		}
		inputs = append(inputs, append([]int64{unknown}, t.dims[1:]...))
	}
	p.hints = append(p.hints, hint{o, inputs})
}

// argumentsOnce lists the tensors of a call without taking unknown ones for any.
func (p *Program) argumentsOnce(a eval.Args) (args []*Tensor, ok bool) {
	for _, v := range append(slices.Clone(a.Pos), a.Named...) {
		args = append(args, shapesIn(v)...)
	}
	return args, len(args) > 0
}

func shapesIn(v eval.Value) (all []*Tensor) {
	if t, ok := v.(*Tensor); ok {
		return []*Tensor{t}
	}
	items, _ := listItems(v)
	for _, item := range items {
		if t, ok := item.(*Tensor); ok {
			all = append(all, t)
		}
	}
	return all
}

// modelMethods adds what models do.
func modelMethods() {
	raw := func(c *eval.Class, name string, do func(p *Program, o *eval.Object, a eval.Args) eval.Value) {
		c.Attrs.Put(name, eval.NewRaw(name, func(in *eval.Interp, a eval.Args) eval.Value {
			o, ok := first(a.Pos).(*eval.Object)
			if !ok {
				return nil
			}
			return do(programOf(in), o, eval.Args{Pos: a.Pos[1:], Names: a.Names, Named: a.Named})
		}))
	}
	raw(modelClass, "__init__", func(p *Program, o *eval.Object, a eval.Args) eval.Value {
		m := p.modelOf(o)
		var inputs, outputs eval.Value = eval.Absent, eval.Absent
		if len(a.Pos) > 0 {
			inputs = a.Pos[0]
		}
		if len(a.Pos) > 1 {
			outputs = a.Pos[1]
		}
		if len(a.Pos) > 2 {
			p.common(&m.Layer, "name", a.Pos[2])
		}
		for i, name := range a.Names {
			switch name {
			case "inputs", "input":
				inputs = a.Named[i]
			case "outputs", "output":
				outputs = a.Named[i]
			default:
				p.common(&m.Layer, name, a.Named[i])
			}
		}
		if inputs != eval.Value(eval.Absent) && outputs != eval.Value(eval.Absent) {
			p.functional(o, inputs, outputs)
		}
		return nil
	})
	raw(seqClass, "__init__", func(p *Program, o *eval.Object, a eval.Args) eval.Value {
		m := p.modelOf(o)
		m.Custom = false
		for i, name := range a.Names {
			if name == "layers" {
				a.Pos = append(a.Pos, a.Named[i])
			} else {
				p.common(&m.Layer, name, a.Named[i])
			}
		}
		if len(a.Pos) > 1 {
			p.common(&m.Layer, "name", a.Pos[1])
		}
		if len(a.Pos) > 0 && !eval.IsNone(a.Pos[0]) {
			for _, item := range p.in.Items(a.Pos[0]) {
				p.addTo(o, item)
			}
		}
		return nil
	})
	seqClass.Method("add", "layer", func(in *eval.Interp, v []eval.Value) eval.Value {
		if o, ok := v[0].(*eval.Object); ok {
			programOf(in).addTo(o, v[1])
		}
		return nil
	})
	seqClass.Method("pop", "", func(in *eval.Interp, v []eval.Value) eval.Value {
		if m := programOf(in).modelOf(v[0]); m != nil && len(m.items) > 0 {
			m.items, m.made = m.items[:len(m.items)-1], nil
		}
		return nil
	})
	raw(seqClass, "call", func(p *Program, o *eval.Object, a eval.Args) eval.Value {
		return p.callModel(o, p.modelOf(o), a)
	})
	raw(modelClass, "call", func(p *Program, o *eval.Object, a eval.Args) eval.Value {
		m := p.modelOf(o)
		if m.made == nil {
			p.in.Raise(eval.NotImplementedErr, catalog.KerasNoCall, o.Class.Name)
		}
		return p.callModel(o, m, a)
	})
	raw(modelClass, "build", func(p *Program, o *eval.Object, a eval.Args) eval.Value {
		m := p.modelOf(o)
		if v := first(modelArgs(a).Pos); v != nil {
			if all, ok := listItems(v); ok && len(all) > 0 {
				if _, nested := listItems(all[0]); nested {
					h := hint{model: o}
					for _, item := range all {
						if dims, ok := extents(p.in, item); ok && len(dims) > 0 {
							h.inputs = append(h.inputs, append([]int64{unknown}, dims[1:]...))
						}
					}
					p.hints = append(p.hints, h)
					return nil
				}
			}
			if dims, ok := extents(p.in, v); ok && len(dims) > 0 {
				m.built = append([]int64{unknown}, dims[1:]...)
				p.hints = append(p.hints, hint{o, [][]int64{m.built}})
			}
		}
		return nil
	})
	for _, name := range []string{"fit", "evaluate", "predict", "train_on_batch", "fit_generator", "predict_on_batch"} {
		raw(modelClass, name, func(p *Program, o *eval.Object, a eval.Args) eval.Value {
			a = modelArgs(a)
			if len(a.Pos) > 0 {
				p.called(o, eval.Positional(a.Pos[0]))
			}
			return &eval.Unknown{Name: name + "()"}
		})
	}
	for _, name := range []string{"summary", "compile"} {
		raw(modelClass, name, func(p *Program, o *eval.Object, a eval.Args) eval.Value {
			p.hints = append(p.hints, hint{model: o})
			return nil
		})
	}
	modelLists()
}
