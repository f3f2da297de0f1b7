package trace

import (
	"maps"
	"strconv"
	"strings"

	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/vocab"
)

// The classes that programs make subclasses of.
var (
	layerClass = eval.NewClass("Layer")
	modelClass = eval.NewClass("Model", layerClass)
	seqClass   = eval.NewClass("Sequential", modelClass)
)

// layerOf returns what is known of a layer, nil if a value is none. A layer of the
// program whose constructor has not called that of Layer is one all the same.
func (p *Program) layerOf(v eval.Value) *Layer {
	o, ok := v.(*eval.Object)
	if !ok || !o.Class.Is(layerClass) {
		return nil
	}
	if m, ok := o.Native.(*model); ok {
		return &m.Layer
	}
	if l, ok := o.Native.(*Layer); ok {
		return l
	}
	l := p.newLayer(o, o.Class.Name)
	l.Custom = true
	if o.Class.Is(modelClass) {
		m := &model{Layer: *l}
		o.Native = m
		return &m.Layer
	}
	o.Native = l
	return l
}

func (p *Program) newLayer(o *eval.Object, class string) *Layer {
	p.in.Charge(16)
	return &Layer{Class: class, Config: map[string]any{}, Learns: true, of: o, At: p.in.Here()}
}

// Copy implements eval.Copier: a deep copy has weights of its own.
func (l *Layer) Copy(_ *eval.Interp, _ func(eval.Value) eval.Value) eval.Value {
	c := *l
	c.first, c.of, c.Config = nil, nil, maps.Clone(l.Config)
	return &c
}

// ownName is the name that Keras gives a layer: conv2d, conv2d_1.
func (p *Program) ownName(class string) string {
	name := snake(class)
	n := p.names[name]
	p.names[name]++
	if n > 0 {
		name += "_" + strconv.Itoa(n)
	}
	return name
}

// snake is the name of a class as Keras names its layers, without underscores around it.
func snake(class string) string { return strings.Trim(vocab.SnakeCase(class), "_") }

// nameOf is the name of a layer: the program's, else the attribute that holds it in
// the layer that runs, else Keras' own.
func (p *Program) nameOf(o *eval.Object) string {
	l := p.layerOf(o)
	if l.given {
		return l.Name
	}
	if n := len(p.within); n > 0 {
		if name := attributeOf(p.within[n-1], o); name != "" {
			l.named = true
			return name
		}
	}
	if l.Name == "" {
		l.Name = p.ownName(l.Class)
	}
	return l.Name
}

// mostLooked is how many values are looked at for the layers in them.
const mostLooked = 5000

// attributeOf returns the attribute of a layer that holds another: blocks.2 where it is
// in a list.
func attributeOf(parent, child *eval.Object) string {
	if parent.Class.Builtin {
		return ""
	}
	found, looked := "", 0
	var look func(name string, v eval.Value, depth int)
	look = func(name string, v eval.Value, depth int) {
		if looked++; found != "" || depth > 3 || looked > mostLooked {
			return
		}
		switch x := v.(type) {
		case *eval.Object:
			if x == child {
				found = name
			}
		case *eval.List:
			for i, item := range x.Items {
				look(name+"."+strconv.Itoa(i), item, depth+1)
			}
		case *eval.Tuple:
			for i, item := range x.Items {
				look(name+"."+strconv.Itoa(i), item, depth+1)
			}
		case *eval.Dict:
			x.Each(func(k, item eval.Value) {
				if s, ok := k.(string); ok {
					look(name+"."+s, item, depth+1)
				}
			})
		}
	}
	parent.Attrs.Each(func(k, v eval.Value) {
		if name, ok := k.(string); ok {
			look(strings.TrimLeft(name, "_"), v, 0)
		}
	})
	return found
}

// enter makes what runs until leave part of a layer of the program.
func (p *Program) enter(o *eval.Object) (leave func()) {
	scope, within := p.scope, p.within
	if o != p.root {
		name := p.nameOf(o)
		if p.scope = name; scope != "" {
			p.scope = scope + "." + name
		}
	}
	p.within = append(within[:len(within):len(within)], o)
	return func() { p.scope, p.within = scope, within }
}

// options are arguments of all layers that set up what they hold, and no shape.
func ignored(name string) bool {
	for _, end := range []string{"_initializer", "_regularizer", "_constraint", "_init"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	switch name {
	case "dtype", "weights", "init", "seed", "dynamic", "W_regularizer", "b_regularizer", "W_constraint",
		"b_constraint", "implementation", "autocast":
		return true
	}
	return false
}

// leafClass is a class of keras.layers; one that is not known is opaque later.
func (p *Program) leafClass(name string) *eval.Class {
	if c := p.classes[name]; c != nil {
		return c
	}
	c := eval.NewClass(name, layerClass)
	c.Attrs.Put("__init__", eval.NewRaw("__init__", func(in *eval.Interp, a eval.Args) eval.Value {
		if o, ok := first(a.Pos).(*eval.Object); ok {
			p.initLeaf(o, name, eval.Args{Pos: a.Pos[1:], Names: a.Names, Named: a.Named})
		}
		return nil
	}))
	c.Attrs.Put("call", eval.NewRaw("call", func(in *eval.Interp, a eval.Args) eval.Value {
		if o, ok := first(a.Pos).(*eval.Object); ok {
			return p.callLeaf(o, eval.Args{Pos: a.Pos[1:], Names: a.Names, Named: a.Named})
		}
		return nil
	}))
	p.classes[name] = c
	return c
}

func first(v []eval.Value) eval.Value {
	if len(v) > 0 {
		return v[0]
	}
	return nil
}
