package doc

import (
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/target"
)

// The tables: every layer with its formulas. Repetitions are multiplied out, so
// that each column adds up to the total below it.
var (
	Markdown = target.Writer{ID: "markdown", Label: catalog.ExportMarkdown, Ext: ".md",
		Write: func(n *target.Network) (string, []*diag.Diag) { return markdownTable(n), nil }}
	CSV = target.Writer{ID: "csv", Label: catalog.ExportCSV, Ext: ".csv",
		Write: func(n *target.Network) (string, []*diag.Diag) { return csvTable(n), nil }}
	LaTeX = target.Writer{ID: "latex", Label: catalog.ExportLaTeX, Ext: ".tex",
		Write: func(n *target.Network) (string, []*diag.Diag) { return latexTable(n), nil }}
)

// headings are the titles of the columns.
func headings(n *target.Network) []string {
	keys := []catalog.Key{catalog.ColumnLayer, catalog.ColumnWhat, catalog.ColumnOutput, catalog.ColumnFormula,
		catalog.ColumnParams, catalog.ColumnMACFormula, catalog.ColumnMACs}
	cells := make([]string, len(keys))
	for i, k := range keys {
		cells[i] = n.Lang.In(k)
	}
	return cells
}

// indent marks how deep a line lies, in a table whose cells lose their blanks.
const indentMark = "· "

// cells are the columns of a line. Blocks have a name and a shape.
func cells(n *target.Network, l *target.Line) []string {
	name := strings.Repeat(indentMark, l.Depth) + l.Name
	if l.Head {
		return []string{name, l.What, n.Shape(l.Out), "", "", "", ""}
	}
	return []string{name, l.What, n.Shape(l.Out),
		l.Turned(l.Params), target.Amount(n.Style.Params(l.Counts), l.Counts.ParamsAtLeast, num.Int.Grouped, ""),
		l.Turned(l.MACs), target.Amount(l.Counts.MACs, l.Counts.MACsAtLeast, num.Int.Grouped, "")}
}

// totals are the columns of the last line.
func totals(n *target.Network) []string {
	t := n.Report.Totals
	return []string{n.Lang.In(catalog.ColumnTotal), "", "",
		"", target.Amount(n.Style.Params(t.Counts), t.ParamsAtLeast, num.Int.Grouped, "0"),
		"", target.Amount(t.MACs, t.MACsAtLeast, num.Int.Grouped, "0")}
}

// remarks explain how the numbers were counted.
func remarks(n *target.Network) []string {
	t := n.Report.Totals
	convention, trained := catalog.RemarkTorch, catalog.RemarkTrainable
	if n.Style.Keras {
		convention, trained = catalog.RemarkKeras, catalog.RemarkTrainableKeras
	}
	notes := []string{n.Lang.In(convention)}
	if !n.Style.Biases {
		notes = append(notes, n.Lang.In(catalog.RemarkNoBiases))
	}
	parts := n.Style.Of(t.Counts)
	return append(notes, n.Lang.In(trained, target.Amount(parts.Trainable, t.ParamsAtLeast, num.Int.Grouped, "0"),
		parts.Frozen.Grouped(), parts.Buffers().Grouped()),
		n.Lang.In(catalog.RemarkMACs))
}

func markdownTable(n *target.Network) string {
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
	b.WriteString("## " + markdownText(target.OneLine(n.Title())) + "\n\n")
	row(escaped(headings(n)))
	b.WriteString("|:--|:--|:--|:--|--:|:--|--:|\n")
	for _, l := range n.Lines() {
		row(escaped(cells(n, &l)))
	}
	total := escaped(totals(n))
	for i, c := range total {
		if c != "" {
			total[i] = "**" + c + "**"
		}
	}
	row(total)
	b.WriteByte('\n')
	for _, note := range remarks(n) {
		b.WriteString(note + "  \n")
	}
	return b.String()
}

// markdownText escapes the characters that mean something in Markdown and HTML.
func markdownText(s string) string { return markdownEscapes.Replace(s) }

var markdownEscapes = strings.NewReplacer(
	`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`,
	"<", "&lt;", ">", "&gt;", "&", "&amp;", "#", `\#`, "~", `\~`)

