package trace

import (
	"slices"

	"paramstack/core/tool/pysource/choose"
	"paramstack/core/tool/pysource/eval"
)

// A Network is a network that a program makes: the calls that lead to its outputs.
type Network struct {
	Name    string
	Calls   []*Call // in the order in which they were made
	Outputs []*Tensor
	// Chosen: the program does not state the input.
	Chosen  bool
	Input   [][]int64     // without the batch
	Problem *eval.Problem // why it could not be followed: Calls are its layers then
	Made    string        // the expression that was added to make it
	Assumed bool          // its arguments were assumed
	Data    bool          // the input is that of the data the program loads
}

// Stopped is that a network has more layers, or takes more steps, than are allowed.
type Stopped struct{ *eval.Problem }

// A maker is what makes a network.
func maker(c *eval.Class) bool { return c.Is(modelClass) }

// Choices lists the classes and functions of the program that make networks.
func (p *Program) Choices() []choose.Choice { return choose.Choices(p.main, maker) }

// Networks returns the networks that the program makes, the one that is meant most
// likely first; or of those that it defines the one that can be made; or that of the
// options' expression. The problem says why there is none.
func (p *Program) Networks(o Options) (all []*Network, why *eval.Problem, err error) {
	p.in.Restart()
	limit, stopped := p.in.Protect(func() { all, why, err = p.networks(o) })
	switch {
	case stopped != nil:
		return nil, nil, stopped
	case limit != nil:
		return nil, limit, nil
	}
	return all, why, err
}

func (p *Program) networks(o Options) ([]*Network, *eval.Problem, error) {
	w := choose.Walk[Network]{In: p.in, Scope: p.main[len(p.main)-1], Root: p.networkOf, Made: p.candidates,
		Loose:  p.loose,
		Empty:  func(*eval.Object) bool { return false },
		Follow: func(root *eval.Object) (*Network, error) { return p.follow(root, o) },
		Shows:  func(n *Network) bool { return len(n.Calls) > 1 },
		Note:   func(n *Network, expression string, assumed bool) { n.Made, n.Assumed = expression, assumed }}
	return w.Networks(o.Expression, p.main, p.Choices())
}

// networkOf returns a value as a model: one, the first of several, or a layer.
func (p *Program) networkOf(v eval.Value) *eval.Object {
	if items, ok := listItems(v); ok {
		for _, item := range items {
			if _, list := listItems(item); list {
				continue
			}
			if o := p.networkOf(item); o != nil {
				return o
			}
		}
		return nil
	}
	if o, ok := v.(*eval.Object); ok && p.layerOf(o) != nil && (o.Class.Is(modelClass) || !o.Class.Builtin) {
		return o
	}
	return nil
}

// candidates returns the models that the program has made, the one that is meant most
// likely first: what was trained or summarized last, else what was bound last.
func (p *Program) candidates() []*eval.Object {
	var bound []*eval.Object
	for _, m := range p.main {
		m.Attrs.Each(func(_, v eval.Value) {
			items, ok := listItems(v)
			if !ok {
				items = []eval.Value{v}
			}
			for _, item := range items {
				if o := p.networkOf(item); o != nil && !slices.Contains(bound, o) && p.has(o) {
					bound = append(bound, o)
				}
			}
		})
	}
	if o := p.networkOf(p.in.Last); o != nil && len(bound) == 0 {
		bound = append(bound, o)
	}
	inner := map[*eval.Object]bool{}
	for _, o := range bound {
		p.inside(o, inner)
	}
	var called []*eval.Object
	for _, h := range p.hints {
		if p.inside(h.model, inner); p.has(h.model) {
			called = append(called, h.model)
		}
	}
	bound = slices.DeleteFunc(bound, func(o *eval.Object) bool { return !o.Class.Is(modelClass) })
	return choose.Roots(called, bound, func(o *eval.Object) bool { return inner[o] })
}

// has reports whether a model has something to show.
func (p *Program) has(o *eval.Object) bool {
	m := p.modelOf(o)
	return m != nil && (m.made != nil || len(m.items) > 0 || !o.Class.Builtin)
}

