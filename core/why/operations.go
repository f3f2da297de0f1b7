package why

import (
	"math"
	"slices"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/passport"
)

// A claim is operations by a rule, of the network or of a variant of it.
type claim struct {
	options []int16 // edits alone
	n       int64   // the unknown of one of them
	rule    int     // in ruleds; −1: multiply-accumulates alone
	by      int64   // what a multiply-accumulate counts: 1 or 2
	steps   int64   // of how many forward passes it is as much
	value   int64
	cost    int
}

// plainRule is the rule of the page.
const plainRule = -1

// ruleds are the rules of counting operations that no tool of the passport has, with what a
// multiply-accumulate counts, what each costs, and its sentence.
var ruleds = [...]struct {
	rule passport.Rule
	by   int64
	cost int
	say  catalog.Key
	name string // of the tool
}{
	{passport.BiasesToo, 1, 10, catalog.WhyOpsBiases, ""},
	{passport.ThopBefore, 1, 11, catalog.WhyOpsThopBefore, "thop 0.0.31"},
	{passport.BiasesToo, 2, 12, catalog.WhyOpsBiases2, ""},
	{passport.DeepSpeed, 2, 13, catalog.WhyOpsDeepSpeed, "DeepSpeed (calflops)"},
	{passport.TensorFlow, 2, 14, catalog.WhyOpsTensorFlow, ""},
	{passport.ThopFirst, 1, 15, catalog.WhyOpsThopFirst, "thop (2019)"},
	{passport.NormsToo, 1, 15, catalog.WhyOpsNorms, ""},
	{passport.ActivationsToo, 2, 18, catalog.WhyOpsActivations2, ""},
	{passport.ActivationsToo, 1, 20, catalog.WhyOpsActivations, ""},
}

// What it costs that a number is of a training step, that a variant is counted by a rule, that
// classes come with a size, and that a size is not square, or none of the usual.
const (
	costSteps   = 20
	costRuled   = 4
	costClassed = 9
	costFrame   = 17
	costAnySize = 26
)

// passes is what a training step does, in forward passes: the backward pass computes gradients
// of what is between the layers, and of the weights.
const passes = 3

// The stages of the search at which variants are counted: those of other sizes first.
const (
	stageSizes = 14
	stageWays  = 22
)

// value returns what a claim's rule makes of a tally; −1 if the rule is not reproduced.
func (c *claim) of(t *tally) int64 {
	v := t.macs() * c.by
	if c.rule != plainRule {
		more := t[ops+part(ruleds[c.rule].rule)]
		if more <= 0 {
			return -1
		}
		v += more
	}
	return v * c.steps
}

// unsaid is what it costs more that a number is of operations as a claim has them.
func (s *search) unsaid(c *claim) int {
	more := 0
	switch {
	case s.number.Quantity == Unknown && s.number.Exact():
		more = 8
	case s.number.Quantity == Unknown:
		more = 3
	case s.number.Quantity == MACs && c.by > 1:
		more = 14
	case s.number.Quantity == FLOPs && c.by == 1:
		more = 4
	}
	if !s.number.Exact() && c.rule != plainRule {
		more += costTool
		if s.number.Digits > printDigits {
			more -= 4
		}
	}
	return more
}

// tryOperations looks at the rules by which people count operations, on the network, on other
// sizes of its input and on its usual variants.
func (s *search) tryOperations(cost int) {
	if q := s.number.Quantity; q == Params || q == Bytes || !s.number.Exact() && s.number.Digits < printDigits ||
		s.own.macs() == 0 {
		return
	}
	switch cost {
	case 0:
		s.claim(&s.own, claim{})
	case stageSizes:
		s.claimSizes()
	case stageWays:
		s.claimWays()
	case costAnySize:
		s.claimAnySize()
	}
	if !s.number.Exact() && s.best < costTool {
		return // it is the plain number, which rules come near to
	}
	g := target{of: MACs, by: 1, want: s.number.Decimal}
	for i := range s.claims {
		c := &s.claims[i]
		if c.cost != cost {
			continue
		}
		// The rules on the network itself are few, and their numbers near to each other.
		if allowed := s.admit(&g, c.value, cost) || len(c.options) == 0; allowed && g.want.Has(c.value) {
			if r, ok := s.operate(c); ok {
				s.keep(r)
			}
		}
	}
}

