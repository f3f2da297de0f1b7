package syntax

import "strings"

// scopeOf finds the names that a body binds, and those that it declares to be of a
// scope around it.
func scopeOf(body []Stmt, params []Param) Scope {
	s := Scope{Locals: map[string]bool{}}
	for _, p := range params {
		s.Locals[p.Name] = true
	}
	s.statements(body)
	for name := range s.Global {
		delete(s.Locals, name)
	}
	for name := range s.Outer {
		delete(s.Locals, name)
	}
	return s
}

// binds adds the names that a target binds.
func binds(x Expr, to map[string]bool) {
	switch x := x.(type) {
	case *Name:
		to[x.ID] = true
	case *Star:
		binds(x.X, to)
	case *Tuple:
		for _, item := range x.Items {
			binds(item, to)
		}
	case *List:
		for _, item := range x.Items {
			binds(item, to)
		}
	}
}

func (s *Scope) statements(body []Stmt) {
	for _, st := range body {
		s.statement(st)
	}
}

func (s *Scope) statement(st Stmt) {
	switch st := st.(type) {
	case *ExprStmt:
		s.walrus(st.X)
	case *Assign:
		for _, t := range st.Targets {
			binds(t, s.Locals)
		}
		s.walrus(st.Value)
	case *AugAssign:
		binds(st.Target, s.Locals)
	case *AnnAssign:
		binds(st.Target, s.Locals)
		s.walrus(st.Value)
	case *Return:
		s.walrus(st.X)
	case *Assert:
		s.walrus(st.Test)
	case *Delete:
		for _, t := range st.Targets {
			binds(t, s.Locals)
		}
	case *Outer:
		to := &s.Outer
		if st.Global {
			to = &s.Global
		}
		if *to == nil {
			*to = map[string]bool{}
		}
		for _, name := range st.Names {
			(*to)[name] = true
		}
	case *Import:
		for _, a := range st.Names {
			if name := a.As; name != "" {
				s.Locals[name] = true
			} else {
				name, _, _ = strings.Cut(a.Name, ".")
				s.Locals[name] = true
			}
		}
	case *From:
		for _, a := range st.Names {
			if a.As != "" {
				s.Locals[a.As] = true
			} else {
				s.Locals[a.Name] = true
			}
		}
	case *If:
		s.walrus(st.Test)
		s.statements(st.Then)
		s.statements(st.Else)
	case *While:
		s.walrus(st.Test)
		s.statements(st.Body)
		s.statements(st.Else)
	case *For:
		binds(st.Target, s.Locals)
		s.walrus(st.Iter)
		s.statements(st.Body)
		s.statements(st.Else)
	case *Try:
		s.statements(st.Body)
		for _, h := range st.Handlers {
			if h.Name != "" {
				s.Locals[h.Name] = true
			}
			s.statements(h.Body)
		}
		s.statements(st.Else)
		s.statements(st.Finally)
	case *With:
		for _, item := range st.Items {
			s.walrus(item.X)
			if item.Target != nil {
				binds(item.Target, s.Locals)
			}
		}
		s.statements(st.Body)
	case *FuncDef:
		s.Locals[st.Name] = true
	case *ClassDef:
		s.Locals[st.Name] = true
	case *Match:
		s.walrus(st.X)
		for _, c := range st.Cases {
			s.pattern(c.Pattern)
			s.statements(c.Body)
		}
	}
}

func (s *Scope) pattern(p Pattern) {
	for _, name := range []string{p.Name, p.As} {
		if name != "" && name != "_" {
			s.Locals[name] = true
		}
	}
	for _, of := range [][]Pattern{p.Or, p.Seq, p.Of} {
		for _, q := range of {
			s.pattern(q)
		}
	}
}

// walrus adds the names that := binds in an expression, comprehensions included.
func (s *Scope) walrus(x Expr) {
	all := func(of []Expr) {
		for _, x := range of {
			s.walrus(x)
		}
	}
	switch x := x.(type) {
	case *Walrus:
		s.Locals[x.Target] = true
		s.walrus(x.Value)
	case *Tuple:
		all(x.Items)
	case *List:
		all(x.Items)
	case *Set:
		all(x.Items)
	case *Dict:
		all(x.Keys)
		all(x.Values)
	case *Star:
		s.walrus(x.X)
	case *Unary:
		s.walrus(x.X)
	case *Binary:
		s.walrus(x.X)
		s.walrus(x.Y)
	case *Logic:
		s.walrus(x.X)
		s.walrus(x.Y)
	case *Compare:
		s.walrus(x.X)
		all(x.Rest)
	case *Cond:
		all([]Expr{x.Test, x.Then, x.Else})
	case *Call:
		s.walrus(x.Fn)
		for _, a := range x.Args {
			s.walrus(a.X)
		}
	case *Attr:
		s.walrus(x.X)
	case *Index:
		s.walrus(x.X)
		s.walrus(x.Key)
	case *Comp:
		s.walrus(x.X)
		for _, f := range x.For {
			s.walrus(f.Iter)
			all(f.Ifs)
		}
	}
}

// Binds returns the names that a statement binds.
func Binds(st Stmt) map[string]bool {
	s := Scope{Locals: map[string]bool{}}
	s.statement(st)
	return s.Locals
}