// inside marks the models that are part of another.
func (p *Program) inside(o *eval.Object, seen map[*eval.Object]bool) {
	for _, part := range p.parts(o) {
		if part != o && !seen[part] {
			seen[part] = true
			p.inside(part, seen)
		}
	}
}

// loose is a network that ends in a tensor, where no model is made of it.
func (p *Program) loose() *Network {
	for _, m := range slices.Backward(p.main) {
		var last *Tensor
		m.Attrs.Each(func(_, v eval.Value) {
			if t, ok := v.(*Tensor); ok && t.src != nil && (last == nil || t.src.number > last.src.number) {
				last = t
			}
		})
		if last == nil {
			continue
		}
		n := &net{outputs: []*Tensor{last}}
		if calls := between(n); len(calls) > 1 {
			return p.network("", n)
		}
	}
	return nil
}

// network lists the calls of a net.
func (p *Program) network(name string, n *net) *Network {
	w := &Network{Name: name, Outputs: n.outputs, Calls: between(&net{outputs: n.outputs})}
	for _, t := range n.inputs {
		if c := t.src; c != nil && !slices.Contains(w.Calls, c) && c.Layer.Class == "InputLayer" {
			w.Calls = append([]*Call{c}, w.Calls...)
		}
		w.Input = append(w.Input, t.Shape())
	}
	return w
}

// follow returns the calls of a model.
func (p *Program) follow(root *eval.Object, o Options) (*Network, error) {
	p.in.Restart()
	p.made = 0
	m := p.modelOf(root)
	l := p.layerOf(root)
	name := l.Name
	if name == "" && !root.Class.Builtin {
		name = root.Class.Name
	}
	if m != nil && m.made != nil && o.Input == nil {
		return p.network(name, m.made), nil
	}
	var best *Network
	if m == nil {
		m = &model{Layer: *l}
	}
	for _, try := range p.inputs(root, m, o) {
		var n *net
		p.failed = nil
		problems := len(p.in.Problems)
		problem, err := p.in.Protect(func() {
			if m.made != nil && len(m.items) == 0 { // a functional model on another input
				p.root = root
				in := p.asInput(try.shapes[0], "")
				out := p.replayed(root, m.made, []*Tensor{in})
				p.root = nil
				n = &net{inputs: []*Tensor{in}, outputs: p.flat(out), result: out}
				return
			}
			n = p.netOn(root, m, try.shapes)
		})
		if err != nil {
			return nil, err
		}
		if problem == nil {
			problem = p.failed
		}
		if problem != nil && problem.Class == "" { // a limit
			return nil, &Stopped{problem}
		}
		if problem == nil && n != nil && len(between(&net{outputs: n.outputs})) > 1 {
			w := p.network(name, n)
			w.Chosen, w.Data = try.chosen, try.data
			return w, nil
		}
		if best == nil || best.Problem == nil {
			best = p.listed(root, name)
			best.Problem = problem
		}
		if try.chosen {
			p.in.Problems = p.in.Problems[:problems]
		}
		p.in.Restart()
		p.made = 0
	}
	if best == nil {
		best = &Network{Name: name}
	}
	return best, nil
}

// A try is an input that a model may have.
type try struct {
	shapes       [][]int64
	chosen, data bool
}

// inputs returns the inputs to try, the likeliest first.
func (p *Program) inputs(root *eval.Object, m *model, o Options) []try {
	batched := func(dims []int64) [][]int64 { return [][]int64{append([]int64{unknown}, dims...)} }
	if o.Input != nil {
		return []try{{shapes: batched(o.Input)}}
	}
	if dims := p.entryOf(m); dims != nil {
		return []try{{shapes: [][]int64{dims}}}
	}
	var all []try
	for _, h := range slices.Backward(p.hints) {
		if h.model == root && len(h.inputs) > 0 {
			return []try{{shapes: h.inputs}}
		}
	}
	for _, h := range slices.Backward(p.hints) {
		if len(h.inputs) > 0 && h.model.Class == root.Class && !root.Class.Builtin {
			return []try{{shapes: h.inputs}}
		}
	}
	for _, mod := range p.main {
		for _, name := range []string{"x_train", "train_images", "X_train", "train_x", "trainX", "x", "X"} {
			v, _ := mod.Attrs.Get(name)
			if t, ok := v.(*Tensor); ok && t.ranked && len(t.dims) > 1 && !t.live() {
				all = append(all, try{shapes: batched(t.dims[1:]), data: true})
			}
		}
	}
	if len(p.data) > 0 {
		d := p.data[len(p.data)-1][1:]
		if len(d) == 2 {
			all = append(all, try{shapes: batched(append(slices.Clone(d), 1)), data: true})
		}
		all = append(all, try{shapes: batched(d), data: true})
	}
	return append(all, p.guesses(root)...)
}

