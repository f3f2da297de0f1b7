package ui

import (
	"time"

	"paramstack/app/editor"
)

// longText is from how many bytes of stack text on a network changes when the keys rest
// and not at every key: these are 7,000 layers, and counting them takes a tenth of a
// second.
const longText = 100_000

// Typing is what was typed into a long network and is yet to be read.
type typing struct {
	timer *time.Timer
	waits editor.Msg // nil if nothing does
}

// typeText reads what is in the text pane, typeField what is in the field of a chip: at
// once or, in a long network, soon.
func (c *Shell) typeText(text string) {
	if _, field := c.typing.waits.(editor.Typed); field {
		c.readTyped()
	}
	c.typed(editor.TypeText{Text: text}, len(text))
}

func (c *Shell) typeField(value string) {
	if _, text := c.typing.waits.(editor.TypeText); text {
		c.readTyped()
	}
	c.typed(editor.Typed{Value: value}, len(c.state.Doc.Text))
}

func (c *Shell) typed(m editor.Msg, size int) {
	t := &c.typing
	if t.timer != nil {
		t.timer.Stop()
	}
	if size < longText {
		t.waits = nil
		c.draws(func() { c.update(m) }, true)
		return
	}
	t.waits = m
	t.timer = time.AfterFunc(rest, func() { c.draws(c.readTyped, true) })
}

// readTyped reads what waits, if anything does. Whatever else happens comes after it: an
// undo, another field, or the page being left.
func (c *Shell) readTyped() {
	t := &c.typing
	m := t.waits
	if m == nil {
		return
	}
	t.waits = nil
	t.timer.Stop()
	c.update(m)
}
