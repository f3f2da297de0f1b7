package passport

import (
	"testing"

	"paramstack/core/count"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// TestRules compares what the rules make of networks with what people pasted of their tools.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		network string
		rule    Rule
		want    string
	}{
		// thop 0.0.31: README of ModelPruning tables, "4111514624.0 25557032.0 res50" in many scripts.
		{"resnet-50", ThopBefore, "4111514624"}, {"alexnet-torchvision", ThopBefore, "714691904"},
		// The pool of torchvision's MobileNet v2 was no module then.
		{"mobilenet-v2", NormsToo, "314130496"},
		// By hand: 2 · 714188480, then 484992 biases, 493184 values of ReLUs, 386048 that enter pools.
		{"alexnet-torchvision", DeepSpeed, "1429741184"},
		// By hand: 2 · 33670400 / 2, then 79114 biases, 12544 windows of 4, a softmax of 10.
		{"input 3x32x32\nconv 32 k3; relu\nconv 64 k3; relu\nmaxpool 2\nflatten\nlinear 128; relu\nlinear 10; softmax",
			TensorFlow, "33799740"},
		{"input 1x128x128\nconv 128 k3", BiasesToo, "20321280"},
		{"input 3x8x8\nconv 4 k3 p1; leakyrelu; avgpool 2\nflatten\nlinear 10", ThopFirst,
			// 6912 + 256 biases + 256 + 64 windows of 4 and one division each + 2 · 640 − 10
			"9014"},
	} {
		src := c.network
		for _, n := range zoo.All() {
			if n.ID == c.network {
				src = n.Text
			}
		}
		file, problems := text.Parse(src)
		if len(problems) > 0 {
			t.Fatal(problems[0])
		}
		r := count.Of(file.Model)
		n, ok := BesideOf(r).Of(c.rule)
		times := int64(1)
		if c.rule.Doubled() {
			times = 2
		}
		if got := r.Totals.MACs.Times(times).Add(n); !ok || got.String() != c.want {
			t.Errorf("%s by %s: %s, %v, want %s", c.network, c.rule.ID(), got, ok, c.want)
		}
	}
}

// TestRulesUnknown asks for rules of layers that they do not follow.
func TestRulesUnknown(t *testing.T) {
	file, _ := text.Parse("input 10x16\nlstm 8")
	b := BesideOf(count.Of(file.Model))
	for r := range Rules {
		if n, ok := b.Of(r); ok {
			t.Errorf("%s counts %s of an LSTM", r.ID(), n)
		}
	}
}
