package whatif

import (
	"math/big"
	"strings"
	"unicode"

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
	{"thousand", 1e3, false}, {"million", 1e6, false}, {"billion", 1e9, false},
	{"byte", 1, true}, {"bytes", 1, true}, {"바이트", 1, true},
	{"kb", 1e3, true}, {"mb", 1e6, true}, {"gb", 1e9, true},
	{"kib", 1 << 10, true}, {"mib", 1 << 20, true}, {"gib", 1 << 30, true},
}

// types are the names of element types by their bits.
var types = [...]struct {
	word string
	bits int64
}{
	{"fp32", 32}, {"float32", 32}, {"f32", 32}, {"fp16", 16}, {"float16", 16}, {"f16", 16}, {"half", 16}, {"bf16", 16},
	{"int8", 8}, {"i8", 8}, {"uint8", 8},
}

// measures are words for what is limited, and those that mean nothing.
var measures = [...]struct {
	word string
	of   Measure
	none bool
}{
	{"params", Params, false}, {"parameters", Params, false}, {"weights", Params, false}, {"파라미터", Params, false},
	{"개", Params, false}, {"peak", Peak, false}, {"ram", Peak, false}, {"sram", Peak, false}, {"memory", Peak, false},
	{"activations", Peak, false}, {"elements", Peak, false}, {"메모리", Peak, false}, {"활성값", Peak, false},
	{"최대", Peak, false}, {"of", 0, true}, {"in", 0, true},
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

// word reads a word behind the number; false if it means nothing here.
func (l *Limit) word(w string) bool {
	for _, t := range types {
		if t.word == w {
			for _, d := range tensor.DTypes {
				if d.Bits == t.bits {
					l.DType = d
				}
			}
			return true
		}
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

// ParseLimit reads a limit as people type it: 1M, 25.6 M params, 5e6, 4 MB int8, 512 KiB
// peak, 100만. A size without more is that of the parameters; a type without one is fp32.
// The message is why it cannot be read; it has no key if it is.
func ParseLimit(s string, style count.Style) (Limit, catalog.Message) {
	limit, unread := Limit{Style: style, DType: tensor.Float32}, catalog.Say(catalog.UIFitUnread)
	s = strings.ToLower(strings.TrimSpace(s))
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' && r != ',' && r != '_' })
	if end < 0 {
		end = len(s)
	}
	if end > 0 {
		end += exponent(s[end:])
	}
	digits := strings.NewReplacer(",", "", "_", "").Replace(s[:end])
	const most = 40
	n, ok := new(big.Rat).SetString(digits)
	if !ok || digits == "" || len(digits) > most {
		return limit, unread
	}
	words := strings.Fields(s[end:])
	scale := unit{times: 1}
	if len(words) > 0 {
		for _, u := range units {
			if u.word == words[0] {
				scale, words = u, words[1:]
				break
			}
		}
	}
	for _, w := range words {
		switch {
		case limit.word(w):
		case namesType(w):
			return limit, NoType(w)
		default:
			return limit, unread
		}
	}
	if scale.bytes {
		limit.Of++ // of parameters, of the peak: its bytes
	}
	n.Mul(n, new(big.Rat).SetInt64(scale.times))
	limit.Most, ok = num.Parse(new(big.Int).Div(n.Num(), n.Denom()).String())
	if !ok || limit.Most.IsZero() {
		return limit, catalog.Say(catalog.FitNoLimit)
	}
	return limit, catalog.Message{}
}
