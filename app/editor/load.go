package editor

import (
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
)

func (m LoadPreset) apply(s State) (State, []Effect) {
	net := zoo.ByID(m.ID)
	if net == nil {
		return s.say(ToneBad, catalog.Say(catalog.NoticeNoPreset, layer.Quote(m.ID))), nil
	}
	s = s.replaceAll(net.Model())
	s.Notice = nil
	return s, s.opened()
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
	return s.say(ToneGood, catalog.Say(catalog.NoticeLoaded, m.Source)), s.changed()
}

func (m LoadLink) apply(s State) (State, []Effect) {
	model, counting, d := link.DecodeCounted(m.Fragment)
	if d != nil {
		// The address must not go on claiming what the page does not show.
		return s.say(ToneBad, d.Say), []Effect{WriteLink{Model: s.Doc.Model, Counting: s.Prefs.linked()}}
	}
	if text.Format(model) == s.Doc.Text && s.Prefs.linked() == counting {
		return s, nil
	}
	s = s.replaceAll(model)
	if m.AtBoot {
		s.History, s.Doc.Change, s.Doc.Lesson = History{}, nil, nil
	}
	s.Notice = nil
	if as, differs := s.countAs(counting); differs {
		s = as
		s.Notice = &Notice{Tone: ToneInfo, Say: catalog.Say(catalog.NoticeAsSent, linkWords(counting)),
			Actions: []Action{{catalog.ActUseOwn, UseOwn{}}}}
	}
	return s, s.opened()
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
