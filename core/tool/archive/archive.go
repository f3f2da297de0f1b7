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

// perByte is what the directory of an archive takes in memory for each of its bytes:
// an entry of 46 bytes and its name becomes a zip.File.
const perByte = 10

// An Entry is a file in an archive.
type Entry struct {
	Name string // with the folders it is in
	file *source.File
	zip  *zip.File
}

// Open reads the directory of an archive. It is read as a whole and may declare any
// length: it spends the budget of the file, as what is unpacked later does.
func Open(f *source.File) (*Archive, error) {
	at := &reader{f, perByte}
	z, err := zip.NewReader(at, f.Size)
	if err != nil {
		return nil, source.AsDiag(err)
	}
	at.perByte = 1
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
// source.MaxText bytes, nor to more than the budget of the file has.
func (e *Entry) Bytes() ([]byte, error) {
	r, err := e.zip.Open()
	if err != nil {
		return nil, source.AsDiag(err)
	}
	defer r.Close()
	var b bytes.Buffer
	// What an entry declares of its size need not be true: piece by piece.
	for {
		if err := e.file.Budget().Spend(catalog.MadeUnpacked, pieceSize); err != nil {
			return nil, err
		}
		n, err := io.CopyN(&b, r, pieceSize)
		switch {
		case err != nil && err != io.EOF:
			return nil, source.AsDiag(err)
		case b.Len() > source.MaxText:
			most := num.Of(source.MaxText).Grouped()
			return nil, diag.New(catalog.ImportTooLarge, ">"+most, most)
		case n < pieceSize:
			return b.Bytes(), nil
		}
	}
}

// pieceSize is how many bytes are unpacked at once.
const pieceSize = 16 << 10

// File returns an entry as a file of its own. One that is stored as it is stays
// where it is, however large; a packed one is unpacked as Bytes does.
func (e *Entry) File() (*source.File, error) {
	if e.zip.Method != zip.Store {
		b, err := e.Bytes()
		return e.file.Part(e.Name, int64(len(b)), bytes.NewReader(b)), err
	}
	at, err := e.zip.DataOffset()
	size := int64(e.zip.UncompressedSize64)
	if err != nil || size < 0 || at < 0 || size > e.file.Size-at {
		return nil, diag.New(catalog.ImportCutOff, num.Of(e.file.Size).Grouped())
	}
	return e.file.Part(e.Name, size, io.NewSectionReader(e.file.At, at, size)), nil
}

// A reader reads a file at the cost of its budget, so many times each byte.
type reader struct {
	file    *source.File
	perByte int
}

// ReadAt implements io.ReaderAt.
func (r *reader) ReadAt(p []byte, at int64) (int, error) {
	if err := r.file.Budget().Spend(catalog.MadePieces, r.perByte*len(p)); err != nil {
		return 0, err
	}
	return r.file.At.ReadAt(p, at)
}
