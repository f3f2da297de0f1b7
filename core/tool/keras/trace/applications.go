package trace

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

// applications has the networks of keras.applications.
func (p *Program) applications(name string) *eval.Module {
	m := p.quiet(name)
	m.Missing = func(in *eval.Interp, attr string) eval.Value {
		switch {
		case attr == "" || strings.HasPrefix(attr, "__"):
			return nil
		case attr == "preprocess_input":
			return eval.NewRaw(attr, func(_ *eval.Interp, a eval.Args) eval.Value {
				t, ok := first(a.Pos).(*Tensor)
				if !ok {
					return &eval.Unknown{Name: "preprocess_input()"}
				}
				return p.pointwise("PreprocessInput", t)
			})
		case attr[0] >= 'A' && attr[0] <= 'Z':
			return p.application(attr)
		case attr == "decode_predictions":
			return &eval.Unknown{Name: attr}
		}
		return p.applications(name + "." + attr)
	}
	return m
}

// application makes a network of keras.applications by its name: with its head or
// without, for another input and for other classes. One that is not known is a layer
// whose weights are unknown.
func (p *Program) application(name string) *eval.Builtin {
	return eval.NewBuiltin(name, "include_top? weights? input_tensor? input_shape? pooling? classes? "+
		"classifier_activation? *rest **more",
		func(in *eval.Interp, v []eval.Value) eval.Value {
			if name == "MobileNet" || name == "MobileNetV2" { // their first argument is the shape
				if _, ok := listItems(v[0]); ok {
					v[0], v[3] = eval.Absent, v[0]
				}
			}
			top := eval.IsNone(v[0]) || in.Truth(v[0])
			var input *Tensor
			if t, ok := v[2].(*Tensor); ok {
				input = t
			}
			dims := []int64{unknown}
			if shape, ok := extents(in, v[3]); ok && !eval.IsNone(v[3]) {
				dims = append(dims, shape...)
			}
			custom := false
			if d, ok := v[8].(*eval.Dict); ok {
				for _, option := range []string{"alpha", "depth_multiplier", "minimalistic"} {
					if x, ok := d.Get(option); ok && x != eval.Value(1.0) && x != eval.Value(int64(1)) && x != eval.Value(false) {
						custom = true // a network of another width
					}
				}
			}
			source := ""
			if p.reader.Application != nil && !custom {
				source = p.reader.Application(name)
			}
			n := p.applicationNet(name, source)
			if n == nil {
				return p.unknownNet(name, input, dims, top, v[4])
			}
			base := n.inputs[0].dims
			if len(dims) == 1 {
				if dims = base; !top {
					dims = []int64{unknown, unknown, unknown, 3}
				}
			}
			if input == nil {
				input = p.asInput(dims, "")
			}
			entry := input
			if kept := counters(n); len(kept) > 0 { // a Normalization keeps how much it has seen
				n = &net{inputs: n.inputs, outputs: n.outputs[:1], result: n.outputs[0]}
				l := &Layer{Class: "Normalization", Name: "normalization", Custom: true, Weights: kept, Learns: true,
					Config: map[string]any{}, At: in.Here()}
				entry = p.record(l, []*Tensor{input}, nil, same(input))
			}
			cut := n
			if !top || !eval.IsNone(v[5]) && len(n.outputs) == 1 {
				cut = p.headless(n, top, v[5])
			}
			o := eval.NewObject(modelClass)
			m := p.modelOf(o)
			m.Name, m.given, m.Custom = strings.ToLower(name), true, false
			p.root = o
			out := p.replayed(o, cut, []*Tensor{entry})
			p.root = nil
			if word, ok := v[4].(string); ok && !top {
				class := map[string]string{"avg": "GlobalAveragePooling2D", "max": "GlobalMaxPooling2D"}[word]
				if class != "" {
					out = in.Call(in.Call(p.leafClass(class), eval.Args{}), eval.Positional(out))
				}
			}
			m.made = &net{inputs: []*Tensor{input}, outputs: p.flat(out), result: out}
			return o
		})
}

