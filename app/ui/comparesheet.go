package ui

import (
	"net/url"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/catalog"
	"paramstack/core/compare"
)

// Acts of the comparison.
const (
	actCompareAgain act = "compare-again"
	actCompareBack  act = "compare-back"
	actCompareBy    act = "compare-by"
	actCompareCard  act = "compare-card"
	actCompareFind  act = "compare-find"
	actCompareFold  act = "compare-fold"
	actCompareGo    act = "compare-go"
	actCompareLink  act = "compare-link"
	actCompareMore  act = "compare-more"
	actCompareSwap  act = "compare-swap"
	actCompareText  act = "compare-text"
	actCompareTo    act = "compare-to"
	actCompareWork  act = "compare-work"
)

// compareDeeds is what they do.
var compareDeeds = []deed{
	{act: actCompareAgain, send: editor.OpenCompare{}},
	{act: actCompareBack, click: func(c *Shell, t target) { c.post(editor.CompareBack{Steps: t.number("index")}) }},
	{act: actCompareBy, click: func(c *Shell, t target) { c.post(editor.CompareBy{MACs: t.number("index") == 1}) }},
	{act: actCompareCard, click: func(c *Shell, t target) { c.post(editor.CompareCard{ID: t.el.Data("card")}) }},
	{act: actCompareFind, click: ignore, input: func(c *Shell, value string) { c.post(editor.CompareFind{Query: value}) }},
	{act: actCompareFold, click: func(c *Shell, t target) { c.post(editor.CompareFold{Line: t.number("line")}) }},
	{act: actCompareGo, click: func(c *Shell, _ target) {
		c.post(editor.CompareText{Text: browser.ByID(editor.CompareTextID).Value()})
	}},
	{act: actCompareLink, send: editor.ShareCompare{}},
	{act: actCompareMore, send: editor.CompareMore{}},
	{act: actCompareSwap, send: editor.CompareSwap{}},
	{act: actCompareText, click: ignore},
	{act: actCompareTo, click: func(_ *Shell, t target) {
		line := browser.ByID("compare-" + t.el.Data("line"))
		line.Reveal()
		line.Focus(false)
	}},
	{act: actCompareWork, click: func(c *Shell, t target) { c.post(editor.CompareWork{Key: t.el.Data("work")}) }},
}

// compareSheet asks what the network shown is compared with, and shows both.
func (c *Shell) compareSheet() app.UI {
	if c.state.Open.Compare.Result == nil {
		return c.compareChoice()
	}
	return c.compareResult()
}

// fewWorks is how many of the reader's networks can be chosen.
const fewWorks = 8

