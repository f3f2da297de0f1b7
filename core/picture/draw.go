package picture

import (
	"math"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// draw makes the scene: titles, tensors, their labels, the areas under them, the key.
func (p *plan) draw() *Scene {
	s := &Scene{Scales: Scales{p.scale, p.law.side, p.law.root}, Columns: len(p.bySlot)}
	say := p.opt.Lang.In
	s.Width = max(p.right, 300)
	var frame []Shape
	m := p.margins()
	y := m.above
	heading := func(text string, y float64) {
		text = shorten(text, textSize, s.Width-2*edge)
		frame = append(frame, Label{X: edge, Y: y, Text: text, Size: textSize, Tone: Mute, Anchor: Start})
	}
	if !m.low {
		heading(say(catalog.PictureCells), y-14)
	}
	axis := y + p.up
	cells := p.cells(axis)
	y = axis + p.down + 8
	y = p.under(cells, y)
	y += m.between
	if !m.low {
		frame = append(frame, Line{Tone: Faint, Points: []Point{{edge, y - 18}, {s.Width - edge, y - 18}}})
	}
	if !m.low || p.opt.Height >= teaching {
		heading(p.lesson(), y)
		y += 18
	}
	labels, top := p.over(y)
	areas, end := p.weights(top + m.areas)
	areas = append(append(areas, labels...), p.sums(end)...)
	if p.hasSums() {
		end += bracket
	}
	s.Panels = []Panel{{Cells, cells}, {Weights, areas}}
	if p.opt.Bars != NoBars {
		var bars []Mark
		top := end
		bars, end = p.bars(end + 14)
		p.barred = end - top
		s.Panels = append(s.Panels, Panel{Bars, bars})
	}
	legend, end := p.key(end+m.key, s.Width)
	frame = append(frame, legend...)
	notes, end := p.notes(end, s.Width)
	frame = append(frame, notes...)
	s.Panels = append(s.Panels, Panel{Frame, []Mark{{Shapes: frame}}})
	s.Height = math.Ceil(end + m.below)
	s.Width = math.Ceil(s.Width)
	s.Title = p.opt.Name
	total := p.opt.Style.Params(p.report.Totals.Counts)
	s.Desc = say(catalog.PictureDesc, total.Grouped())
	return s
}

// under writes the labels of the tensors: in one line under all of them, or each under
// its own block. It returns where they end.
func (p *plan) under(marks []Mark, y float64) float64 {
	if p.opt.Labels&(LabelShapes|LabelKernels) == 0 || p.opt.Labels&LabelNone != 0 {
		return y
	}
	var levels shelf
	end := y
	for slot, at := range p.bySlot {
		for _, c := range at {
			say, m := p.labels[c], &marks[p.marks[c]]
			x := p.middle(slot)
			shape, what := say.shape, say.what
			if p.opt.Labels&LabelShapes == 0 {
				shape = ""
			}
			if p.opt.Labels&LabelKernels == 0 {
				what = ""
			}
			if say.own {
				room := p.wide[slot] + p.gap - say.between()
				if Measure(shape, say.size(), false) > room {
					shape = ""
				}
				for _, shorter := range []string{say.window, c.name, ""} {
					if Measure(what, smallSize, false) <= room {
						break
					}
					what = shorter
				}
				p.write(m, shape, what, say.size(), x, c.y+c.down+leading)
				end = max(end, c.y+c.down+underBlock)
				continue
			}
			level, x := levels.put(x, max(Measure(shape, textSize, false), Measure(what, smallSize, false)), p.right)
			if level < 0 {
				continue // its title still has it
			}
			line := y + leading + float64(level)*(2*leading+4)
			p.write(m, shape, what, textSize, x, line)
			end = max(end, line+leading)
		}
	}
	return end
}

// lesson says what the areas show, and how much of it the largest layer is.
func (p *plan) lesson() string {
	text := p.opt.Lang.In(catalog.PictureWeights)
	total := p.opt.Style.Params(p.report.Totals.Counts)
	var most num.Int
	name := ""
	p.report.Layers(func(row *count.Row, times num.Int) {
		if n := p.opt.Style.Params(ownOf(row)); n.Cmp(most) > 0 && times.Equal(one) {
			most, name = n, row.Name
		}
	})
	if share := most.Share(total); share >= 0.2 && share < 1 {
		text += ". " + p.opt.Lang.In(catalog.PictureLargest, name, num.Percent(share))
	}
	return text
}

func (p *plan) write(m *Mark, shape, what string, size, x, y float64) {
	if shape != "" {
		m.Shapes = append(m.Shapes, Label{X: x, Y: y, Text: shape, Size: size, Tone: Ink})
		y += leading
	}
	if what != "" {
		m.Shapes = append(m.Shapes, Label{X: x, Y: y, Text: what, Size: smallSize, Tone: Mute})
	}
}

// over writes formulas and numbers above the areas, and returns where they end. A
// formula that has no room is left out before its number is.
func (p *plan) over(y float64) ([]Mark, float64) {
	if p.opt.Labels&(LabelFormulas|LabelCounts) == 0 || p.opt.Labels&LabelNone != 0 {
		return nil, y
	}
	type written struct {
		c       *column
		formula string
		level   int
		x       float64
	}
	var levels shelf
	var all []written
	used := 0
	for slot, at := range p.bySlot {
		i := slices.IndexFunc(at, func(c *column) bool { return c.trunk })
		if i < 0 || p.labels[at[i]].count == "" {
			continue
		}
		c := at[i]
		say := p.labels[c]
		formula, width := say.formula, Measure(say.count, textSize, true)
		if p.opt.Labels&LabelFormulas == 0 || Measure(formula, smallSize, false) > p.right-edge {
			formula = ""
		}
		before := levels
		level, x := levels.put(p.middle(slot), max(Measure(formula, smallSize, false), width), p.right)
		if level < 0 {
			levels, formula = before, ""
			level, x = levels.put(p.middle(slot), width, p.right)
		}
		if level >= 0 {
			all = append(all, written{c, formula, level, x})
			used = max(used, level+1)
		}
	}
	marks := make([]Mark, 0, len(all))
	pitch := 2*leading + 4
	bottom := y + float64(used)*pitch - leading
	for _, w := range all {
		m := Mark{Node: w.c.key}
		line := bottom - float64(w.level)*pitch
		if p.opt.Labels&LabelCounts != 0 {
			m.Shapes = append(m.Shapes,
				Label{X: w.x, Y: line, Text: p.labels[w.c].count, Size: textSize, Bold: true, Tone: Ink})
		}
		if w.formula != "" {
			m.Shapes = append(m.Shapes, Label{X: w.x, Y: line - leading, Text: w.formula, Size: smallSize, Tone: Mute})
		}
		marks = append(marks, m)
	}
	return marks, max(bottom, y)
}

// sums writes under a repetition what all of it has.
func (p *plan) sums(y float64) []Mark {
	var marks []Mark
	p.flow.spans(func(s *span) {
		if s.width == 0 {
			return
		}
		total := num.Int{}
		s.flow.each(func(c *column) {
			for _, l := range c.layers {
				total = total.Add(p.opt.Style.Params(ownOf(l.row)).Mul(l.times))
			}
		})
		if total.IsZero() {
			return
		}
		last := s.slot + s.width - 1
		x0, x1 := p.left[s.slot]-4, p.left[last]+p.wide[last]+4
		marks = append(marks, Mark{Shapes: []Shape{
			Line{Tone: Mute, R: 3, Points: []Point{{x0, y - 6}, {x0, y}, {x1, y}, {x1, y - 6}}},
			Label{X: (x0 + x1) / 2, Y: y + 12, Text: shorten(s.note+" = "+total.Grouped(), textSize, x1-x0+20),
				Size: textSize, Tone: Ink}}})
	})
	return marks
}

func (p *plan) hasSums() bool {
	n := 0
	p.flow.spans(func(*span) { n++ })
	return n > 0
}

// spans calls g for every repetition that is in no other.
func (f flow) spans(g func(*span)) {
	for _, it := range f {
		switch it := it.(type) {
		case *fork:
			for i := range it.paths {
				it.paths[i].flow.spans(g)
			}
		case *span:
			g(it)
		}
	}
}

// key draws the legend of the families, three cubes at the scale of the tensors, and
// a square at that of the weights.
func (p *plan) key(y, width float64) ([]Shape, float64) {
	var s []Shape
	say := p.opt.Lang.In
	x, high := edge, 0.0
	room := func(w, h float64) {
		if x > edge && x+w > width-edge {
			x, y, high = edge, y+high+10, 0
		}
		high = max(high, h)
	}
	if cubes, ratio := p.cubes(); len(cubes) > 0 {
		text := say(catalog.PictureCubes64)
		if ratio == 2 {
			text = say(catalog.PictureCubes8)
		}
		tall := 0.0
		for _, c := range cubes {
			tall = max(tall, c.f.h+c.f.w*depthY)
		}
		room(60, tall)
		for _, c := range cubes {
			label := num.Of(c.n).String()
			label = label + "×" + label + "×" + label
			w := c.f.t + c.f.w*depthX
			room(w+6+Measure(label, smallSize, false), tall)
			s = append(s, Box{X: x, Y: y + tall - c.f.h, T: c.f.t, H: c.f.h, D: c.f.w},
				Label{X: x + w + 5, Y: y + tall - 2, Text: label, Size: smallSize, Tone: Mute, Anchor: Start})
			x += w + 5 + Measure(label, smallSize, false) + 14
		}
		room(Measure(text, smallSize, false), tall)
		s = append(s, Label{X: x, Y: y + tall - 2, Text: text, Size: smallSize, Tone: Mute, Anchor: Start})
		x += Measure(text, smallSize, false) + 30
	}
	if p.opt.Style.Params(p.report.Totals.Counts).IsZero() {
		return p.legend(s, x, y, max(high, 10), width)
	}
	n, side := int64(1), p.scale
	for n < 1e15 && side*math.Sqrt(10) <= p.margins().square {
		n, side = n*10, side*math.Sqrt(10)
	}
	label := say(catalog.PictureSquare, num.Of(n).Grouped())
	w := Measure(label, smallSize, false)
	room(side+8+w, side)
	s = append(s, Rect{X: x, Y: y + high - side, W: side, H: side, Tone: Mute, Hollow: true},
		Label{X: x + side + 6, Y: y + high - 2, Text: label, Size: smallSize, Tone: Mute, Anchor: Start})
	x += side + 6 + w + 30
	return p.legend(s, x, y, high, width)
}

// legend adds the colours of the families to a line of the key.
func (p *plan) legend(s []Shape, x, y, high, width float64) ([]Shape, float64) {
	for _, g := range p.families() {
		text := p.opt.Lang.In(g.Label())
		w := 15 + Measure(text, smallSize, false)
		if x > edge && x+w > width-edge {
			x, y, high = edge, y+high+8, 10
		}
		s = append(s, Swatch{X: x, Y: y + high - 10, Side: 10, Family: g},
			Label{X: x + 15, Y: y + high - 2, Text: text, Size: smallSize, Tone: Mute, Anchor: Start})
		x += w + 16
	}
	return s, y + high
}

// A cube of the key has as many cells along each side.
type cube struct {
	n int64
	f form
}

// cubes are three cubes, each with sides of ratio times as many cells as the one
// before, none if there is no map.
func (p *plan) cubes() (all []cube, ratio int64) {
	maps := false
	for _, c := range p.columns {
		maps = maps || !c.form.bar
	}
	if !maps {
		return nil, 0
	}
	n, ratio := int64(1), int64(4)
	for p.law.along(n*4) <= p.margins().cube && n < 1<<40 {
		n *= 4
	}
	if n < 16 {
		n, ratio = 4, 2 // each cell is large
	}
	for ; n >= 1 && len(all) < 3; n /= ratio {
		side := p.law.along(n)
		all = append(all, cube{n, form{t: p.law.thickness(n), h: side, w: side}})
	}
	return all, ratio
}

// families are those that the picture shows, in the order of the palette.
func (p *plan) families() []layer.Group {
	var seen [layer.Groups]bool
	for _, c := range p.columns {
		seen[c.family] = true
		for _, l := range c.layers {
			if k := l.row.Kind(); k != nil && len(l.row.Weights) > 0 {
				seen[k.Group] = true
			}
		}
	}
	var all []layer.Group
	for g, there := range seen {
		if there && layer.Group(g) != layer.GroupInput {
			all = append(all, layer.Group(g))
		}
	}
	return all
}

// notes are lines under the picture: what is too thin to be seen, and the caption.
func (p *plan) notes(y, width float64) ([]Shape, float64) {
	var s []Shape
	line := func(text string) {
		y += leading + 4
		text = shorten(text, smallSize, width-2*edge)
		s = append(s, Label{X: edge, Y: y, Text: text, Size: smallSize, Tone: Mute, Anchor: Start})
	}
	if names := p.small(); len(names) > 0 && p.opt.Height <= 0 {
		line(p.opt.Lang.In(catalog.PictureSmall, strings.Join(names, ", ")))
	}
	if p.opt.Caption != "" {
		line(p.opt.Caption)
	}
	return s, y
}
