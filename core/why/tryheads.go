package why

import (
	"slices"

	"paramstack/core/arch"
	"paramstack/core/catalog"
)

// A topping is the end of a network, the heads that it may have instead, and the sets of
// options that come with them.
type topping struct {
	top
	heads [][]head     // by cost
	with  []hypothesis // the first is none
}

// beside are what options decide that may come with another head.
const beside = slotStats | slotConvBias | slotNorm | slotGroups | slotIn | slotStem | slotTwin

// The costs of numbers of classes that are known, or any, and of the head being what is trained.
const (
	costKnown   = 9
	costAny     = 12
	costTrained = 5
	mostBeside  = 30
	costBeside  = 14 // of each of two

	fewHeads      = 12 // that a rounded number may be of, of those around it
	costHead      = 20 // a rarer head comes with nothing else,
	costPlainHead = 17 // a rarer one than this with one thing else at most
)

// topping returns what is known of the network's heads, nil if it ends otherwise.
func (f *Finder) topping() *topping {
	if f.heads != nil {
		return f.heads
	}
	f.heads = &topping{}
	t, ok := f.sight.topOf()
	if !ok || !f.style.Biases {
		return f.heads
	}
	f.heads.top, f.heads.heads = t, t.headsOf()
	plain := none
	own := f.own
	f.start(&own, 0)
	plain.base = own.params()
	f.heads.with = append(f.heads.with, plain)
	for cost := 0; cost <= mostBeside; cost++ {
		for i := range f.sets[Params][cost] {
			h := &f.sets[Params][cost][i]
			fits := h.slope == 0 && !h.joint && h.options[2] < 0
			for _, k := range h.options[:h.size()] {
				o := &f.all[k]
				fits = fits && o.slots&^beside == 0 && !o.unknown() && !o.listed && !o.slip &&
					(h.options[1] < 0 || o.cost <= costBeside)
			}
			if fits {
				f.heads.with = append(f.heads.with, *h)
			}
		}
	}
	return f.heads
}

// tryHeads looks at heads that people put on the network.
func (s *search) tryHeads(g *target, c, cost int) {
	if g.of != Params || !s.number.Exact() && (cost > maxRounded || s.number.Digits < listedDigits || g.reread()) {
		return
	}
	t := s.topping()
	for i := range t.with {
		h := &t.with[i]
		less := c - h.cost
		if h.options[0] >= 0 {
			less -= further
		}
		base := h.base - t.params.params()
		for tier, more := range [...]int{0, costKnown, costAny} {
			s.tryTier(g, t, h, tier, less-more, base, cost)
			if i == 0 {
				s.tryTier(g, t, nil, tier, less-more-costTrained, 0, cost)
			}
		}
	}
}

// tryTier looks at the heads of a cost with the numbers of classes of a tier; with nothing
// else if h is nil.
func (s *search) tryTier(g *target, t *topping, h *hypothesis, tier, c int, base int64, cost int) {
	if c < 0 || c >= len(t.heads) || tier > 0 && !s.number.Exact() {
		return
	}
	w := s.window(g)
	for i := range t.heads[c] {
		head := &t.heads[c][i]
		s.tried++
		if h != nil && h.options[0] >= 0 && head.cost > costPlainHead && (h.options[1] >= 0 ||
			head.cost > costHead) ||
			head.own && h != nil || head.more && h == nil || tier == int(tierFree) && len(head.hidden) > 0 ||
			!s.number.Exact() && (len(head.hidden) > 1 || h == nil) {
			continue
		}
		plus, each := t.paramsOf(head)
		from := (base + plus) * g.by
		by := each * g.by
		values := [...][]int64{commonClasses, knownClasses, nil}[tier]
		if tier == int(tierFree) {
			if from+by > w.hi || from+1000*by < w.lo {
				continue
			}
			s.heads += float64(gcd(by, g.want.Lo)) * min(1000, w.size/float64(by)) / w.size
			if n := (g.want.Lo - from) / by; (g.want.Lo-from)%by == 0 && n > 0 && n <= 1000 &&
				!slices.Contains(commonClasses, n) &&
				!slices.Contains(knownClasses, n) && s.heads < headShare {
				s.crown(g, t, h, head, n, cost)
			}
			continue
		}
		for _, n := range values {
			v := from + n*by
			if v < w.lo || v > w.hi {
				continue
			}
			if (s.heads < headShare || !s.number.Exact() && s.headed < fewHeads) && g.want.Has(v) {
				s.crown(g, t, h, head, n, cost)
			}
			s.heads += s.width(g, &w, v) / w.size
			s.headed++
		}
	}
}

// crown builds a head and keeps it if it has the number.
func (s *search) crown(g *target, t *topping, h *hypothesis, head *head, n int64, cost int) {
	all := s.all
	defer func() { s.all = all }()
	o := option{name: "head", slots: slotHead, say: func(n int64) catalog.Message { return t.say(head, n) },
		edit: t.edit(head, s.sight.input, s.sight.side)}
	if head.own {
		end := s.sight.head
		o.edit = func(m arch.Model, n int64) arch.Model {
			if leaf, ok := m.Find(end).(*arch.Leaf); ok {
				return m.SetLayer(end, withWidth(leaf.Layer, n))
			}
			return m
		}
	}
	s.all = append(slices.Clone(all), o)
	var options []int16
	if h != nil {
		options = append(options, h.options[:h.size()]...)
	}
	options = append(options, int16(len(all)))
	if h == nil {
		before := t.with[0].base - t.params.params()
		s.all = append(s.all, option{name: "head-trained", order: last, say: says(catalog.WhyHeadTrained),
			rule: func(y *tally, _ int64) {
				n := y.params() - before
				y.zero(learned[:]...)
				y[extra] = n
			}})
		options = append(options, int16(len(all)+1))
	}
	s.answer(g, options, n, 0, cost)
}
