package eval

import (
	"fmt"
	"math/big"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/syntax"
)

// eval evaluates an expression.
func (in *Interp) eval(e *env, x syntax.Expr) Value {
	in.tick()
	switch x := x.(type) {
	case *syntax.Name:
		if v, ok := e.vars[x.ID]; ok {
			return v
		}
		in.at = x.Pos
		return in.lookup(e, x.ID)
	case *syntax.None:
		return nil
	case *syntax.Ellipsis:
		return Ellipsis
	case *syntax.Bool:
		return x.Value
	case *syntax.Int:
		if x.Big != nil {
			return new(big.Int).Set(x.Big)
		}
		return x.Value
	case *syntax.Float:
		if x.Imaginary {
			return Complex{x.Value}
		}
		return x.Value
	case *syntax.Str:
		if x.Bytes {
			return Bytes(x.Value)
		}
		return x.Value
	case *syntax.FString:
		return in.fstring(e, x)
	case *syntax.Tuple:
		return &Tuple{Items: in.items(e, x.Items)}
	case *syntax.List:
		return &List{Items: in.items(e, x.Items)}
	case *syntax.Set:
		s := &Set{NewDict()}
		for _, v := range in.items(e, x.Items) {
			s.Dict.Put(in.key(v), true)
		}
		return s
	case *syntax.Dict:
		return in.dict(e, x)
	case *syntax.Unary:
		return in.unary(x, in.eval(e, x.X))
	case *syntax.Binary:
		l := in.eval(e, x.X)
		r := in.eval(e, x.Y)
		in.at = x.Pos
		return in.Binary(x.Op, l, r)
	case *syntax.Logic:
		v := in.eval(e, x.X)
		if in.Truth(v) != x.And {
			return v
		}
		return in.eval(e, x.Y)
	case *syntax.Compare:
		return in.compareChain(e, x)
	case *syntax.Cond:
		if in.Truth(in.eval(e, x.Test)) {
			return in.eval(e, x.Then)
		}
		return in.eval(e, x.Else)
	case *syntax.Lambda:
		return in.function(e, x.Def)
	case *syntax.Call:
		return in.call(e, x)
	case *syntax.Attr:
		v := in.eval(e, x.X)
		in.at = x.Pos
		return in.GetAttr(v, x.Name)
	case *syntax.Index:
		v := in.eval(e, x.X)
		key := in.eval(e, x.Key)
		in.at = x.Pos
		return in.Item(v, key)
	case *syntax.Slice:
		part := func(x syntax.Expr) Value {
			if x == nil {
				return nil
			}
			return in.eval(e, x)
		}
		return &Slice{part(x.From), part(x.To), part(x.Step)}
	case *syntax.Comp:
		return in.comprehension(e, x)
	case *syntax.Walrus:
		v := in.eval(e, x.Value)
		to := e
		for to.scope != nil && to.up != nil && strings.HasPrefix(to.name(), "<") { // not the comprehension's own
			to = to.up
		}
		in.assign(to, x.Target, v)
		return v
	case *syntax.Yield:
		return in.yield(e, x)
	case *syntax.Await:
		return in.eval(e, x.X)
	case *syntax.Star:
		in.at = x.Pos
		in.Raise(TypeError, catalog.PythonUnsupported, "*")
	}
	panic(fmt.Sprintf("eval: %T", x))
}

// items evaluates the items of a display, those with a star unpacked.
func (in *Interp) items(e *env, xs []syntax.Expr) []Value {
	all := make([]Value, 0, len(xs))
	for _, x := range xs {
		if star, ok := x.(*syntax.Star); ok {
			all = append(all, in.Items(in.eval(e, star.X))...)
			continue
		}
		all = append(all, in.eval(e, x))
	}
	in.Charge(int64(len(all)))
	return all
}

// key refuses what cannot be a key.
func (in *Interp) key(v Value) Value {
	if hashOf(v) == nil {
		in.Raise(TypeError, catalog.PythonUnhashable, in.TypeOf(v).Name)
	}
	return v
}

func (in *Interp) dict(e *env, x *syntax.Dict) Value {
	d := NewDict()
	for i, key := range x.Keys {
		if key == nil {
			in.update(d, in.eval(e, x.Values[i]))
			continue
		}
		k := in.key(in.eval(e, key))
		d.Put(k, in.eval(e, x.Values[i]))
	}
	in.Charge(2 * int64(d.Len()))
	return d
}

