package onnx

import (
	"bytes"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/internal/truth"
	"paramstack/core/tensor"
	"paramstack/core/tool/onnx/onnxpb"
	"paramstack/core/tool/source"
)

// opened reads a file of the truth.
func opened(t *testing.T, path string, data []byte) (*lowering, *onnxpb.Model) {
	t.Helper()
	f := &source.File{Name: filepath.Base(path), Size: int64(len(data)), At: bytes.NewReader(data)}
	if head := data[:min(len(data), source.HeadSize)]; !Reader.Detect(head, f) {
		t.Errorf("%s is not known as ONNX", path)
	}
	m, err := onnxpb.Read(f)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	c, err := convert(f, m)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return c, m
}

// TestOnnxNodes compares the shapes of every node, and the outputs of the model,
// with onnx's own inference and with what the file declares.
func TestOnnxNodes(t *testing.T) {
	absent := 0
	rows := map[string][]truth.Record{}
	for _, r := range truth.CSV(t, "onnx_nodes.csv") {
		rows[r["file"]] = append(rows[r["file"]], r)
	}
	for _, r := range truth.CSV(t, "onnx.csv") {
		name := r["file"]
		data := truth.Read(t, "onnx/"+name)
		if data == nil {
			absent++
			continue
		}
		c, m := opened(t, name, data)
		res, err := c.finish()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if bad := c.differing(); len(bad) > 0 {
			t.Errorf("%s: %v", name, bad)
		}
		checkOutputs(t, name, c)
		checkNodes(t, name, c, m, rows[name])
		report := count.Of(res.Model)
		for _, d := range report.Problems {
			if d.Severity == diag.Error && len(c.counts.opaque) == 0 {
				t.Errorf("%s: %s %v", name, report.Name(d.Node), d)
			}
		}
	}
	truth.Absent(t, absent)
}

// checkOutputs compares the outputs of the model with those that the file declares.
func checkOutputs(t *testing.T, name string, c *lowering) {
	for _, v := range c.outputs {
		x := c.values[v.Name]
		switch {
		case x == nil:
			t.Errorf("%s: no output %s", name, v.Name)
		case v.Dims == nil:
		case x.rank() < 0:
			t.Logf("%s: the shape of %s is unknown", name, v.Name)
		default:
			if have := x.dims(c.batch.size); !likeDims(have, v.Dims) {
				t.Errorf("%s: %s is %v, the file says %v", name, v.Name, have, v.Dims)
			}
		}
	}
}

func likeDims(a, b []int64) bool {
	return slices.EqualFunc(a, b, func(x, y int64) bool { return x == y || x < 0 || y < 0 })
}

// checkNodes compares the output of every node with that of onnx's own shape
// inference.
func checkNodes(t *testing.T, name string, c *lowering, m *onnxpb.Model, rows []truth.Record) {
	compared := 0
	for _, r := range rows {
		for _, n := range m.Graph.Nodes {
			if n.Name != r["node"] && (n.Name != "" || n.Out[0] != r["node"]) {
				continue
			}
			for i, s := range strings.Fields(r["output_shapes"]) {
				if i >= len(n.Out) || s == "scalar" || s == "nontensor" || s == "?" {
					continue
				}
				x := c.values[n.Out[i]]
				if x == nil || x.rank() < 0 {
					continue
				}
				var want []int64
				for _, d := range strings.Split(s, "x") {
					k, err := strconv.ParseInt(d, 10, 64)
					if err != nil {
						k = tensor.Unknown
					}
					want = append(want, k)
				}
				compared++
				if have := x.dims(c.batch.size); !likeDims(have, want) {
					t.Errorf("%s: %s (%s) gives %v, want %s", name, r["node"], n.Op, have, s)
				}
			}
			break
		}
	}
	if len(rows) > 0 {
		t.Logf("%s: %d nodes, %d shapes compared", name, len(rows), compared)
	}
}
