package editor

import (
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/text"
)

// Messages about the network's name.
type (
	// BeginTitle opens the name for editing; EndTitle closes it and keeps Name.
	BeginTitle struct{}
	EndTitle   struct {
		Name   string
		Cancel bool
	}
)

// TitleID is the id of the field that edits the network's name.
const TitleID = "title-edit"

func (BeginTitle) apply(s State) (State, []Effect) {
	s, _ = s.closeEdit(false)
	s.View.Naming = true
	return s, []Effect{Focus{ElementID: TitleID, Select: true}}
}

// A name is what the stack text can state: if that would read another, it is refused.
func (m EndTitle) apply(s State) (State, []Effect) {
	if !s.View.Naming {
		return s, nil
	}
	s.View.Naming = false
	if m.Cancel || m.Name == s.Doc.Model.Name {
		return s, nil
	}
	model := s.Doc.Model
	model.Name = m.Name
	file, problems := text.Parse(text.Format(model))
	switch d := firstError(problems); {
	case d != nil:
		return s.say(ToneBad, d.Say), nil
	case file.Model.Name != m.Name:
		return s.say(ToneBad, catalog.Say(catalog.NoticeBadName, layer.Quote(m.Name), layer.Quote(file.Model.Name))), nil
	}
	return s.edit(model, "")
}
