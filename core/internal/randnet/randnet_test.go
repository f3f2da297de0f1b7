package randnet

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/text"
)

// TestText wants valid networks, the same for the same seed, with every kind and
// every form of statement in some of them.
func TestText(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(600) {
		source := Text(seed, Options{})
		if again := Text(seed, Options{}); again != source {
			t.Fatalf("seed %d gives two networks:\n%s\n%s", seed, source, again)
		}
		file, problems := text.Parse(source)
		if len(problems) > 0 {
			t.Fatalf("seed %d: %v in %s", seed, problems[0], source)
		}
		if Faulty(count.Of(file.Model)) {
			t.Errorf("seed %d is broken: %s", seed, source)
		}
		file.Model.Walk(func(n arch.Node) {
			switch n := n.(type) {
			case *arch.Leaf:
				seen[n.Layer.Kind().Name] = true
				seen["shares"] = seen["shares"] || n.Shares != ""
				seen["frozen"] = seen["frozen"] || n.Frozen
			case *arch.Repeat:
				seen["again"] = seen["again"] || n.Of != ""
				seen["shared"] = seen["shared"] || n.Shared
				seen["repeat"] = seen["repeat"] || n.Times > 1
			case *arch.Branch:
				seen[n.Join.Kind().Name] = true
				for _, p := range n.Paths {
					seen["path from"] = seen["path from"] || p.From != ""
				}
			}
		})
	}
	missing := []string{}
	for _, k := range layer.Kinds {
		if !seen[k.Name] && k != layer.OpaqueKind.Kind() {
			missing = append(missing, k.Name)
		}
	}
	for _, form := range []string{"shares", "frozen", "again", "shared", "repeat", "path from"} {
		if !seen[form] {
			missing = append(missing, form)
		}
	}
	if len(missing) > 0 {
		t.Errorf("never made: %v; made: %v", missing, slices.Sorted(maps.Keys(seen)))
	}
}

// TestShrink wants the one layer that a check fails for.
func TestShrink(t *testing.T) {
	source := "input 4x8x8; a: conv 4 k3 p1; repeat 3 { add { conv 4 k1; bn; celu alpha=2 | } ; relu }; concat @a; linear 5"
	got := Shrink(source, func(string) bool { return true }, func(s string) bool { return strings.Contains(s, "celu") })
	if want := "celu"; strings.TrimSpace(got) != want {
		t.Errorf("%q, not %q", got, want)
	}
}
