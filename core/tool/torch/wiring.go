package torch

import (
	"strings"

	"paramstack/core/arch"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/text"
)

// wire writes a module by the rule of its class; ok is false if there is none, or
// if what comes out does not fit together.
func (p *planner) wire(m *module, in tensor.Shape) (body []arch.Node, out tensor.Shape, ok bool) {
	for _, w := range wiringsOf(m.class) {
		if !w.suits(m) {
			continue
		}
		if w.all {
			for _, k := range m.kids {
				var nodes []arch.Node
				nodes, in = p.inOrder(k, in)
				body = append(body, nodes...)
			}
			return body, in, true
		}
		saved, failed := p.save(), p.rule.failed
		p.rule.failed = false
		head, start := p.start(m, w.steps, in)
		p.rule.strict++
		body, out = p.steps(w.steps, m, start)
		p.rule.strict--
		if !p.rule.failed {
			p.rule.failed = failed
			return append(head, body...), out, true
		}
		p.restore(saved)
		p.rule.failed = failed
	}
	return nil, nil, false
}

// A plannerMark is how far a planner was before it tried a rule.
type plannerMark struct {
	labels, placed, inputs, flat, misfits int
	begun                                 bool
}

func (p *planner) save() plannerMark {
	return plannerMark{len(p.written.labels), len(p.written.modules), p.noted.inputs, p.noted.flat, len(p.noted.misfits), p.begun}
}

// restore takes back what was written since.
func (p *planner) restore(m plannerMark) {
	for _, label := range p.written.labels[m.labels:] {
		p.labels.Release(label)
	}
	for _, k := range p.written.modules[m.placed:] {
		delete(p.placed, k)
	}
	p.written.labels, p.written.modules = p.written.labels[:m.labels], p.written.modules[:m.placed]
	p.noted.inputs, p.noted.flat, p.begun = m.inputs, m.flat, m.begun
	p.noted.misfits = p.noted.misfits[:m.misfits]
}

// start writes the input that a rule begins with, where what runs does not fit.
func (p *planner) start(m *module, steps []wiringStep, in tensor.Shape) ([]arch.Node, tensor.Shape) {
	first := p.first(m, steps)
	if first == nil || first.u.cut || in != nil && first.u.fits(in) {
		return nil, in
	}
	if in != nil {
		if p.rule.strict > 0 {
			p.rule.failed = true
		}
		if _, ok := first.u.flattened(in); ok || first.m.class == "Permute" {
			return nil, in
		}
	}
	x := p.entry(first)
	if inputNode(x) == nil {
		return nil, in
	}
	x = p.begin(x)
	return []arch.Node{inputNode(x)}, x
}

// first returns the first layer that a rule runs.
func (p *planner) first(m *module, steps []wiringStep) *leaf {
	for _, s := range steps {
		if s.text != "" {
			return nil
		}
		for _, path := range s.paths {
			if l := p.first(m, path); l != nil {
				return l
			}
		}
		if k := m.kid(s.path); k != nil {
			var found *leaf
			k.walk(func(k *module) {
				if found == nil {
					found = p.leaves[k]
				}
			})
			if found != nil {
				return found
			}
		}
	}
	return nil
}

// steps writes the steps of a rule one behind the other.
func (p *planner) steps(steps []wiringStep, m *module, in tensor.Shape) ([]arch.Node, tensor.Shape) {
	var body []arch.Node
	for _, s := range steps {
		var nodes []arch.Node
		switch {
		case p.rule.failed:
			return nil, nil
		case s.text != "":
			nodes, in = p.function(s.text, m, in)
		case s.join != "":
			nodes, in = p.branch(s, m, in)
		default:
			k := m.kid(s.path)
			if k == nil || s.replaced {
				continue
			}
			nodes, in = p.inOrder(k, in)
		}
		body = append(body, nodes...)
	}
	return body, in
}

