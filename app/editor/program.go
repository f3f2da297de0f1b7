package editor

import (
	"strings"

	"paramstack/app/transfer"
	"paramstack/core/arch"
)

// A Program is Python source that was opened in this visit: what it could make, and what
// was made of it.
type Program struct {
	ID                int // which of those the page keeps
	Source            string
	Choices           []transfer.Choice
	Expression, Input string

	// What the sheet shows besides.
	Error string // why it could not be made
	Busy  bool
}

// IsPython reports whether a file has the name of Python source, or of a notebook.
func IsPython(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, ".py") || strings.HasSuffix(name, ".ipynb")
}

// Messages about programs.
type (
	// OpenProgram shows the sheet on which it is chosen what a program makes.
	OpenProgram struct{}
	// MakeProgram makes something else of the same source.
	MakeProgram struct{ Expression, Input string }
)

func (OpenProgram) apply(s State) (State, []Effect) {
	if s.Program == nil {
		return s, nil
	}
	s.Open, s.View.Edit = Open{Program: s.Program}, nil
	return s, []Effect{Focus{ElementID: ProgramField, Select: true}}
}

func (m MakeProgram) apply(s State) (State, []Effect) {
	if s.Open.Program == nil || s.Job != nil {
		return s, nil
	}
	p := *s.Open.Program
	p.Expression, p.Input = strings.TrimSpace(m.Expression), strings.TrimSpace(m.Input)
	p.Error, p.Busy = "", true
	s.Open.Program = &p
	return s, []Effect{ReadAgain{p.ID, p.Expression, p.Input}}
}

// reread reports whether a file that was read is the program of the open sheet again.
func (s State) reread(p *Program) bool {
	open := s.Open.Program
	return p != nil && open != nil && open.Busy && open.ID == p.ID
}

// refused shows beside the field why something could not be made.
func (s State) refused(why string) (State, []Effect) {
	p := *s.Open.Program
	p.Error, p.Busy = why, false
	s.Open.Program = &p
	return s, []Effect{Focus{ElementID: ProgramField}}
}

// originate takes the lines that made a network's nodes; what is left belongs to the
// networks behind it.
func originate(m arch.Model, lines []string) (arch.Model, []string) {
	if len(lines) == 0 {
		return m, nil
	}
	return m.WithOrigins(lines)
}
