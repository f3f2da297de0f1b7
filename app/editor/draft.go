package editor

import (
	"paramstack/core/arch"
	"paramstack/core/diag"
	"paramstack/core/text"
)

// A Draft is what is in the text pane while it cannot be read. The network stays
// what it was.
type Draft struct {
	Text     string
	Problems []TextProblem
}

// A TextProblem is an error with its place in the text.
type TextProblem struct {
	Line, Column int // from 1
	Offset       int // in bytes
	Diag         *diag.Diag
}

// TypeText is a keystroke in the text pane: the blocks follow as soon as it can
// be read.
type TypeText struct{ Text string }

func (m TypeText) apply(s State) (State, []Effect) {
	file, problems := text.Parse(m.Text)
	if firstError(problems) != nil {
		if s, effects, ok := s.explained(m.Text); ok {
			return s, effects
		}
		s = s.unread(draft(m.Text, problems))
		return s, []Effect{s.keep()}
	}
	unread := s.Doc.Draft != nil
	s, changed := s.become(s.Doc.Model.Match(file.Model), fromText)
	// The pane holds what was typed, which may differ from the formatted text:
	// it must not be rewritten under the typist's hands.
	s.Doc.Draft, s.Doc.Pane = nil, m.Text
	switch {
	case changed:
		return s, []Effect{s.link(false), s.keep(), s.announce()}
	case unread:
		s.History = s.History.dropTyping(&s.Doc)
		return s, []Effect{s.keep()}
	}
	return s, nil
}

// fromText is the origin of edits in the text pane.
const fromText = "text"

// unread shows a text that cannot be read. It is the reader's work like any other,
// and undo returns to what was there before it.
func (s State) unread(d *Draft) State {
	before := s.moment(fromText)
	if s.Doc.Work == 0 {
		s = s.begin()
	}
	before.Work = s.Doc.Work
	if s.Doc.Draft == nil {
		s.History = s.History.push(before)
	}
	s.Doc.Draft, s.Doc.Pane, s.Doc.Kept = d, d.Text, true
	return s
}

// dropTyping drops the last step if it was typing that came to nothing.
func (h History) dropTyping(d *Doc) History {
	if n := len(h.Past); n > 0 {
		if m := &h.Past[n-1]; m.Origin == fromText && m.Draft == "" && arch.Same(m.Model, d.Model) {
			h.Past = h.Past[:n-1]
		}
	}
	return h
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
