package eval

import (
	"math"
	"math/big"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/syntax"
)

// unwrap returns what an instance of a subclass of a builtin class holds.
func unwrap(v Value) Value {
	if o, ok := v.(*Object); ok {
		switch n := o.Native.(type) {
		case *List, *Dict, *Set, *Tuple, string, int64, float64:
			return n
		}
	}
	return v
}

// Truth reports whether a value is true.
func (in *Interp) Truth(v Value) bool {
	switch x := unwrap(v).(type) {
	case nil:
		return false
	case bool:
		return x
	case int64:
		return x != 0
	case *big.Int:
		return true
	case float64:
		return x != 0
	case string:
		return x != ""
	case Bytes:
		return x != ""
	case *List:
		return len(x.Items) > 0
	case *Tuple:
		return len(x.Items) > 0
	case *Dict:
		return x.Len() > 0
	case *Set:
		return x.Dict.Len() > 0
	case *Range:
		return x.Len() > 0
	case *Unknown:
		in.Guessed(false)
		return false
	case *Object:
		if fn, _ := x.Class.Find("__bool__"); fn != nil {
			return in.Truth(in.Call(&Method{x, fn}, Args{}))
		}
		if fn, _ := x.Class.Find("__len__"); fn != nil {
			return in.Truth(in.Call(&Method{x, fn}, Args{}))
		}
	case Truthy:
		return x.Truth(in)
	}
	return true
}

// Guessed notes that an unknown condition was taken to be something.
func (in *Interp) Guessed(taken bool) {
	const most = 50
	g := Guess{in.Here(), taken}
	for _, old := range in.Guesses {
		if old == g {
			return
		}
	}
	if len(in.Guesses) < most {
		in.Guesses = append(in.Guesses, g)
	}
}

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

// dunder are the methods of operators, and those of their other side.
var dunder = map[string][2]string{
	"+": {"__add__", "__radd__"}, "-": {"__sub__", "__rsub__"}, "*": {"__mul__", "__rmul__"}, "/": {"__truediv__",
		"__rtruediv__"},
	"//": {"__floordiv__", "__rfloordiv__"}, "%": {"__mod__", "__rmod__"}, "**": {"__pow__", "__rpow__"},
	"@": {"__matmul__", "__rmatmul__"}, "&": {"__and__", "__rand__"}, "|": {"__or__", "__ror__"}, "^": {"__xor__",
		"__rxor__"},
	"<<": {"__lshift__", "__rlshift__"}, ">>": {"__rshift__", "__rrshift__"},
	"==": {"__eq__", "__eq__"}, "!=": {"__ne__", "__ne__"}, "<": {"__lt__", "__gt__"}, ">": {"__gt__", "__lt__"},
	"<=": {"__le__", "__ge__"}, ">=": {"__ge__", "__le__"},
}

// operate asks both sides for their own operator.
func (in *Interp) operate(op string, x, y Value) (Value, bool) {
	if o, ok := x.(Operand); ok {
		if v, ok := o.Operate(in, op, y, false); ok {
			return v, true
		}
	}
	if o, ok := y.(Operand); ok {
		if v, ok := o.Operate(in, op, x, true); ok {
			return v, true
		}
	}
	for side, v := range []Value{x, y} {
		o, ok := v.(*Object)
		if !ok {
			continue
		}
		if fn, _ := o.Class.Find(dunder[op][side]); fn != nil {
			other := []Value{y, x}[side]
			if got := in.Call(&Method{o, fn}, Positional(other)); got != Value(NotImplemented) {
				return got, true
			}
		}
	}
	return nil, false
}

