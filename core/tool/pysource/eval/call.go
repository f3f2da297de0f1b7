package eval

import (
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/syntax"
)

// call evaluates a call.
func (in *Interp) call(e *env, x *syntax.Call) Value {
	if name, ok := x.Fn.(*syntax.Name); ok && len(x.Args) == 0 {
		switch name.ID {
		case "super":
			return in.super(e)
		case "locals":
			d := NewDict()
			for k, v := range e.vars {
				d.Put(k, v)
			}
			return d
		case "globals":
			return e.globals.module.Attrs
		}
	}
	fn := in.eval(e, x.Fn)
	if b, ok := fn.(*Builtin); ok && b.Name == "eval" && len(x.Args) > 0 && x.Args[0].Stars+len(x.Args[0].Name) == 0 {
		return in.evaluated(e, in.eval(e, x.Args[0].X), x.Pos)
	}
	var a Args
	if len(x.Args) > 0 {
		a.Pos = make([]Value, 0, len(x.Args))
	}
	for i := range x.Args {
		arg := &x.Args[i]
		v := in.eval(e, arg.X)
		switch {
		case arg.Stars == 1:
			if !isUnknown(v) {
				a.Pos = append(a.Pos, in.Items(v)...)
			}
		case arg.Stars == 2:
			in.keywords(&a, v)
		case arg.Name != "":
			if _, twice := a.Get(arg.Name); twice {
				in.at = arg.X.Place()
				in.Raise(TypeError, catalog.PythonTwice, arg.Name)
			}
			a.Names, a.Named = append(a.Names, arg.Name), append(a.Named, v)
		default:
			a.Pos = append(a.Pos, v)
		}
	}
	in.at = x.Pos
	return in.Call(fn, a)
}

// evaluated is eval(v): the value of an expression with the names that are known here.
func (in *Interp) evaluated(e *env, v Value, at syntax.Pos) Value {
	text, ok := unwrap(v).(string)
	if !ok {
		return &Unknown{"eval()"}
	}
	in.at = at
	in.Charge(int64(len(text)))
	x, err := syntax.ParseExprAt(text, at)
	if bad, ok := err.(*syntax.Error); ok {
		exc := NewObject(NameError) // what a configuration has as a word is none
		exc.Attrs.Put("args", NewTuple(text))
		panic(&raised{exc, &Problem{in.Here(), "SyntaxError", bad.Say, in.Trace()}})
	}
	return in.eval(e, x)
}

// keywords adds **v to arguments.
func (in *Interp) keywords(a *Args, v Value) {
	if isUnknown(v) {
		return
	}
	d, ok := unwrap(v).(*Dict)
	if !ok {
		d = NewDict()
		in.update(d, v)
	}
	d.Each(func(k, v Value) {
		name, ok := k.(string)
		if !ok {
			in.Raise(TypeError, catalog.PythonKeywords)
		}
		if _, twice := a.Get(name); twice {
			in.Raise(TypeError, catalog.PythonTwice, name)
		}
		a.Names, a.Named = append(a.Names, name), append(a.Named, v)
	})
}

// Call calls a value.
func (in *Interp) Call(fn Value, a Args) Value {
	in.tick()
	switch f := fn.(type) {
	case *Function:
		return in.callFunction(f, a)
	case *Builtin:
		return f.call(in, a)
	case *Method:
		return in.Call(f.Fn, Args{append([]Value{f.Self}, a.Pos...), a.Names, a.Named})
	case *Class:
		return in.new(f, a)
	case *Static:
		return in.Call(f.Fn, a)
	case *Unknown:
		return f.called()
	case *Object:
		if call, _ := f.Class.Find("__call__"); call != nil {
			return in.Call(in.bind(call, f, f.Class), a)
		}
		if u := f.Class.unknown; u != "" {
			return &Unknown{f.Class.Name + "()()"}
		}
	case Callable:
		return f.Call(in, a)
	}
	in.Raise(TypeError, catalog.PythonNotCallable, in.TypeOf(fn).Name)
	return nil
}

// called names what an unknown function returned.
func (u *Unknown) called() *Unknown {
	if strings.HasSuffix(u.Name, "()") || len(u.Name) > 80 {
		return u
	}
	return &Unknown{u.Name + "()"}
}

// callFunction calls a function of the source.
func (in *Interp) callFunction(f *Function, a Args) Value {
	if in.depth++; in.depth > in.Limits.Depth {
		in.Forbid(catalog.PythonRecursion, in.Limits.Depth)
	}
	frames, file, at := in.frames, in.file, in.at
	e := &env{vars: make(map[string]Value, len(f.Def.Scope.Locals)), scope: &f.Def.Scope, up: f.env,
		globals: f.env.globals,
		file:    f.file, cell: f.cell}
	in.bindArgs(f, a, e)
	in.Charge(8)
	in.frames = append(frames[:len(frames):len(frames)], frame{at, file, f.Name})
	in.file = f.file
	done := func() { in.frames, in.file, in.at, in.depth = frames, file, at, in.depth-1 }
	if f.Def.Yields {
		done()
		return in.generator(func(yield func(Value) bool) {
			in.file = f.file
			e.yield = yield
			in.block(e, f.Def.Body)
		})
	}
	_, v := in.block(e, f.Def.Body)
	done()
	return v
}

