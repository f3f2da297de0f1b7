package why

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
)

// A piece is a row of the network: all of its repetitions, or one.
type piece struct {
	id     arch.ID
	name   string
	params int64
	macs   int64
	times  int64 // of a repetition: how many there are
}

// rows lists the pieces of the network that have parameters or do work, each size once.
func (f *Finder) rows() []piece {
	var all []piece
	type size struct{ params, macs, times int64 }
	seen := map[size]bool{}
	add := func(row *count.Row, c count.Counts, times int64, name string) {
		params, ok := f.style.Params(c).Int64()
		macs, fits := c.MACs.Int64()
		key := size{params, macs, times}
		if !ok || !fits || params+macs == 0 || seen[key] {
			return
		}
		seen[key] = true
		all = append(all, piece{row.ID, name, params, macs, times})
	}
	var walk func(rows []*count.Row)
	walk = func(rows []*count.Row) {
		for _, row := range rows {
			if row.Form == count.FormTurn {
				if n := row.Turns(); n > 1 {
					add(row, count.Sum(row.Children), n, f.report.Name(row.ID))
				}
			} else if row.Form != count.FormPath {
				add(row, row.Counts, 1, row.Name)
			}
			walk(row.Children)
		}
	}
	walk(f.report.Rows)
	return all
}

func (p *piece) in(g *target) int64 {
	if g.of == MACs {
		return p.macs
	}
	return p.params
}

// The costs of a number being that of a piece, of all but it, and of it twice.
const (
	costOnly    = 18
	costSome    = 22
	costWithout = 24
	costTwice   = 26
)

// tryRows looks at the pieces, alone and with one option.
func (s *search) tryRows(g *target, rows []piece, c, cost int) {
	if !s.number.Exact() && (cost > maxRounded || s.number.Digits < 2 || g.of == MACs && s.number.Digits < 3) {
		return // there are many layers, and so few digits are near to one
	}
	t := s.own
	s.start(&t, 0)
	plain := target{of: g.of, by: 1}
	whole := plain.value(&t)
	one := func(name string, add int64, key catalog.Key, args ...any) {
		v := (whole + add) * g.by
		s.tried++
		if add == 0 || v <= 0 || !s.admit(g, v, cost) || !g.want.Has(v) {
			return
		}
		r := Reason{Start: num.Of(whole), Quantity: g.quantity(), cost: cost,
			Terms: []Term{{Name: name, Say: catalog.Say(key, args...), Change: num.Of(add)}}}
		r.finish(g, whole+add)
		s.keep(r)
	}
	for i := range rows {
		p := &rows[i]
		n := p.in(g)
		if n == 0 || n > limit/64/max(p.times, 1) {
			continue
		}
		switch {
		case c == costOnly && p.times == 1:
			one("row-only", n-whole, catalog.WhyRowOnly, p.name)
		case c == costSome && p.times > 1:
			for k := int64(1); k <= min(p.times, 100); k++ {
				one("repetitions-only", k*n-whole, catalog.WhyRepetitionsOnly, k, p.times, p.name)
			}
		case !s.number.Exact():
		case c == costWithout && p.times == 1:
			one("row-off", -n, catalog.WhyRowOff, p.name)
		case c == costTwice && p.times == 1:
			one("row-twice", n, catalog.WhyRowTwice, p.name)
		}
	}
	if s.number.Exact() {
		s.tryRowsWith(g, rows, c-costWithout-further, cost, "row-off", catalog.WhyRowOff, -1)
		s.tryRowsWith(g, rows, c-costTwice-further, cost, "row-twice", catalog.WhyRowTwice, 1)
	}
}

// tryRowsWith looks at one rule together with one piece left out, or counted again.
func (s *search) tryRowsWith(g *target, rows []piece, c, cost int, name string, key catalog.Key, sign int64) {
	if c < 0 {
		return
	}
	for k := range s.sets[g.of][c] {
		h := &s.sets[g.of][c][k]
		if h.options[1] >= 0 || s.all[h.options[0]].rule == nil || s.all[h.options[0]].unknown() ||
			s.all[h.options[0]].alone {
			continue
		}
		t, ok := s.tally(g.of, h.options[:1], 0)
		if !ok {
			continue
		}
		plain := target{of: g.of, by: 1}
		with := plain.value(&t)
		for i := range rows {
			p := &rows[i]
			v := (with + sign*p.in(g)) * g.by
			s.tried++
			if p.times != 1 || v <= 0 || !s.admit(g, v, cost) || !g.want.Has(v) {
				continue
			}
			if r, ok := s.reason(&plain, h.options[:1], 0, cost); ok {
				r.Terms = append(r.Terms, Term{Name: name, Say: catalog.Say(key, p.name),
					Change: num.Of(sign * p.in(g))})
				r.Quantity = g.quantity()
				r.finish(g, with+sign*p.in(g))
				s.keep(r)
			}
		}
	}
}
