// Package tensor describes what flows between layers: shapes that remember
// where each extent comes from, and the bytes of element types.
package tensor

import (
	"strconv"
	"strings"

	"paramstack/core/diag"
	"paramstack/core/num"
)

// Unknown is the size of an extent that is not known.
const Unknown = -1

// A Dim is one extent of a tensor.
type Dim struct {
	N       int64       // the size, or Unknown
	Written num.Product // as its author wrote it (48·2); unset for computed sizes
	Parts   []Dim       // the extents multiplied into this one by a flatten, channels last
	From    diag.NodeID // the node that set it
	Time    bool        // the steps of a sequence or a film: first in every layout
}

// Known reports whether the size is known.
func (d Dim) Known() bool { return d.N >= 0 }

// String returns the size, "?" if it is unknown.
func (d Dim) String() string {
	if !d.Known() {
		return "?"
	}
	return strconv.FormatInt(d.N, 10)
}

// A Shape is the size of one sample: channels first, then the spatial extents,
// as PyTorch lays them out, without the batch. A nil Shape is unknown
// altogether. Shapes are never changed once a report holds them.
type Shape []Dim

// Of returns a shape with the given sizes.
func Of(n ...int64) Shape {
	s := make(Shape, len(n))
	for i, v := range n {
		s[i].N = v
	}
	return s
}

// Known reports whether every extent is known.
func (s Shape) Known() bool {
	for _, d := range s {
		if !d.Known() {
			return false
		}
	}
	return s != nil
}

// Elements returns how many numbers one sample holds, and whether that is known.
func (s Shape) Elements() (num.Int, bool) {
	if !s.Known() {
		return num.Int{}, false
	}
	n := num.Of(1)
	for _, d := range s {
		n = n.Times(d.N)
	}
	return n, true
}

// Equal reports whether a and b have the same sizes, unknown ones included.
func (s Shape) Equal(b Shape) bool {
	if len(s) != len(b) || (s == nil) != (b == nil) {
		return false
	}
	for i := range s {
		if s[i].N != b[i].N {
			return false
		}
	}
	return true
}

// written is the product a size is shown as; unset where it is a plain number,
// whoever wrote it.
func (d Dim) written() num.Product {
	if d.Written.IsPlain() {
		return num.Product{}
	}
	return d.Written
}

// LooksLike reports whether a and b have the same sizes, written as the same
// products; only the origins of extents may differ.
func (s Shape) LooksLike(b Shape) bool {
	if len(s) != len(b) || (s == nil) != (b == nil) {
		return false
	}
	for i := range s {
		if s[i].N != b[i].N || s[i].written() != b[i].written() || !Shape(s[i].Parts).LooksLike(b[i].Parts) {
			return false
		}
	}
	return true
}

// Timed reports whether the first extent is steps in time, and the channels are
// behind it: a sequence [T, features], a film [T, C, H, W].
func (s Shape) Timed() bool { return len(s) > 1 && s[0].Time }

// Layout is the order in which people write the extents of a sample.
type Layout uint8

// The layouts.
const (
	ChannelsFirst Layout = iota // C×H×W: PyTorch, Caffe, ONNX
	ChannelsLast                // H×W×C: Keras, TensorFlow, most papers
)

// String returns the shape channels first: 96×55×55.
func (s Shape) String() string { return s.In(ChannelsFirst) }

// In returns the shape in a layout, unknown extents as "?".
func (s Shape) In(l Layout) string {
	if s == nil {
		return "?"
	}
	var b strings.Builder
	lead := 0
	if s.Timed() {
		lead = 1
	}
	for i := range s {
		if i > 0 {
			b.WriteRune('×')
		}
		d := s[i]
		if l == ChannelsLast && i >= lead {
			d = s[lead+(i-lead+1)%(len(s)-lead)]
		}
		b.WriteString(d.String())
	}
	return b.String()
}
