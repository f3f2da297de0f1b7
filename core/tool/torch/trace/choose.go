package trace

import (
	"slices"

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
	var roots []*eval.Object
	add := func(o *eval.Object) {
		if !slices.Contains(roots, o) && !o.Class.Is(lossBase) {
			roots = append(roots, o)
		}
	}
	for i := len(p.calls) - 1; i >= 0; i-- {
		o := p.calls[i].module
		if counts(o) && !within(o, bound) {
			add(o)
		}
	}
	if p.fragment != nil && counts(p.fragment) {
		add(p.fragment)
	}
	if o := isModule(p.in.Last); o != nil && len(bound) == 0 {
		add(o)
	}
	for _, o := range slices.Backward(bound) {
		if !within(o, bound) {
			add(o)
		}
	}
	return roots
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
