package why

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/num"
)

// An Answer is what is known of a typed number.
type Answer struct {
	Number  *Number
	Reasons []Reason // the best first; none if nothing gives the number
	Nearest *Nearest // if there is no reason
	Empty   bool     // the network has nothing to count
	More    bool     // there was no time for some variants: the same number, asked again, has more
}

// A Reason gives the number: the network's own, changed by each term in turn.
type Reason struct {
	Terms    []Term
	Start    num.Int // the network's number
	Number   num.Int // with all terms
	Quantity Quantity
	cost     int
	apart    bool // it starts with a number of its own
}

// What a search may do: rows that are counted for variants, sets that are looked at.
// In the page they take less than 100 ms.
const (
	maxWork   = 2_000
	reserve   = 800 // of maxWork, for what is counted after all sets are combined
	maxRounds = 5   // how often Find may be called again for what it had no time for
	maxSets   = 60_000
)

// The share of the numbers around the typed one that the sets up to an answer may
// explain; and how many they may explain where one is more than that already, in a
// small network or for a rounded number.
const (
	maxShare   = 0.006
	headShare  = 0.004 // of other heads
	fewExact   = 10
	fewRounded = 16
	roundShare = 0.03 // instead of maxShare for a rounded number
	fewCost    = 46   // beyond it no set counts among the few
)

// Beyond which cost a rounded number has no answer, how much rarer than the best a
// further answer may be, and how many there are.
const (
	maxRounded = 34
	maxBehind  = 22
	maxReasons = 5
	maxFew     = 3 // of a rounded number
	cutAlone   = 5 // how much commoner digits that are cut off are if nothing else differs
)

// A search is one number being looked for.
type search struct {
	*Finder
	number *Number
	found  []Reason
	seen   map[int64]bool // by target and value
	share  float64
	heads  float64 // what other heads explain
	headed int     // and how many of their numbers are in the window
	any    float64 // of it, what unknowns explain that may be any number
	inside int     // numbers in the window
	tried  int
	best   int
	claims []claim
	near   near
}

// Find explains a number. It never fails: of a network that cannot be counted there is
// nothing to explain.
func (f *Finder) Find(n *Number) Answer {
	a := Answer{Number: n}
	if !f.ok {
		return a
	}
	if f.asked != n.Typed {
		f.asked, f.rounds = n.Typed, 0
	}
	f.rounds++
	f.work, f.short = max(maxWork, f.rowCount+reserve), false
	s := &search{Finder: f, number: n, seen: map[int64]bool{}, best: maxCost}
	targets := f.targets(n)
	s.tryLines(targets)
	if same := s.same(targets); same != nil {
		a.Reasons = append(s.found, *same)
		return a
	}
	if len(s.found) > 0 {
		a.Reasons = s.found
		return a
	}
	if r := s.published(); r != nil {
		a.Reasons = []Reason{*r}
		return a
	}
	s.near.start(f, targets)
	rows := f.rows()
	for _, g := range targets {
		if f.sets[g.of] == nil || f.lacking[g.of] {
			f.combine(g.of)
		}
	}
	for cost := 0; cost <= min(maxCost, s.best+maxBehind) && s.tried < maxSets; cost++ {
		s.tryPrints(cost)
		s.tryOperations(cost)
		s.tryOutputs(cost)
		for i := range targets {
			g := &targets[i]
			if g.cut() && cost == g.cost-cutAlone {
				s.try(g, &none, cost)
			}
			if c := cost - g.cost; c >= 0 {
				if c == 0 && len(g.terms) > 0 && !g.cut() {
					s.try(g, &none, cost)
				}
				if g.alone {
					continue
				}
				for k := range f.sets[g.of][c] {
					if h := &f.sets[g.of][c][k]; (f.rarity(h) == 0) != g.batch && (n.Exact() || !g.batch) ||
						n.Exact() && !g.batch {
						s.try(g, h, cost)
					}
				}
				if g.batch {
					continue
				}
				if c >= costTool && !n.Exact() {
					for k := range f.sets[g.of][c-costTool] {
						if h := &f.sets[g.of][c-costTool][k]; f.rarity(h) > 0 {
							s.try(g, h, cost)
						}
					}
				}
				s.tryUsual(g, c, cost)
				s.tryRows(g, rows, c, cost)
				s.tryNets(g, c, cost)
				s.tryHeads(g, c, cost)
				s.trySizes(g, c, cost)
			}
		}
	}
	if len(s.found) == 0 && !n.Exact() {
		s.near.answer(s)
	}
	most := maxReasons
	if !n.Exact() {
		most = maxFew
	}
	s.dropPrinted()
	a.Reasons = s.found[:min(len(s.found), most)]
	if len(a.Reasons) == 0 {
		a.More = f.short && f.rounds < maxRounds
		a.Nearest = s.near.nearest(s)
		a.Empty = a.Nearest == nil
	}
	return a
}

