// Package tooltest is what the tests of all readers share. It is for tests only.
package tooltest

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"slices"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

// ReadAny reads data as a format and, where that succeeds, wants a model that can
// be written, read back and counted the same; no small file may take more memory than
// MostMade.
func ReadAny(t *testing.T, format *source.Reader, data []byte) {
	if len(data) > 1<<16 {
		return
	}
	var res *source.Result
	var err error
	Bounded(t, format.ID, func() { res, err = format.Read(File("fuzz", data)) })
	if err != nil {
		if source.AsDiag(err).Error() == "" {
			t.Fatalf("an error without words: %#v", err)
		}
		return
	}
	for _, n := range res.Notes {
		if n.Say.In(0) == "" {
			t.Fatalf("a note without words: %v", n)
		}
	}
	readsAlike(t, res.Model)
	for _, o := range res.More {
		readsAlike(t, o.Model)
	}
}

// readsAlike writes a model, reads it back and counts it the same.
func readsAlike(t *testing.T, m arch.Model) {
	t.Helper()
	want := count.Of(m)
	src := text.Format(m)
	if len(src) > text.MaxBytes {
		return
	}
	again, problems := text.Parse(src)
	if len(problems) > 0 {
		t.Fatalf("%v in\n%s", problems[0], src)
	}
	got := count.Of(again.Model).Totals
	if got.Params(true).Cmp(want.Totals.Params(true)) != 0 || got.Buffers().Cmp(want.Totals.Buffers()) != 0 ||
		got.ParamsAtLeast != want.Totals.ParamsAtLeast {
		t.Fatalf("%s parameters, read back %s:\n%s", want.Totals.Params(true), got.Params(true), src)
	}
}

// File makes a file of bytes.
func File(name string, data []byte) *source.File {
	return &source.File{Name: name, Size: int64(len(data)), At: bytes.NewReader(data)}
}

// Open reads a file with the first of some readers that knows it, as core/tool does
// with all.
func Open(f *source.File, readers ...*source.Reader) (*source.Result, *source.Reader, *diag.Diag) {
	reader, d := source.Find(f, readers)
	if d != nil {
		return nil, nil, d
	}
	r, d := reader.Open(f)
	return r, reader, d
}

// Tallied lists what was counted, by name.
func Tallied(m map[string]int) string {
	var all []string
	for _, kind := range slices.Sorted(maps.Keys(m)) {
		all = append(all, fmt.Sprintf("%s ×%d", kind, m[kind]))
	}
	return cmp.Or(strings.Join(all, ", "), "–")
}

// Check imports what a fuzzer made; what is read must be written, read again and
// counted.
func Check(t *testing.T, f *source.File, readers ...*source.Reader) {
	var r *source.Result
	var d *diag.Diag
	if f.Size <= 1<<16 {
		Bounded(t, f.Name, func() { r, _, d = Open(f, readers...) })
	} else {
		r, _, d = Open(f, readers...)
	}
	if d != nil {
		if d.Say.In(catalog.English) == "" || d.Say.In(catalog.Korean) == "" {
			t.Errorf("an error without words: %v", d.Say)
		}
		return
	}
	for _, n := range r.Notes {
		if n.Say.In(catalog.English) == "" || n.Say.In(catalog.Korean) == "" {
			t.Errorf("a note without words: %v", n.Say)
		}
	}
	count.Of(r.Model)
	src := text.Format(r.Model)
	again, problems := text.Parse(src)
	if len(problems) > 0 && len(src) < text.MaxBytes {
		t.Fatalf("its text does not parse: %v\n%.2000s", problems[0], src)
	}
	if len(problems) == 0 && text.Format(again.Model) != src {
		t.Errorf("its text changes when it is read again:\n%.2000s", src)
	}
}
