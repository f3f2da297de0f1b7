package syntax

import (
	"strings"

	"paramstack/core/catalog"
)

// simples reads small statements, divided by semicolons, up to the end of the line.
func (p *parser) simples(body []Stmt) []Stmt {
	for {
		body = append(body, p.simple())
		if !p.accept(";") {
			break
		}
		if p.now().kind == tLine || p.now().kind == tEnd {
			break
		}
	}
	if !p.take(tLine) && p.now().kind != tEnd {
		p.unexpected()
	}
	return body
}

func (p *parser) simple() Stmt {
	t := p.now()
	at := At{t.at}
	if t.kind == tName {
		switch t.text {
		case "pass":
			p.advance()
			return &Pass{at}
		case "break":
			p.advance()
			return &Break{at}
		case "continue":
			p.advance()
			return &Continue{at}
		case "return":
			p.advance()
			s := &Return{At: at}
			if !p.ends() {
				s.X = p.starred()
			}
			return s
		case "raise":
			p.advance()
			s := &Raise{At: at}
			if !p.ends() {
				s.X = p.expression()
				if p.accept("from") {
					p.expression()
				}
			}
			return s
		case "assert":
			p.advance()
			s := &Assert{At: at, Test: p.expression()}
			if p.accept(",") {
				s.Say = p.expression()
			}
			return s
		case "del":
			p.advance()
			x := p.targets()
			if tuple, ok := x.(*Tuple); ok {
				return &Delete{at, tuple.Items}
			}
			return &Delete{at, []Expr{x}}
		case "global", "nonlocal":
			p.advance()
			s := &Outer{At: at, Global: t.text == "global", Names: []string{p.name()}}
			for p.accept(",") {
				s.Names = append(s.Names, p.name())
			}
			return s
		case "import":
			p.advance()
			s := &Import{At: at}
			for {
				a := Alias{Name: p.dotted()}
				if p.accept("as") {
					a.As = p.name()
				}
				s.Names = append(s.Names, a)
				if !p.accept(",") {
					return s
				}
			}
		case "from":
			return p.from()
		case "type":
			if p.ahead(1).kind == tName && (p.ahead(2).text == "=" || p.ahead(2).text == "[") {
				p.advance()
				name := &Name{At{p.now().at}, p.name()}
				p.typeParams()
				p.expect("=")
				return &Assign{at, []Expr{name}, p.expression()}
			}
		}
	}
	return p.assignment(at)
}

// ends reports whether a small statement ends here.
func (p *parser) ends() bool {
	t := p.now()
	return t.kind == tLine || t.kind == tEnd || t.kind == tOp && t.text == ";"
}

func (p *parser) dotted() string {
	name := p.name()
	for p.accept(".") {
		name += "." + p.name()
	}
	return name
}

func (p *parser) from() Stmt {
	s := &From{At: At{p.advance().at}}
	for p.is(".") || p.is("...") {
		s.Level += len(p.advance().text)
	}
	if !p.is("import") {
		s.Module = p.dotted()
	}
	p.expect("import")
	if p.accept("*") {
		return s
	}
	brackets := p.accept("(")
	s.Names = []Alias{}
	for !p.is(")") {
		a := Alias{Name: p.name()}
		if p.accept("as") {
			a.As = p.name()
		}
		s.Names = append(s.Names, a)
		if !p.accept(",") {
			break
		}
	}
	if brackets {
		p.expect(")")
	}
	return s
}

func (p *parser) assignment(at At) Stmt {
	x := p.starred()
	t := p.now()
	if t.kind != tOp {
		return &ExprStmt{at, x}
	}
	switch op := t.text; {
	case op == ":":
		p.target1(x)
		p.advance()
		s := &AnnAssign{At: at, Target: x, Type: p.expression()}
		if p.accept("=") {
			s.Value = p.starred()
		}
		return s
	case op == "=":
		s := &Assign{At: at}
		for p.accept("=") {
			p.target1(x)
			s.Targets = append(s.Targets, x)
			x = p.starred()
		}
		s.Value = x
		return s
	case len(op) >= 2 && op[len(op)-1] == '=' && strings.Contains("+ - * / // % ** >> << & | ^ @", op[:len(op)-1]):
		p.target1(x)
		p.advance()
		return &AugAssign{at, x, op[:len(op)-1], p.starred()}
	}
	return &ExprStmt{at, x}
}

// target1 refuses what cannot be assigned to.
func (p *parser) target1(x Expr) {
	switch x := x.(type) {
	case *Name, *Attr, *Index:
	case *Star:
		p.target1(x.X)
	case *Tuple:
		for _, item := range x.Items {
			p.target1(item)
		}
	case *List:
		for _, item := range x.Items {
			p.target1(item)
		}
	default:
		fail(x.Place(), catalog.PythonTarget)
	}
}
