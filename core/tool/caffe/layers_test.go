package caffe

import (
	"path/filepath"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/internal/truth"
	"paramstack/core/tool/graph"
)

// TestCaffeLayers compares each layer's output and elements with what OpenCV
// makes of the same files, and says what could not be compared, and why.
func TestCaffeLayers(t *testing.T) {
	absent := 0
	status := map[string]string{}
	for _, r := range truth.CSV(t, "prototxt_opencv.csv") {
		status[r["file"]] = r["status"]
	}
	files := map[string][]truth.Record{}
	for _, r := range truth.CSV(t, "prototxt_opencv_layers.csv") {
		files[r["file"]] = append(files[r["file"]], r)
	}
	layers, shapes, counts, differ, not := 0, 0, 0, 0, map[string]int{}
	for file, why := range status {
		if why != "ok" {
			why, _, _ = strings.Cut(why, " (")
			if n := len(files[file]); n > 0 {
				not["in files of which the truth has no shapes, "+why] += n
			} else {
				not["files of which the truth has no layers, "+why]++
			}
			continue
		}
		data := truth.Read(t, file)
		if data == nil {
			absent++
			continue
		}
		have := caffeRows(t, file, data)
		var norm *count.Row
		for _, r := range files[file] {
			layers++
			// Names that occur twice have a number in the truth, and another way
			// here.
			row := have[graph.Label(strings.ReplaceAll(r["layer"], "#dup", "-"))]
			merged := row == nil && r["type"] == "Scale"
			if merged {
				row = norm // it has become the batch norm's γ and β
			}
			if row == nil {
				not["no row of its own here: "+r["type"]]++
				if r["blob_elements"] != "0" && r["blob_elements"] != "" {
					t.Errorf("%s: %s (%s) is missing", file, r["layer"], r["type"])
				}
				continue
			}
			own := row.Counts
			if row.Form == count.FormBranch {
				own = row.Own
			}
			got := own.Params(true)
			if r["type"] == "BatchNorm" {
				norm, got = row, row.Counts.Buffers()
			}
			if r["blob_elements"] != "" {
				counts++
				if got.String() != r["blob_elements"] {
					differ++
					t.Errorf("%s: %s (%s): %s elements, want %s", file, r["layer"], r["type"], got, r["blob_elements"])
				}
			}
			out := caffeOut(r)
			if out == "" {
				not["no shape in the truth: "+r["type"]]++
				continue
			}
			shapes++
			if got := strings.ReplaceAll(row.Out.String(), "×", "x"); got != out {
				differ++
				t.Errorf("%s: %s (%s): %s, want %s", file, r["layer"], r["type"], got, out)
			}
		}
	}
	truth.Absent(t, absent)
	t.Logf("%d layers: %d output shapes and %d counts of elements compared, %d differ; shapes not compared: %s", layers, shapes, counts, differ, tooltest.Tallied(not))
}

// caffeRows reads a prototxt with every layer kept, and returns its rows by label.
func caffeRows(t *testing.T, path string, data []byte) map[string]*count.Row {
	t.Helper()
	doc, err := parse(tooltest.File(filepath.Base(path), data))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	c, err := doc.lower(answering, func(float64) error { return nil })
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	for i := range c.Graph.Nodes {
		c.Graph.Nodes[i].Keep = true
	}
	res, err := c.Stack()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	have := map[string]*count.Row{}
	collect(count.Of(res.Model).Rows, have)
	return have
}

// caffeOut is the output of a layer of the truth without its batch, "" if it has
// none.
func caffeOut(r truth.Record) string {
	_, out, _ := strings.Cut(r["output_nchw"], "x")
	switch {
	case r["error"] != "":
		return ""
	case r["type"] == "DetectionOutput":
		return "1x?x7" // OpenCV says 200, keep_top_k: as many at most
	}
	return out
}

func collect(rows []*count.Row, into map[string]*count.Row) {
	for _, r := range rows {
		if r.Node != nil && r.Node.Head().Label != "" && (r.Form == count.FormLeaf || r.Form == count.FormBranch) {
			into[r.Node.Head().Label] = r
		}
		collect(r.Children, into)
	}
}
