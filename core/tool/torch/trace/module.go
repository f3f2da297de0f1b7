package trace

import (
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
	if out := p.asHelper(o, a); out != nil {
		return out
	}
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
	raw("__init__", func(in *eval.Interp, o *eval.Object, _ eval.Args) eval.Value {
		o.Attrs.Put("training", true)
		const most = 1000
		if p := programOf(in); len(p.begun) < most {
			p.begun = append(p.begun, o)
		}
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
		in.Work(eachWork)
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

// eachWork is how many steps it counts as to find one of the modules or parameters in a
// network.
const eachWork = 20

// moduleLists are the methods that list what is in a module.
func moduleLists() {
	c := moduleClass
	pairs := func(name string, list func(in *eval.Interp, o *eval.Object, recurse bool, yield func(name string,
		v eval.Value))) {
		c.Method("named_"+name, "a? b? **names", func(in *eval.Interp, v []eval.Value) eval.Value {
			l := eval.NewList()
			list(in, v[0].(*eval.Object), recursive(in, v), func(name string, x eval.Value) {
				in.Charge(3)
				in.Work(eachWork)
				l.Items = append(l.Items, eval.NewTuple(name, x))
			})
			return in.Iter(l)
		})
		c.Method(name, "recurse? **names", func(in *eval.Interp, v []eval.Value) eval.Value {
			l := eval.NewList()
			list(in, v[0].(*eval.Object), truth(in, v[1], true), func(_ string, x eval.Value) {
				in.Charge(1)
				in.Work(eachWork)
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

// newParameter returns a parameter with the shape of a tensor.
func newParameter(t *Tensor) *Tensor {
	c := *t
	c.node, c.batch, c.lead, c.data = "", -1, 1, nil
	c.store = &storage{dims: t.dims, learned: true}
	return &c
}
