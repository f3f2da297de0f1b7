package trace

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

// unary are functions that keep the shape of their first argument, by all their names.
var unary = strings.Fields(`abs square sqrt rsqrt log log1p sign negative neg sin cos exp_m1 floor ceil round clip
	clip_by_value dropout stop_gradient l2_normalize normalize is_nan isnan logical_not erf reciprocal cumsum sort tan
	atan arctan expm1 exp logit digamma lgamma nan_to_num
	local_response_normalization lrn`)

// unchanged are functions whose result has the numbers of their argument.
var unchanged = strings.Fields(`cast identity convert_to_tensor constant_of asarray array check_numerics
	ensure_shape ascontiguousarray to_float cast_to_floatx`)

// arithmeticFunctions are functions of each number, and those that join two tensors number by number.
func arithmeticFunctions() {
	for _, name := range unary {
		define(name, "x *rest **names", func(p *Program, v []eval.Value) eval.Value {
			return p.pointwise(name, tensorArg(p, v[0]))
		})
	}
	for _, name := range unchanged {
		define(name, "x *rest **names", func(p *Program, v []eval.Value) eval.Value {
			if _, ok := listItems(v[0]); ok {
				return tensorArg(p, v[0])
			}
			return v[0]
		})
	}
	for name, op := range map[string]string{"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "truediv": "/",
		"pow": "**", "power": "**", "maximum": "maximum", "minimum": "minimum", "bias_add": "+", "sub": "-", "mul": "*",
		"div": "/", "divide_no_nan": "/", "floordiv": "//", "mod": "%", "squared_difference": "SquaredDifference",
		"logical_and": "LogicalAnd", "logical_or": "LogicalOr", "equal": "Equal", "not_equal": "NotEqual",
		"greater": "Greater", "less": "Less", "greater_equal": "GreaterEqual", "less_equal": "LessEqual"} {
		define(name, "a b *rest **names", func(p *Program, v []eval.Value) eval.Value {
			return p.binary(op, tensorArg(p, v[0]), tensorArg(p, v[1]))
		})
	}
	define("where select", "c a? b?", func(p *Program, v []eval.Value) eval.Value {
		if eval.IsNone(v[1]) {
			return &eval.Unknown{Name: "where()"}
		}
		return p.binary("Where", tensorArg(p, v[1]), tensorArg(p, v[2]))
	})
	define("softmax log_softmax", "x axis? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		return p.activated("softmax", tensorArg(p, v[0]))
	})
}

// activated is a function of keras.activations.
func (p *Program) activated(name string, t *Tensor) *Tensor {
	return p.step("Activation", map[string]any{"activation": functionName(name)}, same(t), t)
}

// pointwise is a function of each number.
func (p *Program) pointwise(name string, t *Tensor) *Tensor {
	return p.step("ops."+name, nil, same(t), t)
}

// joins are operators by the layer that joins two tensors so.
var joins = map[string]string{"+": "Add", "-": "Subtract", "*": "Multiply", "/": "ops.Divide", "**": "ops.Power",
	"maximum": "Maximum", "minimum": "Minimum", "//": "ops.FloorDivide", "%": "ops.Mod"}

// binary joins two tensors, of which one may be a constant.
func (p *Program) binary(op string, a, b *Tensor) *Tensor {
	dims, ok := broadcast(a, b)
	if !ok {
		p.in.Raise(eval.ValueError, catalog.TorchBroadcast, op, shapeText(a.dims), shapeText(b.dims))
	}
	out := &Tensor{dims: dims, ranked: a.ranked && b.ranked, dtype: a.dtype}
	if len(a.data) == 1 && len(b.data) == 1 {
		x, y := a.data[0], b.data[0]
		switch op {
		case "+":
			out.data = []float64{x + y}
		case "-":
			out.data = []float64{x - y}
		case "*":
			out.data = []float64{x * y}
		}
	}
	class := joins[op]
	if class == "" {
		class = "ops." + op
	}
	variable := func(t *Tensor) bool { return t.live() || t.weight != nil }
	switch {
	case variable(a) && variable(b):
		return p.step(class, nil, out, a, b)
	case variable(b):
		a = b
	case !variable(a):
		return out
	}
	if class = strings.TrimPrefix(class, "ops."); !slices.Equal(out.Shape(), a.Shape()) {
		class = "Broadcast"
	}
	return p.step("ops."+class, nil, out, a)
}

// broadcast returns the extents of two tensors that are joined number by number.
func broadcast(a, b *Tensor) ([]int64, bool) {
	if !a.ranked || !b.ranked {
		return nil, true
	}
	x, y := a.dims, b.dims
	if len(x) < len(y) {
		x, y = y, x
	}
	out := slices.Clone(x)
	from := len(x) - len(y)
	for i, d := range y {
		switch e := x[from+i]; {
		case e == d, d == 1:
		case e == 1, e < 0:
			out[from+i] = d
			if e < 0 && d != 1 && from+i == 0 {
				out[from+i] = e
			}
		case d < 0:
		default:
			return nil, false
		}
	}
	return out, true
}

// Operate implements eval.Operand.
func (t *Tensor) Operate(in *eval.Interp, op string, other eval.Value, right bool) (eval.Value, bool) {
	p := programOf(in)
	switch op {
	case "u-", "u~":
		return p.pointwise("Negative", t), true
	case "u+":
		return t, true
	}
	o := p.tensorOf(other)
	if o == nil {
		return nil, false
	}
	a, b := t, o
	if right {
		a, b = b, a
	}
	switch op {
	case "@":
		return p.matmul(a, b, false, false), true
	case "==", "!=", "<", ">", "<=", ">=", "&", "|", "^":
		if len(a.data) == 1 && len(b.data) == 1 {
			return in.Binary(op, a.data[0], b.data[0]), true
		}
		dims, ok := broadcast(a, b)
		if !ok {
			return nil, false
		}
		return p.step("ops.Compare", nil, &Tensor{dims: dims, ranked: a.ranked && b.ranked, dtype: "bool"}, t), true
	case "is", "is not", "in", "not in":
		return nil, false
	}
	return p.binary(op, a, b), true
}
