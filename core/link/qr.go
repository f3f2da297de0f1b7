package link

import (
	"strconv"

	"rsc.io/qr/coding"
)

// A QR is an address as a QR code (ISO/IEC 18004), for a link on paper.
type QR struct {
	Side int    // modules along a side, the quiet zone included
	Path string // the dark ones, as the path of an SVG with a unit a module
}

// quiet is how many light modules there must be around a code.
const quiet = 4

// usualVersion is the largest code that corrects errors of 15 %. Longer addresses have
// one that corrects 7 %: smaller modules would be lost by more than that wins.
const usualVersion = 15

// QROf returns the code of an address; false if it is longer than any code can hold,
// 2,953 bytes.
func QROf(address string) (QR, bool) {
	text := coding.String(address)
	fits := func(level coding.Level, most coding.Version) coding.Version {
		for v := coding.Version(coding.MinVersion); v <= most; v++ {
			if text.Bits(v) <= v.DataBytes(level)*8 {
				return v
			}
		}
		return 0
	}
	level := coding.M
	version := fits(level, usualVersion)
	if version == 0 {
		level = coding.L
		if version = fits(level, coding.MaxVersion); version == 0 {
			return QR{}, false
		}
	}
	var best *coding.Code
	lowest := 0
	for mask := range coding.Mask(masks) {
		plan, err := coding.NewPlan(version, level, mask)
		if err != nil {
			return QR{}, false
		}
		code, err := plan.Encode(text)
		if err != nil {
			return QR{}, false
		}
		if n := penalty(code); best == nil || n < lowest {
			best, lowest = code, n
		}
	}
	return QR{Side: best.Size + 2*quiet, Path: path(best)}, true
}

// masks is how many patterns there are to lay over the data. The one is taken after which
// fewest forms are left that scanners confuse: §7.8.3 of the standard has their weights.
const masks = 8

func penalty(c *coding.Code) int {
	n, dark := 0, 0
	for i := range c.Size {
		n += penaltyOf(c.Size, func(j int) bool { return c.Black(j, i) })
		n += penaltyOf(c.Size, func(j int) bool { return c.Black(i, j) })
		for j := range c.Size {
			at := c.Black(i, j)
			if at {
				dark++
			}
			if i > 0 && j > 0 && at == c.Black(i-1, j) && at == c.Black(i, j-1) && at == c.Black(i-1, j-1) {
				n += 3 // a square of one colour
			}
		}
	}
	percent := 100 * dark / (c.Size * c.Size)
	return n + max(percent-50, 50-percent)/5*10
}

// penaltyOf weighs one line: runs of five modules and more, and what looks like the
// middle of a finder.
func penaltyOf(size int, black func(int) bool) int {
	const finder, finderBits = 0b1011101, 11
	n, run, window := 0, 0, 0
	for j := range size {
		at := black(j)
		if j > 0 && at == black(j-1) {
			run++
		} else {
			run = 1
		}
		if run == 5 {
			n += 3
		} else if run > 5 {
			n++
		}
		window = window << 1 & (1<<finderBits - 1)
		if at {
			window |= 1
		}
		if j >= finderBits-1 && (window == finder || window == finder<<4) {
			n += 40
		}
	}
	return n
}

// path draws the dark modules of each line from left to right.
func path(c *coding.Code) string {
	b := make([]byte, 0, 16<<10)
	for y := range c.Size {
		for x := 0; x < c.Size; x++ {
			from := x
			for x < c.Size && c.Black(x, y) {
				x++
			}
			if x == from {
				continue
			}
			b = append(b, 'M')
			b = strconv.AppendInt(b, int64(from+quiet), 10)
			b = append(b, ' ')
			b = strconv.AppendInt(b, int64(y+quiet), 10)
			b = append(b, 'h')
			b = strconv.AppendInt(b, int64(x-from), 10)
			b = append(b, "v1h-"...)
			b = strconv.AppendInt(b, int64(x-from), 10)
			b = append(b, 'z')
		}
	}
	return string(b)
}
