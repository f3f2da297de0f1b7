package summary

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// A poolTry is one window that a pool may have, and how unusual it is.
type poolTry struct {
	side, stride, pad int64
	same, ceil        bool
	cost              float64
}

// poolTries are the windows that are tried, those with the stride of their kernel
// first.
func poolTries(keras bool) (tries []poolTry) {
	for _, side := range []int64{2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16} {
		for _, stride := range []int64{side, 2, 1, 3, 4} {
			p := poolTry{side: side, stride: stride}
			switch {
			case stride == side:
			case side == 3 && stride == 2:
				p.cost = 0.75
			default:
				p.cost = 2
			}
			tries = append(tries, p)
			more := p
			if keras {
				more.same, more.cost = true, p.cost+0.4
				tries = append(tries, more)
				continue
			}
			more.ceil, more.cost = true, p.cost+1.5
			tries = append(tries, more)
			for pad := int64(1); pad <= 3 && 2*pad <= side; pad++ {
				more = p
				more.pad, more.cost = pad, p.cost+1
				if side == 3 && stride == 2 {
					more.cost = p.cost + 0.5
				}
				tries = append(tries, more)
				more.ceil, more.cost = true, more.cost+1.5
				tries = append(tries, more)
			}
		}
	}
	return tries
}

// over returns the positions along an extent, and how many cells are left over.
func (p *poolTry) over(in int64) (n, rest int64) {
	switch {
	case p.same:
		return (in + p.stride - 1) / p.stride, 0
	case in+2*p.pad < p.side:
		return 0, 0
	}
	span := in + 2*p.pad - p.side
	if p.ceil {
		return (span+p.stride-1)/p.stride + 1, 0
	}
	return span/p.stride + 1, span % p.stride
}

// fits reports whether a window makes out of in, both with channels first, and
// whether no cell is left over.
func (p *poolTry) fits(in, out tensor.Shape) (fits, exact bool) {
	exact = true
	for i := 1; i < len(in) && i < len(out); i++ {
		n, rest := p.over(in[i].N)
		if !in[i].Known() || n != out[i].N {
			return false, false
		}
		exact = exact && rest == 0
	}
	return true, exact
}

// pool looks for a window that makes the row's output: the usual one first, and
// before it what the other pools of the table can be.
func (s *search) pool() *match {
	paddings := []layer.Padding{layer.PaddingOf(0), layer.PaddingOf(1), layer.PaddingOf(2), layer.PaddingOf(3)}
	valid, same := paddings[0], layer.PaddingRule(layer.PadSame)
	if s.t.keras() {
		valid = layer.PaddingRule(layer.PadValid)
	}
	if s.r.window.kernel != nil {
		return s.statedPool(paddings)
	}
	if len(s.in) != 1 || len(s.in[0]) < 2 {
		return nil
	}
	tries := poolTries(s.t.keras())
	others := s.t.pools()
	for i := range tries {
		p := &tries[i]
		if _, exact := p.fits(s.in[0], s.out()); !exact {
			p.cost += 0.25
		}
		n, uneven := 0, 0
		for _, o := range others {
			fits, exact := p.fits(o[0], o[1])
			if fits {
				n++
			}
			if fits && !exact {
				uneven++
			}
		}
		if len(others) > 0 {
			p.cost -= float64(n) / float64(len(others))
		}
		if uneven >= 3 && uneven == len(others) {
			p.cost++ // always cells left over: rather a larger kernel, as in AlexNet
		}
	}
	slices.SortStableFunc(tries, func(a, b poolTry) int {
		switch {
		case a.cost < b.cost:
			return -1
		case a.cost > b.cost:
			return 1
		}
		return 0
	})
	for _, p := range tries {
		pool := layer.Pool{Kernel: layer.SizeOf(p.side), Stride: layer.SizeOf(p.stride), Padding: valid,
			Ceil: layer.Switch(p.ceil)}
		switch {
		case p.same:
			pool.Padding = same
		case p.pad > 0:
			pool.Padding = paddings[p.pad]
		}
		if fits, _ := p.fits(s.in[0], s.out()); !fits && s.out().Known() && s.in[0].Known() {
			continue
		}
		if m := s.likely(pooling(s.is.kind, pool)); m != nil {
			return m
		}
	}
	return nil
}

// statedPool looks for the stride and the padding of a stated kernel.
func (s *search) statedPool(paddings []layer.Padding) *match {
	kernel := s.r.window.kernel
	strides := [][]int64{kernel, {2}, {1}, {3}, {4}}
	if s.r.window.stride > 0 {
		strides = [][]int64{{s.r.window.stride}}
	}
	for _, stride := range strides {
		for _, padding := range paddings {
			pool := layer.Pool{Kernel: layer.SizeOf(kernel...), Stride: layer.SizeOf(stride...), Padding: padding}
			if m := s.likely(pooling(s.is.kind, pool)); m != nil {
				return m
			}
			pool.Ceil = true
			if m := s.likely(pooling(s.is.kind, pool)); m != nil {
				return m
			}
		}
	}
	return nil
}

// pools returns what goes into the pools of a table and what comes out, where the row
// before states it.
func (t *table) pools() (all [][2]tensor.Shape) {
	if t.pooling != nil {
		return t.pooling
	}
	all = [][2]tensor.Shape{}
	for i, r := range t.rows[1:] {
		in, out := t.rows[i].out, r.out
		if len(in) == len(out) && len(out) > 1 && in.Known() && out.Known() &&
			r.meaning().is(layer.MaxPoolKind.Kind(), layer.AvgPoolKind.Kind()) {
			all = append(all, [2]tensor.Shape{t.ours(in, first), t.ours(out, first)})
		}
		if len(all) > 100 {
			break
		}
	}
	t.pooling = all
	return all
}
