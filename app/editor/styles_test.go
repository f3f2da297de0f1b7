package editor

import (
	stdcsv "encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/tool"
	"paramstack/core/tool/target"
	"paramstack/core/zoo"
)

// All outputs show the same numbers. The test walks every network of the zoo in
// every style. It counts independently, from the tensors that the layers declare,
// and compares row by row: the page, its side panel, the record
// (paramstack.report() and the JSON), the tables, torchinfo's summary and the
// derivation. Formulas are evaluated, and rows are added up.
func TestStyles(t *testing.T) {
	var compared atomic.Int64
	t.Run("zoo", func(t *testing.T) {
		for _, n := range zoo.All() {
			t.Run(n.ID, func(t *testing.T) {
				t.Parallel()
				compared.Add(styles(t, n.Model()))
			})
		}
		for name, src := range inNoZoo {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				compared.Add(styles(t, start(t, src).Doc.Model))
			})
		}
	})
	t.Logf("%d networks in 8 styles, %d numbers compared", len(zoo.All())+len(inNoZoo), compared.Load())
}

// inNoZoo are what no published network has: frozen layers, weights shared in
// part, joins that learn, recurrent layers of every sort.
var inNoZoo = map[string]string{
	"recurrent": "input 7x4; lstm 5 l2 bidirectional frozen; gru 6; gru 6 resetbefore; rnn 3 nobias; linear 2",
	"shared":    "input 3x8x8; c: conv 3 k3 p1; bn; repeat 3 shared { conv 3 k3 p1 frozen; bn }; conv 3 k3 p1 shares @c; again @c; flatten; linear 10 frozen",
	"in part":   "input 4x8x8; c: conv 8 k1; conv 4 k1; conv 8 k1 nobias shares @c; conv 4*2 k1; a: bn; bn noaffine; relu; conv 4 k1; d: linear 8; conv 16 k8; e: flatten; linear 16 shares @d",
	"repeats":   "input 3x16x16; repeat 4 { concat { conv 2*2 k3 p1; bn | }; repeat 2 { conv 5 k1 frozen; bn frozen } }; add { conv 5 k1 | conv 5 k3 p1 }; globalavgpool flat; bilinear 10 { linear 3 | }; linear 4",
}

// A tally counts comparisons and names the place of those that fail.
type tally struct {
	*testing.T
	n     int64
	place string
}

func (t *tally) same(what string, got, want any) {
	t.n++
	if got == want {
		return
	}
	t.Helper()
	if got, want := fmt.Sprint(got), fmt.Sprint(want); got != want {
		t.Errorf("%s: %s is %s, want %s", t.place, what, got, want)
	}
}

func styles(t *testing.T, m arch.Model) int64 {
	tally := &tally{T: t}
	s := start(t, text.Format(m))
	s.View.Limit = 1 << 30
	report := s.Doc.Report
	before := ""
	for i := range 8 {
		p := Prefs{Flat: i&1 != 0, Keras: i&2 != 0, NoBiases: i&4 != 0}
		tally.place = fmt.Sprintf("keras %v, no biases %v, flat %v", p.Keras, p.NoBiases, p.Flat)
		right := rightOf(report, p.Keras, !p.NoBiases)
		n := &target.Network{Model: m, Report: report, Style: p.Style(), Lang: catalog.English}
		csv := written(tally, n, "csv")
		right.record(tally, n)
		right.tables(tally, n, csv)
		if p.Flat && csv == before {
			right.page(tally, s, p) // no map is laid flat in this network
			continue
		}
		before = csv
		right.derivation(tally, n)
		if !p.Keras && !p.NoBiases && !p.Flat {
			right.torchinfo(tally, n)
		}
		right.page(tally, s, p)
		if t.Failed() {
			break // in one style is enough to see
		}
	}
	return tally.n
}

// record holds paramstack.report(), and the JSON file, against what is right.
func (r *right) record(t *tally, n *target.Network) {
	record := n.Report.Record("", n.Style)
	compare := func(what string, got map[string]any, want styled) {
		t.same(what, spaced(got["params"], got["weights"], got["biases"], got["trainable"], got["frozen"], got["buffers"]),
			spaced(want.params, want.weights, want.biases, want.trainable, want.frozen, want.buffers))
	}
	compare("the record's total", record["totals"].(map[string]any), r.total)
	rows := record["rows"].([]any)
	next := 0
	var walk func(rows []*count.Row)
	walk = func(list []*count.Row) {
		for _, row := range list {
			got := rows[next].(map[string]any)
			next++
			compare("the record of "+row.Name, got, r.all(row))
			if f, ok := got["formula"]; ok {
				t.formula("the record's formula of "+row.Name, f.(string), r.of[row].params)
			}
			walk(row.Children)
		}
	}
	walk(n.Report.Rows)
	t.same("rows of the record", next, len(rows))

	type numbers struct{ Params, Weights, Biases, Trainable, Frozen, Buffers, Formula string }
	var file struct {
		Counting   string
		WithBiases bool
		Totals     numbers
		Rows       []numbers
	}
	if err := json.Unmarshal([]byte(written(t, n, "json")), &file); err != nil {
		t.Fatal(err)
	}
	t.same("the style of the JSON", spaced(file.Counting, file.WithBiases), spaced(record["counting"], record["withBiases"]))
	t.same("rows of the JSON", len(file.Rows), len(rows))
	for i, got := range append(file.Rows, file.Totals) {
		want := record["totals"].(map[string]any)
		if i < len(rows) {
			want = rows[i].(map[string]any)
		}
		text := func(name string) string { s, _ := want[name].(string); return s }
		t.same("the JSON", got, numbers{text("params"), text("weights"), text("biases"), text("trainable"), text("frozen"), text("buffers"), text("formula")})
	}
}

