package count_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"paramstack/core/num"
	"paramstack/core/zoo"
)

// What is printed must add up: each formula to the number after it, the contents of
// a block to the block's number, the rows to the totals. The test reads the printed
// text alone, as a person with a pocket calculator would.
func TestPrintedRowsAddUp(t *testing.T) {
	files, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { addUp(t, archive.Files) })
	}
	for _, n := range zoo.All() {
		t.Run(n.ID, func(t *testing.T) { addUp(t, outputs(n.Model())) })
	}
}

// A printedRow is a line of the rows, with the lines below it that are deeper.
type printedRow struct {
	line         string
	depth        int
	repetitions  num.Int
	params, macs printed
	children     []*printedRow
}

// printed is a formula and its number, as far as the line has them.
type printed struct{ formula, number string }

var repetitionsName = regexp.MustCompile(`^turns (\d+) to (\d+)$`)

func addUp(t *testing.T, files []txtar.File) {
	text := map[string]string{}
	for _, f := range files {
		text[f.Name] = string(f.Data)
	}
	totals := map[string]string{}
	for line := range strings.Lines(text["totals"]) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		totals[name] = value
	}
	root := &printedRow{line: "the network", depth: -1, repetitions: num.Of(1)}
	path := []*printedRow{root}
	for line := range strings.Lines(text["rows"]) {
		row := readRow(t, strings.TrimSuffix(line, "\n"))
		for path[len(path)-1].depth >= row.depth {
			path = path[:len(path)-1]
		}
		parent := path[len(path)-1]
		parent.children = append(parent.children, row)
		path = append(path, row)
	}
	root.params.number, root.macs.number = totals["params"], totals["macs"]
	// Weights that are used again have a formula and add nothing.
	sharing := regexp.MustCompile(`\b(shares|shared|again)\b`).MatchString(text["text"])
	root.sum(t, sharing, func(r *printedRow) printed { return r.params })
	root.sum(t, sharing, func(r *printedRow) printed { return r.macs })

	total := func(names ...string) num.Int {
		var sum num.Int
		for _, name := range names {
			n, ok := num.Parse(totals[name])
			if !ok {
				t.Fatalf("%s is %q", name, totals[name])
			}
			sum = sum.Add(n)
		}
		return sum
	}
	if params := total("params"); !params.Equal(total("weights", "biases")) || !params.Equal(total("trainable", "frozen")) {
		t.Errorf("the parts of %s parameters do not make them up:\n%s", params, text["totals"])
	}
}

// readRow reads what printRows writes: name → shape   formula = number   macs …
func readRow(t *testing.T, line string) *printedRow {
	columns := strings.Split(strings.TrimLeft(line, " "), "   ")
	name, _, ok := strings.Cut(columns[0], " → ")
	if !ok {
		t.Fatalf("a row without a shape: %q", line)
	}
	row := &printedRow{line: line, depth: (len(line) - len(strings.TrimLeft(line, " "))) / 2, repetitions: num.Of(1)}
	for _, column := range columns[1:] {
		to := &row.params
		column, macs := strings.CutPrefix(column, "macs ")
		if macs {
			to = &row.macs
		}
		formula, number, ok := strings.Cut(column, " = ")
		if !ok {
			formula, number = "", column
		}
		*to = printed{formula, number}
	}
	if m := repetitionsName.FindStringSubmatch(name); m != nil {
		from, _ := num.Parse(m[1])
		to, _ := num.Parse(m[2])
		row.repetitions = to.Sub(from).Add(num.Of(1))
	}
	return row
}

// sum returns what a row and all below it come to, and compares it with what the
// row states. A row that states nothing may still have rows below that do.
func (r *printedRow) sum(t *testing.T, sharing bool, of func(*printedRow) printed) num.Int {
	var n num.Int
	for _, c := range r.children {
		n = n.Add(c.sum(t, sharing, of))
	}
	n = n.Mul(r.repetitions)
	p := of(r)
	if p.formula != "" && !(sharing && p.number == "0") {
		n = n.Add(value(t, p.formula))
	}
	if p.number != "" && p.number != n.String() {
		t.Errorf("%s\nit comes to %s", r.line, n)
	}
	return n
}

// value is what a formula comes to; a product of something unknown is left out.
func value(t *testing.T, formula string) num.Int {
	var sum num.Int
products:
	for product := range strings.SplitSeq(formula, " + ") {
		n := num.Of(1)
		for factor := range strings.SplitSeq(product, "·") {
			factor = strings.Trim(factor, "()")
			if factor == "?" {
				continue products
			}
			f, ok := num.Parse(factor)
			if !ok {
				t.Fatalf("%q of %q is no number", factor, formula)
			}
			n = n.Mul(f)
		}
		sum = sum.Add(n)
	}
	return sum
}
