package eval

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"paramstack/core/catalog"
)

// ObjectClass is object. It is the only class without bases.
var ObjectClass = newObjectClass()

func newObjectClass() *Class {
	c := &Class{Name: "object", Attrs: NewDict(), Builtin: true}
	c.mro = []*Class{c}
	return c
}

// The classes of Python's own values.
var (
	TypeClass     = NewClass("type")
	NoneClass     = NewClass("NoneType")
	BoolClass     = NewClass("bool", IntClass)
	IntClass      = NewClass("int")
	FloatClass    = NewClass("float")
	ComplexClass  = NewClass("complex")
	StrClass      = NewClass("str")
	BytesClass    = NewClass("bytes")
	ListClass     = NewClass("list")
	TupleClass    = NewClass("tuple")
	DictClass     = NewClass("dict")
	SetClass      = NewClass("set")
	FrozenClass   = NewClass("frozenset", SetClass)
	RangeClass    = NewClass("range")
	SliceClass    = NewClass("slice")
	FunctionClass = NewClass("function")
	BuiltinClass  = NewClass("builtin_function_or_method")
	ModuleClass   = NewClass("module")
	PropertyClass = NewClass("property")
	IteratorClass = NewClass("iterator")
	UnknownClass  = NewClass("unknown")
)

// TypeOf returns the class of a value.
func (in *Interp) TypeOf(v Value) *Class {
	switch x := v.(type) {
	case nil:
		return NoneClass
	case bool:
		return BoolClass
	case int64, *big.Int:
		return IntClass
	case float64:
		return FloatClass
	case Complex:
		return ComplexClass
	case string:
		return StrClass
	case Bytes:
		return BytesClass
	case *List:
		return ListClass
	case *Tuple:
		if x.Class != nil {
			return x.Class
		}
		return TupleClass
	case *Dict:
		return DictClass
	case *Set:
		return SetClass
	case *Range:
		return RangeClass
	case *Slice:
		return SliceClass
	case *Object:
		return x.Class
	case *Class:
		return TypeClass
	case *Function, *Method:
		return FunctionClass
	case *Builtin:
		return BuiltinClass
	case *Module:
		return ModuleClass
	case *Property:
		return PropertyClass
	case *Iter:
		return IteratorClass
	case *Unknown:
		return UnknownClass
	case Instance:
		return x.TypeOf()
	default:
		return ObjectClass
	}
}

// wrap makes what a class of Python's own returns an instance of a subclass.
func wrap(c, own *Class, v Value) Value {
	if c == own {
		return v
	}
	return &Object{Class: c, Attrs: NewDict(), Native: v}
}

