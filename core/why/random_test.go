package why_test

import (
	"math/rand/v2"
	"testing"

	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/why"
)

// TestRandomNumbers asks for numbers that nobody has: within a fifth of the truth, of as
// many digits. Fewer than one in a hundred may be explained; over all networks, 150 each,
// it were 60 of 21,450.
func TestRandomNumbers(t *testing.T) {
	const asked, every = 50, 12 // of which networks
	rnd := rand.New(rand.NewPCG(14, 1114))
	all, explained, most := 0, 0, 0
	for i, n := range zooNets() {
		if i%every != 0 {
			continue
		}
		m := network(t, n.ID)
		r := count.Of(m)
		f := why.New(m, r, count.PyTorch)
		total, _ := count.PyTorch.Params(r.Totals.Counts).Int64()
		if total < 10_000 {
			continue
		}
		found := 0
		for range asked {
			v := total - total/5 + rnd.Int64N(total*2/5)
			number, d := why.Read(num.Of(v).Grouped())
			if d != nil {
				t.Fatal(d)
			}
			if a := f.Find(number); len(a.Reasons) > 0 {
				found++
				t.Logf("%s %s:%s", n.ID, number.Typed, list(a))
			}
		}
		all, explained, most = all+asked, explained+found, max(most, found)
	}
	t.Logf("%d of %d explained, %d of %d for one network at most", explained, all, most, asked)
	if explained*100 >= all {
		t.Errorf("%d of %d explained", explained, all)
	}
}
