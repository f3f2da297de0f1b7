package whatif

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
)

// Choose returns an edit with another number in place of the one in it that is free. The
// message is why there is none; it has no key if there is one.
func Choose(m arch.Model, r *count.Report, c *Change, value string) (*Change, catalog.Message) {
	p := newPlan(m, r)
	value = strings.TrimSpace(strings.Map(num.HalfWidth, value))
	p.asked = value
	if why := p.choose(c, value); why.Key != "" {
		return nil, why
	}
	if len(p.queue) > 0 && arch.Same(p.queue[0].Model, m) {
		return nil, catalog.Say(catalog.ChoiceSame)
	}
	p.settle()
	if len(p.found) == 0 {
		if p.refused.Key == "" { // no such layer can be
			return nil, catalog.Say(catalog.ChoiceBreaks, value)
		}
		return nil, p.refused
	}
	p.found[0].ID = c.ID
	return p.found[0], catalog.Message{}
}

// choose queues the edit, or states what the number may be.
func (p *plan) choose(c *Change, value string) catalog.Message {
	switch c.Choice.Of {
	case catalog.ChoiceWidth:
		ratio, ok := parseRatio(value)
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
	n, err := strconv.ParseInt(strings.ReplaceAll(value, ",", ""), 10, 64)
	if err != nil {
		n = 0 // no number of any of these
	}
	return p.chooseWhole(c, n)
}

// chooseWhole is choose for whole numbers.
func (p *plan) chooseWhole(c *Change, n int64) catalog.Message {
	within := func(most int64) catalog.Message {
		if n < 1 || n > most {
			return catalog.Say(catalog.ChoiceWithin, grouped(most))
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
			return catalog.Say(catalog.ChoiceDivides, grouped(w.in), grouped(out))
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

// parseRatio reads a multiplier as people type it: 0.75, 3/4, 75 %. It is larger than 0
// and at most mostRatio.
func parseRatio(s string) (Ratio, bool) {
	s, percent := strings.CutSuffix(strings.TrimLeft(strings.TrimSpace(s), "×x "), "%")
	above, below, divided := strings.Cut(strings.Replace(s, ",", ".", 1), "/")
	num, den, ok := parseDecimal(above)
	if divided {
		n, d, whole := parseDecimal(below)
		num, den, ok = num*d, den*n, ok && whole
	}
	if percent {
		den *= 100
	}
	const finest = 1_000_000
	if !ok || num < 1 || den < 1 || num > mostRatio*den {
		return Ratio{}, false
	}
	r := Ratio{num, den}.reduced()
	if r.Den > finest {
		return Ratio{}, false
	}
	return r, true
}

// parseDecimal reads a number of a few digits: n/d.
func parseDecimal(s string) (n, d int64, ok bool) {
	whole, part, _ := strings.Cut(strings.TrimSpace(s), ".")
	n, err := strconv.ParseInt(whole+part, 10, 32)
	d = 1
	for range min(len(part), 6) {
		d *= 10
	}
	return n, d, err == nil && n > 0 && len(part) <= 6
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
