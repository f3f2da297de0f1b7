package eval

// isInstance reports whether a class is one of those of a second argument. A class
// that is unknown is none.
func (in *Interp) isInstance(c *Class, of Value, v Value) bool {
	switch t := of.(type) {
	case *Class:
		return c.Is(t) || t == FloatClass && c == FloatClass
	case *Tuple:
		for _, k := range t.Items {
			if in.isInstance(c, k, v) {
				return true
			}
		}
	case *Builtin: // of typing, or of functions: Callable
		if t.Name == "Callable" {
			switch v.(type) {
			case *Function, *Builtin, *Method, *Class:
				return true
			}
		}
		if of := protocols[t.Name]; of != nil {
			for _, k := range of {
				if c.Is(k) {
					return true
				}
			}
		}
	}
	return false
}

// protocols are the classes that the abstract ones of collections.abc and typing mean.
var protocols = map[string][]*Class{
	"Sequence": {ListClass, TupleClass, StrClass, RangeClass}, "Iterable": {ListClass, TupleClass, StrClass,
		RangeClass, DictClass, SetClass},
	"List": {ListClass}, "Dict": {DictClass}, "Tuple": {TupleClass}, "Mapping": {DictClass},
	"MutableMapping": {DictClass},
	"Set":            {SetClass}, "Number": {IntClass, FloatClass}, "Integral": {IntClass}, "Real": {IntClass,
		FloatClass},
	"Container": {ListClass, TupleClass, StrClass, DictClass, SetClass},
}
