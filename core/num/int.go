// Package num holds the exact numbers of paramstack: integers that never
// overflow, and widths that remember the product they were written as.
package num

import (
	"math"
	"math/big"
	"math/bits"
	"strconv"
	"strings"
)

// An Int is an exact integer of any size. Small values live in a machine word;
// a result that does not fit carries on in math/big. The zero Int is 0.
// Ints are values: no operation changes its operands.
type Int struct {
	word int64
	big  *big.Int // nil while word holds the value
}

// Of returns n as an Int.
func Of(n int64) Int { return Int{word: n} }

// Parse reads decimal digits; false if s has none or anything else.
func Parse(s string) (Int, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return Int{}, false
	}
	b, ok := new(big.Int).SetString(s, 10)
	if !ok {
		return Int{}, false
	}
	return narrow(b), true
}

func (a Int) wide() *big.Int {
	if a.big != nil {
		return a.big
	}
	return big.NewInt(a.word)
}

func narrow(b *big.Int) Int {
	if b.IsInt64() {
		return Int{word: b.Int64()}
	}
	return Int{big: b}
}

// Add returns a + b.
func (a Int) Add(b Int) Int {
	if a.big == nil && b.big == nil {
		sum := a.word + b.word
		if (sum > a.word) == (b.word > 0) {
			return Int{word: sum}
		}
	}
	return narrow(new(big.Int).Add(a.wide(), b.wide()))
}

// Sub returns a − b.
func (a Int) Sub(b Int) Int {
	if a.big == nil && b.big == nil && b.word != math.MinInt64 {
		return a.Add(Int{word: -b.word})
	}
	return narrow(new(big.Int).Sub(a.wide(), b.wide()))
}

// Mul returns a · b.
func (a Int) Mul(b Int) Int {
	if a.big == nil && b.big == nil && a.word >= 0 && b.word >= 0 {
		hi, lo := bits.Mul64(uint64(a.word), uint64(b.word))
		if hi == 0 && lo <= math.MaxInt64 {
			return Int{word: int64(lo)}
		}
	}
	return narrow(new(big.Int).Mul(a.wide(), b.wide()))
}

// Times returns a · n.
func (a Int) Times(n int64) Int { return a.Mul(Of(n)) }

// Cmp compares a with b: -1, 0 or +1.
func (a Int) Cmp(b Int) int {
	if a.big == nil && b.big == nil {
		switch {
		case a.word < b.word:
			return -1
		case a.word > b.word:
			return 1
		}
		return 0
	}
	return a.wide().Cmp(b.wide())
}

// Equal reports whether a and b are the same number.
func (a Int) Equal(b Int) bool { return a.Cmp(b) == 0 }

// IsZero reports whether a is 0.
func (a Int) IsZero() bool { return a.big == nil && a.word == 0 }

// Int64 returns a as an int64, and whether it fits.
func (a Int) Int64() (int64, bool) { return a.word, a.big == nil }

// Float returns the float64 nearest to a (infinite if a is beyond its range).
// It is for shares and lengths on the screen, never for a count.
func (a Int) Float() float64 {
	if a.big == nil {
		return float64(a.word)
	}
	f, _ := new(big.Float).SetInt(a.big).Float64()
	return f
}

// String returns the plain decimal digits of a.
func (a Int) String() string {
	if a.big == nil {
		return strconv.FormatInt(a.word, 10)
	}
	return a.big.String()
}

// Share returns a / of as a fraction in [0, 1] for a screen; 0 when of is 0.
func (a Int) Share(of Int) float64 {
	if of.IsZero() {
		return 0
	}
	if a.big == nil && of.big == nil {
		return float64(a.word) / float64(of.word)
	}
	q, _ := new(big.Rat).SetFrac(a.wide(), of.wide()).Float64()
	return q
}
