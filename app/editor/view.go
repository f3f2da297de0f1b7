package editor

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
)

// keyOf returns the key of a node's first row.
func keyOf(id arch.ID) Key { return Key(strconv.Itoa(int(id))) }

// ID returns the node a row belongs to.
func (k Key) ID() arch.ID {
	digits := strings.IndexFunc(string(k), func(r rune) bool { return r < '0' || r > '9' })
	if digits < 0 {
		digits = len(k)
	}
	n, _ := strconv.Atoi(string(k[:digits]))
	return arch.ID(n)
}

// turn returns the part of a key that tells its turns.
func (k Key) turn() string {
	_, t, _ := strings.Cut(string(k), "@")
	return t
}

// ElementID returns the id of a row's element on the page.
func (k Key) ElementID() string { return "row-" + string(k) }

// rowOf returns the report's row behind a row of the page, nil if it is not drawn.
func (s State) rowOf(k Key) *count.Row {
	if s.Page == nil {
		return nil
	}
	n := s.Page.Find(k)
	if n < 0 {
		return nil
	}
	return s.Page.spots[n].row
}

// cursorNode returns the node under the cursor, 0 if there is none.
func (s State) cursorNode() arch.ID {
	row := s.rowOf(s.View.Cursor)
	if row == nil {
		return 0
	}
	return row.ID
}

// onNode reports whether the cursor is on a node of its own, not on a turn.
func (s State) onNode() bool {
	row := s.rowOf(s.View.Cursor)
	return row != nil && row.Form != count.FormTurn && row.Form != count.FormPath
}

func (s State) onNodeOrPath() bool {
	row := s.rowOf(s.View.Cursor)
	return row != nil && row.Form != count.FormTurn
}

func (s State) onBranch() bool {
	row := s.rowOf(s.View.Cursor)
	return row != nil && row.Form == count.FormBranch
}

func (s State) onBlock() bool {
	row := s.rowOf(s.View.Cursor)
	return row != nil && (row.Form == count.FormBranch || row.Form == count.FormRepeat)
}

func (s State) onLearning() bool {
	row := s.rowOf(s.View.Cursor)
	return row != nil && row.Form == count.FormLeaf && row.Kind().Learns
}

// selected returns the selected nodes in the order of the text.
func (s State) selected() []arch.ID {
	if len(s.View.Selected) == 0 {
		return nil
	}
	var ids []arch.ID
	s.Doc.Model.Walk(func(n arch.Node) {
		if id := n.Head().ID; slices.Contains(s.View.Selected, id) {
			ids = append(ids, id)
		}
	})
	return ids
}

// keep drops from a view what the model no longer has.
func (v View) keep(m arch.Model) View {
	alive := map[arch.ID]bool{}
	m.Walk(func(n arch.Node) {
		alive[n.Head().ID] = true
		if b, ok := n.(*arch.Branch); ok {
			for _, p := range b.Paths {
				alive[p.ID] = true
			}
		}
	})
	if v.Cursor != "" && !alive[v.Cursor.ID()] {
		v.Cursor = ""
	}
	v.Selected = slices.DeleteFunc(slices.Clone(v.Selected), func(id arch.ID) bool { return !alive[id] })
	if v.Edit != nil && !alive[v.Edit.ID] {
		v.Edit = nil
	}
	v.Hot, v.Drag = nil, nil
	return v
}

// placeAt returns where something is put that is added at a row: inside a path
// or turn, behind anything else; without a row behind the cursor, or at the end.
func (s State) placeAt(k Key) arch.Place {
	if k == "" {
		k = s.View.Cursor
	}
	row := s.rowOf(k)
	switch {
	case row == nil:
		return arch.Place{}
	case row.Form == count.FormPath || row.Form == count.FormTurn:
		return arch.Place{Anchor: row.ID, Side: arch.Into}
	default:
		return arch.Place{Anchor: row.ID, Side: arch.After}
	}
}

func (s State) focusCursor() []Effect {
	if s.View.Cursor == "" {
		return nil
	}
	return []Effect{Focus{ElementID: s.View.Cursor.ElementID()}}
}

