// Package imports states which packages of core and app may import which, and
// holds the tree to it.
package imports

import (
	_ "embed"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

//go:embed arrows.txt
var arrows string

// guarded are the standard packages that touch the machine: they need an arrow
// like those of other modules.
var guarded = []string{"os", "os/exec", "os/signal", "net", "net/http", "net/http/httptest", "syscall", "syscall/js", "plugin"}

// readArrows returns what each package may import.
func readArrows(t *testing.T, src string) map[string][]string {
	t.Helper()
	sets, allowed := map[string][]string{}, map[string][]string{}
	expand := func(words string) []string {
		var all []string
		for _, w := range strings.Fields(words) {
			if !strings.HasPrefix(w, "+") {
				all = append(all, w)
				continue
			}
			if sets[w] == nil {
				t.Fatalf("%s is used before it is given", w)
			}
			all = append(all, sets[w]...)
		}
		return all
	}
	for line := range strings.Lines(src) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), "#")
		if name, words, ok := strings.Cut(line, "="); ok {
			sets[strings.TrimSpace(name)] = expand(words)
		} else if name, words, ok := strings.Cut(line, ":"); ok {
			if _, twice := allowed[name]; twice {
				t.Errorf("%s is listed twice", name)
			}
			allowed[name] = expand(words)
		} else if line != "" {
			t.Fatalf("neither a package nor a set: %s", line)
		}
	}
	return allowed
}

// imported returns what each package of the module imports that needs an arrow,
// built for this machine or for the page.
func imported(t *testing.T) map[string]map[string]bool {
	t.Helper()
	all := map[string]map[string]bool{}
	for _, env := range [][]string{nil, {"GOOS=js", "GOARCH=wasm"}} {
		cmd := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "paramstack/...")
		cmd.Env = append(os.Environ(), env...)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		for line := range strings.Lines(string(out)) {
			words := strings.Fields(strings.ReplaceAll(line, "paramstack/", ""))
			if all[words[0]] == nil {
				all[words[0]] = map[string]bool{}
			}
			for _, to := range words[1:] {
				first, _, _ := strings.Cut(to, "/")
				if own := first == "core" || first == "app"; own || strings.Contains(first, ".") || slices.Contains(guarded, to) {
					all[words[0]][to] = true
				}
			}
		}
	}
	return all
}

// TestArrows compares the tree with arrows.txt: every import has its arrow, every
// package its line, every line its package.
func TestArrows(t *testing.T) {
	allowed, have := readArrows(t, arrows), imported(t)
	for _, from := range slices.Sorted(maps.Keys(have)) {
		may, listed := allowed[from]
		if !listed {
			t.Errorf("%s is not in arrows.txt", from)
		}
		for _, to := range slices.Sorted(maps.Keys(have[from])) {
			if !slices.Contains(may, to) {
				t.Errorf("%s imports %s: no arrow allows it", from, to)
			}
		}
	}
	for _, from := range slices.Sorted(maps.Keys(allowed)) {
		if have[from] == nil {
			t.Errorf("arrows.txt lists %s, which is no package", from)
		}
	}
	noCircle(t, allowed)
}

// TestCoreKnowsNoPage looks through all that core and the editor are built from:
// no page, no server.
func TestCoreKnowsNoPage(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "paramstack/core/...", "paramstack/app/editor")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for dep := range strings.Lines(string(out)) {
		if dep = strings.TrimSpace(dep); dep == "net/http" || strings.HasPrefix(dep, "github.com/maxence-charriere/") {
			t.Errorf("core or app/editor depends on %s", dep)
		}
	}
}

// noCircle follows the allowed arrows: even those that nobody uses yet may not lead
// back.
func noCircle(t *testing.T, allowed map[string][]string) {
	t.Helper()
	const begun, done = 1, 2
	state := map[string]int{}
	var visit func(from string, path []string)
	visit = func(from string, path []string) {
		switch state[from] {
		case begun:
			t.Errorf("allowed arrows lead in a circle: %s", strings.Join(append(path, from), " → "))
			return
		case done:
			return
		}
		state[from] = begun
		for _, to := range allowed[from] {
			if to != from {
				visit(to, append(path, from))
			}
		}
		state[from] = done
	}
	for _, from := range slices.Sorted(maps.Keys(allowed)) {
		visit(from, nil)
	}
}
