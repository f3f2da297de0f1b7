package editor

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/text"
)

func (s State) updateNode(m Msg) (State, []Effect) {
	switch m := m.(type) {
	case SetField:
		model, d := setField(s.Doc.Model, m.ID, m.Field, m.Value)
		if d != nil {
			return s.say(ToneBad, d.Say)
		}
		return s.become(model, "")
	case Toggle:
		return s.toggle(m.ID, m.Field)
	case Mend:
		return s.mend(m)
	case Insert:
		return s.insert(m.Item)
	case AddPath:
		model, path := s.Doc.Model.AddPath(s.cursorNode())
		if path == 0 {
			return s, nil
		}
		s, effects := s.become(model, "")
		return s.moveTo(keyOf(path), effects)
	case Delete:
		return s.deleteSelected()
	case Duplicate:
		model, ids := s.Doc.Model.Duplicate(s.selected()...)
		return s.becomeAt(model, ids)
	case Shift:
		return s.shift(m.Step)
	case WrapRepeat:
		model, id := s.Doc.Model.Wrap(2, s.selected()...)
		return s.wrapped(model, id)
	case WrapSkip:
		model, id := s.Doc.Model.WrapBranch(layer.ByName("add").New(), s.selected()...)
		return s.wrapped(model, id)
	case Unwrap:
		return s.unwrap()
	case Freeze:
		return s.freeze()
	}
	return s, nil
}

// setField writes a hyper-parameter, a label or the times of a repeat.
func setField(m arch.Model, id arch.ID, field, value string) (arch.Model, *diag.Diag) {
	node := m.Find(id)
	if node == nil {
		return m, diag.New(catalog.NoticeGone)
	}
	value = strings.TrimSpace(value)
	switch field {
	case LabelField:
		if d := text.CheckLabel(m, id, value); d != nil {
			return m, d
		}
		return m.SetLabel(id, value), nil
	case SharesField:
		label := strings.TrimPrefix(value, "@")
		if label != "" && !hasLabel(m, label) {
			return m, diag.New(catalog.NoSuchLabel, layer.Quote(label)).On(SharesField)
		}
		return m.SetShares(id, label), nil
	case TimesField:
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < 1 || n > arch.MaxTimes {
			return m, diag.New(catalog.OutOfRange, layer.Quote(value), 1, arch.MaxTimes).On(TimesField)
		}
		return m.SetTimes(id, n), nil
	}
	l := layerOf(node)
	if l == nil || l.Kind().Field(field) == nil {
		return m, diag.New(catalog.NoticeGone)
	}
	f := l.Kind().Field(field)
	value = strings.ToLower(value) // as in the text: phones begin with a capital
	if value == "" && !f.Need {
		value = f.Text(l.Kind().New()) // cleared: back to the default
		if value == "" {
			fresh := layer.Clone(l)
			layer.Reset(f, fresh)
			return m.SetLayer(id, fresh), nil
		}
	}
	fresh, d := layer.With(l, f, value)
	if d != nil {
		return m, d
	}
	return m.SetLayer(id, fresh), nil
}

func hasLabel(m arch.Model, label string) bool {
	found := false
	m.Walk(func(n arch.Node) { found = found || n.Head().Label == label })
	return found
}

// layerOf returns the layer of a leaf or the join of a branch, nil for others.
func layerOf(n arch.Node) layer.Layer {
	switch n := n.(type) {
	case *arch.Leaf:
		return n.Layer
	case *arch.Branch:
		return n.Join
	default:
		return nil
	}
}

func (s State) toggle(id arch.ID, field string) (State, []Effect) {
	node := s.Doc.Model.Find(id)
	if r, ok := node.(*arch.Repeat); ok && field == SharedField {
		return s.become(s.Doc.Model.SetShared(id, !r.Shared), "")
	}
	if node == nil || layerOf(node) == nil {
		return s, nil
	}
	l := layerOf(node)
	f := l.Kind().Field(field)
	if f == nil || !f.IsSwitch() {
		return s, nil
	}
	value := "on"
	if f.Text(l) == "on" {
		value = "off"
	}
	return s.update(SetField{id, field, value})
}

