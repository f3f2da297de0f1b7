package whatif

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A unit is what may follow a number: how many it counts, and whether they are bytes.
type unit struct {
	word  string
	times int64
	bytes bool
}

// The words of limits are tables that the compiler lays out: maps would be filled when
// the program starts.
var units = [...]unit{
	{"k", 1e3, false}, {"m", 1e6, false}, {"g", 1e9, false}, {"b", 1e9, false},
	{"천", 1e3, false}, {"만", 1e4, false}, {"백만", 1e6, false}, {"천만", 1e7, false}, {"억", 1e8, false},
	{"万", 1e4, false}, {"億", 1e8, false}, // a few still write them so
	{"thousand", 1e3, false}, {"million", 1e6, false}, {"billion", 1e9, false},
	{"byte", 1, true}, {"bytes", 1, true}, {"바이트", 1, true},
	{"kb", 1e3, true}, {"mb", 1e6, true}, {"gb", 1e9, true},
	{"kib", 1 << 10, true}, {"mib", 1 << 20, true}, {"gib", 1 << 30, true},
	{"킬로바이트", 1e3, true}, {"메가바이트", 1e6, true},
}

// types are the names of element types by their bits.
var types = [...]struct {
	word string
	bits int64
}{
	{"fp32", 32}, {"float32", 32}, {"f32", 32}, {"fp16", 16}, {"float16", 16}, {"f16", 16}, {"half", 16}, {"bf16", 16},
	{"int8", 8}, {"i8", 8}, {"uint8", 8},
	{"32bit", 32}, {"16bit", 16}, {"8bit", 8}, {"32비트", 32}, {"16비트", 16}, {"8비트", 8},
}

// measures are words for what is limited, and those that mean nothing.
var measures = [...]struct {
	word string
	of   Measure
	none bool
}{
	{"params", Params, false}, {"parameters", Params, false}, {"weights", Params, false}, {"flash", Params, false},
	{"파라미터", Params, false}, {"가중치", Params, false}, {"플래시", Params, false},
	{"peak", Peak, false}, {"ram", Peak, false}, {"sram", Peak, false}, {"memory", Peak, false},
	{"activations", Peak, false}, {"elements", Peak, false},
	{"메모리", Peak, false}, {"활성값", Peak, false}, {"램", Peak, false}, {"피크", Peak, false},
	{"of", 0, true}, {"in", 0, true}, {"at", 0, true}, {"most", 0, true}, {"max", 0, true}, {"under", 0, true},
	{"개", 0, true}, {"최대", 0, true}, {"이하", 0, true}, {"이내", 0, true},
}

// NoType is the refusal of an element type.
func NoType(name string) catalog.Message {
	known := make([]string, len(tensor.DTypes))
	for i, t := range tensor.DTypes {
		known[i] = t.Name
	}
	return catalog.Say(catalog.FitNoType, layer.Quote(name), strings.Join(known, ", "))
}

// namesType reports whether a word is written as an element type is: int4, fp8.
func namesType(w string) bool {
	switch strings.TrimRight(w, "0123456789") {
	case "int", "uint", "fp", "float", "bf", "nf":
		return true
	}
	return false
}

// A limitReader reads the words of a limit.
type limitReader struct {
	Limit
	scale unit
}

// word reads a word beside the number; false if it means nothing here.
func (l *limitReader) word(w string) bool {
	w = strings.Replace(strings.TrimSuffix(w, "로"), "-bit", "bit", 1)
	if bits := bitsOf(w); bits != 0 {
		for _, d := range tensor.DTypes {
			if d.Bits == bits {
				l.DType = d
			}
		}
		return true
	}
	for _, m := range measures {
		if m.word == w {
			if !m.none {
				l.Of = m.of
			}
			return true
		}
	}
	return false
}

// bitsOf returns how many bits an element type has, 0 if a word is none.
func bitsOf(w string) int64 {
	for _, t := range types {
		if t.word == w {
			return t.bits
		}
	}
	return 0
}

