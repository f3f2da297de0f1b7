package picture

import (
	"math"

	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// Sizes of the layout, in units.
const (
	edge       = 14.0 // around everything
	wideGap    = 30.0 // between two blocks: room for what slides from one to the next
	narrowGap  = 14.0 // where the picture would be too wide
	behind     = 0.45 // of a block's depth, which the next one may hide the rest of then
	narrowest  = 30.0 // a column
	towerGap   = 12.0
	copyGap    = 4.0
	lineGap    = 14.0 // between two lines above the blocks
	pathGap    = 14.0
	joinWide   = 24.0 // the sign of a join
	moreGap    = 24.0 // what a gap is widened by at most for the labels
	bracket    = 30.0
	textSize   = 11.0
	smallSize  = 10.0
	mostScale  = 24   // a network of a few weights
	roomyScale = 0.6  // until that the blocks stay apart
	leastScale = 0.25 // of the usual scale: the picture is wider than it should be then
	minWidth   = 340  // a narrower screen scrolls
	smallU     = 0.8  // of the usual scale of tensors, for a U that is too wide
	usualWidth = 1600 // where no width is given
	leading    = 13.0
)

// A plan is a flow with its places.
type plan struct {
	opt     Options
	report  *count.Report
	flow    flow
	columns []*column // in the order of the network
	bySlot  [][]*column
	law     law
	scale   float64
	areas   map[*column]*area
	left    []float64 // of each slot
	wide    []float64
	after   []float64 // what follows a slot beside the usual gap
	right   float64
	gap     float64 // between two slots
	depth   float64 // the part of a block's depth that is never hidden
	arcs    []arc
	hollows bool // a U
	labels  map[*column]*caption
	foot    map[*column]float64 // where a column's areas end
	marks   map[*column]int     // which mark a column's block is
	up      float64
	down    float64
	barred  float64 // how high the bars are
	lead    float64 // before the first column and after the last one, for their labels
	trail   float64
}

func newPlan(r *count.Report, f flow, opt Options) *plan {
	p := &plan{opt: opt, report: r, flow: f, areas: map[*column]*area{}, labels: map[*column]*caption{},
		foot: map[*column]float64{}, marks: map[*column]int{}, gap: wideGap, depth: 1}
	f.each(func(c *column) { p.columns = append(p.columns, c) })
	n := p.assign(f, 0)
	p.bySlot = make([][]*column, n)
	p.after = make([]float64, n+1)
	shapes := make([]tensor.Shape, 0, len(p.columns))
	for _, c := range p.columns {
		p.bySlot[c.slot] = append(p.bySlot[c.slot], c)
		shapes = append(shapes, nil)
	}
	p.orient()
	for i, c := range p.columns {
		shapes[i] = c.dims()
	}
	p.law = lawFor(shapes, opt.Scales).smaller(p.share())
	p.lanes()
	p.shape()
	p.findArcs()
	p.onAxis(p.flow)
	for _, c := range p.columns {
		p.labels[c] = p.captionOf(c)
	}
	p.across()
	if p.hollows && p.right > p.width() && opt.Scales == (Scales{}) {
		// A U has more columns than other networks of as many layers: all of it is smaller.
		p.law = p.law.smaller(smallU)
		p.shape()
		p.across()
	}
	p.widen()
	p.rise()
	return p
}

// shape finds how every column's tensor is drawn.
func (p *plan) shape() {
	for _, c := range p.columns {
		c.form = p.law.form(c.dims())
		if c.lanes > 1 && c.lanes <= MaxTowers && !c.form.bar {
			c.form.t /= float64(c.lanes)
		} else if c.form.bar && c.towers() > 1 {
			c.form.h /= float64(c.lanes)
		}
		h := c.height() / 2
		c.up, c.down = h, h
	}
}

// width is what the picture should not be wider than.
func (p *plan) width() float64 {
	if p.opt.Width <= 0 {
		return usualWidth
	}
	return max(p.opt.Width, minWidth)
}

// assign gives every column its slot: the place from left to right.
func (p *plan) assign(f flow, at int) int {
	for _, it := range f {
		switch it := it.(type) {
		case *column:
			it.slot = at
			at++
		case *fork:
			it.slot = at
			end := at
			for i := range it.paths {
				end = max(end, p.assign(it.paths[i].flow, at))
			}
			if it.join != nil {
				it.join.slot = end
				end++
			}
			it.width = end - at
			at = end
		case *span:
			it.slot = at
			at = p.assign(it.flow, at)
			it.width = at - it.slot
		}
	}
	return at
}

// towers returns as how many blocks a column's tensor is drawn.
func (c *column) towers() int {
	if c.lanes > 1 && c.lanes <= MaxTowers && !c.form.open {
		return int(c.lanes)
	}
	return 1
}

// tower returns the height of one block.
func (c *column) tower() float64 { return c.form.h + c.form.w*depthY }

func (c *column) height() float64 {
	n := float64(c.towers())
	return n*c.tower() + (n-1)*towerGap
}

// width returns how wide a column's block is, its depth included.
func (c *column) width() float64 { return c.front() + c.form.w*depthX }

// front returns how wide the fronts of a column's block are together.
func (c *column) front() float64 { return c.form.t + copyGap*float64(c.form.copies-1) }

// across finds the scale of the areas, and the place of every slot.
func (p *plan) across() {
	matrices := make(map[*column][]matrix, len(p.columns))
	largest := num.Int{}
	for _, c := range p.columns {
		var all []matrix
		for _, l := range c.layers {
			of := matricesOf(l, p.opt.Style)
			var n num.Int
			for i := range of {
				if !of[i].shared && of[i].cols > 1 {
					n = n.Add(of[i].n)
				}
			}
			if n.Cmp(largest) > 0 {
				largest = n
			}
			all = append(all, of...)
		}
		all = lump(c, all)
		for i := range all { // of thousands of layers in one column the rest is one area
			if n := all[i].n; !all[i].shared && n.Cmp(largest) > 0 {
				largest = n
			}
		}
		if p.opt.Height > 0 {
			for i := range all {
				all[i].highest = p.opt.Height * lowArea
			}
		}
		matrices[c] = all
	}
	wide := 1.0
	if p.opt.Height > 0 {
		wide = lowWide
	}
	full := min(largestSide/math.Sqrt(max(largest.Float(), 1)), mostScale)
	full *= p.share()
	given := p.opt.Scales.Area
	if given > 0 {
		full = min(full, given)
	}
	n := len(p.bySlot)
	p.left, p.wide = make([]float64, n), make([]float64, n)
	p.flow.forks(func(f *fork) {
		if f.join == nil && f.width > 0 && f.joins() {
			p.after[f.slot+f.width-1] += joinWide
		}
	})
	try := func(scale float64) {
		p.scale = scale
		for _, c := range p.columns {
			a := areaOf(c, matrices[c], scale, wide)
			p.areas[c] = &a
		}
		p.place()
	}
	// Where it would be too wide, all areas are drawn on a smaller scale.
	width := p.width()
	try(full)
	if p.right <= width {
		return
	}
	if given > 0 { // the other picture has it too, however wide this one is
		p.gap, p.depth = narrowGap, behind
		try(full)
		return
	}
	low, high := full*leastScale, full
	if try(full * roomyScale); p.right > width {
		p.gap, p.depth = narrowGap, behind
		p.shorten()
		try(low / 10)
		room := 1.15 // for the areas where the blocks alone are too wide
		if p.hollows {
			room, low = 1.06, low/2
		}
		width = max(width, room*p.right)
	}
	for range 7 {
		if try((low + high) / 2); p.right > width {
			high = p.scale
		} else {
			low = p.scale
		}
	}
	try(low)
}

// shorten writes the shapes right under blocks as short as they can be: in a U there are
// many of them side by side, which would be wider than the blocks.
func (p *plan) shorten() {
	if !p.hollows {
		return
	}
	for _, c := range p.columns {
		if short, ok := squared(c.shape, p.opt.Layout); ok {
			p.labels[c].shape, p.labels[c].short = short, true
		}
	}
}

// parts returns how wide the blocks and the areas of a slot are.
func (p *plan) parts(slot int) (block, areas float64) {
	block = narrowest
	for _, c := range p.bySlot[slot] {
		block = max(block, p.seen(c))
		if say := p.labels[c]; say.own {
			block = max(block, Measure(say.shape, say.size(), false)-p.gap+say.between()+2)
		}
		if a := p.areas[c]; a != nil {
			areas = max(areas, a.w)
		}
	}
	return block, areas
}

// seen is how wide a block is without what the next one may hide.
func (p *plan) seen(c *column) float64 { return c.front() + c.form.w*depthX*p.depth }

// onAxis marks the columns whose labels are in the common line: those of the trunk.
func (p *plan) onAxis(f flow) {
	for _, it := range f {
		switch it := it.(type) {
		case *column:
			it.trunk = true
		case *fork:
			if it.trunk >= 0 {
				p.onAxis(it.paths[it.trunk].flow)
			}
			if it.join != nil {
				it.join.trunk = true
			}
		case *span:
			p.onAxis(it.flow)
		}
	}
}

// place puts the slots one after another.
func (p *plan) place() {
	x := edge + p.lead
	for slot := range p.bySlot {
		block, areas := p.parts(slot)
		p.left[slot], p.wide[slot] = x, max(block, areas)
		x += p.wide[slot] + p.gap + p.after[slot]
	}
	p.right = x - p.gap + edge + p.trail
	for _, c := range p.columns {
		c.x = p.left[c.slot] + (p.wide[c.slot]-p.seen(c))/2
		p.right = max(p.right, c.x+c.width()+edge)
	}
}

// joins reports whether the paths of a fork become one value.
func (f *fork) joins() bool {
	n := 0
	for i := range f.paths {
		if !f.paths[i].hung {
			n++
		}
	}
	return n > 1
}

// middle returns the middle of a slot, under which its labels are.
func (p *plan) middle(slot int) float64 { return p.left[slot] + p.wide[slot]/2 }
