package torch

import (
	"strings"
	"testing"

	"paramstack/core/internal/tooltest"
)

// TestShared wants code in which what is shared is one object, and what cannot be
// written is a problem of the layer.
func TestShared(t *testing.T) {
	for _, c := range []struct{ source, has, not string }{
		{"input 4x6; t: repeat 3 shared { linear 6 }; again @t", "x = self.t(x)\n        for _ in range(2):\n            x = self.t(x)\n        x = self.t(x)\n        for _ in range(2):", ""},
		{"input 5x6; a: param 5x6; param 5x6 shares @a", "self.a.expand(x.size(0), -1, -1)", "self.param"},
		{"input 5x6; a: buffer 5x6; add { | buffer 5x6 shares @a }", "+ self.a.expand(", "self.buffer"},
		{"input 4x6x6; a: separable 4 k3 psame; separable 4 k3 psame shares @a", "self.separable = self.a\n", ""},
		{"input 5x6; a: attention 2 kv1; attention 2 kv1 shares @a", "self.attention = self.a\n", ""},
		{"input 4x4x6; a: windowattention 2 w2 version=v2; windowattention 2 w2 version=v2 shares @a", "self.windowattention = self.a\n", ""},
		{"input 12x9; a: conv 12 k3 pcausal; conv 12 k3 pcausal shares @a", "self.conv = self.a\n", ""},
		{"input 12x9; a: conv 12 k3 pcausal; conv 12 k3 p1 shares @a", "self.conv.weight = self.a[1].weight\n", ""},
		{"input 5x6; a: lstm 6; lstm 6 shares @a", "self.lstm = self.a\n", ""},
		{"input 3x2x6x6; a: convlstm 2 k3 psame; convlstm 2 k3 psame last shares @a", "self.convlstm.state.weight = self.a.state.weight\n", ""},
		{"input 4x7x7; a: depthwise 3 s2 psame; again @a; again @a", "self.a2[1].weight = self.a.weight", ""},
		{"input 8x6; a: conv 8 k3 s2 padding=keras-same; again @a", "self.a2.weight = self.a[1].weight", ""},
		{"input 2x1x1; repeat 2 shared { squeeze; relu }", "x.squeeze(3).squeeze(2)", "range("},
		{"input 4x10; adaptiveavgpool ?", "nn.Identity()", "Adaptive"},
		{"input 4x6x6; pad 1 mode=circular fill=0.5", `mode="circular")`, "value"},
		{"input 4x3x5; cosine dim=-1 { | relu }", "nn.CosineSimilarity(dim=-1)", ""},
		{"input 2x3x4x5; lrn 3", "self.lrn(x.contiguous())", ""},
		{"input 4x6; side off { relu | linear 5 }", "self.relu(x)", "linear"},
		{"input 4x6; side { linear 5 }", "self.linear(x)", "Missing"},
		{"input 4x4x6; windowattention 2 w2 out_bias=off", "out_bias=False", "Missing"},
		{"input 4x6; concat { relu }", "self.relu(x)", "cat("},
	} {
		n := tooltest.NetFrom(t, c.source)
		out, problems := Writer.Write(n)
		if len(problems) > 0 {
			t.Errorf("%s: %v", c.source, problems[0])
		}
		if !strings.Contains(out, c.has) || c.not != "" && strings.Contains(out, c.not) {
			t.Errorf("%s: wants %q, not %q:\n%s", c.source, c.has, c.not, out)
		}
	}
	for _, source := range []string{
		"input ?x8x8; depthwise 3", "input ?x8x8; deformconv 4 k1 { | conv 2 k1 }", "input 8x4; fold ?x2 k1", "input ?x6x6; separable 3 k1", "input 2x3x8x9; convlstm 4 k3; bn",
	} {
		if _, problems := Writer.Write(tooltest.NetFrom(t, source)); len(tooltest.ErrorsOf(problems)) == 0 {
			t.Errorf("%s: no problem", source)
		}
	}
}
