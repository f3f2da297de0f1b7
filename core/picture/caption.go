package picture

import (
	"slices"
	"strings"

	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A caption is what is written at a column: under its block, and above its areas.
type caption struct {
	shape, what    string
	window         string // the part of what that is about its kernel
	formula, count string
	total          num.Int
	least          bool
	own            bool // right under its block, not in the common line
	short          bool // its shape is written as short and as small as it can be
}

// size is that of a shape's letters.
func (c *caption) size() float64 {
	if c.short {
		return smallSize
	}
	return textSize
}

// squared writes a map of equal sides shorter, 128×282², where there is little room.
func squared(s tensor.Shape, l tensor.Layout) (string, bool) {
	if len(s) != 3 || s.Timed() || !s.Known() || s[1].N != s[2].N || s[1].N < 2 {
		return "", false
	}
	if l == tensor.ChannelsLast {
		return s[1].String() + "²×" + s[0].String(), true
	}
	return s[0].String() + "×" + s[1].String() + "²", true
}

// between is how far labels right under two blocks are apart at least.
func (c *caption) between() float64 {
	if c.short {
		return 3
	}
	return 6
}

// lines are the levels that labels of one line are moved to where they would overlap.
const lines = 2

// widen widens the gaps between columns for their labels, where that is enough for
// the labels on both sides.
func (p *plan) widen() {
	var before *column
	most, width := moreGap, max(p.opt.Width, usualWidth)
	if p.opt.Height > 0 { // a second line would cost height
		most, width = lowGap, max(p.opt.Width, minWidth)
		p.inset()
	}
	for slot, at := range p.bySlot {
		at = slices.DeleteFunc(slices.Clone(at), func(c *column) bool { return !c.trunk })
		if len(at) == 0 {
			continue
		}
		if c := at[0]; before != nil && before.slot == slot-1 {
			a, b := p.labels[before], p.labels[c]
			need := max(a.width()+b.width(), a.weightWidth()+b.weightWidth())/2 + 8 - (p.middle(slot) - p.middle(slot-1))
			if need > 0 && need <= most && p.right+need <= width {
				p.after[slot-1] += need
				p.right += need
				for s := slot; s < len(p.left); s++ {
					p.left[s] += need
				}
			}
		}
		before = at[len(at)-1]
	}
	if rest := width - p.right; p.opt.Height > 0 && rest > 0 && len(p.left) > 1 {
		p.gap += min(rest/float64(len(p.left)-1), wideGap)
	}
	p.place()
}

// inset leaves room for the labels of the first and the last column.
func (p *plan) inset() {
	room := func(slot int, side float64) float64 {
		for _, c := range p.bySlot[slot] {
			if say := p.labels[c]; c.trunk {
				return max(0, max(say.width(), say.weightWidth())/2+edge/2-side)
			}
		}
		return 0
	}
	if n := len(p.bySlot) - 1; n >= 0 {
		p.lead, p.trail = room(0, p.middle(0)), room(n, p.right-p.middle(n))
		p.place()
	}
}

func (p *plan) captionOf(c *column) *caption {
	say := &caption{own: p.hollows || !c.trunk}
	say.shape = c.shape.In(p.opt.Layout)
	if c.row != nil {
		say.what = c.name
	}
	// In a low picture a line of labels has to do; a pool's window is drawn besides.
	if c.window != nil && c.folded == 0 && (p.opt.Height <= 0 || c.family != layer.GroupPool) {
		say.window = windowText(c)
		say.what = c.name + " " + say.window
	}
	if c.note != "" {
		say.what = strings.TrimSpace(c.name + " " + c.note)
	}
	var formulas []string
	for _, l := range c.layers {
		if len(l.row.Weights) == 0 {
			continue
		}
		own := l.row.Counts
		if l.row.Form == count.FormBranch {
			own = l.row.Own
		}
		n := p.opt.Style.Params(own)
		if c.folded > 0 {
			n = n.Mul(l.times)
		}
		say.total = say.total.Add(n)
		say.least = say.least || own.ParamsAtLeast
		if c.folded == 0 {
			if f := count.Text(p.report.Formula(l.row, p.opt.Style)); f != "" {
				formulas = append(formulas, f)
			}
		}
	}
	say.formula = strings.Join(formulas, " + ")
	switch {
	case !say.total.IsZero():
		say.count = say.total.Grouped()
		if say.least {
			say.count = "≥ " + say.count
		}
	case say.least:
		say.count = "?"
	case c.folded == 0 && c.row != nil && c.row.SharesWith != 0 && len(c.row.Weights) > 0:
		say.count, say.formula = "= "+p.report.Name(c.row.SharesWith), ""
	}
	if say.formula == say.count {
		say.formula = ""
	}
	return say
}

// windowText writes what slides: 11×11 /4.
func windowText(c *column) string {
	dims := 2
	if c.row != nil && len(c.row.In) > 0 {
		if dims = len(c.row.In[0]) - 1; c.row.In[0].Timed() {
			dims--
		}
	}
	k := sizeText(c.window, dims)
	if c.steps != nil && !c.steps.Unset() {
		for i := range max(min(dims, layer.MaxSpatial), 1) {
			if (c.steps.Len() == 1 || i < c.steps.Len()) && c.steps.At(i) != 1 {
				return k + " /" + strings.ReplaceAll(c.steps.Text(), "x", "×")
			}
		}
	}
	return k
}

func sizeText(s *layer.Size, dims int) string {
	t := strings.ReplaceAll(s.Text(), "x", "×")
	if s.Len() == 1 && dims > 1 {
		return t + strings.Repeat("×"+t, min(dims, layer.MaxSpatial)-1)
	}
	return t
}

func (c *caption) width() float64 {
	return max(Measure(c.shape, textSize, false), Measure(c.what, smallSize, false))
}

func (c *caption) weightWidth() float64 {
	return max(Measure(c.formula, smallSize, false), Measure(c.count, textSize, true))
}

// A shelf keeps labels of one row apart.
type shelf [lines]float64

// put finds a level for a label, -1 if there is none, and returns where its middle is.
func (s *shelf) put(middle, width, right float64) (level int, x float64) {
	x = min(max(middle, edge/2+width/2), max(right-edge/2-width/2, edge/2+width/2))
	for i := range s {
		if s[i] == 0 || s[i]+6 <= x-width/2 {
			s[i] = x + width/2
			return i, x
		}
	}
	return -1, x
}
