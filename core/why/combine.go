package why

// A hypothesis is a set of options, of which at most one has an unknown, and the number
// that it makes of the network's.
type hypothesis struct {
	options [most]int16 // in the order of f.all; −1: no further
	tier    int8        // which values its unknown may have
	slip    bool        // one of them is a slip
	keras   bool        // one of them is what Keras has
	joint   bool        // its edits meet: the number is known only when both are counted together
	rare    bool        // one of them is rare
	cost    int
	base    int64 // the number, with what the unknown is in the network
	slope   int64 // what one more of it adds
}

var none = hypothesis{options: [most]int16{-1, -1, -1, -1}}

// size returns how many options it has.
func (h *hypothesis) size() int {
	n := 0
	for n < most && h.options[n] >= 0 {
		n++
	}
	return n
}

// keras reports whether an option is one of two that come together: Keras has biases in the
// convolutions before a batch norm, and counts the statistics.
func (o *option) keras() bool { return o.name == "conv-bias-on" || o.name == "stats-on" }

// The costs beyond which nothing is combined, and what each further option adds.
const (
	maxCost     = 72
	further     = 4
	furtherSlip = -12
	rare        = 27 // one option of three costs more at most
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

// A carry is the tally of the options that a set has so far: with what the unknown is in the
// network, and with one more of it.
type carry struct {
	from, to             tally
	used                 slot
	where                region
	unknown, alone, done bool // done: what the style of the page decides is in the tally
	joint                bool
}

// combine lists all sets of options that do not exclude each other, by cost: of those
// that change a quantity.
func (f *Finder) combine(q Quantity) {
	f.sets[q], f.lacking[q] = make([][]hypothesis, maxCost+1), false
	c := carry{from: f.own}
	g := target{of: q, by: 1}
	h := none
	h.base, _ = f.worth(&g, &c)
	var moving []int16
	// What is counted in full is counted in the order of how common it is.
	order := make([]int, len(f.all))
	for i := range order {
		order[i] = i
	}
	settle(len(order), func(i int) int { return f.all[order[i]].cost }, func(i, j int) {
		order[i], order[j] = order[j], order[i]
	})
	for _, i := range order {
		if f.all[i].apart || f.all[i].name == inSize && (q == MACs || !f.sight.sized) {
			continue // see trySizes
		}
		next := c
		if f.with(&g, &next, int16(i)) {
			if base, slope := f.worth(&g, &next); base != h.base || slope != 0 {
				moving = append(moving, int16(i))
			}
		}
	}
	f.byRank(moving)
	f.extend(&g, moving, h, 0, &c)
}

// with adds an option to what is carried; false if its variant cannot be counted.
func (f *Finder) with(g *target, c *carry, i int16) bool {
	o := &f.all[i]
	if o.rank() > rankStyle && !c.done {
		f.start(&c.from, c.used)
		f.start(&c.to, c.used)
		c.done = true
	}
	if o.unknown() {
		c.to = c.from
		c.unknown = true
	}
	if o.edit != nil {
		t, ok := f.shift(i, g.of)
		if !ok {
			return false
		}
		switch {
		case o.unknown():
			c.to.sum(t)
		case c.unknown:
			c.from.sum(t)
			c.to.sum(t)
		default:
			c.from.sum(t)
		}
		c.joint = c.joint || c.where&o.where != 0
		c.where |= o.where
	}
	if o.rule != nil {
		o.rule(&c.from, 0)
		if c.unknown {
			n := int64(0)
			if o.unknown() {
				n = 1
			}
			o.rule(&c.to, n)
		}
	}
	c.used |= o.slots
	c.alone = c.alone || o.alone
	return true
}

// worth returns the number that is carried, and what one more of the unknown adds.
func (f *Finder) worth(g *target, c *carry) (base, slope int64) {
	from, to := &c.from, &c.to
	if !c.done && !f.plain() {
		a, b := c.from, c.to
		f.start(&a, c.used)
		f.start(&b, c.used)
		from, to = &a, &b
	}
	base = g.value(from)
	if c.unknown {
		slope = g.value(to) - base
	}
	return base, slope
}

func (f *Finder) extend(g *target, of []int16, h hypothesis, n int, c *carry) {
	for k, i := range of {
		o := &f.all[i]
		if c.used&o.slots != 0 || o.unknown() && c.unknown || (c.alone || o.alone) && n >= 2 ||
			n >= 2 && h.rare && o.cost > rare {
			continue
		}
		first := true
		now := &f.carried[n]
		var base, slope int64
		for tier := tierCommon; tier <= tierFree; tier++ {
			if !o.has(tier) {
				continue
			}
			next := h
			next.options[n] = i
			next.tier = max(h.tier, tier)
			next.cost += o.cost + o.costOf(tier)
			next.rare = h.rare || o.cost > rare
			next.keras = h.keras || o.keras()
			switch next.slip = h.slip || o.slip; {
			case h.slip && o.slip, h.keras && o.keras():
				next.cost += furtherSlip
			case n > 0:
				next.cost += further
			}
			if next.cost > maxCost || next.tier == tierFree && f.rarity(&next) > 0 {
				continue // what a tool counts is near to any number of classes
			}
			if first {
				first = false
				*now = *c
				if !f.with(g, now, i) {
					break
				}
				base, slope = f.worth(g, now)
			}
			if base == h.base && slope == h.slope && !now.joint {
				break // it changes nothing here
			}
			next.base, next.slope, next.joint = base, slope, now.joint
			f.sets[g.of][next.cost] = append(f.sets[g.of][next.cost], next)
			if n+1 < most {
				f.extend(g, of[k+1:], next, n+1, now)
			}
		}
	}
}

// byRank sorts options by where they come in a sum.
func (f *Finder) byRank(options []int16) {
	settle(len(options), func(i int) int { return f.all[options[i]].rank() }, func(i, j int) {
		options[i], options[j] = options[j], options[i]
	})
}

// settle sorts n things by a key; equal ones stay in their order. They are few, and one function
// for all is small, where a generic one is compiled for each.
func settle(n int, key func(i int) int, swap func(i, j int)) {
	for i := 1; i < n; i++ {
		for j := i; j > 0 && key(j) < key(j-1); j-- {
			swap(j, j-1)
		}
	}
}
