package picture

import (
	"math"
	"strconv"
	"strings"
)

// An Output is how a scene is written as SVG.
type Output struct {
	Colours bool    // with colours of its own, for a file; the page's style sheet has them otherwise
	White   bool    // on a white ground instead of a transparent one
	Marks   bool    // families differ by patterns too, for print without colour
	Titles  bool    // a title and a description for each block
	Prefix  string  // of the ids, for a picture beside others in one page; its blocks are of no row of that
	Wide    float64 // of that page's pictures the widest: it has all of its place, the others their part; 0 for units
	Live    bool    // blocks can have the keyboard's focus, and are buttons to screen readers
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
	w.add(`<svg id="` + out.Prefix + `picture" class="picture" xmlns="http://www.w3.org/2000/svg" role="`)
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
	if out.Wide > 0 {
		w.str("width", strconv.FormatFloat(100*s.Width/out.Wide, 'f', 1, 64)+"%")
	} else {
		w.attr("width", s.Width)
		w.attr("height", s.Height)
	}
	w.add(` font-family="Helvetica,Arial,'Liberation Sans','DejaVu Sans','Noto Sans KR',sans-serif"` +
		` aria-labelledby="` + out.Prefix + `picture-title ` + out.Prefix + `picture-desc">` +
		`<title id="` + out.Prefix + `picture-title">`)
	w.text(s.Title)
	w.add(`</title><desc id="` + out.Prefix + `picture-desc">`)
	w.text(s.Desc)
	w.add("</desc>")
	if out.Colours {
		w.add("<style>" + styles(out.Marks) + "</style>")
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

func (w *svgWriter) mark(m *Mark) {
	w.add(`<g class="g-` + m.Family.Name() + `"`)
	if m.Node != "" && w.out.Prefix == "" {
		w.str("data-node", m.Node)
	}
	if m.Shape != "" {
		w.str("data-shape", m.Shape)
	}
	if w.out.Live && len(m.Holds) > 0 {
		w.str("data-holds", strings.Join(m.Holds, " "))
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
				w.add(`<symbol overflow="visible" id="` + w.out.Prefix + `p-box` + strconv.Itoa(w.known[b.sides()]) + `">`)
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
