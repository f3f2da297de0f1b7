package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/editor"
	"paramstack/core/catalog"
)

// beginning is shown while the stack has no layer: the ways to come to one.
func (c *Shell) beginning() app.UI {
	way := func(button app.UI, key catalog.Key) app.UI {
		return box("li", "", button, said("span", "", c.say(key)))
	}
	named := func(b app.HTMLElem, name string, key catalog.Key) app.UI {
		label := c.say(key)
		return b.Class("plain").Attr("type", "button").Body(icon(name), said("span", "", label))
	}
	examples := make([]app.UI, len(editor.Examples))
	for i := range editor.Examples {
		examples[i] = press(actExample, "plain").Attr("data-index", itoa(i)).
			Text(c.say(editor.Examples[i].Name))
	}
	return el("section").Class("begin card").Attr("aria-label", c.say(catalog.UIBegin)).Body(
		said("h2", "", c.say(catalog.UIBegin)),
		box("ul", "",
			way(named(el("button").Attr(does(actAppend)), "add", catalog.CmdAdd), catalog.UIBeginAdd),
			way(named(el("button").Attr(does(actImport)), "import", catalog.UIImport), catalog.UIBeginDrop),
			way(named(el("button").Attr(does(actCommand)).Attr("data-cmd", "gallery"), "gallery", catalog.CmdGallery),
				catalog.UIBeginGallery),
			way(box("span", "paste", said("kbd", "", keyLabel("ctrl+v"))), catalog.UIBeginPaste),
		),
		said("p", "", c.say(catalog.UIBeginExample)),
		box("div", "examples", examples...),
	)
}
