package editor

// A RowMenu is the menu of a row: what can be done with it, in words.
type RowMenu struct {
	Row  Key
	X, Y int // where it opens, in pixels of the window; below the row if both are 0
}

// OpenRowMenu opens the menu of a row, that of the cursor if none is named.
type OpenRowMenu struct {
	Row  Key
	X, Y int
}

// RowMenuID begins the ids of the menu's entries.
const RowMenuID = "row-menu-"

func (m OpenRowMenu) apply(s State) (State, []Effect) {
	if m.Row == "" {
		m.Row = s.View.Cursor
	}
	row := s.Page.Row(m.Row)
	if row == nil || !row.Facts.Editable && !row.Facts.Allowed.Has("delete") {
		return s, nil
	}
	s, _ = s.closeEdit(false)
	if !row.Selected { // a menu on the selection is about all of it
		s = s.pick(m.Row, false)
	}
	s.View.Cursor = m.Row
	s.Open = Open{Row: &RowMenu{m.Row, m.X, m.Y}}
	return s, []Effect{Focus{ElementID: RowMenuID + "0"}}
}

// RowMenuCommands are the commands of a row's menu by ID, with "" between groups.
var RowMenuCommands = []string{
	"explain", "whatif", "", "edit", "rename", "", "add", "duplicate", "up", "down", "",
	"repeat", "skip", "unwrap", "path", "freeze", "", "copy-rows", "copy-formula", "copy-number", "", "delete",
}
