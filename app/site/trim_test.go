//go:build !js

package site

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// walker is a program in which stacks grow, are walked by the collector, and are unwound:
// all that reads the tables of functions.
const walker = `package main

import (
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
)

func deep(n int, kept ...*int) int {
	x := n
	if n == 0 {
		runtime.GC()
		return len(kept)
	}
	return deep(n-1, append(kept, &x)...) + *kept[len(kept)-1] - n - 1
}

func caught() (what any) {
	defer func() { what = recover() }()
	var none []int
	return none[deep(3, new(int))]
}

// bound is called through a function of reflect, whose frame is like no other.
func bound(n int) (sum int) {
	numbers := [8]*int{&n}
	defer func() { sum += *numbers[0] }()
	args := []reflect.Value{reflect.ValueOf(n), reflect.ValueOf(&n)}
	return int(reflect.MakeFunc(reflect.TypeOf(deep), func(args []reflect.Value) []reflect.Value {
		return reflect.ValueOf(deep).CallSlice(args)
	}).CallSlice([]reflect.Value{args[0], reflect.ValueOf([]*int{&n})})[0].Int())
}

// named is how many of the functions of a few packages are found by an instruction in them.
func named() (count int) {
	for _, f := range []any{main, deep, caught, bound, strings.Index, strings.Fields, fmt.Sprint, reflect.DeepEqual} {
		pc := reflect.ValueOf(f).Pointer()
		if f := runtime.FuncForPC(pc); f.Entry() == pc && strings.Contains(f.Name(), ".") {
			count++
		}
	}
	return count
}

func trace() []string {
	b := make([]byte, 1<<16)
	b = b[:runtime.Stack(b, false)]
	lines := slices.DeleteFunc(strings.Split(string(b), "\n"), func(l string) bool { return !strings.HasPrefix(l, "main.") })
	for i, l := range lines {
		lines[i], _, _ = strings.Cut(l, "(")
	}
	return lines
}

func main() {
	fmt.Println(bound(7), named(), trace())
	fmt.Printf("%#x main.deep\n", reflect.ValueOf(deep).Pointer())
	first := 5001
	done := make(chan int)
	go func() { done <- deep(5000, &first) }()
	fmt.Println(<-done, caught())
	pc, _, line, _ := runtime.Caller(0)
	fmt.Println(strings.HasSuffix(runtime.FuncForPC(pc).Name(), "main.main"), line > 0)
}
`

func TestTrim(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"main.go": walker, "go.mod": "module walker\n\ngo 1.26\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", "whole.wasm", ".")
	build.Dir, build.Env = dir, append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	whole, err := os.ReadFile(filepath.Join(dir, "whole.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	withLines, err := Trim(whole, true)
	if err != nil {
		t.Fatal(err)
	}
	trimmed, err := Trim(whole, false)
	if err != nil {
		t.Fatal(err)
	}

	// Whatever the segments, the memory is the same, and so is all that is not memory.
	before, after := sections(t, whole), sections(t, withLines)
	if !bytes.Equal(memoryOf(t, before), memoryOf(t, after)) {
		t.Error("the initial memory has changed")
	}
	delete(before, dataSection)
	for id, body := range before {
		if !bytes.Equal(body, after[id]) {
			t.Errorf("section %d has changed", id)
		}
	}
	sizes := []int{len(Gzip(whole, 9)), len(Gzip(withLines, 9)), len(Gzip(trimmed, 9))}
	if !slices.IsSortedFunc(sizes, func(a, b int) int { return b - a }) {
		t.Errorf("compressed sizes %d: each should be less than the one before", sizes)
	}

	node, err := exec.LookPath("node")
	if err != nil {
		t.Log("no node here: what was trimmed is not run, only by the browser's tests")
		return
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	start := filepath.Join(strings.TrimSpace(string(root)), "lib/wasm/wasm_exec_node.js")
	run := func(name string, program []byte) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, program, 0o644); err != nil {
			t.Fatal(err)
		}
		said, err := exec.Command(node, start, file).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, said)
		}
		return string(said)
	}
	want := run("whole.wasm", whole)
	list, err := Functions(whole)
	if err != nil {
		t.Fatal(err)
	}
	if _, deep, _ := strings.Cut(want, "\n"); !strings.Contains(string(list), deep[:strings.Index(deep, "\n")+1]) {
		t.Errorf("the list of functions has not %.40q", deep)
	}
	if got := run("lines.wasm", withLines); got != want {
		t.Errorf("with lines it says\n%s, not\n%s", got, want)
	}
	// What a program can know of its own lines and names is all that differs, and the list
	// of functions has them.
	nameless := strings.NewReplacer("[main.trace main.main]", "[]", "true true", "false false")
	if got, want := run("trimmed.wasm", trimmed), nameless.Replace(want); got != want {
		t.Errorf("trimmed it says\n%s, not\n%s", got, want)
	}
}

