package count_test

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/diag"
	"paramstack/core/text"
)

// TestBridges joins paths of all sorts of shapes, scalars included: whatever is offered
// for unequal ones makes them equal.
func TestBridges(t *testing.T) {
	shapes := []string{"3", "8", "192", "3x8", "4x8", "3x9", "3x8x8", "4x8x8", "3x4x4", "6x4x4", "3x5x8", "3x1x1", "8x1x1",
		"3x16x4", "5x15x15", "3x8x8x8", "2x4x4x4", "3x?x?", "4x?x?", "8x?x8", "?x8x8", "3x7x9"}
	offered := 0
	for _, join := range []string{"add", "concat", "mul", "concat dim=2", "concat dim=-1"} {
		for _, a := range shapes {
			for _, b := range shapes {
				for _, src := range []string{
					fmt.Sprintf("%s { input %s | input %s }", join, a, b),
					fmt.Sprintf("input %s; %s { | input %s }", a, join, b),
					fmt.Sprintf("input %s; %s { reduce sum | input %s }", a, join, b),
				} {
					file, problems := text.Parse(src)
					if len(problems) > 0 {
						continue // no such reduction
					}
					for _, d := range reported(t, src).Problems {
						for _, fix := range d.Fixes {
							if fix.Op != diag.AppendToPath {
								continue
							}
							offered++
							nodes, problems := text.ParseNodes(fix.Value)
							if len(problems) > 0 {
								t.Fatalf("%s offers %s", src, fix.Value)
							}
							m, _ := file.Model.Insert(arch.Place{Anchor: fix.Node, Side: arch.Into}, nodes...)
							fixed := text.Compact(m)
							for _, d := range reported(t, fixed).Problems {
								if d.Severity == diag.Error {
									t.Errorf("%s, with %s in path %d: %s", strings.ReplaceAll(src, "\n", "; "), fix.Value, fix.Path, d)
								}
							}
						}
					}
				}
			}
		}
	}
	if offered < 300 {
		t.Errorf("only %d remedies are offered", offered)
	}
	t.Logf("%d remedies", offered)
}
