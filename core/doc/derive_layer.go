package doc

import (
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/derive"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/target"
)

// section writes a layer that has something to count.
func (d *derivation) section(row *count.Row, own count.Counts, from string, level int, times num.Int) {
	kind := row.Kind()
	if row.Form == count.FormLeaf {
		d.w.heading(level, row.Name)
	}
	settings, doc := d.settings(row), d.doc(kind)
	if doc != "" || settings != kind.Name || !strings.HasPrefix(row.Name, kind.Name) {
		d.w.para(words(settings + "." + doc))
	}
	item := func(line ...piece) { d.w.item(1, line...) }
	if troubled(row) {
		d.problems(row, item)
	}
	switch {
	case kind.Takes == layer.TakesNone:
	case from == "":
		line := []piece{words(d.say(catalog.DeriveInputs) + " ")}
		for i, in := range row.In {
			if i > 0 {
				line = append(line, words(", "))
			}
			line = append(line, d.shape(in)...)
		}
		item(line...)
	default:
		item(append([]piece{words(d.say(catalog.DeriveInput, from) + " ")}, d.shape(target.First(row.In))...)...)
	}
	item(append([]piece{words(d.say(catalog.DeriveOutput) + " ")}, d.shape(row.Out)...)...)
	for _, line := range d.steps(steps(row), row.Out) {
		d.w.item(2, line...)
	}
	if !troubled(row) {
		d.problems(row, func(line ...piece) { d.w.item(2, line...) })
	}
	x := d.explain.Of(row)
	d.params(row, own, times, &x)
	d.macs(row, own, times, &x)
	d.reasons(&x)
}

// everywhere reports whether a reason is given wherever it holds. The others, like what
// a kind does, are given where they are first met.
func everywhere(k catalog.Key) bool {
	return k == catalog.ReasonConcat || k == catalog.ReasonMap || k == catalog.ReasonPooled ||
		k == catalog.ReasonGroups || k == catalog.ReasonSeparable || k == catalog.ReasonShare || k == catalog.ReasonPaths
}

// reasons writes what the numbers mean.
func (d *derivation) reasons(x *derive.Explanation) {
	for _, m := range x.Why {
		if everywhere(m.Key) || !d.reasoned[m.Key] {
			d.reasoned[m.Key] = true
			d.w.item(1, words(m.In(d.Lang)))
		}
	}
}

// params writes the learnable tensors, factor by factor, what follows from them, and
// the buffers.
func (d *derivation) params(row *count.Row, own count.Counts, times num.Int, x *derive.Explanation) {
	for _, m := range x.Shared {
		d.w.item(1, words(m.In(d.Lang)))
	}
	var shown []layer.Weight
	for _, w := range row.Weights {
		if !w.Shared() && d.Style.Counts(&w) {
			shown = append(shown, w)
		}
	}
	label := words(d.say(catalog.DeriveParams) + " ")
	switch {
	case len(shown) > 0:
		formula := count.Text(count.Formula(shown, d.Style))
		line := []piece{label, maths(formula)}
		if total := d.Style.Params(own); own.ParamsAtLeast {
			line = append(line, words(" ("+d.say(catalog.NotCounted)+")"))
		} else if !plainNumber(formula) {
			if parts := d.addends(shown); len(shown) > 1 && parts != formula {
				line = append(line, maths(" = "+parts))
			}
			line = append(append(line, maths(" = "+total.Grouped())), d.turns(times, total)...)
		} else {
			line = append(line, d.turns(times, total)...)
		}
		d.w.item(1, line...)
		d.tensors(row, x)
	case own.ParamsAtLeast:
		d.w.item(1, label, words(d.say(catalog.NotCounted)))
	case len(x.Shared) == 0:
		d.w.item(1, words(d.say(catalog.DeriveNoParams)))
	}
	for _, m := range x.Frozen {
		d.w.item(1, words(m.In(d.Lang)))
	}
	if len(x.Kept) > 0 {
		line, sign := []piece{words(d.say(catalog.DeriveBuffers))}, " "
		for i := range x.Kept {
			line = append(line, words(sign+x.Kept[i].Name()+" "), maths(x.Kept[i].Value()))
			sign = ", "
		}
		d.w.item(1, line...)
	}
}

// addends writes what each tensor adds: 34,848 + 96.
func (d *derivation) addends(weights []layer.Weight) string {
	parts := make([]string, len(weights))
	for i, w := range weights {
		parts[i] = d.value(w.Factors)
	}
	return strings.Join(parts, " + ")
}

func (d *derivation) value(t layer.Term) string {
	if n, ok := t.Value(); ok {
		return n.Grouped()
	}
	return "?"
}

// tensor writes the names and the number of a tensor, and what it is for.
func (d *derivation) tensor(t *derive.Tensor) {
	line := []piece{words(t.Name() + ": "), maths(t.Text())}
	if len(t.Names) > 1 {
		line = append(line, words(" ("+d.say(catalog.TensorEach)+")"))
	}
	if t.Role.Key != "" {
		line = append(line, words(" ("+t.Role.In(d.Lang)+")"))
	}
	d.w.item(2, line...)
}

// tensors explains each factor. A single tensor needs no line of its own.
func (d *derivation) tensors(row *count.Row, x *derive.Explanation) {
	for i := range x.Tensors {
		t, level := &x.Tensors[i], 2
		if len(x.Tensors) > 1 {
			d.tensor(t)
			level = 3
		}
		for _, f := range t.Factors {
			d.w.item(level, words(f.Say.In(d.Lang)))
		}
		if f := t.Term; row.Kind().Group == layer.GroupDense && d.maps == "" && len(f) > 0 && f[0].Dim != nil &&
			len(f[0].Dim.Parts) > 1 && f[0].N > f[0].Dim.Parts[len(f[0].Dim.Parts)-1].N {
			d.maps = row.Name
		}
	}
}

// macs writes the multiply-accumulates, as weights times positions where they are
// that.
func (d *derivation) macs(row *count.Row, own count.Counts, times num.Int, x *derive.Explanation) {
	label := words(d.say(catalog.DeriveMACs) + " ")
	value, ok := row.MACs.Value()
	switch {
	case !ok || own.MACsAtLeast:
		d.w.item(1, label, words(d.say(catalog.NotCounted)))
		return
	case len(row.MACs) == 0:
		return
	}
	tokens := count.Compute(row.MACs, d.Style)
	line := []piece{label, maths(count.Text(tokens))}
	if at := derive.Positions(row); len(at) > 0 {
		line = append(line, maths(" = "+d.value(row.Weights[0].Factors)+"·"+count.Text(count.Compute(layer.Sum{at}, d.Style))))
	}
	d.w.item(1, append(append(line, maths(" = "+value.Grouped())), d.turns(times, value)...)...)
	for _, f := range x.Computed {
		d.w.item(2, words(f.Say.In(d.Lang)))
	}
}
