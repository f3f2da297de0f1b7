package eval

import (
	"slices"

	"paramstack/core/catalog"
)

// The methods of Python's own classes.
func init() {
	listMethods()
	dictMethods()
	setMethods()
	textMethods()
	IntClass.Method("bit_length", "", func(in *Interp, v []Value) Value {
		n, _ := bigOf(v[0])
		return int64(n.BitLen())
	})
	IntClass.Getter("real", func(_ *Interp, v Value) Value { return v })
	FloatClass.Method("is_integer", "", func(in *Interp, v []Value) Value {
		x, _ := numberOf(v[0])
		return x == float64(int64(x))
	})
	IntClass.Method("is_integer", "", func(*Interp, []Value) Value { return true })
	IteratorClass.Method("__next__", "", func(in *Interp, v []Value) Value {
		if x, ok := v[0].(*Iter).Next(); ok {
			return x
		}
		in.Raise(StopIteration, catalog.PythonNoItems)
		return nil
	})
	IteratorClass.Method("__iter__", "", func(in *Interp, v []Value) Value { return v[0] })
}

func list(v Value) *List {
	if l, ok := unwrap(v).(*List); ok {
		return l
	}
	return &List{}
}

func listMethods() {
	c := ListClass
	c.Method("append", "x", func(in *Interp, v []Value) Value {
		in.Charge(1)
		l := list(v[0])
		l.Items = append(l.Items, v[1])
		return nil
	})
	c.Method("extend", "x", func(in *Interp, v []Value) Value {
		items := in.Items(v[1])
		in.Charge(int64(len(items)))
		l := list(v[0])
		l.Items = append(l.Items, items...)
		return nil
	})
	c.Method("insert", "i x", func(in *Interp, v []Value) Value {
		in.Charge(1)
		l := list(v[0])
		i, _ := whole(v[1])
		if i < 0 {
			i += int64(len(l.Items))
		}
		l.Items = slices.Insert(l.Items, int(min(max(i, 0), int64(len(l.Items)))), v[2])
		return nil
	})
	c.Method("pop", "i?", func(in *Interp, v []Value) Value {
		l := list(v[0])
		if len(l.Items) == 0 {
			in.Raise(IndexError, catalog.PythonNoItems)
		}
		i := int64(len(l.Items)) - 1
		if v[1] != Value(Absent) {
			i = in.index(v[1], int64(len(l.Items)))
		}
		x := l.Items[i]
		l.Items = append(l.Items[:i:i], l.Items[i+1:]...)
		return x
	})
	c.Method("remove", "x", func(in *Interp, v []Value) Value {
		l := list(v[0])
		for i, x := range l.Items {
			if in.Equal(x, v[1]) {
				l.Items = append(l.Items[:i:i], l.Items[i+1:]...)
				return nil
			}
		}
		in.Raise(ValueError, catalog.PythonNotIn)
		return nil
	})
	c.Method("clear", "", func(in *Interp, v []Value) Value { list(v[0]).Items = nil; return nil })
	c.Method("copy", "", func(in *Interp, v []Value) Value {
		in.Charge(int64(len(list(v[0]).Items)))
		return &List{Items: slices.Clone(list(v[0]).Items)}
	})
	c.Method("reverse", "", func(in *Interp, v []Value) Value { slices.Reverse(list(v[0]).Items); return nil })
	c.Method("sort", "key? reverse?", func(in *Interp, v []Value) Value {
		in.sort(list(v[0]).Items, v[1], v[2])
		return nil
	})
	for _, c := range []*Class{ListClass, TupleClass} {
		c.Method("index", "x *rest", func(in *Interp, v []Value) Value {
			for i, x := range in.Items(v[0]) {
				if in.Equal(x, v[1]) {
					return int64(i)
				}
			}
			in.Raise(ValueError, catalog.PythonNotIn)
			return nil
		})
		c.Method("count", "x", func(in *Interp, v []Value) Value {
			n := int64(0)
			for _, x := range in.Items(v[0]) {
				if in.Equal(x, v[1]) {
					n++
				}
			}
			return n
		})
		c.Method("__len__", "", func(in *Interp, v []Value) Value { return in.Len(unwrap(v[0])) })
		c.Method("__contains__", "x", func(in *Interp, v []Value) Value { return in.contains(unwrap(v[0]), v[1]) })
	}
	// Getters that subclasses call by super().
	c.Method("__getitem__", "i", func(in *Interp, v []Value) Value { return in.Item(unwrap(v[0]), v[1]) })
}

func dict(v Value) *Dict {
	if d, ok := unwrap(v).(*Dict); ok {
		return d
	}
	return NewDict()
}

