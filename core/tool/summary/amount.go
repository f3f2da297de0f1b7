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
	prefix   string // its first digits: 12,003
	from, to num.Int
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
	cutNumber     = regexp.MustCompile(`^([\d,]+)(?:…|\.\.+)$`)
	roundedNumber = regexp.MustCompile(`^(\d{1,12})(?:\.(\d{0,9}))? ?([kKMGB])$`)
	units         = map[string]float64{"k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "B": 1e9}
)

// amountOf reads a number of parameters: 9,408, (9,408) where they are frozen,
// (recursive), --, 34.57k where it is rounded, 12,0… where it is cut off.
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
	if m := roundedNumber.FindStringSubmatch(s); m != nil {
		unit := units[m[3]]
		v, _ := strconv.ParseFloat(m[1]+"."+m[2]+"0", 64)
		step := unit / math.Pow10(len(m[2]))
		if at := math.Round(v * unit); step <= 1 {
			a.params, a.known = num.Of(int64(at)), true
		} else {
			a.rough.from, a.rough.to = num.Of(int64(at-step/2)), num.Of(int64(at+step/2))
		}
		return a
	}
	s, _, _ = strings.Cut(s, " ") // Keras 3 appends the size in bytes
	if m := cutNumber.FindStringSubmatch(s); m != nil {
		a.rough.prefix = strings.TrimSuffix(m[1], ",")
		return a
	}
	s = strings.TrimSuffix(strings.ReplaceAll(s, ",", ""), ".0")
	if n, ok := num.Parse(s); ok && s != "" {
		a.params, a.known = n, true
	}
	return a
}
