package picture

import (
	"math"
	"strconv"
)

// An Output is how a scene is written as SVG.
type Output struct {
	Colours bool // with colours of its own, for a file; the page's style sheet has them otherwise
	White   bool // on a white ground instead of a transparent one
	Titles  bool // a title and a description for each block
	Live    bool // blocks can have the keyboard's focus, and are buttons to screen readers
}

// A svgWriter appends elements to a buffer.
type svgWriter struct {
	b     []byte
	out   Output
	known map[boxKey]int // boxes drawn before, by their sides
	first bool           // the first block has been written
}

// SVG writes a scene. Text is escaped; there is no script, no foreign object and no
// font of its own in it.
func SVG(s *Scene, out Output) string {
	w := svgWriter{b: make([]byte, 0, 64<<10), out: out, known: map[boxKey]int{}}
	w.add(`<svg id="picture" class="picture" xmlns="http://www.w3.org/2000/svg" role="`)
	if out.Live {
		w.add("group")
	} else {
		w.add("img")
	}
	w.add(`" viewBox="0 0 `)
	w.num(s.Width)
	w.add(" ")
	w.num(s.Height)
	w.add(`"`)
	w.attr("width", s.Width)
	w.attr("height", s.Height)
	w.add(` font-family="Helvetica,Arial,'Liberation Sans','DejaVu Sans','Noto Sans KR',sans-serif"` +
		` aria-labelledby="picture-title picture-desc"><title id="picture-title">`)
	w.text(s.Title)
	w.add(`</title><desc id="picture-desc">`)
	w.text(s.Desc)
	w.add("</desc>")
	if out.Colours {
		w.add("<style>" + styles() + "</style>")
	}
	w.add(defs)
	if out.White {
		w.add(`<rect width="100%" height="100%" fill="#fff"/>`)
	}
	w.repeated(s)
	for i := range s.Panels {
		p := &s.Panels[i]
		w.add(`<g data-panel="` + string(p.Name) + `">`)
		for j := range p.Marks {
			w.mark(&p.Marks[j])
		}
		w.add("</g>")
	}
	w.add("</svg>\n")
	return string(w.b)
}

// defs are the patterns of groups and of print without colour.
const defs = `<defs><pattern id="p-hatch" width="4" height="4" patternUnits="userSpaceOnUse">` +
	`<path d="M0 4L4 0" stroke="#777" stroke-width=".8"/></pattern></defs>`

func (w *svgWriter) mark(m *Mark) {
	w.add(`<g class="g-` + m.Family.Name() + `"`)
	if m.Node != "" {
		w.str("data-node", m.Node)
	}
	if m.Shape != "" {
		w.str("data-shape", m.Shape)
	}
	if w.out.Live && m.Shape != "" && m.Node != "" {
		w.add(` role="button" tabindex="`)
		if w.first {
			w.add(`-1"`)
		} else {
			w.add(`0"`) // the one that Tab stops at
		}
		w.first = true
	}
	w.add(">")
	if w.out.Titles && m.Title != "" {
		w.add("<title>")
		w.text(m.Title)
		w.add("</title>")
		if m.Desc != "" {
			w.add("<desc>")
			w.text(m.Desc)
			w.add("</desc>")
		}
	}
	for _, s := range m.Shapes {
		w.shape(s)
	}
	w.add("</g>")
}

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

// repeated writes a symbol for each box that is drawn more than once.
func (w *svgWriter) repeated(s *Scene) {
	times := map[boxKey]int{}
	for i := range s.Panels {
		for j := range s.Panels[i].Marks {
			for _, sh := range s.Panels[i].Marks[j].Shapes {
				if b, ok := sh.(Box); ok && b.plain() {
					times[b.sides()]++
				}
			}
		}
	}
	open := false
	for i := range s.Panels {
		for j := range s.Panels[i].Marks {
			for _, sh := range s.Panels[i].Marks[j].Shapes {
				b, ok := sh.(Box)
				if !ok || !b.plain() || times[b.sides()] < 2 || w.known[b.sides()] > 0 {
					continue
				}
				if !open {
					w.add("<defs>")
					open = true
				}
				w.known[b.sides()] = len(w.known) + 1
				w.add(`<symbol overflow="visible" id="p-box` + strconv.Itoa(w.known[b.sides()]) + `">`)
				w.faces(&Box{T: b.T, H: b.H, D: b.D, Hatch: b.Hatch})
				w.add("</symbol>")
			}
		}
	}
	if open {
		w.add("</defs>")
	}
}

// plain reports whether a box has nothing but its sides.
func (b Box) plain() bool { return b.Cuts == nil && !b.Open && !b.Bad }

// sides returns the box at no place, rounded as it is written.
func (b Box) sides() boxKey {
	round := func(f float64) float64 { return math.Round(f*100) / 100 }
	return boxKey{round(b.T), round(b.H), round(b.D), b.Hatch}
}

// A boxKey is what boxes that look alike have in common.
type boxKey struct {
	t, h, d float64
	hatch   Hatch
}

func (w *svgWriter) box(b Box) {
	if b.plain() {
		if n := w.known[b.sides()]; n > 0 {
			w.add(`<use href="#p-box` + strconv.Itoa(n) + `"`)
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

func (w *svgWriter) place(x, y, width, height float64) {
	w.attr("x", x)
	w.attr("y", y)
	w.attr("width", width)
	w.attr("height", height)
}

func (w *svgWriter) add(s string) { w.b = append(w.b, s...) }

// num writes a number to a hundredth: finer than any screen.
func (w *svgWriter) num(f float64) {
	n := int64(math.Round(f * 100))
	if n < 0 {
		w.b = append(w.b, '-')
		n = -n
	}
	w.b = strconv.AppendInt(w.b, n/100, 10)
	if n %= 100; n != 0 {
		w.b = append(w.b, '.', byte('0'+n/10))
		if n%10 != 0 {
			w.b = append(w.b, byte('0'+n%10))
		}
	}
}

func (w *svgWriter) attr(name string, f float64) {
	w.add(" " + name + `="`)
	w.num(f)
	w.add(`"`)
}

// exact writes a number that an area is made of: with seven digits, since a hundredth
// is a large part of a thin one.
func (w *svgWriter) exact(name string, f float64) {
	w.add(" " + name + `="`)
	w.b = strconv.AppendFloat(w.b, f, 'g', 8, 64)
	w.add(`"`)
}

func (w *svgWriter) str(name, value string) {
	w.add(" " + name + `="`)
	w.text(value)
	w.add(`"`)
}

// text writes text and values of attributes. What XML cannot hold becomes U+FFFD.
func (w *svgWriter) text(s string) {
	for _, r := range s {
		switch {
		case r == '<':
			w.add("&lt;")
		case r == '>':
			w.add("&gt;")
		case r == '&':
			w.add("&amp;")
		case r == '"':
			w.add("&quot;")
		case r < ' ' && r != '\t', r == 0xFFFE, r == 0xFFFF:
			w.add("\uFFFD")
		default:
			w.b = append(w.b, string(r)...)
		}
	}
}
