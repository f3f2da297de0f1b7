package editor

import (
	"slices"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/tensor"
)

// drawn lists the keys of the rows drawn.
func drawn(s State) string {
	var words []string
	for _, k := range keys(s.Page) {
		words = append(words, string(k))
	}
	return strings.Join(words, " ")
}

const open = "1 2 3 4 5 6 7 8 9 10 11"

// growing has a repeat whose repetitions differ, inside another.
const growing = "input 3x8x8\nrepeat 2 {\n  concat { conv 2 k1 | }\n  repeat 2 { relu }\n}\nrelu\n"

// TestFolding checks which rows are drawn.
func TestFolding(t *testing.T) {
	for _, c := range []struct {
		name, src string
		msgs      []Msg
		want      string
	}{
		{"all open", sample, nil, open},
		{"one folded", sample, []Msg{FoldRow{"3"}}, "1 2 3 6 7 8 9 10 11"},
		{"folded and unfolded", sample, []Msg{FoldRow{"3"}, FoldRow{"3"}}, open},
		{"at the cursor", sample, []Msg{Select{Row: "6"}, FoldRow{}}, "1 2 3 4 5 6 10 11"},
		{"what has no inside", sample, []Msg{FoldRow{"2"}, FoldRow{"9"}, FoldRow{"99"}}, open},
		{"all folded", sample, []Msg{FoldAll{}}, "1 2 3 6 10 11"},
		{"all folded, one unfolded", sample, []Msg{FoldAll{}, FoldRow{"6"}}, "1 2 3 6 7 8 9 10 11"},
		{"all unfolded", sample, []Msg{FoldAll{}, FoldAll{Open: true}}, open},
		{"unrolled", sample, []Msg{Unroll{}}, "1 2 3 3t1 4 5 3@2t2 4@2 5@2 6 7 8 9 10 11"},
		{"unrolled, and back", sample, []Msg{Unroll{}, Unroll{}}, open},
		{"unrolled, a turn folded", sample, []Msg{Unroll{}, FoldRow{"3t1"}}, "1 2 3 3t1 3@2t2 4@2 5@2 6 7 8 9 10 11"},
		{"turns that differ: the first is open", growing, nil, "1 2 2t1 3 4 5 6 7 8 2@2t2 9"},
		{"turns that differ, all open", growing, []Msg{FoldAll{Open: true}}, "1 2 2t1 3 4 5 6 7 8 2@2t2 3@2 4@2 5@2 6@2 7@2 8@2.1 9"},
		{"turns in turns", growing, []Msg{Unroll{}},
			"1 2 2t1 3 4 5 6 7 7t1 8 7@1.2t2 8@1.2 2@2t2 3@2 4@2 5@2 6@2 7@2 7@2.1t1 8@2.1 7@2.2t2 8@2.2 9"},
	} {
		s := play(start(t, c.src), c.msgs...)
		if got := drawn(s); got != c.want {
			t.Errorf("%s: rows %s, want %s", c.name, got, c.want)
		}
		sound(t, s)
	}
}

// What is folded stays folded through edits and undo.
func TestFoldingKept(t *testing.T) {
	s := play(start(t, sample), FoldRow{"3"}, SetField{2, "kernel", "1"}, Select{Row: "2"}, Duplicate{}, Undo{})
	if got := drawn(s); got != "1 2 3 6 7 8 9 10 11" {
		t.Errorf("rows %s", got)
	}
}

// A stack too long to be drawn is drawn in part, with the number of rows left.
func TestLimit(t *testing.T) {
	s := play(start(t, "input 3x8x8\nrepeat 1000000 { relu; tanh }\n"), Unroll{})
	if s.Page.Rows != firstRows || s.Page.Hidden < 2_900_000 {
		t.Errorf("%d rows, %d hidden", s.Page.Rows, s.Page.Hidden)
	}
	if s = play(s, ShowMore{}); s.Page.Rows != 2*firstRows {
		t.Errorf("%d rows after asking for more", s.Page.Rows)
	}
	whole(t, s)
	if s = play(start(t, "input 3x8x8\n"+strings.Repeat("relu\n", 3000)), ShowMore{}); s.Page.Rows != 3001 || s.Page.Hidden != 0 {
		t.Errorf("%d rows, %d hidden", s.Page.Rows, s.Page.Hidden)
	}
}

