package picture

import (
	"testing"

	"paramstack/core/count"
	"paramstack/core/zoo"
)

// TestPair draws pairs of networks of very different sizes: equal tensors and weights
// have to be equal in size, whatever the rest of a picture is.
func TestPair(t *testing.T) {
	for _, ids := range [][2]string{{"toy", "vgg-16"}, {"resnet-152", "lenet-5"}, {"alexnet-2012", "alexnet-torchvision"}} {
		a, b := count.Of(zoo.ByID(ids[0]).Model()), count.Of(zoo.ByID(ids[1]).Model())
		opt := Options{Style: count.PyTorch, Width: 600}
		x, y := Pair(a, b, opt, opt)
		if x.Scales != y.Scales || x.Scales.Area <= 0 || x.Scales.side <= 0 || x.Scales.depth <= 0 {
			t.Errorf("%v: %+v and %+v", ids, x.Scales, y.Scales)
		}
		for i, r := range []*count.Report{a, b} {
			alone, paired := Of(r, opt).Scales, []*Scene{x, y}[i].Scales
			if paired.Area > alone.Area || paired.side > alone.side || paired.depth > alone.depth {
				t.Errorf("%s is drawn larger than alone: %+v, %+v", ids[i], paired, alone)
			}
		}
	}
	same := count.Of(zoo.ByID("vgg-16").Model())
	opt := Options{Style: count.PyTorch}
	x, y := Pair(same, same, opt, opt)
	if a, b := SVG(x, Output{}), SVG(y, Output{}); a != b || a != SVG(Of(same, opt), Output{}) {
		t.Error("a network beside itself is drawn otherwise than alone")
	}
}