func written(t *tally, n *target.Network, id string) string {
	t.Helper()
	out, problems := tool.WriterByID(id).Write(n)
	if len(problems) > 0 {
		t.Fatalf("%s: %v", id, problems)
	}
	return out
}

// tables compares the CSV, Markdown and LaTeX tables with what is right, times
// repetitions.
func (r *right) tables(t *tally, n *target.Network, csv string) {
	cells, err := stdcsv.NewReader(strings.NewReader(csv)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range cells[0] {
		column[name] = i
	}
	cells = cells[1:]
	markdown, latex := markdownCells(written(t, n, "markdown")), latexCells(written(t, n, "latex"))
	t.same("lines of the tables", spaced(len(markdown), len(latex)), spaced(len(cells), len(cells)))
	at := -1
	line := func(what string, want styled) {
		c := func(name string) string { return cells[at][column[name]] }
		t.same(what+" in the CSV", c("parameters")+" "+c("trainable")+" "+c("buffers"), spaced(want.params, want.trainable, want.buffers))
		shown := want.params.Grouped()
		if want.params.IsZero() && what != "the total" {
			shown = ""
		}
		t.same(what+" in Markdown", markdown[at][4], shown)
		t.same(what+" in LaTeX", latex[at][3], shown)
	}
	r.walk(r.report.Rows, num.Of(1), func(row *count.Row, times num.Int) {
		for at++; cells[at][column["parameters"]] == "" && at < len(cells)-1; at++ { // heads of blocks
		}
		want := styled{}.plus(r.of[row], times)
		t.same("a line", cells[at][column["name"]], row.Name)
		line(row.Name, want)
		formula := cells[at][column["parameter_formula"]]
		t.formula(row.Name+"'s formula", strings.TrimPrefix(formula, "'"), want.params)
		t.same(row.Name+"'s formula in Markdown", strings.ReplaceAll(markdown[at][3], `\`, ""), strings.TrimPrefix(formula, "'"))
	})
	for at++; at < len(cells)-1; at++ { // heads of empty blocks
		t.same("a last line", cells[at][column["parameters"]], "")
	}
	line("the total", r.total)
}

// torchinfo compares the summary, which counts as PyTorch does in any style.
func (r *right) torchinfo(t *tally, n *target.Network) {
	table := strings.Split(written(t, n, "summary"), "\n")
	total := func(name string) string {
		for _, line := range table {
			if value, ok := strings.CutPrefix(line, name+": "); ok {
				return value
			}
		}
		return "missing"
	}
	t.same("torchinfo's total", total("Total params"), r.total.params.Grouped())
	t.same("torchinfo's trainable", total("Trainable params"), r.total.trainable.Grouped())
	t.same("torchinfo's others", total("Non-trainable params"), r.total.frozen.Grouped())
	rows := rowsOfSummary(table)
	r.walk(r.report.Rows, num.Of(1), func(row *count.Row, times num.Int) {
		for len(rows) > 0 && !rows[0].layer {
			rows = rows[1:]
		}
		if len(rows) == 0 {
			t.Fatalf("%s: torchinfo's table lacks %s", t.place, row.Name)
		}
		t.same("a row of torchinfo's", rows[0].name, row.Name)
		want := r.of[row].params.Mul(times).Grouped()
		if want == "0" {
			want = rows[0].params // -- or (recursive)
			t.same(row.Name+" in torchinfo's", want == "--" || want == "(recursive)", true)
		}
		t.same(row.Name+" in torchinfo's", rows[0].params, want)
		rows = rows[1:]
	})
}

// derivation holds every formula of the derivation, its running total, and its
// sums against what is right.
func (r *right) derivation(t *tally, n *target.Network) {
	var each []num.Int    // what the rows with parameters have, in one repetition
	var running []num.Int // the total, each time it grows
	var sum num.Int
	r.derived(r.report.Rows, num.Of(1), func(row *count.Row, times num.Int) {
		own := r.of[row].params
		if own.IsZero() {
			return
		}
		sum = sum.Add(own.Mul(times))
		each, running = append(each, own), append(running, sum)
	})
	item := func(line string, key catalog.Key) (string, bool) {
		return strings.CutPrefix(line, catalog.English.In(key)+" ")
	}
	var families, last num.Int
	said := map[string]bool{}
	for line := range strings.Lines(written(t, n, "derivation-markdown")) {
		line = strings.ReplaceAll(strings.TrimSpace(line), `\`, "")
		line, _ = strings.CutPrefix(line, "- ")
		if formula, ok := item(line, catalog.DeriveParams); ok && strings.Contains("0123456789(", formula[:1]) {
			formula, _, _ = strings.Cut(formula, ", ")
			for _, side := range strings.Split(formula, " = ") {
				if len(each) == 0 {
					t.Fatalf("%s: the derivation has %s too much", t.place, line)
				}
				t.formula("the derivation's", side, each[0])
			}
			each = each[1:]
		}
		if so, ok := item(line, catalog.DeriveSoFar); ok {
			if now := first(t, so); !now.Equal(last) {
				if last = now; len(running) == 0 {
					t.Fatalf("%s: the derivation goes on: %s", t.place, line)
				}
				t.same("the running total", now, running[0])
				running = running[1:]
			}
		}
		if total, ok := item(bold.Replace(line), catalog.DeriveTotal); ok {
			t.same("the derivation's total", first(t, total), r.total.params)
			said["total"] = true
		}
		if strings.Contains(line, "%") {
			m := familySentence.FindStringSubmatch(line)
			if m == nil {
				continue // a lesson
			}
			families = families.Add(number(t, m[2]))
		}
		trained, frozen, buffers := r.total.trainable.Grouped(), r.total.frozen.Grouped(), r.total.buffers.Grouped()
		remark := torchTrained
		if n.Style.Keras {
			remark = kerasTrained
		}
		if !strings.Contains(line, trained) {
			continue
		}
		if m := remark.FindStringSubmatch(line); m != nil {
			t.same("the derivation's remark", strings.Join(m[1:], " "), strings.Join([]string{trained, frozen, buffers}, " "))
			said["remark"] = true
		}
	}
	t.same("rows and totals that the derivation lacks", spaced(len(each), len(running), 2-len(said)), "0 0 0")
	t.same("the derivation's families", families, r.total.params)
}

// page holds every row of the page, and the side panel, against what is right.
func (r *right) page(t *tally, s State, p Prefs) {
	s = play(s, RestorePrefs{p}, FoldAll{Open: true})
	var params num.Int
	for i, view := range allRows(s.Page) {
		at, f := &s.Page.spots[i], view.Facts
		own, all, shown := r.of[at.row], r.all(at.row), f.Value
		t.same(at.row.Name+" on the page", f.Params, all.params)
		formula := strings.ReplaceAll(pieceText(f.Formula), " × ", "·")
		switch shared := catalog.English.In(catalog.CountedAt, r.report.Name(at.row.SharesWith)); {
		case shown == shared:
			t.same(at.row.Name+", which shares,", all.params, "0")
		case all.params.IsZero():
			t.same(at.row.Name+"'s value", shown, "")
		default:
			t.same(at.row.Name+"'s value", shown, all.params.Grouped())
			if formula != "" && !strings.Contains(formula, "…") {
				t.formula(at.row.Name+"'s formula on the page", formula, all.params)
			}
		}
		if at.row.Form == count.FormLeaf {
			t.same(at.row.Name+"'s buffers", strings.ReplaceAll(f.Buffers, ",", "") != "", !own.buffers.IsZero())
		}
		params = params.Add(own.params.Mul(at.times))
	}
	t.same("rows hidden", s.Page.Hidden, 0)
	t.same("the sum of the page's rows", params, r.total.params)
	sum, all := s.Page.Summary, r.total
	t.same("the panel", spaced(sum.Raw.Params, sum.Raw.Weights, sum.Raw.Biases, sum.Raw.Trainable, sum.Raw.Buffers),
		spaced(all.params, all.weights, all.biases, all.trainable, all.buffers))
	t.same("the panel as written", spaced(sum.Params, sum.Weights, sum.Biases, sum.Trainable),
		spaced(all.params.Grouped(), all.weights.Grouped(), all.biases.Grouped(), all.trainable.Grouped()))
	if frozen := all.frozen.Grouped(); frozen != "0" || sum.Frozen != "" {
		t.same("the panel's frozen", sum.Frozen, frozen)
	}
	whole := all.weights.Add(all.biases)
	if p.Keras {
		whole = whole.Add(all.buffers)
	}
	t.same("the panel's parts", whole, all.params)
	t.same("what is trained and what is not", all.trainable.Add(all.frozen), all.params)
}
