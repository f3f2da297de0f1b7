package trace

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

// ModuleClass is torch.nn.Module. The modules, parameters and buffers of a module are
// those of its attributes that are some, in the order in which they came.
var moduleClass = eval.NewClass("Module")

// The classes of containers.
var (
	sequentialClass    = eval.NewClass("Sequential", moduleClass)
	moduleListClass    = eval.NewClass("ModuleList", moduleClass)
	moduleDictClass    = eval.NewClass("ModuleDict", moduleClass)
	parameterListClass = eval.NewClass("ParameterList", moduleClass)
	parameterDictClass = eval.NewClass("ParameterDict", moduleClass)
)

// isModule returns a value as a module, nil if it is none.
func isModule(v eval.Value) *eval.Object {
	if o, ok := v.(*eval.Object); ok && o.Class.Is(moduleClass) {
		return o
	}
	return nil
}

// A child is a part of a module, by its name.
type child struct {
	name   string
	module *eval.Object
	tensor *Tensor // a parameter or a buffer
}

// parts lists the modules, parameters and buffers of a module in order.
func parts(o *eval.Object) []child {
	var all []child
	o.Attrs.Each(func(k, v eval.Value) {
		name, _ := k.(string)
		if m := isModule(v); m != nil {
			all = append(all, child{name: name, module: m})
		} else if t, ok := v.(*Tensor); ok && t.store != nil && (t.store.learned || t.store.buffer) {
			all = append(all, child{name: name, tensor: t})
		}
	})
	return all
}

