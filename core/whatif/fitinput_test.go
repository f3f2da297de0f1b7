package whatif_test

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/text"
	"paramstack/core/whatif"
)

// TestFitBoth compares with brute force over all sizes of the input and all widths: the
// smaller of the two multipliers is as large as it can be.
func TestFitBoth(t *testing.T) {
	for _, c := range []struct {
		id, dtype string
		divide    int64
	}{
		{"resnet-18", "int8", 6}, {"squeezenet-1-1", "fp16", 5},
	} {
		m := model(t, c.id)
		r := count.Of(m)
		src := text.Format(m)
		side := regexp.MustCompile(`input (\d+)x(\d+)x(\d+)`).FindStringSubmatch(src)
		last, _ := strconv.Atoi(side[3])
		step := 8
		if last <= 64 {
			step = 1
		}
		limit := whatif.Limit{Of: whatif.PeakBytes, Style: count.PyTorch}
		for _, d := range tensor.DTypes {
			if d.Name == c.dtype {
				limit.DType = d
			}
		}
		peak, _ := limit.DType.Bytes(r.Memory().Peak).Int64()
		limit.Most = num.Of(peak / c.divide)
		best, want := new(big.Rat), ""
		for n := step; n < last; n += step {
			for _, mult := range multipliers(src, 1) {
				small := strings.Replace(byText(src, mult), side[0], fmt.Sprintf("input %sx%dx%d", side[1], n, n), 1)
				file, _ := text.Parse(small)
				report := count.Of(file.Model)
				if errors(report) > 0 || limit.DType.Bytes(report.Memory().Peak).Cmp(limit.Most) > 0 {
					continue
				}
				lesser := big.NewRat(int64(n), int64(last))
				if mult.Cmp(lesser) < 0 {
					lesser = mult
				}
				// Of equals the wider, and then the larger input: the later.
				if lesser.Cmp(best) >= 0 {
					best, want = lesser, text.Format(file.Model)
				}
			}
		}
		got, ok := whatif.FitBoth(m, r, limit)
		if !ok || text.Format(got.Model) != want {
			t.Errorf("%s: %v width %s, input %s\n%s\nwant at %s\n%s", c.id, ok, got.Width, got.Input, text.Format(got.Model),
				best.FloatString(3), want)
			continue
		}
		if !limit.Holds(got.Figures) || got.Width == "1" || got.Input == "" {
			t.Errorf("%s: width %s, input %s", c.id, got.Width, got.Input)
		}
		t.Logf("%s: width %s, input %s", c.id, got.Width, got.Input)
	}
}

// TestFitSmallest: where nothing fits, the answer is how little there may be at least, in
// the unit of the limit.
func TestFitSmallest(t *testing.T) {
	for _, c := range []struct{ src, limit, want string }{
		{"input 3x32x32; conv 64 k3 p1; flatten; linear 10", "10 params",
			"Nothing fits: even with 8 channels in every layer but the last and an input of 3×1×1 it has 314, and the limit is 10."},
		{"input 3x32x32; conv 64 k3 p1; globalavgpool; flatten; linear 10", "10",
			"No width fits: even with 8 channels in every layer but the last it has 314, and the limit is 10."},
		{"input 3x32x32; conv 64 k3 p1; conv 64 k3 p1; globalavgpool; flatten; linear 10", "10 bytes peak int8",
			"Nothing fits: even with 8 channels in every layer but the last and an input of 3×1×1 it has 18 B, and the limit is 10 B."},
		{"input 3x32x32; conv 64 k3 p1; globalavgpool; flatten; linear 10", "0.1 KB",
			"No width fits: even with 8 channels in every layer but the last it has 1,256 B, and the limit is 100 B."},
		{"input 16x32; attention 4; linear 4", "100 peak",
			"The widths of this network cannot be scaled alone: attention, tables, buffers and unknown layers fix them."},
	} {
		limit, _ := whatif.ParseLimit(c.limit, count.PyTorch)
		m := parse(t, strings.ReplaceAll(c.src, "; ", "\n"))
		if f, why, ok := whatif.Fit(m, count.Of(m), limit); ok || why.In(catalog.English) != c.want {
			t.Errorf("%s within %s: width %s, input %s, %s\nwant %s", c.src, c.limit, f.Width, f.Input, why.In(catalog.English), c.want)
		}
	}
}
