package why_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/why"
)

// TestLattice asks for numbers that nobody has and that look like those of networks: multiples of
// 64 near the parameters, of 512 near the operations. Fewer than one in a hundred of either may be
// explained. A few of each network are asked; all 300 with PARAMSTACK_FRESH.
func TestLattice(t *testing.T) {
	asked := 12
	if os.Getenv("PARAMSTACK_FRESH") != "" {
		asked = 300
	}
	rnd := rand.New(rand.NewPCG(64, 512))
	for _, kind := range []struct {
		unit string
		step int64
		of   func(count.Counts) num.Int
	}{
		{"", 64, count.PyTorch.Params}, {" MACs", 512, func(c count.Counts) num.Int { return c.MACs }},
	} {
		all, explained := 0, 0
		for _, id := range []string{"alexnet-2012", "vgg-16", "googlenet", "resnet-18", "resnet-50", "resnet-152",
			"resnet-50-keras", "resnext-50-32x4d", "squeezenet-1-0", "mobilenet-v1", "mobilenet-v2", "efficientnet-b0",
			"densenet-121", "inception-v3", "xception", "convnext-tiny", "vit-b-16", "swin-t", "bert-base", "gpt-2-small"} {
			m := network(t, id)
			r := count.Of(m)
			f := why.New(m, r, count.PyTorch)
			total, _ := kind.of(r.Totals.Counts).Int64()
			found, terms := 0, map[string]int{}
			for range asked {
				v := (total - total/5 + rnd.Int64N(total*2/5)) / kind.step * kind.step
				number, d := why.Read(fmt.Sprint(v) + kind.unit)
				if d != nil {
					t.Fatal(d)
				}
				if a := ask(f, number); len(a.Reasons) > 0 {
					found++
					terms[names(a.Reasons[0])]++
				}
			}
			all, explained = all+asked, explained+found
			if found > 0 {
				t.Log(id+kind.unit, found, "of", asked, terms)
			}
		}
		t.Logf("%d of %d multiples of %d%s explained", explained, all, kind.step, kind.unit)
		if explained*100 >= all {
			t.Errorf("%d of %d multiples of %d%s explained", explained, all, kind.step, kind.unit)
		}
	}
}
