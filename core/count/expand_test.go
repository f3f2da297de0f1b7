package count_test

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
)

// TestExpansions counts small texts that state more layers than there can be:
// within bounds of memory, and without a number that is too large.
func TestExpansions(t *testing.T) {
	nested := func(open string, depth int, body string) string {
		return "input 8\n" + strings.Repeat(open+" { ", depth) + body + strings.Repeat(" }", depth)
	}
	lines := func(n int, line func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(line(i) + "\n")
		}
		return b.String()
	}
	for _, c := range []struct {
		name, src string
		params    string // exact, or the least
		least     bool
		many      bool // it is said that not all was counted
	}{
		// One linear layer of 8·8+8, however often it is used.
		{"shared in shared", nested("repeat 1000000000 shared", 60, "linear 8"), "72", false, false},
		{"again of again", "input 8\na0: linear 8\n" + lines(60, func(i int) string {
			return fmt.Sprintf("repeat 1 as a%d { again @a%d; again @a%d }", i+1, i, i)
		}), "72", false, true},
		{"again of again in a repeat", "input 8\na0: linear 8\n" + lines(60, func(i int) string {
			return fmt.Sprintf("repeat 1000 shared as a%d { again @a%d; again @a%d }", i+1, i, i)
		}), "72", false, true},
		{"ten times 10^9 each", nested("repeat 1000000000", 2, "linear 8"), "72000000000000000000", false, false},
		{"many labels used again", "input 8\n" + lines(5000, func(i int) string { return fmt.Sprintf("a%d: linear 8", i) }) +
			lines(5000, func(i int) string { return fmt.Sprintf("again @a%d", i) }), "360000", false, false},
		{"many users of a label", "input 8\na: linear 8\nrepeat 100000 { b: linear 8\n" + strings.Repeat("add @b\n", 3000) + "}", "7200072", false, false},
		{"statements that are many rows", "input 8\na: linear 8\n" + strings.Repeat("concat"+strings.Repeat(" @a", 400)+"; linear 8\n", 200), "5134472", false, false},
	} {
		tooltest.Bounded(t, c.name, func() {
			file, problems := text.Parse(c.src)
			if len(problems) > 0 {
				t.Fatalf("%s: %v", c.name, problems[0])
			}
			r := count.Of(file.Model)
			if got := r.Totals.Params(true).String(); got != c.params || r.Totals.ParamsAtLeast != c.least {
				t.Errorf("%s: %s parameters, at least %v; want %s", c.name, got, r.Totals.ParamsAtLeast, c.params)
			}
			many := len(r.Problems) > 0 && r.Problems[0].Say.Key == catalog.TooManyTurns
			if many != c.many {
				t.Errorf("%s: %v", c.name, r.Problems)
			}
		})
	}
	// Repetitions that all differ stop, and what was not counted is never guessed: each
	// of these has one parameter more than the one before: n of them have n·(n+1)/2.
	file, _ := text.Parse("input 1x8x8\nrepeat 100000000 { concat { | conv 1 k1 nobias } }")
	var r *count.Report
	tooltest.Bounded(t, "growing", func() { r = count.Of(file.Model) })
	got, _ := r.Totals.Params(true).Int64()
	n := int64(len(r.Rows[1].Children))
	if !r.Totals.ParamsAtLeast || got > n*(n+1)/2 || got < (n-1)*n/2 {
		t.Errorf("%d parameters in %d repetitions, at least %v", got, n, r.Totals.ParamsAtLeast)
	}
}
