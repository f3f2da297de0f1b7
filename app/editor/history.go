package editor

import (
	"paramstack/core/arch"
	"paramstack/core/text"
)

// A History is what undo and redo go back and forth to.
type History struct {
	Past, Future []Moment
}

// A Moment is one state of the network, and the origin of the edit that followed.
type Moment struct {
	Model  arch.Model
	Origin string    // edits with the same origin, one right after the other, are one step
	Sent   *Counting // how it was counted then, if as it was sent
	Draft  string    // what was in the text pane while that could not be read
	Work   int       // which of the reader's networks it is, see Doc
	Kept   bool
}

// moment returns what is shown as a step of the history.
func (s State) moment(origin string) Moment {
	m := Moment{Model: s.Doc.Model, Origin: origin, Sent: s.asSent(), Work: s.Doc.Work, Kept: s.Doc.Kept}
	if s.Doc.Draft != nil {
		m.Draft = s.Doc.Draft.Text
	}
	return m
}

// mostUndo is how many steps are kept. Models share what did not change, so a
// step costs little; the limit only keeps a day of typing from adding up.
const mostUndo = 10_000

// Undo and Redo go through the history.
type (
	Undo struct{}
	Redo struct{}
)

func (Undo) apply(s State) (State, []Effect) {
	h := s.History
	m, ok := step(&h.Past, &h.Future, s.moment(""))
	return s.travel(h, m, ok)
}

func (Redo) apply(s State) (State, []Effect) {
	h := s.History
	m, ok := step(&h.Future, &h.Past, s.moment(""))
	return s.travel(h, m, ok)
}

// step pops the last moment of one side of a history and pushes the present one on
// the other; false if there is none.
func step(from, to *[]Moment, now Moment) (Moment, bool) {
	n := len(*from)
	if n == 0 {
		return now, false
	}
	m := (*from)[n-1]
	*to = append((*to)[:len(*to):len(*to)], now)
	*from = (*from)[:n-1]
	return m, true
}

// travel shows a moment of the history, which then is h, counted as it was then. A
// text that could not be read stays where it is kept: what it makes way for gets a
// place of its own.
func (s State) travel(h History, m Moment, ok bool) (State, []Effect) {
	if !ok {
		return s, nil
	}
	before := s.Doc
	if s.Notice != nil && s.Notice.Tone == ToneGood {
		s.Notice = nil // it was about the step taken back
	}
	if (m.Sent == nil) != (s.View.Own == nil) {
		s = s.sent(m.Sent)
		s.Notice = nil // it was about how the other is counted
	}
	s.History, s.View.Edit = h, nil
	s = s.showMoment(m)
	if d := before.Draft; d != nil && m.Draft != d.Text && m.Work == before.Work {
		s = s.begin()
		s.Doc.Kept = m.Kept
	}
	s.Doc.from, s.Doc.Lesson = before.Report, nil
	s.Doc.Change = change(before.Report, s.Doc.Report, s.Prefs.Style())
	if !s.Doc.Kept {
		return s, s.opened(false)
	}
	return s, s.changed()
}

// showMoment shows a moment, with what was in its text pane.
func (s State) showMoment(m Moment) State {
	s = s.show(m.Model)
	s.Doc.Work, s.Doc.Kept = m.Work, m.Kept
	if m.Draft != "" {
		_, problems := text.Parse(m.Draft)
		s.Doc.Draft, s.Doc.Pane = draft(m.Draft, problems), m.Draft
	}
	return s
}

// joins reports whether an edit of an origin continues the last step.
func (h History) joins(origin string) bool {
	n := len(h.Past)
	return n > 0 && origin != "" && h.Past[n-1].Origin == origin && len(h.Future) == 0
}

// push adds what was shown before an edit.
func (h History) push(m Moment) History {
	if h.joins(m.Origin) {
		return h
	}
	if m.Model.Body == nil && m.Model.Name == "" {
		return h // nothing was shown yet
	}
	past := h.Past
	if len(past) >= mostUndo {
		past = past[1:]
	}
	return History{Past: append(past[:len(past):len(past)], m)}
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
