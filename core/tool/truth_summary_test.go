package tool

import (
	"cmp"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/truth"
	"paramstack/core/num"
	"paramstack/core/tool/source"
)

// tableFixes replaces rows of index.csv, which a script made, by what the table
// itself states.
var tableFixes = map[string]struct{ total, why string }{
	"torchinfo/README.md_1.txt": {"3784580", "the index calls it torchsummaryX and gives no total; it is torchinfo's LSTMNet, and its last lines say 3,784,580"},
}

// halfFrozen are tables that do not state which parameters are frozen: only part of
// a layer's are.
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
		mended := tableFixes[r["file"]]
		files = append(files, truthFile{path: name, format: tableTools[r["tool"]], reader: "table", total: trueCount(cmp.Or(mended.total, total)), remark: mended.why,
			ours: func(k *count.Totals) num.Int { return k.Shown(style) },
			check: func(t *testing.T, _ *source.Result, report *count.Report) {
				var untrained num.Int // what Keras has not
				if style.Keras {
					untrained = report.Totals.Twins
				}
				if trainable, ok := num.Parse(r["trainable"]); ok && !halfFrozen[r["file"]] {
					if got := report.Totals.Trainable().Sub(untrained); !got.Equal(trainable) {
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
