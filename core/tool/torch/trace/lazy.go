package trace

import (
	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/vocab"
)

// lazyClass is a class of torch.nn that takes the extent of its input from the first
// input it gets, and is its usual class from then on.
func (p *Program) lazyClass(name, own string, row *vocab.Row) *eval.Class {
	c := eval.NewClass(name, moduleClass)
	c.Attrs.Put("__init__", eval.NewRaw("__init__", func(in *eval.Interp, a eval.Args) eval.Value {
		o, ok := a.Pos[0].(*eval.Object)
		if !ok {
			return nil
		}
		in.Charge(16)
		o.Attrs.Put("training", true)
		o.Native = &lazy{eval.Args{Pos: a.Pos[1:], Names: a.Names, Named: a.Named}}
		return nil
	}))
	c.Attrs.Put("forward", eval.NewRaw("forward", func(in *eval.Interp, a eval.Args) eval.Value {
		o, _ := a.Pos[0].(*eval.Object)
		l, ok := o.Native.(*lazy)
		if !ok || len(a.Pos) < 2 {
			in.Raise(eval.RuntimeError, catalog.TorchNoInit, name)
		}
		t, at := tensorOf(in, a.Pos[1]), 1
		if row.In == vocab.Last {
			at = len(t.dims) - 1
		}
		if at < 0 || at >= len(t.dims) {
			in.Raise(eval.RuntimeError, catalog.TorchRank, name, 2, shapeText(t.dims))
		}
		o.Class = p.leafClass(own)
		init, _ := o.Class.Find("__init__")
		made := append([]eval.Value{o, t.dims[at]}, l.args.Pos...)
		in.Call(init, eval.Args{Pos: made, Names: l.args.Names, Named: l.args.Named})
		return in.Call(o, eval.Args{Pos: a.Pos[1:], Names: a.Names, Named: a.Named})
	}))
	return c
}

// lazy is what a lazy module was made with.
type lazy struct{ args eval.Args }
