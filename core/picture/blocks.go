package picture

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// closes reports whether a block is drawn as one column.
func (b *builder) closes(row *count.Row, key string) bool {
	if b.detail.hand != nil {
		if open, byHand := b.detail.hand(key); byHand {
			return !open
		}
	}
	if !b.detail.closed || b.inside > 0 || b.detail.opened[key] {
		return false
	}
	b.blocks = append(b.blocks, block{key, structure(row)})
	return true
}

// structure writes which layers a block is made of, without their widths.
func structure(row *count.Row) string {
	var s strings.Builder
	var walk func(rows []*count.Row)
	walk = func(rows []*count.Row) {
		for _, r := range rows {
			if k := r.Kind(); k != nil {
				s.WriteString(k.Name)
				if size, _ := window(r); size != nil {
					s.WriteString(size.Text())
				}
			}
			if len(r.Children) > 0 {
				s.WriteByte('(')
				if r.Form == count.FormRepeat {
					walk(r.Children[:1]) // the repetitions are alike
				} else {
					walk(r.Children)
				}
				s.WriteByte(')')
			}
			s.WriteByte(' ')
		}
	}
	walk([]*count.Row{row})
	return s.String()
}

// whole makes a column of a block with all that is in it.
func (b *builder) whole(row *count.Row, in count.Within, times num.Int) *column {
	c := &column{row: row, key: in.Key(row.ID), shape: row.Out, name: row.Name, lanes: 1}
	var heaviest num.Int
	b.inside++
	b.collect(c, row, in, times, &heaviest)
	b.inside--
	return b.enter(c)
}

// collect adds the layers of a row to a column, whose family is that of the heaviest.
func (b *builder) collect(c *column, row *count.Row, in count.Within, times num.Int, heaviest *num.Int) {
	if row.Form == count.FormLeaf || row.Form == count.FormBranch && len(row.Weights) > 0 {
		c.layers = append(c.layers, placed{row, in.Key(row.ID), times})
		own := row.Own
		if row.Form == count.FormLeaf {
			own = row.Counts
			if literal(row.Kind().Group) {
				c.folded++
			}
		}
		n := own.Weights.Mul(times)
		if n.Cmp(*heaviest) > 0 || c.family == layer.GroupInput {
			*heaviest, c.family = n, row.Kind().Group
		}
	}
	if label := row.Node.Head().Label; label != "" && row.Form != count.FormPath && row.Form != count.FormTurn {
		b.labels[label] = c
	}
	for _, child := range row.Children {
		inner, n := in, times
		if child.Form == count.FormTurn {
			inner, n = in.Nth(child.From), times.Times(child.Turns())
			if r, ok := row.Node.(*arch.Repeat); ok && r.Of != "" {
				inner = in.Again(row.ID)
			}
		}
		b.collect(c, child, inner, n, heaviest)
	}
}

func (b *builder) branch(row *count.Row, in count.Within, times num.Int) flow {
	n := row.Node.(*arch.Branch)
	key := in.Key(row.ID)
	if n.GoesOnFromLabel() {
		if len(n.Paths) > 0 {
			b.jumped = b.labels[n.Paths[0].From]
		}
		if len(row.Children) > 0 {
			return b.rows(row.Children[0].Children, in, times)
		}
		return nil
	}
	if b.closes(row, key) {
		return flow{b.whole(row, in, times)}
	}
	if b.detail.opened[key] {
		b.inside++
		defer func() { b.inside-- }()
	}
	before := b.settle(nil)
	start := b.current()
	f := &fork{row: row, from: start, trunk: -1}
	for i, child := range row.Children {
		b.last, b.jumped = start, nil
		if label := n.Paths[i].From; label != "" {
			b.last = b.labels[label]
		}
		p := path{from: b.last, hung: i > 0 && n.Join.Kind().Takes == layer.TakesFirst}
		p.flow = b.settle(b.rows(child.Children, in, times))
		if p.last = b.current(); len(p.flow) == 0 {
			p.last = nil
		}
		f.paths = append(f.paths, p)
	}
	f.chooseTrunk(n)
	b.last, b.jumped = start, nil
	if f.trunk >= 0 {
		if p := &f.paths[f.trunk]; p.last != nil {
			b.last = p.last
		} else if p.from != nil {
			b.last = p.from
		}
	}
	f.last = b.last
	return append(before, b.join(f, row, n, placed{row, key, times})...)
}

// chooseTrunk picks the path that stays on the axis: the longest, but what receives
// no tensor, and what only weighs another path, is beside it.
func (f *fork) chooseTrunk(n *arch.Branch) {
	if n.Join.Kind().Takes == layer.TakesFirst {
		f.trunk = 0
		return
	}
	longest, filled, empty := -1, 0, -1
	for i := range f.paths {
		p := &f.paths[i]
		switch {
		case len(p.flow) == 0 && p.from == f.from:
			empty = i
		case len(p.flow) > 0:
			filled++
			if longest < 0 || p.flow.slots() > f.paths[longest].flow.slots() {
				longest = i
			}
		}
	}
	switch {
	case empty >= 0 && (longest < 0 || f.paths[longest].begins() || layer.MulKind.Is(n.Join)):
		f.trunk = empty
	case layer.ConcatKind.Is(n.Join) && filled > 1:
	default:
		f.trunk = longest
	}
}

// begins reports whether a path makes a tensor from nothing.
func (p *path) begins() bool {
	c, ok := p.flow[0].(*column)
	return ok && len(c.from) == 0
}

