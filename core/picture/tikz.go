package picture

import (
	"strings"

	"paramstack/core/layer"
)

// perUnit is how many points of TeX a unit of the picture is.
const perUnit = 0.75

// A tikzWriter appends the commands of a TikZ picture.
type tikzWriter struct {
	svgWriter // for its numbers
	own       string
	marks     bool
	family    layer.Group
}

// TikZ writes a scene as a document that pdflatex compiles: the same polygons and the
// same areas. Of text, what TeX's own fonts have is kept. With marks, families differ by
// patterns too, for print without colour.
func TikZ(s *Scene, marks bool) string {
	w := tikzWriter{marks: marks}
	w.add("% paramstack: " + strings.Map(oneLine, s.Title) + "\n\\documentclass[tikz,border=4pt]{standalone}\n" +
		"\\usepackage[utf8]{inputenc}\n\\usepackage{amssymb}\n" +
		"\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}\\usepackage[T1]{fontenc}}{}\n" +
		"\\IfFileExists{anyfontsize.sty}{\\usepackage{anyfontsize}}{}\n" +
		"\\renewcommand{\\familydefault}{\\sfdefault}\n")
	if marks {
		w.add("\\usetikzlibrary{patterns}\n")
	}
	for tone, colour := range toneColours {
		if strings.HasPrefix(colour, "#") {
			w.colour(toneNames[tone], colour)
		}
	}
	for g, colour := range familyColours {
		w.colour("g"+layer.Group(g).Name(), colour)
	}
	w.add("\\begin{document}\n\\begin{tikzpicture}[x=0.75pt,y=-0.75pt,line join=round,line width=.6pt]\n")
	for i := range s.Panels {
		w.add("% " + string(s.Panels[i].Name) + "\n")
		for j := range s.Panels[i].Marks {
			m := &s.Panels[i].Marks[j]
			w.own, w.family = "g"+m.Family.Name(), m.Family
			for _, shape := range m.Shapes {
				w.shape(shape)
			}
		}
	}
	w.add("\\end{tikzpicture}\n\\end{document}\n")
	return string(w.b)
}

func oneLine(r rune) rune {
	if r < ' ' {
		return ' '
	}
	return r
}

func (w *tikzWriter) colour(name, hex string) {
	w.add("\\definecolor{" + name + "}{HTML}{" + strings.ToUpper(hex[1:]) + "}\n")
}

func (w *tikzWriter) tone(t Tone) string {
	if t == Own || t == NoTone {
		return w.own
	}
	return toneNames[t]
}

func (w *tikzWriter) shape(s Shape) {
	switch s := s.(type) {
	case Box:
		w.box(&s)
	case Rect:
		w.rect(&s)
	case Line:
		w.line(&s)
	case Poly:
		options := "draw=" + w.tone(s.Tone) + ",fill=" + w.tone(s.Tone) + ",fill opacity=" + decimal(s.Fill)
		w.path("\\filldraw["+options+w.outline(s.Outline)+"] ", s.Points, true)
	case Label:
		w.label(&s)
	case Swatch:
		a, b := Point{s.X, s.Y}, Point{s.X + s.Side, s.Y + s.Side}
		w.fill("g"+s.Family.Name(), 1, a, b)
		w.mark(s.Family, []Point{a, {b.X, a.Y}, b, {a.X, b.Y}})
	default:
		panic("picture: unknown shape")
	}
}

func (w *tikzWriter) outline(o Outline) string {
	switch o {
	case Dashed:
		return ",dash pattern=on 2pt off 1.5pt"
	case Thin:
		return ",line width=.4pt,draw opacity=.7"
	case Bare:
		return ",draw=none"
	}
	return ""
}

// path writes a command with the points it goes through.
func (w *tikzWriter) path(command string, points []Point, closed bool) {
	w.add(command)
	for i, p := range points {
		if i > 0 {
			w.add("--")
		}
		w.point(p)
	}
	if closed {
		w.add("--cycle")
	}
	w.add(";\n")
}

func (w *tikzWriter) point(p Point) {
	w.add("(")
	w.num(p.X)
	w.add(",")
	w.num(p.Y)
	w.add(")")
}

func (w *tikzWriter) fill(colour string, opacity float64, a, b Point) {
	w.add("\\fill[" + colour + ",fill opacity=" + decimal(opacity) + "] ")
	w.point(a)
	w.add(" rectangle ")
	w.point(b)
	w.add(";\n")
}

