package exporter

import (
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
)

// The tables: every layer with its formulas, all turns of a repeat counted, so
// that each column adds up to the total below it.
var (
	markdown = Format{Name: "markdown", Label: catalog.ExportMarkdown, Ext: ".md", Write: func(n *Net) (string, []*diag.Diag) { return n.markdown(), nil }}
	csv      = Format{Name: "csv", Label: catalog.ExportCSV, Ext: ".csv", Write: func(n *Net) (string, []*diag.Diag) { return n.csv(), nil }}
	latex    = Format{Name: "latex", Label: catalog.ExportLaTeX, Ext: ".tex", Write: func(n *Net) (string, []*diag.Diag) { return n.latex(), nil }}
)

// headings are the titles of the columns.
func (n *Net) headings() []string {
	keys := []catalog.Key{catalog.ColumnLayer, catalog.ColumnWhat, catalog.ColumnOutput, catalog.ColumnFormula, catalog.ColumnParams, catalog.ColumnMACFormula, catalog.ColumnMACs}
	cells := make([]string, len(keys))
	for i, k := range keys {
		cells[i] = n.Lang.In(k)
	}
	return cells
}

// indent marks how deep a line lies, in a table whose cells lose their blanks.
const indentMark = "· "

// cells are the columns of a line. Blocks have a name and a shape.
func (n *Net) cells(l *line) []string {
	name := strings.Repeat(indentMark, l.depth) + l.name
	if l.head {
		return []string{name, l.what, n.shape(l.out), "", "", "", ""}
	}
	return []string{name, l.what, n.shape(l.out),
		l.turned(l.params), amount(l.counts.Shown(n.Style), l.counts.ParamsAtLeast, num.Int.Grouped, ""),
		l.turned(l.macs), amount(l.counts.MACs, l.counts.MACsAtLeast, num.Int.Grouped, "")}
}

// totals are the columns of the last line.
func (n *Net) totals() []string {
	t := n.Report.Totals
	return []string{n.Lang.In(catalog.ColumnTotal), "", "",
		"", amount(t.Shown(n.Style), t.ParamsAtLeast, num.Int.Grouped, "0"),
		"", amount(t.MACs, t.MACsAtLeast, num.Int.Grouped, "0")}
}

// remarks say how the numbers were counted.
func (n *Net) remarks() []string {
	t := n.Report.Totals
	convention := catalog.RemarkTorch
	if n.Style.Keras {
		convention = catalog.RemarkKeras
	}
	notes := []string{n.Lang.In(convention)}
	if !n.Style.Biases {
		notes = append(notes, n.Lang.In(catalog.RemarkNoBiases))
	}
	notes = append(notes, n.Lang.In(catalog.RemarkTrainable, amount(t.Trainable(), t.ParamsAtLeast, num.Int.Grouped, "0"), t.Frozen.Grouped(), t.Buffers().Grouped()), n.Lang.In(catalog.RemarkMACs))
	return notes
}

func (n *Net) markdown() string {
	var b strings.Builder
	row := func(cells []string) {
		for _, c := range cells {
			b.WriteString("| ")
			b.WriteString(c)
			b.WriteByte(' ')
		}
		b.WriteString("|\n")
	}
	escaped := func(cells []string) []string {
		for i := range cells {
			cells[i] = markdownText(cells[i])
		}
		return cells
	}
	b.WriteString("## " + markdownText(oneLine(n.title())) + "\n\n")
	row(escaped(n.headings()))
	b.WriteString("|:--|:--|:--|:--|--:|:--|--:|\n")
	for _, l := range n.lines() {
		row(escaped(n.cells(&l)))
	}
	total := escaped(n.totals())
	for i, c := range total {
		if c != "" {
			total[i] = "**" + c + "**"
		}
	}
	row(total)
	b.WriteByte('\n')
	for _, note := range n.remarks() {
		b.WriteString(note + "  \n")
	}
	return b.String()
}

// markdownText takes the meaning away that characters have in Markdown and HTML.
func markdownText(s string) string { return markdownEscapes.Replace(s) }

