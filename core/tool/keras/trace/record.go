package trace

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tool/pysource/eval"
)

// step records what is no layer of the program: an operation, or a layer of Keras that
// does the same. Its output has the given extents.
func (p *Program) step(class string, config map[string]any, out *Tensor, args ...*Tensor) *Tensor {
	if out.ranked && product(out.dims) > num.MaxExtent*1000 {
		p.in.Raise(eval.ValueError, catalog.TorchTooLarge)
	}
	plain, op := strings.CutPrefix(class, "ops.")
	l := &Layer{Class: plain, Name: snake(plain), Config: config, Ops: op, Learns: true, At: p.in.Here()}
	if config == nil {
		l.Config = map[string]any{}
	}
	if class == "Activation" {
		l.Name, _ = config["activation"].(string)
	}
	return p.record(l, args, nil, out)
}

// same is the output of a step that keeps the shape.
func same(t *Tensor) *Tensor {
	return &Tensor{dims: slices.Clone(t.dims), ranked: t.ranked, dtype: t.dtype}
}

// apply calls a layer whose output has the shape that the reader gives it.
func (p *Program) apply(l *Layer, args []*Tensor, named map[string][]*Tensor) *Tensor {
	c := &Call{Layer: l, Args: args, Named: named}
	all := slices.Clone(args)
	for _, name := range []string{"query", "value", "key"} {
		all = append(all, named[name]...)
	}
	dims, err := p.shape(l, c)
	t := &Tensor{dtype: "float32"}
	if err != nil {
		p.note(p.problem(l, all, err))
	} else if dims != nil {
		t.dims, t.ranked = append([]int64{batchOf(all)}, dims...), true
	} else if mode, _ := l.Config["output_mode"].(string); l.Class == "TextVectorization" && (mode == "" || mode == "int") {
		length, ok := l.Config["output_sequence_length"].(int64)
		if !ok {
			length = unknown
		}
		t.dims, t.ranked = []int64{batchOf(all), length}, true
	}
	return p.record(l, args, named, t)
}

// problem says what is wrong with a call of a layer.
func (p *Program) problem(l *Layer, args []*Tensor, err error) *eval.Problem {
	shapes := make([]string, len(args))
	for i, t := range args {
		shapes[i] = shapeText(t.dims)
	}
	var say any = err.Error()
	if d, ok := err.(*diag.Diag); ok {
		say = d.Say
	}
	return &eval.Problem{At: p.in.Here(), Class: "ValueError", Trace: p.in.Trace(),
		Say: catalog.Say(catalog.TorchApplies, l.Class, strings.Join(shapes, ", "), say)}
}

// shape asks the reader, once for every layer and shape.
func (p *Program) shape(l *Layer, c *Call) ([]int64, error) {
	var b strings.Builder
	b.WriteString(l.Class)
	b.WriteString(l.JSON())
	c.inputs(func(t *Tensor) {
		if !t.ranked {
			b.WriteString("|?")
		} else {
			b.WriteString("|" + shapeText(t.dims))
		}
	})
	p.in.Charge(8)
	if s, ok := p.shapes[b.String()]; ok {
		return s.dims, s.err
	}
	dims, err := p.reader.Shape(l, c)
	p.shapes[b.String()] = shape{dims, err}
	return dims, err
}

// record makes tensors the outputs of a call, if it follows from an input, and returns
// the first.
func (p *Program) record(l *Layer, args []*Tensor, named map[string][]*Tensor, outs ...*Tensor) *Tensor {
	live := false
	c := &Call{Layer: l, Args: args, Named: named, Outs: outs, Scope: p.scope, At: p.in.Here(),
		within: p.within}
	c.inputs(func(t *Tensor) { live = live || t.live() })
	if !live {
		return outs[0]
	}
	c.inputs(func(t *Tensor) {
		if !t.live() {
			p.constant(t, outs[0])
		}
	})
	if l.of != nil {
		c.Name = p.nameOf(l.of)
	} else {
		c.Name = l.Name
	}
	p.add(c)
	return outs[0]
}

// add numbers a call and makes it the source of its outputs.
func (p *Program) add(c *Call) {
	p.in.Charge(12)
	c.number = len(p.tape)
	if p.made++; p.made > mostCalls {
		p.in.Forbid(catalog.ImportTooManyNodes, ">"+num.Of(mostCalls).Grouped(), num.Of(mostCalls).Grouped())
	}
	p.tape = append(p.tape, c)
	for i, t := range c.Outs {
		t.src, t.out = c, i
	}
	if c.Layer.first == nil {
		c.Layer.first = c
	}
	p.latest = c.Outs[0]
}

// mostCalls is how many calls a program may make: as many as a network may have layers.
const mostCalls = 20_000

// Variable is the class of a weight that the program makes itself, Constant of what it
// does not learn.
const (
	Variable = "paramstack>Variable"
	Constant = "paramstack>Constant"
)

// constant makes a weight of the program, or a constant, a node of its own. A batch of
// one before the extents of a sample is none.
func (p *Program) constant(t *Tensor, like *Tensor) {
	dims := t.dims
	for like.ranked && len(dims) >= len(like.dims) && len(dims) > 1 && dims[0] == 1 {
		dims = dims[1:]
	}
	if !t.ranked {
		dims = nil
	}
	l := &Layer{Class: Constant, Name: "constant", Config: map[string]any{}, Learns: true, Ops: true}
	if w := t.weight; w != nil {
		l.Class, l.Name, l.Learns = Variable, w.Name, !w.Frozen
		if w.node != nil && slices.Equal(w.node.Outs[0].Shape(), dims) {
			t.src = w.node
			return
		}
		if w.node != nil || w.dense != nil { // once more, or with another shape
			l.Class, l.Name = Constant, w.Name
		}
	}
	l.Config["shape"] = shapeConfig(dims)[1:]
	c := &Call{Layer: l, Name: l.Name, Scope: p.scope, At: p.in.Here(), within: p.within}
	out := ranked(append([]int64{unknown}, dims...))
	c.Outs = []*Tensor{out}
	latest := p.latest
	p.add(c)
	p.latest = latest
	t.src = c
	if t.weight != nil && t.weight.node == nil {
		t.weight.node = c
	}
}
