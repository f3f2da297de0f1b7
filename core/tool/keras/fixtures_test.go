package keras

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/truth"
)

// TestFixtureLayers compares every layer of the models that TensorFlow.js wrote
// with what it computed for them.
func TestFixtureLayers(t *testing.T) {
	layers := 0
	for file, rows := range truth.FixtureLayers(t) {
		if !strings.HasPrefix(file, "keras/") {
			continue
		}
		net := readFile(t, filepath.Base(file), truth.Fixture(t, file))
		for _, r := range rows {
			out, ok := net.first[r["module"]]
			if !ok {
				if r["class"] != "Sequential" { // a model in the model; its layers are counted
					t.Errorf("%s: no layer %s", file, r["module"])
				}
				continue
			}
			layers++
			var params int64
			for _, v := range out {
				if row := net.rows[v.node]; row != nil {
					own := row.Counts
					if row.Form == count.FormBranch {
						own = row.Own
					}
					n, _ := own.Shown(style).Int64()
					params += n
				}
			}
			got := strings.ReplaceAll(net.shape(out[len(out)-1]).String(), "×", "x")
			if fmt.Sprint(params) != r["params"] || got != r["output"] {
				t.Errorf("%s: %s (%s): %d parameters, output %s; TensorFlow.js %s, %s", file, r["module"], r["class"], params, got, r["params"], r["output"])
			}
		}
	}
	if t.Logf("%d layers compared", layers); layers == 0 {
		t.Error("no layer was compared")
	}
}
