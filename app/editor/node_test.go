package editor

import (
	"slices"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/text"
)

// TestEdits plays commands on sample and checks the network and the cursor, and
// that one undo restores everything.
func TestEdits(t *testing.T) {
	at := func(k Key) Msg { return Select{Row: k} }
	to := func(k Key) Msg { return Select{Row: k, Extend: true} }
	for _, c := range []struct {
		name   string
		msgs   []Msg
		want   string
		cursor Key
	}{
		{"insert at a row", []Msg{OpenPalette{"2"}, Insert{"bn"}}, "i3x8x8;c4k3;b;repeat2{c4k3p1;r};add{c4k1|};f;l10", "12"},
		{"insert at the cursor", []Msg{at("10"), OpenPalette{}, Insert{"dropout"}}, "i3x8x8;c4k3;repeat2{c4k3p1;r};add{c4k1|};f;d;l10", "12"},
		{"insert into a path", []Msg{OpenPalette{"9"}, Insert{"relu"}}, "i3x8x8;c4k3;repeat2{c4k3p1;r};add{c4k1|r};f;l10", "12"},
		{"insert at the end", []Msg{OpenPalette{}, Insert{"softmax"}}, plain + ";s", "12"},
		{"insert a block", []Msg{OpenPalette{"1"}, Insert{"repeat"}}, "i3x8x8;repeat2{c64k3p1;r};c4k3;repeat2{c4k3p1;r};add{c4k1|};f;l10", "12"},
		{"insert what there is not", []Msg{OpenPalette{"1"}, Insert{"nothing"}}, plain, ""},
		{"insert without a palette", []Msg{at("2"), Insert{"relu"}}, "i3x8x8;c4k3;r;repeat2{c4k3p1;r};add{c4k1|};f;l10", "12"},

		{"duplicate", []Msg{at("2"), Duplicate{}}, "i3x8x8;c4k3;c4k3;repeat2{c4k3p1;r};add{c4k1|};f;l10", "12"},
		{"duplicate a block", []Msg{at("6"), Duplicate{}}, "i3x8x8;c4k3;repeat2{c4k3p1;r};add{c4k1|};add{c4k1|};f;l10", "12"},
		{"duplicate several", []Msg{at("4"), to("5"), Duplicate{}}, "i3x8x8;c4k3;repeat2{c4k3p1;c4k3p1;r;r};add{c4k1|};f;l10", "13"},
		{"duplicate nothing", []Msg{Duplicate{}}, plain, ""},

		{"delete: the cursor goes to what follows", []Msg{at("2"), Delete{}}, "i3x8x8;repeat2{c4k3p1;r};add{c4k1|};f;l10", "3"},
		{"delete the last: to what precedes", []Msg{at("11"), Delete{}}, "i3x8x8;c4k3;repeat2{c4k3p1;r};add{c4k1|};f", "10"},
		{"delete a block: not into it", []Msg{at("3"), Delete{}}, "i3x8x8;c4k3;add{c4k1|};f;l10", "6"},
		{"delete several", []Msg{at("10"), to("11"), Delete{}}, "i3x8x8;c4k3;repeat2{c4k3p1;r};add{c4k1|}", "9"},
		{"delete all", []Msg{at("1"), to("11"), Delete{}}, "", ""},
		{"delete nothing", []Msg{Delete{}}, plain, ""},

		{"shift up", []Msg{at("11"), Shift{-1}}, "i3x8x8;c4k3;repeat2{c4k3p1;r};add{c4k1|};l10;f", "11"},
		{"shift several, as often as one likes", []Msg{at("10"), to("11"), Shift{-1}, Shift{-1}}, "i3x8x8;c4k3;f;l10;repeat2{c4k3p1;r};add{c4k1|}", "11"},
		{"shift out of a block", []Msg{at("4"), Shift{-1}}, "i3x8x8;c4k3;c4k3p1;repeat2{r};add{c4k1|};f;l10", "4"},
		{"shift at the top", []Msg{at("1"), to("2"), Shift{-1}}, plain, "2"},

		{"wrap in a repeat", []Msg{at("10"), to("11"), WrapRepeat{}}, "i3x8x8;c4k3;repeat2{c4k3p1;r};add{c4k1|};repeat2{f;l10}", "12"},
		{"wrap a run with a block", []Msg{at("2"), to("6"), WrapRepeat{}}, "i3x8x8;repeat2{c4k3;repeat2{c4k3p1;r};add{c4k1|}};f;l10", "12"},
		{"wrap in a skip", []Msg{at("2"), WrapSkip{}}, "i3x8x8;add{c4k3|};repeat2{c4k3p1;r};add{c4k1|};f;l10", "14"},
		{"wrap what is apart", []Msg{at("8"), to("10"), WrapRepeat{}}, plain, "10"},
		{"unwrap a repeat", []Msg{at("3"), Unwrap{}}, "i3x8x8;c4k3;c4k3p1;r;add{c4k1|};f;l10", "5"},
		{"unwrap a branch", []Msg{at("6"), Unwrap{}}, "i3x8x8;c4k3;repeat2{c4k3p1;r};c4k1;f;l10", "8"},
		{"unwrap a layer", []Msg{at("2"), Unwrap{}}, plain, "2"},

		{"add a path", []Msg{at("6"), AddPath{}}, "i3x8x8;c4k3;repeat2{c4k3p1;r};add{c4k1||};f;l10", "12"},
		{"add a path to a layer", []Msg{at("2"), AddPath{}}, plain, "2"},
		{"delete a path", []Msg{at("9"), Delete{}}, "i3x8x8;c4k3;repeat2{c4k3p1;r};add{c4k1};f;l10", "7"},
		{"delete the first path", []Msg{at("7"), Delete{}}, "i3x8x8;c4k3;repeat2{c4k3p1;r};add{};f;l10", "9"},

		{"freeze", []Msg{at("2"), Freeze{}}, "i3x8x8;c4k3 frozen;repeat2{c4k3p1;r};add{c4k1|};f;l10", "2"},
		{"freeze those that learn", []Msg{at("2"), to("5"), Freeze{}}, "i3x8x8;c4k3 frozen;repeat2{c4k3p1 frozen;r};add{c4k1|};f;l10", "5"},
		{"freeze what learns nothing", []Msg{at("5"), Freeze{}}, plain, "5"},

		{"drag below", []Msg{DragStart{"2"}, DragOver{"10", true}, Drop{}}, "i3x8x8;repeat2{c4k3p1;r};add{c4k1|};f;c4k3;l10", "2"},
		{"drag above", []Msg{DragStart{"11"}, DragOver{"10", false}, Drop{}}, "i3x8x8;c4k3;repeat2{c4k3p1;r};add{c4k1|};l10;f", "11"},
		{"drag into a path", []Msg{DragStart{"5"}, DragOver{"9", false}, Drop{}}, "i3x8x8;c4k3;repeat2{c4k3p1};add{c4k1|r};f;l10", "5"},
		{"drag a block into itself", []Msg{DragStart{"6"}, DragOver{"8", true}, Drop{}}, plain, ""},
		{"drag a block into its own path", []Msg{DragStart{"6"}, DragOver{"9", true}, Drop{}}, plain, ""},
		{"drag onto itself", []Msg{DragStart{"2"}, DragOver{"2", true}, Drop{}}, plain, ""},
		{"drag to where it is", []Msg{DragStart{"2"}, DragOver{"1", true}, Drop{}}, plain, ""},
		{"drag to nowhere", []Msg{DragStart{"2"}, Drop{}}, plain, ""},
		{"drag and let be", []Msg{DragStart{"2"}, DragOver{"10", true}, DragCancel{}, Drop{}}, plain, ""},
		{"drag a path", []Msg{DragStart{"9"}, DragOver{"1", true}, Drop{}}, plain, ""},

		{"toggle", []Msg{Toggle{2, "bias"}}, "i3x8x8;c4k3 nobias;repeat2{c4k3p1;r};add{c4k1|};f;l10", ""},
		{"toggle what is no switch", []Msg{Toggle{2, "kernel"}, Toggle{3, "bias"}, Toggle{99, "bias"}}, plain, ""},
		{"set a field", []Msg{SetField{2, "padding", " Same "}}, "i3x8x8;c4k3psame;repeat2{c4k3p1;r};add{c4k1|};f;l10", ""},
		{"set a field to what it is", []Msg{SetField{2, "kernel", "3x3"}}, plain, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := start(t, strings.ReplaceAll(plain, ";", "\n"))
			after := play(before, c.msgs...)
			if compact(after) != c.want || after.View.Cursor != c.cursor {
				t.Errorf("%s at %q, want %s at %q", compact(after), after.View.Cursor, c.want, c.cursor)
			}
			sound(t, after)
			if c.cursor != "" && !row(t, after, c.cursor).Cursor {
				t.Errorf("the cursor is not drawn on %s", c.cursor)
			}
			if steps := len(after.History.Past); (steps > 0) != (c.want != plain) {
				t.Errorf("%d undo steps", steps)
			}
			for range after.History.Past {
				after = play(after, Undo{})
			}
			if compact(after) != plain {
				t.Errorf("undone it is %s", compact(after))
			}
			sound(t, after)
		})
	}
}

