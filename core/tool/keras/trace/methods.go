package trace

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

// layerMethods adds what all layers do.
func layerMethods() {
	c := layerClass
	raw := func(name string, do func(p *Program, o *eval.Object, a eval.Args) eval.Value) {
		c.Attrs.Put(name, eval.NewRaw(name, func(in *eval.Interp, a eval.Args) eval.Value {
			o, ok := first(a.Pos).(*eval.Object)
			if !ok {
				return nil
			}
			return do(programOf(in), o, eval.Args{Pos: a.Pos[1:], Names: a.Names, Named: a.Named})
		}))
	}
	raw("__init__", func(p *Program, o *eval.Object, a eval.Args) eval.Value {
		l := p.layerOf(o)
		for i, name := range a.Names {
			if name == "input_dim" || name == "input_length" {
				if n, ok := a.Named[i].(int64); ok {
					l.Config[name] = n
				}
			}
			p.common(l, name, a.Named[i])
		}
		return nil
	})
	raw("__call__", func(p *Program, o *eval.Object, a eval.Args) eval.Value { return p.callLayer(o, a) })
	raw("__setattr__", func(p *Program, o *eval.Object, a eval.Args) eval.Value {
		name, ok := first(a.Pos).(string)
		if !ok || len(a.Pos) < 2 {
			return nil
		}
		p.in.Charge(1)
		o.Attrs.Put(name, a.Pos[1])
		p.tracked(o, a.Pos[1])
		if b, ok := a.Pos[1].(bool); ok && name == "_trainable" {
			p.setTrainable(o, b)
		}
		return nil
	})
	raw("add_weight", func(p *Program, o *eval.Object, a eval.Args) eval.Value { return p.addWeight(o, a) })
	raw("add_variable", func(p *Program, o *eval.Object, a eval.Args) eval.Value { return p.addWeight(o, a) })
	for _, name := range strings.Fields(`build add_loss add_metric adapt compute_mask load_weights save save_weights
		reset_states reset_state set_weights export plot _set_inputs get_build_config build_from_config
		make_predict_function make_train_function enable_lora quantize save_own_variables load_own_variables`) {
		raw(name, func(*Program, *eval.Object, eval.Args) eval.Value { return nil })
	}
	for _, name := range strings.Fields(`get_weights to_json to_yaml count_params test_step train_step
		compute_loss get_metrics_result`) {
		raw(name, func(*Program, *eval.Object, eval.Args) eval.Value { return &eval.Unknown{Name: name + "()"} })
	}
	raw("get_config", func(p *Program, o *eval.Object, _ eval.Args) eval.Value {
		d := eval.NewDict()
		l := p.layerOf(o)
		d.Put("name", p.nameOf(o))
		d.Put("trainable", l.Learns)
		return d
	})
	raw("compute_output_shape", func(p *Program, o *eval.Object, a eval.Args) eval.Value {
		dims, ok := extents(p.in, first(modelArgs(a).Pos))
		if !ok {
			return &eval.Unknown{Name: "compute_output_shape()"}
		}
		out := p.in.Call(o, eval.Positional(ranked(dims)))
		if t, ok := out.(*Tensor); ok && t.ranked {
			return shapeValue(t.dims)
		}
		return &eval.Unknown{Name: "compute_output_shape()"}
	})
	for _, name := range strings.Fields(`losses metrics optimizer weights variables trainable_weights
		trainable_variables non_trainable_weights non_trainable_variables metrics_names history loss updates dtype
		dtype_policy compute_dtype stateful`) {
		c.Getter(name, func(in *eval.Interp, v eval.Value) eval.Value {
			if o, ok := v.(*eval.Object); ok {
				if own, ok := o.Attrs.Get(name); ok {
					return own
				}
			}
			return &eval.Unknown{Name: name}
		})
		p, _ := c.Attrs.Get(name)
		p.(*eval.Property).Set = eval.NewBuiltin(name, "self v", func(_ *eval.Interp, v []eval.Value) eval.Value {
			v[0].(*eval.Object).Attrs.Put(name, v[1])
			return nil
		})
	}
	c.Getter("name", func(in *eval.Interp, v eval.Value) eval.Value {
		if o, ok := v.(*eval.Object); ok {
			l := programOf(in).layerOf(o)
			if l.Name == "" {
				l.Name = programOf(in).ownName(l.Class)
			}
			return l.Name
		}
		return nil
	})
	c.Attrs.Put("trainable", &eval.Property{
		Get: eval.NewBuiltin("trainable", "self", func(in *eval.Interp, v []eval.Value) eval.Value {
			if l := programOf(in).layerOf(v[0]); l != nil {
				return l.Learns
			}
			return true
		}),
		Set: eval.NewBuiltin("trainable", "self on", func(in *eval.Interp, v []eval.Value) eval.Value {
			if o, ok := v[0].(*eval.Object); ok {
				programOf(in).setTrainable(o, in.Truth(v[1]))
			}
			return nil
		}),
	})
	ends := func(name string, get func(l *Layer, n *net, shape bool) eval.Value) {
		for _, shape := range []bool{false, true} {
			full := name
			if shape {
				full += "_shape"
			}
			c.Getter(full, func(in *eval.Interp, v eval.Value) eval.Value {
				p := programOf(in)
				o, ok := v.(*eval.Object)
				if !ok {
					return nil
				}
				l := p.layerOf(o)
				if own, ok := o.Attrs.Get(full); ok { // of the program
					return own
				}
				var n *net
				if m := p.modelOf(o); m != nil {
					n = p.net(o, m)
				}
				got := get(l, n, shape)
				if got == nil {
					return &eval.Unknown{Name: l.Name + "." + full}
				}
				return got
			})
			q, _ := c.Attrs.Get(full)
			q.(*eval.Property).Set = eval.NewBuiltin(full, "self v", func(_ *eval.Interp, v []eval.Value) eval.Value {
				v[0].(*eval.Object).Attrs.Put(full, v[1])
				return nil
			})
		}
	}
	ends("output", func(l *Layer, n *net, shape bool) eval.Value {
		switch {
		case n != nil && !shape && n.result != nil && len(n.outputs) != 1:
			return n.result
		case n != nil:
			return oneOf(n.outputs, shape)
		case l.first != nil:
			return oneOf(l.first.Outs, shape)
		case l.result != nil:
			return oneOf(shapesIn(l.result), shape)
		}
		return nil
	})
	ends("input", func(l *Layer, n *net, shape bool) eval.Value {
		switch {
		case n != nil:
			return oneOf(n.inputs, shape)
		case l.first != nil && len(l.first.Args) > 0:
			return oneOf(l.first.Args, shape)
		case l.first != nil:
			return oneOf(l.first.Outs, shape)
		case l.entered != nil:
			return oneOf(l.entered, shape)
		}
		return nil
	})
}

