package eval

import (
	"slices"

	"paramstack/core/catalog"
)

// extreme works min and max out.
func (in *Interp) extreme(op string, a Args) Value {
	items := a.Pos
	if len(items) == 1 {
		items = in.Items(items[0])
	}
	for _, v := range items {
		if u, ok := v.(*Unknown); ok {
			return u
		}
	}
	if len(items) == 0 {
		if v, ok := a.Get("default"); ok {
			return v
		}
		in.Raise(ValueError, catalog.PythonNoItems)
	}
	key, _ := a.Get("key")
	by := func(v Value) Value {
		if key == nil {
			return v
		}
		return in.Call(key, Positional(v))
	}
	best := items[0]
	bestKey := by(best)
	for _, v := range items[1:] {
		if k := by(v); in.Truth(in.Compare(op, k, bestKey)) {
			best, bestKey = v, k
		}
	}
	return best
}

// holds reports whether an item is true, or false.
func (in *Interp) holds(items Value, as bool) bool {
	it := in.Iter(items)
	for {
		v, ok := it.Next()
		if !ok {
			return false
		}
		if in.Truth(v) == as {
			return true
		}
	}
}

func (in *Interp) sort(items []Value, key, reverse Value) {
	keys := make([]Value, len(items))
	order := make([]int, len(items))
	for i, v := range items {
		order[i] = i
		if keys[i] = v; !IsNone(key) {
			keys[i] = in.Call(key, Positional(v))
		}
	}
	backwards := !IsNone(reverse) && in.Truth(reverse)
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := unwrap(keys[a]), unwrap(keys[b])
		c, ok := in.order(x, y, 0)
		if !ok && !isUnknown(x) && !isUnknown(y) {
			in.Raise(TypeError, catalog.PythonOperands, "<", in.TypeOf(x).Name, in.TypeOf(y).Name)
		}
		if backwards {
			return -c
		}
		return c
	})
	was := slices.Clone(items)
	for i, k := range order {
		items[i] = was[k]
	}
}
