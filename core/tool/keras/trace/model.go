package trace

import (
	"maps"
	"slices"

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

func (p *Program) modelOf(v eval.Value) *model {
	p.layerOf(v)
	if o, ok := v.(*eval.Object); ok {
		if m, ok := o.Native.(*model); ok {
			return m
		}
	}
	return nil
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
