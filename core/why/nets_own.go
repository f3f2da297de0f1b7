package why

import (
	"fmt"
	"strconv"
	"strings"

	"paramstack/core/catalog"
)

// leNet1998ID is the network whose sentence is its own.
const leNet1998ID = "lenet-5-1998"

// An own is a network of the same name as one of the zoo that the zoo has not.
type own struct {
	id, name, family string
	text             func() string
}

// owns are those networks: a test writes them into nets.txt behind the zoo's.
func owns() []own {
	all := []own{
		{leNet1998ID, "LeNet-5 of 1998", "LeNet", leNet1998},
		{"lenet-caffe", "LeNet of Caffe", "LeNet", func() string { return leNetCaffe }},
		{"lenet-tutorial", "LeNet of PyTorch's tutorial", "LeNet", func() string { return leNetTutorial }},
		{"lenet-5-28", "LeNet-5 on 28×28 without padding", "LeNet", func() string { return leNet28 }},
	}
	// The widths that Keras and TF-Slim have weights of.
	for _, percent := range []int{35, 50, 75, 130, 140} {
		wide := widthName(percent)
		all = append(all, own{"mobilenet-v2-" + strconv.Itoa(percent), "MobileNet v2 " + wide, "MobileNet",
			func() string { return mobileNet2("MobileNet v2 "+wide, percent, false) }})
	}
	for _, percent := range []int{25, 50, 75} {
		wide := widthName(percent)
		all = append(all, own{"mobilenet-v1-" + strconv.Itoa(percent), "MobileNet v1 " + wide, "MobileNet",
			func() string { return mobileNet1("MobileNet v1 "+wide, percent) }})
	}
	for _, n := range []int{3, 5, 7, 9, 18} {
		name := fmt.Sprintf("ResNet-%d (CIFAR, projections)", 6*n+2)
		all = append(all, own{fmt.Sprintf("resnet-%d-cifar-b", 6*n+2), name, "ResNet",
			func() string { return residual(name, n, 1, true) }})
	}
	for _, v := range [][2]int{{16, 8}, {28, 10}, {40, 4}} {
		name := fmt.Sprintf("Wide ResNet-%d-%d (CIFAR)", v[0], v[1])
		all = append(all, own{fmt.Sprintf("wrn-%d-%d", v[0], v[1]), name, "ResNet",
			func() string { return residual(name, (v[0]-4)/6, v[1], false) }})
	}
	for _, v := range gpts {
		all = append(all, own{v.id, v.name, "Transformer", v.text})
	}
	return append(all, own{"mobilenet-v2-caffe", "MobileNet v2 of MobileNet-Caffe", "MobileNet",
		func() string { return mobileNet2("MobileNet v2 (MobileNet-Caffe)", 100, true) }},
		own{"u-net-keras", "U-Net of zhixuhao/unet", "U-Net", func() string {
			return uNet("U-Net (zhixuhao/unet)", "input 1x256x256", "",
				"upsample 2; pad 0x0+1x0+1; conv %d k2; relu", 1,
				"conv 2 k3 p1; relu; conv 1 k1")
		}},
		own{"u-net-milesial", "U-Net of milesial/Pytorch-UNet", "U-Net", func() string {
			return uNet("U-Net (milesial/Pytorch-UNet)", "input 3x640x960", " nobias; bn", "convtranspose %d k2 s2",
				1, "conv 2 k1")
		}},
		own{"u-net-bilinear", "U-Net of milesial/Pytorch-UNet, bilinear", "U-Net", func() string {
			return uNet("U-Net (milesial/Pytorch-UNet, bilinear)", "input 3x640x960", " nobias; bn", "upsample 2", 2,
				"conv 2 k1")
		}})
}

func widthName(percent int) string {
	return strconv.FormatFloat(float64(percent)/100, 'f', -1, 64) + "×"
}

// ownText returns the stack text of a network of ours, "" if the zoo has it.
func ownText(id string) string {
	all := owns()
	for i := range all {
		if all[i].id == id {
			return all[i].text()
		}
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

// leNet28 is LeNet-5 as most tutorials write it, on pictures of MNIST as they are.
const leNet28 = `name LeNet-5 on 28×28
input 1x28x28
conv 6 k5; tanh; avgpool 2
conv 16 k5; tanh; avgpool 2
flatten
linear 120; tanh
linear 84; tanh
linear 10
`

// mobileNet2 is MobileNet v2 of a width in percent, as torchvision and TF-Slim make it: the
// widths are rounded to multiples of 8 by no more than a tenth down, and the last convolution
// never becomes narrower (torchvision/models/mobilenetv2.py, _make_divisible). Late is as
// shicai/MobileNet-Caffe has it: a stride one stage later, and an expansion by 1.
func mobileNet2(name string, percent int, late bool) string {
	round := func(c int) int {
		n := max(8, (c*percent+400)/800*8)
		if n*1000 < 9*c*percent {
			n += 8
		}
		return n
	}
	var b strings.Builder
	in := round(32)
	fmt.Fprintf(&b, "name %s\ninput 3x224x224\nconv %d k3 s2 p1 nobias; bn; relu6\n", name, in)
	stages := [][4]int{{1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2},
		{6, 320, 1, 1}}
	if late {
		stages[3][3], stages[4][3] = 1, 2
	}
	for _, s := range stages {
		out := round(s[1])
		for i := range s[2] {
			stride, hidden := 1, in*s[0]
			if i == 0 {
				stride = s[3]
			}
			block := fmt.Sprintf("conv %d k3 s%d p1 g%d nobias; bn; relu6; conv %d k1 nobias; bn", hidden, stride,
				hidden, out)
			if s[0] > 1 || late {
				block = fmt.Sprintf("conv %d k1 nobias; bn; relu6; ", hidden) + block
			}
			if i > 0 {
				block = "add { " + block + " | }"
			}
			b.WriteString(block + "\n")
			in = out
		}
	}
	fmt.Fprintf(&b, "conv %d k1 nobias; bn; relu6\nglobalavgpool; flatten; dropout 0.2\nlinear 1000\n",
		max(1280, round(1280)))
	return b.String()
}
