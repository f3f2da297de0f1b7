package link

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/diag"
	"paramstack/core/text"
)

// pairLetter is the letter of a link that holds two networks, after those of Counting.
const pairLetter = "p"

// What divides the two texts of a pair: a statement that no kind of layer may be called
// in a readable link; in a compressed one a character that no stack text has.
const (
	with    = "~with~"
	divider = "\x00"
)

// EncodePair returns the fragment of two networks that are compared, counted in one
// way; "" if there is nothing in one of them.
//
//	1p.i3x32x32~c4k5~with~i3x32x32~c8k5~end    two flat stacks, readable
//	1pzS7YtDIyNrIyrDMyrUu2NjRIzrI2TMzPK0tPBAA…  any others
//
// The compressed form has both texts in one stream, the second after the first, so that
// deflate refers to the first for all that the second has of it: what is sent of the
// second is the patch that makes it of the first.
func EncodePair(a, b arch.Model, c Counting) string {
	if len(a.Body) == 0 || len(b.Body) == 0 {
		return ""
	}
	version := strconv.Itoa(Version) + c.letters() + pairLetter
	x, flat := text.Short(a)
	y, flatToo := text.Short(b)
	if flat && flatToo && !text.Commented(a) && !text.Commented(b) && len(x)+len(y) <= MaxReadable {
		return version + string(readable) + x + with + y + end
	}
	return version + string(compressed) + pack(source(a)+divider+source(b))
}

// DecodePair reads a fragment of two networks, with or without its #.
func DecodePair(fragment string) (a, b arch.Model, c Counting, d *diag.Diag) {
	l, d := open(fragment)
	if d != nil {
		return a, b, c, d
	}
	if !l.pair {
		return a, b, c, l.refused(errDamaged)
	}
	a, b, d = l.models()
	return a, b, l.counting, d
}

// models reads both networks of a pair; neither, if one cannot be read.
func (l *sent) models() (a, b arch.Model, d *diag.Diag) {
	first, second, err := l.texts()
	if err != nil {
		return a, b, l.refused(err)
	}
	x, d := l.parse(first)
	if d != nil {
		return a, b, d
	}
	y, d := l.parse(second)
	if d != nil {
		return a, b, d
	}
	return x, y, nil
}

func (l *sent) texts() (first, second string, err error) {
	sep, payload := divider, l.payload
	if l.form == readable {
		sep = text.Long(with)
	}
	src, err := unpack(l.form, payload, 2*text.MaxBytes+len(divider))
	if err != nil {
		return "", "", err
	}
	first, second, ok := strings.Cut(src, sep)
	switch {
	case !ok || strings.Contains(second, sep):
		return "", "", errDamaged
	case len(first) > text.MaxBytes || len(second) > text.MaxBytes:
		return "", "", errTooBig
	}
	return first, second, nil
}
