package trace

import (
	"paramstack/core/tool/pysource/choose"
	"paramstack/core/tool/pysource/eval"
)

// candidates returns the networks that the program has made, the one that is meant
// most likely first: what was called or summarized last, else what was bound last.
func (p *Program) candidates() []*eval.Object {
	var bound []*eval.Object
	for _, m := range p.main {
		m.Attrs.Each(func(_, v eval.Value) {
			if o := isModule(v); o != nil && !o.Class.Is(lossBase) && counts(o) {
				bound = append(bound, o)
			}
		})
	}
	var called []*eval.Object
	for _, c := range p.calls {
		if counts(c.module) && !c.module.Class.Is(lossBase) {
			called = append(called, c.module)
		}
	}
	last := bound
	if o := isModule(p.in.Last); o != nil && len(bound) == 0 && !o.Class.Is(lossBase) {
		last = append(last, o)
	}
	if p.fragment != nil && counts(p.fragment) {
		last = append(last, p.fragment)
	}
	return choose.Roots(called, last, func(o *eval.Object) bool { return within(o, bound) })
}

// counts reports whether a module has something to show: parameters, or parts.
func counts(o *eval.Object) bool { return len(parts(o)) > 0 || o.Native != nil }

// within reports whether a module is part of another.
func within(o *eval.Object, all []*eval.Object) bool {
	for _, root := range all {
		found := false
		walk(root, "", func(path string, m *eval.Object) { found = found || m == o && path != "" })
		if found {
			return true
		}
	}
	return false
}

// Choices lists the classes and functions of the program that make networks, in the
// order of the source.
func (p *Program) Choices() []choose.Choice {
	return choose.Choices(p.main, func(c *eval.Class) bool { return c.Is(moduleClass) && !c.Is(lossBase) })
}
