package why

import (
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// An amount is elements that people count beside parameters and operations: what layers put out,
// or what memory holds.
type amount struct {
	name  string
	value int64
	cost  int // beyond that of the first
	say   catalog.Message
	held  bool // it is only counted in bytes
}

// What it costs that a number is of elements that layers put out, or of their bytes: stated to be
// bytes, or not.
const (
	costElements = 20
	costOfBytes  = 14
	costNoUnit   = 36
)

// amountsOf adds up what the layers of a network put out, for one sample.
func amountsOf(r *count.Report) []amount {
	if r.Totals.OutputsAtLeast {
		return nil
	}
	var input, convs, dense, norms, active, rest, joins, idle num.Int
	r.Layers(func(row *count.Row, times num.Int) {
		n, ok := row.Out.Elements()
		if !ok {
			return
		}
		sum := &rest
		switch kind := row.Kind(); kind.Group {
		case layer.GroupInput:
			sum = &input
		case layer.GroupConv:
			sum = &convs
		case layer.GroupDense:
			sum = &dense
		case layer.GroupNorm:
			sum = &norms
		case layer.GroupActivation:
			sum = &active
		case layer.GroupJoin:
			sum = &joins
		case layer.GroupShape:
			return
		case layer.GroupPool:
			if len(row.In) == 1 && row.In[0].Equal(row.Out) {
				sum = &idle // an adaptive one that has nothing to do
			}
		}
		*sum = sum.Add(n.Mul(times))
	})
	c := r.Totals.Counts
	var all []amount
	add := func(name string, cost int, held bool, say catalog.Message, parts ...num.Int) {
		var sum num.Int
		for _, p := range parts {
			sum = sum.Add(p)
		}
		if v, ok := sum.Int64(); ok && v > 0 && v < limit/64 {
			all = append(all, amount{name, v, cost, say, held})
		}
	}
	outputs := func(cost int, of catalog.Message, parts ...num.Int) {
		add("outputs", cost, false, catalog.Say(catalog.WhyOutputs, of), parts...)
	}
	outputs(0, catalog.Say(catalog.WhyOutLayersInput), input, convs, dense, rest)
	outputs(2, catalog.Say(catalog.WhyOutLayers), convs, dense, rest)
	outputs(3, catalog.Say(catalog.WhyOutConvs), convs)
	outputs(4, catalog.Say(catalog.WhyOutConvDense), convs, dense)
	outputs(3, catalog.Say(catalog.WhyOutNormsInput), input, convs, dense, rest, norms)
	outputs(4, catalog.Say(catalog.WhyOutNorms), convs, dense, rest, norms)
	outputs(2, catalog.Say(catalog.WhyOutMemory), c.Outputs)
	outputs(4, catalog.Say(catalog.WhyOutAll), convs, dense, rest, norms, active, idle)
	outputs(5, catalog.Say(catalog.WhyOutAllInput), input, convs, dense, rest, norms, active, idle)
	outputs(5, catalog.Say(catalog.WhyOutBlocks), convs, dense, rest, norms, active, idle, joins)
	if m := r.Memory(); !m.AtLeast {
		add("peak", 1, false, catalog.Say(catalog.WhyPeak), m.Peak)
	}
	for _, o := range []count.Optimizer{count.Adam, count.Momentum} {
		t := c.Training(o)
		add("training-memory", 6, true, catalog.Say(catalog.WhyTrainingMemory, int64(o)), t.Total())
	}
	return all
}

// ways of amounts: elements, and bytes in one direction or with gradients.
var measures = []struct {
	by   int64 // bytes; 1: of elements
	both bool
	cost int
}{{4, false, 0}, {4, true, 2}, {2, false, 6}, {1, false, 8}}

// tryOutputs looks at what layers put out.
func (s *search) tryOutputs(cost int) {
	n := s.number
	if n.Quantity == MACs || n.Quantity == FLOPs || !n.Exact() && n.Digits < printDigits || cost < costOfBytes {
		return
	}
	if s.amounts == nil {
		s.Finder.amounts = append(amountsOf(s.report), amount{})
	}
	for i := range s.amounts {
		a := &s.amounts[i]
		if a.value == 0 {
			continue
		}
		if n.Quantity != Bytes && !a.held && cost == costElements+a.cost {
			s.measure(a, 1, false, nil, cost)
			if n.Binary != nil {
				continue
			}
		}
		base := costOfBytes
		if n.Quantity != Bytes {
			base = costNoUnit
		}
		if n.Quantity == Params || n.Quantity == Unknown && !n.Exact() {
			continue
		}
		for _, m := range measures {
			if cost == base+a.cost+m.cost && !(a.held && (m.by != 4 || m.both)) {
				s.measure(a, m.by, m.both, s.bytesTerm(m.by), cost)
			}
		}
	}
}

// bytesTerm is the term of so many bytes for each element.
func (s *search) bytesTerm(by int64) []Term {
	for _, m := range multiples {
		if m.by == by {
			return []Term{{Name: m.name, Times: by, Say: catalog.Say(catalog.WhyBytesEach, by)}}
		}
	}
	return nil
}

// measure keeps an amount, so many bytes each, if it is the number.
func (s *search) measure(a *amount, by int64, both bool, terms []Term, cost int) {
	g := target{of: Params, by: by, want: s.number.Decimal}
	if both {
		g.by *= 2
		terms = append([]Term{{Name: "both-passes", Times: 2, Say: catalog.Say(catalog.WhyBothPasses)}}, terms...)
	}
	v := a.value * g.by
	if b := s.number.Binary; b != nil && s.number.Quantity == Bytes && b.Has(v) {
		g.want = *b
		terms = append(terms, Term{Name: "binary", Say: catalog.Say(catalog.WhyBinaryBytes), Switch: SwitchBinary})
	}
	s.tried++
	if !s.admit(&g, v, cost) || !g.want.Has(v) {
		return
	}
	r := Reason{Start: num.Of(a.value), Quantity: Params, cost: cost, apart: true,
		Terms: []Term{{Name: a.name, Say: a.say}}}
	if by > 1 || s.number.Quantity == Bytes {
		r.Quantity = Bytes
	}
	g.terms = terms
	r.finish(&g, a.value)
	s.keep(r)
}
