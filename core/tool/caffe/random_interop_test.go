//go:build interop

package caffe

import (
	"os/exec"
	"path/filepath"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/internal/randnet"
	"paramstack/core/internal/tooltest"
	"paramstack/core/layer"
	"paramstack/core/tool/target"
)

// refused is what OpenCV answers where it knows less than Caffe. It is counted.
var refused = []string{
	"inputs.size() == requiredOutputs", // an input alone
	"of type \"Embed\"",
	"of type \"Bias\"",
	"total(os[i]) > 0", // pools wider than the map, rounded up
}

// TestOpenCVRandom loads random networks in OpenCV, as TestOpenCV does those of
// the zoo. What cannot be expressed there is counted.
func TestOpenCVRandom(t *testing.T) {
	dir := tooltest.Interop(t)
	trial := tooltest.Trial{Tool: "OpenCV", Refused: refused,
		Server: tooltest.Serve(t, exec.Command("/usr/bin/python3", filepath.Join("testdata", "caffe_run.py"), "-")),
		Job: func(n *target.Network) (any, int, string) {
			if dilated(n.Model) {
				return nil, 0, "OpenCV forgets the dilation"
			}
			job, why := caffeJobOf(t, dir, "random", n)
			return job, len(job.Shapes), why
		}}
	trial.Hold(t, 300, 150, randnet.Options{Kinds: randnet.KindsOf(caffeKinds)})
	trial.Log(t)
}

// dilated reports whether a layer is dilated that OpenCV computes without.
func dilated(m arch.Model) bool {
	found := false
	m.Walk(func(n arch.Node) {
		if leaf, ok := n.(*arch.Leaf); ok {
			if l, ok := leaf.Layer.(*layer.ConvTranspose); ok {
				found = found || l.Dilation != layer.SizeOf(1)
			}
		}
	})
	return found
}
