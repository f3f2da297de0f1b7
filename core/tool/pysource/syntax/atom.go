package syntax

import (
	"math/big"
	"strconv"
	"strings"

	"paramstack/core/catalog"
)

func (p *parser) atom() Expr {
	defer p.deeper()()
	t := p.now()
	at := At{t.at}
	switch t.kind {
	case tName:
		switch t.text {
		case "None":
			p.advance()
			return &None{at}
		case "True", "False":
			p.advance()
			return &Bool{at, t.text == "True"}
		}
		return &Name{at, p.name()}
	case tNumber:
		p.advance()
		return number(t)
	case tString:
		return p.strings()
	case tOp:
		switch t.text {
		case "(":
			return p.brackets(at)
		case "[":
			return p.listDisplay(at)
		case "{":
			return p.braces(at)
		case "...":
			p.advance()
			return &Ellipsis{at}
		}
	}
	p.unexpected()
	return nil
}

func (p *parser) brackets(at At) Expr {
	p.advance()
	if p.accept(")") {
		return &Tuple{at, nil}
	}
	if p.is("yield") {
		x := p.yield()
		p.expect(")")
		return x
	}
	x := p.starExpr()
	if p.is("for") || p.is("async") {
		x = p.comprehension(at, Generator, x, nil)
		p.expect(")")
		return x
	}
	if p.is(",") {
		items := []Expr{x}
		for p.accept(",") && !p.is(")") {
			items = append(items, p.starExpr())
		}
		x = &Tuple{at, items}
	}
	p.expect(")")
	return x
}

func (p *parser) listDisplay(at At) Expr {
	p.advance()
	l := &List{At: at}
	for !p.is("]") {
		x := p.starExpr()
		if len(l.Items) == 0 && (p.is("for") || p.is("async")) {
			x = p.comprehension(at, ListComp, x, nil)
			p.expect("]")
			return x
		}
		l.Items = append(l.Items, x)
		if !p.accept(",") {
			break
		}
	}
	p.expect("]")
	return l
}

func (p *parser) braces(at At) Expr {
	p.advance()
	d := &Dict{At: at}
	var set *Set
	for first := true; !p.is("}"); first = false {
		if p.accept("**") {
			d.Keys, d.Values = append(d.Keys, nil), append(d.Values, p.bitwise(0))
		} else {
			x := p.starExpr()
			if first && !p.is(":") {
				set = &Set{At: at}
			}
			if set != nil {
				if first && (p.is("for") || p.is("async")) {
					x = p.comprehension(at, SetComp, x, nil)
					p.expect("}")
					return x
				}
				set.Items = append(set.Items, x)
			} else {
				p.expect(":")
				v := p.expression()
				if first && (p.is("for") || p.is("async")) {
					x = p.comprehension(at, DictComp, x, v)
					p.expect("}")
					return x
				}
				d.Keys, d.Values = append(d.Keys, x), append(d.Values, v)
			}
		}
		if !p.accept(",") {
			break
		}
	}
	p.expect("}")
	if set != nil {
		return set
	}
	return d
}

func (p *parser) comprehension(at At, form CompForm, x, y Expr) Expr {
	c := &Comp{At: at, Form: form, X: x, Y: y}
	for p.is("for") || p.is("async") {
		p.accept("async")
		p.expect("for")
		f := CompFor{Target: p.targets()}
		p.expect("in")
		f.Iter = p.or()
		if p.is("if") && len(c.For) == 0 { // for x in a if b else c is no comprehension
			defer p.deeper()()
		}
		for p.accept("if") {
			test := p.or()
			if name, ok := test.(*Name); ok && p.accept(":=") {
				test = &Walrus{name.At, name.ID, p.or()}
			}
			f.Ifs = append(f.Ifs, test)
		}
		c.For = append(c.For, f)
	}
	c.Def = &FuncDef{At: at, Name: "<comprehension>", Scope: Scope{Locals: map[string]bool{}}}
	for _, f := range c.For {
		binds(f.Target, c.Def.Scope.Locals)
	}
	return c
}

// number reads a number.
func number(t *token) Expr {
	at := At{t.at}
	text := strings.ReplaceAll(t.text, "_", "")
	lower := strings.ToLower(text)
	if v, ok := strings.CutSuffix(lower, "j"); ok {
		if x, err := strconv.ParseFloat(v, 64); err == nil {
			return &Float{at, x, true}
		}
	}
	if n, err := strconv.ParseInt(lower, 0,
		64); err == nil && (len(lower) == 1 || lower[0] != '0' || strings.ContainsAny(lower[:2], "xob") || n == 0) {
		return &Int{At: at, Value: n}
	}
	if !strings.ContainsAny(lower, ".e") || strings.HasPrefix(lower, "0x") {
		const most = 5000
		if n, ok := new(big.Int).SetString(lower,
			0); ok && len(lower) < most && (lower[0] != '0' || strings.ContainsAny(lower[:2], "xob")) {
			return &Int{At: at, Big: n}
		}
	}
	if x, err := strconv.ParseFloat(lower, 64); (err == nil || x > 1) && !strings.HasPrefix(lower,
		"0x") && !strings.ContainsAny(lower, "pin") {
		return &Float{At: at, Value: x}
	}
	fail(t.at, catalog.PythonUnexpected, t.show())
	return nil
}
