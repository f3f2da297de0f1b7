package eval

import (
	"math/big"

	"paramstack/core/tool/pysource/syntax"
)

// A Value is a value of Python: nil (None), bool, int64, *big.Int (what does not fit
// an int64), float64, string, or a pointer to one of the types of this package. A
// framework brings types of its own, which implement what they need of the
// interfaces in hooks.go.
type Value any

type (
	// Bytes is a string of bytes.
	Bytes string
	// Complex is a complex number, which is known and not computed with.
	Complex struct{ Im float64 }
	// EllipsisType is the type of …
	EllipsisType struct{}
	// AbsentType is the type of Absent.
	AbsentType struct{}
	// List is a list.
	List struct{ Items []Value }
	// Tuple is a tuple; those of collections.namedtuple know their class.
	Tuple struct {
		Items []Value
		Class *Class // nil: tuple
	}
	// Set is a set, its items in the order in which they were added.
	Set struct{ Dict *Dict }
	// Range is a range, which is never laid out.
	Range struct{ From, To, Step int64 }
	// Slice is from:to:step as a value.
	Slice struct{ From, To, Step Value }
	// Function is a function of the source.
	Function struct {
		Def      *syntax.FuncDef
		Defaults []Value // of each parameter, Absent where there is none
		env      *env
		Name     string
		attrs    *Dict // made at the first use
		cell     *cell
		file     *File
	}
	// Builtin is a function of Go.
	Builtin struct {
		Name string
		sig  *signature
		Do   func(in *Interp, v []Value) Value
		Raw  func(in *Interp, a Args) Value // instead of sig and Do
		// Unsure: nobody knows whether there is such a function. hasattr denies it.
		Unsure bool
	}
	// Method is a function with its first argument.
	Method struct{ Self, Fn Value }
	// Property is a property of a class.
	Property struct{ Get, Set Value }
	// Static and ClassMethod are what their decorators make.
	Static      struct{ Fn Value }
	ClassMethod struct{ Fn Value }
	// Super is what super() returns.
	Super struct {
		After *Class // the class whose bases are meant
		Self  Value
	}
	// Module is a module that was imported.
	Module struct {
		Name  string
		Attrs *Dict
		// Missing returns an attribute that Attrs lacks, nil: there is none.
		Missing func(in *Interp, name string) Value
	}
	// Unknown is what nothing is known of, with the name it has in the source: what
	// an unknown import brings, and what is made of it.
	Unknown struct{ Name string }
	// Object is an instance of a class.
	Object struct {
		Class  *Class
		Attrs  *Dict
		Native any // what a class of Go keeps in it; of a subclass of list, dict, …: the list
	}
	// Iter is an iterator.
	Iter struct {
		Next  func() (Value, bool)
		close func()
	}
)

var (
	// Absent is an argument that a call does not have.
	Absent = &AbsentType{}
	// Ellipsis is ….
	Ellipsis = &EllipsisType{}
	// NotImplemented is what operators return that do not know the other side.
	NotImplemented = &Unknown{"NotImplemented"}
)

// Args are the arguments of a call.
type Args struct {
	Pos   []Value
	Names []string // of the last of Named
	Named []Value
}

// Get returns the argument with a name.
func (a *Args) Get(name string) (Value, bool) {
	for i, n := range a.Names {
		if n == name {
			return a.Named[i], true
		}
	}
	return nil, false
}

// Positional returns arguments without names.
func Positional(v ...Value) Args { return Args{Pos: v} }

// normal returns a whole number as small as it can be.
func normal(n *big.Int) Value {
	if n.IsInt64() {
		return n.Int64()
	}
	return n
}

// NewList returns a list of values.
func NewList(items ...Value) *List { return &List{Items: items} }

// NewTuple returns a tuple of values.
func NewTuple(items ...Value) *Tuple { return &Tuple{Items: items} }

// Ints returns a tuple of whole numbers.
func Ints(n ...int64) *Tuple {
	t := &Tuple{Items: make([]Value, len(n))}
	for i, v := range n {
		t.Items[i] = v
	}
	return t
}

// IsNone reports whether a value is None, or absent.
func IsNone(v Value) bool { return v == nil || v == Value(Absent) }
