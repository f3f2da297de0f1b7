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
	Text:   inceptionText(),
}

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

func inceptionText() string {
	var b strings.Builder
	b.WriteString(`name GoogLeNet
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
		if i.pool {
			b.WriteString("maxpool 3 s2 ceil\n")
		}
	}
	b.WriteString("avgpool 7 s1; dropout 0.4\nflatten\nlinear 1000; softmax\n")
	return b.String()
}
