package exporter

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// torch writes an nn.Module: blocks that come more than once are classes, equal
// turns loops, and forward follows the wiring. It runs with PyTorch 1.13 and
// later.
var torch = Format{
	Name: "pytorch", Label: catalog.ExportTorch, Ext: ".py",
	Write: func(n *Net) (string, []*diag.Diag) {
		w := newTorchCode(n)
		return w.text(), w.problems
	},
}

// maxLines is how long code may become: a repeat whose turns are not alike is
// written turn by turn.
const maxLines = 20_000

func unknownNode(n arch.Node) string { return fmt.Sprintf("exporter: unknown node %T", n) }

type torchCode struct {
	net      *Net
	tree     *tree
	helpers  map[string]bool // of torch_helpers.py
	blocks   []*block
	inputs   []string // parameters of forward
	problems []*diag.Diag
	lines    int
	full     bool
}

func newTorchCode(n *Net) *torchCode {
	return &torchCode{net: n, tree: newTree(n.Model), helpers: map[string]bool{}}
}

// problem files what cannot be said of a row, once.
func (w *torchCode) problem(row *count.Row, d *diag.Diag) {
	d.Node = row.ID
	w.problems = fileOnce(w.problems, d)
}

// A scope is a class being written: what its attributes and variables are.
type scope struct {
	w       *torchCode
	b       *block
	attrs   *names
	vars    *names
	made    map[string]made   // attributes by what they are for
	places  map[string]*place // of labels
	where   string            // the turns around, if they are written one by one
	labels  map[string]string // variables that hold what a label gave
	outputs []string          // values that leave on the side
	batch   string            // a variable whose first dimension is the batch
	top     bool
	turn    bool // the body of a repeat: its branches are no classes of their own
	paths   int  // how deep in the paths of branches
}

const moduleWords = "T_destination call_super_init dump_patches training add_module apply bfloat16 buffers children compile cpu cuda double eval extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules mtia named_buffers named_children named_modules named_parameters parameters register_backward_hook register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty train type xpu zero_grad"

func (w *torchCode) scope(name string) *scope {
	return &scope{w: w, b: &block{name: name}, attrs: newNames(pythonWords + " " + moduleWords), vars: newNames(pythonWords),
		made: map[string]made{}, places: map[string]*place{}, labels: map[string]string{}, batch: "x"}
}

// line writes one line of forward.
func (s *scope) line(text string) {
	if s.w.lines++; s.w.lines > maxLines {
		if !s.w.full {
			s.w.full = true
			s.w.problems = append(s.w.problems, diag.New(catalog.ExportTooLong, maxLines))
		}
		return
	}
	s.b.forward = append(s.b.forward, text)
}

