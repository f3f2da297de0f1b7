package zoo

import (
	"fmt"
	"strings"

	"paramstack/core/catalog"
)

const resNetSource = "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, 2015, table 1; torchvision.models.resnet%d (v1.5)"

// resNetFamily are torchvision's residual networks that are no presets.
func resNetFamily() []Net {
	return []Net{
		resNet(34, false, [4]int{3, 4, 6, 3}, "21797672", "3663761408", ""),
		resNet(101, true, [4]int{3, 4, 23, 3}, "44549160", "7801405440", ""),
	}
}

// The presets among them.
var (
	resNet18  = resNet(18, false, [4]int{2, 2, 2, 2}, "11689512", "1814073344", catalog.WhyResNet18)
	resNet50  = resNet(50, true, [4]int{3, 4, 6, 3}, "25557032", "4089184256", catalog.WhyResNet50)
	resNet152 = resNet(152, true, [4]int{3, 8, 36, 3}, "60192808", "11513626624", catalog.WhyResNet152)
)

// resNet is one of torchvision's residual networks by its number of layers: v1.5,
// with the stride on the 3×3 of a bottleneck instead of its first 1×1.
func resNet(layers int, bottleneck bool, blocks [4]int, params, macs string, why catalog.Key) Net {
	name := fmt.Sprintf("ResNet-%d", layers)
	return Net{
		ID: strings.ToLower(name), Name: name, Family: "ResNet", Year: 2015,
		Params: params, MACs: macs, Torch: fmt.Sprintf("resnet%d", layers), Why: why, Source: fmt.Sprintf(resNetSource, layers),
		Text: resNetText(name, bottleneck, blocks),
	}
}

// resNetText writes four stages. The first block of a stage changes the shape,
// so its skip has a 1×1 convolution, unless the shape is right already; the
// others are equal. Stages are called as in the paper: conv2 to conv5.
func resNetText(name string, bottleneck bool, blocks [4]int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name %s\ninput 3x224x224\nconv 64 k7 s2 p3 nobias; bn; relu; maxpool 3 s2 p1\n", name)
	in, width, out := 64, 64, 64
	for i, n := range blocks {
		stride := ""
		if i > 0 {
			stride, width = " s2", 2*width
		}
		out = width
		if bottleneck {
			out = 4 * width
		}
		rest := n
		if in != out {
			fmt.Fprintf(&b, "conv%d.1: add {\n", i+2)
			residual(&b, "  ", bottleneck, width, out, stride)
			fmt.Fprintf(&b, "|\n  conv %d k1%s nobias; bn\n}\nrelu\n", out, stride)
			rest--
		}
		fmt.Fprintf(&b, "conv%d.x: repeat %d {\n  add {\n", i+2, rest)
		residual(&b, "    ", bottleneck, width, out, "")
		b.WriteString("  |\n  }\n  relu\n}\n")
		in = out
	}
	b.WriteString("globalavgpool; flatten\nlinear 1000\n")
	return b.String()
}

// residual writes the convolutions of one block.
func residual(b *strings.Builder, indent string, bottleneck bool, width, out int, stride string) {
	if bottleneck {
		fmt.Fprintf(b, "%sconv %d k1 nobias; bn; relu\n", indent, width)
		fmt.Fprintf(b, "%sconv %d k3%s p1 nobias; bn; relu\n", indent, width, stride)
		fmt.Fprintf(b, "%sconv %d k1 nobias; bn\n", indent, out)
		return
	}
	fmt.Fprintf(b, "%sconv %d k3%s p1 nobias; bn; relu\n", indent, width, stride)
	fmt.Fprintf(b, "%sconv %d k3 p1 nobias; bn\n", indent, out)
}
