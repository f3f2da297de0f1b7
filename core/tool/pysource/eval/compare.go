package eval

import (
	"math/big"
	"strings"

	"paramstack/core/catalog"
)

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
