package editor

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/compare"
	"paramstack/core/link"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// sheet returns what the comparison shows.
func sheet(t *testing.T, s State) *CompareView {
	t.Helper()
	if s.Open.Compare == nil || s.Open.Compare.View == nil {
		t.Fatalf("nothing is compared: %+v", s.Open.Compare)
	}
	return s.Open.Compare.View
}

func TestCompareWithText(t *testing.T) {
	s := play(start(t, sample), OpenCompare{}, CompareText{"input 3x8x8; conv 6 k3; repeat 4 { conv 4 k3 p1; relu }"})
	v := sheet(t, s)
	if got := v.Totals[0]; got.A != "1,878" || got.B != "832" {
		t.Errorf("the parameters are %+v", got)
	}
	// The rows that make the difference come to it.
	sum := num.Int{}
	for _, c := range v.Causes {
		n, _ := num.Parse(strings.ReplaceAll(strings.Trim(c.Difference, "+−"), ",", ""))
		if strings.HasPrefix(c.Difference, "−") {
			n = num.Int{}.Sub(n)
		}
		sum = sum.Add(n)
	}
	if got := sum.Signed(); got != v.Totals[0].Difference || v.Others != "" {
		t.Errorf("the causes come to %s, not %s (%s)", got, v.Totals[0].Difference, v.Others)
	}
	// In a formula only the number that changed is lit.
	conv := v.Lines[1]
	if conv.Mark != compare.Changed || conv.A.Name != "conv1" {
		t.Fatalf("the first convolution is %+v", conv)
	}
	lit := ""
	for _, p := range conv.B.Formula {
		if p.Lit {
			lit += p.Text + " "
		}
	}
	if lit != "6 6 " {
		t.Errorf("lit are %q", lit)
	}
	// Before anything else the text is compared with what it is.
	// A link of a later version is named as one; a comment is still none.
	for src, want := range map[string]catalog.Key{"#9.abc": catalog.LinkNewer, "https://example.org/#12c.x": catalog.LinkNewer,
		"#todo": catalog.CompareEmpty} {
		if _, bad := s.ReadStack(src); bad == nil || bad.Say.Key != want {
			t.Errorf("%s: %+v, want %s", src, bad, want)
		}
	}
	if bad := play(s, OpenCompare{}, CompareText{"input 3x8x8\nblah"}); bad.Open.Compare.Wrong == "" || bad.Open.Compare.Result != nil ||
		!strings.Contains(bad.Open.Compare.Wrong, "2") {
		t.Errorf("a text that cannot be read: %+v", bad.Open.Compare)
	}
}

func TestCompareFolds(t *testing.T) {
	const a = "input 4x8x8; conv 4 k3 p1; relu; bn; conv 4 k1"
	s := play(start(t, a), CompareText{a + "; repeat 2 { conv 8 k1; relu; bn }"})
	v := sheet(t, s)
	if len(v.Lines) != 2 || v.Lines[0].Run == "" || !v.Lines[1].Folds || v.Lines[1].Inside != 3 {
		t.Fatalf("the lines are %+v", v.Lines)
	}
	opened := play(s, CompareFold{v.Lines[0].Number}, CompareFold{v.Lines[1].Number})
	if n := len(sheet(t, opened).Lines); n != 1+5+1+3 {
		t.Errorf("opened there are %d lines", n)
	}
	if n := len(sheet(t, play(opened, CompareFold{v.Lines[0].Number})).Lines); n != 1+1+3 {
		t.Errorf("closed again there are %d lines", n)
	}
	if n := len(sheet(t, play(s, CompareText{a})).Causes); n != 0 {
		t.Errorf("%d causes for no difference", n)
	}
}

// A stride changes no parameter: the rows are ranked by what it does change.
func TestCompareWork(t *testing.T) {
	s := play(start(t, "input 3x8x8; conv 4 k3 p1"), CompareText{"input 3x8x8; conv 4 k3 s2 p1"})
	v := sheet(t, s)
	if !s.Open.Compare.ByMACs || len(v.Causes) != 1 || v.Causes[0].Difference != "−5,184" || v.Lines[1].Difference != "−5,184" {
		t.Errorf("the causes are %+v", v.Causes)
	}
	if v := sheet(t, play(s, CompareBy{})); len(v.Causes) != 0 {
		t.Errorf("parameters differ by %+v", v.Causes)
	}
}

