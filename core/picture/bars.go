package picture

import (
	"math"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
)

// barHigh is how high the longest bar of a row is.
const barHigh = 44.0

// bars draws three rows of bars under the columns: parameters, multiply-accumulates
// and activations, each with the sum up to there as a line.
func (p *plan) bars(y float64) ([]Mark, float64) {
	title := p.opt.Lang.In(catalog.PictureBars)
	if p.opt.Bars == LogBars {
		title += " (" + p.opt.Lang.In(catalog.PictureLog) + ")"
	}
	marks := []Mark{{Shapes: []Shape{Label{X: edge, Y: y + 8, Text: title, Size: textSize, Tone: Mute, Anchor: Start}}}}
	y += 28
	rows := [...]struct {
		name catalog.Key
		of   func(count.Counts) num.Int
	}{
		{catalog.UIParameters, p.opt.Style.Params},
		{catalog.UIMACs, func(c count.Counts) num.Int { return c.MACs }},
		{catalog.UIOutputs, func(c count.Counts) num.Int { return c.Outputs }},
	}
	for _, r := range rows {
		values := make([]num.Int, len(p.columns))
		var most, total num.Int
		for i, c := range p.columns {
			for _, l := range c.layers {
				values[i] = values[i].Add(r.of(ownOf(l.row)).Mul(l.times))
			}
			total = total.Add(values[i])
			if values[i].Cmp(most) > 0 {
				most = values[i]
			}
		}
		marks = append(marks, p.barRow(y+barHigh+16, p.opt.Lang.In(r.name)+" · "+total.Short(), values, most, total)...)
		y += barHigh + 34
	}
	return marks, y
}

// barRow draws one row on a base line.
func (p *plan) barRow(base float64, name string, values []num.Int, most, total num.Int) []Mark {
	marks := []Mark{{Shapes: []Shape{
		Label{X: edge, Y: base - barHigh - 6, Text: name, Size: smallSize, Tone: Ink, Anchor: Start},
		Line{Tone: Faint, Points: []Point{{edge, base}, {p.right - edge, base}}}}}}
	var sum num.Int
	var line []Point
	done := map[int]int{}
	for i, c := range p.columns {
		n := len(p.bySlot[c.slot])
		w := min(p.wide[c.slot], 28) / float64(n)
		x := p.middle(c.slot) - w*float64(n)/2 + w*float64(done[c.slot])
		done[c.slot]++
		sum = sum.Add(values[i])
		line = append(line, Point{x + w/2, base - barHigh*sum.Share(total)})
		h := barHigh * values[i].Share(most)
		if p.opt.Bars == LogBars && !most.IsZero() {
			h = barHigh * math.Log1p(values[i].Float()) / math.Log1p(most.Float())
		}
		if values[i].IsZero() {
			continue
		}
		marks = append(marks, Mark{Node: c.key, Family: c.family, Title: c.name, Desc: values[i].Grouped(),
			Shapes: []Shape{Rect{X: x, Y: base - h, W: w, H: h, Tone: Own}}})
	}
	if len(line) > 1 && !total.IsZero() {
		marks = append(marks, Mark{Shapes: []Shape{Line{Tone: Mute, Outline: Thin, Points: line}}})
	}
	return marks
}
