package zoo

import (
	"fmt"
	"strings"
)

// cifarResNets are the networks of the residual paper's section 4.2 for pictures
// of 32×32: 6n+2 layers. The paper rounds (0.27 M, 0.46 M, 0.66 M, 0.85 M, 1.7 M,
// 19.4 M); the exact numbers are those that programs which follow it print.
func cifarResNets() []Net {
	var nets []Net
	for _, v := range []struct {
		n               int
		params, rounded string
	}{{3, "269722", "0.27M"}, {5, "464154", "0.46M"}, {7, "658586", "0.66M"}, {9, "853018", "0.85M"}, {18, "1727962",
		"1.7M"}, {200, "19421274", "19.4M"}} {
		name := fmt.Sprintf("ResNet-%d (CIFAR)", 6*v.n+2)
		nets = append(nets, Net{
			ID: fmt.Sprintf("resnet-%d-cifar", 6*v.n+2), Name: name, Family: "ResNet", Year: 2015,
			Params: v.params,
			Source: fmt.Sprintf("He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, 2015, table 6, which rounds to %s; with the shortcut of option A, as in Y. Idelbayev, pytorch_resnet_cifar10", v.rounded),
			Text:   cifarText(name, v.n),
		})
	}
	return nets
}

// cifarText writes three stages of n blocks. A skip that changes the shape keeps
// every second position and adds channels of zeros (option A of the paper), so it
// has no parameters.
func cifarText(name string, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name %s\ninput 3x32x32\nconv 16 k3 p1 nobias; bn; relu\n", name)
	for i, width := range []int{16, 32, 64} {
		rest := n
		if i > 0 {
			fmt.Fprintf(&b, "conv%d.1: add {\n", i+2)
			residual(&b, "  ", false, width, width, " s2")
			fmt.Fprintf(&b, "|\n  avgpool 1 s2; pad %dx0x0\n}\nrelu\n", width/4)
			rest--
		}
		fmt.Fprintf(&b, "conv%d.x: repeat %d {\n  add {\n", i+2, rest)
		residual(&b, "    ", false, width, width, "")
		b.WriteString("  |\n  }\n  relu\n}\n")
	}
	b.WriteString("globalavgpool; flatten\nlinear 10\n")
	return b.String()
}
