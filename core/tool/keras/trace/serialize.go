package trace

import (
	"maps"
	"strconv"
)

// A Name of a call is unique in a network: the same for all calls of a layer.
type names struct {
	of    map[*Layer]string
	taken map[string]int
}

// Unique returns the name of a call's layer, with those of the layers around its
// first call.
func (n *names) unique(c *Call) string {
	if name, ok := n.of[c.Layer]; ok {
		return name
	}
	name := c.Name
	if name == "" {
		name = snake(c.Layer.Class)
	}
	if c.Scope != "" {
		name = c.Scope + "." + name
	}
	base := name
	for {
		count, taken := n.taken[name]
		if !taken {
			break
		}
		n.taken[name]++
		name = base + "_" + strconv.Itoa(count)
	}
	n.taken[name] = 1
	n.of[c.Layer] = name
	return name
}

// An Index numbers the layers of a network, and the calls of each.
type Index struct {
	names  names
	number map[*Call]int
	uses   map[*Layer]int
	Layers []*Layer
	Uses   map[*Layer][]*Call
}

// NewIndex returns the index of calls.
func NewIndex(calls []*Call) *Index {
	x := &Index{names: names{map[*Layer]string{}, map[string]int{}}, number: map[*Call]int{}, uses: map[*Layer]int{},
		Uses: map[*Layer][]*Call{}}
	for _, c := range calls {
		if x.Uses[c.Layer] == nil {
			x.Layers = append(x.Layers, c.Layer)
			x.names.unique(c)
		}
		x.number[c] = len(x.Uses[c.Layer])
		x.Uses[c.Layer] = append(x.Uses[c.Layer], c)
	}
	return x
}

// Name returns the name of a layer in the network.
func (x *Index) Name(l *Layer) string { return x.names.of[l] }

// Number returns which of its layer's calls one is; ok is false if it is not in the
// network.
func (x *Index) Number(c *Call) (n int, ok bool) { n, ok = x.number[c]; return n, ok }

// serializedModel is a functional model as Keras writes it, for one that is inside a
// wrapper.
func (p *Program) serializedModel(name string, n *net) map[string]any {
	calls := between(&net{outputs: n.outputs})
	x := NewIndex(calls)
	ref := func(t *Tensor) any {
		at, _ := x.Number(t.src)
		return []any{x.Name(t.src.Layer), at, t.out, map[string]any{}}
	}
	refs := func(all []*Tensor) []any {
		list := []any{}
		for _, t := range all {
			if t.src != nil {
				list = append(list, ref(t))
			}
		}
		return list
	}
	layers := []any{}
	for _, l := range x.Layers {
		config := maps.Clone(l.Config)
		config["name"] = x.Name(l)
		if !l.Learns {
			config["trainable"] = false
		}
		nodes := []any{}
		for _, c := range x.Uses[l] {
			if len(c.Args) > 0 {
				nodes = append(nodes, refs(c.Args))
			}
		}
		s := map[string]any{"class_name": l.Class, "name": x.Name(l), "config": config, "inbound_nodes": nodes}
		if l.Custom {
			s["module"] = "program"
		} else if l.Ops {
			s["module"] = "keras.src.ops"
		}
		layers = append(layers, s)
	}
	return map[string]any{"class_name": "Functional", "config": map[string]any{"name": name, "layers": layers,
		"input_layers": refs(n.inputs), "output_layers": refs(n.outputs)}}
}
