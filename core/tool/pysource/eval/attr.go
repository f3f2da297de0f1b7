package eval

import (
	"strings"

	"paramstack/core/catalog"
)

// GetAttr returns an attribute of a value.
func (in *Interp) GetAttr(v Value, name string) Value {
	if got, ok := in.attr(v, name); ok {
		return got
	}
	class := in.TypeOf(v).Name
	switch v := v.(type) {
	case *Module:
		class = v.Name
	case *Class:
		class = v.Name
	}
	in.Raise(AttributeError, catalog.PythonNoAttr, class, name)
	return nil
}

// attr returns an attribute; ok is false if there is none.
func (in *Interp) attr(v Value, name string) (got Value, ok bool) {
	switch x := v.(type) {
	case *Object:
		return in.objectAttr(x, name)
	case *Class:
		return in.classAttr(x, name)
	case *Module:
		return in.moduleAttr(x, name)
	case *Super:
		return in.superAttr(x, name)
	case *Unknown:
		return x.attr(name), true
	case *Function:
		return x.attr(name)
	case *Method:
		if name == "__self__" {
			return x.Self, true
		}
		if name == "__func__" {
			return x.Fn, true
		}
		return in.attr(x.Fn, name)
	case *Property:
		switch name {
		case "setter":
			return NewBuiltin("setter", "fn", func(_ *Interp, v []Value) Value { return &Property{x.Get, v[0]} }),
				true
		case "getter", "deleter":
			return NewBuiltin(name, "fn", func(_ *Interp, v []Value) Value { return x }), true
		}
	case Attributed:
		if got, ok = x.Attr(in, name); ok {
			return got, true
		}
	}
	switch name {
	case "__class__":
		return in.TypeOf(v), true
	case "__doc__":
		return nil, true
	}
	if b, ok := v.(*Builtin); ok && (name == "__name__" || name == "__qualname__") {
		return b.Name, true
	}
	class := in.TypeOf(v)
	if f, owner := class.Find(name); owner != nil {
		return in.bind(f, v, class), true
	}
	return nil, false
}

// attr names an attribute of an unknown value.
func (u *Unknown) attr(name string) *Unknown {
	if len(u.Name) > 80 {
		return u
	}
	return &Unknown{u.Name + "." + name}
}

// bind makes a method of a function of a class; properties are worked out.
func (in *Interp) bind(f, self Value, class *Class) Value {
	switch f := f.(type) {
	case *Function, *Builtin:
		return &Method{self, f}
	case *Static:
		return f.Fn
	case *ClassMethod:
		return &Method{class, f.Fn}
	case *Property:
		return in.Call(f.Get, Positional(self))
	case *Object:
		if get, _ := f.Class.Find("__get__"); get != nil {
			return in.Call(&Method{f, get}, Positional(self, class))
		}
	}
	return f
}

func (in *Interp) objectAttr(o *Object, name string) (Value, bool) {
	f, owner := o.Class.Find(name)
	if p, ok := f.(*Property); ok {
		return in.Call(p.Get, Positional(o)), true
	}
	if v, ok := o.Attrs.Get(name); ok {
		return v, true
	}
	if owner != nil {
		return in.bind(f, o, o.Class), true
	}
	switch name {
	case "__dict__":
		return o.Attrs, true
	case "__class__":
		return o.Class, true
	case "__doc__":
		return nil, true
	}
	if get, _ := o.Class.Find("__getattr__"); get != nil {
		if b, ok := get.(*Builtin); ok {
			v := b.call(in, Positional(o, name))
			return v, v != Value(Absent)
		}
		return in.Call(&Method{o, get}, Positional(name)), true
	}
	if o.Native != nil {
		return in.attr(o.Native, name)
	}
	if o.Class.unknown != "" && !strings.HasPrefix(name, "__") {
		return &Unknown{o.Class.unknown + "()." + name}, true
	}
	return nil, false
}

func (in *Interp) classAttr(c *Class, name string) (Value, bool) {
	if f, owner := c.Find(name); owner != nil {
		switch f := f.(type) {
		case *Static:
			return f.Fn, true
		case *ClassMethod:
			return &Method{c, f.Fn}, true
		}
		return f, true
	}
	switch name {
	case "__name__", "__qualname__":
		return c.Name, true
	case "__module__":
		return "__main__", true
	case "__dict__":
		return c.Attrs, true
	case "__mro__":
		t := &Tuple{}
		for _, k := range c.mro {
			t.Items = append(t.Items, k)
		}
		return t, true
	case "__bases__":
		t := &Tuple{}
		for _, k := range c.Bases {
			t.Items = append(t.Items, k)
		}
		return t, true
	case "__class__":
		return TypeClass, true
	case "__doc__":
		return nil, true
	case "__annotations__":
		d := NewDict()
		for _, f := range c.Fields {
			d.Put(f, nil)
		}
		return d, true
	case "mro":
		return NewBuiltin("mro", "", func(in *Interp, _ []Value) Value {
			return NewList(in.Items(in.GetAttr(c,
				"__mro__"))...)
		}), true
	}
	if c.unknown != "" && !strings.HasPrefix(name, "__") {
		return &Unknown{c.Name + "." + name}, true
	}
	return nil, false
}

