package editor

import (
	"strings"
	"testing"
)

// An edit leaves the diagram as it is, for the rows to be shown first; then it is drawn
// once, however many edits there were, and not again while nothing changes.
func TestDiagramFollows(t *testing.T) {
	s := play(start(t, "input 3x32x32\na: conv 4 k5\n"), DrawDiagram{})
	drawn := s.Page.Diagram
	if drawn == nil || s.Page.DiagramLate() || !strings.Contains(drawn.SVG, `data-shape="4x28x28"`) {
		t.Fatalf("it is drawn as %+v", drawn)
	}
	if again := play(s, DrawDiagram{}, Select{Row: "2"}, DrawDiagram{}); again.Page.Diagram != drawn {
		t.Error("it is drawn again although nothing changed")
	}
	for _, text := range []string{"input 3x32x32\na: conv 5 k5\n", "input 3x32x32\na: conv 55 k5\n"} {
		if s = play(s, TypeText{text}); s.Page.Diagram != drawn || !s.Page.DiagramLate() {
			t.Fatal("an edit waits for the diagram")
		}
	}
	s = play(s, DrawDiagram{})
	if d := s.Page.Diagram; d.Serial != drawn.Serial+1 || s.Page.DiagramLate() || !strings.Contains(d.SVG, `data-shape="55x28x28"`) {
		t.Errorf("drawing %d follows %d", d.Serial, drawn.Serial)
	}
	for _, m := range []Msg{DetailDiagram{}, FitDiagram{Width: 500}} {
		if next := play(s, m); !next.Page.DiagramLate() {
			t.Errorf("%T changes nothing of it", m)
		}
	}
	if s = play(s, ShowDiagram{}, DrawDiagram{}); s.Page.Diagram != nil || s.Page.DiagramLate() {
		t.Error("it is drawn although it is closed")
	}
	if s = play(s, ShowDiagram{On: true}); !s.Page.DiagramLate() {
		t.Error("it is not drawn although it is open")
	}
}
