package eval

import (
	"fmt"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/syntax"
)

// A flow is how a statement ends.
type flow uint8

const (
	goesOn flow = iota
	breaks
	continues
	returns
)

// block runs statements. The value is that of return.
func (in *Interp) block(e *env, body []syntax.Stmt) (flow, Value) {
	for _, s := range body {
		if f, v := in.exec(e, s); f != goesOn {
			return f, v
		}
	}
	return goesOn, nil
}

// exec runs one statement.
func (in *Interp) exec(e *env, s syntax.Stmt) (flow, Value) {
	in.at = s.Place()
	in.tick()
	switch s := s.(type) {
	case *syntax.ExprStmt:
		if v := in.eval(e, s.X); e.module != nil {
			in.Last = v
		}
	case *syntax.Assign:
		v := in.eval(e, s.Value)
		for _, t := range s.Targets {
			in.store(e, t, v)
		}
	case *syntax.AugAssign:
		in.augmented(e, s)
	case *syntax.AnnAssign:
		if name, ok := s.Target.(*syntax.Name); ok && e.class {
			e.fields = append(e.fields, name.ID)
		}
		if s.Value != nil {
			in.store(e, s.Target, in.eval(e, s.Value))
		}
	case *syntax.Return:
		if s.X == nil {
			return returns, nil
		}
		return returns, in.eval(e, s.X)
	case *syntax.Raise:
		in.raiseStatement(e, s)
	case *syntax.Assert:
		in.assert(e, s)
	case *syntax.Delete:
		for _, t := range s.Targets {
			in.delete(e, t)
		}
	case *syntax.Pass, *syntax.Outer:
	case *syntax.Break:
		return breaks, nil
	case *syntax.Continue:
		return continues, nil
	case *syntax.Import:
		in.importStatement(e, s)
	case *syntax.From:
		in.fromStatement(e, s)
	case *syntax.If:
		if in.condition(in.eval(e, s.Test), s) {
			return in.block(e, s.Then)
		}
		return in.block(e, s.Else)
	case *syntax.While:
		return in.while(e, s)
	case *syntax.For:
		return in.forStatement(e, s)
	case *syntax.Try:
		return in.try(e, s)
	case *syntax.With:
		return in.with(e, s.Items, s.Body)
	case *syntax.FuncDef:
		in.assign(e, s.Name, in.decorate(e, s.Decorators, in.function(e, s)))
	case *syntax.ClassDef:
		in.assign(e, s.Name, in.decorate(e, s.Decorators, in.class(e, s)))
	case *syntax.Match:
		return in.match(e, s)
	default:
		panic(fmt.Sprintf("eval: %T", s))
	}
	return goesOn, nil
}

// condition decides an if. Where that depends on data, the branch is taken that does
// something: a network shows what it may do, but for what ends it or skips a step.
func (in *Interp) condition(v Value, s *syntax.If) bool {
	if !in.undecided(v) {
		return in.Truth(v)
	}
	taken := len(s.Else) == 0 && !leaves(s.Then)
	in.Guessed(taken)
	return taken
}

// leaves reports whether a block ends in a statement that leaves what is around it.
func leaves(body []syntax.Stmt) bool {
	switch body[len(body)-1].(type) {
	case *syntax.Raise, *syntax.Return, *syntax.Break, *syntax.Continue:
		return true
	}
	return false
}

func (in *Interp) while(e *env, s *syntax.While) (flow, Value) {
	for in.Truth(in.eval(e, s.Test)) {
		in.tick()
		switch f, v := in.block(e, s.Body); f {
		case breaks:
			return goesOn, nil
		case returns:
			return f, v
		}
	}
	return in.block(e, s.Else)
}

func (in *Interp) forStatement(e *env, s *syntax.For) (flow, Value) {
	it := in.Iter(in.eval(e, s.Iter))
	for {
		v, ok := it.Next()
		if !ok {
			break
		}
		in.tick()
		in.store(e, s.Target, v)
		switch f, v := in.block(e, s.Body); f {
		case breaks:
			return goesOn, nil
		case returns:
			return f, v
		}
	}
	return in.block(e, s.Else)
}

