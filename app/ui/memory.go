package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/editor"
	"paramstack/core/catalog"
)

// memory is the peak of the activations in inference, where it is reached, what is alive
// along the stack, and an estimate for training.
func (c *Shell) memory(m *editor.Memory) app.UI {
	cells := func(sizes []editor.Size) []app.UI {
		all := make([]app.UI, len(sizes))
		for i, s := range sizes {
			all[i] = el("span").Class("size").Body(el("small").Text(s.DType), el("b").Text(s.Bytes))
		}
		return all
	}
	body := []app.UI{
		el("h3").Text(c.say(catalog.UIPeakTitle)),
		el("div").Class("sizes").Body(cells(m.Sizes)...),
	}
	if m.Row != 0 {
		body = append(body, el("p").Class("at").Body(
			app.Text(c.say(catalog.UIPeakAt)+" "),
			el("button").Attr("type", "button").ID("peak-at").Class("link").Attr(does(actNode)).
				Attr("data-index", itoa(int(m.Row))).Text(m.Name)))
	}
	if m.Curve.Path != "" {
		body = append(body, svg("svg", "viewBox", "0 0 100 100", "preserveAspectRatio", "none", "role", "img",
			"aria-label", m.Curve.Say).Body(
			svg("path", "d", m.Curve.Path),
			svg("line", "x1", m.Curve.Peak, "x2", m.Curve.Peak, "y1", "0", "y2", "100")))
	}
	if m.Alive != "" {
		body = append(body, el("p").Class("tiny").Text(m.Alive))
	}
	body = append(body,
		el("output").Class("offscreen").Attr("data-total", "peak").Attr("data-value", m.Raw).Text(m.Exact),
		el("h3").Text(c.say(catalog.UITraining)),
		el("div").Class("sizes").Body(append(cells(m.Train),
			el("span").Class("size").Body(el("small").Text(c.say(catalog.UITrainingKept)), el("b").Text(m.Kept)))...),
		el("details").Class("how tiny").Body(
			el("summary").Text(c.say(catalog.UIPeakHow)),
			el("p").Text(c.say(catalog.UIPeakHint)),
			el("p").Text(c.say(catalog.UITrainingHint)),
			el("p").Text(c.say(catalog.UIPeakTools))),
	)
	return el("div").Class("memory").Body(body...)
}
