package importer

import (
	"cmp"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/truth"
	"paramstack/core/num"
	"paramstack/core/text"
)

// tableMended mends rows of index.csv, which was made by a script: what the table
// itself says.
var tableMended = map[string]struct{ total, why string }{
	"torchinfo/README.md_1.txt": {"3784580", "the index calls it torchsummaryX and gives no total; it is torchinfo's LSTMNet, and its last lines say 3,784,580"},
}

// halfFrozen are tables that do not tell which parameters are not trained: only
// part of a layer's are.
var halfFrozen = map[string]bool{"torchinfo/mixed_trainable_parameters.out": true, "torchinfo/trainable_column.out": true}

// tableTruth lists the printed tables, with the totals that they state; those that
// are trained, and problems, are checked too.
func tableTruth(t *testing.T) (files []truthFile) {
	for _, r := range truth.CSV(t, "summaries/index.csv") {
		name := "summaries/" + r["file"]
		if r["tool"] == "print(model)" || truthless[name] != "" {
			continue
		}
		style := count.Style{Biases: true, Keras: r["tool"] == "keras"}
		total := r["total_params"]
		mended := tableMended[r["file"]]
		files = append(files, truthFile{path: name, format: tableTools[r["tool"]], reader: "table", total: trueCount(cmp.Or(mended.total, total)), remark: mended.why,
			ours: func(k *count.Totals) num.Int { return k.Shown(style) },
			check: func(t *testing.T, _ *Result, report *count.Report) {
				if trainable, ok := num.Parse(r["trainable"]); ok && !halfFrozen[r["file"]] {
					if got := report.Totals.Trainable().Sub(twins(report.Totals.Counts, style)); !got.Equal(trainable) {
						t.Errorf("%s: %s trainable, stated %s", name, got, trainable)
					}
				}
				noErrors(t, name, report)
			}})
	}
	return files
}

// tableTools are the names of the tools.
var tableTools = map[string]string{"keras": "Keras summary()", "torchinfo": "torchinfo", "torchsummary": "torchsummary", "torchsummaryX": "torchinfo", "other": "torch-scan, torchstat"}

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
