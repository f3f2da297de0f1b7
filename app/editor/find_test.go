package editor

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"paramstack/core/num"
	"paramstack/core/text"
)

// TestFind finds rows by name, kind and number, goes around, and opens what is folded
// away only if nothing else matches.
func TestFind(t *testing.T) {
	s := start(t, "input 3x8x8\nconv 4 k3\nstem: conv 8 k3\nrepeat 2 { conv 8 k3 p1; relu }\nflatten\nlinear 10\n")
	found := func(s State) string {
		var names []string
		if s.View.Find != nil {
			for _, k := range s.View.Find.Keys {
				names = append(names, s.rowOf(k).Name)
			}
		}
		return strings.Join(names, " ")
	}
	s = play(s, OpenFind{})
	for query, want := range map[string]string{
		"": "", "conv": "conv1 stem conv3", "stem": "stem", "STEM ": "stem", "conv 8": "stem conv3", "1,290": "linear1", "1290": "linear1",
		"3·3·3·4": "conv1", "repeat": "repeat1", "4x6x6": "conv1", "convolution": "conv1 stem conv3", "conv linear": "", "Linear": "linear1",
		"zzz": "",
	} {
		if got := found(play(s, FindRow{query})); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
	s = play(s, FindRow{"conv"})
	walked := []string{}
	for _, by := range []int{0, 1, 1, 1, -1, -1} {
		s = play(s, FindNext{by})
		walked = append(walked, s.rowOf(s.View.Cursor).Name+" "+s.View.Find.FoundText())
	}
	if want := []string{"conv1 1 / 3", "stem 2 / 3", "conv3 3 / 3", "conv1 1 / 3", "conv3 3 / 3", "stem 2 / 3"}; !slices.Equal(walked, want) {
		t.Errorf("went %v, want %v", walked, want)
	}
	folded := play(s, FoldAll{}, FindRow{"relu"})
	if found(folded) != "relu1" || folded.View.Cursor.ID() != 6 {
		t.Errorf("what is folded away: %q, cursor at %s", found(folded), folded.View.Cursor)
	}
	if closed := play(folded, Close{}); closed.View.Find != nil || closed.View.Cursor == "" {
		t.Error("Esc closes the search first")
	}
}

// TestNextProblem walks the errors of a network, around and into what is folded away.
func TestNextProblem(t *testing.T) {
	s := start(t, "input 3x8x8\nconv 4 k30\nconv 4 k1\nrepeat 2 { relu; add { conv 4 k3 | } }\nconv 5 k1 g3\n")
	s = play(s, FoldAll{})
	var walked []string
	for range 2 * s.Page.Issues {
		s = play(s, NextProblem{})
		walked = append(walked, s.rowOf(s.View.Cursor).Name)
		if !broken(s.rowOf(s.View.Cursor)) {
			t.Fatalf("%s has no problem", s.rowOf(s.View.Cursor).Name)
		}
	}
	if !slices.Contains(walked, "conv1") || !slices.Contains(walked, "conv4") || walked[0] != walked[s.Page.Issues] {
		t.Errorf("went %v", walked)
	}
	fine := start(t, sample)
	if after := play(fine, NextProblem{}); after.View.Cursor != fine.View.Cursor {
		t.Error("a network without problems has one")
	}
}

// TestSortRows: each layer once, the largest first, and the rows add up to the total.
func TestSortRows(t *testing.T) {
	for _, id := range []string{"alexnet-2012", "resnet-50", "googlenet"} {
		for _, order := range []RowOrder{RowsByParams, RowsByMACs} {
			s := play(New(Prefs{}), LoadPreset{id}, SortRows{order})
			var sum, last num.Int
			for i, r := range allRows(s.Page) {
				digits := r.Facts.Params
				if order == RowsByMACs {
					digits = r.Facts.MACsRaw
				}
				own, _ := num.Parse(digits)
				times, _ := num.Parse(r.Times)
				own = own.Mul(times)
				if i > 0 && own.Cmp(last) > 0 {
					t.Errorf("%s: %s is below a smaller one", id, r.Facts.Name)
				}
				sum, last = sum.Add(own), own
			}
			total := s.Page.Summary.Raw.Params
			if order == RowsByMACs {
				total = s.Page.Summary.Raw.MACs
			}
			if sum.String() != total || s.Page.Hidden != 0 {
				t.Errorf("%s sorted by %d: the rows add up to %s, not %s", id, order, sum, total)
			}
			if back := play(s, SortRows{order}); show(back.Page) != show(play(New(Prefs{}), LoadPreset{id}).Page) {
				t.Errorf("%s: a second click does not lead back", id)
			}
			sound(t, play(s, Select{Row: s.Page.Key(0)}, Duplicate{}, Delete{}))
		}
	}
}

// TestCopy copies the formula, the number and the rows; what is copied as stack text can
// be read again.
func TestCopy(t *testing.T) {
	s := start(t, regexp.MustCompile(`#.*`).ReplaceAllString(sample, ""))
	for _, c := range []struct {
		msgs []Msg
		want string
	}{
		{[]Msg{Select{Row: "2"}, CopyFormula{}}, "3·3·3·4 + 4 = 112"},
		{[]Msg{Select{Row: "11"}, CopyNumber{}}, "1450"},
		{[]Msg{Select{Row: "2"}, CopyRows{}}, "conv 4 k3\n"},
		{[]Msg{Select{Row: "3"}, Select{Row: "5", Extend: true}, CopyRows{}}, "repeat 2 {\n  conv 4 k3 p1\n  relu\n}\n"},
	} {
		n := len(c.msgs) - 1
		_, effects := Update(play(s, c.msgs[:n]...), c.msgs[n])
		got := effect[CopyText](t, effects).Text
		if got != c.want {
			t.Errorf("%v copies %q, want %q", c.msgs, got, c.want)
		}
	}
	if _, effects := Update(s, CopyRows{}); len(effects) != 0 {
		t.Error("nothing is selected, and something is copied")
	}
	if _, problems := text.ParseNodes("conv 4 k3\n"); len(problems) > 0 {
		t.Error("what is copied cannot be read")
	}
}

// TestEndTitle renames the network, and refuses what the stack text cannot state.
func TestEndTitle(t *testing.T) {
	s := play(start(t, sample), BeginTitle{})
	for name, want := range map[string]string{"My net": "My net", "그물 2": "그물 2", "": "", "a # b": "", "a\nb": "", strings.Repeat("x", 300): ""} {
		after := play(s, EndTitle{Name: name})
		if after.Doc.Model.Name != want || (after.Notice != nil) != (want != name) || after.View.Naming {
			t.Errorf("%.20q becomes %q (%v)", name, after.Doc.Model.Name, after.Notice)
		}
		if want == name && name != "" {
			if undone := play(after, Undo{}); undone.Doc.Model.Name != "" {
				t.Errorf("undo leaves %q", undone.Doc.Model.Name)
			}
		}
	}
	if after := play(s, EndTitle{Name: "x", Cancel: true}); after.Doc.Model.Name != "" || after.View.Naming {
		t.Error("Esc keeps what was typed")
	}
}

// TestDeleted offers to take back what was deleted, until something else happens.
func TestDeleted(t *testing.T) {
	s := play(start(t, sample), Select{Row: "2"}, Delete{})
	if s.Notice == nil || notice(s) != "Deleted conv1." || len(s.Notice.Actions) != 1 {
		t.Fatalf("%+v", s.Notice)
	}
	back := play(s, s.Notice.Actions[0].Send)
	if compact(back) != plain || back.Notice != nil {
		t.Errorf("taken back: %s, %v", compact(back), back.Notice)
	}
	if next := play(s, SetField{11, "features", "5"}); next.Notice != nil {
		t.Error("the offer stays after another edit, where it would undo that")
	}
	many := play(start(t, sample), Select{Row: "10"}, Select{Row: "11", Extend: true}, Delete{})
	if notice(many) != "Deleted items: 2." {
		t.Errorf("%q", notice(many))
	}
}

// TestRowMenu: every command of the menu is one, the menu is about the row it was opened
// on, and a menu on a selection is about all of it.
func TestRowMenu(t *testing.T) {
	for _, id := range RowMenuCommands {
		if id != "" && (ByID(id) == nil || ByID(id).Row == nil && id != "add" && id != "whatif") {
			t.Errorf("%s is no command of a row", id)
		}
	}
	s := play(start(t, sample), OpenRowMenu{Row: "4"})
	if s.Open.Row == nil || s.View.Cursor != "4" {
		t.Fatal("the menu does not open")
	}
	if after := play(s, Close{}, Delete{}); strings.Contains(compact(after), "c4k3p1") {
		t.Error("Delete in the menu deletes another row")
	}
	s = play(start(t, sample), Select{Row: "10"}, Select{Row: "11", Extend: true}, OpenRowMenu{Row: "10"}, Close{}, Delete{})
	if compact(s) != "i3x8x8;c4k3;repeat2{c4k3p1;r};add{c4k1|}" {
		t.Errorf("the selection after the menu: %s", compact(s))
	}
}

// TestLetters: single letters are what can be switched off, and nothing else.
func TestLetters(t *testing.T) {
	for _, c := range Commands {
		for _, k := range c.Keys {
			if want := len([]rune(k)) == 1; IsLetter(k) != want {
				t.Errorf("%s of %s: %v", k, c.ID, IsLetter(k))
			}
		}
		if c.Section == SectionAsk {
			continue // it is on the card of questions
		}
		if len(c.Keys) > 0 && !slices.ContainsFunc(c.Keys, func(k string) bool { return !IsLetter(k) }) && !slices.Contains(onlyLetters, c.ID) {
			t.Errorf("%s has letters only: add it to the menu of a row or to a toolbar, and to this list", c.ID)
		}
	}
	for _, id := range onlyLetters {
		if !slices.Contains(RowMenuCommands, id) && !slices.Contains([]string{"gallery", "recent", "export", "unroll"}, id) {
			t.Errorf("%s cannot be reached once letters are off", id)
		}
	}
}

// onlyLetters are commands whose keys are letters: all have buttons too.
var onlyLetters = []string{"recent", "gallery", "export", "repeat", "skip", "unwrap", "path", "freeze", "unroll", "explain"}
