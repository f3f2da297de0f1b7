package summary

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"paramstack/core/num"
)

// An amount is a number of parameters.
type amount struct {
	params num.Int
	known  bool // params is stated
	rough  rough
	again  bool // of a layer that is in a row above
	frozen bool
	partly bool // some of them are frozen
}

// A rough number is one that the tool cut off or rounded; the zero value is none.
type rough struct {
	prefix   string  // its first digits: 12,003
	from, to num.Int // what it is at least, and at most where it has no prefix
}

// inexact reports whether a number is stated that is not the exact one.
func (a *amount) inexact() bool { return !a.known && a.rough != (rough{}) }

// allows reports whether n can be the number that is stated.
func (a *amount) allows(n num.Int) bool {
	switch {
	case a.known:
		return n.Equal(a.params)
	case a.rough.prefix != "":
		return strings.HasPrefix(n.Grouped(), a.rough.prefix) || strings.HasPrefix(n.String(), a.rough.prefix)
	case a.inexact():
		return n.Cmp(a.rough.from) >= 0 && n.Cmp(a.rough.to) <= 0
	}
	return true
}

// count returns the row's parameters, 0 where they are beyond counting.
func (a *amount) count() int64 {
	n, ok := a.params.Int64()
	if !ok || n > num.MaxExtent {
		return 0
	}
	return n
}

var (
	cutNumber = regexp.MustCompile(`^(\d[\d,]*)(?:…|\.\.+)$`)
	// 25.6M, ~50 K, 1.2e+03, 25,6 M.
	roundedNumber = regexp.MustCompile(`^(~|≈|≃|about )? ?(\d{1,12}(?:,\d{3})*)(?:[.,](\d{0,9}))? ?` +
		`(?:([kKMGBT])|[eE]\+?(\d{1,2}))?$`)
	units = map[string]int{"k": 3, "K": 3, "M": 6, "G": 9, "B": 9, "T": 12}
)

// countText is a number as tables write it, for the patterns of lines: its thousands
// may be divided by a comma, a dot, an apostrophe or a narrow blank.
const countText = `\d[\d,.'’_\x{2009}\x{202f}]*`

// dividers are what people of different countries write between thousands.
const dividers = ",.'’_ \u00a0\u2009\u202f"

// ungrouped reads the number that a text begins with, without what divides its
// thousands: 50.240, 50'240, 50 240. The dividers are all the same, and three digits
// are behind each.
func ungrouped(s string) (n num.Int, rest string, ok bool) {
	runes := []rune(s)
	at := 0
	for at < len(runes) && isDigit(runes[at]) {
		at++
	}
	if at == 0 {
		return n, s, false
	}
	digits, divider := string(runes[:at]), rune(0)
	for at+3 < len(runes) && strings.ContainsRune(dividers, runes[at]) &&
		(divider == 0 && len(digits) <= 3 || runes[at] == divider) {
		group := runes[at+1 : at+4]
		if !isDigit(group[0]) || !isDigit(group[1]) || !isDigit(group[2]) || at+4 < len(runes) && isDigit(runes[at+4]) {
			break
		}
		divider = runes[at]
		digits, at = digits+string(group), at+4
	}
	n, ok = num.Parse(digits)
	return n, string(runes[at:]), ok
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// amountOf reads a number of parameters: 9,408, (9,408) where they are frozen,
// (recursive), --, 34.57k where it is rounded, 12,0… where it is cut off. Keras writes
// what it does not know yet as 0 (unbuilt).
func amountOf(s string) (a amount) {
	s = strings.TrimSpace(s)
	switch s {
	case "(recursive)":
		a.again = true
		return a
	case "--": // torchinfo: none
		a.known = true
		return a
	}
	if inner, ok := strings.CutPrefix(s, "("); ok && strings.HasSuffix(inner, ")") {
		s, a.frozen = strings.TrimSuffix(inner, ")"), true
	}
	if strings.HasSuffix(s, "(unbuilt)") {
		return a
	}
	if n, rest, ok := ungrouped(s); ok {
		rest = strings.TrimPrefix(rest, ".0")
		// Keras 3 appends the size in bytes.
		if rest == "" || strings.HasPrefix(rest, " (") || strings.HasPrefix(rest, "\u00a0(") {
			a.params, a.known = n, true
			return a
		}
	}
	word, size, _ := strings.Cut(s, " ")
	if m := cutNumber.FindStringSubmatch(word); m != nil {
		a.rough = cutOff(strings.TrimSuffix(m[1], ","))
		return a
	}
	if m := roundedNumber.FindStringSubmatch(s); m != nil && m[1]+m[4]+m[5] != "" {
		a.round(m[2], m[3], m[4], m[5], m[1] != "")
		return a
	}
	digits := strings.TrimSuffix(strings.ReplaceAll(word, ",", ""), ".0")
	if n, ok := num.Parse(digits); ok && word != "" && (size == "" || size[0] == '(') {
		a.params, a.known = n, true
	}
	return a
}

// round reads a number with a unit or an exponent. It is exact if its last digit is
// one parameter or less, and it is not said to be rounded.
func (a *amount) round(whole, decimals, unit, exponent string, about bool) {
	power := units[unit]
	if exponent != "" {
		power, _ = strconv.Atoi(exponent)
	}
	v, _ := strconv.ParseFloat(strings.ReplaceAll(whole, ",", "")+"."+decimals+"0", 64)
	step := math.Pow10(power - len(decimals))
	at := math.Round(v * math.Pow10(power))
	switch {
	case at+step > num.MaxExtent:
		a.rough = rough{from: num.Of(num.MaxExtent), to: num.Of(math.MaxInt64)}
	case step <= 1 && !about:
		a.params, a.known = num.Of(int64(at)), true
	default:
		for about && step < at/10 && math.Mod(at, 10*step) == 0 {
			step *= 10 // about 50,000: its zeros are no digits
		}
		a.rough = rough{from: num.Of(int64(max(at-step/2, 0))), to: num.Of(int64(math.Ceil(at + step/2)))}
	}
}

// cutOff returns what a number can be of which only the first digits are there: at
// least one more, and where thousands are divided as many as its group lacks.
func cutOff(prefix string) rough {
	least := prefix
	switch at := strings.LastIndexByte(prefix, ','); {
	case at < 0:
		least += "0"
	case len(prefix)-at == 4:
		least += ",000"
	default:
		least += strings.Repeat("0", max(4-len(prefix)+at, 0))
	}
	n, _ := num.Parse(strings.ReplaceAll(least, ",", ""))
	return rough{prefix: prefix, from: n}
}
