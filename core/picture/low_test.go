package picture

import (
	"math"
	"slices"
	"testing"

	"paramstack/core/count"
	"paramstack/core/layer"
)

// TestLow holds pictures of a limited height to about that, in windows of two sizes: all
// networks without paths, and as many with paths one above the other as have room for
// their labels. Tensors keep their order, since both scales of the blocks become smaller
// by one factor.
func TestLow(t *testing.T) {
	for _, size := range []struct {
		width, height float64
		over          float64 // what labels in two lines may need
		least         int     // fit, of 100
	}{{1360, 360, 1.12, 58}, {1200, 260, 1.4, 20}} {
		fit, plain := 0, 0
		for id, r := range reports() {
			opt := Options{Width: size.width, Height: size.height, Style: count.PyTorch}
			s := Of(r, opt)
			if s.Height <= size.height*1.25 { // 0.8 times as large
				fit++
			}
			if !forked(r.Rows) {
				plain++
				if s.Height > size.height*size.over {
					t.Errorf("%s is %v high, of %v", id, s.Height, size.height)
				}
			}
			opt.Height = 0
			full := Of(r, opt)
			a, b := s.Scales.side/full.Scales.side, s.Scales.depth/full.Scales.depth
			if math.Abs(a/b-1) > 1e-9 || a > 1 {
				t.Errorf("%s: blocks are %v and %v of their size", id, a, b)
			}
		}
		if all := len(reports()); fit*100 < all*size.least || plain < 12 {
			t.Errorf("at %v only %d of %d fit; %d are plain", size, fit, all, plain)
		}
	}
}

// forked reports whether a network has paths.
func forked(rows []*count.Row) bool {
	return slices.ContainsFunc(rows, func(r *count.Row) bool {
		return r.Form == count.FormBranch || r.Kind() != nil && r.Kind().Group == layer.GroupJoin || forked(r.Children)
	})
}

// TestAgain lays flows out twice, as a picture that is too high is: the second time as
// the first.
func TestAgain(t *testing.T) {
	for id, r := range reports() {
		opt := Options{Width: 1000, Style: count.PyTorch}
		f := choose(r, FirstColumns, FirstColumns, false, nil)
		first := SVG(newPlan(r, f, opt).draw(), Output{Titles: true})
		if again := SVG(newPlan(r, f, opt).draw(), Output{Titles: true}); again != first {
			t.Errorf("%s is drawn otherwise when it is laid out again", id)
		}
	}
}
