package doc

import (
	"slices"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
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
	said := map[string]bool{}
	d.params(row, own, times, said)
	d.macs(row, own, times, said)
}

// params writes the learnable tensors, factor by factor, and the buffers
// separately.
func (d *derivation) params(row *count.Row, own count.Counts, times num.Int, said map[string]bool) {
	var shown []layer.Weight
	var buffers []piece
	shared := 0
	for _, w := range row.Weights {
		switch {
		case w.Shared():
			shared++
		case d.Style.Counts(&w):
			shown = append(shown, w)
		case d.Style.Stores(&w):
			if len(buffers) > 0 {
				buffers = append(buffers, words(", "))
			}
			buffers = append(buffers, words(w.Name+" "), maths(d.value(w.Factors)))
		}
	}
	switch {
	case shared > 0 && row.SharesAll():
		d.w.item(1, words(d.say(catalog.DeriveShared, d.Report.Name(row.SharesWith))))
	case shared > 0:
		d.w.item(1, words(d.say(catalog.DeriveSharedPart, d.Report.Name(row.SharesWith))))
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
		d.tensors(row, shown, said)
	case own.ParamsAtLeast:
		d.w.item(1, label, words(d.say(catalog.NotCounted)))
	case shared == 0:
		d.w.item(1, words(d.say(catalog.DeriveNoParams)))
	}
	if n, ok := row.Node.(*arch.Leaf); ok && n.Frozen {
		d.w.item(1, words(d.say(catalog.DeriveFrozen)))
	}
	if len(buffers) > 0 {
		d.w.item(1, append([]piece{words(d.say(catalog.DeriveBuffers) + " ")}, buffers...)...)
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

// tensors explains each factor. A single tensor needs no line of its own.
func (d *derivation) tensors(row *count.Row, shown []layer.Weight, said map[string]bool) {
	level := 2
	for _, w := range shown {
		tokens := count.Formula([]layer.Weight{w}, d.Style)
		if len(shown) > 1 {
			line := []piece{words(w.Name + ": "), maths(count.Text(tokens))}
			if !plainNumber(count.Text(tokens)) {
				line = append(line, maths(" = "+d.value(w.Factors)))
			}
			d.w.item(2, line...)
			level = 3
		}
		d.factors(row, tokens, level, said)
		if f := w.Factors; row.Kind().Group == layer.GroupDense && d.maps == "" && len(f) > 0 && f[0].Dim != nil &&
			len(f[0].Dim.Parts) > 1 && f[0].N > f[0].Dim.Parts[len(f[0].Dim.Parts)-1].N {
			d.maps = row.Name
		}
	}
}

// factors explains the numbers of a formula, each sentence once per layer.
// Sides are explained together: 11·11, the height and width.
func (d *derivation) factors(row *count.Row, tokens []count.Token, level int, said map[string]bool) {
	var text string
	var key catalog.Key
	var sides []any
	tell := func(m catalog.Message) {
		if s := m.In(d.Lang); m.Key != "" && !said[s] {
			said[s] = true
			d.w.item(level, words(s))
		}
	}
	flush := func() {
		if len(sides) > 0 {
			tell(catalog.Say(key, text, d.list(sides)))
		}
		text, key, sides = "", "", nil
	}
	for _, t := range tokens {
		if t.Factor == nil {
			continue
		}
		m := d.Report.Explain(row, t)
		side, ok := lastSide(m)
		if !ok || m.Key != key || slices.Contains(sides, any(side)) {
			flush()
		}
		if !ok {
			tell(m)
			continue
		}
		if len(sides) > 0 {
			text += "·"
		}
		text, key, sides = text+t.Text, m.Key, append(sides, side)
	}
	flush()
}

// macs writes the multiply-accumulates, as weights times positions where they are
// that.
func (d *derivation) macs(row *count.Row, own count.Counts, times num.Int, said map[string]bool) {
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
	if at := positionsOf(row); len(at) > 0 {
		line = append(line, maths(" = "+d.value(row.Weights[0].Factors)+"·"+count.Text(count.Compute(layer.Sum{at}, d.Style))))
	}
	d.w.item(1, append(append(line, maths(" = "+value.Grouped())), d.turns(times, value)...)...)
	d.factors(row, tokens, 2, said)
}

// positionsOf returns the factors by which the MACs of a layer exceed its first
// tensor; none if they are something else.
func positionsOf(row *count.Row) layer.Term {
	if len(row.MACs) != 1 || len(row.Weights) == 0 {
		return nil
	}
	macs, w := row.MACs[0], row.Weights[0].Factors
	if len(macs) <= len(w) {
		return nil
	}
	for i := range w {
		if macs[i].N != w[i].N || macs[i].Role != w[i].Role {
			return nil
		}
	}
	return macs[len(w):]
}
