package editor

import (
	"slices"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/whatif"
	"paramstack/core/zoo"
)

// lookOn looks for more of the network's edits until all are found, as the page does.
func lookOn(s State) State {
	for s.Open.WhatIf.Busy {
		s = play(s, MoreWhatIfs{s.Open.WhatIf.list})
	}
	return s
}

// Every edit of the list is taken as promised, and undo brings the text back to the letter.
func TestTakeWhatIf(t *testing.T) {
	for i, n := range zoo.All() {
		if !strings.HasPrefix(n.ID, "alexnet") && n.ID != "vgg-16" && n.ID != "resnet-50" && n.ID != "mobilenet-v2" && i%12 != 0 {
			continue
		}
		before := play(New(Prefs{}), LoadText{Source: n.ID, Text: text.Format(n.Model())})
		s := lookOn(play(before, OpenWhatIf{}))
		w := s.Open.WhatIf
		if w == nil || !w.Whole || len(w.whole) == 0 {
			t.Fatalf("%s: %+v", n.ID, w)
		}
		for at := range w.whole {
			if at > 20 && at%9 != 0 {
				continue
			}
			c := w.whole[at]
			after, effects := Update(s, TakeWhatIf{c.ID})
			style := after.Prefs.Style()
			got := style.Params(after.Doc.Report.Totals.Counts).Sub(style.Params(before.Doc.Report.Totals.Counts))
			if after.Doc.Text != text.Format(c.Model) || !got.Equal(c.Params(style)) || len(effects) == 0 {
				t.Errorf("%s: %s: %s parameters, promised %s", n.ID, c.Say.In(catalog.English), got, c.Params(style))
			}
			if after.Open != (Open{}) || after.Notice == nil || len(after.Notice.Actions) != 1 {
				t.Errorf("%s: %s: %+v", n.ID, c.Say.In(catalog.English), after.Notice)
			}
			if back := play(after, after.Notice.Actions[0].Send); back.Doc.Text != before.Doc.Text {
				t.Errorf("%s: undo of %s leads to\n%s", n.ID, c.Say.In(catalog.English), back.Doc.Text)
			}
		}
	}
}

// The sheet is about the block of the cursor first; what is listed, how many and in which
// order can be chosen.
func TestWhatIfSheet(t *testing.T) {
	s := start(t, "input 16x32x32\nc1: conv 64 k5 p2\nbn\nrelu\nconv 64 k3 p1\nrelu\nflatten\nlinear 10\n")
	s = play(s, Select{Row: "2"}, OpenWhatIf{})
	w := s.Open.WhatIf
	if w.Whole || w.At != 2 || len(w.block) == 0 || w.whole != nil {
		t.Fatalf("at a block: %+v", w)
	}
	listed, _ := s.Proposals()
	if p := listed[0]; p.Block != "c1" || !strings.Contains(p.Worse, ".") || len(p.Figures) < 3 || !p.Figures[0].Down {
		t.Errorf("first at the block: %+v", p)
	}
	s = lookOn(play(s, ScopeWhatIf{Whole: true}, RankWhatIf{whatif.ByPeak}))
	w = s.Open.WhatIf
	if !slices.IsSortedFunc(w.whole, func(a, b *whatif.Change) int { return a.Peak().Cmp(b.Peak()) }) {
		t.Error("not ranked by peak memory")
	}
	few, _ := s.Proposals()
	more, effects := Update(s, MoreWhatIf{})
	all, _ := more.Proposals()
	// The button that was pressed is gone: the focus goes on to the first that it brought.
	if len(effects) != 1 || effects[0] != (Focus{ElementID: WhatIfTake(all[len(few)].Index)}) {
		t.Errorf("after more: %+v", effects)
	}
	if _, effects := Update(more, MoreWhatIf{}); len(effects) > 0 {
		t.Errorf("no more: %+v", effects)
	}
	if len(few) != fewWhatIfs || len(all) != len(few)+w.More() || len(all) != len(w.whole) {
		t.Errorf("%d shown, %d more, %d in all", len(few), w.More(), len(all))
	}
	s = play(s, ScopeWhatIf{})
	if s.Open.WhatIf.Whole {
		t.Error("not back at the block")
	}
	// In Korean, and nothing taken that is not there.
	for _, m := range []Msg{TakeWhatIf{-1}, TakeWhatIf{999}, TakeWhatIf{fitIndex}, RankWhatIf{7}} {
		if next := play(s, m); next.Doc.Text != s.Doc.Text || next.Open.WhatIf == nil {
			t.Errorf("%+v did something", m)
		}
	}
	for _, m := range []Msg{TakeWhatIf{}, ScopeWhatIf{}, MoreWhatIfs{}, ChooseWhatIf{1, "2"}, RankWhatIf{}, MoreWhatIf{}, FitInto{"1M"}} {
		if next := play(play(s, Close{}), m); next.Open != (Open{}) || next.Doc.Text != s.Doc.Text {
			t.Errorf("%+v without the sheet did something", m)
		}
	}
}

