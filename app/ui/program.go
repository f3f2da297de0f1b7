package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/catalog"
)

// inputField is the second field of the sheet. What is typed in both stays the browser's
// until it is made.
const inputField = "program-input"

// programSheet is where it is chosen what a program makes, and on what input.
func (c *Shell) programSheet() app.UI {
	p := c.state.Open.Program
	field := func(id, label, value, hint string) app.HTMLElem {
		return typed(el("input").Attr("type", "text").ID(id).Attr("value", value), label, hint).Attr("enterkeyhint", "go").
			Attr("aria-invalid", word(p.Error != "")).Attr("aria-describedby", "program-error")
	}
	calls := make([]app.UI, len(p.Choices))
	for i, choice := range p.Choices {
		calls[i] = press(actCall, "format").Attr("data-call", choice.Call).
			Body(said("code", "", choice.Shown))
	}
	expression, input := c.say(catalog.UIExpression), c.say(catalog.UIProgramInput)
	title := c.say(catalog.UIProgram, p.Source)
	return c.sheet("program", title,
		box("div", "sheet-head", said("h2", "", title),
			button(actClose, "tool", c.say(catalog.CmdClose), icon("close"))),
		box("div", "program-body",
			said("p", "tiny", c.say(catalog.UIProgramHint)),
			el("div").Class("calls").Attr("role", "group").Attr("aria-label", c.say(catalog.ActChoose)).Body(calls...),
			box("label", "", said("span", "tiny", expression), field(editor.ProgramField, expression, p.Expression,
				"UNet(3, 2, bilinear=True)")),
			box("label", "", said("span", "tiny", input), field(inputField, input, p.Input, "3x224x224")),
			el("div").ID("program-error").Attr("aria-live", "assertive").Body(c.programError(p.Error)...),
			off(button(actMake, "primary", c.say(catalog.UIMake), app.Text(c.say(catalog.UIMake))), p.Busy),
		),
	)
}

func (c *Shell) programError(why string) []app.UI {
	if why == "" {
		return nil
	}
	return []app.UI{box("p", "problem p-error", icon("warn"), said("span", "", why))}
}

// makeProgram makes what the fields of the sheet have.
func (c *Shell) makeProgram() {
	c.post(editor.MakeProgram{Expression: browser.ByID(editor.ProgramField).Value(), Input: browser.ByID(inputField).Value()})
}

// chooseCall writes a call into the field, with the caret where its first unknown
// argument is due.
func chooseCall(_ *Shell, t target) {
	field, call := browser.ByID(editor.ProgramField), t.el.Data("call")
	field.SetValue(call)
	field.Focus(false)
	at := utf16Len(call)
	for _, end := range []string{"=,", "=)"} {
		if i := strings.Index(call, end); i >= 0 {
			at = min(at, utf16Len(call[:i+1]))
		}
	}
	field.SetCaret(at, at)
}
