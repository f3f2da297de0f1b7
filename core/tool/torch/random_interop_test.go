//go:build interop

package torch

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/randnet"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/target"
)

// refused are networks that are accepted here and refused by PyTorch: what it
// answers, and what such a network has. They are counted, until count refuses them.
var refused = []struct{ message, only string }{
	{"appears multiple times in the list of dims", ""},
	{"Lower bound should be less than or equal to the upper bound", "rrelu"},
	{"mat1 and mat2 shapes cannot be multiplied", "again"},
	{"mat1 and mat2 shapes cannot be multiplied", "shared"},
	{"channels, but got", "again"},
	{"channels, but got", "shared"},
	{"Expected more than 1 spatial element", "instancenorm"},
	{"AssertionError", "hardtanh"},
	{"ZeroDivisionError", "lppool"},
	{"ZeroDivisionError", "celu"},
	{"lambda must be greater or equal to 0", "softshrink"},
	{"Mismatch of parameter numbers and input channel size", "prelu"},
	{"smaller than kernel size", "avgpool"},
	{"Expected 2D or 3D (batch mode) tensor", "maxpool"}, // of what is empty: a warning here
}

// TestTorchRandom runs random networks in real PyTorch, as TestTorch does those of
// the zoo, two samples at a time. What cannot be said in PyTorch is counted.
func TestTorchRandom(t *testing.T) {
	dir := tooltest.Interop(t)
	server := tooltest.Serve(t, exec.Command("/usr/bin/python3", filepath.Join("testdata", "torch_run.py"), "-"))
	said, open, layers := 0, 0, 0
	not := map[string]int{}
	// What takes indices is tested by TestTorchKinds: it has to come first.
	o := randnet.Options{Kinds: randnet.Except("embedding", "embeddingbag")}
	check := func(source string) string {
		file, problems := text.Parse(source)
		if len(problems) > 0 {
			return ""
		}
		n := &target.Network{Model: file.Model, Report: count.Of(file.Model)}
		if _, problems := Writer.Write(n); len(problems) > 0 {
			for _, d := range problems {
				reason := string(d.Say.Key)
				if d.Say.Key == catalog.ExportNoCounterpart {
					reason = fmt.Sprint(d.Say.Args[1])
				}
				not[reason]++
			}
			return ""
		}
		if randnet.Empty(n.Report) { // a warning here; PyTorch divides by 0
			not["empty output"]++
			return ""
		}
		if impossible(n.Report) {
			not["impossible sharing"]++
			return ""
		}
		job, ok := torchJobOf(t, dir, "random", n)
		if !ok {
			return ""
		}
		job.Real, job.Batch = true, 2
		if said, layers = said+1, layers+len(job.Events); !fill(job.Inputs, 6) {
			open++
			job.Open = true
		}
		wrong := server.Ask(t, job)
		for _, k := range refused {
			if strings.Contains(wrong, k.message) && (k.only == "" || strings.Contains(source, k.only)) {
				not["PyTorch: "+k.message]++
				return ""
			}
		}
		return wrong
	}
	randnet.Hold(t, 150, 100, o, check)
	o.Open = 0.3
	randnet.Hold(t, 60, 40, o, check)
	t.Logf("%d random networks written for PyTorch, %d of them with open extents, %d layer calls; not written: %s", said, open, layers, tooltest.Tallied(not))
}

// impossible reports whether a layer is used again where it needs other weights,
// which is accepted here until count refuses it.
func impossible(r *count.Report) bool {
	first := map[arch.ID]*count.Row{}
	found := false
	var walk func(rows []*count.Row)
	walk = func(rows []*count.Row) {
		for _, row := range rows {
			if old := first[row.ID]; row.Form == count.FormLeaf || row.Form == count.FormBranch {
				if old == nil {
					first[row.ID] = row
				} else if row.SharesWith != 0 {
					found = found || !oplist.SameWeights(old, row)
				}
			}
			walk(row.Children)
		}
	}
	walk(r.Rows)
	return found
}

// fill puts a number for extents that are open, and reports whether none was.
func fill(inputs [][]int64, n int64) bool {
	whole := true
	for _, in := range inputs {
		for i := range in {
			if in[i] < 0 {
				in[i], whole = n, false
			}
		}
	}
	return whole
}
