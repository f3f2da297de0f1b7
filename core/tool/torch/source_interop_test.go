//go:build interop

package torch

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/source"
)

// TestTorchvisionSource reads torchvision's own source, as it is installed, and
// compares every model of it with the same source run by PyTorch: parameters, buffers
// (without whole numbers) and modules without modules in them.
func TestTorchvisionSource(t *testing.T) {
	out, err := exec.Command("/usr/bin/python3", "testdata/source_truth.py").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []struct {
		Name, Function, File string
		Params, Buffers      int64
		Out                  []int64
		Modules              []string // the shapes that those with parameters return
		Input                string
	}
	if err := json.Unmarshal(out, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) < 80 {
		t.Fatalf("only %d models", len(all))
	}
	open := func(path string) *source.File {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, name, _ := strings.Cut(path, "/dist-packages/")
		return &source.File{Name: name, Size: int64(len(data)), At: bytes.NewReader(data)}
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "file\tfunction\tparameters\tPyTorch\tbuffers\tPyTorch\tlayers\tthe same\tPyTorch\toutput\tPyTorch\tfollowed")
	followed, shapes, alike := 0, 0, 0
	for _, x := range all {
		f := open(x.File)
		for _, pattern := range []string{"*.py", "segmentation/*.py", "video/*.py"} {
			beside, _ := filepath.Glob(filepath.Join("/usr/lib/python3/dist-packages/torchvision/models", pattern))
			for _, path := range beside {
				base := filepath.Base(path)
				if path != x.File && (!strings.HasPrefix(base, "_") || strings.Contains(path, "segmentation/_utils")) {
					f.Beside = append(f.Beside, open(path))
				}
			}
		}
		f.Options.Expression, f.Options.Input = x.Function+"()", x.Input
		r, err := readSource(f)
		if err != nil {
			t.Errorf("%s: %v", x.Name, err)
			continue
		}
		whole := true
		for _, n := range r.Notes {
			whole = whole && n.Say.Key != catalog.SourceNotFollowed
		}
		if whole {
			followed++
		}
		got := count.Of(r.Model)
		params, buffers := got.Totals.Params(true), got.Totals.Stats
		shape := ""
		var layers []string
		got.Leaves(func(row *count.Row, times num.Int) {
			if row.Kind() != layer.InputKind.Kind() {
				shape = strings.ReplaceAll(row.Out.String(), "×", "x")
			}
			if n, _ := times.Int64(); row.Kind().Learns && row.Kind() != layer.ParamKind.Kind() {
				layers = append(layers, slices.Repeat([]string{strings.ReplaceAll(row.Out.String(), "×", "x")}, int(n))...)
			}
		})
		same := common(layers, x.Modules)
		want := strings.ReplaceAll(strings.Trim(fmt.Sprint(x.Out), "[]"), " ", "x")
		if shape == want {
			shapes++
		}
		if same == len(x.Modules) && same > 0 {
			alike++
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\t%d\t%d\t%d\t%d\t%s\t%s\t%v\n", filepath.Base(x.File), x.Function, params,
			x.Params, buffers, x.Buffers, len(layers), same, len(x.Modules), shape, want, whole)
		if !params.Equal(num.Of(x.Params)) || !buffers.Equal(num.Of(x.Buffers)) {
			t.Errorf("%s: %s parameters and %s in buffers, want %d and %d", x.Name, params, buffers, x.Params, x.Buffers)
		}
	}
	table.Flush()
	fmt.Printf("%d models, %d followed to the end, %d end in PyTorch's shape, all modules of %d return PyTorch's shapes\n", len(all),
		followed, shapes, alike)
}

// common returns how many entries two lists have in common.
func common(a, b []string) (n int) {
	left := map[string]int{}
	for _, s := range a {
		left[s]++
	}
	for _, s := range b {
		if left[s] > 0 {
			left[s]--
			n++
		}
	}
	return n
}
