package picture

import (
	"math"
	"strconv"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/randnet"
	"paramstack/core/num"
	"paramstack/core/text"
)

// TestRandom draws random networks, open and broken ones too: every parameter is in one
// column, areas have one scale, and nothing panics.
func TestRandom(t *testing.T) {
	wrong := func(source string) string {
		f, _ := text.Parse(source)
		r := count.Of(f.Model)
		for _, opt := range draws {
			opt.Style = count.PyTorch
			s := Of(r, opt)
			for _, p := range s.Panels {
				for _, m := range p.Marks {
					for _, shape := range m.Shapes {
						rect, ok := shape.(Rect)
						if !ok || rect.Weights == "" {
							continue
						}
						n, _ := strconv.ParseFloat(rect.Weights, 64)
						if got := rect.W * rect.H / (s.Scales.Area * s.Scales.Area); n > 0 && math.Abs(got/n-1) > 0.005 {
							return "an area of " + strconv.FormatFloat(got, 'g', -1, 64) + " for " + rect.Weights
						}
					}
				}
			}
			wellFormed(t, source, SVG(s, Output{Titles: true, Live: true}))
			TikZ(s, false)
		}
		p := newPlan(r, choose(r, 9, 9, false, nil), Options{Style: count.PyTorch})
		var total num.Int
		for _, c := range p.columns {
			for _, l := range c.layers {
				total = total.Add(count.PyTorch.Params(ownOf(l.row)).Mul(l.times))
			}
		}
		if want := count.PyTorch.Params(r.Totals.Counts); !total.Equal(want) {
			return total.String() + " of " + want.String()
		}
		return ""
	}
	randnet.Hold(t, 250, 50, randnet.Options{}, wrong)
	randnet.Hold(t, 250, 50, randnet.Options{Open: 0.3, Broken: 0.2, Opaque: true}, wrong)
}