// A limit is answered by the widest network, one on activations by the largest input too;
// what cannot be read or met is explained.
func TestFitInto(t *testing.T) {
	s := play(New(Prefs{}), OpenWhatIf{}, FitInto{"1M"})
	_, fits := s.Proposals()
	if len(fits) != 1 || s.Open.WhatIf.Within.In(catalog.English) != "Parameters: at most 1,000,000" {
		t.Fatalf("1M: %+v, %s", fits, s.Open.WhatIf.Within.In(catalog.English))
	}
	after := play(s, TakeWhatIf{fits[0].Index})
	if n := after.Doc.Report.Totals.Params(true); n.Cmp(num.Of(1_000_000)) > 0 || n.Cmp(num.Of(900_000)) < 0 {
		t.Errorf("within 1M it has %s", n)
	}
	_, fits = play(s, FitInto{"300 KB int8 peak"}).Proposals()
	if len(fits) != 2 {
		t.Errorf("300 KB: %+v", fits)
	}
	_, fits = play(s, FitInto{"40 KB int8 peak"}).Proposals()
	if len(fits) != 1 || !strings.Contains(fits[0].Say, ", and input 3×") {
		t.Errorf("40 KB: %+v", fits)
	}
	for _, limit := range []string{"x", "1", "1 lb"} {
		if w := play(s, FitInto{limit}).Open.WhatIf; w.None.Key == "" || len(w.fits) > 0 {
			t.Errorf("%s: %+v", limit, w.None)
		}
	}
	// What fits as it is has nothing to apply, and so nothing to undo.
	for _, limit := range []string{"60,965,224", "1156 MiB peak"} {
		next := play(s, FitInto{limit})
		_, fits := next.Proposals()
		if w := next.Open.WhatIf; limit == "60,965,224" && (len(fits) > 0 || w.Within.Key != catalog.FitKept || w.None.Key != "") {
			t.Errorf("%s: %+v, %s", limit, fits, w.Within.In(catalog.English))
		}
		for _, p := range fits {
			if after := play(next, TakeWhatIf{p.Index}); after.Doc.Text == s.Doc.Text {
				t.Errorf("%s: %s changes nothing", limit, p.Say)
			}
		}
	}
	if w := play(s, FitInto{" "}).Open.WhatIf; w.None.Key != "" || w.Within.Key != "" || len(w.fits) > 0 {
		t.Errorf("nothing typed: %+v", w)
	}
}

// What a large network allows is found bit by bit: what is listed stays where it is until
// all is, and a sheet that was closed meanwhile stays closed.
func TestWhatIfsOfMany(t *testing.T) {
	src := "input 3x32x32\n" + strings.Repeat("conv 32 k3 p1; bn; relu\n", 300) + "globalavgpool; flatten; linear 10\n"
	s, effects := Update(start(t, src), OpenWhatIf{})
	w := s.Open.WhatIf
	soon := slices.IndexFunc(effects, func(e Effect) bool { _, ok := e.(Soon); return ok })
	if !w.Busy || soon < 0 || len(w.whole) == 0 {
		t.Fatalf("%d found, busy: %v, effects %+v", len(w.whole), w.Busy, effects)
	}
	more := effects[soon].(Soon).Msg
	if next := play(s, more); !next.Open.WhatIf.Busy || len(next.Open.WhatIf.whole) != len(w.whole) {
		t.Errorf("after a while: %d, before %d", len(next.Open.WhatIf.whole), len(w.whole))
	}
	// A number chosen meanwhile stays.
	at := slices.IndexFunc(w.whole, func(c *whatif.Change) bool { return c.Kind == whatif.Width })
	chosen := play(s, ChooseWhatIf{w.whole[at].ID, "0.25"})
	done := lookOn(chosen)
	if c, _ := done.Open.WhatIf.change(w.whole[at].ID); len(done.Open.WhatIf.whole) <= len(w.whole) || c.Choice.Value != "0.25" {
		t.Errorf("%d in the end, of them %+v", len(done.Open.WhatIf.whole), c)
	}
	if closed := play(play(chosen, Close{}), more); closed.Open != (Open{}) {
		t.Errorf("closed: %+v", closed.Open)
	}
	if other := play(play(chosen, Close{}, OpenWhatIf{}), more); len(other.Open.WhatIf.whole) != len(w.whole) {
		t.Error("another sheet takes over what is of this one")
	}
}

