package ui

import (
	"math"

	"paramstack/app/browser"
	"paramstack/app/editor"
)

// A hand is what the pointer is in the middle of: pressing, and perhaps moving a
// row. It works for mouse, pen and finger alike.
type hand struct {
	down    bool
	row     editor.Key // the row whose grip is held, "" if none
	x, y    float64    // where it was pressed
	moving  bool       // far enough to mean it
	dragged bool       // a drag has just ended; its click is still to come
}

// slack is how far a press may stray and still be a click, in pixels.
const slack = 5

func (c *Shell) pointerDown(e browser.Event) {
	c.hand = hand{down: true}
	if e.Button() != 0 {
		return
	}
	if grip := e.Target().Closest(actGrip.selector()); grip.OK() {
		c.hand.row, c.hand.x, c.hand.y = rowOf(grip), e.X(), e.Y()
		e.PreventDefault() // no text is selected on the way
	}
}

// mouseDown leaves the focus where it is for the buttons of a field, and for a number
// under a finger, whose row would be selected; and it selects no text where rows are
// dragged or added to the selection.
func (c *Shell) mouseDown(e browser.Event) {
	el := e.Target()
	step, grip := el.Closest(actStep.selector()), el.Closest(actGrip.selector())
	finger := el.Closest(actFactor.selector()).OK() && browser.Media("(pointer: coarse)")
	if finger || step.OK() || grip.OK() || e.Shift() && rowOf(el) != "" && !el.Closest("input,textarea,select").OK() {
		e.PreventDefault()
	}
}

func (c *Shell) pointerMove(e browser.Event) {
	h := &c.hand
	if h.row == "" {
		return
	}
	if !h.moving {
		if math.Abs(e.X()-h.x) < slack && math.Abs(e.Y()-h.y) < slack {
			return
		}
		h.moving = true
		browser.Mark("data-drag", "true")
		c.post(editor.DragStart{Row: h.row})
	}
	browser.ScrollPage(e.Y())
	// The rows fill the stack's width, so only the height of the hand matters.
	el := browser.At(e.X(), e.Y()).Closest(".row[data-node]")
	key := rowOf(el)
	if key == "" {
		return
	}
	top, height := el.Box()
	m := editor.DragOver{Row: key, After: e.Y() > top+height/2}
	if d := c.state.View.Drag; d == nil || d.Over != m.Row || d.After != m.After {
		c.post(m)
	}
}

func (c *Shell) pointerUp(browser.Event) {
	moving := c.hand.moving
	c.hand = hand{dragged: moving && c.state.View.Drag != nil}
	if moving {
		browser.Mark("data-drag", "")
		c.post(editor.Drop{})
	}
}

func (c *Shell) pointerCancel(browser.Event) {
	if c.hand.moving {
		browser.Mark("data-drag", "")
		c.post(editor.DragCancel{})
	}
	c.hand = hand{}
}
