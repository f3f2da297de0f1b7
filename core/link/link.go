// Package link packs a network into what follows the # of an address, and
// unpacks it again. There is no server: the link is the network.
//
//	1.i3x32x32~c4k5_nobias~c10k5_nobias~end     a flat stack, readable
//	1zS85KtDIyNrIyrDMyrUu2NjRIzrI2TMzPK0tPBAA…  anything else, compressed
//
// A fragment is the version, letters, the form, and the payload. Most links have no
// letters: one network, counted as PyTorch does, with biases. See Counting for how the
// sender counted, EncodePair for two networks that are compared, and EncodeSet for more:
//
//		1p.i3x32x32~c4k5~with~i3x32x32~c8k5~end
//
//	  - "." is the stack text as text.Short writes it, and "~end". Without the
//	    mark a link that was cut off would open as a smaller network, and nobody
//	    would notice. People may write such links by hand.
//	  - "z" is the compact stack text (the full one if it has comments) in raw
//	    deflate (RFC 1951) with a preset dictionary, as base64url without padding
//	    (RFC 4648 §5), and four hex digits: the low half of the text's CRC-32.
//
// Only letters, digits and - . _ ~ occur (the unreserved characters of RFC 3986
// §2.3), and the last is always a letter or digit: chats and Markdown cut off
// punctuation at the end of an address.
//
// Links of version 1 can be read for ever: testdata/v1.txt is only added to. A
// new dictionary or payload is a new version.
package link

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"net/url"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/text"
)

// Version is the version of the links that Encode makes.
const Version = 1

// MaxChars is the longest fragment that is read, in bytes.
const MaxChars = 1 << 20

// MaxReadable is the longest readable link that Encode makes; a longer network
// is compressed.
const MaxReadable = 400

const (
	readable   = '.'
	compressed = 'z'
	end        = "~end"
	checkLen   = 4
)

// Encode returns the fragment of a network, without the #; "" if there is nothing
// in it to send.
func Encode(m arch.Model) string { return EncodeCounted(m, Counting{}) }

// EncodeCounted is Encode for a network that is counted in a way of its own.
func EncodeCounted(m arch.Model, c Counting) string {
	if len(m.Body) == 0 {
		return ""
	}
	version := strconv.Itoa(Version) + c.letters()
	if s, ok := text.Short(m); ok && !text.Commented(m) && len(s) <= MaxReadable {
		return version + string(readable) + s + end
	}
	return version + string(compressed) + pack(source(m), "")
}

// source is the text of a network that is compressed: the shortest that has all of it.
func source(m arch.Model) string {
	if text.Commented(m) {
		if full := text.Format(m); len(full) <= text.MaxBytes {
			return full
		}
	}
	return text.Compact(m)
}

// Decode reads a fragment, with or without its #. A problem's sentence quotes the
// beginning of the fragment; there is no model then.
func Decode(fragment string) (arch.Model, *diag.Diag) {
	m, _, d := DecodeCounted(fragment)
	return m, d
}

// DecodeCounted is Decode that returns how the sender counted, too.
func DecodeCounted(fragment string) (arch.Model, Counting, *diag.Diag) {
	l, d := open(fragment)
	if d != nil {
		return arch.Model{}, Counting{}, d
	}
	s, d := l.set()
	if d != nil {
		return arch.Model{}, l.counting, d
	}
	return s.Models[0], l.counting, nil
}

// A sent is a fragment taken apart.
type sent struct {
	version  int
	counting Counting
	pair     bool // of two networks or more
	form     byte
	payload  string
	got      string // its beginning, for messages
}

func open(fragment string) (sent, *diag.Diag) {
	whole := strings.TrimPrefix(fragment, "#")
	if len(whole) > MaxChars {
		return sent{}, diag.New(catalog.LinkTooLong, num.Of(int64(len(whole))).Grouped(), num.Of(MaxChars).Grouped())
	}
	l, ok := split(plain(whole))
	l.got = layer.Quote("#" + whole)
	switch {
	case !ok:
		return l, diag.New(catalog.LinkForeign, l.got)
	case l.version != Version:
		return l, diag.New(catalog.LinkNewer, l.got, l.version)
	}
	return l, nil
}

