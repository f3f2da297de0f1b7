package picture

import (
	"math"

	"paramstack/core/count"
	"paramstack/core/layer"
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
	minWidth   = 900  // a narrower screen scrolls
	highCube   = 48   // of the key
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
}

// An arc is a line from a column to one far behind it.
type arc struct {
	from, to *column
	level    int
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
	p.law = lawFor(shapes, opt.Scales)
	p.lanes()
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
	p.findArcs()
	p.onAxis(p.flow)
	for _, c := range p.columns {
		p.labels[c] = p.captionOf(c)
	}
	p.across()
	p.widen()
	p.rise()
	return p
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

// lanes draws tensors in as many groups as the layers around them have: a layer's own,
// else those of the next layer that multiplies them by weights.
func (p *plan) lanes() {
	ahead := map[*column]int64{}
	for i := len(p.columns) - 1; i >= 0; i-- {
		c := p.columns[i]
		for _, from := range c.from {
			n := c.lanes
			if !c.learns {
				n = ahead[c]
			}
			if from = from.drawn(); n > 1 && n <= MaxTowers && ahead[from] == 0 && channels(from.shape)%n == 0 {
				ahead[from] = n
			}
		}
	}
	written := int64(0)
	for _, c := range p.columns {
		own := c.lanes
		if c.folded > 0 || c.cuts != nil {
			continue
		}
		switch {
		case own > 1:
		case ahead[c] > 1:
			c.lanes = ahead[c]
		case !c.learns && len(c.from) == 1:
			if n := c.from[0].drawn().lanes; n <= MaxTowers && n > 1 && channels(c.shape)%n == 0 {
				c.lanes = n
			}
		case written > 1 && writtenAs(c.shape) == written:
			c.lanes = written
		}
		if own > 1 && own <= MaxTowers {
			written = own
		}
	}
}

// orient finds which tensors have their channels last: those of layers that work on the
// last extent, and what leads to them. There is no such thing in a shape itself.
func (p *plan) orient() {
	ahead := map[*column]*column{} // the next layer that learns
	for i := len(p.columns) - 1; i >= 0; i-- {
		c := p.columns[i]
		for _, from := range c.from {
			if c.learns || ahead[c] == nil {
				ahead[from.drawn()] = c
			} else {
				ahead[from.drawn()] = ahead[c]
			}
		}
	}
	for _, c := range p.columns {
		switch {
		case len(c.shape) < 2 || c.shape.Timed():
		case c.family.OnLast():
			c.last = true
		case c.family == layer.GroupConv || c.family == layer.GroupPool || c.family == layer.GroupInput:
		case ahead[c] != nil && len(ahead[c].row.In) > 0 && len(ahead[c].row.In[0]) == len(c.shape):
			c.last = ahead[c].family.OnLast()
		case len(c.from) > 0:
			c.last = c.from[0].drawn().last
		}
	}
}

// dims returns a column's shape with its channels first, as the law expects.
func (c *column) dims() tensor.Shape {
	if !c.last {
		return c.shape
	}
	n := len(c.shape) - 1
	return append(tensor.Shape{c.shape[n]}, c.shape[:n]...)
}

// writtenAs returns the last of the factors that channels were written as, 1 if they
// are a plain number.
func writtenAs(s tensor.Shape) int64 {
	if len(s) == 0 || s[0].Written.IsPlain() {
		return 1
	}
	factors := s[0].Written.Factors()
	return factors[len(factors)-1]
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

// findArcs lists the lines that go past other columns, and whether they make a U:
// one inside another, between tensors of about the same size.
func (p *plan) findArcs() {
	for _, c := range p.columns {
		for i, from := range c.from {
			if from = from.drawn(); i > 0 && from != nil && from.slot < c.slot-1 {
				p.arcs = append(p.arcs, arc{from: from, to: c})
			}
		}
	}
	p.flow.forks(func(f *fork) {
		to := f.join.drawn()
		if to == nil {
			to = f.last.drawn()
		}
		for i := range f.paths {
			from := f.paths[i].from.drawn()
			if from == nil || to == nil || from == f.from.drawn() {
				continue
			}
			if len(f.paths[i].flow) == 0 && from.slot < to.slot-1 {
				p.arcs = append(p.arcs, arc{from: from, to: to})
			}
		}
	})
	nested := 0
	for i := range p.arcs {
		for j := range p.arcs {
			a, b := &p.arcs[i], &p.arcs[j]
			if a.from.slot < b.from.slot && b.to.slot < a.to.slot {
				nested++
				break
			}
		}
	}
	p.hollows = nested > 0 && nested == len(p.arcs)-1
}

func (f flow) forks(g func(*fork)) {
	for _, it := range f {
		switch it := it.(type) {
		case *fork:
			for i := range it.paths {
				it.paths[i].flow.forks(g)
			}
			g(it)
		case *span:
			it.flow.forks(g)
		}
	}
}

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
		matrices[c] = lump(c, all)
	}
	full := min(largestSide/math.Sqrt(max(largest.Float(), 1)), mostScale)
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
			a := areaOf(c, matrices[c], scale)
			p.areas[c] = &a
		}
		p.place()
	}
	// Where it would be too wide, all areas are drawn on a smaller scale.
	width := max(p.opt.Width, minWidth)
	if p.opt.Width <= 0 {
		width = usualWidth
	}
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
		try(low / 10)
		width = max(width, 1.15*p.right) // room for the areas where the blocks alone are too wide
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

// parts returns how wide the blocks and the areas of a slot are.
func (p *plan) parts(slot int) (block, areas float64) {
	block = narrowest
	for _, c := range p.bySlot[slot] {
		block = max(block, p.seen(c))
		if say := p.labels[c]; say.own {
			block = max(block, Measure(say.shape, textSize, false)-p.gap+8)
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
	x := edge
	for slot := range p.bySlot {
		block, areas := p.parts(slot)
		p.left[slot], p.wide[slot] = x, max(block, areas)
		x += p.wide[slot] + p.gap + p.after[slot]
	}
	p.right = x - p.gap + edge
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
