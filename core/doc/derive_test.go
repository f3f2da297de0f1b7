package doc

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/tools/txtar"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/target"
	"paramstack/core/zoo"
)

var langs = []catalog.Lang{catalog.English, catalog.Korean}

// TestDerivationGolden compares whole derivations in both formats and languages
// with those that were read with care. With "nobias" in its comment a case leaves
// biases out.
func TestDerivationGolden(t *testing.T) {
	tooltest.Golden(t, "testdata/*.txtar", 3, func(t *testing.T, archive *txtar.Archive) (got []txtar.File) {
		n := tooltest.NetFrom(t, string(archive.Files[0].Data))
		n.Style.Biases = !strings.Contains(string(archive.Comment), "nobias")
		for _, n.Lang = range langs {
			for _, f := range []target.Writer{DerivationMarkdown, DerivationLaTeX} {
				out, _ := f.Write(n)
				got = append(got, txtar.File{Name: n.Lang.Tag() + f.Ext, Data: []byte(out)})
			}
		}
		return got
	})
}

// TestDerivationPost checks the numbers of the Korean post, as written there.
func TestDerivationPost(t *testing.T) {
	for i := range zoo.Presets {
		if zoo.Presets[i].ID != "alexnet-post" {
			continue
		}
		n := tooltest.NetOf(zoo.Presets[i])
		n.Style.Biases = false
		for _, n.Lang = range langs {
			md, _ := DerivationMarkdown.Write(n)
			for _, want := range []string{
				"11·11·3·(48·2) = 34,848", "5·5·48·128·2 = 307,200", "3·3·(128·2)·(192·2) = 884,736", "3·3·192·192·2 = 663,552",
				"3·3·192·128·2 = 442,368", "(13·13·128·2)·(2048·2) = 177,209,344",
				"⌊(n + 2p − k)/s⌋ + 1 = ⌊(227 + 2·0 − 11)/4⌋ + 1 = 55", "34,848·55·55 = 105,415,200",
				"34,848 + 307,200 + 884,736 + 663,552 + 442,368 + 177,209,344",
			} {
				if !strings.Contains(md, want) {
					t.Errorf("%s: no %s", n.Lang.Tag(), want)
				}
			}
		}
		n.Style.Flat = true
		if md, _ := DerivationMarkdown.Write(n); !strings.Contains(md, "43264·(2048·2) = 177,209,344") {
			t.Error("flat is not respected")
		}
		return
	}
	t.Fatal("no such preset")
}

// TestDerivations writes every network of the zoo in every way and checks that sums
// equal the report's, that steps compute the extents they end with, and that LaTeX
// is balanced.
func TestDerivations(t *testing.T) {
	steps := 0
	for _, z := range zoo.All() {
		n := tooltest.NetOf(z)
		for _, n.Style.Keras = range []bool{false, true} {
			n.Lang = catalog.English
			md, _ := DerivationMarkdown.Write(n)
			total := n.Report.Totals
			said := lastLine(md, "Running total: ")
			if want := total.Shown(n.Style).Grouped() + " parameters, " + total.MACs.Grouped() + " MACs"; said != want || lastLine(md, "**Total:** ") != want {
				t.Errorf("%s: running total %s, total %s, want %s", z.ID, said, lastLine(md, "**Total:** "), want)
			}
			for _, line := range regexp.MustCompile(`(?m)^- Parameters, layer by layer: (.*) = (.*)$`).FindAllStringSubmatch(md, -1) {
				var sum num.Int
				for _, part := range strings.Split(line[1], " + ") {
					v, _ := num.Parse(strings.ReplaceAll(part, ",", ""))
					sum = sum.Add(v)
				}
				if sum.Grouped() != line[2] {
					t.Errorf("%s: the layers add up to %s, not %s", z.ID, sum.Grouped(), line[2])
				}
			}
		}
		for _, n.Lang = range langs {
			tex, _ := DerivationLaTeX.Write(n)
			wholeLaTeX(t, z.ID, tex)
			if md, _ := DerivationMarkdown.Write(n); strings.Contains(md, "derive.") || strings.Contains(md, "{0}") {
				t.Errorf("%s: a sentence is missing", z.ID)
			}
		}
		steps += checkSteps(t, z.ID, n.Report.Rows)
	}
	if steps < 10000 {
		t.Errorf("only %d steps", steps)
	}
	t.Log(steps, "steps")
}

// lastLine returns the rest of the line after the last occurrence of a label.
func lastLine(s, label string) string {
	i := strings.LastIndex(s, label)
	if i < 0 {
		return ""
	}
	line, _, _ := strings.Cut(s[i+len(label):], "\n")
	return line
}

func checkSteps(t *testing.T, id string, rows []*count.Row) int {
	sum := 0
	for _, row := range rows {
		for _, s := range steps(row) {
			sum++
			if v := s.Expr.Value(); !v.Equal(num.Of(row.Out[s.Extent].N)) {
				t.Errorf("%s: %s gives %s in the derivation, %s in the report", id, row.Name, v, row.Out)
			}
		}
		sum += checkSteps(t, id, row.Children)
	}
	return sum
}

