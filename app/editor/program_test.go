package editor

import (
	"strings"
	"testing"

	"paramstack/app/transfer"
)

const madeText = "name Net\ninput 3x8x8\nc1: conv 4 k3\nflatten\n"

func readProgram(p Program, text, why string) ReadDone {
	return ReadDone{Source: "net.py", Format: "PyTorch source", Text: text, Error: why, Program: &p,
		Origins: []string{"", "net.py:3: self.c1 = nn.Conv2d(3, 4, 3)", "net.py:7: x = x.flatten(1)", "", "net.py:9: other"},
		More:    []string{"name Other\ninput 3\nlinear 2\n"}}
}

// A program that makes nothing offers what it defines; what cannot be made is explained
// beside the field, and the network stays; what can closes the sheet.
func TestProgram(t *testing.T) {
	choices := []transfer.Choice{{Shown: "Net(n)", Call: "Net(n=)"}}
	before := New(Prefs{})
	s := play(before, readProgram(Program{ID: 2, Source: "net.py", Choices: choices}, "", "It makes nothing."))
	if p := s.Open.Program; p == nil || p.Error != "It makes nothing." || p.Busy || compact(s) != compact(before) || s.Notice.Tone != ToneBad {
		t.Fatalf("a program that makes nothing: %+v", s.Open.Program)
	}
	s, effects := Update(s, MakeProgram{" Net(3) ", "3x8x8"})
	if len(effects) != 1 || effects[0] != (ReadAgain{2, "Net(3)", "3x8x8"}) || !s.Open.Program.Busy || s.Open.Program.Error != "" {
		t.Errorf("Net(3) requests %+v", effects)
	}
	s = play(s, ReadStarted{"net.py"})
	bad := play(s, readProgram(Program{ID: 2, Choices: choices}, "", "Column 5."))
	if p := bad.Open.Program; p == nil || p.Error != "Column 5." || p.Busy || p.Expression != "Net(3)" || bad.Notice != nil || compact(bad) != compact(before) {
		t.Errorf("after an error: %+v, notice %q", bad.Open.Program, notice(bad))
	}
	died := play(s, ReadDone{Source: "net.py", Error: "No worker.", Program: &Program{ID: 2}})
	if p := died.Open.Program; p == nil || p.Error != "No worker." || len(p.Choices) != 1 {
		t.Errorf("without a worker: %+v", died.Open.Program)
	}
	s = play(s, readProgram(Program{ID: 2, Choices: choices, Expression: "Net(3)", Input: "3x8x8"}, madeText, ""))
	if s.Open != (Open{}) || s.Name() != "Net" || s.Program.Expression != "Net(3)" || s.Notice.Actions[0].Send != (OpenProgram{}) {
		t.Errorf("after it was made: %+v, %s", s.Open, s.Name())
	}
	if again := play(s, OpenProgram{}); again.Open.Program.Input != "3x8x8" {
		t.Errorf("opened again: %+v", again.Open.Program)
	}
	if other := play(New(Prefs{}), OpenProgram{}, MakeProgram{"Net()", ""}); other.Open != (Open{}) {
		t.Error("there is no program, and a sheet")
	}
}

// A row has the line that made its layer, through edits, undo and the list of files; the
// text and the link do not.
func TestRowOrigin(t *testing.T) {
	s := play(New(Prefs{}), readProgram(Program{}, madeText, ""))
	line := func(s State, kind string) string {
		for i := range s.Page.Rows {
			if row := s.Page.Row(s.Page.Key(i)); row.Facts.Kind == kind {
				return row.Facts.Origin
			}
		}
		return "no row"
	}
	want := "net.py:3: self.c1 = nn.Conv2d(3, 4, 3)"
	typed := play(s, TypeText{strings.Replace(madeText, "conv 4", "conv 40", 1)})
	for name, s := range map[string]State{
		"opened": s, "typed": typed, "another and back": play(s, LoadPreset{"toy"}, Undo{}), "undone": play(typed, Undo{}),
		"from the list": play(s, LoadPreset{"toy"}, ShowOpened{0}),
	} {
		if got := line(s, "conv"); got != want {
			t.Errorf("%s: the convolution comes from %q", name, got)
		}
	}
	if got := line(play(s, ShowOpened{1}), "linear"); got != "net.py:9: other" {
		t.Errorf("the layer of the second network comes from %q", got)
	}
	if strings.Contains(s.Doc.Text+s.Fragment(), "net.py") || line(play(s, LoadPreset{"toy"}), "conv") != "" {
		t.Error("an origin is where it does not belong")
	}
}
