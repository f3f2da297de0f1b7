package trace

import (
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/vocab"
)

// madeHelper keeps the layer that an object of the program is.
func (p *Program) madeHelper(o *eval.Object, init *eval.Function, a eval.Args) {
	var args []vocab.Arg
	add := func(name string, v eval.Value) {
		switch v.(type) {
		case nil, bool, int64, float64, string, *eval.Tuple, *eval.List:
			args = append(args, vocab.Arg{Name: name, Value: p.plain(v, name)})
		}
	}
	for i, v := range a.Pos {
		if i+1 < len(init.Def.Params) {
			add(init.Def.Params[i+1].Name, v)
		}
	}
	for i, name := range a.Names {
		add(name, a.Named[i])
	}
	if l := p.helper(o.Class.Name, args); l != nil {
		p.helpers[o] = l
	}
}

// asHelper records an object of the program as the layer that it is, nil if it is none,
// or not the same any more: it must have as many parameters.
func (p *Program) asHelper(o *eval.Object, a eval.Args) *Tensor {
	l := p.helpers[o]
	if own, ok := o.Native.(*leaf); ok && p.helper != nil && !o.Class.Builtin { // that only its forward pass is its own
		l = p.helper(o.Class.Name, own.args)
	}
	if p.helper != nil && o.Class == sequentialClass {
		l = separable(parts(o))
	}
	if l == nil || p.rec == nil || len(a.Pos) != 1 {
		return nil
	}
	t, ok := a.Pos[0].(*Tensor)
	if !ok || !t.live() {
		return nil
	}
	made, d := layer.Apply(l, []tensor.Shape{t.shape()})
	if d != nil && d.Severity == diag.Error || made.Out == nil {
		return nil
	}
	var has, declares num.Int
	frozen, trained := false, false
	tensors(o, func(_ string, t *Tensor) {
		if t.store.learned {
			has = has.Add(sizeOf(t.store.dims))
			frozen, trained = frozen || t.store.frozen, trained || !t.store.frozen
		}
	})
	for _, w := range made.Weights {
		if w.Class.Learnable() {
			declares = declares.Add(sizeOf(w.Shape))
		}
	}
	r := p.rec
	if !has.Equal(declares) || r.nodes[o] != "" {
		return nil
	}
	out := p.applied(l, t, o.Class.Name)
	p.put(graph.Node{Name: r.paths[o], Layer: l, Inputs: []string{p.nodeOf(t)}, Frozen: frozen && !trained, Keep: true}, out)
	r.nodes[o] = out.node
	tensors(o, func(_ string, t *Tensor) {
		t.store.used = true
		r.owners[t.store] = out.node
	})
	return out
}

// separable returns the separable convolution that two convolutions are, one behind the
// other: of each channel by itself, and of one place. nil: they are none.
func separable(all []child) layer.Layer {
	if len(all) != 2 {
		return nil
	}
	var convs [2]*layer.Conv
	for i, c := range all {
		if c.module == nil {
			return nil
		}
		l, ok := c.module.Native.(*leaf)
		if !ok {
			return nil
		}
		if convs[i], ok = l.layer.(*layer.Conv); !ok || i == 0 && l.in != convs[i].Groups.N {
			return nil
		}
	}
	deep, wide := convs[0], convs[1]
	width, groups := deep.Filters.Value(), deep.Groups.N
	if bool(deep.Bias) || groups < 2 || width%groups != 0 || wide.Groups.N != 1 {
		return nil
	}
	for i := range layer.MaxSpatial {
		if wide.Kernel.At(i) != 1 || wide.Stride.At(i) != 1 {
			return nil
		}
	}
	l, err := layer.SeparableKind.With(func(l *layer.Separable) {
		l.Slide, l.Filters, l.Bias = deep.Slide, wide.Filters, wide.Bias
		l.Multiplier.N = width / groups
	})
	if err != nil {
		return nil
	}
	return l
}

// sizeOf returns how many numbers a tensor has.
func sizeOf(dims []int64) num.Int {
	size := num.Of(1)
	for _, d := range dims {
		size = size.Times(d)
	}
	return size
}
