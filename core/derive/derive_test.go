package derive

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/randnet"
	"paramstack/core/internal/tooltest"
	"paramstack/core/layer"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

var langs = []catalog.Lang{catalog.English, catalog.Korean}

// rowsOf lists the rows of a report, blocks before what is in them.
func rowsOf(rows []*count.Row) []*count.Row {
	var all []*count.Row
	for _, row := range rows {
		all = append(append(all, row), rowsOf(row.Children)...)
	}
	return all
}

// TestGolden compares explanations with those that were read with care. The comment of
// a case lists the names of the rows that are explained.
func TestGolden(t *testing.T) {
	blocks := 0
	tooltest.Golden(t, "testdata/*.txtar", 8, func(t *testing.T, archive *txtar.Archive) (got []txtar.File) {
		r := tooltest.NetFrom(t, string(archive.Files[0].Data)).Report
		e := New(r, count.PyTorch)
		for _, l := range langs {
			var b strings.Builder
			for _, wanted := range strings.Fields(string(archive.Comment)) {
				for _, row := range rowsOf(r.Rows) {
					if row.Name != wanted {
						continue
					}
					blocks++
					x := e.Of(row)
					b.WriteString(row.Name + "\n  " + strings.Join(x.Sentences(l), "\n  ") + "\n")
					break
				}
			}
			got = append(got, txtar.File{Name: l.Tag(), Data: []byte(b.String())})
		}
		return got
	})
	if blocks < 2*25 {
		t.Errorf("only %d blocks are explained", blocks/2)
	}
}

// TestKinds explains a layer of every kind. Something is said of each, in both
// languages; each tensor is named with its number, and each of its factors is
// explained.
func TestKinds(t *testing.T) {
	explained := map[*layer.Kind]bool{}
	sources := append(tooltest.EveryKind(), "input 3x8x8; opaque type=Magic weights=3x4,5 buffers=7 out=9; opaque type=Other",
		"input 4x9x9; deformconv 6 k3 p1 { | conv 18 k3 p1 }")
	for _, source := range sources {
		r := tooltest.NetFrom(t, source).Report
		for _, style := range []count.Style{count.PyTorch, count.Keras, {}, {Biases: true, Flat: true}} {
			e := New(r, style)
			for _, row := range rowsOf(r.Rows) {
				explained[row.Kind()] = true
				check(t, source, e, row)
			}
		}
	}
	for _, k := range layer.Kinds {
		if !explained[k] {
			t.Errorf("no network has a %s", k.Name)
		}
	}
}

func check(t *testing.T, source string, e *Explainer, row *count.Row) {
	t.Helper()
	if fault := wrong(e, row); fault != "" {
		t.Errorf("%s: %s: %s", source, row.Name, fault)
	}
}

// wrong holds an explanation against the weights that the row declares, and returns
// what is wrong with it.
func wrong(e *Explainer, row *count.Row) string {
	x := e.Of(row)
	for _, l := range langs {
		sentences := x.Sentences(l)
		whole := strings.Join(sentences, "\n")
		var factors strings.Builder
		for _, tensor := range x.Tensors {
			for _, f := range tensor.Factors {
				factors.WriteString(f.Say.In(l) + "\n")
			}
		}
		leaf := row.Form == count.FormLeaf || row.Form == count.FormBranch
		if leaf && len(sentences) == 0 && !row.Counts.ParamsAtLeast && !row.Broken() {
			return "nothing is said in " + l.Tag()
		}
		for _, key := range []string{"reason.", "tensor.", "derive.", "factor.", "{0}", "{1}", "-1",
			"(는)", "(가)", "(를)", "(와)", "(으)"} {
			if strings.Contains(whole, key) {
				return "it has " + key + ": " + whole
			}
		}
		for i := range row.Weights {
			w := &row.Weights[i]
			if w.Shared() || !e.style.Counts(w) {
				continue
			}
			if n, ok := w.Count(); ok && !strings.Contains(strings.ReplaceAll(whole, ",", ""), n.String()) {
				return "no number of " + w.Name + ", " + n.String() + ": " + whole
			}
			for _, f := range count.Compute(layer.Sum{w.Factors}, e.style) {
				if said := factors.String(); f.Factor != nil && !strings.Contains(said, f.Text+":") &&
					!strings.Contains(said, f.Text+"·") && !strings.Contains(said, f.Text+" = ") {
					return "the factor " + f.Text + " of " + w.Name + " is not explained: " + whole
				}
			}
		}
	}
	said := map[string]bool{}
	for _, s := range x.Sentences(catalog.English) {
		if said[s] {
			return "said twice: " + s
		}
		said[s] = true
	}
	return ""
}

