package torch

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/text"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/names"
	"paramstack/core/tool/source"
)

// maxBlocks is how deep branches nest before modules follow one after the other,
// and how deep repeats may: arch.MaxDepth holds both.
const maxBlocks = 30

// A planner writes the modules of a PyTorch model as statements. A model states
// its modules but not its wiring: where a class is known the wiring comes from
// torchRules, else modules follow one behind the other. Their inputs are stated
// mostly (in_channels, in_features); where a layer takes another number than it
// is given, a new input begins, so that every layer's weights are exact. Its fields are
// the model, the graph that grows, and the place where it is written.
type planner struct {
	r       *source.Result
	leaves  map[*module]*leaf
	order   []*leaf // as the file has them
	labels  *names.Set
	placed  map[*module]string // modules that are written already, by label
	written journal
	rule    ruleState
	depth   int // of the blocks around
	work    int
	begun   bool         // the first input is written
	entered tensor.Shape // the first input
	size    []int64      // spatial extents that the first input is tried with
	noted   noted
}

// A journal is what was written, in order, so that it can be taken back.
type journal struct {
	labels  []string
	modules []*module
}

// A ruleState says how rules are tried.
type ruleState struct {
	allowed bool // they may be tried
	strict  int  // > 0: inside a rule, where no new input may begin
	failed  bool // the one that is tried does not fit
}

// noted is what the notes will be about, a field for each note.
type noted struct {
	chained, opaque, hidden, strange, guessed, shapeless map[string]bool
	inputs, flat, declared                               int
	heads                                                bool // the number of heads was left open
	unsized                                              bool // a dense layer takes a map of unknown size
	misfits                                              []misfit
}

// planTorch turns a tree of modules into a stack.
func planTorch(root *module) (*source.Result, error) {
	p := planSized(root, nil)
	if p.noted.unsized && len(p.order) <= maxSized {
		p = p.sized(root)
	}
	notes(p)
	return p.r, nil
}

// planSized writes a tree whose first input has a size, as far as it is not stated.
func planSized(root *module, size []int64) *planner {
	p := newPlanner()
	p.size = size
	p.find(root)
	body, _ := p.module(root, nil)
	p.r.Model = arch.New(root.class, body, nil)
	return p
}

// planAll turns the trees of a text into networks, each once: the first, and those
// beside it.
func planAll(roots []*module) (*source.Result, error) {
	var r *source.Result
	for i, root := range roots {
		if slices.ContainsFunc(roots[:i], func(m *module) bool { return reflect.DeepEqual(m, root) }) {
			continue
		}
		other, err := planTorch(root)
		switch {
		case err != nil:
			return nil, err
		case r == nil || len(r.Model.Body) == 0:
			r = other
		case len(other.Model.Body) > 0:
			r.More = append(r.More, source.Another{State: root.class, Model: other.Model})
			r.AddNote(false, catalog.ImportNetworkMore, root.class)
			for _, n := range other.Notes {
				if n.Doubt {
					r.AddNote(true, n.Say.Key, n.Say.Args...)
				}
			}
		}
	}
	return r, nil
}

func newPlanner() *planner {
	set := func() map[string]bool { return map[string]bool{} }
	return &planner{r: &source.Result{}, leaves: map[*module]*leaf{},
		labels: names.NewSet(names.DashedTo(text.MaxLabel)), placed: map[*module]string{}, rule: ruleState{allowed: true},
		noted: noted{chained: set(), opaque: set(), hidden: set(), strange: set(), guessed: set(), shapeless: set()}}
}

// find makes layers of all modules that are layers.
func (p *planner) find(m *module) {
	if u := p.unit(m); u != nil {
		l := &leaf{m, u, len(p.order)}
		p.leaves[m] = l
		p.order = append(p.order, l)
		return
	}
	for _, k := range m.kids {
		p.find(k)
	}
}