// A number in a proposal may be another: the proposal has its figures, and applying it makes
// the network of it. One that cannot be is refused with what can.
func TestChooseWhatIf(t *testing.T) {
	s := start(t, "input 64x32x32\nrepeat 3 { conv 64 k3 p1; bn; relu }\nflatten\nlinear 100\nlinear 10\n")
	s = lookOn(play(s, OpenWhatIf{}, ScopeWhatIf{Whole: true}, MoreWhatIf{}))
	for _, c := range []struct {
		say, value, want, why string
	}{
		{"LoRA of rank 8:", "16", "conv 16 k3 p1 nobias", ""},
		{"LoRA of rank 8 at", "4", "linear 4 nobias", ""},
		{"LoRA of rank 8:", "40", "", "A whole number from 1 to 31 fits here."},
		{"LoRA of rank 8:", "x", "", "A whole number from 1 to 31 fits here."},
		{"Grouped: 8", "16", "g16", ""},
		{"Grouped: 8", "5", "", "The number of groups has to divide the 64 channels of the input and the 64 of the output."},
		{"Bottleneck", "24", "conv 24 k1", ""},
		{"Bottleneck", "0", "", "A whole number from 1 to 64 fits here."},
		{"Repetitions: 2", "6", "repeat 6", ""},
		{"Repetitions: 2", "3", "", "This is what the network has now."},
		{"Width × 0.5", "3/4", "conv 48 k3", ""},
		{"Width × 0.5", "０．７５", "conv 48 k3", ""},
		{"Repetitions: 2", "１,000", "repeat 1000", ""},
		{"Repetitions: 2", "1000000001", "", "A whole number from 1 to 1,000,000,000 fits here."},
		{"Width × 0.5", "-1", "", "Type a multiplier, at most 64: 0.5, 3/4, 150 %."},
		{"Input × 0.5", "24x20", "input 64x24x20", ""},
		{"Input × 0.5", "48", "input 64x48x48", ""},
		{"Input × 0.5", "1x2x3", "", "Type a size: 160, or each side: 160x120."},
	} {
		listed, _ := s.Proposals()
		at := slices.IndexFunc(listed, func(p Proposal) bool { return strings.HasPrefix(p.Say, c.say) })
		if at < 0 {
			t.Errorf("no %s", c.say)
			continue
		}
		index := listed[at].Index
		next, effects := Update(s, ChooseWhatIf{index, c.value})
		listed, _ = next.Proposals()
		p := listed[at]
		if p.Index != index || p.Choice.Label == "" || p.Choice.Why != c.why || len(effects) != 1 {
			t.Errorf("%s, %s: %+v", c.say, c.value, p)
		}
		if c.why != "" {
			if p.Choice.Value != c.value {
				t.Errorf("%s: %q is not kept: %q", c.say, c.value, p.Choice.Value)
			}
			// It is not applied, nor is what the field held before; others are.
			for _, lang := range []catalog.Lang{catalog.English, catalog.Korean} {
				next.Prefs.Lang = lang
				after, effects := Update(next, TakeWhatIf{index})
				listed, _ := next.Proposals()
				said := slices.Contains(effects, Effect(Announce{listed[at].Choice.Why}))
				if after.Doc.Text != s.Doc.Text || after.Open.WhatIf == nil || !said {
					t.Errorf("%s, %s: applied, or not why not: %+v", c.say, c.value, effects)
				}
			}
			if after := play(next, TakeWhatIf{listed[(at+1)%len(listed)].Index}); after.Doc.Text == s.Doc.Text {
				t.Errorf("%s, %s: another proposal is not applied", c.say, c.value)
			}
			// Once it is right, it is.
			if after := play(next, ChooseWhatIf{index, "4"}, TakeWhatIf{index}); after.Doc.Text == s.Doc.Text {
				t.Errorf("%s: 4 is not applied after %s", c.say, c.value)
			}
			continue
		}
		after := play(next, TakeWhatIf{index})
		if !strings.Contains(after.Doc.Text, c.want) {
			t.Errorf("%s, %s: no %s in\n%s", c.say, c.value, c.want, after.Doc.Text)
		}
		if back := play(after, Undo{}); back.Doc.Text != s.Doc.Text {
			t.Errorf("%s: undo leads to\n%s", c.say, back.Doc.Text)
		}
	}
	if next := play(s, ChooseWhatIf{9999, "2"}, ChooseWhatIf{-1, "2"}); next.Doc.Text != s.Doc.Text {
		t.Error("what is not there was chosen")
	}
}

// Of what is not counted in full a proposal has lower bounds, and a layer that is broken is
// to be fixed before it becomes others.
func TestWhatIfAtLeast(t *testing.T) {
	s := start(t, "input 3x32x32\nconv 32 k3 p1\nconv 48 k64\nconv 64 k5 p2\nflatten\nlinear 10\n")
	s = lookOn(play(s, OpenWhatIf{}, ScopeWhatIf{Whole: true}, MoreWhatIf{}))
	listed, _ := s.Proposals()
	if len(listed) == 0 {
		t.Fatal("nothing is proposed")
	}
	for _, p := range listed {
		for _, f := range p.Figures[:3] {
			if !strings.HasPrefix(f.Before, "≥ ") || !strings.HasPrefix(f.After, "≥ ") {
				t.Errorf("%s: %+v", p.Say, f)
			}
		}
		if p.Block == "conv2" && strings.Contains(p.Say, "64×64") {
			t.Errorf("of a broken layer: %s", p.Say)
		}
	}
}
