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

// TestPicture holds the picture of CONTRIBUTING.md to the allowed arrows: each of
// its arrows leads where imports may lead, and what one package shown may import
// of another is a way in the picture.
func TestPicture(t *testing.T) {
	page, err := os.ReadFile("../../../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	_, picture, _ := strings.Cut(string(page), "```mermaid\n")
	picture, _, _ = strings.Cut(picture, "```")
	names, drawn := map[string]string{}, map[string][]string{}
	for line := range strings.Lines(picture) {
		line = strings.TrimSpace(line)
		if id, name, ok := strings.Cut(line, `["`); ok {
			names[id] = strings.TrimSuffix(name, `"]`)
			continue
		}
		steps := strings.Split(line, " --> ")
		for i := range steps[1:] {
			for _, from := range strings.Split(steps[i], " & ") {
				for _, to := range strings.Split(steps[i+1], " & ") {
					if names[from] == "" || names[to] == "" {
						t.Fatalf("an arrow between unknown packages: %s", line)
					}
					drawn[names[from]] = append(drawn[names[from]], names[to])
				}
			}
		}
	}
	allowed := readArrows(t, arrows)
	for _, from := range names {
		if allowed[from] == nil && from != "core/catalog" && from != "core/num" && from != "app/kept" {
			t.Errorf("the picture has %s, which is in no line of arrows.txt", from)
		}
		for _, to := range drawn[from] {
			if !leads(allowed, from, to) {
				t.Errorf("the picture leads from %s to %s: no arrow allows that", from, to)
			}
		}
		for _, to := range allowed[from] {
			if slices.Contains(slices.Collect(maps.Values(names)), to) && to != from && !leads(drawn, from, to) {
				t.Errorf("%s may import %s, which the picture does not show", from, to)
			}
		}
	}
	if len(names) < 20 {
		t.Errorf("the picture has %d packages", len(names))
	}
}

// leads reports whether arrows lead from one package to another.
func leads(arrows map[string][]string, from, to string) bool {
	return slices.ContainsFunc(arrows[from], func(next string) bool {
		return next == to || next != from && leads(arrows, next, to)
	})
}
