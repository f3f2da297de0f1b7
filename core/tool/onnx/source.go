package onnx

import (
	"maps"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/onnx/onnxpb"
)

// source adds a layer for a constant that layers compute with, with the extents of
// a sample: a parameter, or a buffer if it is one number or integers. A part of a
// stored tensor, or a result of several, becomes a layer after the parameter, which
// is counted whole and once.
func (c conversion) source(k *constant, sample []int64) *value {
	if len(sample) == 0 {
		return nil
	}
	tables := k.tables()
	if k.whole || len(tables) == 0 || !k.float || c.allComputed(k) {
		return table(c, k, sample)
	}
	var v *value
	if p := k.part; p != nil && p.of.whole && len(tables) == 1 {
		if v = c.source(p.of, p.of.dims); v != nil {
			cut := piece{dim: p.at, from: p.from, to: p.to, step: p.step}.within(p.of.dims[p.at])
			if !cut.everything() {
				v = c.emit(draft{layer: cut.layer(), in: []*value{v}, tail: ".part"})
			}
		}
	} else {
		first := &constant{dims: tables[0].dims, float: true, whole: true, roots: tables[:1]}
		v = computed(c, c.source(first, first.dims), tables[1:], sample)
	}
	if v == nil {
		return nil
	}
	return v.laidOut(c.Out[0]+"/const", tensor.Of(sample...), noBatch, false)
}

// computed is a table that a file computes of stored ones, in ways that are not
// followed here.
func computed(c conversion, first *value, rest []*stored, sample []int64) *value {
	if first == nil {
		return nil
	}
	c.count(c.counts.opaque, "Computed")
	var more []tensor.Shape
	var of []*constant
	for _, r := range rest {
		if c.owners[r] == "" {
			more = append(more, tensor.Of(shortened(r.dims)...))
			of = append(of, &constant{dims: r.dims, whole: true, roots: []*stored{r}})
		}
	}
	l := graph.Unknown{Type: "Computed", Weights: more, Complete: true, Out: tensor.Of(sample...)}.Layer()
	return c.emit(draft{layer: l, in: []*value{first}, weights: of, tail: ".computed"})
}

// table makes a layer of a constant as it is.
func table(c conversion, k *constant, sample []int64) *value {
	kind := layer.ParamKind
	if !k.float || len(k.roots) > 0 && c.allComputed(k) {
		kind = layer.BufferKind
	}
	if elementsOf(k.dims).Cmp(single) <= 0 && !(len(k.roots) == 1 && k.roots[0].perhaps() && isNamed(k.roots[0])) {
		kind = layer.BufferKind
	}
	shape := tensor.Of(sample...)
	for _, r := range k.roots {
		owner := c.owners[r]
		if at, ok := c.Index[owner]; ok && len(k.roots) == 1 && k.whole &&
			c.Graph.Nodes[at].Layer.Kind().Takes == layer.TakesNone {
			have := c.Shapes[owner]
			v := &value{node: owner, sample: have, batch: noBatch}
			if have.Equal(shape) {
				return v
			}
			return v.laidOut(c.Out[0]+"/"+r.name, shape, noBatch, false)
		}
	}
	use := *k
	if len(k.roots) == 0 || !k.whole {
		// Computed from nothing, or from single numbers: it counts as stored
		// itself.
		use.whole, use.roots = true, []*stored{{dims: k.dims, float: k.float}}
		c.markOption(k)
	}
	name := scopeName(c.node) + "_const"
	if len(k.roots) == 1 && k.roots[0].name != "" {
		name = k.roots[0].name
	}
	return c.lowering.emit(&node{Name: name, Op: kind.Kind().Name}, draft{weights: []*constant{&use},
		layer: layerOf(kind, func(l *layer.Param) { l.Shape = layer.ExtentsOf(sample...) })})
}

// inside returns the tensors that graphs in a node's attributes hold, and those of
// the network that they use.
func inside(c conversion, n *node, around map[string]*constant, nest int) []holding {
	var all []holding
	for _, g := range n.Graphs() {
		if nest > onnxpb.MaxNest {
			break
		}
		own := maps.Clone(around)
		for _, t := range g.Stored {
			own[t.Name] = constantOf(t, t.Name)
		}
		for _, m := range g.Nodes {
			if k := constantNode(m); m.Op == "Constant" && k != nil && len(m.Out) > 0 {
				own[m.Out[0]] = k
				continue
			}
			for i, name := range m.In {
				k := own[name]
				if v := c.value(name); k == nil && v != nil {
					k = v.fixed
				}
				switch r := roleAt(m, i); {
				case k == nil:
				case len(m.Out) > 0 && (m.Op == "Identity" || m.Op == "Cast"):
					own[m.Out[0]] = k
				default:
					if r == scaling {
						for _, s := range k.roots {
							c.scales[s] = true
						}
					}
					all = append(all, holding{k, r})
				}
			}
			all = append(all, inside(c, m, own, nest+1)...)
		}
		for _, v := range g.Outputs { // a branch may be a stored tensor
			if k := own[v.Name]; k != nil {
				all = append(all, holding{k, operand})
			}
		}
	}
	return all
}
