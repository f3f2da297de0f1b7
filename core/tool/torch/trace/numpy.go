package trace

import (
	"slices"

	"paramstack/core/tool/pysource/eval"
)

// numpy is the module of that name, with PyTorch's tensors for its arrays.
func (p *Program) numpy(name string) *eval.Module {
	if name == "numpy.random" {
		return p.numpyRandom()
	}
	m := eval.NumPy(p.in)
	torch := p.torchModule()
	for _, f := range []string{"zeros", "ones", "empty", "eye", "full", "zeros_like", "ones_like", "concatenate", "stack",
		"tril", "triu"} {
		v, _ := torch.Attrs.Get(f)
		m.Attrs.Put(f, v)
	}
	for _, f := range []string{"array", "asarray"} {
		m.Attrs.Put(f, eval.NewBuiltin(f, "x *rest **names", func(in *eval.Interp, v []eval.Value) eval.Value {
			if l, ok := v[0].(*eval.List); ok && slices.ContainsFunc(l.Items, isText) {
				return l
			}
			return p.literal(v[0])
		}))
	}
	m.Attrs.Put("random", p.numpyRandom())
	return m
}

func isText(v eval.Value) bool {
	_, ok := v.(string)
	return ok
}

// numpyRandom is numpy.random: tensors of the sizes that are asked for.
func (p *Program) numpyRandom() *eval.Module {
	m := eval.NewModule("numpy.random")
	m.Missing = func(_ *eval.Interp, name string) eval.Value { return &eval.Unknown{Name: "numpy.random." + name} }
	sized := func(name, sig string, at int) {
		m.Attrs.Put(name, eval.NewBuiltin(name, sig, func(in *eval.Interp, v []eval.Value) eval.Value {
			if eval.IsNone(v[at]) {
				return &eval.Unknown{Name: "numpy.random." + name + "()"}
			}
			t := constant(sizes(in, v[at:at+1])...)
			elements(in, t.dims)
			return t
		}))
	}
	sized("normal", "loc? scale? size?", 2)
	sized("uniform", "low? high? size?", 2)
	sized("randint", "low high? size? **more", 2)
	sized("random", "size?", 0)
	for _, name := range []string{"randn", "rand"} {
		m.Attrs.Put(name, eval.NewBuiltin(name, "*size", func(in *eval.Interp, v []eval.Value) eval.Value {
			t := constant(sizes(in, rest(v[0]))...)
			elements(in, t.dims)
			return t
		}))
	}
	return m
}