// costTool is how much rarer it is that a rounded number is one of another tool: there
// are several, and they differ little.
const costTool = 14

// rarity returns what a set costs more for a rounded number.
func (f *Finder) rarity(h *hypothesis) int {
	for _, i := range h.options {
		if i >= 0 && f.all[i].slots&slotTool != 0 {
			return costTool
		}
	}
	return 0
}

// same returns a reason if the number is the network's own.
func (s *search) same(targets []target) *Reason {
	t := s.own
	s.start(&t, 0)
	for i := range targets {
		g := &targets[i]
		if g.by != 1 || len(g.terms) > 1 || g.of == MACs && s.number.Quantity == Unknown && s.number.Exact() ||
			len(g.terms) == 1 && g.terms[0].Name != "macs" {
			continue
		}
		v := g.value(&t)
		if v <= 0 || !g.want.Has(v) {
			continue
		}
		r := &Reason{Start: num.Of(v), Number: num.Of(v), Quantity: g.quantity()}
		switch {
		case g.of == MACs && len(g.terms) > 0:
			r.Terms = g.terms
		case g.of == Params && s.own[rnnB] > 0 && !s.style.Keras && s.style.Biases:
			r.Terms = []Term{{Name: "rnn-two-biases",
				Say: catalog.Say(catalog.WhySameTwoBiases, num.Of(s.own[rnnB]/2).Grouped(),
					num.Of(v-s.own[rnnB]/2).Grouped())}}
		default:
			r.Terms = []Term{{Name: "same", Say: catalog.Say(catalog.WhySame)}}
		}
		return r
	}
	return nil
}

// quantity returns what a target's numbers are of.
func (g *target) quantity() Quantity {
	switch {
	case g.of == MACs && slices.ContainsFunc(g.terms, func(t Term) bool { return t.Name == "flops" }):
		return FLOPs
	case g.of == Params && slices.ContainsFunc(g.terms, func(t Term) bool { return strings.HasPrefix(t.Name, "bytes-") }):
		return Bytes
	}
	return g.of
}

// most is how many options may be combined: few of a number with few digits.
func (s *search) most() int {
	switch {
	case s.number.Exact():
		return most
	case s.number.Digits > 2:
		return 2
	}
	return 1
}

// reread reports whether the digits are taken otherwise than they are written.
func (g *target) reread() bool { return len(g.terms) > 0 && g.terms[0].Name == "binary" || g.cut() }

func (g *target) cut() bool { return len(g.terms) > 0 && g.terms[0].Name == "cut" }

// listedDigits are how many digits a rounded number has at least that one of many values
// explains.
const listedDigits = 4

