package count

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
)

// Record returns the report as plain data: what paramstack.report() returns in the
// page and what the JSON report holds. docs/report.md documents the names, which
// never change. Exact numbers are strings, since JavaScript's own end at 2⁵³.
func (r *Report) Record(name string, style Style) map[string]any {
	totals := style.record(r.Totals.Counts)
	totals["atLeast"] = r.Totals.ParamsAtLeast
	totals["layers"] = r.Totals.Layers.String()
	memory := r.Memory()
	totals["peak"], totals["peakAtLeast"] = memory.Peak.String(), memory.AtLeast
	if memory.At != nil {
		totals["peakAt"] = int(memory.At.ID)
	}
	return map[string]any{
		"name":     name,
		"counting": style.counting(), "withBiases": style.Biases,
		"rows":   r.records(r.Rows, 0, once, style, []any{}),
		"totals": totals,
	}
}

// The ways of counting, as a record names them.
const (
	countingPyTorch = "pytorch"
	countingKeras   = "keras"
)

func (s Style) counting() string {
	if s.Keras {
		return countingKeras
	}
	return countingPyTorch
}

// StyleNamed returns the style that a record names: one from before records did
// counted as PyTorch, with biases in all numbers that a reader compares.
func StyleNamed(counting string, biases bool) Style {
	return Style{Biases: biases, Keras: counting == countingKeras}
}

func (s Style) record(c Counts) map[string]any {
	p := s.Of(c)
	return map[string]any{
		"params": p.Params.String(), "weights": p.Weights.String(), "biases": p.Biases.String(),
		"trainable": p.Trainable.String(), "frozen": p.Frozen.String(), "buffers": p.Buffers().String(),
		"macs": c.MACs.String(), "flops": c.FLOPs().String(), "outputs": c.Outputs.String(),
	}
}

// records lists rows in the order of the text; equal repetitions of a repeat are
// one row with their number.
func (r *Report) records(rows []*Row, depth int, times num.Int, style Style, out []any) []any {
	forms := [...]string{"leaf", "repeat", "turn", "branch", "path"}
	for _, of := range rows {
		row := style.record(of.Counts)
		row["id"], row["form"], row["name"], row["depth"] = int(of.ID), forms[of.Form], of.Name, depth
		row["out"], row["times"] = of.Out.String(), times.String()
		if kind := of.Kind(); kind != nil {
			row["kind"] = kind.Name
		}
		if of.Form == FormLeaf {
			row["formula"] = Text(r.Formula(of, style))
		}
		problems := make([]any, 0, len(r.Problems))
		for _, p := range of.Problems {
			problems = append(problems, p.Say.In(catalog.English))
		}
		row["problems"] = problems
		if notes := notes(of); len(notes) > 0 {
			row["notes"] = notes
		}
		out = append(out, row)
		inner := times
		if n := of.Turns(); n != 1 {
			inner = times.Times(n)
		}
		out = r.records(of.Children, depth+1, inner, style, out)
	}
	return out
}

// notes are the sentences of what is worth knowing of a row.
func notes(row *Row) []any {
	var all []any
	for _, list := range [][]*diag.Diag{row.Problems, row.Remarks} {
		for _, d := range list {
			if d.Severity == diag.Note {
				all = append(all, d.Say.In(catalog.English))
			}
		}
	}
	return all
}
