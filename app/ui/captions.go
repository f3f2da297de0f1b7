package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/catalog"
)

// captions are what the columns of the stack show, the legend of the two bars, and the
// orders in which the rows may be.
func (c *Shell) captions() app.UI {
	order := c.state.View.Order
	sort := func(id string, by editor.RowOrder, label catalog.Key) app.UI {
		hint := editor.ByID(id).Label
		if order == by {
			hint = catalog.UIByText
		}
		return press(actCommand, "sort").Attr("data-cmd", id).
			Attr("aria-pressed", word(order == by)).Title(c.say(hint)).Text(c.say(label))
	}
	return el("div").Class(classes("captions", "sorted", order != editor.ByText)).Body(
		said("span", "cap-layer", c.say(catalog.UIColLayer)),
		said("span", "cap-out", c.say(catalog.UIColOut)),
		box("span", "cap-params", bar("6"), sort("sort-params", editor.RowsByParams, catalog.UIColParams)),
		el("span").Class("cap-share").Title(c.say(catalog.UIColShare)).Body(
			bar("3"), sort("sort-macs", editor.RowsByMACs, catalog.UIMACs)),
	)
}

// bar is one of a row's two bars, in the legend.
func bar(height string) app.UI {
	return svg("svg", "aria-hidden", "true", "width", "14", "height", height).Body(
		svg("rect", "width", "14", "height", height, "rx", "1.5"))
}

// findBar is the search in the stack.
func (c *Shell) findBar() app.UI {
	f := c.state.View.Find
	step := func(key, sign string, label catalog.Key) app.UI {
		return button(actNext, "tool", c.say(label), app.Text(sign)).Attr("data-by", key)
	}
	return el("span").Class("find-bar").Attr("role", "search").Body(
		typed(el("input").Attr("type", "text").ID(editor.FindID).Class("field").Attr(does(actSeek)),
			c.say(catalog.CmdFind), c.say(catalog.UIFindHint)).Attr("enterkeyhint", "search"),
		el("output").Attr("aria-label", c.say(catalog.UIFound)).Text(f.FoundText()),
		step("-1", "↑", catalog.UIPrevious), step("1", "↓", catalog.UINext),
		button(actSeekClose, "tool", c.say(catalog.CmdClose), icon("close")),
	)
}

// heading is the network's name. A click edits it.
func (c *Shell) heading() app.UI {
	s := &c.state
	if s.View.Naming {
		return box("h1", "", el("input").Attr("type", "text").ID(editor.TitleID).Class("field").Attr(does(actTitleEdit)).
			Attr("aria-label", c.say(catalog.CmdTitle)).Attr("value", s.Doc.Model.Name).
			Attr("autocomplete", "off").Attr("spellcheck", "false").Attr("enterkeyhint", "done"))
	}
	return el("h1").Attr(does(actTitle)).Title(c.say(catalog.CmdTitle)).Text(s.Page.Summary.Title)
}

// rowMenu is the menu of a row: its commands in words, with their keys.
func (c *Shell) rowMenu() app.UI {
	row := c.state.Page.Row(c.state.Open.Row.Row)
	entries := make([]app.UI, 0, len(editor.RowMenuCommands))
	n, line := 0, false
	for _, id := range editor.RowMenuCommands {
		if id == "" {
			line = n > 0
			continue
		}
		cmd := editor.ByID(id)
		if row == nil || !row.Facts.Allowed.Has(id) {
			continue
		}
		if line {
			entries, line = append(entries, el("div").Class("line").Attr("role", "separator")), false
		}
		body := []app.UI{said("span", "", c.say(cmd.Label))}
		if len(cmd.Keys) > 0 {
			body = append(body, said("kbd", "", keyLabel(cmd.Keys[0])))
		}
		entries = append(entries, el("button").Attr("type", "button").ID(editor.RowMenuID+itoa(n)).Class("entry "+id).
			Attr("role", "menuitem").Attr("tabindex", "-1").Attr(does(actCommand)).Attr("data-cmd", id).Body(body...))
		n++
	}
	name := ""
	if row != nil {
		name = row.Facts.Title
	}
	// A region, since all that is on the page is to be inside of one.
	return el("section").Class("cover clear").Attr("aria-label", c.say(catalog.UIActions)).Attr(does(actVeil)).Body(
		el("div").ID("row-menu").Class("row-menu").Attr("role", "menu").
			Attr("aria-label", c.say(catalog.UIRowActions, name)).Body(entries...))
}

// placeMenu puts the menu where it was asked for, or below its row.
func (c *Shell) placeMenu(m *editor.RowMenu) {
	x, y := float64(m.X), float64(m.Y)
	if m.X == 0 && m.Y == 0 {
		top, _ := browser.ByID(m.Row.ElementID()).Box()
		x, y = 48, top+40
	}
	browser.ByID("row-menu").Place(x, y)
}
