package passport

import (
	"math"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
)

// entry is what a tool prints.
func (s *sums) entry(t Tool) Entry {
	e := Entry{Tool: t, Rule: rules[t]}
	all := count.PyTorch.Of(s.totals)
	known := !s.totals.ParamsAtLeast
	params := func(n num.Int, shown string) Figure {
		return Figure{Label: catalog.PassportParams, Value: n, Shown: shown, Known: known}
	}
	macs := func(shown func(num.Int) string) Figure {
		f := Figure{Label: catalog.PassportMACs, Value: s.macs[t], Missing: s.missing[t], Known: s.counted(t)}
		if f.Known {
			f.Shown = shown(f.Value)
		}
		return f
	}
	size := func(label catalog.Key, bytes num.Int, shown string) {
		ok := known && (label == catalog.PassportParamsSize || s.known)
		e.Sizes = append(e.Sizes, Figure{Label: label, Value: bytes, Shown: shown, Bytes: true, Known: ok})
	}
	switch t {
	case PyTorch:
		e.Params = params(all.Params, all.Params.String())
		size(catalog.PassportStateDict, all.Params.Add(all.Stats).Times(4).Add(all.Counters.Times(8)), "")
	case Torchinfo:
		e.Params = params(all.Params, "Total params: "+all.Params.Grouped())
		e.Compute = macs(func(n num.Int) string { return "Total mult-adds " + scaled(n) })
		out, bytes := s.torchinfoOut.Times(8), all.Params.Times(4)
		size(catalog.PassportInputSize, s.input.Times(4), "Input size (MB): "+fixed(s.input.Times(4).Float()/1e6))
		size(catalog.PassportPassSize, out, "Forward/backward pass size (MB): "+fixed(out.Float()/1e6))
		size(catalog.PassportParamsSize, bytes, "Params size (MB): "+fixed(bytes.Float()/1e6))
	case Torchsummary:
		n := s.params[Torchsummary]
		e.Params = params(n, "Total params: "+n.Grouped())
		const mib = 1 << 20
		out, bytes := s.summaryOut.Times(8), n.Times(4)
		size(catalog.PassportInputSize, s.input.Times(4), "Input size (MB): "+fixed(s.input.Times(4).Float()/mib))
		size(catalog.PassportLayersSize, out, "Forward/backward pass size (MB): "+fixed(out.Float()/mib))
		size(catalog.PassportParamsSize, bytes, "Params size (MB): "+fixed(bytes.Float()/mib))
	case Keras:
		k := count.Keras.Of(s.totals)
		e.Params = params(k.Params, "Total params: "+k.Params.Grouped()+" ("+kerasSize(k.Params.Times(4))+")")
		for _, part := range []struct {
			label catalog.Key
			n     num.Int
			name  string
		}{{catalog.PassportTrainable, k.Trainable, "Trainable params: "}, {catalog.PassportFrozen, k.Frozen,
			"Non-trainable params: "}} {
			e.Sizes = append(e.Sizes, Figure{Label: part.label, Value: part.n, Known: known,
				Shown: part.name + part.n.Grouped() + " (" + kerasSize(part.n.Times(4)) + ")"})
		}
		size(catalog.PassportParamsSize, k.Params.Times(4), kerasSize(k.Params.Times(4)))
	case Ptflops, PtflopsBefore:
		e.Params = params(all.Trainable, units(all.Trainable, 1, " M", " k", ""))
		e.Compute = macs(func(n num.Int) string { return units(n, 2, " GMac", " MMac", " KMac", " Mac") })
	case Thop:
		n := s.params[Thop]
		e.Params = params(n, clever(n))
		e.Compute = macs(clever)
	case Fvcore:
		e.Params = params(all.Params, all.Params.String())
		e.Compute = macs(num.Int.String)
	case Netscope:
		n := s.params[Netscope]
		e.Params = params(n, suffixed(n))
		e.Params.Missing = s.missing[t]
		e.Params.Known = known && len(s.missing[t]) == 0
		e.Compute = macs(suffixed)
	}
	return e
}

// rules are the sentences of the tools' rules.
var rules = [Tools]catalog.Key{
	catalog.PassportRulePyTorch, catalog.PassportRuleTorchinfo, catalog.PassportRuleTorchsummary, catalog.PassportRuleKeras,
	catalog.PassportRulePtflops, catalog.PassportRulePtflopsBefore, catalog.PassportRuleThop, catalog.PassportRuleFvcore,
	catalog.PassportRuleNetscope,
}

// fixed writes two decimals.
func fixed(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }

// scaled writes a number as torchinfo does: (G): 4.09.
func scaled(n num.Int) string {
	f := n.Float()
	for _, u := range []struct {
		name string
		by   float64
	}{{"T", 1e12}, {"G", 1e9}, {"M", 1e6}, {"K", 1e3}} {
		if f >= u.by {
			return "(" + u.name + "): " + fixed(f/u.by)
		}
	}
	return ": " + n.Grouped()
}

// units writes a number as ptflops does: rounded to two decimals, as Python writes a
// float. The names are those of 10⁹ (if at is 2) or 10⁶, and so on.
func units(n num.Int, at int, names ...string) string {
	f := n.Float()
	powers := []float64{1e3, 1e6, 1e9}
	for i, name := range names[:at+1] {
		if by := powers[at-i]; f >= by {
			s := strconv.FormatFloat(math.RoundToEven(f/by*100)/100, 'f', -1, 64)
			if !strings.Contains(s, ".") {
				s += ".0"
			}
			return s + name
		}
	}
	return n.String() + names[len(names)-1]
}

// clever writes a number as thop.clever_format does.
func clever(n num.Int) string {
	f := n.Float()
	for _, u := range []struct {
		name string
		by   float64
	}{{"T", 1e12}, {"G", 1e9}, {"M", 1e6}, {"K", 1e3}} {
		if f > u.by {
			return fixed(f/u.by) + u.name
		}
	}
	return fixed(f) + "B"
}

// suffixed writes a number as Netscope does.
func suffixed(n num.Int) string {
	f := n.Float()
	for _, u := range []struct {
		name string
		by   float64
	}{{"T", 1e12}, {"G", 1e9}, {"M", 1e6}, {"k", 1e3}} {
		if f > u.by {
			return strconv.FormatFloat(math.Round(f/u.by*100)/100, 'f', -1, 64) + u.name
		}
	}
	return n.String()
}

// kerasSize writes bytes as Keras' summary does: in units of 1024, two decimals.
func kerasSize(n num.Int) string {
	f := n.Float()
	for _, u := range []struct {
		name string
		by   float64
	}{{"TB", 1 << 40}, {"GB", 1 << 30}, {"MB", 1 << 20}, {"KB", 1 << 10}} {
		if f >= u.by {
			return fixed(f/u.by) + " " + u.name
		}
	}
	return fixed(f) + " B"
}
