package editor

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/link"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// Messages that show another network.
type (
	// LoadPreset shows a published network.
	LoadPreset struct{ ID string }
	// LoadText replaces the network by that of a text (a file, a script).
	LoadText struct{ Source, Text string }
	// LoadLink replaces the network by what a link holds. AtBoot: it is the
	// address the page was opened with.
	LoadLink struct {
		Fragment string
		AtBoot   bool
	}
	// LoadFirst shows what the page opens with: the address has no link any more.
	LoadFirst struct{}
)

func (m LoadPreset) apply(s State) (State, []Effect) {
	net := zoo.ByID(m.ID)
	if net == nil {
		return s.say(ToneBad, catalog.Say(catalog.NoticeNoPreset, layer.Quote(m.ID))), nil
	}
	s = s.replaceAll(net.Model())
	return s, s.opened(true)
}

// If the text cannot be read, everything stays, and the notice explains where it is
// wrong and why.
func (m LoadText) apply(s State) (State, []Effect) {
	file, problems := text.Parse(m.Text)
	if first := firstError(problems); first != nil {
		line, col := place(m.Text, first)
		return s.say(ToneBad, catalog.Say(catalog.NoticeTextBad, m.Source, line, col, first.Say)), nil
	}
	if len(file.Model.Body) == 0 {
		return s.say(ToneBad, catalog.Say(catalog.NoticeTextEmpty, m.Source)), nil
	}
	s = s.replaceAll(file.Model)
	return s.say(ToneGood, catalog.Say(catalog.NoticeLoaded, m.Source)).taken()
}

func (m LoadLink) apply(s State) (State, []Effect) {
	if link.IsPair(m.Fragment) {
		return m.visitSet(s)
	}
	model, counting, d := link.DecodeCounted(m.Fragment)
	if d != nil {
		// The address must not go on claiming what the page does not show.
		return s.say(ToneBad, d.Say), []Effect{WriteLink{Model: s.Doc.Model, Counting: s.Prefs.linked()}}
	}
	if m.AtBoot {
		s, effects := s.visited(model, counting)
		s.History = History{}
		return s, effects
	}
	return s.visit(model, counting)
}

func (LoadFirst) apply(s State) (State, []Effect) {
	file, _ := text.Parse(zoo.Presets[0].Text)
	return s.visit(file.Model, s.Prefs.linked())
}

// visit shows the network of an address that the browser went to. If it is one that
// the reader made, that goes on, with what was in its text pane.
func (s State) visit(m arch.Model, counting link.Counting) (State, []Effect) {
	src := text.Format(m)
	if src == s.Doc.Text && s.Prefs.linked() == counting {
		return s, nil
	}
	for _, w := range s.Works {
		if w.Text != src {
			continue
		}
		if s, effects, ok := s.take(w); ok {
			return s, append(effects, s.link(false))
		}
	}
	return s.visited(m, counting)
}

// visited shows the network of an address, counted as its sender did.
func (s State) visited(m arch.Model, counting link.Counting) (State, []Effect) {
	s = s.replaceAll(m)
	if as, differs := s.countAs(counting); differs {
		s = as
		s.Notice = &Notice{Tone: ToneInfo, Say: catalog.Say(catalog.NoticeAsSent, linkWords(counting)),
			Actions: []Action{{catalog.ActUseOwn, UseOwn{}}}}
	}
	return s, s.opened(false) // the browser has made a step of it
}

// place returns where in a text something is wrong.
func place(src string, d *diag.Diag) (line, col int) {
	if d.Span == nil {
		return 1, 1
	}
	return text.Position(src, d.Span.Start)
}

func firstError(problems []*diag.Diag) *diag.Diag {
	for _, d := range problems {
		if d.Severity == diag.Error {
			return d
		}
	}
	return nil
}
