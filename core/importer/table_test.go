package importer

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/truth"
	"paramstack/core/num"
	"paramstack/core/text"
)

// tableTruth mends rows of index.csv, which was made by a script: what the table
// itself says.
var tableTruth = map[string]struct{ total, why string }{
	"torchinfo/README.md_1.txt": {"3784580", "the index calls it torchsummaryX and gives no total; it is torchinfo's LSTMNet, and its last lines say 3,784,580"},
}

// halfFrozen are tables that do not tell which parameters are not trained: only
// part of a layer's are.
var halfFrozen = map[string]bool{"torchinfo/mixed_trainable_parameters.out": true, "torchinfo/trainable_column.out": true}

// TestTables compares the totals of every printed table with those that it states.
func TestTables(t *testing.T) {
	dir := filepath.Join(truth.Dir(t), "summaries")
	var table strings.Builder
	equal, clear, layers, kind := 0, 0, 0, 0
	unknown := map[string]int{}
	for _, want := range truth.CSV(t, "summaries/index.csv") {
		if want["tool"] == "print(model)" || want["file"] == "torch-scan/README.md_1.txt" { // a report of FLOPs, no table of layers
			continue
		}
		total := want["total_params"]
		if mended := tableTruth[want["file"]]; mended.total != "" {
			total = mended.total
		}
		r, format, report := open(t, filepath.Join(dir, want["file"]))
		if r == nil {
			continue
		}
		stated, ok := num.Parse(total)
		style := count.Style{Biases: true, Keras: want["tool"] == "keras"}
		ours := report.Totals.Shown(style)
		if format.Name != "table" || !ok || !ours.Equal(stated) || report.Totals.ParamsAtLeast {
			t.Errorf("%s: read as %s, %s parameters (at least: %v), stated %s", want["file"], format.Name, ours, report.Totals.ParamsAtLeast, total)
		} else {
			equal++
		}
		if trainable, ok := num.Parse(want["trainable"]); ok && !halfFrozen[want["file"]] {
			if got := report.Totals.Trainable().Sub(twins(report.Totals.Counts, style)); !got.Equal(trainable) {
				t.Errorf("%s: %s trainable, stated %s", want["file"], got, trainable)
			}
		}
		for _, d := range report.Problems {
			if d.Severity == 0 {
				t.Errorf("%s: %s: %v", want["file"], report.Name(d.Node), d)
			}
		}
		kinds := opaques(r.Model)
		if len(kinds) == 0 {
			clear++
		}
		for k, n := range kinds {
			unknown[k] += n
		}
		report.Leaves(func(row *count.Row, _ num.Int) {
			layers++
			if row.Kind().Name != "opaque" {
				kind++
			}
		})
		fmt.Fprintf(&table, "%-90s %-12s %12s %12s %4s %v\n", want["file"], want["tool"], total, ours, stated.Sub(ours), kinds)
		if testing.Verbose() {
			for _, n := range r.Notes {
				fmt.Fprintf(&table, "    %s\n", n.Say.In(catalog.English))
			}
		}
	}
	t.Logf("file, tool, stated parameters, ours, difference, opaque layers\n%s%d equal, %d without opaque layers; %d of %d layers are of a kind of their own; opaque: %v",
		&table, equal, clear, kind, layers, unknown)
}

// TestTableRows reads tables written by hand.
func TestTableRows(t *testing.T) {
	for name, c := range map[string]struct{ table, want string }{
		"Keras 3": {`Model: "sequential"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ conv2d (Conv2D)                 │ (None, 26, 26, 32)     │           320 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ max_pooling2d (MaxPooling2D)    │ (None, 13, 13, 32)     │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ flatten (Flatten)               │ (None, 5408)           │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ dense (Dense)                   │ (None, 10)             │        54,090 │
└─────────────────────────────────┴────────────────────────┴───────────────┘
 Total params: 54,410 (212.54 KB)
 Trainable params: 54,410 (212.54 KB)
 Non-trainable params: 0 (0.00 B)
`, "name sequential; input 1x28x28; conv2d: conv 32 k3 pvalid; max_pooling2d: maxpool 2 s2 pvalid; flatten: flatten; dense: linear 10"},
		"torchsummary": {`----------------------------------------------------------------
        Layer (type)               Output Shape         Param #
================================================================
            Conv2d-1         [-1, 64, 112, 112]           9,408
       BatchNorm2d-2         [-1, 64, 112, 112]             128
         MaxPool2d-3           [-1, 64, 56, 56]               0
            Conv2d-4          [-1, 256, 56, 56]          16,384
            Mystery-5          [-1, 9, 56, 56]          12
================================================================
Total params: 25,932
`, "name x; input 3x224x224; conv 64 k7 s2 p3 nobias; bn; maxpool 2 s2; conv 256 k1 nobias; opaque type=Mystery weights=12 buffers=none out=9x56x56"},
	} {
		r, _, d := Import(bytesFile("x.txt", []byte(c.table)))
		if d != nil {
			t.Errorf("%s: %v", name, d)
			continue
		}
		if s := strings.ReplaceAll(strings.TrimSpace(text.Format(r.Model)), "\n", "; "); s != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, s, c.want)
		}
	}
}
