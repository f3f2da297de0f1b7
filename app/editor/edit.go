package editor

import (
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
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
	if e := s.View.Edit; e != nil && e.Error != nil && e.Row == m.Row {
		return s, s.refuse() // that one first
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
	return s, []Effect{Focus{ElementID: s.View.Edit.elementID(), Select: true}}
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
// network is as it was: a value is taken whole or not at all, never a piece of it.
func (m Typed) apply(s State) (State, []Effect) {
	e := s.View.Edit
	if e == nil {
		return s, nil
	}
	// Every keystroke sets out from what was there before the first: a label
	// cleared on the way to another keeps what refers to it.
	base := s.Doc.Model
	before, typed := s.beforeEdit()
	if typed {
		base = before.Model
	}
	model, d := setField(base, e.ID, e.Field, s.typed(e.ID, e.Field, m.Value))
	next := *e
	next.Error, next.Typed = d, m.Value
	var effects []Effect
	switch {
	case d == nil:
		s, effects = s.edit(model, s.editOrigin())
	case typed:
		s = s.unedit(before)
		effects = s.changed()
	}
	s.View.Edit = &next
	return s, effects
}

// unedit shows what there was before the open chip was typed into.
func (s State) unedit(before Moment) State {
	s.History = s.View.Edit.Undo
	s = s.showMoment(before)
	s.Doc.Change, s.Doc.Lesson = nil, nil
	return s
}

// refuse returns the focus to the open chip, in which something wrong was typed, and
// has its error read.
func (s State) refuse() []Effect {
	e := s.View.Edit
	return []Effect{Focus{ElementID: e.elementID()}, Announce{e.Error.Say.In(s.Prefs.Lang)}}
}

// elementID returns the id of the field on the page.
func (e *Edit) elementID() string { return "edit-" + string(e.Row) + "-" + e.Field }

// beforeEdit returns what was shown before the first keystroke in the open chip;
// false if nothing has changed since the chip was opened.
func (s State) beforeEdit() (Moment, bool) {
	past := s.History.Past
	if n := len(past); n > 0 && past[n-1].Origin == s.editOrigin() {
		return past[n-1], true
	}
	return Moment{}, false
}

func (s State) editOrigin() string {
	return "edit " + string(s.View.Edit.Row) + " " + s.View.Edit.Field
}

// A chip with something wrong in it stays open, until that is put right or cancelled,
// or something else is selected.
func (m EndEdit) apply(s State) (State, []Effect) {
	e := s.View.Edit
	switch {
	case e == nil, e.Error != nil && m.Left && !m.Cancel:
		return s, nil
	case e.Error != nil && !m.Cancel:
		return s, s.refuse()
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
// the network of before: on cancel, or if what was typed made no difference. What was
// wrong is not taken, and that is said.
func (s State) closeEdit(cancel bool) (State, bool) {
	e := s.View.Edit
	if e == nil {
		return s, false
	}
	before, typed := s.beforeEdit()
	restored := typed && (cancel || arch.Same(before.Model, s.Doc.Model))
	if restored {
		s = s.unedit(before)
	}
	s.View.Edit = nil
	if e.Error != nil && !cancel {
		s = s.say(ToneBad, catalog.Say(catalog.NoticeNotTaken, layer.Quote(e.Typed), e.Error.Say))
	}
	s.History = s.History.seal()
	return s, restored
}
