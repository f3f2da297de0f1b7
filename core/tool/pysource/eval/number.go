package eval

import (
	"math"
	"math/big"

	"paramstack/core/catalog"
)

// whole returns a value as a whole number, if it is one: bool too.
func whole(v Value) (int64, bool) {
	switch x := unwrap(v).(type) {
	case int64:
		return x, true
	case bool:
		if x {
			return 1, true
		}
		return 0, true
	}
	return 0, false
}

// bigOf returns a value as a whole number of any size.
func bigOf(v Value) (*big.Int, bool) {
	if n, ok := v.(*big.Int); ok {
		return n, true
	}
	if n, ok := whole(v); ok {
		return big.NewInt(n), true
	}
	return nil, false
}

// numberOf returns a value as a number.
func numberOf(v Value) (float64, bool) {
	switch x := unwrap(v).(type) {
	case float64:
		return x, true
	case *big.Int:
		f, _ := new(big.Float).SetInt(x).Float64()
		return f, true
	}
	n, ok := whole(v)
	return float64(n), ok
}

// ints works on whole numbers that fit; ok is false where the result may not.
func (in *Interp) ints(op string, a, b int64) (Value, bool) {
	switch op {
	case "+":
		c := a + b
		return c, (c > a) == (b > 0)
	case "-":
		c := a - b
		return c, (c < a) == (b > 0)
	case "*":
		if a == 0 || b == 0 {
			return int64(0), true
		}
		c := a * b
		return c, c/b == a && !(a == -1 && b == math.MinInt64) && !(b == -1 && a == math.MinInt64)
	case "//", "%":
		if b == 0 {
			in.Raise(ZeroDivisionError, catalog.PythonZero)
		}
		if b == -1 {
			return nil, false
		}
		q, r := a/b, a%b
		if r != 0 && (r < 0) != (b < 0) {
			q, r = q-1, r+b
		}
		if op == "%" {
			return r, true
		}
		return q, true
	case "/":
		if b == 0 {
			in.Raise(ZeroDivisionError, catalog.PythonZero)
		}
		return float64(a) / float64(b), true
	case "&":
		return a & b, true
	case "|":
		return a | b, true
	case "^":
		return a ^ b, true
	}
	return nil, false
}

// maxBits bounds whole numbers.
const maxBits = 1 << 16

// numbers works on numbers of any kind.
func (in *Interp) numbers(op string, x, y Value) (Value, bool) {
	_, fx := x.(float64)
	_, fy := y.(float64)
	if _, ok := x.(Complex); ok {
		return x, true
	}
	if _, ok := y.(Complex); ok {
		return y, true
	}
	a, okA := bigOf(x)
	b, okB := bigOf(y)
	if okA && okB && !fx && !fy {
		return in.bigs(op, a, b)
	}
	l, okL := numberOf(x)
	r, okR := numberOf(y)
	if !okL || !okR {
		return nil, false
	}
	switch op {
	case "+":
		return l + r, true
	case "-":
		return l - r, true
	case "*":
		return l * r, true
	case "/", "//", "%":
		if r == 0 {
			in.Raise(ZeroDivisionError, catalog.PythonZero)
		}
		switch op {
		case "//":
			return math.Floor(l / r), true
		case "%":
			m := math.Mod(l, r)
			if m != 0 && (m < 0) != (r < 0) {
				m += r
			}
			return m, true
		}
		return l / r, true
	case "**":
		return math.Pow(l, r), true
	}
	return nil, false
}

func (in *Interp) bigs(op string, a, b *big.Int) (Value, bool) {
	z := new(big.Int)
	switch op {
	case "+":
		z.Add(a, b)
	case "-":
		z.Sub(a, b)
	case "*":
		if a.BitLen()+b.BitLen() > maxBits {
			in.Forbid(catalog.PythonLargeInt)
		}
		z.Mul(a, b)
	case "//", "%":
		if b.Sign() == 0 {
			in.Raise(ZeroDivisionError, catalog.PythonZero)
		}
		m := new(big.Int)
		z.DivMod(a, b, m)
		if m.Sign() != 0 && b.Sign() < 0 { // Euclid's to Python's
			z.Add(z, big.NewInt(-1))
			m.Add(m, b)
		}
		if op == "%" {
			z = m
		}
	case "/":
		if b.Sign() == 0 {
			in.Raise(ZeroDivisionError, catalog.PythonZero)
		}
		f, _ := new(big.Rat).SetFrac(a, b).Float64()
		return f, true
	case "**":
		if b.Sign() < 0 {
			l, _ := numberOf(a)
			r, _ := numberOf(b)
			if l == 0 {
				in.Raise(ZeroDivisionError, catalog.PythonZero)
			}
			return math.Pow(l, r), true
		}
		if a.BitLen() > 1 && (!b.IsInt64() || b.Int64() > maxBits/int64(a.BitLen())) {
			in.Forbid(catalog.PythonLargeInt)
		}
		if a.BitLen() <= 1 { // 0, 1, -1
			b = new(big.Int).And(b, big.NewInt(1))
			if a.Sign() == 0 && z.Cmp(b) == 0 {
				b = new(big.Int)
			}
		}
		z.Exp(a, b, nil)
	case "<<", ">>":
		if !b.IsInt64() || b.Sign() < 0 || op == "<<" && b.Int64()+int64(a.BitLen()) > maxBits {
			in.Forbid(catalog.PythonLargeInt)
		}
		if op == "<<" {
			z.Lsh(a, uint(b.Int64()))
		} else {
			z.Rsh(a, uint(min(b.Int64(), maxBits)))
		}
	case "&":
		z.And(a, b)
	case "|":
		z.Or(a, b)
	case "^":
		z.Xor(a, b)
	default:
		return nil, false
	}
	in.Charge(int64(z.BitLen() / 128))
	return normal(z), true
}
