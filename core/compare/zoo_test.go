package compare_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"paramstack/core/compare"
	"paramstack/core/count"
	"paramstack/core/internal/randnet"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// TestZoo compares networks of the zoo with each other: all pairs where fresh networks
// are tried too (make interop), else a part of them, the same every time.
func TestZoo(t *testing.T) {
	nets := zoo.All()
	stacks, texts := make([]compare.Stack, len(nets)), make([]string, len(nets))
	for i := range nets {
		stacks[i] = compare.Counted(nets[i].Model())
		texts[i] = text.Format(stacks[i].Model)
	}
	step := 17
	if randnet.Fresh() {
		step = 1
	}
	var times []time.Duration
	pairs, slowest, which := 0, time.Duration(0), ""
	for i := range nets {
		for j := range nets {
			if j == i || j < i && !randnet.Fresh() {
				continue
			}
			if pairs++; pairs%step != 0 {
				continue
			}
			name := nets[i].ID + " and " + nets[j].ID
			start := time.Now()
			r := compare.Of(stacks[i], stacks[j])
			took := time.Since(start)
			times = append(times, took)
			if took > slowest {
				slowest, which = took, name
			}
			if r.Coarse {
				t.Errorf("%s: not all pairs of statements were looked at", name)
			}
			if got := text.Format(r.Apply(stacks[i].Model)); got != texts[j] {
				t.Fatalf("%s: the marks make\n%s\nnot\n%s", name, got, texts[j])
			}
			if wrong := sums(r); wrong != "" {
				t.Errorf("%s: %s", name, wrong)
			}
		}
	}
	slices.Sort(times)
	t.Logf("%d pairs: %v in the median, %v at most (%s)", len(times), times[len(times)/2], slowest, which)
}

// sums returns in what the numbers of the rows differ from the totals, "" if they add
// up to them on both sides.
func sums(r *compare.Result) string {
	var a, b count.Counts
	wrong := ""
	r.Walk(func(row *compare.Row, _ int) {
		a, b = a.Plus(row.A.Counts(), num.Of(1)), b.Plus(row.B.Counts(), num.Of(1))
		if row.Mark == compare.Same && (len(row.Changes) > 0 || !row.A.Own.MACs.Equal(row.B.Own.MACs)) {
			wrong = "marks: a row is marked the same and is not"
		}
	})
	for _, side := range []struct{ sum, total count.Counts }{{a, r.A.Report.Totals.Counts}, {b, r.B.Report.Totals.Counts}} {
		sum, total := side.sum, side.total
		if !sum.Weights.Equal(total.Weights) || !sum.Biases.Equal(total.Biases) || !sum.MACs.Equal(total.MACs) ||
			!sum.Stats.Equal(total.Stats) || !sum.Counters.Equal(total.Counters) || !sum.Frozen.Equal(total.Frozen) {
			wrong = fmt.Sprintf("sums: the rows come to %+v, the totals are %+v", sum, total)
		}
		if sum.ParamsAtLeast != total.ParamsAtLeast || sum.MACsAtLeast != total.MACsAtLeast {
			wrong = fmt.Sprintf("bounds: the rows' are %v %v, the totals' %v %v", sum.ParamsAtLeast, sum.MACsAtLeast,
				total.ParamsAtLeast, total.MACsAtLeast)
		}
	}
	return wrong
}