// mend applies a remedy that a row offers. Its button goes with the problem, so
// the focus moves to the row.
func (s State) mend(m Mend) (State, []Effect) {
	row := s.rowOf(m.Row)
	if row == nil || m.Problem >= len(row.Problems) || m.Fix >= len(row.Problems[m.Problem].Fixes) {
		return s, nil
	}
	fix := row.Problems[m.Problem].Fixes[m.Fix]
	model := s.Doc.Model
	switch fix.Op {
	case diag.SetField:
		var d *diag.Diag
		if model, d = setField(model, row.ID, fix.Field, fix.Value); d != nil {
			return s.say(ToneBad, d.Say)
		}
	case diag.InsertBefore:
		nodes, problems := text.ParseNodes(fix.Value)
		if firstError(problems) != nil {
			return s, nil
		}
		model, _ = model.Insert(arch.Place{Anchor: row.ID, Side: arch.Before}, nodes...)
	default:
		m.Row = s.rowBeside([]arch.ID{row.ID})
		model = model.Delete(row.ID)
	}
	s, effects := s.become(model, "")
	return s.moveTo(m.Row, effects)
}

// insert puts an item of the palette where the palette was opened.
func (s State) insert(id string) (State, []Effect) {
	at := s.placeAt("")
	if s.Open.Palette != nil {
		at = s.Open.Palette.At
	}
	i := slices.IndexFunc(items, func(it Item) bool { return it.ID == id })
	if i < 0 {
		return s, nil
	}
	nodes, _ := text.ParseNodes(items[i].Text)
	model, ids := s.Doc.Model.Insert(at, nodes...)
	s.Open = Open{}
	if len(ids) == 0 && len(nodes) > 0 {
		return s.tooDeep()
	}
	return s.becomeAt(model, ids)
}

// tooDeep says that blocks may not nest any deeper.
func (s State) tooDeep() (State, []Effect) {
	return s.say(ToneBad, catalog.Say(catalog.NoticeTooDeep, arch.MaxDepth))
}

// becomeAt makes an edit and moves the cursor to the new nodes.
func (s State) becomeAt(m arch.Model, ids []arch.ID) (State, []Effect) {
	if len(ids) == 0 {
		return s, nil
	}
	s, effects := s.become(m, "")
	s.View.Selected = ids
	return s.moveTo(keyOf(ids[len(ids)-1]), effects)
}

// moveTo puts the cursor on a row and the focus with it.
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

func (s State) wrapped(m arch.Model, id arch.ID) (State, []Effect) {
	if id == 0 && s.Doc.Model.Depth() >= arch.MaxDepth {
		return s.tooDeep()
	}
	if id == 0 {
		return s.say(ToneBad, catalog.Say(catalog.NoticeNotNeighbours))
	}
	return s.becomeAt(m, []arch.ID{id})
}

// unwrap dissolves the block under the cursor and selects what was in it.
func (s State) unwrap() (State, []Effect) {
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
		return s.becomeAt(model, freed)
	}
	next := s.rowBeside([]arch.ID{s.cursorNode()})
	s, effects := s.become(model, "")
	return s.moveTo(next, effects)
}

func (s State) deleteSelected() (State, []Effect) {
	ids := s.selected()
	if len(ids) == 0 {
		return s.deletePath()
	}
	next := s.rowBeside(ids)
	s, effects := s.become(s.Doc.Model.Delete(ids...), "")
	s.View.Selected = nil
	return s.moveTo(next, effects)
}

// deletePath takes the path under the cursor out of its branch, with all that is
// in it; the cursor goes to the path beside it. The last path stays.
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
	s, effects := s.become(s.Doc.Model.DeletePath(row.ID), "")
	return s.moveTo(keyOf(next), effects)
}

// shift moves the selected nodes by one step.
func (s State) shift(step int) (State, []Effect) {
	model := s.Doc.Model.Shift(step, s.selected()...)
	origin := "shift"
	for _, id := range s.selected() {
		origin += " " + string(keyOf(id))
	}
	s, effects := s.become(model, origin)
	if effects == nil {
		return s, nil
	}
	// The turn the cursor stood in may be gone with the repeat around it.
	return s.moveTo(keyOf(s.View.Cursor.ID()), effects)
}

func (s State) freeze() (State, []Effect) {
	model := s.Doc.Model
	frozen := true
	for _, id := range s.selected() {
		if leaf, ok := model.Find(id).(*arch.Leaf); ok && leaf.Frozen {
			frozen = false
		}
	}
	for _, id := range s.selected() {
		if leaf, ok := model.Find(id).(*arch.Leaf); ok && leaf.Layer.Kind().Learns {
			model = model.SetFrozen(id, frozen)
		}
	}
	return s.become(model, "")
}
