package ui

import (
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/passport"
)

// passport returns what other tools print for the network, for other scripts.
func (c *Shell) passport() any {
	entries := passport.Of(c.state.Doc.Report)
	list := make([]any, len(entries))
	for i := range entries {
		e := &entries[i]
		sizes := make([]any, len(e.Sizes))
		for k := range e.Sizes {
			sizes[k] = c.figure(&e.Sizes[k])
		}
		list[i] = map[string]any{"tool": e.Tool.ID(), "name": e.Tool.Name(), "rule": catalog.English.In(e.Rule),
			"params": c.figure(&e.Params), "macs": c.figure(&e.Compute), "sizes": sizes}
	}
	return list
}

// figure returns a number as plain data: null where the tool has none.
func (c *Shell) figure(f *passport.Figure) any {
	if f.Label == "" {
		return nil
	}
	record := map[string]any{"what": catalog.English.In(f.Label), "value": nil, "shown": f.Shown,
		"missing": strings.Join(f.Missing, " ")}
	if f.Known {
		record["value"] = f.Value.String()
	}
	return record
}