// oneOf returns a tensor, or a list of several; of shapes.
func oneOf(all []*Tensor, shape bool) eval.Value {
	l := eval.NewList()
	for _, t := range all {
		if shape {
			if !t.ranked {
				return nil
			}
			l.Items = append(l.Items, shapeValue(t.dims))
		} else {
			l.Items = append(l.Items, t)
		}
	}
	switch len(l.Items) {
	case 0:
		return nil
	case 1:
		return l.Items[0]
	}
	return l
}

// tracked makes variables of a program weights of the layer that holds them.
func (p *Program) tracked(o *eval.Object, v eval.Value) {
	l := p.layerOf(o)
	for _, t := range shapesIn(v) {
		if t.weight != nil && !slices.Contains(l.Weights, t.weight) {
			l.Weights = append(l.Weights, t.weight)
		}
	}
}

// addWeight adds a weight to a layer: its arguments come in two orders.
func (p *Program) addWeight(o *eval.Object, a eval.Args) eval.Value {
	l := p.layerOf(o)
	w := &Weight{Name: "weight"}
	shape := eval.Value(eval.NewTuple())
	for _, v := range a.Pos {
		switch x := v.(type) {
		case string:
			if w.Name == "weight" && !slices.Contains([]string{"glorot_uniform", "zeros", "ones", "uniform", "normal",
				"random_normal", "he_normal"}, x) {
				w.Name = x
			}
		case *eval.List, *eval.Tuple:
			shape = x
		}
	}
	trained := true
	for i, name := range a.Names {
		switch name {
		case "name":
			if s, ok := a.Named[i].(string); ok {
				w.Name = s
			}
		case "shape":
			shape = a.Named[i]
		case "trainable":
			trained = eval.IsNone(a.Named[i]) || p.in.Truth(a.Named[i])
		}
	}
	w.Frozen = !trained
	if shape == nil {
		shape = eval.NewTuple()
	}
	dims, ok := extents(p.in, shape)
	if u, isUnknown := shape.(*eval.Unknown); isUnknown {
		p.in.Raise(eval.TypeError, catalog.PythonUnknownValue, u.Name)
	}
	if !ok {
		p.in.Raise(eval.TypeError, catalog.KerasShape, p.in.Repr(shape))
	}
	w.Shape = dims
	l.Weights = append(l.Weights, w)
	p.in.Charge(8)
	return &Tensor{dims: slices.Clone(dims), ranked: true, weight: w, dtype: "float32"}
}

