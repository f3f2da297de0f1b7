package trace

import (
	"slices"

	"paramstack/core/tool/pysource/eval"
)

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