// counters are what a network keeps beside its output.
func counters(n *net) (kept []*Weight) {
	for _, t := range n.outputs[1:] {
		if c, _ := t.From(); c != nil && c.Layer.Class == helper("Table") {
			kept = append(kept, &Weight{Name: c.Layer.Name, Shape: t.Shape(), Frozen: true})
		}
	}
	return kept
}

// applicationNet is the network that a source makes.
func (p *Program) applicationNet(name, source string) *net {
	if source == "" {
		return nil
	}
	names, own, hints := p.names, p.own, len(p.hints)
	p.names, p.own = map[string]int{}, true
	mod := p.in.Library(name+".py", source)
	p.names, p.own, p.hints = names, own, p.hints[:hints]
	v, ok := mod.Attrs.Get("model")
	if !ok {
		return nil
	}
	if m := p.modelOf(v); m != nil && m.made != nil && len(m.made.inputs) == 1 {
		return m.made
	}
	return nil
}

// unknownNet is a network that is not known here.
func (p *Program) unknownNet(name string, input *Tensor, dims []int64, top bool, pooling eval.Value) eval.Value {
	if len(dims) == 1 {
		dims = []int64{unknown, unknown, unknown, 3}
	}
	if input == nil {
		input = p.asInput(dims, "")
	}
	out := &Tensor{dtype: "float32"}
	if !top && eval.IsNone(pooling) {
		out = ranked([]int64{unknown, unknown, unknown, unknown})
	}
	l := &Layer{Class: name, Name: strings.ToLower(name), Custom: true, Hidden: true, Learns: true,
		Config: map[string]any{}, At: p.in.Here()}
	o := eval.NewObject(modelClass)
	m := p.modelOf(o)
	m.Name, m.given, m.Custom = strings.ToLower(name), true, false
	p.note(&eval.Problem{At: p.in.Here(), Class: "ValueError", Say: catalog.Say(catalog.KerasApplication, name)})
	p.record(l, []*Tensor{input}, nil, out)
	m.made = &net{inputs: []*Tensor{input}, outputs: []*Tensor{out}, result: out}
	return o
}

// headless is a network without what comes behind its last map, or with a head for
// other classes.
func (p *Program) headless(n *net, top bool, classes eval.Value) *net {
	calls := between(n)
	if top {
		units, ok := wholeOf(classes)
		for _, c := range slices.Backward(calls) {
			if ok && c.Layer.Class == "Dense" {
				if c.Layer.Config["units"] == any(units) {
					return n
				}
				c.Layer.Config["units"] = units
				return n // all that comes behind it is called again
			}
		}
		return n
	}
	last := n.outputs[0]
	for _, c := range calls { // the first that flattens or pools globally ends the map
		if strings.HasPrefix(c.Layer.Class, "paramstack>") {
			continue
		}
		if len(c.Outs) == 1 && len(c.Args) == 1 && len(c.Args[0].dims) == 4 && len(c.Outs[0].dims) != 4 &&
			!followedByMap(calls, c.Outs[0]) {
			last = c.Args[0]
			break
		}
		if strings.HasPrefix(c.Layer.Class, "Global") && len(c.Args) == 1 && !followedByMap(calls, c.Outs[0]) {
			last = c.Args[0]
			break
		}
	}
	return &net{inputs: n.inputs, outputs: []*Tensor{last}, result: last}
}

// followedByMap reports whether what comes of a tensor is joined with a map again, as
// what a squeeze and excitation weighs is.
func followedByMap(calls []*Call, t *Tensor) bool {
	from := map[*Tensor]bool{t: true}
	for _, c := range calls {
		hit, other := false, false
		c.inputs(func(t *Tensor) { hit, other = hit || from[t], other || !from[t] && len(t.dims) == 4 })
		if hit && other {
			return true
		}
		if hit {
			for _, o := range c.Outs {
				from[o] = true
			}
		}
	}
	return false
}
