package link

import (
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/diag"
	"paramstack/core/text"
)

// pairLetter is the letter of a link that holds two networks or more, after those of
// Counting.
const pairLetter = "p"

// What divides the texts of a link: a statement that no kind of layer may be called
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
	return version + string(compressed) + pack(source(a)+divider+source(b), "")
}

// DecodePair reads a fragment of two networks, with or without its #: neither, if one
// cannot be read. DecodeSet reads what is whole.
func DecodePair(fragment string) (a, b arch.Model, c Counting, d *diag.Diag) {
	l, d := open(fragment)
	if d != nil {
		return a, b, c, d
	}
	s, d := l.set()
	switch {
	case d != nil:
		return a, b, c, d
	case len(s.Lost) > 0:
		return a, b, c, s.Lost[0].Why
	case len(s.Models) != 2:
		return a, b, c, l.refused(errDamaged)
	}
	return s.Models[0], s.Models[1], s.Counting, nil
}
