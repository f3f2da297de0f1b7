package why

import (
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
)

// A Quantity is what a number is a number of.
type Quantity uint8

// The quantities.
const (
	Unknown Quantity = iota
	Params           // elements
	Bytes
	MACs
	FLOPs
)

// String returns a stable name, for scripts.
func (q Quantity) String() string {
	return [...]string{"unknown", "parameters", "bytes", "MACs", "FLOPs"}[q]
}

// A Range is the whole numbers that round to what was typed.
type Range struct{ Lo, Hi int64 }

// Has reports whether n is in the range.
func (r Range) Has(n int64) bool { return r.Lo <= n && n <= r.Hi }

// mid returns the number in the middle.
func (r Range) mid() int64 { return r.Lo + (r.Hi-r.Lo)/2 }

// A Number is a number as it was typed, with half a unit of its last digit as
// tolerance. Binary is what it is where M means 2²⁰; Cut where the digits were cut off
// and not rounded.
type Number struct {
	Typed     string
	Quantity  Quantity
	Decimal   Range
	Binary    *Range
	Cut       *Range
	Coarse    *Range // what it is where its zeros at the end are no digits: 110M
	Thousands bool   // its scale is K, which is 2¹⁰ for bytes alone
	Digits    int    // that carry information
}

// Exact reports whether the number is one whole number.
func (n *Number) Exact() bool { return n.Decimal.Lo == n.Decimal.Hi }

// Grouped returns what was typed, bare digits in groups as the page writes them.
func (n *Number) Grouped() string {
	if n.Exact() && num.Of(n.Decimal.Lo).String() == n.Typed {
		return num.Of(n.Decimal.Lo).Grouped()
	}
	return n.Typed
}

// maxTyped bounds what is read at all.
const maxTyped = 200

// limit is the largest number that is looked for: no published network comes near.
const limit = int64(1) << 60

// A scale is a word that multiplies the number before it.
type scale struct {
	word           string
	by             int64
	binary         int64 // 0: it has one meaning
	bytes, exactly bool  // of bytes; no other reading
}

// scales are the prefixes and words, longer ones before those they begin with.
var scales = []scale{
	{"millions", 1e6, 0, false, false}, {"billions", 1e9, 0, false, false}, {"thousands", 1e3, 0, false, false},
	{"trillion", 1e12, 0, false, false}, {"billion", 1e9, 0, false, false}, {"million", 1e6, 0, false, false},
	{"thousand", 1e3, 0, false, false},
	{"kib", 1 << 10, 0, true, true}, {"mib", 1 << 20, 0, true, true}, {"gib", 1 << 30, 0, true, true},
	{"kilobytes", 1e3, 1 << 10, true, false}, {"megabytes", 1e6, 1 << 20, true, false}, {"gigabytes", 1e9,
		1 << 30, true, false},
	{"kb", 1e3, 1 << 10, true, false}, {"mb", 1e6, 1 << 20, true, false}, {"gb", 1e9, 1 << 30, true, false},
	{"tb", 1e12, 1 << 40, true, false},
	{"킬로바이트", 1e3, 1 << 10, true, false}, {"메가바이트", 1e6, 1 << 20, true, false}, {"기가바이트", 1e9, 1 << 30, true, false},
	{"메가", 1e6, 1 << 20, false, false}, {"기가", 1e9, 1 << 30, false, false}, {"킬로", 1e3, 1 << 10, false, false},
	{"mio", 1e6, 0, false, false}, {"mln", 1e6, 0, false, false}, {"mrd", 1e9, 0, false, false}, {"mm", 1e6, 0,
		false, false},
	{"ko", 1e3, 1 << 10, true, false}, {"mo", 1e6, 1 << 20, true, false}, {"go", 1e9, 1 << 30, true, false}, // octets
	{"mn", 1e6, 0, false, false}, {"bn", 1e9, 0, false, false},
	{"k", 1e3, 1 << 10, false, false}, {"m", 1e6, 1 << 20, false, false}, {"g", 1e9, 1 << 30, false, false},
	{"t", 1e12, 1 << 40, false, false}, {"b", 1e9, 1 << 30, false, false},
}

