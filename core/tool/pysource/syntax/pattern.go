package syntax

import "paramstack/core/catalog"

// match reads a match statement; nil if match is a name here.
func (p *parser) match() Stmt {
	start := p.i
	at := At{p.advance().at}
	if t := p.now(); t.kind == tOp && t.text != "(" && t.text != "[" && t.text != "{" && t.text != "-" || p.ends() {
		p.i = start
		return nil
	}
	// match(x) may be a call: a match statement ends its line in a colon.
	end := p.i
	for depth := 0; p.tokens[end].kind != tLine && p.tokens[end].kind != tEnd; end++ {
		if t := &p.tokens[end]; t.kind == tOp && (t.text == ":=" || t.text == "=" && depth == 0) {
			break
		}
	}
	if p.tokens[end].kind != tLine || p.tokens[end-1].text != ":" || p.tokens[min(end+1,
		len(p.tokens)-1)].kind != tIndent {
		p.i = start
		return nil
	}
	defer p.deeper()()
	s := &Match{At: at, X: p.starred()}
	p.expect(":")
	p.take(tLine)
	p.take(tIndent)
	for !p.take(tDedent) {
		if p.take(tLine) {
			continue
		}
		if !p.is("case") {
			p.unexpected()
		}
		p.advance()
		c := Case{Pattern: p.patterns()}
		if p.accept("if") {
			c.Guard = p.named()
		}
		c.Body = p.block()
		s.Cases = append(s.Cases, c)
	}
	return s
}

// patterns reads the pattern of a case, which may be a sequence without brackets.
func (p *parser) patterns() Pattern {
	first := p.pattern()
	if !p.is(",") && !first.Star {
		return first
	}
	all := Pattern{At: first.At, IsSeq: true, Seq: []Pattern{first}}
	for p.accept(",") && !p.is(":") && !p.is("if") {
		all.Seq = append(all.Seq, p.pattern())
	}
	return all
}

func (p *parser) pattern() Pattern {
	defer p.deeper()()
	at := p.now().at
	if p.accept("*") {
		return Pattern{At: at, Star: true, Name: p.name()}
	}
	one := p.closed()
	if p.is("|") {
		or := Pattern{At: at, Or: []Pattern{one}}
		for p.accept("|") {
			or.Or = append(or.Or, p.closed())
		}
		one = or
	}
	if p.accept("as") {
		one.As = p.name()
	}
	return one
}

// closed reads a pattern without | and as.
func (p *parser) closed() Pattern {
	t := p.now()
	one := Pattern{At: t.at}
	switch {
	case t.kind == tOp && (t.text == "(" || t.text == "["):
		return p.sequence()
	case p.accept("{"):
		one.IsMap = true
		for !p.is("}") {
			if p.accept("**") {
				p.name()
			} else {
				one.Keys = append(one.Keys, p.bitwise(0))
				p.expect(":")
				one.Of = append(one.Of, p.pattern())
			}
			if !p.accept(",") {
				break
			}
		}
		p.expect("}")
	case t.kind == tName && t.text != "None" && t.text != "True" && t.text != "False":
		if p.ahead(1).text != "." && p.ahead(1).text != "(" {
			if one.Name = p.name(); one.Name == "_" {
				one.Name, one.Any = "", true
			}
			return one
		}
		var x Expr = &Name{At{t.at}, p.name()}
		for p.accept(".") {
			x = &Attr{At{p.now().at}, x, p.name()}
		}
		if !p.accept("(") {
			one.Value = x
			return one
		}
		one.Class = x
		for !p.is(")") {
			if p.now().kind == tName && p.ahead(1).text == "=" {
				one.Names = append(one.Names, p.name())
				p.advance()
			} else if len(one.Names) > 0 {
				fail(p.now().at, catalog.PythonUnexpected, p.now().show())
			}
			one.Of = append(one.Of, p.pattern())
			if !p.accept(",") {
				break
			}
		}
		p.expect(")")
	default:
		one.Value = p.bitwise(4) // a number, its sign, a complex number, a string
	}
	return one
}

func (p *parser) sequence() Pattern {
	open := p.advance()
	end := map[string]string{"(": ")", "[": "]"}[open.text]
	one := Pattern{At: open.at, IsSeq: true}
	comma := false
	for !p.is(end) {
		one.Seq = append(one.Seq, p.pattern())
		if !p.accept(",") {
			break
		}
		comma = true
	}
	p.expect(end)
	if end == ")" && len(one.Seq) == 1 && !comma && !one.Seq[0].Star {
		return one.Seq[0]
	}
	return one
}
