//go:build !js

package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// All that is linked is named with its licence, ours first.
func TestLicences(t *testing.T) {
	modfile := filepath.Join(slimmed(t), "go.mod")
	t.Chdir("../..")
	text, err := Licences(modfile, "./app", "./app/transfer/worker")
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	for _, want := range []string{
		"paramstack\n===", "MIT License",
		"Go: runtime, standard library and wasm_exec.js, go1.", "The Go Authors", "Additional IP Rights Grant",
		"github.com/maxence-charriere/go-app/v9 v9.8.0\n===", "Maxence Charriere",
		"google.golang.org/protobuf v", "The Go Authors",
	} {
		next := strings.Index(string(text[at+1:]), want)
		if next < 0 {
			t.Fatalf("%q is not there, or not in its place, in:\n%s", want, text)
		}
		at += 1 + next
	}
	if strings.Contains(string(text), "chromedp") {
		t.Error("what is only tested with is named too")
	}
}

// A part without a licence stops the build; one with a licence of its own is named.
func TestLicencesStop(t *testing.T) {
	root := t.TempDir()
	write := func(name, data string) {
		t.Helper()
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("mod/a/a.go", "package a")
	write("mod/a/license.go", "package a")
	write("mod/b/c/c.go", "package c")
	write("mod/b/Licence-MIT.txt", "the licence of b")
	part := func(name string) linked {
		p := linked{ImportPath: "example.org/mod/" + name, Dir: filepath.Join(root, "mod", name)}
		p.Module = &struct {
			Path, Version, Dir string
			Main               bool
		}{Path: "example.org/mod", Version: "v1.0.0", Dir: filepath.Join(root, "mod")}
		return p
	}
	if _, err := licences([]linked{part("b/c"), part("a")}, root, "go1"); err == nil || !strings.Contains(err.Error(), "example.org/mod v1.0.0: no licence file") {
		t.Errorf("without a licence: error %v", err)
	}
	write("mod/COPYING", "the licence of mod")
	write("mod/NOTICE", "its notice")
	text, err := licences([]linked{part("b/c"), part("a")}, root, "go1")
	const want = "example.org/mod v1.0.0\n======================\n\nthe licence of mod\n\nits notice\n\n\n" +
		"example.org/mod/b\n=================\n\nthe licence of b\n\n\n"
	if err != nil || string(text) != want {
		t.Errorf("%v, got\n%s\nwant\n%s", err, text, want)
	}
	outside := part("a")
	outside.Module.Dir = filepath.Join(root, "other")
	if _, err := licences([]linked{outside}, root, "go1"); err == nil {
		t.Error("a package outside its module is taken")
	}
}