func (c *Shell) compareChoice() app.UI {
	s := &c.state
	sheet := s.Open.Compare
	var body []app.UI
	pick := func(a act, data, value, name, about string) app.UI {
		return el("li").Body(el("button").Attr("type", "button").Class("pick").Attr(does(a)).Attr("data-"+data, value).Body(
			el("b").Text(name), el("span").Class("num").Text(about)))
	}
	group := func(title string, list []app.UI) {
		if len(list) > 0 {
			body = append(body, el("h3").Text(title), el("ul").Class("picks").Body(list...))
		}
	}
	var steps, works []app.UI
	for _, step := range sheet.Steps {
		steps = append(steps, pick(actCompareBack, "index", itoa(step.Back),
			c.say(catalog.CompareStep, step.Back)+": "+step.Name, step.Params))
	}
	for i := range s.Works {
		if w := &s.Works[i]; !w.Sealed && w.Text != s.Doc.Text && len(works) < fewWorks {
			works = append(works, pick(actCompareWork, "work", w.Key, s.TitleOf(w), ""))
		}
	}
	group(c.say(catalog.CompareSteps), steps)
	group(c.say(catalog.CompareOwn), works)
	var cards []app.UI
	for _, card := range s.ComparedCards() {
		cards = append(cards, pick(actCompareCard, "card", card.ID, s.CardName(card), card.Params.Short()))
	}
	status := c.say(catalog.UICards, len(cards))
	switch {
	case s.Cards == nil:
		status = c.say(catalog.UICardsWait)
	case len(cards) == 0:
		status = c.say(catalog.UINoCard)
	}
	body = append(body, el("h3").Text(c.say(catalog.CompareNets)),
		el("input").Attr("type", "text").ID("compare-search").Class("compare-search").Attr(does(actCompareFind)).
			Attr("aria-label", c.say(catalog.CompareFind)).Attr("placeholder", c.say(catalog.CompareFind)).
			Attr("autocomplete", "off").Attr("autocapitalize", "off").Attr("spellcheck", "false"),
		el("p").Class("tiny").Attr("role", "status").Text(status),
		el("ul").Class("picks nets").Body(cards...))

	text := el("textarea").ID(editor.CompareTextID).Attr(does(actCompareText)).Attr("rows", "5").
		Attr("aria-label", c.say(catalog.CompareText)).Attr("placeholder", c.say(catalog.CompareTextDoc)).
		Attr("autocomplete", "off").Attr("autocapitalize", "off").Attr("spellcheck", "false")
	var wrong app.UI = el("p").Class("problem none")
	if sheet.Wrong != "" {
		text = text.Attr("aria-invalid", "true").Attr("aria-describedby", "compare-wrong")
		wrong = el("p").ID("compare-wrong").Class("problem p-error").Attr("role", "alert").Body(
			icon("warn"), el("span").Text(sheet.Wrong))
	}
	aside := []app.UI{
		el("h3").Text(c.say(catalog.CompareText)), text, wrong,
		el("div").Class("compare-go").Body(
			el("button").Attr("type", "button").Class("primary").Attr(does(actCompareGo)).Text(c.say(catalog.CompareGo)),
			el("button").Attr("type", "button").Class("plain").Attr(does(actImport)).Text(c.say(catalog.CompareFile))),
	}
	return c.sheet("compare choosing", c.say(catalog.CmdCompare),
		c.compareHead(c.say(catalog.CompareWith, s.Page.Summary.Title)),
		el("div").Class("compare-choice").Body(
			el("div").Class("compare-list").Body(body...), el("div").Class("compare-paste").Body(aside...)))
}

func (c *Shell) compareHead(title string, tools ...app.UI) app.UI {
	head := append([]app.UI{el("h2").Text(title)}, tools...)
	return el("div").Class("sheet-head").Body(append(head,
		button(actClose, "tool", c.say(catalog.CmdClose), icon("close")).ID(editor.CompareClose))...)
}

func (c *Shell) compareResult() app.UI {
	sheet := c.state.Open.Compare
	v := sheet.View
	press := func(a act, class string, label catalog.Key) app.UI {
		return el("button").Attr("type", "button").ID(string(a)).Class(class).Attr(does(a)).Text(c.say(label))
	}
	body := []app.UI{
		el("p").Class("compare-said").Text(v.Said),
		el("div").Class("compare-tools").Body(press(actCompareSwap, "plain", catalog.CompareSwap),
			press(actCompareAgain, "plain", catalog.CompareAgain), press(actCompareLink, "primary", catalog.CompareLink)),
		c.compareCopied(),
		c.compareTotals(),
		c.compareCauses(),
		c.compareScenes(),
		c.compareRows(),
	}
	return c.sheet("compare result", c.say(catalog.CmdCompare),
		c.compareHead(c.say(catalog.CompareNames, sheet.Names[0], sheet.Names[1])),
		el("div").Class("compare-body").Attr("tabindex", "-1").Body(body...))
}

// compareCopied says what became of the link.
func (c *Shell) compareCopied() app.UI {
	sheet := c.state.Open.Compare
	said := ""
	switch {
	case sheet.Manual != "":
		said = c.say(catalog.CompareManual, sheet.Manual)
	case sheet.Copied > 0:
		said = c.say(catalog.CompareCopied, sheet.Copied)
	}
	return el("p").Class("tiny compare-copied").Attr("role", "status").Text(said)
}

// A table of roles: as a grid of its own it can be another on a narrow screen.
func role(name, class string, body ...app.UI) app.HTMLElem {
	e := el("div").Attr("role", name).Body(body...)
	if class != "" {
		e = e.Class(class)
	}
	return e
}

