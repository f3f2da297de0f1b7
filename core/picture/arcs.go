package picture

// An arc is a line from a column to one far behind it.
type arc struct {
	from, to *column
	level    int
}

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
