package ui

import (
	"math"
	"strconv"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/editor"
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/zoo"
)

// gallery is the sheet of all published networks: a search, a plot, a list.
func (c *Shell) gallery() app.UI {
	g := c.state.Open.Gallery
	found := c.state.Found()
	status := c.say(catalog.UICards, len(found))
	switch {
	case g.Failed:
		status = c.say(catalog.UICardsFailed)
	case c.state.Cards == nil:
		status = c.say(catalog.UICardsWait)
	case len(found) == 0:
		status = c.say(catalog.UINoCard)
	}
	orders := make([]app.UI, editor.CardOrders)
	for o := range editor.CardOrders {
		orders[o] = press(actSort, "pill").Attr("data-index", itoa(int(o))).
			Attr("aria-pressed", word(o == g.Sort)).Text(c.say(o.Label()))
	}
	cards := make([]app.UI, len(found))
	for i, card := range found {
		cards[i] = c.card(card)
	}
	search := typed(el("input").Attr("type", "text").ID(editor.GallerySearch).Attr(does(actFind)),
		c.say(catalog.UIFindCard), c.say(catalog.UIFindCard))
	return c.sheet("gallery", c.say(catalog.UIGallery),
		box("div", "sheet-head", search, button(actClose, "tool", c.say(catalog.CmdClose), icon("close"))),
		box("div", "gallery-body",
			box("div", "plotbox", c.plot(found), c.colours(found), said("p", "tiny", c.say(catalog.UIPlot))),
			box("div", "cards-box",
				el("div").Class("orders").Attr("role", "group").Attr("aria-label", c.say(catalog.UISortBy)).Body(
					append([]app.UI{el("span").Class("tiny").Attr("role", "status").Text(status), el("span").Class("grow"),
						said("span", "tiny", c.say(catalog.UISortBy))}, orders...)...),
				box("ul", "cards", cards...),
			),
		),
	)
}

// card is one network: its name, its numbers, and where its parameters sit.
func (c *Shell) card(n *zoo.Card) app.UI {
	about := n.Input
	if n.Year > 0 {
		about = strconv.Itoa(n.Year) + " · " + about
	}
	bars := make([]app.UI, 0, len(n.Shares))
	x := 0
	for _, s := range n.Shares {
		bars = append(bars, svg("rect", "data-group", s.Group.Name(), "x", percent(x), "width", percent(s.Permill),
			"height", "8"))
		x += s.Permill
	}
	return box("li", "", el("a").Class("card-link").Attr("href", "./#"+n.Link).Attr(does(actCard)).Attr("data-card", n.ID).
		Title(c.cardSays(n)).Body(
		said("b", "", c.state.CardName(n)), said("span", "tiny", about),
		said("span", "num", n.Params.Short()), said("span", "num", n.MACs.Short()+" "+c.say(catalog.UIMACs)),
		svg("svg", "aria-hidden", "true").Body(bars...),
	))
}

func (c *Shell) cardSays(n *zoo.Card) string {
	return c.say(catalog.UICardSays, c.state.CardName(n), n.Params.Grouped(), n.MACs.Grouped())
}

// cardIntro is the name of a network that came from the gallery, and its source.
func (c *Shell) cardIntro(n *zoo.Card) app.UI {
	head := []app.UI{said("h1", "", n.Name)}
	if n.Year > 0 {
		head = append(head, said("span", "year", itoa(n.Year)))
	}
	body := []app.UI{box("div", "title", head...)}
	if n.Source != "" {
		body = append(body, box("p", "note why", said("cite", "", c.say(catalog.UISource)+": "+n.Source)))
	}
	return box("div", "intro", body...)
}

// The plot's size and margins, in units of its own.
const (
	plotWide, plotHigh      = 520.0, 420.0
	plotLeft, plotRight     = 44.0, 12.0
	plotTop, plotBottom     = 12.0, 30.0
	leastParams, mostParams = 2.5, 9.2 // powers of ten
	leastMACs, mostMACs     = 4.5, 12.2
)

// plot draws parameters against multiply-accumulates, both logarithmic. Each dot is
// a link; dots are translucent where they overlap.
func (c *Shell) plot(found []*zoo.Card) app.UI {
	x := func(power float64) float64 {
		return plotLeft + (power-leastParams)/(mostParams-leastParams)*(plotWide-plotLeft-plotRight)
	}
	y := func(power float64) float64 {
		return plotHigh - plotBottom - (power-leastMACs)/(mostMACs-leastMACs)*(plotHigh-plotTop-plotBottom)
	}
	var body []app.UI
	for p := math.Ceil(leastParams); p <= mostParams; p++ {
		body = append(body,
			svg("line", "data-part", "grid", "x1", fixed(x(p)), "x2", fixed(x(p)), "y1", fixed(plotTop),
				"y2", fixed(plotHigh-plotBottom)),
			svg("text", "data-part", "across", "x", fixed(x(p)), "y", fixed(plotHigh-12)).Text(power(p)))
	}
	for p := math.Ceil(leastMACs); p <= mostMACs; p++ {
		body = append(body,
			svg("line", "data-part", "grid", "y1", fixed(y(p)), "y2", fixed(y(p)), "x1", fixed(plotLeft),
				"x2", fixed(plotWide-plotRight)),
			svg("text", "data-part", "up", "x", fixed(plotLeft-6), "y", fixed(y(p)+3.5)).Text(power(p)))
	}
	for _, n := range found {
		px, py := x(math.Log10(max(1, n.Params.Float()))), y(math.Log10(max(1, n.MACs.Float())))
		anchor := "start"
		if px > plotWide*0.6 {
			anchor = "end"
		}
		tab := "-1" // all dots are one stop, in which the arrow keys go from one to the next
		if n == found[0] {
			tab = "0"
		}
		body = append(body, svg("a", "href", "#"+n.Link, "data-act", string(actCard), "data-card", n.ID, "tabindex", tab,
			"data-group", chief(n).Name(), "aria-label", c.cardSays(n)).Body(
			svg("circle", "cx", fixed(px), "cy", fixed(py), "r", "5"),
			svg("text", "x", fixed(px), "y", fixed(py-9), "text-anchor", anchor).Text(c.state.CardName(n))))
	}
	return svg("svg", "viewBox", "0 0 "+fixed(plotWide)+" "+fixed(plotHigh),
		"role", "group", "aria-label", c.say(catalog.UIPlot)).Body(body...)
}

// chief is the family of layers that holds most of a network's parameters.
func chief(n *zoo.Card) layer.Group {
	group, most := layer.GroupJoin, 0
	for _, s := range n.Shares {
		if s.Permill > most {
			group, most = s.Group, s.Permill
		}
	}
	return group
}

// colours is the legend: the colour of each family of layers.
func (c *Shell) colours(found []*zoo.Card) app.UI {
	var seen [layer.Groups]bool
	for _, n := range found {
		seen[chief(n)] = true
	}
	var list []app.UI
	for g := range layer.Groups {
		if seen[g] {
			list = append(list, el("li").Class("g-"+g.Name()).Body(el("span").Class("key"), app.Text(c.say(g.Label()))))
		}
	}
	return box("ul", "legend", list...)
}

// fixed writes a length with one digit after the point.
func fixed(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }

// power writes a power of ten with its unit: 1 k, 100 M.
func power(p float64) string {
	step := int(p) / 3
	return itoa(int(math.Pow(10, float64(int(p)%3)))) + " " + []string{"", "k", "M", "G", "T"}[step]
}
