package editor

import (
	"strconv"
	"strings"

	"paramstack/core/count"
	"paramstack/core/diag"
)

// A Find is the search in the stack.
type Find struct {
	Query string
	Keys  []Key // rows that match, from top to bottom
	At    int   // which of them has the cursor
}

// Messages about searching and walking the stack.
type (
	// OpenFind opens the search in the stack, CloseFind closes it.
	OpenFind  struct{}
	CloseFind struct{}
	// FindRow is a keystroke in it; FindNext goes to the next match, or back.
	FindRow  struct{ Query string }
	FindNext struct{ By int }
	// NextProblem goes to the next row with an error.
	NextProblem struct{}
	// SortRows shows the layers by size; the same order again is that of the text.
	SortRows struct{ Order RowOrder }
)

// A RowOrder is how the rows of the stack are sorted.
type RowOrder uint8

// The orders.
const (
	ByText RowOrder = iota
	RowsByParams
	RowsByMACs
	RowOrders // how many there are
)

// FindID is the id of the search field.
const FindID = "find"

func (OpenFind) apply(s State) (State, []Effect) {
	s, _ = s.closeEdit(false)
	s.Open = Open{}
	if s.View.Find == nil {
		s.View.Find = &Find{}
	}
	return s, []Effect{Focus{ElementID: FindID, Select: true}}
}

func (CloseFind) apply(s State) (State, []Effect) {
	if s.View.Find == nil {
		return s, nil
	}
	s.View.Find = nil
	return s, s.focusCursor()
}

// What is folded away is opened if nothing else matches.
func (m FindRow) apply(s State) (State, []Effect) {
	if s.View.Find == nil {
		return s, nil
	}
	f := &Find{Query: m.Query, Keys: s.matches(m.Query)}
	if len(f.Keys) == 0 && m.Query != "" {
		open, _ := FoldAll{Open: true}.apply(s)
		open.Page = open.page(s.Page)
		if f.Keys = open.matches(m.Query); len(f.Keys) > 0 {
			s = open
		}
	}
	s.View.Find = f
	return s.foundAt(0)
}

func (m FindNext) apply(s State) (State, []Effect) {
	f := s.View.Find
	if f == nil || len(f.Keys) == 0 {
		return s, nil
	}
	n := len(f.Keys)
	return s.foundAt(((f.At+m.By)%n + n) % n)
}

// foundAt moves the cursor to a match, and leaves the focus in the search.
func (s State) foundAt(n int) (State, []Effect) {
	f := *s.View.Find
	if n >= len(f.Keys) {
		return s, nil
	}
	f.At = n
	s.View.Find = &f
	s = s.pick(f.Keys[n], false)
	return s, []Effect{Reveal{f.Keys[n].ElementID()}}
}

// matches returns the rows in whose name, kind, hyper-parameters or numbers every word
// of a query occurs. Numbers are found with their commas and without.
func (s State) matches(query string) []Key {
	words := strings.Fields(strings.ToLower(query))
	if len(words) == 0 {
		return nil
	}
	var found []Key
	for i := range s.Page.spots {
		text := s.words(i)
		all := true
		for _, w := range words {
			all = all && finds(text, w)
		}
		if all {
			found = append(found, s.Page.spots[i].key)
		}
	}
	return found
}

// finds reports whether a word occurs in a text: anywhere in it, and a number as a whole
// number, since 8 is not in 128.
func finds(text, w string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], w)
		if at < 0 {
			return false
		}
		at += from
		end := at + len(w)
		inNumber := at > 0 && digit(text[at-1]) && digit(w[0]) || end < len(text) && digit(text[end]) && digit(w[len(w)-1])
		if !inNumber {
			return true
		}
		from = at + 1
	}
}

func digit(c byte) bool { return c >= '0' && c <= '9' || c == ',' }

// words is what the nth row is found by. Rows as drawn have their facts already.
func (s State) words(n int) string {
	row := s.Page.spots[n].row
	parts := []string{row.Name}
	if k := row.Kind(); k != nil {
		parts = append(parts, k.Name, s.className(k), s.Words(k.Group.Label()))
	}
	if row.Form == count.FormRepeat {
		parts = append(parts, "repeat")
	}
	f := s.Page.Runs[n/RunRows].Rows[n%RunRows].Facts
	if s.Page.late[n/RunRows] {
		f = s.facts(row)
	}
	for i := range f.Chips {
		parts = append(parts, f.Chips[i].Text)
	}
	formula := ""
	for _, p := range f.Formula {
		formula += p.Text
	}
	parts = append(parts, formula)
	parts = append(parts, f.Value, strings.ReplaceAll(f.Value, ",", ""), f.MACs, f.MACsRaw, f.Out, f.OutExact)
	return strings.ToLower(strings.Join(parts, " "))
}

// The cursor goes round; what is folded away is opened.
func (NextProblem) apply(s State) (State, []Effect) {
	if s.Page.Issues == 0 {
		return s, nil
	}
	next, ok := s.nextProblem()
	if !ok {
		s, _ = SortRows{}.apply(s)
		s, _ = FoldAll{Open: true}.apply(s)
		s.Page = s.page(s.Page)
		if next, ok = s.nextProblem(); !ok {
			return s, nil
		}
	}
	s.Open = Open{}
	s = s.pick(next, false)
	return s, s.focusCursor()
}

func (s State) nextProblem() (Key, bool) {
	n, at := len(s.Page.spots), s.Page.Find(s.View.Cursor)
	for i := range n {
		if spot := &s.Page.spots[(at+1+i)%n]; broken(spot.row) {
			return spot.key, true
		}
	}
	return "", false
}

func broken(row *count.Row) bool {
	for _, d := range row.Problems {
		if d.Severity == diag.Error && row.Form != count.FormTurn {
			return true
		}
	}
	return false
}

func (m SortRows) apply(s State) (State, []Effect) {
	switch {
	case m.Order >= RowOrders:
		return s, nil
	case m.Order == s.View.Order:
		m.Order = ByText
	}
	s.View.Order = m.Order
	return s, nil
}

// FoundText returns which match has the cursor, of how many: 2 / 7.
func (f *Find) FoundText() string {
	if len(f.Keys) == 0 {
		return "0"
	}
	return strconv.Itoa(f.At+1) + " / " + strconv.Itoa(len(f.Keys))
}
