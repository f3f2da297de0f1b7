package editor

import (
	"slices"

	"paramstack/core/arch"
	"paramstack/core/count"
)

// Messages about the cursor and the selection.
type (
	// Select moves the cursor to a row. Extend keeps what was selected.
	Select struct {
		Row    Key
		Extend bool
	}
	// Go moves the cursor up or down by rows.
	Go struct {
		By     int
		Extend bool
	}
)

func (m Select) apply(s State) (State, []Effect) { return s.pick(m.Row, m.Extend), nil }

func (m Go) apply(s State) (State, []Effect) {
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
	s = s.pick(s.Page.Key(at), m.Extend)
	return s, s.focusCursor()
}

// pick moves the cursor to a row; extend keeps the run of rows from the last one.
func (s State) pick(k Key, extend bool) State {
	row := s.rowOf(k)
	if row == nil {
		return s
	}
	if s.View.Edit != nil && s.View.Edit.Row != k {
		s, _ = s.closeEdit(false)
	}
	if !extend {
		s.View.Cursor, s.View.Selected = k, []arch.ID{row.ID}
		return s
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
	return s
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
