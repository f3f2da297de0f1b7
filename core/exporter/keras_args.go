package exporter

import (
	"strings"
)

// layerCall is how a layer of the chain is made. What Keras takes for granted is
// left out.
func layerCall(c *kerasCall, frozen bool, name string) *call {
	e := &call{fn: "layers." + c.class}
	if helper(c.class) {
		e.fn = c.class
	}
	if name != "" {
		e.last = "name=" + name
	}
	if c.inner != nil {
		e.args = append(e.args, pos("layer", layerCall(c.inner, false, "").text()))
	}
	first := ""
	for i, a := range c.args {
		code := arg{name: a.name, value: kerasNumber(&a), named: i >= positional(c.class)}
		if i == 0 {
			first = code.value
		}
		code.omit = omitted(c.class, a.name)
		if a.name == "strides" && strings.Contains(c.class, "Pooling") {
			code.omit = first // as large as the window
		}
		e.args = append(e.args, code)
	}
	if frozen {
		e.args = append(e.args, named("trainable", "False", ""))
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
		return quoted("valid")
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
		return quoted("concat")
	case "activation":
		if class == "SimpleRNN" {
			return quoted("tanh")
		}
	case "interpolation":
		if class == "Resizing" {
			return quoted("bilinear")
		}
		return quoted("nearest")
	}
	return ""
}

// kerasNumber writes an argument's value, one number where all are equal.
func kerasNumber(a *kerasArg) string {
	l, ok := a.value.(list)
	if !ok {
		return python(a.value)
	}
	switch a.name {
	case "kernel_size", "strides", "pool_size", "dilation_rate", "size":
		return oneOf(l)
	case "padding", "cropping":
		pairs := make(list, len(l))
		for i, side := range l {
			if pairs[i] = side; isPair(side) {
				if p := oneOf(side.(list)); !strings.HasPrefix(p, "(") {
					pairs[i] = side.(list)[0]
				}
			}
		}
		for i := range pairs {
			if _, pair := pairs[i].(list); pair {
				return python(l) // all of them in full
			}
		}
		return oneOf(pairs)
	}
	return python(l)
}

func isPair(v any) bool { l, ok := v.(list); return ok && len(l) == 2 }

func oneOf(l list) string {
	for _, v := range l {
		if v != l[0] {
			return python(l)
		}
	}
	return python(l[0])
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
