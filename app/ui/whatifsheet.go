package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/catalog"
	"paramstack/core/whatif"
)

// fitField is the field of the limit.
const fitField = "fit-limit"

// questionsCard has a button for each question that the page answers about a network.
func (c *Shell) questionsCard() app.UI {
	label := c.say(editor.SectionAsk.Label())
	return el("section").Class("card questions").ID("questions").Attr("aria-label", label).Body(
		said("h2", "", label), box("div", "asks", c.asked("ask", "")...))
}

// asked returns a button for each question, with ids that begin with a prefix.
func (c *Shell) asked(class, prefix string) []app.UI {
	var all []app.UI
	for i := range editor.Commands {
		cmd := &editor.Commands[i]
		if cmd.Section != editor.SectionAsk || cmd.Row != nil {
			continue // a question about a row has its button there
		}
		label := c.say(cmd.Label)
		body := []app.UI{icon(cmd.ID), said("span", "", label)}
		if prefix == "" {
			for _, k := range cmd.Keys {
				body = append(body, el("kbd").Attr("aria-hidden", "true").Text(keyLabel(k)))
			}
		}
		all = append(all, el("button").Attr("type", "button").Class(class).Attr(does(actCommand)).Attr("data-cmd", cmd.ID).
			ID(prefix+cmd.ID).Title(withKeys(label, cmd.Keys)).Body(body...)) // its words are its name
	}
	return all
}

// whatIfSheet is the list of edits that may be taken, and the limit to fit into.
func (c *Shell) whatIfSheet() app.UI {
	w := c.state.Open.WhatIf
	listed, fits := c.state.Proposals()
	title := c.say(catalog.CmdWhatIf)
	body := []app.UI{c.fitForm(w, fits), box("div", "orders", c.whatIfPills(w)...)}
	if len(listed) == 0 {
		body = append(body, said("p", "nothing", c.say(catalog.UIWhatIfNone)))
	}
	body = append(body, box("ul", "proposals", c.proposals(listed)...))
	if n := w.More(); n > 0 {
		body = append(body, numbered(actWhatMore, "more", 0, c.say(catalog.UIWhatIfMore, n)))
	}
	if w.Whole && w.Busy {
		body = append(body, said("p", "tiny", c.say(catalog.UIWhatIfBusy)).Attr("role", "status"))
	}
	if w.Whole && w.Some && !w.Busy {
		body = append(body, said("p", "tiny", c.say(catalog.UIWhatIfSome)))
	}
	return c.sheet("whatif", title,
		box("div", "sheet-head", said("h2", "", title),
			button(actClose, "tool", c.say(catalog.CmdClose), icon("close")).ID(editor.WhatIfClose)),
		box("div", "whatif-body", body...),
	)
}

// fitForm is the limit, and what is within it.
func (c *Shell) fitForm(w *editor.WhatIf, fits []editor.Proposal) app.UI {
	label, lang := c.say(catalog.UIFit), c.state.Prefs.Lang
	var answer []app.UI
	if w.Within.Key != "" {
		answer = append(answer, said("p", "tiny", w.Within.In(lang)))
	}
	if w.None.Key != "" {
		answer = append(answer, box("p", "problem p-warning", icon("warn"), said("span", "", w.None.In(lang))))
	}
	if len(fits) > 0 {
		answer = append(answer, box("ul", "proposals", c.proposals(fits)...))
	}
	return box("div", "fit",
		box("div", "fit-row",
			el("label").Attr("for", fitField).Text(label),
			field(actFitTyped, fitField, w.Limit, "placeholder", c.say(catalog.UIFitHint), "aria-describedby", "fit-answer"),
			numbered(actFit, "plain", 0, c.say(catalog.UIFitGo)),
		),
		el("div").ID("fit-answer").Attr("role", "status").Body(answer...),
	)
}

// whatIfPills choose what is listed and how it is ranked.
func (c *Shell) whatIfPills(w *editor.WhatIf) []app.UI {
	pill := func(a act, index int, label string, on bool) app.UI {
		return numbered(a, "pill", index, label).Attr("aria-pressed", word(on))
	}
	var all []app.UI
	if w.At != 0 {
		all = append(all,
			pill(actWhatScope, 0, c.say(catalog.UIWhatIfBlock, c.state.Doc.Report.Name(w.At)), !w.Whole),
			pill(actWhatScope, 1, c.say(catalog.UIWhatIfWhole), w.Whole))
	}
	all = append(all, said("span", "grow", ""), said("span", "tiny", c.say(catalog.UIWhatIfRank)))
	for order, label := range []catalog.Key{catalog.UIParameters, catalog.UIMACs, catalog.UIPeakMemory} {
		all = append(all, pill(actWhatRank, order, c.say(label), w.Order == whatif.Order(order)))
	}
	return all
}

func (c *Shell) proposals(all []editor.Proposal) []app.UI {
	list := make([]app.UI, len(all))
	for i := range all {
		list[i] = c.proposal(&all[i])
	}
	return list
}

func (c *Shell) proposal(p *editor.Proposal) app.UI {
	what := p.Say
	head := []app.UI{said("b", "", p.Say)}
	if p.Block != "" {
		head = append(head, said("code", "", p.Block))
		what = p.Block + ": " + what
	}
	figures := make([]app.UI, len(p.Figures))
	for i, f := range p.Figures {
		if f.Delta == "" {
			f.Delta = c.say(catalog.UIWhatIfKept)
		}
		figures[i] = box("div", "", said("dt", "", f.Label), box("dd", "",
			said("span", "", f.Before+" → "+f.After), said("span", classes("by", "down", f.Down, "up", f.Up), f.Delta)))
	}
	take := c.say(catalog.UIWhatIfTake)
	body := []app.UI{box("div", "what", head...)}
	if p.Choice.Label != "" {
		body = append(body, c.choice(p, what))
	}
	body = append(body,
		box("dl", "", figures...),
		box("p", "tiny", said("b", "", c.say(catalog.UIWhatIfWorse)+": "), app.Text(p.Worse)))
	if p.Law != "" {
		body = append(body, said("p", "tiny", p.Law))
	}
	act := numbered(actWhatTake, "plain take", p.Index, take).ID(editor.WhatIfTake(p.Index)).Attr("aria-label", take+": "+what)
	if p.Choice.Label != "" {
		act = off(act, p.Choice.Why != "").Attr("aria-describedby", choiceWhy(p))
	}
	return box("li", "proposal", append(body, act)...)
}

// choiceWhy returns the id of the text why the number that is typed in a proposal cannot be.
func choiceWhy(p *editor.Proposal) string { return "choice-" + itoa(p.Index) + "-why" }

// choice is the field of the number in a proposal that is free.
func (c *Shell) choice(p *editor.Proposal, what string) app.UI {
	at := itoa(p.Index)
	why, id, mode := choiceWhy(p), "choice-"+at, "text"
	if p.Choice.Whole {
		mode = "numeric"
	}
	row := []app.UI{
		el("label").Attr("for", id).Text(p.Choice.Label),
		field(actWhatChoose, id, p.Choice.Value, "data-index", at, "inputmode", mode, "aria-label", p.Choice.Label+": "+what,
			"aria-invalid", word(p.Choice.Why != ""), "aria-describedby", why),
		said("span", "why", p.Choice.Why).ID(why),
	}
	return box("div", "free", row...)
}

// fitTyped looks for the widest network within the limit that is typed.
func (c *Shell) fitTyped() { c.post(editor.FitInto{Limit: browser.ByID(fitField).Value()}) }
