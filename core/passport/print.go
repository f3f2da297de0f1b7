package passport

import (
	"math"
	"slices"
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
	var missing []string // the layers by which sizes are unknown
	figure := func(label catalog.Key, n num.Int, shown string) Figure {
		return Figure{Label: label, Value: n, Shown: shown, Known: known && len(missing) == 0, Missing: missing}
	}
	params := func(n num.Int, shown string) { e.Params = figure(catalog.PassportParams, n, shown) }
	macs := func(shown func(num.Int) string) {
		f := Figure{Label: catalog.PassportMACs, Value: s.macs[t], Missing: s.missing[t], Known: s.counted(t)}
		if f.Known {
			f.Shown = shown(f.Value)
		}
		e.Compute = f
	}
	number := func(label catalog.Key, n num.Int, shown string) {
		e.Sizes = append(e.Sizes, figure(label, n, shown))
	}
	size := func(label catalog.Key, bytes num.Int, shown string) {
		number(label, bytes, shown)
		f := &e.Sizes[len(e.Sizes)-1]
		f.Bytes = true
		f.Known = f.Known && (s.known || label == catalog.PassportParamsSize || label == catalog.PassportStateDict)
	}
	// How torchinfo and torchsummary end, with megabytes of their own.
	summary := func(mb float64, pass catalog.Key, in, out, bytes num.Int, multiplied []string) {
		n := s.params[t]
		params(n, "Total params: "+n.Grouped())
		if on := s.trained[t]; !on.Equal(n) {
			number(catalog.PassportTrainable, on, "Trainable params: "+on.Grouped())
			number(catalog.PassportFrozen, n.Sub(on), "Non-trainable params: "+n.Sub(on).Grouped())
		}
		line := func(label catalog.Key, what string, n num.Int) {
			size(label, n, what+" (MB): "+fixed(n.Float()/mb))
		}
		line(catalog.PassportInputSize, "Input size", in)
		if t == Torchinfo {
			missing = s.parts
		}
		weights := missing
		outputs := append(append(slices.Clone(missing), multiplied...), s.sized...)
		missing = outputs
		line(pass, "Forward/backward pass size", out)
		missing = weights
		line(catalog.PassportParamsSize, "Params size", bytes)
		missing = outputs
		line(catalog.PassportTotalSize, "Estimated Total Size", in.Add(out).Add(bytes))
	}
	switch t {
	case PyTorch:
		params(all.Params, all.Params.String())
		size(catalog.PassportStateDict, all.Params.Add(all.Stats).Times(4).Add(all.Counters.Times(8)).Sub(s.floats.Times(4)), "")
	case Torchinfo:
		macs(func(n num.Int) string { return "Total mult-adds " + scaled(n) })
		in := s.input.Times(4)
		if s.indices {
			in = s.input.Times(8)
		}
		summary(1e6, catalog.PassportPassSize, in, s.torchinfoOut.Times(8), s.leaves.Times(4), nil)
	case Torchsummary:
		missing = append(slices.Clone(s.stops), s.parts...)
		known = known && !s.ragged && !s.params[t].IsZero() // it stops there too
		summary(1<<20, catalog.PassportLayersSize, s.inputs.Times(4), s.summaryOut.Times(8), s.params[t].Times(4), s.tuples)
	case Keras:
		k := count.Keras.Of(s.totals)
		params(k.Params, "Total params: "+k.Params.Grouped()+" ("+kerasSize(k.Params.Times(4))+")")
		number(catalog.PassportTrainable, k.Trainable, "Trainable params: "+k.Trainable.Grouped()+" ("+
			kerasSize(k.Trainable.Times(4))+")")
		number(catalog.PassportFrozen, k.Frozen, "Non-trainable params: "+k.Frozen.Grouped()+" ("+
			kerasSize(k.Frozen.Times(4))+")")
		size(catalog.PassportParamsSize, k.Params.Times(4), kerasSize(k.Params.Times(4)))
	case Ptflops, PtflopsBefore:
		params(all.Trainable, units(all.Trainable, 1, " M", " k", ""))
		macs(func(n num.Int) string {
			shown := units(n, 2, " GMac", " MMac", " KMac", " Mac")
			if digits := n.String() + " Mac"; shown == digits && t == PtflopsBefore {
				return n.String() + ".0 Mac" // it has a float
			}
			return shown
		})
	case Thop:
		missing = s.parts
		params(s.params[t], clever(s.params[t]))
		macs(clever)
	case Fvcore:
		params(all.Params, table(all.Params))
		number(catalog.PassportTable, all.Params, short(all.Params))
		macs(table)
	case Netscope:
		missing = s.missing[t]
		params(s.params[t], suffixed(s.params[t]))
		macs(suffixed)
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

// scaled writes a number as torchinfo does: (G): 4.09, and a whole number without decimals.
// Python 3.11 and later write (Units.GIGABYTES) for (G).
func scaled(n num.Int) string {
	f, unit := n.Float()/1e6, "(M): "
	if f >= 1e6 {
		f, unit = f/1e6, "(T): "
	} else if f >= 1e3 {
		f, unit = f/1e3, "(G): "
	}
	if f == math.Trunc(f) {
		return unit + num.Of(int64(f)).Grouped()
	}
	return unit + fixed(f)
}

// units writes a number as ptflops does: rounded to two decimals, as Python writes a
// float. The names are those of 10⁹ (if at is 2) or 10⁶, and so on.
func units(n num.Int, at int, names ...string) string {
	f := n.Float()
	powers := []float64{1e3, 1e6, 1e9}
	for i, name := range names[:at+1] {
		if by := powers[at-i]; f >= by {
			s := strings.TrimRight(fixed(f/by), "0")
			if strings.HasSuffix(s, ".") {
				s += "0"
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

// table writes a number as fvcore's flop_count_table does: 25.557M, 0.811M, 16.
func table(n num.Int) string {
	s, unit := tenths(n, 3)
	if unit == "" {
		return s
	}
	return strings.TrimRight(strings.TrimRight(s, "0"), ".") + unit
}

// short writes a number as fvcore's parameter_count_table does: 25.6M, 0.1G.
func short(n num.Int) string {
	if n.Float() > 1e11 {
		return strconv.FormatFloat(n.Float()/1e9, 'f', 1, 64) + "G" // its largest unit
	}
	s, unit := tenths(n, 1)
	return s + unit
}

// tenths writes a number in fvcore's units, each from a tenth of it on.
func tenths(n num.Int, decimals int) (s, unit string) {
	f, by := n.Float(), 1e15
	for i := range "PTGMK" {
		if f > by/10 {
			return strconv.FormatFloat(f/by, 'f', decimals, 64), "PTGMK"[i : i+1]
		}
		by /= 1000
	}
	return n.String(), ""
}
