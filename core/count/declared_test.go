package count_test

import (
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/text"
)

// TestDeclared wants what a layer declares that it receives to decide its weights, to be
// marked where it does not fit with the remedies in order, and to be forgotten where
// it does.
func TestDeclared(t *testing.T) {
	for _, c := range []struct {
		src, params  string
		first, value string // the first remedy: the name of the layer it changes, and what it writes
		fixes        int    // 0: it fits, or is not known not to
		settled      bool
	}{
		{"input 784; linear 100; linear 10 in=200", "80510", "linear1", "200", 2, false},
		{"input 784; linear 100; relu; bn; linear 10 in=200", "80710", "linear1", "200", 2, false},
		{"input 784; linear 100; linear 10 in=100", "79510", "", "", 0, true},
		{"input 784; linear 10 in=200", "2010", "input1", "200", 2, false},
		{"input 9x784; linear 10 in=200", "2010", "linear1", "784", 1, false},
		{"input 1x28x28; conv 6 k5; flatten; linear 10 in=480", "4966", "linear1", "3456", 1, false},
		{"input 1x?x?; conv 6 k5; flatten; linear 10 in=480", "4966", "", "", 0, false},
		{"input 1x6x6; conv 6 k5; linear 10 in=24", "406", "linear1", "flatten", 2, false},
		{"input 3x8x8; conv 30 k1; opaque type=yolo weights=none macs=0 in=27 keeps", "120", "conv1", "27", 2, false},
		{"input 3x8x8; conv 27 k1; opaque type=yolo weights=none macs=0 in=27 keeps", "108", "", "", 0, true},
		{"input 3x8x8; conv 9 k1; a: conv 30 k1; conv 30 k1 shares @a; opaque type=yolo weights=none macs=0 in=27 keeps", "1236", "opaque1", "30", 1, false},
	} {
		r := reported(t, c.src)
		if got := r.Totals.Params(true).String(); got != c.params && c.fixes > 0 || r.Totals.ParamsAtLeast {
			t.Errorf("%q: %s parameters, want %s", c.src, got, c.params)
		}
		d := problem(r, catalog.FeaturesMisfit)
		if d == nil {
			d = problem(r, catalog.ChannelsMisfit)
		}
		if d == nil {
			d = &diag.Diag{}
		}
		if len(d.Fixes) != c.fixes {
			t.Errorf("%q: %v with %v, want %d remedies", c.src, d, d.Fixes, c.fixes)
			continue
		}
		if c.fixes > 0 {
			fix := d.Fixes[0]
			if fix.Node == 0 {
				fix.Node = d.Node
			}
			if r.Name(fix.Node) != c.first || fix.Value != c.value {
				t.Errorf("%q: %+v at %s, want %s at %s", c.src, fix, r.Name(fix.Node), c.value, c.first)
			}
		}
		file, _ := text.Parse(c.src)
		free, ok := count.Of(file.Model).Settled(file.Model)
		if ok != c.settled || ok && len(text.Format(free)) >= len(text.Format(file.Model)) {
			t.Errorf("%q: settled %v as %s", c.src, ok, text.Compact(free))
		}
	}
}
