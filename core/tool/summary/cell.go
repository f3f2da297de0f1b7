package summary

import (
	"strconv"
	"strings"

	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/source"
)

// A column is one column of a table: from which character to which. With bars
// between the cells both are 0.
type column struct {
	name     string
	from, to int
}

// columnsOf finds the columns in the line with their names: cells begin where
// their column's name does, or are between bars.
func columnsOf(header string) []column {
	runes := []rune(header)
	var columns []column
	if strings.ContainsAny(header, "┃│") {
		for _, cell := range splitBars(header) {
			columns = append(columns, column{name: strings.ToLower(strings.TrimSpace(cell))})
		}
		return columns
	}
	at := 0
	for at < len(runes) {
		for at < len(runes) && runes[at] == ' ' {
			at++
		}
		from := at
		for at < len(runes) && (runes[at] != ' ' || at+1 < len(runes) && runes[at+1] != ' ') {
			at++
		}
		if from < at {
			columns = append(columns, column{strings.ToLower(string(runes[from:at])), from, 1 << 30})
		}
	}
	for i := range columns {
		if i == 0 {
			columns[0].from = 0
		} else {
			columns[i-1].to = columns[i].from
		}
	}
	return columns
}

// columnsToEnds finds torchstat's columns, whose cells end where their name does.
func columnsToEnds(header string) []column {
	runes := []rune(header)
	var columns []column
	end := 0
	for _, name := range []string{"module name", "input shape", "output shape", "params"} {
		if at := strings.Index(string(runes[end:]), name); at >= 0 {
			next := end + at + len(name)
			columns = append(columns, column{name, end, next})
			end = next
		}
	}
	return columns
}

func splitBars(line string) []string {
	return strings.FieldsFunc(line, func(r rune) bool { return r == '┃' || r == '│' })
}

// cells cuts a line into its columns' cells by their names.
func cells(line string, columns []column) map[string]string {
	m := map[string]string{}
	if len(columns) > 0 && columns[0].to == 0 {
		for i, cell := range splitBars(line) {
			if i < len(columns) {
				m[columns[i].name] = strings.TrimSpace(cell)
			}
		}
		return m
	}
	runes := []rune(line)
	for _, c := range columns {
		if c.from < len(runes) {
			m[c.name] = strings.TrimSpace(string(runes[c.from:min(c.to, len(runes))]))
		}
	}
	return m
}

// shapeOf reads the shape of one sample, nil where none or several are stated. A
// batch comes first, unless there is one extent alone.
func shapeOf(s string) tensor.Shape {
	s = strings.TrimSpace(s)
	groups := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("()[]", r) })
	var inner []string
	for _, g := range groups {
		if strings.Trim(g, ", ") != "" {
			inner = append(inner, g)
		}
	}
	if len(inner) != 1 || !strings.HasSuffix(s, ")") && !strings.HasSuffix(s, "]") {
		return nil
	}
	shape := extentsOf(strings.Split(inner[0], ","))
	if len(shape) > 1 {
		shape = shape[1:]
	}
	return shape
}

// extentsOf reads extents, nil if one is neither a number nor open.
func extentsOf(parts []string) tensor.Shape {
	var shape tensor.Shape
	for _, p := range parts {
		p = strings.TrimSpace(p)
		n, err := strconv.ParseInt(p, 10, 64)
		switch {
		case p == "":
			continue
		case p == "None" || p == "null" || p == "?" || p == "-1":
			n = tensor.Unknown
		case err != nil || n < 0 || n > num.MaxExtent || len(shape) == source.MaxDims:
			return nil
		}
		shape = append(shape, tensor.Dim{N: n})
	}
	return shape
}

// windowOf reads a kernel, [3, 3], and a number of groups; -- and what is neither
// states nothing.
func windowOf(kernel, groups string) (w window) {
	for _, d := range extentsOf(strings.Split(strings.Trim(kernel, "[]"), ",")) {
		w.kernel = append(w.kernel, d.N)
	}
	w.groups, _ = strconv.ParseInt(strings.TrimSpace(groups), 10, 64)
	return w
}
