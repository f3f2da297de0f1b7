package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/editor"
	"paramstack/core/catalog"
)

// memory is the peak of the activations in inference, where it is reached, what is alive
// along the stack, and an estimate for training.
func (c *Shell) memory(m *editor.Memory) app.UI {
	body := []app.UI{
		said("h3", "", c.say(catalog.UIPeakTitle)),
		box("div", "sizes", cells(m.Sizes)...),
	}
	if m.Row != 0 {
		body = append(body, box("p", "at", app.Text(c.say(catalog.UIPeakAt)+" "),
			numbered(actNode, "link", int(m.Row), m.Name).ID("peak-at")))
	}
	if m.Curve.Path != "" {
		body = append(body, svg("svg", "viewBox", "0 0 100 100", "preserveAspectRatio", "none", "role", "img",
			"aria-label", m.Curve.Say).Body(
			svg("path", "d", m.Curve.Path),
			svg("line", "x1", m.Curve.Peak, "x2", m.Curve.Peak, "y1", "0", "y2", "100")))
	}
	if m.Alive != "" {
		body = append(body, said("p", "tiny", m.Alive))
	}
	body = append(body,
		el("output").Class("offscreen").Attr("data-total", "peak").Attr("data-value", m.Raw).Text(m.Exact),
		said("h3", "", c.say(catalog.UITraining)),
		box("div", "sizes", append(cells(m.Train), cell(c.say(catalog.UITrainingKept), m.Kept))...),
		box("details", "how tiny",
			said("summary", "", c.say(catalog.UIPeakHow)),
			said("p", "", c.say(catalog.UIPeakHint)),
			said("p", "", c.say(catalog.UITrainingHint)),
			said("p", "", c.say(catalog.UIPeakTools))),
	)
	return box("div", "memory", body...)
}

// cells are sizes side by side.
func cells(sizes []editor.Size) []app.UI {
	all := make([]app.UI, 0, len(sizes)+1)
	for _, s := range sizes {
		all = append(all, cell(s.DType, s.Bytes))
	}
	return all
}

func cell(label, bytes string) app.UI {
	return box("span", "size", said("small", "", label), said("b", "", bytes))
}
