package trace

import (
	"paramstack/core/tensor"
	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/vocab"
)

// A Tree is what the constructor of a network made: modules within modules.
type Tree struct {
	Name, Class string
	Args        []vocab.Arg
	Own         []tensor.Shape // parameters that a module holds itself
	Kids        []Tree
	At          eval.Place // where a layer was made
}

// Modules returns the modules of a network. One that is in two places is in the
// first.
func (n *Network) Modules() Tree {
	seen := map[*eval.Object]bool{}
	stores := map[*storage]bool{}
	var tree func(name string, o *eval.Object) Tree
	tree = func(name string, o *eval.Object) Tree {
		t := Tree{Name: name, Class: o.Class.Name}
		l, isLeaf := o.Native.(*leaf)
		if isLeaf {
			t.Args, t.At = l.args, l.at
			if c := leafName(o.Class); c != "" {
				t.Class = c
			}
		}
		for _, c := range parts(o) {
			switch {
			case c.module != nil && !seen[c.module]:
				seen[c.module] = true
				t.Kids = append(t.Kids, tree(c.name, c.module))
			case c.tensor != nil && !stores[c.tensor.store]:
				stores[c.tensor.store] = true
				if !isLeaf && c.tensor.store.learned {
					t.Own = append(t.Own, tensor.Of(c.tensor.store.dims...))
				}
			}
		}
		return t
	}
	return tree("", n.Root)
}

// leafName returns the class of torch.nn that a class is, or extends.
func leafName(c *eval.Class) string {
	for c != nil && !c.Builtin {
		if len(c.Bases) == 0 {
			return ""
		}
		c = c.Bases[0]
	}
	return c.Name
}
