package zoo

import (
	"fmt"
	"strings"
)

// mobileNetFamily are torchvision's MobileNets v2 and v3; v1 is Keras'
// (keras.go).
func mobileNetFamily() []Net {
	v3 := func(id, name, torch, params, macs string, m mobileNet3) Net {
		return Net{
			ID: id, Name: name, Family: "MobileNet", Year: 2019, Torch: torch, Params: params, MACs: macs,
			Source: "Howard et al.: Searching for MobileNetV3, 2019, tables 1 and 2; torchvision.models." + torch,
			Text:   "name " + name + "\ninput 3x224x224\n" + m.backbone(false) + m.head(),
		}
	}
	return []Net{
		{
			ID: "mobilenet-v2", Name: "MobileNet v2", Family: "MobileNet", Year: 2018, Torch: "mobilenet_v2", Params: "3504872", MACs: "300774272",
			Source: "Sandler et al.: MobileNetV2: Inverted Residuals and Linear Bottlenecks, 2018, table 2; torchvision.models.mobilenet_v2",
			Text:   mobileNet2Text("MobileNet v2", "relu6"),
		},
		v3("mobilenet-v3-large", "MobileNet v3 large", "mobilenet_v3_large", "5483032", "216589760", mobileNet3Large),
		v3("mobilenet-v3-small", "MobileNet v3 small", "mobilenet_v3_small", "2542856", "56510400", mobileNet3Small),
	}
}

// mobileNet2 is the paper's table 2: expansion, channels, blocks, stride.
var mobileNet2 = [...]struct{ t, c, n, s int }{
	{1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1},
}

func mobileNet2Text(name, act string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name %s\ninput 3x224x224\nconv 32 k3 s2 p1 nobias; bn; %s\n", name, act)
	in := 32
	for i, stage := range mobileNet2 {
		block := func(in, stride int) string {
			wide := in * stage.t
			s := ""
			if wide != in {
				s = fmt.Sprintf("conv %d k1 nobias; bn; %s\n", wide, act)
			}
			return s + fmt.Sprintf("conv %d k3%s p1 g%d nobias; bn; %s\nconv %d k1 nobias; bn\n", wide,
				strideOf(stride), wide, act, stage.c)
		}
		fmt.Fprintf(&b, "# bottleneck %d: t %d, c %d, n %d, s %d\n", i+1, stage.t, stage.c, stage.n, stage.s)
		b.WriteString(block(in, stage.s))
		b.WriteString(repeatOf(fmt.Sprintf("b%d.x", i+1), stage.n-1, pathsOf("add", block(stage.c, 1), "")))
		in = stage.c
	}
	fmt.Fprintf(&b, "conv 1280 k1 nobias; bn; %s\nglobalavgpool; flatten; dropout 0.2\nlinear 1000\n", act)
	return b.String()
}

// A bneck is one row of MobileNet v3's tables: kernel, expanded width, output,
// squeeze-and-excitation, hard swish instead of ReLU, stride.
type bneck struct {
	k, exp, out int
	se, hs      bool
	s           int
}

// A mobileNet3 is a table of MobileNet v3, with the width of its last dense layer.
type mobileNet3 struct {
	rows    []bneck
	dilated int // the first of the rows that are dilated instead of strided, for segmentation
	low     int // the row whose output the heads for segmentation read
	hidden  int
}

var mobileNet3Large = mobileNet3{dilated: 12, low: 3, hidden: 1280, rows: []bneck{
	{3, 16, 16, false, false, 1},
	{3, 64, 24, false, false, 2}, {3, 72, 24, false, false, 1},
	{5, 72, 40, true, false, 2}, {5, 120, 40, true, false, 1}, {5, 120, 40, true, false, 1},
	{3, 240, 80, false, true, 2}, {3, 200, 80, false, true, 1}, {3, 184, 80, false, true, 1}, {3, 184, 80, false, true, 1},
	{3, 480, 112, true, true, 1}, {3, 672, 112, true, true, 1},
	{5, 672, 160, true, true, 2}, {5, 960, 160, true, true, 1}, {5, 960, 160, true, true, 1},
}}

