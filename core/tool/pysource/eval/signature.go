package eval

import (
	"strings"

	"paramstack/core/catalog"
)

// A signature is the parameters of a function of Go.
type signature struct {
	names    []string
	optional []bool
	keyOnly  int // the first that has a name only; len(names): none
	rest     int // which takes all further positions, -1: none
	named    int // which takes all further names, -1: none
}

// NewBuiltin returns a function of Go. sig lists its parameters, divided by blanks:
// name, name? (may be absent), *name (a *Tuple of all further positions), **name (a
// *Dict of all further names); what follows * has a name only. do receives a value
// for each, Absent where the call has none.
func NewBuiltin(name, sig string, do func(in *Interp, v []Value) Value) *Builtin {
	s := &signature{rest: -1, named: -1, keyOnly: -1}
	for i, p := range strings.Fields(sig) {
		switch {
		case strings.HasPrefix(p, "**"):
			s.named = i
			p = p[2:]
		case strings.HasPrefix(p, "*"):
			s.rest = i
			p = p[1:]
			s.keyOnly = i + 1
		}
		bare := strings.TrimSuffix(p, "?")
		s.names = append(s.names, bare)
		s.optional = append(s.optional, bare != p)
	}
	if s.keyOnly < 0 {
		s.keyOnly = len(s.names)
	}
	return &Builtin{Name: name, sig: s, Do: do}
}

// NewRaw returns a function of Go that takes its arguments as they are.
func NewRaw(name string, do func(in *Interp, a Args) Value) *Builtin {
	return &Builtin{Name: name, Raw: do}
}

func (b *Builtin) call(in *Interp, a Args) Value {
	if b.Raw != nil {
		return b.Raw(in, a)
	}
	return b.Do(in, in.Bind(b, a))
}

// Bind returns the values of a function's parameters.
func (in *Interp) Bind(b *Builtin, a Args) []Value {
	s := b.sig
	v := make([]Value, len(s.names))
	for i := range v {
		v[i] = Absent
	}
	if s.rest >= 0 {
		v[s.rest] = &Tuple{}
	}
	var named *Dict
	if s.named >= 0 {
		named = NewDict()
		v[s.named] = named
	}
	next := 0
	for i := 0; i < len(a.Pos); i++ {
		switch {
		case next == s.rest:
			t := v[next].(*Tuple)
			t.Items = append(t.Items, a.Pos[i])
		case next >= len(s.names) || next >= s.keyOnly || next == s.named:
			in.Raise(TypeError, catalog.PythonTooMany, b.Name, next, len(a.Pos))
		default:
			v[next] = a.Pos[i]
			next++
		}
	}
names:
	for i, name := range a.Names {
		for k, n := range s.names {
			if n == name && k != s.rest && k != s.named {
				if v[k] != Value(Absent) {
					in.Raise(TypeError, catalog.PythonTwice, name)
				}
				v[k] = a.Named[i]
				continue names
			}
		}
		if named == nil {
			in.Raise(TypeError, catalog.PythonNoParam, b.Name, name)
		}
		named.Put(name, a.Named[i])
	}
	for i := range v {
		if v[i] == Value(Absent) && !s.optional[i] && i != s.rest && i != s.named {
			in.Raise(TypeError, catalog.PythonMissing, b.Name, s.names[i])
		}
	}
	return v
}
