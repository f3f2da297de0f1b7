package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/catalog"
)

// printing puts the page on paper before the browser prints it, and takes it back. All of
// it is drawn here and now: a browser that prints waits for nothing, least of all for a
// network.
func (c *Shell) printing() {
	browser.OnWindow("beforeprint", func(browser.Event) {
		c.stages.whole = true
		c.post(editor.Print{Link: browser.Link(c.state.PaperFragment())})
	})
	browser.OnWindow("afterprint", func(browser.Event) { c.post(editor.Printed{}) })
}

// paper is the way back from a printed page, as text and as a code; empty on the screen.
func (c *Shell) paper() app.UI {
	foot := el("footer").ID("print-link").Class("print-link")
	p := c.state.Frame.Paper
	if p == nil {
		return foot
	}
	var body []app.UI
	if side := p.Code.Side; side > 0 {
		wide := fixed(min(moduleWide*float64(side), widestCode)) + "mm"
		body = append(body, svg("svg", "viewBox", "0 0 "+itoa(side)+" "+itoa(side), "width", wide, "height", wide,
			"role", "img", "aria-label", c.say(catalog.PrintCode)).Body(svg("path", "d", p.Code.Path)))
	}
	return foot.Body(append(body, box("p", "", said("b", "", c.say(catalog.PrintOpen)), said("span", "", p.Link)))...)
}

// Sizes of the code in millimetres: a telephone reads modules of half a millimetre from
// a hand's breadth away.
const (
	moduleWide = 0.5
	widestCode = 90.0
)
