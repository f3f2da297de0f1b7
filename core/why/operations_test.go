package why_test

import (
	"testing"

	"paramstack/core/count"
)

// TestOperations asks for operations as people quote them: by rules of tools and of older
// versions, of a training step, at other sizes of the input.
func TestOperations(t *testing.T) {
	const oneConv = "input 1x128x128\nconv 128 k3"
	for _, c := range []claim{
		// What thop 0.0.31 printed for torchvision's networks, wherever it was pasted.
		{"resnet-50", "4,111,514,624", "ops-thop-0.0.31"}, {"resnet-50", "4111514624 MACs", "ops-thop-0.0.31"},
		{"resnet-50", "4.11 G", "ops-thop-0.0.31"}, {"alexnet-torchvision", "714691904", "ops-thop-0.0.31"},
		{"vgg-16", "15,483,862,016 FLOPs", "ops-thop-0.0.31"}, {"mobilenet-v2", "314130496", "ops-norms"},
		// The table in its README of 2019.
		{"resnet-50", "4.14 G", "ops-thop-2019"}, {"vgg-16", "15.61 G", "ops-thop-2019"},
		{"vgg-19", "19.77 GMACs", "ops-thop-2019"}, {"resnet-152", "11.61 G", "ops-thop-2019"},
		// FLOPs of DeepSpeed and calflops, of TensorFlow's profiler, and with biases.
		{"resnet-50", "8.21 GFLOPs", "ops-deepspeed"}, {"alexnet-torchvision", "1.4297 GFLOPs", "ops-deepspeed"},
		{"vgg-16", "30.96 GFLOPs", "ops-tensorflow"}, {oneConv, "38610432 FLOPs", "ops-biases"},
		{"input 3x6x6\nconv 5 k3", "2240 MACs", "ops-biases"},
		// A training step, another size, both with a rule and with other classes.
		{"resnet-50", "12,267,552,768 MACs", "training-step"}, {"resnet-50", "24,535,105,536 FLOPs", "flops training-step"},
		{"resnet-50", "5.3 GFLOPs", "in-size macs"}, {"resnet-50", "21,355,249,664", "in-size macs"},
		{"resnet-18", "925.3 MMACs", "classes in-size"}, {"resnet-50", "5,369,513,984 MACs", "in-size ops-thop-0.0.31"},
		{"resnet-50", "42,708,451,328 MACs", "in-size"}, {"resnet-18", "1,331,127,488 MACs", "in-size"},
		{"resnet-18", "1,740,390,400 MACs", "in-channels ops-thop-0.0.31"},
	} {
		a := find(t, network(t, c.network), count.PyTorch, c.number)
		got := ""
		if len(a.Reasons) > 0 {
			got = names(a.Reasons[0])
		}
		if got != sorted(c.terms) {
			t.Errorf("%s, %s: want %q, have%s", c.network, c.number, c.terms, list(a))
		}
		for _, r := range a.Reasons {
			sum := r.Start
			for _, term := range r.Terms {
				sum = sum.Add(term.Change)
			}
			if !sum.Equal(r.Number) {
				t.Errorf("%s, %s: the terms make %s of %s", c.network, c.number, sum, r.Number)
			}
		}
	}
}