// unit reads the unit of the number, the longest that there is, and a word that is written
// with it: 100만개.
func (l *limitReader) unit(w string) bool {
	found := -1
	for i, u := range units {
		rest, ok := strings.CutPrefix(w, u.word)
		if ok && (rest == "" || l.word(rest)) && (found < 0 || len(u.word) > len(units[found].word)) {
			found = i
		}
	}
	if found >= 0 {
		l.scale = units[found]
	}
	return found >= 0
}

// exponent returns the length of a power of ten behind a number, e6, 0 if there is none.
func exponent(s string) int {
	n := 1
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	const most = 2 // digits
	if s == "" || s[0] != 'e' || n == 1 || n > 1+most {
		return 0
	}
	return n
}

// ParseLimit reads a limit as people type it: 1M, 25.6 M params, 5e6, 4 MB int8, peak of
// 512 KiB, 메모리 512KB, 100만. A size without more is that of the parameters; a type without
// one is fp32. The message is why it cannot be read; it has no key if it is.
func ParseLimit(s string, style count.Style) (Limit, catalog.Message) {
	l := limitReader{Limit{Style: style, DType: tensor.Float32}, unit{times: 1}}
	unread := catalog.Say(catalog.UIFitUnread)
	s = strings.TrimLeft(strings.ToLower(strings.TrimSpace(strings.Map(num.HalfWidth, s))), "≤<= ")
	s = strings.NewReplacer("(", " ", ")", " ", "=", " ", ":", " ", ", ", " ").Replace(s)
	var n *decimal
	behind := false // the word before was the number
	for _, w := range strings.Fields(s) {
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case n == nil && unicode.IsDigit(first) && bitsOf(w) == 0:
			if n, w = leading(w); n == nil {
				return l.Limit, unread
			}
			behind = w == ""
			if w != "" && !l.unit(w) {
				return l.Limit, unread
			}
			continue
		case behind && l.unit(w), l.word(w):
		case namesType(w):
			return l.Limit, NoType(w)
		default:
			return l.Limit, unread
		}
		behind = false
	}
	if n == nil {
		return l.Limit, unread
	}
	if l.scale.word == "b" && l.Of == Peak {
		l.scale = unit{times: 1, bytes: true} // nobody has billions of them
	}
	if l.scale.bytes {
		l.Of++ // of parameters, of the peak: its bytes
	}
	most, ok := n.times(l.scale.times)
	if l.Most = most; !ok || most.IsZero() {
		return l.Limit, catalog.Say(catalog.FitNoLimit)
	}
	return l.Limit, catalog.Message{}
}

// A decimal is digits·10ᵉ.
type decimal struct {
	digits string
	e      int
}

// times returns a whole number of times the decimal, rounded down; false if the digits are
// none.
func (d *decimal) times(n int64) (num.Int, bool) {
	digits := d.digits + strings.Repeat("0", max(d.e, 0))
	v, ok := num.Parse(digits)
	if !ok {
		return num.Int{}, false
	}
	digits = v.Times(n).String()
	if end := len(digits) + min(d.e, 0); end > 0 {
		return num.Parse(digits[:end])
	}
	return num.Int{}, true
}

// leading reads the number that a word begins with, and returns what is behind it; nil if
// it is no number.
func leading(w string) (*decimal, string) {
	end := strings.IndexFunc(w, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' && r != ',' && r != '_' })
	if end < 0 {
		end = len(w)
	}
	whole, part, _ := strings.Cut(strings.NewReplacer(",", "", "_", "").Replace(w[:end]), ".")
	d := &decimal{whole + part, -len(part)}
	power := exponent(w[end:])
	if power > 0 {
		n, _ := strconv.Atoi(w[end+1 : end+power])
		d.e += n
	}
	const most = 40
	if _, ok := num.Parse(d.digits); !ok || len(d.digits) > most {
		return nil, w
	}
	return d, w[end+power:]
}
