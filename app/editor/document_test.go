package editor

import (
	"slices"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/link"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// TestPresets loads every preset and checks the totals of the page.
func TestPresets(t *testing.T) {
	for id, want := range map[string]struct{ params, macs string }{
		"toy":                 {"1,300", ""},
		"lenet-5":             {"61,706", "416,520"},
		"alexnet-2012":        {"60,965,224", "724,406,816"},
		"alexnet-post":        {"200,415,264", ""},
		"alexnet-ungrouped":   {"62,378,344", "1,135,256,096"},
		"alexnet-torchvision": {"61,100,840", "714,188,480"},
		"vgg-16":              {"138,357,544", "15,470,264,320"},
		"googlenet":           {"6,998,552", ""},
		"resnet-18":           {"11,689,512", "1,814,073,344"},
		"resnet-50":           {"25,557,032", "4,089,184,256"},
		"resnet-152":          {"60,192,808", "11,513,626,624"},
	} {
		s := play(New(Prefs{}), LoadPreset{id})
		sum := s.Page.Summary
		if s.Doc.Preset != id || sum.Params != want.params || want.macs != "" && sum.MACsFull != want.macs {
			t.Errorf("%s is %q: %s parameters, %s MACs", id, s.Doc.Preset, sum.Params, sum.MACsFull)
		}
		if sum.AtLeast || s.Page.Issues != 0 || s.Notice != nil || s.Doc.Change != nil || s.Doc.Lesson != nil {
			t.Errorf("%s has something to say: %+v", id, s.Notice)
		}
		sound(t, s)
	}
	s := play(New(Prefs{}), LoadPreset{"resnet-50"})
	if got := s.Page.Summary.Buffers; got != "53,120 + 53" {
		t.Errorf("buffers of ResNet-50: %s", got)
	}
	none := play(s, LoadPreset{"nothing"})
	if none.Doc.Preset != "resnet-50" || none.Notice.Tone != ToneBad || !strings.Contains(notice(none), "‘nothing’") {
		t.Errorf("an unknown preset: %q, %q", none.Doc.Preset, notice(none))
	}
}

// The page opens with the first preset and nothing to undo; an edit makes it a
// network of one's own, and undoing that makes it the preset again.
func TestNew(t *testing.T) {
	s := New(Prefs{Lang: catalog.Korean})
	if s.Doc.Preset != zoo.Presets[0].ID || len(s.History.Past) != 0 || s.Notice != nil || s.Prefs.Lang != catalog.Korean {
		t.Errorf("a new page: %q, %v", s.Doc.Preset, s.Notice)
	}
	if s = play(s, SetField{2, "kernel", "7"}); s.Doc.Preset != "" {
		t.Error("an edited preset is still one")
	}
	if s = play(s, Undo{}); s.Doc.Preset != zoo.Presets[0].ID {
		t.Error("the preset is not recognised after undo")
	}
}

// TestLoadText checks that bad text leaves everything as it was, with the place of
// its fault, and that good text is one step.
func TestLoadText(t *testing.T) {
	before := play(start(t, sample), Select{Row: "2"}, SetField{2, "kernel", "1"})
	for src, want := range map[string]string{
		"input 3x8x8\nconv 8 k3\n  cnv 4":  "net.txt, line 3, column 3: ‘cnv’ is not a layer. Did you mean conv? Your network is unchanged.",
		"":                                 "net.txt contains no layers. Write one per line, such as input 3x224x224. Your network is unchanged.",
		"# nothing but a comment":          "net.txt contains no layers. Write one per line, such as input 3x224x224. Your network is unchanged.",
		"conv 99999999999999999999 k3":     "net.txt, line 1, column 6: ",
		"\xff\xfe":                         "net.txt, line 1, column 1: Byte 1 is not valid UTF-8",
		strings.Repeat("repeat 2 {", 9999): "net.txt, line 1, column 650: Blocks may be nested at most 64 deep",
		strings.Repeat("#", 1<<20+1):       "net.txt, line 1, column 1: The text has 1,048,577 bytes",
	} {
		s := play(before, LoadText{"net.txt", src})
		if !strings.HasPrefix(notice(s), want) || s.Notice.Tone != ToneBad {
			t.Errorf("%.30q: %s", src, notice(s))
		}
		if compact(s) != compact(before) || s.Doc.Report != before.Doc.Report || s.View.Cursor != "2" || len(s.History.Past) != 1 {
			t.Errorf("%.30q changed %s", src, compact(s))
		}
	}
	s := play(before, LoadText{"net.txt", "input 1x2x2; flatten"})
	if compact(s) != "i1x2x2;f" || notice(s) != "Opened net.txt. Undo restores the previous network." || s.View.Cursor != "" {
		t.Errorf("%s: %s", compact(s), notice(s))
	}
	if s = play(s, Undo{}); compact(s) != compact(before) {
		t.Errorf("undone it is %s", compact(s))
	}
}

// TestLoadLink checks that a bad link leaves everything as it was, and that the
// address is again that of what the page shows.
func TestLoadLink(t *testing.T) {
	before := play(start(t, sample), Select{Row: "2"})
	good := link.Encode(play(New(Prefs{}), LoadPreset{"alexnet-2012"}).Doc.Model)
	for fragment, want := range map[string]string{
		"m=%zz%":                         "is not a paramstack link",
		"":                               "is not a paramstack link",
		"utm_source=chat":                "is not a paramstack link",
		good[:len(good)/2]:               "is damaged or incomplete",
		"1zAAAA":                         "is damaged or incomplete",
		"2.whatever":                     "was made by a newer version of paramstack (link version 2)",
		strings.Repeat("1.c4k3~", 1<<20): "characters. The maximum is",
		"1.~end":                         "contains no network",
	} {
		for _, boot := range []bool{false, true} {
			s, effects := Update(before, LoadLink{fragment, boot})
			if !strings.Contains(notice(s), want) || s.Notice.Tone != ToneBad || compact(s) != plain || s.View.Cursor != "2" {
				t.Errorf("%.30q: %.200s", fragment, notice(s))
			}
			if w := effect[WriteLink](t, effects); !arch.Same(w.Model, before.Doc.Model) || w.Step || keeps(effects) {
				t.Errorf("%.30q: the address becomes %+v", fragment, w)
			}
		}
	}
	s, effects := Update(before, LoadLink{good, false})
	if s.Doc.Preset != "alexnet-2012" || s.Notice != nil || len(s.History.Past) != 1 {
		t.Errorf("a good link: %q, %s", s.Doc.Preset, notice(s))
	}
	if keeps(effects) {
		t.Error("somebody else's network is saved over one's own")
	}
	if _, effects := Update(before, LoadPreset{"toy"}); keeps(effects) {
		t.Error("a published network is saved over one's own")
	}
	if s = play(before, LoadLink{"#" + good, true}); s.Doc.Preset != "alexnet-2012" || len(s.History.Past) != 0 {
		t.Errorf("at boot: %q, %d steps", s.Doc.Preset, len(s.History.Past))
	}
	// The address follows the edits, and comes back as a change of address.
	if s, effects = Update(before, LoadLink{before.Fragment(), false}); len(effects) != 0 || len(s.History.Past) != 0 {
		t.Error("the page's own link is loaded anew")
	}
}

// keeps reports whether something is kept as the reader's own.
func keeps(effects []Effect) bool {
	return slices.ContainsFunc(effects, func(e Effect) bool { _, ok := e.(Keep); return ok })
}

// TestTypeText types in the text pane: the blocks follow what can be read, and
// rows keep their IDs.
func TestTypeText(t *testing.T) {
	s := play(start(t, "input 3x8x8\nconv 4 k3\nrelu\n"), Select{Row: "3"})
	s, effects := Update(s, TypeText{"input 3x8x8\nconv 4 k3\nbn\ncon"})
	if d := s.Doc.Draft; d == nil || len(d.Problems) != 1 || d.Problems[0].Line != 4 || d.Problems[0].Column != 1 || d.Problems[0].Offset != 25 {
		t.Fatalf("draft %+v", d)
	}
	if w := effect[Keep](t, effects).Work; compact(s) != "i3x8x8;c4k3;r" || w.Text != s.Doc.Text || w.Draft != s.Doc.Pane || len(s.History.Past) != 1 {
		t.Errorf("what cannot be read made it %s", compact(s))
	}
	s, effects = Update(s, TypeText{"input 3x8x8\nconv 4 k3\nbn\nconv 5 k1\nrelu # done"})
	if compact(s) != "i3x8x8;c4k3;b;c5k1;r" || s.Doc.Draft != nil || s.View.Cursor != "3" {
		t.Errorf("%s, cursor %s, draft %v", compact(s), s.View.Cursor, s.Doc.Draft)
	}
	for _, e := range effects {
		if _, ok := e.(WriteText); ok {
			t.Error("the pane is rewritten under the typist's hands")
		}
	}
	if s = play(s, TypeText{"input 3x8x8\nconv 4 k3"}); len(s.History.Past) != 1 {
		t.Errorf("typing makes %d undo steps", len(s.History.Past))
	}
	if s = play(s, Undo{}); compact(s) != "i3x8x8;c4k3;r" {
		t.Errorf("undone it is %s", compact(s))
	}
	// A draft that is undone by hand is no edit.
	s = play(start(t, sample), TypeText{sample + "x"}, TypeText{sample})
	if s.Doc.Draft != nil || len(s.History.Past) != 0 {
		t.Errorf("draft %v, %d steps", s.Doc.Draft, len(s.History.Past))
	}
	s = play(s, TypeText{sample + "x"})
	typed := s.Doc
	if s = play(s, SetField{2, "kernel", "1"}); s.Doc.Draft != nil || s.Doc.Work == typed.Work {
		t.Error("an edit leaves a draft that is not what the blocks say, or loses it")
	}
	if s = play(s, Undo{}); s.Doc.Draft == nil || s.Doc.Pane != sample+"x" || s.Doc.Work != typed.Work {
		t.Errorf("undo does not bring back the text: %q", s.Doc.Pane)
	}
	// Undo returns to what was there before the text, redo to the text.
	if s = play(s, Undo{}); s.Doc.Draft != nil || s.Doc.Work == typed.Work {
		t.Errorf("undone it is %q", s.Doc.Pane)
	}
	if s = play(s, Redo{}); s.Doc.Draft == nil || s.Doc.Work != typed.Work {
		t.Errorf("redone it is %q", s.Doc.Pane)
	}
}

// Comments are the reader's work too: an edit of the blocks must not lose them.
func TestComments(t *testing.T) {
	s := play(start(t, "input 3x8x8\nconv 4 k3\n"), TypeText{"# mine\ninput 3x8x8\nconv 4 k3 # first\n# end\n"}, SetField{2, "kernel", "1"})
	if s.Doc.Text != "# mine\ninput 3x8x8\nconv 4 k1  # first\n# end\n" {
		t.Errorf("the comments are gone:\n%s", s.Doc.Text)
	}
	if m, d := link.Decode(s.Fragment()); d != nil || text.Format(m) != s.Doc.Text {
		t.Errorf("the link loses the comments (%v)", d)
	}
	if got := play(s, Undo{}, Undo{}).Doc.Text; got != "input 3x8x8\nconv 4 k3\n" {
		t.Errorf("undone it is\n%s", got)
	}
}

// TestHistory checks that undo and redo pass every step, and that a new edit drops
// what could be redone.
func TestHistory(t *testing.T) {
	s := start(t, "input 3x8x8\nconv 4 k3\n")
	if after, effects := Update(s, Undo{}); len(effects) != 0 || compact(after) != compact(s) {
		t.Error("there is something to undo on a new page")
	}
	s = play(s, SetField{2, "filters", "5"}, SetField{2, "filters", "6"}, SetField{2, "filters", "7"}, Undo{}, Undo{})
	if compact(s) != "i3x8x8;c5k3" || s.Doc.Change == nil || s.Doc.Change.Delta != "−28" {
		t.Errorf("%s, change %+v", compact(s), s.Doc.Change)
	}
	if s = play(s, Redo{}); compact(s) != "i3x8x8;c6k3" || s.Doc.Change.Delta != "+28" {
		t.Errorf("%s, change %+v", compact(s), s.Doc.Change)
	}
	if s = play(s, SetField{2, "filters", "9"}, Redo{}); compact(s) != "i3x8x8;c9k3" || len(s.History.Future) != 0 {
		t.Errorf("an edit can be redone over: %s", compact(s))
	}
	if s = play(s, Clear{}); compact(s) != "i3x224x224" || s.Name() != "Untitled network" {
		t.Errorf("a new network is %s", compact(s))
	}
	if s = play(s, Undo{}); compact(s) != "i3x8x8;c9k3" {
		t.Errorf("%s", compact(s))
	}
}
