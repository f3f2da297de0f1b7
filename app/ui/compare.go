package ui

import (
	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/compare"
	"paramstack/core/link"
)

// compareForm is how a script compares networks.
const compareForm = "paramstack.compare(text, other)"

// compareTexts compares networks for a script: two, or the first with each of a list. With
// one text, or a list alone, the network shown is the first.
func (c *Shell) compareTexts(t browser.Texts) (result any, more map[string]any) {
	first, others := 1, len(t.All)-1 // where the others begin, and how many there are
	if t.List >= 0 {
		first, others = t.List, len(t.All)-t.List
	} else if others == 0 {
		first, others = 0, 1
	}
	if !t.OK || first > 1 || others < 1 || others >= link.MaxSet || t.List < 0 && others > 1 {
		return c.unread(0, &editor.Unread{Say: catalog.Say(catalog.CompareArgs, compareForm)}), nil
	}
	a, bad := compare.Stack{Model: c.state.Doc.Model, Report: c.state.Doc.Report}, any(nil)
	if first == 1 {
		a, bad = c.scriptStack(t.All[0], 1)
	}
	models := []arch.Model{a.Model}
	list := make([]any, others)
	for i := range list {
		if list[i] = bad; bad != nil {
			continue
		}
		// The network shown has no place among the texts: a single one is the first of them.
		b, unread := c.scriptStack(t.All[first+i], first+i+1)
		if list[i] = unread; unread != nil {
			continue
		}
		record := compare.Of(a, b).Record(c.state.Prefs.Style())
		record["link"] = browser.Link(c.state.SetFragment(a.Model, b.Model))
		list[i] = record
		models = append(models, b.Model)
	}
	if t.List < 0 {
		return list[0], nil
	}
	more = map[string]any{"link": nil}
	if len(models) == others+1 {
		more["link"] = browser.Link(c.state.SetFragment(models...))
	}
	return list, more
}

// scriptStack reads one of the texts; unread is what a script gets where it is no network.
func (c *Shell) scriptStack(src string, place int) (s compare.Stack, unread any) {
	model, bad := c.state.ReadStack(src)
	if bad != nil {
		return s, c.unread(place, bad)
	}
	return compare.Counted(model), nil
}

func (c *Shell) unread(place int, bad *editor.Unread) any {
	return map[string]any{"problem": map[string]any{"of": place, "line": bad.Line, "column": bad.Column,
		"text": bad.Say.In(c.state.Prefs.Lang)}}
}
