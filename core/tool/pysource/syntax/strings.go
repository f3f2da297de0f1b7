package syntax

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"paramstack/core/catalog"
)

// strings reads strings that come one behind the other: they are one.
func (p *parser) strings() Expr {
	at := At{p.now().at}
	var parts []FPart
	var text strings.Builder
	bytes := false
	flush := func() {
		if text.Len() > 0 {
			parts = append(parts, FPart{Text: text.String()})
			text.Reset()
		}
	}
	formatted := false
	for p.now().kind == tString {
		t := p.advance()
		raw := strings.Contains(t.prefix, "r")
		bytes = bytes || strings.Contains(t.prefix, "b")
		if !strings.ContainsAny(t.prefix, "ft") {
			text.WriteString(unescape(t.text, raw))
			continue
		}
		formatted = true
		f := &fstring{p: p, src: t.text, raw: raw, at: t.inside}
		flush()
		parts = append(parts, f.parts(0)...)
	}
	if !formatted {
		return &Str{at, text.String(), bytes}
	}
	flush()
	return &FString{at, parts}
}

// An fstring is the text of an f-string that is divided into parts.
type fstring struct {
	p   *parser
	src string
	raw bool
	i   int
	at  Pos // of src
}

// here returns the place of byte i.
func (f *fstring) here() Pos {
	before := f.src[:f.i]
	n := strings.Count(before, "\n")
	if n == 0 {
		return Pos{f.at.Line, f.at.Col + utf8.RuneCountInString(before)}
	}
	return Pos{f.at.Line + n, utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1}
}

// parts divides the text: up to its end, or in a format up to the brace that closes
// the value around it.
func (f *fstring) parts(depth int) []FPart {
	defer f.p.deeper()()
	var all []FPart
	from := f.i
	text := func(to int) {
		if to > from {
			s := unescape(f.src[from:to], f.raw)
			if depth == 0 {
				s = strings.NewReplacer("{{", "{", "}}", "}").Replace(s)
			}
			all = append(all, FPart{Text: s})
		}
	}
	for f.i < len(f.src) {
		switch rest := f.src[f.i:]; {
		case depth == 0 && (strings.HasPrefix(rest, "{{") || strings.HasPrefix(rest, "}}")):
			f.i += 2
		case rest[0] == '\\' && len(rest) > 1 && !f.raw:
			if f.i += 2; rest[1] == 'N' && len(rest) > 2 && rest[2] == '{' {
				f.i += max(strings.IndexByte(rest, '}')-1, 0)
			}
		case rest[0] == '{':
			text(f.i)
			all = append(all, f.value(depth)...)
			from = f.i
		case rest[0] == '}':
			if depth == 0 {
				fail(f.here(), catalog.PythonUnexpected, "}")
			}
			text(f.i)
			return all
		default:
			f.i++
		}
	}
	text(f.i)
	return all
}

// value reads {x!r:format}, and {x=} as two parts.
func (f *fstring) value(depth int) []FPart {
	open := f.here()
	f.i++
	at, from := f.here(), f.i
	end := f.end()
	src := f.src[from:end]
	f.i = end
	name := ""
	if trimmed := strings.TrimRight(src, " "); strings.HasSuffix(trimmed, "=") && !strings.HasSuffix(trimmed, "==") {
		name, src = src, strings.TrimSuffix(trimmed, "=")
	}
	if strings.TrimSpace(src) == "" {
		fail(at, catalog.PythonIncomplete)
	}
	inner := &parser{tokens: lex(src, at, true), depth: f.p.depth, def: f.p.def}
	part := FPart{X: inner.starredOrYield()}
	inner.take(tLine)
	if inner.now().kind != tEnd {
		inner.unexpected()
	}
	if strings.HasPrefix(f.src[f.i:], "!") && f.i+1 < len(f.src) {
		part.Conv = f.src[f.i+1]
		f.i += 2
	} else if name != "" {
		part.Conv = 'r'
	}
	if strings.HasPrefix(f.src[f.i:], ":") {
		f.i++
		part.Format = &FString{At{f.here()}, f.parts(depth + 1)}
	}
	if !strings.HasPrefix(f.src[f.i:], "}") {
		fail(open, catalog.PythonUnclosed, "{")
	}
	f.i++
	if name != "" {
		return []FPart{{Text: name}, part}
	}
	return []FPart{part}
}

func (p *parser) starredOrYield() Expr {
	if p.is("yield") {
		return p.yield()
	}
	return p.starred()
}

// end finds where the expression of a value ends.
func (f *fstring) end() int {
	depth := 0
	for i := f.i; i < len(f.src); i++ {
		switch c := f.src[i]; c {
		case '(', '[', '{':
			depth++
		case ')', ']':
			depth--
		case '}':
			if depth <= 0 {
				return i
			}
			depth--
		case '"', '\'':
			if end := strings.IndexByte(f.src[i+1:], c); end >= 0 {
				i += end + 1
			}
		case ':':
			if depth == 0 && !strings.HasPrefix(f.src[i:], ":=") {
				return i
			}
		case '!':
			if depth == 0 && !strings.HasPrefix(f.src[i:], "!=") {
				return i
			}
		}
	}
	fail(f.here(), catalog.PythonUnclosed, "{")
	return 0
}

// unescape replaces \n and the like.
func unescape(s string, raw bool) string {
	if raw || strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch c := s[i]; c {
		case '\n':
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'r':
			b.WriteByte('\r')
		case '\\', '\'', '"':
			b.WriteByte(c)
		case 'a', 'b', 'f', 'v':
			b.WriteByte(map[byte]byte{'a': 7, 'b': 8, 'f': 12, 'v': 11}[c])
		case 'x', 'u', 'U':
			n := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
			if v, err := strconv.ParseUint(s[i+1:min(i+1+n, len(s))], 16, 32); err == nil && i+n < len(s) {
				b.WriteRune(rune(v))
				i += n
			} else {
				b.WriteByte('\\')
				b.WriteByte(c)
			}
		case '0', '1', '2', '3', '4', '5', '6', '7':
			v, n := 0, 0
			for ; n < 3 && i+n < len(s) && s[i+n] >= '0' && s[i+n] <= '7'; n++ {
				v = v*8 + int(s[i+n]-'0')
			}
			b.WriteRune(rune(v))
			i += n - 1
		default:
			b.WriteByte('\\')
			b.WriteByte(c)
		}
	}
	return b.String()
}
