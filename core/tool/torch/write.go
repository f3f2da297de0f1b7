package torch

import (
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/names"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/pycode"
	"paramstack/core/tool/target"
)

// Writer writes an nn.Module: blocks that come more than once are classes, equal
// turns loops, and forward follows the wiring. It runs with PyTorch 1.13 and
// later.
var Writer = target.Writer{
	ID: "pytorch", Label: catalog.ExportTorch, Ext: ".py",
	Write: func(n *target.Network) (string, []*diag.Diag) {
		w := newProgram(n)
		return w.text(), w.problems
	},
}

// A program is the code of one network while it is written.
type program struct {
	net      *target.Network
	tree     *oplist.Tree
	helpers  map[string]bool // of torch_helpers.py
	blocks   []*pycode.Block
	inputs   []string // parameters of forward
	problems []*diag.Diag
	lines    int
	full     bool
	usesF    bool // forward calls torch.nn.functional
}

func newProgram(n *target.Network) *program {
	return &program{net: n, tree: oplist.NewTree(n.Model), helpers: map[string]bool{}}
}

// problem files what cannot be said of a row, once.
func (w *program) problem(row *count.Row, d *diag.Diag) {
	d.Node = row.ID
	w.problems = target.AddOnce(w.problems, d)
}

// A scope is a class being written.
type scope struct {
	w       *program
	class   *pycode.Block
	attrs   *names.Set               // names of its attributes
	vars    *names.Set               // and of the variables of forward
	made    map[string]attribute     // attributes by the row they are for
	places  map[string]*oplist.Place // where labels were first
	labels  map[string]string        // variables that hold the value of a label
	outputs []string                 // values that leave on the side
	where   string                   // the repetitions around, if they are written one by one
	at      position
}

// A position is where in a network a scope is.
type position struct {
	top        bool // the network itself
	repetition bool // the body of a repeat: its branches are no classes of their own
	paths      int  // how deep in the paths of branches
}

// An attribute is a module or a tensor of a class: its name, and how many rows it
// represents.
type attribute struct {
	name  string
	rows  int          // 0: forward does not call it on its input alone
	first []*count.Row // what it was made for
}

const moduleWords = "T_destination call_super_init dump_patches training add_module apply bfloat16 buffers children compile cpu cuda double eval extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules mtia named_buffers named_children named_modules named_parameters parameters register_backward_hook register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty train type xpu zero_grad"

func (w *program) scope(name string) *scope {
	return &scope{w: w, class: &pycode.Block{Name: name}, attrs: pycode.NewNames(moduleWords), vars: pycode.NewNames(""),
		made: map[string]attribute{}, places: map[string]*oplist.Place{}, labels: map[string]string{}}
}

// emit adds a statement of so many lines to forward.
func (s *scope) emit(statement pycode.Statement, lines int) {
	if s.w.count(lines) {
		s.class.Forward = append(s.class.Forward, statement)
	}
}

// count counts lines, and reports whether there may be so many.
func (w *program) count(lines int) bool {
	if w.lines += lines; w.lines > pycode.MaxLines && !w.full {
		w.full = true
		w.problems = append(w.problems, diag.New(catalog.ExportTooLong, pycode.MaxLines))
	}
	return w.lines <= pycode.MaxLines
}

// returns ends forward: with the value of the last assignment, if nothing else
// needs the variable.
func (s *scope) returns(values ...string) {
	if last := len(s.class.Forward) - 1; len(values) == 1 && last >= 0 && !s.isLabel(values[0]) {
		if a, ok := s.class.Forward[last].(*pycode.Assign); ok && a.Target == values[0] {
			s.class.Forward[last] = &pycode.Return{Values: []string{a.Value}, Note: a.Note}
			return
		}
	}
	s.emit(&pycode.Return{Values: values}, 1)
}

// assign writes an assignment, with the shape behind it in the network itself: a
// class may be used at several shapes.
func (s *scope) assign(target, value string, out tensor.Shape) {
	a := &pycode.Assign{Target: target, Value: value}
	if s.at.top && out != nil {
		a.Note = out.String()
	}
	s.emit(a, 1)
}

// flow writes a body and returns the variable that holds its value. Values go to
// target, unless a label wants them.
func (s *scope) flow(rows []*count.Row, cur, target string) string {
	var group []*count.Row
	var items []pycode.Expr
	call := func(name string, last *count.Row) {
		to := s.target(last, target)
		s.assign(to, "self."+name+"("+cur+")", last.Out)
		cur = to
	}
	flush := func() {
		if len(group) > 0 {
			call(s.attribute(group, items), group[len(group)-1])
			group, items = nil, nil
		}
	}
	for i := 0; i < len(rows) && !s.w.full; i++ {
		row := rows[i]
		if label := row.Node.Head().Label; label != "" {
			s.places[label] = &oplist.Place{Row: row, Where: s.where}
		}
		if old, ok := s.made[s.key(row)]; ok && old.rows > 0 {
			flush()
			again := rows[i:min(i+old.rows, len(rows))]
			for _, c := range usedAgain(s, again, old) {
				call(c.name, c.last)
			}
			i += len(again) - 1
			continue
		}
		e := s.module(row)
		if e == nil {
			flush()
			cur = s.step(row, cur, target)
			continue
		}
		alone := s.w.tree.Alone(row.Node)
		if alone || row.Node.Head().Label != "" && s.at.paths == 0 || s.at.top && beginsHead(row) {
			flush()
		}
		group, items = append(group, row), append(items, e)
		if _, repeat := row.Node.(*arch.Repeat); alone || repeat && s.at.top {
			flush()
		}
	}
	flush()
	return cur
}

