package tfjs

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// maxListed is how many tensors an opaque layer lists one by one.
const maxListed = 500

// opaque makes a layer of an operator that has no rules here, with the tensors of
// real numbers that it takes. Single numbers are its options.
func (c conversion) opaque() {
	var in []value
	var names []string
	var held []*constant
	var weights []tensor.Shape
	seen := map[*stored]bool{}
	for i := range c.node.in {
		v, ok := c.in(i)
		if !ok {
			continue
		}
		if v.fixed == nil {
			if len(names) < graph.MaxInputs {
				in, names = append(in, v), append(names, v.node)
			}
			continue
		}
		for _, r := range v.fixed.roots {
			if seen[r] || c.owners[r] != "" || !r.float || r.single() || len(weights) == maxListed {
				continue
			}
			seen[r] = true
			weights = append(weights, tensor.Of(r.dims...))
			held = append(held, &constant{roots: []*stored{r}})
		}
	}
	if c.op == "Merge" && len(in) == 0 && len(c.Graph.Nodes) > 0 { // of a loop, whose way back comes later
		in, names = append(in, value{node: c.Graph.Nodes[0].Name}), append(names, c.Graph.Nodes[0].Name)
	}
	if len(in) == 0 { // it makes its own numbers
		c.bind(value{fixed: &constant{}})
		return
	}
	c.count(c.opaques, c.op)
	v := c.alike(in[0])
	l := graph.Opaque(c.op, append([]tensor.Shape{}, weights...), nil, v).(*layer.Opaque)
	if len(weights) == 0 && !multiplies[c.op] {
		l.MACs.N = 0
	}
	if out, ok := c.push(graph.Node{Name: c.called(), Layer: l, Inputs: names, Keep: len(weights) > 0}, held,
		v != nil && c.first[in[0].node]); ok {
		c.bindAll(out)
	}
}

// bindAll makes a value each of the outputs that is used.
func (c conversion) bindAll(v value) {
	c.bind(v)
	for _, name := range c.further[c.name] {
		c.assign(name, v)
	}
}

// multiplies are operators that multiply and accumulate even without weights of
// their own.
var multiplies = map[string]bool{"MatMul": true, "BatchMatMul": true, "BatchMatMulV2": true, "Einsum": true, "Conv2D": true,
	"DepthwiseConv2dNative": true, "Conv2DBackpropInput": true, "Conv3D": true, "While": true, "StatelessWhile": true, "If": true,
	"StatelessIf": true, "StatefulPartitionedCall": true, "PartitionedCall": true}

// alike is the shape of an operator that works on each element; where it works on
// the map, only the channels stay.
func (c conversion) alike(x value) tensor.Shape {
	s := c.Shapes[x.node]
	switch {
	case keepsShape[c.op]:
		return s
	case keepsChannels[c.op] && len(s) > 1 && c.first[x.node]:
		return append(tensor.Shape{s[0]}, tensor.Of(slices.Repeat([]int64{tensor.Unknown}, len(s)-1)...)...)
	}
	return nil
}

func (s *stored) single() bool { n, ok := s.elements().Int64(); return ok && n <= 1 }

// learn lets a value whose shape is unknown have one that an operator behind it asks
// for. It becomes that of the opaque layer that returns it.
func (c conversion) learn(x value, s tensor.Shape) value {
	if c.Shapes[x.node] != nil {
		return x
	}
	var way []string
	at := x.node
	for range 64 {
		n := c.Node(at)
		if l, ok := layer.OpaqueKind.As(n.Layer); ok && l.Out.Unset() {
			filled := *l
			graph.SetOut(&filled, s)
			graph.Set(&c.Builder, &n.Layer, layer.Layer(&filled))
			graph.Put(&c.Builder, c.Shapes, at, s)
			way = append(way, at)
			break
		}
		if !n.Layer.Kind().InPlace || len(n.Inputs) != 1 || n.Layer.Kind().Group == layer.GroupShape {
			return x
		}
		way, at = append(way, at), n.Inputs[0]
	}
	for i := len(way) - 1; i >= 0; i-- {
		n := c.Node(way[i])
		graph.Put(&c.Builder, c.Shapes, way[i], c.Apply(n.Layer, n.Inputs))
		graph.Put(&c.Builder, c.first, way[i], len(s) > 1)
	}
	return x
}
