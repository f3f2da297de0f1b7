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

// The kinds of what layers put out.
const (
	putInput = iota
	putConv
	putDense
	putNorm
	putActive
	putOther
	putJoin
	putIdle // of a pool that has nothing to do
	puts
)

// sumsOf are what people add up of them: the kinds as bits.
var sumsOf = [...]struct {
	kinds uint8
	cost  int
	say   catalog.Key
}{
	{1<<putInput | 1<<putConv | 1<<putDense | 1<<putOther, 0, catalog.WhyOutLayersInput},
	{1<<putConv | 1<<putDense | 1<<putOther, 2, catalog.WhyOutLayers},
	{1 << putConv, 3, catalog.WhyOutConvs},
	{1<<putConv | 1<<putDense, 4, catalog.WhyOutConvDense},
	{1<<putInput | 1<<putConv | 1<<putDense | 1<<putOther | 1<<putNorm, 3, catalog.WhyOutNormsInput},
	{1<<putConv | 1<<putDense | 1<<putOther | 1<<putNorm, 4, catalog.WhyOutNorms},
	{1<<puts - 1 - 1<<putInput - 1<<putJoin, 4, catalog.WhyOutAll},
	{1<<puts - 1 - 1<<putJoin, 5, catalog.WhyOutAllInput},
	{1<<puts - 1 - 1<<putInput, 5, catalog.WhyOutBlocks},
}

// putBy is the kind of what a layer puts out, −1 for what arranges a tensor otherwise.
func putBy(row *count.Row) int {
	switch row.Kind().Group {
	case layer.GroupInput:
		return putInput
	case layer.GroupConv:
		return putConv
	case layer.GroupDense:
		return putDense
	case layer.GroupNorm:
		return putNorm
	case layer.GroupActivation:
		return putActive
	case layer.GroupJoin:
		return putJoin
	case layer.GroupShape:
		return -1
	case layer.GroupPool:
		if len(row.In) == 1 && row.In[0].Equal(row.Out) {
			return putIdle
		}
	}
	return putOther
}

// amountsOf adds up what the layers of a network put out, for one sample.
func amountsOf(r *count.Report) []amount {
	if r.Totals.OutputsAtLeast {
		return nil
	}
	var put [puts]int64
	r.Layers(func(row *count.Row, times num.Int) {
		n, _ := row.Out.Elements()
		if v, ok := n.Mul(times).Int64(); ok {
			if k := putBy(row); k >= 0 {
				put[k] += v
			}
		}
	})
	var all []amount
	add := func(name string, v int64, cost int, held bool, say catalog.Message) {
		if v > 0 && v < limit/64 {
			all = append(all, amount{name, v, cost, say, held})
		}
	}
	for i := range sumsOf {
		of, sum := &sumsOf[i], int64(0)
		for k, v := range put {
			sum += v * int64(of.kinds>>k&1)
		}
		add("outputs", sum, of.cost, false, catalog.Say(catalog.WhyOutputs, catalog.Say(of.say)))
	}
	whole := func(n num.Int) int64 { v, _ := n.Int64(); return v }
	c := r.Totals.Counts
	add("outputs", whole(c.Outputs), 2, false, catalog.Say(catalog.WhyOutputs, catalog.Say(catalog.WhyOutMemory)))
	if m := r.Memory(); !m.AtLeast {
		add("peak", whole(m.Peak), 1, false, catalog.Say(catalog.WhyPeak))
	}
	for _, o := range []count.Optimizer{count.Adam, count.Momentum} {
		add("training-memory", whole(c.Training(o).Total()), 6, true, catalog.Say(catalog.WhyTrainingMemory, int64(o)))
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
