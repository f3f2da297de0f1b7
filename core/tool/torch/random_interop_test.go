//go:build interop

package torch

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/internal/randnet"
	"paramstack/core/internal/tooltest"
	"paramstack/core/tool/target"
)

// TestTorchRandom runs random networks in real PyTorch, as TestTorch does those of
// the zoo, two samples at a time. What cannot be said in PyTorch is counted.
func TestTorchRandom(t *testing.T) {
	dir := tooltest.Interop(t)
	open := 0
	trial := tooltest.Trial{Tool: "PyTorch",
		Server: tooltest.Serve(t, exec.Command("/usr/bin/python3", filepath.Join("testdata", "torch_run.py"), "-")),
		Job: func(n *target.Network) (any, int, string) {
			if _, problems := Writer.Write(n); len(problems) > 0 {
				if d := problems[0]; d.Say.Key == catalog.ExportNoCounterpart {
					return nil, 0, fmt.Sprint(d.Say.Args[1])
				}
				return nil, 0, string(problems[0].Say.Key)
			}
			job, ok := torchJobOf(t, dir, "random", n)
			if !ok {
				return nil, 0, "not written"
			}
			job.Real, job.Batch = true, 2
			if !fill(job.Inputs, 6) {
				open++
				job.Open = true
			}
			return job, len(job.Events), ""
		}}
	// What takes indices is tested by TestTorchKinds: it has to come first.
	o := randnet.Options{Kinds: randnet.Except("embedding", "embeddingbag")}
	trial.Hold(t, 150, 100, o)
	o.Open = 0.3
	trial.Hold(t, 60, 40, o)
	trial.Log(t)
	t.Logf("%d of them have open extents", open)
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
