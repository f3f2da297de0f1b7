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
		said("b", "", sum.Params),
		said("span", "", sum.Short),
		el("span").Class("grow"),
		said("span", "", sum.MACs+" "+c.say(catalog.UIMACs)),
	)
}

// paramsCard is the total of parameters, and its parts.
func (c *Shell) paramsCard() app.UI {
	sum := &c.state.Page.Summary
	under := []app.UI{said("span", "", sum.Short)}
	if ch := c.state.Doc.Change; ch != nil {
		under = append(under, said("span", "delta", ch.Delta))
	}
	if sum.AtLeast {
		under = append(under, said("span", "least", c.say(catalog.UIAtLeast)))
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
	return box("section", "card params",
		said("h2", "", c.say(catalog.UIParameters)),
		el("output").Class("big").Attr("data-total", "params").Attr("data-value", sum.Raw.Params).Text(sum.Params),
		box("div", "under", under...),
		c.split(sum.ParamShares),
		box("dl", "", list...),
		c.sizes(),
		said("p", "tiny tells", c.say(c.state.TotalNote())),
	)
}

// total is a number that scripts can read exactly.
func (c *Shell) total(name, label, shown, exact, hint string) app.UI {
	return box("div", "",
		el("dt").Title(hint).Text(label),
		el("dd").Attr("data-total", name).Attr("data-value", exact).Text(shown),
	)
}

func (c *Shell) line(label, shown, hint string) app.UI {
	return box("div", "", el("dt").Title(hint).Text(label), said("dd", "", shown))
}

func (c *Shell) sizes() app.UI {
	unit := "MB"
	if c.state.Prefs.Binary {
		unit = "MiB"
	}
	all := append(cells(c.state.Page.Summary.Sizes), prefButton(prefBinary, "pill word").
		Attr("aria-label", c.say(catalog.UIBytes)+": "+unit).Title(c.say(catalog.UIBytes)).Text(unit))
	return box("div", "sizes", all...)
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
			el("span").Class("key"), said("span", "", p.Label), said("b", "", p.Share)))
	}
	return box("div", "split-box",
		svg("svg", "aria-hidden", "true").Body(bars...),
		box("ul", "legend", legend...),
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
	return box("section", "card compute-card",
		said("h2", "", c.say(catalog.UICompute)),
		el("div").Class("pair").Title(c.say(catalog.UIMACsHint)).Body(
			box("div", "", said("b", "", sum.MACs), said("small", "", c.say(catalog.UIMACs))),
			box("div", "", said("b", "", sum.FLOPs), said("small", "", c.say(catalog.UIFLOPs))),
		),
		el("output").Class("exact").Attr("data-total", "macs").Attr("data-value", sum.Raw.MACs).Text(sum.MACsFull),
		c.split(sum.MACShares),
		box("dl", "", list...),
		c.memory(&sum.Memory),
	)
}