// inOrder writes a module that a rule names: the modules of a list are run in
// order there.
func (p *planner) inOrder(m *module, in tensor.Shape) ([]arch.Node, tensor.Shape) {
	if m.class != "ModuleList" && m.class != "ModuleDict" {
		return p.module(m, in)
	}
	var body []arch.Node
	for _, k := range m.kids {
		var nodes []arch.Node
		nodes, in = p.module(k, in)
		body = append(body, nodes...)
	}
	return body, in
}

// branch writes a branch whose paths begin with one value.
func (p *planner) branch(s wiringStep, m *module, in tensor.Shape) ([]arch.Node, tensor.Shape) {
	kind, paths := s.join, s.paths
	if kind == "side" && m.kid(s.paths[1][0].path) == nil {
		return nil, in // the network was made without
	}
	p.depth++
	defer func() { p.depth-- }()
	if kind == "res" {
		body, out := p.steps(paths[0], m, in)
		if !in.Equal(out) || p.strides(paths[0], m) {
			return body, out
		}
		branch := arch.NewBranch(arch.Head{}, layer.ByName("add").New(), []arch.Path{{Body: body}, {}})
		return []arch.Node{branch}, out
	}
	ins := make([]tensor.Shape, len(paths))
	arms := make([]arch.Path, len(paths))
	for i, path := range paths {
		arms[i].Body, ins[i] = p.steps(path, m, in)
		if ins[i] == nil {
			p.rule.failed = true
		}
	}
	if p.rule.failed {
		return nil, nil
	}
	join := layer.ByName(kind).New()
	r, d := layer.Apply(join, ins)
	if d != nil || r.Out == nil {
		p.rule.failed = true
		return nil, nil
	}
	return []arch.Node{arch.NewBranch(arch.Head{}, join, arms)}, r.Out
}

// strides reports whether a layer in some steps moves by more than one position.
func (p *planner) strides(steps []wiringStep, m *module) bool {
	found := false
	for _, s := range steps {
		if k := m.kid(s.path); k != nil {
			k.walk(func(k *module) {
				l := p.leaves[k]
				if l == nil {
					return
				}
				if f := l.u.layer.Kind().Field("stride"); f != nil && f.Text(l.u.layer) != "1" {
					found = true
				}
			})
		}
	}
	return found
}

// function writes layers that forward calls as functions. $c is the
// first extent of the value, $e for the last.
func (p *planner) function(src string, m *module, in tensor.Shape) ([]arch.Node, tensor.Shape) {
	if len(in) == 0 {
		p.rule.failed = true
		return nil, nil
	}
	src = strings.NewReplacer("$c", in[0].String(), "$e", in[len(in)-1].String()).Replace(src)
	nodes, problems := text.ParseNodes(src)
	if len(problems) > 0 {
		p.rule.failed = true // an extent that cannot be written
		return nil, nil
	}
	if strings.Contains(src, "param ?") {
		p.noted.hidden[m.class] = true
	}
	out, ok := applyNodes(nodes, in)
	if !ok {
		p.rule.failed = true
		return nil, nil
	}
	nodes = arch.Relabel(nodes, func(label string) string {
		if label == "" {
			return ""
		}
		return p.label(joinPath(m.path, label))
	})
	return nodes, out
}

// applyNodes applies nodes without repeats and references to a value.
func applyNodes(nodes []arch.Node, in tensor.Shape) (tensor.Shape, bool) {
	for _, n := range nodes {
		var ins []tensor.Shape
		var l layer.Layer
		switch n := n.(type) {
		case *arch.Leaf:
			l, ins = n.Layer, []tensor.Shape{in}
		case *arch.Branch:
			l = n.Join
			for _, path := range n.Paths {
				out, ok := applyNodes(path.Body, in)
				if !ok {
					return nil, false
				}
				ins = append(ins, out)
			}
		default:
			return nil, false
		}
		r, d := layer.Apply(l, ins)
		if d != nil && d.Severity == diag.Error || r.Out == nil {
			return nil, false
		}
		in = r.Out
	}
	return in, true
}
