package torch

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
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
		w := newTorchCode(n)
		return w.text(), w.problems
	},
}

type torchCode struct {
	net      *target.Network
	tree     *oplist.Tree
	helpers  map[string]bool // of torch_helpers.py
	blocks   []*pycode.Block
	inputs   []string // parameters of forward
	problems []*diag.Diag
	lines    int
	full     bool
}

func newTorchCode(n *target.Network) *torchCode {
	return &torchCode{net: n, tree: oplist.NewTree(n.Model), helpers: map[string]bool{}}
}

// problem files what cannot be said of a row, once.
func (w *torchCode) problem(row *count.Row, d *diag.Diag) {
	d.Node = row.ID
	w.problems = target.AddOnce(w.problems, d)
}

// A scope is a class being written: what its attributes and variables are.
type scope struct {
	w       *torchCode
	b       *pycode.Block
	attrs   *oplist.Names
	vars    *oplist.Names
	made    map[string]made          // attributes by what they are for
	places  map[string]*oplist.Place // of labels
	where   string                   // the turns around, if they are written one by one
	labels  map[string]string        // variables that hold what a label gave
	outputs []string                 // values that leave on the side
	batch   string                   // a variable whose first dimension is the batch
	top     bool
	turn    bool // the body of a repeat: its branches are no classes of their own
	paths   int  // how deep in the paths of branches
}

const moduleWords = "T_destination call_super_init dump_patches training add_module apply bfloat16 buffers children compile cpu cuda double eval extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules mtia named_buffers named_children named_modules named_parameters parameters register_backward_hook register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty train type xpu zero_grad"

func (w *torchCode) scope(name string) *scope {
	return &scope{w: w, b: &pycode.Block{Name: name}, attrs: oplist.NewNames(pycode.PythonWords + " " + moduleWords), vars: oplist.NewNames(pycode.PythonWords),
		made: map[string]made{}, places: map[string]*oplist.Place{}, labels: map[string]string{}, batch: "x"}
}

// line writes one line of forward.
func (s *scope) line(text string) {
	if s.w.lines++; s.w.lines > pycode.MaxLines {
		if !s.w.full {
			s.w.full = true
			s.w.problems = append(s.w.problems, diag.New(catalog.ExportTooLong, pycode.MaxLines))
		}
		return
	}
	s.b.Forward = append(s.b.Forward, text)
}

// give writes what forward returns: the last value as it is made, if nothing else
// wants it.
func (s *scope) give(values ...string) {
	last := len(s.b.Forward) - 1
	if len(values) == 1 && last >= 0 && !s.isLabel(values[0]) {
		if value, ok := strings.CutPrefix(s.b.Forward[last], values[0]+" = "); ok {
			s.b.Forward[last] = "return " + value
			return
		}
	}
	s.line("return " + strings.Join(values, ", "))
}

// assign writes an assignment, with the shape behind it where there is one use
// of the code.
func (s *scope) assign(target, value string, out tensor.Shape) {
	text := target + " = " + value
	if s.top && out != nil {
		text += "  # " + out.String()
	}
	s.line(text)
}

// A made is an attribute that exists: its name, and how many rows it stands for.
type made struct {
	name string
	rows int
}

// flow writes a body and returns the variable that holds its value. Values go to
// target, unless a label wants them.
func (s *scope) flow(rows []*count.Row, cur, target string) string {
	var group []*count.Row
	var items []pycode.Expr
	use := func(name string, last *count.Row) {
		to := s.target(last, target)
		s.assign(to, "self."+name+"("+cur+")", last.Out)
		cur = to
	}
	flush := func() {
		if len(group) > 0 {
			use(s.attribute(group, items), group[len(group)-1])
			group, items = nil, nil
		}
	}
	for i := 0; i < len(rows) && !s.w.full; i++ {
		row := rows[i]
		if label := row.Node.Head().Label; label != "" && s.places[label] == nil {
			s.places[label] = &oplist.Place{Row: row, Where: s.where}
		}
		if old, ok := s.made[s.key(row)]; ok && old.rows > 0 {
			flush()
			i += old.rows - 1
			use(old.name, rows[min(i, len(rows)-1)])
			continue
		}
		e := s.module(row)
		if e == nil {
			flush()
			cur = s.step(row, cur, target)
			continue
		}
		alone := s.w.tree.Alone(row.Node)
		if alone || row.Node.Head().Label != "" && s.paths == 0 || s.top && begins(row) {
			flush()
		}
		group, items = append(group, row), append(items, e)
		if _, repeat := row.Node.(*arch.Repeat); alone || repeat && s.top {
			flush()
		}
	}
	flush()
	return cur
}

