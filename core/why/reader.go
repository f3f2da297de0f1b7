package why

import (
	"math/big"
	"strings"

	"paramstack/core/num"
)

// plain writes the many forms of signs and digits as one.
func plain(s string) string {
	return strings.Map(func(c rune) rune {
		c = num.HalfWidth(c)
		switch {
		case c == '万':
			return '만'
		case c == '億' || c == '亿':
			return '억'
		}
		switch {
		case c == '\u00a0' || c == '\u2009' || c == '\u202f' || c == '\t' || c == '\n' || c == '\r':
			return ' '
		case c == '’' || c == '_':
			return '\''
		case c == '−' || c == '–':
			return '-'
		case c == '×' || c == '·':
			return '*'
		}
		return c
	}, strings.ReplaceAll(strings.ToLower(s), "**", "^"))
}

// A reader reads the number that its text begins with.
type reader struct {
	rest     string
	digits   string // without a point
	decimals int
	by       int64
	binary   int64
	bytes    bool
	grouped  bool
	tail     string // what comes after number and scale
}

// read reads digits, a power of ten, and a scale.
func (r *reader) read() bool {
	r.by = 1
	if !r.mantissa() {
		return false
	}
	if !r.power() {
		return false
	}
	if done, ok := r.korean(); done {
		return ok
	}
	r.rest = strings.TrimLeft(r.rest, " -")
	for i := range scales {
		s := &scales[i]
		after, ok := strings.CutPrefix(r.rest, s.word)
		if !ok || !s.ends(after) {
			continue
		}
		if r.by > limit/s.by {
			return false
		}
		r.by *= s.by
		r.binary, r.bytes, r.rest = s.binary, s.bytes, after
		if s.word == "b" && len(r.digits) > 6 {
			r.by, r.binary, r.bytes = r.by/s.by, 0, true // no network has so many billions
		}
		break
	}
	r.tail = strings.TrimLeft(r.rest, " ")
	return true
}

// labelled takes the scale of a label where the number has none, as torchinfo writes it:
// "Total mult-adds (G): 4.09", "Params size (MB): 102.23".
func (r *reader) labelled(label string) {
	open, end := strings.LastIndexByte(label, '('), strings.LastIndexByte(label, ')')
	if r.by != 1 || open < 0 || end < open {
		return
	}
	for i := range scales {
		if s := &scales[i]; s.word == label[open+1:end] {
			r.by, r.binary, r.bytes = s.by, s.binary, s.bytes
			return
		}
	}
}

// whole takes off the .0 that languages write behind a whole number. Three zeros can be a
// group of thousands.
func (r *reader) whole() {
	if r.by == 1 && r.decimals < 3 && strings.HasSuffix(r.digits, strings.Repeat("0", r.decimals)) {
		r.digits, r.decimals = r.digits[:len(r.digits)-r.decimals], 0
	}
}

// ends reports whether a scale may be followed by a text: the m of "mb" is none, but
// that of "mparams" and "mmacs" is.
func (s *scale) ends(after string) bool {
	if after == "" || after[0] < 'a' || after[0] > 'z' {
		return true
	}
	if len(s.word) > 2 {
		return false
	}
	for i := range units {
		if strings.HasPrefix(after, units[i].word) {
			return true
		}
	}
	return false
}

