package doc

import (
	"strconv"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tool/target"
)

// A piece is a part of a line of a document: words, a name, or mathematics.
type piece struct {
	text   string
	form   pieceForm
	expr   *layer.Expr // mathematics that is not a text yet
	letter bool        // expr is to be written with its letters
}

type pieceForm uint8

const (
	pieceWords pieceForm = iota
	pieceName            // set off from the words around it
	pieceMath            // a formula in the signs of the report: 11·11·3·96
)

func words(s string) piece { return piece{text: s} }

func strong(s string) piece { return piece{text: s, form: pieceName} }

func maths(s string) piece { return piece{text: s, form: pieceMath} }

func filled(e *layer.Expr) piece { return piece{form: pieceMath, expr: e} }

func lettered(e *layer.Expr) piece { return piece{form: pieceMath, expr: e, letter: true} }

// A docWriter writes a document of headings, paragraphs and nested lists. It
// escapes what it receives: that is never markup.
type docWriter interface {
	heading(level int, s string) // 1 is the document's own
	para(line ...piece)
	item(level int, line ...piece) // 1 is the outermost list
	close() string
}

// A markdownWriter writes CommonMark. Mathematics stays in plain signs, which read
// the same wherever the text is pasted.
type markdownWriter struct {
	b    strings.Builder
	list bool
}

func (p *markdownWriter) heading(level int, s string) {
	p.gap()
	p.b.WriteString(strings.Repeat("#", min(level, 6)) + " " + markdownText(target.OneLine(s)) + "\n")
}

func (p *markdownWriter) para(line ...piece) {
	p.gap()
	p.line(line)
}

func (p *markdownWriter) item(level int, line ...piece) {
	if !p.list {
		p.gap()
		p.list = true
	}
	p.b.WriteString(strings.Repeat("  ", level-1) + "- ")
	p.line(line)
}

// gap leaves a line empty between blocks.
func (p *markdownWriter) gap() {
	if p.list = false; p.b.Len() > 0 {
		p.b.WriteByte('\n')
	}
}

func (p *markdownWriter) line(line []piece) {
	for _, r := range line {
		switch {
		case r.expr != nil:
			p.b.WriteString(written(r.expr, r.letter, plainSigns))
		case r.form == pieceName:
			p.b.WriteString("**" + markdownText(target.OneLine(r.text)) + "**")
		default:
			p.b.WriteString(markdownText(target.Unbroken(r.text)))
		}
	}
	p.b.WriteByte('\n')
}

func (p *markdownWriter) close() string { return p.b.String() }

// A latexWriter writes a whole document for XeLaTeX or pdfLaTeX.
type latexWriter struct {
	b     strings.Builder
	depth int // of the list that is open
}

func (p *latexWriter) heading(level int, s string) {
	p.lists(0)
	s = latexText(target.OneLine(s))
	if level == 1 {
		p.b.WriteString("\n\\begin{center}\\Large\\bfseries " + s + "\\end{center}\n")
		return
	}
	p.b.WriteString("\n\\" + [...]string{"section", "subsection", "subsubsection"}[min(level, 4)-2] + "*{" + s + "}\n")
}

func (p *latexWriter) para(line ...piece) {
	p.lists(0)
	p.b.WriteByte('\n')
	p.line(line)
}

func (p *latexWriter) item(level int, line ...piece) {
	p.lists(level)
	p.b.WriteString(strings.Repeat("  ", level-1) + "\\item ")
	p.line(line)
}

// lists opens and closes lists until so many are open.
func (p *latexWriter) lists(depth int) {
	for ; p.depth < depth; p.depth++ {
		p.b.WriteString(strings.Repeat("  ", p.depth) + "\\begin{itemize}\n")
	}
	for ; p.depth > depth; p.depth-- {
		p.b.WriteString(strings.Repeat("  ", p.depth-1) + "\\end{itemize}\n")
	}
}

// line writes a line. Formulas that touch become one, since two dollar signs side
// by side would begin another kind of formula.
func (p *latexWriter) line(line []piece) {
	open := false
	for _, r := range line {
		if maths := r.form == pieceMath; maths != open {
			p.b.WriteByte('$')
			open = maths
		}
		switch {
		case r.expr != nil:
			p.b.WriteString(written(r.expr, r.letter, latexSigns))
		case r.form == pieceMath:
			latexFormula.WriteString(&p.b, r.text)
		case r.form == pieceName:
			p.b.WriteString("\\textbf{" + latexText(target.OneLine(r.text)) + "}")
		default:
			latexEscapes.WriteString(&p.b, target.Unbroken(r.text)) // no copy of each piece of a long document
		}
	}
	if open {
		p.b.WriteByte('$')
	}
	p.b.WriteByte('\n')
}