func dictMethods() {
	c := DictClass
	c.Method("keys", "", func(in *Interp, v []Value) Value { return &List{Items: dict(v[0]).Keys()} })
	c.Method("values", "", func(in *Interp, v []Value) Value { return &List{Items: valuesOf(dict(v[0]))} })
	c.Method("items", "", func(in *Interp, v []Value) Value {
		l := &List{}
		dict(v[0]).Each(func(k, x Value) { l.Items = append(l.Items, NewTuple(k, x)) })
		in.Charge(2 * int64(len(l.Items)))
		return l
	})
	c.Method("get", "key default?", func(in *Interp, v []Value) Value {
		if x, ok := dict(v[0]).Get(in.key(v[1])); ok {
			return x
		}
		if v[2] == Value(Absent) {
			return nil
		}
		return v[2]
	})
	c.Method("pop", "key default?", func(in *Interp, v []Value) Value {
		d := dict(v[0])
		if x, ok := d.Get(in.key(v[1])); ok {
			d.Delete(v[1])
			return x
		}
		if v[2] == Value(Absent) {
			in.Raise(KeyError, catalog.PythonNoKey, clip(in.Repr(v[1])))
		}
		return v[2]
	})
	c.Method("popitem", "last?", func(in *Interp, v []Value) Value {
		d := dict(v[0])
		keys := d.Keys()
		if len(keys) == 0 {
			in.Raise(KeyError, catalog.PythonNoItems)
		}
		k := keys[len(keys)-1]
		if v[1] != Value(Absent) && !in.Truth(v[1]) {
			k = keys[0]
		}
		x, _ := d.Get(k)
		d.Delete(k)
		return NewTuple(k, x)
	})
	c.Method("setdefault", "key default?", func(in *Interp, v []Value) Value {
		d := dict(v[0])
		if x, ok := d.Get(in.key(v[1])); ok {
			return x
		}
		x := v[2]
		if x == Value(Absent) {
			x = nil
		}
		d.Put(v[1], x)
		in.Charge(2)
		return x
	})
	c.Method("update", "*from **names", func(in *Interp, v []Value) Value {
		d := dict(v[0])
		for _, from := range v[1].(*Tuple).Items {
			in.update(d, from)
		}
		in.update(d, v[2])
		return nil
	})
	c.Method("copy", "", func(in *Interp, v []Value) Value {
		in.Charge(2 * int64(dict(v[0]).Len()))
		return dict(v[0]).Copy()
	})
	c.Method("clear", "", func(in *Interp, v []Value) Value { dict(v[0]).Clear(); return nil })
	c.Method("move_to_end", "key last?", func(in *Interp, v []Value) Value {
		d := dict(v[0])
		x, _ := d.Get(v[1])
		d.Delete(v[1])
		d.Put(v[1], x)
		return nil
	})
	c.Attrs.Put("fromkeys", &Static{fn("fromkeys", "keys value?", func(in *Interp, v []Value) Value {
		d := NewDict()
		x := v[1]
		if IsNone(x) {
			x = nil
		}
		for _, k := range in.Items(v[0]) {
			d.Put(in.key(k), x)
		}
		in.Charge(2 * int64(d.Len()))
		return d
	})})
	c.Method("__setitem__", "key x", func(in *Interp, v []Value) Value {
		dict(v[0]).Put(in.key(v[1]), v[2])
		in.Charge(2)
		return nil
	})
	c.Method("__contains__", "key", func(in *Interp, v []Value) Value { return in.contains(unwrap(v[0]), v[1]) })
}

func set(v Value) *Set {
	if s, ok := unwrap(v).(*Set); ok {
		return s
	}
	return &Set{NewDict()}
}

func setMethods() {
	c := SetClass
	c.Method("add", "x", func(in *Interp, v []Value) Value {
		set(v[0]).Dict.Put(in.key(v[1]), true)
		in.Charge(2)
		return nil
	})
	for _, name := range []string{"discard", "remove"} {
		c.Method(name, "x", func(in *Interp, v []Value) Value {
			if !set(v[0]).Dict.Delete(in.key(v[1])) && name == "remove" {
				in.Raise(KeyError, catalog.PythonNoKey, clip(in.Repr(v[1])))
			}
			return nil
		})
	}
	for name, op := range map[string]string{"union": "|", "intersection": "&", "difference": "-",
		"symmetric_difference": "^"} {
		c.Method(name, "*others", func(in *Interp, v []Value) Value {
			var s Value = set(v[0])
			for _, o := range v[1].(*Tuple).Items {
				other := SetClass.Make(in, SetClass, Positional(o))
				s = in.Binary(op, s, other)
			}
			return s
		})
	}
	c.Method("update", "*others", func(in *Interp, v []Value) Value {
		for _, o := range v[1].(*Tuple).Items {
			for _, x := range in.Items(o) {
				set(v[0]).Dict.Put(in.key(x), true)
				in.Charge(2)
			}
		}
		return nil
	})
	c.Method("copy", "", func(in *Interp, v []Value) Value { return &Set{set(v[0]).Dict.Copy()} })
	c.Method("issubset", "o", func(in *Interp, v []Value) Value {
		for _, k := range set(v[0]).Dict.Keys() {
			if !in.Truth(in.contains(v[1], k)) {
				return false
			}
		}
		return true
	})
}
