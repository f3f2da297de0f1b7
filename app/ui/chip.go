package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/editor"
	"paramstack/core/catalog"
	"paramstack/core/diag"
)

// chips are the hyper-parameters: those that have their default are shown only
// while the row is selected.
func (r *row) chips() []app.UI {
	v, f := r.View, r.View.Facts
	if len(f.Chips) == 0 {
		return nil
	}
	list := make([]app.UI, 0, len(f.Chips))
	for i := range f.Chips {
		c := &f.Chips[i]
		if c.Default && !v.Cursor && v.Edit != c.Field {
			continue
		}
		list = append(list, r.chip(c))
	}
	return list
}

func (r *row) chip(c *editor.Chip) app.UI {
	v := r.View
	class := classes("chip "+roleClass(c.Role), "lit", v.LitField == c.Field, "usual", c.Default)
	tab := "-1"
	if v.Cursor {
		tab = "0"
	}
	switch {
	case len(c.Choices) > 0:
		return r.choice(c, class, tab)
	case c.Switch:
		return press(actSwitch, classes(class+" switch", "on", c.On)).
			Attr("data-field", c.Field).Attr("aria-pressed", word(c.On)).Attr("tabindex", tab).
			Attr("aria-label", chipName(c)).Title(c.Doc).Text(c.Text)
	case v.Edit == c.Field:
		return r.input(c.Field, c.Label, class)
	default:
		return press(actChip, class).Attr("data-field", c.Field).
			Attr("tabindex", tab).Attr("aria-label", chipName(c)).Title(c.Label + ": " + c.Doc).Text(c.Text)
	}
}

// chipName is a chip in words: its label once, and what it shows.
func chipName(c *editor.Chip) string {
	if strings.Contains(c.Text, c.Label) {
		return c.Text
	}
	return c.Label + " " + c.Text
}

// choice is a chip that offers words.
func (r *row) choice(c *editor.Chip, class, tab string) app.UI {
	options := make([]app.UI, len(c.Choices))
	for i, choice := range c.Choices {
		o := el("option").Attr("value", choice).Text(c.Label + " " + choice)
		if app.IsClient || choice == c.Value {
			o = o.Attr("selected", choice == c.Value)
		}
		options[i] = o
	}
	return el("select").ID(editID(r.View.Key, c.Field)).Class(class+" choice").Attr(does(actChoice)).
		Attr("data-field", c.Field).Attr("aria-label", c.Label).Title(c.Doc).Attr("tabindex", tab).Body(options...)
}

// editID is the id of the field that edits a hyper-parameter.
func editID(k editor.Key, field string) string { return "edit-" + string(k) + "-" + field }

// input is a chip being edited. What is typed stays the browser's: the state
// only hears of it, so that no keystroke is ever overwritten.
func (r *row) input(field, label, class string) app.UI {
	v := r.View
	id := editID(v.Key, field)
	size := min(max(len([]rune(v.EditText))+2, 5), 24)
	if field == editor.LabelField {
		size = max(size, 12)
	}
	in := el("input").Attr("type", "text").ID(id).Class("field").Attr(does(actEdit)).Attr("data-field", field).
		Attr("size", itoa(size)).Attr("aria-label", label).Attr("value", v.EditText).
		Attr("autocomplete", "off").Attr("autocapitalize", "off").Attr("spellcheck", "false").
		Attr("enterkeyhint", "done").Attr("aria-invalid", word(v.EditBad != ""))
	body := []app.UI{said("span", "field-name", label), in}
	if _, ok := nudge(v.EditText, 1); ok && field != editor.LabelField {
		body = append(body, box("span", "steps",
			stepper("−", "-1", r.Lang.In(catalog.UILess)), stepper("+", "1", r.Lang.In(catalog.UIGreater))))
	}
	if v.EditBad != "" {
		in.Attr("aria-describedby", id+"-bad")
		body = append(body, el("span").ID(id+"-bad").Class("field-bad").Attr("role", "alert").Text(v.EditBad))
	}
	return el("span").Class(class + " editing").Body(body...)
}

