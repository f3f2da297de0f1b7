package count_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/internal/randnet"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// The simulation below is the rule of count.Memory as a person would act it out with
// slips of paper: it walks the model and not the report, computes shapes by itself,
// unrolls every repetition, and looks at every instruction that is still to come
// whenever it has to know whether a tensor is needed. It is slow, and shares nothing
// with the report but the layers' own rules.

// A slip is a tensor. Views of it, and what overwrote it, write their names on it.
type slip struct {
	elements num.Int
	names    []int // instructions whose output lies in it
}

// An instruction is a layer or a join that runs.
type instruction struct {
	id     arch.ID
	kind   string
	takes  []int // instructions
	shape  tensor.Shape
	output bool // of the model
}

// A machine lists the instructions of a model.
type machine struct {
	list   []instruction
	labels map[string]int
	nodes  map[string]arch.Node
}

const nothing = -1

func (p *machine) do(id arch.ID, l layer.Layer, takes ...int) int {
	in := make([]tensor.Shape, len(takes))
	for i, t := range takes {
		if t == nothing || p.list[t].shape == nil {
			p.list = append(p.list, instruction{id, l.Kind().Name, takes, nil, false})
			return len(p.list) - 1
		}
		in[i] = p.list[t].shape
	}
	result, _ := layer.Apply(l, in)
	p.list = append(p.list, instruction{id, l.Kind().Name, takes, result.Out, false})
	return len(p.list) - 1
}

func (p *machine) all(body []arch.Node, v int) int {
	for _, n := range body {
		v = p.one(n, v)
		if l := n.Head().Label; l != "" {
			p.labels[l], p.nodes[l] = v, n
		}
	}
	return v
}

func (p *machine) one(n arch.Node, v int) int {
	switch n := n.(type) {
	case *arch.Leaf:
		if n.Layer.Kind().Takes == layer.TakesNone {
			return p.do(n.Head().ID, n.Layer)
		}
		return p.do(n.Head().ID, n.Layer, v)
	case *arch.Repeat:
		if n.Of != "" {
			labels, nodes := copied(p.labels), copied(p.nodes)
			v = p.one(p.nodes[n.Of], v)
			p.labels, p.nodes = labels, nodes
			return v
		}
		for range n.Times {
			v = p.all(n.Body, v)
		}
		return v
	case *arch.Branch:
		name := n.Join.Kind().Name
		var ends []int
		for i, path := range n.Paths {
			if i > 0 && name == "side" && n.Join.Kind().Field("counted").Text(n.Join) == "off" {
				break
			}
			from := v
			if path.From != "" {
				from = p.labels[path.From]
			}
			end := p.all(path.Body, from)
			if name == "side" && i > 0 {
				p.list[end].output = true
			} else {
				ends = append(ends, end)
			}
		}
		return p.do(n.Head().ID, n.Join, ends...)
	}
	panic("unknown node")
}

func copied[V any](m map[string]V) map[string]V {
	c := map[string]V{}
	for k, v := range m {
		c[k] = v
	}
	return c
}

// The kinds that make no tensor of their own, by name.
var (
	viewNames = strings.Fields(`identity dropout spatialdropout alphadropout gaussiandropout gaussiannoise
		stochasticdepth flatten unflatten reshape permute squeeze unsqueeze slice chunk select side from`)
	inPlaceNames = strings.Fields(`bn layerscale scale relu relu6 leakyrelu prelu rrelu elu celu selu gelu silu mish
		hardswish sigmoid hardsigmoid logsigmoid tanh hardtanh tanhshrink softplus exp softsign softshrink
		hardshrink threshold softmax softmin logsoftmax`)
)

// needed reports whether an instruction after now takes what one of the names made, or
// whether it is an output.
func (p *machine) needed(names []int, now int) bool {
	for _, name := range names {
		if p.list[name].output {
			return true
		}
	}
	for i := now + 1; i < len(p.list); i++ {
		for _, t := range p.list[i].takes {
			if slices.Contains(names, t) {
				return true
			}
		}
	}
	return false
}

