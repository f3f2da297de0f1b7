package torch

import (
	"slices"

	"paramstack/core/arch"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/source"
	"paramstack/core/tool/vocab"
)

// A leaf is a module that becomes a layer.
type leaf struct {
	m     *module
	u     *layerUnit
	index int
}

// put writes a layer behind a value, with an input before it where it takes
// another.
func (p *planner) put(l *leaf, in tensor.Shape) ([]arch.Node, tensor.Shape) {
	if p.work++; p.work > 20*source.MaxNodes {
		p.rule.allowed = false // a file made to be tried again and again
	}
	var body []arch.Node
	u := l.u
	if l.m.class == "Permute" && in != nil {
		if n, out := permuted(p, l, in); n != nil {
			return []arch.Node{n}, out
		}
	}
	if !u.fits(in) || onMap(p, l, in) {
		if flat, ok := u.flattened(in); ok {
			node := layer.ByName("flatten").New()
			body = append(body, arch.NewLeaf(arch.Head{}, node, false))
			in = flat
			p.noted.flat++
		} else if misfits(p, l, in) {
			u, body, in = declare(p, l, in)
		} else if x := p.entry(l); inputNode(x) != nil {
			if in != nil && p.rule.strict > 0 {
				p.rule.failed = true
			}
			x = p.begin(x)
			body = append(body, inputNode(x))
			in = x
		}
	}
	head := arch.Head{Origin: l.m.origin}
	shares := p.placed[l.m]
	if u.layer.Kind().Learns && shares == "" {
		head.Label = p.label(l.m.path)
		p.placed[l.m] = head.Label
		p.written.modules = append(p.written.modules, l.m)
	}
	node := arch.NewLeaf(head, u.layer, false)
	if u.layer.Kind().Learns {
		node.Shares = shares
	}
	if u.shapeless {
		p.noted.shapeless[l.m.class] = true
	}
	if u.cut {
		return append(body, node), nil
	}
	result, _ := layer.Apply(u.layer, []tensor.Shape{in})
	return append(body, node), result.Out
}

// fits reports whether a layer can take a value.
func (u *layerUnit) fits(in tensor.Shape) bool {
	switch {
	case u.cut:
		return true
	case in == nil, u.layer.Kind().Group == layer.GroupTable, u.dims > 0 && len(in) != u.dims+1,
		len(in) == 0 && u.at != vocab.NoAxis:
		return false
	case u.n < 0:
	case u.at == vocab.First && in[0].N != u.n, u.at == vocab.Last && in[len(in)-1].N != u.n:
		return false
	}
	_, d := layer.Apply(u.layer, []tensor.Shape{in})
	return d == nil || d.Severity != diag.Error
}

// flattened returns a value flattened, where a layer takes it so and not
// otherwise: forward functions flatten without a module.
func (u *layerUnit) flattened(in tensor.Shape) (tensor.Shape, bool) {
	n, ok := in.Elements()
	if count, fits := n.Int64(); !ok || len(in) < 2 || u.at != vocab.Last || !fits || count != u.n {
		return nil, false
	}
	flat := tensor.Of(u.n)
	return flat, u.fits(flat)
}

// entry returns the shape of an input for a layer: what it states itself, else what
// the next layer states, if everything before keeps the shape.
func (p *planner) entry(l *leaf) tensor.Shape {
	x := l.u.enter
	if x != nil && x[0].Known() || l.u.layer.Kind().Learns && x != nil {
		return x
	}
	for _, next := range p.order[l.index+1:] {
		if next.u.at == vocab.First && next.u.n > 0 && (x == nil || len(x) == len(next.u.enter)) {
			return next.u.enter
		}
		if next.u.at == vocab.First && next.u.n > 0 && len(x) > 0 {
			y := slices.Clone(x)
			y[0].N = next.u.n
			return y
		}
		if next.u.at == vocab.Last && x == nil && next.u.enter != nil {
			return next.u.enter
		}
		switch next.u.layer.Kind().Group {
		case layer.GroupActivation, layer.GroupPool, layer.GroupNorm:
			continue
		}
		break
	}
	if x == nil {
		x = tensor.Of(tensor.Unknown)
	}
	return x
}

// inputNode returns an input of a shape, nil if none can be written.
func inputNode(x tensor.Shape) arch.Node {
	n := make([]int64, len(x))
	for i := range x {
		n[i] = x[i].N
	}
	l, err := layer.InputKind.With(func(in *layer.Input) { in.Shape = layer.ExtentsOf(n...) })
	if err != nil || x == nil {
		return nil
	}
	return arch.NewLeaf(arch.Head{}, l, false)
}

// begin counts an input. The first may be tried with a size.
func (p *planner) begin(x tensor.Shape) tensor.Shape {
	if p.begun {
		p.noted.inputs++
		return x
	}
	p.begun = true
	if len(x) == len(p.size)+1 {
		x = slices.Clone(x)
		for i, n := range p.size {
			if !x[i+1].Known() {
				x[i+1].N = n
			}
		}
	}
	p.entered = x
	return x
}
