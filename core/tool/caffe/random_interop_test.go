//go:build interop

package caffe

import (
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
	server := tooltest.Serve(t, exec.Command("/usr/bin/python3", filepath.Join("testdata", "caffe_run.py"), "-"))
	said, layers := 0, 0
	not := map[string]int{}
	randnet.Hold(t, 300, 150, randnet.Options{Kinds: randnet.KindsOf(caffeKinds)}, func(source string) string {
		file, problems := text.Parse(source)
		if len(problems) > 0 {
			return ""
		}
		n := &target.Network{Model: file.Model, Report: count.Of(file.Model)}
		if randnet.Empty(n.Report) {
			return ""
		}
		if dilated(n.Model) {
			not["OpenCV forgets the dilation"]++
			return ""
		}
		job, why := caffeJobOf(t, dir, "random", n)
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
	t.Logf("%d random networks written for OpenCV, %d layers; not written: %s", said, layers, tooltest.Tallied(not))
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
