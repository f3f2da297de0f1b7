package whatif

import (
	"math/big"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
)

// Choose returns an edit with another number in place of the one in it that is free. The
// message is why there is none; it has no key if there is one.
func Choose(m arch.Model, r *count.Report, c *Change, value string) (*Change, catalog.Message) {
	p := newPlan(m, r)
	value = strings.TrimSpace(value)
	if why := p.choose(c, value); why.Key != "" {
		return nil, why
	}
	if len(p.queue) > 0 && arch.Same(p.queue[0].Model, m) {
		return nil, catalog.Say(catalog.ChoiceSame)
	}
	p.settle()
	if len(p.found) == 0 {
		return nil, catalog.Say(catalog.ChoiceBreaks, value)
	}
	p.found[0].ID = c.ID
	return p.found[0], catalog.Message{}
}

// choose queues the edit, or states what the number may be.
func (p *plan) choose(c *Change, value string) catalog.Message {
	switch c.Choice.Of {
	case catalog.ChoiceWidth:
		ratio, ok := ParseRatio(value)
		if !ok {
			return catalog.Say(catalog.ChoiceNoRatio, mostRatio)
		}
		p.width(ratio, true)
		return catalog.Message{}
	case catalog.ChoiceInput:
		sides, ok := parseSides(value)
		if !ok || !p.input("", sidesFor(sides)) {
			return catalog.Say(catalog.ChoiceNoInput)
		}
		return catalog.Message{}
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		n = 0 // no number of any of these
	}
	return p.chooseWhole(c, n)
}

// chooseWhole is choose for whole numbers.
func (p *plan) chooseWhole(c *Change, n int64) catalog.Message {
	within := func(most int64) catalog.Message {
		if n < 1 || n > most {
			return catalog.Say(catalog.ChoiceWithin, most)
		}
		return catalog.Message{}
	}
	if c.Row == 0 {
		if c.Choice.Of != catalog.ChoiceRank {
			return catalog.Say(catalog.ChoiceBreaks, n)
		}
		return within(p.allLoRA(n))
	}
	s := p.site(c.Row)
	if s == nil {
		return catalog.Say(catalog.ChoiceBreaks, n)
	}
	if repeat, ok := s.node.(*arch.Repeat); ok {
		p.depth(repeat, n)
		return within(arch.MaxTimes)
	}
	leaf, ok := s.node.(*arch.Leaf)
	if !ok {
		return catalog.Say(catalog.ChoiceBreaks, n)
	}
	if c.Choice.Of == catalog.ChoiceRank {
		p.lora(s, leaf, n)
		return within(p.mostRank(s, leaf))
	}
	w, ok := p.window(s, leaf)
	out := int64(0)
	if ok {
		out = w.conv.Filters.Value()
	}
	switch {
	case !ok:
		return catalog.Say(catalog.ChoiceBreaks, n)
	case c.Choice.Of == catalog.ChoiceGroups:
		if n < 1 || w.in%n != 0 || out%n != 0 {
			return catalog.Say(catalog.ChoiceDivides, w.in, out)
		}
		p.grouped(w, n)
		return catalog.Message{}
	default:
		if why := within(max(w.in, out)); why.Key != "" {
			return why
		}
		p.bottleneck(w, n)
		return catalog.Message{}
	}
}

// ParseRatio reads a multiplier as people type it: 0.75, 3/4, 75 %. It is larger than 0
// and at most mostRatio.
func ParseRatio(s string) (Ratio, bool) {
	const most = 16 // characters
	s, percent := strings.CutSuffix(strings.TrimSpace(s), "%")
	s = strings.Replace(strings.TrimLeft(strings.TrimSpace(s), "×x"), ",", ".", 1)
	r, ok := new(big.Rat).SetString(strings.TrimSpace(s))
	if !ok || len(s) > most || strings.ContainsAny(s, "eEpP") {
		return Ratio{}, false
	}
	if percent {
		r.Quo(r, big.NewRat(100, 1))
	}
	const finest = 1_000_000
	if r.Sign() <= 0 || r.Cmp(big.NewRat(mostRatio, 1)) > 0 || r.Denom().Cmp(big.NewInt(finest)) > 0 {
		return Ratio{}, false
	}
	return Ratio{r.Num().Int64(), r.Denom().Int64()}, true
}

// parseSides reads sides as people type them: 160, 160x120.
func parseSides(s string) ([]int64, bool) {
	var all []int64
	between := func(r rune) bool { return strings.ContainsRune("xX×*· ", r) }
	for _, side := range strings.FieldsFunc(s, between) {
		n, err := strconv.ParseInt(side, 10, 64)
		if err != nil || n < 1 || n > mostWidth {
			return nil, false
		}
		all = append(all, n)
	}
	return all, len(all) > 0
}

// sidesFor returns what typed sides make of those of each input: the first has them, or one
// of them as its last; all else is in proportion.
func sidesFor(typed []int64) func(was []int64) []int64 {
	var by []Ratio
	return func(was []int64) []int64 {
		if by == nil {
			for i, n := range was {
				r := Ratio{typed[len(typed)-1], was[len(was)-1]}
				if len(typed) == len(was) {
					r = Ratio{typed[i], n}
				}
				by = append(by, r)
			}
		}
		if len(by) != len(was) || len(typed) > 1 && len(typed) != len(was) {
			return nil
		}
		all := make([]int64, len(was))
		for i, n := range was {
			all[i] = by[i].of(n)
		}
		return all
	}
}
