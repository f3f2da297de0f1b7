package whatif

import (
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
)

// law returns how the numbers follow from the change, with those of this network.
func law(c *Change) catalog.Message {
	before, after := count.PyTorch.Params(c.Before.Counts), count.PyTorch.Params(c.After.Counts)
	switch c.Kind {
	case Width:
		return catalog.Say(catalog.LawWidth, Factor(before, after), Factor(c.Before.MACs, c.After.MACs))
	case Input:
		return catalog.Say(catalog.LawInput, Factor(before, after), Factor(c.Before.MACs, c.After.MACs),
			Factor(c.Before.Peak, c.After.Peak))
	case Depth:
		each, macs := c.Params(count.PyTorch), c.MACs()
		if each.Cmp(num.Of(0)) < 0 || macs.Cmp(num.Of(0)) < 0 {
			each, macs = num.Int{}.Sub(each), num.Int{}.Sub(macs)
		}
		return catalog.Say(catalog.LawDepth, each.Grouped(), macs.Grouped())
	default:
		return catalog.Message{}
	}
}

// Factor returns by what a number was multiplied, with three digits.
func Factor(before, after num.Int) string {
	if before.IsZero() {
		return "1"
	}
	return strconv.FormatFloat(after.Share(before), 'g', 3, 64)
}