// TestSelection moves the cursor by keys and clicks.
func TestSelection(t *testing.T) {
	for _, c := range []struct {
		name   string
		msgs   []Msg
		cursor Key
		chosen []arch.ID
	}{
		{"a click", []Msg{Select{Row: "4"}}, "4", []arch.ID{4}},
		{"another", []Msg{Select{Row: "4"}, Select{Row: "2"}}, "2", []arch.ID{2}},
		{"what is not there", []Msg{Select{Row: "4"}, Select{Row: "99"}}, "4", []arch.ID{4}},
		{"a run", []Msg{Select{Row: "2"}, Select{Row: "5", Extend: true}}, "5", []arch.ID{2, 3, 4, 5}},
		{"a run upwards", []Msg{Select{Row: "5"}, Select{Row: "4", Extend: true}}, "4", []arch.ID{5, 4}},
		{"a run from nowhere", []Msg{Select{Row: "5", Extend: true}}, "5", []arch.ID{5}},
		{"down from nowhere", []Msg{Go{By: 1}}, "1", []arch.ID{1}},
		{"up from nowhere", []Msg{Go{By: -1}}, "11", []arch.ID{11}},
		{"down", []Msg{Go{By: 1}, Go{By: 1}}, "2", []arch.ID{2}},
		{"far up", []Msg{Select{Row: "4"}, Go{By: -100}}, "1", []arch.ID{1}},
		{"a run by keys", []Msg{Select{Row: "10"}, Go{By: 1, Extend: true}}, "11", []arch.ID{10, 11}},
		{"past what is folded", []Msg{FoldRow{"3"}, Select{Row: "3"}, Go{By: 1}}, "6", []arch.ID{6}},
		{"over turns: not their repeat", []Msg{Unroll{}, Select{Row: "5"}, Select{Row: "4@2", Extend: true}}, "4@2", []arch.ID{5, 4}},
		{"nothing", []Msg{Select{Row: "4"}, Close{}}, "", nil},
	} {
		s := play(start(t, sample), c.msgs...)
		if s.View.Cursor != c.cursor || !slices.Equal(s.View.Selected, c.chosen) {
			t.Errorf("%s: cursor %q, selected %v, want %q, %v", c.name, s.View.Cursor, s.View.Selected, c.cursor, c.chosen)
		}
		sound(t, s)
	}
	s := play(start(t, sample), Select{Row: "10"}, Go{By: 1, Extend: true})
	if !row(t, s, "10").Selected || row(t, s, "10").Cursor || !row(t, s, "11").Selected || row(t, s, "9").Selected {
		t.Error("what is selected is not what is drawn so")
	}
}

// While something is dragged its row and the place it would land at are marked.
func TestDragging(t *testing.T) {
	s := play(start(t, sample), DragStart{"2"}, DragOver{"10", true})
	if !row(t, s, "2").Dragged || row(t, s, "10").Drop != DropAfter || row(t, s, "11").Drop != DropNone {
		t.Error("the drag is not drawn")
	}
	if s = play(s, DragOver{"10", false}); row(t, s, "10").Drop != DropBefore {
		t.Error("the other side is not drawn")
	}
	if s = play(s, DragOver{"2", false}); row(t, s, "2").Drop != DropNone {
		t.Error("a row can be dropped on itself")
	}
	if s = play(s, Close{}); s.View.Drag != nil {
		t.Error("Escape does not end the drag")
	}
}

// Escape closes one thing at a time, the topmost first.
func TestClose(t *testing.T) {
	s := play(start(t, sample), Select{Row: "2"}, Failed{"why"}, Point{"2", 0}, ShowHelp{})
	for i, gone := range []func(State) bool{
		func(s State) bool { return !s.Open.Help },
		func(s State) bool { return s.View.Hot == nil },
		func(s State) bool { return s.Notice == nil },
		func(s State) bool { return s.View.Cursor == "" },
	} {
		if gone(s) {
			t.Errorf("%d is gone before its turn", i)
		}
		if s = play(s, Close{}); !gone(s) {
			t.Errorf("%d is not closed", i)
		}
	}
}

