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
// residuals. Every convolution has batch norm with the momentum of the TPU model
// it comes from (mnasnet.py, _BN_MOMENTUM).
func mnasNet(name string, widths [8]int) string {
	conv := func(width int, options string) string {
		return fmt.Sprintf("conv %d %s nobias; bn momentum=0.0003\n", width, options)
	}
	active := func(width int, options string) string {
		return strings.TrimSuffix(conv(width, options), "\n") + "; relu\n"
	}
	// An inverted residual expands, slides over each channel, and projects.
	block := func(wide, kernel int, stride string, out int) string {
		return active(wide, "k1") + active(wide, fmt.Sprintf("k%d%s p%d g%d", kernel, stride, kernel/2, wide)) + conv(out, "k1")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "name %s\ninput 3x224x224\n", name)
	b.WriteString(active(widths[0], "k3 s2 p1") + active(widths[0], fmt.Sprintf("k3 p1 g%d", widths[0])) + conv(widths[1], "k1"))
	in := widths[1]
	for i, s := range []struct {
		expansion, kernel int
		stride            string
		blocks            int
	}{
		{3, 3, " s2", 3}, {3, 5, " s2", 3}, {6, 5, " s2", 3}, {6, 3, "", 2}, {6, 5, " s2", 4}, {6, 3, "", 1},
	} {
		out := widths[i+2]
		// The first block changes the shape, so it has no skip.
		b.WriteString(block(s.expansion*in, s.kernel, s.stride, out) +
			repeatOf(fmt.Sprintf("stage%d.x", i+1), s.blocks-1, pathsOf("add", block(s.expansion*out, s.kernel, "", out), "")))
		in = out
	}
	b.WriteString(active(1280, "k1") + "globalavgpool; flatten\ndropout 0.2; linear 1000\n")
	return b.String()
}