// key names what a row is, for its attribute.
func (s *scope) key(row *count.Row) string { return s.where + "/" + strconv.Itoa(int(row.ID)) }

// beginsHead reports whether a layer beginsHead another part of a network: its head.
func beginsHead(row *count.Row) bool {
	k := row.Kind()
	return k != nil && (k.Torch == "Flatten" || k.Torch == "AdaptiveAvgPool2d")
}

// target returns the variable for a row's value.
func (s *scope) target(row *count.Row, target string) string {
	label := row.Node.Head().Label
	if label == "" || !s.w.tree.Used[label] || row.Form == count.FormTurn || row.Form == count.FormPath {
		return target
	}
	s.labels[label] = pycode.FreeIdentifier(s.vars, label)
	return s.labels[label]
}

// hold makes the value of a row stay in a variable where a label needs it.
func (s *scope) hold(row *count.Row, cur, target string) string {
	label := row.Node.Head().Label
	if label == "" || !s.w.tree.Used[label] {
		return cur
	}
	for _, v := range s.labels {
		if v == cur { // never assigned again
			s.labels[label] = v
			return cur
		}
	}
	to := s.target(row, target)
	s.assign(to, cur, nil)
	return to
}

// attribute makes an attribute of the modules of rows and returns its name.
func (s *scope) attribute(group []*count.Row, items []pycode.Expr) string {
	var e pycode.Expr = &pycode.Sequence{Items: items}
	if len(items) == 1 {
		e = items[0]
	}
	name := s.attrs.Free(s.preferredName(group))
	s.made[s.key(group[0])] = attribute{name, len(group), group}
	if owner := sameLayer(s, group[0]); owner != "" {
		s.class.Inits = append(s.class.Inits, pycode.Init{Text: "self." + name + " = self." + owner})
		return name
	}
	s.class.Inits = append(s.class.Inits, pycode.Init{Name: name, E: e})
	tie(s, group[0], name)
	return name
}

// preferredName is the name of what a group of layers is.
func (s *scope) preferredName(group []*count.Row) string {
	h := group[0].Node.Head()
	kind := group[0].Kind()
	switch {
	case h.Label != "" && s.at.paths == 0:
		return pycode.Identifier(h.Label)
	case len(group) == 1 && kind != nil:
		return pycode.Identifier(kind.Name)
	case s.at.paths > 0:
		return "path"
	case !s.at.top:
		return "layers"
	}
	dense := false
	for _, r := range group {
		if k := r.Kind(); k != nil {
			if k.Group == layer.GroupConv {
				return "features"
			}
			dense = dense || k.Group == layer.GroupDense
		}
	}
	if dense {
		return "classifier"
	}
	return "layers"
}

// module returns a row as one module, nil if it is none by itself.
func (s *scope) module(row *count.Row) pycode.Expr {
	switch n := row.Node.(type) {
	case *arch.Leaf:
		if n.Layer.Kind().Takes == layer.TakesNone {
			return nil
		}
		code := s.w.code(row, n.Layer)
		if code.call != "" {
			return nil
		}
		return code.expr()
	case *arch.Repeat:
		if n.Of != "" || n.Shared && n.Times > 1 || !s.w.tree.Closed(row.ID) {
			return nil
		}
		return s.repetitions(row)
	case *arch.Branch:
		if s.at.repetition && s.at.paths == 0 || !s.w.tree.Closed(row.ID) || !oplist.Learns(row) || n.GoesOnFromLabel() {
			return nil
		}
		return s.classOf(oplist.BlockName(row), func(inner *scope) string { return inner.branch(row, n, "x", "x") })
	default:
		panic(oplist.UnknownNode(n))
	}
}

// classOf writes a class and returns one use of it.
func (s *scope) classOf(name string, write func(inner *scope) string) pycode.Expr {
	inner := s.w.scope(name)
	inner.returns(write(inner))
	s.w.blocks = append(s.w.blocks, inner.class)
	s.class.Depth = max(s.class.Depth, inner.class.Depth+1)
	return &pycode.Call{Inner: inner.class}
}

// repetitions returns the repetitions of a repeat, each a module.
func (s *scope) repetitions(row *count.Row) pycode.Expr {
	all := &pycode.Sequence{Loop: true}
	for _, turn := range row.Children {
		var e pycode.Expr
		var items []pycode.Expr
		for _, r := range turn.Children {
			_, leaf := r.Node.(*arch.Leaf)
			module := pycode.Expr(nil)
			if leaf && !s.w.tree.Alone(r.Node) {
				module = s.module(r)
			}
			if module == nil {
				items = nil
				break
			}
			items = append(items, module)
		}
		switch {
		case len(items) == 1:
			e = items[0]
		case len(items) > 1:
			e = &pycode.Sequence{Items: items}
		default:
			e = s.classOf(oplist.BlockName(row), func(inner *scope) string {
				inner.at.repetition = true
				return inner.flow(turn.Children, "x", "x")
			})
		}
		all.Items = append(all.Items, &pycode.Times{N: turn.Turns(), E: e})
	}
	return all
}
