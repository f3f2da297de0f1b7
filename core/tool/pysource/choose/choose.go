// Package choose finds what a program defines that makes a network, if it makes none
// itself: classes and functions, the arguments they need, and those that can be
// assumed by their names.
package choose

import (
	"slices"
	"strings"

	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/pysource/syntax"
)

// A Choice is something that makes a network: a class or a function, with the
// arguments it needs.
type Choice struct {
	Name  string
	Needs []string
}

// Call returns an expression to begin with: a call with the arguments that are needed,
// and those values that their names suggest.
func (c Choice) Call() string {
	args := make([]string, len(c.Needs))
	for i, name := range c.Needs {
		value, _ := assumed(name)
		args[i] = name + "=" + value
	}
	return c.Name + "(" + strings.Join(args, ", ") + ")"
}

// Choices lists the classes and functions of the program that make networks, in the
// order of the source. isNet reports whether a class of the program is a network.
func Choices(main []*eval.Module, isNet func(*eval.Class) bool) []Choice {
	var all []Choice
	for _, m := range main {
		m.Attrs.Each(func(k, v eval.Value) {
			name, _ := k.(string)
			switch x := v.(type) {
			case *eval.Class:
				if x.Builtin || !isNet(x) {
					return
				}
				if f, owner := x.Find("__init__"); owner != nil {
					if fn, ok := f.(*eval.Function); ok {
						all = append(all, Choice{name, Needs(fn, true)})
						return
					}
				}
				all = append(all, Choice{name, nil})
			case *eval.Function:
				if makes(x) && !strings.HasPrefix(name, "_") && x.Name == name {
					all = append(all, Choice{name, Needs(x, false)})
				}
			}
		})
	}
	return all
}

// Needs lists the parameters that a function must be given.
func Needs(f *eval.Function, method bool) []string {
	var names []string
	for i, q := range f.Def.Params {
		if method && i == 0 || q.Form == syntax.VarArgs || q.Form == syntax.VarNames || q.Default != nil {
			continue
		}
		names = append(names, q.Name)
	}
	return names
}

// makes reports whether a function seems to return a network: it returns a call.
func makes(f *eval.Function) bool {
	found := false
	var look func(body []syntax.Stmt)
	look = func(body []syntax.Stmt) {
		for _, s := range body {
			switch s := s.(type) {
			case *syntax.Return:
				switch s.X.(type) {
				case *syntax.Call, *syntax.Name:
					found = true
				}
			case *syntax.If:
				look(s.Then)
				look(s.Else)
			}
		}
	}
	look(f.Def.Body)
	return found
}

// usualNames are parameters that programs name alike, and what they are there.
var usualNames = []struct {
	part  string
	value string
}{
	{"input_shape", "(224, 224, 3)"}, {"img_shape", "(224, 224, 3)"}, {"image_shape", "(224, 224, 3)"},
	{"num_classes", "10"}, {"n_classes", "10"}, {"nclass", "10"}, {"classes", "10"}, {"n_class", "10"},
	{"num_labels", "10"}, {"out_features", "10"},
	{"in_ch", "3"}, {"n_channels", "3"}, {"input_ch", "3"}, {"inchannel", "3"}, {"channels_in", "3"},
	{"num_channels", "3"}, {"img_ch", "3"}, {"channels", "3"}, {"n_ch", "3"},
	{"image_size", "224"}, {"img_size", "224"}, {"patch_size", "16"}, {"vocab", "10000"}, {"ntoken", "10000"},
	{"embed", "128"}, {"emb", "128"},
	{"hidden", "128"}, {"num_layers", "2"}, {"n_layers", "2"}, {"nlayers", "2"}, {"num_heads", "4"}, {"n_heads",
		"4"}, {"nhead", "4"}, {"heads", "4"}, {"dropout", "0.1"},
	{"latent", "64"}, {"z_dim", "100"}, {"input_size", "128"}, {"input_dim", "128"}, {"in_dim", "128"},
	{"in_features", "128"}, {"output", "10"}, {"out_ch", "2"}, {"out", "10"}, {"dim", "128"},
	{"seq_len", "64"}, {"max_len", "64"}, {"block_size", "64"}, {"action", "4"}, {"state", "8"}, {"depth", "2"},
}

// assumed returns a value for a parameter that the program does not state; false if
// its name says nothing.
func assumed(name string) (string, bool) {
	name = strings.ToLower(name)
	for _, u := range usualNames {
		if strings.Contains(name, u.part) {
			return u.value, true
		}
	}
	return "", false
}

// Expressions returns what could be evaluated to make a network of what the program
// defines: what needs no arguments first, then what needs those that can be assumed.
func Expressions(main []*eval.Module, choices []Choice) (all []string, guessed map[string]bool) {
	guessed = map[string]bool{}
	used := usedNames(main)
	var late []string
	for _, c := range slices.Backward(choices) {
		if used[c.Name] {
			continue
		}
		if len(c.Needs) == 0 {
			all = append(all, c.Name+"()")
			continue
		}
		args, ok := []string{}, true
		for _, n := range c.Needs {
			v, known := assumed(n)
			ok = ok && known
			args = append(args, n+"="+v)
		}
		if ok {
			e := c.Name + "(" + strings.Join(args, ", ") + ")"
			guessed[e] = true
			late = append(late, e)
		}
	}
	return append(all, late...), guessed
}

// networkWords are in what libraries call the functions that return networks, and in what
// programs call their networks.
var networkWords = []string{"model", "net", "hub.load", "from_pretrained", "backbone", "encoder"}

// UnknownNetwork returns the name that the program bound last to what an unknown
// function returned, and the call.
func UnknownNetwork(main []*eval.Module) (name, value string) {
	for _, m := range main {
		m.Attrs.Each(func(k, v eval.Value) {
			bound, _ := k.(string)
			u, ok := v.(*eval.Unknown)
			if !ok || !strings.HasSuffix(u.Name, ")") {
				return
			}
			for _, word := range networkWords {
				if strings.Contains(strings.ToLower(bound+" "+u.Name), word) {
					name, value = bound, u.Name
				}
			}
		})
	}
	return name, value
}

// usedNames are what other classes of the program make or extend: parts.
func usedNames(main []*eval.Module) map[string]bool {
	used := map[string]bool{}
	for _, m := range main {
		m.Attrs.Each(func(k, v eval.Value) {
			name, _ := k.(string)
			var bodies [][]syntax.Stmt
			switch x := v.(type) {
			case *eval.Class:
				for _, a := range x.Attrs.Keys() {
					if f, ok := x.Attrs.Get(a); ok {
						if fn, ok := f.(*eval.Function); ok {
							bodies = append(bodies, fn.Def.Body)
						}
					}
				}
				for _, b := range x.Bases {
					used[b.Name] = true
				}
			}
			for _, b := range bodies {
				syntax.Names(b, func(n string) {
					if n != name {
						used[n] = true
					}
				})
			}
		})
	}
	return used
}
