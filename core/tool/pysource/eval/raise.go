package eval

import (
	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/syntax"
)

func (in *Interp) raiseStatement(e *env, s *syntax.Raise) {
	if s.X == nil {
		if now := e.handled(); now != nil {
			panic(now)
		}
		in.Raise(RuntimeError, catalog.PythonNoException)
	}
	v := in.eval(e, s.X)
	in.at = s.Pos
	if c, ok := v.(*Class); ok && c.Is(BaseException) {
		v = in.new(c, Args{})
	}
	if exc, ok := v.(*Object); ok && exc.Class.Is(BaseException) {
		in.raise(exc)
	}
	if u, ok := v.(*Unknown); ok {
		in.Raise(Exception, catalog.PythonRaisedBare, u.Name)
	}
	in.Raise(TypeError, catalog.PythonNotException)
}

// handled returns the exception that an except around handles.
func (e *env) handled() *raised {
	for ; e != nil; e = e.up {
		if r, ok := e.vars["<exception>"].(*raised); ok {
			return r
		}
	}
	return nil
}

func (in *Interp) try(e *env, s *syntax.Try) (f flow, v Value) {
	if len(s.Finally) > 0 {
		defer func() {
			r := recover()
			switch r.(type) {
			case nil, *raised:
			default:
				panic(r) // nothing runs any more
			}
			at := in.at
			if end, w := in.block(e, s.Finally); end != goesOn {
				f, v = end, w
				return
			}
			if r != nil {
				in.at = at
				panic(r)
			}
		}()
	}
	exc := in.attempt(func() { f, v = in.block(e, s.Body) })
	if exc == nil {
		if f == goesOn {
			return in.block(e, s.Else)
		}
		return f, v
	}
	for _, h := range s.Handlers {
		if h.Type != nil && !in.catches(in.eval(e, h.Type), exc) {
			continue
		}
		if h.Name != "" {
			in.assign(e, h.Name, exc.exc)
		}
		before := e.vars["<exception>"]
		e.vars["<exception>"] = exc
		f, v = in.block(e, h.Body)
		e.vars["<exception>"] = before
		return f, v
	}
	panic(exc)
}

// attempt calls f and returns the exception that it raised.
func (in *Interp) attempt(f func()) (exc *raised) {
	frames, depth, file := in.frames, in.depth, in.file
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *raised:
			exc = r
			in.frames, in.depth, in.file = frames, depth, file
		default:
			panic(r)
		}
	}()
	f()
	return nil
}

// catches reports whether except with a class, or several, catches an exception.
// One that is unknown catches what it could be.
func (in *Interp) catches(types Value, exc *raised) bool {
	switch t := types.(type) {
	case *Class:
		return exc.exc.Class.Is(t)
	case *Tuple:
		for _, item := range t.Items {
			if in.catches(item, exc) {
				return true
			}
		}
	}
	return false
}

func (in *Interp) with(e *env, items []syntax.WithItem, body []syntax.Stmt) (flow, Value) {
	if len(items) == 0 {
		return in.block(e, body)
	}
	x := in.eval(e, items[0].X)
	entered := x
	var exit Value
	if o, ok := x.(*Object); ok {
		if enter, _ := o.Class.Find("__enter__"); enter != nil {
			entered = in.Call(&Method{o, enter}, Args{})
			exit, _ = o.Class.Find("__exit__")
		}
	}
	if items[0].Target != nil {
		in.store(e, items[0].Target, entered)
	}
	f, v := in.with(e, items[1:], body)
	if exit != nil {
		in.Call(&Method{x, exit}, Positional(nil, nil, nil))
	}
	return f, v
}
