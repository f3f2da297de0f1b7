package syntax

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
)

// expressions reads an expression, or several as a tuple.
func (p *parser) expressions() Expr { return p.list(p.named) }

// starred is expressions with *x among them.
func (p *parser) starred() Expr { return p.list(p.starExpr) }

func (p *parser) list(one func() Expr) Expr {
	at := At{p.now().at}
	x := one()
	if !p.is(",") {
		return x
	}
	items := []Expr{x}
	for p.accept(",") {
		if p.stops() {
			break
		}
		items = append(items, one())
	}
	return &Tuple{at, items}
}

// stops reports whether a list of expressions cannot go on: it ended in a comma.
func (p *parser) stops() bool {
	t := p.now()
	switch t.kind {
	case tLine, tEnd, tDedent:
		return true
	case tOp:
		return strings.Contains(")]}=:;", t.text) || len(t.text) > 1 && t.text[len(t.text)-1] == '='
	case tName:
		return t.text == "in" || t.text == "for"
	}
	return false
}

func (p *parser) starExpr() Expr {
	if t := p.now(); p.accept("*") {
		return &Star{At{t.at}, p.bitwise(0)}
	}
	return p.named()
}

// targets reads what a loop assigns to, up to in.
func (p *parser) targets() Expr {
	x := p.list(p.target)
	p.target1(x)
	return x
}

func (p *parser) target() Expr {
	if t := p.now(); p.accept("*") {
		return &Star{At{t.at}, p.bitwise(0)}
	}
	return p.bitwise(0)
}

// named reads an expression that may be name := expression.
func (p *parser) named() Expr {
	x := p.expression()
	if name, ok := x.(*Name); ok && p.accept(":=") {
		return &Walrus{name.At, name.ID, p.expression()}
	}
	return x
}

func (p *parser) expression() Expr {
	defer p.deeper()()
	t := p.now()
	at := At{t.at}
	if t.kind == tName {
		switch t.text {
		case "lambda":
			return p.lambda()
		case "yield":
			return p.yield()
		}
	}
	x := p.or()
	if p.is("if") {
		p.advance()
		c := &Cond{At: at, Then: x, Test: p.or()}
		p.expect("else")
		c.Else = p.expression()
		return c
	}
	return x
}

func (p *parser) lambda() Expr {
	at := At{p.advance().at}
	f := &FuncDef{At: at, Name: "<lambda>", Params: p.params(":", false)}
	p.expect(":")
	around := p.def
	p.def = f
	f.Body = []Stmt{&Return{at, p.expression()}}
	p.def = around
	f.Scope = scopeOf(f.Body, f.Params)
	return &Lambda{at, f}
}

func (p *parser) yield() Expr {
	y := &Yield{At: At{p.advance().at}}
	if p.def == nil {
		fail(y.Pos, catalog.PythonUnexpected, "yield")
	}
	p.def.Yields = true
	if p.accept("from") {
		y.From, y.X = true, p.expression()
	} else if !p.ends() && !p.stops() {
		y.X = p.starred()
	}
	return y
}

func (p *parser) or() Expr {
	x := p.and()
	for n := 0; p.is("or"); n++ {
		at := At{p.advance().at}
		if n > maxChain {
			fail(at.Pos, catalog.PythonDeep)
		}
		x = &Logic{at, false, x, p.and()}
	}
	return x
}

func (p *parser) and() Expr {
	x := p.not()
	for n := 0; p.is("and"); n++ {
		at := At{p.advance().at}
		if n > maxChain {
			fail(at.Pos, catalog.PythonDeep)
		}
		x = &Logic{at, true, x, p.not()}
	}
	return x
}

func (p *parser) not() Expr {
	if t := p.now(); p.is("not") {
		defer p.deeper()()
		p.advance()
		return &Unary{At{t.at}, "not", p.not()}
	}
	return p.comparison()
}

var comparisons = []string{"<", ">", "==", "!=", "<=", ">=", "in", "is"}

