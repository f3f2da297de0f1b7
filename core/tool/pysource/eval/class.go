package eval

import (
	"slices"

	"paramstack/core/catalog"
)

// A Class is a class, of the source or of Go.
type Class struct {
	Name  string
	Bases []*Class
	mro   []*Class
	Attrs *Dict
	// Make returns a new value of a class of Go; nil: an Object. It may be inherited.
	Make func(in *Interp, c *Class, a Args) Value
	// Fields are the names that the body annotates, in order.
	Fields []string
	// Builtin classes cannot be changed by a source.
	Builtin bool
	// unknown: a base is not known, so attributes may be missing.
	unknown string
	// At is where its source is.
	At    Place
	cell  *cell
	taken bool // Make takes all arguments, of a subclass too
}

// NewClass returns a class of Go. It panics if the bases contradict each other,
// which is a fault of the program.
func NewClass(name string, bases ...*Class) *Class {
	if len(bases) == 0 && ObjectClass != nil {
		bases = []*Class{ObjectClass}
	}
	c := &Class{Name: name, Bases: bases, Attrs: NewDict(), Builtin: true}
	if !c.order() {
		panic("bases of " + name)
	}
	return c
}

// order sets the order in which bases are searched (C3); false if there is none.
func (c *Class) order() bool {
	var lists [][]*Class
	for _, b := range c.Bases {
		lists = append(lists, slices.Clone(b.mro))
	}
	lists = append(lists, slices.Clone(c.Bases))
	c.mro = []*Class{c}
	for {
		lists = slices.DeleteFunc(lists, func(l []*Class) bool { return len(l) == 0 })
		if len(lists) == 0 {
			return true
		}
		var next *Class
		for _, l := range lists {
			if !slices.ContainsFunc(lists, func(o []*Class) bool { return slices.Contains(o[1:], l[0]) }) {
				next = l[0]
				break
			}
		}
		if next == nil {
			return false
		}
		c.mro = append(c.mro, next)
		for i := range lists {
			if lists[i][0] == next {
				lists[i] = lists[i][1:]
			}
		}
	}
}

// Is reports whether c is a class or one of its subclasses.
func (c *Class) Is(of *Class) bool { return slices.Contains(c.mro, of) }

// Find returns an attribute of the class or its bases.
func (c *Class) Find(name string) (Value, *Class) {
	for _, k := range c.mro {
		if v, ok := k.Attrs.Get(name); ok {
			return v, k
		}
	}
	return nil, nil
}

// Method adds a method of Go. sig lists its parameters behind self, as NewBuiltin has
// them.
func (c *Class) Method(name, sig string, do func(in *Interp, v []Value) Value) {
	c.Attrs.Put(name, NewBuiltin(name, "self "+sig, do))
}

// Getter adds a property of Go.
func (c *Class) Getter(name string, get func(in *Interp, self Value) Value) {
	c.Attrs.Put(name, &Property{Get: NewBuiltin(name, "self", func(in *Interp, v []Value) Value {
		return get(in,
			v[0])
	})})
}

// maker returns the function that makes values of the class.
func (c *Class) maker() func(in *Interp, c *Class, a Args) Value {
	for _, k := range c.mro {
		if k.Make != nil {
			return k.Make
		}
	}
	return nil
}

// new makes an instance of a class: __new__, then __init__.
func (in *Interp) new(c *Class, a Args) Value {
	var v Value
	if fn, _ := c.Find("__new__"); fn != nil {
		if s, ok := fn.(*Static); ok {
			fn = s.Fn
		}
		v = in.Call(fn, Args{append([]Value{c}, a.Pos...), a.Names, a.Named})
		if in.TypeOf(v) != c {
			return v
		}
	} else if mk := c.maker(); mk != nil {
		v = mk(in, c, a)
		if c.Builtin && c.Make != nil || takes(c) {
			return v
		}
	} else {
		v = NewObject(c)
	}
	init, owner := c.Find("__init__")
	switch {
	case init != nil:
		in.Call(&Method{v, init}, a)
		if fn, ok := init.(*Function); ok && in.Made != nil {
			if o, ok := v.(*Object); ok {
				in.Made(o, fn, a)
			}
		}
	case owner == nil && len(a.Pos)+len(a.Named) > 0 && c.maker() == nil && c.unknown == "":
		in.Raise(TypeError, catalog.PythonTooMany, c.Name, 0, len(a.Pos)+len(a.Named))
	}
	return v
}

// takes reports whether what makes values of a class has taken the arguments.
func takes(c *Class) bool {
	for _, k := range c.mro {
		if k.taken {
			return true
		}
	}
	return false
}

// NewObject returns an instance of a class without calling its __init__.
func NewObject(c *Class) *Object { return &Object{Class: c, Attrs: NewDict()} }
