package doc

import (
	gocsv "encoding/csv"
	"encoding/json"
	"paramstack/core/internal/tooltest"
	"paramstack/core/num"
	"paramstack/core/tool/target"
	"paramstack/core/zoo"
	"regexp"
	"strings"
	"testing"
)

// TestSums checks that every printed column adds up to the total below it, for
// every network of the zoo and both conventions.
func TestSums(t *testing.T) {
	for _, z := range zoo.All() {
		for _, keras := range []bool{false, true} {
			n := tooltest.NetOf(z)
			n.Style.Keras = keras
			records, err := gocsv.NewReader(strings.NewReader(csvTable(n))).ReadAll()
			if err != nil {
				t.Fatalf("%s: %v", z.ID, err)
			}
			for i, column := range records[0] {
				switch column {
				case "parameters", "trainable", "buffers", "macs":
				default:
					continue
				}
				var sum num.Int
				for _, r := range records[1 : len(records)-1] {
					if v, ok := num.Parse(r[i]); ok {
						sum = sum.Add(v)
					} else if r[i] != "" {
						t.Errorf("%s: %s is %q", z.ID, column, r[i])
					}
				}
				if total := records[len(records)-1][i]; sum.String() != total {
					t.Errorf("%s: the column %s adds up to %s, the total is %s", z.ID, column, sum, total)
				}
			}
			printed := regexp.MustCompile(`(?m)^\|.*\|$`).FindAllString(markdownTable(n), -1)
			var params, macs num.Int
			for _, line := range printed[2 : len(printed)-1] {
				cells := strings.Split(strings.ReplaceAll(line, `\|`, ""), "|")
				if len(cells) != 9 {
					t.Fatalf("%s: %q has %d cells", z.ID, line, len(cells))
				}
				read := func(s string) num.Int {
					v, _ := num.Parse(strings.ReplaceAll(strings.TrimSpace(s), ",", ""))
					return v
				}
				params, macs = params.Add(read(cells[5])), macs.Add(read(cells[7]))
			}
			last := printed[len(printed)-1]
			if !strings.Contains(last, "**"+params.Grouped()+"**") || !strings.Contains(last, "**"+macs.Grouped()+"**") {
				t.Errorf("%s: the Markdown rows add up to %s and %s: %s", z.ID, params.Grouped(), macs.Grouped(), last)
			}
		}
	}
}

func TestCSVCells(t *testing.T) {
	for in, want := range map[string]string{
		"conv": "conv", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@a": "'@a", "\t=1": "'\t=1",
		"a,b": `"a,b"`, `a"b`: `"a""b"`, "=1,2": `"'=1,2"`, "a\nb": "\"a\nb\"",
	} {
		if got := csvCell(in); got != want {
			t.Errorf("csvCell(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestNames lets names and labels through that mean something to other formats.
func TestNames(t *testing.T) {
	n := tooltest.NetFrom(t, "name A_b|c*d <b>&{}$%#^~\\ \"quote\" [x]\ninput 3x8x8\nx_1.y-z: conv 4 k3; concat { relu | @x_1.y-z tanh }")
	md, tex := markdownTable(n), latexTable(n)
	if strings.Contains(md, "<b>") || !strings.Contains(md, `x\_1.y-z`) || !strings.Contains(md, `A\_b\|c\*d &lt;b&gt;&amp;`) {
		t.Error(md)
	}
	if !strings.Contains(tex, `\caption{A\_b|c*d <b>\&\{\}\$\%`) || !strings.Contains(tex, `x\_1.y-z`) {
		t.Error(tex)
	}
	for _, f := range []target.Writer{Markdown, CSV, LaTeX, DerivationMarkdown, DerivationLaTeX, JSON} {
		if text, _ := f.Write(n); strings.TrimSpace(text) == "" {
			t.Errorf("%s writes nothing", f.ID)
		}
	}
	// What is unknown is marked as such, never 0.
	n = tooltest.NetFrom(t, "input 3x?x?\nconv 4 k3; flatten; linear 10")
	for _, want := range []string{"| ? |", "**≥122**", "Trainable: ≥122"} {
		if !strings.Contains(markdownTable(n), want) {
			t.Errorf("no %s in\n%s", want, markdownTable(n))
		}
	}
	if got := csvTable(n); !strings.Contains(got, "total,0,,,1,,,,≥122") {
		t.Error(got)
	}
}

// TestReport checks that the JSON report is what the page's scripts receive, and
// that its text yields the same report again.
func TestReport(t *testing.T) {
	for _, z := range zoo.All() {
		n := tooltest.NetOf(z)
		src, _ := JSON.Write(n)
		var r struct {
			Format, Name, Text string
			Rows               []map[string]any
			Totals             struct{ Params, MACs, Buffers string }
		}
		if err := json.Unmarshal([]byte(src), &r); err != nil {
			t.Fatalf("%s: %v", z.ID, err)
		}
		again := tooltest.NetFrom(t, r.Text).Report
		if r.Totals.Params != again.Totals.Params(true).String() || r.Totals.MACs != again.Totals.MACs.String() || len(r.Rows) == 0 {
			t.Errorf("%s: %v", z.ID, r.Totals)
		}
	}
}
