package keras

import (
	"strings"

	"paramstack/core/tool/pycode"
)

// madeBy is how a layer of the chain is made. What Keras takes for granted is
// left out.
func madeBy(c *chainCall, frozen bool, name string) *pycode.Call {
	e := &pycode.Call{Func: "layers." + c.class}
	if helper(c.class) {
		e.Func = c.class
	}
	if name != "" {
		e.Last = "name=" + name
	}
	if c.inner != nil {
		e.Args = append(e.Args, pycode.Pos("layer", madeBy(c.inner, false, "").Text()))
	}
	first := ""
	for i, a := range c.args {
		code := pycode.Arg{Name: a.name, Value: argCode(&a), Named: i >= positional(c.class)}
		if i == 0 {
			first = code.Value
		}
		code.Omit = omitted(c.class, a.name)
		if a.name == "strides" && strings.Contains(c.class, "Pooling") {
			code.Omit = first // as large as the window
		}
		e.Args = append(e.Args, code)
	}
	if frozen {
		e.Args = append(e.Args, pycode.Named("trainable", "False", ""))
	}
	return e
}

// positional is how many arguments of a class go without their names.
func positional(class string) int {
	switch base := strings.TrimRight(class, "0123D"); {
	case strings.HasSuffix(base, "Embedding"), base == "SeparableConv", base == "Conv", strings.HasSuffix(base, "Transpose"), base == "ConvLSTM":
		return 2
	case strings.HasSuffix(base, "Normalization") && base != "GroupNormalization", strings.HasPrefix(base, "Global"),
		base == "ReLU", base == "LeakyReLU", base == "ELU", base == "PReLU", base == "Softmax", base == "Dot", base == "Concatenate", base == "MultiHeadAttention":
		return 0
	}
	return 1
}

// omitted is what Keras 3, or a helper, takes an argument of a class to be.
func omitted(class, name string) string {
	switch class {
	case "LocalResponseNorm":
		return map[string]string{"alpha": "0.0001", "beta": "0.75", "k": "1"}[name]
	case "LayerScale":
		return map[string]string{"use_bias": "False"}[name]
	}
	switch name {
	case "strides", "dilation_rate", "groups", "depth_multiplier":
		if class != "GroupNormalization" {
			return "1"
		}
	case "padding":
		return pycode.Quoted("valid")
	case "use_bias", "center", "scale", "reset_after":
		if class != "Rescaling" {
			return "True"
		}
	case "return_sequences", "keepdims":
		return "False"
	case "momentum":
		return "0.99"
	case "epsilon":
		if class != "RMSNormalization" {
			return "0.001"
		}
		return "1e-06"
	case "axis":
		return "-1"
	case "dropout", "offset":
		return "0"
	case "merge_mode":
		return pycode.Quoted("concat")
	case "activation":
		if class == "SimpleRNN" {
			return pycode.Quoted("tanh")
		}
	case "interpolation":
		if class == "Resizing" {
			return pycode.Quoted("bilinear")
		}
		return pycode.Quoted("nearest")
	}
	return ""
}

// argCode writes an argument's value, one number where all are equal.
func argCode(a *arg) string {
	l, ok := a.value.(pycode.List)
	if !ok {
		return pycode.Literal(a.value)
	}
	switch a.name {
	case "kernel_size", "strides", "pool_size", "dilation_rate", "size":
		return oneOf(l)
	case "padding", "cropping":
		pairs := make(pycode.List, len(l))
		for i, side := range l {
			if pairs[i] = side; isPair(side) {
				if p := oneOf(side.(pycode.List)); !strings.HasPrefix(p, "(") {
					pairs[i] = side.(pycode.List)[0]
				}
			}
		}
		for i := range pairs {
			if _, pair := pairs[i].(pycode.List); pair {
				return pycode.Literal(l) // all of them in full
			}
		}
		return oneOf(pairs)
	}
	return pycode.Literal(l)
}

func isPair(v any) bool { l, ok := v.(pycode.List); return ok && len(l) == 2 }

func oneOf(l pycode.List) string {
	for _, v := range l {
		if v != l[0] {
			return pycode.Literal(l)
		}
	}
	return pycode.Literal(l[0])
}

// short is what the name of a layer ends with that only prepares another one.
func short(class string) string {
	switch {
	case strings.HasPrefix(class, "ZeroPadding"):
		return "pad"
	case strings.HasPrefix(class, "Cropping"):
		return "crop"
	default:
		return camelToSnake(class)
	}
}
