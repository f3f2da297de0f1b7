package eval

import (
	"paramstack/core/catalog"
)

func copyModule(*Interp) *Module {
	return NewModule("copy",
		fn("copy", "x", func(in *Interp, v []Value) Value { return in.Copy(v[0], false) }),
		fn("deepcopy", "x memo?", func(in *Interp, v []Value) Value { return in.Copy(v[0], true) }))
}

// A Copier is a value of a framework that can be copied.
type Copier interface {
	Copy(in *Interp, deep func(Value) Value) Value
}

// Copy copies a value, deep with all that is in it. What is in it twice stays one.
func (in *Interp) Copy(v Value, deep bool) Value {
	seen := map[Value]Value{}
	depth := 0
	var inner func(v Value) Value
	var one func(v Value) Value
	inner = func(v Value) Value {
		if !deep {
			return v
		}
		return one(v)
	}
	one = func(v Value) Value {
		in.tick()
		switch v.(type) {
		case *List, *Dict, *Set, *Tuple, *Object, Copier:
		default:
			return v
		}
		if c, ok := seen[v]; ok {
			return c
		}
		if depth++; depth > in.Limits.Depth {
			in.Forbid(catalog.PythonRecursion, in.Limits.Depth)
		}
		defer func() { depth-- }()
		in.Charge(8)
		switch x := v.(type) {
		case *List:
			c := &List{}
			seen[v] = c
			for _, item := range x.Items {
				c.Items = append(c.Items, inner(item))
			}
			in.Charge(int64(len(c.Items)))
			return c
		case *Tuple:
			c := &Tuple{Class: x.Class}
			for _, item := range x.Items {
				c.Items = append(c.Items, inner(item))
			}
			seen[v] = c
			return c
		case *Dict:
			c := NewDict()
			seen[v] = c
			x.Each(func(k, item Value) { c.Put(k, inner(item)) })
			in.Charge(2 * int64(c.Len()))
			return c
		case *Set:
			return &Set{x.Dict.Copy()}
		case *Object:
			c := &Object{Class: x.Class, Attrs: NewDict(), Native: x.Native}
			seen[v] = c
			switch n := x.Native.(type) {
			case *List, *Dict, *Set, *Tuple:
				c.Native = one(n)
			case Copier:
				c.Native = n.Copy(in, inner)
			}
			x.Attrs.Each(func(k, item Value) { c.Attrs.Put(k, inner(item)) })
			return c
		case Copier:
			c := x.Copy(in, inner)
			seen[v] = c
			return c
		}
		return v
	}
	return one(v)
}
