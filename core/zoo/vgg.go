package zoo

import (
	"fmt"
	"strings"

	"paramstack/core/catalog"
)

const vggSource = "Simonyan, Zisserman: Very Deep Convolutional Networks for Large-Scale Image Recognition, 2014, configuration %s; torchvision.models.vgg%d%s"

// vgg16 is configuration D of Simonyan and Zisserman, as torchvision builds it.
var vgg16 = Net{
	ID: "vgg-16", Name: "VGG-16", Family: "VGG", Year: 2014,
	Params: "138357544", MACs: "15470264320", Torch: "vgg16", Why: catalog.WhyVGG16,
	Source: "Simonyan, Zisserman: Very Deep Convolutional Networks for Large-Scale Image Recognition, 2014, configuration D; torchvision.models.vgg16",
	Text:   vgg("VGG-16", "", 2, 2, 3, 3, 3),
}

// vggFamily are torchvision's other VGGs: configurations A, B, D and E, each with
// and without batch norm, which the paper did not have yet.
func vggFamily() []Net {
	var all []Net
	for _, v := range []struct {
		layers               int
		config               string
		stages               []int
		params, normed, macs string
	}{
		{11, "A", []int{1, 1, 2, 2, 2}, "132863336", "132868840", "7609090048"},
		{13, "B", []int{2, 2, 2, 2, 2}, "133047848", "133053736", "11308466176"},
		{16, "D", []int{2, 2, 3, 3, 3}, "", "138365992", "15470264320"},
		{19, "E", []int{2, 2, 4, 4, 4}, "143667240", "143678248", "19632062464"},
	} {
		name := fmt.Sprintf("VGG-%d", v.layers)
		plain := Net{
			ID: strings.ToLower(name), Name: name, Family: "VGG", Year: 2014,
			Params: v.params, MACs: v.macs, Torch: fmt.Sprintf("vgg%d", v.layers),
			Source: fmt.Sprintf(vggSource, v.config, v.layers, ""),
			Text:   vgg(name, "", v.stages...),
		}
		if v.params != "" {
			all = append(all, plain)
		}
		normed := plain
		normed.ID, normed.Name, normed.Torch = plain.ID+"-bn", name+" with batch norm", plain.Torch+"_bn"
		normed.Params, normed.Source = v.normed, fmt.Sprintf(vggSource, v.config, v.layers, "_bn")
		normed.Text = vgg(normed.Name, "; bn", v.stages...)
		all = append(all, normed)
	}
	return all
}

// vgg writes a VGG with so many 3×3 convolutions in each of its five stages, each
// followed by norm.
func vgg(name, norm string, stages ...int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name %s\ninput 3x224x224\n", name)
	width := 64
	for _, n := range stages {
		for range n {
			fmt.Fprintf(&b, "conv %d k3 p1%s; relu\n", width, norm)
		}
		b.WriteString("maxpool 2\n")
		width = min(2*width, 512)
	}
	b.WriteString("adaptiveavgpool 7\nflatten\n")
	b.WriteString("linear 4096; relu; dropout\nlinear 4096; relu; dropout\nlinear 1000\n")
	return b.String()
}
