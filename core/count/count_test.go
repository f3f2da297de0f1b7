package count_test

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// The formulas of the blog post, character by character.
func TestPostFormulas(t *testing.T) {
	const post = `input 3x227x227
conv 48*2 k11 s4 nobias; relu; lrn 5; maxpool 3 s2
conv 128*2 k5 p2 g2 nobias; relu; lrn 5; maxpool 3 s2
conv 192*2 k3 p1 nobias; relu
conv 192*2 k3 p1 g2 nobias; relu
conv 128*2 k3 p1 g2 nobias; relu
flatten
linear 2048*2 nobias; relu; dropout
linear 2048*2 nobias; relu; dropout
linear 1000 nobias`
	want := []string{
		"11·11·3·(48·2) = 34848",
		"5·5·48·128·2 = 307200",
		"3·3·(128·2)·(192·2) = 884736",
		"3·3·192·192·2 = 663552",
		"3·3·192·128·2 = 442368",
		"(13·13·128·2)·(2048·2) = 177209344",
	}
	got := formulas(count.Of(parse(t, post)), count.Style{Biases: true})
	for i, w := range want {
		if got[i] != w {
			t.Errorf("formula %d is %q, want %q", i+1, got[i], w)
		}
	}
}

func formulas(r *count.Report, style count.Style) []string {
	var all []string
	r.Leaves(func(row *count.Row, _ num.Int) {
		if f := count.Formula(row.Weights, style); len(f) > 0 {
			all = append(all, count.Text(f)+" = "+row.Counts.Params(style.Biases).String())
		}
	})
	return all
}

func TestFormulaStyles(t *testing.T) {
	r := count.Of(parse(t, "input 256x6x6; flatten; linear 4096"))
	for _, c := range []struct {
		style count.Style
		want  string
	}{
		{count.Style{Biases: true}, "(6·6·256)·4096 + 4096 = 37752832"},
		{count.Style{Biases: true, Flat: true}, "9216·4096 + 4096 = 37752832"},
		{count.Style{}, "(6·6·256)·4096 = 37748736"},
	} {
		if got := formulas(r, c.style)[0]; got != c.want {
			t.Errorf("%+v: %q, want %q", c.style, got, c.want)
		}
	}
}

// Every number of a formula can be explained, and those that are inherited name
// their node.
func TestExplain(t *testing.T) {
	r := count.Of(parse(t, "input 3x227x227; stem: conv 96 k11 s4; relu; maxpool 3 s2; conv 256 k5 p2 g2; flatten; linear 10; bn"))
	for _, row := range r.Rows {
		for _, token := range count.Formula(row.Weights, count.Style{Biases: true}) {
			if token.Factor == nil {
				continue
			}
			for _, lang := range []catalog.Lang{catalog.English, catalog.Korean} {
				if s := r.Explain(row, token).In(lang); !strings.HasPrefix(s, token.Text+":") || strings.Contains(s, "{") {
					t.Errorf("%s, %s: explanation %q", row.Name, token.Text, s)
				}
			}
		}
	}
	conv2 := r.Rows[4]
	for _, token := range count.Formula(conv2.Weights, count.Style{}) {
		if token.Role == layer.RoleIn {
			if got := r.Explain(conv2, token).In(catalog.English); got !=
				"48: kernel depth. stem outputs 96 channels, and with 2 groups each kernel sees 96 / 2 of them." {
				t.Errorf("explanation of the depth is %q", got)
			}
			if r.Name(token.From) != "stem" {
				t.Errorf("depth comes from %q, want stem", r.Name(token.From))
			}
		}
	}
}

