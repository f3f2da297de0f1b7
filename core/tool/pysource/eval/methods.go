package eval

import (
	"slices"
	"strings"
	"unicode"

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

// text returns an argument as text, or or if there is none.
func (in *Interp) text(v Value, or string) string {
	if s, ok := unwrap(v).(string); ok {
		return s
	}
	if b, ok := v.(Bytes); ok {
		return string(b)
	}
	return or
}

func textMethods() {
	c := StrClass
	simple := func(name string, do func(s string) Value) {
		c.Method(name, "", func(in *Interp, v []Value) Value {
			s := in.text(v[0], "")
			in.Charge(int64(len(s)) / 16)
			return do(s)
		})
	}
	simple("lower", func(s string) Value { return strings.ToLower(s) })
	simple("casefold", func(s string) Value { return strings.ToLower(s) })
	simple("upper", func(s string) Value { return strings.ToUpper(s) })
	simple("title", func(s string) Value { return strings.Title(strings.ToLower(s)) }) //nolint:staticcheck
	simple("capitalize", func(s string) Value {
		if s == "" {
			return s
		}
		r := []rune(strings.ToLower(s))
		r[0] = unicode.ToUpper(r[0])
		return string(r)
	})
	every := func(name string, is func(r rune) bool) {
		simple(name, func(s string) Value {
			return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !is(r) })
		})
	}
	every("isdigit", unicode.IsDigit)
	every("isnumeric", unicode.IsDigit)
	every("isdecimal", unicode.IsDigit)
	every("isalpha", unicode.IsLetter)
	every("isspace", unicode.IsSpace)
	every("isalnum", func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	every("isupper", func(r rune) bool { return !unicode.IsLower(r) })
	every("islower", func(r rune) bool { return !unicode.IsUpper(r) })
	every("isidentifier", func(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) })
	simple("splitlines", func(s string) Value {
		l := &List{}
		for line := range strings.Lines(s) {
			l.Items = append(l.Items, strings.TrimRight(line, "\r\n"))
		}
		return l
	})
	simple("encode", func(s string) Value { return Bytes(s) })
	for name, cut := range map[string]func(s, set string) string{"strip": strings.Trim, "lstrip": strings.TrimLeft,
		"rstrip": strings.TrimRight} {
		c.Method(name, "chars?", func(in *Interp, v []Value) Value {
			return cut(in.text(v[0], ""), in.text(v[1],
				" \t\r\n\f\v"))
		})
	}
	for name, cut := range map[string]func(s, part string) string{"removeprefix": strings.TrimPrefix,
		"removesuffix": strings.TrimSuffix} {
		c.Method(name, "part", func(in *Interp, v []Value) Value { return cut(in.text(v[0], ""), in.text(v[1], "")) })
	}
	for name, has := range map[string]func(s, part string) bool{"startswith": strings.HasPrefix,
		"endswith": strings.HasSuffix} {
		c.Method(name, "part *range", func(in *Interp, v []Value) Value {
			if t, ok := v[1].(*Tuple); ok {
				for _, p := range t.Items {
					if has(in.text(v[0], ""), in.text(p, "")) {
						return true
					}
				}
				return false
			}
			return has(in.text(v[0], ""), in.text(v[1], ""))
		})
	}
	for _, name := range []string{"split", "rsplit"} {
		c.Method(name, "sep? maxsplit?", func(in *Interp, v []Value) Value {
			s, most := in.text(v[0], ""), int64(-1)
			if n, ok := whole(v[2]); ok {
				most = n
			}
			in.Charge(int64(len(s)) / 4)
			var parts []string
			switch sep := in.text(v[1], ""); {
			case sep == "" && !IsNone(v[1]):
				in.Raise(ValueError, catalog.PythonFormat, "''")
			case sep == "":
				parts = strings.Fields(s)
			case name == "rsplit" && most >= 0:
				for ; most > 0 && strings.Contains(s, sep); most-- {
					at := strings.LastIndex(s, sep)
					parts = append(parts, s[at+len(sep):])
					s = s[:at]
				}
				parts = append(parts, s)
				slices.Reverse(parts)
			case most >= 0:
				parts = strings.SplitN(s, sep, int(min(most, 1<<20))+1)
			default:
				parts = strings.Split(s, sep)
			}
			l := &List{}
			for _, p := range parts {
				l.Items = append(l.Items, p)
			}
			return l
		})
	}
	for _, name := range []string{"partition", "rpartition"} {
		c.Method(name, "sep", func(in *Interp, v []Value) Value {
			s, sep := in.text(v[0], ""), in.text(v[1], " ")
			at := strings.Index(s, sep)
			if name == "rpartition" {
				at = strings.LastIndex(s, sep)
			}
			if at < 0 {
				return NewTuple(s, "", "")
			}
			return NewTuple(s[:at], sep, s[at+len(sep):])
		})
	}
	c.Method("join", "items", func(in *Interp, v []Value) Value {
		var parts []string
		n := 0
		for _, item := range in.Items(v[1]) {
			s, ok := unwrap(item).(string)
			if !ok {
				if u, unknown := item.(*Unknown); unknown {
					s = u.Name
				} else {
					in.Raise(TypeError, catalog.PythonOperands, "join", "str", in.TypeOf(item).Name)
				}
			}
			parts = append(parts, s)
			n += len(s)
		}
		sep := in.text(v[0], "")
		in.Charge(int64(n+len(sep)*len(parts)) / 16)
		return strings.Join(parts, sep)
	})
	c.Method("replace", "old new count?", func(in *Interp, v []Value) Value {
		s, old, by, n := in.text(v[0], ""), in.text(v[1], ""), in.text(v[2], ""), -1
		if k, ok := whole(v[3]); ok {
			n = int(max(min(k, 1<<20), -1))
		}
		in.Charge(int64(strings.Count(s, old)*len(by)+len(s)) / 16)
		return strings.Replace(s, old, by, n)
	})
	for name, at := range map[string]func(s, part string) int{"find": strings.Index, "rfind": strings.LastIndex,
		"index": strings.Index, "rindex": strings.LastIndex} {
		c.Method(name, "part *range", func(in *Interp, v []Value) Value {
			s := in.text(v[0], "")
			i := at(s, in.text(v[1], ""))
			if i < 0 {
				if strings.HasSuffix(name, "index") {
					in.Raise(ValueError, catalog.PythonNotIn)
				}
				return int64(-1)
			}
			return int64(len([]rune(s[:i])))
		})
	}
	c.Method("count", "part", func(in *Interp, v []Value) Value {
		return int64(strings.Count(in.text(v[0], ""),
			in.text(v[1], "")))
	})
	for name, align := range map[string]string{"ljust": "<", "rjust": ">", "center": "^"} {
		c.Method(name, "width fill?", func(in *Interp, v []Value) Value {
			return in.format(in.text(v[0], ""), in.text(v[2], " ")+align+in.Str(v[1]))
		})
	}
	c.Method("zfill", "width", func(in *Interp, v []Value) Value {
		return in.format(in.text(v[0], ""), "0="+in.Str(v[1]))
	})
	c.Method("format", "*args **names", func(in *Interp, v []Value) Value {
		return in.formatMethod(in.text(v[0], ""), v[1].(*Tuple).Items, v[2].(*Dict))
	})
	c.Method("expandtabs", "n?", func(in *Interp, v []Value) Value {
		return strings.ReplaceAll(in.text(v[0], ""),
			"\t", "        ")
	})
	BytesClass.Method("decode", "*rest", func(in *Interp, v []Value) Value { return in.text(v[0], "") })
}
