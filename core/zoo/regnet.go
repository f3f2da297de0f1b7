package zoo

import (
	"fmt"
	"strings"
)

// regNetFamily are torchvision's RegNets: four stages of residual blocks whose
// 3×3 convolution works in lanes of equal width. Y is X with squeeze and
// excitation. The widths are the quantized ones of the paper's equations
// (torchvision/models/regnet.py, BlockParams.from_init_params).
func regNetFamily() []Net {
	var all []Net
	for _, v := range []struct {
		size          string // as the paper names it, of so many multiply-adds
		picture, lane int
		blocks        [4]int
		widths        [4]int
		params, macs  string
	}{
		{"X-400MF", 224, 16, [4]int{1, 2, 7, 12}, [4]int{32, 64, 160, 400}, "5495976", "413812608"},
		{"X-800MF", 224, 16, [4]int{1, 3, 7, 5}, [4]int{64, 128, 288, 672}, "7259656", "799699712"},
		{"X-1.6GF", 224, 24, [4]int{2, 4, 10, 2}, [4]int{72, 168, 408, 912}, "9190136", "1602849792"},
		{"X-3.2GF", 224, 48, [4]int{2, 6, 15, 2}, [4]int{96, 192, 432, 1008}, "15296552", "3176621952"},
		{"X-8GF", 224, 120, [4]int{2, 5, 15, 1}, [4]int{80, 240, 720, 1920}, "39572648", "7995132416"},
		{"X-16GF", 224, 128, [4]int{2, 6, 13, 1}, [4]int{256, 512, 896, 2048}, "54278536", "15940755456"},
		{"X-32GF", 224, 168, [4]int{2, 7, 13, 1}, [4]int{336, 672, 1344, 2520}, "107811560", "31735929792"},
		{"Y-400MF", 224, 8, [4]int{1, 3, 6, 6}, [4]int{48, 104, 208, 440}, "4344144", "401842848"},
		{"Y-800MF", 224, 16, [4]int{1, 3, 8, 2}, [4]int{64, 144, 320, 784}, "6432512", "833856256"},
		{"Y-1.6GF", 224, 24, [4]int{2, 6, 17, 2}, [4]int{48, 120, 336, 888}, "11202430", "1612076160"},
		{"Y-3.2GF", 224, 24, [4]int{2, 5, 13, 1}, [4]int{72, 216, 576, 1512}, "19436338", "3176482752"},
		{"Y-8GF", 224, 56, [4]int{2, 4, 10, 1}, [4]int{224, 448, 896, 2016}, "39381472", "8473070592"},
		{"Y-16GF", 224, 112, [4]int{2, 4, 11, 1}, [4]int{224, 448, 1232, 3024}, "83590140", "15911510272"},
		{"Y-32GF", 224, 232, [4]int{2, 5, 12, 1}, [4]int{232, 696, 1392, 3712}, "145046770", "32279552832"},
		// Goyal et al.: Vision Models Are More Robust And Fair When Pretrained On Uncurated Images, 2022, on larger pictures.
		{"Y-128GF", 384, 264, [4]int{2, 7, 17, 1}, [4]int{528, 1056, 2904, 7392}, "644812894", "374570006400"},
	} {
		id := strings.ToLower(v.size)
		torch := "regnet_" + strings.NewReplacer("-", "_", ".", "_").Replace(id)
		net := Net{
			ID: "regnet-" + strings.ReplaceAll(id, ".", "-"), Name: "RegNet" + v.size, Family: "RegNet", Year: 2020,
			Params: v.params, MACs: v.macs, Torch: torch,
			Source: "Radosavovic et al.: Designing Network Design Spaces, 2020; torchvision.models." + torch,
		}
		var b strings.Builder
		fmt.Fprintf(&b, "name %s\ninput 3x%dx%[2]d\nconv 32 k3 s2 p1 nobias; bn; relu\n", net.Name, v.picture)
		in := 32
		for i, w := range v.widths {
			b.WriteString(regNetStage(i+1, v.blocks[i], in, w, min(v.lane, w), strings.HasPrefix(v.size, "Y")))
			in = w
		}
		b.WriteString("globalavgpool; flatten\nlinear 1000\n")
		net.Text = b.String()
		all = append(all, net)
	}
	return all
}

// regNetStage writes the blocks of one stage. The first halves the sides, so its
// skip has a convolution, which torchvision calls before the block's own.
func regNetStage(stage, blocks, in, width, lane int, excited bool) string {
	block := func(in int, stride string) string {
		body := fmt.Sprintf("conv %d k1 nobias; bn; relu\nconv %[1]d k3%s p1%s nobias; bn; relu\n", width, stride,
			lanes(width/lane))
		if excited {
			body += squeezeExcite(width, in/4, "relu", "sigmoid")
		}
		return body + fmt.Sprintf("conv %d k1 nobias; bn\n", width)
	}
	first := fmt.Sprintf("conv %d k1 s2 nobias; bn\n", width)
	return pathsOf(fmt.Sprintf("stage%d.1: add", stage), first, block(in, " s2")) + "relu\n" +
		repeatOf(fmt.Sprintf("stage%d.x", stage), blocks-1, pathsOf("add", "", block(width, ""))+"relu\n")
}

// lanes is the option for so many groups.
func lanes(n int) string {
	if n == 1 {
		return ""
	}
	return fmt.Sprintf(" g%d", n)
}
