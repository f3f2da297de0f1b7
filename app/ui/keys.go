package ui

import (
	"strconv"
	"strings"

	"paramstack/app/browser"
	"paramstack/app/editor"
)

// everywhere are the keys that mean the same inside a field.
var everywhere = map[string]bool{"ctrl+s": true, "ctrl+shift+s": true, "ctrl+f": true, "f1": true, "f8": true}

func (c *Shell) keydown(e browser.Event) {
	if e.Key() == "" {
		return
	}
	el := e.Target()
	key := editor.KeyName(e.Key(), e.Ctrl(), e.Alt(), e.Shift())
	handled := false
	switch {
	case c.hand.moving:
		if handled = key == "esc"; handled {
			c.pointerCancel(e)
		}
	case c.state.Open.Palette != nil:
		handled = c.paletteKey(key)
	case c.state.Open.Program != nil && key == "enter" && el.Is("input"):
		handled = true
		c.makeProgram()
	case c.state.Open.Gallery != nil, c.state.Open.Export != nil, c.state.Open.Recent != nil, c.state.Open.Program != nil,
		c.state.Open.WhatIf != nil, c.state.Open.Why != nil, c.state.Open.Tools != nil,
		c.state.Open.Compare != nil:
		if handled = key == "esc"; handled {
			c.post(editor.Close{})
		} else {
			handled = dotKey(el, key)
		}
	case c.state.Open.Row != nil:
		handled = c.menuKey(el, key)
	case c.state.Open.Help:
		if handled = key == "esc"; handled {
			c.post(editor.Close{})
		}
	case actOf(el) == actEdit:
		handled = c.fieldKey(el, key)
	case actOf(el) == actSeek:
		if handled = c.seekKey(key); key == "ctrl+f" {
			return // a second time it is the browser's
		}
	case actOf(el) == actTitleEdit:
		handled = c.titleKey(el, key)
	case actOf(el) == actText:
		handled = c.textKey(el, key)
	case actOf(el) == actPreset:
		handled = c.presetKey(el, key)
	case el.Is("input,textarea,select,[contenteditable]"):
	default:
		handled = c.pageKey(el, key)
	}
	if !handled && (key == "tab" || key == "shift+tab") && c.state.Open.First() != "" {
		// Behind the last thing of a sheet comes the end of the page.
		handled = el.Closest(".sheet").Round(el, key == "shift+tab")
	}
	if !handled && everywhere[key] {
		handled = c.command(editor.ByKey(key))
	}
	if handled {
		e.PreventDefault()
	}
}

// command sends what a command means, and reports whether it can be done.
func (c *Shell) command(cmd *editor.Command) bool {
	if cmd == nil || !cmd.On(c.state) {
		return false
	}
	if c.state.Open.Row == nil {
		c.post(cmd.Send)
		return true
	}
	c.do(func() { // the menu it is in closes
		c.update(editor.Close{})
		c.update(cmd.Send)
	})
	return true
}

// letters reports whether commands of a single letter may be run. While something is
// about to be typed the letter is meant for that, even if the focus is elsewhere.
func (c *Shell) letters() bool {
	switch edit := c.state.View.Edit; {
	case edit != nil:
		browser.ByID(editID(edit.Row, edit.Field)).Focus(false)
		return false
	case c.state.View.Naming:
		browser.ByID(editor.TitleID).Focus(false)
		return false
	}
	return !c.state.Prefs.NoKeys
}

// menuKey is a key in the menu of a row.
func (c *Shell) menuKey(el browser.El, key string) bool {
	switch key {
	case "up", "down", "tab", "shift+tab", "home", "end":
		browser.ByID("row-menu").Step("button", el, key == "up" || key == "shift+tab", key == "home" || key == "end")
	case "esc":
		c.post(editor.Close{})
	case "enter", "space":
		return false
	}
	return true
}

// seekKey is a key in the search of the stack.
func (c *Shell) seekKey(key string) bool {
	switch key {
	case "enter", "down":
		c.post(editor.FindNext{By: 1})
	case "shift+enter", "up":
		c.post(editor.FindNext{By: -1})
	case "esc":
		c.post(editor.CloseFind{})
	default:
		return false
	}
	return true
}

// titleKey is a key in the field of the network's name.
func (c *Shell) titleKey(el browser.El, key string) bool {
	switch key {
	case "enter":
		c.post(editor.EndTitle{Name: strings.TrimSpace(el.Value())})
	case "esc":
		c.post(editor.EndTitle{Cancel: true})
	default:
		return false
	}
	return true
}

// pageKey is a key outside of fields.
func (c *Shell) pageKey(el browser.El, key string) bool {
	if editor.IsLetter(key) && !c.letters() || key == "ctrl+c" && browser.Selecting() {
		return false
	}
	if cmd := editor.ByKey(key); cmd != nil && c.state.View.Cursor == "" && el.Is(".row[data-node]") {
		row := rowOf(el) // the row that has the focus is meant
		c.do(func() {
			c.update(editor.Select{Row: row})
			if cmd.On(c.state) {
				c.update(cmd.Send)
			}
		})
		return true
	}
	inStack := el.Closest("#stack").OK()
	elsewhere := !inStack && el.Is("button,a,summary,[tabindex]")
	switch key {
	case "enter", "space":
		if el.Is("button,a,summary") {
			return false // the element's own
		}
		if row := c.state.Page.Row(c.state.View.Cursor); key == "space" && (row == nil || row.Fold == editor.FoldNone) {
			return inStack // do not scroll under the reader's hands
		}
	case "left", "right":
		row := c.state.Page.Row(c.state.View.Cursor)
		if !inStack || row == nil || row.Fold == editor.FoldNone {
			return false
		}
		if (key == "right") == (row.Fold == editor.FoldClosed) {
			c.post(editor.FoldRow{Row: row.Key})
		}
		return true
	case "up", "down":
		if elsewhere {
			return false // scrolls
		}
	}
	return c.command(editor.ByKey(key))
}