func (w *tikzWriter) box(b *Box) {
	colour, dash := w.own, ""
	if b.Bad {
		colour = toneNames[Bad]
	}
	front, top, side := .2, .1, .34
	if b.Open || b.Bad {
		front, top, side, dash = .06, .06, .06, ",dash pattern=on 2pt off 2pt"
	}
	face := func(fill float64, points ...Point) {
		w.path("\\filldraw[draw="+colour+",fill="+colour+",fill opacity="+decimal(fill)+dash+"] ", points, true)
	}
	w.path("\\fill["+toneNames[Paper]+"] ", b.silhouette(), true)
	if w.marks && !b.Open && !b.Bad {
		front = .35
	}
	dx, dy := b.D*depthX, b.D*depthY
	x0, y0, x1, y1 := b.X, b.Y, b.X+b.T, b.Y+b.H
	face(front, Point{x0, y1}, Point{x1, y1}, Point{x1, y0}, Point{x0, y0})
	if b.D > 0 {
		face(top, Point{x0, y0}, Point{x1, y0}, Point{x1 + dx, y0 - dy}, Point{x0 + dx, y0 - dy})
		face(side, Point{x1, y1}, Point{x1 + dx, y1 - dy}, Point{x1 + dx, y0 - dy}, Point{x1, y0})
	}
	w.mark(w.family, []Point{{x0, y1}, {x1, y1}, {x1, y0}, {x0, y0}})
	x := x0
	for _, c := range b.Cuts {
		t, opacity := c.Share*b.T, .42
		if c.Light {
			opacity = .14
		}
		w.fill("g"+c.Family.Name(), opacity, Point{x, y0}, Point{x + t, y1})
		x += t
	}
	lines := int(b.Hatch)
	if b.Hatch == Many {
		lines = 2 * MaxHair
	}
	for i := 1; i < lines; i++ {
		x := x0 + b.T*float64(i)/float64(lines)
		w.path("\\draw["+colour+",line width=.3pt] ", []Point{{x, y1}, {x, y0}}, false)
	}
}

func (w *tikzWriter) rect(r *Rect) {
	a, b := Point{r.X, r.Y}, Point{r.X + r.W, r.Y + r.H}
	if r.Hollow {
		w.path("\\draw["+w.tone(r.Tone)+w.outline(r.Outline)+"] ", []Point{a, {b.X, a.Y}, b, {a.X, b.Y}}, true)
		return
	}
	corners := []Point{a, {b.X, a.Y}, b, {a.X, b.Y}}
	w.path("\\filldraw["+w.tone(r.Tone)+",fill opacity=.86,line width=.5pt] ", corners, true)
	if r.Tone == Own {
		w.mark(w.family, corners)
	}
}

// mark lays the pattern of a family over an area.
func (w *tikzWriter) mark(g layer.Group, corners []Point) {
	if pattern := familyMarks[g].tikz; w.marks && pattern != "" {
		w.path("\\path[draw=g"+g.Name()+",line width=.5pt,pattern="+pattern+",pattern color=white] ", corners, true)
	}
}

func (w *tikzWriter) line(l *Line) {
	options := w.tone(l.Tone) + w.outline(l.Outline)
	if l.R > 0 {
		options += ",rounded corners=" + decimal(l.R*perUnit) + "pt"
	}
	if l.Arrow {
		options += ",-latex"
	}
	w.path("\\draw["+options+"] ", l.Points, false)
}

func (w *tikzWriter) label(l *Label) {
	anchor := [...]string{Middle: "base", Start: "base west", End: "base east"}[l.Anchor]
	size := l.Size * perUnit
	w.add("\\node[inner sep=0,anchor=" + anchor + ",text=" + w.tone(l.Tone) +
		",font=\\fontsize{" + decimal(size) + "}{" + decimal(size*1.2) + "}\\selectfont")
	if l.Bold {
		w.add("\\bfseries")
	}
	w.add("] at ")
	w.point(Point{l.X, l.Y})
	w.add(" {")
	for _, r := range l.Text {
		w.add(inTeX(r))
	}
	w.add("};\n")
}

// inTeX writes one letter so that TeX prints it; what its own fonts do not have is a ?.
func inTeX(r rune) string {
	switch r {
	case '\\':
		return "\\textbackslash{}"
	case '{', '}', '$', '&', '#', '_', '%':
		return "\\" + string(r)
	case '~':
		return "\\textasciitilde{}"
	case '^':
		return "\\textasciicircum{}"
	case '×':
		return "$\\times$"
	case '·':
		return "$\\cdot$"
	case '²':
		return "$^2$"
	case '≥':
		return "$\\geq$"
	case '→':
		return "$\\rightarrow$"
	case '…':
		return "\\dots{}"
	case '–':
		return "--"
	case '<':
		return "\\textless{}"
	case '>':
		return "\\textgreater{}"
	case '"':
		return "''"
	}
	if r < ' ' || r > '~' && r < 0xC0 || r > 0xFF || strings.ContainsRune("ÐÞðþ", r) {
		return "?"
	}
	return string(r)
}

// decimal writes a number to a hundredth.
func decimal(f float64) string {
	var w svgWriter
	w.num(f)
	return string(w.b)
}
