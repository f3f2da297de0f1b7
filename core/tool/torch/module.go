package torch

import (
	"strconv"
	"strings"

	"paramstack/core/tensor"
)

// A module is one module of a PyTorch model, as print or a pickle tells it.
type module struct {
	path  string // layer1.0.conv1
	name  string // conv1
	class string // Conv2d
	args  []argument
	times int64 // how many equal modules it stands for: (0-11): 12 x Block
	kids  []*module
	// own are the parameters that it holds itself, where they are told.
	own []tensor.Shape
}

// An argument is one of those in a module's parentheses.
type argument struct{ key, value string } // key "": by its place

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

// arg returns an argument by key, "" if there is none.
func (m *module) arg(key string) string {
	for _, a := range m.args {
		if a.key == key {
			return a.value
		}
	}
	return ""
}

// walk calls f for m and every module in it, outer before inner.
func (m *module) walk(f func(*module)) {
	f(m)
	for _, k := range m.kids {
		k.walk(f)
	}
}

// arguments divides what stands in parentheses: 3, 64, kernel_size=(3, 3).
func arguments(s string) []argument {
	var args []argument
	for _, part := range splitTop(s, ',') {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		key, value, named := strings.Cut(part, "=")
		if !named || !isName(key) {
			key, value = "", part
		}
		args = append(args, argument{key, strings.TrimSpace(value)})
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

// splitTop divides s at a character that stands in no brackets and no quotes.
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

// list returns the entries of a tuple or a list, the value itself if it is none.
func list(value string) []string {
	value = strings.TrimSpace(value)
	for _, b := range []string{"()", "[]"} {
		if len(value) >= 2 && value[0] == b[0] && value[len(value)-1] == b[1] {
			value = value[1 : len(value)-1]
			var entries []string
			for _, e := range splitTop(value, ',') {
				if e = strings.TrimSpace(e); e != "" {
					entries = append(entries, e)
				}
			}
			return entries
		}
	}
	if rest, ok := strings.CutPrefix(value, "torch.Size("); ok {
		return list(strings.TrimSuffix(rest, ")"))
	}
	return []string{value}
}

// written writes a Python value as the stack text does: (3, 3) is 3x3, None is
// "", and a None among others ?.
func written(value string) string {
	entries := list(value)
	for i, e := range entries {
		e = strings.Trim(e, `'"`)
		switch {
		case e == "None" && len(entries) == 1:
			return ""
		case e == "None":
			e = "?"
		case len(list(e)) > 1:
			e = written(e)
		}
		entries[i] = e
	}
	return strings.Join(entries, "x")
}

// whole returns a whole number of at least 1, tensor.Unknown if value is none.
func whole(value string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64)
	if err != nil || n < 1 {
		return tensor.Unknown
	}
	return n
}
