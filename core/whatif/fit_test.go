package whatif_test

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/text"
	"paramstack/core/whatif"
)

// The networks that Fit is held to brute force on.
var fitted = strings.Fields(`alexnet-ungrouped alexnet-torchvision vgg-11 vgg-13-bn vgg-16 resnet-18 resnet-34 resnet-50
	squeezenet-1-0 squeezenet-1-1 mobilenet-v1 mobilenet-v2 mobilenet-v3-small mnasnet-1-0 lenet-5 zfnet
	network-in-network resnet-20-cifar efficientnet-b0 lenet-300-100`)

var (
	widthWritten = regexp.MustCompile(`^(\s*(?:[\w.]+: )?(?:conv|linear|separable|convtranspose) )(\d+)( .*)?$`)
	groups       = regexp.MustCompile(` g(\d+)`)
)

// byText returns the text of a network with every width w as the multiple of 8 next to
// w·m, at least 8, but for the last: on the text alone, with big rationals. Groups as
// many as filters stay so.
func byText(src string, m *big.Rat) string {
	lines := strings.Split(src, "\n")
	last := 0
	for i, line := range lines {
		if widthWritten.MatchString(line) {
			last = i
		}
	}
	scaled := func(w string) string {
		n, _ := new(big.Rat).SetString(w)
		n.Mul(n, m).Quo(n, big.NewRat(8, 1)).Add(n, big.NewRat(1, 2))
		q := new(big.Int).Div(n.Num(), n.Denom()) // rounded down
		return strconv.FormatInt(max(q.Int64()*8, 8), 10)
	}
	for i, line := range lines {
		p := widthWritten.FindStringSubmatch(line)
		if p == nil || i == last {
			continue
		}
		rest := p[3]
		if g := groups.FindStringSubmatch(rest); g != nil && g[1] == p[2] {
			rest = strings.Replace(rest, g[0], " g"+scaled(g[1]), 1)
		}
		lines[i] = p[1] + scaled(p[2]) + rest
	}
	return strings.Join(lines, "\n")
}

// multipliers lists every m up to most at which a width of the text changes, and one
// below all, in order.
func multipliers(src string, most float64) []*big.Rat {
	found := map[string]*big.Rat{"0": big.NewRat(1, 1<<20)}
	for _, line := range strings.Split(src, "\n") {
		if p := widthWritten.FindStringSubmatch(line); p != nil {
			w, _ := strconv.ParseInt(p[2], 10, 64)
			for n := int64(12); float64(n)/float64(w) <= most; n += 8 {
				m := big.NewRat(n, w)
				found[m.String()] = m
			}
		}
	}
	var all []*big.Rat
	for _, m := range found {
		all = append(all, m)
	}
	slices.SortFunc(all, (*big.Rat).Cmp)
	return all
}

// TestFitWidth compares with brute force: all networks that there are between no width and 1.1
// times it.
func TestFitWidth(t *testing.T) {
	for _, id := range fitted {
		m := model(t, id)
		r := count.Of(m)
		src := text.Format(m)
		type candidate struct {
			text                string
			params, bytes, peak num.Int
		}
		var all []candidate
		seen := ""
		for _, mult := range multipliers(src, 1.1) {
			scaled := byText(src, mult)
			if scaled == seen {
				continue
			}
			seen = scaled
			file, _ := text.Parse(scaled)
			report := count.Of(file.Model)
			if len(report.Problems) > 0 && errors(report) > errors(r) {
				continue
			}
			params := count.PyTorch.Params(report.Totals.Counts)
			all = append(all, candidate{text.Format(file.Model), params, params.Times(2), report.Memory().Peak})
		}
		total, peak := r.Totals.Params(true), r.Memory().Peak
		for _, percent := range []int64{1, 7, 20, 55, 90, 97} {
			of := func(n num.Int) num.Int { v, _ := n.Times(percent).Int64(); return num.Of(v / 100) }
			for what, limit := range map[string]whatif.Limit{
				"params": {Of: whatif.Params, Most: of(total), Style: count.PyTorch},
				"bytes":  {Of: whatif.Bytes, Most: of(total).Times(2), Style: count.PyTorch, DType: tensor.Float16},
				"peak":   {Of: whatif.Peak, Most: of(peak)},
			} {
				want := ""
				for _, c := range all {
					value := map[string]num.Int{"params": c.params, "bytes": c.bytes, "peak": c.peak}[what]
					if value.Cmp(limit.Most) <= 0 {
						want = c.text
					}
				}
				got, why, ok := whatif.FitWidth(m, r, limit)
				if ok != (want != "") || ok && text.Format(got.Model) != want {
					t.Errorf("%s: %s at %d %%: width %s %v\n%s\nwant\n%s", id, what, percent, got.Width, why,
						text.Format(got.Model), want)
				}
				if ok && byTextAt(src, got.Width) != want {
					t.Errorf("%s: %s at %d %%: %s is not the multiplier", id, what, percent, got.Width)
				}
			}
		}
	}
}