// mantissa reads digits with a point or comma and groups of thousands.
func (r *reader) mantissa() bool {
	s := r.rest
	end := 0
	for end < len(s) {
		c := s[end]
		digit := c >= '0' && c <= '9'
		sign := (c == ',' || c == '.' || c == ' ' || c == '\'') && end+1 < len(s) && s[end+1] >= '0' &&
			s[end+1] <= '9'
		if sign && c == ' ' && !thousand(s[end+1:]) {
			sign = false // a second number, not a group
		}
		if !digit && !sign {
			break
		}
		end++
	}
	text := strings.ReplaceAll(strings.ReplaceAll(s[:end], " ", ""), "'", "")
	r.grouped = strings.ContainsAny(s[:end], " '")
	r.rest = s[end:]
	dots, commas := strings.Count(text, "."), strings.Count(text, ",")
	point := byte('.')
	switch {
	case dots > 0 && commas > 0:
		if strings.LastIndexByte(text, ',') > strings.LastIndexByte(text, '.') {
			point = ','
		}
	case dots > 1:
		point = ',' // 25.557.032
	case commas == 1 && !thousand(text[strings.IndexByte(text, ',')+1:]):
		point = ','
	}
	whole, part, _ := strings.Cut(text, string(point))
	other := map[byte]string{'.': ",", ',': "."}[point]
	if groups := strings.Split(whole, other); len(groups) > 1 {
		r.grouped = true
		for i, g := range groups {
			if g == "" || i > 0 && len(g) != 3 {
				return false
			}
		}
	}
	whole = strings.ReplaceAll(whole, other, "")
	if strings.ContainsAny(part, ".,") || whole == "" {
		return false
	}
	r.digits, r.decimals = whole+part, len(part)
	return len(r.digits) <= 24
}

// thousand reports whether a text begins with exactly three digits.
func thousand(s string) bool {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n == 3
}

// power reads e6, *10^6 and *10⁶.
func (r *reader) power() bool {
	s := strings.TrimLeft(r.rest, " ")
	digits := ""
	switch {
	case strings.HasPrefix(s, "^") && r.digits == "10":
		r.digits, digits = "1", s[1:]
	case len(s) > 1 && s[0] == 'e' && strings.IndexByte("+0123456789", s[1]) >= 0:
		digits = strings.TrimPrefix(s[1:], "+")
	case strings.HasPrefix(s, "*"):
		s = strings.TrimLeft(s[1:], " ")
		after, ok := strings.CutPrefix(s, "10")
		if !ok {
			return false
		}
		var super strings.Builder
		for _, c := range after {
			if at := strings.IndexRune("⁰¹²³⁴⁵⁶⁷⁸⁹", c); at >= 0 {
				super.WriteByte(byte('0' + strings.Count("⁰¹²³⁴⁵⁶⁷⁸⁹"[:at], "") - 1))
				continue
			}
			break
		}
		if super.Len() > 0 {
			return r.ten(super.String(), strings.TrimLeft(after, "⁰¹²³⁴⁵⁶⁷⁸⁹"))
		}
		digits = strings.TrimPrefix(after, "^")
		if digits == after {
			return false
		}
	default:
		return true
	}
	end := 0
	for end < len(digits) && digits[end] >= '0' && digits[end] <= '9' {
		end++
	}
	return r.ten(digits[:end], digits[end:])
}

func (r *reader) ten(power, rest string) bool {
	n, fault := num.ParseWhole(power)
	if fault != num.ParsedOK || n > 18 {
		return false
	}
	for range n {
		r.by *= 10
	}
	r.rest = rest
	return true
}

// A numeral of Korean, behind digits: those of a myriad are multiplied by the myriad
// that ends them, 2천 3백만.
type numeral struct {
	word string
	by   int64
}

var (
	numerals = []numeral{{"천", 1e3}, {"백", 100}, {"십", 10}}
	myriads  = []numeral{{"조", 1e12}, {"억", 1e8}, {"만", 1e4}}
)

// numeral takes one of the numerals off the text, 1 if it begins with none.
func (r *reader) numeral(of []numeral) int64 {
	s := strings.TrimLeft(r.rest, " ")
	for _, m := range of {
		if after, ok := strings.CutPrefix(s, m.word); ok {
			r.rest = after
			return m.by
		}
	}
	return 1
}

