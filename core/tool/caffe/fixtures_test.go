package caffe

import (
	"path/filepath"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/truth"
	"paramstack/core/num"
	"paramstack/core/tool/graph"
)

// TestFixtureLayers compares every layer of the prototxts that OpenCV ran.
func TestFixtureLayers(t *testing.T) {
	layers := 0
	for file, rows := range truth.FixtureLayers(t) {
		if !strings.HasPrefix(file, "caffe/") {
			continue
		}
		have := caffeRows(t, filepath.Base(file), truth.Fixture(t, file))
		var norm *count.Row
		for _, r := range rows {
			row := have[graph.Label(r["module"])]
			var got num.Int
			switch {
			case row == nil && r["class"] == "Scale" && norm != nil:
				row, got = norm, norm.Counts.Params(true) // it has become the batch norm's γ and β
			case row == nil:
				t.Errorf("%s: no layer %s", file, r["module"])
				continue
			case r["class"] == "BatchNorm":
				norm, got = row, row.Counts.Buffers()
			default:
				got = row.Counts.Params(true)
				if row.Form == count.FormBranch {
					got = row.Own.Params(true)
				}
			}
			layers++
			if out := strings.ReplaceAll(row.Out.String(), "×", "x"); out != r["output"] || got.String() != r["params"] {
				t.Errorf("%s: %s (%s): %s elements, output %s; OpenCV %s, %s", file, r["module"], r["class"], got, out, r["params"], r["output"])
			}
		}
	}
	if t.Logf("%d layers compared", layers); layers == 0 {
		t.Error("no layer was compared")
	}
}
