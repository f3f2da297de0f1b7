package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/catalog"
)

// embedded is the page inside another one: what ?embed asked for, the totals, and the way
// to the page itself.
func (c *Shell) embedded() []app.UI {
	sum, embed := &c.state.Page.Summary, c.state.Frame.Embed
	base, _, _ := strings.Cut(browser.Link(""), "?")
	var body []app.UI
	if embed.Rows() {
		body = append(body, el("section").Class("work").Attr("aria-label", c.say(catalog.UIStack)).Body(c.stack()))
	}
	if embed.Diagram() {
		body = append(body, c.diagram())
	}
	return []app.UI{
		box("header", "embed-head",
			said("h1", "", sum.Title),
			el("output").Attr("data-total", "params").Attr("data-value", sum.Raw.Params).
				Text(c.say(catalog.EmbedParams, sum.Params)),
			el("output").Attr("data-total", "macs").Attr("data-value", sum.Raw.MACs).Text(sum.MACs+" "+c.say(catalog.UIMACs)),
			el("span").Class("grow"),
			el("a").Attr("href", base+"#"+c.state.Fragment()).Attr("target", "_blank").Attr("rel", "noopener").
				Text(c.say(catalog.EmbedOpen)),
		),
		box("main", "main", body...),
		el("div").ID("announce").Class("offscreen").Attr("role", "status").Attr("aria-live", "polite"),
	}
}

// Acts of the sheet that writes a frame.
const (
	actParts  act = "parts"
	actHeight act = "height"
)

// embedOptions are what a frame shows and how high it is.
func (c *Shell) embedOptions() app.UI {
	now := c.state.Open.Export.Drawing.Embed
	pill := func(a act, name, value, text string, on bool) app.UI {
		return press(a, "pill").Attr("data-"+name, value).
			Attr("aria-pressed", word(on)).Text(text)
	}
	var body []app.UI
	for _, p := range [...]struct {
		parts editor.Embed
		name  catalog.Key
	}{{editor.EmbedAll, catalog.EmbedWhole}, {editor.EmbedDiagram, catalog.UIDiagram}, {editor.EmbedRows, catalog.UIStack}} {
		on := now.Parts == p.parts || now.Parts == editor.EmbedNone && p.parts == editor.EmbedAll
		body = append(body, pill(actParts, "parts", itoa(int(p.parts)), c.say(p.name), on))
	}
	body = append(body, el("span").Class("grow"))
	for _, high := range editor.EmbedHeights {
		body = append(body, pill(actHeight, "height", itoa(high), c.say(catalog.EmbedHeight, high), now.Height() == high))
	}
	return box("div", "drawing", body...)
}

// askedEmbed is what the address asks for.
func askedEmbed() editor.Embed {
	value, ok := browser.Query("embed")
	if !ok {
		return editor.EmbedNone
	}
	return editor.EmbedNamed(value)
}