func (p *parser) comparison() Expr {
	at := At{p.now().at}
	x := p.bitwise(0)
	var c *Compare
	for {
		t := p.now()
		op := t.text
		switch {
		case t.kind != tOp && t.kind != tName:
			op = ""
		case op == "not" && p.ahead(1).text == "in":
			p.advance()
			op = "not in"
		case !slices.Contains(comparisons, op):
			op = ""
		}
		if op == "" {
			break
		}
		p.advance()
		if op == "is" && p.accept("not") {
			op = "is not"
		}
		if c == nil {
			c = &Compare{At: at, X: x}
		}
		c.Ops, c.Rest = append(c.Ops, op), append(c.Rest, p.bitwise(0))
	}
	if c != nil {
		return c
	}
	return x
}

// levels are the binary operators, those that bind least first.
var levels = [][]string{{"|"}, {"^"}, {"&"}, {"<<", ">>"}, {"+", "-"}, {"*", "/", "//", "%", "@"}}

func (p *parser) bitwise(level int) Expr {
	if level == len(levels) {
		return p.unary()
	}
	x := p.bitwise(level + 1)
	for n := 0; ; n++ {
		t := p.now()
		if n > maxChain {
			fail(t.at, catalog.PythonDeep)
		}
		if t.kind != tOp || !slices.Contains(levels[level], t.text) {
			return x
		}
		p.advance()
		x = &Binary{At{t.at}, t.text, x, p.bitwise(level + 1)}
	}
}

func (p *parser) unary() Expr {
	t := p.now()
	if t.kind == tOp && (t.text == "-" || t.text == "+" || t.text == "~") {
		defer p.deeper()()
		p.advance()
		return &Unary{At{t.at}, t.text, p.unary()}
	}
	return p.power()
}

func (p *parser) power() Expr {
	x := p.postfix()
	if t := p.now(); p.accept("**") {
		defer p.deeper()()
		return &Binary{At{t.at}, "**", x, p.unary()}
	}
	return x
}

// postfix reads an atom with its calls, indices and attributes.
func (p *parser) postfix() Expr {
	if t := p.now(); p.is("await") {
		p.advance()
		return &Await{At{t.at}, p.postfix()}
	}
	x := p.atom()
	for n := 0; ; n++ {
		t := p.now()
		if n > maxChain {
			fail(t.at, catalog.PythonDeep)
		}
		at := At{t.at}
		switch {
		case t.kind != tOp:
			return x
		case t.text == "(":
			p.advance()
			x = &Call{At{x.Place()}, x, p.arguments()}
		case t.text == "[":
			p.advance()
			x = &Index{At{x.Place()}, x, p.indices()}
			p.expect("]")
		case t.text == ".":
			p.advance()
			at.Pos = p.now().at
			x = &Attr{at, x, p.name()}
		default:
			return x
		}
	}
}

// indices reads what is between brackets: one index, or several as a tuple.
func (p *parser) indices() Expr {
	at := At{p.now().at}
	x := p.index()
	if !p.is(",") {
		return x
	}
	items := []Expr{x}
	for p.accept(",") && !p.is("]") {
		items = append(items, p.index())
	}
	return &Tuple{at, items}
}

func (p *parser) index() Expr {
	at := At{p.now().at}
	var x Expr
	if !p.is(":") {
		if x = p.starExpr(); !p.is(":") {
			return x
		}
	}
	s := &Slice{At: at, From: x}
	p.advance()
	part := func() Expr {
		if p.is(":") || p.is(",") || p.is("]") {
			return nil
		}
		return p.expression()
	}
	s.To = part()
	if p.accept(":") {
		s.Step = part()
	}
	return s
}

// arguments reads those of a call, its opening bracket already passed.
func (p *parser) arguments() []Arg {
	defer p.deeper()()
	args := []Arg{}
	for !p.is(")") {
		var a Arg
		switch {
		case p.accept("*"):
			a.Stars, a.X = 1, p.expression()
		case p.accept("**"):
			a.Stars, a.X = 2, p.expression()
		case p.now().kind == tName && p.ahead(1).kind == tOp && p.ahead(1).text == "=":
			a.Name = p.name()
			p.advance()
			a.X = p.expression()
		default:
			at := At{p.now().at}
			a.X = p.named()
			if p.is("for") || p.is("async") {
				a.X = p.comprehension(at, Generator, a.X, nil)
			}
		}
		args = append(args, a)
		if !p.accept(",") {
			break
		}
	}
	p.expect(")")
	return args
}
