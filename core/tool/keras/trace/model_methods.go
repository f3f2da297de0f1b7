package trace

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

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
