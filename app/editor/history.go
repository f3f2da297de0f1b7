package editor

import "paramstack/core/arch"

// A History is what undo and redo go back and forth to.
type History struct {
	Past, Future []Moment
}

// A Moment is one state of the network, and the origin of the edit that followed.
type Moment struct {
	Model  arch.Model
	Origin string    // edits with the same origin, one right after the other, are one step
	Sent   *Counting // how it was counted then, if as it was sent
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
	to, ok := step(&h.Past, &h.Future, s.now())
	return s.travel(h, to, ok)
}

func (Redo) apply(s State) (State, []Effect) {
	h := s.History
	to, ok := step(&h.Future, &h.Past, s.now())
	return s.travel(h, to, ok)
}

// now returns the present as what to come back to.
func (s State) now() Moment { return Moment{Model: s.Doc.Model, Sent: s.asSent()} }

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

// travel shows a model of the history, which then is h, counted as it was then.
func (s State) travel(h History, m Moment, ok bool) (State, []Effect) {
	if !ok {
		return s, nil
	}
	before := s.Doc.Report
	if s.Notice != nil && s.Notice.Tone == ToneGood {
		s.Notice = nil // it was about the step taken back
	}
	if (m.Sent == nil) != (s.View.Own == nil) {
		s = s.sent(m.Sent)
		s.Notice = nil // it was about how the other is counted
	}
	s.History, s.View.Edit = h, nil
	s = s.show(m.Model)
	s.Doc.from, s.Doc.Lesson, s.Doc.Change = before, nil, change(before, s.Doc.Report, s.Prefs.Style())
	return s, s.changed()
}

// joins reports whether an edit of an origin continues the last step.
func (h History) joins(origin string) bool {
	n := len(h.Past)
	return n > 0 && origin != "" && h.Past[n-1].Origin == origin && len(h.Future) == 0
}

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
