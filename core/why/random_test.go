package why_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/why"
)

// randomNets are networks of many sorts, small ones among them.
var randomNets = []string{"alexnet-2012", "vgg-16", "googlenet", "resnet-18", "resnet-50", "resnet-152",
	"densenet-121",
	"squeezenet-1-0", "mobilenet-v2", "efficientnet-b0", "inception-v3", "shufflenet-v2-1-0", "convnext-tiny",
	"regnet-y-400mf", "vit-b-16", "swin-t", "bert-base", "gpt-2-small", "u-net", "resnet-110-cifar"}

// A sort of random numbers: how they are drawn within a fifth of the true one, and typed.
type drawn struct {
	name  string
	macs  bool
	draw  func(n int64) string
	least int // how many of a thousand may be explained
}

var draws = []drawn{
	{"parameters", false, func(n int64) string { return num.Of(n).Grouped() }, 10},
	// Layers are as wide as powers of two, so real numbers are multiples of such.
	{"parameters, multiples of 64", false, func(n int64) string { return num.Of(n / 64 * 64).Grouped() }, 10},
	{"MACs, multiples of 512", true, func(n int64) string { return num.Of(n/512*512).Grouped() + " MACs" }, 10},
	{"parameters of 4 digits", false, func(n int64) string { return digits(n, 4) }, 200},
	{"bytes of 4 digits", false, func(n int64) string { return digits(4*n, 4) + "B" }, 200},
	{"MACs of 3 digits", true, func(n int64) string { return digits(n, 3) + "MACs" }, 500},
}

// digits writes a number with so many of its digits, and a prefix.
func digits(n int64, most int) string {
	v, prefix := float64(n)/1e6, "M"
	if v >= 1000 {
		v, prefix = v/1000, "G"
	}
	whole := len(strconv.FormatInt(int64(v), 10))
	return fmt.Sprintf("%.*f %s", max(most-whole, 0), v, prefix)
}

// TestRandomNumbers asks for numbers that nobody has, within a fifth of the truth. Of those
// with all digits fewer than one in a hundred may be explained.
func TestRandomNumbers(t *testing.T) {
	asked := 5 // of each network; WHY_RANDOM is another number
	if n, err := strconv.Atoi(os.Getenv("WHY_RANDOM")); err == nil {
		asked = n
	}
	rnd := rand.New(rand.NewPCG(14, 1114))
	for _, d := range draws {
		all, explained := 0, 0
		by := map[string]int{}
		for _, id := range randomNets {
			m := network(t, id)
			r := count.Of(m)
			f := why.New(m, r, count.PyTorch)
			total := count.PyTorch.Params(r.Totals.Counts)
			if d.macs {
				total = r.Totals.MACs
			}
			own, _ := total.Int64()
			for range asked {
				number, problem := why.Read(d.draw(own - own/5 + rnd.Int64N(own*2/5)))
				if problem != nil {
					t.Fatal(problem)
				}
				all++
				if a := ask(f, number); len(a.Reasons) > 0 {
					explained++
					by[names(a.Reasons[0])]++
					t.Logf("%s %s:%s", id, number.Typed, list(a))
				}
			}
		}
		t.Logf("%s: %d of %d explained, %v", d.name, explained, all, by)
		if explained*1000 > all*d.least {
			t.Errorf("%s: %d of %d explained", d.name, explained, all)
		}
	}
}
