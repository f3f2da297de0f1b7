package tool_test

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
	"paramstack/core/tool"
	"paramstack/core/tool/target"
)

// TestHostileNetworks writes small texts that state endless networks, and large
// ones, in every format: each writer ends, within bounds of memory.
func TestHostileNetworks(t *testing.T) {
	nested := func(open string, body string) string {
		return "input 8\n" + strings.Repeat(open+" { ", 60) + body + strings.Repeat(" }", 60)
	}
	lines := func(n int, line func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(line(i) + "\n")
		}
		return b.String()
	}
	for name, src := range map[string]string{
		"shared in shared": nested("repeat 1000000000 shared", "linear 8"),
		"in each other":    nested("repeat 1000000000", "linear 8"),
		"growing":          "input 1x8x8\nrepeat 1000000000 { concat { | conv 1 k1 } }",
		"empty":            "input 8\na: linear 8\nrepeat 1000000000 { repeat 1000000000 { from @a } }",
		"empty, shared":    "input 8\na: linear 8\nrepeat 1000000000 shared { repeat 1000000000 shared { from @a } }",
		"of unknown size":  "input ?\nrepeat 1000000000 shared { opaque type=odd }\n",
		"again of again": "input 8\na0: linear 8\n" + lines(13, func(i int) string {
			return fmt.Sprintf("repeat 1 as a%d { again @a%d; again @a%d }", i+1, i, i)
		}),
		"labels": "input 8\n" + lines(1500, func(i int) string { return fmt.Sprintf("a%d: linear 8", i) }) +
			lines(1500, func(i int) string { return fmt.Sprintf("again @a%d", i) }),
		"long": "input 3x16x16\n" + strings.Repeat("conv 4 k3 p1; bn; relu\n", 1500),
	} {
		file, problems := text.Parse(src)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", name, problems[0])
		}
		n := &target.Network{Model: file.Model, Report: count.Of(file.Model)}
		for _, w := range tool.Writers {
			tooltest.Bounded(t, name+" as "+w.ID, func() { w.Write(n) })
		}
	}
}
