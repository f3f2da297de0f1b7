package editor

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/count"
)

// firstRows is how many rows are drawn until the reader requests more.
const firstRows = 2000

// A View is where the reader is in the stack.
type View struct {
	Cursor   Key          // the selected row, "" if none
	Selected []arch.ID    // the selected nodes; more than one after shift
	Folded   map[Key]bool // rows folded or unfolded by hand; absent: as by default
	Unroll   bool         // every repetition of every repeat separately
	Edit     *Edit        // the chip being edited
	Hot      *Hot         // the factor pointed at
	Drag     *Drag
	Find     *Find     // the search in the stack, while it is open
	Order    RowOrder  // how the rows are sorted
	Naming   bool      // the network's name is being edited
	Limit    int       // how many rows are drawn at most
	Own      *Counting // what the reader prefers, while the network is counted as it was sent
	Reasons  bool      // the selected row says why its number is what it is
	openAll  bool      // rows that were not folded by hand are open
}

// A Key names a row of the page: its node's ID, and after an @ the repetitions it
// is in beyond the first.
type Key string

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

// repetition returns the part of a key that names its repetitions.
func (k Key) repetition() string {
	_, t, _ := strings.Cut(string(k), "@")
	return t
}

// ElementID returns the id of a row's element on the page.
func (k Key) ElementID() string { return "row-" + string(k) }

// rowOf returns the report's row behind a row of the page, nil if it is not drawn.
func (s State) rowOf(k Key) *count.Row { return s.Page.row(k) }

func (p *Page) row(k Key) *count.Row {
	if p == nil {
		return nil
	}
	n := p.Find(k)
	if n < 0 {
		return nil
	}
	return p.spots[n].row
}

// cursorNode returns the node under the cursor, 0 if there is none.
func (s State) cursorNode() arch.ID {
	row := s.rowOf(s.View.Cursor)
	if row == nil {
		return 0
	}
	return row.ID
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
	alive := map[arch.ID]bool{} // those that are asked about: there may be thousands of others
	if v.Cursor != "" {
		alive[v.Cursor.ID()] = false
	}
	if v.Edit != nil {
		alive[v.Edit.ID] = false
	}
	for _, id := range v.Selected {
		alive[id] = false
	}
	found := func(id arch.ID) {
		if _, asked := alive[id]; asked {
			alive[id] = true
		}
	}
	m.Walk(func(n arch.Node) {
		found(n.Head().ID)
		if b, ok := n.(*arch.Branch); ok {
			for _, p := range b.Paths {
				found(p.ID)
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

// placeAt returns the place of what is added at a row: inside a path or repetition,
// after anything else; without a row after the cursor, or at the end.
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