// What makes values is set here and not in the declarations, which it would refer to
// in a circle.
func init() {
	IntClass.Make = func(in *Interp, c *Class, a Args) Value { return wrap(c, IntClass, in.toInt(a)) }
	BoolClass.Make = func(in *Interp, c *Class, a Args) Value { return len(a.Pos) > 0 && in.Truth(a.Pos[0]) }
	FloatClass.Make = func(in *Interp, c *Class, a Args) Value { return wrap(c, FloatClass, in.toFloat(a)) }
	ComplexClass.Make = func(in *Interp, c *Class, a Args) Value { return Complex{} }
	StrClass.Make = func(in *Interp, c *Class, a Args) Value {
		if len(a.Pos) == 0 {
			return wrap(c, StrClass, "")
		}
		return wrap(c, StrClass, in.Str(a.Pos[0]))
	}
	BytesClass.Make = func(in *Interp, c *Class, a Args) Value { return Bytes("") }
	ListClass.Make = func(in *Interp, c *Class, a Args) Value {
		return wrap(c, ListClass, &List{Items: in.copied(c,
			a)})
	}
	TupleClass.Make = func(in *Interp, c *Class, a Args) Value {
		if c != TupleClass {
			return wrap(c, TupleClass, &Tuple{Items: in.copied(c, a)})
		}
		return &Tuple{Items: in.copied(c, a)}
	}
	DictClass.Make = func(in *Interp, c *Class, a Args) Value {
		d := NewDict()
		if !ownInit(c) {
			in.fill(d, a)
		}
		return wrap(c, DictClass, d)
	}
	DictClass.Attrs.Put("__init__", NewRaw("__init__", func(in *Interp, a Args) Value {
		if d, ok := unwrap(a.Pos[0]).(*Dict); ok {
			in.fill(d, Args{a.Pos[1:], a.Names, a.Named})
		}
		return nil
	}))
	ListClass.Attrs.Put("__init__", NewRaw("__init__", func(in *Interp, a Args) Value {
		if l, ok := unwrap(a.Pos[0]).(*List); ok && len(a.Pos) > 1 {
			l.Items = append([]Value(nil), in.Items(a.Pos[1])...)
		}
		return nil
	}))
	SetClass.Make = func(in *Interp, c *Class, a Args) Value {
		s := &Set{NewDict()}
		for _, v := range in.copied(c, a) {
			s.Dict.Put(in.key(v), true)
		}
		if c == FrozenClass {
			return s
		}
		return wrap(c, SetClass, s)
	}
	RangeClass.Make = func(in *Interp, c *Class, a Args) Value { return in.makeRange(a) }
	SliceClass.Make = func(in *Interp, c *Class, a Args) Value {
		switch len(a.Pos) {
		case 1:
			return &Slice{nil, a.Pos[0], nil}
		case 2:
			return &Slice{a.Pos[0], a.Pos[1], nil}
		case 3:
			return &Slice{a.Pos[0], a.Pos[1], a.Pos[2]}
		}
		in.Raise(TypeError, catalog.PythonMissing, "slice", "stop")
		return nil
	}
	TypeClass.Make = func(in *Interp, c *Class, a Args) Value {
		if len(a.Pos) == 1 {
			return in.TypeOf(a.Pos[0])
		}
		return in.makeClass(a)
	}
	PropertyClass.Make = func(in *Interp, c *Class, a Args) Value {
		p := &Property{}
		if len(a.Pos) > 0 {
			p.Get = a.Pos[0]
		}
		if len(a.Pos) > 1 {
			p.Set = a.Pos[1]
		}
		return p
	}
	BaseException.Make = func(in *Interp, c *Class, a Args) Value {
		o := NewObject(c)
		o.Attrs.Put("args", &Tuple{Items: a.Pos})
		return o
	}
	BaseException.Attrs.Put("__init__", NewRaw("__init__", func(in *Interp, a Args) Value {
		if o, ok := a.Pos[0].(*Object); ok {
			o.Attrs.Put("args", &Tuple{Items: a.Pos[1:]})
		}
		return nil
	}))
}

// ownInit reports whether a class or a base of the source has an __init__.
func ownInit(c *Class) bool {
	_, owner := c.Find("__init__")
	return owner != nil && !owner.Builtin
}

// copied returns the items that a class of a sequence is made of; one of the source
// with an __init__ of its own takes the arguments itself.
func (in *Interp) copied(c *Class, a Args) []Value {
	if len(a.Pos) == 0 || ownInit(c) {
		return nil
	}
	items := in.Items(a.Pos[0])
	in.Charge(int64(len(items)))
	return append([]Value(nil), items...)
}

func (in *Interp) fill(d *Dict, a Args) {
	if len(a.Pos) > 0 {
		in.update(d, a.Pos[0])
	}
	for i, name := range a.Names {
		d.Put(name, a.Named[i])
	}
	in.Charge(2 * int64(d.Len()))
}

