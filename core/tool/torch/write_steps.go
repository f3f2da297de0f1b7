package torch

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/pycode"
)

// step writes a row that is no module by itself.
func (s *scope) step(row *count.Row, cur, target string) string {
	switch n := row.Node.(type) {
	case *arch.Leaf:
		return s.leaf(row, n, cur, target)
	case *arch.Branch:
		return s.branch(row, n, cur, target)
	case *arch.Repeat:
		return s.unrolled(row, n, cur, target)
	default:
		panic(oplist.UnknownNode(n))
	}
}

func (s *scope) leaf(row *count.Row, n *arch.Leaf, cur, target string) string {
	kind := n.Layer.Kind()
	if kind.Takes != layer.TakesNone {
		code := s.w.code(row, n.Layer)
		to := s.target(row, target)
		s.assign(to, s.called(row, code, cur), row.Out)
		return to
	}
	if kind.Group == layer.GroupInput {
		name := "x"
		if len(s.w.inputs) > 0 {
			name = "x" + strconv.Itoa(len(s.w.inputs)+1)
			if label := n.Head().Label; label != "" {
				name = label
			}
			name = pycode.FreeIdentifier(s.vars, name)
		}
		s.w.inputs = append(s.w.inputs, name)
		return s.hold(row, name, target)
	}
	to := s.target(row, target)
	s.assign(to, s.freeTensor(row, n), row.Out)
	return to
}

// called returns the expression that runs a layer on its inputs.
func (s *scope) called(row *count.Row, code layerCode, inputs ...string) string {
	module := ""
	if len(code.modules) > 0 {
		made, ok := s.made[s.key(row)]
		switch {
		case !ok:
			made.name = s.attribute([]*count.Row{row}, []pycode.Expr{code.expr()})
			s.made[s.key(row)] = attribute{name: made.name, first: []*count.Row{row}} // called in a way of its own
		case len(made.first) == 1 && !s.w.alike(row, made.first[0]):
			made.name = otherSize(s, row, made.first[0], made.name)
		}
		module = "self." + made.name
	}
	return pycode.Fill(code.call, module, inputs)
}

// freeTensor writes a tensor that is no layer's: stored once, the same for every
// sample.
func (s *scope) freeTensor(row *count.Row, n *arch.Leaf) string {
	made, ok := s.made[s.key(row)]
	if owner := s.owner(n); !ok && owner.name != "" && row.SharesAll() {
		made, ok = owner, true // the tensor itself
		s.made[s.key(row)] = made
	}
	if !ok {
		made = attribute{name: s.attrs.Free(s.preferredName([]*count.Row{row})), first: []*count.Row{row}}
		s.made[s.key(row)] = made
		sides := []string{"1"}
		for _, d := range row.Out {
			sides = append(sides, strconv.FormatInt(max(d.N, 1), 10))
		}
		zeros := "torch.zeros(" + strings.Join(sides, ", ") + ")"
		text := "self.{} = nn.Parameter(" + zeros + ")"
		switch {
		case len(row.Weights) > 0 && !row.Weights[0].Class.Learnable():
			text = "self.register_buffer(\"{}\", " + zeros + ")"
		case n.Frozen:
			text = "self.{} = nn.Parameter(" + zeros + ", requires_grad=False)"
		}
		if !row.Out.Known() {
			s.w.problem(row, diag.New(catalog.ExportUnknownShape, row.Name, s.w.label()))
			text = "raise NotImplementedError(" + pycode.Quoted(row.Name+": its shape is not known") + ")"
		}
		s.class.Inits = append(s.class.Inits, pycode.Init{Name: made.name, Text: text})
	}
	return "self." + made.name + ".expand(x.size(0)" + strings.Repeat(", -1", len(row.Out)) + ")"
}

// A pathCode is one path of a branch: its statements and the variable, or the
// expression, of its value.
type pathCode struct {
	body  []pycode.Statement
	value string
}

