package ui

import (
	"fmt"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/app/transfer"
	"paramstack/core/catalog"
)

// read reads files one after another. The last one stays on the page; all are kept.
func (c *Shell) read(files []browser.File) {
	if len(files) > 1 || len(c.queue) > 0 {
		c.post(editor.ReadMany{Count: len(files)})
	}
	c.queue = append(c.queue, files...)
	if c.state.Job == nil {
		c.readNext()
	}
}

func (c *Shell) readNext() {
	if len(c.queue) == 0 {
		c.post(editor.ManyRead{})
		return
	}
	f := c.queue[0]
	c.queue = c.queue[1:]
	if strings.HasSuffix(strings.ToLower(f.Name), editor.StackExt) && f.Size <= browser.MaxFile {
		c.readStack(f)
		return
	}
	name := strings.ToLower(f.Name)
	if f.Size <= editor.MaxMessage && (strings.HasSuffix(name, ".txt") || strings.HasSuffix(name, ".log")) {
		c.readText(f)
		return
	}
	c.ask(f)
}

// readText explains an error message that was saved as a file; other texts are for the
// worker.
func (c *Shell) readText(f browser.File) {
	f.Read(func(text string, ok bool) {
		if !ok || !editor.Explains(text) {
			c.ask(f)
			return
		}
		c.post(editor.ExplainError{Text: text})
		c.readNext()
	})
}

// ask has the worker read a file.
func (c *Shell) ask(f browser.File) {
	c.post(editor.ReadStarted{Source: f.Name})
	c.worker.Ask(transfer.ReadFile{Lang: c.state.Prefs.Lang}, []browser.File{f}, func(r transfer.Reply) {
		done := editor.ReadDone{Source: f.Name}
		switch r := r.(type) {
		case transfer.Progress:
			c.post(editor.ReadProgress{Permill: int(r.Done * 1000)})
			return
		case transfer.FileRead:
			done.Format, done.Text, done.More = r.Format, r.Text, r.More
			done.Keras = r.Keras
			done.Notes, done.Doubt, done.Error = r.Notes, r.Doubt, r.Error
		default:
			done.Error = c.failed(r)
		}
		c.post(done)
		c.readNext()
	})
}

// cancelRead cancels the file being read, and those that wait.
func (c *Shell) cancelRead() {
	c.queue = nil
	c.post(editor.CancelRead{})
}

// failed returns why there is no answer to a request.
func (c *Shell) failed(r transfer.Reply) string {
	if f, ok := r.(transfer.Failed); ok {
		if f.Died {
			return c.say(catalog.UIWorkerDied, f.Why) + "."
		}
		return c.say(catalog.UIWorkerFailed, f.Why) + "."
	}
	panic(fmt.Sprintf("ui: unexpected reply %T", r))
}

// readStack reads our own text without the worker, which takes a while to load.
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

// paste handles what is pasted: a text of another tool in the text pane, and anything
// where nothing else would take it.
func (c *Shell) paste(e browser.Event) {
	pane := actOf(e.Target()) == actText
	if !pane && (c.sheetFocus() != "" || e.Target().Is("input,textarea,select,[contenteditable]")) {
		return
	}
	pasted := e.Pasted()
	if files := e.PastedFiles(); !pane && pasted == "" && len(files) > 0 {
		e.PreventDefault()
		c.read(files)
		return
	}
	if editor.Explains(pasted) {
		e.PreventDefault()
		c.post(editor.ExplainError{Text: pasted})
		return
	}
	if editor.Foreign(pasted) {
		if f, ok := browser.NewFile(c.say(catalog.UIPasted), pasted); ok {
			e.PreventDefault()
			c.read([]browser.File{f})
			return
		}
	}
	if !pane && strings.TrimSpace(pasted) != "" {
		e.PreventDefault()
		c.post(editor.Paste{Source: c.say(catalog.UIPasted), Text: pasted})
	}
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
