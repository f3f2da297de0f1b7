package picture

import (
	"math"
	"strconv"
)

func (w *svgWriter) shape(s Shape) {
	switch s := s.(type) {
	case Box:
		w.box(s)
	case Rect:
		w.rect(&s)
	case Line:
		w.line(&s)
	case Poly:
		w.poly(&s)
	case Label:
		w.label(&s)
	case Swatch:
		w.add(`<rect class="g-` + s.Family.Name() + ` fill"`)
		w.place(s.X, s.Y, s.Side, s.Side)
		w.add("/>")
	default:
		panic("picture: unknown shape")
	}
}

func (w *svgWriter) box(b Box) {
	if b.plain() {
		if n := w.known[b.sides()]; n > 0 {
			w.add(`<use href="#` + w.out.Prefix + `p-box` + strconv.Itoa(n) + `"`)
			w.attr("x", b.X)
			w.attr("y", b.Y)
			w.add("/>")
			return
		}
	}
	w.faces(&b)
}

// faces draws the front, the top and the right side of a box: three polygons, whose
// opacities make its form.
func (w *svgWriter) faces(b *Box) {
	state := ""
	switch {
	case b.Bad:
		state = " px"
	case b.Open:
		state = " po"
	}
	w.face("pb", b.silhouette()...) // it hides what is behind it
	dx, dy := b.D*depthX, b.D*depthY
	x0, y0, x1, y1 := b.X, b.Y, b.X+b.T, b.Y+b.H
	w.face("pf"+state, Point{x0, y1}, Point{x1, y1}, Point{x1, y0}, Point{x0, y0})
	if b.D > 0 {
		w.face("pt"+state, Point{x0, y0}, Point{x1, y0}, Point{x1 + dx, y0 - dy}, Point{x0 + dx, y0 - dy})
		w.face("ps"+state, Point{x1, y1}, Point{x1 + dx, y1 - dy}, Point{x1 + dx, y0 - dy}, Point{x1, y0})
	}
	x := x0
	for _, c := range b.Cuts {
		t := c.Share * b.T
		class := "g-" + c.Family.Name() + " pc"
		if c.Light {
			class += " pl"
		}
		w.face(class, Point{x, y1}, Point{x + t, y1}, Point{x + t, y0}, Point{x, y0})
		if b.D > 0 {
			w.face(class, Point{x, y0}, Point{x + t, y0}, Point{x + t + dx, y0 - dy}, Point{x + dx, y0 - dy})
		}
		x += t
	}
	switch {
	case b.Hatch == Many:
		w.add(`<path class="ph" d="`)
		w.ring([]Point{{x0, y1}, {x1, y1}, {x1, y0}, {x0, y0}})
		w.add(`"/>`)
	case b.Hatch > 1:
		w.add(`<path class="pr" d="`)
		for i := 1; i < int(b.Hatch); i++ {
			x := x0 + b.T*float64(i)/float64(b.Hatch)
			w.move('M', Point{x, y1})
			w.move('L', Point{x, y0})
			w.move('L', Point{x + dx, y0 - dy})
		}
		w.add(`"/>`)
	}
}

func (w *svgWriter) face(class string, points ...Point) {
	w.add(`<path class="` + class + `" d="`)
	w.ring(points)
	w.add(`"/>`)
}

// ring writes a closed path.
func (w *svgWriter) ring(points []Point) {
	for i, p := range points {
		if i == 0 {
			w.move('M', p)
		} else {
			w.move('L', p)
		}
	}
	w.add("Z")
}

func (w *svgWriter) move(op byte, p Point) {
	w.b = append(w.b, op)
	w.num(p.X)
	w.add(" ")
	w.num(p.Y)
}

func (w *svgWriter) rect(r *Rect) {
	class := "area"
	if r.Hollow {
		class = "hollow"
	} else if r.Tone != Own {
		class = toneNames[r.Tone] + " fill"
	}
	if r.Outline == Dashed {
		class += " dashed"
	}
	w.add(`<rect class="` + class + `"`)
	if r.Weights != "" {
		w.str("data-weights", r.Weights)
		w.exact("x", r.X)
		w.exact("y", r.Y)
		w.exact("width", r.W)
		w.exact("height", r.H)
	} else {
		w.place(r.X, r.Y, r.W, r.H)
	}
	w.add("/>")
	if r.Comb {
		// Teeth along the top: each group sees its own channels only.
		w.add(`<path class="pr" d="`)
		for i := range 5 {
			x := r.X + r.W*float64(i)/4
			w.move('M', Point{x, r.Y - 3})
			w.move('L', Point{x, r.Y})
		}
		w.add(`"/>`)
	}
}

func (w *svgWriter) line(l *Line) {
	w.add(`<path class="line ` + toneNames[l.Tone])
	switch l.Outline {
	case Dashed:
		w.add(" dashed")
	case Thin:
		w.add(" thin")
	}
	w.add(`" d="`)
	n := len(l.Points)
	for i, p := range l.Points {
		switch {
		case i == 0:
			w.move('M', p)
		case l.R > 0 && i < n-1:
			before, after := towards(p, l.Points[i-1], l.R), towards(p, l.Points[i+1], l.R)
			w.move('L', before)
			w.move('Q', p)
			w.add(" ")
			w.num(after.X)
			w.add(" ")
			w.num(after.Y)
		default:
			w.move('L', p)
		}
	}
	w.add(`"/>`)
	if l.Arrow && n > 1 {
		w.add(`<path class="head ` + toneNames[l.Tone] + `" d="`)
		w.ring(arrowHead(l.Points[n-2], l.Points[n-1]))
		w.add(`"/>`)
	}
}

// arrowHead returns the triangle at the end of a line.
func arrowHead(from, to Point) []Point {
	const long, half = 5.5, 2.6
	d := math.Hypot(to.X-from.X, to.Y-from.Y)
	if d == 0 {
		d = 1
	}
	ux, uy := (to.X-from.X)/d, (to.Y-from.Y)/d
	back := Point{to.X - ux*long, to.Y - uy*long}
	return []Point{to, {back.X - uy*half, back.Y + ux*half}, {back.X + uy*half, back.Y - ux*half}}
}

// towards returns the point at most r from p on the way to q, and at most half way.
func towards(p, q Point, r float64) Point {
	d := math.Hypot(q.X-p.X, q.Y-p.Y)
	if d == 0 {
		return p
	}
	t := min(r/d, 0.5)
	return Point{p.X + (q.X-p.X)*t, p.Y + (q.Y-p.Y)*t}
}

func (w *svgWriter) poly(p *Poly) {
	w.add(`<path class="poly ` + toneNames[p.Tone])
	switch p.Outline {
	case Dashed:
		w.add(" dashed")
	case Thin:
		w.add(" thin")
	case Bare:
		w.add(" bare")
	}
	w.add(`" fill-opacity="`)
	w.num(p.Fill)
	w.add(`" d="`)
	w.ring(p.Points)
	w.add(`"/>`)
}

func (w *svgWriter) label(l *Label) {
	class := toneNames[l.Tone]
	if l.Bold {
		class += " b"
	}
	switch l.Anchor {
	case Start:
		class += " s"
	case End:
		class += " e"
	}
	w.add(`<text class="` + class + `"`)
	w.attr("x", l.X)
	w.attr("y", l.Y)
	w.attr("font-size", l.Size)
	w.add(">")
	w.text(l.Text)
	w.add("</text>")
}
