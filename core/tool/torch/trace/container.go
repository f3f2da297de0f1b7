package trace

import (
	"slices"
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

// items lists what a container holds, by position.
func items(o *eval.Object) []eval.Value {
	var all []eval.Value
	o.Attrs.Each(func(k, v eval.Value) {
		name, _ := k.(string)
		if _, err := strconv.Atoi(name); err == nil || o.Class.Is(moduleDictClass) || o.Class.Is(parameterDictClass) ||
			o.Class.Is(sequentialClass) {
			if t, ok := v.(*Tensor); isModule(v) != nil || ok && t.store != nil {
				all = append(all, v)
			}
		}
	})
	return all
}

// containers adds what Sequential and the lists and dicts of modules do.
func containers() {
	put := func(in *eval.Interp, o *eval.Object, all []eval.Value) {
		n := len(items(o))
		in.Charge(int64(len(all)))
		for i, v := range all {
			o.Attrs.Put(strconv.Itoa(n+i), v)
		}
	}
	begin := func(in *eval.Interp, v []eval.Value) *eval.Object {
		o := v[0].(*eval.Object)
		o.Attrs.Put("training", true)
		return o
	}
	fromDict := func(in *eval.Interp, o *eval.Object, v eval.Value) {
		switch d := v.(type) {
		case *eval.Dict:
			d.Each(func(k, x eval.Value) { o.Attrs.Put(in.Str(k), x) })
			return
		case *eval.Object:
			if m := isModule(d); m != nil {
				for _, c := range parts(m) {
					if c.module != nil {
						o.Attrs.Put(c.name, c.module)
					}
				}
				return
			}
			if n, ok := d.Native.(*eval.Dict); ok {
				n.Each(func(k, x eval.Value) { o.Attrs.Put(in.Str(k), x) })
				return
			}
		}
		for _, pair := range in.Items(v) {
			if kv := in.Items(pair); len(kv) == 2 {
				o.Attrs.Put(in.Str(kv[0]), kv[1])
			}
		}
	}
	sequentialClass.Method("__init__", "*modules", func(in *eval.Interp, v []eval.Value) eval.Value {
		o := begin(in, v)
		all := v[1].(*eval.Tuple).Items
		if len(all) == 1 && isModule(all[0]) == nil {
			switch all[0].(type) {
			case *eval.Dict, *eval.Object:
				fromDict(in, o, all[0])
				return nil
			}
		}
		for i, m := range all {
			if isModule(m) == nil {
				if _, unknown := m.(*eval.Unknown); !unknown {
					in.Raise(eval.TypeError, catalog.TorchNoModule, i, in.TypeOf(m).Name)
				}
			}
		}
		put(in, o, all)
		return nil
	})
	sequentialClass.Method("forward", "x", func(in *eval.Interp, v []eval.Value) eval.Value {
		x := v[1]
		for _, m := range items(v[0].(*eval.Object)) {
			x = in.Call(m, eval.Positional(x))
		}
		return x
	})
	for _, c := range []*eval.Class{moduleListClass, parameterListClass} {
		c.Method("__init__", "modules?", func(in *eval.Interp, v []eval.Value) eval.Value {
			o := begin(in, v)
			if !eval.IsNone(v[1]) {
				all := slices.Clone(in.Items(v[1]))
				for i, x := range all {
					if t, ok := x.(*Tensor); ok && t.store == nil {
						all[i] = newParameter(t)
					}
				}
				put(in, o, all)
			}
			return nil
		})
	}
	for _, c := range []*eval.Class{sequentialClass, moduleListClass, parameterListClass} {
		list := c
		c.Method("append", "m", func(in *eval.Interp, v []eval.Value) eval.Value {
			put(in, v[0].(*eval.Object), v[1:2])
			return v[0]
		})
		for _, name := range []string{"extend", "__iadd__"} {
			c.Method(name, "all", func(in *eval.Interp, v []eval.Value) eval.Value {
				put(in, v[0].(*eval.Object), in.Items(v[1]))
				return v[0]
			})
		}
		c.Method("insert", "i m", func(in *eval.Interp, v []eval.Value) eval.Value {
			o := v[0].(*eval.Object)
			all := items(o)
			i := min(max(whole(in, v[1]), 0), int64(len(all)))
			all = slices.Insert(all, int(i), v[2])
			for k, m := range all {
				o.Attrs.Put(strconv.Itoa(k), m)
			}
			return nil
		})
		c.Method("__getitem__", "i", func(in *eval.Interp, v []eval.Value) eval.Value {
			o := v[0].(*eval.Object)
			got := in.Item(eval.NewList(items(o)...), v[1])
			if part, ok := got.(*eval.List); ok {
				cut := eval.NewObject(list)
				cut.Attrs.Put("training", true)
				if list == sequentialClass { // names stay
					for _, c := range parts(o) {
						if slices.Contains(part.Items, eval.Value(c.module)) {
							cut.Attrs.Put(c.name, c.module)
						}
					}
					return cut
				}
				put(in, cut, part.Items)
				return cut
			}
			return got
		})
		c.Method("__setitem__", "i m", func(in *eval.Interp, v []eval.Value) eval.Value {
			o := v[0].(*eval.Object)
			i := axis(in, whole(in, v[1]), len(items(o)))
			at := 0
			o.Attrs.Each(func(k, x eval.Value) {
				if isModule(x) == nil {
					if t, ok := x.(*Tensor); !ok || t.store == nil {
						return
					}
				}
				if at == i {
					o.Attrs.Put(k, v[2])
				}
				at++
			})
			return nil
		})
		c.Method("__delitem__", "i", func(in *eval.Interp, v []eval.Value) eval.Value {
			o := v[0].(*eval.Object)
			all := eval.NewList(slices.Clone(items(o))...)
			n := len(all.Items)
			in.DelItem(all, v[1])
			for k := range n {
				o.Attrs.Delete(strconv.Itoa(k))
			}
			put(in, o, all.Items)
			return nil
		})
	}
	for _, c := range []*eval.Class{moduleDictClass, parameterDictClass} {
		c.Method("__init__", "modules?", func(in *eval.Interp, v []eval.Value) eval.Value {
			o := begin(in, v)
			if !eval.IsNone(v[1]) {
				fromDict(in, o, v[1])
			}
			return nil
		})
		c.Method("__getitem__", "k", func(in *eval.Interp, v []eval.Value) eval.Value {
			return in.GetAttr(v[0],
				in.Str(v[1]))
		})
		c.Method("__setitem__", "k m", func(in *eval.Interp, v []eval.Value) eval.Value {
			v[0].(*eval.Object).Attrs.Put(in.Str(v[1]), v[2])
			return nil
		})
		c.Method("__contains__", "k", func(in *eval.Interp, v []eval.Value) eval.Value {
			_, ok := v[0].(*eval.Object).Attrs.Get(in.Str(v[1]))
			return ok
		})
		c.Method("update", "all", func(in *eval.Interp, v []eval.Value) eval.Value {
			fromDict(in, v[0].(*eval.Object), v[1])
			return nil
		})
	}
	for _, c := range []*eval.Class{sequentialClass, moduleListClass, parameterListClass, moduleDictClass,
		parameterDictClass} {
		byName := c == moduleDictClass || c == parameterDictClass
		names := func(o *eval.Object) *eval.List {
			l := eval.NewList()
			for _, c := range parts(o) {
				l.Items = append(l.Items, c.name)
			}
			return l
		}
		c.Method("__len__", "", func(_ *eval.Interp,
			v []eval.Value) eval.Value {
			return int64(len(items(v[0].(*eval.Object))))
		})
		c.Method("__iter__", "", func(in *eval.Interp, v []eval.Value) eval.Value {
			o := v[0].(*eval.Object)
			if byName {
				return in.Iter(names(o))
			}
			return in.Iter(eval.NewList(items(o)...))
		})
		if byName {
			c.Method("keys", "", func(in *eval.Interp,
				v []eval.Value) eval.Value {
				return names(v[0].(*eval.Object))
			})
			c.Method("values", "", func(in *eval.Interp, v []eval.Value) eval.Value {
				return eval.NewList(items(v[0].(*eval.Object))...)
			})
			c.Method("items", "", func(in *eval.Interp, v []eval.Value) eval.Value {
				l := eval.NewList()
				for _, c := range parts(v[0].(*eval.Object)) {
					var x eval.Value = c.tensor
					if c.module != nil {
						x = c.module
					}
					l.Items = append(l.Items, eval.NewTuple(c.name, x))
				}
				return l
			})
		}
	}
}