// sections returns the sections of a program by their number; of those that may come
// often, the last.
func sections(t *testing.T, program []byte) map[byte][]byte {
	t.Helper()
	all := map[byte][]byte{}
	r := reader{rest: program[8:]}
	for len(r.rest) > 0 {
		id := r.byte()
		all[id] = r.bytes(r.uint())
	}
	if r.bad {
		t.Fatal("the program does not end with a section")
	}
	return all
}

func memoryOf(t *testing.T, sections map[byte][]byte) []byte {
	t.Helper()
	memory, err := readData(sections[dataSection])
	if err != nil {
		t.Fatal(err)
	}
	return bytes.TrimRight(memory, "\x00")
}

// Segments around the lengths at which their headers grow are read as they were written.
func TestSegments(t *testing.T) {
	for _, size := range []int{1, 63, 64, 65, 127, 128, 8191, 8192, 8193, 16384, 1 << 20, 1<<20 + 7} {
		memory := make([]byte, size+2*zeroRun+1)
		memory[0], memory[size-1], memory[len(memory)-1] = 1, 2, 3
		got, err := readData(writeData(memory))
		if err != nil || !bytes.Equal(got, memory) {
			t.Errorf("%d bytes: %d bytes are read, %v", len(memory), len(got), err)
		}
	}
}

// A program of another layout stops the build.
func TestTrimRefuses(t *testing.T) {
	program := func(sections ...[]byte) []byte {
		return slices.Concat(append([][]byte{[]byte("\x00asm\x01\x00\x00\x00")}, sections...)...)
	}
	segment := func(data string) []byte {
		body := append([]byte{1, 0, opI32Const, 8, opEnd, byte(len(data))}, data...)
		return append([]byte{dataSection, byte(len(body))}, body...)
	}
	header := string(lineTables) + strings.Repeat("\xff", 64)
	for _, c := range []struct {
		name    string
		program []byte
		err     string
	}{
		{"no program", []byte("<!DOCTYPE html>"), "not WebAssembly"},
		{"cut off", program(segment("abc"))[:12], "in the middle"},
		{"no memory", program(), "no initial memory"},
		{"another kind of segment", program([]byte{dataSection, 3, 1, 1, 0}), "no constant address"},
		{"too far", program([]byte{dataSection, 11, 1, 0, opI32Const, 0xff, 0xff, 0xff, 0xff, 0x7f, opEnd, 1, 'a'}), "too far"},
		{"bytes left", program([]byte{dataSection, 2, 0, 0}), "do not fill"},
		{"no table of functions", program(segment("hello")), "not where"},
		{"two tables", program(segment(string(lineTables) + string(lineTables))), "not where"},
		{"another table", program(segment(header)), "not as"},
		{"a short table", program(segment(string(lineTables))), "not as"},
	} {
		_, err := Trim(c.program, false)
		if err == nil || !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.err)
		}
	}
}
