package onnx

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/internal/tooltest"
)

// TestHostileModels reads models that were made to exhaust their reader: functions
// that call each other, constants that are joined with themselves, names again and
// again, lists without end.
func TestHostileModels(t *testing.T) {
	lines := func(n int, line func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(line(i) + "\n")
		}
		return b.String()
	}
	const frame = "in x 1x8\nout y 1x8\n"
	long := strings.Repeat("n", 20_000)
	calls := func(name string, depth int) string { // each calls the next twice
		return lines(depth, func(i int) string {
			inner := fmt.Sprintf("d/F%d", i+1)
			if i == depth-1 {
				inner = "Relu"
			}
			return fmt.Sprintf("func d/F%d a -> b\nfnode %s a -> %s\nfnode %s %s -> b", i, inner, name, inner, name)
		})
	}
	for name, src := range map[string]string{
		"calls":           frame + "node d/F0 x -> y\n" + calls("t", 15),
		"calls, names":    frame + "node d/F0 x -> y\n" + calls(long, 15),
		"calls in a ring": frame + "node d/F x -> y\nfunc d/F a -> b\nfnode d/F a -> b\n",
		"constants": frame + "init c0 float 8\n" + lines(2000, func(i int) string {
			return fmt.Sprintf("node Concat c%d,c%d -> c%d | axis=0", i, i, i+1)
		}) + "node Add x,c0 -> y\n",
		"sums of constants": frame + "init c0 float 8\n" + lines(2000, func(i int) string {
			return fmt.Sprintf("node Add c%d,c%d -> c%d", i, i, i+1)
		}) + "node Add x,c2000 -> y\n",
		"a long value": frame + "init s int64 1 = 1000000000000\nnode ConstantOfShape s -> c\nnode Expand x,s -> e\nnode Add e,c -> y\n",
		"inputs": frame + lines(200, func(i int) string {
			return fmt.Sprintf("node Concat %s -> c%d | axis=1", strings.TrimSuffix(strings.Repeat("x,", 450), ","), i)
		}) + "node Relu x -> y\n",
		"names":   frame + lines(80, func(i int) string { return fmt.Sprintf("node Relu x -> %s%d", long, i) }) + "node Relu x -> y\n",
		"nodes":   frame + lines(19_000, func(i int) string { return fmt.Sprintf("node Relu x -> r%d", i) }) + "node Relu x -> y\n",
		"extents": "in x " + strings.TrimSuffix(strings.Repeat("2x", 5000), "x") + "\nout y 1x8\nnode Relu x -> y\n",
	} {
		tooltest.Hostile(t, name+".onnx", modelFile(src), readers...)
	}
}
