package ui

import (
	"time"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
)

// export makes window.paramstack, for the console and other scripts. Exact
// numbers are strings, since JavaScript's own end at 2⁵³.
func (c *Shell) export() {
	browser.Export("paramstack", map[string]func(string) any{
		"text":   func(string) any { return c.state.Doc.Text },
		"link":   func(string) any { return browser.Link(c.state.Fragment()) },
		"report": func(string) any { return c.report() },
		"load":   c.load,
		"bench":  func(string) any { return c.bench() },
	})
}

// bench counts the network ten times over and returns the milliseconds of once.
func (c *Shell) bench() float64 {
	const times = 10
	start := time.Now()
	for range times {
		count.Of(c.state.Doc.Model)
	}
	return float64(time.Since(start).Microseconds()) / 1000 / times
}

// load shows a stack text. It returns null, or what is wrong with the text.
func (c *Shell) load(text string) any {
	c.update(editor.LoadText{Source: c.say(catalog.UIScript), Text: text})
	n := c.state.Notice
	c.do(func() {})
	if n != nil && n.Tone == editor.ToneBad {
		return n.Say.In(c.state.Prefs.Lang)
	}
	return nil
}

func (c *Shell) report() map[string]any {
	r := c.state.Doc.Report
	biases := !c.state.Prefs.NoBiases
	totals := counts(r.Totals.Counts, biases)
	totals["atLeast"] = r.Totals.ParamsAtLeast
	totals["layers"] = r.Totals.Layers.String()
	return map[string]any{
		"name":   c.state.Page.Summary.Title,
		"rows":   reportRows(r.Rows, 0, num.Of(1), biases, nil),
		"totals": totals,
	}
}

func counts(n count.Counts, biases bool) map[string]any {
	return map[string]any{
		"params": n.Params(biases).String(), "weights": n.Weights.String(), "biases": n.Biases.String(),
		"trainable": n.Trainable().String(), "frozen": n.Frozen.String(), "buffers": n.Buffers().String(),
		"macs": n.MACs.String(), "flops": n.FLOPs().String(), "outputs": n.Outputs.String(),
	}
}

// reportRows lists rows in the order of the text; equal turns of a repeat are
// one row that says how many times it stands.
func reportRows(rows []*count.Row, depth int, times num.Int, biases bool, out []any) []any {
	forms := [...]string{"leaf", "repeat", "turn", "branch", "path"}
	for _, r := range rows {
		row := counts(r.Counts, biases)
		row["id"], row["form"], row["name"], row["depth"] = int(r.ID), forms[r.Form], r.Name, depth
		row["out"], row["times"] = r.Out.String(), times.String()
		if kind := r.Kind(); kind != nil {
			row["kind"] = kind.Name
		}
		if r.Form == count.FormLeaf {
			row["formula"] = count.Text(count.Formula(r.Weights, count.Style{Biases: biases}))
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
		out = reportRows(r.Children, depth+1, inner, biases, out)
	}
	return out
}
