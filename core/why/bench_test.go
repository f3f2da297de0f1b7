package why_test

import (
	"fmt"
	"testing"

	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/why"
)

func BenchmarkCount(b *testing.B) {
	for _, id := range []string{"alexnet-2012", "resnet-50", "mobilenet-v2", "densenet-121", "densenet-201",
		"efficientnet-b7", "nasnet-large", "swin-t", "gpt-2-small"} {
		m := network(b, id)
		rows := 0
		count.Of(m).Layers(func(*count.Row, num.Int) { rows++ })
		b.Run(fmt.Sprintf("%s/%d", id, rows), func(b *testing.B) {
			for range b.N {
				count.Of(m)
			}
		})
	}
}

// BenchmarkFind finds nothing: the longest search there is, on a network that was just
// opened, and on one that numbers were asked of before.
func BenchmarkFind(b *testing.B) {
	for _, id := range []string{"alexnet-2012", "resnet-50", "mobilenet-v2", "densenet-121", "densenet-201",
		"efficientnet-b7", "nasnet-large", "swin-t", "gpt-2-small"} {
		m := network(b, id)
		r := count.Of(m)
		total := count.PyTorch.Params(r.Totals.Counts)
		n, _ := why.Read(total.Add(num.Of(1_234_567)).String())
		b.Run(id+"/first", func(b *testing.B) {
			for range b.N {
				why.New(m, r, count.PyTorch).Find(n)
			}
		})
		f := why.New(m, r, count.PyTorch)
		f.Find(n)
		b.Run(id+"/again", func(b *testing.B) {
			for range b.N {
				f.Find(n)
			}
		})
	}
}
