package editor

import (
	"fmt"
	"regexp"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/num"
)

// What TestStyles needs to read tables and sentences as people do.

// formula evaluates a formula. What follows an @ is counted at that layer.
func (t *tally) formula(what, formula string, want num.Int) {
	t.Helper()
	t.n++
	if got, ok := worth(formula); !ok || !got.Equal(want) {
		t.Errorf("%s: %s, %s, comes to %s, want %s", t.place, what, formula, got, want)
	}
}

// worth works out sums of products with parentheses.
func worth(formula string) (num.Int, bool) {
	var sum num.Int
	for _, term := range outside(formula, " + ") {
		if strings.Contains(term, "@") || formula == "" {
			continue
		}
		product := num.Of(1)
		for _, factor := range outside(strings.ReplaceAll(term, "×", "·"), "·") {
			n, ok := num.Parse(strings.ReplaceAll(factor, ",", ""))
			if inner, in := strings.CutPrefix(factor, "("); in {
				n, ok = worth(strings.TrimSuffix(inner, ")"))
			}
			if !ok {
				return num.Int{}, false
			}
			product = product.Mul(n)
		}
		sum = sum.Add(product)
	}
	return sum, true
}

// outside divides s at the separators that are in no parentheses.
func outside(s, sep string) []string {
	depth, from := 0, 0
	var parts []string
	for i := range s {
		switch {
		case s[i] == '(':
			depth++
		case s[i] == ')':
			depth--
		case depth == 0 && strings.HasPrefix(s[i:], sep) && i >= from:
			parts = append(parts, s[from:i])
			from = i + len(sep)
		}
	}
	return append(parts, s[from:])
}

var (
	bold    = strings.NewReplacer("**", "")
	unLaTeX = strings.NewReplacer("{,}", ",", "$", "")
)

func markdownCells(table string) [][]string {
	var lines [][]string
	for line := range strings.Lines(table) {
		if inner, ok := strings.CutPrefix(strings.TrimSpace(line), "| "); ok {
			lines = append(lines, strings.Split(bold.Replace(strings.TrimSuffix(inner, " |")), " | "))
		}
	}
	return lines[1:]
}

func latexCells(table string) [][]string {
	var lines [][]string
	heads := strings.Count(table, `\midrule`)
	for line := range strings.Lines(table) {
		if inner, ok := strings.CutSuffix(strings.TrimSpace(line), ` \\`); ok && strings.Contains(inner, " & ") {
			lines = append(lines, strings.Split(unLaTeX.Replace(inner), " & "))
		}
	}
	return lines[heads-1:] // the head, once more on each page, and the rule above the total
}

// A summaryRow is a line of torchinfo's table; a layer has its class before its name.
type summaryRow struct {
	layer        bool
	name, params string
}

var summaryLine = regexp.MustCompile(`├─(?:(\w+) \((.+?)\)|.+?)(?: ×\d+)? {3,}(?:\[.*?\]|\?) {3,}(\S+) {3,}\S+$`)

func rowsOfSummary(table []string) []summaryRow {
	var rows []summaryRow
	for _, line := range table {
		if m := summaryLine.FindStringSubmatch(line); m != nil {
			rows = append(rows, summaryRow{m[1] != "", m[2], m[3]})
		}
	}
	return rows
}

// sentence matches a sentence of the catalogue with what its places hold.
func sentence(key catalog.Key, places int) *regexp.Regexp {
	args := make([]any, places)
	for i := range args {
		args[i] = fmt.Sprintf("<%d>", i)
	}
	said := regexp.QuoteMeta(catalog.English.In(key, args...))
	for i := range args {
		said = strings.ReplaceAll(said, fmt.Sprintf("<%d>", i), "(.+?)")
	}
	return regexp.MustCompile("^" + said + "$")
}

var (
	countsSentence = sentence(catalog.DeriveCounts, 2)
	familySentence = sentence(catalog.DeriveFamily, 5)
	torchTrained   = sentence(catalog.RemarkTrainable, 3)
	kerasTrained   = sentence(catalog.RemarkTrainableKeras, 3)
)

// first reads the parameters of "34,944 parameters, 105,415,200 MACs".
func first(t *tally, counts string) num.Int {
	m := countsSentence.FindStringSubmatch(counts)
	if m == nil {
		t.Fatalf("%s: what counts is %q", t.place, counts)
	}
	return number(t, m[1])
}

func number(t *tally, s string) num.Int {
	n, ok := num.Parse(strings.ReplaceAll(s, ",", ""))
	if !ok {
		t.Fatalf("%s: %q is no number", t.place, s)
	}
	return n
}

// spaced writes values with a blank between.
func spaced(values ...any) string { return strings.TrimSpace(fmt.Sprintln(values...)) }
