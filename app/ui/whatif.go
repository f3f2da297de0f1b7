package ui

import (
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/text"
	"paramstack/core/whatif"
)

// whatifs returns what may be edited, for other scripts.
func (c *Shell) whatifs() any {
	changes, _ := whatif.For(c.state.Doc.Model, c.state.Doc.Report, whatif.Script)
	style := c.state.Prefs.Style()
	whatif.Rank(changes, whatif.ByParams, style)
	list := make([]any, len(changes))
	for i, ch := range changes {
		list[i] = map[string]any{
			"kind": ch.Kind.Name(), "name": ch.Say.In(catalog.English), "row": int(ch.Row), "block": ch.Name,
			"params": ch.Params(style).String(), "macs": ch.MACs().String(), "peak": ch.Peak().String(),
			"trainable": ch.Trainable(style).String(), "worse": ch.Worse.In(catalog.English), "text": text.Format(ch.Model),
		}
	}
	return list
}

// fit returns the widest form of the network within a limit, for other scripts.
func (c *Shell) fit(options map[string]string, ok bool) any {
	limit, problem := limitOf(options, c.state.Prefs.Style())
	if !ok || problem != "" {
		if problem == "" {
			problem = catalog.FitNoLimit
		}
		return map[string]any{"problem": c.say(problem)}
	}
	f, why, ok := whatif.Fit(c.state.Doc.Model, c.state.Doc.Report, limit)
	if !ok {
		return map[string]any{"problem": why.In(c.state.Prefs.Lang)}
	}
	params := limit.Style.Params(f.Figures.Counts)
	return map[string]any{
		"text": text.Format(f.Model), "width": f.Width, "input": f.Input, "params": params.String(),
		"bytes": limit.DType.Bytes(params).String(), "peak": f.Figures.Peak.String(),
	}
}

// limitOf reads a limit from a script's options; a key is what is wrong with them.
func limitOf(options map[string]string, style count.Style) (whatif.Limit, catalog.Key) {
	limit := whatif.Limit{Style: style, DType: tensor.Float32}
	found := 0
	for _, of := range []struct {
		name    string
		measure whatif.Measure
	}{{"params", whatif.Params}, {"bytes", whatif.Bytes}, {"peak", whatif.Peak}} {
		value, ok := options[of.name]
		if !ok {
			continue
		}
		n, ok := num.Parse(value)
		if !ok || n.IsZero() {
			return limit, catalog.FitNoLimit
		}
		limit.Of, limit.Most = of.measure, n
		found++
	}
	if name, ok := options["dtype"]; ok {
		known := false
		for _, t := range tensor.DTypes {
			if t.Name == name {
				limit.DType, known = t, true
			}
		}
		if !known {
			return limit, catalog.FitNoLimit
		}
	}
	switch found {
	case 0:
		return limit, catalog.FitNoLimit
	case 1:
		return limit, ""
	default:
		return limit, catalog.FitOneLimit
	}
}
