package eval

import (
	"math"
	"math/big"
	"slices"
	"strings"

	"paramstack/core/catalog"
)

// builtins returns the names that every module has.
func builtins(in *Interp) *Dict {
	d := NewDict()
	for name, c := range map[string]*Class{"object": ObjectClass, "type": TypeClass, "bool": BoolClass,
		"int":   IntClass,
		"float": FloatClass, "complex": ComplexClass, "str": StrClass, "bytes": BytesClass, "bytearray": BytesClass,
		"list": ListClass, "tuple": TupleClass, "dict": DictClass, "set": SetClass, "frozenset": FrozenClass,
		"range": RangeClass, "slice": SliceClass, "property": PropertyClass, "IOError": OSError,
		"EnvironmentError": OSError} {
		d.Put(name, c)
	}
	for _, c := range exceptions {
		d.Put(c.Name, c)
	}
	d.Put("NotImplemented", NotImplemented)
	d.Put("Ellipsis", Ellipsis)
	d.Put("__debug__", false)
	for _, b := range functions {
		d.Put(b.Name, b)
	}
	for _, name := range []string{"open", "input", "exec", "eval", "compile", "__import__", "breakpoint",
		"memoryview", "__build_class__"} {
		d.Put(name, NewRaw(name, func(*Interp, Args) Value { return &Unknown{name + "()"} }))
	}
	return d
}

func fn(name, sig string, do func(in *Interp, v []Value) Value) *Builtin {
	return NewBuiltin(name, sig, do)
}

