package trace

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

// A net is what leads from inputs to outputs.
type net struct {
	inputs, outputs []*Tensor
	result          eval.Value // the outputs as they were given
}

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
