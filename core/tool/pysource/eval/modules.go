package eval

import (
	"math"
	"math/big"
	"slices"

	"paramstack/core/catalog"
)

// standard are the modules of Python's library that model files use, each made when
// it is first imported. It is set by init, since its functions import too.
var standard map[string]func(in *Interp) *Module

func init() {
	standard = map[string]func(in *Interp) *Module{
		"math": mathModule, "cmath": mathModule, "functools": functoolsModule, "itertools": itertoolsModule,
		"collections": collectionsModule, "collections.abc": typingModule, "typing": typingModule,
		"typing_extensions": typingModule,
		"types":             typingModule, "numbers": typingModule, "copy": copyModule,
		"dataclasses": dataclassesModule,
		"enum":        enumModule,
		"operator":    operatorModule, "abc": abcModule, "contextlib": contextModule,
		"__future__": func(*Interp) *Module { return NewModule("__future__") },
		"warnings":   quietModule("warnings"), "logging": quietModule("logging"), "os": osModule, "sys": sysModule,
		"numpy":    numpyModule,
		"builtins": func(in *Interp) *Module { return &Module{Name: "builtins", Attrs: in.builtin} },
		"argparse": argparseModule, "fractions": quietModule("fractions"), "string": quietModule("string"),
	}
}

// NewModule returns a module with functions of Go.
func NewModule(name string, functions ...*Builtin) *Module {
	m := &Module{Name: name, Attrs: NewDict()}
	for _, f := range functions {
		m.Attrs.Put(f.Name, f)
	}
	return m
}

// quietModule is a module whose functions do nothing that matters.
func quietModule(name string) func(*Interp) *Module {
	return func(*Interp) *Module {
		m := NewModule(name)
		m.Missing = func(_ *Interp, attr string) Value { return &Unknown{name + "." + attr} }
		return m
	}
}

func mathModule(*Interp) *Module {
	m := NewModule("math")
	real1 := func(name string, f func(float64) float64) {
		m.Attrs.Put(name, fn(name, "x", func(in *Interp, v []Value) Value {
			if u, ok := v[0].(*Unknown); ok {
				return u
			}
			x, ok := numberOf(v[0])
			if !ok {
				f := in.toFloat(Positional(v[0]))
				if isUnknown(f) {
					return f
				}
				x = f.(float64)
			}
			y := f(x)
			if math.IsNaN(y) && !math.IsNaN(x) || name == "log" && x <= 0 {
				in.Raise(ValueError, catalog.PythonDomain, "math."+name)
			}
			return y
		}))
	}
	for name, f := range map[string]func(float64) float64{"sqrt": math.Sqrt, "exp": math.Exp, "log2": math.Log2,
		"log10": math.Log10,
		"log1p": math.Log1p, "sin": math.Sin, "cos": math.Cos, "tan": math.Tan, "tanh": math.Tanh,
		"atan": math.Atan, "asin": math.Asin,
		"acos": math.Acos, "sinh": math.Sinh, "cosh": math.Cosh, "erf": math.Erf, "fabs": math.Abs,
		"degrees": func(x float64) float64 { return x * 180 / math.Pi },
		"radians": func(x float64) float64 { return x * math.Pi / 180 }} {
		real1(name, f)
	}
	for name, f := range map[string]func(float64) float64{"floor": math.Floor, "ceil": math.Ceil,
		"trunc": math.Trunc} {
		m.Attrs.Put(name, fn(name, "x", func(in *Interp, v []Value) Value {
			if n, ok := bigOf(v[0]); ok {
				return normal(n)
			}
			y := in.toFloat(Positional(v[0]))
			if isUnknown(y) {
				return y
			}
			return in.toInt(Positional(f(y.(float64))))
		}))
	}
	add := func(f *Builtin) { m.Attrs.Put(f.Name, f) }
	add(fn("log", "x base?", func(in *Interp, v []Value) Value {
		x, _ := numberOf(v[0])
		if x <= 0 {
			in.Raise(ValueError, catalog.PythonDomain, "math.log")
		}
		if IsNone(v[1]) {
			return math.Log(x)
		}
		b, _ := numberOf(v[1])
		return math.Log(x) / math.Log(b)
	}))
	add(fn("pow", "x y", func(in *Interp, v []Value) Value {
		x, _ := numberOf(v[0])
		y, _ := numberOf(v[1])
		return math.Pow(x, y)
	}))
	add(fn("atan2", "y x", func(in *Interp, v []Value) Value {
		y, _ := numberOf(v[0])
		x, _ := numberOf(v[1])
		return math.Atan2(y, x)
	}))
	add(fn("isqrt", "n", func(in *Interp, v []Value) Value {
		n, ok := bigOf(v[0])
		if !ok || n.Sign() < 0 {
			in.Raise(ValueError, catalog.PythonDomain, "math.isqrt")
		}
		return normal(new(big.Int).Sqrt(n))
	}))
	add(NewRaw("gcd", func(in *Interp, a Args) Value { return in.divisors(a, false) }))
	add(NewRaw("lcm", func(in *Interp, a Args) Value { return in.divisors(a, true) }))
	add(fn("prod", "items start?", func(in *Interp, v []Value) Value {
		var p Value = int64(1)
		if !IsNone(v[1]) {
			p = v[1]
		}
		for _, x := range in.Items(v[0]) {
			p = in.Binary("*", p, x)
		}
		return p
	}))
	add(fn("factorial", "n", func(in *Interp, v []Value) Value {
		n, _ := whole(v[0])
		if n < 0 || n > 2000 {
			in.Raise(ValueError, catalog.PythonDomain, "math.factorial")
		}
		return normal(new(big.Int).MulRange(1, n))
	}))
	add(fn("comb", "n k", func(in *Interp, v []Value) Value {
		n, _ := whole(v[0])
		k, _ := whole(v[1])
		if n < 0 || n > 2000 {
			in.Raise(ValueError, catalog.PythonDomain, "math.comb")
		}
		return normal(new(big.Int).Binomial(n, k))
	}))
	for name, is := range map[string]func(float64) bool{"isnan": math.IsNaN,
		"isinf":    func(x float64) bool { return math.IsInf(x, 0) },
		"isfinite": func(x float64) bool { return !math.IsInf(x, 0) && !math.IsNaN(x) }} {
		add(fn(name, "x", func(in *Interp, v []Value) Value {
			x, _ := numberOf(v[0])
			return is(x)
		}))
	}
	add(fn("isclose", "a b *rest", func(in *Interp, v []Value) Value {
		a, _ := numberOf(v[0])
		b, _ := numberOf(v[1])
		return math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b))
	}))
	m.Attrs.Put("pi", math.Pi)
	m.Attrs.Put("e", math.E)
	m.Attrs.Put("tau", 2*math.Pi)
	m.Attrs.Put("inf", math.Inf(1))
	m.Attrs.Put("nan", math.NaN())
	return m
}

