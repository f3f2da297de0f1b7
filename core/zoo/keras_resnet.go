package zoo

import (
	"fmt"
	"strings"
)

// kerasResNets are Keras' residual networks: v1 as the paper has it, with the
// stride on the first 1×1 of a block, and with biases before batch norm; v2 with
// batch norm and ReLU before the convolutions.
func kerasResNets() []Net {
	const (
		v1 = "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, 2015, table 1"
		v2 = "He, Zhang, Ren, Sun: Identity Mappings in Deep Residual Networks, 2016"
	)
	var all []Net
	for _, r := range []struct {
		layers           int
		blocks           [4]int
		first, preactive string // parameters of v1 and v2
	}{
		{50, [4]int{3, 4, 6, 3}, "25636712", "25613800"},
		{101, [4]int{3, 4, 23, 3}, "44707176", "44675560"},
		{152, [4]int{3, 8, 36, 3}, "60419944", "60380648"},
	} {
		app := fmt.Sprintf("ResNet%d", r.layers)
		name := fmt.Sprintf("ResNet-%d (Keras)", r.layers)
		all = append(all, kerasNet(fmt.Sprintf("resnet-%d-keras", r.layers), name, "ResNet", 2015, app, r.first, v1,
			kerasResNet1(name, r.blocks)))
		name = fmt.Sprintf("ResNet-%d v2", r.layers)
		all = append(all, kerasNet(fmt.Sprintf("resnet-%d-v2", r.layers), name, "ResNet", 2016, app+"V2", r.preactive,
			v2, kerasResNet2(name, r.blocks)))
	}
	return all
}

const (
	kerasResBN = "bn eps=1.001e-5 momentum=0.01"
	kerasStem  = "name %s\ninput 3x224x224\nconv 64 k7 s2 p3%s; maxpool 3 s2 p1\n"
)

func kerasResNet1(name string, blocks [4]int) string {
	var b strings.Builder
	fmt.Fprintf(&b, kerasStem, name, "; "+kerasResBN+"; relu")
	for i, n := range blocks {
		width, stride := 64<<i, min(i+1, 2)
		block := func(stride int, skip string) string {
			return pathsOf("add", skip, fmt.Sprintf("conv %d k1%s; %s; relu\nconv %[1]d k3 psame; %[3]s; relu\nconv %[4]d k1; %[3]s\n",
				width, strideOf(stride), kerasResBN, 4*width)) + "relu\n"
		}
		label := fmt.Sprintf("conv%d", i+2)
		b.WriteString(label + ".1: " + block(stride, fmt.Sprintf("conv %d k1%s; %s\n", 4*width, strideOf(stride), kerasResBN)))
		b.WriteString(repeatOf(label+".x", n-1, block(1, "")))
	}
	return b.String() + kerasTop
}

// kerasResNet2 halves the map in the last block of a stage, where v1 does it in
// the first.
func kerasResNet2(name string, blocks [4]int) string {
	var b strings.Builder
	fmt.Fprintf(&b, kerasStem, name, "")
	const before = kerasResBN + "; relu\n"
	for i, n := range blocks {
		width := 64 << i
		convs := func(stride int) string {
			return fmt.Sprintf("conv %d k1 nobias; %s; relu\nconv %[1]d k3%[3]s p1 nobias; %[2]s; relu\nconv %[4]d k1\n",
				width, kerasResBN, strideOf(stride), 4*width)
		}
		label := fmt.Sprintf("conv%d", i+2)
		b.WriteString(label + ".1: " + before + pathsOf("add", fmt.Sprintf("conv %d k1\n", 4*width), convs(1)))
		if i == 3 {
			b.WriteString(repeatOf(label+".x", n-1, pathsOf("add", "", before+convs(1))))
			continue
		}
		b.WriteString(repeatOf(label+".x", n-2, pathsOf("add", "", before+convs(1))))
		b.WriteString(fmt.Sprintf("%s.%d: ", label, n) + pathsOf("add", "maxpool 1 s2\n", before+convs(2)))
	}
	return b.String() + before + kerasTop
}
