package zoo

import (
	"fmt"
	"strings"
)

// maxVitFamily is torchvision's MaxViT: each block is a convolution block as
// MobileNet's and two attentions, one within windows of 7×7 neighbours, one among
// the 7×7 positions of a grid that spans the map.
func maxVitFamily() []Net {
	return []Net{{
		ID: "maxvit-t", Name: "MaxViT-T", Family: "MaxViT", Year: 2022,
		Params: "30919624", GMACs: "5.558", Torch: "maxvit_t",
		Source: "Tu et al.: MaxViT: Multi-Axis Vision Transformer, 2022; torchvision.models.maxvit_t",
		Text:   maxVitText(),
	}}
}

// What the paper calls P and G.
const maxVitWindow = 7

func maxVitText() string {
	var b strings.Builder
	b.WriteString("name MaxViT-T\ninput 3x224x224\nconv 64 k3 s2 p1 nobias; " + maxVitNorm + "; gelu; conv 64 k3 p1\n")
	side := 112
	for i, s := range []struct{ width, depth int }{{64, 2}, {128, 2}, {256, 5}, {512, 2}} {
		side /= 2
		attention := maxVitAttention(s.width, side)
		proj := fmt.Sprintf("avgpool 3 s2 p1; conv %d k1\n", s.width)
		b.WriteString(pathsOf(fmt.Sprintf("stage%d.1: add", i+1), proj, maxVitConv(s.width, " s2")) + attention)
		b.WriteString(repeatOf(fmt.Sprintf("stage%d.x", i+1), s.depth-1, pathsOf("add", "", maxVitConv(s.width, ""))+attention))
	}
	b.WriteString("globalavgpool; flatten\nlayernorm; linear 512; tanh\nlinear 1000 nobias\n")
	return b.String()
}

const maxVitNorm = "bn eps=0.001 momentum=0.99"

// maxVitConv writes an inverted bottleneck with squeeze-and-excitation.
func maxVitConv(width int, stride string) string {
	return fmt.Sprintf(`%[1]s
conv %[2]d k1 nobias; %[1]s; gelu
conv %[2]d k3%[3]s p1 g%[2]d nobias; %[1]s; gelu
mul { | globalavgpool; conv %[4]d k1; silu; conv %[2]d k1; sigmoid }
conv %[5]d k1
stochasticdepth 0.2
`, maxVitNorm, 4*width, stride, width/4, width)
}

// maxVitAttention divides a map of C×H×W into windows of neighbours, and then
// into those of a grid, each time with attention and two dense layers on
// [windows, positions, C] before it is put together again.
func maxVitAttention(width, side int) string {
	n, p := side/maxVitWindow, maxVitWindow
	heads := width / 32
	blocks := encoderOf(fmt.Sprintf("windowattention %d w%d version=maxvit; stochasticdepth 0.2", heads, p),
		fmt.Sprintf("linear %d; gelu; linear %d; stochasticdepth 0.2", 4*width, width), "")
	return fmt.Sprintf(`reshape %[1]dx%[2]dx%[3]dx%[2]dx%[3]d; permute 2x4x3x5x1; reshape %[4]dx%[5]dx%[1]d
%[6]sreshape %[2]dx%[2]dx%[3]dx%[3]dx%[1]d; permute 5x1x3x2x4; reshape %[1]dx%[7]dx%[7]d
reshape %[1]dx%[3]dx%[2]dx%[3]dx%[2]d; permute 3x5x2x4x1; reshape %[4]dx%[5]dx%[1]d
%[6]sreshape %[2]dx%[2]dx%[3]dx%[3]dx%[1]d; permute 5x3x1x4x2; reshape %[1]dx%[7]dx%[7]d
`, width, n, p, n*n, p*p, blocks, side)
}
