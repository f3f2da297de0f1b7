//go:build !js

package site

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// inlined are the packages of the program that must be fast. Nothing else of paramstack is
// inlined: a call costs little, and copies of a function are downloaded. Nor is what is
// outlined. The rest of Go's library is compiled as always.
//
// Measured with Go 1.26 in V8 (node 20), the least of 36 to 120 runs of the benchmarks of
// core/internal/bench and app/editor, as V8's quick compiler leaves the program, which is
// what a page that opens runs, and in brackets when it was optimised; sizes by gzip -9.
// What was not worth its download:
//
//	app/editor   a key in ResNet-152, all repetitions shown: 2.4 ms either way (2.06, not 2.24); 19 KB
//	core/layer   counting ResNet-152: 0.57 ms, not 0.58 (0.32, not 0.34); 33 KB
//	core/count   and core/tensor: the same takes 0.58 ms, not 0.64 (0.34, not 0.36); 9 KB
//	core/diag, arch, text, link, catalog, zoo: no difference beyond noise
var inlined = []struct{ name, reason string }{
	{"paramstack/core/num", "its numbers are what a count adds and multiplies; 1 KB"},
}

// outlined are packages of others in which nothing is inlined either: what they do is done
// seldom, or little of it is theirs. Together they save 50 KB by gzip -9, go-app 17 of them;
// a key takes as long (BenchmarkEdit).
var outlined = []string{
	"bytes", "compress/...", "context", "encoding/...", "errors", "fmt", "github.com/maxence-charriere/...",
	"internal/fmtsort", "internal/poll", "internal/strconv", "math/big", "math/rand", "net/...", "os", "reflect",
	"rsc.io/...", "sort", "strconv", "strings", "sync", "syscall/js", "time", "unicode/...", "unique",
}

// Flags returns the flags of go build for the program. A package that is named here but
// not linked into it is an error: one that was renamed would silently lose its flag.
func Flags(program string) ([]string, error) {
	list := exec.Command("go", "list", "-deps", program)
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	var said bytes.Buffer
	list.Stderr = &said
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("site: what is linked into %s? %w\n%s", program, err, &said)
	}
	var names []string
	for _, p := range inlined {
		names = append(names, p.name)
	}
	return flags(names, strings.Fields(string(out)))
}

func flags(inlined, linked []string) ([]string, error) {
	list := []string{"-gcflags=paramstack/...=-l"}
	for _, name := range outlined {
		list = append(list, "-gcflags="+name+"=-l")
	}
	for _, name := range inlined {
		if !slices.Contains(linked, name) {
			return nil, fmt.Errorf("site: %s is to be inlined, but is not linked into the program: was it renamed?", name)
		}
		list = append(list, "-gcflags="+name+"=")
	}
	return list, nil
}
