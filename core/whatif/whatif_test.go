package whatif_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/whatif"
	"paramstack/core/zoo"
)

func parse(t testing.TB, src string) arch.Model {
	t.Helper()
	file, problems := text.Parse(src)
	for _, d := range problems {
		if d.Severity == diag.Error {
			t.Fatalf("%s: %v", src, d)
		}
	}
	return file.Model
}

func model(t testing.TB, id string) arch.Model {
	t.Helper()
	for _, n := range zoo.All() {
		if n.ID == id {
			return n.Model()
		}
	}
	t.Fatalf("no network %s", id)
	return arch.Model{}
}

// hold checks that a change is what it promises: its text reads back as itself, and
// what is counted of that text differs from the network as promised. Nothing that was
// whole is broken.
func hold(t *testing.T, of string, m arch.Model, c *whatif.Change) {
	t.Helper()
	what := fmt.Sprintf("%s: %s %s: %s", of, c.Kind.Name(), c.Name, c.Say.In(catalog.English))
	src := text.Format(c.Model)
	file, problems := text.Parse(src)
	if len(problems) > 0 || text.Format(file.Model) != src {
		t.Fatalf("%s: the text does not read back: %v\n%s", what, problems, src)
	}
	if src == text.Format(m) {
		t.Errorf("%s changes nothing", what)
	}
	before, after := count.Of(m), count.Of(file.Model)
	for _, style := range []count.Style{count.PyTorch, count.Keras, {}} {
		if want := style.Params(after.Totals.Counts).Sub(style.Params(before.Totals.Counts)); !c.Params(style).Equal(want) {
			t.Errorf("%s promises %s parameters, it is %s", what, c.Params(style), want)
		}
	}
	if want := after.Totals.MACs.Sub(before.Totals.MACs); !c.MACs().Equal(want) {
		t.Errorf("%s promises %s MACs, it is %s", what, c.MACs(), want)
	}
	if want := after.Memory().Peak.Sub(before.Memory().Peak); !c.Peak().Equal(want) {
		t.Errorf("%s promises a peak of %s, it is %s", what, c.Peak(), want)
	}
	if errors(after) > errors(before) {
		t.Errorf("%s breaks the network: %v", what, after.Problems)
	}
	for _, l := range []catalog.Lang{catalog.English, catalog.Korean} {
		if c.Worse.Key == "" || strings.Contains(c.Say.In(l)+c.Worse.In(l)+c.Law(count.PyTorch).In(l), "{") {
			t.Errorf("%s: %q %q %q", what, c.Say.In(l), c.Worse.In(l), c.Law(count.PyTorch).In(l))
		}
	}
}

func errors(r *count.Report) int {
	n := 0
	for _, d := range r.Problems {
		if d.Severity == diag.Error {
			n++
		}
	}
	return n
}

// TestChanges holds every proposal for the four networks of the issue, and that each
// finds what it must.
func TestChanges(t *testing.T) {
	for id, kinds := range map[string]string{
		"vgg-16":       "head separable bottleneck grouped asymmetric freeze lora width input",
		"resnet-50":    "split-kernel separable bottleneck grouped asymmetric fold freeze lora depth width input",
		"alexnet-2012": "head split-kernel separable asymmetric freeze lora insert-pool drop-pool width input",
		"mobilenet-v2": "fold freeze lora depth width input",
	} {
		m := model(t, id)
		found, all := whatif.For(m, count.Of(m), whatif.Script)
		if !all {
			t.Errorf("%s: blocks were left out", id)
		}
		have := map[string]int{}
		for _, c := range found {
			hold(t, id, m, c)
			have[c.Kind.Name()]++
		}
		t.Logf("%s: %d proposals %v", id, len(found), have)
		for _, kind := range strings.Fields(kinds) {
			if have[kind] == 0 {
				t.Errorf("%s: nothing of kind %s", id, kind)
			}
		}
		if !slices.IsSortedFunc(found, func(a, b *whatif.Change) int {
			return a.Params(count.PyTorch).Cmp(b.Params(count.PyTorch))
		}) {
			t.Errorf("%s: not ranked", id)
		}
	}
}

