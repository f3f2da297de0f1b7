package editor

import "paramstack/core/arch"

// A History is what undo and redo go back and forth to.
type History struct {
	Past, Future []Moment
}

// A Moment is one state of the network, and the origin of the edit that followed.
type Moment struct {
	Model  arch.Model
	Origin string // edits with the same origin, one right after the other, are one step
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
	model, ok := step(&h.Past, &h.Future, s.Doc.Model)
	return s.travel(h, model, ok)
}

func (Redo) apply(s State) (State, []Effect) {
	h := s.History
	model, ok := step(&h.Future, &h.Past, s.Doc.Model)
	return s.travel(h, model, ok)
}

// step pops the last model of one side of a history and pushes the present one on
// the other; false if there is none.
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
	s = s.show(m)
	s.Doc.Lesson, s.Doc.Change = nil, change(before, s.Doc.Report, s.Prefs.Style())
	return s, s.changed()
}

// joins reports whether an edit of an origin continues the last step.
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
