//go:build interop

package keras

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/internal/randnet"
	"paramstack/core/internal/tooltest"
	"paramstack/core/layer"
	"paramstack/core/tool/target"
)

// refused is what TensorFlow.js answers where it knows less than Keras. It is
// counted.
var refused = []string{
	"Non-default alpha value",
	"Unknown layer",
	"expected min_ndim=3", // of Flatten
	"does not support reset_after",
	"to have value", // of PReLU, at another size
}

// TestTFJSRandom loads random networks in TensorFlow.js, as TestTFJS does those of
// the zoo. What cannot be expressed there is counted.
func TestTFJSRandom(t *testing.T) {
	dir := tooltest.Interop(t)
	script, err := os.ReadFile("testdata/tfjs_run.mjs")
	if err != nil {
		t.Fatal(err)
	}
	here := filepath.Join(dir, "tfjs_random.mjs")
	if err := os.WriteFile(here, script, 0o644); err != nil {
		t.Fatal(err)
	}
	trial := tooltest.Trial{Tool: "TensorFlow.js", Refused: refused,
		Server: tooltest.Serve(t, exec.Command("node", here, "-")),
		Job: func(n *target.Network) (any, int, string) {
			if dilated(n.Model) {
				return nil, 0, "TensorFlow.js forgets the dilation"
			}
			job, why := tfjsJobOf(t, dir, "random", n)
			return job, len(job.Shapes), why
		}}
	trial.Hold(t, 300, 150, randnet.Options{Kinds: randnet.KindsOf(jsonKinds)})
	trial.Log(t)
}

// dilated reports whether a layer is dilated that TensorFlow.js computes without.
func dilated(m arch.Model) bool {
	found := false
	m.Walk(func(n arch.Node) {
		if leaf, ok := n.(*arch.Leaf); ok {
			switch l := leaf.Layer.(type) {
			case *layer.Depthwise:
				found = found || l.Dilation != layer.SizeOf(1)
			case *layer.ConvTranspose:
				found = found || l.Dilation != layer.SizeOf(1)
			}
		}
	})
	return found
}
