package eval

import (
	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/syntax"
)

// An env is the names of a running function, class body or module.
type env struct {
	vars    map[string]Value
	scope   *syntax.Scope
	up      *env // the function around, nil for a module
	globals *env
	module  *Module // of a module: vars are its attributes too
	class   bool    // a class body: functions in it do not see its names
	attrs   *Dict   // of a class body: the names in order
	fields  []string
	cell    *cell // the class that super() means
	first   Value // the first argument
	file    *File
	yield   func(Value) bool
	comp    bool // of a comprehension
}

// A cell is the class that is being made around a function.
type cell struct{ class *Class }

func (e *env) set(name string, v Value) {
	e.vars[name] = v
	switch {
	case e.module != nil:
		e.module.Attrs.Put(name, v)
	case e.attrs != nil:
		e.attrs.Put(name, v)
	}
}

func (e *env) unset(name string) bool {
	if _, ok := e.vars[name]; !ok {
		return false
	}
	delete(e.vars, name)
	if e.module != nil {
		e.module.Attrs.Delete(name)
	}
	if e.attrs != nil {
		e.attrs.Delete(name)
	}
	return true
}

// lookup returns the value of a name.
func (in *Interp) lookup(e *env, name string) Value {
	if v, ok := e.vars[name]; ok {
		return v
	}
	if !e.scope.Global[name] {
		if e.scope.Locals[name] && !e.class && e.module == nil {
			in.Raise(UnboundLocalError, catalog.PythonUnbound, name)
		}
		for up := e.up; up != nil; up = up.up {
			if v, ok := up.vars[name]; ok && !up.class {
				return v
			}
		}
	}
	if v, ok := e.globals.vars[name]; ok {
		return v
	}
	if m := e.globals.module; m != nil {
		if v, ok := m.Attrs.Get(name); ok { // set from another module
			return v
		}
	}
	if v, ok := in.builtin.Get(name); ok {
		return v
	}
	if in.Fallback != nil {
		if v := in.Fallback(in, name); v != nil {
			return v
		}
	}
	in.Raise(NameError, catalog.PythonNoName, name)
	return nil
}

// assign binds a name.
func (in *Interp) assign(e *env, name string, v Value) {
	switch {
	case e.scope.Global[name]:
		e.globals.set(name, v)
	case e.scope.Outer[name]:
		for up := e.up; up != nil; up = up.up {
			if _, ok := up.vars[name]; ok && !up.class {
				up.set(name, v)
				return
			}
		}
		in.Raise(NameError, catalog.PythonNoName, name)
	default:
		e.set(name, v)
	}
}
