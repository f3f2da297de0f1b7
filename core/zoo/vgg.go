package zoo

import (
	"fmt"
	"strings"

	"paramstack/core/catalog"
)

// vgg16 is configuration D of Simonyan and Zisserman, as torchvision builds it.
var vgg16 = Net{
	ID: "vgg-16", Name: "VGG-16", Family: "VGG", Year: 2014,
	Params: "138357544", MACs: "15470264320", Torch: "vgg16", Why: catalog.WhyVGG16,
	Source: "Simonyan, Zisserman: Very Deep Convolutional Networks for Large-Scale Image Recognition, 2014, configuration D; torchvision.models.vgg16",
	Text:   vgg("VGG-16", 2, 2, 3, 3, 3),
}

// vgg writes a VGG with so many 3×3 convolutions in each of its five stages.
func vgg(name string, stages ...int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name %s\ninput 3x224x224\n", name)
	width := 64
	for _, n := range stages {
		for range n {
			fmt.Fprintf(&b, "conv %d k3 p1; relu\n", width)
		}
		b.WriteString("maxpool 2\n")
		width = min(2*width, 512)
	}
	b.WriteString("adaptiveavgpool 7\nflatten\n")
	b.WriteString("linear 4096; relu; dropout\nlinear 4096; relu; dropout\nlinear 1000\n")
	return b.String()
}