// key names what a row is, for its attribute.
func (s *scope) key(row *count.Row) string { return s.where + "/" + strconv.Itoa(int(row.ID)) }

// begins reports whether a layer begins another part of a network: its head.
func begins(row *count.Row) bool {
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

// keep makes the value of a row stay in a variable where a label wants it.
func (s *scope) keep(row *count.Row, cur, target string) string {
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
	s.line(to + " = " + cur)
	return to
}

// attribute makes an attribute of the modules of rows and returns its name.
func (s *scope) attribute(group []*count.Row, items []pycode.Expr) string {
	var e pycode.Expr = &pycode.Sequence{Items: items}
	if len(items) == 1 {
		e = items[0]
	}
	name := s.attrs.Free(s.wish(group))
	s.made[s.key(group[0])] = made{name, len(group)}
	s.b.Inits = append(s.b.Inits, pycode.Init{Name: name, E: e})
	s.tie(group[0], name)
	return name
}

// tie makes a layer use the tensors of another one.
func (s *scope) tie(row *count.Row, name string) {
	n, ok := row.Node.(*arch.Leaf)
	if !ok || n.Shares == "" {
		return
	}
	source := s.places[n.Shares]
	old := made{}
	if source != nil {
		old = s.made[source.Where+"/"+strconv.Itoa(int(source.Row.ID))]
	}
	for i, from := range oplist.Tied(row, source) {
		if from == "" {
			continue
		}
		if old.rows == 0 { // a free tensor, or not a layer
			s.w.problem(row, diag.New(catalog.ExportNoTie, row.Name, layer.Quote(n.Shares), s.w.label()))
			s.b.Inits = append(s.b.Inits, pycode.Init{Text: "raise NotImplementedError(" + pycode.Quoted(row.Name+" shares weights with "+n.Shares) + ")"})
			return
		}
		s.b.Inits = append(s.b.Inits, pycode.Init{Text: "self." + name + "." + row.Weights[i].Name + " = self." + old.name + "." + from})
	}
}

// wish is a name for what a group of layers is.
func (s *scope) wish(group []*count.Row) string {
	h := group[0].Node.Head()
	kind := group[0].Kind()
	switch {
	case h.Label != "" && s.paths == 0:
		return pycode.Identifier(h.Label)
	case len(group) == 1 && kind != nil:
		return pycode.Identifier(kind.Name)
	case s.paths > 0:
		return "path"
	case !s.top:
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
		if n.Layer.Kind().Source {
			return nil
		}
		sp := s.w.spell(row, n.Layer)
		if sp.fn != "" {
			return nil
		}
		return sp.expr()
	case *arch.Repeat:
		if n.Of != "" || n.Shared && n.Times > 1 || !s.w.tree.Closed(row.ID) {
			return nil
		}
		return s.turns(row)
	case *arch.Branch:
		if s.turn && s.paths == 0 || !s.w.tree.Closed(row.ID) || !oplist.Learns(row) || oplist.IsFrom(n) {
			return nil
		}
		return s.use(oplist.BlockName(row), func(inner *scope) string { return inner.branch(row, n, "x", "x") })
	default:
		panic(oplist.UnknownNode(n))
	}
}

// use writes a class and returns one use of it.
func (s *scope) use(name string, write func(inner *scope) string) pycode.Expr {
	inner := s.w.scope(name)
	inner.give(write(inner))
	s.w.blocks = append(s.w.blocks, inner.b)
	s.b.Depth = max(s.b.Depth, inner.b.Depth+1)
	return &pycode.Call{Inner: inner.b}
}

// turns returns the turns of a repeat, each a module.
func (s *scope) turns(row *count.Row) pycode.Expr {
	all := &pycode.Sequence{Loop: true}
	for _, turn := range row.Children {
		var e pycode.Expr
		var items []pycode.Expr
		for _, r := range turn.Children {
			_, leaf := r.Node.(*arch.Leaf)
			one := pycode.Expr(nil)
			if leaf && !s.w.tree.Alone(r.Node) {
				one = s.module(r)
			}
			if one == nil {
				items = nil
				break
			}
			items = append(items, one)
		}
		switch {
		case len(items) == 1:
			e = items[0]
		case len(items) > 1:
			e = &pycode.Sequence{Items: items}
		default:
			e = s.use(oplist.BlockName(row), func(inner *scope) string {
				inner.turn = true
				return inner.flow(turn.Children, "x", "x")
			})
		}
		all.Items = append(all.Items, &pycode.Times{N: turn.Turns(), E: e})
	}
	return all
}