// bindArgs gives parameters their values.
func (in *Interp) bindArgs(f *Function, a Args, e *env) {
	params := f.Def.Params
	next := 0 // of a.Pos
	var rest *Dict
	used := 0
	for i := range params {
		p := &params[i]
		switch p.Form {
		case syntax.VarArgs:
			t := &Tuple{}
			if next < len(a.Pos) {
				t.Items = append(t.Items, a.Pos[next:]...)
				next = len(a.Pos)
			}
			e.vars[p.Name] = t
			continue
		case syntax.VarNames:
			rest = NewDict()
			e.vars[p.Name] = rest
			continue
		}
		var v Value = Absent
		if p.Form != syntax.KeyOnly && next < len(a.Pos) {
			v = a.Pos[next]
			next++
			if p.Form != syntax.PosOnly {
				if _, twice := a.Get(p.Name); twice {
					in.Raise(TypeError, catalog.PythonTwice, p.Name)
				}
			}
		} else if p.Form != syntax.PosOnly {
			if named, ok := a.Get(p.Name); ok {
				v = named
				used++
			}
		}
		if v == Value(Absent) {
			if v = f.Defaults[i]; v == Value(Absent) {
				in.Raise(TypeError, catalog.PythonMissing, f.Name, p.Name)
			}
		}
		e.vars[p.Name] = v
		if i == 0 {
			e.first = v
		}
	}
	if next < len(a.Pos) {
		in.Raise(TypeError, catalog.PythonTooMany, f.Name, next, len(a.Pos))
	}
	if used == len(a.Names) {
		return
	}
	for i, name := range a.Names {
		known := false
		for j := range params {
			known = known || params[j].Name == name && params[j].Form <= syntax.KeyOnly && params[j].Form != syntax.PosOnly
		}
		if known {
			continue
		}
		if rest == nil {
			in.Raise(TypeError, catalog.PythonNoParam, f.Name, name)
		}
		rest.Put(name, a.Named[i])
	}
}

// function makes the function of a def or a lambda.
func (in *Interp) function(e *env, d *syntax.FuncDef) *Function {
	f := &Function{Def: d, Name: d.Name, env: e, cell: e.cell, file: e.file, Defaults: make([]Value, len(d.Params))}
	for i := range d.Params {
		f.Defaults[i] = Absent
		if x := d.Params[i].Default; x != nil {
			f.Defaults[i] = in.eval(e, x)
		}
	}
	return f
}

// decorate applies decorators, the last first. One that is unknown, or that fails
// because of what is, changes nothing.
func (in *Interp) decorate(e *env, decorators []syntax.Expr, v Value) Value {
	for i := len(decorators) - 1; i >= 0; i-- {
		d := in.eval(e, decorators[i])
		if isUnknown(d) {
			continue
		}
		in.at = decorators[i].Place()
		if w := in.Call(d, Positional(v)); !isUnknown(w) && !IsNone(w) {
			v = w
		}
	}
	return v
}

// class makes the class of a class statement.
func (in *Interp) class(e *env, d *syntax.ClassDef) Value {
	c := &Class{Name: d.Name, Attrs: NewDict(), At: in.Here()}
	options := Args{Pos: []Value{c}}
	for _, arg := range d.Args {
		v := in.eval(e, arg.X)
		if arg.Name != "" && arg.Name != "metaclass" {
			options.Names, options.Named = append(options.Names, arg.Name), append(options.Named, v)
		}
		switch b := v.(type) {
		case *Class:
			if arg.Name == "" {
				c.Bases = append(c.Bases, b)
				if b.unknown != "" {
					c.unknown = b.unknown
				}
			}
		case *Unknown:
			if arg.Name == "" {
				c.unknown = b.Name
			}
		}
	}
	if len(c.Bases) == 0 {
		c.Bases = []*Class{ObjectClass}
		if c.unknown != "" && in.Base != nil {
			if b := in.Base(d); b != nil {
				c.Bases[0] = b
			}
		}
	}
	if !c.order() {
		in.Raise(TypeError, catalog.PythonBases, d.Name)
	}
	c.cell = &cell{}
	body := &env{vars: map[string]Value{}, scope: &d.Scope, up: e, globals: e.globals, class: true, attrs: c.Attrs,
		file: e.file, cell: c.cell}
	body.set("__module__", "__main__")
	body.set("__qualname__", d.Name)
	in.block(body, d.Body)
	c.Fields = body.fields
	c.cell.class = c
	in.Charge(16)
	for _, k := range c.mro[1:] {
		if hook := classHooks[k]; hook != nil {
			hook(in, c)
			break
		}
	}
	if fn, _ := (&Class{mro: c.mro[1:]}).Find("__init_subclass__"); fn != nil {
		if cm, ok := fn.(*ClassMethod); ok {
			fn = cm.Fn
		}
		in.Call(fn, options)
	}
	return c
}

// classHooks complete a class of the source that has a base: enumerations, named
// tuples.
var classHooks = map[*Class]func(in *Interp, c *Class){}

// super returns what super() without arguments is.
func (in *Interp) super(e *env) Value {
	for f := e; f != nil; f = f.up {
		if f.cell != nil && f.cell.class != nil && !f.class && f.first != nil {
			return &Super{f.cell.class, f.first}
		}
	}
	in.Raise(RuntimeError, catalog.PythonSuper)
	return nil
}
