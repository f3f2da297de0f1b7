package keras

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tool/names"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/pycode"
	"paramstack/core/tool/target"
)

// CodeWriter writes functional code for Keras 3: blocks that come more than once are
// functions, repetitions that are alike a loop, and shared weights one layer that is
// called again. Maps have their channels last.
var CodeWriter = target.Writer{
	ID: "keras", Label: catalog.ExportKeras, Ext: ".py",
	Write: func(n *target.Network) (string, []*diag.Diag) {
		w := writeProgram(n)
		return w.text(), w.problems
	},
}

// A program is the code of a network.
type program struct {
	net      *target.Network
	facts    *facts
	inline   map[arch.ID]bool // blocks that are written where they are used
	top      *codeScope
	blocks   []*pycode.Block
	inputs   []string
	outputs  []string
	helpers  map[string]bool // of keras_helpers.py
	problems []*diag.Diag
	lines    int
}

// facts are what the code of a network depends on.
type facts struct {
	tree      *oplist.Tree
	twice     map[arch.ID]bool // what is called again with the same weights
	indices   map[arch.ID]bool // inputs that are looked up in a table
	back      map[arch.ID]bool // tables that also lead back from features to words
	sequences bool             // inputs of rank 2 are
	unreached []*oplist.Op     // layers that lead nowhere
}

// writeProgram writes a network.
func writeProgram(n *target.Network) *program {
	facts := factsOf(n)
	w := &program{net: n, facts: facts, inline: inlined(n, facts), helpers: map[string]bool{}}
	for _, o := range facts.unreached {
		w.problem(o.Row, diag.Warn(catalog.ExportNoOutput, o.Row.Name))
	}
	w.write()
	return w
}

func factsOf(n *target.Network) *facts {
	t := oplist.NewTree(n.Model)
	all := &facts{tree: t, twice: t.Twice(n.Model), indices: map[arch.ID]bool{}, back: map[arch.ID]bool{},
		sequences: entersAsSequences(n)}
	f, d := oplist.Of(n)
	for i := range f.Ops {
		if o := &f.Ops[i]; layer.EmbeddingKind.Is(o.Layer) && o.Inputs[0] >= 0 {
			all.indices[f.Ops[o.Inputs[0]].Row.ID] = true
		}
	}
	n.Model.Walk(func(node arch.Node) {
		if leaf, ok := node.(*arch.Leaf); ok && leaf.Shares != "" && leadsBack(leaf.Layer) {
			if table, ok := t.Labels[leaf.Shares].(*arch.Leaf); ok && layer.EmbeddingKind.Is(table.Layer) {
				all.back[table.Head().ID] = true
			}
		}
	})
	if d == nil {
		all.unreached = f.Unreached()
	}
	return all
}

// write writes the network into the top scope.
func (w *program) write() {
	w.top = w.scope(w.net.Model.Name, 0)
	w.top.names.prefix, w.top.at.top, w.top.names.local = "", true, false
	w.top.names.layers = newLayerNames(true)
	value := w.top.flow(w.net.Report.Rows, "", "x")
	if value == "" {
		value = "x"
	}
	w.outputs = append([]string{value}, w.top.outputs...)
	if len(w.inputs) == 0 {
		d := diag.New(catalog.ExportNoInput, catalog.ExportKeras)
		w.problems = append(w.problems, d)
		raise(w.top, d)
	}
}

// problem files what cannot be written of a row, once.
func (w *program) problem(row *count.Row, d *diag.Diag) {
	d.Node = row.ID
	w.problems = target.AddOnce(w.problems, d)
}

// A codeScope is a function being written, or the program itself.
type codeScope struct {
	program *program
	block   *pycode.Block
	names   naming
	at      position
	values  map[string]held          // of variables
	labels  map[string]string        // variables that hold what a label gave
	places  map[string]*oplist.Place // of labels
	called  map[string]called        // the layers of a row, for its next call
	outputs []string                 // values that leave on the side
	batch   string                   // a variable whose first dimension is the batch
}

// namer is how variables and layers of a scope are called.
type naming struct {
	variables *names.Set
	layers    *layerNames
	prefix    string // of the names of layers, as an f-string has it
	local     bool   // names have the kind only: the prefix has the rest
}

// A position is where in the network the writing is.
type position struct {
	where string // the repetitions around, if they are written one by one
	loops int    // how deep in loops
	paths int    // how deep in the paths of branches
	body  bool   // of a repeat: its branches are no functions of their own
	top   bool   // the program itself: there is one use of this code
}

// called are layers in variables that may be called again, and the row that they
// were written for; nil: their shapes do not matter.
type called struct {
	layers []namedLayer
	row    *count.Row
}

// A namedLayer is a layer in a variable, and the code that constructs it.
type namedLayer struct{ name, code string }

func (w *program) scope(name string, id arch.ID) *codeScope {
	return &codeScope{
		program: w, block: &pycode.Block{Name: name, ID: id,
			Locals: map[string]bool{"name": true, "i": true, "j": true, "k": true}},
		names: naming{variables: pycode.NewNames("name i j k inputs outputs model"), layers: newLayerNames(false),
			prefix: "{name}_", local: true},
		values: map[string]held{}, labels: map[string]string{}, places: map[string]*oplist.Place{}, called: map[string]called{},
	}
}