// units are the words that state what a number is of, wherever they are.
var units = []struct {
	word string
	of   Quantity
}{
	{"mult-add", MACs}, {"multiply-add", MACs}, {"madd", MACs}, {"mac", MACs}, {"곱셈", MACs}, {"곱셈-누적", MACs},
	{"flop", FLOPs}, {"ops", FLOPs}, {"부동소수점", FLOPs}, {"연산", FLOPs},
	{"byte", Bytes}, {"바이트", Bytes}, {"size", Bytes},
	{"param", Params}, {"weight", Params}, {"element", Params}, {"파라미터", Params}, {"매개변수", Params},
	{"매개 변수", Params}, {"가중치", Params}, {"모수", Params},
}

// unitNames are torchinfo's units as Python writes them since 3.11.
var unitNames = strings.NewReplacer("Units.MEGABYTES", "M", "Units.GIGABYTES", "G", "Units.TERABYTES", "T")

// Read reads a number as people type or paste it: 25.6M, 25,636,712, 233 MiB,
// 8.2 GFLOPs, 2,358만, 2억 3천만, 61e6, ~60M, "Total params: 25,636,712 (97.80 MB)".
func Read(typed string) (*Number, *diag.Diag) {
	src := unitNames.Replace(strings.TrimSpace(typed))
	if src == "" {
		return nil, diag.New(catalog.WhyEmpty)
	}
	if len(src) > maxTyped {
		return nil, diag.New(catalog.WhyNoNumber, src[:24]+"…")
	}
	s := plain(src)
	start := strings.IndexAny(s, "0123456789")
	if start < 0 {
		return nil, diag.New(catalog.WhyNoNumber, src)
	}
	// In "ResNet-50: 25.6M" the name has a number too.
	if i := strings.LastIndexByte(s, ':'); i > start {
		if more := strings.IndexAny(s[i:], "0123456789"); more > 0 {
			start = i + more
		}
	}
	label := s[:start]
	if strings.HasSuffix(strings.TrimRight(label, " "), "-") && strings.Trim(label, " -+~") == "" &&
		strings.Contains(label, "-") {
		return nil, diag.New(catalog.WhyNotPositive, src)
	}
	r := reader{rest: s[start:]}
	if !r.read() {
		return nil, diag.New(catalog.WhyNoNumber, src)
	}
	r.labelled(label)
	r.whole()
	n := &Number{Typed: src, Quantity: r.quantity(label)}
	if r.leftover() {
		return nil, diag.New(catalog.WhyUnit, src)
	}
	rounded := r.rounded(strings.ContainsAny(label, "~≈") || strings.Contains(label, "about") ||
		strings.Contains(label, "approx") || strings.Contains(label, "around") || strings.Contains(label, "약"))
	var ok bool
	if n.Decimal, ok = r.span(r.by, rounded, false); !ok {
		return nil, diag.New(catalog.WhyTooLarge, src)
	}
	if strings.Trim(r.digits, "0") == "" { // whatever it rounds to
		return nil, diag.New(catalog.WhyNotPositive, src)
	}
	if r.by == 1 && r.decimals > 0 || n.Decimal.Lo > n.Decimal.Hi {
		return nil, diag.New(catalog.WhyNotWhole, src)
	}
	n.Digits = len(strings.TrimLeft(r.digits, "0"))
	if rounded > 0 {
		n.Digits -= rounded
	}
	if r.binary != 0 {
		if b, ok := r.span(r.binary, rounded, false); ok {
			n.Binary = &b
		}
	}
	if zeros := len(r.digits) - len(strings.TrimRight(r.digits, "0")); r.by > 1 && r.decimals == 0 &&
		zeros > 0 && len(r.digits) > zeros {
		if c, ok := r.span(r.by, zeros, false); ok {
			n.Coarse = &c
		}
	}
	n.Thousands = r.by == 1e3
	if r.by > 1 && !n.Exact() {
		if c, ok := r.span(r.by, rounded, true); ok {
			n.Cut = &c
		}
	}
	return n, nil
}
