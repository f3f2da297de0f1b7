package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
)

// unused notes the cells at the far edge of an extent that no window reaches, where the
// last stride is not whole. Padding that is left over is no loss.
func unused(in, left int64, i, dims int) *diag.Diag {
	d := diag.New(catalog.UnusedCells, left, in, AxisName(uint8(i), uint8(dims)))
	d.Severity = diag.Note
	return d
}

// A skipped counts the positions of a map that no window reads, since it moves
// further than it reaches: every stride has the same ones.
type skipped struct {
	read, of num.Int // in a block of one stride along each dimension; unset: every position
}

// along adds a dimension, and reports whether it skips positions. A dilated kernel of
// an even stride may meet the even ones only.
func (s *skipped) along(kernel, dilation, stride int64) bool {
	if s.of.IsZero() {
		s.read, s.of = num.Of(1), num.Of(1)
	}
	read := min(kernel, stride/gcd(dilation, stride))
	s.read, s.of = s.read.Times(read), s.of.Times(stride)
	return read < stride
}

// note adds what is skipped to the notes.
func (s *skipped) note(notes []*diag.Diag) []*diag.Diag {
	if s.of.Cmp(s.read) <= 0 {
		return notes
	}
	d := diag.New(catalog.NeverRead, s.of.Sub(s.read).Grouped(), s.of.Grouped()).On("stride")
	d.Severity = diag.Note
	return append(notes, d)
}
