package randnet

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/text"
)

// Hold wants a check of random networks to find nothing, at fixed seeds and, where
// Fresh asks for them, at fresh ones, which it prints. wrong returns what is wrong
// with a network, "" if nothing is. What it finds is made small first.
func Hold(t *testing.T, fixed, fresh int, o Options, wrong func(source string) string) {
	t.Helper()
	if !Fresh() {
		fresh = 0 // a test that everybody runs is the same for everybody
	}
	first := uint64(time.Now().UnixNano()) % 1e9
	t.Logf("%d fixed networks, %d fresh ones from seed %d", fixed, fresh, first)
	failed := 0
	for i := range uint64(fixed + fresh) {
		seed := i
		if i >= uint64(fixed) {
			seed = first + i
		}
		source := Text(seed, o)
		what := wrong(source)
		if what == "" {
			continue
		}
		small := Shrink(source, func(s string) bool { return o.Broken > 0 || valid(s) }, func(s string) bool { return kindOf(wrong(s)) == kindOf(what) })
		t.Errorf("seed %d: %s\n\t%s", seed, small, wrong(small))
		if failed++; failed > 30 {
			t.Fatal("and so on")
		}
	}
}

// Fresh reports whether fresh seeds are tried too: in make interop and make fuzz,
// which set PARAMSTACK_FRESH.
func Fresh() bool { return os.Getenv("PARAMSTACK_FRESH") != "" }

// kindOf is what a fault begins with, up to the first colon.
func kindOf(what string) string {
	kind, _, _ := strings.Cut(what, ":")
	return kind
}

func valid(source string) bool {
	file, problems := text.Parse(source)
	return len(problems) == 0 && !Faulty(count.Of(file.Model))
}

// Except returns every kind that a network may have, but for some.
func Except(names ...string) []*layer.Kind {
	var all []*layer.Kind
	for _, k := range usual(false) {
		if !slices.Contains(names, k.Name) {
			all = append(all, k)
		}
	}
	return all
}

// KindsOf returns the kinds that some networks have.
func KindsOf(sources []string) []*layer.Kind {
	var all []*layer.Kind
	for _, source := range sources {
		file, _ := text.Parse(source)
		file.Model.Walk(func(n arch.Node) {
			k := layer.InputKind.Kind()
			switch n := n.(type) {
			case *arch.Leaf:
				k = n.Layer.Kind()
			case *arch.Branch:
				k = n.Join.Kind()
			}
			if !slices.Contains(all, k) && k.Takes != layer.TakesLabel && k.Takes != layer.TakesFirst && k != layer.InputKind.Kind() {
				all = append(all, k)
			}
		})
	}
	return all
}
