package zoo

import (
	"fmt"
	"math"
	"strings"
)

// efficientNetFamily are torchvision's EfficientNets.
func efficientNetFamily() []Net {
	var all []Net
	for i, b := range efficientNets {
		torch := fmt.Sprintf("efficientnet_b%d", i)
		all = append(all, Net{
			ID: fmt.Sprintf("efficientnet-b%d", i), Name: fmt.Sprintf("EfficientNet-B%d", i), Family: "EfficientNet", Year: 2019,
			Torch: torch, Params: b.params, MACs: b.macs,
			Source: "Tan, Le: EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks, 2019, table 1; torchvision.models." + torch,
			Text:   b.text(fmt.Sprintf("EfficientNet-B%d", i), b.size, "", b.bn()),
		})
	}
	for _, v := range efficientNets2 {
		torch := "efficientnet_v2_" + v.letter
		name := "EfficientNet v2 " + strings.ToUpper(v.letter)
		all = append(all, Net{
			ID: "efficientnet-v2-" + v.letter, Name: name, Family: "EfficientNet", Year: 2021,
			Torch: torch, Params: v.params, MACs: v.macs,
			Source: "Tan, Le: EfficientNetV2: Smaller Models and Faster Training, 2021, table 4; torchvision.models." + torch,
			Text:   mbNet{stages: v.stages, size: v.size, last: 1280, bn: "bn eps=0.001", dropout: v.dropout}.text(name, ""),
		})
	}
	return all
}

// An efficientNet is B0 scaled in width and depth: table 3 of the paper's
// supplement, efficientnet_params of the TensorFlow models.
type efficientNet struct {
	width, depth float64
	size         int // of its picture in torchvision; the paper has 260 for B2
	dropout      string
	params, macs string
}

var efficientNets = [...]efficientNet{
	{1.0, 1.0, 224, "0.2", "5288548", "385814752"},
	{1.0, 1.1, 240, "0.2", "7794184", "686802832"},
	{1.1, 1.2, 288, "0.3", "9109994", "1087529456"},
	{1.2, 1.4, 300, "0.3", "12233232", "1827141392"},
	{1.4, 1.8, 380, "0.4", "19341616", "4393771024"},
	{1.6, 2.2, 456, "0.4", "30389784", "10266384752"},
	{1.8, 2.6, 528, "0.5", "43040704", "19067593536"},
	{2.0, 3.1, 600, "0.5", "66347960", "37745884192"},
}

// efficientNetB0 is the paper's table 1.
var efficientNetB0 = []mbStage{
	{t: 1, k: 3, s: 1, c: 16, n: 1}, {t: 6, k: 3, s: 2, c: 24, n: 2}, {t: 6, k: 5, s: 2, c: 40, n: 2}, {t: 6, k: 3,
		s: 2, c: 80, n: 3},
	{t: 6, k: 5, s: 1, c: 112, n: 3}, {t: 6, k: 5, s: 2, c: 192, n: 4}, {t: 6, k: 3, s: 1, c: 320, n: 1},
}

// bn is torchvision's batch norm: B5 to B7 have TensorFlow's constants.
func (e efficientNet) bn() string {
	if e.width >= 1.6 {
		return "bn eps=0.001 momentum=0.01"
	}
	return "bn"
}

// text writes the network for pictures of a size; first are statements before
// the stem.
func (e efficientNet) text(name string, size int, first, bn string) string {
	n := mbNet{size: size, last: 4 * divisible(320*e.width), bn: bn, dropout: e.dropout, stem: divisible(32 * e.width)}
	for _, s := range efficientNetB0 {
		s.c, s.n = divisible(float64(s.c)*e.width), int(math.Ceil(float64(s.n)*e.depth))
		n.stages = append(n.stages, s)
	}
	return n.text(name, first)
}