// functions are Python's own, without those that are classes.
var functions = []*Builtin{
	NewRaw("print", func(in *Interp, a Args) Value {
		if in.Print == nil {
			return nil
		}
		parts := make([]string, len(a.Pos))
		for i, v := range a.Pos {
			parts[i] = in.Str(v)
		}
		in.Print(strings.Join(parts, " "))
		return nil
	}),
	fn("len", "x", func(in *Interp, v []Value) Value { return in.Len(v[0]) }),
	fn("repr", "x", func(in *Interp, v []Value) Value { return in.Repr(v[0]) }),
	fn("ascii", "x", func(in *Interp, v []Value) Value { return in.Repr(v[0]) }),
	fn("format", "x spec?", func(in *Interp, v []Value) Value {
		spec, _ := v[1].(string)
		return in.format(v[0], spec)
	}),
	fn("abs", "x", func(in *Interp, v []Value) Value {
		if o, ok := v[0].(Operand); ok {
			if got, ok := o.Operate(in, "abs", nil, false); ok {
				return got
			}
		}
		switch x := unwrap(v[0]).(type) {
		case float64:
			return math.Abs(x)
		case *Unknown:
			return x
		default:
			if n, ok := bigOf(x); ok {
				return normal(new(big.Int).Abs(n))
			}
		}
		in.Raise(TypeError, catalog.PythonOperand, "abs", in.TypeOf(v[0]).Name)
		return nil
	}),
	fn("divmod", "x y", func(in *Interp, v []Value) Value {
		return NewTuple(in.Binary("//", v[0], v[1]), in.Binary("%", v[0], v[1]))
	}),
	fn("pow", "x y mod?", func(in *Interp, v []Value) Value {
		p := in.Binary("**", v[0], v[1])
		if !IsNone(v[2]) {
			p = in.Binary("%", p, v[2])
		}
		return p
	}),
	fn("round", "x n?", builtinRound),
	fn("sum", "items start?", func(in *Interp, v []Value) Value {
		var total Value = int64(0)
		if v[1] != Value(Absent) {
			total = v[1]
		}
		it := in.Iter(v[0])
		for {
			x, ok := it.Next()
			if !ok {
				return total
			}
			total = in.Binary("+", total, x)
		}
	}),
	NewRaw("min", func(in *Interp, a Args) Value { return in.extreme("<", a) }),
	NewRaw("max", func(in *Interp, a Args) Value { return in.extreme(">", a) }),
	fn("any", "items", func(in *Interp, v []Value) Value { return in.holds(v[0], true) }),
	fn("all", "items", func(in *Interp, v []Value) Value { return !in.holds(v[0], false) }),
	fn("sorted", "items key? reverse?", func(in *Interp, v []Value) Value {
		items := slices.Clone(in.Items(v[0]))
		in.Charge(int64(len(items)))
		in.sort(items, v[1], v[2])
		return &List{Items: items}
	}),
	fn("reversed", "items", func(in *Interp, v []Value) Value {
		if o, ok := v[0].(*Object); ok {
			if rev, _ := o.Class.Find("__reversed__"); rev != nil {
				return in.Call(&Method{o, rev}, Args{})
			}
		}
		if r, ok := v[0].(*Range); ok {
			n := r.Len()
			return in.Iter(&Range{r.From + (n-1)*r.Step, r.From - r.Step, -r.Step})
		}
		items := slices.Clone(in.Items(v[0]))
		in.Charge(int64(len(items)))
		slices.Reverse(items)
		return in.over(func() []Value { return items })
	}),
	fn("enumerate", "items start?", func(in *Interp, v []Value) Value {
		i, _ := whole(v[1])
		it := in.Iter(v[0])
		return &Iter{Next: func() (Value, bool) {
			x, ok := it.Next()
			i++
			return NewTuple(i-1, x), ok
		}}
	}),
	NewRaw("zip", func(in *Interp, a Args) Value {
		its := make([]*Iter, len(a.Pos))
		for i, v := range a.Pos {
			its[i] = in.Iter(v)
		}
		return &Iter{Next: func() (Value, bool) {
			t := &Tuple{}
			in.Charge(int64(len(its)))
			for _, it := range its {
				in.tick()
				v, ok := it.Next()
				if !ok {
					return nil, false
				}
				t.Items = append(t.Items, v)
			}
			return t, len(its) > 0
		}}
	}),
	NewRaw("map", func(in *Interp, a Args) Value {
		if len(a.Pos) < 2 {
			in.Raise(TypeError, catalog.PythonMissing, "map", "iterable")
		}
		its := make([]*Iter, len(a.Pos)-1)
		for i, v := range a.Pos[1:] {
			its[i] = in.Iter(v)
		}
		return &Iter{Next: func() (Value, bool) {
			var args []Value
			for _, it := range its {
				in.tick()
				v, ok := it.Next()
				if !ok {
					return nil, false
				}
				args = append(args, v)
			}
			return in.Call(a.Pos[0], Args{Pos: args}), true
		}}
	}),
	fn("filter", "f items", func(in *Interp, v []Value) Value {
		it := in.Iter(v[1])
		return &Iter{Next: func() (Value, bool) {
			for {
				x, ok := it.Next()
				if !ok {
					return nil, false
				}
				keep := x
				if v[0] != nil {
					keep = in.Call(v[0], Positional(x))
				}
				if in.Truth(keep) {
					return x, true
				}
			}
		}}
	}),
	fn("iter", "x sentinel?", func(in *Interp, v []Value) Value { return in.Iter(v[0]) }),
	fn("next", "it default?", func(in *Interp, v []Value) Value {
		if u, ok := v[0].(*Unknown); ok {
			return u.called()
		}
		if o, ok := v[0].(*Object); ok {
			if next, _ := o.Class.Find("__next__"); next != nil {
				return in.Call(&Method{o, next}, Args{})
			}
		}
		it, ok := v[0].(*Iter)
		if !ok {
			in.Raise(TypeError, catalog.PythonNotIterable, in.TypeOf(v[0]).Name)
		}
		if x, ok := it.Next(); ok {
			return x
		}
		if v[1] == Value(Absent) {
			in.Raise(StopIteration, catalog.PythonNoItems)
		}
		return v[1]
	}),
	fn("isinstance", "x c", func(in *Interp, v []Value) Value { return in.isInstance(in.TypeOf(v[0]), v[1], v[0]) }),
	fn("issubclass", "x c", func(in *Interp, v []Value) Value {
		c, ok := v[0].(*Class)
		return ok && in.isInstance(c, v[1], nil)
	}),
	fn("callable", "x", func(in *Interp, v []Value) Value {
		switch x := v[0].(type) {
		case *Function, *Builtin, *Method, *Class, Callable, *Unknown:
			return true
		case *Object:
			f, _ := x.Class.Find("__call__")
			return f != nil
		}
		return false
	}),
	fn("getattr", "x name default?", func(in *Interp, v []Value) Value {
		name, _ := unwrap(v[1]).(string)
		if v[2] == Value(Absent) {
			return in.GetAttr(v[0], name)
		}
		if got, ok := in.tryAttr(v[0], name); ok {
			return got
		}
		return v[2]
	}),
	fn("hasattr", "x name", func(in *Interp, v []Value) Value {
		name, _ := unwrap(v[1]).(string)
		got, ok := in.tryAttr(v[0], name)
		if b, is := got.(*Builtin); is && b.Unsure {
			return false
		}
		return ok
	}),
	fn("setattr", "x name v", func(in *Interp, v []Value) Value {
		name, _ := unwrap(v[1]).(string)
		in.SetAttr(v[0], name, v[2])
		return nil
	}),
	fn("delattr", "x name", func(in *Interp, v []Value) Value {
		name, _ := unwrap(v[1]).(string)
		in.DelAttr(v[0], name)
		return nil
	}),
	fn("id", "x", func(in *Interp, v []Value) Value { return int64(0) }),
	fn("hash", "x", func(in *Interp, v []Value) Value { return int64(0) }),
	fn("ord", "c", func(in *Interp, v []Value) Value {
		for _, r := range in.Str(v[0]) {
			return int64(r)
		}
		return int64(0)
	}),
	fn("chr", "n", func(in *Interp, v []Value) Value {
		n, _ := whole(v[0])
		return string(rune(n))
	}),
	fn("bin", "n", func(in *Interp, v []Value) Value { return "0b" + in.format(v[0], "b") }),
	fn("hex", "n", func(in *Interp, v []Value) Value { return "0x" + in.format(v[0], "x") }),
	fn("oct", "n", func(in *Interp, v []Value) Value { return "0o" + in.format(v[0], "o") }),
	fn("vars", "x?", func(in *Interp, v []Value) Value {
		if o, ok := v[0].(*Object); ok {
			return o.Attrs
		}
		return NewDict()
	}),
	fn("dir", "x?", func(in *Interp, v []Value) Value { return &List{} }),
	fn("super", "c self", func(in *Interp, v []Value) Value {
		if c, ok := v[0].(*Class); ok {
			return &Super{c, v[1]}
		}
		return v[0]
	}),
	fn("staticmethod", "f", func(in *Interp, v []Value) Value { return &Static{v[0]} }),
	fn("classmethod", "f", func(in *Interp, v []Value) Value { return &ClassMethod{v[0]} }),
	NewRaw("exit", func(in *Interp, a Args) Value { panicExit(in); return nil }),
	NewRaw("quit", func(in *Interp, a Args) Value { panicExit(in); return nil }),
}

func panicExit(in *Interp) { in.raise(NewObject(SystemExit)) }

// tryAttr is attr of which an AttributeError is no attribute.
func (in *Interp) tryAttr(v Value, name string) (got Value, ok bool) {
	exc := in.attempt(func() { got, ok = in.attr(v, name) })
	if exc != nil && !exc.exc.Class.Is(AttributeError) {
		panic(exc)
	}
	return got, ok && exc == nil
}

func builtinRound(in *Interp, v []Value) Value {
	if u, ok := v[0].(*Unknown); ok {
		return u
	}
	x, ok := numberOf(v[0])
	if !ok {
		in.Raise(TypeError, catalog.PythonNumber, in.TypeOf(v[0]).Name)
	}
	if IsNone(v[1]) {
		return in.toInt(Positional(math.RoundToEven(x)))
	}
	n, _ := whole(v[1])
	if _, isFloat := v[0].(float64); !isFloat && n >= 0 {
		return v[0]
	}
	p := math.Pow(10, float64(n))
	return math.RoundToEven(x*p) / p
}
