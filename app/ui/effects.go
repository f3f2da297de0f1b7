package ui

import (
	"fmt"
	"time"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/link"
)

// perform carries out the effects that wait, once the page is drawn.
func (c *Shell) perform() {
	effects := c.pending
	c.pending = nil
	if m := c.state.Open.Row; m != nil {
		c.placeMenu(m)
	}
	for _, e := range effects {
		switch e := e.(type) {
		case editor.WriteLink:
			if !e.Only || c.address.Linked() {
				c.address.Write(func() string { return link.EncodeCounted(e.Model, e.Counting) }, e.Step)
			}
		case editor.SavePrefs:
			savePrefs(e.Prefs)
			applyPrefs(e.Prefs)
		case editor.CopyLink:
			c.copyLink(e)
		case editor.SaveFile:
			browser.Download(e.Name, e.Text)
		case editor.SavePNG:
			browser.SavePNG(e.Name, e.SVG, e.Times, func(ok bool) { c.post(editor.Copied{OK: ok}) })
		case editor.WriteText:
			c.paneDue = true
		case editor.SetTitle:
			browser.Title(e.Title + " · paramstack")
		case editor.Focus:
			c.focus(e)
		case editor.Reveal:
			browser.ByID(e.ElementID).Reveal()
		case editor.Announce:
			announce(e.Text)
		case editor.Soon:
			time.AfterFunc(breath, func() { c.post(e.Msg) })
		case editor.FetchCards:
			browser.Fetch("web/zoo.tsv", func(file string, ok bool) { c.post(editor.CardsLoaded{File: file, OK: ok}) })
		case editor.ReadAgain:
			c.enqueue(reading{files: c.programs[e.ID], expression: e.Expression, input: e.Input, program: e.ID})
		case editor.StopRead:
			c.worker.Stop()
		case editor.WriteFormat:
			c.writeFormat(e)
		case editor.CopyText:
			browser.Copy(e.Text, func(ok bool) { c.post(editor.Copied{OK: ok}) })
		case editor.Keep:
			c.keeper.Keep(e.N, e.Work)
			c.resting.Now(c.keepNow)
		case editor.KeepApart:
			c.keeper.Apart(e.N, e.Work)
			c.resting.Now(c.keepNow)
		case editor.Continue:
			c.keeper.Continue(e.N, e.Work)
		case editor.ReadWorks:
			c.readWorks()
		case editor.EraseWorks:
			c.keeper.Erase(e.Works)
			c.readWorks()
		case editor.RestoreWorks:
			c.keeper.Restore(e.Works)
			c.readWorks()
		case editor.ReloadPage:
			browser.Reload() // which leaves the page, see leave
		default:
			panic(fmt.Sprintf("ui: unknown effect %T", e))
		}
	}
}

// settle sets right what go-app cannot: properties that the reader has changed by
// hand since they were drawn last.
func (c *Shell) settle() {
	if !c.browsing {
		browser.ByID("preset").SetValue(c.state.Doc.Preset)
	}
	// A sheet that closes returns the focus, unless the cursor has it.
	if c.state.Open == (editor.Open{}) && c.opener != "" {
		if !browser.Focused().Closest("#page").OK() {
			browser.ByID(c.opener).Focus(false)
		}
		c.opener = ""
	}
}

// place returns which row has the focus, counted from the top; -1 if none has.
func (c *Shell) place() int {
	key := rowOf(browser.Focused())
	if key == "" {
		return -1
	}
	return c.state.Page.Find(key)
}

// refocus moves the focus of a row that is gone, by undo perhaps, to the row in its
// place.
func (c *Shell) refocus(place int) {
	if place < 0 || c.state.Page.Rows == 0 || browser.Focused().Closest("#page").OK() {
		return
	}
	key := c.state.Page.Key(min(place, c.state.Page.Rows-1))
	browser.ByID(key.ElementID()).Focus(false)
}

func (c *Shell) copyLink(e editor.CopyLink) {
	c.address.Flush()
	link := browser.Link(e.Fragment)
	browser.Share(e.Title, link, func(copied bool) {
		if copied {
			c.post(editor.Shared{})
			return
		}
		c.post(editor.ShareFailed{Link: link})
	})
}

// writeText updates the text pane and keeps the caret. Reading the caret forces a
// layout, so it is read only if there is one.
func (c *Shell) writeText() {
	field, pane := browser.ByID("text"), c.state.Doc.Pane
	if !field.Same(browser.Focused()) {
		field.SetValue(pane)
		return
	}
	caret := field.Caret()
	if field.SetValue(pane) {
		caret = min(caret, utf16Len(pane))
		field.SetCaret(caret, caret)
	}
}

func (c *Shell) focus(e editor.Focus) {
	if c.state.Open != (editor.Open{}) && c.opener == "" {
		c.opener = browser.Focused().ID()
	}
	el := browser.ByID(e.ElementID)
	if edit := c.state.View.Edit; e.Select && edit != nil && e.ElementID == editID(edit.Row, edit.Field) && el.Is("input") {
		el.SetValue(edit.Start)
	}
	el.Focus(e.Select)
}

var saying *time.Timer

// announce has screen readers read the last of a run of sentences, once the run
// pauses: a total for every keystroke would be noise.
func announce(s string) {
	if saying != nil {
		saying.Stop()
	}
	saying = time.AfterFunc(600*time.Millisecond, func() { browser.ByID("announce").SetText(s) })
}
