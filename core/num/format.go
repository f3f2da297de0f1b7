package num

import (
	"math"
	"strconv"
	"strings"
)

// Grouped returns a with a comma between thousands: 60,965,224.
func (a Int) Grouped() string {
	s := a.String()
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	if len(s) <= 3 {
		return sign + s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/3 + 1)
	b.WriteString(sign)
	head := len(s) % 3
	b.WriteString(s[:head])
	for i := head; i < len(s); i += 3 {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(s[i : i+3])
	}
	return b.String()
}

var prefixes = []string{"", "k", "M", "G", "T", "P", "E", "Z", "Y"}

// Short returns a with three or four significant digits and a decimal prefix:
// 61.0 M, 724.4 M, 4.09 G. 1 M is 10⁶ (never 2²⁰). Small numbers stay whole.
func (a Int) Short() string {
	if n, ok := a.Int64(); ok && n > -1000 && n < 1000 {
		return a.String()
	}
	return short(a.Float())
}

func short(f float64) string {
	step := 0
	for math.Abs(f) >= 999.5 && step < len(prefixes)-1 {
		f /= 1000
		step++
	}
	digits := 1
	if math.Abs(f) < 9.995 {
		digits = 2
	}
	if math.Abs(f) >= 1e6 { // beyond the last prefix
		return strconv.FormatFloat(f, 'e', 2, 64) + " " + prefixes[step]
	}
	return strconv.FormatFloat(f, 'f', digits, 64) + " " + prefixes[step]
}

// Percent returns a fraction of 1 as a percentage with two significant digits
// at least: 96.2 %, 0.50 %, <0.01 %.
func Percent(f float64) string {
	p := f * 100
	switch {
	case p == 0:
		return "0 %"
	case p < 0.01:
		return "<0.01 %"
	case p < 9.995:
		return strconv.FormatFloat(p, 'f', 2, 64) + " %"
	case p < 99.95:
		return strconv.FormatFloat(p, 'f', 1, 64) + " %"
	case p < 100:
		return ">99.9 %"
	default:
		return "100 %"
	}
}

// Signed returns a difference in groups with its sign, 0 without.
func (a Int) Signed() string {
	switch a.Cmp(Int{}) {
	case 1:
		return "+" + a.Grouped()
	case -1:
		return "−" + Int{}.Sub(a).Grouped()
	}
	return "0"
}

// Bytes returns a count of bytes in the decimal units of SI (MB, 10⁶) or in the
// binary ones of IEC 80000-13 (MiB, 2²⁰).
func (a Int) Bytes(binary bool) string {
	base, units := 1000.0, [...]string{"B", "kB", "MB", "GB", "TB", "PB"}
	if binary {
		base, units = 1024.0, [...]string{"B", "KiB", "MiB", "GiB", "TiB", "PiB"}
	}
	f, step := a.Float(), 0
	for f >= base*0.99995 && step < len(units)-1 {
		f /= base
		step++
	}
	if step == 0 {
		return a.String() + " B"
	}
	if f >= 1e6 {
		return strconv.FormatFloat(f, 'e', 2, 64) + " " + units[step]
	}
	return strconv.FormatFloat(f, 'f', 1, 64) + " " + units[step]
}