// walk calls f for a module and all modules in it, outer first, each once.
func walk(o *eval.Object, path string, f func(path string, o *eval.Object)) {
	seen := map[*eval.Object]bool{}
	var inner func(o *eval.Object, path string)
	inner = func(o *eval.Object, path string) {
		if seen[o] {
			return
		}
		seen[o] = true
		f(path, o)
		for _, c := range parts(o) {
			if c.module != nil {
				inner(c.module, join(path, c.name))
			}
		}
	}
	inner(o, path)
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// tensors lists the parameters and buffers of a module and all in it, each once.
func tensors(o *eval.Object, f func(path string, t *Tensor)) {
	seen := map[*storage]bool{}
	walk(o, "", func(path string, m *eval.Object) {
		for _, c := range parts(m) {
			if c.tensor != nil && !seen[c.tensor.store] {
				seen[c.tensor.store] = true
				f(join(path, c.name), c.tensor)
			}
		}
	})
}

// callModule runs the forward function of a module.
func (p *Program) callModule(o *eval.Object, a eval.Args) eval.Value {
	if p.rec == nil {
		p.called(o, a)
		defer func(depth int) { p.running = depth }(p.running)
		p.running++
	} else {
		path := p.rec.paths[o]
		p.rec.within = append(p.rec.within, path)
		defer func(n int) { p.rec.within = p.rec.within[:n] }(len(p.rec.within) - 1)
	}
	in := p.in
	fn, owner := o.Class.Find("forward")
	if own, ok := o.Attrs.Get("forward"); ok { // set on the object
		return in.Call(own, a)
	}
	if fn == nil || owner == moduleClass {
		in.Raise(eval.NotImplementedErr, catalog.TorchNoForward, o.Class.Name)
	}
	return in.Call(&eval.Method{Self: o, Fn: fn}, a)
}

func moduleMethods() {
	c := moduleClass
	self := func(v []eval.Value) *eval.Object {
		o, _ := v[0].(*eval.Object)
		return o
	}
	raw := func(name string, do func(in *eval.Interp, o *eval.Object, a eval.Args) eval.Value) {
		c.Attrs.Put(name, eval.NewRaw(name, func(in *eval.Interp, a eval.Args) eval.Value {
			if len(a.Pos) > 0 {
				if o, ok := a.Pos[0].(*eval.Object); ok {
					return do(in, o, eval.Args{Pos: a.Pos[1:], Names: a.Names, Named: a.Named})
				}
			}
			return nil
		}))
	}
	raw("__init__", func(_ *eval.Interp, o *eval.Object, _ eval.Args) eval.Value {
		o.Attrs.Put("training", true)
		return nil
	})
	raw("__call__", func(in *eval.Interp, o *eval.Object,
		a eval.Args) eval.Value {
		return programOf(in).callModule(o, a)
	})
	raw("forward", func(in *eval.Interp, o *eval.Object, _ eval.Args) eval.Value {
		in.Raise(eval.NotImplementedErr, catalog.TorchNoForward, o.Class.Name)
		return nil
	})
	same := func(in *eval.Interp, o *eval.Object, _ eval.Args) eval.Value { return o }
	for _, name := range strings.Fields(`to cuda cpu half float double bfloat16 type share_memory compile
		zero_grad apply to_empty`) {
		raw(name, same)
	}
	none := func(in *eval.Interp, o *eval.Object, _ eval.Args) eval.Value { return nil }
	for _, name := range strings.Fields(`load_state_dict register_forward_hook register_forward_pre_hook
		register_full_backward_hook register_backward_hook _register_load_state_dict_pre_hook init_weights post_init
		_load_from_state_dict _register_state_dict_hook register_load_state_dict_post_hook`) {
		raw(name, none)
	}
	c.Method("train", "mode?", func(in *eval.Interp, v []eval.Value) eval.Value {
		train(self(v), truth(in, v[1], true))
		return v[0]
	})
	c.Method("eval", "", func(in *eval.Interp, v []eval.Value) eval.Value {
		train(self(v), false)
		return v[0]
	})
	c.Method("requires_grad_", "on?", func(in *eval.Interp, v []eval.Value) eval.Value {
		on := truth(in, v[1], true)
		tensors(self(v), func(_ string, t *Tensor) { t.store.frozen = !on })
		return v[0]
	})
	for _, name := range []string{"add_module", "register_module", "register_parameter"} {
		c.Method(name, "name module", func(in *eval.Interp, v []eval.Value) eval.Value {
			self(v).Attrs.Put(in.Str(v[1]), v[2])
			return nil
		})
	}
	c.Method("register_buffer", "name tensor persistent?", func(in *eval.Interp, v []eval.Value) eval.Value {
		if t, ok := v[2].(*Tensor); ok {
			b := *t
			if b.store == nil {
				b.store = &storage{dims: t.dims}
			}
			b.store.buffer, b.store.counter = true, !b.store.learned && isWhole(t.dtype)
			in.Charge(4)
			self(v).Attrs.Put(in.Str(v[1]), &b)
			return nil
		}
		self(v).Attrs.Put(in.Str(v[1]), v[2])
		return nil
	})
	c.Method("_get_name", "", func(in *eval.Interp, v []eval.Value) eval.Value { return self(v).Class.Name })
	moduleLists()
}

// train sets the mode of a module and all in it.
func train(o *eval.Object, on bool) {
	walk(o, "", func(_ string, m *eval.Object) { m.Attrs.Put("training", on) })
}

// moduleLists are the methods that list what is in a module.
func moduleLists() {
	c := moduleClass
	pairs := func(name string, list func(in *eval.Interp, o *eval.Object, recurse bool, yield func(name string,
		v eval.Value))) {
		c.Method("named_"+name, "a? b? **names", func(in *eval.Interp, v []eval.Value) eval.Value {
			l := eval.NewList()
			list(in, v[0].(*eval.Object), recursive(in, v), func(name string, x eval.Value) {
				in.Charge(3)
				l.Items = append(l.Items, eval.NewTuple(name, x))
			})
			return in.Iter(l)
		})
		c.Method(name, "recurse? **names", func(in *eval.Interp, v []eval.Value) eval.Value {
			l := eval.NewList()
			list(in, v[0].(*eval.Object), truth(in, v[1], true), func(_ string, x eval.Value) {
				in.Charge(1)
				l.Items = append(l.Items, x)
			})
			return in.Iter(l)
		})
	}
	stored := func(learned bool) func(in *eval.Interp, o *eval.Object, recurse bool, yield func(string, eval.Value)) {
		return func(in *eval.Interp, o *eval.Object, recurse bool, yield func(string, eval.Value)) {
			if !recurse {
				for _, c := range parts(o) {
					if c.tensor != nil && c.tensor.store.learned == learned {
						yield(c.name, c.tensor)
					}
				}
				return
			}
			tensors(o, func(path string, t *Tensor) {
				if t.store.learned == learned {
					yield(path, t)
				}
			})
		}
	}
	pairs("parameters", stored(true))
	pairs("buffers", stored(false))
	pairs("children", func(_ *eval.Interp, o *eval.Object, _ bool, yield func(string, eval.Value)) {
		for _, c := range parts(o) {
			if c.module != nil {
				yield(c.name, c.module)
			}
		}
	})
	pairs("modules", func(_ *eval.Interp, o *eval.Object, _ bool, yield func(string, eval.Value)) {
		walk(o, "", func(path string, m *eval.Object) { yield(path, m) })
	})
	c.Method("state_dict", "**names", func(in *eval.Interp, v []eval.Value) eval.Value {
		d := eval.NewDict()
		tensors(v[0].(*eval.Object), func(path string, t *Tensor) { d.Put(path, t) })
		in.Charge(2 * int64(d.Len()))
		return d
	})
	c.Method("get_submodule", "path", func(in *eval.Interp, v []eval.Value) eval.Value {
		x := v[0]
		for part := range strings.SplitSeq(in.Str(v[1]), ".") {
			if part != "" {
				x = in.GetAttr(x, part)
			}
		}
		return x
	})
	c.Getter("_modules", func(_ *eval.Interp, v eval.Value) eval.Value {
		d := eval.NewDict()
		for _, c := range parts(v.(*eval.Object)) {
			if c.module != nil {
				d.Put(c.name, c.module)
			}
		}
		return d
	})
	c.Getter("_parameters", func(_ *eval.Interp, v eval.Value) eval.Value {
		d := eval.NewDict()
		for _, c := range parts(v.(*eval.Object)) {
			if c.tensor != nil && c.tensor.store.learned {
				d.Put(c.name, c.tensor)
			}
		}
		return d
	})
}

// recursive reads recurse= of named_parameters(prefix, recurse).
func recursive(in *eval.Interp, v []eval.Value) bool {
	if d, ok := v[3].(*eval.Dict); ok {
		if r, ok := d.Get("recurse"); ok {
			return in.Truth(r)
		}
	}
	return true
}

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

// newParameter returns a parameter with the shape of a tensor.
func newParameter(t *Tensor) *Tensor {
	c := *t
	c.node, c.batch, c.lead, c.data = "", -1, 1, nil
	c.store = &storage{dims: t.dims, learned: true}
	return &c
}
