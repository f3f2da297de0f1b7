package zoo

import (
	"strings"

	"paramstack/core/catalog"
)

// The four AlexNets. They differ in their number of lanes, in what they leave out,
// and in how many filters the first layer has.
const (
	paper       = iota // Krizhevsky et al. 2012 on two GPUs, as Caffe's bvlc_alexnet
	post               // as in the blog post
	ungrouped          // the same in one lane, as many tutorials write it
	torchvision        // "One weird trick", 2014
)

var alexNets = [...]Net{
	paper: {
		ID: "alexnet-2012", Name: "AlexNet (2012, two GPUs)", Family: "AlexNet", Year: 2012,
		Params: "60965224", MACs: "724406816", Why: catalog.WhyAlexNet2012,
		Source: "Krizhevsky, Sutskever, Hinton: ImageNet Classification with Deep Convolutional Neural Networks, 2012; BVLC Caffe, models/bvlc_alexnet",
		Text: alexNet{
			name: "AlexNet 2012", widths: [7]string{"96", "256", "384", "384", "256", "4096", "4096"},
			lanes: " g2", pool5: true, end: "; softmax",
		}.text(),
	},
	post: {
		ID: "alexnet-post", Name: "AlexNet (as in the blog post)", Family: "AlexNet", Year: 2012,
		Weights: true, Why: catalog.WhyAlexNetPost, Remark: catalog.SourcePost,
		Text: alexNet{
			name:   "AlexNet as the post draws it",
			widths: [7]string{"48*2", "128*2", "192*2", "192*2", "128*2", "2048*2", "2048*2"},
			lanes:  " g2", bias: " nobias",
		}.text(),
	},
	ungrouped: {
		ID: "alexnet-ungrouped", Name: "AlexNet (no groups)", Family: "AlexNet", Year: 2012,
		Params: "62378344", MACs: "1135256096", Why: catalog.WhyAlexNetUngrouped,
		Source: "LearnOpenCV: Number of Parameters and Tensor Sizes in a Convolutional Neural Network, 2018",
		Text: alexNet{
			name: "AlexNet in one lane", widths: [7]string{"96", "256", "384", "384", "256", "4096", "4096"},
			pool5: true, end: "; softmax",
		}.text(),
	},
	torchvision: {
		ID: "alexnet-torchvision", Name: "AlexNet (torchvision)", Family: "AlexNet", Year: 2014,
		Params: "61100840", MACs: "714188480", Torch: "alexnet", Why: catalog.WhyAlexNetTorchvision,
		Source: "torchvision.models.alexnet; Krizhevsky: One weird trick for parallelizing convolutional neural networks, 2014",
		// Its pictures, padding, dropout and pooling differ so much that it is
		// written out.
		Text: `name AlexNet torchvision
input 3x224x224
conv 64 k11 s4 p2; relu; maxpool 3 s2
conv 192 k5 p2; relu; maxpool 3 s2
conv 384 k3 p1; relu
conv 256 k3 p1; relu
conv 256 k3 p1; relu; maxpool 3 s2
adaptiveavgpool 6
flatten
dropout; linear 4096; relu
dropout; linear 4096; relu
linear 1000
`,
	},
}

// An alexNet holds what the versions on 227×227 pictures differ in.
type alexNet struct {
	name   string
	widths [7]string // of the five convolutions and the first two dense layers
	lanes  string    // option of conv2, conv4 and conv5
	bias   string    // option of every layer with weights
	pool5  bool      // a pool after conv5
	end    string
}

func (a alexNet) text() string {
	pool := ""
	if a.pool5 {
		pool = "; maxpool 3 s2"
	}
	lines := []string{
		"name " + a.name,
		"input 3x227x227",
		"conv " + a.widths[0] + " k11 s4" + a.bias + "; relu; lrn 5; maxpool 3 s2",
		"conv " + a.widths[1] + " k5 p2" + a.lanes + a.bias + "; relu; lrn 5; maxpool 3 s2",
		"conv " + a.widths[2] + " k3 p1" + a.bias + "; relu",
		"conv " + a.widths[3] + " k3 p1" + a.lanes + a.bias + "; relu",
		"conv " + a.widths[4] + " k3 p1" + a.lanes + a.bias + "; relu" + pool,
		"flatten",
		"linear " + a.widths[5] + a.bias + "; relu; dropout",
		"linear " + a.widths[6] + a.bias + "; relu; dropout",
		"linear 1000" + a.bias + a.end,
		"",
	}
	return strings.Join(lines, "\n")
}
