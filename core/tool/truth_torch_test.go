package tool

import (
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/internal/tooltest"
	"paramstack/core/internal/truth"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// safetensorsTruth lists the files with the elements in their headers; those that
// learn are checked too: not the buffers of batch norm, nor whole numbers.
func safetensorsTruth(t *testing.T) (files []truthFile) {
	for _, r := range truth.CSV(t, "safetensors.csv") {
		learned := trueCount(r["elements_minus_bn_buffers"])
		if !strings.Contains(r["dtypes"], "F32") {
			learned = num.Of(0)
		}
		files = append(files, truthFile{path: "safetensors/" + r["file"], format: "safetensors", reader: "safetensors", total: trueCount(r["elements"]), ours: countAll,
			check: func(t *testing.T, _ *source.Result, report *count.Report) {
				if got := report.Totals.Params(true); !got.Equal(learned) {
					t.Errorf("%s: %s learned, in the file %s", r["file"], got, learned)
				}
			}})
	}
	return files
}

// torchUnknown holds why a total cannot be known from print, and by how much ours
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

// printTruth lists the printed models, with what PyTorch counts in them; buffers
// and problems are checked too.
func printTruth(t *testing.T) (files []truthFile) {
	for _, r := range truth.CSV(t, "torch_layers_index.csv") {
		name := r["model"]
		unknown := torchUnknown[name]
		files = append(files, truthFile{path: "summaries/torch_print/" + name + ".txt", format: "print(model)", reader: "torch-print", total: trueCount(r["params"]), ours: countTorch,
			unstated: unknown.missing, remark: unknown.why,
			check: func(t *testing.T, _ *source.Result, report *count.Report) {
				if b := trueCount(r["buffer_elements"]); unknown.why == "" && !b.Equal(report.Totals.Buffers()) && !strings.HasPrefix(name, "swin_v2") {
					t.Errorf("%s: %s buffers, PyTorch has %s", name, report.Totals.Buffers(), b)
				}
				noErrors(t, name, report)
			}})
	}
	return files
}

// noErrors checks that a network is valid.
func noErrors(t *testing.T, name string, report *count.Report) {
	t.Helper()
	for _, d := range report.Problems {
		if d.Severity == diag.Error {
			t.Errorf("%s: %s: %v", name, report.Name(d.Node), d)
		}
	}
}

// TestTorchPrint compares the shapes of every printed model with those that
// PyTorch gave, with the input's size filled in.
func TestTorchPrint(t *testing.T) {
	shapes, absent := tally{}, 0
	for _, r := range truth.CSV(t, "torch_layers_index.csv") {
		data := truth.Read(t, "summaries/torch_print/"+r["model"]+".txt")
		if data == nil {
			absent++
			continue
		}
		res, _, d := Read(tooltest.File(r["model"]+".txt", data))
		if d != nil {
			t.Errorf("%s: %v", r["model"], d)
			continue
		}
		shapes.compare(t, r["model"], res.Model, r["input_chw"], truth.CSV(t, "torch_layers/"+r["model"]+".csv"))
	}
	truth.Absent(t, absent)
	t.Logf("shapes of layers: %d equal, %d not known, %d differ", shapes.equal, shapes.unknown, shapes.differ)
}

// unordered are networks whose wiring print does not show: their shapes are not
// those of the layers' places.
var unordered = map[string]bool{"mvit_v1_b": true, "mvit_v2_s": true}

// A tally counts compared rows.
type tally struct{ equal, unknown, differ int }

// compare sets the first input to the size that PyTorch was run at, and compares
// the output of each layer with a label with the row of that module.
func (c *tally) compare(t *testing.T, name string, m arch.Model, input string, rows []truth.Record) {
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
	for _, row := range rows {
		_, sample, _ := strings.Cut(row["output"], "x")
		if sample != "" { // "": not called when it answers only
			outs[graph.Label(row["module"])] = append(outs[graph.Label(row["module"])], sample)
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
