package compare_test

import (
	"testing"

	"paramstack/core/compare"
	"paramstack/core/zoo"
)

func BenchmarkOf(b *testing.B) {
	stacks := map[string]compare.Stack{}
	for _, n := range zoo.All() {
		stacks[n.ID] = compare.Counted(n.Model())
	}
	for _, pair := range [][2]string{
		{"nasnet-large", "efficientnet-b7"}, {"maxvit-t", "wide-resnet-101-2"}, {"nasnet-large", "nasnet-mobile"},
		{"resnet50", "resnet50-v1"}, {"vgg16", "resnet50"},
	} {
		b.Run(pair[0]+"/"+pair[1], func(b *testing.B) {
			for b.Loop() {
				compare.Of(stacks[pair[0]], stacks[pair[1]])
			}
		})
	}
}