// join ends a fork: in a column of its own where the joined tensor looks another way
// than that of the trunk.
func (b *builder) join(f *fork, row *count.Row, n *arch.Branch, p placed) flow {
	if f.last != nil && len(row.Weights) > 0 {
		b.show(p)
	}
	same := f.last != nil && f.trunk >= 0 && (row.Out.Equal(f.last.shape) || n.Join.Kind().Takes == layer.TakesFirst)
	if same && !row.Broken() || f.hollow() && row.Out.Equal(f.from.shape) {
		return flow{f}
	}
	cuts := f.cuts(row)
	if b.detail.joins && f.hollow() && f.last == f.from && f.last != nil && f.last.folded == 0 && f.last.cuts == nil {
		c := f.last
		c.row, c.key, c.shape, c.cuts, c.kind = row, p.key, row.Out, cuts, c.kind+" + "+row.Kind().Name
		for i := range f.paths {
			if from := f.paths[i].from; from != nil && from != c {
				c.from = append(c.from, from)
			}
		}
		b.last = c
		return nil
	}
	c := &column{row: row, key: p.key, shape: row.Out, family: layer.GroupJoin, name: row.Name, kind: row.Kind().Name,
		lanes: 1, cuts: cuts, scope: b.scope}
	if f.last == nil && len(row.Weights) > 0 {
		c.layers = append(c.layers, p)
	}
	f.join = c
	b.last, b.jumped = c, nil
	return flow{f}
}

// hollow reports whether no path of a fork has a column.
func (f *fork) hollow() bool {
	for i := range f.paths {
		if len(f.paths[i].flow) > 0 {
			return false
		}
	}
	return f.from != nil
}

// cuts divides a concatenated block between its paths.
func (f *fork) cuts(row *count.Row) []Cut {
	if !layer.ConcatKind.Is(row.Node.(*arch.Branch).Join) || len(row.In) != len(f.paths) || len(row.In) < 2 {
		return nil
	}
	total := 0.0
	cuts := make([]Cut, len(row.In))
	for i, s := range row.In {
		n := channels(s)
		if n < 1 {
			return nil
		}
		total += float64(n)
		cuts[i] = Cut{Share: float64(n), Family: layer.GroupJoin, Light: i%2 == 1}
		if p := &f.paths[i]; p.last != nil {
			cuts[i].Family = p.last.family
		} else if p.from != nil {
			cuts[i].Family = p.from.family
		}
	}
	for i := range cuts {
		cuts[i].Share /= total
	}
	return cuts
}

// channels returns how many channels a shape has.
func channels(s tensor.Shape) int64 {
	switch {
	case len(s) == 0:
		return 0
	case s.Timed():
		return s[1].N
	}
	return s[0].N
}

func (b *builder) repeat(row *count.Row, in count.Within, times num.Int) flow {
	n := row.Node.(*arch.Repeat)
	key := in.Key(row.ID)
	if n.Of != "" || b.closes(row, key) {
		c := b.whole(row, in, times)
		c.note = turns(row)
		return flow{c}
	}
	if b.detail.opened[key] {
		b.inside++
		defer func() { b.inside-- }()
	}
	groups := row.Children
	var f flow
	for i, g := range groups {
		if len(groups) > 3 && i == 1 {
			f = append(f, b.between(row, groups[1:len(groups)-1], in, times))
		}
		if len(groups) > 3 && i > 0 && i < len(groups)-1 {
			continue
		}
		if g.Turns() == 1 {
			f = append(f, b.rows(g.Children, in.Nth(g.From), times)...)
			continue
		}
		f = b.settle(f)
		around := b.scope
		b.scopes++
		b.scope = b.scopes
		inner := b.settle(b.rows(g.Children, in.Nth(g.From), times.Times(g.Turns())))
		b.scope = around
		f = append(f, &span{flow: inner, note: byTimes(g.Turns()), count: num.Of(g.Turns())})
	}
	if len(groups) > 3 {
		return flow{&span{flow: f, note: turns(row), count: one}}
	}
	return f
}

// between is the column of the repetitions of a growing repeat that are not drawn.
func (b *builder) between(row *count.Row, groups []*count.Row, in count.Within, times num.Int) *column {
	last := groups[len(groups)-1]
	c := &column{row: last, key: in.Nth(last.From).TurnKey(row.ID, last.From), shape: last.Out, name: "…", lanes: 1}
	var heaviest num.Int
	for _, g := range groups {
		for _, child := range g.Children {
			b.collect(c, child, in.Nth(g.From), times.Times(g.Turns()), &heaviest)
		}
	}
	return b.enter(c)
}

func byTimes(n int64) string { return "× " + num.Of(n).Grouped() }

// turns writes how often a block is repeated: × 3, or 6 × (+32) where each repetition
// adds as many channels.
func turns(row *count.Row) string {
	n, grows, before := int64(0), int64(0), int64(-1)
	for i, g := range row.Children {
		n += g.Turns()
		c := channels(g.Out)
		if i > 0 {
			if d := c - before; i == 1 {
				grows = d
			} else if d != grows {
				grows = 0
			}
		}
		before = c
	}
	switch {
	case n < 2:
		return ""
	case grows > 0 && int64(len(row.Children)) == n:
		return num.Of(n).Grouped() + " × (+" + strconv.FormatInt(grows, 10) + ")"
	}
	return byTimes(n)
}
