package eval

import (
	"strings"

	"paramstack/core/tool/pysource/syntax"
)

// importStatement runs import a.b as c.
func (in *Interp) importStatement(e *env, s *syntax.Import) {
	for _, a := range s.Names {
		v := in.imported(a.Name)
		if a.As != "" {
			in.assign(e, a.As, v)
			continue
		}
		root, rest, dotted := strings.Cut(a.Name, ".")
		if !dotted {
			in.assign(e, root, v)
			continue
		}
		// The first name is bound; the others are found as its attributes.
		top := in.imported(root)
		if m, ok := top.(*Module); ok {
			if _, has := in.moduleAttr(m, strings.Split(rest, ".")[0]); !has {
				m.Attrs.Put(strings.Split(rest, ".")[0], v)
			}
		}
		in.assign(e, root, top)
	}
}

// imported returns a module, or one of which nothing is known.
func (in *Interp) imported(name string) Value {
	if v := in.module(name); v != nil {
		return v
	}
	return &Unknown{name}
}

// fromStatement runs from a import b.
func (in *Interp) fromStatement(e *env, s *syntax.From) {
	name := s.Module
	var m Value
	if s.Level > 0 {
		m = in.relative(e, s.Level, name)
	} else {
		m = in.imported(name)
	}
	if s.Names == nil {
		in.importAll(e, m)
		return
	}
	for _, a := range s.Names {
		as := a.As
		if as == "" {
			as = a.Name
		}
		in.at = s.Pos
		v, ok := in.attr(m, a.Name)
		if !ok || isUnknown(v) {
			if sub := in.relativeOr(s, name, a.Name); sub != nil {
				v, ok = sub, true
			}
		}
		if !ok {
			v = &Unknown{strings.TrimPrefix(name+"."+a.Name, ".")}
		}
		in.assign(e, as, v)
	}
}

// relativeOr finds a module that is a name in another: from . import resnet.
func (in *Interp) relativeOr(s *syntax.From, module, name string) Value {
	if s.Level == 0 {
		return in.module(module + "." + name)
	}
	return in.module(strings.TrimPrefix(module+"."+name, "."))
}

// relative finds a module named with dots. The names of the folders are unknown where
// only files are given, so the last part counts.
func (in *Interp) relative(e *env, level int, name string) Value {
	if name == "" {
		return &Module{Name: "", Attrs: NewDict(), Missing: func(in *Interp, attr string) Value {
			if v := in.module(attr); v != nil {
				return v
			}
			return &Unknown{attr}
		}}
	}
	if v := in.beside(e, level, name); v != nil {
		return v
	}
	if in.Import != nil {
		if v := in.Import(in, strings.Repeat(".", level)+name); v != nil {
			return v
		}
	}
	return &Unknown{name}
}

func (in *Interp) importAll(e *env, v Value) {
	m, ok := v.(*Module)
	if !ok {
		return
	}
	if all, ok := m.Attrs.Get("__all__"); ok {
		for _, n := range in.Items(all) {
			if name, ok := n.(string); ok {
				in.assign(e, name, in.GetAttr(m, name))
			}
		}
		return
	}
	m.Attrs.Each(func(k, v Value) {
		if name, ok := k.(string); ok && !strings.HasPrefix(name, "_") {
			in.assign(e, name, v)
		}
	})
}
