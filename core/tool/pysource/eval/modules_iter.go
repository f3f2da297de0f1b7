package eval

import (
	"math"
	"slices"
	"strings"
)

func itertoolsModule(*Interp) *Module {
	tuples := func(each func(in *Interp, v []Value, yield func([]Value) bool)) func(in *Interp, v []Value) Value {
		return func(in *Interp, v []Value) Value {
			return in.generator(func(yield func(Value) bool) {
				each(in, v, func(items []Value) bool {
					in.tick()
					in.Charge(int64(len(items)))
					return yield(&Tuple{Items: slices.Clone(items)})
				})
			})
		}
	}
	chain := func(in *Interp, all []Value) Value {
		return in.generator(func(yield func(Value) bool) {
			for _, a := range all {
				for it := in.Iter(a); ; {
					v, ok := it.Next()
					if !ok {
						break
					}
					if !yield(v) {
						return
					}
				}
			}
		})
	}
	m := NewModule("itertools",
		fn("product", "*items repeat?", tuples(func(in *Interp, v []Value, yield func([]Value) bool) {
			var pools [][]Value
			n, ok := whole(v[1])
			if !ok {
				n = 1
			}
			for range min(max(n, 0), 20) {
				for _, p := range v[0].(*Tuple).Items {
					pools = append(pools, in.Items(p))
				}
			}
			now := make([]Value, len(pools))
			var pick func(i int) bool
			pick = func(i int) bool {
				if i == len(pools) {
					return yield(now)
				}
				for _, x := range pools[i] {
					now[i] = x
					if !pick(i + 1) {
						return false
					}
				}
				return true
			}
			pick(0)
		})),
		fn("combinations", "items n", tuples(func(in *Interp, v []Value, yield func([]Value) bool) {
			items := in.Items(v[0])
			n, _ := whole(v[1])
			now := make([]Value, 0, min(max(n, 0), int64(len(items))))
			var pick func(from int) bool
			pick = func(from int) bool {
				in.tick()
				if int64(len(now)) == n {
					return yield(now)
				}
				for i := from; i < len(items); i++ {
					now = append(now, items[i])
					if !pick(i + 1) {
						return false
					}
					now = now[:len(now)-1]
				}
				return true
			}
			pick(0)
		})),
		fn("islice", "items *bounds", func(in *Interp, v []Value) Value {
			s := SliceClass.Make(in, SliceClass, Args{Pos: v[1].(*Tuple).Items}).(*Slice)
			from, step, count := in.slice(s, math.MaxInt64/2)
			it := in.Iter(v[0])
			i, done := int64(0), int64(0)
			return &Iter{Next: func() (Value, bool) {
				for done < count {
					x, ok := it.Next()
					if !ok {
						return nil, false
					}
					in.tick()
					if i++; i-1 == from+done*step {
						done++
						return x, true
					}
				}
				return nil, false
			}}
		}),
		fn("repeat", "x times?", func(in *Interp, v []Value) Value {
			n, limited := whole(v[1])
			return &Iter{Next: func() (Value, bool) {
				n--
				return v[0], !limited || n >= 0
			}}
		}),
		fn("count", "start? step?", func(in *Interp, v []Value) Value {
			var n, step Value = int64(0), int64(1)
			if !IsNone(v[0]) {
				n = v[0]
			}
			if !IsNone(v[1]) {
				step = v[1]
			}
			return &Iter{Next: func() (Value, bool) {
				x := n
				n = in.Binary("+", n, step)
				return x, true
			}}
		}),
		fn("cycle", "items", func(in *Interp, v []Value) Value {
			items := in.Items(v[0])
			i := -1
			return &Iter{Next: func() (Value, bool) {
				i++
				if len(items) == 0 {
					return nil, false
				}
				return items[i%len(items)], true
			}}
		}),
		fn("accumulate", "items f?", func(in *Interp, v []Value) Value {
			it := in.Iter(v[0])
			var total Value
			first := true
			return &Iter{Next: func() (Value, bool) {
				x, ok := it.Next()
				switch {
				case !ok:
					return nil, false
				case first:
					total, first = x, false
				case IsNone(v[1]):
					total = in.Binary("+", total, x)
				default:
					total = in.Call(v[1], Positional(total, x))
				}
				return total, true
			}}
		}),
		fn("pairwise", "items", tuples(func(in *Interp, v []Value, yield func([]Value) bool) {
			items := in.Items(v[0])
			for i := 1; i < len(items); i++ {
				if !yield(items[i-1 : i+1]) {
					return
				}
			}
		})),
		fn("zip_longest", "*items fillvalue?", tuples(func(in *Interp, v []Value, yield func([]Value) bool) {
			var pools [][]Value
			most := 0
			for _, p := range v[0].(*Tuple).Items {
				pools = append(pools, in.Items(p))
				most = max(most, len(pools[len(pools)-1]))
			}
			for i := range most {
				now := make([]Value, len(pools))
				for k, p := range pools {
					if i < len(p) {
						now[k] = p[i]
					} else if v[1] != Value(Absent) {
						now[k] = v[1]
					}
				}
				if !yield(now) {
					return
				}
			}
		})))
	m.Attrs.Put("chain", &chainFunction{chain})
	return m
}

// chainFunction is itertools.chain, which has a function of its own.
type chainFunction struct {
	of func(in *Interp, all []Value) Value
}

func operatorModule(*Interp) *Module {
	m := NewModule("operator")
	for name, op := range map[string]string{"add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//",
		"mod": "%", "pow": "**", "matmul": "@"} {
		m.Attrs.Put(name, fn(name, "x y", func(in *Interp, v []Value) Value { return in.Binary(op, v[0], v[1]) }))
	}
	for name, op := range map[string]string{"eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">="} {
		m.Attrs.Put(name, fn(name, "x y", func(in *Interp, v []Value) Value { return in.Compare(op, v[0], v[1]) }))
	}
	m.Attrs.Put("itemgetter", fn("itemgetter", "*keys", func(_ *Interp, keys []Value) Value {
		return fn("itemgetter", "x", func(in *Interp, v []Value) Value {
			all := keys[0].(*Tuple).Items
			if len(all) == 1 {
				return in.Item(v[0], all[0])
			}
			t := &Tuple{}
			for _, k := range all {
				t.Items = append(t.Items, in.Item(v[0], k))
			}
			return t
		})
	}))
	m.Attrs.Put("attrgetter", fn("attrgetter", "name", func(_ *Interp, name []Value) Value {
		return fn("attrgetter", "x", func(in *Interp, v []Value) Value {
			x := v[0]
			for part := range strings.SplitSeq(in.text(name[0], ""), ".") {
				x = in.GetAttr(x, part)
			}
			return x
		})
	}))
	return m
}
