package editor

import (
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/count"
)

func (s State) updateEdit(m Msg) (State, []Effect) {
	switch m := m.(type) {
	case BeginEdit:
		return s.beginEdit(m)
	case Typed:
		return s.typed(m.Value)
	case EndEdit:
		return s.endEdit(m)
	}
	return s, nil
}

func (s State) beginEdit(m BeginEdit) (State, []Effect) {
	if m.Row == "" {
		m.Row = s.View.Cursor
	}
	row := s.rowOf(m.Row)
	if row == nil {
		return s, nil
	}
	if s.View.Edit != nil {
		s, _ = s.endEdit(EndEdit{})
	}
	node := s.Doc.Model.Find(row.ID)
	if node == nil || row.Form == count.FormTurn {
		return s, nil // paths and turns have nothing to edit
	}
	if m.Field == "" {
		m.Field = firstField(node)
	}
	if m.Field == "" {
		return s, nil
	}
	s, _ = s.pick(m.Row, false)
	s.History = s.History.seal()
	s.View.Edit = &Edit{Row: m.Row, ID: row.ID, Field: m.Field, Start: fieldText(node, m.Field), Undo: s.History}
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

// fieldText returns what stands in a field now.
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

// typed takes a keystroke in a chip: the formulas follow as soon as it can be
// read, and until then the network stays as it was.
func (s State) typed(value string) (State, []Effect) {
	e := s.View.Edit
	if e == nil {
		return s, nil
	}
	// Every keystroke sets out from what stood there before the first: a label
	// cleared on the way to another keeps what refers to it.
	base := s.Doc.Model
	if before, ok := s.beforeEdit(); ok {
		base = before
	}
	model, d := setField(base, e.ID, e.Field, value)
	next := *e
	next.Error, next.Typed = d, value
	if d != nil {
		s.View.Edit = &next
		return s, nil
	}
	s, effects := s.become(model, s.editOrigin())
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

func (s State) endEdit(m EndEdit) (State, []Effect) {
	e := s.View.Edit
	if e == nil {
		return s, nil
	}
	before, typed := s.beforeEdit()
	s.View.Edit = nil
	var effects []Effect
	if typed && (m.Cancel || arch.Same(before, s.Doc.Model)) {
		s.History = e.Undo
		s, effects = s.show(before)
		s.Doc.Change, s.Doc.Lesson = nil, nil
	}
	s.History = s.History.seal()
	if m.Left {
		return s, effects
	}
	return s, append(effects, s.focusCursor()...)
}
