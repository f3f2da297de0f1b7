package editor

import (
	"strings"
	"testing"
)

// typing opens a chip and types values one after another.
func typing(row Key, field string, values ...string) []Msg {
	msgs := []Msg{BeginEdit{row, field}}
	for _, v := range values {
		msgs = append(msgs, Typed{v})
	}
	return msgs
}

// TestTyping types in chips of sample: the network follows each keystroke that can
// be read, all are one undo step, and Escape restores what was there. What is wrong
// changes nothing, and the chip stays open.
func TestTyping(t *testing.T) {
	for _, c := range []struct {
		name string
		msgs []Msg
		want string // the second statement on
		bad  string // the error, in part
	}{
		{"a kernel", typing("2", "kernel", "5", "5x", "5x1"), "c4k5x1;repeat2{c4k3p1;r};add{c4k1|};f;l10", ""},
		{"the main value, unnamed", typing("2", "", "8", "8*", "8*2"), "c8*2k3;repeat2{c4k3p1;r};add{c4k1|};f;l10", ""},
		{"what cannot be read", typing("2", "kernel", "5", "5x", "x"), "c4k3;repeat2{c4k3p1;r};add{c4k1|};f;l10", "‘x’"},
		{"too much", typing("2", "filters", "99999999999999999999"), "c4k3;repeat2{c4k3p1;r};add{c4k1|};f;l10", "99999999999999999999"},
		{"clearing gives the default", typing("4", "padding", ""), "c4k3;repeat2{c4k3;r};add{c4k1|};f;l10", ""},
		{"clearing what is needed does not", typing("2", "kernel", ""), "c4k3;repeat2{c4k3p1;r};add{c4k1|};f;l10", "‘’"},
		{"a word, as phones write it", typing("4", "padding", "Same"), "c4k3;repeat2{c4k3psame;r};add{c4k1|};f;l10", ""},
		{"how often", typing("3", "", "1", "12"), "c4k3;repeat12{c4k3p1;r};add{c4k1|};f;l10", ""},
		{"never", typing("3", TimesField, "0"), "c4k3;repeat2{c4k3p1;r};add{c4k1|};f;l10", "‘0’"},
		{"too often", typing("3", TimesField, "1000000001"), "c4k3;repeat2{c4k3p1;r};add{c4k1|};f;l10", "‘1000000001’"},
		{"a label", typing("2", LabelField, "s", "st"), "st:c4k3;repeat2{c4k3p1;r};add{c4k1|};f;l10", ""},
		{"no label", typing("2", LabelField, "s", "s t"), "c4k3;repeat2{c4k3p1;r};add{c4k1|};f;l10", "‘s t’"},
		{"there and back", typing("2", "kernel", "31", "3"), "c4k3;repeat2{c4k3p1;r};add{c4k1|};f;l10", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			open := play(start(t, sample), c.msgs...)
			want := "i3x8x8;" + c.want
			if e := open.View.Edit; e == nil || (e.Error != nil) != (c.bad != "") {
				t.Fatalf("edit %+v", e)
			}
			drawn := row(t, open, open.View.Edit.Row)
			if compact(open) != want || drawn.Edit == "" || !strings.Contains(drawn.EditBad, c.bad) || (drawn.EditBad == "") != (c.bad == "") {
				t.Errorf("%s, want %s; the chip says %q", compact(open), want, drawn.EditBad)
			}
			sound(t, open)

			done := play(open, EndEdit{})
			steps := 1
			if want == plain {
				steps = 0
			}
			if compact(done) != want || (done.View.Edit != nil) != (c.bad != "") || len(done.History.Past) != steps {
				t.Errorf("closed it is %s with %d steps, want %d", compact(done), len(done.History.Past), steps)
			}
			if undone := play(done, Undo{}); compact(undone) != plain {
				t.Errorf("undone it is %s", compact(undone))
			}
			if undone := play(open, Undo{}); compact(undone) != plain {
				t.Errorf("undone while open it is %s", compact(undone))
			}
			cancelled := play(open, EndEdit{Cancel: true})
			if compact(cancelled) != plain || cancelled.View.Edit != nil || len(cancelled.History.Past) != 0 {
				t.Errorf("cancelled it is %s with %d steps", compact(cancelled), len(cancelled.History.Past))
			}
			sound(t, cancelled)
		})
	}
}

