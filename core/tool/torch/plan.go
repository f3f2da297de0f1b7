package torch

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/text"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/names"
	"paramstack/core/tool/source"
	"paramstack/core/tool/vocab"
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

// A leaf is a module that becomes a layer.
type leaf struct {
	m     *module
	u     *layerUnit
	index int
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

// label returns a label for a path, "" for none.
func (p *planner) label(path string) string {
	if path == "" {
		return ""
	}
	label := p.labels.Free(graph.Label(path))
	p.written.labels = append(p.written.labels, label)
	return label
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