func (s State) updateView(m Msg) (State, []Effect) {
	switch m := m.(type) {
	case Select:
		return s.pick(m.Row, m.Extend)
	case Go:
		return s.walk(m)
	case FoldRow:
		return s.fold(m.Row)
	case FoldAll:
		s.View.Folded, s.View.openAll = nil, m.Open
		if !m.Open {
			s.View.Folded, s.View.Unroll = map[Key]bool{}, false
			for _, f := range s.Page.foldable {
				s.View.Folded[f.key] = true
			}
		}
	case Unroll:
		s.View.Unroll = !s.View.Unroll
		s.View.openAll = s.View.Unroll
		s.View.Folded = nil
		return s, nil
	case ShowMore:
		s.View.Limit += firstRows
	case Point:
		s.View.Hot = nil
		if m.Token >= 0 {
			s.View.Hot = &Hot{m.Row, m.Token}
		}
	case DragStart:
		if row := s.rowOf(m.Row); row != nil && row.Form != count.FormPath && row.Form != count.FormTurn {
			s.View.Drag = &Drag{Row: m.Row, ID: row.ID}
		}
	case DragOver:
		if d := s.View.Drag; d != nil {
			s.View.Drag = &Drag{d.Row, d.ID, m.Row, m.After}
		}
	case DragCancel:
		s.View.Drag = nil
	case Drop:
		return s.drop()
	}
	return s, nil
}

// pick moves the cursor to a row; extend keeps the run of rows from the last one.
func (s State) pick(k Key, extend bool) (State, []Effect) {
	row := s.rowOf(k)
	if row == nil {
		return s, nil
	}
	if s.View.Edit != nil && s.View.Edit.Row != k {
		s, _ = s.endEdit(EndEdit{})
	}
	if !extend {
		s.View.Cursor, s.View.Selected = k, []arch.ID{row.ID}
		return s, nil
	}
	from, to := s.Page.Find(s.View.Cursor), s.Page.Find(k)
	chosen := slices.Clone(s.View.Selected)
	if from >= 0 {
		for _, at := range s.Page.spots[min(from, to) : max(from, to)+1] {
			if id := at.row.ID; at.row.Form != count.FormTurn && !slices.Contains(chosen, id) {
				chosen = append(chosen, id)
			}
		}
	} else {
		chosen = append(chosen, row.ID)
	}
	s.View.Cursor, s.View.Selected = k, chosen
	return s, nil
}

func (s State) walk(m Go) (State, []Effect) {
	n := s.Page.Rows
	if n == 0 {
		return s, nil
	}
	at := s.Page.Find(s.View.Cursor)
	switch {
	case at < 0 && m.By > 0:
		at = 0
	case at < 0:
		at = n - 1
	default:
		at = min(max(at+m.By, 0), n-1)
	}
	s, _ = s.pick(s.Page.Key(at), m.Extend)
	return s, s.focusCursor()
}

func (s State) fold(k Key) (State, []Effect) {
	if k == "" {
		k = s.View.Cursor
	}
	n := slices.IndexFunc(s.Page.foldable, func(f foldable) bool { return f.key == k })
	if n < 0 {
		return s, nil
	}
	s.View.Folded = maps.Clone(s.View.Folded)
	if s.View.Folded == nil {
		s.View.Folded = map[Key]bool{}
	}
	s.View.Folded[k] = !s.Page.foldable[n].closed
	return s, nil
}

// drop puts the dragged node where it hovers.
func (s State) drop() (State, []Effect) {
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
	s, effects := s.become(model, "")
	s.View.Selected = []arch.ID{d.ID}
	return s.moveTo(keyOf(d.ID), effects)
}

// rowBeside returns the row that follows, or else precedes, rows about to go.
func (s State) rowBeside(ids []arch.ID) Key {
	gone := func(k Key) bool { return slices.Contains(ids, k.ID()) }
	last := -1
	for i := range s.Page.spots {
		if gone(s.Page.Key(i)) {
			last = i
		}
	}
	for _, at := range s.Page.spots[last+1:] {
		if k := at.key; !gone(k) && at.row.Form != count.FormPath && at.row.Form != count.FormTurn && !s.within(k, ids) {
			return k
		}
	}
	for i := last; i >= 0; i-- {
		if k := s.Page.Key(i); !gone(k) && !s.within(k, ids) {
			return k
		}
	}
	return ""
}

// within reports whether a row lies inside one of the nodes.
func (s State) within(k Key, ids []arch.ID) bool {
	for _, id := range ids {
		if row := s.Doc.Report.Row(id); row != nil && inside(row, k.ID()) {
			return true
		}
	}
	return false
}

func inside(row *count.Row, id arch.ID) bool {
	return slices.ContainsFunc(row.Children, func(c *count.Row) bool { return c.ID == id || inside(c, id) })
}

// mainField returns the field of a layer that its output channels come from.
func mainField(l layer.Layer) string {
	if l == nil {
		return ""
	}
	for _, f := range l.Kind().Fields {
		if f.Role == layer.RoleOut || (f.Role == layer.RoleSpatial && f.Main) {
			return f.Name
		}
	}
	return ""
}