// Opening a chip moves the cursor and the focus to it; closing it returns the
// focus, unless that has moved elsewhere already.
func TestFocus(t *testing.T) {
	s, effects := Update(start(t, sample), BeginEdit{"2", "kernel"})
	if f := effect[Focus](t, effects); f.ElementID != "edit-2-kernel" || !f.Select {
		t.Errorf("focus %+v", f)
	}
	if e := s.View.Edit; s.View.Cursor != "2" || e.Start != "3" || row(t, s, "2").EditText != "3" {
		t.Errorf("cursor %s, edit %+v", s.View.Cursor, e)
	}
	_, effects = Update(s, EndEdit{})
	if f := effect[Focus](t, effects); f.ElementID != "row-2" {
		t.Errorf("focus %+v", f)
	}
	if _, effects = Update(s, EndEdit{Left: true}); len(effects) != 0 {
		t.Errorf("the focus is taken back: %v", effects)
	}
}

// What else happens closes the chip and keeps what was typed as a step.
func TestTypingEnds(t *testing.T) {
	for name, msgs := range map[string][]Msg{
		"another chip":          {BeginEdit{"2", "stride"}, Typed{"2"}},
		"the same chip again":   {EndEdit{}, BeginEdit{"2", "kernel"}, Typed{"1"}},
		"another row":           {Select{Row: "4"}, SetField{4, "padding", "0"}},
		"the palette, and back": {OpenPalette{}, Close{}, BeginEdit{"2", "kernel"}, Typed{"1"}},
		"a switch":              {Toggle{2, "bias"}},
	} {
		s := play(play(start(t, sample), typing("2", "kernel", "4", "5")...), msgs...)
		if len(s.History.Past) != 2 {
			t.Errorf("%s: %d steps in %s", name, len(s.History.Past), compact(s))
		}
		if s = play(s, Undo{}); !strings.Contains(compact(s), "c4k5;") {
			t.Errorf("%s: undone it is %s", name, compact(s))
		}
	}
	if s := play(play(start(t, sample), typing("2", "kernel", "5")...), Select{Row: "2"}, Delete{}); s.View.Edit != nil {
		t.Error("a chip of a deleted row is open")
	}
	if s := play(start(t, sample), Typed{"5"}, EndEdit{}, EndEdit{Cancel: true}); compact(s) != plain {
		t.Error("typing into no chip is an edit")
	}
}

// TestNothingToEdit opens no chip where there is none to type in.
func TestNothingToEdit(t *testing.T) {
	s := play(start(t, sample), Unroll{})
	for _, k := range []Key{"7", "3t1", "99", ""} {
		if s := play(s, BeginEdit{k, ""}); s.View.Edit != nil {
			t.Errorf("%q opens %+v", k, s.View.Edit)
		}
	}
	// Enter on a layer without a main value edits what there is: another value,
	// or the name.
	for src, want := range map[string]string{"conv 4 k3": "filters", "maxpool 2": "kernel", "relu": LabelField, "flatten": "start", "add { | }": LabelField, "repeat 2 { relu }": TimesField} {
		if s := play(start(t, "input 3x8x8\n"+src), BeginEdit{"2", ""}); s.View.Edit == nil || s.View.Edit.Field != want {
			t.Errorf("%s opens %+v, want %s", src, s.View.Edit, want)
		}
	}
}

// TestRename checks that references to a label follow each keystroke, and that a
// label that is taken is refused.
func TestRename(t *testing.T) {
	const src = "input 3x8x8\nenc1: conv 4 k3 p1\nenc2: relu\nadd @enc1\n"
	s := play(start(t, src), typing("2", LabelField, "e", "", "skip")...)
	if compact(s) != "i3x8x8;skip:c4k3p1;enc2:r;add @skip" || s.Page.Issues != 0 {
		t.Errorf("%s with %d problems", compact(s), s.Page.Issues)
	}
	if s = play(s, Typed{"enc2"}); s.View.Edit.Error == nil || compact(s) != "i3x8x8;enc1:c4k3p1;enc2:r;add @enc1" {
		t.Errorf("a label taken makes it %s", compact(s))
	}
	if s = play(s, Typed{"skip"}, EndEdit{}, Undo{}); compact(s) != "i3x8x8;enc1:c4k3p1;enc2:r;add @enc1" {
		t.Errorf("undone it is %s", compact(s))
	}
	if got := row(t, s, "2").Facts; got.Name != "enc1" || !got.Labelled {
		t.Errorf("the row is called %q", got.Name)
	}
	s = play(s, SetField{2, LabelField, ""})
	if got := row(t, s, "2").Facts; got.Name != "conv1" || got.Labelled || s.Page.Issues != 1 {
		t.Errorf("without a label the row is called %q, %d problems", got.Name, s.Page.Issues)
	}
}
