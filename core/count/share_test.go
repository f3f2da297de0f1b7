package count_test

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
)

// Weights that serve in several places are counted once; work is done each time.
func TestShared(t *testing.T) {
	for _, c := range []struct {
		name, text           string
		params, buffers, mac string
	}{
		{"a layer with another's weights",
			"input 8x6x6; a: conv 8 k3 p1; relu; conv 8 k3 p1 shares @a", "584", "0", "41472"},
		{"a bias of its own",
			"input 8x6x6; a: conv 8 k3 p1 nobias; conv 8 k3 p1 shares @a", "584", "0", "41472"},
		{"turns with one set of weights",
			"input 8x6x6; repeat 3 shared { conv 8 k3 p1; bn }", "600", "17", "62208"},
		{"turns that differ in size only",
			"input 8x24x24; repeat 2 shared { conv 8 k3 p1; maxpool 2 }", "584", "0", "414720"},
		{"a siamese network",
			"left: input 1x8x8; tower: repeat 1 { conv 4 k3; relu; flatten; linear 10 }; input 1x8x8; again @tower; sub @tower", "1490", "0", "5472"},
		{"a use inside a use",
			"input 4x4x4; a: conv 4 k1; b: repeat 1 { again @a; bn }; again @b", "28", "9", "768"},
		{"shared inside shared",
			"input 4x4x4; repeat 2 shared { repeat 3 shared { conv 4 k1 nobias } }", "16", "0", "1536"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := count.Of(parse(t, c.text))
			for _, d := range r.Problems {
				t.Errorf("%s: %v", r.Name(d.Node), d)
			}
			if p, b, m := r.Totals.Params(true).String(), r.Totals.Buffers().String(), r.Totals.MACs.String(); p != c.params || b != c.buffers || m != c.mac {
				t.Errorf("%s parameters, %s buffers, %s MACs; want %s, %s, %s", p, b, m, c.params, c.buffers, c.mac)
			}
			var groups num.Int
			for _, g := range r.Totals.Groups {
				groups = groups.Add(g.Params(true))
			}
			if !groups.Equal(r.Totals.Params(true)) {
				t.Errorf("the families have %s parameters in all", groups)
			}
		})
	}
}

func TestSharedWrong(t *testing.T) {
	for text, want := range map[string]catalog.Key{
		"input 8x6x6; conv 8 k3 shares @nobody":           catalog.NoSuchLabel,
		"input 8x6x6; a: conv 8 k3; conv 4 k1 shares @a":  catalog.SharesNothing,
		"input 8x6x6; again @nobody":                      catalog.NoSuchLabel,
		"input 8x6x6; a: repeat 1 { again @a; conv 8 k1}": catalog.NoSuchLabel,
	} {
		r := count.Of(parse(t, text))
		if len(r.Problems) == 0 || r.Problems[0].Say.Key != want {
			t.Errorf("%s: %v, want %s", text, r.Problems, want)
		}
	}
}

// What Keras calls parameters, beside what PyTorch does.
func TestKerasStyle(t *testing.T) {
	r := count.Of(parse(t, "input 8x6x6; conv 4 k3; bn"))
	if got := r.Totals.Shown(count.Style{Biases: true, Keras: true}).String(); got != "308" {
		t.Errorf("Keras shows %s, want 292 + 4·4", got)
	}
	bn := r.Rows[2]
	if got := count.Text(count.Formula(bn.Weights, count.Style{Biases: true, Keras: true})); got != "4 + 4 + 4 + 4" {
		t.Errorf("batch norm is %q in Keras", got)
	}
}

// A tower used by towers used by towers grows as 2ⁿ: it is refused, not tried.
func TestAgainGrows(t *testing.T) {
	var b strings.Builder
	b.WriteString("input 4x4x4; t0: conv 4 k1\n")
	for i := range 30 {
		n := string(rune('a' + i%26))
		prev := "t0"
		if i > 0 {
			prev = "t" + string(rune('a'+(i-1)%26)) + string(rune('0'+(i-1)/26))
		}
		b.WriteString("t" + n + string(rune('0'+i/26)) + ": repeat 1 { again @" + prev + "; again @" + prev + " }\n")
	}
	if r := count.Of(parse(t, b.String())); !r.Totals.MACsAtLeast {
		t.Error("a billion rows are said to be all there is")
	}
}
