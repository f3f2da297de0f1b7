package why

import (
	"fmt"
	"strings"

	"paramstack/core/catalog"
)

// Networks of the same name as one of the zoo that the zoo has not.
const (
	leNet1998ID     = "lenet-5-1998"
	leNetCaffeID    = "lenet-caffe"
	leNetTutorialID = "lenet-tutorial"
)

// ownText returns the stack text of a network of ours, "" if the zoo has it.
func ownText(id string) string {
	switch id {
	case leNet1998ID:
		return leNet1998()
	case leNetCaffeID:
		return leNetCaffe
	case leNetTutorialID:
		return leNetTutorial
	}
	return ""
}

// say is the sentence that the number is of a brother.
func (b *Brother) say() catalog.Message {
	if b.ID == leNet1998ID {
		return catalog.Say(catalog.WhyLeNet1998)
	}
	return catalog.Say(catalog.WhyNetwork, b.Name)
}

// leNet1998 is LeNet-5 as its paper has it (LeCun et al. 1998, section II.B): each map has
// a coefficient and a bias after subsampling, C3's maps see three, four or six of S2's by
// table I, and the output is fixed, so it is left out.
func leNet1998() string {
	var b strings.Builder
	b.WriteString(`name LeNet-5 of 1998
input 1x32x32
conv 6 k5; tanh; avgpool 2; conv 6 k1 g6; tanh
c3: concat {
`)
	for i, maps := range leNetTable {
		if i > 0 {
			b.WriteString("|\n")
		}
		switch runs := runsOf(maps); len(runs) {
		case 1:
			fmt.Fprintf(&b, "  %s; conv 1 k5\n", runs[0])
		default:
			fmt.Fprintf(&b, "  concat { %s }; conv 1 k5\n", strings.Join(runs, " | "))
		}
	}
	b.WriteString(`}
tanh; avgpool 2; conv 16 k1 g16; tanh
conv 120 k5; tanh
flatten
linear 84; tanh
`)
	return b.String()
}

// leNetTable is table I of the paper: which maps each map of C3 sees.
var leNetTable = [16]string{"012", "123", "234", "345", "045", "015", "0123", "1234", "2345", "0345", "0145", "0125",
	"0134", "1245", "0235", "012345"}

// runsOf writes which maps are seen as slices of neighbours.
func runsOf(maps string) []string {
	var runs []string
	for i := 0; i < len(maps); {
		k := i
		for k+1 < len(maps) && maps[k+1] == maps[k]+1 {
			k++
		}
		runs = append(runs, fmt.Sprintf("slice from=%c to=%d", maps[i], maps[k]-'0'+1))
		i = k + 1
	}
	return runs
}

// leNetCaffe is examples/mnist/lenet.prototxt of BVLC Caffe.
const leNetCaffe = `name LeNet (Caffe)
input 1x28x28
conv 20 k5; maxpool 2
conv 50 k5; maxpool 2
flatten
linear 500; relu
linear 10; softmax
`

// leNetTutorial is the network of PyTorch's tutorial "Training a Classifier".
const leNetTutorial = `name LeNet (PyTorch tutorial, colour)
input 3x32x32
conv 6 k5; relu; maxpool 2
conv 16 k5; relu; maxpool 2
flatten
linear 120; relu
linear 84; relu
linear 10
`
