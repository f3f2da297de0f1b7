package link_test

import (
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/link"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// Every network comes back with how it was counted, and the plain counting has the
// links that version 1 always had.
func TestCounting(t *testing.T) {
	for _, n := range zoo.All() {
		m := n.Model()
		for _, c := range []link.Counting{{}, {NoBiases: true}, {Keras: true}, {NoBiases: true, Keras: true}} {
			fragment := link.EncodeCounted(m, c)
			if plain := link.Encode(m); (fragment == plain) != (c == link.Counting{}) {
				t.Errorf("%s, %+v: %.60s and %.60s", n.ID, c, fragment, plain)
			}
			back, counting, d := link.DecodeCounted("#" + fragment)
			if d != nil || !link.Is(fragment) || counting != c || text.Format(back) != text.Format(m) {
				t.Errorf("%s, %+v: %.60s comes back as %+v (%v)", n.ID, c, fragment, counting, d)
			}
			if back, d = link.Decode(fragment); d != nil || text.Format(back) != text.Format(m) {
				t.Errorf("%s, %+v: without the counting: %v", n.ID, c, d)
			}
		}
	}
	for fragment, want := range map[string]link.Counting{
		"1.i3x8x8~c4k3~end": {}, "1b.i3x8x8~c4k3~end": {NoBiases: true}, "#1k.i3x8x8~c4k3~end.": {Keras: true},
		"1bk.i3x8x8~c4k3~end)": {NoBiases: true, Keras: true}, "%31b.i3x8x8~c4k3~end": {NoBiases: true},
	} {
		if _, c, d := link.DecodeCounted(fragment); d != nil || c != want {
			t.Errorf("%s: %+v, %v", fragment, c, d)
		}
	}
	for fragment, want := range map[string]catalog.Key{
		"1kb.i3x8x8~end": catalog.LinkForeign, "1bb.i3x8x8~end": catalog.LinkForeign, "1x.i3x8x8~end": catalog.LinkForeign,
		"1b": catalog.LinkForeign, "1bk": catalog.LinkForeign, "1b?abc": catalog.LinkForeign, "2b.i3x8x8~end": catalog.LinkNewer,
		"1b.i3x8x8": catalog.LinkDamaged, "1kz": catalog.LinkDamaged, "1b.~end": catalog.LinkEmpty,
	} {
		if _, _, d := link.DecodeCounted(fragment); d == nil || d.Say.Key != want {
			t.Errorf("%s: %v, want %s", fragment, d, want)
		}
	}
	if got := link.EncodeCounted(zoo.ByID("toy").Model(), link.Counting{NoBiases: true, Keras: true}); got[:4] != "1bk." {
		t.Errorf("by hand it is written otherwise: %s", got)
	}
}