var escaped = regexp.MustCompile(`\\[\\{}$&%#_]`)

// wholeLaTeX checks that braces, environments and formulas are closed, and that
// LaTeX's fonts have every character.
func wholeLaTeX(t *testing.T, id, tex string) {
	t.Helper()
	var open []string
	for _, m := range regexp.MustCompile(`\\(begin|end)\{(\w+)\}`).FindAllStringSubmatch(tex, -1) {
		if m[1] == "begin" {
			open = append(open, m[2])
		} else if n := len(open) - 1; n < 0 || open[n] != m[2] {
			t.Fatalf("%s: \\end{%s} closes %v", id, m[2], open)
		} else {
			open = open[:n]
		}
		if len(open) > 4 {
			t.Fatalf("%s: lists nest too deep: %v", id, open)
		}
	}
	if len(open) > 0 || !strings.HasSuffix(tex, "\\end{document}\n") {
		t.Fatalf("%s: %v is open at the end", id, open)
	}
	korean := strings.Contains(tex, "{kotex}")
	for _, line := range strings.Split(tex, "\n") {
		bare := escaped.ReplaceAllString(line, "")
		if strings.HasPrefix(bare, "%") {
			continue
		}
		if strings.Count(bare, "{") != strings.Count(bare, "}") || strings.Count(bare, "$")%2 != 0 || strings.ContainsAny(bare, "%#&") {
			t.Fatalf("%s: not closed, or not escaped: %s", id, line)
		}
		for _, r := range line {
			if r >= 0x80 && !strings.ContainsRune("’‘“”…\u00a0", r) && !(korean && unicode.Is(unicode.Hangul, r)) {
				t.Fatalf("%s: %q in %s", id, r, line)
			}
		}
	}
}

// TestDerivationKinds writes a layer of every kind: the sentences that explain
// kinds contain characters that LaTeX's fonts lack.
func TestDerivationKinds(t *testing.T) {
	for _, k := range layer.Kinds {
		for _, l := range langs {
			tex := latexText(l.In(catalog.KindDoc(k.Name)))
			wholeLaTeX(t, k.Name, "\\begin{document}\n\\usepackage{kotex}"+tex+"\n\\end{document}\n")
		}
	}
}

// TestDerivationNames checks that names are escaped.
func TestDerivationNames(t *testing.T) {
	n := tooltest.NetFrom(t, "input 3x8x8\nx_1.y-z: conv 4 k3; add { relu | @x_1.y-z tanh }; opaque type=ai.x_y weights=3x4,5 out=7")
	n.Model.Name = "A_b|c*d <b>&{}$%#^~\\ [x](y)\n\\input{z}"
	for _, n.Lang = range langs {
		md, _ := DerivationMarkdown.Write(n)
		for _, want := range []string{`# A\_b\|c\*d &lt;b&gt;&amp;{}$%\#^\~\\ \[x\](y) \\input{z}`, `## x\_1.y-z`, `ai.x\_y`} {
			if !strings.Contains(md, want) {
				t.Errorf("no %s in\n%s", want, md)
			}
		}
		if strings.Contains(md, "<") {
			t.Error("a tag")
		}
		tex, _ := DerivationLaTeX.Write(n)
		wholeLaTeX(t, "names", tex)
		for _, want := range []string{`A\_b|c*d <b>\&\{\}\$\%\#\textasciicircum{}\textasciitilde{}\textbackslash{} [x](y) \textbackslash{}input\{z\}`, `\section*{x\_1.y-z}`} {
			if !strings.Contains(tex, want) {
				t.Errorf("no %s in\n%s", want, tex)
			}
		}
	}
}

// TestDerivationUnknown checks what is written where something cannot be counted,
// also for networks without an input and for empty ones.
func TestDerivationUnknown(t *testing.T) {
	for source, want := range map[string][]string{
		"conv 4 k3": {"Problem: ", "Parameters: not counted", "MACs: not counted", "**Total:** ? parameters, ? MACs", "Minimum: some layers"},
		"input 3x?x?\nconv 4 k3; flatten; linear 10": {"Parameters: 3·3·3·4 + 4 = 108 + 4 = 112", "?·10 + 10 (not counted)", "Running total: ≥122 parameters", "**Total:** ≥122 parameters"},
		"add { conv 4 k3 | }":                        {"not counted"},
		"name Nothing":                               {"**Total:** 0 parameters, 0 MACs"},
		"input 3x8x8\nconv 4 k9 p0 s1":               {"Problem: The kernel spans 9", "Output: 4×?×?", "MACs: not counted"},
	} {
		n := tooltest.NetFrom(t, source)
		md, _ := DerivationMarkdown.Write(n)
		for _, w := range want {
			if !strings.Contains(md, w) {
				t.Errorf("%s: no %q in\n%s", source, w, md)
			}
		}
		n.Lang = catalog.Korean
		tex, _ := DerivationLaTeX.Write(n)
		wholeLaTeX(t, source, tex)
	}
}