func (in *Interp) divisors(a Args, multiple bool) Value {
	total := new(big.Int)
	for i, v := range a.Pos {
		n, ok := bigOf(v)
		if !ok {
			in.Raise(TypeError, catalog.PythonWhole, in.TypeOf(v).Name)
		}
		n = new(big.Int).Abs(n)
		switch {
		case i == 0:
			total = n
		case multiple && (total.Sign() == 0 || n.Sign() == 0):
			total = new(big.Int)
		case multiple:
			g := new(big.Int).GCD(nil, nil, total, n)
			total = new(big.Int).Mul(total, new(big.Int).Div(n, g))
		default:
			total = new(big.Int).GCD(nil, nil, total, n)
		}
		if total.BitLen() > maxBits {
			in.Forbid(catalog.PythonLargeInt)
		}
	}
	return normal(total)
}

// A Partial is a function with arguments of its own.
type Partial struct {
	Fn   Value
	Args Args
}

// Call implements Callable.
func (p *Partial) Call(in *Interp, a Args) Value {
	all := Args{Pos: append(slices.Clone(p.Args.Pos), a.Pos...), Names: slices.Clone(a.Names),
		Named: slices.Clone(a.Named)}
	for i, name := range p.Args.Names {
		if _, given := a.Get(name); !given {
			all.Names, all.Named = append(all.Names, name), append(all.Named, p.Args.Named[i])
		}
	}
	return in.Call(p.Fn, all)
}

// Attr implements Attributed.
func (p *Partial) Attr(in *Interp, name string) (Value, bool) {
	switch name {
	case "func":
		return p.Fn, true
	case "args":
		return &Tuple{Items: p.Args.Pos}, true
	case "keywords":
		d := NewDict()
		for i, n := range p.Args.Names {
			d.Put(n, p.Args.Named[i])
		}
		return d, true
	}
	return nil, false
}

// TypeOf implements Instance.
func (p *Partial) TypeOf() *Class { return FunctionClass }

func functoolsModule(*Interp) *Module {
	same := func(name string) *Builtin {
		return NewRaw(name, func(in *Interp, a Args) Value {
			if len(a.Pos) == 1 {
				switch a.Pos[0].(type) {
				case *Function, *Class, *Method:
					return a.Pos[0]
				}
			}
			return fn(name, "f", func(_ *Interp, v []Value) Value { return v[0] })
		})
	}
	return NewModule("functools",
		NewRaw("partial", func(in *Interp, a Args) Value {
			if len(a.Pos) == 0 {
				in.Raise(TypeError, catalog.PythonMissing, "partial", "func")
			}
			return &Partial{a.Pos[0], Args{slices.Clone(a.Pos[1:]), a.Names, a.Named}}
		}),
		fn("reduce", "f items start?", func(in *Interp, v []Value) Value {
			items := in.Items(v[1])
			total := v[2]
			if total == Value(Absent) {
				if len(items) == 0 {
					in.Raise(TypeError, catalog.PythonNoItems)
				}
				total, items = items[0], items[1:]
			}
			for _, x := range items {
				total = in.Call(v[0], Positional(total, x))
			}
			return total
		}),
		fn("wraps", "f *rest **names", func(*Interp, []Value) Value {
			return fn("wraps", "f", func(_ *Interp, v []Value) Value { return v[0] })
		}),
		fn("cached_property", "f", func(_ *Interp, v []Value) Value { return &Property{Get: v[0]} }),
		same("lru_cache"), same("cache"), same("total_ordering"), same("singledispatch"), same("partialmethod"),
		same("update_wrapper"))
}

// Call implements Callable.
func (c *chainFunction) Call(in *Interp, a Args) Value { return c.of(in, a.Pos) }

// Attr implements Attributed.
func (c *chainFunction) Attr(_ *Interp, name string) (Value, bool) {
	if name != "from_iterable" {
		return nil, false
	}
	return fn(name, "items", func(in *Interp, v []Value) Value { return c.of(in, in.Items(v[0])) }), true
}