// TestZoo holds some proposals of each published network.
func TestZoo(t *testing.T) {
	for _, n := range zoo.All() {
		m := n.Model()
		found, _ := whatif.For(m, count.Of(m), whatif.Script)
		if len(found) == 0 {
			t.Errorf("%s: nothing is proposed", n.ID)
		}
		for i := 0; i < len(found); i += max(len(found)/6, 1) {
			hold(t, n.ID, m, found[i])
		}
	}
}

// one returns the proposal of a kind, with the fewest parameters.
func one(t *testing.T, m arch.Model, kind whatif.Kind) *whatif.Change {
	t.Helper()
	found, _ := whatif.For(m, count.Of(m), whatif.Script)
	for i := range found {
		if found[i].Kind == kind {
			return found[i]
		}
	}
	return nil
}

// TestEdits has what each edit makes, and what it must leave alone; "" where nothing is
// to be proposed.
func TestEdits(t *testing.T) {
	for _, c := range []struct {
		kind      whatif.Kind
		src, want string
	}{
		{whatif.Head, "input 8x6x6; flatten; linear 64; relu; dropout; linear 10; softmax",
			"input 8x6x6; globalavgpool; flatten; linear 10; softmax"},
		{whatif.Head, "input 8x6x6; flatten; linear 10", "input 8x6x6; globalavgpool; flatten; linear 10"},
		{whatif.Head, "input 8x1x1; flatten; linear 64; relu; linear 10", ""},
		{whatif.Head, "input 8x6x6; flatten; a: linear 64; relu; linear 64; add @a", ""},
		{whatif.SplitKernel, "input 16x32x32; conv 16 k5 p2; tanh",
			"input 16x32x32; conv 16 k3 p1; tanh; conv 16 k3 p1; tanh"},
		{whatif.SplitKernel, "input 16x32x32; x: conv 16 k7 s2 p3 nobias; bn; relu; add { conv 16 k1 | @x }",
			"input 16x32x32; conv 16 k3 s2 p1 nobias; bn; relu; conv 16 k3 p1 nobias; bn; relu; " +
				"x: conv 16 k3 p1 nobias; bn; relu; add { conv 16 k1 | @x }"},
		{whatif.SplitKernel, "input 16x32x32; conv 16 k5 s2", "input 16x32x32; conv 16 k3; relu; conv 16 k3 s2"},
		{whatif.SplitKernel, "input 16x32x32; conv 16 k5 p4 d2", "input 16x32x32; conv 16 k3 p2 d2; relu; conv 16 k3 p2 d2"},
		{whatif.SplitKernel, "input 16x32x32; conv 16 k5 psame", "input 16x32x32; conv 16 k3 psame; relu; conv 16 k3 psame"},
		{whatif.SplitKernel, "input 16x32x32; conv 16 k5 p3", ""},
		{whatif.SplitKernel, "input 16x32x32; a: conv 16 k5 p2; again @a", ""},
		{whatif.SplitKernel, "input 16x32x32; conv 16 k5 p2 frozen", ""},
		{whatif.Separable, "input 16x32x32; conv 64 k3 p1 nobias; bn; silu",
			"input 16x32x32; depthwise 3 p1 nobias; bn; silu; conv 64 k1 nobias; bn; silu"},
		{whatif.Separable, "input 3x32x32; conv 64 k3", ""},
		{whatif.Bottleneck, "input 256x14x14; conv 256 k3 p1",
			"input 256x14x14; conv 64 k1; relu; conv 64 k3 p1; relu; conv 256 k1"},
		{whatif.Grouped, "input 48x14x14; conv 32 k3 p1", "input 48x14x14; conv 32 k3 p1 g2"},
		{whatif.Asymmetric, "input 64x17x17; conv 64 k7 p3 s2",
			"input 64x17x17; conv 64 k1x7 s1x2 p0x3; relu; conv 64 k7x1 s2x1 p3x0"},
		{whatif.BiasOff, "input 3x8x8; conv 8 k3; bn", "input 3x8x8; conv 8 k3 nobias; bn"},
		{whatif.BiasOff, "input 3x8x8; conv 8 k3; relu; bn", ""},
		{whatif.Fold, "input 3x8x8; conv 8 k3 nobias; b: bn; relu; add @b", "input 3x8x8; b: conv 8 k3; relu; add @b"},
		{whatif.Fold, "input 3x8x8; a: conv 8 k3 nobias; bn; relu; add @a", ""},
		{whatif.Fold, "input 3x8x8; conv 8 k3; bn notrack", ""},
		{whatif.BiasOff, "input 16x32; linear 64; bn", ""}, // of the positions, the bias is of the features
		{whatif.Fold, "input 16x32; linear 64; bn", ""},
		{whatif.LoRA, "input 64; a: linear 64; relu; add @a",
			"input 64; a: add { linear 64 frozen | linear 8 nobias; linear 64 nobias }; relu; add @a"},
		{whatif.LoRA, "input 64x8x8; conv 64 k3 s2 p1",
			"input 64x8x8; add { conv 64 k3 s2 p1 frozen | conv 8 k3 s2 p1 nobias; conv 64 k1 nobias }"},
		{whatif.InsertPool, "input 8x6x6; relu; flatten; linear 10", "input 8x6x6; relu; maxpool 2; flatten; linear 10"},
		{whatif.DropPool, "input 8x6x6; maxpool 2; relu; flatten; linear 10", "input 8x6x6; relu; flatten; linear 10"},
		{whatif.DropPool, "input 8x6x6; maxpool 2; globalavgpool; flatten; linear 10",
			"input 8x6x6; globalavgpool; flatten; linear 10"},
		{whatif.DropPool, "input 8x6x6; maxpool 2; conv 8 k3; flatten; linear 10", ""},
		{whatif.Depth, "input 8x6x6; repeat 3 { conv 8 k1 }", "input 8x6x6; repeat 2 { conv 8 k1 }"},
		{whatif.Width, "input 3x8x8; conv 48*2 k3; relu; conv 20 k3 g2; flatten; linear 10",
			"input 3x8x8; conv 24*2 k3; relu; conv 8 k3 g2; flatten; linear 10"},
		{whatif.Width, "input 3x8x8; conv 32 k3; conv 32 k3 p1 g32; add { conv 32 k1 | }; linear 5",
			"input 3x8x8; conv 16 k3; conv 16 k3 p1 g16; add { conv 16 k1 | }; linear 5"},
		{whatif.Width, "input 3x8x8; conv 32 k3; side { | flatten; linear 7 }; conv 16 k1; flatten; linear 5",
			"input 3x8x8; conv 16 k3; side { | flatten; linear 7 }; conv 8 k1; flatten; linear 5"},
		{whatif.Width, "input 3x8x8; concat { conv 24 k1 | conv 40 k1 }; conv 64 k3 g64; conv 10 k1",
			"input 3x8x8; concat { conv 16 k1 | conv 24 k1 }; conv 40 k3 g40; conv 10 k1"},
		{whatif.Width, "input 16x32; attention 4; linear 32; linear 4", ""},
		{whatif.Input, "input 3x227x227; conv 8 k3", "input 3x114x114; conv 8 k3"},
		{whatif.Input, "input 784; linear 10", ""},
	} {
		m := parse(t, strings.ReplaceAll(c.src, "; ", "\n"))
		got := ""
		if change := one(t, m, c.kind); change != nil {
			hold(t, c.src, m, change)
			got = text.Format(change.Model)
		}
		want := ""
		if c.want != "" {
			want = text.Format(parse(t, strings.ReplaceAll(c.want, "; ", "\n")))
		}
		if got != want {
			t.Errorf("%s of %s:\n%s\nwant\n%s", c.kind.Name(), c.src, got, want)
		}
	}
}

