//go:build interop

package keras

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/internal/randnet"
	"paramstack/core/internal/tooltest"
	"paramstack/core/layer"
	"paramstack/core/text"
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
	server := tooltest.Serve(t, exec.Command("node", here, "-"))
	said, layers := 0, 0
	not := map[string]int{}
	randnet.Hold(t, 300, 150, randnet.Options{Kinds: randnet.KindsOf(jsonKinds)}, func(source string) string {
		file, problems := text.Parse(source)
		if len(problems) > 0 {
			return ""
		}
		n := &target.Network{Model: file.Model, Report: count.Of(file.Model)}
		if randnet.Empty(n.Report) {
			return ""
		}
		if dilated(n.Model) {
			not["TensorFlow.js forgets the dilation"]++
			return ""
		}
		job, why := tfjsJobOf(t, dir, "random", n)
		if why != "" {
			if strings.Contains(why, "weights") {
				why = "sharing"
			}
			if _, kind, ok := strings.Cut(why, " ("); ok { // softmax1 (softmax) has no equivalent
				why, _, _ = strings.Cut(kind, ")")
			}
			not[why]++
			return ""
		}
		said, layers = said+1, layers+len(job.Shapes)
		wrong := server.Ask(t, job)
		for _, r := range refused {
			if strings.Contains(wrong, r) {
				not["answers "+r]++
				return ""
			}
		}
		return wrong
	})
	t.Logf("%d random networks written for TensorFlow.js, %d layers; not written: %s", said, layers, tooltest.Tallied(not))
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
