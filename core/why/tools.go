package why

import (
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/passport"
)

// otherTools are the tools that count operations otherwise than the page.
var otherTools = [...]passport.Tool{passport.Torchinfo, passport.Ptflops, passport.PtflopsBefore, passport.Thop,
	passport.Fvcore, passport.Netscope}

// counting are the ways in which tools count operations.
func (f *Finder) counting() []option {
	f.tooled(&f.own, f.report)
	var o []option
	for _, t := range otherTools {
		if f.own[tools+part(t)] == 0 {
			continue
		}
		one := rule("tool-"+t.ID(), slotTool|slotScope, 12, last, catalog.WhyTool, func(y *tally) {
			y.zero(computed[:]...)
			y[tool] = y[tools+part(t)]
		})
		one.say = func(int64) catalog.Message { return catalog.Say(catalog.WhyTool, t.Name()) }
		one.alone, one.tool = true, t
		o = append(o, one)
	}
	return o
}

// tooled adds what the tools count of operations; 0 where that is not known.
func (f *Finder) tooled(t *tally, r *count.Report) {
	all := passport.AllMACs(r)
	for _, k := range otherTools {
		if n, ok := all[k].Int64(); ok {
			t[tools+part(k)] = n
		}
	}
	beside := passport.BesideOf(r)
	for k := range passport.Rules {
		if n, known := beside.Of(k); known {
			t[ops+part(k)], _ = n.Int64()
		}
	}
}