// guesses returns inputs that the first layer of a model could take.
func (p *Program) guesses(root *eval.Object) []try {
	rank := 0
	first := ""
	var entry [][]int64
	var look func(o *eval.Object, depth int)
	look = func(o *eval.Object, depth int) {
		if rank > 0 || entry != nil || depth > 6 {
			return
		}
		if m := p.modelOf(o); m != nil && o != root {
			if n := p.net(o, m); n != nil {
				for _, t := range n.inputs {
					entry = append(entry, t.dims)
				}
				return
			}
		}
		l := p.layerOf(o)
		if r := l.Rank; r > 0 && first == "" {
			rank, first = r, l.Class
			return
		}
		if l.Class == "Embedding" && first == "" {
			rank, first = 1, l.Class
		}
		for _, part := range p.parts(o) {
			look(part, depth+1)
		}
	}
	look(root, 0)
	if entry != nil { // of the first model in it
		return []try{{shapes: entry}}
	}
	number := func(dims ...int64) try {
		return try{shapes: [][]int64{append([]int64{unknown}, dims...)}, chosen: true}
	}
	call, _ := root.Class.Find("call")
	pairs := []try{}
	several := func(t try) try {
		if fn, ok := call.(*eval.Function); ok {
			for _, q := range choose.Needs(fn, true)[min(1, len(choose.Needs(fn, true))):] {
				if q != "training" && q != "mask" {
					t.shapes = append(t.shapes, t.shapes[0])
				}
			}
		}
		return t
	}
	switch rank {
	case 1:
		if first == "Embedding" {
			pairs = append(pairs, number(64))
		} else {
			pairs = append(pairs, number(784), number(28, 28, 1))
		}
	case 2:
		pairs = append(pairs, number(64, 128))
	case 3:
		pairs = append(pairs, number(224, 224, 3), number(32, 32, 3), number(28, 28, 1))
	case 4:
		pairs = append(pairs, number(16, 112, 112, 3))
	default:
		pairs = append(pairs, number(224, 224, 3), number(784), number(64))
	}
	for i := range pairs {
		pairs[i] = several(pairs[i])
	}
	return pairs
}

// listed is the layers of a model whose calls cannot be followed, one after another on
// an input of unknown shape.
func (p *Program) listed(root *eval.Object, name string) *Network {
	w := &Network{Name: name}
	in := &Tensor{dtype: "float32"}
	in.src = &Call{Layer: &Layer{Class: "InputLayer", Name: "input", Learns: true, Config: map[string]any{}},
		Name: "input", Outs: []*Tensor{in}}
	w.Calls = append(w.Calls, in.src)
	at := in
	var list func(o *eval.Object, scope string, depth int)
	list = func(o *eval.Object, scope string, depth int) {
		for _, part := range p.parts(o) {
			l := p.layerOf(part)
			name := attributeOf(o, part)
			if name == "" || l.given {
				name = p.nameOf(part)
			}
			if inner := p.parts(part); len(inner) > 0 && depth < 8 {
				next := name
				if scope != "" {
					next = scope + "." + name
				}
				list(part, next, depth+1)
				continue
			}
			if l.Class == "InputLayer" || len(w.Calls) >= mostCalls {
				continue
			}
			out := &Tensor{dtype: "float32"}
			c := &Call{Layer: l, Name: name, Scope: scope, Args: []*Tensor{at}, Outs: []*Tensor{out}, At: l.At}
			if l.Custom && len(l.Weights) == 0 {
				l.Hidden = true
			}
			out.src = c
			w.Calls = append(w.Calls, c)
			at = out
		}
	}
	list(root, "", 0)
	w.Outputs = []*Tensor{at}
	return w
}
