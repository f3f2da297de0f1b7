package picture

import (
	"math"
	"slices"

	"paramstack/core/layer"
	"paramstack/core/num"
)

// weights draws the areas of all columns below y, and returns where they end.
func (p *plan) weights(y float64) ([]Mark, float64) {
	var marks []Mark
	end := y
	for slot, at := range p.bySlot {
		top := y
		// What is on the axis comes first, under the common line of labels.
		at = slices.Clone(at)
		slices.SortStableFunc(at, func(a, b *column) int { return rank(a) - rank(b) })
		for _, c := range at {
			a := p.areas[c]
			if len(a.matrices) == 0 {
				continue
			}
			if say := p.labels[c]; !c.trunk {
				if room := p.wide[slot] + p.gap - 6; say.count != "" && p.opt.Labels&LabelCounts != 0 &&
					Measure(say.count, smallSize, true) <= room {
					marks = append(marks, Mark{Node: c.key, Shapes: []Shape{
						Label{X: p.middle(slot), Y: top, Text: say.count, Size: smallSize, Bold: true, Tone: Ink}}})
				}
				top += 6
			}
			marks = append(marks, p.area(c, a, p.middle(slot)-a.w/2, top)...)
			p.foot[c] = top + a.h
			if top += a.h; len(at) > 1 {
				top += 8 + leading
			}
		}
		end = max(end, top)
	}
	if lines := p.owners(end); len(lines) > 0 {
		marks = append(marks, Mark{Shapes: lines})
		end += lineGap + 4
	}
	return marks, end
}

// owners leads from areas that are another layer's to that layer's, below all of them.
func (p *plan) owners(y float64) []Shape {
	var s []Shape
	for _, c := range p.columns {
		for i := range p.areas[c].matrices {
			m := &p.areas[c].matrices[i]
			if !m.shared || m.row == nil {
				continue
			}
			for _, owner := range p.columns {
				if owner.row != nil && owner.row.ID == m.row.SharesWith && owner != c {
					x0, x1 := p.middle(c.slot), p.middle(owner.slot)
					s = append(s, Line{Tone: Mute, Outline: Dashed, R: 6, Arrow: true, Points: []Point{
						{x0, p.foot[c]}, {x0, y + 8}, {x1, y + 8}, {x1, p.foot[owner] + 2}}})
					break
				}
			}
			break
		}
	}
	return s
}

func rank(c *column) int {
	if c.trunk {
		return 0
	}
	return 1
}

// area draws one column's areas, a mark for each layer in it.
func (p *plan) area(c *column, a *area, x, y float64) []Mark {
	var marks []Mark
	for i := range a.matrices {
		m := &a.matrices[i]
		if len(marks) == 0 || marks[len(marks)-1].Node != m.key {
			mark := Mark{Node: m.key, Family: c.family}
			if m.family != layer.GroupInput {
				mark.Family = m.family
			}
			mark.Title, mark.Desc = p.weightWords(c, m)
			marks = append(marks, mark)
		}
		last := &marks[len(marks)-1]
		last.Shapes = append(last.Shapes, p.matrix(m, x+a.at[i].X, y+a.at[i].Y)...)
	}
	return marks
}

func (p *plan) matrix(m *matrix, x, y float64) []Shape {
	w, h := m.size(p.scale)
	switch {
	case m.unknown:
		return []Shape{Rect{X: x, Y: y, W: w, H: h, Hollow: true, Outline: Dashed, Tone: Mute},
			Label{X: x + 12, Y: y + 17, Text: "?", Size: 13, Bold: true, Tone: Mute}}
	case m.shared:
		return []Shape{Rect{X: x, Y: y, W: w, H: h, Hollow: true, Outline: Dashed, Tone: Own}}
	case m.groups > 1:
		s := make([]Shape, 0, m.groups+1)
		s = append(s, Rect{X: x, Y: y, W: w, H: h, Hollow: true, Outline: Dashed, Tone: Own})
		n := float64(m.groups)
		each, _ := m.n.Int64()
		digits := num.Of(each / int64(m.groups)).String()
		for i := range m.groups {
			s = append(s, Rect{X: x + w/n*float64(i), Y: y + h/n*float64(i), W: w / n, H: h / n, Weights: digits, Tone: Own})
		}
		return s
	default:
		return []Shape{Rect{X: x, Y: y, W: w, H: h, Weights: m.n.String(), Tone: Own, Comb: m.comb}}
	}
}

// small lists the layers whose matrix is thinner than the thinnest line on a side.
func (p *plan) small() []string {
	var names []string
	seen := map[string]bool{}
	for _, c := range p.columns {
		for i := range p.areas[c].matrices {
			m := &p.areas[c].matrices[i]
			w, h := m.size(p.scale)
			if m.cols > 1 && !m.shared && !m.unknown && math.Min(w, h) < 1 && m.row != nil && !seen[m.row.Name] {
				seen[m.row.Name] = true
				names = append(names, m.row.Name)
			}
		}
	}
	return names
}
