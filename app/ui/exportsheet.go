package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/editor"
	"paramstack/app/transfer"
	"paramstack/core/catalog"
)

// writeFormat asks the worker for what the export sheet shows.
func (c *Shell) writeFormat(e editor.WriteFormat) {
	c.worker.Ask(e.Request, nil, func(r transfer.Reply) {
		done := editor.FormatWritten{Name: e.Request.Format}
		if w, ok := r.(transfer.Written); ok {
			done.Text, done.Problems, done.Error = w.Text, w.Problems, w.Error
		} else {
			done.Error = c.failed(r)
		}
		c.post(done)
	})
}

// exportSheet is what the network can be written as.
func (c *Shell) exportSheet() app.UI {
	s := c.state.Open.Export
	menu := transfer.Menu()
	tabs := make([]app.UI, len(menu))
	ext, prose := "", false
	for i, f := range menu {
		if f.Name == s.Chosen {
			ext, prose = f.Ext, f.Prose
		}
		tabs[i] = press(actFormat, "format").Attr("data-format", f.Name).
			Attr("aria-pressed", word(f.Name == s.Chosen)).Body(said("span", "", c.say(f.Label)), said("code", "", f.Ext))
	}
	var above []app.UI
	if s.Busy {
		above = append(above, el("p").Class("tiny").Attr("role", "status").Text(c.say(catalog.UIExportWait)))
	}
	if s.Error != "" {
		above = append(above, box("p", "problem p-error", icon("warn"), said("span", "", s.Error)).Attr("role", "alert"))
	}
	for _, p := range s.Problems {
		above = append(above, box("p", "problem p-warning", icon("warn"), said("span", "", p)))
	}
	if options := c.drawingOptions(); options != nil {
		above = append(above, options)
	}
	return c.sheet("export", c.say(catalog.UIExport),
		box("div", "sheet-head", said("h2", "", c.say(catalog.UIExport)),
			off(button(actCopy, "plain", c.say(catalog.UICopy), app.Text(c.say(catalog.UICopy))), s.Text == ""),
			off(button(actSave, "primary", c.say(catalog.UISave, ext), app.Text(c.say(catalog.UISave, ext))), s.Text == ""),
			button(actClose, "tool", c.say(catalog.CmdClose), icon("close")).ID(editor.ExportClose)),
		box("div", "export-body",
			el("div").Class("formats").Attr("role", "group").Attr("aria-label", c.say(catalog.UIExport)).Body(tabs...),
			box("div", "written", append(above,
				el("pre").ID("written").Class(classes("code", "prose", prose)).Attr("tabindex", "0").
					Attr("aria-label", c.say(catalog.UIExport)).Text(s.Text))...),
		),
	)
}
