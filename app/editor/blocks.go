package editor

import (
	"slices"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/text"
)

// Messages that add, move and remove blocks; all but Insert act on the selection.
type (
	// Insert adds a layer or block of the palette in its place.
	Insert struct{ Item string }

	Delete     struct{}
	Duplicate  struct{}
	Shift      struct{ Step int } // -1 up, +1 down
	WrapRepeat struct{}
	WrapSkip   struct{} // into a branch beside an empty path
	Unwrap     struct{}
	Freeze     struct{}
	AddPath    struct{}
)

// The item is inserted where the palette was opened.
func (m Insert) apply(s State) (State, []Effect) {
	at := s.placeAt("")
	enter := s.entering(at)
	if p := s.Open.Palette; p != nil {
		at, enter = p.At, p.enter
	}
	var it Item
	if i := slices.IndexFunc(items(), func(it Item) bool { return it.ID == m.Item }); i >= 0 {
		it = items()[i].fitted(enter)
	} else if p := s.Open.Palette; p != nil && m.Item == AsWritten {
		it, _ = itemOf(p.Query)
	}
	nodes, _ := text.ParseNodes(it.Text)
	model, ids := s.Doc.Model.Insert(at, nodes...)
	s.Open = Open{}
	if len(ids) == 0 && len(nodes) > 0 {
		return s.tooDeep(), nil
	}
	return s.editAt(model, ids)
}

// tooDeep reports that blocks may not nest any deeper.
func (s State) tooDeep() State {
	return s.say(ToneBad, catalog.Say(catalog.NoticeTooDeep, arch.MaxDepth))
}

// editAt makes an edit and moves the cursor to the new nodes.
func (s State) editAt(m arch.Model, ids []arch.ID) (State, []Effect) {
	if len(ids) == 0 {
		return s, nil
	}
	s, effects := s.edit(m, "")
	s.View.Selected = ids
	return s.moveTo(keyOf(ids[len(ids)-1]), effects)
}

// moveTo moves the cursor to a row and the focus with it.
func (s State) moveTo(k Key, effects []Effect) (State, []Effect) {
	s.View.Cursor, s.View.Edit = k, nil
	if k == "" {
		s.View.Selected = nil
		return s, effects
	}
	if len(s.View.Selected) == 0 || !slices.Contains(s.View.Selected, k.ID()) {
		s.View.Selected = []arch.ID{k.ID()}
	}
	return s, append(effects, s.focusCursor()...)
}

func (AddPath) apply(s State) (State, []Effect) {
	model, path := s.Doc.Model.AddPath(s.cursorNode())
	if path == 0 {
		return s, nil
	}
	s, effects := s.edit(model, "")
	return s.moveTo(keyOf(path), effects)
}

func (Duplicate) apply(s State) (State, []Effect) {
	model, ids := s.Doc.Model.Duplicate(s.selected()...)
	return s.editAt(model, ids)
}

func (WrapRepeat) apply(s State) (State, []Effect) {
	model, id := s.Doc.Model.Wrap(2, s.selected()...)
	return s.wrapped(model, id)
}

func (WrapSkip) apply(s State) (State, []Effect) {
	model, id := s.Doc.Model.WrapBranch(layer.ByName("add").New(), s.selected()...)
	return s.wrapped(model, id)
}

func (s State) wrapped(m arch.Model, id arch.ID) (State, []Effect) {
	switch {
	case id == 0 && s.Doc.Model.Depth() >= arch.MaxDepth:
		return s.tooDeep(), nil
	case id == 0:
		return s.say(ToneBad, catalog.Say(catalog.NoticeNotNeighbours)), nil
	}
	return s.editAt(m, []arch.ID{id})
}

// What was in the block is selected.
func (Unwrap) apply(s State) (State, []Effect) {
	var freed []arch.ID
	free := func(body []arch.Node) {
		for _, n := range body {
			freed = append(freed, n.Head().ID)
		}
	}
	switch n := s.Doc.Model.Find(s.cursorNode()).(type) {
	case *arch.Repeat:
		free(n.Body)
	case *arch.Branch:
		for _, p := range n.Paths {
			free(p.Body)
		}
	default:
		return s, nil
	}
	model := s.Doc.Model.Unwrap(s.cursorNode())
	if len(freed) > 0 {
		return s.editAt(model, freed)
	}
	next := s.rowBeside([]arch.ID{s.cursorNode()})
	s, effects := s.edit(model, "")
	return s.moveTo(next, effects)
}

func (Delete) apply(s State) (State, []Effect) {
	ids := s.selected()
	if len(ids) == 0 {
		return s.deletePath()
	}
	next := s.rowBeside(ids)
	gone := catalog.Say(catalog.NoticeDeletedMany, len(ids))
	if len(ids) == 1 {
		gone = catalog.Say(catalog.NoticeDeleted, s.Doc.Report.Name(ids[0]))
	}
	s, effects := s.edit(s.Doc.Model.Delete(ids...), "")
	s.View.Selected = nil
	return s.deleted(gone).moveTo(next, effects)
}

// deleted offers to take back what was just deleted.
func (s State) deleted(gone catalog.Message) State {
	s.Notice = &Notice{Tone: ToneGood, Say: gone, Actions: []Action{{catalog.CmdUndo, Undo{}}}}
	return s
}

// deletePath removes the path under the cursor from its branch; the cursor moves to
// the path beside it. The last path stays.
func (s State) deletePath() (State, []Effect) {
	row := s.rowOf(s.View.Cursor)
	if row == nil || row.Form != count.FormPath {
		return s, nil
	}
	paths := row.Node.(*arch.Branch).Paths
	if len(paths) < 2 {
		return s, nil
	}
	next := paths[1].ID
	for i := 1; i < len(paths); i++ {
		if paths[i].ID == row.ID {
			next = paths[i-1].ID
		}
	}
	s, effects := s.edit(s.Doc.Model.DeletePath(row.ID), "")
	s = s.deleted(catalog.Say(catalog.NoticeDeletedMany, 1))
	return s.moveTo(keyOf(next), effects)
}

// Shifting the same nodes again and again is one step of the history.
func (m Shift) apply(s State) (State, []Effect) {
	model := s.Doc.Model.Shift(m.Step, s.selected()...)
	origin := "shift"
	for _, id := range s.selected() {
		origin += " " + string(keyOf(id))
	}
	s, moved := s.become(model, origin)
	if !moved {
		return s, nil
	}
	// The repetition the cursor was in may be gone with the repeat around it.
	return s.moveTo(keyOf(s.View.Cursor.ID()), s.changed())
}

// Unfreezes, if one of the selected layers is frozen.
func (Freeze) apply(s State) (State, []Effect) {
	model := s.Doc.Model
	frozen := true
	for _, id := range s.selected() {
		if leaf, ok := model.Find(id).(*arch.Leaf); ok && leaf.Frozen {
			frozen = false
		}
	}
	for _, id := range s.selected() {
		if row := s.Doc.Report.Row(id); row != nil && isTrainable(row) {
			model = model.SetFrozen(id, frozen)
		}
	}
	return s.edit(model, "")
}
