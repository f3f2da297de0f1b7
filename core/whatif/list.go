package whatif

import (
	"cmp"
	"slices"

	"paramstack/core/arch"
	"paramstack/core/count"
)

// How much work a list may be: so many rows of reports are counted for its proposals.
const (
	Sheet  = 40_000 // for who waits for it
	Script = 40_000
)

// A List is what may be changed in a model, found one after another: the whole of it,
// then the blocks with most parameters and MACs.
type List struct {
	*plan
	steps []func() // that are yet to be made: each queues edits
	bound int
	sure  int // steps that are made whatever they cost: those of the whole network
}

// NewList begins a list whose work is bounded.
func NewList(m arch.Model, r *count.Report, bound int) *List {
	p := newPlan(m, r)
	l := &List{plan: p, bound: bound, steps: p.whole()}
	l.sure = len(l.steps)
	sites := slices.Clone(p.sites)
	shares := make(map[*site]float64, len(sites))
	for _, s := range sites {
		own := s.row.Counts
		if s.row.Form == count.FormBranch {
			own = s.row.Own
		}
		shares[s] = max(own.Params(true).Share(p.figures.Params(true)), own.MACs.Share(p.figures.MACs))
	}
	slices.SortStableFunc(sites, func(a, b *site) int { return cmp.Compare(shares[b], shares[a]) })
	for _, propose := range []func(*site){p.shape, p.keep} {
		for _, s := range sites {
			l.steps = append(l.steps, func() { propose(s) })
		}
	}
	return l
}

// More goes on until about so many rows were counted, and reports whether there is more
// to do.
func (l *List) More(work int) bool {
	for enough := l.done + work; l.done < enough; {
		switch {
		case len(l.queue) > 0:
			l.take()
		case len(l.steps) == 0 || l.Cut():
			return false
		default:
			l.steps[0]()
			l.steps = l.steps[1:]
			l.sure--
		}
	}
	return true
}

// Found returns what was found, in the order in which it was.
func (l *List) Found() []*Change { return l.found }

// Cut reports whether blocks are left out, as the work is bounded.
func (l *List) Cut() bool { return l.sure <= 0 && len(l.steps) > 0 && l.done >= l.bound }

// For returns what may be changed in a model, as far as the bound on the work goes,
// ranked by parameters. all is false if blocks were left out.
func For(m arch.Model, r *count.Report, work int) (changes []*Change, all bool) {
	l := NewList(m, r, work)
	for l.More(work) {
	}
	Rank(l.found, ByParams, count.PyTorch)
	return l.found, !l.Cut()
}

// whole returns the steps that propose edits of the network as a whole.
func (p *plan) whole() []func() {
	var steps []func()
	for _, m := range widthRatios {
		steps = append(steps, func() { p.width(m, false) })
	}
	return append(steps, p.inputs, p.allNorms, p.freezeAll, func() { p.allLoRA(loraRank) })
}