// store assigns a value to a target.
func (in *Interp) store(e *env, target syntax.Expr, v Value) {
	switch t := target.(type) {
	case *syntax.Name:
		in.assign(e, t.ID, v)
	case *syntax.Attr:
		x := in.eval(e, t.X)
		in.at = t.Pos
		in.SetAttr(x, t.Name, v)
	case *syntax.Index:
		x := in.eval(e, t.X)
		in.SetItem(x, in.eval(e, t.Key), v)
	case *syntax.Tuple:
		in.unpack(e, t.Items, v)
	case *syntax.List:
		in.unpack(e, t.Items, v)
	case *syntax.Star:
		in.store(e, t.X, v)
	default:
		panic(fmt.Sprintf("eval: target %T", t))
	}
}

// unpack assigns the items of a value to targets, of which one may have a star.
func (in *Interp) unpack(e *env, targets []syntax.Expr, v Value) {
	if u, ok := v.(*Unknown); ok {
		for i, t := range targets {
			in.store(e, t, &Unknown{fmt.Sprintf("%s[%d]", u.Name, i)})
		}
		return
	}
	items := in.Items(v)
	star := -1
	for i, t := range targets {
		if _, ok := t.(*syntax.Star); ok {
			star = i
		}
	}
	if star < 0 && len(items) != len(targets) || len(items) < len(targets)-1 {
		in.Raise(ValueError, catalog.PythonUnpack, len(targets), len(items))
	}
	rest := len(items) - len(targets) + 1
	for i, t := range targets {
		switch {
		case star < 0 || i < star:
			in.store(e, t, items[i])
		case i == star:
			in.store(e, t, &List{Items: append([]Value(nil), items[i:i+rest]...)})
		default:
			in.store(e, t, items[i+rest-1])
		}
	}
}

func (in *Interp) augmented(e *env, s *syntax.AugAssign) {
	switch t := s.Target.(type) {
	case *syntax.Attr:
		x := in.eval(e, t.X)
		v := in.inPlace(s.Op, in.GetAttr(x, t.Name), in.eval(e, s.Value))
		in.SetAttr(x, t.Name, v)
	case *syntax.Index:
		x, key := in.eval(e, t.X), in.eval(e, t.Key)
		v := in.inPlace(s.Op, in.Item(x, key), in.eval(e, s.Value))
		in.SetItem(x, key, v)
	default:
		v := in.eval(e, s.Target)
		in.store(e, s.Target, in.inPlace(s.Op, v, in.eval(e, s.Value)))
	}
}

// inPlace works x op= y out: lists, dicts and sets change themselves.
func (in *Interp) inPlace(op string, x, y Value) Value {
	switch to := unwrap(x).(type) {
	case *List:
		if op == "+" {
			items := in.Items(y)
			in.Charge(int64(len(items)))
			to.Items = append(to.Items, items...)
			return x
		}
	case *Dict:
		if from, ok := unwrap(y).(*Dict); ok && op == "|" {
			from.Each(to.Put)
			return x
		}
	case *Object:
		if fn, _ := to.Class.Find(inPlaceNames[op]); fn != nil {
			return in.Call(&Method{to, fn}, Positional(y))
		}
	}
	return in.Binary(op, x, y)
}

var inPlaceNames = map[string]string{"+": "__iadd__", "-": "__isub__", "*": "__imul__", "/": "__itruediv__",
	"|": "__ior__"}

func (in *Interp) delete(e *env, target syntax.Expr) {
	switch t := target.(type) {
	case *syntax.Name:
		if !e.unset(t.ID) {
			if !e.scope.Global[t.ID] || !e.globals.unset(t.ID) {
				in.Raise(NameError, catalog.PythonNoName, t.ID)
			}
		}
	case *syntax.Attr:
		in.DelAttr(in.eval(e, t.X), t.Name)
	case *syntax.Index:
		x := in.eval(e, t.X)
		in.DelItem(x, in.eval(e, t.Key))
	case *syntax.Tuple:
		for _, item := range t.Items {
			in.delete(e, item)
		}
	}
}

func (in *Interp) assert(e *env, s *syntax.Assert) {
	v := in.eval(e, s.Test)
	if isUnknown(v) || in.undecided(v) || in.Truth(v) {
		return // what is unknown is taken to be as it should
	}
	in.at = s.Pos
	exc := NewObject(AssertionError)
	exc.Attrs.Put("args", NewTuple())
	if s.Say != nil {
		exc.Attrs.Put("args", NewTuple(in.eval(e, s.Say)))
	}
	in.raise(exc)
}

func isUnknown(v Value) bool {
	_, ok := v.(*Unknown)
	return ok
}

// undecided reports whether a framework's value cannot be true or false yet.
func (in *Interp) undecided(v Value) bool {
	u, ok := v.(interface{ Undecided() bool })
	return ok && u.Undecided()
}