// byTextAt is byText at a multiplier as it is written.
func byTextAt(src, width string) string {
	m, _ := new(big.Rat).SetString(width)
	file, _ := text.Parse(byText(src, m))
	return text.Format(file.Model)
}

// TestFitRefuses has what cannot be fitted, and the limits of the search.
func TestFitRefuses(t *testing.T) {
	for _, c := range []struct{ src, limit, want string }{
		{"input 3x8x8; conv 16 k3; flatten; linear 10", "100", "No width fits: even with 8 channels in every layer it has 3,114 of 100."},
		{"input 16x32; attention 4; linear 4", "100", "The widths of this network cannot be scaled alone: attention, tables and unknown layers fix them."},
		{"input 8; linear 10", "100", "The widths of this network cannot be scaled alone: attention, tables and unknown layers fix them."},
		{"", "100", "The widths of this network cannot be scaled alone: attention, tables and unknown layers fix them."},
		{"input 3x8x8; conv 32 k3; conv 32 k3 g32; conv 8 k1", "20000", "13.4"},
		{"input 3x8x8; conv 16 k3; conv 8 k1", "999999999999", "63.8"},
		{"input 3x8x8; conv 48 k3; conv 96 k3 p1 g3; conv 8 k1", "20000", "1"},
		{"input 3x8x8; conv 48 k3; conv 96 k3 p1 g3; conv 8 k1", "16039", "0.5"}, // between, 3 does not divide both
	} {
		m := parse(t, strings.ReplaceAll(c.src, "; ", "\n"))
		n, _ := num.Parse(c.limit)
		got, why, ok := whatif.FitWidth(m, count.Of(m), whatif.Limit{Most: n, Style: count.PyTorch})
		said := got.Width
		if !ok {
			said = why.In(0)
		}
		if said != c.want {
			t.Errorf("%s within %s: %s, want %s", c.src, c.limit, said, c.want)
		}
	}
}

// TestFitInput compares with brute force over all sizes.
func TestFitInput(t *testing.T) {
	for _, id := range []string{"resnet-50", "mobilenet-v2", "u-net", "lenet-5", "vgg-16"} {
		m := model(t, id)
		r := count.Of(m)
		src := text.Format(m)
		side := regexp.MustCompile(`input (\d+)x(\d+)x(\d+)`).FindStringSubmatch(src)
		last, _ := strconv.Atoi(side[3])
		step := 8
		if last <= 64 {
			step = 1
		}
		limit := whatif.Limit{Of: whatif.PeakBytes, DType: tensor.Int8, Most: num.Of(int64(r.Memory().Peak.Float() / 3))}
		want := ""
		for n := step; n < last; n += step {
			file, _ := text.Parse(strings.Replace(src, side[0], fmt.Sprintf("input %sx%dx%d", side[1], n, n), 1))
			report := count.Of(file.Model)
			if errors(report) == 0 && report.Memory().Peak.Cmp(limit.Most) <= 0 {
				want = text.Format(file.Model)
			}
		}
		got, ok := whatif.FitInput(m, r, limit)
		if ok != (want != "") || ok && text.Format(got.Model) != want {
			t.Errorf("%s: %v %s, want %.60s", id, ok, got.Input, want)
		}
	}
}

// FuzzWidths: no text makes a plan or a fit panic or take long.
func FuzzWidths(f *testing.F) {
	f.Add("input 3x8x8\nconv 48*2 k5 p2\nbn\nrepeat 3 { add { conv 96 k3 p1 g96 | } }\nflatten\nlinear 10\n", int64(1000))
	f.Fuzz(func(t *testing.T, src string, limit int64) {
		if len(src) > 2000 {
			return
		}
		file, _ := text.Parse(src)
		small := 0
		file.Model.Walk(func(arch.Node) { small++ })
		if small > 30 {
			return
		}
		r := count.Of(file.Model)
		whatif.For(file.Model, r, whatif.Script)
		whatif.FitWidth(file.Model, r, whatif.Limit{Most: num.Of(limit), Style: count.PyTorch})
		whatif.FitInput(file.Model, r, whatif.Limit{Of: whatif.Peak, Most: num.Of(limit)})
	})
}
