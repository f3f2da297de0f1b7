package zoo

import (
	"fmt"
	"strings"
)

// shuffleNetFamily are torchvision's ShuffleNets v2, by the multiplier of their
// widths (table 5 of the paper).
func shuffleNetFamily() []Net {
	var all []Net
	for _, v := range []struct {
		multiplier   string
		stages       [3]int
		last         int
		params, macs string
	}{
		{"0.5", [3]int{48, 96, 192}, 1024, "1366792", "40476448"},
		{"1.0", [3]int{116, 232, 464}, 1024, "2278604", "144907992"},
		{"1.5", [3]int{176, 352, 704}, 1024, "3503624", "295759392"},
		{"2.0", [3]int{244, 488, 976}, 2048, "7393996", "583253464"},
	} {
		name, torch := "ShuffleNet v2 "+v.multiplier+"×", "shufflenet_v2_x"+strings.ReplaceAll(v.multiplier, ".", "_")
		all = append(all, Net{
			ID: "shufflenet-v2-" + strings.ReplaceAll(v.multiplier, ".", "-"), Name: name, Family: "ShuffleNet", Year: 2018,
			Params: v.params, MACs: v.macs, Torch: torch,
			Source: "Ma, Zhang, Zheng, Sun: ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design, 2018, table 5; torchvision.models." + torch,
			Text:   shuffleNet(name, v.stages, v.last),
		})
	}
	return all
}

// shuffleNet writes three stages. A unit works on one half of the channels and
// lets the other pass; shuffling mixes them for the next. The first unit of a
// stage works on all channels twice, and halves the sides.
func shuffleNet(name string, stages [3]int, last int) string {
	point := func(width int) string { return fmt.Sprintf("conv %d k1 nobias; bn; relu\n", width) }
	depth := func(width int, stride string) string {
		return fmt.Sprintf("conv %d k3%s p1 g%[1]d nobias; bn\n", width, stride)
	}
	const shuffle = "channelshuffle 2\n"
	var b strings.Builder
	fmt.Fprintf(&b, "name %s\ninput 3x224x224\nconv 24 k3 s2 p1 nobias; bn; relu\nmaxpool 3 s2 p1\n", name)
	in := 24
	for i, width := range stages {
		half := width / 2
		b.WriteString(pathsOf(fmt.Sprintf("stage%d.1: concat", i+2),
			depth(in, " s2")+point(half),
			point(half)+depth(half, " s2")+point(half)) + shuffle)
		b.WriteString(repeatOf(fmt.Sprintf("stage%d.x", i+2), [...]int{3, 7, 3}[i], pathsOf("concat",
			"chunk\n",
			"chunk part=1\n"+point(half)+depth(half, "")+point(half))+shuffle))
		in = width
	}
	fmt.Fprintf(&b, "conv %d k1 nobias; bn; relu\nglobalavgpool; flatten\nlinear 1000\n", last)
	return b.String()
}