func (in *Interp) makeRange(a Args) Value {
	n := make([]int64, len(a.Pos))
	for i, v := range a.Pos {
		k, ok := whole(v)
		if !ok {
			if u, unknown := v.(*Unknown); unknown {
				return u // a loop over it does not run
			}
			if o, isOther := v.(interface{ Whole(*Interp) (int64, bool) }); isOther {
				k, ok = o.Whole(in)
			}
		}
		if !ok {
			in.Raise(TypeError, catalog.PythonWhole, in.TypeOf(v).Name)
		}
		n[i] = k
	}
	switch len(n) {
	case 1:
		return &Range{0, n[0], 1}
	case 2:
		return &Range{n[0], n[1], 1}
	case 3:
		if n[2] == 0 {
			in.Raise(ValueError, catalog.PythonZeroStep)
		}
		return &Range{n[0], n[1], n[2]}
	}
	in.Raise(TypeError, catalog.PythonMissing, "range", "stop")
	return nil
}

func (in *Interp) toInt(a Args) Value {
	if len(a.Pos) == 0 {
		return int64(0)
	}
	switch x := unwrap(a.Pos[0]).(type) {
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			in.Raise(ValueError, catalog.PythonNumber, floatText(x))
		}
		if n := int64(x); math.Abs(x) < 1<<62 {
			return n
		}
		n, _ := big.NewFloat(x).Int(nil)
		return normal(n)
	case string:
		base := int64(10)
		if b, ok := a.Get("base"); ok {
			base, _ = whole(b)
		} else if len(a.Pos) > 1 {
			base, _ = whole(a.Pos[1])
		}
		s := strings.ReplaceAll(strings.TrimSpace(x), "_", "")
		if n, err := strconv.ParseInt(s, int(min(max(base, 0), 36)), 64); err == nil {
			return n
		}
		if n, ok := new(big.Int).SetString(s, int(min(max(base, 0), 36))); ok && len(s) < 5000 {
			return normal(n)
		}
		in.Raise(ValueError, catalog.PythonNumber, clip(quote(x)))
	case *Unknown:
		return x
	case interface{ Whole(*Interp) (int64, bool) }:
		if n, ok := x.Whole(in); ok {
			return n
		}
		if number, ok := x.(interface{ Number(*Interp) (float64, bool) }); ok {
			if f, ok := number.Number(in); ok {
				return in.toInt(Args{Pos: []Value{f}})
			}
		}
		return &Unknown{"int()"}
	case *Object:
		if fn, _ := x.Class.Find("__int__"); fn != nil {
			return in.Call(&Method{x, fn}, Args{})
		}
	default:
		if n, ok := bigOf(x); ok {
			return normal(n)
		}
	}
	in.Raise(TypeError, catalog.PythonNumber, in.TypeOf(a.Pos[0]).Name)
	return nil
}

func (in *Interp) toFloat(a Args) Value {
	if len(a.Pos) == 0 {
		return 0.0
	}
	switch x := unwrap(a.Pos[0]).(type) {
	case string:
		if f, err := strconv.ParseFloat(strings.TrimSpace(x), 64); err == nil {
			return f
		}
		in.Raise(ValueError, catalog.PythonNumber, clip(quote(x)))
	case *Unknown:
		return x
	case interface{ Number(*Interp) (float64, bool) }:
		if f, ok := x.Number(in); ok {
			return f
		}
		return &Unknown{"float()"}
	default:
		if f, ok := numberOf(x); ok {
			return f
		}
	}
	in.Raise(TypeError, catalog.PythonNumber, in.TypeOf(a.Pos[0]).Name)
	return nil
}

// makeClass works type(name, bases, attributes) out.
func (in *Interp) makeClass(a Args) Value {
	if len(a.Pos) != 3 {
		in.Raise(TypeError, catalog.PythonMissing, "type", "bases")
	}
	name, _ := a.Pos[0].(string)
	c := &Class{Name: name, Attrs: NewDict(), At: in.Here()}
	for _, b := range in.Items(a.Pos[1]) {
		if k, ok := b.(*Class); ok {
			c.Bases = append(c.Bases, k)
		}
	}
	if len(c.Bases) == 0 {
		c.Bases = []*Class{ObjectClass}
	}
	in.update(c.Attrs, a.Pos[2])
	if !c.order() {
		in.Raise(TypeError, catalog.PythonBases, name)
	}
	return c
}
