package zoo

import (
	"fmt"
	"strings"
)

// convNeXtFamily are torchvision's ConvNeXts.
func convNeXtFamily() []Net {
	var all []Net
	for _, v := range []struct {
		size         string
		blocks       [4]int
		width        int    // of the first stage; each doubles it
		skip         string // the last block's chance to be skipped
		params, macs string
	}{
		{"tiny", [4]int{3, 3, 9, 3}, 96, "0.1", "28589128", "4455531264"},
		{"small", [4]int{3, 3, 27, 3}, 96, "0.4", "50223688", "8683712256"},
		{"base", [4]int{3, 3, 27, 3}, 128, "0.5", "88591464", "15354729472"},
		{"large", [4]int{3, 3, 27, 3}, 192, "0.5", "197767336", "34361433600"},
	} {
		name := "ConvNeXt-" + strings.ToUpper(v.size[:1])
		all = append(all, Net{
			ID: "convnext-" + v.size, Name: name, Family: "ConvNeXt", Year: 2022,
			Torch: "convnext_" + v.size, Params: v.params, MACs: v.macs,
			Source: "Liu et al.: A ConvNet for the 2020s, 2022, section 3 and table 9; torchvision.models.convnext_" + v.size,
			Text:   convNeXt(name, v.blocks, v.width, v.skip),
		})
	}
	return all
}

// convNeXt writes four stages of equal blocks; between them the map is
// normalised and halved (torchvision.models.convnext).
func convNeXt(name string, blocks [4]int, width int, skip string) string {
	const norm = "layernorm over=channels eps=1e-6\n" // LayerNorm2d
	var b strings.Builder
	fmt.Fprintf(&b, "name %s\ninput 3x224x224\nconv %d k4 s4\n%s", name, width, norm)
	fmt.Fprintf(&b, "# the chance to skip a block grows evenly from 0 in the first to %s in the last\n", skip)
	for i, n := range blocks {
		if i > 0 {
			width *= 2
			fmt.Fprintf(&b, "%sconv %d k2 s2\n", norm, width)
		}
		b.WriteString(repeatOf(fmt.Sprintf("res%d", i+2), n, pathsOf("add", fmt.Sprintf(`conv %d k7 p3 g%[1]d
permute 2x3x1
layernorm eps=1e-6
linear %[2]d; gelu
linear %[1]d
permute 3x1x2
layerscale over=channels; stochasticdepth %[3]s
`, width, 4*width, skip), "")))
	}
	b.WriteString("globalavgpool\n" + norm + "flatten\nlinear 1000\n")
	return b.String()
}
