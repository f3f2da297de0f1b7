package whatif

import (
	"cmp"
	"slices"
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Measure is what a limit is about.
type Measure uint8

// The measures.
const (
	Params    Measure = iota // parameters
	Bytes                    // parameters in bytes of an element type
	Peak                     // elements of activations alive at one time
	PeakBytes                // the same in bytes
)

// A Limit is at most so much of something.
type Limit struct {
	Of    Measure
	Most  num.Int
	DType tensor.DType // of bytes
	Style count.Style  // what parameters are
}

// value returns what is limited.
func (l Limit) value(f *Figures) num.Int {
	switch l.Of {
	case Bytes:
		return l.DType.Bytes(l.Style.Params(f.Counts))
	case Peak:
		return f.Peak
	case PeakBytes:
		return l.DType.Bytes(f.Peak)
	default:
		return l.Style.Params(f.Counts)
	}
}

// amount writes how much of what is limited there is.
func (l Limit) amount(n num.Int) string {
	if l.Of == Bytes || l.Of == PeakBytes {
		return n.Grouped() + " B"
	}
	return n.Grouped()
}

// Holds reports whether a network is within the limit: of a number that is only a lower
// bound, nobody knows.
func (l Limit) Holds(f *Figures) bool { return l.known(f) && l.value(f).Cmp(l.Most) <= 0 }

// known reports whether what is limited is counted in full.
func (l Limit) known(f *Figures) bool {
	if l.Of >= Peak {
		return !f.PeakAtLeast
	}
	return !f.ParamsAtLeast
}

// counts reports whether a limit can be promised for a network at all: what it limits is
// known, and the network has no errors.
func (l Limit) counts(r *count.Report) bool { return problems(r)[0] == 0 && l.known(FiguresOf(r)) }

// A Fitted is a network within a limit.
type Fitted struct {
	Model   arch.Model
	Width   string // the multiplier: the shortest decimal number that leads to these widths, or a fraction
	Input   string // another size of the input, 3×160×160; "" for the one it has
	Figures *Figures
	Same    bool // the network as it was: no other form within the limit is wider

	from Ratio // the smallest multiplier that leads to these widths
}

// Change returns the network as a proposal for the one that it came from.
func (f *Fitted) Change(m arch.Model, r *count.Report) *Change {
	c := &Change{Kind: Width, Say: catalog.Say(catalog.WhatWidth, f.Width), Worse: catalog.Say(catalog.WorseNarrow),
		Model: f.Model, Before: FiguresOf(r), After: f.Figures}
	switch {
	case f.Input != "" && f.Width != "1":
		c.Kind, c.Say = WidthInput, catalog.Say(catalog.WhatBoth, f.Width, f.Input, firstInput(m))
		c.Worse = catalog.Say(catalog.WorseBoth)
	case f.Input != "":
		c.Kind, c.Say = Input, catalog.Say(catalog.WhatInputOf, f.Input, firstInput(m))
		c.Worse = catalog.Say(catalog.WorseSmallInput)
	case c.Params(count.PyTorch).Cmp(num.Int{}) > 0:
		c.Worse = catalog.Say(catalog.WorseWide)
	}
	return c
}

// mostRatio is the largest multiplier that is looked at.
const mostRatio = 64

// Fit returns a network within a limit: the widest, or with its own widths and a smaller
// input where no width fits or none can be scaled, or with both. The message is why there
// is none.
func Fit(m arch.Model, r *count.Report, limit Limit) (Fitted, catalog.Message, bool) {
	f, why, ok := FitWidth(m, r, limit)
	if !ok {
		f, ok = FitInput(m, r, limit)
	}
	if !ok {
		f, ok = FitBoth(m, r, limit)
	}
	if !ok {
		why = smallest(m, r, limit, why)
	}
	return f, why, ok
}

// FitWidth returns the widest form of a network within a limit: the network as it is, or
// the one of the largest width multiplier, whichever has more of what is limited; where
// they have the same, the one with more parameters, and then the network. The message is
// why there is none.
func FitWidth(m arch.Model, r *count.Report, limit Limit) (Fitted, catalog.Message, bool) {
	if !limit.counts(r) {
		return Fitted{}, catalog.Say(catalog.FitUncounted), false
	}
	best, why, ok := widest(m, r, limit)
	same := Fitted{Model: m, Width: "1", Figures: FiguresOf(r), Same: true}
	if limit.Holds(same.Figures) && (!ok || limit.compare(best.Figures, same.Figures) <= 0) {
		return same, catalog.Message{}, true
	}
	return best, why, ok
}

// compare orders networks by what is limited, then by parameters.
func (l Limit) compare(a, b *Figures) int {
	return cmp.Or(l.value(a).Cmp(l.value(b)), l.Style.Params(a.Counts).Cmp(l.Style.Params(b.Counts)))
}

// widest returns the network with the largest width multiplier that is within a limit. As a
// multiplier m grows, every width w becomes the multiple of 8 next to w·m (at least 8;
// widths of answers stay), so the networks change at finitely many m, where some w·m is
// halfway between two multiples of 8. None of the figures falls as m grows, so they are
// searched; a network that breaks at a multiplier is none (groups that no longer divide
// the channels, sums of different shapes), and its neighbours are looked at instead. The
// message is why there is none.
func widest(m arch.Model, r *count.Report, limit Limit) (Fitted, catalog.Message, bool) {
	s, fixed := newScaler(m, r)
	if fixed != "" {
		return Fitted{}, catalog.Say(fixed), false
	}
	f := fitting{scaler: s, limit: limit, problems: problems(r), tried: map[Ratio]*trial{}}
	// The bracket: at low it fits, or nothing does; at high it does not.
	low, high := Ratio{}, Ratio{mostRatio, 1}
	for at := (Ratio{1, 256}); at.less(high); at = (Ratio{at.Num * 2, at.Den}).reduced() {
		t := f.near(at, high)
		if t == nil {
			continue
		}
		if !t.fits {
			high = t.from
			break
		}
		low = t.from
	}
	steps := f.steps(low, high)
	for lo, hi := 0, len(steps); lo < hi; {
		mid := (lo + hi) / 2
		at, t := mid, (*trial)(nil)
		for ; at < hi && t == nil; at++ { // the next that is whole
			t = f.try(*steps[at])
		}
		switch {
		case t == nil:
			hi = mid
		case t.fits:
			low, lo = t.from, at
		default:
			hi = mid
		}
	}
	best := f.tried[low]
	if best == nil || !best.fits {
		smallest := f.try(Ratio{1, mostWidth})
		if smallest == nil {
			return Fitted{}, catalog.Say(catalog.FitBreaks), false
		}
		return Fitted{}, catalog.Say(catalog.FitTooSmall, limit.amount(limit.value(smallest.figures)),
			limit.amount(limit.Most)), false
	}
	found := Fitted{Model: best.model, Width: f.written(best.from), Figures: best.figures, from: best.from}
	return found, catalog.Message{}, true
}

// less reports whether r < o. Both are small: the products fit.
func (r Ratio) less(o Ratio) bool { return r.Num*o.Den < o.Num*r.Den }

func (r Ratio) compare(o Ratio) int { return cmp.Compare(r.Num*o.Den, o.Num*r.Den) }

// reduced returns the ratio in lowest terms.
func (r Ratio) reduced() Ratio {
	a, b := r.Num, r.Den
	for b != 0 {
		a, b = b, a%b
	}
	return Ratio{r.Num / a, r.Den / a}
}

// A trial is a network at a multiplier, from which on it is the same for a while.
type trial struct {
	from    Ratio
	model   arch.Model
	figures *Figures
	fits    bool
}

// A fitting is a search.
type fitting struct {
	*scaler
	limit    Limit
	problems [2]int
	tried    map[Ratio]*trial
}

// try counts the network at a multiplier, nil if it breaks there.
func (f *fitting) try(m Ratio) *trial {
	if t, ok := f.tried[m]; ok {
		return t
	}
	model, r := f.at(m)
	var t *trial
	if n := problems(r); n[0] <= f.problems[0] && n[1] <= f.problems[1] {
		t = &trial{from: m, model: model, figures: FiguresOf(r)}
		t.fits = f.limit.Holds(t.figures)
	}
	f.tried[m] = t
	return t
}

// near returns the network at a multiplier, or the next that is whole, up to an end.
func (f *fitting) near(m, end Ratio) *trial {
	const most = 64
	for range most {
		if t := f.try(m); t != nil {
			return t
		}
		if m = f.next(m); !m.less(end) {
			break
		}
	}
	return nil
}

// next returns the first multiplier after m at which a width changes: w·m = 8j + 4.
func (f *fitting) next(m Ratio) Ratio {
	best := Ratio{mostRatio, 1}
	for _, w := range f.widths {
		j := max((w*m.Num/m.Den-4)/8, 1)
		for at := j; at <= j+2; at++ {
			if c := (Ratio{8*at + 4, w}).reduced(); m.less(c) {
				if c.less(best) {
					best = c
				}
				break
			}
		}
	}
	return best
}

// steps returns every multiplier after low and before high at which a width changes, in
// order.
func (f *fitting) steps(low, high Ratio) []*Ratio {
	var all []*Ratio
	if low.Num == 0 {
		low = Ratio{1, mostWidth}
		all = append(all, &low)
	}
	for _, w := range f.widths {
		for j := max((w*low.Num/low.Den-4)/8-1, 1); ; j++ {
			m := (Ratio{8*j + 4, w}).reduced()
			if !m.less(high) {
				break
			}
			if low.less(m) {
				all = append(all, &m)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *Ratio) int { return a.compare(*b) })
	return all
}

// written returns the shortest decimal number from a multiplier up to where the next
// width changes; the fraction, if it would be long.
func (f *fitting) written(m Ratio) string {
	end := f.next(m)
	for digits, scale := 0, int64(1); digits <= 4; digits, scale = digits+1, scale*10 {
		n := (m.Num*scale + m.Den - 1) / m.Den // rounded up
		if n > 0 && (Ratio{n, scale}).less(end) {
			return strconv.FormatFloat(float64(n)/float64(scale), 'f', digits, 64)
		}
	}
	return strconv.FormatInt(m.Num, 10) + "/" + strconv.FormatInt(m.Den, 10)
}
