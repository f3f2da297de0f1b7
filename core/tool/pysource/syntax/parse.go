package syntax

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
)

// A Module is a source that was parsed.
type Module struct {
	Body  []Stmt
	Scope Scope
}

// A parser reads tokens by recursive descent.
type parser struct {
	tokens []token
	i      int
	depth  int
	def    *FuncDef // the function around, nil outside
}

// Parse parses a source. The error is an *Error.
func Parse(src string) (m *Module, err error) {
	defer recovered(&err)
	if len(src) > MaxSource {
		fail(Pos{1, 1}, catalog.ImportTooLarge, len(src), MaxSource)
	}
	src = strings.TrimPrefix(strings.ReplaceAll(src, "\r\n", "\n"), "\ufeff")
	p := &parser{tokens: lex(src, Pos{1, 1}, false)}
	m = &Module{Body: p.statements(tEnd)}
	m.Scope = scopeOf(m.Body, nil)
	return m, nil
}

// ParseExpr parses a single expression.
func ParseExpr(src string) (x Expr, err error) { return ParseExprAt(src, Pos{}) }

// ParseExprAt parses an expression in a string of a program: all of it is at the
// string's place. That is zero for one that is in no program.
func ParseExprAt(src string, at Pos) (x Expr, err error) {
	defer recovered(&err)
	if len(src) > MaxSource {
		fail(Pos{1, 1}, catalog.ImportTooLarge, len(src), MaxSource)
	}
	p := &parser{tokens: lex(strings.TrimSpace(src), Pos{1, 1}, false)}
	if at != (Pos{}) {
		for i := range p.tokens {
			p.tokens[i].at = at
		}
	}
	x = p.expressions()
	p.take(tLine)
	if t := p.now(); t.kind != tEnd {
		p.unexpected()
	}
	return x, nil
}

func recovered(err *error) {
	switch e := recover().(type) {
	case nil:
	case *Error:
		*err = e
	default:
		panic(e)
	}
}

func (p *parser) now() *token { return &p.tokens[p.i] }

// ahead returns the token n further on.
func (p *parser) ahead(n int) *token { return &p.tokens[min(p.i+n, len(p.tokens)-1)] }

func (p *parser) advance() *token {
	t := p.now()
	if p.i < len(p.tokens)-1 {
		p.i++
	}
	return t
}

// is reports whether the next token is an operator or a keyword.
func (p *parser) is(text string) bool {
	t := p.now()
	return (t.kind == tOp || t.kind == tName) && t.text == text
}

// accept passes over an operator or a keyword, if it is next.
func (p *parser) accept(text string) bool {
	if !p.is(text) {
		return false
	}
	p.advance()
	return true
}

// take passes over a token of a kind, if it is next.
func (p *parser) take(kind tokenKind) bool {
	if p.now().kind != kind {
		return false
	}
	p.advance()
	return true
}

func (p *parser) expect(text string) Pos {
	t := p.now()
	if !p.accept(text) {
		if t.kind == tLine || t.kind == tEnd {
			fail(t.at, catalog.PythonExpected, text)
		}
		fail(t.at, catalog.PythonExpectedHere, text, t.show())
	}
	return t.at
}

// show returns a token as a message has it.
func (t *token) show() string {
	if t.kind == tString {
		return `"…"`
	}
	if len(t.text) > 40 {
		return t.text[:40] + "…"
	}
	return t.text
}

func (p *parser) unexpected() {
	t := p.now()
	switch t.kind {
	case tLine, tEnd:
		fail(t.at, catalog.PythonIncomplete)
	case tIndent, tDedent:
		fail(t.at, catalog.PythonIndent)
	default:
		fail(t.at, catalog.PythonUnexpected, t.show())
	}
}

// deeper bounds the depth of the tree; call the result when done.
func (p *parser) deeper() func() {
	if p.depth++; p.depth > 4*MaxDepth {
		fail(p.now().at, catalog.PythonDeep)
	}
	return func() { p.depth-- }
}

var keywords = strings.Fields(`False None True and as assert async await break class continue def del elif else except
finally for from global if import in is lambda nonlocal not or pass raise return try while with yield`)

func (p *parser) name() string {
	t := p.now()
	if t.kind != tName || slices.Contains(keywords, t.text) {
		p.unexpected()
	}
	p.advance()
	return t.text
}

// statements reads statements up to a token of a kind, which is passed over.
func (p *parser) statements(end tokenKind) []Stmt {
	var body []Stmt
	for p.now().kind != end {
		switch p.now().kind {
		case tEnd:
			return body
		case tIndent:
			fail(p.now().at, catalog.PythonIndent)
		case tLine:
			p.advance()
			continue
		}
		body = p.statement(body)
	}
	p.advance()
	return body
}

// block reads the body of a compound statement.
func (p *parser) block() []Stmt {
	defer p.deeper()()
	p.expect(":")
	if p.now().kind != tLine {
		return p.simples(nil)
	}
	p.advance()
	if !p.take(tIndent) {
		fail(p.now().at, catalog.PythonNoBlock)
	}
	return p.statements(tDedent)
}

// statement reads one statement, or several on a line.
func (p *parser) statement(body []Stmt) []Stmt {
	t := p.now()
	at := At{t.at}
	if t.kind == tOp && t.text == "@" {
		return append(body, p.decorated())
	}
	if t.kind != tName {
		return p.simples(body)
	}
	switch t.text {
	case "if":
		return append(body, p.ifs())
	case "while":
		p.advance()
		s := &While{At: at, Test: p.named()}
		s.Body, s.Else = p.block(), p.orElse()
		return append(body, s)
	case "for":
		return append(body, p.forStatement())
	case "try":
		return append(body, p.try())
	case "with":
		return append(body, p.with())
	case "def":
		return append(body, p.function(nil))
	case "class":
		return append(body, p.class(nil))
	case "async":
		p.advance()
		return p.statement(body)
	case "match":
		if s := p.match(); s != nil {
			return append(body, s)
		}
	}
	return p.simples(body)
}