var markdownEscapes = strings.NewReplacer(`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "#", `\#`, "~", `\~`)

// csv writes RFC 4180: a heading, lines that end with CR LF, quotes where they
// are needed. The columns have English names that never change; numbers are plain
// digits, those known in part only begin with ≥.
func (n *Net) csv() string {
	var b strings.Builder
	record := func(cells ...string) {
		for i, c := range cells {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(csvCell(c))
		}
		b.WriteString("\r\n")
	}
	digits := num.Int.String
	record("name", "depth", "kind", "layer", "turns", "input", "output", "parameter_formula", "parameters", "trainable", "buffers", "mac_formula", "macs")
	for _, l := range n.lines() {
		if l.head {
			record(l.name, strconv.Itoa(l.depth), "", l.what, l.times.String(), n.shape(l.in), n.shape(l.out), "", "", "", "", "", "")
			continue
		}
		c := l.counts
		in := n.shape(l.in)
		if l.kind.Source {
			in = ""
		}
		record(l.name, strconv.Itoa(l.depth), l.kind.Name, l.what, l.times.String(), in, n.shape(l.out),
			l.turned(l.params), amount(c.Shown(n.Style), c.ParamsAtLeast, digits, "0"), amount(c.Trainable(), c.ParamsAtLeast, digits, "0"), c.Buffers().String(),
			l.turned(l.macs), amount(c.MACs, c.MACsAtLeast, digits, "0"))
	}
	t := n.Report.Totals
	record("total", "0", "", "", "1", "", "", "", amount(t.Shown(n.Style), t.ParamsAtLeast, digits, "0"), amount(t.Trainable(), t.ParamsAtLeast, digits, "0"),
		t.Buffers().String(), "", amount(t.MACs, t.MACsAtLeast, digits, "0"))
	return b.String()
}

// csvCell writes one cell. What a spreadsheet would take for a formula gets an
// apostrophe in front, which spreadsheets read as "this is text".
func csvCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		s = "'" + s
	}
	if strings.ContainsAny(s, ",\"\r\n") {
		s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// mostRows is how many rows a LaTeX table has that fits a page.
const mostRows = 45

func (n *Net) latex() string {
	lines := n.lines()
	long := len(lines) > mostRows
	var b strings.Builder
	b.WriteString("% \\usepackage{booktabs}")
	if long {
		b.WriteString(" and {longtable}")
	}
	if notASCII(n.title()) || n.Lang == catalog.Korean {
		b.WriteString("; for Korean {kotex}")
	}
	b.WriteByte('\n')
	const columns = "{lllrlr}"
	row := func(cells []string) {
		b.WriteString(strings.Join(cells, " & "))
		b.WriteString(" \\\\\n")
	}
	heads := n.headings()
	heads = append(heads[:1], heads[2:]...) // the layer's own words are in the formulas
	for i := range heads {
		heads[i] = latexText(heads[i])
	}
	caption := latexText(oneLine(n.title()))
	if long {
		b.WriteString("\\begin{longtable}" + columns + "\n\\caption{" + caption + "}\\\\\n\\toprule\n")
		row(heads)
		b.WriteString("\\midrule\n\\endfirsthead\n\\toprule\n")
		row(heads)
		b.WriteString("\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n")
	} else {
		b.WriteString("\\begin{table}\n\\centering\n\\caption{" + caption + "}\n\\begin{tabular}" + columns + "\n\\toprule\n")
		row(heads)
		b.WriteString("\\midrule\n")
	}
	for _, l := range lines {
		c := n.cells(&l)
		name := "\\quad "
		row([]string{strings.Repeat(name, l.depth) + latexText(l.name), latexMath(c[2]), latexMath(c[3]), latexNumber(c[4]), latexMath(c[5]), latexNumber(c[6])})
	}
	t := n.totals()
	b.WriteString("\\midrule\n")
	row([]string{latexText(t[0]), "", "", latexNumber(t[4]), "", latexNumber(t[6])})
	if long {
		b.WriteString("\\end{longtable}\n")
	} else {
		b.WriteString("\\bottomrule\n\\end{tabular}\n\\end{table}\n")
	}
	for _, note := range n.remarks() {
		b.WriteString("% " + note + "\n")
	}
	return b.String()
}

func notASCII(s string) bool {
	for _, r := range s {
		if r >= 0x80 {
			return true
		}
	}
	return false
}

// latexText takes the meaning away that characters have in LaTeX.
func latexText(s string) string { return latexEscapes.Replace(s) }

var latexEscapes = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`,
	"~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "×", `$\times$`, "·", `$\cdot$`, "≥", `$\ge$`, "≤", `$\le$`, "–", "--", "−", "$-$", "→", `$\to$`, "∞", `$\infty$`, "√", `$\surd$`,
	"⌊", `$\lfloor$`, "⌋", `$\rfloor$`, "⌈", `$\lceil$`, "⌉", `$\rceil$`,
	"α", `$\alpha$`, "β", `$\beta$`, "γ", `$\gamma$`, "λ", `$\lambda$`, "Φ", `$\Phi$`, "²", `$^2$`, "ᵀ", `$^T$`, "ˣ", `$^x$`, "⁻", `$^-$`)

// latexMath writes a formula or a shape; a name in it stays a name.
func latexMath(s string) string {
	if s == "" {
		return ""
	}
	formula, donor, shared := strings.Cut(s, "@")
	text := ""
	if f := strings.TrimSuffix(strings.TrimSpace(formula), " +"); f != "" {
		text = "$" + strings.NewReplacer("×", `\times `, "·", `\cdot `, "−", "-", "≥", `\ge `, "?", "?").Replace(f) + "$"
	}
	if shared {
		text += " (" + latexText(donor) + ")"
	}
	return strings.TrimSpace(text)
}

// latexNumber writes a grouped number so that its commas take no room of lists.
func latexNumber(s string) string {
	if s == "" {
		return ""
	}
	return "$" + strings.NewReplacer(",", "{,}", "≥", `\ge `).Replace(s) + "$"
}
