package zoo

import (
	"fmt"
	"strings"
)

// videoFamily are torchvision's networks for video: 16 frames, 400 kinds of
// action (Kinetics).
func videoFamily() []Net {
	const resNets = "Tran et al.: A Closer Look at Spatiotemporal Convolutions for Action Recognition, 2017, table 1; torchvision.models.video."
	net := func(id, name, torch, params, macs string) Net {
		return Net{
			ID: id, Name: name, Family: "Video ResNet", Year: 2017, Task: Video, Torch: torch, Params: params, MACs: macs,
			Source: resNets + torch,
		}
	}
	r3d := net("r3d-18", "R3D-18", "r3d_18", "33371472", "40696553472")
	mc3 := net("mc3-18", "MC3-18", "mc3_18", "11695440", "43342635008")
	r21 := net("r2plus1d-18", "R(2+1)D-18", "r2plus1d_18", "31505325", "40519080960")
	const stem = "conv 64 k3x7x7 s1x2x2 p1x3x3 nobias; bn; relu\n"
	r3d.Text = videoResNet{stem: stem, convs: [4]convolution3{full, full, full, full}}.text(r3d.Name)
	mc3.Text = videoResNet{stem: stem, convs: [4]convolution3{full, flat, flat, flat}}.text(mc3.Name)
	r21.Text = videoResNet{
		stem: `conv 45 k1x7x7 s1x2x2 p0x3x3 nobias; bn; relu
conv 64 k3x1x1 p1x0x0 nobias; bn; relu
`,
		convs: [4]convolution3{apart, apart, apart, apart},
	}.text(r21.Name)
	return []Net{r3d, mc3, r21, s3d()}
}

// A convolution3 is how a network looks at time.
type convolution3 uint8

const (
	full  convolution3 = iota // 3×3×3
	flat                      // 1×3×3: not at all
	apart                     // 1×3×3, then 3×1×1
)

// text writes a convolution without its batch norm. mid is the width between
// the two of apart.
func (c convolution3) text(mid, out, stride int) string {
	switch c {
	case full:
		return fmt.Sprintf("conv %d k3%s p1 nobias", out, strideOf(stride))
	case flat:
		return fmt.Sprintf("conv %d k1x3x3%s p0x1x1 nobias", out, strideOf(1, stride, stride))
	}
	return fmt.Sprintf("conv %d k1x3x3%s p0x1x1 nobias; bn; relu\nconv %d k3x1x1%s p1x0x0 nobias",
		mid, strideOf(1, stride, stride), out, strideOf(stride, 1, 1))
}

// strideOf writes a stride with a blank before it, nothing where all are 1.
func strideOf(strides ...int) string {
	s, all := make([]string, len(strides)), 1
	for i, n := range strides {
		s[i], all = fmt.Sprint(n), all*n
	}
	if all == 1 {
		return ""
	}
	return " s" + strings.Join(s, "x")
}

// A videoResNet is a ResNet-18 whose kernels have three dimensions
// (torchvision.models.video.resnet).
type videoResNet struct {
	stem  string
	convs [4]convolution3 // of the four stages
}

func (v videoResNet) text(name string) string {
	var b strings.Builder
	b.WriteString("name " + name + "\ninput 3x16x112x112\n" + v.stem)
	in := 64
	for i, conv := range v.convs {
		out := 64 << i
		// Both convolutions of a block have the width between that makes the
		// first as large as its 3×3×3 would be.
		block := func(in, stride int, skip string) string {
			mid := in * out * 27 / (in*9 + 3*out)
			return pathsOf("add", conv.text(mid, out, stride)+"; bn; relu\n"+conv.text(mid, out, 1)+"; bn\n", skip) + "relu\n"
		}
		label := fmt.Sprintf("conv%d", i+2)
		if i == 0 {
			b.WriteString(repeatOf(label+".x", 2, block(in, 1, "")))
			continue
		}
		stride := strideOf(2)
		if conv == flat {
			stride = strideOf(1, 2, 2)
		}
		b.WriteString(label + ".1: " + block(in, 2, fmt.Sprintf("conv %d k1%s nobias; bn\n", out, stride)))
		b.WriteString(label + ".2: " + block(out, 1, ""))
		in = out
	}
	b.WriteString("globalavgpool; flatten\nlinear 400\n")
	return b.String()
}

// s3d is Inception v1 with its 3×3 convolutions taken apart into space and time.
func s3d() Net {
	const bn = " nobias; bn eps=0.001 momentum=0.001; relu\n"
	conv1 := func(out int) string { return fmt.Sprintf("conv %d k1", out) + bn }
	conv3 := func(out int) string {
		return fmt.Sprintf("conv %d k1x3x3 p0x1x1%sconv %d k3x1x1 p1x0x0%s", out, bn, out, bn)
	}
	var b strings.Builder
	b.WriteString("name S3D\ninput 3x16x224x224\n")
	b.WriteString("conv 64 k1x7x7 s1x2x2 p0x3x3" + bn + "conv 64 k7x1x1 s2x1x1 p3x0x0" + bn)
	b.WriteString("maxpool 1x3x3 s1x2x2 p0x1x1\n" + conv1(64) + conv3(192) + "maxpool 1x3x3 s1x2x2 p0x1x1\n")
	for _, i := range inceptions { // the widths of GoogLeNet, but for its pools
		b.WriteString(pathsOf("inc"+i.name+": concat",
			conv1(i.one), conv1(i.reduce3)+conv3(i.three), conv1(i.reduce5)+conv3(i.five), "maxpool 3 s1 p1\n"+conv1(i.pr)))
		switch i.name {
		case "3b":
			b.WriteString("maxpool 3 s2 p1\n")
		case "4e":
			b.WriteString("maxpool 2\n")
		}
	}
	b.WriteString("avgpool 2x7x7 s1; dropout 0.2\nconv 400 k1\nglobalavgpool flat\n")
	return Net{
		ID: "s3d", Name: "S3D", Family: "Inception", Year: 2017, Task: Video, Torch: "s3d", Params: "8320048", MACs: "17978771456",
		Source: "Xie et al.: Rethinking Spatiotemporal Feature Learning, 2017; torchvision.models.video.s3d",
		Text:   b.String(),
	}
}
