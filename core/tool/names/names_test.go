package names_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"paramstack/core/tool/names"
)

func ExampleSet() {
	code := names.NewSet(names.Joined, "class", "bn1_2")
	fmt.Println(code.Free("conv"), code.Free("conv"), code.Free("class"), code.Free("bn1"), code.Free("bn1"))
	code.Release("conv2")
	fmt.Println(code.Free("conv"), code.Free("conv"))
	labels := names.NewSet(names.DashedTo(8))
	fmt.Println(labels.Free("features"), labels.Free("features"), labels.Free("features"))
	// Output:
	// conv conv2 class2 bn1 bn1_3
	// conv2 conv3
	// features featur-2 featur-3
}

// TestMany checks that all names differ, that none is too long, and that no letter
// is cut in two.
func TestMany(t *testing.T) {
	for most := 8; most < 16; most++ {
		s, seen := names.NewSet(names.DashedTo(most)), map[string]bool{}
		for i := range 300 {
			name := s.Free([]string{"층층층", "a-2", "a", "a.b.c.d.e."}[i%4])
			if seen[name] || !utf8.ValidString(name) || i > 3 && len(name) > most || strings.Contains(name, ".-") {
				t.Fatalf("%d: %q after %d names", most, name, i)
			}
			seen[name] = true
		}
	}
}