// stepper is a button that changes the number being edited. The keyboard has its arrows.
func stepper(sign, by, hint string) app.UI {
	return press(actStep, "step").Attr("data-by", by).
		Attr("tabindex", "-1").Attr("aria-hidden", "true").Title(hint).Text(sign)
}

// problems are what is wrong with the row, and the buttons that fix it. Notes
// wait until the row is selected: nothing is wrong.
func (r *row) problems() app.UI {
	f := r.View.Facts
	list := make([]app.UI, 0, len(f.Problems))
	for i := range f.Problems {
		p := &f.Problems[i]
		if p.Severity == diag.Note && !r.View.Cursor {
			continue
		}
		sign := "warn"
		if p.Severity == diag.Note {
			sign = "note"
		}
		body := []app.UI{icon(sign), said("span", "", p.Text)}
		for n, label := range p.Fixes {
			body = append(body, press(actFix, "fix").
				Attr("data-problem", itoa(p.Index)).Attr("data-fix", itoa(n)).Text(label))
		}
		list = append(list, el("div").Class("problem p-"+severityNames[p.Severity]).Body(body...))
	}
	if len(list) == 0 {
		return nil
	}
	return el("div").Class("problems").Attr("role", "gridcell").Body(list...)
}

// rowCommands are the commands in the bar of the selected row, by ID.
var rowCommands = []string{"add", "duplicate", "up", "down", "repeat", "skip", "unwrap", "path", "freeze", "rename", "delete"}

// details is what the selected row shows besides: what the layer does, its
// multiply-accumulates, and what can be done with it.
func (r *row) details() app.UI {
	v, f := r.View, r.View.Facts
	say := r.Lang.In
	facts := make([]app.UI, 0, 4)
	if f.Doc != "" && f.Editable {
		facts = append(facts, said("span", "doc", f.Doc))
	}
	if f.Class != "" {
		facts = append(facts, said("code", "tiny", f.Class))
	}
	if f.MACs != "" {
		line := []app.UI{said("span", "tiny", say(catalog.UIMACsOf))}
		if len(f.Compute) > 0 {
			line = append(line, box("span", "terms", r.pieces(f.Compute, false)...), said("span", "eq", "="))
		}
		line = append(line, said("b", "val", f.MACs))
		facts = append(facts, box("span", "compute", line...))
	}
	for _, s := range []string{f.Buffers, f.Field} {
		if s != "" {
			facts = append(facts, said("span", "tiny", s))
		}
	}
	if f.Origin != "" {
		facts = append(facts, press(actOrigin, "origin").
			Title(say(catalog.ActChoose)).Text(f.Origin))
	}
	if v.Share != "" && v.Share != "0 %" {
		facts = append(facts, said("span", "tiny", say(catalog.UIShareOf, v.Share)))
	}
	body := []app.UI{r.ask(), box("div", "facts", facts...)}
	if v.Reasons != nil {
		body = []app.UI{r.ask(), r.reasons(v.Reasons), body[1]}
	}
	buttons := make([]app.UI, 0, len(rowCommands))
	for _, id := range rowCommands {
		if c := editor.ByID(id); c != nil && f.Allowed.Has(id) {
			label := say(c.Label)
			if id == "add" {
				label = say(catalog.UIAddBelow)
			}
			b := button(actCommand, "act", withKeys(label, c.Keys), icon(id)).Attr("data-cmd", id)
			if id == "add" || id == "delete" {
				b = b.Class(id)
			}
			buttons = append(buttons, b)
		}
	}
	buttons = append(buttons, button(actCommand, "act words", withKeys(say(catalog.UIActions), editor.ByID("row-menu").Keys),
		icon("more"), said("span", "", say(catalog.UIActions))).Attr("data-cmd", "row-menu").Attr("aria-haspopup", "menu"))
	body = append(body, el("div").Class("acts").Attr("role", "toolbar").
		Attr("aria-label", say(catalog.UIRowActions, f.Title)).Body(buttons...))
	return el("div").Class("details").Attr("role", "gridcell").Body(body...)
}

func withKeys(label string, keys []string) string {
	if len(keys) == 0 {
		return label
	}
	return label + " (" + keyLabel(keys[0]) + ")"
}
