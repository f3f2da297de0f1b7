package why

import (
	"math"
	"slices"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/passport"
)

// A Finder knows a network, and what became of it in each variant that was counted. It
// is for one network and one way of counting.
type Finder struct {
	model    arch.Model
	report   *count.Report
	style    count.Style
	ok       bool // the network can be counted
	own      tally
	sight    *sight
	all      []option
	sets     [MACs + 1][][]hypothesis // by quantity and cost
	built    map[variant]built
	kin      [][]relative // by cost
	prints   []print
	macs     [passport.Tools]Range // as the tools round them
	together []hypothesis
	work     int // rows that may still be counted
	rowCount int // of the network
}

// A variant is a set of edits, with the unknown number of the one that has one.
type variant struct {
	edits [most]int16
	n     int64
}

type built struct {
	tally tally
	ok    bool
}

// most is how many options are combined.
const most = 4

// New returns a finder of a network as a style counts it.
func New(m arch.Model, r *count.Report, style count.Style) *Finder {
	f := &Finder{model: m, report: r, style: style, built: map[variant]built{}}
	f.own, f.ok = tallyOf(r)
	if !f.ok {
		return f
	}
	r.Layers(func(*count.Row, num.Int) { f.rowCount++ })
	f.work = maxWork
	f.sight = look(m, r)
	f.all = append(conventions(&f.own, style), f.edits()...)
	f.all = append(f.all, f.counting()...)
	f.prints, f.macs = printsOf(r)
	f.together = f.usualSets()
	return f
}

// A hypothesis is a set of options, of which at most one has an unknown.
type hypothesis struct {
	options [most]int16 // in the order of f.all; −1: no further
	tier    int8        // which values its unknown may have
	slip    bool        // one of them is a slip
	cost    int
}

// The costs beyond which nothing is combined, and what each further option adds.
const (
	maxCost     = 72
	further     = 4
	furtherSlip = -8
	rare        = 27 // an option that costs more is no third one
)

// The tiers of an unknown's values.
const (
	tierCommon int8 = iota
	tierMore
	tierFree
)

// has reports whether an option has values of a tier; one without unknown has the first.
func (o *option) has(tier int8) bool {
	switch tier {
	case tierMore:
		return len(o.more) > 0
	case tierFree:
		return o.free > 0
	}
	return len(o.values) > 0 || !o.unknown()
}

// costOf is what values of a tier cost.
func (o *option) costOf(tier int8) int {
	switch {
	case !o.unknown():
		return 0
	case tier == tierMore:
		return o.rarer
	case tier == tierFree:
		return o.free
	}
	return 1 // what has no unknown comes first
}

// combine lists all sets of options that do not exclude each other, by cost: of those
// that change a quantity.
func (f *Finder) combine(q Quantity) {
	f.sets[q] = make([][]hypothesis, maxCost+1)
	t := f.own
	f.start(&t, 0)
	g := target{of: q, by: 1}
	own := g.value(&t)
	var moving []int16
	for i := range f.all {
		o := &f.all[i]
		n := o.now + 1
		if o.unknown() && o.edit == nil {
			n = 7
		}
		if t, ok := f.tally([]int16{int16(i)}, n); ok && g.value(&t) != own {
			moving = append(moving, int16(i))
		}
	}
	f.extend(q, moving, none, 0, 0, false, false)
}

func (f *Finder) extend(q Quantity, of []int16, h hypothesis, n int, used slot, unknown, alone bool) {
	for k, i := range of {
		o := &f.all[i]
		if used&o.slots != 0 || o.unknown() && unknown || (alone || o.alone) && n >= 2 {
			continue
		}
		for tier := tierCommon; tier <= tierFree; tier++ {
			if !o.has(tier) {
				continue
			}
			next := h
			next.options[n] = i
			next.tier = max(h.tier, tier)
			next.cost += o.cost + o.costOf(tier)
			switch next.slip = h.slip || o.slip; {
			case h.slip && o.slip:
				next.cost += furtherSlip
			case n > 0:
				next.cost += further
			}
			if next.cost > maxCost || n >= 2 && o.cost > rare {
				continue
			}
			f.sets[q][next.cost] = append(f.sets[q][next.cost], next)
			if n+1 < most {
				f.extend(q, of[k+1:], next, n+1, used|o.slots, unknown || o.unknown(), alone || o.alone)
			}
		}
	}
}

// start counts as the page does, but for what options decide.
func (f *Finder) start(t *tally, used slot) {
	if !f.style.Biases && used&slotBias == 0 {
		t.zero(biases[:]...)
		t.zero(normB)
	}
	if f.style.Keras {
		if used&slotStats == 0 {
			t[extra] += t[stats]
		}
		if used&slotTwin == 0 && f.style.Biases {
			t[extra] -= t[twins]
		}
	}
}

// tally returns the tally of a set of options with its unknown n; false if a variant
// cannot be counted, or there is no more time.
func (f *Finder) tally(options []int16, n int64) (tally, bool) {
	var used slot
	var edits [most]int16
	k, unknown := 0, int16(-1)
	var where region
	overlap := false
	for _, i := range options {
		o := &f.all[i]
		used |= o.slots
		if o.unknown() {
			unknown = i
		}
		if o.edit != nil {
			edits[k], k = i+1, k+1
			overlap = overlap || where&o.where != 0
			where |= o.where
		}
	}
	var t tally
	switch {
	case k == 0:
		t = f.own
	case overlap:
		at := int64(0)
		if unknown >= 0 && f.all[unknown].edit != nil {
			at = n
		}
		b := f.build(variant{edits, at})
		if !b.ok {
			return t, false
		}
		t = b.tally
	default:
		t = f.own
		for _, e := range edits[:k] {
			o := &f.all[e-1]
			times, at := int64(1), int64(0)
			if o.unknown() {
				times, at = n-o.now, o.now+1
			}
			b := f.build(variant{[most]int16{e}, at})
			if !b.ok {
				return t, false
			}
			t = t.plus(&f.own, &b.tally, times)
		}
	}
	f.start(&t, used)
	f.rules(&t, options, n)
	return t, true
}

