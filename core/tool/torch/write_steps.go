package torch

import (
	"fmt"
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
	if !kind.Source {
		sp := s.w.spell(row, n.Layer)
		to := s.target(row, target)
		s.assign(to, s.called(row, sp, cur), row.Out)
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
		return s.keep(row, name, target)
	}
	to := s.target(row, target)
	s.assign(to, s.table(row, n), row.Out)
	return to
}

// called writes the call of a spelled layer on its inputs.
func (s *scope) called(row *count.Row, sp spell, inputs ...string) string {
	name := ""
	if len(sp.parts) > 0 {
		old, ok := s.made[s.key(row)]
		if !ok {
			old.name = s.attribute([]*count.Row{row}, []pycode.Expr{sp.expr()})
			s.made[s.key(row)] = made{name: old.name} // called in a way of its own
		}
		name = "self." + old.name
	}
	return pycode.Fill(sp.fn, name, inputs)
}

// table writes a free tensor: stored once, the same for every sample.
func (s *scope) table(row *count.Row, n *arch.Leaf) string {
	old, ok := s.made[s.key(row)]
	name := old.name
	if !ok {
		name = s.attrs.Free(s.wish([]*count.Row{row}))
		s.made[s.key(row)] = made{name: name}
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
		s.b.Inits = append(s.b.Inits, pycode.Init{Name: name, Text: text})
	}
	return "self." + name + ".expand(" + s.batch + ".size(0)" + strings.Repeat(", -1", len(row.Out)) + ")"
}

// branch writes the paths one after another, and what joins them.
func (s *scope) branch(row *count.Row, n *arch.Branch, cur, target string) string {
	values := make([]string, len(row.Children))
	begin := make([]int, len(row.Children)+1)
	side := oplist.IsSide(n)
	s.paths++
	for i, path := range row.Children {
		begin[i] = len(s.b.Forward)
		from := cur
		if label := n.Paths[i].From; label != "" {
			from = s.labels[label]
		}
		if len(path.Children) == 0 {
			values[i] = from
			continue
		}
		to := target
		if len(row.Children) > 1 {
			to = s.vars.Free(pathVars[min(i, len(pathVars)-1)])
		}
		values[i] = s.flow(path.Children, from, to)
	}
	s.paths--
	begin[len(row.Children)] = len(s.b.Forward)
	if side || oplist.IsFrom(n) {
		for _, v := range values[1:] {
			if v == cur && !s.isLabel(v) { // what comes next is put there
				v = s.vars.Free("side")
				s.line(v + " = " + cur)
			}
			s.outputs = append(s.outputs, v)
		}
		return s.keep(row, values[0], target)
	}
	// Paths of one line each are written where they are joined.
	for i := len(values) - 1; i >= 0 && !s.w.full; i-- {
		if begin[i+1]-begin[i] > 1 || len(s.b.Forward) != begin[i+1] {
			break
		}
		if begin[i+1] == begin[i] {
			continue
		}
		last := s.b.Forward[begin[i]]
		value, ok := strings.CutPrefix(last, values[i]+" = ")
		if !ok || s.isLabel(values[i]) {
			break
		}
		s.vars.Release(values[i])
		values[i], _, _ = strings.Cut(value, "  # ")
		s.b.Forward = s.b.Forward[:begin[i]]
	}
	sp := s.w.spell(row, n.Join)
	to := s.target(row, target)
	s.assign(to, s.called(row, sp, values...), row.Out)
	return to
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

// unrolled writes the turns of a repeat one by one: a second use of something,
// turns with the same weights, or turns that read values from outside.
func (s *scope) unrolled(row *count.Row, n *arch.Repeat, cur, target string) string {
	where, labels := s.where, s.labels
	defer func() { s.where = where }()
	if n.Of != "" {
		s.labels = map[string]string{}
		for k, v := range labels {
			s.labels[k] = v
		}
		for _, turn := range row.Children {
			if source := s.places[n.Of]; source != nil {
				s.where = source.Where
				cur = s.flow(turn.Children, cur, target)
			}
		}
		s.labels = labels
		return s.keep(row, cur, target)
	}
	if n.Shared && s.w.tree.Closed(row.ID) && len(row.Children) > 0 {
		// One module, called again and again.
		once := *row.Children[0]
		once.To = once.From
		old, ok := s.made[s.key(row)]
		if !ok {
			old.name = s.attribute([]*count.Row{row}, []pycode.Expr{s.turns(&count.Row{ID: row.ID, Node: n, Form: count.FormRepeat, Children: []*count.Row{&once}})})
		}
		s.line(target + " = self." + old.name + "(" + cur + ")")
		if n.Times > 2 {
			s.line(fmt.Sprintf("for _ in range(%d):", n.Times-1))
			s.line("    " + target + " = self." + old.name + "(" + target + ")")
		} else if n.Times == 2 {
			s.line(target + " = self." + old.name + "(" + target + ")")
		}
		return s.keep(row, target, target)
	}
	turn := int64(0)
	for _, t := range row.Children {
		for i := int64(0); i < t.Turns() && !s.w.full; i++ {
			if turn++; !n.Shared {
				s.where = where + "/" + strconv.FormatInt(turn, 10)
			}
			cur = s.flow(t.Children, cur, target)
		}
	}
	return s.keep(row, cur, target)
}