func (c *Shell) compareTotals() app.UI {
	sheet := c.state.Open.Compare
	head := func(text string) app.UI { return role("columnheader", "", app.Text(text)) }
	first := el("span").Class("offscreen").Text(c.say(catalog.CompareTotals))
	rows := []app.UI{role("row", "compare-head", role("columnheader", "", first),
		head(sheet.Names[0]), head(sheet.Names[1]), head(c.say(catalog.CompareDifference)), head(c.say(catalog.CompareFactor)))}
	for _, t := range sheet.View.Totals {
		rows = append(rows, role("row", "", role("rowheader", "", app.Text(t.Label)), role("cell", "num", app.Text(t.A)),
			role("cell", "num", app.Text(t.B)), role("cell", "num delta", app.Text(t.Difference)),
			role("cell", "num", app.Text(t.Factor))))
	}
	return role("table", "compare-totals", rows...).Attr("aria-label", c.say(catalog.CompareTotals))
}

func (c *Shell) compareCauses() app.UI {
	v := c.state.Open.Compare.View
	by := func(n string, label catalog.Key, on bool) app.UI {
		return el("button").Attr("type", "button").Class("pill").Attr(does(actCompareBy)).Attr("data-index", n).
			Attr("aria-pressed", word(on)).Text(c.say(label))
	}
	macs := c.state.Open.Compare.ByMACs
	list := make([]app.UI, 0, len(v.Causes)+1)
	for _, cause := range v.Causes {
		list = append(list, el("li").Body(el("button").Attr("type", "button").Class("cause").Attr(does(actCompareTo)).
			Attr("data-line", itoa(cause.Line)).Body(
			c.mark(cause.Mark), el("span").Class("what").Text(cause.Name),
			el("span").Class("num delta").Text(cause.Difference),
			svg("svg", "aria-hidden", "true").Body(svg("rect", "width", percent(cause.Permill), "height", "8")),
			el("span").Class("num tiny").Text(cause.Share))))
	}
	if v.Others != "" {
		list = append(list, el("li").Class("tiny").Text(v.Others))
	}
	if len(list) == 0 {
		list = append(list, el("li").Class("tiny").Text(c.say(catalog.CompareNoCause)))
	}
	return el("section").Body(
		el("div").Class("compare-title").Body(el("h3").Text(c.say(catalog.CompareCauses)),
			el("span").Class("pills").Attr("role", "group").Attr("aria-label", c.say(catalog.CompareRank)).Body(
				by("0", catalog.UIParameters, !macs), by("1", catalog.UIMACs, macs))),
		el("ol").Class("causes").Body(list...))
}

func (c *Shell) compareScenes() app.UI {
	sheet := c.state.Open.Compare
	list := []app.UI{el("summary").Body(el("h3").Text(c.say(catalog.CompareScenes)))}
	for i, scene := range sheet.View.Scenes {
		list = append(list, el("figure").Body(el("figcaption").Text(sheet.Names[i]),
			el("div").Class("scene").Attr("tabindex", "0").Attr("role", "group").Attr("aria-label", sheet.Names[i]).Body(
				el("img").Attr("alt", c.say(catalog.UIDiagram)+": "+sheet.Names[i]).Attr("width", percent(scene.Permill)).
					Attr("src", "data:image/svg+xml,"+url.PathEscape(scene.SVG)))))
	}
	return el("details").Attr("open", "true").Body(list...)
}

// mark is the sign of a row, and what it means.
func (c *Shell) mark(m compare.Mark) app.UI {
	says := c.say(marks[m].says)
	return el("span").Class("mark m-"+marks[m].class).Title(says).Body(
		el("span").Attr("aria-hidden", "true").Text(m.Sign()), el("span").Class("offscreen").Text(says))
}

// marks are how each mark is drawn, and what it means.
var marks = [...]struct {
	class string
	says  catalog.Key
}{
	compare.Same:    {"same", catalog.CompareMarkSame},
	compare.Changed: {"changed", catalog.CompareMarkChanged},
	compare.Removed: {"removed", catalog.CompareMarkRemoved},
	compare.Added:   {"added", catalog.CompareMarkAdded},
}