// refused is why a payload cannot be read.
func (l *sent) refused(err error) *diag.Diag {
	switch err {
	case errTooBig:
		return diag.New(catalog.LinkTooBig, l.got, num.Of(text.MaxBytes).Grouped())
	case errBehind:
		return diag.New(catalog.LinkBehind, l.got)
	}
	return diag.New(catalog.LinkDamaged, l.got)
}

func (l *sent) parse(src string) (arch.Model, *diag.Diag) {
	file, problems := text.Parse(src)
	for _, d := range problems {
		if d.Severity == diag.Error {
			return arch.Model{}, diag.New(catalog.LinkText, l.got, d.Say)
		}
	}
	if len(file.Model.Body) == 0 {
		return arch.Model{}, diag.New(catalog.LinkEmpty, l.got)
	}
	return file.Model, nil
}

// IsPair reports whether a fragment, with or without its #, begins as one of two
// networks or more.
func IsPair(fragment string) bool {
	l, ok := split(plain(strings.TrimPrefix(fragment, "#")))
	return ok && l.pair
}

// Is reports whether a fragment, without its #, begins as one that Decode reads.
func Is(fragment string) bool {
	l, ok := split(fragment)
	return ok && l.version == Version
}

// IsNewer reports whether a fragment, without its #, begins as one of a later version,
// which Decode refuses by its number.
func IsNewer(fragment string) bool {
	l, ok := split(fragment)
	return ok && l.version > Version
}

// plain undoes what other programs do to an address: percent escapes that it does
// not need, and the punctuation of a sentence around it.
func plain(s string) string {
	if strings.Contains(s, "%") {
		if u, err := url.PathUnescape(s); err == nil {
			s = u
		}
	}
	return strings.TrimRight(strings.TrimSpace(s), ".,;:!?)]}>'\"*_~")
}

// split takes a fragment apart; false if it is none of ours.
func split(s string) (l sent, ok bool) {
	digits := 0
	for digits < len(s) && digits < 4 && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	if digits == 0 || digits > 3 || digits == len(s) {
		return l, false
	}
	l.version, _ = strconv.Atoi(s[:digits])
	rest := s[digits:]
	if l.version == Version {
		l.counting, rest = readLetters(rest)
		rest, l.pair = strings.CutPrefix(rest, pairLetter)
	}
	if rest == "" {
		return l, false
	}
	l.form, l.payload = rest[0], rest[1:]
	return l, l.version > 0 && (l.version > Version || l.form == readable || l.form == compressed)
}

var (
	errDamaged = errors.New("damaged")
	errCut     = errors.New("cut off")
	errCheck   = errors.New("another check")
	errBehind  = errors.New("damaged behind the first")
	errTooBig  = errors.New("too big")
)

// unpack returns the text in a compressed payload, of at most so many bytes; dict is the
// text that it refers to besides the dictionary. With an error it is what comes before the
// damage, or another text: with errCheck all of one.
func unpack(payload, dict string, most int) (string, error) {
	if len(payload) <= checkLen {
		return "", errDamaged
	}
	packed, check := payload[:len(payload)-checkLen], payload[len(payload)-checkLen:]
	data := make([]byte, base64.RawURLEncoding.DecodedLen(len(packed)))
	n, bad := base64.RawURLEncoding.Decode(data, []byte(packed))
	r := flate.NewReaderDict(bytes.NewReader(data[:n]), []byte(dictionary+dict))
	src, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	switch {
	case len(src) > most:
		return "", errTooBig
	case bad == nil && err == io.ErrUnexpectedEOF:
		return string(src), errCut
	case bad != nil || err != nil:
		return string(src), errDamaged
	case check != sum(string(src)):
		return string(src), errCheck
	}
	return string(src), nil
}

func pack(src, dict string) string {
	var b bytes.Buffer
	w, err := flate.NewWriterDict(&b, flate.BestCompression, []byte(dictionary+dict))
	if err != nil {
		panic(err) // the level is a constant
	}
	io.WriteString(w, src) // writes to a buffer cannot fail
	w.Close()
	return base64.RawURLEncoding.EncodeToString(b.Bytes()) + sum(src)
}

// sum is the check of a text: the low half of its CRC-32 (IEEE), in hex.
func sum(src string) string {
	return fmt.Sprintf("%04x", crc32.ChecksumIEEE([]byte(src))&0xFFFF)
}
