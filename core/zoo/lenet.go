package zoo

import "paramstack/core/catalog"

// leNet5 is the network of LeCun et al. 1998, as code writes it today: C3 sees
// all six maps, subsampling is plain averaging, and the output is a dense layer.
var leNet5 = Net{
	ID: "lenet-5", Name: "LeNet-5", Family: "LeNet", Year: 1998,
	Params: "61706", MACs: "416520", Why: catalog.WhyLeNet5,
	Source: "LeCun, Bottou, Bengio, Haffner: Gradient-Based Learning Applied to Document Recognition, 1998, figure 2; with C3 connected to all maps",
	Text: `name LeNet-5
input 1x32x32
conv 6 k5; tanh; avgpool 2
conv 16 k5; tanh; avgpool 2
conv 120 k5; tanh
flatten
linear 84; tanh
linear 10
`,
}

// leNets are the networks of that paper that are no presets.
func leNets() []Net {
	return []Net{{
		ID: "lenet-300-100", Name: "LeNet-300-100", Family: "LeNet", Year: 1998,
		Params: "266610",
		Source: "LeCun, Bottou, Bengio, Haffner: Gradient-Based Learning Applied to Document Recognition, 1998, 28×28-300-100-10",
		Text: `name LeNet-300-100
input 1x28x28
flatten
linear 300; tanh
linear 100; tanh
linear 10
`,
	}}
}
