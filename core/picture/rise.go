package picture

// underBlock is how much room a block's own labels take below it.
const underBlock = 2*leading + 6

// rise finds how far the picture reaches above and below its axis, and puts every
// column and path at its height.
func (p *plan) rise() {
	p.up, p.down = p.reach(p.flow)
	p.settle(p.flow, 0)
	if p.hollows {
		p.hollow()
		return
	}
	// Lines to tensors far behind go above everything, the shorter ones below.
	level := 0
	for i := range p.arcs {
		a := &p.arcs[i]
		for j := range p.arcs[:i] {
			b := &p.arcs[j]
			if a.from.slot < b.to.slot && b.from.slot < a.to.slot {
				a.level = max(a.level, b.level+1)
			}
		}
		level = max(level, a.level+1)
	}
	p.up += lineGap * float64(level)
}

// hollow lowers what lies between the ends of a line: the deeper in a U, the lower.
func (p *plan) hollow() {
	deepest := len(p.arcs)
	level := func(c *column) int {
		n := 0
		for i := range p.arcs {
			if p.arcs[i].from.slot < c.slot && c.slot < p.arcs[i].to.slot {
				n++
			}
		}
		return n
	}
	tall := make([]float64, deepest+1)
	for _, c := range p.columns {
		n := level(c)
		tall[n] = max(tall[n], c.up)
	}
	at := make([]float64, deepest+1)
	for n := 1; n <= deepest; n++ {
		at[n] = at[n-1] + tall[n] + 22
	}
	for _, c := range p.columns {
		c.y += at[level(c)]
		p.down = max(p.down, c.y+c.down+underBlock)
	}
}

// reach returns how far a flow reaches above and below its axis.
func (p *plan) reach(f flow) (up, down float64) {
	for _, it := range f {
		var u, d float64
		switch it := it.(type) {
		case *column:
			u, d = p.reachOf(it)
		case *fork:
			u, d = p.reachFork(it)
		case *span:
			u, d = p.reach(it.flow)
			it.up = u
			u += bracket
		}
		up, down = max(up, u), max(down, d)
	}
	return up, down
}

func (p *plan) reachOf(c *column) (up, down float64) {
	down = c.down
	if p.labels[c].own {
		down += underBlock
	}
	return c.up, down
}

func (p *plan) reachFork(f *fork) (up, down float64) {
	if f.trunk < 0 {
		up, down = p.spread(f)
	} else {
		up, down = p.reach(f.paths[f.trunk].flow)
		if len(f.paths[f.trunk].flow) == 0 {
			up, down = 8, 8 // the line that passes by
		}
		for i := range f.paths {
			q := &f.paths[i]
			if i == f.trunk {
				continue
			}
			u, d := p.reach(q.flow)
			switch {
			case q.hung:
				q.axis = down + pathGap + u
				down = q.axis + d
			case len(q.flow) == 0:
				if q.from.drawn() != f.from.drawn() {
					continue // an arc
				}
				up += lineGap
				q.axis = -up
			default:
				q.axis = -(up + pathGap + d)
				up = -q.axis + u
			}
		}
	}
	if f.join != nil {
		u, d := p.reachOf(f.join)
		up, down = max(up, u), max(down, d)
	}
	return up, down
}

// spread puts the paths of a fork one above the other, around the axis.
func (p *plan) spread(f *fork) (up, down float64) {
	type size struct{ up, down float64 }
	sizes := make([]size, len(f.paths))
	total := pathGap * float64(len(f.paths)-1)
	for i := range f.paths {
		u, d := p.reach(f.paths[i].flow)
		sizes[i] = size{max(u, 4), max(d, 4)}
		total += sizes[i].up + sizes[i].down
	}
	y := -total / 2
	for i := range f.paths {
		f.paths[i].axis = y + sizes[i].up
		y = f.paths[i].axis + sizes[i].down + pathGap
	}
	return total / 2, total / 2
}

// settle puts columns at their height.
func (p *plan) settle(f flow, axis float64) {
	for _, it := range f {
		switch it := it.(type) {
		case *column:
			it.y = axis
		case *fork:
			it.axis = axis
			for i := range it.paths {
				q := &it.paths[i]
				q.y = axis
				if i != it.trunk {
					q.y += q.axis
				}
				p.settle(q.flow, q.y)
			}
			if it.join != nil {
				it.join.y = axis
			}
		case *span:
			it.axis = axis
			p.settle(it.flow, axis)
		}
	}
}
