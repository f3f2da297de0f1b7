package pycode

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"paramstack/core/layer"
	"paramstack/core/tool/target"
)

// A List is a tuple in code and a list in JSON.
type List []any

// reserved are the words that no name in Python code may be, and those that would
// hide something that the code uses.
const reserved = "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with self super print range float int list tuple torch nn F keras layers ops x"

// Identifier makes an identifier of Python's out of a name: letters, digits and
// _, no digit first.
func Identifier(name string) string {
	var b strings.Builder
	for _, r := range name {
		switch {
		case r < 0x80 && unicode.IsLetter(r), r >= 0xAC00 && r <= 0xD7A3:
			b.WriteRune(r)
		case r >= '0' && r <= '9':
			if b.Len() == 0 {
				b.WriteByte('n')
			}
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	s := strings.TrimRight(b.String(), "_")
	if s == "" {
		return "n"
	}
	return s
}

// camel makes the name of a class out of words: every word with a capital.
func camel(name string) string {
	var b strings.Builder
	up := true
	for _, r := range Identifier(name) {
		switch {
		case r == '_':
			up = true
			continue
		case up:
			r = unicode.ToUpper(r)
		}
		up = r >= '0' && r <= '9'
		b.WriteRune(r)
	}
	return b.String()
}

// Quoted writes a string of Python's.
func Quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsControl(r) || r == '\u2028' || r == '\u2029':
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// Tuple writes a tuple of Python's.
func Tuple(items ...string) string {
	if len(items) == 1 {
		return "(" + items[0] + ",)"
	}
	return "(" + strings.Join(items, ", ") + ")"
}

// Literal writes a value as Python does.
func Literal(v any) string {
	switch v := v.(type) {
	case nil:
		return "None"
	case bool:
		return Bool(layer.Switch(v))
	case int64:
		return Whole(v)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case string:
		return Quoted(v)
	case List:
		items := make([]string, len(v))
		for i := range v {
			items[i] = Literal(v[i])
		}
		return Tuple(items...)
	default:
		panic(fmt.Sprintf("pycode: no Python for %T", v))
	}
}

// Field writes the value of a layer's field as an argument; "" if it is unset.
func Field(v layer.Value) string {
	if v.Unset() {
		return ""
	}
	switch v := v.(type) {
	case *layer.Width:
		return Whole(v.Value())
	case *layer.Switch:
		return Bool(*v)
	case *layer.Choice:
		return Quoted(v.Word)
	case *layer.Size:
		if v.Len() > 1 {
			return Tuple(Each(v.Len(), v.At)...)
		}
	case *layer.Padding:
		if v.Rule != "" {
			return Quoted(v.Rule)
		}
		return Field(&v.Size)
	case *layer.Wholes:
		return Tuple(Each(v.Len(), v.At)...)
	case *layer.Extents:
		return Tuple(Each(v.Len(), v.At)...)
	}
	return v.Text()
}

// Whole writes a whole number.
func Whole(n int64) string { return strconv.FormatInt(n, 10) }

// Bool writes True or False.
func Bool(b layer.Switch) string {
	if b {
		return "True"
	}
	return "False"
}

// Each lists numbers as code.
func Each(n int, at func(i int) int64) []string {
	items := make([]string, n)
	for i := range items {
		items[i] = Whole(at(i))
	}
	return items
}

// OrNetwork returns the name of a network, a word for one whose name has no letters.
func OrNetwork(name string) string {
	if Identifier(name) == "n" {
		return "Network"
	}
	return name
}

// Docstring is the head of a program: what the network is, how large, and who
// wrote it.
func Docstring(n *target.Network, size, by string) string {
	title := strings.NewReplacer(`"`, "'", `\`, `\\`).Replace(target.OneLine(n.Title()))
	return `"""` + title + ".\n\n" + size + "\n" + by + "\n\"\"\"\n"
}
