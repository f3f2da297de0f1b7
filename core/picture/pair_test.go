package picture

import (
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/zoo"
)

// TestTogether draws networks of very different sizes: equal tensors and weights
// have to be equal in size, whatever the rest of a picture is.
func TestTogether(t *testing.T) {
	for _, ids := range [][]string{{"toy", "vgg-16"}, {"resnet-152", "lenet-5"}, {"alexnet-2012", "alexnet-torchvision"},
		{"vgg-16", "resnet-50", "lenet-5", "toy"}} {
		var reports []*count.Report
		for _, id := range ids {
			reports = append(reports, count.Of(zoo.ByID(id).Model()))
		}
		opt := Options{Style: count.PyTorch, Width: 600}
		scenes := Together(reports, ids, opt)
		for i, r := range reports {
			alone, now := Of(r, opt).Scales, scenes[i].Scales
			if now != scenes[0].Scales || now.Area <= 0 || now.side <= 0 || now.depth <= 0 {
				t.Errorf("%v: %+v and %+v", ids, scenes[0].Scales, now)
			}
			if now.Area > alone.Area || now.side > alone.side || now.depth > alone.depth {
				t.Errorf("%s is drawn larger than alone: %+v, %+v", ids[i], now, alone)
			}
		}
	}
	same := count.Of(zoo.ByID("vgg-16").Model())
	opt := Options{Style: count.PyTorch}
	scenes := Together([]*count.Report{same, same}, []string{"", ""}, opt)
	a, b := SVG(scenes[0], Output{}), SVG(scenes[1], Output{})
	if a != b || a != SVG(Of(same, opt), Output{}) {
		t.Error("a network beside itself is drawn otherwise than alone")
	}
	// In one page no two have an id in common, but for the patterns, which are the same.
	ids := map[string]bool{}
	for i, scene := range scenes {
		svg := SVG(scene, Output{Prefix: []string{"a-", "b-"}[i]})
		for _, part := range strings.Split(svg, ` id="`)[1:] {
			id, _, _ := strings.Cut(part, `"`)
			if !strings.HasPrefix(id, "p-") && ids[id] {
				t.Errorf("two elements are called %s", id)
			}
			ids[id] = true
			if use := `href="#` + id; strings.Contains(id, "box") && !strings.Contains(svg, use) {
				t.Errorf("%s is not used", id)
			}
		}
		if strings.Contains(svg, "data-node") {
			t.Error("the blocks have the names of rows")
		}
	}
}