// csv writes RFC 4180: a heading, lines that end with CR LF, quotes where they
// are needed. The columns have English names that never change; numbers are plain
// digits, those known in part only begin with ≥.
func csvTable(n *target.Network) string {
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
	record("name", "depth", "kind", "layer", "turns", "input", "output", "parameter_formula", "parameters",
		"trainable", "buffers", "mac_formula", "macs")
	for _, l := range n.Lines() {
		if l.Head {
			record(l.Name, strconv.Itoa(l.Depth), "", l.What, l.Times.String(), n.Shape(l.In), n.Shape(l.Out), "", "",
				"", "", "", "")
			continue
		}
		c := l.Counts
		parts := n.Style.Of(c)
		in := n.Shape(l.In)
		if l.Kind.Takes == layer.TakesNone {
			in = ""
		}
		record(l.Name, strconv.Itoa(l.Depth), l.Kind.Name, l.What, l.Times.String(), in, n.Shape(l.Out),
			l.Turned(l.Params), target.Amount(parts.Params, c.ParamsAtLeast, digits, "0"),
			target.Amount(parts.Trainable, c.ParamsAtLeast, digits, "0"), parts.Buffers().String(),
			l.Turned(l.MACs), target.Amount(c.MACs, c.MACsAtLeast, digits, "0"))
	}
	t := n.Report.Totals
	parts := n.Style.Of(t.Counts)
	record("total", "0", "", "", "1", "", "", "", target.Amount(parts.Params, t.ParamsAtLeast, digits, "0"),
		target.Amount(parts.Trainable, t.ParamsAtLeast, digits, "0"),
		parts.Buffers().String(), "", target.Amount(t.MACs, t.MACsAtLeast, digits, "0"))
	return b.String()
}

// csvCell writes one cell. An apostrophe before what a spreadsheet would read as a
// formula marks it as text.
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

func latexTable(n *target.Network) string {
	lines := n.Lines()
	long := len(lines) > mostRows
	var b strings.Builder
	b.WriteString("% \\usepackage{booktabs}")
	if long {
		b.WriteString(" and {longtable}")
	}
	if notASCII(n.Title()) || n.Lang == catalog.Korean {
		b.WriteString("; for Korean {kotex}")
	}
	b.WriteByte('\n')
	const columns = "{lllrlr}"
	row := func(cells []string) {
		b.WriteString(strings.Join(cells, " & "))
		b.WriteString(" \\\\\n")
	}
	heads := headings(n)
	heads = append(heads[:1], heads[2:]...) // the layer's own words are in the formulas
	for i := range heads {
		heads[i] = latexText(heads[i])
	}
	caption := latexText(target.OneLine(n.Title()))
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
		c := cells(n, &l)
		name := "\\quad "
		row([]string{strings.Repeat(name, l.Depth) + latexText(l.Name), latexMath(c[2]), latexMath(c[3]),
			latexNumber(c[4]), latexMath(c[5]), latexNumber(c[6])})
	}
	t := totals(n)
	b.WriteString("\\midrule\n")
	row([]string{latexText(t[0]), "", "", latexNumber(t[4]), "", latexNumber(t[6])})
	if long {
		b.WriteString("\\end{longtable}\n")
	} else {
		b.WriteString("\\bottomrule\n\\end{tabular}\n\\end{table}\n")
	}
	for _, note := range remarks(n) {
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

// latexText escapes the characters that mean something in LaTeX.
func latexText(s string) string { return latexEscapes.Replace(s) }

var latexEscapes = strings.NewReplacer(
	`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`,
	"~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "×", `$\times$`, "·", `$\cdot$`,
	"≥", `$\ge$`, "≤", `$\le$`, "–", "--", "−", "$-$", "→", `$\to$`, "∞", `$\infty$`, "√", `$\surd$`,
	"⌊", `$\lfloor$`, "⌋", `$\rfloor$`, "⌈", `$\lceil$`, "⌉", `$\rceil$`,
	"α", `$\alpha$`, "β", `$\beta$`, "γ", `$\gamma$`, "λ", `$\lambda$`, "Φ", `$\Phi$`, "²", `$^2$`,
	"ᵀ", `$^T$`, "ˣ", `$^x$`, "⁻", `$^-$`)

// latexMath writes a formula or a shape; a name in it stays a name.
func latexMath(s string) string {
	if s == "" {
		return ""
	}
	formula, owner, shared := strings.Cut(s, "@")
	text := ""
	if f := strings.TrimSuffix(strings.TrimSpace(formula), " +"); f != "" {
		text = "$" + strings.NewReplacer("×", `\times `, "·", `\cdot `, "−", "-", "≥", `\ge `, "?", "?").Replace(f) + "$"
	}
	if shared {
		text += " (" + latexText(owner) + ")"
	}
	return strings.TrimSpace(text)
}

// latexNumber writes a grouped number without the space that LaTeX sets after the
// commas of a list.
func latexNumber(s string) string {
	if s == "" {
		return ""
	}
	return "$" + strings.NewReplacer(",", "{,}", "≥", `\ge `).Replace(s) + "$"
}