// simulate returns the most elements that are alive at a time, and the first place;
// false if a size is unknown.
func simulate(m arch.Model) (peak num.Int, at arch.ID, known bool) {
	p := &machine{labels: map[string]int{}, nodes: map[string]arch.Node{}}
	if last := p.all(m.Body, nothing); last != nothing {
		p.list[last].output = true
	}
	var table []*slip // what lies on the table
	holds := func(name int) *slip {
		for _, s := range table {
			if slices.Contains(s.names, name) {
				return s
			}
		}
		return nil
	}
	known = true
	for now, x := range p.list {
		var on *slip
		switch {
		case x.kind == "param" || x.kind == "buffer":
			on = &slip{names: []int{now}} // weights take no room here, and stay
			table = append(table, on)
			continue
		case slices.Contains(viewNames, x.kind):
			on = holds(x.takes[0])
		case slices.Contains(inPlaceNames, x.kind):
			on = holds(x.takes[0])
			if on != nil && (on.weightsOf(p) || p.needed(on.names, now)) {
				on = nil
			}
		}
		if on == nil {
			on = &slip{}
			n, ok := x.shape.Elements()
			if on.elements = n; x.shape == nil || !ok {
				known, on.elements = false, num.Int{}
			}
			table = append(table, on)
		}
		on.names = append(on.names, now)
		var sum num.Int
		for _, s := range table {
			sum = sum.Add(s.elements)
		}
		if sum.Cmp(peak) > 0 {
			peak, at = sum, x.id
		}
		table = slices.DeleteFunc(table, func(s *slip) bool { return !s.weightsOf(p) && !p.needed(s.names, now) })
	}
	return peak, at, known
}

func (s *slip) weightsOf(p *machine) bool {
	k := p.list[s.names[0]].kind
	return k == "param" || k == "buffer"
}

// compare returns what differs between the report's memory and the simulation, "" if
// nothing.
func compare(m arch.Model) string {
	r := count.Of(m)
	got := r.Memory()
	peak, at, known := simulate(m)
	var id arch.ID
	if got.At != nil {
		id = got.At.ID
	}
	if !got.Peak.Equal(peak) || id != at || got.AtLeast == known {
		return fmt.Sprintf("%s at %s, at least: %v; simulated %s at %s, known: %v",
			got.Peak, r.Name(id), got.AtLeast, peak, r.Name(at), known)
	}
	var sum num.Int
	for _, a := range got.Alive {
		sum = sum.Add(a.Elements)
	}
	if !sum.Equal(got.Peak) {
		return fmt.Sprintf("the tensors alive add up to %s, the peak is %s", sum, got.Peak)
	}
	return ""
}

func TestMemoryOfTheZoo(t *testing.T) {
	for _, n := range zoo.All() {
		if wrong := compare(n.Model()); wrong != "" {
			t.Errorf("%s: %s", n.ID, wrong)
		}
	}
}

// TestMemoryOfRandomNetworks holds the same for networks of all kinds.
func TestMemoryOfRandomNetworks(t *testing.T) {
	randnet.Hold(t, 400, 100, randnet.Options{}, func(source string) string {
		file, problems := text.Parse(source)
		if len(problems) > 0 || randnet.Faulty(count.Of(file.Model)) {
			return ""
		}
		return compare(file.Model)
	})
}

// TestMemory has the cases in which the rule decides something.
func TestMemory(t *testing.T) {
	for _, c := range []struct{ what, src, peak, at string }{
		{"the input counts", "input 3x10x10; conv 1 k1", "400", "conv1"},
		{"the input is freed", "input 3x10x10; conv 1 k1; conv 4 k1", "500", "conv2"},
		{"in place", "input 4x4; relu; relu; bn; dropout; flatten", "16", "input1"},
		{"a norm that measures first", "input 4x4; layernorm", "32", "layernorm1"},
		{"lrn looks at neighbours", "input 4x4x4; lrn 5", "128", "lrn1"},
		{"a skip keeps its input", "input 2x8; add { conv 2 k1; relu; conv 2 k1 | }", "48", "conv2"},
		{"paths one after another", "input 2x8; concat { conv 2 k1 | conv 6 k1 | conv 4 k1 }", "192", "concat1"},
		{"in place, but needed: a copy", "input 2x8; add { bn; relu | }", "48", "add1"},
		{"in place at the last use", "input 2x8; add { bn | conv 2 k1 }", "48", "conv1"},
		{"a label", "input 2x8; a: conv 4 k1; conv 1 k1; conv 1 k1; concat @a", "80", "concat1"},
		{"a view keeps all of it", "input 8x4; a: chunk 2; conv 1 k1; concat @a", "56", "concat1"},
		{"a view is overwritten with it", "input 8x4; chunk 2; relu; conv 1 k1", "36", "conv1"},
		{"a side head stays", "input 2x8; side { | conv 2 k1; flatten; linear 100 }; conv 2 k1; linear 200",
			"516", "linear2"},
		{"a side head left out", "input 2x8; side off { | flatten; linear 900 }; conv 2 k1", "32", "conv1"},
		{"side heads in a repeat add up", "input 2x8; repeat 10 { side { | globalavgpool } ; conv 2 k1 }", "52", "conv1"},
		{"two inputs", "input 100; a: linear 10; input 50; linear 10; concat @a", "110", "a"},
		{"what from leaves behind is freed", "input 100; a: linear 10; linear 300; from @a; linear 20", "310", "linear2"},
		{"again", "input 8; t: linear 100; input 8; again @t; concat @t", "400", "concat1"},
		{"a learned tensor is a weight", "input 4x4; add { | param 4x4 }", "32", "add1"},
		{"a learned tensor is not overwritten", "input 4x4; add { | param 4x4; sigmoid }", "48", "add1"},
		{"shuffles copy", "input 8x4x4; channelshuffle 2; pixelshuffle 2", "256", "channelshuffle1"},
		{"a billion repetitions", "input 2x8; repeat 1000000000 { add { conv 4 k1; conv 2 k1 | } }", "64", "conv2"},
		{"a billion side heads",
			"input 2x8; repeat 1000000000 { repeat 1000000000 { side { | globalavgpool }; conv 2 k1 } }",
			"2000000000000000032", "conv1"},
	} {
		r := count.Of(parse(t, c.src))
		m := r.Memory()
		if m.At == nil || m.Peak.String() != c.peak || m.At.Name != c.at || m.AtLeast {
			t.Errorf("%s: %s: %+v, want %s at %s", c.what, c.src, m, c.peak, c.at)
		}
	}
}

