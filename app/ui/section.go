package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/editor"
)

// A section is a part of the page that few changes concern, redrawn only when what
// it shows has changed.
type section struct {
	app.Compo

	What *shown
}

// Shown is what a section shows. The serial number is for go-app, see view.
type shown struct {
	serial int
	key    any // comparable: all that draw looks at
	draw   func() app.UI
}

func (s *section) Render() (drawn app.UI) {
	defer func() {
		if fault := recover(); fault != nil {
			app.Log("paramstack:", fault)
			drawn = el("div").Class("wreck")
		}
	}()
	return s.What.draw()
}

// section returns a part of the page for what a key holds.
func (s *shown) section(key any, draw func() app.UI) (*shown, app.UI) {
	if s == nil || s.key != key {
		s = &shown{serial(), key, draw}
	}
	return s, &section{What: s}
}

// headerTools are the commands in the header.
var headerTools = [...]string{"gallery", "undo", "redo", "new", "recent", "export", "download", "help", "share"}

// headerKey is all that the header looks at.
type headerKey struct {
	prefs                 editor.Prefs
	preset, title, opened string
	on                    [len(headerTools)]bool
	menu                  bool
}

func (c *Shell) headerKey() headerKey {
	k := headerKey{prefs: c.state.Prefs, preset: c.state.Doc.Preset, title: c.state.Page.Summary.Title, menu: c.state.Frame.Menu}
	for i, id := range headerTools {
		k.on[i] = editor.ByID(id).On(c.state)
	}
	for _, o := range c.state.Opened {
		k.opened += o.Name + "\n"
	}
	for i := range c.state.Works {
		if w := &c.state.Works[i]; !w.Sealed && w.Text != c.state.Doc.Text {
			k.opened += w.Key + " " + w.Name + "\n"
		}
	}
	return k
}
