package ui

import (
	"strconv"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/catalog"
	"paramstack/core/num"
	"paramstack/core/passport"
	"paramstack/core/why"
)

// whySheet is where a number is typed and explained.
func (c *Shell) whySheet() app.UI {
	w := c.state.Open.Why
	title := c.say(catalog.CmdWhy)
	return c.sheet("why-sheet", title,
		el("div").Class("sheet-head").Body(el("h2").Text(title),
			button(actClose, "tool", c.say(catalog.CmdClose), icon("close"))),
		el("div").Class("whatif-body").Body(
			el("p").Class("tiny").Text(c.say(catalog.UIWhyIntro)),
			el("div").Class("fit-row").Body(
				el("label").Attr("for", editor.WhyField).Text(c.say(catalog.UIWhyField)),
				field(actWhyTyped, editor.WhyField, w.Typed, "placeholder", c.say(catalog.UIWhyHint),
					"aria-describedby", "why-answer", "aria-invalid", word(w.Problem.Key != "")),
			),
			el("div").ID("why-answer").Attr("role", "status").Attr("aria-live", "polite").Body(c.whyAnswer(w)...),
		),
	)
}

// whyAnswer is what is known of the number.
func (c *Shell) whyAnswer(w *editor.Why) []app.UI {
	lang := c.state.Prefs.Lang
	switch {
	case w.Problem.Key != "":
		return []app.UI{problem(w.Problem.In(lang))}
	case w.Answer == nil:
		return nil
	case w.Waiting != "":
		return []app.UI{el("p").Class("tiny").Text(c.say(catalog.UIWhyWait))}
	}
	a := w.Answer
	var all []app.UI
	for i := range a.Reasons {
		if i == 1 {
			all = append(all, el("p").Class("tiny").Text(c.say(catalog.UIWhyMore)))
		}
		all = append(all, c.whyReason(&a.Reasons[i], i))
	}
	if len(a.Reasons) > 0 {
		return all
	}
	if w.Busy {
		return []app.UI{el("p").Class("tiny").Text(c.say(catalog.UIWhyBusy))}
	}
	if a.Nearest == nil {
		return []app.UI{problem(c.say(whyNot(a)))}
	}
	return append([]app.UI{problem(c.say(catalog.UIWhyNone, a.Number.Grouped()))}, c.whyNearest(a.Nearest, a.Number.Exact())...)
}

// whyNot is why there is nothing to say of a number.
func whyNot(a *why.Answer) catalog.Key {
	if a.Empty {
		return catalog.UIWhyEmpty
	}
	return catalog.UIWhyUncounted
}

// unit writes a number with what it is of; bytes as both kinds of tools write them.
func (c *Shell) unit(r *why.Reason) string {
	n := r.Number
	switch r.Quantity {
	case why.Bytes:
		return n.Grouped() + " B = " + n.Bytes(false) + " = " + n.Bytes(true)
	case why.MACs:
		return n.Grouped() + " " + c.say(catalog.UIMACs)
	case why.FLOPs:
		return n.Grouped() + " " + c.say(catalog.UIFLOPs)
	}
	return n.Grouped()
}

// whyReason is a reason as a sum: the page's number, each term, the number.
func (c *Shell) whyReason(r *why.Reason, index int) app.UI {
	lang := c.state.Prefs.Lang
	var lines []app.UI
	if !r.Printed() {
		lines = append(lines, el("li").Class("sum from").Body(el("b").Text(r.Start.Grouped()),
			el("span").Text(c.say(catalog.UIWhyHere))))
	}
	edits := 0
	for i := range r.Terms {
		t := &r.Terms[i]
		change := "="
		if i == 0 && r.Printed() && len(r.Terms) > 1 {
			change = r.Start.Grouped()
		}
		switch {
		case t.Times > 1:
			change = "×" + strconv.FormatInt(t.Times, 10)
		case !t.Change.IsZero():
			change = t.Change.Signed()
		}
		line := []app.UI{el("b").Text(change), el("span").Text(t.Say.In(lang))}
		label := catalog.Key("")
		switch {
		case t.Net != "":
			label = catalog.UIWhyOpen
		case t.Edit != nil:
			label = catalog.UIWhyEdit
			edits++
		case t.Switch != why.NoSwitch:
			label = catalog.UIWhySwitch
		}
		if label != "" {
			line = append(line, c.takeTerm(label, index, i, t.Say.In(lang)))
		}
		lines = append(lines, el("li").Class("sum").Body(line...))
	}
	lines = append(lines, el("li").Class("sum total").Body(el("b").Text("= "+c.unit(r))))
	body := []app.UI{el("ul").Body(lines...)}
	if edits > 1 {
		body = append(body, c.takeTerm(catalog.UIWhyAll, index, -1, ""))
	}
	return el("div").Class("reason").Body(body...)
}

func (c *Shell) takeTerm(label catalog.Key, reason, term int, what string) app.UI {
	text := c.say(label)
	name := text
	if what != "" {
		name += ": " + what
	}
	return button(actWhyTake, "plain", name, app.Text(text)).Attr("data-index", itoa(reason)).Attr("data-term", itoa(term))
}

