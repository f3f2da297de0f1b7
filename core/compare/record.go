package compare

import (
	"strconv"

	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/text"
)

// Record returns a result as plain data: what paramstack.compare() returns in the page.
// The README documents the names, which never change. Exact numbers are strings, since
// JavaScript's own end at 2⁵³. The numbers of the rows add up to those of the totals,
// but for trainable and peak, which rows do not have.
func (r *Result) Record(style count.Style) map[string]any {
	a, b := &r.A.Report.Totals.Counts, &r.B.Report.Totals.Counts
	totals := figures(*a, *b, style)
	of, to := style.Of(*a), style.Of(*b)
	totals["trainable"] = Pair{of.Trainable, to.Trainable, a.ParamsAtLeast, b.ParamsAtLeast}.record()
	totals["peak"] = r.Peak().record()
	rows := []any{}
	r.Walk(func(row *Row, depth int) { rows = append(rows, r.record(row, depth, style)) })
	return map[string]any{
		"totals": totals, "rows": rows, "coarse": r.Coarse, "changed": record(r.Changes),
		"a": r.A.record(), "b": r.B.record(),
	}
}

func (s Stack) record() map[string]any {
	return map[string]any{"name": s.Model.Name, "text": text.Format(s.Model)}
}

// Peak returns how many elements of activations are alive at most, on both sides.
func (r *Result) Peak() Pair {
	a, b := r.A.Report.Memory(), r.B.Report.Memory()
	return Pair{a.Peak, b.Peak, a.AtLeast, b.AtLeast}
}

// figures are the numbers that rows and totals have.
func figures(a, b count.Counts, style count.Style) map[string]any {
	of, to := style.Of(a), style.Of(b)
	least := func(a1, b1 num.Int) any { return Pair{a1, b1, a.ParamsAtLeast, b.ParamsAtLeast}.record() }
	return map[string]any{
		"params": least(of.Params, to.Params), "weights": least(of.Weights, to.Weights), "biases": least(of.Biases, to.Biases),
		"buffers": least(of.Buffers(), to.Buffers()), "macs": MACs(a, b).record(),
	}
}

func (p Pair) record() map[string]any {
	m := map[string]any{"a": p.A.String(), "b": p.B.String(), "difference": p.Difference().String(), "factor": nil}
	if !p.A.IsZero() {
		m["factor"] = strconv.FormatFloat(p.Factor(), 'g', 6, 64)
	}
	if p.AtLeast() {
		m["atLeast"] = true
	}
	return m
}

func (r *Result) record(row *Row, depth int, style count.Style) map[string]any {
	forms := [...]string{count.FormLeaf: "leaf", count.FormRepeat: "repeat", count.FormBranch: "branch", count.FormPath: "path"}
	m := figures(row.A.Counts(), row.B.Counts(), style)
	m["mark"], m["form"], m["depth"] = row.Mark.Sign(), forms[row.Form], depth
	m["changed"] = append(record(row.Changes), record(row.Causes())...)
	if kind := row.Kind(); kind != nil {
		m["kind"] = kind.Name
	}
	r.A.recordSide(m, "a", "A", row.A)
	r.B.recordSide(m, "b", "B", row.B)
	factors := []any{}
	for _, f := range r.Factors(row, style) {
		factors = append(factors, map[string]any{"role": roleName(f.Role), "a": f.A, "b": f.B})
	}
	m["factors"] = factors
	return m
}

// recordSide sets what a row states of one of its sides: name, id, statement, how often
// it runs, output.
func (s Stack) recordSide(m map[string]any, name, suffix string, side *Side) {
	if side == nil {
		m[name] = nil
		return
	}
	m[name], m["id"+suffix] = s.Name(side), int(side.ID())
	m["times"+suffix], m["out"+suffix] = side.Times.String(), ""
	if side.Path < 0 {
		m["text"+suffix] = text.Statement(side.Node)
	}
	if side.Row != nil {
		m["out"+suffix] = side.Row.Out.String()
	}
}

func record(changes []Change) []any {
	all := make([]any, 0, len(changes))
	for i := range changes {
		c := &changes[i]
		all = append(all, map[string]any{"name": c.Name(), "a": c.A, "b": c.B})
	}
	return all
}

// roleName names the role of a factor for scripts; never changes.
func roleName(r layer.Role) string {
	return [...]string{
		layer.RoleNone: "", layer.RoleKernel: "kernel", layer.RoleIn: "in", layer.RoleOut: "out", layer.RoleLanes: "groups",
		layer.RoleSpatial: "position", layer.RoleBias: "bias", layer.RoleChannels: "channels", layer.RoleConst: "number",
	}[r]
}
