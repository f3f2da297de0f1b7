package zoo

import (
	"fmt"
	"strings"
)

// segmentationFamily are torchvision's networks that name a class, one of
// Pascal VOC's 21, for every pixel of a picture of 520×520. Their published
// numbers are with the auxiliary classifier.
func segmentationFamily() []Net {
	net := func(id, name, family string, year int, torch, params, macs, source, backbone, head string) Net {
		return Net{
			ID: id, Name: name, Family: family, Year: year, Task: Segmentation, Torch: torch, Params: params, MACs: macs,
			Source: source + "; torchvision.models.segmentation." + torch,
			Text:   "name " + name + "\ninput 3x520x520\n" + backbone + head,
		}
	}
	const (
		fcn     = "Long, Shelhamer, Darrell: Fully Convolutional Networks for Semantic Segmentation, 2014"
		deepLab = "Chen et al.: Rethinking Atrous Convolution for Semantic Image Segmentation, 2017"
		lraspp  = "Howard et al.: Searching for MobileNetV3, 2019, figure 10"
	)
	r50, r101 := dilatedResNet(6), dilatedResNet(23)
	mobile := mobileNet3Large.backbone(true)
	aux := auxiliaryClassifier("conv4", 1024)
	return []Net{
		net("fcn-resnet50", "FCN ResNet-50", "FCN", 2014, "fcn_resnet50", "35322218", "152716512000", fcn, r50,
			fcnHead(2048)+enlarge+aux),
		net("fcn-resnet101", "FCN ResNet-101", "FCN", 2014, "fcn_resnet101", "54314346", "232737606400", fcn, r101,
			fcnHead(2048)+enlarge+aux),
		net("deeplabv3-resnet50", "DeepLab v3 ResNet-50", "DeepLab", 2017, "deeplabv3_resnet50", "42004074",
			"178721945088", deepLab, r50, deepLabHead(65)+aux),
		net("deeplabv3-resnet101", "DeepLab v3 ResNet-101", "DeepLab", 2017, "deeplabv3_resnet101", "60996202",
			"258743039488", deepLab, r101, deepLabHead(65)+aux),
		net("deeplabv3-mobilenet-v3-large", "DeepLab v3 MobileNet v3 large", "DeepLab", 2017,
			"deeplabv3_mobilenet_v3_large", "11029328", "10452447938",
			deepLab, mobile, deepLabHead(33)+auxiliaryClassifier("low", 40)),
		net("lraspp-mobilenet-v3-large", "LR-ASPP MobileNet v3 large", "LR-ASPP", 2019, "lraspp_mobilenet_v3_large",
			"3221538", "2086219688",
			lraspp, mobile, lrasppHead),
	}
}

// enlarge brings the classes of a small map back to the size of the picture.
const enlarge = "upsample size=520x520 interpolation=bilinear\n"

// fcnHead narrows a map to a quarter of its channels, and then to the classes.
func fcnHead(channels int) string {
	return fmt.Sprintf("conv %d k3 p1 nobias; bn; relu; dropout 0.1\nconv 21 k1\n", channels/4)
}

// auxiliary is the second classifier, which reads the map of a label and helps
// while training.
func auxiliaryClassifier(label string, channels int) string {
	return pathsOf("side", "", "@"+label+"\n"+fcnHead(channels)+enlarge)
}

// deepLabHead looks at the last map through kernels with ever wider holes, and
// at its mean, spread again over its size.
func deepLabHead(size int) string {
	const narrow = " nobias; bn; relu\n"
	paths := []string{"conv 256 k1" + narrow}
	for _, rate := range [...]int{12, 24, 36} {
		paths = append(paths, fmt.Sprintf("conv 256 k3 p%d d%[1]d", rate)+narrow)
	}
	paths = append(paths, "globalavgpool; conv 256 k1"+narrow+
		fmt.Sprintf("upsample size=%dx%[1]d interpolation=bilinear\n", size))
	return pathsOf("aspp: concat", paths...) + "conv 256 k1 nobias; bn; relu; dropout\nconv 256 k3 p1" + narrow +
		"conv 21 k1\n" + enlarge
}

// lrasppHead weighs the last map by its mean, and adds its classes to those of a
// larger, earlier one.
const lrasppHead = `mul {
  conv 128 k1 nobias; bn; relu
|
  globalavgpool; conv 128 k1 nobias; sigmoid
}
high: upsample size=65x65 interpolation=bilinear
add {
  @low
  conv 21 k1
|
  @high
  conv 21 k1
}
` + enlarge

// dilatedResNet is the backbone of a ResNet-50 or -101, whose fourth stage has
// 6 or 23 blocks: its last two stages widen their kernels by holes instead of
// halving the map.
func dilatedResNet(blocks int) string {
	var b strings.Builder
	b.WriteString("conv 64 k7 s2 p3 nobias; bn; relu; maxpool 3 s2 p1\n")
	block := func(width, stride, dilation int, skip string) string {
		holes := ""
		if dilation > 1 {
			holes = fmt.Sprintf(" d%d", dilation)
		}
		return pathsOf("add", fmt.Sprintf("conv %d k1 nobias; bn; relu\nconv %[1]d k3%s p%d%s nobias; bn; relu\nconv %d k1 nobias; bn\n",
			width, strideOf(stride), dilation, holes, 4*width), skip) + "relu\n"
	}
	for i, s := range [...]struct{ n, stride, first, rest int }{{3, 1, 1, 1}, {4, 2, 1, 1}, {blocks, 1, 1, 2}, {3, 1, 2, 4}} {
		width := 64 << i
		label := fmt.Sprintf("conv%d", i+2)
		skip := fmt.Sprintf("conv %d k1%s nobias; bn\n", 4*width, strideOf(s.stride))
		b.WriteString(label + ".1: " + block(width, s.stride, s.first, skip))
		name := label + ".x"
		if i == 2 {
			name = label // the auxiliary classifier reads it
		}
		b.WriteString(repeatOf(name, s.n-1, block(width, 1, s.rest, "")))
	}
	return b.String()
}
