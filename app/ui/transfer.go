package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/catalog"
)

// read reads files one after another. The last one stays on the page, the others
// are among the opened ones.
func (c *Shell) read(files []browser.File) {
	c.queue = append(c.queue, files...)
	if c.state.Job == nil {
		c.readNext()
	}
}

func (c *Shell) readNext() {
	if len(c.queue) == 0 {
		return
	}
	f := c.queue[0]
	c.queue = c.queue[1:]
	if strings.HasSuffix(strings.ToLower(f.Name), editor.StackExt) && f.Size <= browser.MaxFile {
		c.readStack(f)
		return
	}
	c.post(editor.ReadStarted{Source: f.Name})
	c.worker.Ask("import", map[string]any{"file": f, "lang": c.state.Prefs.Lang.Tag()}, func(a browser.Answer) {
		if done, going := a.Done(); going {
			c.post(editor.ReadProgress{Permill: int(done * 1000)})
			return
		}
		c.post(editor.ReadDone{Source: f.Name, Format: a.Text("format"), Text: a.Text("text"), More: a.Texts("more"),
			Notes: a.Texts("notes"), Doubt: a.Is("doubt"), Error: c.failed(a)})
		c.readNext()
	})
}

// cancelRead gives up the file being read, and those that wait.
func (c *Shell) cancelRead() {
	c.queue = nil
	c.post(editor.CancelRead{})
}

// failed is what went wrong with a question, "" if nothing.
func (c *Shell) failed(a browser.Answer) string {
	if a.Is("failed") {
		return c.say(catalog.UIWorkerFailed, a.Text("error")) + "."
	}
	return a.Text("error")
}

// readStack reads our own text without the worker, which it would take a while
// to load.
func (c *Shell) readStack(f browser.File) {
	f.Read(func(text string, ok bool) {
		if ok {
			c.post(editor.LoadText{Source: f.Name, Text: text})
		} else {
			c.post(editor.FileFailed{Name: f.Name, Why: c.say(catalog.UIUnreadable)})
		}
		c.readNext()
	})
}

// paste takes a text of another tool that is pasted into the text pane.
func (c *Shell) paste(e browser.Event) {
	if actOf(e.Target()) != actText {
		return
	}
	pasted := e.Pasted()
	if !editor.Foreign(pasted) {
		return
	}
	if f, ok := browser.NewFile(c.say(catalog.UIPasted), pasted); ok {
		e.PreventDefault()
		c.read([]browser.File{f})
	}
}

// loadFormats and writeFormat ask the worker for the export sheet.
func (c *Shell) loadFormats(e editor.LoadFormats) {
	c.worker.Ask("formats", map[string]any{"lang": e.Lang.Tag()}, func(a browser.Answer) {
		var formats []editor.Format
		for _, f := range a.List("formats") {
			formats = append(formats, editor.Format{Name: f.Text("name"), Label: f.Text("label"), Ext: f.Text("ext"), Prose: f.Is("prose")})
		}
		if err := c.failed(a); err != "" {
			c.post(editor.Close{})
			c.post(editor.FileFailed{Name: c.say(catalog.UIExport), Why: err})
			return
		}
		c.post(editor.FormatsLoaded{Formats: formats})
	})
}

func (c *Shell) writeFormat(e editor.WriteFormat) {
	c.worker.Ask("export", map[string]any{
		"format": e.Name, "text": e.Text, "lang": e.Lang.Tag(), "biases": e.Style.Biases, "flat": e.Style.Flat, "keras": e.Style.Keras,
	}, func(a browser.Answer) {
		c.post(editor.FormatWritten{Name: e.Name, Text: a.Text("text"), Problems: a.Texts("problems"), Error: c.failed(a)})
	})
}

// job is the file being read: how far it is, and the way out.
func (c *Shell) job() app.UI {
	j := c.state.Job
	if j == nil {
		return el("div").Class("notice none")
	}
	bar := el("progress").Attr("max", "1000").Attr("aria-label", c.say(catalog.UIReading, j.Source))
	if j.Permill > 0 {
		bar = bar.Attr("value", itoa(j.Permill))
	}
	return el("div").ID("job").Class("notice info").Attr("role", "status").Body(
		el("span").Class("said").Text(c.say(catalog.UIReading, j.Source)), bar,
		el("button").Attr("type", "button").Class("plain").Attr(does(actCancel)).Text(c.say(catalog.UICancel)))
}

// exportSheet is what the network can be written as.
func (c *Shell) exportSheet() app.UI {
	s := c.state.Open.Export
	tabs := make([]app.UI, len(s.Formats))
	ext, prose := "", false
	for i, f := range s.Formats {
		if f.Name == s.Chosen {
			ext, prose = f.Ext, f.Prose
		}
		tabs[i] = el("button").Attr("type", "button").Class("format").Attr(does(actFormat)).Attr("data-format", f.Name).
			Attr("aria-pressed", word(f.Name == s.Chosen)).Body(el("span").Text(f.Label), el("code").Text(f.Ext))
	}
	var said []app.UI
	if s.Busy {
		said = append(said, el("p").Class("tiny").Attr("role", "status").Text(c.say(catalog.UIExportWait)))
	}
	if s.Error != "" {
		said = append(said, el("p").Class("problem p-error").Attr("role", "alert").Body(icon("warn"), el("span").Text(s.Error)))
	}
	for _, p := range s.Problems {
		said = append(said, el("p").Class("problem p-warning").Body(icon("warn"), el("span").Text(p)))
	}
	return c.sheet("export", c.say(catalog.UIExport),
		el("div").Class("sheet-head").Body(el("h2").Text(c.say(catalog.UIExport)),
			off(button(actCopy, "plain", c.say(catalog.UICopy), app.Text(c.say(catalog.UICopy))), s.Text == ""),
			off(button(actSave, "primary", c.say(catalog.UISave, ext), app.Text(c.say(catalog.UISave, ext))), s.Text == ""),
			button(actClose, "tool", c.say(catalog.CmdClose), icon("close")).ID("export-close")),
		el("div").Class("export-body").Body(
			el("div").Class("formats").Attr("role", "group").Attr("aria-label", c.say(catalog.UIExport)).Body(tabs...),
			el("div").Class("written").Body(append(said,
				el("pre").ID("written").Class(classes("code", "prose", prose)).Attr("tabindex", "0").Attr("aria-label", c.say(catalog.UIExport)).Text(s.Text))...),
		),
	)
}
