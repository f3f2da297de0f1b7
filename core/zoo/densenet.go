package zoo

import (
	"fmt"
	"strings"
)

// denseNetFamily are torchvision's densely connected networks.
func denseNetFamily() []Net {
	var all []Net
	for _, v := range []struct {
		layers, first, growth int
		blocks                [4]int
		params, macs          string
	}{
		{121, 64, 32, [4]int{6, 12, 24, 16}, "7978856", "2834161664"},
		{161, 96, 48, [4]int{6, 12, 36, 24}, "28681000", "7727907072"},
		{169, 64, 32, [4]int{6, 12, 32, 32}, "14149480", "3359843328"},
		{201, 64, 32, [4]int{6, 12, 48, 32}, "20013928", "4291365888"},
	} {
		name := fmt.Sprintf("DenseNet-%d", v.layers)
		all = append(all, Net{
			ID: strings.ToLower(name), Name: name, Family: "DenseNet", Year: 2016,
			Params: v.params, MACs: v.macs, Torch: fmt.Sprintf("densenet%d", v.layers),
			Source: fmt.Sprintf("Huang, Liu, van der Maaten, Weinberger: Densely Connected Convolutional Networks, 2016, table 1; torchvision.models.densenet%d", v.layers),
			Text:   denseNet(name, v.first, v.growth, v.blocks),
		})
	}
	return all
}

// denseNet writes four dense blocks, each layer of which appends growth channels to
// its input. The transitions between them halve channels and sides.
func denseNet(name string, first, growth int, blocks [4]int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name %s\ninput 3x224x224\nconv %d k7 s2 p3 nobias; bn; relu; maxpool 3 s2 p1\n", name, first)
	width := first
	for i, n := range blocks {
		fmt.Fprintf(&b, `dense%d: repeat %d {
  concat {
  |
    bn; relu; conv %d k1 nobias
    bn; relu; conv %d k3 p1 nobias
  }
}
`, i+1, n, 4*growth, growth)
		if width += n * growth; i < len(blocks)-1 {
			width /= 2
			fmt.Fprintf(&b, "bn; relu; transition%d: conv %d k1 nobias; avgpool 2\n", i+1, width)
		}
	}
	b.WriteString("bn; relu; globalavgpool; flatten\nlinear 1000\n")
	return b.String()
}
