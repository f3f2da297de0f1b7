package zoo

import (
	"fmt"
	"strings"
)

// mnasNetFamily are torchvision's MNASNets, by the multiplier of their widths,
// which are rounded to multiples of 8 (torchvision/models/mnasnet.py,
// _get_depths).
func mnasNetFamily() []Net {
	var all []Net
	for _, v := range []struct {
		multiplier   string
		widths       [8]int // of the first two convolutions, and of the six stages
		params, macs string
	}{
		{"0.5", [8]int{16, 8, 16, 24, 40, 48, 96, 160}, "2218512", "104455968"},
		{"0.75", [8]int{24, 16, 24, 32, 64, 72, 144, 240}, "3170208", "215493104"},
		{"1.0", [8]int{32, 16, 24, 40, 80, 96, 192, 320}, "4383312", "314415872"},
		{"1.3", [8]int{40, 24, 32, 56, 104, 128, 248, 416}, "6282256", "526362432"},
	} {
		name, torch := "MNASNet "+v.multiplier, strings.ReplaceAll(v.multiplier, ".", "_")
		all = append(all, Net{
			ID: "mnasnet-" + strings.ReplaceAll(v.multiplier, ".", "-"), Name: name, Family: "MNASNet", Year: 2018,
			Params: v.params, MACs: v.macs, Torch: "mnasnet" + torch,
			Source: "Tan et al.: MnasNet: Platform-Aware Neural Architecture Search for Mobile, 2018, figure 7; torchvision.models.mnasnet" + torch,
			Text:   mnasNet(name, v.widths),
		})
	}
	return all
}

// mnasNet writes a depthwise separable convolution and six stages of inverted
// residuals: an expansion, a depthwise convolution and a projection.
func mnasNet(name string, widths [8]int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `name %s
input 3x224x224
conv %d k3 s2 p1 nobias; bn; relu
conv %[2]d k3 p1 g%[2]d nobias; bn; relu
conv %[3]d k1 nobias; bn
`, name, widths[0], widths[1])
	in := widths[1]
	for i, s := range []struct{ expansion, kernel, stride, blocks int }{
		{3, 3, 2, 3}, {3, 5, 2, 3}, {6, 5, 2, 3}, {6, 3, 1, 2}, {6, 5, 2, 4}, {6, 3, 1, 1},
	} {
		out := widths[i+2]
		mnasBlock(&b, "", s.expansion*in, s.kernel, s.stride, out)
		if s.blocks > 1 {
			fmt.Fprintf(&b, "stage%d.x: repeat %d {\n  add {\n", i+1, s.blocks-1)
			mnasBlock(&b, "    ", s.expansion*out, s.kernel, 1, out)
			b.WriteString("  |\n  }\n}\n")
		}
		in = out
	}
	b.WriteString("conv 1280 k1 nobias; bn; relu\nglobalavgpool; flatten\ndropout 0.2; linear 1000\n")
	return b.String()
}

// mnasBlock writes the three convolutions of an inverted residual.
func mnasBlock(b *strings.Builder, indent string, wide, kernel, stride, out int) {
	by := ""
	if stride > 1 {
		by = fmt.Sprintf(" s%d", stride)
	}
	fmt.Fprintf(b, "%sconv %d k1 nobias; bn; relu\n", indent, wide)
	fmt.Fprintf(b, "%sconv %d k%d%s p%d g%[2]d nobias; bn; relu\n", indent, wide, kernel, by, kernel/2)
	fmt.Fprintf(b, "%sconv %d k1 nobias; bn\n", indent, out)
}