// whyNearest is what comes nearest, and what is left: to the digit of an exact number.
func (c *Shell) whyNearest(n *why.Nearest, exact bool) []app.UI {
	lang := c.state.Prefs.Lang
	ways := make([]string, 0, len(n.Reason.Terms))
	for i := range n.Reason.Terms {
		ways = append(ways, n.Reason.Terms[i].Say.In(lang))
	}
	nearest := c.unit(&n.Reason)
	if len(ways) > 0 {
		nearest += ". " + strings.Join(ways, " ")
	} else {
		nearest += " " + c.say(catalog.UIWhyHere)
	}
	left := c.say(catalog.UIWhyLeftAbout, num.Percent(n.Share))
	if exact {
		left = c.say(catalog.UIWhyLeft, n.Off.Signed(), num.Percent(n.Share))
	}
	switch {
	case n.File:
		left += " " + c.say(catalog.UIWhyFile)
	case n.Equal:
		left += " " + c.say(catalog.UIWhyEqual, n.Name)
	case n.Row != 0:
		left += " " + c.say(catalog.UIWhyBeside, n.Name, n.Size.Grouped())
	}
	return []app.UI{el("p").Text(c.say(catalog.UIWhyNearest, nearest)), el("p").Text(left)}
}

// typeWhy explains what is typed when the keys rest.
func (c *Shell) typeWhy(value string) {
	if c.asking != nil {
		c.asking.Stop()
	}
	c.asking = time.AfterFunc(rest, func() { c.draws(func() { c.askWhy(value) }, true) })
}

// askWhy explains a number, unless it is explained already.
func (c *Shell) askWhy(value string) {
	if w := c.state.Open.Why; w != nil && w.Typed != value {
		c.update(editor.AskWhy{Typed: value})
	}
}

// askNow explains what is in the field.
func (c *Shell) askNow() { c.do(func() { c.askWhy(browser.ByID(editor.WhyField).Value()) }) }

// problem is what is wrong, as a warning.
func problem(text string) app.UI {
	return el("p").Class("problem p-warning").Body(icon("warn"), el("span").Text(text))
}

// toolsSheet is what other tools print, a row each with its rule below.
func (c *Shell) toolsSheet() app.UI {
	title := c.say(catalog.CmdTools)
	head := el("tr").Body(el("th").Attr("scope", "col").Text(c.say(catalog.UIToolsTool)),
		el("th").Attr("scope", "col").Text(c.say(catalog.UIParameters)),
		el("th").Attr("scope", "col").Text(c.say(catalog.UIMACs)),
		el("th").Attr("scope", "col").Text(c.say(catalog.UIToolsSizes)))
	rows := []app.UI{el("thead").Body(head)}
	for i := range c.state.Open.Tools.Entries {
		e := &c.state.Open.Tools.Entries[i]
		var sizes []app.UI
		for k := range e.Sizes {
			sizes = append(sizes, el("div").Body(el("span").Text(c.say(e.Sizes[k].Label)+" "), c.toolFigure(&e.Sizes[k])))
		}
		rows = append(rows, el("tbody").Body(
			el("tr").Body(el("th").Attr("scope", "rowgroup").Text(e.Tool.Name()),
				el("td").Attr("data-label", c.say(catalog.UIParameters)).Body(c.toolFigure(&e.Params)),
				el("td").Attr("data-label", c.say(catalog.UIMACs)).Body(c.toolFigure(&e.Compute)),
				el("td").Attr("data-label", c.say(catalog.UIToolsSizes)).Body(sizes...)),
			el("tr").Class("rule").Body(el("td").Attr("colspan", "4").Text(c.say(e.Rule))),
		))
	}
	var intro app.UI = el("p").Class("tiny").Text(c.say(catalog.UIToolsIntro))
	if !c.state.Open.Tools.Entries[passport.PyTorch].Params.Known {
		intro = problem(c.say(catalog.UIWhyUncounted))
	}
	return c.sheet("tools-sheet", title,
		el("div").Class("sheet-head").Body(el("h2").Text(title),
			button(actToolsCopy, "plain", c.say(catalog.UICopy), app.Text(c.say(catalog.UICopy))),
			button(actClose, "tool", c.say(catalog.CmdClose), icon("close")).ID(editor.ToolsClose)),
		el("div").Class("whatif-body").Body(
			intro,
			el("table").Class("passport").Attr("aria-label", title).Body(rows...),
		),
	)
}

// toolFigure is a number that a tool prints: exact, and below it as the tool prints it. It
// is a button that explains it.
func (c *Shell) toolFigure(f *passport.Figure) app.UI {
	text := c.state.FigureOf(f)
	if !f.Known || f.Label == "" {
		return el("span").Class("none").Text(text)
	}
	if f.Value.IsZero() {
		return el("span").Text(text) // there is nothing to explain
	}
	typed := f.Value.String()
	if f.Bytes {
		typed += " bytes"
	}
	body := []app.UI{el("b").Text(text)}
	if f.Shown != "" && f.Shown != f.Value.String() {
		body = append(body, el("small").Text(f.Shown))
	}
	return button(actToolsNumber, "figure", c.say(catalog.UIToolsExplain, text), body...).Attr("data-number", typed)
}
