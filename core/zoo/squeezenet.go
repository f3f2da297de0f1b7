package zoo

import (
	"fmt"
	"strings"
)

const squeezeNetSource = "Iandola et al.: SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size, 2016, table 1; torchvision.models.squeezenet%s"

// squeezeNetFamily are both versions. 1.1 begins with smaller kernels and pools
// earlier, which needs 2.4 times fewer multiplications.
func squeezeNetFamily() []Net {
	var all []Net
	for _, v := range []struct {
		version, params, macs, stem string
		pools                       [2]int // the fire modules that a pool follows
	}{
		{"1.0", "1248424", "818924576", "96 k7 s2", [2]int{4, 8}},
		{"1.1", "1235496", "349151936", "64 k3 s2", [2]int{3, 5}},
	} {
		name, torch := "SqueezeNet "+v.version, strings.ReplaceAll(v.version, ".", "_")
		all = append(all, Net{
			ID: "squeezenet-" + strings.ReplaceAll(v.version, ".", "-"), Name: name, Family: "SqueezeNet", Year: 2016,
			Params: v.params, MACs: v.macs, Torch: "squeezenet" + torch,
			Source: fmt.Sprintf(squeezeNetSource, torch),
			Text:   squeezeNet(name, v.stem, v.pools),
		})
	}
	return all
}

// squeezeNet writes fire modules 2 to 9: a squeeze of 1×1 and an expansion of
// four times as many 1×1 and 3×3. The classes come from a convolution.
func squeezeNet(name, stem string, pools [2]int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name %s\ninput 3x224x224\nconv %s; relu; maxpool 3 s2 ceil\n", name, stem)
	for fire := 2; fire <= 9; fire++ {
		squeeze := 16 * (fire / 2)
		fmt.Fprintf(&b, `conv %d k1; relu
fire%d: concat {
  conv %d k1; relu
|
  conv %[3]d k3 p1; relu
}
`, squeeze, fire, 4*squeeze)
		if fire == pools[0] || fire == pools[1] {
			b.WriteString("maxpool 3 s2 ceil\n")
		}
	}
	b.WriteString("dropout; conv 1000 k1; relu; globalavgpool; flatten\n")
	return b.String()
}
