package trace

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

// einopsModule is einops: rearrange, repeat and reduce, and their layers.
func (p *Program) einopsModule(name string) *eval.Module {
	m := eval.NewModule(name)
	sizesOf := func(in *eval.Interp, v eval.Value) map[string]int64 {
		all := map[string]int64{}
		if d, ok := v.(*eval.Dict); ok {
			d.Each(func(k, n eval.Value) { all[in.Str(k)] = whole(in, n) })
		}
		return all
	}
	for _, what := range []string{"rearrange", "repeat"} {
		m.Attrs.Put(what, eval.NewBuiltin(what, "x pattern **sizes", func(in *eval.Interp, v []eval.Value) eval.Value {
			return p.rearrange(tensorOf(in, v[0]), in.Str(v[1]), sizesOf(in, v[2]), "")
		}))
	}
	m.Attrs.Put("reduce", eval.NewBuiltin("reduce", "x pattern how **sizes", func(in *eval.Interp, v []eval.Value) eval.Value {
		return p.rearrange(tensorOf(in, v[0]), in.Str(v[1]), sizesOf(in, v[3]), in.Str(v[2]))
	}))
	for class, sig := range map[string]string{"Rearrange": "pattern **sizes", "Reduce": "pattern how? **sizes"} {
		c := eval.NewClass(class, moduleClass)
		c.Method("__init__", sig, func(in *eval.Interp, v []eval.Value) eval.Value {
			o := v[0].(*eval.Object)
			o.Attrs.Put("pattern", in.Str(v[1]))
			o.Attrs.Put("sizes", v[len(v)-1])
			if len(v) > 3 && !eval.IsNone(v[2]) {
				o.Attrs.Put("how", in.Str(v[2]))
			}
			return nil
		})
		c.Method("forward", "x", func(in *eval.Interp, v []eval.Value) eval.Value {
			o := v[0].(*eval.Object)
			s, _ := o.Attrs.Get("sizes")
			how, _ := attr(o, "how", "").(string)
			return p.rearrange(tensorOf(in, v[1]), in.Str(attr(o, "pattern", "")), sizesOf(in, s), how)
		})
		m.Attrs.Put(class, c)
	}
	return m
}

// axes divides one side of a pattern: each entry lists the names that are laid
// together in one dimension.
func axes(side string) [][]string {
	var all [][]string
	inside := false
	for _, word := range strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(side)) {
		switch {
		case word == "(":
			inside = true
			all = append(all, nil)
		case word == ")":
			inside = false
		case inside:
			all[len(all)-1] = append(all[len(all)-1], word)
		default:
			all = append(all, []string{word})
		}
	}
	return all
}

// rearrange is einops' three functions: the dimensions of the left side of a pattern
// are divided, put in the order of the right side and laid together. What the right
// side lacks is reduced, what it has besides is repeated.
func (p *Program) rearrange(t *Tensor, pattern string, size map[string]int64, how string) eval.Value {
	in := p.in
	bad := func() { in.Raise(eval.RuntimeError, catalog.TorchEinsum, pattern) }
	from, to, ok := strings.Cut(pattern, "->")
	left, right := axes(from), axes(to)
	if !ok {
		bad()
	}
	for i, names := range left { // … is as many dimensions as are left
		if len(names) == 1 && names[0] == "..." {
			var rest [][]string
			for k := range len(t.dims) - len(left) + 1 {
				rest = append(rest, []string{"." + string(rune('a'+k))})
			}
			left = slices.Replace(left, i, i+1, rest...)
			if at := slices.IndexFunc(right, func(n []string) bool { return len(n) == 1 && n[0] == "..." }); at >= 0 {
				right = slices.Replace(right, at, at+1, rest...)
			}
			break
		}
	}
	if len(left) != len(t.dims) {
		bad()
	}
	var names []string
	var divided []int64
	for i, group := range left {
		known, open := int64(1), -1
		for k, n := range group {
			if n == "1" {
				continue
			}
			if s, ok := size[n]; ok {
				known *= s
			} else if open < 0 {
				open = k
			} else {
				bad()
			}
		}
		if open >= 0 {
			if known == 0 || t.dims[i]%known != 0 {
				bad()
			}
			size[group[open]] = t.dims[i] / known
		}
		for _, n := range group {
			if n != "1" {
				names, divided = append(names, n), append(divided, size[n])
			}
		}
	}
	t = p.reshape(t, divided)
	var order []string
	for _, group := range right {
		for _, n := range group {
			if n != "1" && n != "()" {
				order = append(order, n)
			}
		}
	}
	var gone []int64
	var stay []string
	for i, n := range names {
		if slices.Contains(order, n) {
			stay = append(stay, n)
		} else {
			gone = append(gone, int64(i))
		}
	}
	if len(gone) > 0 {
		if how == "" {
			bad()
		}
		t = p.reduce(map[string]string{"mean": "mean", "sum": "sum", "max": "amax", "min": "amin"}[how], t, gone, false)
		names = stay
	}
	for _, n := range order {
		if !slices.Contains(names, n) { // repeated
			s, ok := size[n]
			if !ok {
				bad()
			}
			t = p.unsqueeze(t, int64(len(names)))
			dims := slices.Clone(t.dims)
			dims[len(dims)-1] = s
			t = p.expand(t, dims)
			names = append(names, n)
		}
	}
	perm := make([]int64, len(order))
	for i, n := range order {
		perm[i] = int64(slices.Index(names, n))
	}
	t = p.permute(t, perm)
	var dims []int64
	for _, group := range right {
		d := int64(1)
		for _, n := range group {
			if s, ok := size[n]; ok {
				d *= s
			}
		}
		dims = append(dims, d)
	}
	return p.reshape(t, dims)
}
