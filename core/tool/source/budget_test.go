package source_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"paramstack/core/catalog"
	"paramstack/core/tool/source"
)

// TestBudget: all parts of a file spend one budget, and once it is spent nothing more
// is made.
func TestBudget(t *testing.T) {
	f := open("small.pt", strings.Repeat("x", 1000))
	inner := f.Part("inner", 500, bytes.NewReader(make([]byte, 500)))
	made := 0
	for ; made < 1<<30; made += 1 << 20 {
		part := []*source.File{f, inner}[made>>20&1]
		if err := part.Budget().Spend(catalog.MadeNames, 1<<20); err != nil {
			d := source.AsDiag(err)
			if d.Say.Key != catalog.ImportTooMuch || !strings.Contains(d.Error(), "32 MB") {
				t.Error(d)
			}
			break
		}
	}
	if made < 16<<20 || made > 64<<20 {
		t.Errorf("%d bytes were made of a file of %d", made, f.Size)
	}
	for _, part := range []*source.File{f, inner} {
		if _, err := part.Read(0, 1); source.AsDiag(err).Say.Key != catalog.ImportTooMuch {
			t.Errorf("%s was read with a spent budget: %v", part.Name, err)
		}
	}
	large := &source.File{Name: "large.pt", Size: 1 << 40}
	if err := large.Budget().Spend(catalog.MadePieces, 400<<20); err != nil {
		t.Errorf("a large file needs more: %v", err)
	}
	if large.Budget().Spend(catalog.MadePieces, 400<<20) == nil {
		t.Error("a large file has no bound")
	}
}

// TestUTF16 reads texts in UTF-16, of either byte order, with its mark and without.
func TestUTF16(t *testing.T) {
	for _, text := range []string{
		`{"class_name": "Sequential", "config": {"layers": []}}`,
		"name: \"망\"\r\nlayer { name: \"c1\" }\r\n",
		"input 3x8x8\nconv 4 k3 # 합성곱 층입니다, 커널은 삼\n",
		"input 8 # 😀 ok\n",
	} {
		units := utf16.Encode([]rune(text))
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			for _, mark := range []string{"", "\ufeff"} {
				var b []byte
				for _, u := range append(utf16.Encode([]rune(mark)), units...) {
					b = order.AppendUint16(b, u)
				}
				f := source.Tidy(&source.File{Name: "x", Size: int64(len(b)), At: bytes.NewReader(b)})
				got, err := f.All()
				want := strings.ReplaceAll(text, "\r\n", "\n")
				if strings.ReplaceAll(string(got), "\r\n", "\n") != want || err != nil {
					t.Errorf("%v, mark %q: %q, %v; want %q", order, mark, got, err, want)
				}
			}
		}
	}
	for _, binary := range []string{"\x80\x02}q\x00.", "PK\x03\x04\x14\x00\x00\x00", "\x89HDF\r\n\x1a\n", "\x08\x07\x12\x07pytorch", "ab", "\xff"} {
		b := []byte(binary)
		if f := source.Tidy(&source.File{Name: "x", Size: int64(len(b)), At: bytes.NewReader(b)}); f.Size != int64(len(b)) {
			t.Errorf("%q was taken for UTF-16", binary)
		}
	}
}
