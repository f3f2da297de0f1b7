package editor

import (
	"slices"
	"strings"
	"testing"

	"paramstack/core/catalog"
)

// reasonsAt returns what is shown of why a row has its number, "" if nothing is.
func reasonsAt(s State, k Key) string {
	row := s.Page.Row(k)
	if row == nil || row.Reasons == nil {
		return ""
	}
	x := row.Reasons
	var all []string
	for _, t := range slices.Concat(x.Tensors, x.Kept) {
		all = append(all, t.Name+" "+t.Value+" "+t.Role)
		for _, f := range t.Factors {
			all = append(all, f.Text)
		}
	}
	return strings.Join(slices.Concat(x.Before, all, x.Text), "\n")
}

// TestReasons: the explanation is of the selected row alone, stays open while the
// cursor moves, follows edits, and closes by its key or Esc before the row is left.
func TestReasons(t *testing.T) {
	s := play(start(t, "input 3x32x32\nconv 8 k3\nrelu\nconv 16 k5 g2\nflatten\nlinear 10\n"), Select{Row: "2"})
	if reasonsAt(s, "2") != "" {
		t.Fatal("it is open at first")
	}
	s = play(s, ShowReasons{})
	if got := reasonsAt(s, "2"); !strings.Contains(got, "All 30×30 positions") ||
		!strings.Contains(got, "3·3: kernel height and width") {
		t.Fatalf("conv1: %s", got)
	}
	again := play(s, Point{Row: "2", Token: 0})
	if again.Page.Row("2").Reasons != s.Page.Row("2").Reasons {
		t.Error("what did not change is written again")
	}
	s = play(s, Go{By: 2})
	if s.View.Cursor != "4" || reasonsAt(s, "2") != "" || !strings.Contains(reasonsAt(s, "4"), "sees only 4 of the 8 channels") {
		t.Errorf("conv2: %s", reasonsAt(s, "4"))
	}
	s = play(s, SetField{4, "groups", "1"})
	if got := reasonsAt(s, "4"); strings.Contains(got, "groups") || !strings.Contains(got, "26×26") {
		t.Errorf("after the edit: %s", got)
	}
	if ko := play(s, SetLang{catalog.Korean}); !strings.Contains(reasonsAt(ko, "4"), "26×26개 위치") {
		t.Errorf("in Korean: %s", reasonsAt(ko, "4"))
	}
	norm := play(s, LoadText{Text: "input 3x8x8\nbn\n"}, Select{Row: "2"})
	if x := norm.Page.Row("2").Reasons; len(x.Tensors) != 2 || len(x.Kept) != 3 {
		t.Errorf("PyTorch keeps beside %d tensors %d", len(x.Tensors), len(x.Kept))
	}
	norm = play(norm, SetKeras{On: true})
	if x := norm.Page.Row("2").Reasons; len(x.Tensors) != 4 || len(x.Kept) != 0 {
		t.Errorf("Keras keeps beside %d tensors %d", len(x.Tensors), len(x.Kept))
	}
	s = play(s, Close{})
	if s.View.Cursor != "4" || reasonsAt(s, "4") != "" {
		t.Error("Esc closes more than the explanation")
	}
	if s = play(s, Close{}); s.View.Cursor != "" {
		t.Error("a second Esc keeps the row selected")
	}
	// Without a row there is nothing to show, and no harm.
	if s = play(s, ShowReasons{}, Select{Row: "6"}); !strings.Contains(reasonsAt(s, "6"), "has a weight for every value") {
		t.Errorf("linear1: %s", reasonsAt(s, "6"))
	}
}

// TestReasonsAnnounced: a screen reader hears the explanation when it opens.
func TestReasonsAnnounced(t *testing.T) {
	s := play(start(t, "input 3x32x32\nconv 8 k3\n"), Select{Row: "2"})
	_, effects := Update(s, ShowReasons{})
	heard := false
	for _, e := range effects {
		if a, ok := e.(Announce); ok {
			heard = strings.HasPrefix(a.Text, "Why conv1 has its number") && strings.Contains(a.Text, "30×30")
		}
	}
	if !heard {
		t.Errorf("the effects are %v", effects)
	}
}

// TestExplain: rows are explained by name and by ID; others are not.
func TestExplain(t *testing.T) {
	s := start(t, "input 3x32x32\nconv 8 k3\nmid: conv 16 k3\nrepeat 2 { relu }\n")
	for name, want := range map[string]string{"conv1": "30×30", "mid": "28×28", "3": "28×28", "2": "30×30", "repeat1": "repeated 2 times"} {
		got, ok := s.Explain(name)
		if !ok || !strings.Contains(strings.Join(got, "\n"), want) {
			t.Errorf("%s: %v", name, got)
		}
	}
	for _, name := range []string{"", "conv9", "99", "-1", "2@2", "conv1 "} {
		if got, ok := s.Explain(name); ok {
			t.Errorf("%q: %v", name, got)
		}
	}
}

// TestRemarkButton: what a remark offers is an edit like any other.
func TestRemarkButton(t *testing.T) {
	s := play(start(t, "input 3x8x8\nconv 16 k3 s4\nbn\n"), Select{Row: "2"})
	problems := s.Page.Row("2").Facts.Problems
	at := slices.IndexFunc(problems, func(p Problem) bool { return len(p.Fixes) == 1 && strings.Contains(p.Text, "bn1") })
	if at < 0 || s.Page.Issues != 0 {
		t.Fatalf("%d issues, %+v", s.Page.Issues, problems)
	}
	fixed := play(s, ApplyFix{Row: "2", Problem: problems[at].Index, Fix: 0})
	if want := "input 3x8x8\nconv 16 k3 s4 nobias\nbn\n"; fixed.Doc.Text != want {
		t.Errorf("%q", fixed.Doc.Text)
	}
	if back := play(fixed, Undo{}); back.Doc.Text != s.Doc.Text {
		t.Errorf("undo: %q", back.Doc.Text)
	}
}
