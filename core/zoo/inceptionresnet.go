package zoo

import "fmt"

// inceptionResNet is Keras' Inception-ResNet v2, which follows TensorFlow's slim
// implementation: it has some layers more than the paper. Its batch norm has no
// γ, and the convolution that ends a block no batch norm but a bias.
func inceptionResNet() Net {
	conv := func(out int, options string) string {
		return fmt.Sprintf("conv %d %s nobias; %s noscale; relu\n", out, options, kerasBN)
	}
	// block is x + scale·r; the last one is not followed by a ReLU.
	block := func(scale string, channels int, end string, paths ...string) string {
		return pathsOf("add", "", pathsOf("concat", paths...)+fmt.Sprintf("conv %d k1\nscale %s\n", channels, scale)) + end
	}
	const relu = "relu\n"
	eight := func(scale, end string) string {
		return block(scale, 2080, end, conv(192, "k1"), conv(192, "k1")+conv(224, "k1x3 psame")+conv(256, "k3x1 psame"))
	}
	text := "name Inception-ResNet v2\ninput 3x299x299\n" +
		conv(32, "k3 s2") + conv(32, "k3") + conv(64, "k3 psame") + "maxpool 3 s2\n" +
		conv(80, "k1") + conv(192, "k3") + "maxpool 3 s2\n" +
		pathsOf("mixed5b: concat",
			conv(96, "k1"),
			conv(48, "k1")+conv(64, "k5 psame"),
			conv(64, "k1")+conv(96, "k3 psame")+conv(96, "k3 psame"),
			"avgpool 3 s1 psame\n"+conv(64, "k1")) +
		repeatOf("block35", 10, block("0.17", 320, relu,
			conv(32, "k1"),
			conv(32, "k1")+conv(32, "k3 psame"),
			conv(32, "k1")+conv(48, "k3 psame")+conv(64, "k3 psame"))) +
		pathsOf("mixed6a: concat",
			conv(384, "k3 s2"),
			conv(256, "k1")+conv(256, "k3 psame")+conv(384, "k3 s2"),
			"maxpool 3 s2\n") +
		repeatOf("block17", 20, block("0.1", 1088, relu,
			conv(192, "k1"),
			conv(128, "k1")+conv(160, "k1x7 psame")+conv(192, "k7x1 psame"))) +
		pathsOf("mixed7a: concat",
			conv(256, "k1")+conv(384, "k3 s2"),
			conv(256, "k1")+conv(288, "k3 s2"),
			conv(256, "k1")+conv(288, "k3 psame")+conv(320, "k3 s2"),
			"maxpool 3 s2\n") +
		repeatOf("block8", 9, eight("0.2", relu)) + eight("1", "") +
		conv(1536, "k1") + kerasTop
	return kerasNet("inception-resnet-v2", "Inception-ResNet v2", "Inception", 2016, "InceptionResNetV2", "55873736",
		"Szegedy, Ioffe, Vanhoucke, Alemi: Inception-v4, Inception-ResNet and the Impact of Residual Connections on Learning, 2016, figure 15", text)
}
