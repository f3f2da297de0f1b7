package editor

import (
	"paramstack/core/arch"
	"paramstack/core/count"
)

// A Drag is a row on its way.
type Drag struct {
	Row   Key
	ID    arch.ID
	Over  Key
	After bool
}

// DragStart, DragOver and Drop move a row by hand; DragCancel lets it be.
type (
	DragStart struct{ Row Key }
	DragOver  struct {
		Row   Key
		After bool
	}
	Drop       struct{}
	DragCancel struct{}
)

func (m DragStart) apply(s State) (State, []Effect) {
	if row := s.rowOf(m.Row); row != nil && row.Form != count.FormPath && row.Form != count.FormTurn {
		s.View.Drag = &Drag{Row: m.Row, ID: row.ID}
	}
	return s, nil
}

func (m DragOver) apply(s State) (State, []Effect) {
	if d := s.View.Drag; d != nil {
		s.View.Drag = &Drag{d.Row, d.ID, m.Row, m.After}
	}
	return s, nil
}

func (DragCancel) apply(s State) (State, []Effect) {
	s.View.Drag = nil
	return s, nil
}

// The dragged node moves to where it hovers.
func (Drop) apply(s State) (State, []Effect) {
	d := s.View.Drag
	s.View.Drag = nil
	if d == nil || d.Over == "" {
		return s, nil
	}
	row := s.rowOf(d.Over)
	if row == nil || row.ID == d.ID {
		return s, nil
	}
	at := s.placeAt(d.Over)
	if at.Side == arch.After && !d.After {
		at.Side = arch.Before
	}
	model := s.Doc.Model.Move(at, d.ID)
	if arch.Same(model, s.Doc.Model) {
		return s, nil
	}
	s, effects := s.edit(model, "")
	s.View.Selected = []arch.ID{d.ID}
	return s.moveTo(keyOf(d.ID), effects)
}
