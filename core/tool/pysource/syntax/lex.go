package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"paramstack/core/catalog"
)

// A tokenKind is what a token is.
type tokenKind uint8

const (
	tEnd tokenKind = iota
	tLine
	tIndent
	tDedent
	tName
	tNumber
	tString
	tOp
)

// A token is a word of the source. text is as written, without the quotes and the
// prefix of a string.
type token struct {
	kind   tokenKind
	text   string
	prefix string // of a string, in small letters
	triple bool
	at     Pos
	inside Pos // of a string: where text begins
}

// A lexer divides a source into tokens.
type lexer struct {
	src     string
	i       int
	line    int
	start   int // of the line
	counted column
	tokens  []token
	open    []token // brackets
	indent  []int
}

// Clipped returns the arguments of a sentence with texts of a source no longer than people
// read.
func Clipped(args []any) []any {
	const most = 300
	for i, a := range args {
		if s, ok := a.(string); ok && len(s) > most {
			r := []rune(s)
			args[i] = string(r[:min(most, len(r))]) + "…"
		}
	}
	return args
}

// fail ends the parse: the parser recovers it.
func fail(at Pos, key catalog.Key, args ...any) {
	panic(&Error{at, catalog.Say(key, Clipped(args)...)})
}

func (l *lexer) pos() Pos { return l.posAt(l.i) }

// posAt returns the place of a byte of the line, its column in characters.
func (l *lexer) posAt(i int) Pos {
	if l.counted.from != l.start || i < l.counted.to { // of another line, or before what was counted
		l.counted = column{from: l.start, to: min(l.start, i)}
	}
	l.counted.n += utf8.RuneCountInString(l.src[l.counted.to:i])
	l.counted.to = i
	return Pos{l.line, l.counted.n + 1}
}

// A column is how many characters a line has up to a byte: lines may be long, and each
// token asks.
type column struct{ from, to, n int }

// lex divides a source. at is where it begins: the value in an f-string is a source
// in another, all in brackets.
func lex(src string, at Pos, inside bool) []token {
	l := &lexer{src: src, line: at.Line, start: 0, indent: []int{0}}
	l.tokens = make([]token, 0, len(src)/4+4)
	if inside {
		l.open = []token{{text: "{", at: at}}
	}
	first := true
	for {
		if len(l.open) == 0 && l.i == l.start && !l.begin() {
			continue
		}
		if !l.next() {
			break
		}
	}
	if inside {
		l.open = l.open[1:]
		for i := range l.tokens {
			if t := &l.tokens[i]; t.at.Line == at.Line && first {
				t.at.Col += at.Col - 1
				t.inside.Col += at.Col - 1
			}
		}
	}
	if len(l.open) > 0 {
		last := l.open[len(l.open)-1]
		fail(last.at, catalog.PythonUnclosed, last.text)
	}
	if n := len(l.tokens); n > 0 && l.tokens[n-1].kind != tLine && l.tokens[n-1].kind != tDedent {
		l.add(tLine, "", l.pos())
	}
	for range l.indent[1:] {
		l.add(tDedent, "", l.pos())
	}
	l.add(tEnd, "", l.pos())
	return l.tokens
}

func (l *lexer) add(kind tokenKind, text string, at Pos) {
	l.tokens = append(l.tokens, token{kind: kind, text: text, at: at})
}

// begin reads the indent of a line; false if the line is empty, and passed over.
func (l *lexer) begin() bool {
	column, i := 0, l.i
	for ; i < len(l.src); i++ {
		switch l.src[i] {
		case ' ':
			column++
		case '\t':
			column += 8 - column%8
		case '\f':
			column = 0
		default:
			goto found
		}
	}
found:
	if rest := l.src[i:]; rest == "" || rest[0] == '#' || rest[0] == '\n' || rest[0] == '\r' {
		end := strings.IndexByte(rest, '\n')
		if end < 0 {
			l.i, l.start = len(l.src), len(l.src)+1
			return true
		}
		l.i = i + end + 1
		l.line, l.start = l.line+1, l.i
		return false
	}
	l.i = i
	switch last := l.indent[len(l.indent)-1]; {
	case column > last:
		if len(l.indent) > MaxDepth {
			fail(l.pos(), catalog.PythonDeep)
		}
		l.indent = append(l.indent, column)
		l.add(tIndent, "", l.pos())
	case column < last:
		for column < l.indent[len(l.indent)-1] {
			l.indent = l.indent[:len(l.indent)-1]
			l.add(tDedent, "", l.pos())
		}
		if column != l.indent[len(l.indent)-1] {
			fail(l.pos(), catalog.PythonIndent)
		}
	}
	return true
}

// operators by length: the longest that fits is meant.
var operators = [][]string{
	{"**=", "//=", ">>=", "<<=", "..."},
	{"**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=",
		":=", "<>"},
}