// Totals are the sum of the rows times their repetitions, in any order of adding.
func TestTotalsAreSums(t *testing.T) {
	for _, src := range []string{
		"input 3x32x32; repeat 3 { conv 8 k3 p1; repeat 4 { conv 8 k3 p1; bn; prelu 8 } }; flatten; linear 10",
		"input 3x32x32; repeat 12 { concat { | bn; relu; conv 32 k3 p1 nobias } }; globalavgpool; flatten; linear 10",
		"input 3x32x32; conv 8 k3; concat { conv 4 k1 | conv 4 k3 p1 frozen | maxpool 3 s1 p1 }; repeat 1000000000 { conv 16 k3 p1 }",
	} {
		r := count.Of(parse(t, src))
		var weights, biases, macs num.Int
		r.Leaves(func(row *count.Row, times num.Int) {
			weights = weights.Add(row.Counts.Weights.Mul(times))
			biases = biases.Add(row.Counts.Biases.Mul(times))
			macs = macs.Add(row.Counts.MACs.Mul(times))
		})
		tot := r.Totals
		if !weights.Equal(tot.Weights) || !biases.Equal(tot.Biases) || !macs.Equal(tot.MACs) {
			t.Errorf("%s\nleaves %s + %s, macs %s; totals %s + %s, macs %s", src, weights, biases, macs, tot.Weights, tot.Biases, tot.MACs)
		}
		byRow := count.Sum(r.Rows)
		var byGroup num.Int
		for _, g := range tot.Groups {
			byGroup = byGroup.Add(g.Params(true))
		}
		if !byRow.Params(true).Equal(tot.Params(true)) || !byGroup.Equal(tot.Params(true)) {
			t.Errorf("%s\nby row %s, by group %s, total %s", src, byRow.Params(true), byGroup, tot.Params(true))
		}
	}
}

// A repeat whose repetitions differ is unrolled; one whose repetitions are equal
// costs one, however many there are.
func TestRepeats(t *testing.T) {
	grow := count.Of(parse(t, "input 64x8x8; repeat 3 { concat { | conv 32 k3 p1 nobias } }"))
	if got := grow.Rows[1].Out.String(); got != "160×8×8" {
		t.Errorf("growing repeat gives %s, want 160×8×8", got)
	}
	if want := num.Of(9 * 32 * (64 + 96 + 128)); !grow.Totals.Weights.Equal(want) {
		t.Errorf("growing repeat has %s weights, want %s", grow.Totals.Weights, want)
	}
	many := count.Of(parse(t, "input 64x8x8; repeat 1000000000 { repeat 1000000000 { repeat 1000000000 { conv 64 k3 p1 nobias } } }"))
	if want := "36864000000000000000000000000000"; many.Totals.Weights.String() != want {
		t.Errorf("nested repeats have %s weights, want %s", many.Totals.Weights, want)
	}
	tooMany := count.Of(parse(t, "input 1x1x1; repeat 1000000000 { concat { | conv 1 k1 } }"))
	if !tooMany.Totals.ParamsAtLeast || len(tooMany.Problems) == 0 {
		t.Error("a billion different turns are counted as if they all had been")
	}
}

// After a broken layer, what does not depend on it is counted all the same.
func TestBroken(t *testing.T) {
	for _, c := range []struct {
		src, params string
		params2     bool // at least
		macs        bool
		problems    int
	}{
		{"input 3x8x8; conv 4 k11; conv 4 k3", "1604", false, true, 1}, // counts do not need the picture
		{"input 3x8x8; conv 4 k11; flatten; linear 10", "1466", true, true, 1},
		{"input 3x8x8; conv 4 k3 g2; conv 4 k1", "20", true, true, 1},
		{"conv 4 k3; relu", "0", true, true, 1},
		{"input 3x8x8; maxpool 3 p2", "0", false, false, 1},
		{"input 3x?x?; conv 4 k3; globalavgpool; flatten; linear 2", "122", false, true, 0},
		{"input 3x8x8; add { conv 4 k1 | conv 5 k1 }; conv 2 k1", "36", true, true, 1},
	} {
		r := count.Of(parse(t, c.src))
		tot := r.Totals
		if got := tot.Params(true).String(); got != c.params || tot.ParamsAtLeast != c.params2 || tot.MACsAtLeast != c.macs || len(r.Problems) != c.problems {
			t.Errorf("%s\nparams %s (at least %v), macs at least %v, %d problems %v", c.src, got, tot.ParamsAtLeast, tot.MACsAtLeast, len(r.Problems), r.Problems)
		}
	}
}

