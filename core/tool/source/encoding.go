package source

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"
)

// byteOrders are those of UTF-16 and their marks (Unicode 15, §23.8).
var byteOrders = []struct {
	mark  string
	order binary.ByteOrder
}{{"\xff\xfe", binary.LittleEndian}, {"\xfe\xff", binary.BigEndian}}

// inUTF8 returns a text that is in UTF-16, as Windows' editors and PowerShell's >
// save texts, in UTF-8; another file as it is. Without a mark of the byte order, a
// head is one if all its characters are printed in one order, and at least eight, and
// half of all, are ASCII.
func inUTF8(f *File) *File {
	head, err := f.Read(0, min(f.Size, HeadSize))
	if err != nil || f.Size < 2 {
		return f
	}
	for _, o := range byteOrders {
		if !bytes.HasPrefix(head, []byte(o.mark)) && !isUTF16(head, o.order) {
			continue
		}
		data, err := f.All()
		if err != nil {
			return f
		}
		text := strings.TrimPrefix(string(utf16.Decode(unitsOf(data, o.order))), "\ufeff")
		return f.instead(text)
	}
	return f
}

// unitsOf reads the units of UTF-16; a byte too many is left out.
func unitsOf(data []byte, order binary.ByteOrder) []uint16 {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return units
}

// isUTF16 reports whether a head without a mark is a text in UTF-16.
func isUTF16(head []byte, order binary.ByteOrder) bool {
	units := unitsOf(head, order)
	if n := len(units); n > 0 && utf16.IsSurrogate(rune(units[n-1])) {
		units = units[:n-1] // its other half may lie behind the head
	}
	ascii := 0
	for _, r := range utf16.Decode(units) {
		switch {
		case r == unicode.ReplacementChar, unicode.IsControl(r) && !strings.ContainsRune("\t\r\n\f", r), !unicode.IsPrint(r) &&
			!unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r):
			return false
		case r < unicode.MaxASCII:
			ascii++
		}
	}
	return ascii >= 8 && 2*ascii >= len(units)
}
