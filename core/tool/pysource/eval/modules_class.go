package eval

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
)

func collectionsModule(*Interp) *Module {
	m := NewModule("collections",
		fn("namedtuple", "name fields rename? defaults? module?", func(in *Interp, v []Value) Value {
			var names []string
			if s, ok := v[1].(string); ok {
				names = strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' })
			} else {
				for _, f := range in.Items(v[1]) {
					names = append(names, in.text(f, "?"))
				}
			}
			c := &Class{Name: in.text(v[0], "tuple"), Bases: []*Class{TupleClass}, Attrs: NewDict(), At: in.Here()}
			c.order()
			var defaults []Value
			if !IsNone(v[3]) {
				defaults = in.Items(v[3])
			}
			namedTuple(c, names, defaults)
			return c
		}))
	m.Attrs.Put("OrderedDict", OrderedDict)
	m.Attrs.Put("Counter", NewClass("Counter", DictClass))
	m.Attrs.Put("deque", DequeClass)
	m.Attrs.Put("defaultdict", DefaultDict)
	m.Attrs.Put("ChainMap", NewClass("ChainMap", DictClass))
	m.Attrs.Put("UserDict", DictClass)
	return m
}

// Classes of collections.
var (
	OrderedDict = NewClass("OrderedDict", DictClass)
	DequeClass  = NewClass("deque", ListClass)
	DefaultDict = NewClass("defaultdict", DictClass)
	// NamedTuple is typing.NamedTuple.
	NamedTuple = NewClass("NamedTuple", TupleClass)
	// EnumClass and its subclasses are enum's.
	EnumClass    = NewClass("Enum")
	IntEnumClass = NewClass("IntEnum", IntClass, EnumClass)
	StrEnumClass = NewClass("StrEnum", StrClass, EnumClass)
	GenericClass = NewClass("Generic")
	ProtocolType = NewClass("Protocol")
	ABCClass     = NewClass("ABC")
	NamespaceOf  = NewClass("SimpleNamespace")
)

func init() {
	DefaultDict.Make = func(in *Interp, c *Class, a Args) Value {
		o := &Object{Class: c, Attrs: NewDict(), Native: NewDict()}
		if len(a.Pos) > 0 {
			o.Attrs.Put("default_factory", a.Pos[0])
			in.fill(o.Native.(*Dict), Args{a.Pos[1:], a.Names, a.Named})
		}
		return o
	}
	DefaultDict.Method("__missing__", "key", func(in *Interp, v []Value) Value {
		o := v[0].(*Object)
		make, _ := o.Attrs.Get("default_factory")
		if make == nil {
			in.Raise(KeyError, catalog.PythonNoKey, clip(in.Repr(v[1])))
		}
		x := in.Call(make, Args{})
		dict(o).Put(in.key(v[1]), x)
		in.Charge(2)
		return x
	})
	DequeClass.Method("appendleft", "x", func(in *Interp, v []Value) Value {
		in.Charge(1)
		l := list(v[0])
		l.Items = slices.Insert(l.Items, 0, v[1])
		return nil
	})
	DequeClass.Method("popleft", "", func(in *Interp, v []Value) Value {
		l := list(v[0])
		if len(l.Items) == 0 {
			in.Raise(IndexError, catalog.PythonNoItems)
		}
		x := l.Items[0]
		l.Items = slices.Delete(l.Items, 0, 1)
		return x
	})
	classHooks[NamedTuple] = func(in *Interp, c *Class) {
		var defaults []Value
		for _, f := range c.Fields {
			if v, ok := c.Attrs.Get(f); ok {
				defaults = append(defaults, v)
			}
		}
		namedTuple(c, c.Fields, defaults)
	}
	classHooks[EnumClass] = enumMembers
	NamespaceOf.Make = func(in *Interp, c *Class, a Args) Value {
		o := NewObject(c)
		for i, name := range a.Names {
			o.Attrs.Put(name, a.Named[i])
		}
		return o
	}
	EnumClass.Make = func(in *Interp, c *Class, a Args) Value {
		members, ok := c.Attrs.Get("__members__")
		if !ok || len(a.Pos) == 0 {
			return &Unknown{c.Name + "()"}
		}
		for _, m := range valuesOf(members.(*Dict)) {
			if v, _ := in.attr(m, "value"); in.Equal(v, a.Pos[0]) || m == a.Pos[0] {
				return m
			}
		}
		in.Raise(ValueError, catalog.PythonNoKey, clip(in.Repr(a.Pos[0])))
		return nil
	}
	EnumClass.Method("__init__", "*a", func(*Interp, []Value) Value { return nil })
}