// setTrainable freezes a layer and all in it, or thaws them.
func (p *Program) setTrainable(o *eval.Object, on bool) {
	seen := map[*eval.Object]bool{}
	var set func(o *eval.Object)
	set = func(o *eval.Object) {
		l := p.layerOf(o)
		if l == nil || seen[o] {
			return
		}
		seen[o] = true
		l.Learns = on
		for _, v := range p.parts(o) {
			set(v)
		}
	}
	set(o)
}

// parts lists the layers of a layer.
func (p *Program) parts(o *eval.Object) []*eval.Object {
	var all []*eval.Object
	seen := map[*eval.Object]bool{}
	add := func(v eval.Value) {
		if inner, ok := v.(*eval.Object); ok && !seen[inner] && p.layerOf(inner) != nil {
			seen[inner] = true
			all = append(all, inner)
		}
	}
	if m := p.modelOf(o); m != nil {
		for _, item := range m.items {
			add(item)
		}
		if m.made != nil && len(m.items) == 0 {
			for _, c := range between(&net{outputs: m.made.outputs}) {
				add(outermost(c, o))
			}
		}
	}
	looked := 0
	var look func(v eval.Value, depth int)
	look = func(v eval.Value, depth int) {
		if looked++; depth > 4 || looked > mostLooked {
			return
		}
		switch x := v.(type) {
		case *eval.Object:
			add(x)
		case *eval.List:
			for _, item := range x.Items {
				look(item, depth+1)
			}
		case *eval.Tuple:
			for _, item := range x.Items {
				look(item, depth+1)
			}
		case *eval.Dict:
			x.Each(func(_, item eval.Value) { look(item, depth+1) })
		}
	}
	o.Attrs.Each(func(_, v eval.Value) { look(v, 0) })
	return all
}

// outermost returns the layer of a model that a call is of: the model in it, if the
// call is within one.
func outermost(c *Call, model *eval.Object) eval.Value {
	for _, o := range c.within {
		if o != model {
			return o
		}
	}
	if c.Layer.of == nil {
		return nil
	}
	return c.Layer.of
}

// modelLists are the methods that list what is in a model.
func modelLists() {
	modelClass.Getter("layers", func(in *eval.Interp, v eval.Value) eval.Value {
		p := programOf(in)
		l := eval.NewList()
		if o, ok := v.(*eval.Object); ok {
			if m := p.modelOf(o); m != nil {
				p.net(o, m)
			}
			for _, part := range p.parts(o) {
				l.Items = append(l.Items, part)
			}
		}
		return l
	})
	q, _ := modelClass.Attrs.Get("layers")
	q.(*eval.Property).Set = eval.NewBuiltin("layers", "self v", func(_ *eval.Interp, v []eval.Value) eval.Value {
		v[0].(*eval.Object).Attrs.Put("layers_", v[1])
		return nil
	})
	for _, name := range []string{"inputs", "outputs"} {
		one := strings.TrimSuffix(name, "s")
		modelClass.Getter(name, func(in *eval.Interp, v eval.Value) eval.Value {
			got := in.GetAttr(v, one)
			switch got.(type) {
			case *eval.List, *eval.Unknown, *eval.Dict:
				return got
			}
			return eval.NewList(got)
		})
	}
	modelClass.Method("get_layer", "name? index?", func(in *eval.Interp, v []eval.Value) eval.Value {
		layers := in.GetAttr(v[0], "layers")
		if !eval.IsNone(v[2]) {
			return in.Item(layers, v[2])
		}
		for _, item := range in.Items(layers) {
			if in.GetAttr(item, "name") == v[1] {
				return item
			}
		}
		in.Raise(eval.ValueError, catalog.KerasNoSuch, in.Repr(v[1]))
		return nil
	})
}
