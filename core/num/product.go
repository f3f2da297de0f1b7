package num

import (
	"strconv"
	"strings"
)

// MaxFactors is how many factors a written width may have.
const MaxFactors = 4

// MaxExtent is the largest extent that may be written or computed: 2⁵⁰. Sums of
// a few such extents stay within an int64, so shape rules need no wide numbers;
// products of them are Ints.
const MaxExtent = 1 << 50

// A Product is a whole number as its author wrote it: 96, or 48·2 when the
// paper draws two lanes. It is comparable; the zero Product is unset.
type Product struct{ f [MaxFactors]int64 }

// ProductOf returns the product of one to MaxFactors positive factors.
// It panics on more: callers check what people typed with ParseProduct.
func ProductOf(factors ...int64) Product {
	var p Product
	if len(factors) > MaxFactors {
		panic("num: too many factors")
	}
	copy(p.f[:], factors)
	return p
}

// IsSet reports whether p holds a number.
func (p Product) IsSet() bool { return p.f[0] != 0 }

// Factors returns the factors as written.
func (p Product) Factors() []int64 {
	for i, f := range p.f {
		if f == 0 {
			return p.f[:i]
		}
	}
	return p.f[:]
}

// IsPlain reports whether p was written as one number.
func (p Product) IsPlain() bool { return p.f[1] == 0 }

// Value returns the product as one number: at most MaxExtent if p comes from
// ParseProduct.
func (p Product) Value() int64 {
	if p.f[0] == 0 {
		return 0
	}
	v := int64(1)
	for _, f := range p.Factors() {
		v *= f
	}
	return v
}

// String returns p in the notation of the stack text: 48*2.
func (p Product) String() string { return p.Join("*") }

// Join returns the factors of p with sep between them.
func (p Product) Join(sep string) string {
	var b strings.Builder
	for i, f := range p.Factors() {
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(strconv.FormatInt(f, 10))
	}
	return b.String()
}

// A ParseFault is the reason why a number could not be read.
type ParseFault int

// What can be wrong with a written number.
const (
	ParsedOK   ParseFault = iota
	NotANumber            // something else than digits
	TooLarge              // beyond MaxExtent
	TooMany               // more than MaxFactors factors
	NotPositive
)

// ParseProduct reads "96", "48*2", "48x2" or "48·2": one to MaxFactors positive
// whole numbers whose product is at most MaxExtent.
func ParseProduct(s string) (Product, ParseFault) {
	var p Product
	if len(s) > 200 {
		return p, TooLarge
	}
	parts := strings.FieldsFunc(s, isTimes)
	if len(parts) == 0 || len(parts) != countTimes(s)+1 {
		return p, NotANumber
	}
	if len(parts) > MaxFactors {
		return p, TooMany
	}
	value := Of(1)
	for i, part := range parts {
		n, fault := ParseWhole(strings.TrimSpace(part))
		if fault != ParsedOK {
			return Product{}, fault
		}
		if n == 0 {
			return Product{}, NotPositive
		}
		p.f[i] = n
		value = value.Times(n)
	}
	if value.Cmp(Of(MaxExtent)) > 0 {
		return Product{}, TooLarge
	}
	return p, ParsedOK
}

// ParseWhole reads a whole number from 0 to MaxExtent, digits only.
func ParseWhole(s string) (int64, ParseFault) {
	if s == "" {
		return 0, NotANumber
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, NotANumber
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n > MaxExtent {
		return 0, TooLarge
	}
	return n, ParsedOK
}

// HalfWidth returns a rune of full width, as Korean and Japanese keyboards may type it, as
// that of ASCII: ５ is 5.
func HalfWidth(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

func isTimes(r rune) bool { return r == '*' || r == 'x' || r == '×' || r == '·' }

func countTimes(s string) int {
	n := 0
	for _, r := range s {
		if isTimes(r) {
			n++
		}
	}
	return n
}
