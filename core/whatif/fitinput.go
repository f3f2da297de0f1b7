package whatif

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
)

// A resizer makes networks of smaller inputs: the last side is a multiple of 8 (below 64,
// of 1) and smaller than it is, the others are in proportion.
type resizer struct {
	model arch.Model
	last  int64
	tried map[int64]*sized
}

// A sized network is one with another input; a network that breaks has no report.
type sized struct {
	model  arch.Model
	report *count.Report
}

// newResizer returns the resizer of a network and how many sizes it has, 0 if its input
// has no sides or they are not known.
func newResizer(m arch.Model) (*resizer, int) {
	sides := strings.Split(firstInput(m), "×")
	last, err := strconv.ParseInt(sides[len(sides)-1], 10, 64)
	s := &resizer{m, last, map[int64]*sized{}}
	if err != nil || last > mostWidth || len(sides) < 3 {
		return s, 0
	}
	const most = 1 << 12
	return s, int(min((last-1)/s.step(), most))
}

func (s *resizer) step() int64 {
	if s.last <= 64 {
		return 1
	}
	return 8
}

// at returns the network of the nth size, counted from 1, the smallest.
func (s *resizer) at(n int) *sized {
	side := int64(n) * s.step()
	if t := s.tried[side]; t != nil {
		return t
	}
	t := &sized{}
	if m, ok := resized(s.model, sidesFor([]int64{side})); ok {
		if r := count.Of(m); problems(r)[0] == 0 {
			*t = sized{m, r}
		}
	}
	s.tried[side] = t
	return t
}

// largest returns the largest n from 1 to so many at which a network is whole and holds:
// what holds at one size does at all smaller ones. 0: none.
func (s *resizer) largest(most int, holds func(n int, t *sized) bool) int {
	found := 0
	for low, high := 0, most+1; high-low > 1; {
		mid := (low + high) / 2
		n := mid
		for n > low && s.at(n).report == nil {
			n--
		}
		switch {
		case n == low: // all between break
			low = mid
		case holds(n, s.at(n)):
			low, found = mid, n
		default:
			high = n
		}
	}
	return found
}

// FitInput returns the network with the largest input that is within a limit.
func FitInput(m arch.Model, r *count.Report, limit Limit) (Fitted, bool) {
	s, sizes := newResizer(m)
	if sizes == 0 || !limit.counts(r) {
		return Fitted{}, false
	}
	n := s.largest(sizes, func(_ int, t *sized) bool { return limit.Holds(FiguresOf(t.report)) })
	if n == 0 {
		return Fitted{}, false
	}
	t := s.at(n)
	return Fitted{Model: t.model, Width: "1", Input: firstInput(t.model), Figures: FiguresOf(t.report)}, true
}

// FitBoth returns the network within a limit that is both narrower and of a smaller input,
// and neither of them by much more than the other: the smaller of the two multipliers is
// as large as it can be. A limit that no input changes has no such answer.
func FitBoth(m arch.Model, r *count.Report, limit Limit) (Fitted, bool) {
	s, sizes := newResizer(m)
	if sizes == 0 || !limit.counts(r) || !s.matters(r, limit, sizes) {
		return Fitted{}, false
	}
	width := map[int]*Fitted{} // the widest of each size, nil if none is narrower than it was
	at := func(n int) *Fitted {
		f, done := width[n]
		if !done && s.at(n).report != nil {
			if w, _, ok := widest(s.at(n).model, s.at(n).report, limit); ok {
				w.Input = firstInput(w.Model)
				f = &w
			}
			width[n] = f
		}
		return f
	}
	input := func(n int) Ratio { return Ratio{int64(n) * s.step(), s.last} }
	n := s.largest(sizes, func(n int, _ *sized) bool { f := at(n); return f != nil && !f.from.less(input(n)) })
	next := n + 1
	for next <= sizes && s.at(next).report == nil {
		next++
	}
	best := at(n)
	if next <= sizes {
		if f := at(next); f != nil && (best == nil || input(n).less(f.from)) {
			best = f
		}
	}
	if best == nil || best.Width == "1" || !best.from.less(Ratio{1, 1}) {
		return Fitted{}, false // its own widths, so another input is all that it needs
	}
	return *best, true
}

// matters reports whether what is limited is less at the smallest input that does not
// break the network.
func (s *resizer) matters(r *count.Report, limit Limit, sizes int) bool {
	t := s.smallest(sizes)
	return t != nil && limit.value(FiguresOf(t.report)).Cmp(limit.value(FiguresOf(r))) < 0
}

// smallest returns the network of the smallest input that does not break it, nil if all
// do.
func (s *resizer) smallest(sizes int) *sized {
	for n := 1; n <= sizes; n++ {
		if t := s.at(n); t.report != nil {
			return t
		}
	}
	return nil
}

// thin is the multiplier below which a width alone may be too little: then a network of a
// smaller input is looked for, too, that is wider by half at least.
var thin, wider = Ratio{1, 2}, Ratio{3, 2}

// FitBeside returns what FitBoth does where the widest network, f, is thin, and another is
// much wider.
func FitBeside(f Fitted, m arch.Model, r *count.Report, limit Limit) (Fitted, bool) {
	if f.Same || f.Input != "" || f.Model.Body == nil || !f.from.less(thin) {
		return Fitted{}, false
	}
	both, ok := FitBoth(m, r, limit)
	return both, ok && !both.from.less(Ratio{f.from.Num * wider.Num, f.from.Den * wider.Den})
}

// FitAll returns the networks within a limit: the widest; of a limit on activations, or
// where none is wide enough, the one with the largest input; and one of both. The message
// is why there is none.
func FitAll(m arch.Model, r *count.Report, limit Limit) (all []Fitted, why catalog.Message) {
	f, why, ok := FitWidth(m, r, limit)
	if ok {
		all = append(all, f)
	}
	if !ok || limit.Of >= Peak && !limit.Holds(FiguresOf(r)) {
		if f, ok := FitInput(m, r, limit); ok {
			all = append(all, f)
		}
	}
	both, beside := FitBeside(f, m, r, limit)
	if !ok {
		both, beside = FitBoth(m, r, limit)
	}
	if beside {
		all = append(all, both)
	}
	if len(all) > 0 {
		return all, catalog.Message{}
	}
	return nil, smallest(m, r, limit, why)
}

// smallest says how little of what is limited there may be at least, if that is known: why
// is what is known of widths alone.
func smallest(m arch.Model, r *count.Report, limit Limit, why catalog.Message) catalog.Message {
	s, sizes := newResizer(m)
	if why.Key == catalog.FitUncounted || sizes == 0 || !s.matters(r, limit, sizes) {
		return why
	}
	t := s.smallest(sizes)
	input, most := firstInput(t.model), limit.amount(limit.Most)
	if why.Key == catalog.FitTooSmall {
		if n := narrowest(t.model, t.report, limit); n != nil {
			return catalog.Say(catalog.FitSmallBoth, limit.amount(limit.value(n.figures)), most, input)
		}
	}
	return catalog.Say(catalog.FitSmallInput, limit.amount(limit.value(FiguresOf(t.report))), most, input)
}

// narrowest returns the network with 8 channels wherever a width can be scaled, nil if none
// can, or it breaks.
func narrowest(m arch.Model, r *count.Report, limit Limit) *trial {
	s, fixed := newScaler(m, r)
	if fixed != "" {
		return nil
	}
	f := fitting{scaler: s, limit: limit, problems: problems(r), tried: map[Ratio]*trial{}}
	return f.try(Ratio{1, mostWidth})
}
