package editor

import (
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/tensor"
)

// Prefs are the reader's settings of the page. They are kept from visit to visit. A
// link carries those that numbers follow from, see Counting.
type Prefs struct {
	Lang     catalog.Lang
	Theme    Theme
	NoBiases bool          // leave biases out, as the blog post does
	Keras    bool          // count and name as Keras does instead of PyTorch
	Binary   bool          // MiB instead of MB
	Layout   tensor.Layout // C×H×W or H×W×C
	Flat     bool          // 9216 instead of (6·6·256)
	NoKeys   bool          // commands of a single letter are off (WCAG 2.1.4)

	NoDiagram bool // the diagram is closed
}

// Style returns how a report is written for such a reader: on the page, for
// scripts and in what is exported.
func (p Prefs) Style() count.Style {
	return count.Style{Biases: !p.NoBiases, Flat: p.Flat, Keras: p.Keras}
}

// A Theme is the page's colours.
type Theme uint8

// The themes.
const (
	ThemeSystem Theme = iota
	ThemeLight
	ThemeDark
)

// Name returns the theme's stable name.
func (t Theme) Name() string { return [...]string{"system", "light", "dark"}[t] }

// Label returns the theme's name for people.
func (t Theme) Label() catalog.Key {
	return [...]catalog.Key{catalog.UIThemeSystem, catalog.UIThemeLight, catalog.UIThemeDark}[t]
}

// Messages about the preferences.
type (
	SetLang    struct{ Lang catalog.Lang }
	SetTheme   struct{ Theme Theme }
	CycleTheme struct{}
	CycleLang  struct{}
	SetBiases  struct{ Count bool }
	SetBinary  struct{ On bool }
	SetLayout  struct{ Layout tensor.Layout }
	SetFlat    struct{ On bool }
	// SetLetters switches the commands of a single letter on or off.
	SetLetters struct{ On bool }
	// SetKeras counts, names and orders shapes as Keras does, or as PyTorch.
	SetKeras     struct{ On bool }
	RestorePrefs struct{ Prefs Prefs }
)

// prefer shows the page as preferred, from now on. What a network was sent with is
// not kept.
func (s State) prefer(p Prefs) (State, []Effect) {
	recount := s.Page != nil && s.Prefs.Style() != p.Style()
	s.Prefs = p
	if s.View.Own != nil {
		p = p.as(*s.View.Own)
	}
	effects := []Effect{SavePrefs{p}}
	if recount {
		var more []Effect
		s, more = s.recounted()
		effects = append(effects, more...)
	}
	return s, effects
}

func (m SetLang) apply(s State) (State, []Effect) {
	s.Prefs.Lang = m.Lang
	return s.prefer(s.Prefs)
}

func (m SetTheme) apply(s State) (State, []Effect) {
	s.Prefs.Theme = m.Theme
	return s.prefer(s.Prefs)
}

func (CycleLang) apply(s State) (State, []Effect) {
	s.Prefs.Lang = (s.Prefs.Lang + 1) % 2
	return s.prefer(s.Prefs)
}

func (CycleTheme) apply(s State) (State, []Effect) {
	s.Prefs.Theme = (s.Prefs.Theme + 1) % 3
	return s.prefer(s.Prefs)
}

func (m SetBiases) apply(s State) (State, []Effect) {
	return s.mine(func(c *Counting) { c.NoBiases = !m.Count })
}

func (m SetBinary) apply(s State) (State, []Effect) {
	s.Prefs.Binary = m.On
	return s.prefer(s.Prefs)
}

func (m SetLayout) apply(s State) (State, []Effect) {
	return s.mine(func(c *Counting) { c.Layout = m.Layout })
}

func (m SetFlat) apply(s State) (State, []Effect) {
	s.Prefs.Flat = m.On
	return s.prefer(s.Prefs)
}

func (m SetLetters) apply(s State) (State, []Effect) {
	s.Prefs.NoKeys = !m.On
	return s.prefer(s.Prefs)
}

func (m SetKeras) apply(s State) (State, []Effect) {
	return s.mine(func(c *Counting) { c.Keras, c.Layout = m.On, layoutOf(m.On) })
}

func (m RestorePrefs) apply(s State) (State, []Effect) {
	p := m.Prefs
	if p.Lang > catalog.Korean {
		p.Lang = catalog.English
	}
	if p.Theme > ThemeDark {
		p.Theme = ThemeSystem
	}
	if p.Layout > tensor.ChannelsLast {
		p.Layout = tensor.ChannelsFirst
	}
	return s.prefer(p)
}
