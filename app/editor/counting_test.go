package editor

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/link"
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

// TestSent opens links that say how they were counted: the numbers are the sender's,
// a notice says so, and the reader's own settings are neither lost nor saved over.
func TestSent(t *testing.T) {
	const src = "input 8x3\nlstm 4\nlinear 2\n" // 2·(…): 4·(3·4 + 4·4 + 4 + 4) + 10
	model := start(t, src).Doc.Model
	params := map[link.Counting]string{
		{}: "154", {NoBiases: true}: "120", {Keras: true}: "138", {NoBiases: true, Keras: true}: "120",
	}
	for sent, want := range params {
		for mine, own := range params {
			prefs := Prefs{NoBiases: mine.NoBiases, Keras: mine.Keras, Layout: layoutOf(mine.Keras)}
			s, effects := Update(New(prefs), LoadLink{Fragment: link.EncodeCounted(model, sent), AtBoot: true})
			if got := s.Page.Summary.Params; got != want {
				t.Errorf("sent as %+v to one with %+v: %s parameters, want %s", sent, mine, got, want)
			}
			if s.Fragment() != link.EncodeCounted(model, sent) || effect[WriteLink](t, effects).Counting != sent {
				t.Errorf("sent as %+v, it is passed on as %s", sent, s.Fragment())
			}
			if (s.Notice != nil) != (sent != mine) {
				t.Fatalf("sent as %+v to one with %+v: %v", sent, mine, s.Notice)
			}
			theme, effects := Update(s, CycleTheme{})
			if got := effect[SavePrefs](t, effects).Prefs.linked(); got != mine {
				t.Errorf("sent as %+v, a change of theme saves %+v, not %+v", sent, got, mine)
			}
			if next := play(theme, LoadText{Text: src + "relu"}); next.Page.Summary.Params != own || next.Prefs.counting() != prefs.counting() {
				t.Errorf("sent as %+v, the next network is counted %+v", sent, next.Prefs)
			}
			if sent == mine {
				continue
			}
			back := play(s, s.Notice.Actions[0].Send)
			if back.Page.Summary.Params != own || back.Prefs.counting() != prefs.counting() || back.Notice != nil {
				t.Errorf("sent as %+v, one's own are %+v, want %+v", sent, back.Prefs, prefs)
			}
			if undone := play(play(s, LoadPreset{"toy"}), Undo{}); undone.Page.Summary.Params != want || undone.Prefs.linked() != sent {
				t.Errorf("sent as %+v, undo comes back to %s", sent, undone.Page.Summary.Params)
			}
		}
	}
}

// TestSentChoice keeps what the reader chooses while a network is shown as it was
// sent, and no more.
func TestSentChoice(t *testing.T) {
	fragment := link.EncodeCounted(start(t, "input 8x3\nlstm 4\n").Doc.Model, link.Counting{Keras: true})
	s := play(New(Prefs{}), LoadLink{Fragment: fragment})
	s, effects := Update(s, SetBiases{})
	if got := effect[SavePrefs](t, effects).Prefs; !got.NoBiases || got.Keras || got.Layout != tensor.ChannelsFirst {
		t.Errorf("saved: %+v", got)
	}
	if got := effect[WriteLink](t, effects); got.Counting != (link.Counting{NoBiases: true, Keras: true}) || !got.Only || got.Step {
		t.Errorf("the link in the address becomes %+v", got)
	}
	if s.Page.Summary.Params != "112" {
		t.Errorf("%s parameters", s.Page.Summary.Params)
	}
}