// TestTokens: a factor's sentence begins with the piece of the row's formula that it is
// about, which the page lights.
func TestTokens(t *testing.T) {
	n := 0
	for _, source := range tooltest.EveryKind() {
		r := tooltest.NetFrom(t, source).Report
		e := New(r, count.PyTorch)
		for _, row := range rowsOf(r.Rows) {
			formula := r.Formula(row, count.PyTorch)
			x := e.Of(row)
			for i := range x.Tensors {
				for _, f := range x.Tensors[i].Factors {
					n++
					if at := x.Tensors[i].At + f.Token; at >= len(formula) || !strings.HasPrefix(f.Say.In(catalog.English), formula[at].Text) {
						t.Errorf("%s: %s: %q is not about piece %d of %s", source, row.Name, f.Say.In(catalog.English), at, count.Text(formula))
					}
				}
			}
		}
	}
	if n < 300 {
		t.Errorf("only %d factors", n)
	}
}

// TestZoo explains every row of every network, in both ways of counting.
func TestZoo(t *testing.T) {
	n := 0
	for _, z := range zoo.All() {
		r := count.Of(z.Model())
		for _, style := range []count.Style{count.PyTorch, count.Keras} {
			e := New(r, style)
			if !e.For(r, style) {
				t.Fatal("it is not what it was made for")
			}
			for _, row := range rowsOf(r.Rows) {
				check(t, z.ID, e, row)
				n++
			}
		}
	}
	t.Log(n, "rows")
}

// TestUnknown explains what cannot be counted: without inputs, with unknown extents,
// with errors, with absurd sizes.
func TestUnknown(t *testing.T) {
	for _, source := range []string{
		"conv 4 k3", "linear 10", "bn", "lstm 4", "attention 2", "embedding 10x4", "add { conv 4 k3 | }", "name Nothing",
		"input 3x?x?; conv 4 k3; bn; flatten; linear 10; bn", "input ?x8x8; conv 4 k3 g2; depthwise 3; globalavgpool; linear 4",
		"input 3x8x8; conv 4 k9; bn; linear 10", "input 3x8x8; conv 4 k3 g7; flatten; linear 3", "input ?; linear 4; attention 2",
		"input ?x8; lstm 4; attention 3; layernorm; concat { linear 3 | }", "input 5x?; gru 4 layers=2 bidirectional; linear 3",
		"input 3x8x8; conv 1000000000*1000000 k1000000", "input 12; again @x; linear 4 shares @y", "input 3x8x8; opaque; conv 4 k3",
		"input 3x8x8; repeat 3 { conv 4 k99 }; repeat 2 shared { bn }", "input 3x8x8; concat { conv 4 k3 | @a }",
	} {
		r := tooltest.NetFrom(t, source).Report
		for _, style := range []count.Style{count.PyTorch, count.Keras} {
			e := New(r, style)
			for _, row := range rowsOf(r.Rows) {
				x := e.Of(row)
				for _, l := range langs {
					for _, s := range x.Sentences(l) {
						if strings.Contains(s, "-1") || strings.Contains(s, "{") || strings.Contains(s, "reason.") {
							t.Errorf("%s: %s: %s", source, row.Name, s)
						}
					}
				}
			}
		}
	}
}

// TestRandom explains random networks, broken ones among them.
func TestRandom(t *testing.T) {
	randnet.Hold(t, 300, 1000, randnet.Options{Broken: 0.1}, func(source string) string {
		file, _ := text.Parse(source)
		r := count.Of(file.Model)
		for _, style := range []count.Style{count.PyTorch, count.Keras} {
			e := New(r, style)
			for _, row := range rowsOf(r.Rows) {
				if fault := wrong(e, row); fault != "" {
					return fault
				}
			}
		}
		return ""
	})
}
