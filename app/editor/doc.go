package editor

import (
	"slices"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/link"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// mostUndo is how many steps are kept. Models share what did not change, so a
// step costs little; the limit only keeps a day of typing from adding up.
const mostUndo = 10_000

func (s State) updateDoc(m Msg) (State, []Effect) {
	switch m := m.(type) {
	case LoadPreset:
		net := zoo.ByID(m.ID)
		if net == nil {
			return s.say(ToneBad, catalog.Say(catalog.NoticeNoPreset, layer.Quote(m.ID)))
		}
		file, _ := text.Parse(net.Text)
		s, effects := s.replaceAll(file.Model)
		s.Notice = nil
		return s, unsaved(effects)
	case LoadText:
		return s.loadText(m)
	case LoadLink:
		return s.loadLink(m)
	case TypeText:
		return s.typeText(m.Text)
	case Clear:
		file, _ := text.Parse("input 3x224x224\n")
		return s.replaceAll(file.Model)
	case Undo:
		h := s.History
		model, ok := step(&h.Past, &h.Future, s.Doc.Model)
		return s.travel(h, model, ok)
	case Redo:
		h := s.History
		model, ok := step(&h.Future, &h.Past, s.Doc.Model)
		return s.travel(h, model, ok)
	case TakeOffer:
		if s.Offer == nil {
			return s, nil
		}
		model, d := link.Decode(s.Offer.Fragment)
		s.Offer, s.Notice = nil, nil
		if d != nil {
			return s.say(ToneBad, d.Say)
		}
		return s.replaceAll(model)
	}
	return s, nil
}

// loadText replaces the network by a text from outside; if that cannot be read,
// everything stays and the notice says where and why.
func (s State) loadText(m LoadText) (State, []Effect) {
	file, problems := text.Parse(m.Text)
	if first := firstError(problems); first != nil {
		line, col := place(m.Text, first)
		return s.say(ToneBad, catalog.Say(catalog.NoticeTextBad, m.Source, line, col, first.Say))
	}
	if len(file.Model.Body) == 0 {
		return s.say(ToneBad, catalog.Say(catalog.NoticeTextEmpty, m.Source))
	}
	s, effects := s.replaceAll(file.Model)
	s.Notice = &Notice{Tone: ToneGood, Say: catalog.Say(catalog.NoticeLoaded, m.Source)}
	return s, effects
}

func (s State) loadLink(m LoadLink) (State, []Effect) {
	model, d := link.Decode(m.Fragment)
	if d != nil {
		s, effects := s.say(ToneBad, d.Say)
		// The address must not go on claiming what the page does not show.
		return s, append(effects, WriteLink{Model: s.Doc.Model})
	}
	if text.Format(model) == s.Doc.Text {
		return s, nil
	}
	s, effects := s.replaceAll(model)
	if m.AtBoot {
		s.History, s.Doc.Change, s.Doc.Lesson = History{}, nil, nil
	}
	s.Notice = nil
	return s, unsaved(effects)
}

// unsaved is for what was only opened: it is not yet this reader's work, and must
// not be saved over theirs.
func unsaved(effects []Effect) []Effect {
	for i, e := range effects {
		if w, ok := e.(WriteLink); ok {
			w.Save = false
			effects[i] = w
		}
	}
	return effects
}

// typeText takes a keystroke in the text pane: the blocks follow as soon as it
// can be read.
func (s State) typeText(src string) (State, []Effect) {
	file, problems := text.Parse(src)
	if firstError(problems) != nil {
		s.Doc.Draft = draft(src, problems)
		return s, nil
	}
	// The pane holds what was typed, which may differ from the formatted text:
	// it must not be rewritten under the typist's hands.
	s, effects := s.become(s.Doc.Model.Match(file.Model), "text")
	s.Doc.Draft = nil
	return s, without[SetText](effects)
}

func draft(src string, problems []*diag.Diag) *Draft {
	d := &Draft{Text: src}
	for _, p := range problems {
		if p.Severity != diag.Error {
			continue
		}
		line, col := place(src, p)
		offset := 0
		if p.Span != nil {
			offset = p.Span.Start
		}
		d.Problems = append(d.Problems, TextProblem{line, col, offset, p})
	}
	return d
}

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

func without[E Effect](effects []Effect) []Effect {
	var kept []Effect
	for _, e := range effects {
		if _, ok := e.(E); !ok {
			kept = append(kept, e)
		}
	}
	return kept
}

// replaceAll shows another network altogether; undo brings the old one back.
func (s State) replaceAll(m arch.Model) (State, []Effect) {
	s.View = View{Limit: firstRows}
	s.Open = Open{}
	s.History = s.History.push(s.Doc.Model, "")
	s, effects := s.show(m)
	s.Doc.Change, s.Doc.Lesson = nil, nil
	return s, effects
}

// become makes an edit: it can be undone, and one after another with the same
// origin are undone together. An empty origin stands for itself. What changes
// nothing is no edit: undo must not seem to do nothing.
func (s State) become(m arch.Model, origin string) (State, []Effect) {
	before := s.Doc
	after, effects := s.show(m)
	if after.Doc.Text == before.Text && slices.Equal(nodes(m), nodes(before.Model)) {
		return s, nil
	}
	from := before.Report // what one step changed is told, not what its last keystroke did
	if s.History.joins(origin) && before.from != nil {
		from = before.from
	}
	s, s.History = after, s.History.push(before.Model, origin)
	s.Doc.from = from
	s.Doc.Lesson = lesson(from, s.Doc.Report)
	s.Doc.Change = change(from, s.Doc.Report, s.style())
	if s.Notice != nil && s.Notice.Tone != ToneInfo {
		s.Notice = nil
	}
	return s, effects
}

// nodes lists a model's nodes, so that equal ones that changed places count as
// a change.
func nodes(m arch.Model) []arch.ID {
	var ids []arch.ID
	m.Walk(func(n arch.Node) { ids = append(ids, n.Head().ID) })
	return ids
}

// joins reports whether an edit of an origin goes on with the last step.
func (h History) joins(origin string) bool {
	n := len(h.Past)
	return n > 0 && origin != "" && h.Past[n-1].Origin == origin && len(h.Future) == 0
}

func (h History) push(m arch.Model, origin string) History {
	if h.joins(origin) {
		return h
	}
	if m.Body == nil && m.Name == "" {
		return h // nothing was shown yet
	}
	past := h.Past
	if len(past) >= mostUndo {
		past = past[1:]
	}
	return History{Past: append(past[:len(past):len(past)], Moment{m, origin})}
}

// seal ends the coalescing: the next edit is a step of its own.
func (h History) seal() History {
	if n := len(h.Past); n > 0 && h.Past[n-1].Origin != "" {
		past := append([]Moment(nil), h.Past...)
		past[n-1].Origin = ""
		h.Past = past
	}
	return h
}

// step takes the last model from one side of a history and puts the present one
// on the other; false if there is none.
func step(from, to *[]Moment, now arch.Model) (arch.Model, bool) {
	n := len(*from)
	if n == 0 {
		return now, false
	}
	m := (*from)[n-1].Model
	*to = append((*to)[:len(*to):len(*to)], Moment{Model: now})
	*from = (*from)[:n-1]
	return m, true
}

// travel shows a model of the history, which then is h.
func (s State) travel(h History, m arch.Model, ok bool) (State, []Effect) {
	if !ok {
		return s, nil
	}
	before := s.Doc.Report
	s.History, s.View.Edit = h, nil
	s, effects := s.show(m)
	s.Doc.Lesson, s.Doc.Change = nil, change(before, s.Doc.Report, s.style())
	return s, effects
}

// show counts a model and makes it the one on the page.
func (s State) show(m arch.Model) (State, []Effect) {
	s.Doc = Doc{Model: m, Report: count.Of(m), Text: text.Format(m), Lesson: s.Doc.Lesson, Change: s.Doc.Change}
	if net := zoo.Match(m); net != nil {
		s.Doc.Preset = net.ID
	}
	s.View = s.View.keep(m)
	total := s.Doc.Report.Totals
	return s, []Effect{
		SetText{s.Doc.Text},
		WriteLink{Model: m, Save: true},
		Announce{s.Prefs.Lang.In(catalog.AnnounceTotal, s.Name(), s.atLeast(total.ParamsAtLeast)+total.Shown(s.style()).Grouped())},
	}
}

// Name returns what the network is called.
func (s State) Name() string { return s.title() }

func (s State) title() string {
	if s.Doc.Model.Name != "" {
		return s.Doc.Model.Name
	}
	return s.Prefs.Lang.In(catalog.Untitled)
}

// Fragment returns the link of the network, without the #.
func (s State) Fragment() string { return link.Encode(s.Doc.Model) }

func (s State) offer(fragment string) (State, []Effect) {
	model, d := link.Decode(fragment)
	if d != nil || text.Format(model) == s.Doc.Text {
		return s, nil // damaged savings are not worth a word
	}
	name := model.Name
	if name == "" {
		name = s.Prefs.Lang.In(catalog.Untitled)
	}
	s.Offer = &Offer{Name: name, Fragment: fragment}
	offer := Notice{Tone: ToneInfo, Say: catalog.Say(catalog.NoticeOffer, name),
		Actions: []Action{{catalog.ActTakeOffer, TakeOffer{}}, {catalog.ActDropOffer, DropOffer{}}}}
	if s.Notice != nil && s.Notice.Tone == ToneBad { // a damaged link: what is wrong with it comes first
		offer.Tone, offer.Say, offer.Details = ToneBad, s.Notice.Say, []string{offer.Say.In(s.Prefs.Lang)}
	}
	s.Notice = &offer
	return s, nil
}

// fileName turns a title into a name that every file system takes.
func fileName(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r >= 0xAC00 && r <= 0xD7A3:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() > 80 {
			break
		}
	}
	if name := strings.Trim(b.String(), "-"); name != "" {
		return name
	}
	return "network"
}

func (s State) atLeast(is bool) string {
	if is {
		return "≥ "
	}
	return ""
}

// change says what an edit did to the total, nil if nothing.
func change(before, after *count.Report, style count.Style) *Change {
	if before == nil {
		return nil
	}
	a, b := before.Totals.Shown(style), after.Totals.Shown(style)
	if a.Equal(b) {
		return nil
	}
	delta, sign := b.Sub(a), "+"
	if delta.Cmp(num.Of(0)) < 0 {
		delta, sign = a.Sub(b), "−"
	}
	return &Change{a.Grouped(), b.Grouped(), sign + delta.Grouped()}
}
