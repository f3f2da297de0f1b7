// Package archive reads zip archives that others wrote: entries by name, within a
// budget of bytes. It knows no tool.
package archive

import (
	"archive/zip"
	"bytes"
	"io"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tool/source"
)

// Signature is what an archive with entries begins with.
const Signature = "PK\x03\x04"

// An Archive is an open archive.
type Archive struct {
	file *source.File
	zip  *zip.Reader
}

// An Entry is a file in an archive.
type Entry struct {
	Name string // with the folders it is in
	file *source.File
	zip  *zip.File
}

// Open reads the directory of an archive. It is read as a whole and may declare any
// length, so it, and what is unpacked later, are bounded by source.MaxText bytes in
// all.
func Open(f *source.File) (*Archive, error) {
	z, err := zip.NewReader(&budget{f.At, source.MaxText}, f.Size)
	if err != nil {
		return nil, source.AsDiag(err)
	}
	return &Archive{f, z}, nil
}

// Find returns the first entry whose name matches, nil if there is none.
func (a *Archive) Find(match func(name string) bool) *Entry {
	for _, e := range a.zip.File {
		if match(e.Name) {
			return &Entry{e.Name, a.file, e}
		}
	}
	return nil
}

// Entry returns the entry with a name, nil if there is none.
func (a *Archive) Entry(name string) *Entry {
	return a.Find(func(have string) bool { return have == name })
}

// Bytes returns what is in an entry, which must not unpack to more than
// source.MaxText bytes.
func (e *Entry) Bytes() ([]byte, error) {
	r, err := e.zip.Open()
	if err != nil {
		return nil, source.AsDiag(err)
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, source.MaxText+1))
	if err != nil {
		return nil, source.AsDiag(err)
	}
	if len(b) > source.MaxText {
		return nil, tooLarge()
	}
	return b, nil
}

// File returns an entry as a file of its own. One that is stored as it is stays
// where it is, however large; a packed one is unpacked as Bytes does.
func (e *Entry) File() (*source.File, error) {
	if e.zip.Method != zip.Store {
		b, err := e.Bytes()
		return &source.File{Name: e.Name, Size: int64(len(b)), At: bytes.NewReader(b), Step: e.file.Step}, err
	}
	at, err := e.zip.DataOffset()
	size := int64(e.zip.UncompressedSize64)
	if err != nil || size < 0 || at < 0 || size > e.file.Size-at {
		return nil, diag.New(catalog.ImportCutOff, num.Of(e.file.Size).Grouped())
	}
	return &source.File{Name: e.Name, Size: size, At: io.NewSectionReader(e.file.At, at, size), Step: e.file.Step}, nil
}

// A budget allows so many bytes to be read.
type budget struct {
	at   io.ReaderAt
	left int64
}

// ReadAt implements io.ReaderAt.
func (b *budget) ReadAt(p []byte, at int64) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, tooLarge()
	}
	return b.at.ReadAt(p, at)
}

func tooLarge() error {
	most := num.Of(source.MaxText).Grouped()
	return diag.New(catalog.ImportTooLarge, ">"+most, most)
}
