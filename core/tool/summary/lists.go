package summary

import (
	"regexp"
	"strings"
)

// Layouts of lists without shapes: a row is a module, its number of parameters is that
// of the modules within it too.
var (
	lightningLayout = &layout{tool: "PyTorch Lightning", columns: columnsOf, read: (*table).lightningRow,
		header: func(line string) bool { return lightningHeader.MatchString(line) }}
	fvcoreLayout = &layout{tool: "fvcore", columns: columnsOf, read: (*table).countedRow,
		header: func(line string) bool { return fvcoreHeader.MatchString(line) }}
)

var (
	lightningHeader = regexp.MustCompile(`^[|┃]?\s*[|┃]?\s*name\s*[|┃]\s*type\s*[|┃]\s*params`)
	fvcoreHeader    = regexp.MustCompile(`^\|?\s*(?:name|module)\s+\|?\s*#(?:elements|parameters)`)
	// "0 | conv1 | Conv2d | 912 | train", "│ 0 │ conv1 │ Conv2d │ 912 │".
	lightningRow = regexp.MustCompile(`^\s*│?\s*\d+\s*[|│](.*)$`)
	// "3.9 K     Total params", behind the rows.
	lightningTotal = regexp.MustCompile(`^(\d[\d,.]*(?: [KMBT])?)\s+(Total|Trainable|Non-trainable) params`)
	// "features.0   2.6K   0.24M".
	countedRow = regexp.MustCompile(`^\s*([A-Za-z_][\w.]*)\s+([\d.]+[KMGBT]?)(?:\s|$)`)
	shapeRow   = regexp.MustCompile(`(?m)^\|\s*[\w.]+\s*\|\s*\(\d+,`)
)

// lightningRow reads a row of Lightning, or a total: its name, class and number, and
// with an example_input_array its shapes.
func (t *table) lightningRow(line string, _ map[string]string) {
	if m := lightningTotal.FindStringSubmatch(line); m != nil {
		if a := amountOf(m[1]); a.known {
			t.stated[statedKeys[m[2]]] = a.params
		}
		return
	}
	m := lightningRow.FindStringSubmatch(line)
	if m == nil {
		return
	}
	cells := strings.FieldsFunc(m[1], func(r rune) bool { return r == '|' || r == '│' })
	if len(cells) < 3 {
		return
	}
	r := &row{name: strings.TrimSpace(cells[0]), class: strings.TrimSpace(cells[1]), amount: amountOf(cells[2])}
	for _, cell := range cells[3:] {
		if x := shapeOf(cell); x != nil {
			r.in, r.out = r.out, x
		}
	}
	t.rows = append(t.rows, r)
}

// countedRow reads a row of fvcore: a name and a number.
func (t *table) countedRow(line string, _ map[string]string) {
	if m := countedRow.FindStringSubmatch(line); m != nil {
		t.rows = append(t.rows, &row{name: m[1], class: m[1], amount: amountOf(m[2])})
	}
}

// nest finds how deep rows are by their names: backbone.conv1 is in backbone, and all
// are in fvcore's first row.
func (t *table) nest() {
	listed := map[string]bool{}
	for i, r := range t.rows {
		listed[r.name] = true
		for at, c := range r.name {
			if c == '.' && listed[r.name[:at]] {
				r.depth++
			}
		}
		if i > 0 && t.layout == fvcoreLayout {
			r.depth++
		}
	}
}
