package eval

import (
	"unicode/utf8"

	"paramstack/core/catalog"
)

// Len returns the length of a value.
func (in *Interp) Len(v Value) int64 {
	switch x := unwrap(v).(type) {
	case string:
		return int64(utf8.RuneCountInString(x))
	case Bytes:
		return int64(len(x))
	case *List:
		return int64(len(x.Items))
	case *Tuple:
		return int64(len(x.Items))
	case *Dict:
		return int64(x.Len())
	case *Set:
		return int64(x.Dict.Len())
	case *Range:
		return x.Len()
	case Sized:
		return x.Len(in)
	case *Unknown:
		in.Raise(TypeError, catalog.PythonUnknownValue, x.Name)
	case *Class:
		if members, ok := x.Attrs.Get("__members__"); ok {
			return int64(members.(*Dict).Len())
		}
	case *Object:
		if fn, _ := x.Class.Find("__len__"); fn != nil {
			n, _ := whole(in.Call(&Method{x, fn}, Args{}))
			return n
		}
	}
	in.Raise(TypeError, catalog.PythonNoLen, in.TypeOf(v).Name)
	return 0
}

// Item works v[key] out.
func (in *Interp) Item(v, key Value) Value {
	if o, ok := v.(*Object); ok {
		if fn, _ := o.Class.Find("__getitem__"); fn != nil {
			return in.Call(&Method{o, fn}, Positional(key))
		}
	}
	switch x := unwrap(v).(type) {
	case *List:
		if s, ok := key.(*Slice); ok {
			return &List{Items: sliced(in, x.Items, s)}
		}
		return x.Items[in.index(key, int64(len(x.Items)))]
	case *Tuple:
		if s, ok := key.(*Slice); ok {
			return &Tuple{Items: sliced(in, x.Items, s)}
		}
		return x.Items[in.index(key, int64(len(x.Items)))]
	case *Dict:
		got, ok := x.Get(in.key(key))
		if ok {
			return got
		}
		if o, isObject := v.(*Object); isObject {
			if fn, _ := o.Class.Find("__missing__"); fn != nil {
				return in.Call(&Method{o, fn}, Positional(key))
			}
		}
		in.Raise(KeyError, catalog.PythonNoKey, clip(in.Repr(key)))
	case string:
		r := []rune(x)
		if s, ok := key.(*Slice); ok {
			from, step, n := in.slice(s, int64(len(r)))
			cut := make([]rune, 0, n)
			for i := range n {
				cut = append(cut, r[from+i*step])
			}
			return string(cut)
		}
		return string(r[in.index(key, int64(len(r)))])
	case Bytes:
		return int64(x[in.index(key, int64(len(x)))])
	case *Range:
		if s, ok := key.(*Slice); ok {
			from, step, n := in.slice(s, x.Len())
			start := x.From + from*x.Step
			return &Range{start, start + n*step*x.Step, step * x.Step}
		}
		return x.From + in.index(key, x.Len())*x.Step
	case *Unknown:
		return x.called()
	case *Class:
		if members, ok := x.Attrs.Get("__members__"); ok {
			if m, ok := members.(*Dict).Get(key); ok {
				return m
			}
			in.Raise(KeyError, catalog.PythonNoKey, clip(in.Repr(key)))
		}
		return x // list[int]
	case Indexed:
		return x.Item(in, key)
	case *Builtin: // a type of typing
		return x
	}
	in.Raise(TypeError, catalog.PythonNoIndex, in.TypeOf(v).Name)
	return nil
}

// index returns a place in n items.
func (in *Interp) index(key Value, n int64) int64 {
	i, ok := whole(key)
	if !ok {
		if u, unknown := key.(*Unknown); unknown {
			in.Raise(TypeError, catalog.PythonUnknownValue, u.Name)
		}
		in.Raise(TypeError, catalog.PythonBadIndex, in.TypeOf(key).Name)
	}
	if i < -n || i >= n {
		in.Raise(IndexError, catalog.PythonIndex, i, n)
	}
	if i < 0 {
		i += n
	}
	return i
}

