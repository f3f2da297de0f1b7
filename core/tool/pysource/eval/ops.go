package eval

import (
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
