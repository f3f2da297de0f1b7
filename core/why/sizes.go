package why

import "math"

// trySizes looks at the operations on other sizes of the input. They grow about as the area,
// so only sizes that come near are counted.
func (s *search) trySizes(g *target, c, cost int) {
	if g.of != MACs || g.alone || g.cut() || !s.number.Exact() && (s.number.Digits < 2 || cost > maxRounded) {
		return
	}
	t := s.own
	own := g.value(&t)
	if own <= 0 {
		return
	}
	for _, i := range s.sized {
		o := &s.all[i]
		less := c - (o.cost - costSized)
		if !s.number.Exact() && s.number.Digits < printDigits {
			less -= costSized // so few digits are near to many sizes
		}
		if less < 0 || !s.nearSize(g, o.size, own) {
			continue
		}
		if less == 0 {
			s.trySize(g, []int16{i}, cost)
		}
		for _, k := range s.tooling {
			if s.number.Exact() && less == s.all[k].cost {
				s.trySize(g, []int16{i, k}, cost)
			}
		}
	}
}

// costSized is what a size costs less where it is operations that are asked for.
const costSized = 5

// nearSize reports whether the operations on a size may come near the number.
func (s *search) nearSize(g *target, size, own int64) bool {
	now := s.sight.side
	expected := float64(own) * float64(size*size) / float64(now*now)
	return math.Abs(expected/float64(g.want.mid())-1) < 0.3
}

func (s *search) trySize(g *target, options []int16, cost int) {
	s.tried++
	if t, ok := s.tally(g.of, options, 0); ok {
		v := g.value(&t)
		s.near.see(g, options, 0, v, cost)
		if g.want.Has(v) {
			s.answer(g, options, 0, v, cost)
		}
	}
}
