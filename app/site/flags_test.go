//go:build !js

package site

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func TestFlags(t *testing.T) {
	t.Chdir("../..")
	list, err := Flags("./app")
	if err != nil {
		t.Fatal(err)
	}
	if list[0] != "-gcflags=paramstack/...=-l" || len(list) != 1+len(outlined)+len(inlined) {
		t.Errorf("flags %q", list)
	}
	for _, p := range inlined {
		if !slices.Contains(list, "-gcflags="+p.name+"=") || p.reason == "" {
			t.Errorf("%s has no flag or no reason", p.name)
		}
	}
	if _, err := Flags("./no/such/program"); err == nil {
		t.Error("no error for a program that does not exist")
	}
	if _, err := flags([]string{"paramstack/core/renamed"}, []string{"paramstack/core/num"}); err == nil || !strings.Contains(err.Error(), "core/renamed") {
		t.Errorf("a package that is not linked: error %v", err)
	}
}

// The go command applies the flags as they are meant: the last that matches a
// package counts.
func TestFlagsReachTheCompiler(t *testing.T) {
	list, err := flags([]string{"paramstack/core/num"}, []string{"paramstack/core/num"})
	if err != nil {
		t.Fatal(err)
	}
	args := append([]string{"build", "-n", "-a"}, list...)
	build := exec.Command("go", append(args, "./core/tensor", "./core/num")...)
	build.Dir = "../.."
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, want := range map[string]bool{"paramstack/core/num": false, "paramstack/core/tensor": true, "fmt": true, "slices": false} {
		found := false
		for line := range strings.Lines(string(out)) {
			if strings.Contains(line, "/compile ") && strings.Contains(line, " -p "+name+" ") {
				found = true
				if strings.Contains(line, " -l ") != want {
					t.Errorf("%s: inlining off is %v, want %v", name, !want, want)
				}
			}
		}
		if !found {
			t.Errorf("%s is not compiled", name)
		}
	}
}
