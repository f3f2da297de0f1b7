package editor

import (
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/passport"
	"paramstack/core/why"
	"paramstack/core/zoo"
)

// A Finder is what is known of the variants of a network, for one way of counting.
type Finder struct {
	*why.Finder
	report *count.Report
	style  count.Style
}

// FinderOf returns a finder of the state's network: the one that is there, if it is.
func FinderOf(s *State, f *Finder) *Finder {
	style := s.Prefs.Style()
	style.Flat = false // how numbers are written changes none
	if f != nil && f.report == s.Doc.Report && f.style == style {
		return f
	}
	return &Finder{why.New(s.Doc.Model, s.Doc.Report, style), s.Doc.Report, style}
}

// A Why is the sheet in which a number is explained.
type Why struct {
	Typed   string
	Problem catalog.Message // of a number that cannot be read
	Answer  *why.Answer     // nil until one is typed
	Busy    bool            // more variants are being counted
	Waiting string          // the ID of the published network that is being fetched
	finder  *Finder
}

// Tools is the sheet of what other tools print.
type Tools struct{ Entries []passport.Entry }

// Messages about the sheet, and about that of other tools.
type (
	// OpenWhy opens the sheet, with a number if one is known.
	OpenWhy struct{ Typed string }
	// AskWhy explains what is typed.
	AskWhy struct{ Typed string }
	// MoreWhy goes on where a search had no time for all.
	MoreWhy struct {
		finder *Finder
		typed  string
	}
	// TakeTerm makes one term of a reason so, or all of them if Term is −1.
	TakeTerm struct{ Reason, Term int }
	// OpenTools shows what other tools print.
	OpenTools struct{}
	// CopyTools copies it as a table.
	CopyTools struct{}
)

func (m OpenWhy) apply(s State) (State, []Effect) {
	s, _ = s.closeEdit(false)
	s.Open = Open{Why: &Why{}}
	if m.Typed == "" {
		m.Typed = s.Asked // one of several terms was taken, perhaps
	}
	s, effects := AskWhy(m).apply(s)
	return s, append(effects, Focus{ElementID: WhyField, Select: true})
}

func (m AskWhy) apply(s State) (State, []Effect) {
	if s.Open.Why == nil {
		return s, nil
	}
	w := &Why{Typed: m.Typed, finder: FinderOf(&s, s.Open.Why.finder)}
	s.Open.Why, s.Asked = w, m.Typed
	if strings.TrimSpace(m.Typed) == "" {
		return s, nil
	}
	n, d := why.Read(m.Typed)
	if d != nil {
		w.Problem = d.Say
		return s, nil
	}
	a := w.finder.Find(n)
	w.Answer, w.Busy = &a, a.More
	if a.More {
		return s, []Effect{Soon{MoreWhy{w.finder, m.Typed}}}
	}
	return s, nil
}

// A slice of the search is drawn before the next one begins, so that the page stays in hand.
func (m MoreWhy) apply(s State) (State, []Effect) {
	if w := s.Open.Why; w == nil || !w.Busy || w.finder != m.finder || w.Typed != m.typed {
		return s, nil
	}
	return AskWhy{m.typed}.apply(s)
}

func (m TakeTerm) apply(s State) (State, []Effect) {
	w := s.Open.Why
	if w == nil || w.Answer == nil || m.Reason < 0 || m.Reason >= len(w.Answer.Reasons) {
		return s, nil
	}
	terms := w.Answer.Reasons[m.Reason].Terms
	if m.Term >= len(terms) {
		return s, nil
	}
	if m.Term >= 0 {
		terms = terms[m.Term : m.Term+1]
	}
	if id := terms[0].Net; id != "" {
		return s.openNet(id, terms[0].Text)
	}
	s.Open = Open{}
	model, edited := s.Doc.Model, false
	var effects []Effect
	for i := range terms {
		t := &terms[i]
		if t.Edit != nil {
			model, edited = t.Edit(model), true
		}
		var more []Effect
		s, more = s.flip(t.Switch)
		effects = append(effects, more...)
	}
	if edited {
		var more []Effect
		s, more = s.edit(model, "")
		effects = append(effects, more...)
		s.Notice = &Notice{Tone: ToneGood, Say: catalog.Say(catalog.UIWhatIfTaken, terms[0].Say),
			Actions: []Action{{catalog.CmdUndo, Undo{}}}}
	} else {
		s = s.say(ToneGood, catalog.Say(catalog.UIWhatIfTaken, terms[0].Say))
	}
	return s, append(effects, s.focusCursor()...)
}

// flip turns a switch of the page to the other side.
func (s State) flip(which why.Switch) (State, []Effect) {
	switch which {
	case why.SwitchBiases:
		return s.mine(func(c *Counting) { c.NoBiases = !c.NoBiases })
	case why.SwitchKeras:
		return s.mine(func(c *Counting) { c.Keras = !c.Keras })
	case why.SwitchBinary:
		return SetBinary{true}.apply(s)
	}
	return s, nil
}

// openNet shows a published network: a preset, one with a text, or one of the gallery,
// which may have to be fetched first.
func (s State) openNet(id, text string) (State, []Effect) {
	switch {
	case text != "":
		s.Open = Open{}
		return LoadText{Source: s.Words(catalog.UIWhySource), Text: text}.apply(s)
	case zoo.ByID(id) != nil:
		s.Open = Open{}
		return LoadPreset{id}.apply(s)
	case s.Cards != nil:
		s.Open = Open{}
		return LoadCard{id}.apply(s)
	}
	w := *s.Open.Why
	w.Waiting = id
	s.Open.Why = &w
	return s, []Effect{FetchCards{}}
}

// waited shows the network that the sheet waits for, once the cards are there.
func (s State) waited() (State, []Effect) {
	if w := s.Open.Why; w != nil && w.Waiting != "" && s.Cards != nil {
		return s.openNet(w.Waiting, "")
	}
	return s, nil
}

func (OpenTools) apply(s State) (State, []Effect) {
	s, _ = s.closeEdit(false)
	s.Open = Open{Tools: &Tools{passport.Of(s.Doc.Report)}}
	return s, []Effect{Focus{ElementID: ToolsClose}}
}

func (CopyTools) apply(s State) (State, []Effect) {
	if s.Open.Tools == nil {
		return s, nil
	}
	var b strings.Builder
	row := func(cells ...string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	row(s.Words(catalog.UIToolsTool), s.Words(catalog.UIParameters), s.Words(catalog.UIMACs), s.Words(catalog.UIToolsSizes))
	row("---", "---:", "---:", "---")
	for i := range s.Open.Tools.Entries {
		e := &s.Open.Tools.Entries[i]
		sizes := make([]string, 0, len(e.Sizes))
		for k := range e.Sizes {
			f := &e.Sizes[k]
			sizes = append(sizes, s.Words(f.Label)+" "+s.FigureOf(f))
		}
		row(e.Tool.Name(), s.FigureOf(&e.Params), s.FigureOf(&e.Compute), strings.Join(sizes, "; "))
	}
	return s, []Effect{CopyText{Text: b.String()}}
}

// FigureOf writes a tool's number: exact digits, or why there is none.
func (s State) FigureOf(f *passport.Figure) string {
	switch {
	case f.Label == "":
		return "–"
	case !f.Known && len(f.Missing) > 0:
		return s.Words(catalog.UIToolsMissing, strings.Join(f.Missing, ", "))
	case !f.Known:
		return s.Words(catalog.UIToolsUnknown)
	case f.Bytes:
		return f.Value.Grouped() + " B"
	}
	return f.Value.Grouped()
}