func (c *Shell) compareRows() app.UI {
	sheet := c.state.Open.Compare
	v := sheet.View
	head := func(text string) app.UI { return role("columnheader", "", app.Text(text)) }
	rows := []app.UI{role("row", "compare-head",
		role("columnheader", "", el("span").Class("offscreen").Text(c.say(catalog.CompareMark))),
		head(sheet.Names[0]), head(sheet.Names[1]), head(c.say(catalog.CompareDifference)))}
	for i := range v.Lines {
		rows = append(rows, c.compareLine(&v.Lines[i]))
	}
	body := []app.UI{el("h3").Text(c.say(catalog.CompareRows))}
	if v.Coarse {
		body = append(body, el("p").Class("tiny").Text(c.say(catalog.CompareCoarse)))
	}
	body = append(body, role("table", "compare-rows", rows...).Attr("aria-label", c.say(catalog.CompareRows)))
	if v.Hidden > 0 {
		body = append(body, el("button").Attr("type", "button").Class("more").Attr(does(actCompareMore)).
			Text(c.say(catalog.CompareMore, v.Hidden)))
	}
	return el("section").Body(body...)
}

func (c *Shell) compareLine(l *editor.CompareLine) app.UI {
	depth := " d" + itoa(min(l.Depth, 9))
	if l.Run != "" {
		return role("row", "compare-line run"+depth, role("cell", "", c.mark(compare.Same)),
			role("cell", "wide", c.foldButton(l, l.Run))).ID("compare-"+itoa(l.Number)).Attr("tabindex", "-1")
	}
	first, second := c.compareSide(l.A, l, l.Folds), c.compareSide(l.B, l, l.Folds && l.A == nil)
	return role("row", "compare-line m-"+marks[l.Mark].class+depth+" g-"+l.Group.Name(), role("cell", "", c.mark(l.Mark)),
		role("cell", "one", first...), role("cell", "one", second...), role("cell", "num delta", app.Text(l.Difference))).
		ID("compare-"+itoa(l.Number)).Attr("tabindex", "-1")
}

func (c *Shell) foldButton(l *editor.CompareLine, text string) app.UI {
	return el("button").Attr("type", "button").Class("unfold").Attr(does(actCompareFold)).
		Attr("data-line", itoa(l.Number)).Attr("aria-expanded", word(l.Open)).Body(icon("fold"), el("span").Text(text))
}

// compareSide is a row of one network: what it is, and its formula, with what differs
// lit.
func (c *Shell) compareSide(v *editor.CompareSide, l *editor.CompareLine, folds bool) []app.UI {
	if v == nil {
		return nil
	}
	var what []app.UI
	if folds {
		what = append(what, c.foldButton(l, c.say(catalog.CompareInside, l.Inside)))
	}
	if v.Name != "" {
		what = append(what, el("span").Class("name").Text(v.Name+":"))
	}
	what = append(what, lit(v.KindLit, el("b"), v.Kind))
	for _, o := range v.Options {
		what = append(what, lit(o.Lit, el("span").Class("opt"), o.Text))
	}
	var formula []app.UI
	for _, p := range v.Formula {
		e := el("span")
		if class := roleClass(p.Role); class != "" {
			e = e.Class("f " + class)
		}
		formula = append(formula, lit(p.Lit, e, p.Text))
	}
	if len(formula) > 0 {
		formula = append(formula, app.Text(" "), lit(v.TimesLit, el("span"), v.Times), el("span").Text(" = "))
	}
	if v.Value != "" {
		formula = append(formula, el("b").Class("val").Text(v.Value))
	}
	all := []app.UI{el("div").Class("compare-what").Body(what...)}
	if len(formula) > 0 {
		all = append(all, el("div").Class("compare-formula").Body(formula...))
	}
	return all
}

// lit marks a text that differs; the element is of the page's own style otherwise.
func lit(is bool, e app.HTMLElem, text string) app.UI {
	if is && strings.TrimSpace(text) != "" {
		return e.Body(el("mark").Text(text))
	}
	return e.Text(text)
}
