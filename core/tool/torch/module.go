package torch

import (
	"strconv"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/vocab"
)

// A module is one module of a PyTorch model, as print or a pickle shows it.
type module struct {
	path  string // layer1.0.conv1
	name  string // conv1
	class string // Conv2d
	args  []argument
	times int64 // how many equal modules it represents: (0-11): 12 x Block
	kids  []*module
	// own are the parameters that it holds itself, where they are known.
	own    []tensor.Shape
	custom bool // a class of the program's
	// stores is the weight of a layer that it stores in another form.
	stores tensor.Shape
	origin string // the line of the program that made it, "" if none is known
}

// An argument is one of those in a module's parentheses, as it is written too.
type argument struct {
	vocab.Arg
	text string
}

func argValues(args []argument) []vocab.Arg {
	all := make([]vocab.Arg, len(args))
	for i, a := range args {
		all[i] = a.Arg
	}
	return all
}

// kid returns the module at a path below m, nil if there is none.
func (m *module) kid(path string) *module {
	for name := range strings.SplitSeq(path, ".") {
		var found *module
		for _, k := range m.kids {
			if k.name == name {
				found = k
			}
		}
		if found == nil {
			return nil
		}
		m = found
	}
	return m
}

// arg returns an argument by its keyword, nil if there is none.
func (m *module) arg(name string) vocab.Value {
	for _, a := range m.args {
		if a.Name == name {
			return a.Value
		}
	}
	return nil
}

// biased reports whether a layer of a module has biases, as PyTorch's have if
// nothing is stated.
func (m *module) biased() layer.Switch { return m.arg("bias") != false }

// walk calls f for m and every module in it, outer before inner.
func (m *module) walk(f func(*module)) {
	f(m)
	for _, k := range m.kids {
		k.walk(f)
	}
}

// parseArguments divides what is in parentheses: 3, 64, kernel_size=(3, 3).
func parseArguments(s string) []argument {
	var args []argument
	for _, part := range splitTop(s, ',') {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if in, out, old := strings.Cut(part, " -> "); old { // PyTorch 0.3: Linear (320 -> 50)
			args = append(args, argument{vocab.Arg{Value: literal(in)}, in}, argument{vocab.Arg{Value: literal(out)}, out})
			continue
		}
		name, value, named := strings.Cut(part, "=")
		if name = strings.TrimSpace(name); !named || !isName(name) {
			name, value = "", part
		}
		if part == "inplace" { // of PyTorch 0.3 too
			name, value = part, "True"
		}
		args = append(args, argument{vocab.Arg{Name: name, Value: literal(value)}, part})
	}
	return args
}

// isName reports whether s is a name in Python.
func isName(s string) bool {
	for i, r := range s {
		if r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}

// splitTop divides s at a character that is in no brackets and no quotes.
func splitTop(s string, at byte) []string {
	var parts []string
	start, depth, quote := 0, 0, byte(0)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '(' || c == '[' || c == '{':
			depth++
		case c == ')' || c == ']' || c == '}':
			depth--
		case c == at && depth == 0:
			parts = append(parts, s[start:i])
			start = i + 1
		}
	}
	return append(parts, s[start:])
}

// literal decodes a Python value. What is none is its text.
func literal(text string) vocab.Value { return literalIn(text, 0) }

// maxLiteralDepth is how deep lists may nest in an argument: those of layers do so once.
const maxLiteralDepth = 8

func literalIn(text string, depth int) vocab.Value {
	text = strings.TrimSpace(text)
	if inner, ok := strings.CutPrefix(text, "torch.Size("); ok {
		return literalIn(strings.TrimSuffix(inner, ")"), depth)
	}
	switch text {
	case "None":
		return nil
	case "True":
		return true
	case "False":
		return false
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	if x, err := strconv.ParseFloat(text, 64); err == nil {
		return x
	}
	for _, b := range []string{"()", "[]"} {
		if depth < maxLiteralDepth && len(text) >= 2 && text[0] == b[0] && text[len(text)-1] == b[1] {
			items := []vocab.Value{}
			for _, item := range splitTop(text[1:len(text)-1], ',') {
				if item = strings.TrimSpace(item); item != "" {
					items = append(items, literalIn(item, depth+1))
				}
			}
			return items
		}
	}
	return strings.Trim(text, `'"`)
}