// A dense layer on the columns of a map is warned of, one on features that are last
// is not.
func TestLinearOnMap(t *testing.T) {
	for src, want := range map[string]int{
		"input 3x8x8; conv 4 k3; linear 10":                                1,
		"input 3x8x8; linear 10":                                           1,
		"input 3x8x8; conv 4 k3; permute 2x3x1; linear 10; relu; linear 4": 0,
		"input 3x8x8; conv 4 k1; permute 2x3x1; reshape 4x2x4x2x4; permute 1x3x2x4x5; reshape 4x4x16; linear 10": 0,
	} {
		if r := count.Of(parse(t, src)); len(r.Problems) != want {
			t.Errorf("%s: %d problems, want %d: %v", src, len(r.Problems), want, r.Problems)
		}
	}
}

// Absurd sizes are exact or refused, never an overflow.
func TestHuge(t *testing.T) {
	r := count.Of(parse(t, "input 1125899906842624x1x1; conv 1125899906842624 k1 nobias"))
	if want := "1267650600228229401496703205376"; r.Totals.Weights.String() != want {
		t.Errorf("2^50 · 2^50 is %s, want %s", r.Totals.Weights, want)
	}
	r = count.Of(parse(t, "input 1125899906842624x1000x1000; flatten; linear 10"))
	if !r.Totals.ParamsAtLeast || len(r.Problems) != 1 {
		t.Errorf("flatten beyond all bounds: %v", r.Problems)
	}
}

func TestReceptiveField(t *testing.T) {
	for _, c := range []struct {
		src  string
		want string
	}{
		{"input 3x227x227; conv 96 k11 s4; maxpool 3 s2; conv 256 k5 p2; maxpool 3 s2; conv 384 k3 p1; conv 384 k3 p1; conv 256 k3 p1; maxpool 3 s2; flatten; linear 10", "[195 195]"},
		{"input 3x64x64; repeat 3 { conv 8 k3 p1 }", "[7 7]"},
		{"input 3x64x64; add { conv 3 k3 p1; conv 3 k3 p1 | }", "[5 5]"},
		{"input 3x64x64; conv 8 k3x1 d2x1 p2x0", "[5 1]"},
	} {
		f := count.Of(parse(t, c.src)).Totals.Receptive
		if f == nil || fmt.Sprint(f.Size[:f.Dims]) != c.want {
			t.Errorf("%s: field %+v, want %s", c.src, f, c.want)
		}
	}
}

func benchmarkStacks(b *testing.B) map[string]string {
	var flat strings.Builder
	flat.WriteString("input 3x224x224\n")
	for range 3333 {
		flat.WriteString("conv 64 k3 p1 nobias\nbn\nrelu\n")
	}
	bottleneck := func(width, stride, n int) string {
		body := fmt.Sprintf("conv %d k1 nobias; bn; relu; conv %d k3 s%%d p1 nobias; bn; relu; conv %d k1 nobias; bn", width, width, width*4)
		return fmt.Sprintf("add { "+body+" | conv %d k1 s%d nobias; bn }; relu; repeat %d { add { "+body+" | }; relu }\n", stride, width*4, stride, n, 1)
	}
	return map[string]string{
		"AlexNet":   "input 3x227x227; conv 96 k11 s4; relu; lrn 5; maxpool 3 s2; conv 256 k5 p2 g2; relu; lrn 5; maxpool 3 s2; conv 384 k3 p1; relu; conv 384 k3 p1 g2; relu; conv 256 k3 p1 g2; relu; maxpool 3 s2; flatten; linear 4096; relu; dropout; linear 4096; relu; dropout; linear 1000; softmax",
		"ResNet152": "input 3x224x224; conv 64 k7 s2 p3 nobias; bn; relu; maxpool 3 s2 p1\n" + bottleneck(64, 1, 2) + bottleneck(128, 2, 7) + bottleneck(256, 2, 35) + bottleneck(512, 2, 2) + "globalavgpool; flatten; linear 1000",
		"Flat10000": flat.String(),
	}
}

func BenchmarkOf(b *testing.B) {
	for name, src := range benchmarkStacks(b) {
		m := parse(b, src)
		n := 0
		count.Of(m).Leaves(func(*count.Row, num.Int) { n++ })
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				count.Of(m)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/row")
		})
	}
}
