package editor

import (
	"strings"
	"testing"
)

// TestEmbed walks over a page inside another one: only what is opened there changes the
// network, no sheet opens, and nothing is stored.
func TestEmbed(t *testing.T) {
	s := start(t, sample)
	s.Frame.Embed = EmbedAll
	w := walk(3, s)
	for range 400 {
		m := kinds[w.IntN(len(kinds))](w)
		next, effects := Update(s, m)
		switch m.(type) {
		case LoadLink, LoadPreset, LoadText:
		default:
			if next.Doc.Text != s.Doc.Text {
				t.Fatalf("%T changes the network", m)
			}
		}
		if next.Open != (Open{}) || next.View.Edit != nil {
			t.Fatalf("%T opens something", m)
		}
		for _, e := range effects {
			switch e.(type) {
			case SetTitle, Focus, Announce:
			default:
				t.Fatalf("%T has the effect %T", m, e)
			}
		}
		s = next
	}
	linked := play(s, LoadPreset{ID: "toy"}, DrawDiagram{})
	if linked.Doc.Preset != "toy" || linked.Page.Diagram == nil {
		t.Error("what is opened is not shown")
	}
}

// TestSnippet requires a name to stay text inside the frame's attributes.
func TestSnippet(t *testing.T) {
	s := start(t, "name a\"><script>\ninput 8\nlinear 4\n")
	s.Frame.Base = "https://example.org/p/?x=1"
	s = play(s, OpenExport{}, ChooseFormat{"embed"})
	text := s.Open.Export.Text
	if strings.Contains(text, "<script>") || !strings.HasPrefix(text, `<iframe src="https://example.org/p/?embed#1`) {
		t.Error(text)
	}
}

// TestDrawings writes the diagram in every form of the export sheet.
func TestDrawings(t *testing.T) {
	s := play(start(t, sample), OpenExport{}, ChooseFormat{"svg"})
	const white = `height="100%" fill="#fff"`
	full := s.Open.Export.Text
	if !strings.Contains(full, "<svg") || s.Open.Export.Busy {
		t.Fatal(full)
	}
	less := play(s, FlipLabel{1}, FlipLabel{2}, FlipLabel{4}, FlipLabel{8})
	if n := strings.Count(less.Open.Export.Text, "<text"); n == 0 || n >= strings.Count(full, "<text") {
		t.Error("labels are not left out")
	}
	caption := play(s, FlipCaption{"https://example.org"}, FlipGround{})
	if text := caption.Open.Export.Text; !strings.Contains(text, "https://example.org") || strings.Contains(text, white) || !strings.Contains(full, white) {
		t.Error("no caption, or a ground that nobody asked for")
	}
	if marks := play(s, FlipMarks{}).Open.Export.Text; !strings.Contains(marks, "fill:url(#p-dense)") {
		t.Error("no patterns")
	}
	wide := play(s, LoadPreset{ID: "alexnet-2012"}, OpenExport{}, ChooseFormat{"svg"})
	if play(wide, FlipPage{}).Open.Export.Text == wide.Open.Export.Text {
		t.Error("a page is as wide as all columns")
	}
	if tex := play(caption, ChooseFormat{"tikz"}); !strings.Contains(tex.Open.Export.Text, "tikzpicture") || !tex.Open.Export.Drawing.Caption {
		t.Error("the choices are lost in the other format")
	}
}

// TestPaper prints a page whose diagram is closed: it is on paper, narrower, and gone
// from the screen afterwards.
func TestPaper(t *testing.T) {
	s := play(start(t, sample), ShowDiagram{On: false})
	printed := play(s, Print{Link: "https://example.org/#1.i3"}, DrawDiagram{})
	if printed.Page.Diagram == nil || printed.Frame.Paper.Code.Side == 0 {
		t.Error("diagram or code are not on paper")
	}
	if long := play(s, Print{Link: strings.Repeat("x", 3000)}).Frame.Paper; long.Code.Side != 0 || long.Link == "" {
		t.Error("a link that no code can hold has one")
	}
	if after := play(printed, Printed{}); after.Page.Diagram != nil || after.Frame.Paper != nil {
		t.Error("the screen is still paper")
	}
}
