package eval

import (
	"os"
	"strings"
	"testing"
)

// output runs a program and returns what it prints.
func output(t *testing.T, src string) (string, *Interp) {
	t.Helper()
	f := &File{Name: "a.py", Text: src}
	in := New([]*File{f})
	defer in.Close()
	var b strings.Builder
	in.Print = func(line string) { b.WriteString(line + "\n") }
	if _, err := in.Run(f); err != nil {
		t.Fatal(err)
	}
	return b.String(), in
}

// TestLanguage compares what a program prints with what CPython prints.
func TestLanguage(t *testing.T) {
	src, err := os.ReadFile("testdata/language.py")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/language.out")
	if err != nil {
		t.Fatal(err)
	}
	got, in := output(t, string(src))
	for _, p := range in.Problems {
		t.Errorf("line %d:%d: %v", p.At.Line, p.At.Col, p)
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		a, b := "", ""
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			t.Errorf("line %d of the output:\n got %s\nwant %s", i+1, a, b)
			if t.Failed() && i > 200 {
				break
			}
		}
	}
}
