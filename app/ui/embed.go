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
		el("header").Class("embed-head").Body(
			el("h1").Text(sum.Title),
			el("output").Attr("data-total", "params").Attr("data-value", sum.Raw.Params).
				Text(c.say(catalog.EmbedParams, sum.Params)),
			el("output").Attr("data-total", "macs").Attr("data-value", sum.Raw.MACs).Text(sum.MACs+" "+c.say(catalog.UIMACs)),
			el("span").Class("grow"),
			el("a").Attr("href", base+"#"+c.state.Fragment()).Attr("target", "_blank").Attr("rel", "noopener").
				Text(c.say(catalog.EmbedOpen)),
		),
		el("main").Class("main").Body(body...),
		el("div").ID("announce").Class("offscreen").Attr("role", "status").Attr("aria-live", "polite"),
	}
}

// askedEmbed is what the address asks for.
func askedEmbed() editor.Embed {
	value, ok := browser.Query("embed")
	if !ok {
		return editor.EmbedNone
	}
	return editor.EmbedNamed(value)
}
