package editor

import (
	"testing"

	"paramstack/core/tensor"
)

// TestTypedOrder reads the shape of an input in the order in which the page shows
// it (case 05), and writes the stack text channels first all the same.
func TestTypedOrder(t *testing.T) {
	for _, c := range []struct{ begin, shown, typed, text string }{
		{"input 3x224x224\nconv 64 k3\n", "224x224x3", "28x28x1", "input 1x28x28\nconv 64 k3\n"},
		{"input 3x224x224\nconv 64 k3\n", "224x224x3", "32×48×3", "input 3x32x48\nconv 64 k3\n"},
		{"input 3x8x9x10\nconv 64 k3\n", "8x9x10x3", "4x5x6x2", "input 2x4x5x6\nconv 64 k3\n"},
		{"input 5x4\nlstm 6\n", "5x4", "7x3", "input 7x3\nlstm 6\n"},
		{"input 4x50\nconv 6 k3\n", "50x4", "60x5", "input 5x60\nconv 6 k3\n"},
		{"input 6x2x20x20\nconvlstm 8 k3 psame\n", "6x20x20x2", "5x16x18x1", "input 5x1x16x18\nconvlstm 8 k3 psame\n"},
		{"input 784\nlinear 10\n", "784", "100", "input 100\nlinear 10\n"},
	} {
		for _, order := range []Msg{SetLayout{tensor.ChannelsLast}, SetKeras{true}} {
			s := play(start(t, c.begin), order, Select{Row: "1"})
			if got := row(t, s, s.Page.Key(0)).Facts.Chips[0].Value; got != c.shown {
				t.Errorf("%q shows %s, want %s", c.begin, got, c.shown)
			}
			s = play(s, BeginEdit{Row: "1", Field: "shape"})
			if got := s.View.Edit.Start; got != c.shown {
				t.Errorf("%q begins with %s", c.begin, got)
			}
			if same := play(s, Typed{c.shown}, EndEdit{}); same.Doc.Text != c.begin {
				t.Errorf("%q becomes %q though nothing was changed", c.begin, same.Doc.Text)
			}
			if s = play(s, Typed{c.typed}, EndEdit{}); s.Doc.Text != c.text {
				t.Errorf("%q after %s is %q", c.begin, c.typed, s.Doc.Text)
			}
			if s = play(s, BeginEdit{Row: "1", Field: "shape"}, Typed{"28x"}); s.View.Edit.Error == nil && s.Doc.Text == "" {
				t.Error("an unfinished shape empties the text")
			}
		}
	}
}

// TestOtherReading offers the other reading of an input as a button, at its row
// and at the row that fails for it.
func TestOtherReading(t *testing.T) {
	s := start(t, "input 32x32x3\nconv 18 k5\n")
	for n := range 2 {
		r := row(t, s, s.Page.Key(n))
		last := r.Facts.Problems[len(r.Facts.Problems)-1]
		if len(last.Fixes) != 1 {
			t.Fatalf("row %d offers %v", n, r.Facts.Problems)
		}
		after := play(s, ApplyFix{Row: r.Key, Problem: last.Index})
		if after.Doc.Text != "input 3x32x32\nconv 18 k5\n" || after.Page.Summary.Params != "1,368" {
			t.Errorf("%q becomes %q", last.Fixes[0], after.Doc.Text)
		}
		if back := play(after, Undo{}); back.Doc.Text != s.Doc.Text {
			t.Error("undo does not bring it back")
		}
	}
}
