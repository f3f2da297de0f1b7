package picture

import (
	"strings"

	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// least is how small a kernel is drawn at least; a smaller one is dashed, since it is
// not to scale then.
const least = 4.0

// cells draws the tensors around an axis at y.
func (p *plan) cells(axis float64) []Mark {
	for _, c := range p.columns {
		c.y += axis
	}
	p.flow.forks(func(f *fork) {
		f.axis += axis
		for i := range f.paths {
			f.paths[i].y += axis
		}
	})
	marks := make([]Mark, 0, len(p.columns)+8)
	lines, slides := p.links(axis)
	if len(lines) > 0 {
		marks = append(marks, Mark{Shapes: lines})
	}
	for _, c := range p.columns {
		p.marks[c] = len(marks)
		marks = append(marks, p.block(c))
		if s := slides[c]; s != nil {
			marks = append(marks, *s)
		}
	}
	if signs := p.signs(p.flow, axis, nil); len(signs) > 0 {
		marks = append(marks, Mark{Shapes: signs})
	}
	return marks
}

// top returns where the nth tower of a column begins.
func (c *column) top(n int) float64 {
	return c.y - c.height()/2 + float64(n)*(c.tower()+towerGap)
}

// middle returns the height of the middle of the nth tower.
func (c *column) middle(n int) float64 { return c.top(n) + c.tower()/2 }

// edge returns where a line begins that leaves a column for a height: above it or below.
func (c *column) edge(y float64) float64 {
	if y > c.y {
		return c.y + c.height()/2 + 2
	}
	return c.y - c.height()/2 - 2
}

// block draws a column's tensor, what slides over it, and its labels.
func (p *plan) block(c *column) Mark {
	m := Mark{Node: c.key, Shape: strings.ReplaceAll(c.shape.String(), "×", "x"), Family: c.family}
	m.Title, m.Desc = p.words(c)
	for _, l := range c.layers {
		if l.key != c.key {
			m.Holds = append(m.Holds, l.key)
		}
	}
	f := &c.form
	bad := c.row != nil && c.row.Broken()
	for n := range c.towers() {
		y := c.top(n) + f.w*depthY
		t := f.t / float64(f.copies)
		for k := range f.copies {
			b := Box{X: c.x + float64(k)*(t+copyGap), Y: y, T: t, H: f.h, D: f.w, Open: f.open, Bad: bad, Cuts: c.cuts}
			if k > 0 {
				b.Cuts = nil
			}
			if c.lanes > MaxTowers && c.learns {
				b.Hatch = Many
				if c.lanes <= MaxHair {
					b.Hatch = Hatch(c.lanes)
				}
			}
			m.Shapes = append(m.Shapes, b)
		}
	}
	if bad {
		m.Shapes = append(m.Shapes, Label{X: c.x + c.front()/2, Y: c.y + 5, Text: "!", Size: 16, Bold: true, Tone: Bad})
	} else if f.open {
		m.Shapes = append(m.Shapes, Label{X: c.x + c.front()/2, Y: c.y + 5, Text: "?", Size: 15, Bold: true, Tone: Mute})
	}
	return m
}

// links draws what leads from tensor to tensor: lines, and by the tensor it slides over
// what does, which comes after its block and before the next one.
func (p *plan) links(axis float64) (s []Shape, slides map[*column]*Mark) {
	slides = make(map[*column]*Mark, len(p.columns))
	for _, c := range p.columns {
		for i, from := range c.from {
			from = from.drawn()
			if from == nil || i > 0 || from.slot >= c.slot {
				continue
			}
			near := from.slot == c.slot-1 && from.y == c.y
			if c.window != nil && slides[from] == nil && near && c.folded == 0 && !from.form.bar {
				slides[from] = &Mark{Node: c.key, Family: c.family, Shapes: p.slide(from, c)}
				continue
			}
			s = append(s, p.arrow(from, c)...)
		}
	}
	for i := range p.arcs {
		a := &p.arcs[i]
		if p.hollows {
			s = append(s, Line{Tone: Mute, Arrow: true, Points: []Point{
				{a.from.x + a.from.width() + 2, a.from.y}, {a.to.x - 3, a.to.y}}})
			continue
		}
		y := axis - p.up + lineGap*float64(a.level) + 6
		x, to := a.from.x+a.from.width()/2, a.to.x+a.to.width()/2
		s = append(s, Line{Tone: Mute, R: 8, Arrow: true,
			Points: []Point{{x, a.from.edge(y)}, {x, y}, {to, y}, {to, a.to.edge(y)}}})
	}
	return s, slides
}

// slide draws a kernel in the map it slides over, true to scale, and its pyramid to
// one cell of the tensor it makes. It is always in the middle.
func (p *plan) slide(from, to *column) []Shape {
	in := to.row.In
	if len(in) != 1 || !in[0].Known() {
		return p.arrow(from, to)
	}
	high, wide := part(to.window, in[0])
	f := &from.form
	dashed := Solid
	if high*f.h < least || wide*f.w*2 < least {
		dashed = Dashed
	}
	high = min(max(high, least/max(f.h, least)), 1)
	wide = min(max(wide, least/max(f.w, least)), 1)
	tone := Kernel
	if !to.learns {
		tone = Mute
	}
	var s []Shape
	for i := range from.towers() {
		x, y := from.x+from.front(), from.top(i)+f.w*depthY
		at := func(u, v float64) Point { return Point{x + u*f.w*depthX, y + v*f.h - u*f.w*depthY} }
		u0, v0 := (1-wide)/2, (1-high)/2
		corners := []Point{at(u0, v0), at(u0+wide, v0), at(u0+wide, v0+high), at(u0, v0+high)}
		through := func(p Point) Point { return Point{p.X - from.front(), p.Y} }
		// Through the whole thickness: its top and front sides.
		s = append(s,
			Poly{Tone: tone, Fill: .10, Outline: Thin,
				Points: []Point{through(corners[0]), through(corners[1]), corners[1], corners[0]}},
			Poly{Tone: tone, Fill: .16, Outline: Thin,
				Points: []Point{through(corners[0]), corners[0], corners[3], through(corners[3])}},
			Poly{Tone: tone, Fill: .55, Outline: dashed, Points: corners})
		for j := range to.towers() {
			if i != j && from.towers() == to.towers() && (!to.learns || lanes(to.row) > 1) {
				continue // each group sees its own
			}
			apex := Point{to.x, to.top(j) + to.form.w*depthY + to.form.h/2}
			s = append(s, Poly{Tone: tone, Fill: .07, Outline: Thin, Points: []Point{corners[1], apex, corners[3]}},
				Line{Tone: tone, Outline: Thin, Points: []Point{corners[2], apex}})
		}
	}
	return s
}

// part returns which part of a map's height and width a kernel covers.
func part(k *layer.Size, in tensor.Shape) (high, wide float64) {
	from := 1
	if in.Timed() {
		from = 2
	}
	dims := len(in) - from
	if dims < 1 || !k.Fits(dims) {
		return 0, 0
	}
	h := max(dims-2, 0)
	high = float64(k.At(h)) / float64(max(in[from+h].N, 1))
	wide = 1
	if dims > 1 {
		wide = float64(k.At(h+1)) / float64(max(in[from+h+1].N, 1))
	}
	return high, wide
}

// arrow leads from one tensor to the next, or from each of its towers to each: a
// layer that crosses the lanes is seen to join them.
func (p *plan) arrow(from, to *column) []Shape {
	a, b := from.towers(), to.towers()
	x0, x1 := from.x+from.width()+3, to.x-3
	if x1-x0 < 8 {
		x0 = from.x + from.front() + from.form.w*depthX/2 // the middle of the map
	}
	if a == 1 && b == 1 {
		y0, y1 := from.y, to.y
		if y0 == y1 {
			return []Shape{Line{Tone: Mute, Arrow: true, Points: []Point{{x0, y0}, {x1, y1}}}}
		}
		bend := p.left[to.slot] - p.gap*0.6
		return []Shape{Line{Tone: Mute, R: 8, Arrow: true, Points: []Point{{x0, y0}, {bend, y0}, {bend, y1}, {x1, y1}}}}
	}
	own := a == b && lanes(to.row) == int64(b)
	var s []Shape
	for i := range a {
		for j := range b {
			if own && i != j || a == b && !to.learns && i != j {
				continue
			}
			s = append(s, Line{Tone: Mute, Outline: Thin, Points: []Point{{x0 - 1, from.middle(i)}, {x1 + 2, to.middle(j)}}})
		}
	}
	return s
}

// signs draws the joins of forks, the lines that go past their paths, and the
// brackets of repetitions.
func (p *plan) signs(f flow, axis float64, s []Shape) []Shape {
	for _, it := range f {
		switch it := it.(type) {
		case *fork:
			for i := range it.paths {
				s = p.signs(it.paths[i].flow, axis, s)
			}
			s = p.signFork(it, s)
		case *span:
			s = p.signs(it.flow, axis, s)
			if it.width == 0 {
				continue
			}
			last := it.slot + it.width - 1
			y := axis + it.axis - it.up - 10
			x0, x1 := p.left[it.slot]-4, p.left[last]+p.wide[last]+4
			s = append(s, Line{Tone: Mute, R: 3, Points: []Point{{x0, y + 6}, {x0, y}, {x1, y}, {x1, y + 6}}},
				Label{X: (x0 + x1) / 2, Y: y - 4, Text: it.note, Size: textSize, Bold: true, Tone: Ink})
		}
	}
	return s
}

func (p *plan) signFork(f *fork, s []Shape) []Shape {
	if !f.joins() || f.width == 0 && f.join == nil {
		return s
	}
	var to Point // where the paths meet
	gather := f.join.drawn()
	if gather != nil {
		to = Point{gather.x - 3, gather.y}
	} else {
		last := f.slot + f.width - 1
		to = Point{p.left[last] + p.wide[last] + joinWide/2 + 6, f.axis}
		s = append(s, join(to, f.row.Kind())...)
		if end := f.last.drawn(); end != nil {
			from := Point{end.x + end.width() + 3, f.axis}
			s = append(s, Line{Tone: Mute, Points: []Point{from, {to.X - 6, f.axis}}})
		}
	}
	for i := range f.paths {
		q := &f.paths[i]
		if q.hung || i == f.trunk && (gather == nil || len(q.flow) == 0) {
			continue
		}
		from := q.from.drawn()
		if last := q.last.drawn(); last != nil {
			start := Point{last.x + last.width() + 3, q.y}
			if gather != nil {
				bend := p.left[gather.slot] - p.gap*0.6
				s = append(s, Line{Tone: Mute, R: 8, Arrow: true,
					Points: []Point{start, {bend, q.y}, {bend, to.Y}, to}})
			} else {
				s = append(s, Line{Tone: Mute, R: 8, Points: []Point{start, {to.X, q.y}, {to.X, to.Y - 6}}})
			}
			continue
		}
		if from == nil || from != f.from.drawn() {
			continue // an arc
		}
		start, end := Point{from.x + from.width()/2, from.edge(q.y)}, Point{to.X, to.Y - 6}
		if gather != nil {
			end = Point{gather.x + gather.width()/2, gather.edge(q.y)}
		}
		s = append(s, Line{Tone: Mute, R: 8, Arrow: gather != nil,
			Points: []Point{start, {start.X, q.y}, {end.X, q.y}, end}})
	}
	return s
}

// join draws the sign of a join: a circle with what it does in it.
func join(at Point, k *layer.Kind) []Shape {
	const r = 6
	ring := make([]Point, 0, 16)
	for _, d := range circle {
		ring = append(ring, Point{at.X + r*d.X, at.Y + r*d.Y})
	}
	s := []Shape{Poly{Tone: Mute, Points: ring, Outline: Solid}}
	switch {
	case layer.MulKind.Kind() == k:
		s = append(s, Line{Tone: Mute, Points: []Point{{at.X - 3, at.Y - 3}, {at.X + 3, at.Y + 3}}},
			Line{Tone: Mute, Points: []Point{{at.X + 3, at.Y - 3}, {at.X - 3, at.Y + 3}}})
	case layer.ConcatKind.Kind() == k:
		s = append(s, Line{Tone: Mute, Points: []Point{{at.X, at.Y - 3}, {at.X, at.Y + 3}}})
	default:
		s = append(s, Line{Tone: Mute, Points: []Point{{at.X - 4, at.Y}, {at.X + 4, at.Y}}},
			Line{Tone: Mute, Points: []Point{{at.X, at.Y - 4}, {at.X, at.Y + 4}}})
	}
	return s
}

// circle is a circle of sixteen corners.
var circle = [...]Point{{1, 0}, {.924, .383}, {.707, .707}, {.383, .924}, {0, 1}, {-.383, .924}, {-.707, .707}, {-.924, .383},
	{-1, 0}, {-.924, -.383}, {-.707, -.707}, {-.383, -.924}, {0, -1}, {.383, -.924}, {.707, -.707}, {.924, -.383}}

// ownOf returns what a row adds itself.
func ownOf(row *count.Row) count.Counts {
	if row.Form == count.FormBranch {
		return row.Own
	}
	return row.Counts
}
