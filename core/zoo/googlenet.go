package zoo

import (
	"fmt"
	"strings"

	"paramstack/core/catalog"
)

// googLeNet is the network of Szegedy et al. as Caffe's bvlc_googlenet deploys
// it: convolutions with biases, local response norm, pools that round up, and
// without the two auxiliary heads.
var googLeNet = Net{
	ID: "googlenet", Name: "GoogLeNet", Family: "Inception", Year: 2014,
	Params: "6998552", MACs: "1582671872", Why: catalog.WhyGoogLeNet,
	Source: "Szegedy et al.: Going Deeper with Convolutions, 2014, table 1; BVLC Caffe, models/bvlc_googlenet, counted by OpenCV 4.6",
	Text:   inceptionText("GoogLeNet", false),
}

// googLeNetFamily is the same as it was trained: two auxiliary classifiers hang
// on its middle.
func googLeNetFamily() []Net {
	return []Net{{
		ID: "googlenet-heads", Name: "GoogLeNet with its auxiliary heads", Family: "Inception", Year: 2014,
		Params: "13378280", MACs: "1591044096",
		Source: "Szegedy et al.: Going Deeper with Convolutions, 2014, section 5; BVLC Caffe, models/bvlc_googlenet/train_val, counted by OpenCV 4.6",
		Text:   inceptionText("GoogLeNet with its auxiliary heads", true),
	}}
}

// auxiliary is a classifier that ends in an output of its own; the first path of
// side goes on.
const auxiliary = `aux%s: side {
|
  avgpool 5 s3; conv 128 k1; relu
  flatten; linear 1024; relu; dropout 0.7
  linear 1000; softmax
}
`

// An inception is one row of the paper's table 1: the widths of its
// convolutions, and whether a pool comes after it.
type inception struct {
	name                                   string
	one, reduce3, three, reduce5, five, pr int
	pool                                   bool
}

var inceptions = []inception{
	{"3a", 64, 96, 128, 16, 32, 32, false},
	{"3b", 128, 128, 192, 32, 96, 64, true},
	{"4a", 192, 96, 208, 16, 48, 64, false},
	{"4b", 160, 112, 224, 24, 64, 64, false},
	{"4c", 128, 128, 256, 24, 64, 64, false},
	{"4d", 112, 144, 288, 32, 64, 64, false},
	{"4e", 256, 160, 320, 32, 128, 128, true},
	{"5a", 256, 160, 320, 32, 128, 128, false},
	{"5b", 384, 192, 384, 48, 128, 128, false},
}

func inceptionText(name string, heads bool) string {
	var b strings.Builder
	b.WriteString("name " + name + `
input 3x224x224
conv 64 k7 s2 p3; relu; maxpool 3 s2 ceil; lrn 5
conv 64 k1; relu
conv 192 k3 p1; relu; lrn 5; maxpool 3 s2 ceil
`)
	for _, i := range inceptions {
		fmt.Fprintf(&b, `inc%s: concat {
  conv %d k1; relu
|
  conv %d k1; relu
  conv %d k3 p1; relu
|
  conv %d k1; relu
  conv %d k5 p2; relu
|
  maxpool 3 s1 p1
  conv %d k1; relu
}
`, i.name, i.one, i.reduce3, i.three, i.reduce5, i.five, i.pr)
		if heads && (i.name == "4a" || i.name == "4d") {
			fmt.Fprintf(&b, auxiliary, i.name)
		}
		if i.pool {
			b.WriteString("maxpool 3 s2 ceil\n")
		}
	}
	b.WriteString("avgpool 7 s1; dropout 0.4\nflatten\nlinear 1000; softmax\n")
	return b.String()
}