// next reads one token; false at the end.
func (l *lexer) next() bool {
	if l.i >= len(l.src) {
		return false
	}
	c := l.src[l.i]
	switch {
	case c == ' ' || c == '\t' || c == '\f' || c == '\r' && strings.HasPrefix(l.src[l.i:], "\r\n"):
		l.i++
	case c == '\n' || c == '\r':
		if len(l.open) == 0 {
			l.add(tLine, "", l.pos())
		}
		l.i++
		l.line, l.start = l.line+1, l.i
	case c == '#':
		if end := strings.IndexByte(l.src[l.i:], '\n'); end >= 0 {
			l.i += end
		} else {
			l.i = len(l.src)
		}
	case c == '\\':
		rest := strings.TrimPrefix(l.src[l.i+1:], "\r")
		if !strings.HasPrefix(rest, "\n") {
			fail(l.pos(), catalog.PythonUnexpected, `\`)
		}
		l.i = len(l.src) - len(rest) + 1
		l.line, l.start = l.line+1, l.i
		if len(l.open) == 0 { // the line goes on: its indent means nothing
			for l.i < len(l.src) && (l.src[l.i] == ' ' || l.src[l.i] == '\t') {
				l.i++
			}
			if l.i == l.start {
				l.start-- // begin is for lines that begin
			}
		}
	case c >= '0' && c <= '9' || c == '.' && l.i+1 < len(l.src) && l.src[l.i+1] >= '0' && l.src[l.i+1] <= '9':
		l.number()
	case c == '"' || c == '\'':
		l.text("", l.pos())
	case c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf:
		l.word()
	default:
		l.operator()
	}
	return true
}

func (l *lexer) word() {
	at, from := l.pos(), l.i
	for l.i < len(l.src) {
		r, n := utf8.DecodeRuneInString(l.src[l.i:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) {
			break
		}
		l.i += n
	}
	word := l.src[from:l.i]
	if word == "" {
		r, _ := utf8.DecodeRuneInString(l.src[l.i:])
		fail(at, catalog.PythonUnexpected, string(r))
	}
	if l.i < len(l.src) && (l.src[l.i] == '"' || l.src[l.i] == '\'') && len(word) <= 2 {
		switch p := strings.ToLower(word); p {
		case "r", "b", "u", "f", "t", "rb", "br", "fr", "rf":
			l.text(p, at)
			return
		}
	}
	l.add(tName, word, at)
}

func (l *lexer) number() {
	at, from := l.pos(), l.i
	isHex := strings.HasPrefix(l.src[l.i:], "0x") || strings.HasPrefix(l.src[l.i:], "0X")
	for l.i < len(l.src) {
		c := l.src[l.i]
		sign := (c == '+' || c == '-') && !isHex && (l.src[l.i-1] == 'e' || l.src[l.i-1] == 'E')
		if !sign && c != '.' && c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			break
		}
		l.i++
	}
	l.add(tNumber, l.src[from:l.i], at)
}

// text reads a string, its opening quote next. In an f-string braces may hold
// strings of their own, with the same quotes.
func (l *lexer) text(prefix string, at Pos) {
	quote := l.src[l.i : l.i+1]
	if strings.HasPrefix(l.src[l.i:], quote+quote+quote) {
		quote = l.src[l.i : l.i+3]
	}
	l.i += len(quote)
	formatted := strings.ContainsAny(prefix, "ft")
	from, inside := l.i, l.pos()
	depth := 0
	for {
		rest := l.src[l.i:]
		switch {
		case rest == "" || len(quote) == 1 && rest[0] == '\n' && depth == 0:
			fail(at, catalog.PythonUnclosedString)
		case depth == 0 && strings.HasPrefix(rest, quote):
			l.tokens = append(l.tokens, token{tString, l.src[from:l.i], prefix, len(quote) == 3, at, inside})
			l.i += len(quote)
			return
		case rest[0] == '\\' && len(rest) > 1 && depth == 0:
			l.i++
			if rest[1] == '\n' {
				l.line, l.start = l.line+1, l.i+1
			}
			l.i++
		case rest[0] == '\n':
			l.i++
			l.line, l.start = l.line+1, l.i
		case formatted && depth == 0 && (strings.HasPrefix(rest, "{{") || strings.HasPrefix(rest, "}}")):
			l.i += 2
		case formatted && rest[0] == '{':
			depth++
			l.i++
		case formatted && rest[0] == '}' && depth > 0:
			depth--
			l.i++
		case depth > 0 && (rest[0] == '"' || rest[0] == '\''):
			// A string in a value ends on its line; if it does not, the quote is the
			// f-string's own, whose brace is not closed.
			end := strings.IndexByte(rest[1:], rest[0])
			if end < 0 {
				fail(at, catalog.PythonUnclosedString)
			}
			l.i += end + 2
		default:
			l.i++
		}
	}
}

func (l *lexer) operator() {
	at, rest := l.pos(), l.src[l.i:]
	for _, list := range operators {
		for _, op := range list {
			if strings.HasPrefix(rest, op) {
				l.i += len(op)
				l.add(tOp, op, at)
				return
			}
		}
	}
	c := rest[:1]
	switch c {
	case "(", "[", "{":
		if len(l.open) >= MaxDepth {
			fail(at, catalog.PythonDeep)
		}
		l.open = append(l.open, token{text: c, at: at})
	case ")", "]", "}":
		if len(l.open) == 0 {
			fail(at, catalog.PythonUnexpected, c)
		}
		last := l.open[len(l.open)-1]
		if want := map[string]string{"(": ")", "[": "]", "{": "}"}[last.text]; want != c {
			fail(at, catalog.PythonBracket, c, last.text, last.at.Line)
		}
		l.open = l.open[:len(l.open)-1]
	default:
		if !strings.Contains("+-*/%@&|^~<>=.,:;!?", c) || c == "?" {
			fail(at, catalog.PythonUnexpected, c)
		}
	}
	l.i++
	l.add(tOp, c, at)
}