// try looks at one set of options in the way of a target.
func (s *search) try(g *target, h *hypothesis, cost int) {
	s.tried++
	size, unknown := h.size(), int16(-1)
	options := h.options[:size]
	if !s.number.Exact() && s.number.Digits <= 2 && size > 0 && g.reread() && (!g.cut() || h.cost > 10) {
		return // so few digits are near to anything
	}
	if !s.number.Exact() && (h.tier > tierCommon || size > s.most() || cost > maxRounded) {
		return
	}
	for _, i := range options {
		if s.all[i].unknown() {
			unknown = i
		}
		if s.all[i].listed && !s.number.Exact() && s.number.Digits < listedDigits {
			return
		}
	}
	base, slope := h.base*g.by, h.slope*g.by
	if size == 0 {
		t := s.own
		s.start(&t, 0)
		base = g.value(&t)
	}
	if h.joint {
		if !s.join(g.of, h, unknown) {
			return
		}
		base, slope = h.base*g.by, h.slope*g.by
	}
	if unknown < 0 {
		s.offer(g, options, 0, base, cost)
		return
	}
	o := &s.all[unknown]
	if slope == 0 || base < 0 {
		return
	}
	if h.tier < tierFree {
		values := o.values
		switch {
		case !s.number.Exact():
			values = o.round
		case h.tier == tierMore:
			values = o.more
		}
		for _, n := range values {
			if n != o.now {
				s.offer(g, options, n, base+(n-o.now)*slope, cost)
			}
		}
		return
	}
	add, most := s.explained(g, o, slope)
	if o.plausible != nil {
		add /= 8
	}
	if s.any+add > maxShare/2 {
		return // it would explain too many numbers
	}
	s.share, s.any = s.share+add, s.any+add
	d := g.want.Lo - base
	if n := o.now + d/slope; d%slope == 0 && n >= 0 && n <= most && n != o.now &&
		(o.plausible == nil || o.plausible(n)) {
		s.answer(g, options, n, g.want.Lo, cost)
	}
}

// join counts the edits of a set together, once; false if that cannot be.
func (s *search) join(q Quantity, h *hypothesis, unknown int16) bool {
	g, at := target{of: q, by: 1}, int64(0)
	if unknown >= 0 {
		at = s.all[unknown].now
	}
	options := h.options[:h.size()]
	t, ok := s.tally(q, options, at)
	if !ok {
		return false
	}
	base, slope := g.value(&t), int64(0)
	if unknown >= 0 {
		if t, ok = s.tally(q, options, at+1); !ok {
			return false
		}
		slope = g.value(&t) - base
	}
	h.base, h.slope, h.joint = base, slope, false
	return true
}

func abs(n int64) float64 {
	if n < 0 {
		n = -n
	}
	return float64(n)
}

// A window is the numbers within a fifth of the typed one.
type window struct {
	lo, hi      int64
	size, width float64 // width: how many numbers one typed number is
}

func (s *search) window(g *target) window {
	mid := g.want.mid()
	return window{mid - mid/5, mid + mid/5, max(float64(mid)*0.4, 1), float64(g.want.Hi - g.want.Lo + 1)}
}

// allowed reports whether what is looked at may still be the answer.
func (s *search) allowed(cost int) bool {
	few, most := fewExact, maxShare
	if !s.number.Exact() {
		few, most = fewRounded, roundShare
	}
	return s.share <= most || s.inside < few && cost <= fewCost
}

// admit notes that a set explains a value, and reports whether it may be the answer.
func (s *search) admit(g *target, v int64, cost int) bool {
	w := s.window(g)
	if v < w.lo || v > w.hi {
		return false
	}
	allowed := s.allowed(cost)
	if key := v / int64(w.width); !s.seen[key] {
		s.seen[key] = true
		s.share += s.width(g, &w, v) / w.size
		s.inside++
	}
	return allowed
}

// offer looks at the value of a set of options with its unknown.
func (s *search) offer(g *target, options []int16, n, v int64, cost int) {
	if v <= 0 {
		return
	}
	s.near.see(g, options, n, v, cost)
	if s.admit(g, v, cost) && g.want.Has(v) {
		s.answer(g, options, n, v, cost)
	}
}
