package zoo

import (
	"fmt"
	"strings"
)

// uNetFamily is the network for biomedical pictures as in its paper: no convolution
// is padded, so that maps of the contracting path are cropped before they are
// concatenated.
func uNetFamily() []Net {
	return []Net{{
		ID: "u-net", Name: "U-Net", Family: "U-Net", Year: 2015, Task: Segmentation,
		Params: "31030658",
		Source: "Ronneberger, Fischer, Brox: U-Net: Convolutional Networks for Biomedical Image Segmentation, 2015, figure 1; counted with the Keras summary (572² in, 388² out)",
		Text:   uNetText(),
	}}
}

func uNetText() string {
	var b strings.Builder
	twice := func(width int) string { return fmt.Sprintf("conv %d k3; relu; conv %[1]d k3; relu\n", width) }
	side := 572
	b.WriteString("name U-Net\ninput 1x572x572\n")
	sides := map[int]int{}
	for level := 1; level <= 4; level++ {
		side -= 4
		sides[level] = side
		fmt.Fprintf(&b, "conv %d k3; relu\nconv %[1]d k3\ndown%d: relu\nmaxpool 2\n", 32<<level, level)
		side /= 2
	}
	b.WriteString(twice(1024))
	side -= 4
	for level := 4; level >= 1; level-- {
		side *= 2
		fmt.Fprintf(&b, "convtranspose %d k2 s2\n", 32<<level)
		fmt.Fprintf(&b, "up%d: concat { @down%[1]d crop %d | }\n", level, (sides[level]-side)/2)
		b.WriteString(twice(32 << level))
		side -= 4
	}
	b.WriteString("conv 2 k1\n")
	return b.String()
}
