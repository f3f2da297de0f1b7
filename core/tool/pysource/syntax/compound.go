package syntax

import (
	"paramstack/core/catalog"
)

func (p *parser) orElse() []Stmt {
	if p.accept("else") {
		return p.block()
	}
	return nil
}

func (p *parser) ifs() Stmt {
	defer p.deeper()()
	at := At{p.advance().at}
	s := &If{At: at, Test: p.named()}
	s.Then = p.block()
	if p.is("elif") {
		s.Else = []Stmt{p.ifs()}
	} else {
		s.Else = p.orElse()
	}
	return s
}

func (p *parser) forStatement() Stmt {
	s := &For{At: At{p.advance().at}}
	s.Target = p.targets()
	p.expect("in")
	s.Iter = p.starred()
	s.Body, s.Else = p.block(), p.orElse()
	return s
}

func (p *parser) try() Stmt {
	s := &Try{At: At{p.advance().at}}
	s.Body = p.block()
	for p.is("except") {
		h := Handler{At: p.advance().at}
		p.accept("*")
		if !p.is(":") {
			h.Type = p.expressions()
			if p.accept("as") {
				h.Name = p.name()
			}
		}
		h.Body = p.block()
		s.Handlers = append(s.Handlers, h)
	}
	s.Else = p.orElse()
	if p.accept("finally") {
		s.Finally = p.block()
	} else if s.Handlers == nil {
		p.unexpected()
	}
	return s
}

func (p *parser) with() Stmt {
	s := &With{At: At{p.advance().at}}
	item := func() {
		w := WithItem{X: p.expression()}
		if p.accept("as") {
			w.Target = p.target()
		}
		s.Items = append(s.Items, w)
	}
	// Brackets around all items look like a tuple until "as" or the end is read.
	if p.is("(") {
		if end := p.closing(); p.tokens[min(end+1, len(p.tokens)-1)].text == ":" {
			p.advance()
			for !p.is(")") {
				item()
				if !p.accept(",") {
					break
				}
			}
			p.expect(")")
			s.Body = p.block()
			return s
		}
	}
	for item(); p.accept(","); {
		item()
	}
	s.Body = p.block()
	return s
}

// closing returns the token that closes the bracket which is next.
func (p *parser) closing() int {
	depth := 0
	for i := p.i; i < len(p.tokens); i++ {
		if t := &p.tokens[i]; t.kind == tOp {
			switch t.text {
			case "(", "[", "{":
				depth++
			case ")", "]", "}":
				if depth--; depth == 0 {
					return i
				}
			}
		}
	}
	return len(p.tokens) - 1
}

func (p *parser) decorated() Stmt {
	var all []Expr
	for p.accept("@") {
		all = append(all, p.named())
		if !p.take(tLine) {
			p.unexpected()
		}
	}
	p.accept("async")
	switch {
	case p.is("def"):
		return p.function(all)
	case p.is("class"):
		return p.class(all)
	}
	p.unexpected()
	return nil
}

func (p *parser) function(decorators []Expr) Stmt {
	f := &FuncDef{At: At{p.advance().at}, Decorators: decorators}
	f.Name = p.name()
	p.typeParams()
	p.expect("(")
	f.Params = p.params(")", true)
	p.expect(")")
	if p.accept("->") {
		p.expression()
	}
	around := p.def
	p.def = f
	f.Body = p.block()
	p.def = around
	f.Scope = scopeOf(f.Body, f.Params)
	return f
}

// typeParams passes over [T, *Ts].
func (p *parser) typeParams() {
	if p.is("[") {
		p.i = p.closing()
		p.advance()
	}
}

func (p *parser) class(decorators []Expr) Stmt {
	c := &ClassDef{At: At{p.advance().at}, Decorators: decorators}
	c.Name = p.name()
	p.typeParams()
	if p.accept("(") {
		c.Args = p.arguments()
	}
	around := p.def
	p.def = nil
	c.Body = p.block()
	p.def = around
	c.Scope = scopeOf(c.Body, nil)
	return c
}

// params reads parameters up to a token, which stays.
func (p *parser) params(end string, typed bool) []Param {
	var all []Param
	form := Normal
	seen := map[string]bool{}
	for !p.is(end) {
		switch {
		case p.accept("/"):
			for i := range all {
				all[i].Form = PosOnly
			}
		case p.is("*") && p.ahead(1).text == ",":
			p.advance()
			form = KeyOnly
		default:
			q := Param{Form: form}
			if p.accept("*") {
				q.Form, form = VarArgs, KeyOnly
			} else if p.accept("**") {
				q.Form = VarNames
			}
			at := p.now().at
			if q.Name = p.name(); seen[q.Name] {
				fail(at, catalog.PythonTwice, q.Name)
			}
			seen[q.Name] = true
			if typed && p.accept(":") {
				q.Type = p.starExpr()
			}
			if p.accept("=") {
				q.Default = p.expression()
			}
			all = append(all, q)
		}
		if !p.accept(",") {
			break
		}
	}
	return all
}
