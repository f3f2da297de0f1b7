package editor

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
)

// TestExplainError explains a pasted error message and marks its layer; the
// network stays, and the remedy is a button (case 10).
func TestExplainError(t *testing.T) {
	const message = "RuntimeError: mat1 and mat2 shapes cannot be multiplied (16x1152 and 980x10)"
	src := "input 32x6x6\nflatten\nlinear 1152\nlinear 10\n"
	s := start(t, src)
	for _, m := range []Msg{ExplainError{message}, TypeText{message}} {
		after := play(s, m)
		if after.Doc.Text != src || after.Notice == nil || !strings.Contains(after.Notice.Say.In(catalog.English), "980") || !strings.Contains(after.Notice.Say.In(catalog.Korean), "1152") {
			t.Fatalf("%T: %q, %v", m, after.Doc.Text, after.Notice)
		}
		r := after.Page.Row(after.View.Cursor)
		if r == nil || r.Facts.Kind != "linear" || len(r.Facts.Problems) != 1 || len(r.Facts.Problems[0].Fixes) != 1 {
			t.Fatalf("%T marks %v", m, r)
		}
		if (after.Doc.Draft != nil) != (m == Msg(TypeText{message})) {
			t.Errorf("%T: the draft is %v", m, after.Doc.Draft)
		}
		fixed := play(after, ApplyFix{Row: r.Key})
		if !strings.Contains(fixed.Doc.Text, "linear 980") || len(fixed.Page.Row(r.Key).Facts.Problems) != 0 {
			t.Errorf("%T: the remedy gives %q", m, fixed.Doc.Text)
		}
		if twice := play(after, ExplainError{message}); len(twice.Page.Row(r.Key).Facts.Problems) != 1 {
			t.Error("the second message marks the row twice")
		}
	}
	if s = play(start(t, "input 4x6\nrelu\n"), ExplainError{message}); s.Notice == nil || !strings.Contains(s.Notice.Details[0], "No layer") || s.View.Cursor != "" && len(s.Page.Row(s.View.Cursor).Facts.Problems) > 0 {
		t.Errorf("without such a layer: %v", s.Notice)
	}
	if Explains("conv 4 k3") || Explains("input 3x8x8") || !Explains(message) {
		t.Error("a stack is taken for an error message")
	}
}
