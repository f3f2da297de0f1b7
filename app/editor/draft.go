package editor

import (
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
		s.Doc.Draft, s.Doc.Pane = draft(m.Text, problems), m.Text
		return s, nil
	}
	s, changed := s.become(s.Doc.Model.Match(file.Model), "text")
	// The pane holds what was typed, which may differ from the formatted text:
	// it must not be rewritten under the typist's hands.
	s.Doc.Draft, s.Doc.Pane = nil, m.Text
	if !changed {
		return s, nil
	}
	return s, []Effect{WriteLink{Model: s.Doc.Model, Save: true}, s.announce()}
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
