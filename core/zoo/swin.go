package zoo

import (
	"fmt"
	"strings"
)

// A swin is one Swin Transformer of torchvision: four stages of attention in
// windows, every second one shifted by half a window, with patches merged four
// to one between them.
type swin struct {
	letter        string
	width         int
	depths, heads [4]int
	drop          string    // stochastic depth of the last block, to which it grows
	params, gmacs [2]string // of version 1 and 2
}

var swins = []swin{
	{"t", 96, [4]int{2, 2, 6, 2}, [4]int{3, 6, 12, 24}, "0.2", [2]string{"28288354", "28351570"}, [2]string{"4.491", "5.940"}},
	{"s", 96, [4]int{2, 2, 18, 2}, [4]int{3, 6, 12, 24}, "0.3", [2]string{"49606258", "49737442"}, [2]string{"8.741", "11.546"}},
	{"b", 128, [4]int{2, 2, 18, 2}, [4]int{4, 8, 16, 32}, "0.5", [2]string{"87768224", "87930848"}, [2]string{"15.431", "20.325"}},
}

func swinFamily() []Net {
	var nets []Net
	for i, version := range []struct {
		torch, name, paper string
		side, window       int
	}{
		{"swin_", "Swin-", "Liu et al.: Swin Transformer: Hierarchical Vision Transformer using Shifted Windows, 2021, table 7", 224, 7},
		{"swin_v2_", "SwinV2-", "Liu et al.: Swin Transformer V2: Scaling Up Capacity and Resolution, 2021", 256, 8},
	} {
		for _, s := range swins {
			torch, name := version.torch+s.letter, version.name+strings.ToUpper(s.letter)
			nets = append(nets, Net{
				ID: strings.ReplaceAll(torch, "_", "-"), Name: name, Family: "Swin", Year: 2021,
				Params: s.params[i], GMACs: s.gmacs[i], Torch: torch, Source: version.paper + "; torchvision.models." + torch,
				Text: s.text(name, i == 1, version.side, version.window),
			})
		}
	}
	return nets
}

// text writes the network. Behind the first convolution maps have their channels
// last: H×W×C.
func (s swin) text(name string, v2 bool, side, window int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name %s\ninput 3x%dx%[2]d\nconv %d k4 s4; permute 2x3x1; layernorm\n", name, side, s.width)
	width := s.width
	side /= 4
	for i, depth := range s.depths {
		if i > 0 {
			side, width = side/2, 2*width
			b.WriteString(merging(v2, width))
		}
		plain := s.block(v2, width, s.heads[i], window, "")
		shift := ""
		if side > window { // one window has nothing to shift into
			shift = fmt.Sprintf(" shift=%d", window/2)
		}
		b.WriteString(repeatOf(fmt.Sprintf("stage%d", i+1), depth/2, plain+s.block(v2, width, s.heads[i], window, shift)))
	}
	b.WriteString("layernorm; permute 3x1x2; globalavgpool; flatten\nlinear 1000\n")
	return b.String()
}

// merging lays each four neighbours side by side, [H/2, W/2, 4C], and makes half
// as many features of them; in version 1 the norm comes first.
func merging(v2 bool, width int) string {
	const neighbours = `concat dim=3 {
  slice step=2; slice dim=2 step=2
|
  slice from=1 step=2; slice dim=2 step=2
|
  slice step=2; slice dim=2 from=1 step=2
|
  slice from=1 step=2; slice dim=2 from=1 step=2
}
`
	if v2 {
		return neighbours + fmt.Sprintf("linear %d nobias; layernorm\n", width)
	}
	return neighbours + fmt.Sprintf("layernorm; linear %d nobias\n", width)
}

// block writes attention in windows and two dense layers, with the norm in front
// of each, in version 2 behind it.
func (s swin) block(v2 bool, width, heads, window int, shift string) string {
	attention := fmt.Sprintf("windowattention %d w%d%s", heads, window, shift)
	dense := fmt.Sprintf("linear %d; gelu; linear %d", 4*width, width)
	drop := "stochasticdepth " + s.drop
	if v2 {
		return fmt.Sprintf("add { %s version=v2; layernorm; %s | }\nadd { %s; layernorm; %s | }\n", attention, drop, dense, drop)
	}
	return encoderOf(attention+"; "+drop, dense+"; "+drop, "")
}
