package whatif_test

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/whatif"
)

// chosen returns the first edit of a kind with a number of one's own in it, and why there is
// none.
func chosen(t *testing.T, src string, kind whatif.Kind, value string) (*whatif.Change, catalog.Message) {
	t.Helper()
	m := parse(t, strings.ReplaceAll(src, "; ", "\n"))
	r := count.Of(m)
	found, _ := whatif.For(m, r, whatif.Script)
	for _, c := range found {
		if c.Kind == kind && c.Choice.Of != "" {
			return whatif.Choose(m, r, c, value)
		}
	}
	t.Fatalf("%s: nothing of kind %s", src, kind.Name())
	return nil, catalog.Message{}
}

// TestWorse: what gets worse goes by what the edit does, even where of the figures only the
// peak follows, or none is known in full.
func TestWorse(t *testing.T) {
	const smaller, larger = "Small details are no longer in the input.",
		"The receptive field covers a smaller part of the input, and activations need more memory."
	const steps = "3 layers in sequence instead of one: more steps, and in training the outputs of 3 layers to keep instead of one."
	const three = ", and three layers follow each other instead of one."
	wide := "input 256x8x8; conv 256 k3 p1; flatten; linear 10"
	for _, c := range []struct {
		src         string
		kind        whatif.Kind
		value, want string
	}{
		{"input 3x8x8", whatif.Input, "4", smaller},
		{"input 3x8x8", whatif.Input, "16", larger},
		{"input 3x8x8; conv 4 k30; linear 10", whatif.Input, "5", smaller},
		{"input 3x8x8; conv 4 k30; linear 10", whatif.Input, "16", larger},
		{"input 3x8x8; relu; maxpool 2", whatif.Input, "6", smaller},
		{"input 3x32x32; conv 8 k3", whatif.Input, "64x8", smaller},
		{"input 3x32x32; conv 8 k3", whatif.Input, "64x16", smaller}, // longer one way
		{"input 3x32x32; conv 8 k3", whatif.Input, "64x24", larger},
		{wide, whatif.Bottleneck, "64", "All information passes through a width of 64" + three},
		{wide, whatif.Bottleneck, "1", "All information passes through a width of 1" + three},
		{wide, whatif.Bottleneck, "256", "Here it saves neither parameters nor MACs. " + steps},
		{"input 64x8x8; conv 128 k3 p1; flatten; linear 10", whatif.Bottleneck, "64", steps},
	} {
		got, why := chosen(t, c.src, c.kind, c.value)
		if got == nil || got.Worse.In(catalog.English) != c.want {
			t.Errorf("%s, %s %s: %+v %s", c.src, c.kind.Name(), c.value, got, why.In(catalog.English))
		}
	}
	m := parse(t, "input 3x8x8")
	found, _ := whatif.For(m, count.Of(m), whatif.Script)
	for _, c := range found {
		want := "작은 세부가 입력에서 사라집니다."
		if c.After.Peak.Cmp(c.Before.Peak) > 0 {
			want = "수용 영역이 입력의 더 작은 부분만 덮고, 활성값 메모리가 더 필요합니다."
		}
		if got := c.Worse.In(catalog.Korean); got != want {
			t.Errorf("%s: %s", c.Say.In(catalog.Korean), got)
		}
	}
	if len(found) != 2 {
		t.Errorf("%d edits of an input alone", len(found))
	}
}

// TestRefused: a number that cannot be is refused with what it would do.
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		src         string
		kind        whatif.Kind
		value, want string
	}{
		{"input 3x32x32; conv 8 k11; flatten; linear 10", whatif.Input, "10", "With 10 the network breaks."},
		{"input 3x32x32; conv 8 k11; flatten; linear 10", whatif.Input, "１０", "With 10 the network breaks."},
		{"input 8x16x16; repeat 6 { conv 8 k3 s2 p1 }", whatif.Depth, "1", "With 1 the network answers in another shape."},
		{"input 8x16x16; repeat 3 { conv 8 k1 }", whatif.Depth, "1000000001", "A whole number from 1 to 1,000,000,000 fits here."},
		{"input 3x32x32; conv 8 k3; flatten; linear 10", whatif.Width, "1", "This is what the network has now."},
	} {
		got, why := chosen(t, c.src, c.kind, c.value)
		if got != nil || why.In(catalog.English) != c.want {
			t.Errorf("%s, %s %s: %q, want %q", c.src, c.kind.Name(), c.value, why.In(catalog.English), c.want)
		}
	}
}