// variable returns a free name for a value.
func (s *codeScope) variable(preferred string) string {
	name := pycode.FreeIdentifier(s.names.variables, preferred)
	s.block.Locals[name] = true
	return name
}

// count counts a line, or a repetition without one, and reports whether there may be
// more.
func (w *program) count() bool {
	if w.lines++; w.lines == pycode.MaxLines+1 {
		w.problems = append(w.problems, diag.New(catalog.ExportTooLong, pycode.MaxLines))
	}
	return !w.full()
}

// full reports whether there are as many lines as may be.
func (w *program) full() bool { return w.lines > pycode.MaxLines }

// emit adds a statement.
func (s *codeScope) emit(i pycode.Init) {
	if s.program.count() {
		s.block.Inits = append(s.block.Inits, i)
	}
}

// line adds a comment, or a statement that assigns nothing.
func (s *codeScope) line(text string) { s.emit(pycode.Init{Text: text}) }

// assign adds a statement that assigns code to a variable.
func (s *codeScope) assign(target, code, note string) {
	s.emit(pycode.Init{Target: target, Text: code, Note: note})
}

// last is the statement that was added last, nil if there is none.
func (s *codeScope) last() *statement {
	if n := len(s.block.Inits); n > 0 {
		return (*statement)(&s.block.Inits[n-1])
	}
	return nil
}

// A statement is one of a function's.
type statement pycode.Init

// assigns reports whether it assigns a variable unconditionally.
func (i *statement) assigns(v string) bool { return i.Target == v && i.Deep == 0 && i.Loop == "" }

// assignCopy makes a variable hold what another one does.
func (s *codeScope) assignCopy(to, from string) string {
	if to != from {
		s.assign(to, from, "")
		s.values[to] = s.values[from]
	}
	return to
}

// flow writes a body and returns the variable that holds its value. Values go to
// into, unless a label needs them.
func (s *codeScope) flow(rows []*count.Row, cur, into string) string {
	for _, row := range rows {
		if s.program.full() {
			break
		}
		h := row.Node.Head()
		if h.Label != "" && s.places[h.Label] == nil {
			s.places[h.Label] = &oplist.Place{Row: row, Where: s.at.where}
		}
		if s.at.top && s.at.loops == 0 {
			for _, c := range append(h.Above[:len(h.Above):len(h.Above)], h.After) {
				if c = target.OneLine(c); c != "" {
					s.line("# " + c)
				}
			}
		}
		switch n := row.Node.(type) {
		case *arch.Leaf:
			cur = s.leaf(row, n, cur, into)
		case *arch.Branch:
			cur = s.branch(row, n, cur, into)
		case *arch.Repeat:
			cur = s.repeat(row, n, cur, into)
		default:
			panic(oplist.UnknownNode(n))
		}
	}
	return cur
}

// into returns the variable for a row's value.
func (s *codeScope) target(row *count.Row, into string) string {
	label := row.Node.Head().Label
	if label == "" || !s.program.facts.tree.Used[label] {
		return into
	}
	s.labels[label] = s.variable(label)
	return s.labels[label]
}

// keep makes the value of a row stay in a variable where a label needs it.
func (s *codeScope) keep(row *count.Row, cur, into string) string {
	label := row.Node.Head().Label
	if label == "" || !s.program.facts.tree.Used[label] || cur == "" {
		return cur
	}
	if s.held(cur) { // never assigned again
		s.labels[label] = cur
		return cur
	}
	return s.assignCopy(s.target(row, into), cur)
}

// held reports whether a label or an input holds a variable.
func (s *codeScope) held(v string) bool {
	for _, l := range s.labels {
		if l == v {
			return true
		}
	}
	for _, in := range s.program.inputs {
		if s.at.top && in == v {
			return true
		}
	}
	return false
}

func (s *codeScope) leaf(row *count.Row, n *arch.Leaf, cur, into string) string {
	kind := n.Layer.Kind()
	switch {
	case kind.Takes == layer.TakesNone && kind.Group == layer.GroupInput:
		return writeInput(s, row, n)
	case kind.Takes == layer.TakesNone:
		return writeTable(s, row, n, into)
	default:
		return s.layer(row, n.Layer, n, into, cur)
	}
}

// writeInput writes where samples enter.
func writeInput(s *codeScope, row *count.Row, n *arch.Leaf) string {
	name := "inputs"
	if label := n.Head().Label; label != "" && (s.program.facts.tree.Used[label] || len(s.program.inputs) > 0) {
		name = s.variable(label)
		s.labels[label] = name
	} else if len(s.program.inputs) > 0 {
		name = s.variable("inputs")
	}
	order := inputOrder(row.Out, s.program.facts.sequences)
	args := []pycode.Arg{pycode.Named("shape", pycode.Literal(shapeOf(row.Out, order)), "")}
	if s.program.facts.indices[row.ID] {
		args = append(args, pycode.Named("dtype", pycode.Quoted("int32"), ""))
	}
	s.emit(pycode.Init{Target: name, E: &pycode.Call{Func: "keras.Input", Args: args, Last: "name=" + namer(s, row)("")}})
	s.values[name] = held{order: order}
	s.program.inputs = append(s.program.inputs, name)
	if s.batch == "" {
		s.batch = name
	}
	return name
}
