package whatif_test

import (
	"cmp"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/text"
	"paramstack/core/whatif"
	"paramstack/core/zoo"
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

// TestFitWidth compares with brute force: all networks that there are between no width and 1.3
// times it, and the network itself.
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
		for _, mult := range multipliers(src, 1.3) {
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
		self := count.PyTorch.Params(r.Totals.Counts)
		all = append(all, candidate{src, self, self.Times(2), r.Memory().Peak})
		total, peak := r.Totals.Params(true), r.Memory().Peak
		for _, percent := range []int64{1, 7, 20, 55, 90, 97, 100, 102} {
			of := func(n num.Int) num.Int { v, _ := n.Times(percent).Int64(); return num.Of(v / 100) }
			for what, limit := range map[string]whatif.Limit{
				"params": {Of: whatif.Params, Most: of(total), Style: count.PyTorch},
				"bytes":  {Of: whatif.Bytes, Most: of(total).Times(2), Style: count.PyTorch, DType: tensor.Float16},
				"peak":   {Of: whatif.Peak, Most: of(peak)},
			} {
				// The most of what is limited, then of parameters; of equals the widest, and the
				// network itself before any.
				want, most := "", [2]num.Int{}
				for _, c := range all {
					value := map[string]num.Int{"params": c.params, "bytes": c.bytes, "peak": c.peak}[what]
					figures := [2]num.Int{value, c.params}
					if value.Cmp(limit.Most) <= 0 && cmp.Or(value.Cmp(most[0]), c.params.Cmp(most[1])) >= 0 {
						want, most = c.text, figures
					}
				}
				got, why, ok := whatif.FitWidth(m, r, limit)
				if ok != (want != "") || ok && text.Format(got.Model) != want {
					t.Errorf("%s: %s at %d %%: width %s %v\n%s\nwant\n%s", id, what, percent, got.Width, why,
						text.Format(got.Model), want)
				}
				if ok && got.Same != (want == src) {
					t.Errorf("%s: %s at %d %%: the network itself: %v", id, what, percent, got.Same)
				}
				if ok && !got.Same && byTextAt(src, got.Width) != want {
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

const (
	noWidths  = "No width of this network can be scaled: the last layer's is that of the answer."
	uncounted = "No limit can be promised: the network has an error, or a size in it is unknown."
)

// TestFitRefuses has what cannot be fitted, and the limits of the search.
func TestFitRefuses(t *testing.T) {
	for _, c := range []struct{ src, limit, want string }{
		{"input 3x8x8; conv 16 k3; flatten; linear 10", "100", "No width fits: even with 8 channels in every layer but the last it has 3,114, and the limit is 100."},
		{"input 16x32; attention 4; linear 4", "100", "The widths of this network cannot be scaled alone: attention, tables, buffers and unknown layers fix them."},
		{"input 8; linear 10", "50", noWidths},
		{"input 8; linear 10", "100", "1"},
		{"", "100", "1"},
		{"input 3x8x8; repeat 5 {; conv 8 k3 p1; }", "100", noWidths},
		{"input 3x8x8; conv 16 k3; conv 2000000 k1; conv 4 k1", "100", "A width of this network is too large to be scaled."},
		{"input 16x32; attention 4; linear 4", "4356", "1"}, // its own
		{"input 6x8x8; conv 9 k3 p1 g3; conv 4 k1", "10",
			"No width fits: the narrowest forms break the network, as groups or sums no longer agree."},
		{"input 3x?x?; conv 8 k3; flatten; linear 10", "99999", uncounted},
		{"input 3x4x4; conv 8 k9; linear 10", "99999", uncounted},
		{"input ?x8x8; conv 16 k3; conv 8 k1", "99999", uncounted},
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

// TestFitSelf: a network whose limit is what it has is the answer, whatever it is made of;
// one that is larger never leads to less of it, nor to a smaller input.
func TestFitSelf(t *testing.T) {
	for i, n := range zoo.All() {
		m := n.Model()
		r := count.Of(m)
		if r.Totals.ParamsAtLeast || r.Memory().AtLeast {
			t.Fatalf("%s is not counted in full", n.ID)
		}
		total, peak := count.Keras.Params(r.Totals.Counts), r.Memory().Peak
		got, why, ok := whatif.Fit(m, r, whatif.Limit{Most: total, Style: count.Keras})
		if !ok || !got.Same || text.Format(got.Model) != text.Format(m) {
			t.Errorf("%s within its own %s parameters: width %s, input %s %v", n.ID, total, got.Width, got.Input, why)
		}
		if i%4 != 0 {
			continue
		}
		got, why, ok = whatif.Fit(m, r, whatif.Limit{Of: whatif.Peak, Most: peak})
		if !ok || got.Input != "" || !got.Figures.Peak.Equal(peak) {
			t.Errorf("%s within its own peak: width %s, input %s %v", n.ID, got.Width, got.Input, why)
		}
		more := total.Add(num.Of(1000))
		got, why, ok = whatif.Fit(m, r, whatif.Limit{Most: more, Style: count.Keras})
		if now := count.Keras.Params(got.Figures.Counts); !ok || got.Input != "" || now.Cmp(total) < 0 || now.Cmp(more) > 0 {
			t.Errorf("%s within %s: width %s, input %s, %s %v", n.ID, more, got.Width, got.Input, now, why)
		}
	}
}

// TestFitUnknown: a limit is promised only of what is counted in full; parameters may be
// where activations are not.
func TestFitUnknown(t *testing.T) {
	m := parse(t, "input 3x?x?\nconv 64 k3\nglobalavgpool\nflatten\nlinear 10\n")
	r := count.Of(m)
	if _, ok := whatif.FitInput(m, r, whatif.Limit{Of: whatif.Peak, Most: num.Of(1000)}); ok {
		t.Error("an unknown input is made smaller")
	}
	if f, why, ok := whatif.Fit(m, r, whatif.Limit{Of: whatif.Peak, Most: num.Of(1000)}); ok || why.Key != catalog.FitUncounted {
		t.Errorf("an unknown peak is promised: %+v %v", f, why)
	}
	if f, why, ok := whatif.Fit(m, r, whatif.Limit{Most: num.Of(1000), Style: count.PyTorch}); !ok || f.Width != "0.4" {
		t.Errorf("within 1,000 parameters: %s %v", f.Width, why)
	}
}

// TestInputWritten: an extent that is not known is written as it is in the text.
func TestInputWritten(t *testing.T) {
	m := parse(t, "input ?x32x32\nconv 8 k3\n")
	found, _ := whatif.For(m, count.Of(m), whatif.Script)
	said := 0
	for _, c := range found {
		if c.Kind == whatif.Input {
			said++
			if say := c.Say.In(catalog.English); !strings.Contains(say, "instead of ?×32×32") {
				t.Error(say)
			}
		}
	}
	if said == 0 {
		t.Error("no other size of the input is proposed")
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
