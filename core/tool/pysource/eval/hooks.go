package eval

// The interfaces that a framework's own types implement, each where it applies. A
// method returns ok false where it does not know the case: the evaluator then goes on
// as if the type had no such method.
type (
	// Attributed has attributes.
	Attributed interface {
		Attr(in *Interp, name string) (v Value, ok bool)
	}
	// Assigned takes attributes.
	Assigned interface {
		SetAttr(in *Interp, name string, v Value) (ok bool)
	}
	// Callable can be called.
	Callable interface {
		Call(in *Interp, a Args) Value
	}
	// Operand takes part in X op Y; right: it is Y. Operators are written as in the
	// source, comparisons too, and unary ones as "u-", "u+", "u~".
	Operand interface {
		Operate(in *Interp, op string, other Value, right bool) (v Value, ok bool)
	}
	// Indexed is X[key].
	Indexed interface {
		Item(in *Interp, key Value) Value
	}
	// IndexAssigned is X[key] = v.
	IndexAssigned interface {
		SetItem(in *Interp, key, v Value)
	}
	// Iterated can be looped over.
	Iterated interface{ Iterate(in *Interp) *Iter }
	// Sized has a length.
	Sized interface{ Len(in *Interp) int64 }
	// Truthy is true or false in an if.
	Truthy interface{ Truth(in *Interp) bool }
	// Instance has a class, for isinstance and type.
	Instance interface{ TypeOf() *Class }
	// Shown has a text, for str and repr.
	Shown interface{ Show(in *Interp) string }
	// Hashed can be a key though it is no pointer to something of its own.
	Hashed interface{ Hash() any }
)