var efficientNets2 = [...]struct {
	letter       string
	size         int
	dropout      string
	params, macs string
	stages       []mbStage
}{
	{"s", 384, "0.2", "21458488", "8365617152", []mbStage{
		{true, 1, 3, 1, 24, 2}, {true, 4, 3, 2, 48, 4}, {true, 4, 3, 2, 64, 4},
		{false, 4, 3, 2, 128, 6}, {false, 6, 3, 1, 160, 9}, {false, 6, 3, 2, 256, 15}}},
	{"m", 480, "0.3", "54139356", "24582460384", []mbStage{
		{true, 1, 3, 1, 24, 3}, {true, 4, 3, 2, 48, 5}, {true, 4, 3, 2, 80, 5},
		{false, 4, 3, 2, 160, 7}, {false, 6, 3, 1, 176, 14}, {false, 6, 3, 2, 304, 18}, {false, 6, 3, 1, 512, 5}}},
	{"l", 480, "0.4", "118515272", "56079699008", []mbStage{
		{true, 1, 3, 1, 32, 4}, {true, 4, 3, 2, 64, 7}, {true, 4, 3, 2, 96, 7},
		{false, 4, 3, 2, 192, 10}, {false, 6, 3, 1, 224, 19}, {false, 6, 3, 2, 384, 25}, {false, 6, 3, 1, 640, 7}}},
}

// An mbStage is n blocks: expansion t, kernel k, stride s of the first, output
// c. Fused blocks expand and look around in one convolution, and have no
// squeeze-and-excitation.
type mbStage struct {
	fused         bool
	t, k, s, c, n int
}

// An mbNet is what both EfficientNets are (torchvision.models.efficientnet).
type mbNet struct {
	stages  []mbStage
	size    int
	stem    int // 0: as the first stage
	last    int
	bn      string
	dropout string
}

func (m mbNet) text(name, first string) string {
	var b strings.Builder
	in := m.stem
	if in == 0 {
		in = m.stages[0].c
	}
	fmt.Fprintf(&b, "name %s\ninput 3x%dx%d\n%sconv %d k3 s2 p1 nobias; %s; silu\n", name, m.size, m.size, first, in, m.bn)
	b.WriteString("# the chance to skip a block grows evenly from 0 in the first to 0.2 behind the last\n")
	for i, s := range m.stages {
		label := fmt.Sprintf("stage%d.x", i+2) // the stem is the papers' first
		residual := func(in int) string {
			return pathsOf("add", m.block(s, in, 1)+"stochasticdepth 0.2\n", "")
		}
		if in == s.c && s.s == 1 {
			b.WriteString(repeatOf(label, s.n, residual(in)))
		} else {
			b.WriteString(m.block(s, in, s.s) + repeatOf(label, s.n-1, residual(s.c)))
		}
		in = s.c
	}
	fmt.Fprintf(&b, "conv %d k1 nobias; %s; silu\nglobalavgpool; flatten; dropout %s\nlinear 1000\n", m.last, m.bn, m.dropout)
	return b.String()
}

func (m mbNet) block(s mbStage, in, stride int) string {
	wide := in * s.t
	var b strings.Builder
	switch {
	case s.fused && s.t == 1:
		return fmt.Sprintf("conv %d k%d%s p%d nobias; %s; silu\n", s.c, s.k, strideOf(stride), s.k/2, m.bn)
	case s.fused:
		fmt.Fprintf(&b, "conv %d k%d%s p%d nobias; %s; silu\n", wide, s.k, strideOf(stride), s.k/2, m.bn)
	default:
		if s.t != 1 {
			fmt.Fprintf(&b, "conv %d k1 nobias; %s; silu\n", wide, m.bn)
		}
		fmt.Fprintf(&b, "conv %d k%d%s p%d g%d nobias; %s; silu\n", wide, s.k, strideOf(stride), s.k/2, wide, m.bn)
		b.WriteString(squeezeExcite(wide, max(1, in/4), "silu", "sigmoid"))
	}
	fmt.Fprintf(&b, "conv %d k1 nobias; %s\n", s.c, m.bn)
	return b.String()
}
