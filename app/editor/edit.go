package editor

import (
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/diag"
)

// An Edit is a hyper-parameter being typed.
type Edit struct {
	Row   Key
	ID    arch.ID
	Field string  // a field of the kind, or LabelField or TimesField
	Start string  // what was there when the editing began
	Undo  History // as it was when the editing began
	Error *diag.Diag
	Typed string // what is there now, if it cannot be read
}

// BeginEdit opens a chip ("" for the first), Typed is a keystroke in it, EndEdit
// closes it; Cancel restores what was there.
type (
	BeginEdit struct {
		Row   Key
		Field string
	}
	Typed struct{ Value string }
	// Left: the focus has gone elsewhere already, so it is not moved back.
	EndEdit struct{ Cancel, Left bool }
)

func (m BeginEdit) apply(s State) (State, []Effect) {
	if m.Row == "" {
		m.Row = s.View.Cursor
	}
	row := s.rowOf(m.Row)
	if row == nil {
		return s, nil
	}
	s, _ = s.closeEdit(false)
	node := s.Doc.Model.Find(row.ID)
	if node == nil || row.Form == count.FormTurn {
		return s, nil // paths and repetitions have nothing to edit
	}
	if m.Field == "" {
		m.Field = firstField(node)
	}
	if m.Field == "" {
		return s, nil
	}
	s = s.pick(m.Row, false)
	s.History = s.History.seal()
	s.View.Edit = &Edit{Row: m.Row, ID: row.ID, Field: m.Field,
		Start: s.shown(row.ID, m.Field, fieldText(node, m.Field)), Undo: s.History}
	return s, []Effect{Focus{ElementID: "edit-" + string(m.Row) + "-" + m.Field, Select: true}}
}

// firstField returns what Enter edits: the main hyper-parameter.
func firstField(n arch.Node) string {
	if _, ok := n.(*arch.Repeat); ok {
		return TimesField
	}
	l := layerOf(n)
	if l == nil {
		return ""
	}
	k := l.Kind()
	if f := k.Main(); f != nil {
		return f.Name
	}
	for i := range k.Fields {
		if !k.Fields[i].IsSwitch() {
			return k.Fields[i].Name
		}
	}
	return LabelField
}

// fieldText returns what is in a field now.
func fieldText(n arch.Node, field string) string {
	switch field {
	case LabelField:
		return n.Head().Label
	case SharesField:
		if leaf, ok := n.(*arch.Leaf); ok {
			return leaf.Shares
		}
		return ""
	case TimesField:
		if r, ok := n.(*arch.Repeat); ok {
			return strconv.FormatInt(r.Times, 10)
		}
		return ""
	}
	l := layerOf(n)
	if l == nil || l.Kind().Field(field) == nil {
		return ""
	}
	return l.Kind().Field(field).Text(l)
}

// The formulas follow as soon as what is typed can be read, and until then the
// network stays as it was.
func (m Typed) apply(s State) (State, []Effect) {
	e := s.View.Edit
	if e == nil {
		return s, nil
	}
	// Every keystroke sets out from what was there before the first: a label
	// cleared on the way to another keeps what refers to it.
	base := s.Doc.Model
	if before, ok := s.beforeEdit(); ok {
		base = before
	}
	model, d := setField(base, e.ID, e.Field, s.typed(e.ID, e.Field, m.Value))
	next := *e
	next.Error, next.Typed = d, m.Value
	if d != nil {
		s.View.Edit = &next
		return s, nil
	}
	s, effects := s.edit(model, s.editOrigin())
	s.View.Edit = &next
	return s, effects
}

// beforeEdit returns the model before the first keystroke in the open chip;
// false if nothing has changed since the chip was opened.
func (s State) beforeEdit() (arch.Model, bool) {
	past := s.History.Past
	if n := len(past); n > 0 && past[n-1].Origin == s.editOrigin() {
		return past[n-1].Model, true
	}
	return arch.Model{}, false
}

func (s State) editOrigin() string {
	return "edit " + string(s.View.Edit.Row) + " " + s.View.Edit.Field
}

func (m EndEdit) apply(s State) (State, []Effect) {
	if s.View.Edit == nil {
		return s, nil
	}
	s, restored := s.closeEdit(m.Cancel)
	var effects []Effect
	if restored {
		effects = s.changed()
	}
	if !m.Left {
		effects = append(effects, s.focusCursor()...)
	}
	return s, effects
}

// closeEdit closes the open chip, if there is one, and reports whether it restored
// the network of before: on cancel, or if what was typed made no difference.
func (s State) closeEdit(cancel bool) (State, bool) {
	e := s.View.Edit
	if e == nil {
		return s, false
	}
	before, typed := s.beforeEdit()
	s.View.Edit = nil
	restored := typed && (cancel || arch.Same(before, s.Doc.Model))
	if restored {
		s.History = e.Undo
		s = s.show(before)
		s.Doc.Change, s.Doc.Lesson = nil, nil
	}
	s.History = s.History.seal()
	return s, restored
}
