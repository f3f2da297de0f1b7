package ui

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
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
	if !ok {
		problem = catalog.Say(catalog.FitNoLimit)
	}
	if problem.Key != "" {
		return map[string]any{"problem": problem.In(c.state.Prefs.Lang)}
	}
	f, why, ok := whatif.Fit(c.state.Doc.Model, c.state.Doc.Report, limit)
	if !ok {
		return map[string]any{"problem": why.In(c.state.Prefs.Lang)}
	}
	found := fitted(&f, limit)
	if both, ok := whatif.FitBeside(f, c.state.Doc.Model, c.state.Doc.Report, limit); ok {
		found["both"] = fitted(&both, limit)
	}
	return found
}

func fitted(f *whatif.Fitted, limit whatif.Limit) map[string]any {
	params := limit.Style.Params(f.Figures.Counts)
	return map[string]any{
		"text": text.Format(f.Model), "width": f.Width, "input": f.Input, "params": params.String(),
		"bytes": limit.DType.Bytes(params).String(), "peak": f.Figures.Peak.String(),
	}
}

// limitOf reads a limit from a script's options; the message is what is wrong with them,
// without a key if nothing is.
func limitOf(options map[string]string, style count.Style) (whatif.Limit, catalog.Message) {
	limit := whatif.Limit{Style: style, DType: tensor.Float32}
	found := 0
	names := make([]string, 0, len(options))
	for name := range options {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		value := options[name]
		of := whatif.Params
		switch name {
		case "dtype":
			at := slices.IndexFunc(tensor.DTypes, func(t tensor.DType) bool { return strings.EqualFold(t.Name, value) })
			if at < 0 {
				return limit, whatif.NoType(value)
			}
			limit.DType = tensor.DTypes[at]
			continue
		case "params":
		case "bytes":
			of = whatif.Bytes
		case "peak":
			of = whatif.Peak
		default:
			return limit, catalog.Say(catalog.FitNoOption, layer.Quote(name), "params, bytes, peak")
		}
		n, ok := num.Parse(value)
		if !ok || n.Cmp(num.Int{}) <= 0 {
			return limit, catalog.Say(catalog.FitNoNumber, name, layer.Quote(value))
		}
		limit.Of, limit.Most = of, n
		found++
	}
	if found != 1 {
		return limit, catalog.Say(catalog.FitOneLimit)
	}
	return limit, catalog.Message{}
}
