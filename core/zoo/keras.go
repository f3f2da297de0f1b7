package zoo

import (
	"fmt"
	"strings"
)

// kerasFamily are the networks of Keras Applications that torchvision lacks, or
// has in another form. Their parameters are Keras' total: it counts batch norm's
// running statistics, and the 7 numbers of a Normalization layer.
func kerasFamily() []Net {
	nets := []Net{mobileNet1(), kerasInception3(), inceptionResNet(), xception()}
	nets = append(nets, kerasResNets()...)
	nets = append(nets, nasNets()...)
	return append(nets, kerasEfficientNets()...)
}

// Batch norm as Keras has it by default: its momentum of 0.99 is 0.01 in
// PyTorch's way of saying it.
const kerasBN = "bn eps=0.001 momentum=0.01"

// kerasNet fills what is common. app is what Keras calls it.
func kerasNet(id, name, family string, year int, app, params, paper, text string) Net {
	return Net{
		ID: id, Name: name, Family: family, Year: year, Keras: app, Params: params,
		Source: paper + "; keras.applications." + app, Text: text,
	}
}

// kerasTop is the end of most: the mean of each channel, and 1000 classes.
const kerasTop = "globalavgpool flat\nlinear 1000; softmax\n"

// mobileNet1 is the first MobileNet, alpha 1: 13 pairs of a depthwise and a
// pointwise convolution.
func mobileNet1() Net {
	var b strings.Builder
	b.WriteString("name MobileNet v1\ninput 3x224x224\nconv 32 k3 s2 padding=keras-same nobias; " + kerasBN + "; relu6\n")
	pair := func(out, stride int) string {
		return fmt.Sprintf("depthwise 3%s psame nobias; %s; relu6\nconv %d k1 nobias; %[2]s; relu6\n",
			strideOf(stride), kerasBN, out)
	}
	for i, s := range [...]struct{ out, stride, rest int }{{64, 1, 0}, {128, 2, 1}, {256, 2, 1}, {512, 2, 5}, {1024, 2, 1}} {
		b.WriteString(pair(s.out, s.stride) + repeatOf(fmt.Sprintf("pair%d.x", i+1), s.rest, pair(s.out, 1)))
	}
	b.WriteString("globalavgpool; dropout 0.001\nconv 1000 k1; flatten; softmax\n")
	net := kerasNet("mobilenet-v1", "MobileNet v1", "MobileNet", 2017, "MobileNet", "4253864",
		"Howard et al.: MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications, 2017, table 1", b.String())
	net.GMACs = "0.569"
	return net
}

// kerasInception3 is Inception v3 without the scale γ of its batch norms, and
// without dropout.
func kerasInception3() Net {
	const name = "Inception v3 (Keras)"
	text := strings.NewReplacer("bn eps=0.001", kerasBN+" noscale", "avgpool 3 s1 p1", "avgpool 3 s1 psame",
		"globalavgpool; dropout; flatten\nlinear 1000\n", kerasTop).Replace(inceptionV3(name, false))
	return kerasNet("inception-v3-keras", name, "Inception", 2015, "InceptionV3", "23851784",
		"Szegedy et al.: Rethinking the Inception Architecture for Computer Vision, 2015, table 1", text)
}

// xception is Inception taken to its end: every convolution is separable.
func xception() Net {
	sep := func(out int) string { return fmt.Sprintf("separable %d k3 psame nobias; %s\n", out, kerasBN) }
	var b strings.Builder
	fmt.Fprintf(&b, "name Xception\ninput 3x299x299\nconv 32 k3 s2 nobias; %s; relu\nconv 64 k3 nobias; %[1]s; relu\n", kerasBN)
	narrow := func(first string, mid, out int) string {
		return pathsOf("add", first+sep(mid)+"relu\n"+sep(out)+"maxpool 3 s2 psame\n",
			fmt.Sprintf("conv %d k1 s2 nobias; %s\n", out, kerasBN))
	}
	b.WriteString("block2: " + narrow("", 128, 128) + "block3: " + narrow("relu\n", 256, 256) + "block4: " +
		narrow("relu\n", 728, 728))
	b.WriteString(repeatOf("middle", 8, pathsOf("add", repeatOf("sep", 3, "relu\n"+sep(728)), "")))
	b.WriteString("block13: " + narrow("relu\n", 728, 1024))
	b.WriteString(sep(1536) + "relu\n" + sep(2048) + "relu\n" + kerasTop)
	return kerasNet("xception", "Xception", "Xception", 2016, "Xception", "22910480",
		"Chollet: Xception: Deep Learning with Depthwise Separable Convolutions, 2016, figure 5", b.String())
}

// kerasEfficientNets have a Normalization layer in front: mean and variance of
// each colour and a counter, stored and not learned. Where a convolution halves
// the map they pad as Keras' same does, after it first.
func kerasEfficientNets() []Net {
	const normalization = `# Normalization: less the mean, over the deviation (kept as variance); the counter stands aside
sub { | buffer 3x1x1 }
mul { | buffer 3x1x1 }
side { | buffer 1 }
`
	form := strings.NewReplacer(" s2 p1", " s2 padding=keras-same", " s2 p2", " s2 padding=keras-same",
		"linear 1000\n", "linear 1000; softmax\n")
	var all []Net
	for i, params := range [...]string{"5330571", "7856239", "9177569", "12320535", "19466823", "30562527",
		"43265143", "66658687"} {
		e := efficientNets[i]
		if i == 2 {
			e.size = 260 // the paper's; torchvision's was trained with 288
		}
		name := fmt.Sprintf("EfficientNet-B%d (Keras)", i)
		all = append(all, kerasNet(fmt.Sprintf("efficientnet-b%d-keras", i), name, "EfficientNet", 2019,
			fmt.Sprintf("EfficientNetB%d", i), params,
			"Tan, Le: EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks, 2019", form.Replace(e.text(name, e.size, normalization, kerasBN))))
	}
	return all
}
