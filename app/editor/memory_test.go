package editor

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
)

// What the page shows of the memory of activations, and the way to the row of its peak.
func TestMemory(t *testing.T) {
	s := New(Prefs{})
	m := s.Page.Summary.Memory
	if m.Raw != "580800" || m.Name != "lrn1" || m.Exact != "580,800" || m.Sizes[0].Bytes != "2.3 MB" || m.Sizes[2].Bytes != "580.8 kB" {
		t.Errorf("AlexNet: %+v", m)
	}
	if m.Alive != "conv1 96×55×55 + lrn1 96×55×55" {
		t.Errorf("alive: %s", m.Alive)
	}
	if !strings.HasPrefix(m.Curve.Path, "M0 100L0.0 ") || !strings.HasSuffix(m.Curve.Path, "L100.0 99.8L100 100Z") || !strings.Contains(m.Curve.Say, "2.3 MB at lrn1") {
		t.Errorf("curve: %+v", m.Curve)
	}
	next := play(s, GoToNode{m.Row})
	if next.View.Cursor != keyOf(m.Row) || next.Page.Find(keyOf(m.Row)) < 0 {
		t.Errorf("the cursor is at %q", next.View.Cursor)
	}
	if again := play(s, GoToNode{9999}); again.View.Cursor != s.View.Cursor {
		t.Error("went to a node that is not there")
	}

	// In a block that is folded.
	s = play(start(t, "input 4x8x8\nrepeat 3 {\nconv 64 k3 p1\nconv 4 k1\n}\n"), FoldAll{})
	if m = s.Page.Summary.Memory; m.Name != "conv1" {
		t.Fatalf("peak at %s", m.Name)
	}
	next = play(s, GoToNode{m.Row})
	if next.View.Cursor != keyOf(m.Row) || next.Page.Find(keyOf(m.Row)) < 0 || s.Page.Find(keyOf(m.Row)) >= 0 {
		t.Errorf("the cursor is at %q", next.View.Cursor)
	}

	for src, want := range map[string]string{"input 8": "8 ", "input 3x?x?\nconv 8 k3": "≥ 0 ", "input 8\nopaque\nlinear 4": "≥ 8 "} {
		m := start(t, src).Page.Summary.Memory
		if m.Exact+" " != want || strings.HasPrefix(m.Sizes[0].Bytes, "≥") != strings.HasPrefix(want, "≥") {
			t.Errorf("%q: %+v", src, m)
		}
	}
	if say := play(New(Prefs{Lang: catalog.Korean})).Page.Summary.Memory.Curve.Say; !strings.Contains(say, "lrn1에서 최대") {
		t.Errorf("in Korean: %s", say)
	}
}
