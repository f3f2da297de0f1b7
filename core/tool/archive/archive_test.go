package archive_test

import (
	"archive/zip"
	"bytes"
	"path"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/tool/archive"
	"paramstack/core/tool/source"
)

// packed writes an archive of two entries.
func packed(method uint16, name string, data []byte) *source.File {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range []struct {
		name string
		data []byte
	}{{"folder/other", []byte("other")}, {name, data}} {
		w, _ := z.CreateHeader(&zip.FileHeader{Name: e.name, Method: method})
		w.Write(e.data)
	}
	z.Close()
	return &source.File{Name: "x.zip", Size: int64(b.Len()), At: bytes.NewReader(b.Bytes())}
}

func TestEntries(t *testing.T) {
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		a, err := archive.Open(packed(method, "weights", []byte("0123456789")))
		if err != nil {
			t.Fatal(err)
		}
		if a.Entry("other") != nil || a.Find(func(name string) bool { return path.Base(name) == "other" }) == nil {
			t.Error("an entry is found by its whole name, or by what matches")
		}
		e := a.Entry("weights")
		if b, err := e.Bytes(); string(b) != "0123456789" || err != nil {
			t.Errorf("%q, %v", b, err)
		}
		f, err := e.File()
		if err != nil {
			t.Fatal(err)
		}
		if b, err := f.Read(3, 4); f.Name != "weights" || f.Size != 10 || string(b) != "3456" || err != nil {
			t.Errorf("%s, %d bytes, %q, %v", f.Name, f.Size, b, err)
		}
	}
}

// TestBudget: what unpacks to more than a structure may have is refused, and so is
// a directory without an end.
func TestBudget(t *testing.T) {
	a, err := archive.Open(packed(zip.Deflate, "bomb", bytes.Repeat([]byte(" "), source.MaxText+1)))
	if err != nil {
		t.Fatal(err)
	}
	_, err = a.Entry("bomb").Bytes()
	if source.AsDiag(err).Say.Key != catalog.ImportTooMuch {
		t.Errorf("bomb: %v", err)
	}
	if _, err = a.Entry("bomb").File(); source.AsDiag(err).Say.Key != catalog.ImportTooMuch {
		t.Errorf("bomb as a file: %v", err)
	}
	many := directory(source.MaxText)
	if _, err = archive.Open(many); source.AsDiag(err).Say.Key != catalog.ImportTooMuch {
		t.Errorf("directory: %v", err)
	}
	cut := packed(zip.Store, "weights", nil)
	cut.Size -= 5
	if _, err = archive.Open(cut); source.AsDiag(err).Say.Key != catalog.ImportBroken {
		t.Errorf("cut: %v", err)
	}
}

// directory is an archive whose directory is larger than size, of empty entries
// with long comments.
func directory(size int) *source.File {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	comment := string(bytes.Repeat([]byte("c"), 60_000))
	for at := 0; at < size+len(comment); at += len(comment) {
		z.CreateHeader(&zip.FileHeader{Name: "e", Comment: comment})
	}
	z.Close()
	return &source.File{Name: "x.zip", Size: int64(b.Len()), At: bytes.NewReader(b.Bytes())}
}
