package why

import (
	"slices"

	"paramstack/core/arch"
	"paramstack/core/num"
)

// answer builds what a set of options means, counts it, and keeps it if that is the
// number.
func (s *search) answer(g *target, options []int16, n, v int64, cost int) {
	r, ok := s.reason(g, options, n, cost)
	if !ok || r.Number.Cmp(num.Of(g.want.Lo)) < 0 || r.Number.Cmp(num.Of(g.want.Hi)) > 0 {
		return
	}
	s.keep(r)
}

// keep adds a reason, unless it is another one in other words.
func (s *search) keep(r Reason) {
	for i := range s.found {
		if alike(&s.found[i], &r) {
			return
		}
	}
	s.found = append(s.found, r)
	s.best = min(s.best, r.cost)
}

// alike reports whether the second of two reasons has all terms of the first, or changes
// the number in the same steps.
func alike(a, b *Reason) bool {
	for i := range a.Terms {
		x := &a.Terms[i]
		if !slices.ContainsFunc(b.Terms, func(y Term) bool {
			return y.Name == x.Name && y.Net == x.Net || y.Change.Equal(x.Change) && !y.Change.IsZero()
		}) {
			return false
		}
	}
	return true
}

// reason builds a set of options term by term, each counted.
func (s *search) reason(g *target, options []int16, n int64, cost int) (Reason, bool) {
	t := s.own
	s.start(&t, 0)
	plain := target{of: g.of, by: 1}
	start := plain.value(&t)
	r := Reason{Start: num.Of(start), Quantity: g.quantity(), cost: cost}
	ordered := slices.Clone(options)
	s.byRank(ordered)
	m, tally := s.model, s.own
	value, used := start, slot(0)
	for i, at := range ordered {
		o := &s.all[at]
		used |= o.slots
		term := Term{Name: o.name, Say: o.say(n), Switch: switches[o.name]}
		if o.edit != nil {
			m = o.edit(m, n)
			f := *s.Finder
			b := f.counted(m, g.of == MACs)
			if !b.ok {
				return r, false
			}
			tally = b.tally
			term.Edit = func(m arch.Model) arch.Model { return o.edit(m, n) }
		}
		now := tally
		s.start(&now, used)
		s.rules(&now, ordered[:i+1], n)
		next := plain.value(&now)
		if next < 0 || next == value {
			return r, false // it changes nothing
		}
		if o.doubled {
			r.Quantity = FLOPs
		}
		term.Change, value = num.Of(next-value), next
		r.Terms = append(r.Terms, term)
	}
	r.finish(g, value)
	return r, true
}

// finish adds the terms of the target: what it multiplies by before how it is written.
func (r *Reason) finish(g *target, value int64) {
	for _, times := range []bool{true, false} {
		for _, term := range g.terms {
			if term.Times > 1 != times {
				continue
			}
			if times {
				term.Change = num.Of(value * (term.Times - 1))
				value *= term.Times
			}
			r.Terms = append(r.Terms, term)
		}
	}
	r.Number = num.Of(value)
}

// rankStyle is the rank of the rules in whose place the page has one of its own.
const rankStyle = -1

// rank is where an option comes in the sum: edits first, then rules in their order, those
// that decide what the page's style does too before the others.
func (o *option) rank() int {
	switch {
	case o.edit != nil:
		return rankStyle - 1
	case o.order == first && o.slots&(slotBias|slotStats|slotTwin) != 0:
		return rankStyle
	}
	return o.order
}