// TestKerasBack: mode, number and notice agree after undo, redo and going back to a
// file of Keras.
func TestKerasBack(t *testing.T) {
	before := start(t, "input 5x2\nlstm 3\n") // in PyTorch 4·(2·3 + 3·3 + 3 + 3)
	s := play(before, ReadDone{Source: "a", Format: "Keras", Text: "input 5x2\nlstm 7 last\nlinear 2\n", Keras: true})
	keras := func(s State) bool {
		return s.Prefs.Keras && s.Prefs.Layout == tensor.ChannelsLast && s.Page.Summary.Params == "296"
	}
	undone := play(s, Undo{})
	if undone.Prefs.Keras || undone.Page.Summary.Params != "84" || undone.Notice != nil {
		t.Errorf("undone: %+v, %s, %v", undone.Prefs, undone.Page.Summary.Params, undone.Notice)
	}
	if redone := play(undone, Redo{}); !keras(s) || !keras(redone) {
		t.Errorf("redone: %+v, %s", redone.Prefs, redone.Page.Summary.Params)
	}
	if edited := play(undone, SetField{2, "hidden", "4"}); edited.Prefs.Keras {
		t.Error("an edit of what was before is counted as the file was")
	}
	if again := play(s, LoadPreset{"toy"}, ShowOpened{0}); !keras(again) {
		t.Errorf("opened again: %+v, %s", again.Prefs, again.Page.Summary.Params)
	}
	if reloaded := play(New(Prefs{}), LoadLink{Fragment: s.Fragment(), AtBoot: true}); !keras(reloaded) {
		t.Errorf("after a reload: %+v, %s", reloaded.Prefs, reloaded.Page.Summary.Params)
	}
	// The chip of the input has the order of the shapes, and is typed in it.
	turned := play(start(t, "input 3x8x10\nconv 4 k3\n"), SetKeras{true})
	if chip := row(t, turned, "1").Facts.Chips[0]; chip.Value != "8x10x3" || chip.Text != "8×10×3" {
		t.Errorf("the input's chip has %s", chip.Value)
	}
	if turned = play(turned, SetField{1, "shape", "6x7x1"}); compact(turned) != "i1x6x7;c4k3" {
		t.Errorf("6x7x1 typed is %s", compact(turned))
	}
}

// TestCard: all lines of the card speak of one number, in every setting, and so does
// the last step's difference.
func TestCard(t *testing.T) {
	const src = "input 8x3\nlstm 4\nlinear 2\nbn\n"
	for _, c := range []struct {
		name string
		s    State
		want catalog.Key
	}{
		{"PyTorch", start(t, src), catalog.UITellsTorch},
		{"Keras", play(start(t, src), SetKeras{true}), catalog.UITellsKeras},
		{"no biases", play(start(t, src), SetBiases{}), catalog.UITellsNoBiases},
		{"Keras, no biases", play(start(t, src), SetKeras{true}, SetBiases{}), catalog.UITellsNoBiases},
		{"at least", start(t, "input 3x8x8\nconv 4 k3\nopaque type=Mystery\nconv 4 k1\n"), catalog.UITellsLeast},
	} {
		if got := c.s.TotalNote(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	s := play(start(t, "input 3x8x8\nconv 4 k3\n"), SetField{2, "filters", "8"}) // 112 → 224
	if got := play(s, SetBiases{}).Doc.Change; got == nil || got.Delta != "+108" {
		t.Errorf("without biases the step is %+v, want +108", got)
	}
	if got := play(s, SetBiases{}, SetBiases{true}, Undo{}, SetBiases{}).Doc.Change; got == nil || got.Delta != "−108" {
		t.Errorf("undone, and without biases, the step is %+v", got)
	}
}

// TestOtherCounting offers the other counting on the first row where the two differ, and
// on the selected one.
func TestOtherCounting(t *testing.T) {
	s := start(t, "input 3x8x8\nconv 4 k3\nbn\nrelu\nbn\nconv 4 k3\n")
	others := func(s State) (all []string) {
		for _, r := range allRows(s.Page) {
			if r.Other != "" {
				all = append(all, string(r.Key)+" "+r.Other)
			}
		}
		return all
	}
	for _, c := range []struct {
		msgs []Msg
		want string
	}{
		{nil, "3 Keras counts 16"},
		{[]Msg{Select{Row: "5"}}, "3 Keras counts 16, 5 Keras counts 16"},
		{[]Msg{Select{Row: "2"}}, "3 Keras counts 16"},
		{[]Msg{SetKeras{true}}, "3 PyTorch counts 8"},
		{[]Msg{SetLang{catalog.Korean}}, "3 Keras 방식: 16"},
		{[]Msg{LoadText{"a", "input 5x2\nlstm 7\n"}}, "2 Keras counts 280"},
		{[]Msg{LoadText{"a", "input 5x2\nlinear 7\n"}}, ""},
	} {
		if got := strings.Join(others(play(s, c.msgs...)), ", "); got != c.want {
			t.Errorf("after %v: %q, want %q", c.msgs, got, c.want)
		}
	}
}