var mobileNet3Small = mobileNet3{hidden: 1024, rows: []bneck{
	{3, 16, 16, true, false, 2},
	{3, 72, 24, false, false, 2}, {3, 88, 24, false, false, 1},
	{5, 96, 40, true, true, 2}, {5, 240, 40, true, true, 1}, {5, 240, 40, true, true, 1},
	{5, 120, 48, true, true, 1}, {5, 144, 48, true, true, 1},
	{5, 288, 96, true, true, 2}, {5, 576, 96, true, true, 1}, {5, 576, 96, true, true, 1},
}}

// Batch norm in MobileNet v3 (torchvision.models.mobilenetv3).
const mobileNet3BN = "; bn eps=0.001 momentum=0.01"

// backbone writes all up to the last convolution. Equal rows become a repeat.
// Dilated, the last stage keeps its size, as segmentation needs it, and the output
// that the heads read gets the label low.
func (m mobileNet3) backbone(dilated bool) string {
	var b strings.Builder
	b.WriteString("conv 16 k3 s2 p1 nobias" + mobileNet3BN + "; hardswish\n")
	in := 16
	for i := 0; i < len(m.rows); {
		row, dilation := m.rows[i], 1
		if dilated && i >= m.dilated {
			row.s, dilation = 1, 2
		}
		n := 1
		if in == row.out && row.s == 1 {
			for i+n < len(m.rows) && m.rows[i+n] == row {
				n++
			}
			b.WriteString(repeatOf(fmt.Sprintf("bneck%d", i+1), n, pathsOf("add", row.text(in, dilation), "")))
		} else {
			text := row.text(in, dilation)
			if dilated && i == m.low {
				at := strings.LastIndex(text, "; bn")
				text = text[:at] + "\nlow:" + text[at+1:]
			}
			b.WriteString(text)
		}
		in, i = row.out, i+n
	}
	fmt.Fprintf(&b, "conv %d k1 nobias%s; hardswish\n", 6*in, mobileNet3BN)
	return b.String()
}

func (m mobileNet3) head() string {
	return fmt.Sprintf("globalavgpool; flatten\nlinear %d; hardswish; dropout 0.2\nlinear 1000\n", m.hidden)
}

// text writes a row: expand, depthwise, squeeze and excite, project. A dilated
// block has no stride: torchvision dilates the first of the stage already.
func (r bneck) text(in, dilation int) string {
	act := "relu"
	if r.hs {
		act = "hardswish"
	}
	var b strings.Builder
	if r.exp != in {
		fmt.Fprintf(&b, "conv %d k1 nobias%s; %s\n", r.exp, mobileNet3BN, act)
	}
	spread := ""
	if dilation > 1 {
		spread = fmt.Sprintf(" d%d", dilation)
	}
	fmt.Fprintf(&b, "conv %d k%d%s p%d%s g%d nobias%s; %s\n", r.exp, r.k, strideOf(r.s), r.k/2*dilation, spread,
		r.exp, mobileNet3BN, act)
	if r.se {
		b.WriteString(squeezeExcite(r.exp, divisible(float64(r.exp/4)), "relu", "hardsigmoid"))
	}
	fmt.Fprintf(&b, "conv %d k1 nobias%s\n", r.out, mobileNet3BN)
	return b.String()
}

// squeezeExcite writes the branch that scales channels by a function of their means
// over the map (torchvision.ops.SqueezeExcitation).
func squeezeExcite(channels, squeezed int, act, gate string) string {
	return fmt.Sprintf("mul { | globalavgpool; conv %d k1; %s; conv %d k1; %s }\n", squeezed, act, channels, gate)
}
