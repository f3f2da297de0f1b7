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
	params, gmacs [3]string // of version 1, 2, and of version 1 for films
}

var swins = []swin{
	{"t", 96, [4]int{2, 2, 6, 2}, [4]int{3, 6, 12, 24}, "0.2", [3]string{"28288354", "28351570", "28158070"},
		[3]string{"4.491", "5.940", "43.882"}},
	{"s", 96, [4]int{2, 2, 18, 2}, [4]int{3, 6, 12, 24}, "0.3", [3]string{"49606258", "49737442", "49816678"},
		[3]string{"8.741", "11.546", "82.841"}},
	{"b", 128, [4]int{2, 2, 18, 2}, [4]int{4, 8, 16, 32}, "0.5", [3]string{"87768224", "87930848", "88048984"},
		[3]string{"15.431", "20.325", "140.667"}},
}

// A swinVersion is what all the networks of one paper have in common.
type swinVersion struct {
	torch, name, paper string
	task               Task
	v2, film           bool
	side, window       int
}

func swinFamily() []Net {
	var nets []Net
	for i, v := range []swinVersion{
		{torch: "swin_", name: "Swin-", side: 224, window: 7,
			paper: "Liu et al.: Swin Transformer: Hierarchical Vision Transformer using Shifted Windows, 2021, table 7; torchvision.models."},
		{torch: "swin_v2_", name: "SwinV2-", side: 256, window: 8, v2: true,
			paper: "Liu et al.: Swin Transformer V2: Scaling Up Capacity and Resolution, 2021; torchvision.models."},
		{torch: "swin3d_", name: "Video Swin-", side: 224, window: 7, film: true, task: Video,
			paper: "Liu et al.: Video Swin Transformer, 2021; torchvision.models.video."},
	} {
		for _, s := range swins {
			torch, name := v.torch+s.letter, v.name+strings.ToUpper(s.letter)
			drop := s.drop
			if v.film {
				drop = "0.1"
			}
			nets = append(nets, Net{
				ID: strings.ReplaceAll(torch, "_", "-"), Name: name, Family: "Swin", Year: 2021, Task: v.task,
				Params: s.params[i], GMACs: s.gmacs[i], Torch: torch, Source: v.paper + torch,
				Text: v.text(name, s, "stochasticdepth "+drop),
			})
		}
	}
	return nets
}

// text writes the network. After the first convolution maps have their channels
// last: H×W×C, or T×H×W×C of a film.
func (v swinVersion) text(name string, s swin, drop string) string {
	var b strings.Builder
	width, side := s.width, v.side/4
	first, patch, last, back, classes := "3", "4", "2x3x1", "3x1x2", 1000
	if v.film {
		first, patch, last, back, classes = "3x16", "2x4x4", "2x3x4x1", "4x1x2x3", 400
	}
	fmt.Fprintf(&b, "name %s\ninput %sx%dx%[3]d\nconv %d k%s s%[5]s; permute %[6]s; layernorm\n", name, first, v.side,
		width, patch, last)
	for i, depth := range s.depths {
		if i > 0 {
			side, width = side/2, 2*width
			b.WriteString(v.merging(width))
		}
		plain, shifted := v.attention(s.heads[i], 0), v.attention(s.heads[i], v.window/2)
		if side <= v.window && !v.film { // one window has nothing to shift into
			shifted = plain
		}
		b.WriteString(blockOf(fmt.Sprintf("stage%d: repeat %d", i+1, depth/2),
			v.block(plain, width, drop)+v.block(shifted, width, drop)))
	}
	fmt.Fprintf(&b, "layernorm; permute %s; globalavgpool; flatten\nlinear %d\n", back, classes)
	return b.String()
}

// attention writes the attention in windows, shifted or not. A film's are 8 steps
// deep, and it has no more.
func (v swinVersion) attention(heads, shift int) string {
	window, by := fmt.Sprint(v.window), fmt.Sprint(shift)
	if v.film {
		window, by = fmt.Sprintf("8x%dx%[1]d", v.window), fmt.Sprintf("4x%dx%[1]d", shift)
	}
	text := fmt.Sprintf("windowattention %d w%s", heads, window)
	if shift > 0 {
		text += " shift=" + by
	}
	if v.v2 {
		text += " version=v2"
	}
	return text
}

// merging lays each four neighbours side by side, [H/2, W/2, 4C], and makes half
// as many features of them; in version 1 the norm comes first.
func (v swinVersion) merging(width int) string {
	rows, columns := 1, 2
	if v.film {
		rows, columns = 2, 3
	}
	var neighbours []string
	for _, from := range [][2]string{{"", ""}, {" from=1", ""}, {"", " from=1"}, {" from=1", " from=1"}} {
		neighbours = append(neighbours, fmt.Sprintf("slice dim=%d%s step=2; slice dim=%d%s step=2\n", rows, from[0],
			columns, from[1]))
	}
	text := pathsOf(fmt.Sprintf("concat dim=%d", columns+1), neighbours...)
	if v.v2 {
		return text + fmt.Sprintf("linear %d nobias; layernorm\n", width)
	}
	return text + fmt.Sprintf("layernorm; linear %d nobias\n", width)
}

// block writes attention in windows and two dense layers, with a norm before each,
// in version 2 after it.
func (v swinVersion) block(attention string, width int, drop string) string {
	dense := fmt.Sprintf("linear %d; gelu; linear %d", 4*width, width)
	if v.v2 {
		return fmt.Sprintf("add { %s; layernorm; %s | }\nadd { %s; layernorm; %s | }\n", attention, drop, dense, drop)
	}
	return encoderOf(attention+"; "+drop, dense+"; "+drop, "")
}
