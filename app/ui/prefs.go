package ui

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/catalog"
	"paramstack/core/tensor"
)

// A pref names a button that changes how the page is shown.
type pref string

// The buttons.
const (
	prefBiases pref = "biases"
	prefKeras  pref = "keras"
	prefFlat   pref = "flat"
	prefLayout pref = "layout"
	prefBinary pref = "binary"
	prefKeys   pref = "keys"

	prefDiagram pref = "diagram"
)

// prefs is what each button is about: the word it is stored by where it is not as
// by default, the message of a click, and how a stored word is read.
var prefs = [...]struct {
	pref   pref
	stored string
	is     func(editor.Prefs) bool
	set    func(*editor.Prefs)
	flip   func(editor.Prefs) editor.Msg
}{
	{prefBiases, "no-biases",
		func(p editor.Prefs) bool { return p.NoBiases },
		func(p *editor.Prefs) { p.NoBiases = true },
		func(p editor.Prefs) editor.Msg { return editor.SetBiases{Count: p.NoBiases} }},
	{prefKeras, "keras",
		func(p editor.Prefs) bool { return p.Keras },
		func(p *editor.Prefs) { p.Keras = true },
		func(p editor.Prefs) editor.Msg { return editor.SetKeras{On: !p.Keras} }},
	{prefFlat, "flat",
		func(p editor.Prefs) bool { return p.Flat },
		func(p *editor.Prefs) { p.Flat = true },
		func(p editor.Prefs) editor.Msg { return editor.SetFlat{On: !p.Flat} }},
	{prefLayout, "channels-last",
		func(p editor.Prefs) bool { return p.Layout == tensor.ChannelsLast },
		func(p *editor.Prefs) { p.Layout = tensor.ChannelsLast },
		func(p editor.Prefs) editor.Msg {
			if p.Layout == tensor.ChannelsLast {
				return editor.SetLayout{Layout: tensor.ChannelsFirst}
			}
			return editor.SetLayout{Layout: tensor.ChannelsLast}
		}},
	{prefBinary, "binary",
		func(p editor.Prefs) bool { return p.Binary },
		func(p *editor.Prefs) { p.Binary = true },
		func(p editor.Prefs) editor.Msg { return editor.SetBinary{On: !p.Binary} }},
	{prefKeys, "no-letters",
		func(p editor.Prefs) bool { return p.NoKeys },
		func(p *editor.Prefs) { p.NoKeys = true },
		func(p editor.Prefs) editor.Msg { return editor.SetLetters{On: p.NoKeys} }},
	{prefDiagram, "no-diagram",
		func(p editor.Prefs) bool { return p.NoDiagram },
		func(p *editor.Prefs) { p.NoDiagram = true },
		func(p editor.Prefs) editor.Msg { return editor.ShowDiagram{On: p.NoDiagram} }},
}

// prefButton is a button that changes how the page is shown.
func prefButton(p pref, class string) app.HTMLElem {
	return press(actPref, class).Attr("data-pref", string(p))
}

// flipPref changes how the page is shown.
func (c *Shell) flipPref(name string) {
	for i := range prefs {
		if prefs[i].pref == pref(name) {
			c.post(prefs[i].flip(c.state.Prefs))
		}
	}
}

// themeMark is the theme as the document is marked and as it is stored: "" where
// it follows the system.
func themeMark(t editor.Theme) string {
	if t == editor.ThemeSystem {
		return ""
	}
	return t.Name()
}

// applyPrefs shows theme and language on the document.
func applyPrefs(p editor.Prefs) {
	browser.Mark("lang", p.Lang.Tag())
	browser.Mark("data-theme", themeMark(p.Theme))
}

// savePrefs keeps the preferences. Language and theme have keys of their own,
// which boot.js reads before the first paint.
func savePrefs(p editor.Prefs) {
	browser.Store(browser.KeyLang, p.Lang.Tag())
	browser.Store(browser.KeyTheme, themeMark(p.Theme))
	var words []string
	for i := range prefs {
		if prefs[i].is(p) {
			words = append(words, prefs[i].stored)
		}
	}
	browser.Store(browser.KeyPrefs, strings.Join(words, " "))
}

// loadPrefs reads the preferences; language and theme follow the system until
// the reader chooses.
func loadPrefs() editor.Prefs {
	p := editor.Prefs{Lang: catalog.ByTag(browser.Language())}
	if tag := browser.Stored(browser.KeyLang); tag != "" {
		p.Lang = catalog.ByTag(tag)
	}
	for _, theme := range []editor.Theme{editor.ThemeLight, editor.ThemeDark} {
		if browser.Stored(browser.KeyTheme) == theme.Name() {
			p.Theme = theme
		}
	}
	words := strings.Fields(browser.Stored(browser.KeyPrefs))
	for i := range prefs {
		if slices.Contains(words, prefs[i].stored) {
			prefs[i].set(&p)
		}
	}
	return p
}