// Freezing what is frozen thaws it, and the totals keep both apart.
func TestFreeze(t *testing.T) {
	s := play(start(t, sample), Select{Row: "2"}, Freeze{})
	if p := s.Page.Summary; p.Frozen != "112" || !row(t, s, "2").Facts.Frozen {
		t.Errorf("frozen %q", p.Frozen)
	}
	if s = play(s, Freeze{}); s.Page.Summary.Frozen != "" {
		t.Error("freezing twice does not thaw")
	}
}

// The last path stays: a branch without paths means nothing.
func TestLastPath(t *testing.T) {
	s := play(start(t, "input 3x8x8\nadd { conv 3 k1 }\n"), Select{Row: "3"}, Delete{})
	if compact(s) != "i3x8x8;add{c3k1}" || s.View.Cursor != "3" || len(s.History.Past) != 0 {
		t.Errorf("%s at %q", compact(s), s.View.Cursor)
	}
}

// Equal neighbours can be passed, or one would be caught between them for ever.
func TestShiftPastEqual(t *testing.T) {
	s := play(start(t, "input 3x8x8\nrelu\nrelu\nrelu\ntanh\n"), Select{Row: "2"}, Shift{+1}, Shift{+1}, Shift{+1})
	if compact(s) != "i3x8x8;r;r;tanh;r" || len(s.History.Past) != 1 {
		t.Errorf("%s after %d steps", compact(s), len(s.History.Past))
	}
	if s = play(s, Select{Row: "3"}, Shift{+1}); len(s.History.Past) != 2 {
		t.Error("moving another node is not a step of its own")
	}
}

