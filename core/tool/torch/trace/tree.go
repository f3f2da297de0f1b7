package trace

import (
	"strings"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/pysource/syntax"
	"paramstack/core/tool/vocab"
)

// Totals returns how many parameters a network has, each storage counted once, and
// how many of them are not trained.
func (n *Network) Totals() (all, frozen num.Int) {
	tensors(n.Root, func(_ string, t *Tensor) {
		if !t.store.learned {
			return
		}
		size := sizeOf(t.store.dims)
		all = all.Add(size)
		if t.store.frozen {
			frozen = frozen.Add(size)
		}
	})
	return all, frozen
}

// A Tree is what the constructor of a network made: modules within modules.
type Tree struct {
	Name, Class string
	Args        []vocab.Arg
	Custom      bool           // the class is the program's
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
		t := Tree{Name: name, Class: o.Class.Name, Custom: !o.Class.Builtin}
		l, isLeaf := o.Native.(*leaf)
		if isLeaf {
			t.Args, t.At = l.args, l.at
			if c := leafName(o.Class); c != "" {
				t.Class, t.Custom = c, false
			}
		}
		if isLeaf && l.layer.Kind().Group == layer.GroupAttention { // as print shows it
			t.Args = nil
			bias, _ := o.Attrs.Get("in_proj_bias")
			t.Kids = append(t.Kids, Tree{Name: "out_proj", Class: "NonDynamicallyQuantizableLinear", Args: []vocab.Arg{
				{Name: "in_features", Value: l.in}, {Name: "out_features", Value: l.in}, {Name: "bias", Value: bias != nil}}})
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
		t.Kids = append(t.Kids, unknownParts(o)...)
		return t
	}
	return tree("", n.Root)
}

// unknownParts lists the attributes of a module that its forward function uses and
// that are what unknown functions returned: modules, for all that is known.
func unknownParts(o *eval.Object) []Tree {
	f, _ := o.Class.Find("forward")
	fn, ok := f.(*eval.Function)
	if !ok {
		return nil
	}
	used := map[string]bool{}
	syntax.Attributes(fn.Def.Body, func(name string) { used[name] = true })
	var all []Tree
	o.Attrs.Each(func(k, v eval.Value) {
		name, _ := k.(string)
		if u, ok := v.(*eval.Unknown); ok && used[name] && strings.HasSuffix(u.Name, "()") {
			words := strings.Split(strings.TrimSuffix(u.Name, "()"), ".")
			class := words[len(words)-1]
			if len(words) > 1 && strings.ToLower(class) == class {
				class = words[len(words)-2]
			}
			all = append(all, Tree{Name: name, Class: class})
		}
	})
	return all
}

// Incomplete reports whether a network holds modules that are unknown.
func (n *Network) Incomplete() bool {
	found := false
	walk(n.Root, "", func(_ string, o *eval.Object) { found = found || len(unknownParts(o)) > 0 })
	return found
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
