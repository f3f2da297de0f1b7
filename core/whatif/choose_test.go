package whatif

import "testing"

// TestParseRatio reads multipliers as people type them.
func TestParseRatio(t *testing.T) {
	for src, want := range map[string]Ratio{
		"0.75": {3, 4}, " 3/4": {3, 4}, "75 %": {3, 4}, "0,5": {1, 2}, "× 2": {2, 1}, "x1.5": {3, 2}, ".5": {1, 2},
		"64": {64, 1}, "1.5/2": {3, 4}, "0.000001": {1, 1_000_000}, "100%": {1, 1}, "2.": {2, 1},
		"": {}, "0": {}, "-1": {}, "2.x": {}, "2x": {}, "65": {}, "1/0": {}, "0/1": {}, "1/2/3": {}, "1e3": {},
		"0.0000001":            {},
		"99999999999999999999": {}, "1/99999999": {}, "%": {}, "half": {}, "1.2.3": {}, "0x10": {}, "+-2": {}, "1/-2": {},
	} {
		if got, ok := parseRatio(src); got != want || ok != (want.Num > 0) {
			t.Errorf("%q: %v %v, want %v", src, got, ok, want)
		}
	}
}

// TestParseSides reads sizes as people type them.
func TestParseSides(t *testing.T) {
	for src, want := range map[string]int{"160": 1, "160x120": 2, "16 × 8·4": 3, "": 0, "x": 0, "0": 0, "-3": 0,
		"9999999999": 0, "12a": 0} {
		if got, ok := parseSides(src); len(got) != want || ok != (want > 0) {
			t.Errorf("%q: %v", src, got)
		}
	}
}