func (in *Interp) moduleAttr(m *Module, name string) (Value, bool) {
	if v, ok := m.Attrs.Get(name); ok {
		return v, true
	}
	if m.Missing != nil {
		if v := m.Missing(in, name); v != nil {
			m.Attrs.Put(name, v)
			return v, true
		}
	}
	if name == "__name__" {
		return m.Name, true
	}
	if v := in.module(m.Name + "." + name); v != nil {
		return v, true
	}
	return nil, false
}

func (in *Interp) superAttr(s *Super, name string) (Value, bool) {
	class, isClass := s.Self.(*Class)
	if !isClass {
		class = in.TypeOf(s.Self)
	}
	after := false
	for _, k := range class.mro {
		if after {
			if f, ok := k.Attrs.Get(name); ok {
				if isClass {
					if cm, ok := f.(*ClassMethod); ok {
						return &Method{class, cm.Fn}, true
					}
					if st, ok := f.(*Static); ok {
						return st.Fn, true
					}
					return f, true
				}
				return in.bind(f, s.Self, class), true
			}
		}
		after = after || k == s.After
	}
	switch {
	case name == "__setattr__":
		return NewBuiltin(name, "name value", func(in *Interp, v []Value) Value {
			if o, ok := s.Self.(*Object); ok {
				n, _ := v[0].(string)
				o.Attrs.Put(n, v[1])
			}
			return nil
		}), true
	case name == "__init__", name == "__init_subclass__", s.After.unknown != "":
		return NewRaw(name, func(in *Interp, a Args) Value {
			if s.After.unknown != "" && !strings.HasPrefix(name, "__") {
				return &Unknown{s.After.unknown + "." + name + "()"}
			}
			return nil
		}), true
	case name == "__new__":
		return NewRaw(name, func(in *Interp, a Args) Value {
			if c, ok := a.Pos[0].(*Class); ok && len(a.Pos) > 0 {
				return NewObject(c)
			}
			return nil
		}), true
	}
	return nil, false
}

func (f *Function) attr(name string) (Value, bool) {
	if f.attrs != nil {
		if v, ok := f.attrs.Get(name); ok {
			return v, true
		}
	}
	switch name {
	case "__name__", "__qualname__":
		return f.Name, true
	case "__doc__":
		return nil, true
	case "__module__":
		return "__main__", true
	case "__annotations__", "__dict__":
		return NewDict(), true
	case "__defaults__":
		return &Tuple{}, true
	}
	return nil, false
}

// SetAttr sets an attribute of a value.
func (in *Interp) SetAttr(v Value, name string, to Value) {
	switch x := v.(type) {
	case *Object:
		if f, _ := x.Class.Find(name); f != nil {
			if p, ok := f.(*Property); ok {
				if p.Set == nil {
					in.Raise(AttributeError, catalog.PythonReadOnly, x.Class.Name, name)
				}
				in.Call(p.Set, Positional(x, to))
				return
			}
		}
		if set, _ := x.Class.Find("__setattr__"); set != nil {
			in.Call(&Method{x, set}, Positional(name, to))
			return
		}
		x.Attrs.Put(name, to)
		in.Charge(1)
		return
	case *Class:
		if !x.Builtin {
			x.Attrs.Put(name, to)
			return
		}
	case *Module:
		x.Attrs.Put(name, to)
		return
	case *Function:
		if x.attrs == nil {
			x.attrs = NewDict()
		}
		x.attrs.Put(name, to)
		return
	case *Method:
		in.SetAttr(x.Fn, name, to)
		return
	case *Unknown, *Builtin:
		return
	case Assigned:
		if x.SetAttr(in, name, to) {
			return
		}
	}
	in.Raise(AttributeError, catalog.PythonReadOnly, in.TypeOf(v).Name, name)
}

// DelAttr deletes an attribute.
func (in *Interp) DelAttr(v Value, name string) {
	switch x := v.(type) {
	case *Object:
		if x.Attrs.Delete(name) {
			return
		}
	case *Class:
		if !x.Builtin && x.Attrs.Delete(name) {
			return
		}
	case *Unknown:
		return
	}
	in.Raise(AttributeError, catalog.PythonNoAttr, in.TypeOf(v).Name, name)
}
