package why

import (
	"math"
	"slices"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/passport"
)

// A claim is operations by a rule, of the network or of a variant of it.
type claim struct {
	options []int16 // edits, then the rule if it is none of the page
	n       int64   // the unknown of one of them
	by      int64   // 2: FLOPs; 3: of a training step; 6: both
	value   int64
	cost    int
}

// ruleds are the rules of counting operations that no tool of the passport has, with what a
// multiply-accumulate counts, what each costs, its sentence and the name of its tool.
var ruleds = [...]struct {
	rule passport.Rule
	by   int64
	cost int
	say  catalog.Key
	name string
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

// ruled are those that are reproduced for the network.
func (f *Finder) ruled() (all []option) {
	for i := range ruleds {
		r := &ruleds[i]
		more := ops + part(r.rule)
		if f.own[more] <= 0 {
			continue
		}
		all = append(all, option{name: "ops-" + r.rule.ID(), cost: r.cost, order: last, apart: true, doubled: r.by > 1,
			say: func(int64) catalog.Message { return catalog.Say(r.say, r.name) },
			rule: func(t *tally, _ int64) {
				n := t.macs()*r.by + t[more]
				t.zero(computed[:]...)
				t[tool] = n
			}})
	}
	return all
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

// unsaid is what it costs more that a number is of operations, FLOPs or not.
func (s *search) unsaid(flops bool) int {
	switch q := s.number.Quantity; {
	case q == Unknown && s.number.Exact():
		return 8
	case q == Unknown:
		return 3
	case q == MACs && flops:
		return 14
	case q == FLOPs && !flops:
		return 4
	}
	return 0
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
		s.claim(&s.own, nil, 0, 0)
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
	for i := range s.claims {
		c := &s.claims[i]
		if c.cost != cost {
			continue
		}
		g := target{of: MACs, by: c.by, want: s.number.Decimal}
		// The rules on the network itself are few, and their numbers near to each other.
		own := len(c.options) == 0 || s.all[c.options[0]].rule != nil
		if (s.admit(&g, c.value, cost) || own) && g.want.Has(c.value) {
			g.terms = s.passTerms(c)
			s.answer(&g, c.options, c.n, c.value, cost)
		}
	}
}

// passTerms are the terms of what a claim's operations are multiplied by.
func (s *search) passTerms(c *claim) (terms []Term) {
	term := func(name string, times int64, say catalog.Key) {
		terms = append(terms, Term{Name: name, Times: times, Say: catalog.Say(say)})
	}
	ruled := len(c.options) > 0 && s.all[c.options[len(c.options)-1]].rule != nil
	switch {
	case c.by%2 == 0:
		term("flops", 2, catalog.WhyFLOPs)
	case ruled:
	case s.number.Quantity == Unknown:
		term("macs", 0, catalog.WhyMACs)
	case s.number.Quantity == FLOPs:
		term("macs", 0, catalog.WhyMACsAsFLOPs)
	}
	if c.by%passes == 0 {
		term("training-step", passes, catalog.WhyOpsTraining)
	}
	return terms
}

// claim adds what the rules make of the tally of a variant, unless the search has that already.
func (s *search) claim(t *tally, edits []int16, n int64, cost int) {
	stage := 0
	if len(edits) > 0 {
		stage = stageSizes
	}
	add := func(c claim, v int64, flops bool) {
		c.cost += s.unsaid(flops)
		for _, c.by = range []int64{c.by, c.by * passes} {
			if c.by%passes == 0 {
				c.cost += costSteps
			}
			c.value = v * c.by
			known := c.by < passes && len(c.options) < 2 && (len(c.options) == 0 || s.all[c.options[0]].edit != nil &&
				!s.all[c.options[0]].apart)
			if !known && c.cost <= maxCost && (s.number.Exact() || c.cost <= maxRounded) {
				c.cost = max(c.cost, stage)
				s.claims = append(s.claims, c)
			}
		}
	}
	macs := t.macs()
	add(claim{options: edits, n: n, by: 1, cost: cost}, macs, false)
	add(claim{options: edits, n: n, by: 2, cost: cost}, macs, true)
	for i := range s.all {
		o := &s.all[i]
		if o.rule == nil || !o.apart {
			continue
		}
		y := *t
		o.rule(&y, 0)
		more := cost + o.cost
		if len(edits) > 0 {
			more += costRuled
		}
		if !s.number.Exact() {
			more += costTool
			if s.number.Digits > printDigits {
				more -= 4
			}
		}
		add(claim{options: append(slices.Clone(edits), int16(i)), n: n, by: 1, cost: more}, y.macs(), o.doubled)
	}
}

// claimEdit adds what the rules make of the network with one edit; false if it cannot be counted.
func (s *search) claimEdit(i int16, n int64, cost int) (tally, bool) {
	b := s.build(variant{[most]int16{i + 1}, n, true})
	if b.ok {
		s.claim(&b.tally, []int16{i}, n, cost)
	}
	return b.tally, b.ok
}

// claimClasses adds it with the usual numbers of classes, behind an edit or none.
func (s *search) claimClasses(t *tally, edits []int16, cost int) {
	for i := range s.all {
		o := &s.all[i]
		if o.name != "classes" {
			continue
		}
		one := s.build(variant{[most]int16{int16(i) + 1}, o.now + 1, true})
		for _, n := range commonClasses {
			if n != o.now && one.ok {
				y := t.plus(&s.own, &one.tally, n-o.now)
				s.claim(&y, append(slices.Clone(edits), int16(i)), n, cost)
			}
		}
	}
}

// claimSizes adds the sizes of the input that come near the number, with other classes too.
func (s *search) claimSizes() {
	for _, i := range s.sized {
		o := &s.all[i]
		if !s.nearArea(o.size * o.size) {
			continue
		}
		if t, ok := s.claimEdit(i, 0, o.cost-costSized); ok && !s.sight.sized { // else a class adds otherwise
			s.claimClasses(&t, []int16{i}, o.cost-costSized+costClassed)
		}
	}
	if i := s.frame(); i >= 0 {
		for _, f := range commonFrames {
			if s.nearArea((f >> frameBits) * (f & (1<<frameBits - 1))) {
				s.claimEdit(i, f, costFrame)
			}
		}
	}
}

// nearArea reports whether the operations on so many positions of the input may come near the
// number, by some rule: they grow about as the area.
func (s *search) nearArea(area int64) bool {
	now := float64(s.sight.side * s.sight.side)
	d := float64(s.own.macs()) * float64(area) / now / float64(s.number.Decimal.mid())
	return math.Abs(d-1) < nearly || s.number.Quantity != MACs && math.Abs(2*d-1) < nearly
}

// nearly is how far operations may be from growing as the area, since sizes are rounded.
const nearly = 0.15

// claimAnySize adds the sizes at which the operations could be the number exactly.
func (s *search) claimAnySize() {
	i := s.frame()
	if i < 0 || !s.number.Exact() {
		return
	}
	for _, by := range []float64{1, 2} {
		at := int64(float64(s.sight.side) * math.Sqrt(float64(s.number.Decimal.Lo)/by/float64(s.own.macs())))
		// Sizes are rounded at each stride, so that a size does more or less than its area has.
		for n := at - at/16 - 1; n <= at+at/16+1; n++ {
			if n > 0 && n <= 4096 && n != s.sight.side && !slices.Contains(commonSizes, n) &&
				(n <= 64 || n%8 == 0 || n%10 == 0) {
				s.claimEdit(i, n<<frameBits|n, costAnySize)
			}
		}
	}
}

// claimWays adds the usual variants of the network by each rule.
func (s *search) claimWays() {
	for i := range s.all {
		o := &s.all[i]
		if o.edit != nil && !o.unknown() && o.name != inSize && o.cost <= costWay {
			s.claimEdit(int16(i), 0, o.cost)
		}
	}
	s.claimClasses(&s.own, nil, costWay)
}

// costWay bounds the edits that come with a rule of operations.
const costWay = 17

// commonFrames are the usual heights and widths of what is not square: pictures of cameras, of
// Cityscapes, of COCO as detectors take them, of people.
var commonFrames = [...]int64{480<<frameBits | 640, 512<<frameBits | 1024, 720<<frameBits | 1280,
	1024<<frameBits | 2048, 800<<frameBits | 1333, 1080<<frameBits | 1920, 600<<frameBits | 800, 360<<frameBits | 640,
	256<<frameBits | 128}

// frameBits is how far the height is from the width in the number of a frame.
const frameBits = 16

// frame returns the option of an input of any height and width, −1 if there is none.
func (s *search) frame() int16 {
	if i := len(s.all) - 1; s.all[i].apart && s.all[i].edit != nil {
		return int16(i)
	}
	return -1
}

// frames are any heights and widths of the input, for operations alone.
func (s *sight) frames() []option {
	if s.input == 0 {
		return nil
	}
	return []option{{name: inSize, slots: slotSize, apart: true, say: func(n int64) catalog.Message {
		high, wide := n>>frameBits, n&(1<<frameBits-1)
		if high == wide {
			return catalog.Say(catalog.WhyInSize, high, s.side)
		}
		return catalog.Say(catalog.WhyInFrame, high, wide, s.side)
	}, edit: func(m arch.Model, n int64) arch.Model {
		if leaf, ok := m.Find(s.input).(*arch.Leaf); ok {
			l := layer.Clone(leaf.Layer).(*layer.Input)
			l.Shape = withExtents(l.Shape, l.Shape.At(0), n>>frameBits, n&(1<<frameBits-1))
			m = m.SetLayer(s.input, l)
		}
		return m
	}}}
}
