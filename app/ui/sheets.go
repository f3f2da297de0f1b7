package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/editor"
	"paramstack/core/catalog"
)

// sheet lies over the page; a click beside it closes it.
func (c *Shell) sheet(class, label string, body ...app.UI) app.UI {
	return el("div").Class("cover").Attr(does(actVeil)).Body(
		el("div").Class("sheet "+class).Attr("role", "dialog").Attr("aria-modal", "true").Attr("aria-label", label).Body(body...))
}

// palette is the list of what can be added.
func (c *Shell) palette() app.UI {
	items := c.state.Items()
	at := c.state.Open.Palette.Index
	list := make([]app.UI, 0, len(items)+8)
	group := ""
	searching := c.state.Open.Palette.Query != ""
	for i := range items {
		it := &items[i]
		if g := c.say(it.Group.Label()); g != group && !searching {
			group = g
			list = append(list, el("li").Class("group g-"+it.Group.Name()).Attr("role", "presentation").Text(g))
		}
		name := it.ID
		if name == editor.AsWritten {
			name = "+"
		}
		list = append(list, el("li").ID("palette-"+it.ID).Class(classes("item g-"+it.Group.Name(), "at", i == at)).
			Attr("role", "option").Attr("aria-selected", word(i == at)).
			Attr("data-act", "item").Attr("data-item", it.ID).Body(
			el("span").Class("key"), said("b", "", name),
			said("span", "doc", c.say(it.Doc)),
			said("code", "", it.Text),
		))
	}
	search := typed(el("input").Attr("type", "text").ID(editor.PaletteSearch).Attr(does(actSearch)).Attr("role", "combobox").
		Attr("aria-expanded", word(len(items) > 0)).Attr("aria-controls", "palette-list").Attr("aria-autocomplete", "list"),
		c.say(catalog.UIPalette), c.say(catalog.UISearch)).Attr("enterkeyhint", "done")
	if at < len(items) {
		search = search.Attr("aria-activedescendant", "palette-"+items[at].ID)
	}
	return c.sheet("palette", c.say(catalog.UIPalette),
		box("div", "sheet-head", search, button(actClose, "tool", c.say(catalog.CmdClose), icon("close")).
			Attr("tabindex", "-1")),
		c.found(list),
	)
}

// found is the palette's list, or that nothing matches: a list of choices must have one.
func (c *Shell) found(list []app.UI) app.UI {
	if len(list) == 0 {
		return el("div").ID("palette-list").Class("items").Body(
			el("p").Class("nothing").Attr("role", "status").Text(c.say(catalog.UINothing)))
	}
	return el("ul").ID("palette-list").Class("items").Attr("role", "listbox").
		Attr("aria-label", c.say(catalog.UIPalette)).Body(list...)
}

// notation is the stack text in a few lines; what comes after # is said in the reader's
// language.
const notation = `input 3x227x227
conv1: conv 48*2 k11 s4     # %1
relu; lrn 5; maxpool 3 s2
conv 128*2 k5 p2 g2 nobias  # %2
repeat 3 {
  add { conv 64 k3 p1; bn; relu | }
}
flatten
linear 1000`

// help is the sheet of keys, drawn from the same table as the buttons.
func (c *Shell) help() app.UI {
	sections := make([]app.UI, 0, editor.Sections)
	for n := editor.Section(0); n < editor.Sections; n++ {
		var rows []app.UI
		for i := range editor.Commands {
			cmd := &editor.Commands[i]
			if cmd.Section != n {
				continue
			}
			keys := make([]app.UI, 0, len(cmd.Keys))
			for _, k := range cmd.Keys {
				keys = append(keys, said("kbd", "", keyLabel(k)))
			}
			rows = append(rows, box("div", "", said("dt", "", c.say(cmd.Label)), box("dd", "", keys...)))
		}
		sections = append(sections, box("section", "", said("h3", "", c.say(n.Label())), box("dl", "", rows...)))
	}
	return c.sheet("help", c.say(catalog.UIHelp),
		box("div", "sheet-head", said("h2", "", c.say(catalog.UIHelp)),
			button(actClose, "tool", c.say(catalog.CmdClose), icon("close")).ID(editor.HelpClose)),
		box("div", "help-body",
			said("p", "", c.say(catalog.UIHelpIntro)+" "+c.say(catalog.UIHelpMouse)),
			said("p", "touch", c.say(catalog.UIHelpTouch)),
			box("div", "keys", sections...),
			box("p", "", prefButton(prefKeys, "pill").Attr("aria-pressed", word(!c.state.Prefs.NoKeys)).
				Text(c.say(catalog.UILetters))),
			said("h3", "", c.say(catalog.UIHelpText)),
			el("pre").Attr("tabindex", "0").Attr("role", "group").Attr("aria-label", c.say(catalog.UIHelpText)).
				Text(strings.NewReplacer(
					"%1", c.say(catalog.UINotation1), "%2", c.say(catalog.UINotation2)).Replace(notation)),
			box("p", "", el("a").Attr("href", "licenses.txt").Attr("target", "_blank").Attr("rel", "noopener").
				Text(c.say(catalog.UILicences))),
		),
	)
}
