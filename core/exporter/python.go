package exporter

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"paramstack/core/layer"
)

// pythonWords are what no name in Python code may be, and what would hide
// something of the classes that the code derives from.
const pythonWords = "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with self super print range float int list tuple torch nn F keras layers ops x"

// identifier makes an identifier of Python's out of a name: letters, digits and
// _, no digit first.
func identifier(name string) string {
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
	for _, r := range identifier(name) {
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

// quoted writes a string of Python's.
func quoted(s string) string {
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

// tuple writes a tuple of Python's.
func tuple(items ...string) string {
	if len(items) == 1 {
		return "(" + items[0] + ",)"
	}
	return "(" + strings.Join(items, ", ") + ")"
}

// oneLine makes a comment of one line out of any text.
func oneLine(s string) string { return strings.TrimSpace(unbroken(s)) }

// unbroken puts blanks for what would break a line.
func unbroken(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}

// python writes a value as Python does.
func python(v any) string {
	switch v := v.(type) {
	case nil:
		return "None"
	case bool:
		return yes(layer.Switch(v))
	case int64:
		return whole(v)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case string:
		return quoted(v)
	case list:
		items := make([]string, len(v))
		for i := range v {
			items[i] = python(v[i])
		}
		return tuple(items...)
	default:
		panic(fmt.Sprintf("exporter: no Python for %T", v))
	}
}