// TestForNode: the proposals at a node are those of the list.
func TestForNode(t *testing.T) {
	m := model(t, "alexnet-2012")
	r := count.Of(m)
	all, _ := whatif.For(m, r, whatif.Script)
	for _, row := range r.Rows {
		var want []string
		for _, c := range all {
			if c.Row == row.ID {
				want = append(want, c.Say.In(catalog.English))
			}
		}
		var got []string
		for _, c := range whatif.ForNode(m, r, row.ID) {
			if c.Row == row.ID {
				got = append(got, c.Say.In(catalog.English))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, in the list %q", row.Name, got, want)
		}
	}
}

// TestBounded: the work is bounded, whatever the network; what matters most is there.
func TestBounded(t *testing.T) {
	src := "input 8x8x8\n" + strings.Repeat("conv 8 k3 p1\n", 2000) + "conv 512 k5 p2\nflatten\nlinear 10\n"
	m := parse(t, src)
	found, all := whatif.For(m, count.Of(m), whatif.Script)
	if all || len(found) == 0 || len(found) > 100 {
		t.Errorf("%d proposals, all: %v", len(found), all)
	}
	if !slices.ContainsFunc(found, func(c *whatif.Change) bool { return c.Kind == whatif.SplitKernel }) {
		t.Error("the largest convolution was left out")
	}
}

// TestBroken: a network with problems, an unknown one and none at all.
func TestBroken(t *testing.T) {
	for _, src := range []string{"", "relu", "input 3x?x?; conv 8 k5; conv 8 k5", "input 8x8x8; conv 8 k9; conv 8 k3",
		"input 3x8x8; opaque; conv 8 k3", "conv 8 k5; flatten; linear 4",
		"input 3x8x8; repeat 1000000000 { conv 3 k5 p2 }; flatten; linear 4; linear 4"} {
		m := parse(t, src)
		found, _ := whatif.For(m, count.Of(m), whatif.Script)
		for _, c := range found {
			hold(t, src, m, c)
		}
		whatif.FitWidth(m, count.Of(m), whatif.Limit{Most: num.Of(100)})
		whatif.FitInput(m, count.Of(m), whatif.Limit{Most: num.Of(100)})
	}
}

// TestLaws: how the numbers follow from that of repetitions is stated of these repetitions.
func TestLaws(t *testing.T) {
	for _, c := range []struct {
		src, say, want string
	}{
		{"input 8x6x6; repeat 3 { conv 8 k1 }", "2 instead of 3",
			"Linear: each of these repetitions has 72 parameters and 2,304 MACs."},
		{"input 8x6x6; repeat 3 { conv 8 k1 }", "4 instead of 3",
			"Linear: each of these repetitions has 72 parameters and 2,304 MACs."},
		{"input 4x6x6; repeat 3 { conv 8 k1 }", "2 instead of 3", // the first has others
			"Linear: each of these repetitions has 72 parameters and 2,304 MACs."},
		{"input 8x6x6; repeat 3 { concat { | conv 8 k1 } }; conv 8 k1", "2 instead of 3",
			"Quadratic: channels grow from one repetition to the next, so each is larger than the one before. " +
				"The last has 200 parameters and 6,912 MACs."},
		{"input 8x64x64; repeat 3 { conv 8 k1; maxpool 2 }; globalavgpool; flatten; linear 4", "2 instead of 3",
			"Linear: each of these repetitions has 72 parameters and 16,384 MACs."},
		{"input 8x64x64; repeat 3 { conv 8 k1; maxpool 2 }; flatten; linear 4", "2 instead of 3",
			"Not linear: a repetition changes the shape that the layers after it receive. " +
				"The last has 72 parameters and 16,384 MACs."},
	} {
		m := parse(t, strings.ReplaceAll(c.src, "; ", "\n"))
		found, _ := whatif.For(m, count.Of(m), whatif.Script)
		got := ""
		for _, f := range found {
			if f.Kind == whatif.Depth && strings.HasSuffix(f.Say.In(catalog.English), c.say) {
				got = f.Law(count.PyTorch).In(catalog.English)
			}
		}
		if got != c.want {
			t.Errorf("%s, %s: %s", c.src, c.say, got)
		}
	}
}

// TestLarge: a list of many layers is found without any of the whole network's edits being
// made layer by layer, which took minutes: the work of each is in proportion to the rows.
func TestLarge(t *testing.T) {
	m := parse(t, "input 3x64x64\n"+strings.Repeat("conv 64 k3 p1\nbn\nrelu\n", 3000)+"globalavgpool\nflatten\nlinear 10\n")
	r := count.Of(m)
	l := whatif.NewList(m, r, whatif.Sheet)
	steps := 0
	for l.More(1) {
		steps++
	}
	if !l.Cut() || steps < 10 || steps > 60 {
		t.Errorf("%d steps, cut: %v", steps, l.Cut())
	}
	have := map[string]bool{}
	for _, c := range l.Found() {
		have[c.Kind.Name()] = true
		if c.Row == 0 && c.Kind != whatif.Width {
			hold(t, "many", m, c)
		}
	}
	for _, kind := range strings.Fields("width input bias-off fold freeze lora") {
		if !have[kind] {
			t.Errorf("nothing of kind %s", kind)
		}
	}
}
