package eval

import (
	"math"
	"strings"
)

func contextModule(*Interp) *Module {
	same := func(name string) *Builtin { return fn(name, "f", func(_ *Interp, v []Value) Value { return v[0] }) }
	m := NewModule("contextlib", same("contextmanager"), NewRaw("nullcontext", func(*Interp,
		Args) Value {
		return nil
	}),
		NewRaw("suppress", func(*Interp, Args) Value { return nil }))
	return m
}

func osModule(in *Interp) *Module {
	m := quietModule("os")(in)
	path := quietModule("os.path")(in)
	path.Attrs.Put("exists", NewRaw("exists", func(*Interp, Args) Value { return false }))
	path.Attrs.Put("isfile", NewRaw("isfile", func(*Interp, Args) Value { return false }))
	path.Attrs.Put("isdir", NewRaw("isdir", func(*Interp, Args) Value { return false }))
	m.Attrs.Put("path", path)
	return m
}

func sysModule(in *Interp) *Module {
	m := quietModule("sys")(in)
	m.Attrs.Put("argv", NewList("program"))
	m.Attrs.Put("path", NewList())
	m.Attrs.Put("version_info", Ints(3, 11, 0))
	m.Attrs.Put("maxsize", int64(math.MaxInt64))
	m.Attrs.Put("exit", NewRaw("exit", func(in *Interp, a Args) Value { panicExit(in); return nil }))
	m.Attrs.Put("modules", NewDict())
	return m
}

// arrayClass is numpy.ndarray: a list.
var arrayClass = NewClass("ndarray", ListClass)

func array(items []Value) Value {
	return &Object{Class: arrayClass, Attrs: NewDict(), Native: &List{Items: items}}
}

// NumPy returns numpy, to which a framework adds its own arrays.
func NumPy(in *Interp) *Module { return numpyModule(in) }

// numpyModule has what model files work out with NumPy before the network is made:
// numbers. Its arrays are lists.
func numpyModule(in *Interp) *Module {
	m := quietModule("numpy")(in)
	basics := mathModule(in)
	for _, name := range []string{"sqrt", "exp", "log2", "log10", "log", "floor", "ceil", "prod", "pi", "inf",
		"sin", "cos", "tanh", "e", "nan", "gcd"} {
		v, _ := basics.Attrs.Get(name)
		m.Attrs.Put(name, v)
	}
	add := func(f *Builtin) { m.Attrs.Put(f.Name, f) }
	add(fn("prod", "x axis? **names", func(in *Interp, v []Value) Value {
		var p Value = int64(1)
		for _, x := range in.Items(v[0]) {
			p = in.Binary("*", p, x)
		}
		return p
	}))
	add(fn("linspace", "a b n?", func(in *Interp, v []Value) Value {
		a, _ := numberOf(v[0])
		b, _ := numberOf(v[1])
		n, ok := whole(v[2])
		if !ok {
			n = 50
		}
		in.Charge(max(n, 0))
		var all []Value
		for i := range max(n, 0) {
			all = append(all, a+(b-a)*float64(i)/float64(max(n-1, 1)))
		}
		return array(all)
	}))
	add(NewRaw("arange", func(in *Interp, a Args) Value {
		r, ok := in.makeRange(Args{Pos: a.Pos}).(*Range)
		if !ok {
			return &Unknown{"numpy.arange()"}
		}
		return array(in.Items(r))
	}))
	for _, name := range []string{"array", "asarray"} {
		add(fn(name, "x *rest **names", func(in *Interp, v []Value) Value {
			if _, ok := v[0].(*List); ok {
				return v[0]
			}
			return &Unknown{"numpy.array()"}
		}))
	}
	for name, f := range map[string]string{"sum": "sum", "max": "max", "min": "min", "abs": "abs", "round": "round"} {
		v, _ := in.builtin.Get(f)
		m.Attrs.Put(name, v)
	}
	for _, name := range []string{"int64", "int32"} {
		m.Attrs.Put(name, IntClass)
	}
	for _, name := range []string{"float64", "float32", "float16"} {
		m.Attrs.Put(name, FloatClass)
	}
	return m
}

// argparseModule answers with the defaults of a program's options.
func argparseModule(*Interp) *Module {
	parser := NewClass("ArgumentParser")
	parser.Make = func(in *Interp, c *Class, a Args) Value {
		o := NewObject(c)
		o.Attrs.Put("defaults", NewObject(NamespaceOf))
		return o
	}
	option := NewRaw("add_argument", func(in *Interp, a Args) Value {
		o, ok := a.Pos[0].(*Object)
		if !ok {
			return nil
		}
		values, _ := o.Attrs.Get("defaults")
		name := ""
		for _, p := range a.Pos[1:] {
			if s, ok := p.(string); ok && (name == "" || strings.HasPrefix(s, "--")) {
				name = s
			}
		}
		if d, ok := a.Get("dest"); ok {
			name = in.text(d, name)
		}
		v, _ := a.Get("default")
		if action, ok := a.Get("action"); ok && v == nil {
			v = in.text(action, "") == "store_false"
		}
		if ns, ok := values.(*Object); ok {
			ns.Attrs.Put(strings.ReplaceAll(strings.TrimLeft(name, "-"), "-", "_"), v)
		}
		return nil
	})
	parser.Attrs.Put("add_argument", option)
	for _, name := range []string{"parse_args", "parse_known_args"} {
		parser.Method(name, "*rest", func(in *Interp, v []Value) Value {
			if o, ok := v[0].(*Object); ok {
				d, _ := o.Attrs.Get("defaults")
				if name == "parse_known_args" {
					return NewTuple(d, NewList())
				}
				return d
			}
			return nil
		})
	}
	for _, name := range []string{"add_argument_group", "add_mutually_exclusive_group"} {
		parser.Method(name, "*rest **names", func(_ *Interp, v []Value) Value { return v[0] })
	}
	parser.Method("set_defaults", "**names", func(in *Interp, v []Value) Value {
		if o, ok := v[0].(*Object); ok {
			if d, ok := o.Attrs.Get("defaults"); ok {
				v[1].(*Dict).Each(d.(*Object).Attrs.Put)
			}
		}
		return nil
	})
	m := NewModule("argparse")
	m.Attrs.Put("ArgumentParser", parser)
	m.Attrs.Put("Namespace", NamespaceOf)
	m.Missing = func(_ *Interp, name string) Value { return &Unknown{"argparse." + name} }
	return m
}
