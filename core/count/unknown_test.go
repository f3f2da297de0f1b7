package count_test

import (
	"testing"

	"paramstack/core/count"
	"paramstack/core/text"
)

// TestUnknownRepetitions counts repeats whose first repetition knows its input and
// whose others do not: what depends on the input is then "at least", never a
// multiple of the first.
func TestUnknownRepetitions(t *testing.T) {
	for src, want := range map[string]struct {
		params  string
		atLeast bool
	}{
		"input 12x6; repeat 3 { convtranspose 7 k1; opaque weights=5,3x3 }":     {"133", true},  // 12·7 + 7, and 14 three times
		"input 3x8x8; repeat 4 { conv 8 k3 p1; opaque weights=none }":           {"224", true},  // 3·3·3·8 + 8
		"input 6; repeat 2 { embedding 5x4; opaque weights=none }":              {"20", true},   // what enters the second is unknown
		"input 3x8x8; repeat 2 { conv 8 k3 p1; opaque weights=none out=3x8x8 }": {"448", false}, // known again
	} {
		file, problems := text.Parse(src)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", src, problems[0])
		}
		got := count.Of(file.Model).Totals
		if params := count.PyTorch.Params(got.Counts).String(); params != want.params || got.ParamsAtLeast != want.atLeast {
			t.Errorf("%s: %s parameters, at least: %v; want %s, %v", src, params, got.ParamsAtLeast, want.params, want.atLeast)
		}
	}
}