// claim adds what the rules make of a tally, unless the search has that already.
func (s *search) claim(t *tally, c claim) {
	base, stage := c.cost, 0
	if len(c.options) > 0 {
		stage = stageSizes
	}
	for c.rule = plainRule; c.rule < len(ruleds); c.rule++ {
		for _, c.by = range []int64{1, 2} {
			cost := base
			if c.rule != plainRule {
				r := &ruleds[c.rule]
				if r.by != c.by {
					continue
				}
				cost += r.cost
				if base > 0 {
					cost += costRuled
				}
			}
			for _, c.steps = range []int64{1, passes} {
				c.cost = cost + s.unsaid(&c)
				if c.steps > 1 {
					c.cost += costSteps
				}
				c.value = c.of(t)
				if c.rule == plainRule && c.steps == 1 && len(c.options) < 2 && !s.framed(c.options) || c.value <= 0 ||
					c.cost > maxCost || !s.number.Exact() && c.cost > maxRounded {
					continue
				}
				c.cost = max(c.cost, stage)
				s.claims = append(s.claims, c)
			}
		}
	}
}

// framed reports whether an option is one that tryOperations alone looks at.
func (s *search) framed(options []int16) bool { return len(options) > 0 && s.all[options[0]].apart }

// claimSizes adds the sizes of the input that come near the number, with other classes too.
func (s *search) claimSizes() {
	classes, each := s.perClass()
	for i := range s.all {
		o := &s.all[i]
		if area := max(o.area, o.size*o.size); area == 0 || !s.nearArea(area) {
			continue
		}
		b := s.build(variant{[most]int16{int16(i) + 1}, 0, true})
		if !b.ok {
			return
		}
		cost := o.cost - costSized
		s.claim(&b.tally, claim{options: []int16{int16(i)}, cost: cost})
		if classes < 0 {
			continue
		}
		for _, n := range commonClasses {
			if now := s.all[classes].now; n != now {
				t := b.tally.plus(&tally{}, &each, n-now)
				s.claim(&t, claim{options: []int16{int16(i), classes}, n: n, cost: cost + costClassed})
			}
		}
	}
}

// perClass returns the option of the number of classes, and what one more of them adds; −1 if it
// depends on the size of the input.
func (s *search) perClass() (int16, tally) {
	for i := range s.all {
		if o := &s.all[i]; o.name == "classes" && !s.sight.sized {
			if b := s.build(variant{[most]int16{int16(i) + 1}, o.now + 1, true}); b.ok {
				return int16(i), tally{}.plus(&s.own, &b.tally, 1)
			}
		}
	}
	return -1, tally{}
}

// nearArea reports whether the operations on so many positions of the input may come near the
// number, by some rule: they grow about as the area.
func (s *search) nearArea(area int64) bool {
	now := float64(s.sight.side * s.sight.side)
	want := float64(s.number.Decimal.mid())
	for _, by := range []float64{1, 2, passes, 2 * passes} {
		if d := by * float64(s.own.macs()) * float64(area) / now / want; math.Abs(d-1) < nearly {
			return true
		}
	}
	return false
}

// nearly is how far operations may be from growing as the area, since sizes are rounded.
const nearly = 0.25

// claimWays adds the usual variants of the network by each rule.
func (s *search) claimWays() {
	for i := range s.all {
		o := &s.all[i]
		if o.edit == nil || o.unknown() || o.name == inSize || o.apart || o.cost > costWay {
			continue
		}
		if b := s.build(variant{[most]int16{int16(i) + 1}, 0, true}); b.ok {
			s.claim(&b.tally, claim{options: []int16{int16(i)}, cost: o.cost})
		}
	}
	if classes, each := s.perClass(); classes >= 0 {
		o := &s.all[classes]
		for _, n := range commonClasses {
			if n != o.now {
				t := s.own.plus(&tally{}, &each, n-o.now)
				s.claim(&t, claim{options: []int16{classes}, n: n, cost: o.cost})
			}
		}
	}
}