// namedTuple makes a class one of tuples whose items have names.
func namedTuple(c *Class, names []string, defaults []Value) {
	c.Make = func(in *Interp, c *Class, a Args) Value {
		t := &Tuple{Class: c}
		if len(a.Pos) > len(names) {
			in.Raise(TypeError, catalog.PythonTooMany, c.Name, len(names), len(a.Pos))
		}
		for i, name := range names {
			switch v, ok := a.Get(name); {
			case i < len(a.Pos):
				t.Items = append(t.Items, a.Pos[i])
			case ok:
				t.Items = append(t.Items, v)
			case len(names)-i <= len(defaults):
				t.Items = append(t.Items, defaults[len(defaults)-(len(names)-i)])
			default:
				in.Raise(TypeError, catalog.PythonMissing, c.Name, name)
			}
		}
		return t
	}
	for i, name := range names {
		c.Getter(name, func(in *Interp, self Value) Value {
			if t, ok := self.(*Tuple); ok && i < len(t.Items) {
				return t.Items[i]
			}
			return nil
		})
	}
	fields := &Tuple{}
	for _, name := range names {
		fields.Items = append(fields.Items, name)
	}
	c.Attrs.Put("_fields", fields)
	c.Method("_asdict", "", func(in *Interp, v []Value) Value {
		d := NewDict()
		for i, x := range in.Items(v[0]) {
			d.Put(names[i], x)
		}
		return d
	})
	c.Method("_replace", "**names", func(in *Interp, v []Value) Value {
		t := &Tuple{Class: c, Items: slices.Clone(in.Items(v[0]))}
		for i, name := range names {
			if x, ok := v[1].(*Dict).Get(name); ok {
				t.Items[i] = x
			}
		}
		return t
	})
	c.taken = true
}

// enumMembers makes members of what the body of an enumeration binds.
func enumMembers(in *Interp, c *Class) {
	members := NewDict()
	auto := int64(0)
	for _, k := range c.Attrs.Keys() {
		name, _ := k.(string)
		v, _ := c.Attrs.Get(k)
		if strings.HasPrefix(name, "_") {
			continue
		}
		switch v.(type) {
		case *Function, *Static, *ClassMethod, *Property, *Class:
			continue
		}
		if auto++; v == Value(autoValue) {
			v = auto
			if c.Is(StrClass) {
				v = strings.ToLower(name)
			}
		}
		o := NewObject(c)
		if c.Is(StrClass) || c.Is(IntClass) {
			o.Native = v
		}
		o.Attrs.Put("name", name)
		o.Attrs.Put("value", v)
		o.Attrs.Put("_value_", v)
		members.Put(name, o)
		c.Attrs.Put(name, o)
	}
	c.Attrs.Put("__members__", members)
	c.taken = true
}

// autoValue is what enum.auto() returns.
var autoValue = &Unknown{"enum.auto()"}

func enumModule(*Interp) *Module {
	m := NewModule("enum", NewRaw("auto", func(*Interp, Args) Value { return autoValue }), fn("unique", "c",
		func(_ *Interp, v []Value) Value { return v[0] }))
	m.Attrs.Put("Enum", EnumClass)
	m.Attrs.Put("IntEnum", IntEnumClass)
	m.Attrs.Put("StrEnum", StrEnumClass)
	m.Attrs.Put("Flag", EnumClass)
	m.Attrs.Put("IntFlag", IntEnumClass)
	return m
}

func abcModule(*Interp) *Module {
	m := NewModule("abc", fn("abstractmethod", "f", func(_ *Interp, v []Value) Value { return v[0] }),
		fn("abstractproperty", "f", func(_ *Interp, v []Value) Value { return &Property{Get: v[0]} }))
	m.Attrs.Put("ABC", ABCClass)
	m.Attrs.Put("ABCMeta", TypeClass)
	return m
}

// typingModule has every name: types mean nothing here.
func typingModule(*Interp) *Module {
	m := NewModule("typing",
		fn("TypeVar", "name *rest **names", func(*Interp, []Value) Value { return typeName("TypeVar") }),
		fn("cast", "t x", func(_ *Interp, v []Value) Value { return v[1] }),
		fn("overload", "f", func(_ *Interp, v []Value) Value { return v[0] }),
		fn("final", "f", func(_ *Interp, v []Value) Value { return v[0] }),
		fn("no_type_check", "f", func(_ *Interp, v []Value) Value { return v[0] }),
		fn("runtime_checkable", "f", func(_ *Interp, v []Value) Value { return v[0] }),
		fn("NewType", "name t", func(_ *Interp, v []Value) Value { return v[1] }),
		fn("get_type_hints", "x", func(*Interp, []Value) Value { return NewDict() }))
	m.Attrs.Put("NamedTuple", NamedTuple)
	m.Attrs.Put("Generic", GenericClass)
	m.Attrs.Put("Protocol", ProtocolType)
	m.Attrs.Put("TypedDict", DictClass)
	m.Attrs.Put("TYPE_CHECKING", false)
	m.Attrs.Put("SimpleNamespace", NamespaceOf)
	m.Attrs.Put("FunctionType", FunctionClass)
	m.Attrs.Put("OrderedDict", OrderedDict)
	m.Missing = func(_ *Interp, name string) Value {
		if strings.HasPrefix(name, "__") {
			return nil
		}
		return typeName(name)
	}
	return m
}