// unit returns the layer of a module, nil if it is only the frame of others.
func (p *planner) unit(m *module) *layerUnit {
	if composed := torchModules[m.class]; composed != nil {
		if u := composed(p, m); u != nil {
			return u
		}
	}
	if len(m.kids) > 0 {
		return nil // a class that is only called like a layer: split took the layer out
	}
	if m.custom && len(m.own) > 0 {
		return nil // its parameters are its own, however it is called
	}
	u, unknown, err := byVocabulary(m)
	for _, i := range unknown {
		p.noted.strange[m.class+"("+m.args[i].text+")"] = true
	}
	switch {
	case u != nil:
		return u
	case err != nil:
		p.noted.opaque[m.class] = true
		p.noted.hidden[m.class] = true
		return p.opaque(m, nil)
	}
	switch {
	case len(m.own) > 0:
		return nil
	case containers[m.class]:
		return nil
	case slices.Contains(weightless, m.class) || strings.HasSuffix(m.class, "Loss"):
		u = p.opaque(m, []tensor.Shape{})
		u.shapeless = true
		return u
	default:
		p.noted.opaque[m.class] = true
		p.noted.hidden[m.class] = true
		return p.opaque(m, nil)
	}
}

// containers hold modules and nothing else.
var containers = map[string]bool{"Sequential": true, "ModuleList": true, "ModuleDict": true, "ParameterList": true,
	"ParameterDict": true}

// holders are classes that hold parameters of their own, in whichever form they
// come: tables of positions, tokens.
var holders = strings.Fields(`VisionTransformer ViTEmbeddings DeiTEmbeddings BeitEmbeddings CLIPVisionEmbeddings WindowAttention
MultiscaleAttention SwinTransformer`)

// opaque returns a layer that is not known, with its weights if they are.
func (p *planner) opaque(m *module, weights []tensor.Shape) *layerUnit {
	class := m.class
	if name, ok := m.arg("original_name").(string); ok && name != "" { // a module of TorchScript
		class = name
	}
	return &layerUnit{layer: graph.Opaque(class, weights, []tensor.Shape{}, nil), n: tensor.Unknown, dims: -1, cut: true}
}

// module writes a module and all that is in it, as often as it is there.
func (p *planner) module(m *module, in tensor.Shape) ([]arch.Node, tensor.Shape) {
	if m.times == 1 {
		return p.once(m, in)
	}
	head := arch.Head{}
	if p.leaves[m] == nil {
		head.Label = p.label(m.path)
	}
	p.depth++
	body, out := p.once(m, in)
	p.depth--
	if in != nil && len(body) > 0 && !in.Equal(out) && !isSource(body[0]) {
		// The second turn finds another value than the first.
		p.rule.failed = p.rule.failed || p.rule.strict > 0
		if n := inputNode(in); n != nil {
			body = append([]arch.Node{n}, body...)
			p.noted.inputs++
		}
	}
	return []arch.Node{arch.NewRepeat(head, m.times, body, nil)}, out
}

func isSource(n arch.Node) bool {
	l, ok := n.(*arch.Leaf)
	return ok && l.Layer.Kind().Takes == layer.TakesNone
}

// once writes a module once.
func (p *planner) once(m *module, in tensor.Shape) ([]arch.Node, tensor.Shape) {
	if l := p.leaves[m]; l != nil {
		return p.put(l, in)
	}
	if p.rule.allowed && p.depth < maxBlocks {
		if body, out, ok := p.wire(m, in); ok {
			return body, out
		}
	}
	var body []arch.Node
	for i, shape := range m.own {
		body = append(body, p.parameter(m, i, shape))
		in = nil
	}
	if slices.Contains(holders, m.class) {
		p.noted.hidden[m.class] = true
		l := graph.Opaque(m.class, nil, []tensor.Shape{}, nil)
		body = append(body, arch.NewLeaf(arch.Head{Label: p.label(joinPath(m.path, "parameters"))}, l, false))
		in = nil
	}
	if len(m.kids) > 1 && m.class != "Sequential" {
		p.noted.chained[m.class] = true
	}
	for _, k := range m.kids {
		nodes, out := p.module(k, in)
		body, in = append(body, nodes...), out
	}
	return body, in
}

// parameter writes a parameter that a module holds itself. It is alone: what
// becomes of it is unknown.
func (p *planner) parameter(m *module, i int, shape tensor.Shape) arch.Node {
	l := graph.Opaque("Parameter", []tensor.Shape{shape}, []tensor.Shape{}, nil)
	return arch.NewLeaf(arch.Head{Label: p.label(fmt.Sprintf("%s.%d", m.path, i))}, l, false)
}

// label returns a label for a path, "" for none.
func (p *planner) label(path string) string {
	if path == "" {
		return ""
	}
	label := p.labels.Free(graph.Label(path))
	p.written.labels = append(p.written.labels, label)
	return label
}
