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

// A reading is what is read at once: a file, or Python files that belong together.
type reading struct {
	files             []browser.File
	expression, input string
	program           int      // which of Shell.programs it is read again, −1 for a new file
	opening           *opening // the script that asked for it, nil if none did
}

// read reads files one after another. The last one stays on the page; all are kept.
func (c *Shell) read(files []browser.File) { c.enqueue(together(files)...) }

func (c *Shell) enqueue(all ...reading) {
	if len(all) > 1 || len(c.queue) > 0 {
		c.post(editor.ReadMany{Count: len(all)})
	}
	c.queue = append(c.queue, all...)
	if c.state.Job == nil {
		c.readNext()
	}
}

// together makes one reading of all Python files: they may import each other.
func together(files []browser.File) []reading {
	var all []reading
	python := -1
	for _, f := range files {
		switch {
		case !editor.IsPython(f.Name):
			all = append(all, reading{files: []browser.File{f}, program: -1})
		case python < 0:
			python = len(all)
			all = append(all, reading{files: []browser.File{f}, program: -1})
		default:
			all[python].files = append(all[python].files, f)
		}
	}
	return all
}

// source is what a reading is called: its files.
func (r *reading) source() string {
	names := make([]string, len(r.files))
	for i, f := range r.files {
		names[i] = f.Name
	}
	const most = 3
	if more := len(names) - most; more > 0 {
		names = append(names[:most], "+"+itoa(more))
	}
	return strings.Join(names, ", ")
}

func (c *Shell) readNext() {
	if len(c.queue) == 0 {
		c.post(editor.ManyRead{})
		return
	}
	r := c.queue[0]
	c.queue = c.queue[1:]
	f := r.files[0]
	name := strings.ToLower(f.Name)
	switch {
	case strings.HasSuffix(name, editor.StackExt) && f.Size <= browser.MaxFile:
		c.readStack(r)
	case f.Size <= editor.MaxMessage && (strings.HasSuffix(name, ".txt") || strings.HasSuffix(name, ".log")):
		c.readText(r)
	default:
		c.ask(r)
	}
}

// conclude sends what came of a reading, and begins the next one.
func (c *Shell) conclude(r reading, m editor.Msg, problems []transfer.Problem) {
	c.do(func() {
		opened := len(c.state.Opened)
		if r.opening == nil && c.state.Open.Compare != nil {
			m = editor.CompareFile{Read: m}
		}
		c.update(m)
		r.opening.add(&c.state, opened, problems)
	})
	c.readNext()
}

// readText explains an error message that was saved as a file; other texts are for the
// worker.
func (c *Shell) readText(r reading) {
	r.files[0].Read(func(text string, ok bool) {
		if !ok || !editor.Explains(text) {
			c.ask(r)
			return
		}
		c.conclude(r, editor.ExplainError{Text: text}, nil)
	})
}

// ask has the worker read files.
func (c *Shell) ask(r reading) {
	source := r.source()
	c.post(editor.ReadStarted{Source: source})
	c.reading = &r
	request := transfer.ReadFile{Lang: c.state.Prefs.Lang, Expression: r.expression, Input: r.input}
	c.worker.Ask(request, r.files, func(reply transfer.Reply) {
		done := editor.ReadDone{Source: source}
		var problems []transfer.Problem
		switch reply := reply.(type) {
		case transfer.Progress:
			c.post(editor.ReadProgress{Permill: int(reply.Done * 1000)})
			return
		case transfer.FileRead:
			done.Format, done.Text, done.More = reply.Format, reply.Text, reply.More
			done.Keras, done.Origins = reply.Keras, reply.Origins
			done.Notes, done.Doubt, done.Error = reply.Notes, reply.Doubt, reply.Error
			problems = reply.Problems
			if r.program < 0 && len(reply.Choices) > 0 {
				r.program = len(c.programs)
				c.programs = append(c.programs, r.files)
			}
			done.Program = r.made(&reply)
		default:
			done.Error, done.Program = c.failed(reply), r.made(&transfer.FileRead{})
			problems = []transfer.Problem{{Column: 1, Text: done.Error}}
		}
		c.reading = nil
		c.conclude(r, done, problems)
	})
}

// made is what else can be made of the files, nil if they are no program.
func (r *reading) made(reply *transfer.FileRead) *editor.Program {
	if r.program < 0 {
		return nil
	}
	return &editor.Program{ID: r.program, Source: r.source(), Choices: reply.Choices, Expression: reply.Expression,
		Input: reply.Input}
}

// cancelRead cancels the file being read, and those that wait.
func (c *Shell) cancelRead() {
	dropped := c.queue
	if c.reading != nil {
		dropped = append(dropped, *c.reading)
	}
	c.queue, c.reading = nil, nil
	c.do(func() {
		c.update(editor.CancelRead{})
		for _, r := range dropped {
			r.opening.add(&c.state, len(c.state.Opened), nil)
		}
	})
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
func (c *Shell) readStack(r reading) {
	f := r.files[0]
	f.Read(func(text string, ok bool) {
		if ok {
			c.conclude(r, editor.LoadText{Source: f.Name, Text: text}, nil)
		} else {
			c.conclude(r, editor.FileFailed{Name: f.Name, Why: c.say(catalog.UIUnreadable)}, nil)
		}
	})
}

// paste handles what is pasted: a text of another tool in the text pane, and anything
// where nothing else would take it.
func (c *Shell) paste(e browser.Event) {
	pane := actOf(e.Target()) == actText
	if !pane && (c.state.Open.First() != "" || e.Target().Is("input,textarea,select,[contenteditable]")) {
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
		said("span", "said", c.say(catalog.UIReading, j.Source)), bar,
		press(actCancel, "plain").Text(c.say(catalog.UICancel)))
}
