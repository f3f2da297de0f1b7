package editor

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/tensor"
)

// TestAsKeras counts what comes from Keras as Keras does, where that differs, and
// says so with the way back (cases 08 and 27); the next network is counted as the
// reader prefers.
func TestAsKeras(t *testing.T) {
	lstm := "input 5x2\nlstm 7 last\nlinear 2\n"
	for _, c := range []struct {
		text, keras, torch string
	}{
		{lstm, "296", "324"},
		{"input 60\nlinear 40\nbn\nlinear 3\n", "2,723", "2,643"},
		{"input 3x8x8\nconv 4 k3\nbn\n", "128", "120"},
		{"input 5x2\nrnn 4\n", "28", "32"},
	} {
		s := play(start(t, "input 3\nlinear 3\n"), ReadDone{Source: "a", Format: "Keras", Text: c.text, Keras: true})
		if got := s.Page.Summary.Params; got != c.keras || s.Prefs.Layout != tensor.ChannelsLast {
			t.Errorf("%q has %s, want %s", c.text, got, c.keras)
		}
		if n := s.Notice; n == nil || len(n.Actions) != 1 || !strings.Contains(n.Details[0], "Keras") {
			t.Fatalf("%q: %v", c.text, s.Notice)
		}
		if back := play(s, s.Notice.Actions[0].Send); back.Page.Summary.Params != c.torch || back.Prefs.Layout != tensor.ChannelsFirst {
			t.Errorf("%q goes back to %s, want %s", c.text, back.Page.Summary.Params, c.torch)
		}
		next := play(s, ReadDone{Source: "b", Format: "ONNX", Text: "input 3x8x8\nbn\n"})
		if next.Page.Summary.Params != "6" || next.Prefs.Keras {
			t.Errorf("the next file has %s, want 6", next.Page.Summary.Params)
		}
		if kept := play(s, SetKeras{true}, LoadPreset{"lenet-5"}); !kept.Prefs.Keras {
			t.Error("what was chosen by hand is undone")
		}
	}
	same := play(start(t, "input 3\nlinear 3\n"), ReadDone{Source: "a", Format: "Keras", Text: "input 3x8x8\nconv 4 k3\n", Keras: true})
	if same.Prefs.Keras || len(same.Notice.Actions) != 0 {
		t.Error("the counting changes though both count the same")
	}
	if catalog.Korean.In(catalog.NoticeAsKeras) == catalog.English.In(catalog.NoticeAsKeras) {
		t.Error("one language only")
	}
}
