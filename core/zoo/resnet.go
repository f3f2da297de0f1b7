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

// resNeXtFamily are torchvision's residual networks with a wider bottleneck: in
// lanes (ResNeXt: 32 lanes of 4 channels), or in one.
func resNeXtFamily() []Net {
	var all []Net
	for _, v := range []struct {
		family, name, torch string
		blocks              [4]int
		groups, width       int
		params, macs        string
	}{
		{"ResNeXt", "ResNeXt-50 32×4d", "resnext50_32x4d", [4]int{3, 4, 6, 3}, 32, 4, "25028904", "4230479872"},
		{"ResNeXt", "ResNeXt-101 32×8d", "resnext101_32x8d", [4]int{3, 4, 23, 3}, 32, 8, "88791336", "16414015488"},
		{"ResNeXt", "ResNeXt-101 64×4d", "resnext101_64x4d", [4]int{3, 4, 23, 3}, 64, 4, "83455272", "15460270080"},
		{"Wide ResNet", "Wide ResNet-50-2", "wide_resnet50_2", [4]int{3, 4, 6, 3}, 1, 128, "68883240", "11398021120"},
		{"Wide ResNet", "Wide ResNet-101-2", "wide_resnet101_2", [4]int{3, 4, 23, 3}, 1, 128, "126886696", "22753050624"},
	} {
		paper, lanes := "Zagoruyko, Komodakis: Wide Residual Networks, 2016", ""
		if v.groups > 1 {
			paper, lanes = "Xie et al.: Aggregated Residual Transformations for Deep Neural Networks, 2016, table 1", fmt.Sprintf(" g%d", v.groups)
		}
		all = append(all, Net{
			ID: strings.ToLower(strings.NewReplacer(" ", "-", "×",
				"x").Replace(v.name)), Name: v.name, Family: v.family, Year: 2016,
			Params: v.params, MACs: v.macs, Torch: v.torch, Source: paper + "; torchvision.models." + v.torch,
			Text: resNetText(v.name, true, v.blocks, v.groups*v.width, lanes),
		})
	}
	return all
}

// resNet is one of torchvision's residual networks by its number of layers: v1.5,
// with the stride on the 3×3 of a bottleneck instead of its first 1×1.
func resNet(layers int, bottleneck bool, blocks [4]int, params, macs string, why catalog.Key) Net {
	name := fmt.Sprintf("ResNet-%d", layers)
	return Net{
		ID: strings.ToLower(name), Name: name, Family: "ResNet", Year: 2015,
		Params: params, MACs: macs, Torch: fmt.Sprintf("resnet%d", layers), Why: why, Source: fmt.Sprintf(resNetSource, layers),
		Text: resNetText(name, bottleneck, blocks, 64, ""),
	}
}

// resNetText writes four stages. The first block of a stage changes the shape,
// so its skip has a 1×1 convolution, unless the shape is right already; the
// others are equal. Stages are called as in the paper: conv2 to conv5. The 3×3
// of the first stage has so many channels, in so many lanes.
func resNetText(name string, bottleneck bool, blocks [4]int, width int, lanes string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name %s\ninput 3x224x224\nconv 64 k7 s2 p3 nobias; bn; relu; maxpool 3 s2 p1\n", name)
	in, out := 64, 64
	if bottleneck {
		out = 256
	}
	for i, n := range blocks {
		stride := ""
		if i > 0 {
			stride, width, out = " s2", 2*width, 2*out
		}
		rest := n
		if in != out {
			fmt.Fprintf(&b, "conv%d.1: add {\n", i+2)
			residual(&b, "  ", bottleneck, width, out, stride+lanes)
			fmt.Fprintf(&b, "|\n  conv %d k1%s nobias; bn\n}\nrelu\n", out, stride)
			rest--
		}
		fmt.Fprintf(&b, "conv%d.x: repeat %d {\n  add {\n", i+2, rest)
		residual(&b, "    ", bottleneck, width, out, lanes)
		b.WriteString("  |\n  }\n  relu\n}\n")
		in = out
	}
	b.WriteString("globalavgpool; flatten\nlinear 1000\n")
	return b.String()
}

// residual writes the convolutions of one block. The options, stride and lanes,
// are those of its first 3×3.
func residual(b *strings.Builder, indent string, bottleneck bool, width, out int, options string) {
	if bottleneck {
		fmt.Fprintf(b, "%sconv %d k1 nobias; bn; relu\n", indent, width)
		fmt.Fprintf(b, "%sconv %d k3%s p1 nobias; bn; relu\n", indent, width, options)
		fmt.Fprintf(b, "%sconv %d k1 nobias; bn\n", indent, out)
		return
	}
	fmt.Fprintf(b, "%sconv %d k3%s p1 nobias; bn; relu\n", indent, width, options)
	fmt.Fprintf(b, "%sconv %d k3 p1 nobias; bn\n", indent, out)
}
