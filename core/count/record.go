package count

import (
	"paramstack/core/catalog"
	"paramstack/core/num"
)

// Record returns the report as plain data: what paramstack.report() gives in the
// page and what the JSON report holds. docs/report.md says what the names mean;
// they never change. Exact numbers are strings, since JavaScript's own end at 2⁵³.
func (r *Report) Record(name string, style Style) map[string]any {
	totals := r.Totals.Counts.record(style.Biases)
	totals["atLeast"] = r.Totals.ParamsAtLeast
	totals["layers"] = r.Totals.Layers.String()
	return map[string]any{
		"name":   name,
		"rows":   records(r.Rows, 0, once, style, []any{}),
		"totals": totals,
	}
}

func (c Counts) record(biases bool) map[string]any {
	return map[string]any{
		"params": c.Params(biases).String(), "weights": c.Weights.String(), "biases": c.Biases.String(),
		"trainable": c.Trainable().String(), "frozen": c.Frozen.String(), "buffers": c.Buffers().String(),
		"macs": c.MACs.String(), "flops": c.FLOPs().String(), "outputs": c.Outputs.String(),
	}
}

// records lists rows in the order of the text; equal turns of a repeat are one
// row that says how many times it stands.
func records(rows []*Row, depth int, times num.Int, style Style, out []any) []any {
	forms := [...]string{"leaf", "repeat", "turn", "branch", "path"}
	for _, r := range rows {
		row := r.Counts.record(style.Biases)
		row["id"], row["form"], row["name"], row["depth"] = int(r.ID), forms[r.Form], r.Name, depth
		row["out"], row["times"] = r.Out.String(), times.String()
		if kind := r.Kind(); kind != nil {
			row["kind"] = kind.Name
		}
		if r.Form == FormLeaf {
			row["formula"] = Text(Formula(r.Weights, style))
		}
		problems := make([]any, 0, len(r.Problems))
		for _, p := range r.Problems {
			problems = append(problems, p.Say.In(catalog.English))
		}
		row["problems"] = problems
		out = append(out, row)
		inner := times
		if n := r.Turns(); n != 1 {
			inner = times.Times(n)
		}
		out = records(r.Children, depth+1, inner, style, out)
	}
	return out
}
