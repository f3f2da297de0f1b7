package whatif

import (
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A growth is how numbers follow from that of repetitions.
type growth uint8

const (
	varies growth = iota // what is around the repetitions changes, too
	linear
	grows // each repetition is larger than the one before
)

// Law returns how numbers follow, with those of this network as a style counts them; no
// key if there is nothing to state.
func (c *Change) Law(s count.Style) catalog.Message {
	key := catalog.Key("")
	var all []any
	switch c.Kind {
	case Width, Input:
		key = catalog.LawWidth
		all = []any{Factor(s.Params(c.Before.Counts), s.Params(c.After.Counts)), Factor(c.Before.MACs, c.After.MACs)}
		if c.Kind == Input {
			key, all = catalog.LawInput, append(all, Factor(c.Before.Peak, c.After.Peak))
		}
	case Depth:
		key = catalog.LawDepthVaries
		if c.depth == linear {
			key = catalog.LawDepth
		} else if c.depth == grows {
			key = catalog.LawDepthGrows
		}
		all = []any{s.Params(c.each).Grouped(), c.each.MACs.Grouped()}
	}
	return catalog.Say(key, all...)
}

// Factor returns by what a number was multiplied, with three digits.
func Factor(before, after num.Int) string {
	if before.IsZero() {
		return "1"
	}
	return strconv.FormatFloat(after.Share(before), 'g', 3, 64)
}

// words completes a change with what follows from its figures: r is of its model.
func (p *plan) words(c *Change, r *count.Report) {
	params, macs := c.Params(count.PyTorch).Cmp(num.Int{}), c.MACs().Cmp(num.Int{})
	switch {
	case c.Kind.saves() && params > 0 && macs > 0:
		c.Worse = catalog.Say(catalog.WorseBesides, c.Worse)
	case c.Kind == Width && (params < 0 || macs < 0 || params == 0 && macs == 0 && c.Peak().Cmp(num.Int{}) < 0):
		c.Worse = catalog.Say(catalog.WorseNarrow)
	case c.Kind == Width:
		c.Worse = catalog.Say(catalog.WorseWide)
	case c.Kind == Input && inputSize(c.Model).Cmp(inputSize(p.model)) <= 0: // as many: longer one way, shorter another
		c.Worse = catalog.Say(catalog.WorseSmallInput)
	case c.Kind == Input:
		c.Worse = catalog.Say(catalog.WorseLargeInput)
	case c.Kind == Depth:
		p.depthWords(c, r)
	case c.Kind == InsertPool:
		if row := r.Row(c.Row); row != nil && len(row.In) > 0 {
			c.Worse = catalog.Say(catalog.WorseInsertPool, positions(row.In[0]), positions(p.rowOf[c.Row].In[0]))
		}
	}
}

// saves reports whether an edit is made to save something.
func (k Kind) saves() bool { return k >= SplitKernel && k <= Asymmetric }

// positions returns how many positions a map has.
func positions(x tensor.Shape) string {
	n := num.Of(1)
	for _, d := range x[1:] {
		n = n.Times(d.N)
	}
	return n.Grouped()
}

// depthWords says what more or fewer repetitions cost, and how the numbers follow: with
// their number, if all that is gone or new is repetitions of one kind.
func (p *plan) depthWords(c *Change, r *count.Report) {
	was, is := p.model.Find(c.Row).(*arch.Repeat).Times, r.Row(c.Row).Node.(*arch.Repeat).Times
	by, row := is-was, r.Row(c.Row)
	c.Worse = catalog.Say(catalog.WorseDeep, grouped(by))
	if by < 0 {
		by, row = -by, p.rowOf[c.Row]
		c.Worse = catalog.Say(catalog.WorseShallow, grouped(by))
	}
	if len(row.Children) == 0 {
		return
	}
	last := row.Children[len(row.Children)-1]
	c.each = count.Sum(last.Children)
	params, macs := c.each.Params(true).Times(by), c.each.MACs.Times(by)
	if by := c.Params(count.PyTorch); (params.Equal(by) || params.Equal(num.Int{}.Sub(by))) &&
		(macs.Equal(c.MACs()) || macs.Equal(num.Int{}.Sub(c.MACs()))) {
		c.depth = linear
		return
	}
	if n := len(row.Children); n > 2 {
		before := count.Sum(row.Children[n-2].Children)
		if c.each.Params(true).Cmp(before.Params(true)) > 0 {
			c.depth = grows
		}
	}
}
