package ui

import (
	"strconv"
	"strings"
	"time"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/app/kept"
)

// listen hears all events of the page in one place. Elements name their act, so
// rows need no handlers: acts.go has what each does.
func (c *Shell) listen() {
	browser.On("click", c.click)
	browser.On("dblclick", c.doubleClick)
	browser.On("contextmenu", c.contextMenu)
	browser.On("input", c.input)
	browser.On("change", c.change)
	browser.On("keydown", c.keydown)
	browser.On("focusin", c.focusIn)
	browser.On("focusout", c.focusOut)
	browser.On("pointerover", c.pointerOver)
	browser.On("mousedown", c.mouseDown)
	browser.On("pointerdown", c.pointerDown)
	browser.On("pointermove", c.pointerMove)
	browser.On("pointerup", c.pointerUp)
	browser.On("pointercancel", c.pointerCancel)
	browser.On("paste", c.paste)
	browser.On("dragover", c.fileOver)
	browser.On("dragleave", c.fileLeave)
	browser.On("drop", c.fileDrop)
	browser.OnScroll(c.scrolled)
	browser.OnWindow("resize", func(browser.Event) { c.lookAt(); c.measure() })
	browser.OnWindow("hashchange", c.addressChange)
	c.printing()
	browser.OnWindow("pagehide", func(browser.Event) { c.leave() })
	browser.OnWindow("pageshow", func(browser.Event) { c.stay() })
	browser.On("visibilitychange", func(browser.Event) {
		if browser.Hidden() {
			c.leave()
		} else {
			c.stay()
		}
	})
	browser.OnWindow("storage", func(e browser.Event) {
		if strings.HasPrefix(e.StoredKey(), kept.Prefix) {
			c.post(editor.KeptElsewhere{})
		}
	})
}

// rowOf returns the key of the row an element is in, "" if it is in none.
func rowOf(el browser.El) editor.Key { return editor.Key(el.Closest("[data-node]").Data("node")) }

func (c *Shell) click(e browser.Event) {
	t := targetOf(e)
	if c.state.Frame.Menu && t.act != actMenu {
		c.post(editor.CloseMenu{})
	}
	if c.hand.dragged { // the click that ends a drag means nothing
		c.hand.dragged = false
		return
	}
	switch do := doing(t.act); {
	case do.send != nil:
		c.post(do.send)
	case do.click != nil:
		do.click(c, t)
	case t.row != "":
		c.selectRow(t.row, e.Shift())
	}
}

// selectRow moves the cursor to a row that was clicked.
func (c *Shell) selectRow(key editor.Key, extend bool) {
	if c.state.View.Cursor == key && !extend && c.state.View.Edit == nil {
		return
	}
	c.post(editor.Select{Row: key, Extend: extend})
}

func (c *Shell) doubleClick(e browser.Event) {
	el := e.Target()
	key := rowOf(el)
	switch {
	case key == "" || el.Closest("button,input,select").OK():
	case el.Closest(".what").OK():
		c.post(editor.BeginEdit{Row: key, Field: editor.LabelField})
	default:
		c.post(editor.BeginEdit{Row: key})
	}
}

// contextMenu opens the menu of a row. Where text is selected, or a field or a link is
// meant, it is the browser's.
func (c *Shell) contextMenu(e browser.Event) {
	el := e.Target()
	key := rowOf(el)
	if key == "" || browser.Selecting() || el.Closest("input,textarea,select,a").OK() {
		return
	}
	e.PreventDefault()
	c.post(editor.OpenRowMenu{Row: key, X: int(e.X()), Y: int(e.Y())})
}

// input is a keystroke in a field, change a choice made in a list, or a file
// chosen.
func (c *Shell) input(e browser.Event) {
	if t := targetOf(e); t.el.Same(e.Target()) {
		if do := doing(t.act); do.input != nil {
			do.input(c, t.el.Value())
		}
	}
}

func (c *Shell) change(e browser.Event) {
	if t := targetOf(e); t.el.Same(e.Target()) {
		if do := doing(t.act); do.change != nil {
			do.change(c, t)
		}
	}
}

func (c *Shell) fileOver(e browser.Event) {
	if !e.HasFiles() {
		return
	}
	e.PreventDefault()
	if !c.state.Frame.Files {
		c.post(editor.DragFiles{Over: true})
	}
}

func (c *Shell) fileLeave(e browser.Event) {
	if c.state.Frame.Files && !e.Related().OK() {
		c.post(editor.DragFiles{})
	}
}

func (c *Shell) fileDrop(e browser.Event) {
	if !e.HasFiles() {
		return
	}
	e.PreventDefault()
	c.post(editor.DragFiles{})
	c.read(e.Files())
}

// addressChange hears of back, forward, and links typed or pasted into the
// address bar; what the page wrote itself does not come here.
func (c *Shell) addressChange(e browser.Event) {
	fragment := e.Fragment()
	switch {
	case c.address.Own(fragment):
	case fragment != "":
		c.post(editor.LoadLink{Fragment: fragment})
	default: // back to where the page was opened without a link
		c.post(editor.LoadFirst{})
	}
}

// focusIn moves the cursor with the keyboard's focus, and points at the factor that
// has it.
func (c *Shell) focusIn(e browser.Event) {
	el := e.Target()
	if first := c.state.Open.First(); first != "" && !el.Closest(".sheet").OK() {
		browser.ByID(first).Focus(false) // what lies under a sheet is not to be reached
		return
	}
	c.point(el)
	if el.Is(".row[data-node]") && !c.hand.down {
		if key := rowOf(el); key != c.state.View.Cursor && c.state.View.Edit == nil {
			c.post(editor.Select{Row: key})
		}
	}
}

// focusOut ends the editing of a field that was left.
func (c *Shell) focusOut(e browser.Event) {
	el := e.Target()
	if actOf(el) == actTitleEdit {
		name := strings.TrimSpace(el.Value())
		time.AfterFunc(0, func() {
			if c.state.View.Naming && browser.Focused().ID() != editor.TitleID {
				c.post(editor.EndTitle{Name: name})
			}
		})
		return
	}
	if actOf(el) == actPreset && c.browsing {
		c.browsing = false
		c.choosePreset(el.Value())
		return
	}
	if actOf(el) != actEdit {
		return
	}
	id := el.ID()
	time.AfterFunc(0, func() {
		edit := c.state.View.Edit
		if edit == nil || editID(edit.Row, edit.Field) != id || browser.Focused().ID() == id {
			return
		}
		c.post(editor.EndEdit{Left: true})
	})
}

// point reports which factor is pointed at, when that changes.
func (c *Shell) point(el browser.El) {
	m := editor.Point{Token: -1}
	if f := el.Closest(actFactor.selector()); f.OK() {
		m.Row = rowOf(f)
		m.Token, _ = strconv.Atoi(f.Data("token"))
	}
	hot := c.state.View.Hot
	switch {
	case hot == nil && m.Token < 0:
		return
	case hot != nil && hot.Row == m.Row && hot.Token == m.Token:
		return
	}
	c.post(m)
}

// pointerOver points at the factor under the pointer; away from it, at the one
// that has the focus, if one has.
func (c *Shell) pointerOver(e browser.Event) {
	if c.hand.moving {
		return
	}
	el := e.Target()
	if !el.Closest(actFactor.selector()).OK() {
		if c.state.View.Hot == nil {
			return
		}
		if f := browser.Focused(); actOf(f) == actFactor {
			el = f
		}
	}
	c.point(el)
}