// dotKey goes from one dot of the gallery's plot to another.
func dotKey(el browser.El, key string) bool {
	if !el.Is(".plotbox a") {
		return false
	}
	switch key {
	case "left", "up":
		el.FocusBeside("a", -1)
	case "right", "down":
		el.FocusBeside("a", 1)
	default:
		return false
	}
	return true
}

// presetKey is a key in the list of networks. While it is closed, keys that go through
// it change its value; what they come to is shown once it is chosen, by Enter or by
// leaving the list, and Escape lets it be.
func (c *Shell) presetKey(el browser.El, key string) bool {
	switch key {
	case "enter":
		if !c.browsing {
			return false
		}
		c.browsing = false
		c.choosePreset(el.Value())
	case "esc":
		c.browsing = false
		c.settle()
	case "space", "alt+up", "alt+down", "f4": // open the list, where the browser has its own ways
		c.browsing = false
		return false
	case "tab", "shift+tab":
		return false
	default:
		c.browsing = !strings.Contains(key, "ctrl+")
		return false
	}
	return true
}

// fieldKey is a key in a hyper-parameter's field.
func (c *Shell) fieldKey(el browser.El, key string) bool {
	switch key {
	case "enter":
		c.post(editor.EndEdit{})
	case "esc":
		c.post(editor.EndEdit{Cancel: true})
	case "tab", "shift+tab":
		edit := c.state.View.Edit
		if edit == nil {
			return false
		}
		step := 1
		if key == "shift+tab" {
			step = -1
		}
		field := c.fieldBeside(edit.Row, edit.Field, step)
		if field == "" {
			c.post(editor.EndEdit{})
			return true
		}
		c.post(editor.BeginEdit{Row: edit.Row, Field: field})
	case "up", "down":
		by := int64(1)
		if key == "down" {
			by = -1
		}
		value, ok := nudge(el.Value(), by)
		if !ok {
			return false
		}
		el.SetValue(value)
		c.typeField(value)
	default:
		return false
	}
	return true
}

// fieldBeside returns the next typed hyper-parameter of a row, "" past the last.
func (c *Shell) fieldBeside(key editor.Key, field string, step int) string {
	row := c.state.Page.Row(key)
	if row == nil {
		return ""
	}
	fields := []string{editor.LabelField}
	for i := range row.Facts.Chips {
		if chip := &row.Facts.Chips[i]; !chip.Switch && len(chip.Choices) == 0 {
			fields = append(fields, chip.Field)
		}
	}
	for i, f := range fields {
		if n := i + step; f == field && n >= 0 && n < len(fields) {
			return fields[n]
		}
	}
	return ""
}

// nudge adds to every whole number of 3, 11x11 or 3x224x224.
func nudge(s string, by int64) (string, bool) {
	parts := strings.Split(strings.TrimSpace(s), "x")
	for i, p := range parts {
		n, err := strconv.ParseInt(strings.TrimSpace(p), 10, 32)
		if err != nil || n+by < 0 {
			return s, false
		}
		parts[i] = strconv.FormatInt(n+by, 10)
	}
	return strings.Join(parts, "x"), true
}

// textKey is a key in the text pane. Undo there is the page's: text and blocks
// have one history.
func (c *Shell) textKey(el browser.El, key string) bool {
	switch key {
	case "ctrl+z":
		c.post(editor.Undo{})
	case "ctrl+shift+z", "ctrl+y":
		c.post(editor.Redo{})
	case "esc":
		el.Blur()
	default:
		return false
	}
	return true
}

func (c *Shell) paletteKey(key string) bool {
	switch key {
	case "up":
		c.post(editor.Pick{By: -1})
	case "down":
		c.post(editor.Pick{By: 1})
	case "enter":
		items := c.state.Items()
		if i := c.state.Open.Palette.Index; i < len(items) {
			c.post(editor.Insert{Item: items[i].ID})
		}
	case "esc":
		c.post(editor.Close{})
	case "tab", "shift+tab": // the search is the only thing to be in
	default:
		return false
	}
	return true
}

// keySigns are keys as they are printed on keyboards.
var keySigns = strings.NewReplacer("ctrl+", "Ctrl ", "alt+", "Alt ", "shift+", "Shift ",
	"up", "↑", "down", "↓", "left", "←", "right", "→", "delete", "Del", "backspace", "⌫",
	"contextmenu", "≣", "enter", "Enter", "esc", "Esc", "space", "Space", "insert", "Ins")

// keyLabel writes a key for people: Ctrl Z.
func keyLabel(key string) string {
	s := keySigns.Replace(key)
	if n := len(s); n > 0 && (n == 1 || s[n-2] == ' ') && s[n-1] >= 'a' && s[n-1] <= 'z' {
		s = s[:n-1] + strings.ToUpper(s[n-1:])
	}
	if at := strings.LastIndexByte(s, ' ') + 1; len(s) > at+1 && s[at] == 'f' && s[at+1] >= '1' && s[at+1] <= '9' {
		s = s[:at] + strings.ToUpper(s[at:])
	}
	return s
}
