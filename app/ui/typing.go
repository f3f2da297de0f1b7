package ui

import (
	"time"

	"paramstack/app/editor"
)

// longText is from how many bytes on a text is read when the keys rest and not at every
// key: these are 7,000 layers, and reading and counting them takes a tenth of a second.
const longText = 100_000

// Typing is a long text that is yet to be read.
type typing struct {
	timer *time.Timer
	text  string
	waits bool
}

// typeText reads what is in the text pane, at once or, if it is long, soon.
func (c *Shell) typeText(text string) {
	t := &c.typing
	if t.timer != nil {
		t.timer.Stop()
	}
	t.waits = len(text) >= longText
	if !t.waits {
		t.text = ""
		c.draws(func() { c.update(editor.TypeText{Text: text}) }, true)
		return
	}
	t.text = text
	t.timer = time.AfterFunc(rest, func() { c.draws(c.readTyped, true) })
}

// readTyped reads the text that waits, if there is one. Whatever else happens comes after
// it: an undo, or the page being left.
func (c *Shell) readTyped() {
	t := &c.typing
	if !t.waits {
		return
	}
	text := t.text
	t.waits, t.text = false, ""
	t.timer.Stop()
	c.update(editor.TypeText{Text: text})
}