// rules applies the rules of a set of options in their order.
func (f *Finder) rules(t *tally, options []int16, n int64) {
	for order := first; order <= last; order++ {
		for _, i := range options {
			if o := &f.all[i]; o.rule != nil && o.order == order {
				o.rule(t, n)
			}
		}
	}
}

// build counts a variant, once.
func (f *Finder) build(v variant) built {
	if b, ok := f.built[v]; ok {
		return b
	}
	if f.work < f.rowCount {
		return built{}
	}
	m := f.model
	for _, e := range v.edits {
		if e > 0 {
			m = f.all[e-1].edit(m, v.n)
		}
	}
	b := f.counted(m)
	f.built[v] = b
	return b
}

// counted counts a network, and refuses one that has a new problem.
func (f *Finder) counted(m arch.Model) built {
	r := count.Of(m)
	f.work -= f.rowCount
	b := built{}
	b.tally, b.ok = tallyOf(r)
	b.ok = b.ok && len(errors(r)) <= len(errors(f.report))
	f.tooled(&b.tally, r)
	return b
}

// errors returns the rows of a report that have one.
func errors(r *count.Report) []arch.ID {
	var ids []arch.ID
	r.Layers(func(row *count.Row, _ num.Int) {
		if row.Broken() {
			ids = append(ids, row.ID)
		}
	})
	return ids
}

// A target is a way to read the typed number.
type target struct {
	of    Quantity // Params or MACs
	by    int64    // how much of it one element or MAC is
	want  Range
	cost  int
	terms []Term // which state the way
	alone bool   // of the network as it is, and nothing else
}

// targets are the ways to read a number, the likeliest first.
func (f *Finder) targets(n *Number) []target {
	type reading struct {
		r     Range
		cost  int
		term  []Term
		alone bool
	}
	readings := []reading{{r: n.Decimal}}
	if n.Binary != nil {
		cost, by := 9, catalog.WhyBinary
		if n.Thousands {
			cost = 18
		}
		if n.Quantity == Bytes {
			cost, by = 4, catalog.WhyBinaryBytes
		}
		readings = append(readings, reading{r: *n.Binary, cost: cost, term: []Term{{Name: "binary",
			Say:    catalog.Say(by),
			Switch: SwitchBinary}}})
	}
	if n.Cut != nil {
		readings = append(readings, reading{r: *n.Cut, cost: 12, term: []Term{{Name: "cut",
			Say: catalog.Say(catalog.WhyCut,
				n.Typed)}}})
	}
	if n.Coarse != nil {
		readings = append(readings, reading{alone: true, r: *n.Coarse, cost: 14, term: []Term{{Name: "coarse",
			Say: catalog.Say(catalog.WhyCoarse, n.Typed)}}})
	}
	var all []target
	for _, r := range readings {
		if n.Quantity == Unknown || n.Quantity == Params {
			all = append(all, target{Params, 1, r.r, r.cost, r.term, r.alone})
		}
		if n.Quantity == Unknown || n.Quantity == MACs || n.Quantity == FLOPs {
			// People write FLOPs for either.
			more := 0
			if n.Quantity == Unknown {
				more = 3
				if n.Exact() {
					more = 8 // whoever has all digits mostly has parameters
				}
			}
			if len(r.term) > 0 && r.term[0].Name == "binary" {
				more += 24 // nobody counts operations in 2²⁰
			}
			one, two := r.cost+more, r.cost+more+4
			if n.Quantity == FLOPs {
				one, two = r.cost+more+8, r.cost+more
			}
			flops := Term{Name: "flops", Say: catalog.Say(catalog.WhyFLOPs)}
			macs := Term{Name: "macs", Say: catalog.Say(catalog.WhyMACs)}
			if n.Quantity == FLOPs {
				macs.Say = catalog.Say(catalog.WhyMACsAsFLOPs)
			}
			first := with(r.term, macs)
			if n.Quantity == MACs {
				first = r.term
			}
			all = append(all, target{MACs, 1, r.r, one, first, r.alone}, target{MACs, 2, r.r, two, with(r.term,
				flops), r.alone})
		}
		if n.Quantity == Bytes || n.Quantity == Unknown && n.Exact() && r.term == nil {
			more := 0
			if n.Quantity == Unknown {
				more = 20
			}
			for _, m := range multiples {
				all = append(all, target{Params, m.by, r.r, r.cost + m.cost + more, with(r.term,
					Term{Name: m.name, Say: catalog.Say(m.key)}), r.alone})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b target) int { return a.cost - b.cost })
	return all
}

func with(terms []Term, more ...Term) []Term { return append(slices.Clone(terms), more...) }

// value returns what a tally is in the way of a target.
func (g *target) value(t *tally) int64 {
	v := t.params()
	if g.of == MACs {
		v = t.macs()
	}
	if v > math.MaxInt64/16/max(g.by, 1) || v < 0 {
		return -1
	}
	return v * g.by
}
