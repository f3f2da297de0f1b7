package editor

import "testing"

// TestDeclaredInput keeps what a layer declares that it receives as long as it does not
// fit: each remedy ends it, and so does an edit of the layer before.
func TestDeclaredInput(t *testing.T) {
	const src = "input 784\nlinear 100\nlinear 10 in=200\n"
	s := start(t, src)
	r := row(t, s, "3")
	if len(r.Facts.Problems) != 1 || len(r.Facts.Problems[0].Fixes) != 2 || s.Doc.Text != src {
		t.Fatalf("%q has %v", s.Doc.Text, r.Facts.Problems)
	}
	for fix, want := range map[int]string{0: "input 784\nlinear 200\nlinear 10\n", 1: "input 784\nlinear 100\nlinear 10\n"} {
		after := play(s, ApplyFix{Row: "3", Fix: fix})
		if after.Doc.Text != want || len(row(t, after, "3").Facts.Problems) != 0 {
			t.Errorf("remedy %d gives %q", fix, after.Doc.Text)
		}
		if back := play(after, Undo{}); back.Doc.Text != src || len(row(t, back, "3").Facts.Problems) != 1 {
			t.Errorf("undone it is %q", back.Doc.Text)
		}
	}
	if s := play(s, SetField{2, "features", "150"}); s.Doc.Text != "input 784\nlinear 150\nlinear 10 in=200\n" || len(row(t, s, "3").Facts.Problems) != 1 {
		t.Errorf("after another edit it is %q", s.Doc.Text)
	}
	linked := play(start(t, "input 3x8x8\n"), LoadLink{Fragment: s.Fragment()})
	if linked.Doc.Text != src || len(row(t, linked, "3").Facts.Problems) != 1 {
		t.Errorf("by its link it is %q", linked.Doc.Text)
	}
	if s := play(s, SetField{2, "features", "200"}); s.Doc.Text != "input 784\nlinear 200\nlinear 10\n" {
		t.Errorf("when it fits it is %q", s.Doc.Text)
	}
}