// update puts the keys of a mapping, or of pairs, into a dict.
func (in *Interp) update(d *Dict, from Value) {
	switch f := unwrap(from).(type) {
	case *Unknown:
		return
	case *Dict:
		in.Charge(2 * int64(f.Len()))
		f.Each(d.Put)
		return
	}
	if keys, ok := in.attr(from, "keys"); ok {
		for _, k := range in.Items(in.Call(keys, Args{})) {
			d.Put(in.key(k), in.Item(from, k))
		}
		return
	}
	for _, pair := range in.Items(from) {
		kv := in.Items(pair)
		if len(kv) != 2 {
			in.Raise(ValueError, catalog.PythonUnpack, 2, len(kv))
		}
		d.Put(in.key(kv[0]), kv[1])
	}
	in.Charge(2 * int64(d.Len()))
}

func (in *Interp) compareChain(e *env, x *syntax.Compare) Value {
	l := in.eval(e, x.X)
	var v Value
	for i, op := range x.Ops {
		r := in.eval(e, x.Rest[i])
		in.at = x.Pos
		v = in.Compare(op, l, r)
		if i < len(x.Ops)-1 && !in.Truth(v) {
			return v
		}
		l = r
	}
	return v
}

// name is that of the function whose names e are.
func (e *env) name() string {
	if e.comp {
		return "<"
	}
	return ""
}

func (in *Interp) comprehension(e *env, c *syntax.Comp) Value {
	first := in.eval(e, c.For[0].Iter)
	inner := &env{vars: map[string]Value{}, scope: &c.Def.Scope, up: e, globals: e.globals, file: e.file,
		cell:  e.cell,
		first: e.first, comp: true}
	if e.class { // its names are seen by the first iterable alone, as in Python
		inner.up = e
	}
	switch c.Form {
	case syntax.Generator:
		return in.generator(func(yield func(Value) bool) {
			in.loop(inner, c, 0, first, func() bool { return yield(in.eval(inner, c.X)) })
		})
	case syntax.DictComp:
		d := NewDict()
		in.loop(inner, c, 0, first, func() bool {
			k := in.key(in.eval(inner, c.X))
			d.Put(k, in.eval(inner, c.Y))
			in.Charge(2)
			return true
		})
		return d
	case syntax.SetComp:
		s := &Set{NewDict()}
		in.loop(inner, c, 0, first, func() bool {
			s.Dict.Put(in.key(in.eval(inner, c.X)), true)
			in.Charge(1)
			return true
		})
		return s
	default:
		l := &List{}
		in.loop(inner, c, 0, first, func() bool {
			l.Items = append(l.Items, in.eval(inner, c.X))
			in.Charge(1)
			return true
		})
		return l
	}
}

// loop runs the fors of a comprehension from one on; false: no more is needed.
func (in *Interp) loop(e *env, c *syntax.Comp, at int, first Value, each func() bool) bool {
	if at == len(c.For) {
		return each()
	}
	f := &c.For[at]
	over := first
	if at > 0 {
		over = in.eval(e, f.Iter)
	}
	it := in.Iter(over)
next:
	for {
		v, ok := it.Next()
		if !ok {
			return true
		}
		in.tick()
		in.store(e, f.Target, v)
		for _, test := range f.Ifs {
			if !in.Truth(in.eval(e, test)) {
				continue next
			}
		}
		if !in.loop(e, c, at+1, nil, each) {
			return false
		}
	}
}

// yield hands a value out of a generator.
func (in *Interp) yield(e *env, x *syntax.Yield) Value {
	f := e
	for f != nil && f.yield == nil {
		f = f.up
	}
	if f == nil {
		in.Raise(RuntimeError, catalog.PythonUnsupported, "yield")
	}
	if x.From {
		it := in.Iter(in.eval(e, x.X))
		for {
			v, ok := it.Next()
			if !ok {
				return nil
			}
			if !f.yield(v) {
				panic(stopped{})
			}
		}
	}
	var v Value
	if x.X != nil {
		v = in.eval(e, x.X)
	}
	if !f.yield(v) {
		panic(stopped{})
	}
	return nil
}
