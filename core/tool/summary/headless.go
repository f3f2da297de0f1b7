package summary

import (
	"regexp"
	"strings"
)

// unwrapped joins the lines of Keras' header, which a narrow terminal wraps, and completes
// the names of columns that it cuts off: Param….
func unwrapped(text string) string {
	if !strings.Contains(text, "┃") {
		return text
	}
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if n := len(lines) - 1; n >= 0 && strings.Contains(line, "┃") && strings.Contains(lines[n], "┃") {
			cells := splitBars(lines[n])
			for i, more := range splitBars(line) {
				if i < len(cells) {
					cells[i] = strings.TrimSpace(cells[i]) + " " + strings.TrimSpace(more)
				}
			}
			lines[n] = "┃" + strings.Join(cells, "┃") + "┃"
			continue
		}
		lines = append(lines, line)
	}
	for i, line := range lines {
		if strings.Contains(line, "┃") && strings.Contains(line, "…") {
			lines[i] = completed(line)
		}
	}
	return strings.Join(lines, "\n")
}

// completed writes Keras' header with the whole names of its columns.
func completed(header string) string {
	cells := splitBars(header)
	for i, cell := range cells {
		begin, cut := strings.CutSuffix(strings.TrimSpace(cell), "…")
		if !cut {
			continue
		}
		for _, name := range []string{"Layer (type)", "Output Shape", "Param #", "Connected to", "Trainable"} {
			if begin != "" && strings.HasPrefix(name, begin) {
				cells[i] = name
				break
			}
		}
	}
	return "┃" + strings.Join(cells, "┃") + "┃"
}

// Rows that can only be those of one tool, for a table that was pasted without its
// header.
var headlessRows = []struct {
	layout *layout
	row    *regexp.Regexp
	begins *regexp.Regexp // what the first row of a whole table is like
}{
	{torchinfoLayout, regexp.MustCompile(`^[│| ]*[├└|][─-]+\S+(?: \([^)]*\))?: \d+(?:-\d+)? +` +
		`(?:(?:\[[\d, \-]*\]|--) +){1,2}(?:\(?` + countText + `\)?|--|\(recursive\))(?: |$)`),
		regexp.MustCompile(`^\S+ +(?:\[|--)`)},
	{torchsummaryLayout, summaryRow, regexp.MustCompile(`^\s*\S+-1\s`)},
	{kerasLayout, regexp.MustCompile(`^[│| ]*\S.*\(\w+…?\)[ │]+\[?\((?:None|\d+)(?:, ?(?:None|\d+))*,?\)\]?[ │]+\d`),
		regexp.MustCompile(`\(InputLayer`)},
}

// headless returns the layout of a table without a header, nil if a text is none, and
// whether its first row is that of a whole table.
func headless(text string) (l *layout, whole bool) {
	for _, h := range headlessRows {
		rows, others := 0, 0
		first := ""
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, " \t\r\n")
			switch {
			case line == "" || rulers.MatchString(line):
			case h.row.MatchString(line):
				rows++
			case rows == 0:
				others++
			}
			if first == "" && line != "" && !rulers.MatchString(line) {
				first = line
			}
		}
		if rows >= 2 && others <= 2 {
			return h.layout, h.begins.MatchString(first)
		}
	}
	return nil, false
}

// plainHeader is the header that is put before the rows of a table without one.
func (l *layout) plainHeader(text string) string {
	switch {
	case l == torchinfoLayout:
		return "Layer (type:depth-idx) Output Shape Param #"
	case strings.Contains(text, "│"):
		return "┃Layer (type)┃Output Shape┃Param #┃Connected to┃"
	}
	return "Layer (type) Output Shape Param # Connected to"
}