// slice returns the first place of a slice of n items, the step, and how many.
func (in *Interp) slice(s *Slice, n int64) (from, step, count int64) {
	bound := func(v Value, or int64) int64 {
		if v == nil {
			return or
		}
		i, ok := whole(v)
		if !ok {
			in.Raise(TypeError, catalog.PythonBadIndex, in.TypeOf(v).Name)
		}
		return i
	}
	if step = bound(s.Step, 1); step == 0 {
		in.Raise(ValueError, catalog.PythonZeroStep)
	}
	place := func(i, low, high int64) int64 {
		if i < 0 {
			i += n
		}
		return min(max(i, low), high)
	}
	if step > 0 {
		from = place(bound(s.From, 0), 0, n)
		to := place(bound(s.To, n), 0, n)
		if to > from {
			count = (to-from-1)/step + 1
		}
		return from, step, count
	}
	from, to := n-1, int64(-1)
	if s.From != nil {
		from = place(bound(s.From, 0), -1, n-1)
	}
	if s.To != nil {
		to = place(bound(s.To, 0), -1, n-1)
	}
	if from > to {
		count = (from-to-1)/max(-step, 1) + 1
	}
	return from, step, count
}

// SliceOf returns the first place of a slice of n items, the step, and how many.
func (in *Interp) SliceOf(s *Slice, n int64) (from, step, count int64) { return in.slice(s, n) }

func sliced(in *Interp, items []Value, s *Slice) []Value {
	from, step, n := in.slice(s, int64(len(items)))
	in.Charge(n)
	cut := make([]Value, n)
	for i := range n {
		cut[i] = items[from+i*step]
	}
	return cut
}

// SetItem works v[key] = to out.
func (in *Interp) SetItem(v, key, to Value) {
	if o, ok := v.(*Object); ok {
		if fn, _ := o.Class.Find("__setitem__"); fn != nil {
			in.Call(&Method{o, fn}, Positional(key, to))
			return
		}
	}
	switch x := unwrap(v).(type) {
	case *List:
		if s, ok := key.(*Slice); ok {
			in.setSlice(x, s, in.Items(to))
			return
		}
		x.Items[in.index(key, int64(len(x.Items)))] = to
		return
	case *Dict:
		x.Put(in.key(key), to)
		in.Charge(2)
		return
	case *Unknown:
		return
	case IndexAssigned:
		x.SetItem(in, key, to)
		return
	}
	in.Raise(TypeError, catalog.PythonNoIndex, in.TypeOf(v).Name)
}

func (in *Interp) setSlice(l *List, s *Slice, items []Value) {
	from, step, n := in.slice(s, int64(len(l.Items)))
	in.Charge(int64(len(items)))
	if step != 1 {
		if int64(len(items)) != n {
			in.Raise(ValueError, catalog.PythonUnpack, n, len(items))
		}
		for i := range n {
			l.Items[from+i*step] = items[i]
		}
		return
	}
	rest := append([]Value(nil), l.Items[from+n:]...)
	l.Items = append(append(l.Items[:from:from], items...), rest...)
}

// DelItem works del v[key] out.
func (in *Interp) DelItem(v, key Value) {
	if o, ok := v.(*Object); ok {
		if fn, _ := o.Class.Find("__delitem__"); fn != nil {
			in.Call(&Method{o, fn}, Positional(key))
			return
		}
	}
	switch x := unwrap(v).(type) {
	case *List:
		if s, ok := key.(*Slice); ok {
			in.setSlice(x, s, nil)
			return
		}
		i := in.index(key, int64(len(x.Items)))
		x.Items = append(x.Items[:i:i], x.Items[i+1:]...)
		return
	case *Dict:
		if x.Delete(in.key(key)) {
			return
		}
		in.Raise(KeyError, catalog.PythonNoKey, clip(in.Repr(key)))
	case *Unknown:
		return
	}
	in.Raise(TypeError, catalog.PythonNoIndex, in.TypeOf(v).Name)
}
