package eval

import (
	"iter"
	"unicode/utf8"

	"paramstack/core/catalog"
)

// Iter returns an iterator over a value. What is unknown has no items: a loop over
// the batches of an unknown data set does not run.
func (in *Interp) Iter(v Value) *Iter {
	switch x := unwrap(v).(type) {
	case *Iter:
		return x
	case *List:
		return in.over(func() []Value { return x.Items })
	case *Tuple:
		return in.over(func() []Value { return x.Items })
	case *Dict:
		return keysOf(x)
	case *Set:
		return keysOf(x.Dict)
	case *Range:
		i, n := int64(0), x.Len()
		return &Iter{Next: func() (Value, bool) {
			if i >= n {
				return nil, false
			}
			i++
			return x.From + (i-1)*x.Step, true
		}}
	case string:
		return &Iter{Next: func() (Value, bool) {
			if x == "" {
				return nil, false
			}
			_, n := utf8.DecodeRuneInString(x)
			c := x[:n]
			x = x[n:]
			return c, true
		}}
	case Bytes:
		i := 0
		return &Iter{Next: func() (Value, bool) {
			if i++; i > len(x) {
				return nil, false
			}
			return int64(x[i-1]), true
		}}
	case *Unknown:
		in.skipped(x)
		return &Iter{Next: func() (Value, bool) { return nil, false }}
	case *Class:
		if members, ok := x.Attrs.Get("__members__"); ok {
			return in.Iter(NewList(valuesOf(members.(*Dict))...))
		}
	case Iterated:
		return x.Iterate(in)
	case *Object:
		return in.objectIter(x)
	}
	in.Raise(TypeError, catalog.PythonNotIterable, in.TypeOf(v).Name)
	return nil
}

func (in *Interp) objectIter(o *Object) *Iter {
	if fn, _ := o.Class.Find("__iter__"); fn != nil {
		got := in.Call(&Method{o, fn}, Args{})
		if same, ok := got.(*Object); ok {
			next, _ := same.Class.Find("__next__")
			if next == nil {
				in.Raise(TypeError, catalog.PythonNotIterable, same.Class.Name)
			}
			return &Iter{Next: func() (v Value, ok bool) {
				exc := in.attempt(func() { v = in.Call(&Method{same, next}, Args{}) })
				if exc == nil {
					return v, true
				}
				if exc.exc.Class.Is(StopIteration) {
					return nil, false
				}
				panic(exc)
			}}
		}
		return in.Iter(got)
	}
	if fn, _ := o.Class.Find("__getitem__"); fn != nil {
		i := int64(0)
		return &Iter{Next: func() (v Value, ok bool) {
			exc := in.attempt(func() { v = in.Call(&Method{o, fn}, Positional(i)) })
			i++
			if exc == nil {
				return v, true
			}
			if exc.exc.Class.Is(IndexError) {
				return nil, false
			}
			panic(exc)
		}}
	}
	if o.Class.unknown != "" {
		return &Iter{Next: func() (Value, bool) { return nil, false }}
	}
	in.Raise(TypeError, catalog.PythonNotIterable, o.Class.Name)
	return nil
}

// over iterates over items that may change on the way, as a list's do.
func (in *Interp) over(items func() []Value) *Iter {
	i := 0
	return &Iter{Next: func() (Value, bool) {
		all := items()
		if i >= len(all) {
			return nil, false
		}
		i++
		return all[i-1], true
	}}
}

func keysOf(d *Dict) *Iter {
	i := 0
	return &Iter{Next: func() (Value, bool) {
		for ; i < len(d.entries); i++ {
			if d.entries[i].hash != nil {
				i++
				return d.entries[i-1].key, true
			}
		}
		return nil, false
	}}
}

func valuesOf(d *Dict) []Value {
	var all []Value
	d.Each(func(_, v Value) { all = append(all, v) })
	return all
}

// Items returns all items of a value.
func (in *Interp) Items(v Value) []Value {
	switch x := unwrap(v).(type) {
	case *List:
		return x.Items
	case *Tuple:
		return x.Items
	}
	var all []Value
	it := in.Iter(v)
	for {
		x, ok := it.Next()
		if !ok {
			return all
		}
		in.tick()
		in.Charge(1)
		all = append(all, x)
	}
}

// generator runs body up to each value that is asked for. It is a coroutine: body
// waits while nobody asks.
func (in *Interp) generator(body func(yield func(Value) bool)) *Iter {
	const most = 10_000
	if len(in.live) >= most {
		in.Forbid(catalog.PythonMemory)
	}
	var raise any
	next, stop := iter.Pull(func(yield func(Value) bool) {
		defer func() { // an exception goes on where the value was asked for
			switch r := recover().(type) {
			case nil, stopped:
			default:
				raise = r
			}
		}()
		body(yield)
	})
	it := &Iter{}
	busy := false
	it.Next = func() (Value, bool) {
		if busy {
			in.Raise(ValueError, catalog.PythonUnsupported, "generator")
		}
		frames, file, at, depth := in.frames, in.file, in.at, in.depth
		if in.depth++; in.depth > in.Limits.Depth {
			in.Forbid(catalog.PythonRecursion, in.Limits.Depth)
		}
		busy = true
		v, ok := next()
		busy = false
		in.frames, in.file, in.at, in.depth = frames, file, at, depth
		if raise != nil {
			r := raise
			raise = nil
			panic(r)
		}
		return v, ok
	}
	it.close = stop
	in.live = append(in.live, it)
	return it
}

// Len returns how many items a range has.
func (r *Range) Len() int64 {
	switch {
	case r.Step > 0 && r.From < r.To:
		return int64((uint64(r.To)-uint64(r.From)-1)/uint64(r.Step)) + 1
	case r.Step < 0 && r.From > r.To:
		return int64((uint64(r.From)-uint64(r.To)-1)/uint64(-r.Step)) + 1
	default:
		return 0
	}
}
