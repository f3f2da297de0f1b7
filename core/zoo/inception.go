package zoo

import (
	"fmt"
	"strings"
)

// inceptionFamily are torchvision's GoogLeNet and Inception v3, without and with
// the auxiliary classifiers that help in training. The MACs are those of the
// answer alone: torchvision runs no classifier but the last when it measures.
func inceptionFamily() []Net {
	const (
		paper1 = "Szegedy et al.: Going Deeper with Convolutions, 2014, table 1, with the batch norm of Ioffe, Szegedy, 2015; torchvision.models.googlenet"
		paper3 = "Szegedy et al.: Rethinking the Inception Architecture for Computer Vision, 2015, table 1; torchvision.models.inception_v3"
	)
	var all []Net
	for _, v := range []struct {
		id, name             string
		year                 int
		torch, source        string
		params, headed, macs string
		text                 func(name string, heads bool) string
	}{
		{"googlenet-torchvision", "GoogLeNet (torchvision, batch norm)", 2015, "googlenet", paper1, "6624904",
			"13004888", "1498376192", googLeNetBN},
		{"inception-v3", "Inception v3", 2015, "inception_v3", paper3, "23834568", "27161264", "5713216096", inceptionV3},
	} {
		net := Net{
			ID: v.id, Name: v.name, Family: "Inception", Year: v.year,
			Params: v.params, MACs: v.macs, Torch: v.torch, Source: v.source, Text: v.text(v.name, false),
		}
		headed := net
		headed.ID, headed.Name, headed.Params = v.id+"-heads", v.name+" with its auxiliary heads", v.headed
		headed.Text = v.text(headed.Name, true)
		all = append(all, net, headed)
	}
	return all
}

// convBN is what both are built of (BasicConv2d in torchvision).
func convBN(width int, options string) string {
	return fmt.Sprintf("conv %d %s nobias; bn eps=0.001; relu\n", width, options)
}

// googLeNetBN is GoogLeNet as torchvision has it: batch norm instead of biases
// and local response norm, and a 3×3 where the paper has 5×5 ("does not follow
// the paper", torchvision/models/googlenet.py).
func googLeNetBN(name string, heads bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name %s\ninput 3x224x224\n", name)
	b.WriteString(convBN(64, "k7 s2 p3") + "maxpool 3 s2 ceil\n" + convBN(64, "k1") + convBN(192, "k3 p1") +
		"maxpool 3 s2 ceil\n")
	for _, i := range inceptions {
		b.WriteString(pathsOf("inc"+i.name+": concat",
			convBN(i.one, "k1"),
			convBN(i.reduce3, "k1")+convBN(i.three, "k3 p1"),
			convBN(i.reduce5, "k1")+convBN(i.five, "k3 p1"),
			"maxpool 3 s1 p1 ceil\n"+convBN(i.pr, "k1")))
		switch {
		case i.name == "4e":
			b.WriteString("maxpool 2 ceil\n") // 3 in the paper; the size is the same
		case i.pool:
			b.WriteString("maxpool 3 s2 ceil\n")
		case heads && (i.name == "4a" || i.name == "4d"):
			b.WriteString(pathsOf("aux"+i.name+": side", "",
				"adaptiveavgpool 4\n"+convBN(128, "k1")+"flatten\nlinear 1024; relu; dropout 0.7\nlinear 1000\n"))
		}
	}
	b.WriteString("globalavgpool; flatten\ndropout 0.2; linear 1000\n")
	return b.String()
}

// inceptionV3 writes Inception v3. Its modules are called as in torchvision,
// Mixed_5b to 7c, and A to E by their form (torchvision/models/inception.py).
func inceptionV3(name string, heads bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name %s\ninput 3x299x299\n", name)
	b.WriteString(convBN(32, "k3 s2") + convBN(32, "k3") + convBN(64, "k3 p1") + "maxpool 3 s2\n" +
		convBN(80, "k1") + convBN(192, "k3") + "maxpool 3 s2\n")
	mixed := func(name string, paths ...string) { b.WriteString(pathsOf("mixed"+name+": concat", paths...)) }

	for _, a := range []struct {
		name string
		pool int
	}{{"5b", 32}, {"5c", 64}, {"5d", 64}} {
		mixed(a.name,
			convBN(64, "k1"),
			convBN(48, "k1")+convBN(64, "k5 p2"),
			convBN(64, "k1")+convBN(96, "k3 p1")+convBN(96, "k3 p1"),
			"avgpool 3 s1 p1\n"+convBN(a.pool, "k1"))
	}
	mixed("6a",
		convBN(384, "k3 s2"),
		convBN(64, "k1")+convBN(96, "k3 p1")+convBN(96, "k3 s2"),
		"maxpool 3 s2\n")
	// A 7×7 is taken apart into a row and a column.
	const row, column = "k1x7 p0x3", "k7x1 p3x0"
	for _, c := range []struct {
		name string
		n    int
	}{{"6b", 128}, {"6c", 160}, {"6d", 160}, {"6e", 192}} {
		mixed(c.name,
			convBN(192, "k1"),
			convBN(c.n, "k1")+convBN(c.n, row)+convBN(192, column),
			convBN(c.n, "k1")+convBN(c.n, column)+convBN(c.n, row)+convBN(c.n, column)+convBN(192, row),
			"avgpool 3 s1 p1\n"+convBN(192, "k1"))
	}
	if heads {
		b.WriteString(pathsOf("aux: side", "",
			"avgpool 5 s3\n"+convBN(128, "k1")+convBN(768, "k5")+"globalavgpool; flatten\nlinear 1000\n"))
	}
	mixed("7a",
		convBN(192, "k1")+convBN(320, "k3 s2"),
		convBN(192, "k1")+convBN(192, row)+convBN(192, column)+convBN(192, "k3 s2"),
		"maxpool 3 s2\n")
	split := pathsOf("concat", convBN(384, "k1x3 p0x1"), convBN(384, "k3x1 p1x0"))
	for _, e := range []string{"7b", "7c"} {
		mixed(e,
			convBN(320, "k1"),
			convBN(384, "k1")+split,
			convBN(448, "k1")+convBN(384, "k3 p1")+split,
			"avgpool 3 s1 p1\n"+convBN(192, "k1"))
	}
	b.WriteString("globalavgpool; dropout; flatten\nlinear 1000\n")
	return b.String()
}
