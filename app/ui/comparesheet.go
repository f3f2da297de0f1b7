package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/catalog"
	"paramstack/core/compare"
)

// Acts of the comparison.
const (
	actCompareAdd   act = "compare-add"
	actCompareAgain act = "compare-again"
	actCompareBack  act = "compare-back"
	actCompareBy    act = "compare-by"
	actCompareCard  act = "compare-card"
	actCompareDrop  act = "compare-drop"
	actCompareEach  act = "compare-each"
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
	{act: actCompareAdd, send: editor.CompareAdd{}},
	{act: actCompareAgain, send: editor.OpenCompare{}},
	{act: actCompareBack, click: func(c *Shell, t target) { c.post(editor.CompareBack{Steps: t.number("index")}) }},
	{act: actCompareBy, click: func(c *Shell, t target) { c.post(editor.CompareBy{MACs: t.number("index") == 1}) }},
	{act: actCompareCard, click: func(c *Shell, t target) { c.post(editor.CompareCard{ID: t.el.Data("card")}) }},
	{act: actCompareDrop, click: func(c *Shell, t target) { c.post(editor.CompareDrop{At: t.number("index")}) }},
	{act: actCompareEach, click: func(c *Shell, t target) { c.post(editor.CompareChoose{At: t.number("index")}) }},
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

// compareSheet asks what the network shown is compared with, and shows both, or all.
func (c *Shell) compareSheet() app.UI {
	if sheet := c.state.Open.Compare; sheet.Result == nil || sheet.Adding {
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
		return box("li", "", press(a, "pick").Attr("data-"+data, value).Body(
			said("b", "", name), said("span", "num", about)))
	}
	group := func(title string, list []app.UI) {
		if len(list) > 0 {
			body = append(body, said("h3", "", title), box("ul", "picks", list...))
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
	body = append(body, said("h3", "", c.say(catalog.CompareNets)),
		typed(el("input").Attr("type", "text").ID("compare-search").Class("compare-search").Attr(does(actCompareFind)),
			c.say(catalog.CompareFind), c.say(catalog.CompareFind)),
		el("p").Class("tiny").Attr("role", "status").Text(status),
		box("ul", "picks nets", cards...))

	text := typed(el("textarea").ID(editor.CompareTextID).Attr("rows", "5").Attr(does(actCompareText)),
		c.say(catalog.CompareText), c.say(catalog.CompareTextDoc))
	var wrong app.UI = el("p").Class("problem none")
	if sheet.Wrong != "" {
		text = text.Attr("aria-invalid", "true").Attr("aria-describedby", "compare-wrong")
		wrong = c.wrong(sheet.Wrong)
	}
	aside := []app.UI{
		said("h3", "", c.say(catalog.CompareText)), text, wrong,
		box("div", "compare-go",
			press(actCompareGo, "primary").Text(c.say(catalog.CompareGo)),
			press(actImport, "plain").Text(c.say(catalog.CompareFile))),
	}
	title := c.say(catalog.CompareWith, s.Page.Summary.Title)
	if sheet.Adding {
		title = c.say(catalog.CompareAdd)
	}
	return c.sheet("compare choosing", c.say(catalog.CmdCompare),
		c.compareHead(title),
		box("div", "compare-choice",
			box("div", "compare-list", body...), box("div", "compare-paste", aside...)))
}

func (c *Shell) compareHead(title string, tools ...app.UI) app.UI {
	head := append([]app.UI{said("h2", "", title)}, tools...)
	return box("div", "sheet-head", append(head,
		button(actClose, "tool", c.say(catalog.CmdClose), icon("close")).ID(editor.CompareClose))...)
}

func (c *Shell) compareResult() app.UI {
	sheet := c.state.Open.Compare
	tool := func(a act, class string, label catalog.Key) app.UI {
		return press(a, class).ID(string(a)).Text(c.say(label))
	}
	tools := []app.UI{tool(actCompareSwap, "plain", catalog.CompareSwap)}
	if len(sheet.Nets) == 2 {
		tools = append(tools, tool(actCompareAgain, "plain", catalog.CompareAgain))
	}
	if sheet.CanAdd() {
		tools = append(tools, tool(actCompareAdd, "plain", catalog.CompareAdd))
	}
	sentence := el("p").Class("compare-said").Attr("role", "status").Text(sheet.View.Said)
	body := []app.UI{
		box("div", "compare-tools", append(tools, tool(actCompareLink, "primary", catalog.CompareLink))...),
		c.compareCopied(),
	}
	if sheet.Wrong != "" {
		body = append(body, c.wrong(sheet.Wrong))
	}
	if len(sheet.Nets) == 2 {
		body = append([]app.UI{sentence}, append(body, c.compareTotals())...)
	} else {
		body = append(body, c.compareTable(), c.compareEach(), sentence)
	}
	return c.sheet("compare result", c.say(catalog.CmdCompare), c.compareHead(c.state.ComparedTitle()),
		el("div").Class("compare-body").Attr("tabindex", "-1").Body(
			append(body, c.compareCauses(), c.compareScenes(), c.compareRows())...))
}

// wrong is what is wrong with a text or a link.
func (c *Shell) wrong(text string) app.UI {
	return el("p").ID("compare-wrong").Class("problem p-error").Attr("role", "alert").Body(
		icon("warn"), said("span", "", text))
}

// compareTable has the totals of more than two networks, a column for each.
func (c *Shell) compareTable() app.UI {
	sheet := c.state.Open.Compare
	title := c.say(catalog.CompareTotals)
	first := []app.UI{box("td", "", said("span", "offscreen", title))}
	for i, name := range sheet.Names {
		drop := button(actCompareDrop, "tool", c.say(catalog.CompareDrop, name), icon("close")).Attr("data-index", itoa(i))
		first = append(first, box("th", "", said("span", "", name), drop).Attr("scope", "col"))
	}
	rows := []app.UI{box("tr", "", first...)}
	for k := range sheet.View.Table {
		rows = append(rows, figureRow(&sheet.View.Table[k]))
	}
	return box("section", "", grouped(title, box("div", "compare-table", box("table", "", rows...).Attr("aria-label", title))).
		Attr("tabindex", "0"))
}

func figureRow(f *editor.CompareFigure) app.UI {
	row := []app.UI{said("th", "", f.Label).Attr("scope", "row")}
	for i := range f.Cells {
		row = append(row, box("td", "num", said("span", "", f.Cells[i].Value), said("span", "tiny", f.Cells[i].Factor)))
	}
	return box("tr", "", row...)
}

// compareEach chooses which of the others is compared with the first row by row.
func (c *Shell) compareEach() app.UI {
	sheet := c.state.Open.Compare
	title := c.say(catalog.CompareEach, sheet.Names[0])
	var pills []app.UI
	for i, name := range sheet.Names[1:] {
		pills = append(pills, numbered(actCompareEach, "pill", i+1, name).Attr("aria-pressed", word(i+1 == sheet.At)))
	}
	return box("div", "compare-title compare-each", said("h3", "", title),
		grouped(title, box("span", "pills", pills...)))
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
	first := said("span", "offscreen", c.say(catalog.CompareTotals))
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
	by := func(n int, label catalog.Key, on bool) app.UI {
		return numbered(actCompareBy, "pill", n, c.say(label)).Attr("aria-pressed", word(on))
	}
	macs := c.state.Open.Compare.ByMACs
	list := make([]app.UI, 0, len(v.Causes)+1)
	for _, cause := range v.Causes {
		list = append(list, box("li", "", press(actCompareTo, "cause").
			Attr("data-line", itoa(cause.Line)).Body(
			c.mark(cause.Mark), said("span", "what", cause.Name),
			said("span", "num delta", cause.Difference),
			svg("svg", "aria-hidden", "true").Body(svg("rect", "width", percent(cause.Permill), "height", "8")),
			said("span", "num tiny", cause.Share))))
	}
	if v.Others != "" {
		list = append(list, said("li", "tiny", v.Others))
	}
	if len(list) == 0 {
		list = append(list, said("li", "tiny", c.say(catalog.CompareNoCause)))
	}
	return box("section", "",
		box("div", "compare-title", said("h3", "", c.say(catalog.CompareCauses)),
			grouped(c.say(catalog.CompareRank), box("span", "pills",
				by(0, catalog.UIParameters, !macs), by(1, catalog.UIMACs, macs)))),
		box("ol", "causes", list...))
}

func (c *Shell) compareScenes() app.UI {
	sheet := c.state.Open.Compare
	list := []app.UI{box("summary", "", said("h3", "", c.say(catalog.CompareScenes)))}
	for i, scene := range sheet.View.Scenes {
		list = append(list, box("figure", "", said("figcaption", "", sheet.Names[i]),
			grouped(sheet.Names[i], box("div", "scene", box("div", "", app.Raw(scene)))).Attr("tabindex", "0")))
	}
	return el("details").Attr("open", "true").Body(list...)
}

// mark is the sign of a row, and what it means.
func (c *Shell) mark(m compare.Mark) app.UI {
	says := c.say(marks[m].says)
	return el("span").Class("mark m-"+marks[m].class).Title(says).Body(
		el("span").Attr("aria-hidden", "true").Text(m.Sign()), said("span", "offscreen", says))
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
		role("columnheader", "", said("span", "offscreen", c.say(catalog.CompareMark))),
		head(sheet.Names[0]), head(sheet.Names[sheet.At]), head(c.say(catalog.CompareDifference)))}
	for i := range v.Lines {
		rows = append(rows, c.compareLine(&v.Lines[i]))
	}
	body := []app.UI{said("h3", "", c.say(catalog.CompareRows))}
	if v.Coarse {
		body = append(body, said("p", "tiny", c.say(catalog.CompareCoarse)))
	}
	body = append(body, role("table", "compare-rows", rows...).Attr("aria-label", c.say(catalog.CompareRows)))
	if v.Hidden > 0 {
		body = append(body, press(actCompareMore, "more").
			Text(c.say(catalog.CompareMore, v.Hidden)))
	}
	return box("section", "", body...)
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
	return press(actCompareFold, "unfold").
		Attr("data-line", itoa(l.Number)).Attr("aria-expanded", word(l.Open)).Body(icon("fold"), said("span", "", text))
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
		what = append(what, said("span", "name", v.Name+":"))
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
		formula = append(formula, app.Text(" "), lit(v.TimesLit, el("span"), v.Times), said("span", "", " = "))
	}
	if v.Value != "" {
		formula = append(formula, said("b", "val", v.Value))
	}
	all := []app.UI{box("div", "compare-what", what...)}
	if len(formula) > 0 {
		all = append(all, box("div", "compare-formula", formula...))
	}
	return all
}

// lit marks a text that differs; the element is of the page's own style otherwise.
func lit(is bool, e app.HTMLElem, text string) app.UI {
	if is && strings.TrimSpace(text) != "" {
		return e.Body(said("mark", "", text))
	}
	return e.Text(text)
}
