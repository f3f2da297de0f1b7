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
	amounts  []amount               // the last is none; nil: not counted yet
	macs     [passport.Tools]screen // as the tools round them
	together []hypothesis
	sized    []int16 // options of another input's size
	tooling  []int16 // and of tools' operations
	heads    *topping
	work     int            // rows that may still be counted
	short    bool           // they were too few
	lacking  [MACs + 1]bool // when the sets were combined
	carried  [most]carry    // of the sets that are being combined, by their size
	asked    string         // what was typed last
	rounds   int            // and how often
	rowCount int            // of the network
}

// A variant is a set of edits, with the unknown number of the one that has one.
type variant struct {
	edits [most]int16
	n     int64
	tools bool // with what tools count of operations
}

type built struct {
	tally tally
	ok    bool
}

// most is how many options are combined.
const most = 4

// byHand is how many layers with weights people count by hand, and may make slips in.
const byHand = 20

// New returns a finder of a network as a style counts it.
func New(m arch.Model, r *count.Report, style count.Style) *Finder {
	f := &Finder{model: m, report: r, style: style, built: map[variant]built{}}
	f.own, f.ok = tallyOf(r)
	if !f.ok {
		return f
	}
	r.Layers(func(*count.Row, num.Int) { f.rowCount++ })
	f.sight = look(m, r)
	f.all = append(conventions(&f.own, style), f.edits()...)
	f.all = append(f.all, f.counting()...)
	if f.sight.weighted() > byHand {
		f.all = slices.DeleteFunc(f.all, func(o option) bool { return o.slip })
	}
	for i := range f.all {
		switch {
		case f.all[i].name == inSize:
			f.sized = append(f.sized, int16(i))
		case f.all[i].slots&slotTool != 0:
			f.tooling = append(f.tooling, int16(i))
		}
	}
	f.all = append(append(f.all, f.ruled()...), f.sight.frames()...)
	f.prints, f.macs = printsOf(r)
	f.together = f.usualSets()
	return f
}

// plain reports whether the style of the page leaves the tally as it is.
func (f *Finder) plain() bool { return f.style.Biases && !f.style.Keras }

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
func (f *Finder) tally(q Quantity, options []int16, n int64) (tally, bool) {
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
		b := f.build(variant{edits, at, q == MACs})
		if !b.ok {
			return t, false
		}
		t = b.tally
	default:
		t = f.own
		for _, e := range edits[:k] {
			o := &f.all[e-1]
			times := int64(1)
			if o.unknown() {
				times = n - o.now
			}
			change, ok := f.shift(e-1, q)
			if !ok {
				return t, false
			}
			t = t.plus(&tally{}, change, times)
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
		f.short = true
		return built{}
	}
	m := f.model
	for _, e := range v.edits {
		if e > 0 {
			m = f.all[e-1].edit(m, v.n)
		}
	}
	b := f.counted(m, v.tools)
	f.built[v] = b
	return b
}

// counted counts a network, and refuses one that has a new problem.
func (f *Finder) counted(m arch.Model, tools bool) built {
	r := count.Of(m)
	f.work -= f.rowCount
	b := built{}
	b.tally, b.ok = tallyOf(r)
	b.ok = b.ok && len(errors(r)) <= len(errors(f.report))
	if tools {
		f.tooled(&b.tally, r)
	}
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
	batch bool   // of several samples: as it is, or by a tool's rule
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
			all = append(all, target{Params, 1, r.r, r.cost, r.term, r.alone, false})
		}
		if n.Quantity == Unknown || n.Quantity == MACs || n.Quantity == FLOPs {
			// People write FLOPs for either.
			more := 0
			if n.Quantity == Unknown {
				more = 3
				if n.Exact() {
					more = 12 // whoever has all digits mostly has parameters
					if f.own.macs() < 4*f.own.params() {
						more = 20 // which are about as many
					}
				}
			}
			if len(r.term) > 0 && r.term[0].Name == "binary" {
				more += 24 // nobody counts operations in 2²⁰
			}
			one, two := r.cost+more, r.cost+more+4
			if n.Quantity == FLOPs {
				one, two = r.cost+more+8, r.cost+more
			}
			flops := Term{Name: "flops", Times: 2, Say: catalog.Say(catalog.WhyFLOPs)}
			macs := Term{Name: "macs", Say: catalog.Say(catalog.WhyMACs)}
			if n.Quantity == FLOPs {
				macs.Say = catalog.Say(catalog.WhyMACsAsFLOPs)
			}
			first := with(r.term, macs)
			if n.Quantity == MACs {
				first = r.term
			}
			all = append(all, target{MACs, 1, r.r, one, first, r.alone, false}, target{MACs, 2, r.r, two, with(r.term,
				flops), r.alone, false})
		}
		if n.Quantity == Bytes || n.Quantity == Unknown && n.Exact() && r.term == nil {
			more := 0
			if n.Quantity == Unknown {
				more = 20
			}
			for _, m := range multiples {
				all = append(all, target{Params, m.by, r.r, r.cost + m.cost + more, with(r.term,
					Term{Name: m.name, Times: m.by, Say: catalog.Say(m.key)}), r.alone || n.Quantity == Unknown, false})
			}
		}
	}
	for _, g := range all {
		// Some tools count the batch that they are given.
		if g.of != MACs || g.by > 2 || g.alone || n.Quantity == Unknown && !n.Exact() || len(g.terms) > 1 &&
			g.terms[0].Name != "macs" {
			continue
		}
		for _, size := range batches {
			b := g
			b.by, b.cost, b.batch = g.by*size, g.cost+costBatch, true
			b.terms = with(g.terms, Term{Name: "batch", Times: size, Say: catalog.Say(catalog.WhyBatch, size)})
			all = append(all, b)
		}
	}
	settle(len(all), func(i int) int { return all[i].cost }, func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// batches are the usual sizes of a batch, and what it costs that one is counted.
var batches = []int64{2, 4, 8, 16, 32, 64, 128, 256}

const costBatch = 18

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
