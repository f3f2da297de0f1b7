package trace

import (
	"strings"

	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/vocab"
)

// A function is one of TensorFlow, of keras.ops or of the backend: its parameters, and
// what it does.
type function struct {
	sig string
	do  func(p *Program, v []eval.Value) eval.Value
}

// functions are by name; several names may have one.
var functions = map[string]function{}

func define(names, sig string, do func(p *Program, v []eval.Value) eval.Value) {
	for name := range strings.FieldsSeq(names) {
		functions[name] = function{sig, do}
	}
}

func init() {
	arithmeticFunctions()
	productFunctions()
	reductions()
	shapeFunctions()
	partFunctions()
	creations()
	mapFunctions()
	kernels()
	define("map_fn vectorized_map scan", "f x *rest **names", func(p *Program, v []eval.Value) eval.Value {
		return &eval.Unknown{Name: "map_fn()"}
	})
}

// tensorArg returns an argument as a tensor; one of unknown shape where it is none.
func tensorArg(p *Program, v eval.Value) *Tensor {
	if x := p.tensorOf(v); x != nil {
		return x
	}
	return &Tensor{dtype: "float32"}
}

// functionOf returns a function by its name, nil if there is none.
func functionOf(name string) *eval.Builtin {
	if f, ok := functions[name]; ok {
		return eval.NewBuiltin(name, f.sig, func(in *eval.Interp, v []eval.Value) eval.Value {
			return f.do(programOf(in), v)
		})
	}
	if vocab.KerasFunction(functionName(name)) != nil {
		return eval.NewBuiltin(name, "x *rest **names", func(in *eval.Interp, v []eval.Value) eval.Value {
			p := programOf(in)
			t := p.tensorOf(v[0])
			if t == nil {
				return &eval.Unknown{Name: name}
			}
			return p.activated(name, t)
		})
	}
	return nil
}
