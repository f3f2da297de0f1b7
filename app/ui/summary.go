package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/editor"
	"paramstack/core/catalog"
)

// ticker is the totals in one line, which stays in sight on a narrow screen.
func (c *Shell) ticker() app.UI {
	sum := &c.state.Page.Summary
	return app.Div().Class("ticker").Attr("aria-hidden", "true").Body(
		app.B().Text(sum.Params),
		app.Span().Text(sum.Short),
		app.Span().Class("grow"),
		app.Span().Text(sum.MACs+" "+c.say(catalog.UIMACs)),
	)
}

// paramsCard is the number the page is about, and what it is made of.
func (c *Shell) paramsCard() app.UI {
	sum := &c.state.Page.Summary
	under := []app.UI{app.Span().Text(sum.Short)}
	if ch := c.state.Doc.Change; ch != nil {
		under = append(under, app.Span().Class("delta").Text(ch.Delta))
	}
	if sum.AtLeast {
		under = append(under, app.Span().Class("least").Text(c.say(catalog.UIAtLeast)))
	}
	list := []app.UI{
		c.total("weights", c.say(catalog.UIWeights), sum.Weights, sum.Raw.Weights, ""),
		c.total("biases", c.say(catalog.UIBiasCount), sum.Biases, sum.Raw.Biases, ""),
		c.total("trainable", c.say(catalog.UITrainable), sum.Trainable, sum.Raw.Trainable, ""),
	}
	if sum.Frozen != "" {
		list = append(list, c.line(c.say(catalog.UIFrozenCount), sum.Frozen, ""))
	}
	list = append(list, c.total("buffers", c.say(catalog.UIBuffers), sum.Buffers, sum.Raw.Buffers, c.say(catalog.UIBuffersHint)))
	list = append(list, c.line(c.say(catalog.UILayers), sum.Layers, ""))
	return app.Section().Class("card params").Body(
		app.H2().Text(c.say(catalog.UIParameters)),
		app.Output().Class("big").Attr("data-total", "params").Attr("data-value", sum.Raw.Params).Text(sum.Params),
		app.Div().Class("under").Body(under...),
		c.split(sum.Params2),
		app.Dl().Body(list...),
		c.sizes(),
	)
}

// total is a number that scripts can read exactly.
func (c *Shell) total(name, label, shown, exact, hint string) app.UI {
	return app.Div().Body(
		app.Dt().Title(hint).Text(label),
		app.Dd().Attr("data-total", name).Attr("data-value", exact).Text(shown),
	)
}

func (c *Shell) line(label, shown, hint string) app.UI {
	return app.Div().Body(app.Dt().Title(hint).Text(label), app.Dd().Text(shown))
}

func (c *Shell) sizes() app.UI {
	unit := "MB"
	if c.state.Prefs.Binary {
		unit = "MiB"
	}
	cells := make([]app.UI, 0, 4)
	for _, s := range c.state.Page.Summary.Sizes {
		cells = append(cells, app.Span().Class("size").Body(app.Small().Text(s.DType), app.B().Text(s.Bytes)))
	}
	cells = append(cells, app.Button().Type("button").Class("pill word").Attr("data-act", "pref").Attr("data-pref", "binary").
		Attr("aria-label", c.say(catalog.UIBytes)+": "+unit).Title(c.say(catalog.UIBytes)).Text(unit))
	return app.Div().Class("sizes").Body(cells...)
}

// split is a total divided over the families of layers.
func (c *Shell) split(parts []editor.Part) app.UI {
	if len(parts) == 0 {
		return app.Div().Class("split-box")
	}
	bars := make([]app.UI, 0, len(parts))
	legend := make([]app.UI, 0, len(parts))
	x := 0
	for _, p := range parts {
		width := max(p.Permill, 1)
		bars = append(bars, svg("rect", "data-group", p.Group.Name(), "x", percent(x), "width", percent(width), "height", "12"))
		x += p.Permill
		legend = append(legend, app.Li().Class("g-"+p.Group.Name()).Body(
			app.Span().Class("key"), app.Span().Text(p.Label), app.B().Text(p.Share)))
	}
	return app.Div().Class("split-box").Body(
		svg("svg", "aria-hidden", "true").Body(bars...),
		app.Ul().Class("legend").Body(legend...),
	)
}

// computeCard is the work and the memory of one sample.
func (c *Shell) computeCard() app.UI {
	sum := &c.state.Page.Summary
	list := []app.UI{c.line(c.say(catalog.UIOutputs), sum.Outputs, c.say(catalog.UIOutputsHint))}
	if sum.Largest != "" {
		list = append(list, c.line(c.say(catalog.UILargest), sum.Largest, ""))
	}
	if sum.Field != "" {
		list = append(list, c.line(c.say(catalog.UIField), sum.Field, c.say(catalog.UIFieldHint)))
	}
	return app.Section().Class("card compute-card").Body(
		app.H2().Text(c.say(catalog.UICompute)),
		app.Div().Class("pair").Title(c.say(catalog.UIMACsHint)).Body(
			app.Div().Body(app.B().Text(sum.MACs), app.Small().Text(c.say(catalog.UIMACs))),
			app.Div().Body(app.B().Text(sum.FLOPs), app.Small().Text(c.say(catalog.UIFLOPs))),
		),
		app.Output().Class("exact").Attr("data-total", "macs").Attr("data-value", sum.Raw.MACs).Text(sum.MACsFull),
		c.split(sum.MACs2),
		app.Dl().Body(list...),
	)
}
