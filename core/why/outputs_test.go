package why_test

import (
	"testing"

	"paramstack/core/count"
)

// TestOutputs asks for what people add up of activations: the memory column of CS231n's notes,
// RegNet's activations, what torchsummary prints of a network with blocks, the peak.
func TestOutputs(t *testing.T) {
	for _, c := range []claim{
		// input 150,528, convolutions 13,547,520, pools 1,530,368, fully connected 9,192
		{"vgg-16", "15,237,608", "outputs"}, {"vgg-16", "60,950,432 bytes", "bytes-4 outputs"},
		{"vgg-16", "58.13 MiB", "bytes-4 outputs"}, {"vgg-16", "121,900,864 bytes", "both-passes bytes-4 outputs"},
		// torchvision's ResNet-18: 2483712 of convolutions and of norms, 2308096 of ReLUs, pools,
		// 1000 classes, 752640 of the blocks; twice, 4 bytes
		{"resnet-18", "62.79 MB", "binary both-passes bytes-4 outputs"},
		// RegNet's paper, table of ResNet-50: 11.1 million.
		{"resnet-50", "11.1M", "outputs"}, {"resnet-50", "11,113,984", "outputs"},
	} {
		a := find(t, network(t, c.network), count.PyTorch, c.number)
		got := ""
		if len(a.Reasons) > 0 {
			got = names(a.Reasons[0])
		}
		if got != sorted(c.terms) {
			t.Errorf("%s, %s: want %q, have%s", c.network, c.number, c.terms, list(a))
		}
	}
	m := network(t, "resnet-50")
	peak := count.Of(m).Memory().Peak
	a := find(t, m, count.PyTorch, peak.Times(4).String()+" bytes")
	if len(a.Reasons) == 0 || names(a.Reasons[0]) != "bytes-4 peak" {
		t.Errorf("the peak:%s", list(a))
	}
}
