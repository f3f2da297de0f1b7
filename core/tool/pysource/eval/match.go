package eval

import "paramstack/core/tool/pysource/syntax"

func (in *Interp) match(e *env, s *syntax.Match) (flow, Value) {
	v := in.eval(e, s.X)
	for i := range s.Cases {
		c := &s.Cases[i]
		if in.matches(e, &c.Pattern, v) && (c.Guard == nil || in.Truth(in.eval(e, c.Guard))) {
			return in.block(e, c.Body)
		}
	}
	return goesOn, nil
}

// matches reports whether a value is as a pattern has it, and binds its names.
func (in *Interp) matches(e *env, p *syntax.Pattern, v Value) bool {
	in.tick()
	ok := false
	switch {
	case p.Any:
		ok = true
	case p.Value != nil:
		switch x := in.eval(e, p.Value); x.(type) {
		case nil, bool:
			ok = x == v
		default:
			ok = in.Equal(x, v)
		}
	case p.Or != nil:
		for i := range p.Or {
			if ok = in.matches(e, &p.Or[i], v); ok {
				break
			}
		}
	case p.IsSeq:
		ok = in.matchSeq(e, p, v)
	case p.IsMap:
		d, isDict := unwrap(v).(*Dict)
		ok = isDict
		for i := range p.Keys {
			if !ok {
				break
			}
			item, has := d.Get(in.eval(e, p.Keys[i]))
			ok = has && in.matches(e, &p.Of[i], item)
		}
	case p.Class != nil:
		ok = in.matchClass(e, p, v)
	case p.Name != "":
		in.assign(e, p.Name, v)
		ok = true
	}
	if ok && p.As != "" {
		in.assign(e, p.As, v)
	}
	return ok
}

func (in *Interp) matchSeq(e *env, p *syntax.Pattern, v Value) bool {
	var items []Value
	switch s := unwrap(v).(type) {
	case *List:
		items = s.Items
	case *Tuple:
		items = s.Items
	default:
		return false
	}
	star := -1
	for i := range p.Seq {
		if p.Seq[i].Star {
			star = i
		}
	}
	if star < 0 && len(items) != len(p.Seq) || len(items) < len(p.Seq)-1 {
		return false
	}
	rest := len(items) - len(p.Seq) + 1
	for i := range p.Seq {
		switch {
		case i == star:
			if name := p.Seq[i].Name; name != "_" {
				in.assign(e, name, &List{Items: append([]Value(nil), items[i:i+rest]...)})
			}
		case star >= 0 && i > star:
			if !in.matches(e, &p.Seq[i], items[i+rest-1]) {
				return false
			}
		default:
			if !in.matches(e, &p.Seq[i], items[i]) {
				return false
			}
		}
	}
	return true
}

func (in *Interp) matchClass(e *env, p *syntax.Pattern, v Value) bool {
	c, ok := in.eval(e, p.Class).(*Class)
	if !ok || !in.TypeOf(v).Is(c) {
		return false
	}
	positional := len(p.Of) - len(p.Names)
	var names []Value
	if args, _ := c.Find("__match_args__"); args != nil {
		names = in.Items(args)
	}
	for i := range p.Of {
		switch {
		case i >= positional:
			item, has := in.attr(v, p.Names[i-positional])
			if !has || !in.matches(e, &p.Of[i], item) {
				return false
			}
		case i < len(names):
			name, _ := names[i].(string)
			item, has := in.attr(v, name)
			if !has || !in.matches(e, &p.Of[i], item) {
				return false
			}
		case i == 0 && positional == 1: // int(x), str(x)
			if !in.matches(e, &p.Of[0], v) {
				return false
			}
		default:
			return false
		}
	}
	return true
}
