package exporter

import (
	gocsv "encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/truth"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// netOf counts a network of the zoo.
func netOf(z zoo.Net) *Net {
	m := z.Model()
	return &Net{Model: m, Report: count.Of(m), Style: count.Style{Biases: true}}
}

func netFrom(t testing.TB, source string) *Net {
	t.Helper()
	file, problems := text.Parse(source)
	if len(problems) > 0 {
		t.Fatalf("%s: %v", source, problems[0])
	}
	return &Net{Model: file.Model, Report: count.Of(file.Model), Style: count.Style{Biases: true}}
}

// TestSums wants every printed column to add up to the total below it, for every
// network of the zoo and both conventions.
func TestSums(t *testing.T) {
	for _, z := range zoo.All() {
		for _, keras := range []bool{false, true} {
			n := netOf(z)
			n.Style.Keras = keras
			records, err := gocsv.NewReader(strings.NewReader(n.csv())).ReadAll()
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
			printed := regexp.MustCompile(`(?m)^\|.*\|$`).FindAllString(n.markdown(), -1)
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

// TestTorchinfo compares the totals with what torchinfo prints of the same
// networks (TylerYep/torchinfo, tests/test_output). Its multiply-adds count
// biases, so they are not compared.
func TestTorchinfo(t *testing.T) {
	for _, c := range []struct {
		id, file, params string
		forward, size    float64 // in MB
		batch            float64
	}{
		{"resnet-152", "resnet152.out", "60,192,808", 360.87, 240.77, 1},
		{"resnet-50", "resnet50.out", "25,557,032", 355.66, 102.23, 2},
	} {
		n := netOf(*zoo.ByID(c.id))
		ours := n.torchinfo()
		for label, want := range map[string]string{"Total params: ": c.params, "Trainable params: ": c.params, "Non-trainable params: ": "0"} {
			if got := after(ours, label); got != want {
				t.Errorf("%s: %s%s, torchinfo %s", c.id, label, got, want)
			}
		}
		for label, want := range map[string]float64{"Forward/backward pass size (MB): ": c.forward / c.batch, "Params size (MB): ": c.size} {
			var got float64
			if err := json.Unmarshal([]byte(after(ours, label)), &got); err != nil {
				t.Fatalf("%s: no number: %s%s", c.id, label, after(ours, label))
			}
			if d := got - want; d > 0.006 || d < -0.006 {
				t.Errorf("%s: %s%v, torchinfo %v", c.id, label, got, want)
			}
		}
		// The figures are those of the file, where it is here.
		data := string(truth.Read(t, "summaries/torchinfo/"+c.file))
		if data == "" {
			truth.Absent(t, 1)
			continue
		}
		for label, want := range map[string]string{"Total params: ": c.params, "Trainable params: ": c.params, "Non-trainable params: ": "0",
			"Forward/backward pass size (MB): ": fmt.Sprintf("%.2f", c.forward), "Params size (MB): ": fmt.Sprintf("%.2f", c.size)} {
			if got := after(data, label); got != want {
				t.Errorf("%s: %s%s in the file, not %s", c.file, label, got, want)
			}
		}
	}
}

func after(s, label string) string {
	_, rest, _ := strings.Cut(s, label)
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(line)
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
	n := netFrom(t, "name A_b|c*d <b>&{}$%#^~\\ \"quote\" [x]\ninput 3x8x8\nx_1.y-z: conv 4 k3; concat { relu | @x_1.y-z tanh }")
	md, tex := n.markdown(), n.latex()
	if strings.Contains(md, "<b>") || !strings.Contains(md, `x\_1.y-z`) || !strings.Contains(md, `A\_b\|c\*d &lt;b&gt;&amp;`) {
		t.Error(md)
	}
	if !strings.Contains(tex, `\caption{A\_b|c*d <b>\&\{\}\$\%`) || !strings.Contains(tex, `x\_1.y-z`) {
		t.Error(tex)
	}
	for _, f := range Formats {
		if text, _ := f.Write(n); strings.TrimSpace(text) == "" {
			t.Errorf("%s writes nothing", f.Name)
		}
	}
	// What is unknown is told, never 0.
	n = netFrom(t, "input 3x?x?\nconv 4 k3; flatten; linear 10")
	for _, want := range []string{"| ? |", "**≥122**", "Trainable: ≥122"} {
		if !strings.Contains(n.markdown(), want) {
			t.Errorf("no %s in\n%s", want, n.markdown())
		}
	}
	if got := n.csv(); !strings.Contains(got, "total,0,,,1,,,,≥122") {
		t.Error(got)
	}
}

// TestReport wants the JSON report to be what the page's scripts get, and its text
// to give the same report again.
func TestReport(t *testing.T) {
	for _, z := range zoo.All() {
		n := netOf(z)
		text_, _ := report.Write(n)
		var r struct {
			Format, Name, Text string
			Rows               []map[string]any
			Totals             struct{ Params, MACs, Buffers string }
		}
		if err := json.Unmarshal([]byte(text_), &r); err != nil {
			t.Fatalf("%s: %v", z.ID, err)
		}
		again := netFrom(t, r.Text).Report
		if r.Totals.Params != again.Totals.Params(true).String() || r.Totals.MACs != again.Totals.MACs.String() || len(r.Rows) == 0 {
			t.Errorf("%s: %v", z.ID, r.Totals)
		}
	}
}

// TestFormats wants a name in both languages for every format.
func TestFormats(t *testing.T) {
	for _, f := range Formats {
		if !catalog.Has(f.Label) || f.Ext == "" || ByName(f.Name) == nil {
			t.Errorf("%s is half described", f.Name)
		}
	}
}
