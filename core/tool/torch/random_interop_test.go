//go:build interop

package torch

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/randnet"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
	"paramstack/core/tool/target"
)

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
		job, ok := torchJobOf(t, dir, "random", n)
		if !ok {
			return ""
		}
		job.Real, job.Batch = true, 2
		if said, layers = said+1, layers+len(job.Events); !fill(job.Inputs, 6) {
			open++
			job.Open = true
		}
		return server.Ask(t, job)
	}
	randnet.Hold(t, 150, 100, o, check)
	o.Open = 0.3
	randnet.Hold(t, 60, 40, o, check)
	t.Logf("%d random networks written for PyTorch, %d of them with open extents, %d layer calls; not written: %s", said, open, layers, tooltest.Tallied(not))
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