// firstEastAsian is where the blocks of Chinese, Japanese and Korean begin, which
// LaTeX's own fonts do not have.
const firstEastAsian = 0x2e80

func (p *latexWriter) close() string {
	p.lists(0)
	korean := ""
	if strings.ContainsFunc(p.b.String(), func(r rune) bool { return r >= firstEastAsian }) {
		korean = "\\usepackage{kotex}\n"
	}
	return "% Compile with xelatex or pdflatex.\n\\documentclass[11pt,a4paper]{article}\n\\usepackage{iftex}\n\\ifPDFTeX\\usepackage[T1]{fontenc}\\fi\n" + korean +
		"\\usepackage[margin=25mm]{geometry}\n\\setlength{\\parindent}{0pt}\n\\setlength{\\parskip}{6pt plus 2pt}\n\\raggedright\n\\begin{document}\n" +
		p.b.String() + "\n\\end{document}\n"
}

// mathSigns are how arithmetic is written.
type mathSigns struct {
	times, minus, max string
	over              func(op layer.Op, a, b string) string
	bar               bool // a division is set above and below a bar, which needs no parentheses
}

var plainSigns = mathSigns{times: "·", minus: "−", max: "max", over: func(op layer.Op, a, b string) string {
	switch op {
	case layer.OpFloor:
		return "⌊" + a + "/" + b + "⌋"
	case layer.OpCeil:
		return "⌈" + a + "/" + b + "⌉"
	default:
		return a + "/" + b
	}
}}

var latexSigns = mathSigns{times: `\cdot `, minus: "-", max: `\max`, bar: true, over: func(op layer.Op, a, b string) string {
	f := `\frac{` + a + "}{" + b + "}"
	switch op {
	case layer.OpFloor:
		return `\left\lfloor` + f + `\right\rfloor`
	case layer.OpCeil:
		return `\left\lceil` + f + `\right\rceil`
	default:
		return f
	}
}}

// latexFormula writes the formulas and shapes of the report in LaTeX's mathematics.
var latexFormula = strings.NewReplacer("×", `\times `, "·", `\cdot `, "−", "-", "≥", `\ge `, "→", `\to `, ",", "{,}", "%", `\%`)

// written writes arithmetic, with its letters or with their numbers.
func written(e *layer.Expr, letters bool, signs mathSigns) string {
	write := func(e *layer.Expr) string { return written(e, letters, signs) }
	// Sums that are operands are in parentheses.
	whole := func(e *layer.Expr, also layer.Op) string {
		if s := write(e); e.Op != layer.OpSum && e.Op != layer.OpMinus && e.Op != also {
			return s
		} else {
			return "(" + s + ")"
		}
	}
	switch e.Op {
	case layer.OpNumber:
		if letters && e.Letter != "" {
			return e.Letter
		}
		return strconv.FormatInt(e.N, 10)
	case layer.OpMinus:
		return signs.minus + whole(&e.Of[0], layer.OpMinus)
	case layer.OpFloor, layer.OpCeil, layer.OpOver:
		a, b := &e.Of[0], &e.Of[1]
		if signs.bar {
			return signs.over(e.Op, write(a), write(b))
		}
		return signs.over(e.Op, whole(a, layer.OpMinus), whole(b, layer.OpProduct))
	}
	var b strings.Builder
	for i := range e.Of {
		part := &e.Of[i]
		switch {
		case e.Op == layer.OpProduct:
			// 2p, but 2·4: a number and a letter need no sign between them.
			if i > 0 && !(letters && e.Of[i-1].Op == layer.OpNumber && e.Of[i-1].Letter == "" && part.Letter != "") {
				b.WriteString(signs.times)
			}
			b.WriteString(whole(part, layer.OpMinus))
		case e.Op == layer.OpMax:
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(write(part))
		case part.Op == layer.OpMinus && i > 0:
			b.WriteString(" " + signs.minus + " " + whole(&part.Of[0], layer.OpMinus))
		case i > 0:
			b.WriteString(" + " + write(part))
		default:
			b.WriteString(write(part))
		}
	}
	if e.Op == layer.OpMax {
		return signs.max + "(" + b.String() + ")"
	}
	return b.String()
}
