package why

import (
	"paramstack/core/arch"
	"paramstack/core/num"
)

// A Nearest is the plain way of counting that comes nearest to a number which nothing
// gives, and what is left in terms of a layer.
type Nearest struct {
	Reason Reason
	Off    num.Int // what is missing to the typed number, or too much if negative
	Share  float64 // of the typed number that is left
	File   bool    // what a file has beside its tensors can be all that is missing
	Row    arch.ID // the row that is near to the difference, 0 if none is
	Name   string  // of the row
	Size   num.Int // its number
	Equal  bool    // the difference is the row's number
}

// A near is the nearest of what a search saw, and what gives a rounded number though it was not
// admitted.
type near struct {
	best, hit sighting
	options   []option
}

// A sighting is the value of a set of at most one option.
type sighting struct {
	g       target
	options []int16
	n, v    int64
	off     float64
	cost    int
	set     bool
}

// What may be the nearest must be a way in which people count, and not a rare one.
const commonCost = 24

// How near a layer must be to the difference to be named, and what of a file its header may be.
const (
	nearRow    = 0.01
	headerPart = 0.01
)

// plainWays are the ways of counting, and the edits that leave a known part out or have a known
// part besides: nothing that could be one of many.
var plainWays = map[string]bool{
	"bias-off": true, "bias-all-off": true, "bias-on": true, "stats-on": true, "stats-off": true,
	"buffers-on": true, "norm-off": true, "norm-fold": true, "conv-bias-on": true, "conv-dense-only": true,
	"conv-only": true, "rnn-one-bias": true, "rnn-two-biases": true, "tied-twice": true, "untie": true,
	"no-tables": true, "no-tables-free": true, "no-free": true, "head-off": true, "dense-off": true,
	"groups-off": true, "stride-first": true, "side-on": true, "side-off": true, "no-scores": true,
	"trainable-only": true,
}

// start begins with the network's own number.
func (r *near) start(f *Finder, targets []target) {
	r.options = f.all
	t := f.own
	f.start(&t, 0)
	for i := range targets {
		if g := &targets[i]; g.cost <= 8 && !g.batch {
			if v := g.value(&t); v > 0 {
				r.best.note(g, nil, 0, v, g.cost)
			}
		}
	}
}

func (r *near) see(g *target, options []int16, n, v int64, cost int) {
	if cost > commonCost || len(options) > 1 || g.batch {
		return
	}
	if g.want.Has(v) && (!r.hit.set || cost < r.hit.cost) {
		r.hit = sighting{*g, append([]int16(nil), options...), n, v, 0, cost, true}
	}
	if len(options) == 0 || plainWays[r.options[options[0]].name] {
		r.best.note(g, options, n, v, cost)
	}
}

func (r *sighting) note(g *target, options []int16, n, v int64, cost int) {
	off := abs(v - g.want.mid())
	// A rarer way must be much nearer.
	if r.set && off*float64(2+cost/5) >= r.off*float64(2+r.cost/5) {
		return
	}
	*r = sighting{*g, append([]int16(nil), options...), n, v, off, cost, true}
}

// answer keeps what gives the number to all its digits where nothing else does: a number that
// rounds to what was typed is no other one.
func (r *near) answer(s *search) {
	if h := &r.hit; h.set {
		s.answer(&h.g, h.options, h.n, h.v, h.cost)
	}
}

// nearest returns what came nearest, nil if there is nothing to compare with.
func (r *near) nearest(s *search) *Nearest {
	b := &r.best
	if !b.set {
		return nil
	}
	reason, ok := s.reason(&b.g, b.options, b.n, b.cost)
	if !ok {
		return nil
	}
	off := b.g.want.mid() - b.v
	a := &Nearest{Reason: reason, Off: num.Of(off), Share: b.off / float64(max(b.g.want.mid(), 1))}
	a.File = s.number.Quantity == Bytes && off > 0 && a.Share < headerPart
	left, best := max(off, -off), nearRow*b.off
	for _, p := range s.rows() {
		n := p.in(&b.g) * b.g.by
		if d := abs(n - left); p.times == 1 && n > 0 && d <= best && !a.Equal {
			best = d
			a.Row, a.Name, a.Size, a.Equal = p.id, p.name, num.Of(n), n == left
		}
	}
	return a
}
