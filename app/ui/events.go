package ui

import (
	"strconv"
	"strings"
	"time"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/tensor"
	"paramstack/core/zoo"
)

// listen hears all events of the page in one place. Elements say what they do by
// data-act, so rows need no handlers.
func (c *Shell) listen() {
	browser.On("click", c.click)
	browser.On("dblclick", c.doubleClick)
	browser.On("input", c.input)
	browser.On("change", c.change)
	browser.On("keydown", c.keydown)
	browser.On("focusin", c.focusIn)
	browser.On("focusout", c.focusOut)
	browser.On("pointerover", c.pointerOver)
	browser.On("pointerdown", c.pointerDown)
	browser.On("pointermove", c.pointerMove)
	browser.On("pointerup", c.pointerUp)
	browser.On("pointercancel", c.pointerCancel)
	browser.On("paste", c.paste)
	browser.On("dragover", c.fileOver)
	browser.On("dragleave", c.fileLeave)
	browser.On("drop", c.fileDrop)
	browser.OnScroll(c.scrolled)
	browser.OnWindow("resize", func(browser.Event) { c.lookAt() })
	browser.OnWindow("hashchange", c.addressChange)
	browser.OnWindow("pagehide", func(browser.Event) { c.address.Flush() })
	browser.On("visibilitychange", func(browser.Event) { c.address.Flush() })
}

// rowOf returns the key of the row an element is in, "" if it is in none.
func rowOf(el browser.El) editor.Key { return editor.Key(el.Closest("[data-node]").Data("node")) }

func (c *Shell) click(e browser.Event) {
	el := e.Target().Closest("[data-act]")
	act := el.Data("act")
	if c.state.Frame.Menu && act != "menu" {
		c.post(editor.CloseMenu{})
	}
	if c.hand.dragged { // the click that ends a drag means nothing
		c.hand.dragged = false
		return
	}
	key := rowOf(e.Target())
	switch act {
	case "cmd":
		c.command(editor.ByID(el.Data("cmd")))
	case "chip":
		c.post(editor.BeginEdit{Row: key, Field: el.Data("field")})
	case "switch":
		c.do(func() {
			c.update(editor.Select{Row: key})
			c.update(editor.Toggle{ID: key.ID(), Field: el.Data("field")})
		})
	case "name":
		if c.state.View.Cursor == key {
			c.post(editor.BeginEdit{Row: key, Field: editor.LabelField})
			return
		}
		c.selectRow(key, e.Shift())
	case "fold":
		c.post(editor.FoldRow{Row: key})
	case "mend":
		problem, _ := strconv.Atoi(el.Data("problem"))
		fix, _ := strconv.Atoi(el.Data("fix"))
		c.post(editor.ApplyFix{Row: key, Problem: problem, Fix: fix})
	case "add":
		c.post(editor.OpenPalette{Row: key})
	case "append":
		c.do(func() {
			c.update(editor.Select{Row: c.state.Page.Last()})
			c.update(editor.OpenPalette{})
		})
	case "item":
		c.post(editor.Insert{Item: el.Data("item")})
	case "card": // a link, which also may be opened in another tab
		if !e.Ctrl() && !e.Shift() {
			e.PreventDefault()
			c.post(editor.LoadCard{ID: el.Data("card")})
		}
		e.StopPropagation() // go-app takes every link for its own
	case "cancel":
		c.do(func() { c.queue = nil; c.update(editor.CancelRead{}) })
	case "outlet":
		c.post(editor.ChooseFormat{Name: el.Data("outlet")})
	case "copy":
		c.post(editor.CopyExport{})
	case "save":
		c.post(editor.SaveExport{})
	case "sort":
		n, _ := strconv.Atoi(el.Data("index"))
		c.post(editor.SortCards{Order: editor.CardOrder(n)})
	case "close":
		c.post(editor.Close{})
	case "veil": // beside a sheet
		if e.Target().Same(el) {
			c.post(editor.Close{})
		}
	case "hush":
		c.post(editor.DismissLesson{})
	case "dismiss":
		c.post(editor.Dismiss{})
	case "notice":
		n, _ := strconv.Atoi(el.Data("index"))
		if s := c.state.Notice; s != nil && n < len(s.Actions) {
			c.post(s.Actions[n].Send)
		}
	case "more":
		c.post(editor.ShowMore{})
	case "menu":
		c.post(editor.ToggleMenu{})
	case "import":
		browser.ByID("import-file").Click()
	case "problem":
		c.showProblem(el.Data("index"))
	case "pref":
		c.pref(el)
	case "reload":
		browser.Reload()
	case "edit", "choice", "text", "search", "find", "preset", "file":
	default:
		if key != "" {
			c.selectRow(key, e.Shift())
		}
	}
}