// claimAnySize adds the sizes at which the operations could be the number exactly.
func (s *search) claimAnySize() {
	if !s.number.Exact() {
		return
	}
	i := int16(slices.IndexFunc(s.all, func(o option) bool { return o.name == inSize && o.apart }))
	if i < 0 {
		return
	}
	for _, by := range []float64{1, 2} {
		at := float64(s.sight.side) * math.Sqrt(float64(s.number.Decimal.Lo)/by/float64(s.own.macs()))
		for n := int64(at) - 2; n <= int64(at)+2; n++ {
			if n < 1 || n > 4096 || n == s.sight.side || slices.Contains(commonSizes, n) {
				continue
			}
			b := s.build(variant{[most]int16{i + 1}, n, true})
			if !b.ok {
				return
			}
			s.claim(&b.tally, claim{options: []int16{i}, n: n, cost: s.all[i].cost})
		}
	}
}

// costWay bounds the edits that come with a rule of operations.
const costWay = 17

// operate builds a claim, counts it, and returns it term by term; false if that is not the number.
func (s *search) operate(c *claim) (Reason, bool) {
	plain := target{of: MACs, by: 1}
	r, ok := s.reason(&plain, c.options, c.n, c.cost)
	if !ok {
		return r, false
	}
	t, m := s.own, s.model
	for _, i := range c.options {
		m = s.all[i].edit(m, c.n)
	}
	if len(c.options) > 0 {
		f := *s.Finder
		b := f.counted(m, true)
		if !b.ok {
			return r, false
		}
		t = b.tally
	}
	value := t.macs()
	add := func(name string, next int64, times int64, say catalog.Message) {
		r.Terms = append(r.Terms, Term{Name: name, Say: say, Change: num.Of(next - value), Times: times})
		value = next
	}
	switch {
	case c.rule != plainRule:
		one := *c
		one.steps = 1
		rule := &ruleds[c.rule]
		add("ops-"+rule.rule.ID(), one.of(&t), 0, catalog.Say(rule.say, rule.name))
	case c.by > 1:
		add("flops", value*2, 2, catalog.Say(catalog.WhyFLOPs))
	case s.number.Quantity == Unknown:
		add("macs", value, 0, catalog.Say(catalog.WhyMACs))
	case s.number.Quantity == FLOPs:
		add("macs", value, 0, catalog.Say(catalog.WhyMACsAsFLOPs))
	}
	if c.steps > 1 {
		add("training-step", value*c.steps, c.steps, catalog.Say(catalog.WhyOpsTraining))
	}
	if c.by > 1 {
		r.Quantity = FLOPs
	}
	r.Number = num.Of(value)
	return r, s.number.Decimal.Has(value)
}

// inFrame is the name of the edits by which the input is not square.
const inFrame = "in-frame"

// commonFrames are the usual heights and widths of what is not square: pictures of cameras,
// of Cityscapes, of COCO as detectors take them.
var commonFrames = [][2]int64{{480, 640}, {512, 1024}, {720, 1280}, {1024, 2048}, {800, 1333}, {1080, 1920}, {600, 800},
	{360, 640}, {256, 128}}

// frames are other sizes of the input, for operations alone: those that are not square, and
// any that are.
func (s *sight) frames() (all []option) {
	if s.input == 0 {
		return nil
	}
	sized := func(m arch.Model, high, wide int64) arch.Model {
		leaf, ok := m.Find(s.input).(*arch.Leaf)
		if !ok {
			return m
		}
		l := layer.Clone(leaf.Layer).(*layer.Input)
		l.Shape = withExtents(l.Shape, l.Shape.At(0), high, wide)
		return m.SetLayer(s.input, l)
	}
	for _, f := range commonFrames {
		all = append(all, option{name: inFrame, area: f[0] * f[1], slots: slotSize, apart: true, cost: costFrame,
			say:  func(int64) catalog.Message { return catalog.Say(catalog.WhyInFrame, f[0], f[1], s.side) },
			edit: func(m arch.Model, _ int64) arch.Model { return sized(m, f[0], f[1]) }})
	}
	return append(all, option{name: inSize, slots: slotSize, apart: true, cost: costAnySize,
		say:  func(n int64) catalog.Message { return catalog.Say(catalog.WhyInSize, n, s.side) },
		edit: func(m arch.Model, n int64) arch.Model { return sized(m, n, n) }})
}