// typeName is a type of typing: X[int] is X, and so is int | X.
func typeName(name string) *Builtin {
	return NewRaw(name, func(in *Interp, a Args) Value {
		if len(a.Pos) > 0 {
			return a.Pos[len(a.Pos)-1]
		}
		return &Unknown{"typing." + name}
	})
}

// Operate implements Operand: types are joined by |.
func (b *Builtin) Operate(_ *Interp, op string, _ Value, _ bool) (Value, bool) { return b, op == "|" }

func dataclassesModule(*Interp) *Module {
	return NewModule("dataclasses",
		NewRaw("dataclass", func(in *Interp, a Args) Value {
			if len(a.Pos) == 1 {
				if c, ok := a.Pos[0].(*Class); ok {
					dataclass(c)
					return c
				}
			}
			return fn("dataclass", "c", func(_ *Interp, v []Value) Value {
				if c, ok := v[0].(*Class); ok {
					dataclass(c)
				}
				return v[0]
			})
		}),
		fn("field", "default? default_factory? init? repr? hash? compare? metadata? kw_only?", func(_ *Interp,
			v []Value) Value {
			return &fieldDefault{v[0], v[1]}
		}),
		fn("asdict", "x", func(in *Interp, v []Value) Value {
			d := NewDict()
			if o, ok := v[0].(*Object); ok {
				for _, name := range dataFields(o.Class) {
					x, _ := o.Attrs.Get(name)
					d.Put(name, x)
				}
			}
			return d
		}),
		fn("fields", "x", func(in *Interp, v []Value) Value {
			c, ok := v[0].(*Class)
			if !ok {
				c = in.TypeOf(v[0])
			}
			l := &List{}
			for _, name := range dataFields(c) {
				o := NewObject(NamespaceOf)
				o.Attrs.Put("name", name)
				l.Items = append(l.Items, o)
			}
			return l
		}),
		fn("replace", "x **names", func(in *Interp, v []Value) Value {
			c := in.Copy(v[0], false)
			v[1].(*Dict).Each(func(k, x Value) { in.SetAttr(c, in.text(k, ""), x) })
			return c
		}))
}

// A fieldDefault is what dataclasses.field returns.
type fieldDefault struct{ value, make Value }

// dataFields lists the fields of a data class, those of its bases first.
func dataFields(c *Class) []string {
	var names []string
	for i := len(c.mro) - 1; i >= 0; i-- {
		for _, f := range c.mro[i].Fields {
			if !slices.Contains(names, f) {
				names = append(names, f)
			}
		}
	}
	return names
}

// dataclass gives a class the __init__ of its fields.
func dataclass(c *Class) {
	names := dataFields(c)
	args := &Tuple{}
	for _, n := range names {
		args.Items = append(args.Items, n)
	}
	c.Attrs.Put("__match_args__", args)
	if _, own := c.Attrs.Get("__init__"); own {
		return
	}
	c.Attrs.Put("__init__", NewRaw("__init__", func(in *Interp, a Args) Value {
		self, ok := a.Pos[0].(*Object)
		if !ok {
			return nil
		}
		pos := a.Pos[1:]
		if len(pos) > len(names) {
			in.Raise(TypeError, catalog.PythonTooMany, c.Name, len(names), len(pos))
		}
		for i, name := range names {
			v, given := a.Get(name)
			if i < len(pos) {
				v, given = pos[i], true
			}
			if !given {
				d, owner := c.Find(name)
				if f, ok := d.(*fieldDefault); ok {
					if f.make != Value(Absent) {
						v = in.Call(f.make, Args{})
					} else if v = f.value; v == Value(Absent) {
						owner = nil
					}
				} else {
					v = d
				}
				if owner == nil {
					in.Raise(TypeError, catalog.PythonMissing, c.Name, name)
				}
			}
			in.SetAttr(self, name, v)
		}
		for _, name := range a.Names {
			if !slices.Contains(names, name) {
				in.Raise(TypeError, catalog.PythonNoParam, c.Name, name)
			}
		}
		if post, _ := c.Find("__post_init__"); post != nil {
			in.Call(&Method{self, post}, Args{})
		}
		return nil
	}))
}

func init() {
	arrayClass.Method("tolist", "", func(_ *Interp, v []Value) Value { return list(v[0]) })
}
