package picture

import (
	"math"

	"paramstack/core/tensor"
)

// The law of the blocks: every side is drawn as the square root of its extent, so
// that a block's volume grows with the square root of the number of its cells, and
// no two blocks are in the wrong order. There is no floor and no clamp, which would
// break that: what is too thin to be seen is seen by its outline.
const (
	longest   = 150.0 // the longest side of any map
	perRoot   = 2.2   // thickness of a block of one channel; length of a vector of one number
	unknownIn = 0.45  // of the longest side: how an unknown extent is drawn, open
	supposed  = 64    // cells along a side, where none is known
	thinBar   = 6.0   // the front of a vector's bar is so wide at least; it is less deep then
	usualBar  = 8.0   // and so wide in a network without maps
	longBar   = 360.0 // no bar is longer: all thicknesses are drawn on a smaller scale then
	thickest  = 220.0 // and no block is thicker
)

// depth is drawn at 30° and half its length.
var (
	depthX = 0.5 * math.Cos(math.Pi/6)
	depthY = 0.5 * math.Sin(math.Pi/6)
)

// mostCopies is how many copies a film is drawn as.
const mostCopies = 4

// A form is how a tensor is drawn: the sides of one block, before towers and copies.
type form struct {
	t, h, w float64 // thickness, height and depth, undistorted
	copies  int     // steps in time side by side, together t thick
	bar     bool    // a vector: a block of one cell for each channel, upright
	open    bool    // some extent is unknown
}

// A law holds what the sides of a picture's blocks follow from.
type law struct {
	side float64 // units of the root of one cell along a map
	root float64 // of one channel, and of one number of a vector
	open float64 // side of a map of unknown extent
}

// lawFor returns the law of a picture of these tensors, within scales that are given.
func lawFor(shapes []tensor.Shape, given Scales) law {
	l := law{root: perRoot, open: longest * unknownIn}
	most := int64(0)
	for _, s := range shapes {
		most = max(most, longestSide(s))
		if !s.Known() {
			most = max(most, supposed)
		}
	}
	l.side = usualBar
	if most > 1 {
		l.side = longest / math.Sqrt(float64(most))
	}
	if given.side > 0 {
		l.side = min(l.side, given.side)
	}
	bar, block := 0.0, 0.0
	for _, s := range shapes {
		switch f := l.form(s); {
		case f.bar:
			bar = max(bar, f.h)
		default:
			block = max(block, f.t)
		}
	}
	l.root *= min(1, longBar/max(bar, 1), thickest/max(block, 1))
	if given.depth > 0 {
		l.root = min(l.root, given.depth)
	}
	return l
}

// smaller returns a law with all sides smaller.
func (l law) smaller(share float64) law { return law{l.side * share, l.root * share, l.open * share} }

func (l law) along(n int64) float64 {
	if n < 0 {
		return l.open
	}
	return l.side * math.Sqrt(float64(n))
}

func (l law) thickness(n int64) float64 {
	if n < 0 {
		return 24
	}
	return l.root * math.Sqrt(float64(n))
}

// form returns how a shape is drawn. A nil shape is unknown altogether.
func (l law) form(s tensor.Shape) form {
	f := form{open: !s.Known(), copies: 1}
	switch len(s) {
	case 0:
		if s == nil {
			f.t, f.h, f.w = 24, l.open, l.open
		} else { // one number
			f.bar, f.h, f.t = true, l.root, max(l.side, thinBar)
			f.w = l.side * l.side / f.t
		}
	case 1:
		f.bar, f.h = true, l.thickness(s[0].N)
		f.t = max(l.side, thinBar)
		f.w = l.side * l.side / f.t
	case 2:
		long, wide := s[1].N, s[0].N
		if s.Timed() {
			long, wide = wide, long
		}
		f.t, f.h, f.w = l.thickness(wide), l.along(long), l.side
	default:
		c, rest := s[0], s[1:]
		time := int64(1)
		if s.Timed() {
			c, rest, time = s[1], s[2:], s[0].N
		} else if len(rest) > 2 {
			time, rest = rest[0].N, rest[len(rest)-2:]
		}
		f.w = l.side
		if len(rest) > 0 {
			f.h = l.along(rest[0].N)
		}
		if len(rest) > 1 {
			f.w = l.along(rest[1].N)
		} else if len(rest) == 0 {
			f.h = l.side
		}
		f.t = l.thickness(c.N)
		if time > 0 {
			f.copies = int(min(time, mostCopies))
			f.t *= math.Sqrt(float64(time))
		}
	}
	return f
}

// volume is what the eye compares: that of all copies and towers together.
func (f form) volume() float64 { return f.t * f.h * f.w }

// longestSide returns the most cells along any side of a map among shapes.
func longestSide(s tensor.Shape) int64 {
	from := 1
	if s.Timed() {
		from = 2
		if len(s) == 2 {
			return s[0].N
		}
	}
	if len(s) > 3 && !s.Timed() {
		from = len(s) - 2
	}
	n := int64(1)
	for i := from; i < len(s); i++ {
		n = max(n, s[i].N)
	}
	return n
}