// TestFixes applies every fix that is offered for each kind of problem.
func TestFixes(t *testing.T) {
	for _, c := range []struct {
		name, src string
		row       Key
		want      []string // what each remedy makes of it
	}{
		{"groups", "input 6x8x8\nconv 8 k3 g4\n", "2", []string{"i6x8x8;c8k3g2"}},
		{"groups, below and above", "input 12x8x8\nconv 24 k3 g5\n", "2", []string{"i12x8x8;c24k3g4", "i12x8x8;c24k3g6"}},
		{"kernel too large", "input 3x4x4\nconv 8 k7\n", "2", []string{"i3x4x4;c8k7p2", "i3x4x4;c8k4"}},
		{"kernel too wide", "input 3x9x4\nconv 8 k7 d1x2\n", "2", []string{"i3x9x4;c8k7p5d1x2", "i3x9x4;c8k7x2d1x2"}},
		{"kernel too long", "input 3x4\nconv 8 k7\n", "2", []string{"i3x4;c8k7p2", "i3x4;c8k4"}},
		{"pool too large", "input 3x4x4\nmaxpool 7\n", "2", []string{"i3x4x4;m4"}},
		{"after a flatten", "input 3x8x8\nflatten\nrelu\nconv 8 k1\n", "4", []string{"i3x8x8;r;c8k1", "i3x8x8;f;r;reshape192x1x1;c8k1"}},
		{"pool after a flatten", "input 3x8x8\nflatten\nmaxpool 1\n", "3", []string{"i3x8x8;m1", "i3x8x8;f;reshape192x1x1;m1"}},
		{"on a vector", "input 7\nconv 8 k1\n", "2", []string{"i7;reshape7x1x1;c8k1"}},
		{"projection", "input 3x8x8\nadd { conv 16 k3 p1 s2 | }\n", "2", []string{"i3x8x8;add{c16k3s2p1|c16k1s2}"}},
		{"projection of the first path", "input 3x8x8\nadd { | conv 16 k3 p1 }\n", "2", []string{"i3x8x8;add{c16k1|c16k3p1}"}},
		{"projection of a third", "input 3x8x8\nadd { conv 8 k1 | conv 8 k3 p1 | conv 4 k1 }\n", "2",
			[]string{"i3x8x8;add{c8k1|c8k3p1|c4k1;c8k1}"}},
		{"not padded", "input 3x8x8\nadd { conv 3 k3 | }\n", "2", []string{"i3x8x8;add{c3k3|crop1}"}},
		{"not padded, twice", "input 3x9x9\nadd { conv 3 k4 | conv 3 k3 }\n", "2", []string{"i3x9x9;add{c3k4|c3k3;crop0+1}"}},
		{"halved", "input 3x8x8\nmax { maxpool 2 | }\n", "2", []string{"i3x8x8;max{m2|c3k1s2}", "i3x8x8;max{m2|crop2}"}},
		{"one side", "input 3x8x8\nadd { conv 3 k3 s1x2 p1 | }\n", "2",
			[]string{"i3x8x8;add{c3k3s1x2p1|c3k1s1x2}", "i3x8x8;add{c3k3s1x2p1|crop0x2}"}},
		{"features", "input 8\nadd { linear 16 | }\n", "2", []string{"i8;add{l16|l16}"}},
		{"a vector and its map", "input 3x8x8\nadd { flatten | }\n", "2", []string{"i3x8x8;add{f|f}"}},
		{"squeezed", "input 3x8x8\nmul { globalavgpool flat | }\n", "2", []string{"i3x8x8;mul{g flat|g flat}"}},
		{"concat, sides", "input 3x8x8\nconcat { conv 8 k3 | conv 4 k1 }\n", "2", []string{"i3x8x8;concat{c8k3|c4k1;crop1}"}},
		{"concat, halved", "input 3x8x8\nconcat { conv 8 k3 s2 p1 | }\n", "2",
			[]string{"i3x8x8;concat{c8k3s2p1|c3k1s2}", "i3x8x8;concat{c8k3s2p1|crop2}"}},
		{"steps in time", "input 5x8\nlstm 6\nadd { linear 4 | }\n", "3", []string{"i5x8;lstm6;add{l4|l4}"}},
		{"same with a stride", "input 3x8x8\nconv 8 k3 s2 psame\n", "2", []string{"i3x8x8;c8k3s2p1", "i3x8x8;c8k3s2pkeras-same", "i3x8x8;c8k3psame"}},
		{"no flatten", "input 3x8x8\nlinear 10\n", "2", []string{"i3x8x8;f;l10"}},
		{"slopes", "input 6x8x8\nprelu 4\n", "2", []string{"i6x8x8;prelu6", "i6x8x8;prelu"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := start(t, c.src)
			shown := row(t, s, c.row).Facts.Problems
			if len(shown) != 1 || !slices.Equal(labels(s, c.row), shown[0].Fixes) {
				t.Fatalf("problems %+v", shown)
			}
			var got []string
			for i := range shown[0].Fixes {
				fixed := play(s, ApplyFix{c.row, 0, i})
				got = append(got, compact(fixed))
				if fixed.Page.Issues != 0 {
					t.Errorf("%s still has %d problems", compact(fixed), fixed.Page.Issues)
				}
				sound(t, fixed)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("fixed to %q, want %q", got, c.want)
			}
			for _, none := range []Msg{ApplyFix{"99", 0, 0}, ApplyFix{c.row, 9, 0}, ApplyFix{c.row, 0, 9}} {
				if after := play(s, none); compact(after) != compact(s) {
					t.Errorf("%v made it %s", none, compact(after))
				}
			}
		})
	}
}

