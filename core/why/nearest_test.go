package why_test

import (
	"testing"

	"paramstack/core/count"
)

// TestNearest asks for numbers that nothing gives: the nearest is a plain way of counting, no
// variant that happens to be near, and a layer is named only if the difference is about its size.
func TestNearest(t *testing.T) {
	for _, c := range []struct{ network, number, terms, row string }{
		{"vit-b-16", "91206377", "", ""},
		{"resnet-50", "25,123,457", "", ""},
		{"resnet-50", "23,508,832", "head-off", ""},
		{"vgg-16", "14,714,689 parameters", "dense-off", ""},
		{"alexnet-2012", "63,263,081", "groups-off", "conv3"}, // 884,737 more, conv3 has 885,120
	} {
		a := find(t, network(t, c.network), count.PyTorch, c.number)
		if len(a.Reasons) > 0 || a.Nearest == nil {
			t.Errorf("%s, %s: explained%s", c.network, c.number, list(a))
			continue
		}
		if n := a.Nearest; names(n.Reason) != c.terms || n.Name != c.row || n.Share <= 0 || n.Share > 0.2 {
			t.Errorf("%s, %s: want %q and %q, have%s, %g", c.network, c.number, c.terms, c.row, list(a), n.Share)
		}
	}
	// A file of weights has a header.
	a := find(t, network(t, "input 3x8x8\nconv 64 k3; bn; conv 64 k3; bn"), count.PyTorch, "155,948 bytes")
	if a.Nearest == nil || !a.Nearest.File || a.Nearest.Off.String() != "44" {
		t.Errorf("a file of 155,948 bytes:%s", list(a))
	}
}

// TestRounds asks for rounded numbers that a common variant rounds to.
func TestRounds(t *testing.T) {
	for _, c := range []claim{{"resnet-18", "42.65 MB", "binary bytes-4 classes"},
		{"resnet-50-keras", "89.79 MB", "binary bytes-4 classes"}} {
		a := find(t, network(t, c.network), count.PyTorch, c.number)
		if len(a.Reasons) == 0 || names(a.Reasons[0]) != sorted(c.terms) {
			t.Errorf("%s, %s: want %s, have%s", c.network, c.number, c.terms, list(a))
		}
	}
}