// selectRow moves the cursor to a row that was clicked.
func (c *Shell) selectRow(key editor.Key, extend bool) {
	if c.state.View.Cursor == key && !extend && c.state.View.Edit == nil {
		return
	}
	c.post(editor.Select{Row: key, Extend: extend})
}

// pref changes how the page is shown.
func (c *Shell) pref(el browser.El) {
	p := c.state.Prefs
	switch el.Data("pref") {
	case "biases":
		c.post(editor.SetBiases{Count: p.NoBiases})
	case "binary":
		c.post(editor.SetBinary{On: !p.Binary})
	case "keras":
		c.post(editor.SetKeras{On: !p.Keras})
	case "flat":
		c.post(editor.SetFlat{On: !p.Flat})
	case "layout":
		layout := tensor.ChannelsLast
		if p.Layout == layout {
			layout = tensor.ChannelsFirst
		}
		c.post(editor.SetLayout{Layout: layout})
	}
}

func (c *Shell) doubleClick(e browser.Event) {
	el := e.Target()
	if key := rowOf(el); key != "" && el.Closest(".what").OK() && !el.Closest("button,input,select").OK() {
		c.post(editor.BeginEdit{Row: key, Field: editor.LabelField})
	}
}

// input is a keystroke in a field.
func (c *Shell) input(e browser.Event) {
	el := e.Target()
	switch el.Data("act") {
	case "edit":
		c.post(editor.Typed{Value: el.Value()})
	case "search":
		c.post(editor.Search{Query: el.Value()})
	case "find":
		c.post(editor.FindCard{Query: el.Value()})
	case "text":
		c.post(editor.TypeText{Text: el.Value()})
	}
}

// change is a choice made in a list, or a file chosen.
func (c *Shell) change(e browser.Event) {
	el := e.Target()
	switch el.Data("act") {
	case "preset":
		if n, ok := strings.CutPrefix(el.Value(), openedOption); ok {
			i, _ := strconv.Atoi(n)
			c.post(editor.ShowOpened{Index: i})
		} else if id := el.Value(); id == galleryOption {
			c.post(editor.OpenGallery{})
		} else if id != "" {
			c.post(editor.LoadPreset{ID: id})
		} else {
			c.settle()
		}
	case "choice":
		key, field, value := rowOf(el), el.Data("field"), el.Value()
		c.do(func() {
			c.update(editor.Select{Row: key})
			c.update(editor.SetField{ID: key.ID(), Field: field, Value: value})
		})
	case "file":
		c.read(el.Files())
		el.SetValue("") // so that the same file can be opened again
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
		c.post(editor.LoadPreset{ID: zoo.Presets[0].ID})
	}
}

// focusIn puts the cursor where the keyboard's focus goes, and points at the
// factor that has it.
func (c *Shell) focusIn(e browser.Event) {
	el := e.Target()
	if open := c.state.Open; (open.Gallery != nil || open.Export != nil) && !el.Closest(".sheet").OK() {
		first := "gallery-search" // what lies under a sheet is not to be reached
		if open.Export != nil {
			first = "export-close"
		}
		browser.ByID(first).Focus(false)
		return
	}
	c.point(el)
	if el.Is("[data-node]") && !c.hand.down {
		if key := rowOf(el); key != c.state.View.Cursor && c.state.View.Edit == nil {
			c.post(editor.Select{Row: key})
		}
	}
}

// focusOut ends the editing of a field that was left.
func (c *Shell) focusOut(e browser.Event) {
	el := e.Target()
	if el.Data("act") != "edit" {
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

// point tells which factor is pointed at, when that changes.
func (c *Shell) point(el browser.El) {
	m := editor.Point{Token: -1}
	if f := el.Closest("[data-act=factor]"); f.OK() {
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
	if !el.Closest("[data-act=factor]").OK() {
		if c.state.View.Hot == nil {
			return
		}
		if f := browser.Focused(); f.Data("act") == "factor" {
			el = f
		}
	}
	c.point(el)
}