func labels(s State, k Key) []string {
	var out []string
	for _, fix := range s.rowOf(k).Problems[0].Fixes {
		out = append(out, fix.Label().In(catalog.English))
	}
	return out
}

// TestRefused checks that an edit that cannot be made has a sentence, and leaves
// the network as it was.
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		msgs []Msg
		want string
	}{
		{"a node that is gone", []Msg{SetField{99, "kernel", "3"}}, "no longer exists"},
		{"a field that is none", []Msg{SetField{2, "colour", "red"}}, "no longer exists"},
		{"a field of a repeat", []Msg{SetField{3, "kernel", "3"}}, "no longer exists"},
		{"a value", []Msg{SetField{2, "kernel", "x"}}, "‘x’"},
		{"a needed value", []Msg{SetField{2, "kernel", ""}}, "‘’"},
		{"times", []Msg{SetField{3, TimesField, "0"}}, "‘0’"},
		{"times in words", []Msg{SetField{3, TimesField, "many"}}, "‘many’"},
		{"a label", []Msg{SetField{2, LabelField, "9 lives"}}, "not a valid label"},
		{"wrapping what is apart", []Msg{Select{Row: "8"}, Select{Row: "10", Extend: true}, WrapSkip{}}, "Only adjacent layers"},
		{"wrapping nothing", []Msg{WrapRepeat{}}, "Only adjacent layers"},
	} {
		s := play(start(t, sample), c.msgs...)
		if got := notice(s); !strings.Contains(got, c.want) || s.Notice.Tone != ToneBad || compact(s) != plain {
			t.Errorf("%s: %q, %s", c.name, got, compact(s))
		}
		sound(t, s)
	}
	s := play(start(t, sample), SetField{2, LabelField, "stem"}, SetField{4, LabelField, "stem"})
	if notice(s) != "The label ‘stem’ is already used. Choose a different one." {
		t.Errorf("a label taken: %q", notice(s))
	}
}

