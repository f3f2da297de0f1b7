package zoo

// classics are networks on whose ideas later ones were built, one of a kind each.
// ZFNet's paper and Network in Network's state no count: theirs is that of the
// programs which rebuilt them.
func classics() []Net {
	return []Net{
		{
			ID: "zfnet", Name: "ZFNet", Family: "ZFNet", Year: 2013,
			Params: "62357608",
			Source: "Zeiler, Fergus: Visualizing and Understanding Convolutional Networks, 2013, figure 3; counted by O. Sémery, imgclsmob",
			Text:   zfNet("ZFNet", " p1", "384", "384", "256", "4096"),
		},
		{
			ID: "zfnet-512", Name: "ZFNet-512", Family: "ZFNet", Year: 2013,
			Params: "87250536", MACs: "1481727008",
			Source: "Zeiler, Fergus: Visualizing and Understanding Convolutional Networks, 2013; Caffe2 model zoo, zfnet512, counted from its ONNX file",
			Text:   zfNet("ZFNet-512", "", "512", "512", "512", "1024"),
		},
		{
			ID: "network-in-network", Name: "Network in Network", Family: "Network in Network", Year: 2013,
			Params: "7595176", MACs: "1100188800",
			Source: "Lin, Chen, Yan: Network in Network, 2013; Caffe model zoo, NIN-Imagenet, counted by OpenCV 4.6",
			// Each "mlpconv" is a convolution and two of 1×1, and the classes' maps
			// are averaged: there is no dense layer.
			Text: `name Network in Network
input 3x224x224
conv 96 k11 s4; relu; conv 96 k1; relu; conv 96 k1; relu
maxpool 3 s2 ceil
conv 256 k5 p2; relu; conv 256 k1; relu; conv 256 k1; relu
maxpool 3 s2 ceil
conv 384 k3 p1; relu; conv 384 k1; relu; conv 384 k1; relu
maxpool 3 s2 ceil; dropout
conv 1024 k3 p1; relu; conv 1024 k1; relu; conv 1000 k1; relu
avgpool 6 s1
`,
		},
		{
			ID: "siamese-mnist", Name: "Siamese network (MNIST)", Family: "Siamese", Year: 2005,
			Params: "431102",
			Source: "Chopra, Hadsell, LeCun: Learning a Similarity Metric Discriminatively, 2005; BVLC Caffe, examples/siamese, one tower counted by OpenCV 4.6",
			// The second tower is the first once more, with its weights.
			Text: `name Siamese network (MNIST)
input 1x28x28
tower: repeat 1 {
  conv 20 k5; maxpool 2
  conv 50 k5; maxpool 2
  flatten
  linear 500; relu
  linear 10
  linear 2
}
input 1x28x28
again @tower
sub @tower
`,
		},
	}
}

// zfNet writes ZFNet with the padding of its first convolution, the widths of its
// last three and that of its second dense layer.
func zfNet(name, pad, conv3, conv4, conv5, dense string) string {
	return "name " + name + `
input 3x224x224
conv 96 k7 s2` + pad + `; relu; lrn 5; maxpool 3 s2 ceil
conv 256 k5 s2; relu; lrn 5; maxpool 3 s2 ceil
conv ` + conv3 + ` k3 p1; relu
conv ` + conv4 + ` k3 p1; relu
conv ` + conv5 + ` k3 p1; relu; maxpool 3 s2 ceil
flatten
linear 4096; relu; dropout
linear ` + dense + `; relu; dropout
linear 1000; softmax
`
}
