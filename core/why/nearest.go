package why

import (
	"paramstack/core/arch"
	"paramstack/core/num"
)

// A Nearest is the common way of counting that comes nearest to a number which nothing
// gives, and the difference in terms of a layer.
type Nearest struct {
	Reason Reason
	Off    num.Int // what is missing to the typed number, or too much if negative
	Row    arch.ID // the row that is nearest to the difference, 0 if none is
	Name   string  // of the row
	Size   num.Int // its number
	Equal  bool    // the difference is the row's number
}

// A near is the nearest of what a search saw.
type near struct {
	g       target
	options []int16
	n, v    int64
	off     float64
	cost    int
	set     bool
}

// commonCost bounds what may be the nearest: it must be a way that people count.
const commonCost = 24

// start begins with the network's own number.
func (r *near) start(f *Finder, targets []target) {
	t := f.own
	f.start(&t, 0)
	for i := range targets {
		if g := &targets[i]; g.cost <= 8 {
			if v := g.value(&t); v > 0 {
				r.note(g, nil, 0, v, g.cost)
			}
		}
	}
}

func (r *near) see(g *target, options []int16, n, v int64, cost int) {
	if cost <= commonCost && len(options) < 2 {
		r.note(g, options, n, v, cost)
	}
}

func (r *near) note(g *target, options []int16, n, v int64, cost int) {
	off := abs(v - g.want.mid())
	// A rarer way must be much nearer.
	if r.set && off*float64(2+cost/5) >= r.off*float64(2+r.cost/5) {
		return
	}
	*r = near{*g, append([]int16(nil), options...), n, v, off, cost, true}
}

// nearest returns what came nearest, nil if there is nothing to compare with.
func (r *near) nearest(s *search) *Nearest {
	if !r.set {
		return nil
	}
	reason, ok := s.reason(&r.g, r.options, r.n, r.cost)
	if !ok {
		return nil
	}
	a := &Nearest{Reason: reason}
	off := r.g.want.mid() - r.v
	a.Off = num.Of(off)
	if off < 0 {
		off = -off
	}
	best := -1.0
	for _, p := range s.rows() {
		n := p.in(&r.g) * r.g.by
		if n == 0 || p.times != 1 {
			continue
		}
		if d := abs(n - off); best < 0 || d < best {
			best = d
			a.Row, a.Name, a.Size, a.Equal = p.id, p.name, num.Of(n), n == off
		}
	}
	return a
}