// TestPalette checks that every item is found by its name, and fits somewhere.
func TestPalette(t *testing.T) {
	s := play(start(t, sample), OpenPalette{"2"})
	all := s.Items()
	for _, it := range all {
		if nodes, problems := text.ParseNodes(it.Text); len(nodes) != 1 || len(problems) != 0 {
			t.Errorf("%s inserts %q: %v", it.ID, it.Text, problems)
		}
		if found := play(s, Search{it.ID}).Items(); len(found) == 0 || !slices.ContainsFunc(found, func(f Item) bool { return f.ID == it.ID }) {
			t.Errorf("%s is not found by its name", it.ID)
		}
		if !catalog.Has(it.Doc) {
			t.Errorf("%s has no explanation", it.ID)
		}
		sound(t, play(s, Insert{it.ID}))
	}
	for query, want := range map[string]string{"Dense": "linear", "Conv2d": "conv", "innerproduct": "linear", " BN ": "bn", "nonsense": "", "maxp": "maxpool"} {
		got := ""
		if items := play(s, Search{query}).Items(); len(items) > 0 {
			got = items[0].ID
		}
		if got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
	if korean := play(s, SetLang{catalog.Korean}, Search{"합성곱"}).Items(); len(korean) == 0 {
		t.Error("nothing is found in Korean")
	}
	for by, want := range map[int]int{1: 1, -1: len(all) - 1, len(all): 0} {
		if got := play(s, Pick{by}).Open.Palette.Index; got != want {
			t.Errorf("picking by %d gives %d, want %d", by, got, want)
		}
	}
	if play(s, Search{"nonsense"}, Pick{1}, Close{}).Open.Palette != nil || play(s, Close{}).Items() != nil {
		t.Error("the palette does not close")
	}
}

// Places go stale: what the palette was opened at may be gone.
func TestPaletteAtNothing(t *testing.T) {
	s := play(start(t, sample), Select{Row: "2"}, OpenPalette{}, Delete{}, Insert{"relu"})
	if compact(s) != "i3x8x8;repeat2{c4k3p1;r};add{c4k1|};f;l10;r" || s.View.Cursor.ID() != arch.ID(12) {
		t.Errorf("%s at %s", compact(s), s.View.Cursor)
	}
}
