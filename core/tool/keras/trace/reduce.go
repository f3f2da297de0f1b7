package trace

import (
	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

// reductions are functions that leave dimensions out.
func reductions() {
	for name, class := range map[string]string{"mean": "Mean", "max": "Max", "sum": "Sum", "min": "Min", "prod": "Prod",
		"std": "Std", "var": "Variance", "variance": "Variance", "any": "Any", "all": "All", "logsumexp": "LogSumExp",
		"norm": "Norm"} {
		do := func(p *Program, v []eval.Value) eval.Value {
			if n, ok := p.ofNumbers(class, v[0]); ok {
				return n
			}
			keep := v[2]
			if eval.IsNone(keep) {
				keep = v[3]
			}
			return p.reduced(class, tensorArg(p, v[0]), v[1], !eval.IsNone(keep) && p.in.Truth(keep))
		}
		sig := "x axis? keepdims? keep_dims? *rest **names"
		define(name+" reduce_"+name, sig, do)
		if name == "norm" {
			define(name, "x ord? axis? keepdims? *rest **names", func(p *Program, v []eval.Value) eval.Value {
				return p.reduced(class, tensorArg(p, v[0]), v[2], !eval.IsNone(v[3]) && p.in.Truth(v[3]))
			})
		}
	}
	define("argmax argmin", "x axis? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		return p.reduced("ArgMax", tensorArg(p, v[0]), v[1], false)
	})
}

// ofNumbers reduces a list of whole numbers, such as a shape; false if it is none.
func (p *Program) ofNumbers(class string, v eval.Value) (eval.Value, bool) {
	items, ok := listItems(v)
	op := map[string]string{"Prod": "*", "Sum": "+"}[class]
	if !ok || op == "" || len(items) == 0 {
		return nil, false
	}
	out := items[0]
	for i, item := range items {
		if _, whole := wholeOf(item); !whole {
			return nil, false
		}
		if i > 0 {
			out = p.in.Binary(op, out, item)
		}
	}
	return out, true
}

// reduced leaves axes out.
func (p *Program) reduced(name string, t *Tensor, axis eval.Value, keep bool) *Tensor {
	if !t.ranked {
		return p.step("ops."+name, nil, &Tensor{dtype: "float32"}, t)
	}
	gone := make([]bool, len(t.dims))
	var axes []int
	if eval.IsNone(axis) {
		for i := range gone {
			axes = append(axes, i)
		}
	} else if all, ok := listItems(axis); ok {
		for _, v := range all {
			axes = append(axes, axisOf(v, 0, len(t.dims)))
		}
	} else {
		axes = append(axes, axisOf(axis, 0, len(t.dims)))
	}
	for _, at := range axes {
		if at < 0 {
			p.in.Raise(eval.ValueError, catalog.TorchNoDim, p.in.Repr(axis), len(t.dims))
		}
		gone[at] = true
	}
	dims := []int64{}
	for i, d := range t.dims {
		if !gone[i] {
			dims = append(dims, d)
		} else if keep {
			dims = append(dims, 1)
		}
	}
	spatial := len(t.dims) >= 3 && len(t.dims) <= 5 && !gone[0] && !gone[len(gone)-1]
	for _, g := range gone[min(1, len(gone)):max(len(gone)-1, 1)] {
		spatial = spatial && g
	}
	kinds := map[string]string{"Mean": "GlobalAveragePooling", "Max": "GlobalMaxPooling"}
	if kind := kinds[name]; kind != "" && spatial {
		class := kind + string(rune('0'+len(t.dims)-2)) + "D"
		return p.step(class, map[string]any{"keepdims": keep}, ranked(dims), t)
	}
	return p.step("ops."+name, nil, ranked(dims), t)
}