// korean reads 2억 3천만, 2천3백만 and 2,358만 5천: done if there is a numeral at all.
func (r *reader) korean() (done, ok bool) {
	total, section := new(big.Int), new(big.Int)
	before, small, unit := limit, limit, int64(0) // the last myriad, numeral in it, and place
	for {
		by, digits, decimals := r.numeral(numerals), r.digits, r.decimals
		myriad := r.numeral(myriads)
		if by == 1 && myriad == 1 && unit == 0 {
			return false, false // no numeral at all
		}
		place := by
		for range decimals {
			if place*myriad%10 != 0 || by != 1 && myriad == 1 && place%10 != 0 {
				return true, false
			}
			if place%10 == 0 {
				place /= 10
			} else {
				// 1.3억: the decimals are taken from the myriad.
				myriad /= 10
			}
		}
		if by >= small && by > 1 {
			return true, false
		}
		v, good := new(big.Int).SetString(digits, 10)
		if !good {
			return true, false
		}
		section.Add(section, v.Mul(v, big.NewInt(place)))
		small, unit = by, place*myriad
		next := strings.TrimLeft(r.rest, " ")
		more := next != "" && next[0] >= '0' && next[0] <= '9'
		if myriad > 1 || !more {
			if myriad >= before {
				return true, false
			}
			total.Add(total, section.Mul(section, big.NewInt(myriad)))
			section, before, small = new(big.Int), myriad, limit
		}
		r.digits, r.decimals = "", 0
		if !more {
			break
		}
		r.rest = next
		if !r.mantissa() {
			return true, false
		}
	}
	q, rem := new(big.Int).QuoRem(total, big.NewInt(unit), new(big.Int))
	if rem.Sign() != 0 {
		return true, false
	}
	r.digits, r.by, r.decimals = q.String(), unit, 0
	r.tail = strings.TrimLeft(r.rest, " ")
	return true, len(r.digits) <= 24
}

// quantity is what the words around the number state.
func (r *reader) quantity(label string) Quantity {
	tail, _, _ := strings.Cut(r.tail, "(")
	for _, s := range []string{tail, label} {
		for i := range units {
			if strings.Contains(s, units[i].word) {
				return units[i].of
			}
		}
	}
	if r.bytes {
		return Bytes
	}
	return Unknown
}

// leftover reports whether there are words behind the number that mean nothing here.
func (r *reader) leftover() bool {
	tail, _, _ := strings.Cut(r.tail, "(")
	bare := strings.Trim(tail, " .,;:+])\"'개/s")
	if bare == "" {
		return false
	}
	for i := range units {
		if strings.Contains(tail, units[i].word) {
			return false
		}
	}
	return !strings.HasPrefix(bare, "trainable") && !strings.HasPrefix(bare, "total") &&
		!strings.HasPrefix(bare, "정도")
}

// rounded returns how many zeros at the end of the digits are only there for the size of
// the number: those of a number with a sign for about, and of 61,000,000.
func (r *reader) rounded(about bool) int {
	zeros := len(r.digits) - len(strings.TrimRight(r.digits, "0"))
	if r.decimals > 0 || r.by > 1 {
		return 0
	}
	if about || zeros >= 4 && len(r.digits)-zeros <= 3 && len(r.digits) >= 7 {
		return zeros
	}
	return 0
}

// span returns the whole numbers that round to the typed one, or that it was cut from.
func (r *reader) span(by int64, zeros int, cut bool) (Range, bool) {
	v, ok := new(big.Int).SetString(r.digits, 10)
	if !ok {
		return Range{}, false
	}
	unit := big.NewInt(by)
	ten := big.NewInt(10)
	for range zeros {
		v.Quo(v, ten)
		unit.Mul(unit, ten)
	}
	below := new(big.Int).Exp(ten, big.NewInt(int64(r.decimals)), nil)
	// From (2v−1)·unit/(2·below) up to (2v+1)·unit/(2·below); cut off, from v up to v+1.
	two := big.NewInt(2)
	edge := func(add int64) *big.Int {
		e := new(big.Int).Mul(v, two)
		return e.Add(e, big.NewInt(add)).Mul(e, unit)
	}
	low, high := int64(-1), int64(1)
	if cut {
		low, high = 0, 2
	}
	div := new(big.Int).Mul(two, below)
	lo := new(big.Int).Add(edge(low), new(big.Int).Sub(div, big.NewInt(1)))
	lo.Div(lo, div)
	hi := new(big.Int).Sub(edge(high), big.NewInt(1))
	hi.Div(hi, div)
	if by == 1 && zeros == 0 && r.decimals == 0 {
		lo.Set(v)
		hi.Set(v)
	}
	if !hi.IsInt64() || hi.Int64() > limit {
		return Range{}, false
	}
	return Range{max(lo.Int64(), 0), hi.Int64()}, true
}