// What is unknown makes the peak a lower bound; nothing is 0 and nowhere.
func TestMemoryAtLeast(t *testing.T) {
	for src, want := range map[string]string{
		"":                          "0 false",
		"input 3x?x?; conv 8 k3":    "0 true",
		"input 8; opaque; linear 4": "8 true",
		"input 8; opaque out=16":    "24 false",
		"input 3x8x8; conv 8 k9":    "192 true",
		"relu":                      "0 true",
		"input 8; again @x":         "8 true",
		"input 8; repeat 1000000000 { repeat 3 { linear 8 } }; opaque; relu": "16 true",
	} {
		m := count.Of(parse(t, src)).Memory()
		if got := fmt.Sprint(m.Peak, " ", m.AtLeast); got != want {
			t.Errorf("%q: %s, want %s", src, got, want)
		}
	}
}

// TestMemoryOfDeepNests counts repeats in repeats within bounds.
func TestMemoryOfDeepNests(t *testing.T) {
	src := "input 8; " + strings.Repeat("repeat 9 { ", 40) + "linear 8; " + strings.Repeat("} ", 40)
	m := count.Of(parse(t, src)).Memory()
	if m.Peak.String() != "16" || !m.AtLeast {
		t.Errorf("peak %s, at least: %v", m.Peak, m.AtLeast)
	}
}

// The three that docs/memory.md works out by hand.
func TestMemoryByHand(t *testing.T) {
	for id, want := range map[string]string{
		"alexnet-2012": "580800 lrn1",     // 2 · 96·55·55
		"resnet-50":    "2408448 conv2.1", // 3 · 256·56·56
		"mobilenet-v2": "1505280 conv5",   // 96·112·112 + 96·56·56
	} {
		at := slices.IndexFunc(zoo.All(), func(n zoo.Net) bool { return n.ID == id })
		m := count.Of(zoo.All()[at].Model()).Memory()
		if got := m.Peak.String() + " " + m.At.Name; got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}

// A linear layer of 8 to 4 has 36 parameters; 8 and 4 of them are a frozen one's.
func TestTraining(t *testing.T) {
	for src, want := range map[string]string{
		"input 8; linear 4":                  "36 36 36 72 4",
		"input 8; linear 4; linear 2 frozen": "46 36 36 72 6",
		"input 8; bn; relu; linear 4 nobias": "48 48 48 96 12",
	} {
		c := count.Of(parse(t, src)).Totals.Counts
		sgd, adam := c.Training(count.Momentum), c.Training(count.Adam)
		got := fmt.Sprint(sgd.Params, " ", sgd.Gradients, " ", sgd.States, " ", adam.States, " ", sgd.Activations)
		if got != want {
			t.Errorf("%s: %s, want %s", src, got, want)
		}
		if sum := adam.Total(); !sum.Equal(adam.Params.Add(adam.Gradients).Add(adam.States).Add(adam.Activations)) {
			t.Errorf("%s: total %s", src, sum)
		}
	}
}