// Before and after an edit: the first is what was.
func TestCompareBack(t *testing.T) {
	s := play(start(t, sample), SetField{2, "filters", "8"})
	s = play(s, OpenCompare{})
	steps := s.Open.Compare.Steps
	if len(steps) < 1 || steps[0].Back != 1 || steps[0].Params != "1,878" {
		t.Fatalf("the steps are %+v", steps)
	}
	v := sheet(t, play(s, CompareBack{1}))
	if v.Totals[0].A != "1,878" || v.Lines[1].B.Options[0].Text != "8" || !v.Lines[1].B.Options[0].Lit {
		t.Errorf("the totals are %+v", v.Totals[0])
	}
	swapped := sheet(t, play(s, CompareBack{1}, CompareSwap{}))
	if swapped.Totals[0].B != "1,878" {
		t.Errorf("swapped, the totals are %+v", swapped.Totals[0])
	}
	for _, m := range []Msg{CompareBack{0}, CompareBack{-1}, CompareBack{99}, CompareCard{"none"}, CompareWork{"none"}} {
		if play(s, m).Open.Compare.Result != nil {
			t.Errorf("%#v compares", m)
		}
	}
}

// A link of two shows both, and the address has it until the sheet is closed.
func TestComparePairLink(t *testing.T) {
	a, b := zoo.ByID("lenet-5").Model(), zoo.ByID("toy").Model()
	fragment := link.EncodePair(a, b, link.Counting{NoBiases: true})
	for _, atBoot := range []bool{true, false} {
		s, effects := Update(New(Prefs{}), LoadLink{Fragment: fragment, AtBoot: atBoot})
		v := sheet(t, s)
		if s.Doc.Text != text.Format(a) || v.Totals[0].B != "1,300" || v.Totals[0].A != "61,470" {
			t.Errorf("it opens as %+v", v.Totals[0])
		}
		for _, e := range effects {
			if _, is := e.(WriteLink); is {
				t.Error("the address loses one of them")
			}
		}
		_, shared := Update(s, ShareCompare{})
		if got := shared[0].(CopyLink).Fragment; got != fragment {
			t.Errorf("its link is %s", got)
		}
		if copied, _ := Update(s, Shared{}); copied.Open.Compare.Copied != len(fragment) || copied.Notice != s.Notice {
			t.Errorf("copied: %+v", copied.Open.Compare)
		}
		_, effects = Update(s, Close{})
		if w, is := effects[len(effects)-1].(WriteLink); !is || text.Format(w.Model) != s.Doc.Text {
			t.Errorf("closed, the address is not that of the network: %+v", effects)
		}
	}
	if s, _ := Update(New(Prefs{}), LoadLink{Fragment: fragment[:len(fragment)-9]}); s.Open.Compare != nil || s.Notice == nil {
		t.Error("a link that was cut off is compared")
	}
}

// A file that is opened while the sheet asks for a network is that network.
func TestCompareFile(t *testing.T) {
	s := play(start(t, sample), OpenCompare{})
	before := s.Doc.Text
	for _, m := range []Msg{LoadText{"a.stack", "input 5; linear 3"}, ReadDone{Source: "a.onnx", Text: "input 5; linear 3"}} {
		after := play(s, ReadStarted{"a"}, CompareFile{m})
		if v := sheet(t, after); v.Totals[0].B != "18" || after.Doc.Text != before {
			t.Errorf("%T: %+v", m, v.Totals[0])
		}
	}
	if after := play(s, CompareFile{ReadDone{Source: "a.onnx", Error: "it is torn"}}); after.Open.Compare.Wrong != "it is torn" || after.Job != nil {
		t.Errorf("a file that cannot be read: %+v", after.Open.Compare)
	}
}

func TestCompareFactors(t *testing.T) {
	for _, c := range []struct {
		a, b int64
		want string
	}{{100, 18, "× 0.18"}, {3, 3, "× 1"}, {0, 5, ""}, {60965224, 61100840, "× 1.0022"}, {1, 12345, "× 12,345"}, {1000000, 10, "× 1 / 100,000"}, {2, 301, "× 150"}} {
		if got := factor(compare.Pair{A: num.Of(c.a), B: num.Of(c.b)}); got != c.want {
			t.Errorf("%d to %d is %q, not %q", c.a, c.b, got, c.want)
		}
	}
	if got := num.Of(-1234).Signed(); got != "−1,234" {
		t.Errorf("a negative number is %s", got)
	}
}

// Every network of the menu with every other, in both languages: nothing fails, and the
// causes that are listed are in order.
func TestCompareMenu(t *testing.T) {
	for i := range zoo.Presets {
		s := play(New(Prefs{Lang: catalog.Lang(i % 2)}), LoadPreset{zoo.Presets[i].ID})
		for j := range zoo.Presets {
			if (i+j)%3 != 0 {
				continue
			}
			v := sheet(t, play(s, OpenCompare{}, CompareCard{zoo.Presets[j].ID}, CompareBy{MACs: j%2 == 0}))
			for k := range v.Causes[min(1, len(v.Causes)):] {
				if v.Causes[k].amount < v.Causes[k+1].amount {
					t.Errorf("%s and %s: the causes are not ranked", zoo.Presets[i].ID, zoo.Presets[j].ID)
				}
			}
			if i != j && len(v.Lines) == 0 || v.Said == "" {
				t.Errorf("%s and %s: %+v", zoo.Presets[i].ID, zoo.Presets[j].ID, v)
			}
		}
	}
}
