package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/editor"
	"paramstack/core/catalog"
)

// ticker is the totals in one line, which stays in sight on a narrow screen.
func (c *Shell) ticker() app.UI {
	sum := &c.state.Page.Summary
	return el("div").Class("ticker").Attr("aria-hidden", "true").Body(
		el("b").Text(sum.Params),
		el("span").Text(sum.Short),
		el("span").Class("grow"),
		el("span").Text(sum.MACs+" "+c.say(catalog.UIMACs)),
	)
}

// paramsCard is the total of parameters, and its parts.
func (c *Shell) paramsCard() app.UI {
	sum := &c.state.Page.Summary
	under := []app.UI{el("span").Text(sum.Short)}
	if ch := c.state.Doc.Change; ch != nil {
		under = append(under, el("span").Class("delta").Text(ch.Delta))
	}
	if sum.AtLeast {
		under = append(under, el("span").Class("least").Text(c.say(catalog.UIAtLeast)))
	}
	buffersHint := catalog.UIBuffersHint
	if c.state.Prefs.Keras {
		buffersHint = catalog.UIBuffersKeras
	}
	list := []app.UI{
		c.total("weights", c.say(catalog.UIWeights), sum.Weights, sum.Raw.Weights, ""),
		c.total("biases", c.say(catalog.UIBiasCount), sum.Biases, sum.Raw.Biases, ""),
		c.total("trainable", c.say(catalog.UITrainable), sum.Trainable, sum.Raw.Trainable, ""),
	}
	if sum.Frozen != "" {
		list = append(list, c.line(c.say(catalog.UIFrozenCount), sum.Frozen, ""))
	}
	list = append(list, c.total("buffers", c.say(catalog.UIBuffers), sum.Buffers, sum.Raw.Buffers, c.say(buffersHint)))
	list = append(list, c.line(c.say(catalog.UILayers), sum.Layers, ""))
	return el("section").Class("card params").Body(
		el("h2").Text(c.say(catalog.UIParameters)),
		el("output").Class("big").Attr("data-total", "params").Attr("data-value", sum.Raw.Params).Text(sum.Params),
		el("div").Class("under").Body(under...),
		c.split(sum.ParamShares),
		el("dl").Body(list...),
		c.sizes(),
		el("p").Class("tiny tells").Text(c.say(c.state.TotalNote())),
	)
}

// total is a number that scripts can read exactly.
func (c *Shell) total(name, label, shown, exact, hint string) app.UI {
	return el("div").Body(
		el("dt").Title(hint).Text(label),
		el("dd").Attr("data-total", name).Attr("data-value", exact).Text(shown),
	)
}

func (c *Shell) line(label, shown, hint string) app.UI {
	return el("div").Body(el("dt").Title(hint).Text(label), el("dd").Text(shown))
}

func (c *Shell) sizes() app.UI {
	unit := "MB"
	if c.state.Prefs.Binary {
		unit = "MiB"
	}
	cells := make([]app.UI, 0, 4)
	for _, s := range c.state.Page.Summary.Sizes {
		cells = append(cells, el("span").Class("size").Body(el("small").Text(s.DType), el("b").Text(s.Bytes)))
	}
	cells = append(cells, prefButton(prefBinary, "pill word").
		Attr("aria-label", c.say(catalog.UIBytes)+": "+unit).Title(c.say(catalog.UIBytes)).Text(unit))
	return el("div").Class("sizes").Body(cells...)
}

// split is a total divided over the families of layers.
func (c *Shell) split(parts []editor.Part) app.UI {
	if len(parts) == 0 {
		return el("div").Class("split-box")
	}
	bars := make([]app.UI, 0, len(parts))
	legend := make([]app.UI, 0, len(parts))
	x := 0
	for _, p := range parts {
		width := max(p.Permill, 1)
		bars = append(bars, svg("rect", "data-group", p.Group.Name(), "x", percent(x), "width", percent(width), "height", "12"))
		x += p.Permill
		legend = append(legend, el("li").Class("g-"+p.Group.Name()).Body(
			el("span").Class("key"), el("span").Text(p.Label), el("b").Text(p.Share)))
	}
	return el("div").Class("split-box").Body(
		svg("svg", "aria-hidden", "true").Body(bars...),
		el("ul").Class("legend").Body(legend...),
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
	return el("section").Class("card compute-card").Body(
		el("h2").Text(c.say(catalog.UICompute)),
		el("div").Class("pair").Title(c.say(catalog.UIMACsHint)).Body(
			el("div").Body(el("b").Text(sum.MACs), el("small").Text(c.say(catalog.UIMACs))),
			el("div").Body(el("b").Text(sum.FLOPs), el("small").Text(c.say(catalog.UIFLOPs))),
		),
		el("output").Class("exact").Attr("data-total", "macs").Attr("data-value", sum.Raw.MACs).Text(sum.MACsFull),
		c.split(sum.MACShares),
		el("dl").Body(list...),
		c.memory(&sum.Memory),
	)
}
