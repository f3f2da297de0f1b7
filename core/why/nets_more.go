package why

import (
	"fmt"
	"strings"
)

// mobileNet1 is MobileNet v1 of a width in percent, as Keras makes it
// (keras/applications/mobilenet.py): widths are not rounded, none is odd.
func mobileNet1(name string, percent int) string {
	var b strings.Builder
	in := 32 * percent / 100
	fmt.Fprintf(&b, "name %s\ninput 3x224x224\nconv %d k3 s2 p1 nobias; bn; relu6\n", name, in)
	for _, s := range [][2]int{{64, 1}, {128, 2}, {128, 1}, {256, 2}, {256, 1}, {512, 2}, {512, 1}, {512, 1}, {512,
		1},
		{512, 1}, {512, 1}, {1024, 2}, {1024, 1}} {
		out := s[0] * percent / 100
		fmt.Fprintf(&b, "conv %d k3 s%d p1 g%[1]d nobias; bn; relu6; conv %[3]d k1 nobias; bn; relu6\n", in, s[1],
			out)
		in = out
	}
	b.WriteString("globalavgpool; flatten; dropout 0.001\nlinear 1000\n")
	return b.String()
}

// residual is a network of three stages of n blocks for pictures of 32×32: a residual one whose
// skips are projected (He et al. 2015, option B; facebookresearch/open_lth), or a wide one, which
// normalizes before it convolves (Zagoruyko, Komodakis 2016).
func residual(name string, n, wide int, after bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name %s\ninput 3x32x32\nconv 16 k3 p1 nobias", name)
	if after {
		b.WriteString("; bn; relu")
	}
	b.WriteString("\n")
	for stage := range 3 {
		width, stride := (16<<stage)*wide, min(stage, 1)+1
		block := func(stride int, skip string) {
			format := "add { bn; relu; conv %d k3 s%d p1 nobias; bn; relu; conv %[1]d k3 p1 nobias | %[3]s }\n"
			if after {
				format = "add { conv %d k3 s%d p1 nobias; bn; relu; conv %[1]d k3 p1 nobias; bn | %[3]s }; relu\n"
			}
			fmt.Fprintf(&b, format, width, stride, skip)
		}
		switch {
		case after && stage == 0:
			block(1, "")
		case after:
			block(stride, fmt.Sprintf("conv %d k1 s%d nobias; bn", width, stride))
		default:
			block(stride, fmt.Sprintf("conv %d k1 s%d nobias", width, stride))
		}
		fmt.Fprintf(&b, "conv%d.x: repeat %d {\n", stage+2, n-1)
		block(1, "")
		b.WriteString("}\n")
	}
	if !after {
		b.WriteString("bn; relu\n")
	}
	b.WriteString("globalavgpool; flatten\nlinear 10\n")
	return b.String()
}

// uNet is U-Net with padded convolutions, each followed by more; up makes a map twice as large,
// and factor is by how much fewer channels the lower half has (milesial/Pytorch-UNet).
func uNet(name, input, more, up string, factor int, end string) string {
	var b strings.Builder
	twice := func(mid, width int) string {
		return fmt.Sprintf("conv %d k3 p1%s; relu; conv %d k3 p1%[2]s", mid, more, width)
	}
	fmt.Fprintf(&b, "name %s\n%s\n", name, input)
	for level := range 4 {
		fmt.Fprintf(&b, "%s\ndown%d: relu\nmaxpool 2\n", twice(64<<level, 64<<level), level)
	}
	b.WriteString(twice(1024/factor, 1024/factor) + "; relu\n")
	for level := 3; level >= 0; level-- {
		width := 64 << level
		if strings.Contains(up, "%d") {
			fmt.Fprintf(&b, up+"\n", width)
		} else {
			b.WriteString(up + "\n")
		}
		out, mid := width, width
		if factor > 1 {
			if level > 0 {
				out = width / factor
			}
		}
		fmt.Fprintf(&b, "concat { @down%d | }\n%s; relu\n", level, twice(mid, out))
	}
	b.WriteString(end + "\n")
	return b.String()
}

// A gpt is a transformer of a published size: an encoder if its words are not tied to an output.
type gpt struct {
	id, name            string
	words, wide, layers int
	heads, length       int
	bert                bool
}

// gpts are the sizes of GPT-2 (Radford et al. 2019, table 2) and BERT (Devlin et al. 2018) that
// the zoo has not; DistilBERT has no pooler and no segments.
var gpts = []gpt{
	{"gpt-2-medium", "GPT-2 medium", 50257, 1024, 24, 16, 1024, false},
	{"gpt-2-large", "GPT-2 large", 50257, 1280, 36, 20, 1024, false},
	{"gpt-2-xl", "GPT-2 XL", 50257, 1600, 48, 25, 1024, false},
	{"bert-large", "BERT-large", 30522, 1024, 24, 16, 512, true},
}

func (v gpt) text() string {
	hidden := 4 * v.wide
	if v.bert {
		return fmt.Sprintf(`name %s
input %d
words: embedding %dx%d
input %[2]d
embedding 2x%[4]d
add { | @words | param %[2]dx%[4]d }
layernorm
encoder: repeat %[5]d {
  add { attention %[6]d | }; layernorm
  add { linear %[7]d; gelu; linear %[4]d | }; layernorm
}
select 0
linear %[4]d; tanh
`, v.name, v.length, v.words, v.wide, v.layers, v.heads, hidden)
	}
	return fmt.Sprintf(`name %s
input %d
words: embedding %dx%d
add { | param %[2]dx%[4]d }
block: repeat %[5]d {
  add { layernorm; attention %[6]d causal | }
  add { layernorm; linear %[7]d; gelu; linear %[4]d | }
}
layernorm
linear %[3]d nobias shares @words
`, v.name, v.length, v.words, v.wide, v.layers, v.heads, hidden)
}