// TestPrefs checks that each preference is shown and kept, and leaves the network
// alone.
func TestPrefs(t *testing.T) {
	for _, c := range []struct {
		name string
		msg  Msg
		want Prefs
		see  func(State) string
		show string
	}{
		{"language", SetLang{catalog.Korean}, Prefs{Lang: catalog.Korean}, func(s State) string { return s.Name() }, "이름 없는 네트워크"},
		{"the other language", CycleLang{}, Prefs{Lang: catalog.Korean}, func(s State) string { return s.Words(catalog.CmdUndo) }, "실행 취소"},
		{"theme", SetTheme{ThemeDark}, Prefs{Theme: ThemeDark}, func(s State) string { return s.Prefs.Theme.Name() }, "dark"},
		{"the next theme", CycleTheme{}, Prefs{Theme: ThemeLight}, func(s State) string { return s.Prefs.Theme.Name() }, "light"},
		{"no biases", SetBiases{false}, Prefs{NoBiases: true}, func(s State) string { return s.Page.Summary.Params + " " + row(t, s, "2").Facts.Value }, "1,852 108"},
		{"MiB", SetBinary{true}, Prefs{Binary: true}, func(s State) string { return s.Page.Summary.Sizes[0].Bytes }, "7.3 KiB"},
		{"layout", SetLayout{tensor.ChannelsLast}, Prefs{Layout: tensor.ChannelsLast}, func(s State) string { return row(t, s, "2").Facts.Out + " " + row(t, s, "2").Facts.OutExact }, "6×6×4 4x6x6"},
		{"flat", SetFlat{true}, Prefs{Flat: true}, func(s State) string { return pieceText(row(t, s, "11").Facts.Formula) }, "144·10 + 10"},
		{"out of range", RestorePrefs{Prefs{Lang: 9, Theme: 9, Layout: 9, Flat: true}}, Prefs{Flat: true}, func(s State) string { return s.Name() }, "Untitled network"},
		{"in range", RestorePrefs{Prefs{Lang: 1, Theme: 2, Layout: 1, NoBiases: true}}, Prefs{Lang: 1, Theme: 2, Layout: 1, NoBiases: true}, State.Name, "이름 없는 네트워크"},
	} {
		before := start(t, sample)
		s, effects := Update(before, c.msg)
		if s.Prefs != c.want || effect[SavePrefs](t, effects).Prefs != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, s.Prefs, c.want)
		}
		if got := c.see(s); got != c.show {
			t.Errorf("%s shows %q, want %q", c.name, got, c.show)
		}
		if s.Doc.Report != before.Doc.Report || len(s.History.Past) != 0 {
			t.Errorf("%s is an edit", c.name)
		}
		whole(t, s)
	}
	if s := play(New(Prefs{}), CycleTheme{}, CycleTheme{}, CycleTheme{}, CycleLang{}, CycleLang{}); s.Prefs != (Prefs{}) {
		t.Errorf("round and round gives %+v", s.Prefs)
	}
}

// TestNotices checks notices, and the effects that come with them.
func TestNotices(t *testing.T) {
	s := start(t, sample)
	for _, c := range []struct {
		msg  Msg
		tone Tone
		want string
	}{
		{Shared{}, ToneGood, "Link copied ("},
		{ShareFailed{"https://x/#1"}, ToneBad, "Copy the link manually: https://x/#1"},
		{Failed{"index"}, ToneBad, "Your network is unchanged. (index)"},
		{FileFailed{"a.bin", "too large"}, ToneBad, "a.bin could not be read: too large"},
		{NewVersion{}, ToneInfo, "A new version of paramstack is available."},
	} {
		said := play(s, c.msg)
		if said.Notice == nil || said.Notice.Tone != c.tone || !strings.Contains(notice(said), c.want) {
			t.Errorf("%T says %q", c.msg, notice(said))
		}
		if play(said, Dismiss{}).Notice != nil {
			t.Errorf("%T stays", c.msg)
		}
		// An edit answers a complaint, but not a question.
		if edited := play(said, Toggle{2, "bias"}); (edited.Notice == nil) != (c.tone != ToneInfo) {
			t.Errorf("%T after an edit: %q", c.msg, notice(edited))
		}
	}
	version := play(s, NewVersion{})
	if actions := version.Notice.Actions; len(actions) != 2 || actions[0].Send != (Reload{}) || actions[1].Send != (Dismiss{}) {
		t.Errorf("actions %+v", version.Notice.Actions)
	}
	_, effects := Update(version, Reload{})
	effect[ReloadPage](t, effects)
	_, effects = Update(s, Share{})
	if c := effect[CopyLink](t, effects); c.Fragment != s.Fragment() || c.Title != "Untitled network" {
		t.Errorf("shared %+v", c)
	}
	for name, file := range map[string]string{"AlexNet 2012": "alexnet-2012.stack", "../../x": "x.stack", "": "untitled-network.stack", "이름 둘": "이름-둘.stack", "???": "network.stack"} {
		named := start(t, "name "+name+"\ninput 3x8x8\n")
		_, effects := Update(named, Download{})
		if f := effect[SaveFile](t, effects); f.Name != file || f.Text != named.Doc.Text {
			t.Errorf("%q is saved as %q", name, f.Name)
		}
	}
}

// TestTitle: the name of a published network is in the reader's language while it is
// that network, on the page alone: the stack text and the record keep their own.
func TestTitle(t *testing.T) {
	s := play(New(Prefs{}), SetLang{catalog.Korean}, LoadPreset{"alexnet-post"})
	if got, want := s.Page.Summary.Title, catalog.Korean.In(catalog.PresetName("alexnet-post")); got != want || s.Name() != "AlexNet as the post draws it" {
		t.Errorf("in Korean it is called %q, want %q, and by itself %q", got, want, s.Name())
	}
	if english := play(s, SetLang{catalog.English}); english.Page.Summary.Title != s.Name() {
		t.Errorf("in English it is called %q", english.Page.Summary.Title)
	}
	if edited := play(s, SetField{2, "filters", "7"}); edited.Page.Summary.Title != s.Name() {
		t.Errorf("edited, it is called %q", edited.Page.Summary.Title)
	}
}
