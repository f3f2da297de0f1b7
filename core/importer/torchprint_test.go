package importer

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/truth"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/text"
)

// open reads a file and its report; notes are logged with -v.
func open(t testing.TB, path string) (*Result, *Format, *count.Report) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r, format, d := Import(&File{Name: filepath.Base(path), Size: int64(len(data)), At: strings.NewReader(string(data))})
	if d != nil {
		t.Errorf("%s: %v", path, d)
		return nil, format, nil
	}
	// What is read can be written, and read again.
	src := text.Format(r.Model)
	again, problems := text.Parse(src)
	if len(problems) > 0 {
		t.Errorf("%s: its text does not parse: %v", path, problems[0])
	} else if text.Format(again.Model) != src {
		t.Errorf("%s: its text changes when it is read again", path)
	}
	return r, format, count.Of(r.Model)
}

// opaques lists the opaque layers of a model by what they are called.
func opaques(m arch.Model) map[string]int {
	found := map[string]int{}
	m.Walk(func(n arch.Node) {
		if leaf, ok := n.(*arch.Leaf); ok && leaf.Layer.Kind().Name == "opaque" {
			found[leaf.Layer.(*layer.Opaque).Type.Text()]++
		}
	})
	return found
}

// torchUnknown says why a total cannot be known from print, and by how much ours
// is smaller.
var torchUnknown = map[string]struct {
	missing int64
	why     string
}{
	"vit_b_16":  {197 * 768, "the table of positions, [1, 197, 768], is a parameter of the encoder"},
	"vit_b_32":  {50 * 768, "the table of positions, [1, 50, 768], is a parameter of the encoder"},
	"vit_l_16":  {197 * 1024, "the table of positions, [1, 197, 1024], is a parameter of the encoder"},
	"vit_l_32":  {50 * 1024, "the table of positions, [1, 50, 1024], is a parameter of the encoder"},
	"vit_h_14":  {257 * 1280, "the table of positions, [1, 257, 1280], is a parameter of the encoder"},
	"mvit_v1_b": {96 + 56*56*96 + 8*96 + 96, "the class token and the tables of positions are parameters of PositionalEncoding"},
	"mvit_v2_s": {130_272, "the class token and rel_pos_h, rel_pos_w and rel_pos_t are parameters of PositionalEncoding and MultiscaleAttention"},
}

// TestTorchPrint compares the totals of every printed model with PyTorch's.
func TestTorchPrint(t *testing.T) {
	dir := filepath.Join(truth.Dir(t), "summaries", "torch_print")
	var table strings.Builder
	equal, clear, shapes := 0, 0, tally{}
	for _, want := range truth.CSV(t, "torch_layers_index.csv") {
		name := want["model"]
		r, format, report := open(t, filepath.Join(dir, name+".txt"))
		if r == nil {
			continue
		}
		if format.Name != "torch-print" {
			t.Errorf("%s is read as %s", name, format.Name)
		}
		ours := report.Totals.Params(true)
		truth, _ := num.Parse(want["params"])
		difference := truth.Sub(ours)
		unknown := torchUnknown[name]
		switch {
		case report.Totals.ParamsAtLeast != (unknown.why != ""):
			t.Errorf("%s: at least is %v", name, report.Totals.ParamsAtLeast)
		case unknown.why != "" && !difference.Equal(num.Of(unknown.missing)), unknown.why == "" && !difference.IsZero():
			t.Errorf("%s: %s parameters, PyTorch has %s", name, ours, truth)
		case unknown.why == "":
			equal++
			if b, _ := num.Parse(want["buffer_elements"]); !b.Equal(report.Totals.Buffers()) && !strings.HasPrefix(name, "swin_v2") {
				t.Errorf("%s: %s buffers, PyTorch has %s", name, report.Totals.Buffers(), b)
			}
		}
		for _, d := range report.Problems {
			if d.Severity == 0 {
				t.Errorf("%s: %s: %v", name, report.Name(d.Node), d)
			}
		}
		kinds := opaques(r.Model)
		if len(kinds) == 0 {
			clear++
		}
		fmt.Fprintf(&table, "%-28s %12s %12s %8s %v %s\n", name, truth, ours, difference, kinds, unknown.why)
		shapes.compare(t, name, r.Model, want["input_chw"])
		if testing.Verbose() {
			for _, n := range r.Notes {
				fmt.Fprintf(&table, "    %s\n", n.Say.In(catalog.English))
			}
		}
	}
	t.Logf("file, parameters in PyTorch, ours, difference, opaque layers\n%s%d equal, %d without opaque layers", &table, equal, clear)
	t.Logf("shapes of layers, with the input's size filled in: %d equal, %d not known, %d differ", shapes.equal, shapes.unknown, shapes.differ)
}

// unordered are networks whose wiring print does not tell: their shapes are not
// those of the layers' places.
var unordered = map[string]bool{"mvit_v1_b": true, "mvit_v2_s": true}

// A tally counts compared rows.
type tally struct{ equal, unknown, differ int }

// compare sets the first input to the size that PyTorch was run at, and compares
// the output of each layer with a label with the row of that module.
func (c *tally) compare(t *testing.T, name string, m arch.Model, input string) {
	t.Helper()
	src := text.Format(m)
	at := strings.Index(src, "\ninput ") + 1
	line := src[at : at+strings.IndexByte(src[at:], '\n')]
	file, problems := text.Parse(strings.Replace(src, line, "input "+input, 1))
	if len(problems) > 0 {
		t.Errorf("%s: %v", name, problems[0])
		return
	}
	outs := map[string][]string{}
	for _, row := range truth.CSV(t, "torch_layers/"+name+".csv") {
		_, sample, _ := strings.Cut(row["output"], "x")
		if sample != "" { // "": not called when it answers only
			outs[Label(row["module"])] = append(outs[Label(row["module"])], sample)
		}
	}
	report := count.Of(file.Model)
	report.Leaves(func(row *count.Row, _ num.Int) {
		label := row.Node.Head().Label
		want := outs[label]
		got := strings.ReplaceAll(row.Out.String(), "×", "x")
		switch {
		case label == "" || want == nil || unordered[name]:
		case strings.Contains(got, "?"):
			c.unknown++
		case want[0] == got:
			c.equal++
		default:
			if c.differ++; c.differ < 40 {
				t.Errorf("%s: %s gives %s, in PyTorch %s", name, label, got, want)
			}
		}
	})
}
