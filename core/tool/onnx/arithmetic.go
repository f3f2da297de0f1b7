package onnx

import "math"

var unaries = map[string]func(float64) float64{
	"Neg": func(v float64) float64 { return -v }, "Abs": math.Abs, "Floor": math.Floor, "Ceil": math.Ceil,
	"Round": math.RoundToEven,
	"Sqrt":  math.Sqrt, "Reciprocal": func(v float64) float64 { return 1 / v }, "Exp": math.Exp, "Log": math.Log,
	"Sin": math.Sin, "Cos": math.Cos, "Tan": math.Tan, "Tanh": math.Tanh,
	"Not": func(v float64) float64 { return asNumber(v == 0) },
}

func asNumber(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// ifKnown is f where neither number is NaN.
func ifKnown(f func(a, b float64) float64) func(a, b float64, whole bool) float64 {
	return func(a, b float64, _ bool) float64 {
		if math.IsNaN(a) || math.IsNaN(b) {
			return math.NaN()
		}
		return f(a, b)
	}
}

var binaries = map[string]func(a, b float64, whole bool) float64{
	"Add": ifKnown(func(a, b float64) float64 { return a + b }),
	"Sub": ifKnown(func(a, b float64) float64 { return a - b }),
	"Mul": ifKnown(func(a, b float64) float64 { return a * b }), "Pow": ifKnown(math.Pow),
	"Max": ifKnown(math.Max), "Min": ifKnown(math.Min),
	"Div": func(a, b float64, whole bool) float64 {
		if v := a / b; !whole {
			return v
		} else if math.IsInf(v, 0) {
			return math.NaN()
		} else {
			return math.Trunc(v)
		}
	},
	"Mod": ifKnown(func(a, b float64) float64 {
		m := math.Mod(a, b)
		if m != 0 && (m < 0) != (b < 0) {
			m += b
		}
		return m
	}),
	"Equal":          ifKnown(func(a, b float64) float64 { return asNumber(a == b) }),
	"Greater":        ifKnown(func(a, b float64) float64 { return asNumber(a > b) }),
	"Less":           ifKnown(func(a, b float64) float64 { return asNumber(a < b) }),
	"GreaterOrEqual": ifKnown(func(a, b float64) float64 { return asNumber(a >= b) }),
	"LessOrEqual":    ifKnown(func(a, b float64) float64 { return asNumber(a <= b) }),
	"And":            ifKnown(func(a, b float64) float64 { return asNumber(a != 0 && b != 0) }),
	"Or":             ifKnown(func(a, b float64) float64 { return asNumber(a != 0 || b != 0) }),
}