// branch writes the paths one after another, and what joins them.
func (s *scope) branch(row *count.Row, n *arch.Branch, cur, target string) string {
	paths := make([]pathCode, len(row.Children))
	s.at.paths++
	for i, path := range row.Children {
		from := cur
		if label := n.Paths[i].From; label != "" {
			from = s.labels[label]
		}
		if len(path.Children) == 0 {
			paths[i].value = from
			continue
		}
		to := target
		if len(row.Children) > 1 {
			to = s.vars.Free(pathVars[min(i, len(pathVars)-1)])
		}
		paths[i].body = s.body(func() { paths[i].value = s.flow(path.Children, from, to) })
	}
	s.at.paths--
	joins := n.Joins()
	if joins && !s.w.full {
		s.inline(paths)
	}
	values := make([]string, len(paths))
	for i, path := range paths {
		s.class.Forward = append(s.class.Forward, path.body...)
		values[i] = path.value
	}
	if !joins {
		for _, v := range values[1:] {
			if v == cur && !s.isLabel(v) { // the next value is assigned to it
				v = s.vars.Free("side")
				s.assign(v, cur, nil)
			}
			s.outputs = append(s.outputs, v)
		}
		return s.hold(row, values[0], target)
	}
	code := s.w.code(row, n.Join)
	to := s.target(row, target)
	s.assign(to, s.called(row, code, values...), row.Out)
	return to
}

// inline makes an expression of the last paths that are one assignment each, so
// that they are written where they are joined. A path before statements of another
// stays, since it is computed first.
func (s *scope) inline(paths []pathCode) {
	for i := len(paths) - 1; i >= 0; i-- {
		path := &paths[i]
		if len(path.body) == 0 {
			continue
		}
		only, ok := path.body[0].(*pycode.Assign)
		if !ok || len(path.body) > 1 || only.Target != path.value || s.isLabel(path.value) {
			return
		}
		s.vars.Release(path.value)
		*path = pathCode{value: only.Value}
	}
}

// body returns the statements that f writes.
func (s *scope) body(f func()) []pycode.Statement {
	before := s.class.Forward
	defer func() { s.class.Forward = before }()
	s.class.Forward = nil
	f()
	return s.class.Forward
}

var pathVars = [...]string{"a", "b", "c", "d", "e", "f"}

func (s *scope) isLabel(v string) bool {
	for _, l := range s.labels {
		if l == v {
			return true
		}
	}
	return false
}

// unrolled writes the repetitions of a repeat one by one: a second use of
// something, repetitions with the same weights, or such that read values from
// outside.
func (s *scope) unrolled(row *count.Row, n *arch.Repeat, cur, target string) string {
	where := s.where
	defer func() { s.where = where }()
	if n.Of != "" {
		for _, turn := range row.Children {
			source := s.places[n.Of]
			if source == nil {
				continue
			}
			s.where = source.Where
			for _, used := range turn.Children { // what it labels inside stays what it was
				oplist.Again(used.Node, s.labels, func() {
					oplist.Again(used.Node, s.places, func() { cur = s.flow([]*count.Row{used}, cur, target) })
				})
			}
		}
		return s.hold(row, cur, target)
	}
	if n.Shared && s.w.tree.Closed(row.ID) && len(row.Children) > 0 && s.w.turnsAlike(row) {
		return s.hold(row, s.calledAgain(row, n, cur, target), target)
	}
	turn := int64(0)
	for _, t := range row.Children {
		for i := int64(0); i < t.Turns() && !s.w.full; i++ {
			if turn++; !n.Shared {
				s.where = where + "/" + strconv.FormatInt(turn, 10)
			}
			before := s.w.lines
			cur = s.flow(t.Children, cur, target)
			if s.w.lines == before { // a repetition without a line takes its time too
				s.w.count(1)
			}
		}
	}
	return s.hold(row, cur, target)
}

// calledAgain writes one module that is called as often as a repeat repeats.
func (s *scope) calledAgain(row *count.Row, n *arch.Repeat, cur, target string) string {
	once := *row.Children[0]
	once.To = once.From
	made, ok := s.made[s.key(row)]
	if !ok {
		first := &count.Row{ID: row.ID, Node: n, Form: count.FormRepeat, Children: []*count.Row{&once}}
		made.name = s.attribute([]*count.Row{row}, []pycode.Expr{s.repetitions(first)})
		s.made[s.key(row)] = attribute{name: made.name, first: []*count.Row{row}} // called several times
	}
	s.assign(target, "self."+made.name+"("+cur+")", nil)
	again := &pycode.Assign{Target: target, Value: "self." + made.name + "(" + target + ")"}
	switch {
	case n.Times > 2:
		s.emit(&pycode.Loop{Times: n.Times - 1, Body: []pycode.Statement{again}}, 2)
	case n.Times == 2:
		s.emit(again, 1)
	}
	return target
}

// turnsAlike reports whether one module can do all repetitions.
func (w *program) turnsAlike(row *count.Row) bool {
	for _, t := range row.Children[1:] {
		if !w.alike(t, row.Children[0]) {
			return false
		}
	}
	return true
}