// Binary works x op y out.
func (in *Interp) Binary(op string, x, y Value) Value {
	if a, ok := x.(int64); ok {
		if b, ok := y.(int64); ok {
			if v, ok := in.ints(op, a, b); ok {
				return v
			}
		}
	}
	if v, ok := in.operate(op, x, y); ok {
		return v
	}
	if u, ok := x.(*Unknown); ok {
		return u
	}
	if u, ok := y.(*Unknown); ok {
		return u
	}
	x, y = unwrap(x), unwrap(y)
	if v, ok := in.sequences(op, x, y); ok {
		return v
	}
	if v, ok := in.sets(op, x, y); ok {
		return v
	}
	if v, ok := in.numbers(op, x, y); ok {
		return v
	}
	if _, ok := x.(*Class); ok && op == "|" { // a type: int | None
		return x
	}
	if _, ok := y.(*Class); ok && op == "|" {
		return y
	}
	in.Raise(TypeError, catalog.PythonOperands, op, in.TypeOf(x).Name, in.TypeOf(y).Name)
	return nil
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

// sequences works on lists, tuples and strings.
func (in *Interp) sequences(op string, x, y Value) (Value, bool) {
	switch op {
	case "+":
		switch a := x.(type) {
		case *List:
			if b, ok := y.(*List); ok {
				in.Charge(int64(len(a.Items) + len(b.Items)))
				return &List{Items: append(append(make([]Value, 0, len(a.Items)+len(b.Items)), a.Items...),
					b.Items...)}, true
			}
		case *Tuple:
			if b, ok := y.(*Tuple); ok {
				in.Charge(int64(len(a.Items) + len(b.Items)))
				return &Tuple{Items: append(append([]Value(nil), a.Items...), b.Items...)}, true
			}
		case string:
			if b, ok := y.(string); ok {
				in.Charge(int64(len(a)+len(b)) / 16)
				return a + b, true
			}
		case Bytes:
			if b, ok := y.(Bytes); ok {
				in.Charge(int64(len(a)+len(b)) / 16)
				return a + b, true
			}
		}
	case "*":
		if n, ok := whole(y); ok {
			return in.times(x, n)
		}
		if n, ok := whole(x); ok {
			return in.times(y, n)
		}
	case "%":
		if s, ok := x.(string); ok {
			return in.percent(s, y), true
		}
	}
	return nil, false
}

func (in *Interp) times(v Value, n int64) (Value, bool) {
	n = max(n, 0)
	all := func(items []Value) []Value {
		if len(items) > 0 && n > in.Limits.Memory {
			in.Forbid(catalog.PythonMemory)
		}
		in.Charge(n * int64(len(items)))
		laid := make([]Value, 0, n*int64(len(items)))
		if len(items) == 0 {
			return laid
		}
		for range n {
			laid = append(laid, items...)
		}
		return laid
	}
	switch x := v.(type) {
	case *List:
		return &List{Items: all(x.Items)}, true
	case *Tuple:
		return &Tuple{Items: all(x.Items)}, true
	case string:
		if x == "" {
			return "", true
		}
		if n > 16*in.Limits.Memory/int64(len(x)) {
			in.Forbid(catalog.PythonMemory)
		}
		in.Charge(n * int64(len(x)) / 16)
		return strings.Repeat(x, int(n)), true
	}
	return nil, false
}

func (in *Interp) sets(op string, x, y Value) (Value, bool) {
	if a, ok := x.(*Dict); ok && op == "|" {
		if b, ok := y.(*Dict); ok {
			c := a.Copy()
			b.Each(c.Put)
			in.Charge(2 * int64(c.Len()))
			return c, true
		}
	}
	a, okA := x.(*Set)
	b, okB := y.(*Set)
	if !okA || !okB {
		return nil, false
	}
	c := &Set{NewDict()}
	in.Charge(int64(a.Dict.Len() + b.Dict.Len()))
	a.Dict.Each(func(k, _ Value) {
		if _, both := b.Dict.Get(k); op == "|" || op == "&" && both || (op == "-" || op == "^") && !both {
			c.Dict.Put(k, true)
		}
	})
	b.Dict.Each(func(k, _ Value) {
		if _, both := a.Dict.Get(k); op == "|" || op == "^" && !both {
			c.Dict.Put(k, true)
		}
	})
	return c, strings.Contains("|&-^", op)
}

// unary works -x, +x, ~x and not x out.
func (in *Interp) unary(s *syntax.Unary, v Value) Value {
	if s.Op == "not" {
		return !in.Truth(v)
	}
	if o, ok := v.(Operand); ok {
		if got, ok := o.Operate(in, "u"+s.Op, nil, false); ok {
			return got
		}
	}
	switch x := unwrap(v).(type) {
	case *Unknown:
		return x
	case float64:
		if s.Op == "-" {
			return -x
		} else if s.Op == "+" {
			return x
		}
	case Complex:
		return x
	case *Object:
		name := map[string]string{"-": "__neg__", "+": "__pos__", "~": "__invert__"}[s.Op]
		if fn, _ := x.Class.Find(name); fn != nil {
			return in.Call(&Method{x, fn}, Args{})
		}
	default:
		if n, ok := bigOf(x); ok {
			switch s.Op {
			case "-":
				return normal(new(big.Int).Neg(n))
			case "~":
				return normal(new(big.Int).Not(n))
			}
			return normal(n)
		}
	}
	in.at = s.Pos
	in.Raise(TypeError, catalog.PythonOperand, s.Op, in.TypeOf(v).Name)
	return nil
}

// Compare works a comparison out.
func (in *Interp) Compare(op string, x, y Value) Value {
	switch op {
	case "is":
		return same(x, y)
	case "is not":
		return !same(x, y)
	case "in":
		return in.contains(y, x)
	case "not in":
		v := in.contains(y, x)
		if isUnknown(v) {
			return v
		}
		return !in.Truth(v)
	}
	if v, ok := in.operate(op, x, y); ok {
		return v
	}
	switch op {
	case "==":
		return in.Equal(x, y)
	case "!=":
		return !in.Equal(x, y)
	}
	if u, ok := x.(*Unknown); ok {
		return u
	}
	if u, ok := y.(*Unknown); ok {
		return u
	}
	c, ok := in.order(unwrap(x), unwrap(y), 0)
	if !ok {
		in.Raise(TypeError, catalog.PythonOperands, op, in.TypeOf(x).Name, in.TypeOf(y).Name)
	}
	switch op {
	case "<":
		return c < 0
	case ">":
		return c > 0
	case "<=":
		return c <= 0
	default:
		return c >= 0
	}
}

func same(x, y Value) bool {
	if x == nil || y == nil {
		return x == nil && y == nil
	}
	switch x.(type) {
	case *big.Int:
		return false
	}
	if hashable(x) && hashable(y) {
		return x == y
	}
	return false
}

// hashable reports whether == of Go can compare a value.
func hashable(v Value) bool {
	switch v.(type) {
	case Complex, Bytes, string, bool, int64, float64:
		return true
	}
	return v != nil
}

// order compares two values that have an order.
func (in *Interp) order(x, y Value, depth int) (int, bool) {
	in.tick()
	if a, ok := x.(string); ok {
		b, ok := y.(string)
		return strings.Compare(a, b), ok
	}
	if a, ok := seqOf(x); ok {
		b, ok := seqOf(y)
		if !ok || depth > 50 {
			return 0, false
		}
		for i := range min(len(a), len(b)) {
			if !in.Equal(a[i], b[i]) {
				return in.order(unwrap(a[i]), unwrap(b[i]), depth+1)
			}
		}
		return len(a) - len(b), true
	}
	if a, ok := x.(*Set); ok {
		if b, ok := y.(*Set); ok {
			return a.Dict.Len() - b.Dict.Len(), true
		}
	}
	_, fx := x.(float64)
	_, fy := y.(float64)
	if !fx && !fy {
		a, okA := bigOf(x)
		b, okB := bigOf(y)
		if okA && okB {
			return a.Cmp(b), true
		}
	}
	a, okA := numberOf(x)
	b, okB := numberOf(y)
	if !okA || !okB {
		if o, ok := x.(*Object); ok {
			if fn, _ := o.Class.Find("__lt__"); fn != nil {
				if in.Truth(in.Call(&Method{o, fn}, Positional(y))) {
					return -1, true
				}
				return 1, true
			}
		}
		return 0, false
	}
	switch {
	case a < b:
		return -1, true
	case a > b:
		return 1, true
	}
	return 0, true
}

func seqOf(v Value) ([]Value, bool) {
	switch x := v.(type) {
	case *List:
		return x.Items, true
	case *Tuple:
		return x.Items, true
	}
	return nil, false
}

// Equal reports whether two values are equal.
func (in *Interp) Equal(x, y Value) bool { return in.equal(x, y, 0) }

func (in *Interp) equal(x, y Value, depth int) bool {
	in.tick()
	if depth > 50 {
		in.Forbid(catalog.PythonRecursion, depth)
	}
	if o, ok := x.(*Object); ok {
		if fn, _ := o.Class.Find("__eq__"); fn != nil {
			if v := in.Call(&Method{o, fn}, Positional(y)); v != Value(NotImplemented) {
				return in.Truth(v)
			}
		}
	}
	x, y = unwrap(x), unwrap(y)
	switch a := x.(type) {
	case *List:
		b, ok := y.(*List)
		return ok && in.equalItems(a.Items, b.Items, depth)
	case *Tuple:
		b, ok := y.(*Tuple)
		if !ok {
			if o, isOperand := y.(Operand); isOperand {
				v, _ := o.Operate(in, "==", x, true)
				return v == true
			}
		}
		return ok && in.equalItems(a.Items, b.Items, depth)
	case *Dict:
		b, ok := y.(*Dict)
		if !ok || a.Len() != b.Len() {
			return false
		}
		equal := true
		a.Each(func(k, v Value) {
			w, has := b.Get(k)
			equal = equal && has && in.equal(v, w, depth+1)
		})
		return equal
	case *Set:
		b, ok := y.(*Set)
		if !ok || a.Dict.Len() != b.Dict.Len() {
			return false
		}
		equal := true
		a.Dict.Each(func(k, _ Value) {
			_, has := b.Dict.Get(k)
			equal = equal && has
		})
		return equal
	case *Range:
		b, ok := y.(*Range)
		return ok && a.Len() == b.Len() && (a.Len() == 0 || a.From == b.From && (a.Len() == 1 || a.Step == b.Step))
	}
	if l, ok := numberOf(x); ok {
		r, ok := numberOf(y)
		if _, isBig := x.(*big.Int); isBig {
			n, _ := bigOf(y)
			return n != nil && x.(*big.Int).Cmp(n) == 0
		}
		return ok && l == r
	}
	if o, ok := x.(Operand); ok {
		if v, ok := o.Operate(in, "==", y, false); ok {
			return v == true
		}
	}
	return same(x, y)
}

func (in *Interp) equalItems(a, b []Value, depth int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !in.equal(a[i], b[i], depth+1) {
			return false
		}
	}
	return true
}

// contains works x in all out.
func (in *Interp) contains(all, x Value) Value {
	switch a := unwrap(all).(type) {
	case *Dict:
		_, ok := a.Get(x)
		return ok
	case *Set:
		_, ok := a.Dict.Get(x)
		return ok
	case string:
		s, ok := unwrap(x).(string)
		if !ok {
			in.Raise(TypeError, catalog.PythonOperands, "in", in.TypeOf(x).Name, "str")
		}
		return strings.Contains(a, s)
	case *Range:
		n, ok := whole(x)
		return ok && (a.Step > 0 && n >= a.From && n < a.To || a.Step < 0 && n <= a.From && n > a.To) && (n-a.From)%a.Step == 0
	case *Unknown:
		return a
	case *Object:
		if fn, _ := a.Class.Find("__contains__"); fn != nil {
			return in.Truth(in.Call(&Method{a, fn}, Positional(x)))
		}
	}
	it := in.Iter(all)
	for {
		v, ok := it.Next()
		if !ok {
			return false
		}
		if in.Equal(v, x) {
			return true
		}
	}
}
