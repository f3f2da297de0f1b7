package ui

import (
	"paramstack/app/browser"
	"paramstack/core/catalog"
	"paramstack/core/compare"
)

// compareForm is how a script compares two networks.
const compareForm = "paramstack.compare(text, other)"

// compareTexts compares two networks for a script; with one text, the network shown
// with that.
func (c *Shell) compareTexts(texts []string, ok bool) any {
	if !ok || len(texts) == 0 || len(texts) > 2 {
		return map[string]any{"problem": map[string]any{"of": 0, "line": 0, "column": 0,
			"text": c.say(catalog.CompareArgs, compareForm)}}
	}
	stacks := []compare.Stack{{Model: c.state.Doc.Model, Report: c.state.Doc.Report}}[:2-len(texts)]
	for i, src := range texts {
		model, bad := c.state.ReadStack(src)
		if bad != nil {
			return map[string]any{"problem": map[string]any{"of": i + 1, "line": bad.Line, "column": bad.Column,
				"text": bad.Say.In(c.state.Prefs.Lang)}}
		}
		stacks = append(stacks, compare.Counted(model))
	}
	a, b := stacks[0], stacks[1]
	record := compare.Of(a, b).Record(c.state.Prefs.Style())
	record["link"] = browser.Link(c.state.SetFragment(a.Model, b.Model))
	return record
}