// give writes what forward returns: the last value as it is made, if nothing else
// wants it.
func (s *scope) give(values ...string) {
	last := len(s.b.forward) - 1
	if len(values) == 1 && last >= 0 && !s.isLabel(values[0]) {
		if value, ok := strings.CutPrefix(s.b.forward[last], values[0]+" = "); ok {
			s.b.forward[last] = "return " + value
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
	var items []expr
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
			s.places[label] = &place{row, s.where}
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
		alone := s.w.tree.alone(row.Node)
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
	if label == "" || !s.w.tree.used[label] || row.Form == count.FormTurn || row.Form == count.FormPath {
		return target
	}
	s.labels[label] = s.vars.identifier(label)
	return s.labels[label]
}

// keep makes the value of a row stay in a variable where a label wants it.
func (s *scope) keep(row *count.Row, cur, target string) string {
	label := row.Node.Head().Label
	if label == "" || !s.w.tree.used[label] {
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
func (s *scope) attribute(group []*count.Row, items []expr) string {
	var e expr = &sequence{items: items}
	if len(items) == 1 {
		e = items[0]
	}
	name := s.attrs.free(s.wish(group))
	s.made[s.key(group[0])] = made{name, len(group)}
	s.b.inits = append(s.b.inits, init_{name: name, e: e})
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
		old = s.made[source.where+"/"+strconv.Itoa(int(source.row.ID))]
	}
	for i, from := range tied(row, source) {
		if from == "" {
			continue
		}
		if old.rows == 0 { // a free tensor, or not a layer
			s.w.problem(row, diag.New(catalog.ExportNoTie, row.Name, layer.Quote(n.Shares), s.w.label()))
			s.b.inits = append(s.b.inits, init_{text: "raise NotImplementedError(" + quoted(row.Name+" shares weights with "+n.Shares) + ")"})
			return
		}
		s.b.inits = append(s.b.inits, init_{text: "self." + name + "." + row.Weights[i].Name + " = self." + old.name + "." + from})
	}
}

// A place is where a label was first.
type place struct {
	row   *count.Row
	where string
}

// tied returns, for each weight of a row that shares, which one of the source's
// it is: that of the same name if the shape is the same too, else the first of
// that shape (core/count has the same rule).
func tied(row *count.Row, source *place) []string {
	names := make([]string, len(row.Weights))
	if source == nil {
		return names
	}
	taken := map[string]bool{}
	for _, byName := range []bool{true, false} {
		for i, w := range row.Weights {
			for _, v := range source.row.Weights {
				if w.Shared && names[i] == "" && !taken[v.Name] && (!byName || w.Name == v.Name) && v.Class == w.Class && slices.Equal(w.Shape, v.Shape) {
					names[i], taken[v.Name] = v.Name, true
				}
			}
		}
	}
	return names
}

// wish is a name for what a group of layers is.
func (s *scope) wish(group []*count.Row) string {
	h := group[0].Node.Head()
	kind := group[0].Kind()
	switch {
	case h.Label != "" && s.paths == 0:
		return identifier(h.Label)
	case len(group) == 1 && kind != nil:
		return identifier(kind.Name)
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
func (s *scope) module(row *count.Row) expr {
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
		if n.Of != "" || n.Shared && n.Times > 1 || !s.w.tree.closed(row.ID) {
			return nil
		}
		return s.turns(row)
	case *arch.Branch:
		if s.turn && s.paths == 0 || !s.w.tree.closed(row.ID) || !learns(row) || isFrom(n) {
			return nil
		}
		return s.use(blockName(row), func(inner *scope) string { return inner.branch(row, n, "x", "x") })
	default:
		panic(unknownNode(n))
	}
}

func isFrom(n *arch.Branch) bool { return n.Join.Kind().Bare }

// blockName is the label of a block, or the name of its kind.
func blockName(row *count.Row) string {
	if label := row.Node.Head().Label; label != "" {
		return label
	}
	if k := row.Kind(); k != nil {
		return k.Name
	}
	return "repeat"
}

// learns reports whether a layer in a block does.
func learns(row *count.Row) bool {
	for _, r := range row.Children {
		if k := r.Kind(); k != nil && k.Learns && r.Form == count.FormLeaf || learns(r) {
			return true
		}
	}
	return false
}

// use writes a class and returns one use of it.
func (s *scope) use(name string, write func(inner *scope) string) expr {
	inner := s.w.scope(name)
	inner.give(write(inner))
	s.w.blocks = append(s.w.blocks, inner.b)
	s.b.depth = max(s.b.depth, inner.b.depth+1)
	return &call{inner: inner.b}
}

// turns returns the turns of a repeat, each a module.
func (s *scope) turns(row *count.Row) expr {
	all := &sequence{loop: true}
	for _, turn := range row.Children {
		var e expr
		var items []expr
		for _, r := range turn.Children {
			_, leaf := r.Node.(*arch.Leaf)
			one := expr(nil)
			if leaf && !s.w.tree.alone(r.Node) {
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
			e = &sequence{items: items}
		default:
			e = s.use(blockName(row), func(inner *scope) string {
				inner.turn = true
				return inner.flow(turn.Children, "x", "x")
			})
		}
		all.items = append(all.items, &times{turn.Turns(), e})
	}
	return all
}
